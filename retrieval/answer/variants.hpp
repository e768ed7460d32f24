// Of what a thing has several of, which one is asked for: for whom a price is ("min datter på 14",
// "et firma"), the second and not the first ("anden gang", "nummer to"), which day of the week
// or month, here or abroad. Pure; internal to the measuring of features (unmet.cpp).
#pragma once

#include <bitset>
#include <string_view>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/danish/ranges.hpp"

namespace raadbot::answer {

/// One bit a member; none set where nothing of the kind is named.
struct Variants {
    std::bitset<8> persons;    ///< Child, young, adult, pensioner, student.
    std::bitset<8> payers;     ///< Firm, association, private person.
    std::bitset<10> ordinals;  ///< First to ninth; the last for "each further".
    std::bitset<7> days;       ///< Monday first.
    std::bitset<12> months;    ///< January first.
    std::bitset<2> countries;  ///< Denmark, abroad.
    std::bitset<2> sizes;      ///< The small one, the large one.
    std::bitset<2> makes;      ///< The old one, the new one.
    std::bitset<8> parts;    ///< Upper, lower, northern, southern, eastern, western, inner, outer.
    std::bitset<8> rooms;    ///< Of a flat: one to eight.
    std::bitset<8> offices;  ///< Mayor, deputy mayor, chairman, deputy chairman, member, stand-in.
    std::bitset<8> tickets;  ///< Single, for several times, a day, a month, a season, a year.
};

/// Persons, payers, countries, offices and tickets only of prices, months of prices and times, days
/// only of when something is.
[[nodiscard]] Variants variants_asked(const QuestionView& question);

[[nodiscard]] Variants variants_told(std::string_view sentence);

/// Of something that is asked for the sentence names another, and not the asked one.
[[nodiscard]] bool tells_another(const Variants& asked, std::string_view sentence);

}  // namespace raadbot::answer
