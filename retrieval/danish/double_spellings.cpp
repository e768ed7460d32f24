#include "retrieval/danish/double_spellings.hpp"

#include <array>
#include <utility>

namespace raadbot::danish {
namespace {

/// Letters that occur in no other words, and what they are as well.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> spellings{{
    {"handikap", "handicap"},
    {"resurse", "ressource"},
    {"skanne", "scanne"},
    {"skanning", "scanning"},
    {"linie", "linje"},
    {"maximum", "maksimum"},
    {"appendix", "appendiks"},
    {"consensus", "konsensus"},
    {"karport", "carport"},
    {"kasino", "casino"},
    {"karies", "caries"},
    {"jogurt", "yoghurt"},
    {"majonæse", "mayonnaise"},
    {"remulade", "remoulade"},
    {"avokado", "avocado"},
}};

}  // namespace

std::string usual_spelling(std::string_view folded) {
    std::string word(folded);
    for (const auto& [other, usual] : spellings) {
        for (std::size_t at = word.find(other); at != std::string::npos;
             at = word.find(other, at + usual.size())) {
            word.replace(at, other.size(), usual);
        }
    }
    return word;
}

}  // namespace raadbot::danish
