#include "adapters/web/html.hpp"

#include <algorithm>

namespace raadbot::web {

Html& Html::text(std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&': out_ += "&amp;"; break;
            case '<': out_ += "&lt;"; break;
            case '>': out_ += "&gt;"; break;
            case '"': out_ += "&quot;"; break;
            case '\'': out_ += "&#39;"; break;
            default:
                // No control bytes: they are not characters in HTML.
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out_ += c;
        }
    }
    return *this;
}

bool is_web_url(std::string_view url) {
    const auto scheme_is = [url](std::string_view scheme) {
        return url.size() > scheme.size() &&
               std::equal(scheme.begin(), scheme.end(), url.begin(), [](char s, char u) {
                   return s == (u >= 'A' && u <= 'Z' ? static_cast<char>(u - 'A' + 'a') : u);
               });
    };
    if (!scheme_is("http://") && !scheme_is("https://")) return false;
    return std::all_of(url.begin(), url.end(),
                       [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; });
}

Html& Html::href(std::string_view url) {
    if (!is_web_url(url)) return *this;
    out_ += " href=\"";
    text(url);
    out_ += '"';
    return *this;
}

Html& Html::id(std::string_view text) {
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (plain) out_ += c;
    }
    return *this;
}

}  // namespace raadbot::web
