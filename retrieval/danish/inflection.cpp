// Plurals that the dictionary lists as words of their own: "bøger", "vognmænd", "leksika".
#include <array>
#include <string>
#include <utility>

#include "retrieval/danish/dictionary.hpp"

namespace raadbot::danish {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 53> mutated_plurals = {{
    {"mænd", "mand"},        {"børn", "barn"},
    {"bøger", "bog"},        {"fødder", "fod"},
    {"tænder", "tand"},      {"hænder", "hånd"},
    {"nætter", "nat"},       {"brødre", "bror"},
    {"døtre", "datter"},     {"mødre", "mor"},
    {"fædre", "far"},        {"gæs", "gås"},
    {"tæer", "tå"},          {"køer", "ko"},
    {"søer", "so"},          {"kløer", "klo"},
    {"øjne", "øje"},         {"ænder", "and"},
    {"kræfter", "kraft"},    {"rødder", "rod"},
    {"stæder", "stad"},      {"stænger", "stang"},
    {"tænger", "tang"},      {"bønder", "bonde"},
    {"brædder", "bræt"},     {"engle", "engel"},
    {"djævle", "djævel"},    {"eksaminer", "eksamen"},
    {"risici", "risiko"},    {"konti", "konto"},
    {"fora", "forum"},       {"vira", "virus"},
    {"leksika", "leksikon"}, {"tempi", "tempo"},
    {"himle", "himmel"},     {"voluminer", "volumen"},
    {"frøkner", "frøken"},   {"spektakler", "spektakel"},
    {"apostle", "apostel"},  {"minima", "minimum"},
    {"maksima", "maksimum"}, {"soli", "solo"},
    {"fakta", "faktum"},     {"foci", "fokus"},
    {"ører", "øre"},         {"strænge", "streng"},
    {"ræer", "rå"},          {"høns", "høne"},
    {"stænder", "stand"},    {"somre", "sommer"},
    {"vintre", "vinter"},    {"midler", "middel"},
    {"ika", "ikum"},
}};

std::string latin1(std::string_view utf8) { return to_latin1(utf8).value_or(""); }

}  // namespace

std::string_view Dictionary::singular_of(std::string_view plural) const {
    const auto stored = [this](std::string_view word) -> std::string_view {
        const std::uint32_t entry = find(word);
        if (entry == no_entry) return {};
        return view(entries_[entry].stem);
    };
    for (const auto& [many, one] : mutated_plurals) {
        const std::string ending = latin1(many);
        if (!plural.ends_with(ending)) continue;
        std::string singular(plural.substr(0, plural.size() - ending.size()));
        singular.append(latin1(one));
        if (const auto found = stored(singular); !found.empty()) return found;
    }
    if (plural.size() > 4 && plural.ends_with("er")) {
        if (const auto found = stored(plural.substr(0, plural.size() - 2)); !found.empty()) {
            return found;
        }
        if (const auto found = stored(plural.substr(0, plural.size() - 1)); !found.empty()) {
            return found;
        }
    }
    if (plural.size() > 4 && (plural.ends_with('s') || plural.ends_with('e'))) {
        return stored(plural.substr(0, plural.size() - 1));
    }
    return {};
}

void Dictionary::link_irregular_plurals() {
    for (Entry& entry : entries_) {
        if (entry.target.length > 0 || !flag_sets_[entry.flags].test(irregular_plural)) continue;
        const std::string_view singular = singular_of(view(entry.stem));
        if (singular.empty() || singular == view(entry.stem)) continue;
        entry.target = {static_cast<std::uint32_t>(singular.data() - arena_.data()),
                        static_cast<std::uint32_t>(singular.size())};
    }
}

}  // namespace raadbot::danish
