// Questions that lean on an earlier one of the conversation, and how. Pure functions.
#pragma once

#include <string_view>

namespace raadbot::danish {

/// What a question lacks to be understood by itself.
struct FollowUp {
    /// It cannot stand alone: "og hvad med suppleanter?", "hvornår blev det vedtaget?", "hvorfor?".
    bool leans = false;
    /// It may stand alone, but is so short that an earlier question may be meant too: "hvad koster
    /// en tur?". Never set with `leans`.
    bool may_lean = false;
    /// It asks what was asked before of something else ("og hvad med suppleanter?"), rather than
    /// something new about the same thing ("hvad koster det?").
    bool replaces = false;
    /// Only a circumstance is another: "hvad hvis jeg er syg?", "og når det er budget?".
    bool condition = false;
    /// Nothing is asked in its own words: "søskenderabat?", "og i 2030?".
    bool bare = false;
    /// A pronoun stands for what was spoken of: "hvor mange går der på den?".
    bool pronoun = false;
};

[[nodiscard]] FollowUp read_follow_up(std::string_view question);

[[nodiscard]] inline bool is_follow_up(std::string_view question) {
    return read_follow_up(question).leans;
}

}  // namespace raadbot::danish
