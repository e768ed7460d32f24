#include "retrieval/answer/speech_answers.hpp"

#include <algorithm>
#include <set>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/minutes_lines.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

/// True when the question names the speaker: all of the name, or the surname.
bool names_speaker(const QuestionView& question, const std::string& speaker) {
    const auto names = danish::tokenize(speaker);
    if (names.empty()) return false;
    const auto asked = danish::tokenize(question.text);
    return std::any_of(asked.begin(), asked.end(),
                       [&](const danish::Token& token) { return token.text == names.back().text; });
}

}  // namespace

std::optional<Proof> answer_from_speech(const QuestionView& question, const MeetingScope& scope,
                                        const std::vector<PassageEvidence>& ranked,
                                        const store::Store& store, const Access& access,
                                        const Date& today) {
    constexpr float least_topic = 0.6F;
    constexpr float earlier_scale = 0.75F;  // The chair names the item; speakers seldom repeat it.
    std::set<std::string> seen;
    struct Turn {
        float score = 0;
        StoredPassage passage;
    };
    std::optional<Turn> best;
    for (const PassageEvidence& e : ranked) {
        const StoredPassage& hit = e.view->stored;
        if (hit.passage.section != Section::tale || !seen.insert(hit.document.value).second)
            continue;
        TermSet earlier;
        std::size_t kept = 0;
        for (StoredPassage& p : store.document_passages(hit.document)) {
            if (!access.admits(p)) continue;
            TermSet words;
            words.add(p.passage.text);
            if (names_speaker(question, p.passage.speaker) && (!scope.first || scope.admits(p))) {
                TermSet speaker;
                speaker.add(p.passage.speaker);
                float covered = 0;
                float total = 0;
                for (const Aspect& aspect : question.aspects) {
                    if (aspect.coverage(speaker) > 0.8F) continue;
                    const float scale = aspect.light ? 0.3F : 1.0F;
                    total += aspect.weight * scale;
                    covered += aspect.weight * scale *
                               aspect.coverage({&words, &earlier}, {1.0F, earlier_scale});
                }
                const float score = total == 0 ? 1.0F : covered / total;
                if (score >= least_topic && (!best || score > best->score)) best = Turn{score, p};
            }
            if (++kept % 12 == 0) earlier = TermSet();  // A dozen turns back is another item.
            earlier.add(words);
        }
    }
    if (!best) return std::nullopt;
    ProofBuilder builder;
    const auto turn = std::make_shared<const PassageView>(make_view(best->passage));
    const PassageView& view = *turn;
    const PassageEvidence evidence = weigh(question, {{turn, 1.0F, true}}, today).front();
    std::size_t first = evidence.best > 0 ? evidence.best - 1 : 0;
    // "Tak." and "Tak for ordet." say nothing; the quotation begins behind them.
    const auto says_little = [&](std::size_t at) {
        const danish::Span span = view.sentences[at].span;
        const std::string_view text(best->passage.passage.text);
        return danish::tokenize(text.substr(span.begin, span.end - span.begin)).size() <= 3;
    };
    while (first < evidence.best && says_little(first)) ++first;
    for (std::size_t i = first; i < view.sentences.size() && builder.size() < most_quotes; ++i) {
        builder.quote(best->passage, view.sentences[i].span,
                      builder.empty()
                          ? std::optional(Lead{
                                best->passage.passage.speaker,
                                best->passage.meeting ? best->passage.meeting->date : std::nullopt})
                          : std::nullopt);
    }
    if (builder.empty()) return std::nullopt;
    builder.add_caveat({Caveat::Kind::transcript, {}, std::nullopt, best->passage.url});
    return builder.take();
}

}  // namespace raadbot::answer
