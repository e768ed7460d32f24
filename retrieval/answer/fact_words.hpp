// Words that say by themselves what kind of fact a sentence holds. General Danish of town halls.
// Pure; internal to facts.cpp.
#pragma once

#include <string_view>

namespace raadbot::answer {

struct WordSays {
    // By the word as it stands.
    bool calendar = false;        ///< A weekday, month, season: "mandag", "årligt".
    bool ruling = false;          ///< What may, must or cannot be: "må", "kræver".
    bool procedure = false;       ///< What to do: "skriv", "bestiller".
    bool reason = false;          ///< Why: "fordi", "skyldes".
    bool means = false;           ///< Where to turn, and with what: "blanket", "mitid".
    bool deadline = false;        ///< Until when: "senest".
    bool number = false;          ///< Little numbers, of which "en" and "et" are articles as well.
    bool written_number = false;  ///< "tredjedel", "dusin", "tyve": larger numbers and parts.
    // By the word in any form, or by the last part of a compound.
    bool office = false;  ///< Who acts in a town hall: "formand", "forvaltning".
    bool place = false;   ///< Where something is: "rådhus", "vej".
    // By the word in any form.
    bool duration_unit = false;  ///< "uge", "hverdag".
};

/// Remembers the words it has met; safe from any thread.
[[nodiscard]] WordSays said_by(std::string_view folded);

/// "Smedevej", "Amtmandstorvet": what streets and squares are called by.
[[nodiscard]] bool ends_as_street(std::string_view folded);

}  // namespace raadbot::answer
