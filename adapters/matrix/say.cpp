#include "adapters/matrix/say.hpp"

#include <nlohmann/json.hpp>

#include "bot/conversation/strict_json.hpp"

namespace raadbot::matrix {

std::string say_address(const std::string& room, const std::string& question,
                        const std::string& thread) {
    const nlohmann::json json = {
        {"conversation", room},
        {"payload", {{"kind", "say"}, {"reply_to", question}, {"thread", thread}}}};
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<Say> read_say(std::string_view payload) {
    // Events have a type and no kind; a peer cannot write one: what it sends is stored as it came,
    // with the event id that the homeserver gave.
    const auto json = bot::parse_strict_json(payload);
    if (!json || !json->is_object() || json->contains("type") || json->contains("event_id") ||
        json->value("kind", nlohmann::json()) != "say") {
        return std::nullopt;
    }
    try {
        return Say{json->at("text").get<std::string>(), json->at("reply_to").get<std::string>(),
                   json->at("thread").get<std::string>()};
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

}  // namespace raadbot::matrix
