// The search index as the program's commands open it for writing. It holds nothing that the store
// does not: what another version of the program wrote is built anew.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "bot/app/config.hpp"
#include "retrieval/index/search.hpp"

namespace raadbot::app {

struct WritableIndex {
    std::unique_ptr<index::Index> index;
    bool empty = false;  ///< To be filled from the store: `ingest::follow` with `rebuild`.
};

/// Opens it. An outdated one is replaced by an empty one, a damaged one only when `rebuild` allows;
/// vectors stay. Errors: as Index::open. The caller holds the ingest lock.
[[nodiscard]] Result<WritableIndex> open_writable_index(const Config& config, bool rebuild = false);

/// Before serving: builds an outdated index anew under the ingest lock, telling `log` first; does
/// nothing to any other. Error: conflict when another process reads sources just now.
[[nodiscard]] Result<void> renew_outdated_index(const Config& config,
                                                const std::function<void(std::string_view)>& log);

}  // namespace raadbot::app
