// Everyday typing put into the spelling that dictionaries and papers use. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace raadbot::danish {

/// The question with spoken and shortened forms written out ("tar" -> "tager", "ik" -> "ikke",
/// "max" -> "maksimum"), paragraphs as the law prints them ("§17 stk4", "paragraf 17 stk 4" ->
/// "§ 17, stk. 4"; "17.4-udvalg" -> "§ 17, stk. 4-udvalg"), ordinals as figures where papers have
/// figures ("tiende klasse" -> "10. klasse") and the genitive mark off abbreviations ("KL's").
/// What is written in full comes back unchanged.
[[nodiscard]] std::string plain_wording(std::string_view text);

}  // namespace raadbot::danish
