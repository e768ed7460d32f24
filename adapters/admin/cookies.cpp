#include "adapters/admin/cookies.hpp"

namespace raadbot::admin {

std::string_view cookie(std::string_view field, std::string_view name) {
    std::string_view found;
    bool seen = false;
    while (!field.empty()) {
        const std::size_t end = field.find(';');
        std::string_view pair = field.substr(0, end);
        while (pair.starts_with(' ') || pair.starts_with('\t')) pair.remove_prefix(1);
        while (pair.ends_with(' ') || pair.ends_with('\t')) pair.remove_suffix(1);
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            if (seen) return {};
            seen = true;
            found = pair.substr(equals + 1);
        }
        if (end == std::string_view::npos) break;
        field.remove_prefix(end + 1);
    }
    return found;
}

std::string set_cookie(std::string_view name, std::string_view value, bool secure,
                       SameSite same_site, int age) {
    std::string out(name);
    out += "=";
    out += value;
    out += "; Path=/; HttpOnly; SameSite=";
    out += same_site == SameSite::strict ? "Strict" : "Lax";
    if (secure) out += "; Secure";
    if (age >= 0) out += "; Max-Age=" + std::to_string(age);
    return out;
}

}  // namespace raadbot::admin
