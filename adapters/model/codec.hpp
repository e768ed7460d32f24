// The JSON of model servers, both ways. Pure.
//
// Sources: OpenAI API reference, "Create embeddings"; text-embeddings-inference,
// router/src/http/types.rs and server.rs (/embed, /rerank, /info, their errors and limits).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/model/options.hpp"
#include "retrieval/result.hpp"

namespace raadbot::model {

[[nodiscard]] std::string embed_path(Api api);
[[nodiscard]] std::string embed_body(Api api, const std::string& model,
                                     std::span<const std::string> texts);
[[nodiscard]] std::string rerank_body(std::string_view question,
                                      std::span<const std::string> texts);

/// One vector for each text, in their order. Error (unreadable): another shape, count or dimension
/// than agreed, an index twice or out of range, something that is no finite number.
[[nodiscard]] Result<std::vector<std::vector<float>>> read_vectors(Api api, std::string_view body,
                                                                   std::size_t count,
                                                                   std::size_t dimension);
/// One score for each text, in their order; the server sends them best first, with indices. Error:
/// unreadable.
[[nodiscard]] Result<std::vector<float>> read_scores(std::string_view body, std::size_t count);

/// What a status other than 200 means. The server's own words, cut short, only where they are about
/// the request's form: they may repeat its text, and then are left out.
[[nodiscard]] Error error_of(unsigned status, std::string_view body);

struct ServerInfo {
    std::string model;
    std::size_t batch = 0;  ///< 0: not said.
};
/// TEI's /info. Error: unreadable.
[[nodiscard]] Result<ServerInfo> read_info(std::string_view body);

}  // namespace raadbot::model
