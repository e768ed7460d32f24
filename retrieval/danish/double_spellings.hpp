// Words that Danish spells in two ways: "handikap" and "handicap", "resurse" and "ressource". Pure.
#pragma once

#include <string>
#include <string_view>

namespace raadbot::danish {

/// The folded word in the spelling that papers use more, in compounds and inflections too:
/// "handikapparkering" -> "handicapparkering". Other words come back as they are. Source of the
/// pairs: Dansk Sprognævn's Retskrivningsordbogen, and older spellings that people still write.
[[nodiscard]] std::string usual_spelling(std::string_view folded);

}  // namespace raadbot::danish
