// What kind of question it is, and what an answer to it must therefore hold. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace raadbot::danish {

enum class QuestionType {
    unknown,     ///< Bare keywords or a statement.
    definition,  ///< "hvad er/betyder X", "what is X", "forklar X"
    who,         ///< person, body, office: "hvem", "hvilken afdeling", "hvem var for"
    when,   ///< date, weekday, time of day, deadline: "hvornår", "hvad dato", "hvad tid", "frist"
    where,  ///< place: "hvor", "hvilket lokale", "adresse"
    how_much,    ///< money, number, percent, duration: "hvor meget", "hvad koster", "hvor mange",
                 ///< "hvor længe", "hvad får man for"
    which_rule,  ///< "hvilken §", "hvor står det", "efter hvilken lov"
    list,        ///< several things: "hvilke", "hvem sidder i", "nævn"
    yes_no,      ///< "må jeg", "kan jeg", "skal man", "er det"
    how,         ///< procedure: "hvordan", "hvad gør jeg"
    why,         ///< reason: "hvorfor"
    decision,    ///< outcome of a case: "hvad endte det med", "blev det vedtaget", "hvad blev
                 ///< besluttet"
    vote,        ///< "hvem stemte for/imod", "hvordan faldt stemmerne"
    proposal,    ///< "hvad foreslog/indstillede forvaltningen"
    said,        ///< "hvad sagde X om"
    agenda,      ///< "hvad er på dagsordenen", "hvilke punkter"
    attendance,  ///< "hvem var til stede", "hvem var fraværende"
};

/// The type of a Danish or English question; more specific types win (vote before who, decision
/// before what).
[[nodiscard]] QuestionType question_type(std::string_view question);
[[nodiscard]] std::string_view to_string(QuestionType type);

/// For how_much: true when a sum of money is asked for ("koster", "løn", "kr"), so a bare number is
/// no answer.
[[nodiscard]] bool asks_for_money(std::string_view question);

/// True when a count, a time or a distance is asked for in so many words ("hvor mange boliger giver
/// planen plads til").
[[nodiscard]] bool measures_other_than_money(std::string_view question);

}  // namespace raadbot::danish
