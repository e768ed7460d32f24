#include "retrieval/answer/agreement_answers.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/parties.hpp"
#include "retrieval/answer/table_rows.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::one_of;
using danish::QuestionType;

constexpr std::size_t passages_read = 60;
constexpr float spoken_of = 0.5F;

bool names_agreement(std::string_view word) {
    return word.find("forlig") != std::string_view::npos ||
           word.find("aftale") != std::string_view::npos || word == "agreement" || word == "deal";
}

bool names_parties(std::string_view word) {
    return one_of(word, {"parti", "partier", "partierne", "parties", "lister", "grupper",
                         "forligspartier", "forligspartierne", "aftalepartier", "aftaleparterne"});
}

/// "A", "Ø", "Venstre", "Det Konservative Folkeparti (C)".
bool is_party(std::string_view piece) {
    const std::string_view first = piece.substr(0, piece.find_first_of(" .)"));
    const bool capital =
        first.size() == 1 ? first[0] >= 'A' && first[0] <= 'Z' : one_of(first, {"Æ", "Ø", "Å"});
    return capital || party_asked(piece).has_value();
}

/// "A, C, F og B den 4. september" as its parts, the last with what follows it.
std::vector<std::string_view> enumerated(std::string_view text) {
    constexpr std::array<std::string_view, 3> joints{", ", " og ", " samt "};
    std::vector<std::string_view> pieces;
    while (true) {
        std::size_t cut = std::string_view::npos;
        std::size_t length = 0;
        for (const std::string_view joint : joints) {
            const std::size_t at = text.find(joint);
            if (at < cut) {
                cut = at;
                length = joint.size();
            }
        }
        pieces.push_back(text.substr(0, cut));
        if (cut == std::string_view::npos) return pieces;
        text.remove_prefix(cut + length);
    }
}

/// What the question is about besides the parties.
bool is_about(const QuestionView& question, const StoredPassage& p) {
    TermSet page;
    page.add(p.title);
    for (const std::string& heading : p.passage.headings) page.add(heading);
    page.add(p.passage.text);
    return std::all_of(question.aspects.begin(), question.aspects.end(), [&](const Aspect& aspect) {
        const bool matters = aspect.role == Role::head || aspect.role == Role::entity ||
                             aspect.role == Role::adjunct;
        return !matters || names_parties(aspect.surface) || aspect.coverage(page) >= spoken_of;
    });
}

}  // namespace

bool asks_for_parties_behind(const QuestionView& question) {
    if (question.type == QuestionType::vote || question.type == QuestionType::yes_no) return false;
    const auto tokens = danish::tokenize(question.text);
    bool who = false;
    bool agreement = false;
    bool behind = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        // Who is not behind it is nowhere listed.
        if (one_of(word, {"ikke", "udenfor", "uden", "not", "imod"})) return false;
        who = who || names_parties(word) || one_of(word, {"hvem", "who"});
        agreement = agreement || names_agreement(word) || word.starts_with("budget");
        behind = behind ||
                 one_of(word, {"bag", "behind", "indgik", "indgået", "indgaaet", "forligspartierne",
                               "forligspartier", "aftaleparterne", "enige"}) ||
                 (word == "med" && i + 1 < tokens.size() &&
                  one_of(tokens[i + 1].text, {"i", "på", "om"}));
    }
    return who && agreement && behind;
}

std::size_t parties_agreed(std::string_view sentence) {
    const std::string folded = danish::fold(sentence);
    const bool agreement = names_agreement(folded) || folded.find("bag ") != std::string::npos;
    if (!agreement) return 0;
    // Of an agreement "mellem" some, they are the parties; elsewhere more than two make sure.
    constexpr std::string_view between = " mellem ";
    const std::size_t at = sentence.find(between);
    const bool named = at != std::string_view::npos;
    const auto pieces = enumerated(named ? sentence.substr(at + between.size()) : sentence);
    const auto parties =
        static_cast<std::size_t>(std::count_if(pieces.begin(), pieces.end(), is_party));
    return parties >= (named ? 2U : 3U) ? parties : 0;
}

std::optional<MeetingAnswer> answer_from_agreements(const QuestionView& question,
                                                    const Library& library) {
    if (question.follow_up || !asks_for_parties_behind(question)) return std::nullopt;
    struct Found {
        StoredPassage passage;
        danish::Span span;
        std::optional<Date> date;
    };
    std::optional<Found> best;
    for (StoredPassage& p : library.find(
             question.search_text + " forlig aftale indgået mellem partierne", passages_read)) {
        if (p.passage.section == Section::tale || !is_about(question, p)) continue;
        const std::optional<Date> date = p.meeting ? p.meeting->date : p.updated;
        if (best && date <= best->date) continue;
        for (const danish::Span& span : quotable_spans(p.passage.text)) {
            if (parties_agreed(part(p.passage.text, span)) == 0) continue;
            best = Found{std::move(p), span, date};
            break;
        }
    }
    if (!best) return std::nullopt;
    ProofBuilder builder;
    builder.quote(best->passage, best->span, lead_of(best->passage));
    return builder.take();
}

}  // namespace raadbot::answer
