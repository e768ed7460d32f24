#include "adapters/teams/json.hpp"

#include <set>
#include <vector>

namespace raadbot::teams {

std::optional<Json> parse_json(std::string_view text, std::size_t depth) {
    // The library takes a NUL for the end of the text.
    if (text.find('\0') != std::string_view::npos) return std::nullopt;
    bool good = true;
    std::vector<std::set<std::string>> keys;  // Of the objects that are open.
    const auto watch = [&](int level, Json::parse_event_t event, Json& parsed) {
        using Event = Json::parse_event_t;
        if (level > static_cast<int>(depth)) good = false;
        if (event == Event::object_start) keys.emplace_back();
        if (event == Event::object_end && !keys.empty()) keys.pop_back();
        if (event == Event::key && !keys.empty() &&
            !keys.back().insert(parsed.get<std::string>()).second) {
            good = false;
        }
        return good;
    };
    Json value = Json::parse(text, watch, false);
    if (!good || value.is_discarded()) return std::nullopt;
    return value;
}

}  // namespace raadbot::teams
