// JSON from outside, read strictly: what two readers might read differently is refused. Pure.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace raadbot::token {

using Json = nlohmann::json;

/// Nothing when it is not exactly one JSON value in UTF-8, holds a NUL byte, names a key twice in
/// one object or is nested deeper than `depth`.
[[nodiscard]] std::optional<Json> parse_json(std::string_view text, std::size_t depth = 32);

/// The string at a path of keys; empty when anything on the way is missing or of another kind.
template <class... Keys>
[[nodiscard]] std::string string_at(const Json& value, const Keys&... keys) {
    const Json* at = &value;
    const auto step = [&](const char* key) {
        if (at == nullptr) return;
        const auto found = at->is_object() ? at->find(key) : at->end();
        at = at->is_object() && found != at->end() ? &*found : nullptr;
    };
    (step(keys), ...);
    return at != nullptr && at->is_string() ? at->template get<std::string>() : std::string();
}

/// The same for any value; null when missing.
template <class... Keys>
[[nodiscard]] const Json& value_at(const Json& value, const Keys&... keys) {
    static const Json none;
    const Json* at = &value;
    const auto step = [&](const char* key) {
        const auto found = at->is_object() ? at->find(key) : at->end();
        at = at->is_object() && found != at->end() ? &*found : &none;
    };
    (step(keys), ...);
    return *at;
}

}  // namespace raadbot::token
