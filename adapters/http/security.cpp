#include "adapters/http/security.hpp"

#include <algorithm>

namespace raadbot::http {

void set_default_security(Response& response) {
    const auto set_if_absent = [&response](const char* name, const char* value) {
        const bool present =
            std::any_of(response.fields.begin(), response.fields.end(),
                        [name](const Field& field) { return same_name(field.name, name); });
        if (!present) response.set(name, value);
    };
    set_if_absent("Content-Security-Policy",
                  "default-src 'none'; base-uri 'none'; form-action 'none'; "
                  "frame-ancestors 'none'");
    set_if_absent("X-Content-Type-Options", "nosniff");
    // Not "no-referrer": with it browsers send "Origin: null" with forms, and the same-origin check
    // needs it.
    set_if_absent("Referrer-Policy", "same-origin");
    set_if_absent("Permissions-Policy",
                  "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
                  "microphone=(), midi=(), payment=(), usb=(), browsing-topics=()");
    set_if_absent("Cross-Origin-Resource-Policy", "same-origin");
    set_if_absent("Cross-Origin-Opener-Policy", "same-origin");
    set_if_absent("Cache-Control", "no-store");
}

std::string page_policy(const std::vector<std::string>& frame_ancestors) {
    std::string out =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src "
        "'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors";
    if (frame_ancestors.empty()) return out + " 'none'";
    for (const std::string& origin : frame_ancestors) out += " " + origin;
    return out;
}

bool is_frame_ancestor(const std::string& origin) {
    std::string_view rest = origin;
    if (rest.starts_with("https://")) {
        rest.remove_prefix(8);
    } else if (rest.starts_with("http://")) {
        rest.remove_prefix(7);
    } else {
        return false;
    }
    if (rest.starts_with("*.")) rest.remove_prefix(2);
    const auto colon = rest.find(':');
    const std::string_view host = rest.substr(0, colon);
    if (host.empty() || host.size() > 253) return false;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!std::all_of(host.begin(), host.end(), [&](char c) {
            return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.';
        })) {
        return false;
    }
    if (colon == std::string_view::npos) return true;
    const std::string_view port = rest.substr(colon + 1);
    return !port.empty() && port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit);
}

}  // namespace raadbot::http
