// Models behind HTTP: the Embedder and Reranker that retrieval knows only as interfaces.
//
// Texts go to the configured host and nowhere else: redirects are not followed, certificates are
// checked. A call that fails in a way that may pass (429, 5xx, connection) is made once more if the
// deadline leaves time for what Retry-After asks. Errors never hold the key, a question or a
// passage. Thread-safe.
#pragma once

#include <memory>

#include "adapters/model/codec.hpp"
#include "adapters/model/options.hpp"
#include "retrieval/models/models.hpp"

namespace raadbot::model {

/// Options as checked() gave them.
[[nodiscard]] std::shared_ptr<const models::Embedder> connect(const EmbeddingOptions& options);
[[nodiscard]] std::shared_ptr<const models::Reranker> connect(const RerankingOptions& options);

/// What a TEI server says of itself (GET /info). Errors as those of Embedder.
[[nodiscard]] Result<ServerInfo> ask_info(const Endpoint& endpoint, models::Deadline deadline);

}  // namespace raadbot::model
