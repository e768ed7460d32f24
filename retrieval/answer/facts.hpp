// What kinds of fact a sentence holds, and where in it they stand. Pure functions.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

/// Kinds of fact that a sentence holds; a question type asks for some of them.
struct Facts {
    bool money = false;
    bool free = false;     ///< What costs nothing: "gratis", "uden beregning".
    bool number = false;   ///< Any quantity besides a year or a date.
    bool count = false;    ///< How many: no sum of money, date or house number.
    bool counted = false;  ///< How many of something else than days, weeks and years.
    bool percent = false;
    bool pay_share = false;  ///< "24 pct. af borgmesterens vederlag"
    bool size = false;       ///< A length, area, weight, number of floors.
    bool date = false;       ///< A date, weekday, month or year.
    bool only_year = false;  ///< The date is a year and nothing nearer.
    bool time = false;       ///< A time of day.
    bool duration = false;   ///< "8 uger", "30 minutter", "4 hverdage".
    bool recurs = false;     ///< "hver anden tirsdag", "den første onsdag i måneden".
    bool person = false;     ///< Two capitalised words in a row that are no sentence's beginning: a
                             ///< person's name.
    bool office = false;     ///< What somebody is by his work: "tilsynskonsulent", "borgmester".
    bool name = false;       ///< A person, an organisation or an office.
    bool place = false;      ///< An address, room or named place.
    bool contact = false;    ///< A phone number, mail address.
    bool phone = false;      ///< A phone number.
    bool rule = false;       ///< § or a named law.
    bool procedure = false;  ///< What to do: "skriv til", "du skal", "ring".
    bool means = false;      ///< Where to turn or what to use: a form, a site, a number, "hos".
    bool deadline = false;   ///< Until when: "senest", "inden mødet er hævet".
    bool reason = false;     ///< Why: "fordi", "af hensyn til", "skyldes".
    bool vote = false;       ///< Who or how many voted.
    bool rules = false;      ///< Says what may, must or cannot be done.
    bool defines = false;    ///< "X er ...", "ved X forstås ...".
    friend bool operator==(const Facts&, const Facts&) = default;
};

/// Where in a sentence a fact stands.
struct Mark {
    enum class Kind : std::uint8_t {
        money,
        number,
        percent,
        distance,
        duration,
        time,
        date,
        rule,
        contact,
        phone,
        person,  // What follows are names.
        name,
        office,
        place
    };
    Kind kind = Kind::number;
    std::uint32_t begin = 0;  ///< Byte in the sentence.
};

[[nodiscard]] Facts facts_of(std::string_view sentence);
/// The same, with the places of the facts added to `marks`; `tokens` is
/// danish::tokenize(sentence).
[[nodiscard]] Facts facts_of(std::string_view sentence, const std::vector<danish::Token>& tokens,
                             std::vector<Mark>& marks);

/// True when the letter at this byte is a capital.
[[nodiscard]] bool is_upper(std::string_view text, std::size_t at);

}  // namespace raadbot::answer
