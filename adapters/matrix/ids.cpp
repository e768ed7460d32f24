#include "adapters/matrix/ids.hpp"

#include <algorithm>

#include "adapters/http/url.hpp"

namespace raadbot::matrix {
namespace {

constexpr std::size_t longest_id = 255;  // Client-server API, "Size limits".

bool is_opaque(std::string_view text, char sigil) {
    return text.size() > 1 && text.size() <= longest_id && text.front() == sigil &&
           std::none_of(
               text.begin(), text.end(),
               [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; }) &&
           http::is_utf8(text);
}

}  // namespace

std::optional<UserId> parse_user_id(std::string_view text) {
    if (!is_opaque(text, '@')) return std::nullopt;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
    return UserId{std::string(text)};
}

std::optional<RoomId> parse_room_id(std::string_view text) {
    if (!is_opaque(text, '!')) return std::nullopt;
    return RoomId{std::string(text)};
}

std::optional<EventId> parse_event_id(std::string_view text) {
    if (!is_opaque(text, '$')) return std::nullopt;
    return EventId{std::string(text)};
}

std::string_view server_of(const UserId& user) {
    const std::string_view text = user.value;
    const std::size_t colon = text.find(':');
    return colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
}

std::string_view localpart_of(const UserId& user) {
    const std::string_view text = user.value;
    return text.empty() ? text : text.substr(1, text.find(':') - 1);
}

bool is_server_name(std::string_view text) {
    return !text.empty() && text.size() <= 230 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == ':' || c == '[' || c == ']';
    });
}

}  // namespace raadbot::matrix
