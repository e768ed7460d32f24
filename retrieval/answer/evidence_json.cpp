#include "retrieval/answer/evidence_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "retrieval/answer/question_form.hpp"
#include "retrieval/answer/wording.hpp"

namespace raadbot::answer {
namespace {

using Json = nlohmann::ordered_json;

template <class Values>
Json rounded(const Values& values) {
    Json out = Json::array();
    for (const float value : values)
        out.push_back(std::round(static_cast<double>(value) * 1000) / 1000);
    return out;
}

}  // namespace

std::string to_json(const QuestionView& question, const std::vector<PassageEvidence>& ranked,
                    bool special) {
    Json out = {{"type", danish::to_string(question.type)},
                {"language", question.language},
                {"wanted", static_cast<int>(question.wanted)},
                {"special", special},
                {"form", form_of(question)},
                {"asking", asking_of(question)},
                {"rank_features", rank_feature_names},
                {"decision_features", decision_feature_names},
                {"aspects", Json::array()},
                {"candidates", Json::array()}};
    for (const Aspect& aspect : question.aspects) {
        out["aspects"].push_back({{"surface", aspect.surface},
                                  {"role", to_string(aspect.role)},
                                  {"weight", rounded(std::array{aspect.weight}).front()},
                                  {"exact", aspect.exact},
                                  {"focus", aspect.focus}});
    }
    for (const PassageEvidence& e : ranked) {
        const PassageView& view = *e.view;
        const StoredPassage& p = view.stored;
        Json candidate = {{"url", p.url},
                          {"document", p.document.value},
                          {"title", p.title},
                          {"section", to_string(p.passage.section)},
                          {"barred", e.barred},
                          {"telling", e.telling},
                          {"decision", rounded(e.decision)},
                          {"whole", rounded(e.features.whole)},
                          {"titlecov", rounded(e.features.title)},
                          {"headcov", rounded(e.features.headings)},
                          {"textcov", rounded(e.features.text)},
                          {"sentences", Json::array()}};
        for (std::size_t i = 0; i < view.sentences.size(); ++i) {
            const SentenceFeatures& f = e.features.sentences[i];
            const std::string_view words = view.words(view.sentences[i]);
            candidate["sentences"].push_back(
                {{"text", words},
                 {"wording",
                  wording_of(danish::tokenize(words), view.sentences[i].row, p.passage.section)},
                 {"own", rounded(f.own)},
                 {"placecov", rounded(f.place)},
                 {"fits", f.fits},
                 {"rank", rounded(f.rank)}});
        }
        out["candidates"].push_back(std::move(candidate));
    }
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace raadbot::answer
