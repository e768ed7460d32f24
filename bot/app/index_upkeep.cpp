#include "bot/app/index_upkeep.hpp"

#include <filesystem>
#include <vector>

#include "bot/app/ingest_lock.hpp"
#include "retrieval/ingest/folder.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::app {
namespace {

index::Index::Options options_of(const Config& config) {
    return {config.data_dir / "index", nullptr};
}

/// All but the vectors, which are costly and belong to passages, whatever index finds them.
void remove_index(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        if (entry.path().filename() != "vectors") files.push_back(entry.path());
    }
    for (const auto& file : files) std::filesystem::remove_all(file);
}

}  // namespace

Result<WritableIndex> open_writable_index(const Config& config, bool rebuild) {
    WritableIndex result;
    auto index = index::Index::open(options_of(config));
    if (!index) {
        const ErrorCode code = index.error().code;
        if (code != ErrorCode::outdated && !(rebuild && code == ErrorCode::corrupt))
            return tl::unexpected(index.error());
        remove_index(config.data_dir / "index");
        index = index::Index::open(options_of(config));
        if (!index) return tl::unexpected(index.error());
        result.empty = true;
    }
    result.index = std::move(*index);
    return result;
}

Result<void> renew_outdated_index(const Config& config,
                                  const std::function<void(std::string_view)>& log) {
    const auto outdated = [&] {
        const auto index = index::Index::open_read_only(options_of(config));
        return !index && index.error().code == ErrorCode::outdated;
    };
    if (!outdated()) return {};
    log("the search index is of another version of Raadbot; building it anew");
    auto lock = IngestLock::take(config.data_dir);
    if (!lock) return tl::unexpected(lock.error());
    auto index = open_writable_index(config);
    if (!index) return tl::unexpected(index.error());
    const auto store = store::Store::open(config.data_dir);
    return ingest::follow(*store, *index->index, index->empty);
}

}  // namespace raadbot::app
