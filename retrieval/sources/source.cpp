#include "retrieval/sources/source.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace raadbot::sources {
namespace {

constexpr std::array<std::pair<State, std::string_view>, 5> state_names{{
    {State::proposed, "proposed"},
    {State::approved, "approved"},
    {State::paused, "paused"},
    {State::expired, "expired"},
    {State::removed, "removed"},
}};

bool is_id(std::string_view id) {
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

}  // namespace

std::string_view to_string(State state) {
    for (const auto& [value, name] : state_names) {
        if (value == state) return name;
    }
    return "proposed";
}

Result<State> parse_state(std::string_view text) {
    for (const auto& [value, name] : state_names) {
        if (name == text) return value;
    }
    return fail(ErrorCode::invalid_input,
                "unknown source state \"" + std::string(text) +
                    "\": use proposed, approved, paused, expired or removed");
}

State effective_state(const Source& source, const Date& today) {
    if (source.state == State::approved && source.review_date && *source.review_date < today) {
        return State::expired;
    }
    return source.state;
}

Result<void> validate(const Source& source) {
    if (!is_id(source.id.value)) {
        return fail(
            ErrorCode::invalid_config,
            "source id \"" + source.id.value + "\": use 1-64 of the characters a-z, 0-9, - and _");
    }
    const std::string where = "source \"" + source.id.value + "\": ";
    if (!source.base_url.starts_with("https://") && !source.base_url.starts_with("http://")) {
        return fail(
            ErrorCode::invalid_config,
            where + "base_url must begin with https:// or http://, so that answers can link");
    }
    return {};
}

}  // namespace raadbot::sources
