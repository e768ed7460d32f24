#include "retrieval/answer/contact_answers.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/table_rows.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

constexpr float named = 0.8F;  // "byrådssekretariatet" for "sekretariatet".
constexpr float as_good = 0.1F;
constexpr std::size_t most_things = 3;

enum class Reach { none, phone, mail };

Reach reach_of(const QuestionView& question) {
    if (question.phone) return Reach::phone;
    const auto tokens = danish::tokenize(question.text);
    const bool mail = std::any_of(tokens.begin(), tokens.end(), [](const danish::Token& token) {
        return token.text.starts_with("mailadresse") || token.text == "mail" ||
               token.text == "email" || token.text == "e-mail";
    });
    return question.contact && mail ? Reach::mail : Reach::none;
}

/// "Nummer", "mailadresse": how, not whom.
bool is_way(const Aspect& aspect) {
    static constexpr std::array<std::string_view, 10> ways{
        "nummer", "telefonnummer", "mobilnummer", "telefonnr", "telefon",
        "tlf",    "mailadresse",   "mail",        "email",     "adresse"};
    return std::find(ways.begin(), ways.end(), aspect.lemma) != ways.end();
}

/// The first number or address of the kind in a sentence; empty when it holds none.
std::string contact_in(const SentenceView& sentence, std::string_view words, Reach reach) {
    if (reach == Reach::phone) {
        for (const Mark& mark : sentence.marks) {
            if (mark.kind != Mark::Kind::phone) continue;
            std::string digits;
            for (std::size_t i = mark.begin; i < words.size() && digits.size() < 8; ++i) {
                if (words[i] >= '0' && words[i] <= '9') digits += words[i];
            }
            return digits;
        }
        return {};
    }
    const std::size_t at = words.find('@');
    if (at == std::string_view::npos) return {};
    const std::size_t begin = words.find_last_of(" (,;:", at) + 1;
    return std::string(words.substr(begin, words.find_first_of(" ),;:", at) - begin));
}

/// "Kommunens telefonnummer"
bool is_of_municipality(const QuestionView& question) {
    return std::any_of(question.aspects.begin(), question.aspects.end(),
                       [](const Aspect& aspect) { return aspect.lemma == "kommune"; });
}

/// "Ring til kommunen på ..." is said of many a number.
bool tells_main_number(const SentenceView& sentence) {
    return sentence.terms.strength("hovednummer") > 0 || sentence.terms.strength("omstilling") > 0;
}

struct Told {
    const PassageEvidence* evidence = nullptr;
    std::size_t sentence = 0;
    std::string contact;
    float score = 0;
};

}  // namespace

std::optional<Proof> answer_from_contacts(const QuestionView& question,
                                          const std::vector<PassageEvidence>& ranked) {
    const Reach reach = reach_of(question);
    if (reach == Reach::none) return std::nullopt;
    std::vector<std::size_t> whom;
    for (std::size_t i = 0; i < question.aspects.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (!aspect.light && !is_way(aspect)) whom.push_back(i);
    }
    const bool main_number = whom.empty() && reach == Reach::phone && is_of_municipality(question);
    if ((whom.empty() && !main_number) || whom.size() > most_things) return std::nullopt;
    std::vector<Told> all;
    for (const PassageEvidence& e : ranked) {
        if (!e.barred.empty() || e.view->stored.meeting) continue;
        for (std::size_t i = 0; i < e.view->sentences.size(); ++i) {
            const SentenceView& sentence = e.view->sentences[i];
            const std::string contact =
                contact_in(sentence, part(e.view->stored.passage.text, sentence.span), reach);
            if (contact.empty()) continue;
            float least = main_number && !tells_main_number(sentence) ? 0.0F : 1.0F;
            for (const std::size_t w : whom)
                least = std::min(least, e.features.sentences[i].own[w]);
            if (least >= named) all.push_back({&e, i, contact, least});
        }
    }
    if (all.empty()) return std::nullopt;
    const float top = std::max_element(all.begin(), all.end(), [](const Told& a, const Told& b) {
                          return a.score < b.score;
                      })->score;
    std::map<std::string, int> given;
    for (const Told& told : all) given[told.contact] += told.score >= top - as_good ? 1 : 0;
    const Told* best = nullptr;
    for (const Told& told : all) {
        if (told.score < top - as_good) continue;
        if (best == nullptr || given[told.contact] > given[best->contact]) best = &told;
    }
    ProofBuilder builder;
    const StoredPassage& passage = best->evidence->view->stored;
    builder.quote(passage, best->evidence->view->sentences[best->sentence].span, lead_of(passage));
    return builder.take();
}

}  // namespace raadbot::answer
