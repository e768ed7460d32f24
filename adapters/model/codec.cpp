#include "adapters/model/codec.hpp"

#include <cmath>
#include <optional>

#include <nlohmann/json.hpp>

namespace raadbot::model {
namespace {

using nlohmann::json;

tl::unexpected<Error> unreadable(const std::string& what) {
    return fail(ErrorCode::unreadable, "its answer is not as agreed: " + what);
}

/// Nothing when it is no JSON; the library takes a NUL at the end, we do not.
std::optional<json> parsed(std::string_view body) {
    if (body.find('\0') != std::string_view::npos) return std::nullopt;
    json value = json::parse(body, nullptr, false);
    if (value.is_discarded()) return std::nullopt;
    return value;
}

std::optional<float> finite(const json& value) {
    if (!value.is_number()) return std::nullopt;
    const auto number = value.get<float>();
    if (!std::isfinite(number)) return std::nullopt;
    return number;
}

/// A place in the request's texts.
std::optional<std::size_t> place(const json& item, std::size_t count) {
    const auto found = item.find("index");
    if (found == item.end() || !found->is_number_unsigned()) return std::nullopt;
    const auto index = found->get<std::uint64_t>();
    if (index >= count) return std::nullopt;
    return static_cast<std::size_t>(index);
}

Result<std::vector<float>> vector_of(const json& value, std::size_t dimension) {
    if (!value.is_array()) return unreadable("a vector is no list of numbers");
    if (value.size() != dimension) {
        return unreadable("a vector has " + std::to_string(value.size()) + " numbers, not " +
                          std::to_string(dimension));
    }
    std::vector<float> vector;
    vector.reserve(dimension);
    for (const json& item : value) {
        const auto number = finite(item);
        if (!number) return unreadable("a vector holds something that is no number");
        vector.push_back(*number);
    }
    return vector;
}

}  // namespace

std::string embed_path(Api api) { return api == Api::openai ? "/v1/embeddings" : "/embed"; }

std::string embed_body(Api api, const std::string& model, std::span<const std::string> texts) {
    json list = json::array();
    for (const std::string& text : texts) list.push_back(text);
    if (api == Api::openai) {
        return json{{"model", model}, {"input", std::move(list)}, {"encoding_format", "float"}}
            .dump(-1, ' ', false, json::error_handler_t::replace);
    }
    return json{{"inputs", std::move(list)}, {"truncate", true}, {"normalize", true}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
}

std::string rerank_body(std::string_view question, std::span<const std::string> texts) {
    json list = json::array();
    for (const std::string& text : texts) list.push_back(text);
    return json{{"query", question},
                {"texts", std::move(list)},
                {"truncate", true},
                {"raw_scores", false},
                {"return_text", false}}
        .dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<std::vector<std::vector<float>>> read_vectors(Api api, std::string_view body,
                                                     std::size_t count, std::size_t dimension) {
    const auto root = parsed(body);
    if (!root) return unreadable("no JSON, or cut short");
    const json* list = &*root;
    if (api == Api::openai) {
        if (!root->is_object() || !root->contains("data")) return unreadable("no \"data\"");
        list = &root->at("data");
    }
    if (!list->is_array()) return unreadable("no list of vectors");
    if (list->size() != count) {
        return unreadable(std::to_string(list->size()) + " vectors for " + std::to_string(count) +
                          " texts");
    }
    std::vector<std::vector<float>> vectors(count);
    for (std::size_t i = 0; i < count; ++i) {
        const json* item = &(*list)[i];
        std::size_t at = i;
        if (api == Api::openai) {
            if (!item->is_object() || !item->contains("embedding")) {
                return unreadable("no \"embedding\"");
            }
            const auto index = place(*item, count);
            if (!index || !vectors[*index].empty()) {
                return unreadable("an \"index\" is missing, twice there or out of range");
            }
            at = *index;
            item = &item->at("embedding");
        }
        auto vector = vector_of(*item, dimension);
        if (!vector) return tl::unexpected(vector.error());
        vectors[at] = std::move(*vector);
    }
    return vectors;
}

Result<std::vector<float>> read_scores(std::string_view body, std::size_t count) {
    const auto root = parsed(body);
    if (!root) return unreadable("no JSON, or cut short");
    if (!root->is_array() || root->size() != count) {
        return unreadable("not one score for each text");
    }
    std::vector<std::optional<float>> scores(count);
    for (const json& item : *root) {
        if (!item.is_object() || !item.contains("score")) return unreadable("no \"score\"");
        const auto index = place(item, count);
        if (!index || scores[*index]) {
            return unreadable("an \"index\" is missing, twice there or out of range");
        }
        scores[*index] = finite(item.at("score"));
        if (!scores[*index]) return unreadable("a score is no number");
    }
    std::vector<float> result;
    for (const auto& score : scores) result.push_back(*score);
    return result;
}

Error error_of(unsigned status, std::string_view body) {
    const std::string number = "HTTP " + std::to_string(status);
    switch (status) {
        case 401:
        case 403: return {ErrorCode::denied, "it refuses the key (" + number + ")"};
        case 404:
        case 405:
            return {ErrorCode::not_found, "there is no such interface at that address (" + number +
                                              "): check url and api"};
        case 413: {
            // "batch size 64 > maximum allowed batch size 32": numbers only, so safe to repeat.
            const auto at = body.find("maximum allowed batch size ");
            std::string most;
            for (std::size_t i = at == std::string_view::npos ? body.size() : at + 27;
                 i < body.size() && body[i] >= '0' && body[i] <= '9' && most.size() < 6; ++i) {
                most += body[i];
            }
            return {ErrorCode::too_large,
                    "a batch is too large for it (" + number + ")" +
                        (most.empty() ? ": lower batch" : ": set batch to " + most)};
        }
        case 424:
            return {ErrorCode::unavailable,
                    "its model failed (" + number + "): is it a model of the right kind?"};
        case 429: return {ErrorCode::unavailable, "it has too much to do (" + number + ")"};
        default: break;
    }
    if (status >= 500) return {ErrorCode::unavailable, "it fails (" + number + ")"};
    if (status >= 400) {
        return {ErrorCode::invalid_input, "it does not take the text (" + number + ")"};
    }
    return {ErrorCode::unreadable, "its answer is not as agreed: " + number};
}

Result<ServerInfo> read_info(std::string_view body) {
    const auto root = parsed(body);
    if (!root || !root->is_object()) return unreadable("no JSON object");
    ServerInfo info;
    const auto model = root->find("model_id");
    if (model == root->end() || !model->is_string()) return unreadable("no \"model_id\"");
    info.model = model->get<std::string>();
    const auto batch = root->find("max_client_batch_size");
    if (batch != root->end() && batch->is_number_unsigned()) {
        info.batch = static_cast<std::size_t>(batch->get<std::uint64_t>());
    }
    return info;
}

}  // namespace raadbot::model
