// Small signs in a question that say what it wants, beside its type. Pure functions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/danish/question.hpp"

namespace raadbot::answer {

/// What a question counts: the "elever" of "hvor mange nye elever går på skolen".
struct Counted {
    bool asked = false;  ///< Asks "hvor mange".
    /// Which token: the thing, or of "hvor mange søgte" the verb; nothing for units, "folk" and
    /// "hvor mange skal".
    std::optional<std::size_t> thing;
};
[[nodiscard]] Counted what_is_counted(const std::vector<danish::Token>& tokens);

/// Behind greetings and "og".
[[nodiscard]] Opening opening_of(const std::vector<danish::Token>& tokens);

/// "jeg", "vores", "my": the asker is part of what is told.
[[nodiscard]] bool speaks_of_asker(const std::vector<danish::Token>& tokens);

/// Question words behind which the thing that is asked for stands.
[[nodiscard]] bool is_focusing(std::string_view word);

/// "kan", "må", "skal": the verb that says what follows in its basic form.
[[nodiscard]] bool is_modal(std::string_view word);

/// "når", "hvis": behind them a clause tells when or on what condition.
[[nodiscard]] bool opens_clause(std::string_view word);

/// Words behind which a circumstance stands, not the thing that is asked for.
[[nodiscard]] bool opens_adjunct(std::string_view word, std::string_view language);

/// "budgettet for 2027", "priser til 2028": the year says which one, not when something happened.
[[nodiscard]] bool names_with_year(std::string_view word);

/// Subjects: a new clause begins, and what follows its verb is asked for again.
[[nodiscard]] bool is_subject(std::string_view word);

/// "hvem", "hvad", "der", "som": a verb follows.
[[nodiscard]] bool is_question_pronoun(std::string_view word);

/// "Hvor meget gav vi til ...": a sum, though no word for money is there.
[[nodiscard]] bool speaks_of_giving(std::string_view text);

/// "Koste", "cost": what a thing costs, however it is put.
[[nodiscard]] bool asks_for_price(std::string_view text);

/// "Hvad er prisen på", "hvad blev skatteprocenten": an amount, by its name in the definite form.
[[nodiscard]] std::optional<Wanted> asks_for_amount(std::string_view text);

/// "Hvordan går det med", "hvor langt er": how far something has come.
[[nodiscard]] bool asks_for_status(std::string_view text);

/// A time of day or opening hours are wanted.
[[nodiscard]] bool asks_for_time(std::string_view text);

/// "udvalget", "rådet": a body, though the question does not say which.
[[nodiscard]] bool names_some_body(std::string_view text);

/// "Hvem er borgmester": the question names an office and wants who holds it.
[[nodiscard]] bool asks_for_holder(std::string_view text);

/// "Hvad hedder ..."
[[nodiscard]] bool names_by_calling(std::string_view text);

/// A phone number or a mail address is wanted.
[[nodiscard]] bool asks_for_contact(std::string_view text);
[[nodiscard]] bool asks_for_phone(std::string_view text);

/// What was decided, said or put to the vote.
[[nodiscard]] bool asks_about_meetings(danish::QuestionType type);

/// A meeting or its papers are named.
[[nodiscard]] bool speaks_of_meetings(std::string_view text);

/// "i juli", "om sommeren", "in winter": a time that comes every year. Not "i sommer", "juli 2025".
[[nodiscard]] bool is_time_of_year(std::string_view text, const danish::DateMention& mention);

/// The year that a mention covers wholly, or nothing.
[[nodiscard]] std::optional<int> whole_year(const danish::DateMention& mention);

/// "Budgettet for næste år": the year names the thing, as "budgettet for 2027" does.
[[nodiscard]] bool is_year_of_thing(std::string_view text, const danish::DateMention& mention);

/// Times that a question speaks of. A year right behind a noun ("budget 2026", "takster 2027") or
/// behind "for" is part of a name, not the time that is asked about.
[[nodiscard]] std::vector<danish::DateMention> dates_of(std::string_view text, const Date& today);

}  // namespace raadbot::answer
