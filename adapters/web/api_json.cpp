#include "adapters/web/api_json.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <nlohmann/json.hpp>

#include "bot/conversation/strict_json.hpp"

namespace raadbot::web {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_previous = 20;
constexpr std::size_t most_id = 200;
constexpr std::size_t most_comment = 1'000;

tl::unexpected<JsonFault> fault(std::string code, std::string text, std::string field = {}) {
    return tl::unexpected<JsonFault>(
        JsonFault{std::move(code), std::move(text), std::move(field), ""});
}

Read<Json> read_object(std::string_view text, std::span<const std::string_view> known) {
    auto json = bot::parse_strict_json(text);
    if (!json) {
        const bool nul = text.find('\0') != std::string_view::npos;
        return tl::unexpected<JsonFault>(JsonFault{nul ? "nul" : "invalid_json",
                                                   nul ? "error.nul" : "error.not_json", "",
                                                   json.error().message});
    }
    if (!json->is_object()) return fault("invalid_json", "error.not_object");
    for (const auto& [key, value] : json->items()) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            return fault("unknown_field", "error.key_unknown", key);
        }
    }
    return std::move(*json);
}

Read<std::string> read_text(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) return std::string();
    if (!found->is_string()) return fault("wrong_type", "error.key_type", key);
    auto text = found->get<std::string>();
    if (text.find('\0') != std::string::npos) return fault("nul", "error.nul", key);
    return text;
}

}  // namespace

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    }));
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

Read<AskJson> read_ask(std::string_view text, std::size_t most_chars) {
    static constexpr std::array<std::string_view, 6> known = {"id",       "question", "previous",
                                                              "language", "now",      "audience"};
    const auto json = read_object(text, known);
    if (!json) return tl::unexpected(json.error());
    AskJson out;
    if (!json->contains("question")) return fault("missing_field", "error.key_missing", "question");
    auto question = read_text(*json, "question");
    if (!question) return tl::unexpected(question.error());
    out.question = std::string(trimmed(*question));
    if (out.question.empty()) return fault("empty_question", "ask.empty", "question");
    if (characters(out.question) > most_chars) return fault("too_long", "ask.too_long", "question");

    auto id = read_text(*json, "id");
    if (!id) return tl::unexpected(id.error());
    if (id->size() > most_id) return fault("wrong_value", "error.key_value", "id");
    out.id = std::move(*id);

    if (const auto previous = json->find("previous"); previous != json->end()) {
        if (!previous->is_array()) return fault("wrong_type", "error.key_type", "previous");
        if (previous->size() > most_previous)
            return fault("wrong_value", "error.key_value", "previous");
        for (const Json& item : *previous) {
            if (!item.is_string()) return fault("wrong_type", "error.key_type", "previous");
            auto earlier = item.get<std::string>();
            if (earlier.find('\0') != std::string::npos)
                return fault("nul", "error.nul", "previous");
            if (characters(earlier) > most_chars)
                return fault("too_long", "ask.too_long", "previous");
            out.previous.push_back(std::move(earlier));
        }
    }
    auto language = read_text(*json, "language");
    if (!language) return tl::unexpected(language.error());
    if (!language->empty() && *language != "da" && *language != "en") {
        return fault("wrong_value", "error.key_value", "language");
    }
    out.language = std::move(*language);

    auto now = read_text(*json, "now");
    if (!now) return tl::unexpected(now.error());
    if (!now->empty()) {
        out.now = parse_timestamp(*now);
        if (!out.now) return fault("wrong_value", "error.key_value", "now");
    }
    if (const auto audience = json->find("audience"); audience != json->end()) {
        const bool texts =
            audience->is_array() && std::all_of(audience->begin(), audience->end(),
                                                [](const Json& item) { return item.is_string(); });
        if (!texts) return fault("wrong_type", "error.key_type", "audience");
    }
    return out;
}

Read<FeedbackJson> read_feedback(std::string_view text) {
    static constexpr std::array<std::string_view, 3> known = {"answer_id", "helpful", "comment"};
    const auto json = read_object(text, known);
    if (!json) return tl::unexpected(json.error());
    FeedbackJson out;
    auto id = read_text(*json, "answer_id");
    if (!id) return tl::unexpected(id.error());
    if (id->empty()) return fault("missing_field", "error.key_missing", "answer_id");
    if (id->size() > most_id) return fault("wrong_value", "error.key_value", "answer_id");
    out.answer_id = std::move(*id);
    const auto helpful = json->find("helpful");
    if (helpful == json->end()) return fault("missing_field", "error.key_missing", "helpful");
    if (!helpful->is_boolean()) return fault("wrong_type", "error.key_type", "helpful");
    out.helpful = helpful->get<bool>();
    auto comment = read_text(*json, "comment");
    if (!comment) return tl::unexpected(comment.error());
    if (characters(*comment) > most_comment) return fault("too_long", "error.key_value", "comment");
    out.comment = std::move(*comment);
    return out;
}

std::string error_json(std::string_view code, std::string_view message, std::string_view detail) {
    nlohmann::ordered_json out = {{"error", {{"code", code}, {"message", message}}}};
    if (!detail.empty()) out["error"]["detail"] = detail;
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace raadbot::web
