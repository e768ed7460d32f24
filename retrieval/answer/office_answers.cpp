#include "retrieval/answer/office_answers.hpp"

#include <algorithm>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/offices.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/printed_names.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::one_of;
using danish::QuestionType;
using danish::Token;

constexpr std::size_t passages_read = 60;

/// "hvem er formand ...", "hvad hedder borgmesteren", "hvem var formand ... før 2026".
bool asks_who_holds(const std::vector<Token>& tokens, const Office& office) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const bool who = one_of(tokens[i].text, {"hvem", "who", "hvad", "what"});
        if (!who || tokens[i].begin > office.span.begin) continue;
        const std::string& verb = tokens[i + 1].text;
        const bool is =
            one_of(verb, {"er", "var", "is", "was", "bliver", "blev", "hedder", "hed", "leder"}) &&
            (tokens[i].text != "hvad" || one_of(verb, {"hedder", "hed"})) &&
            tokens[i].text != "what";
        if (!is) continue;
        // "hvem er den nye formand": what stands between names nothing else.
        for (std::size_t j = i + 2; j < tokens.size() && tokens[j].begin < office.span.begin; ++j) {
            if (!danish::is_stop_word(tokens[j].text) &&
                !one_of(tokens[j].text, {"ny", "nye", "vores", "nuværende", "egentlig", "nu"})) {
                return false;
            }
        }
        return true;
    }
    return false;
}

}  // namespace

std::optional<MeetingAnswer> answer_from_offices(const QuestionView& question,
                                                 const std::vector<std::string>& bodies,
                                                 const Library& library, const Date& today) {
    if (question.follow_up || question.contact) return std::nullopt;
    const auto tokens = danish::tokenize(question.text);
    std::vector<std::string> known = bodies;
    auto office = office_asked(question.text, known, OfficeForm::any);
    if (!office || !asks_who_holds(tokens, *office)) return std::nullopt;
    // Offices of the council; a school's or a department's head is found like any other person.
    const bool chair = office->word.ends_with("formand");
    if (!chair && office->word != "borgmester") return std::nullopt;
    auto found = library.find(question.search_text + ' ' + office->word, passages_read);
    for (StoredPassage& p : library.find(office->word + " udvalg medlemmer", passages_read)) {
        const bool there = std::any_of(found.begin(), found.end(),
                                       [&](const StoredPassage& q) { return q.id == p.id; });
        if (!there) found.push_back(std::move(p));
    }
    for (std::string& body : bodies_printed(found)) known.push_back(std::move(body));
    office = office_asked(question.text, known, OfficeForm::any);
    if (!office || (chair && office->bodies.empty())) return std::nullopt;
    // "Borgmester i Odense", "formand før Ida Mose": more is asked than who it is.
    const auto said = [&](const Aspect& aspect) {
        return aspect.light || aspect.phrase || aspect.year || !aspect.body.empty() ||
               aspect.role == Role::verb ||
               std::any_of(tokens.begin(), tokens.end(),
                           [&](const Token& token) {
                               return token.text == aspect.surface &&
                                      token.begin >= office->span.begin &&
                                      token.end <= office->span.end;
                           }) ||
               danish::office_of(aspect.surface) == office->word;
    };
    if (!std::all_of(question.aspects.begin(), question.aspects.end(), said)) return std::nullopt;
    Date when = today;
    for (const danish::DateMention& mention : question.dates) {
        if (mention.first) when = *mention.first;
    }
    // "før 2026": the day before.
    const std::string folded = danish::fold(question.text);
    for (const Token& token : tokens) {
        const bool year = token.kind == danish::TokenKind::number && token.text.size() == 4 &&
                          token.text.starts_with("20");
        if (!year) continue;
        const std::chrono::year named{std::stoi(token.text)};
        const bool before = folded.find("før " + token.text) != std::string::npos ||
                            folded.find("foer " + token.text) != std::string::npos;
        when = before ? Date{named - std::chrono::years{1}, std::chrono::December,
                             std::chrono::day{31}}
                      : Date{named, std::chrono::December, std::chrono::day{31}};
    }
    // Whom the next council chooses nobody knows.
    if (when > council_term(today).last) return Untold{};
    const auto holders = holders_of(*office, found, known);
    const Holder* best = nullptr;
    const auto date_of = [](const Holder& holder) {
        const StoredPassage& p = *holder.passage;
        const std::optional<Date> date = p.meeting ? p.meeting->date : p.updated;
        return date.value_or(Date{});
    };
    const auto rank = [](const Holder& holder) { return holder.passage->meeting ? 0 : 1; };
    for (const Holder& holder : holders) {
        if (!holder.on(when) || date_of(holder) > std::max(today, when)) continue;
        // A page that lists who it is, rather than what was said at a meeting; else the newest.
        if (best == nullptr || rank(holder) > rank(*best) ||
            (rank(holder) == rank(*best) && date_of(holder) > date_of(*best))) {
            best = &holder;
        }
    }
    if (best == nullptr) return std::nullopt;
    ProofBuilder builder;
    builder.quote(*best->passage, best->quote, lead_of(*best->passage));
    return builder.take();
}

}  // namespace raadbot::answer
