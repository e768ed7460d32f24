#include "retrieval/index/search.hpp"
#include "retrieval/index/segmented_index.hpp"

namespace raadbot::index {
namespace {

Result<std::unique_ptr<Index>> open_index(const Index::Options& options, bool read_only) {
    SegmentedOptions segmented;
    segmented.directory = options.directory;
    segmented.read_only = read_only;
    segmented.lexicon = options.lexicon;
    auto index = SegmentedIndex::open(std::move(segmented));
    if (!index) return tl::unexpected(index.error());
    return std::unique_ptr<Index>(std::move(*index));
}

}  // namespace

Result<std::unique_ptr<Index>> Index::open(const Options& options) {
    return open_index(options, false);
}

Result<std::unique_ptr<Index>> Index::open_read_only(const Options& options) {
    return open_index(options, true);
}

}  // namespace raadbot::index
