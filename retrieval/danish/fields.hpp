// A line of a data file cut into its fields. Pure; internal to retrieval/danish.
#pragma once

#include <string_view>
#include <vector>

namespace raadbot::danish {

/// Without blanks and carriage returns at both ends.
[[nodiscard]] inline std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

/// What stands between the marks, trimmed; at least one field.
[[nodiscard]] inline std::vector<std::string_view> fields(std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t at = text.find(mark);
        parts.push_back(trim(text.substr(0, at)));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

}  // namespace raadbot::danish
