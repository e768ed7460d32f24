// What the files behind meeting_words.hpp share; for them only.
#pragma once

#include <string>
#include <string_view>

#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {

/// A heading in lower case without its number and closing marks: "4. Indstilling:" ->
/// "indstilling".
inline std::string bare(std::string_view heading) {
    std::string name = lower(tidy(heading));
    while (!name.empty() &&
           (name.back() == ':' || name.back() == '.' || name.back() == ' ' || name.back() == '-')) {
        name.pop_back();
    }
    // "4. Indstilling", "a) Baggrund"
    std::size_t at = 0;
    while (at < name.size() && name[at] >= '0' && name[at] <= '9') ++at;
    if (at > 0 && at < name.size() && (name[at] == '.' || name[at] == ')'))
        name = trim(name.substr(at + 1));
    return name;
}

inline bool is_letter(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    const auto byte = static_cast<unsigned char>(text[at]);
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

inline bool upper_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    if (text[at] >= 'A' && text[at] <= 'Z') return true;
    const std::string_view two = text.substr(at, 2);
    return two == "Æ" || two == "Ø" || two == "Å" || two == "É";
}

}  // namespace raadbot::ingest
