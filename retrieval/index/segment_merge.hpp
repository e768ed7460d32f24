// Merges segments into one without what was deleted. The result does not depend on how the passages
// were spread.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "retrieval/index/deletes.hpp"
#include "retrieval/index/file_layer.hpp"
#include "retrieval/index/segment.hpp"
#include "retrieval/index/segment_writer.hpp"

namespace raadbot::index {

struct MergeInput {
    std::shared_ptr<const Segment> segment;
    std::shared_ptr<const Deletes> deletes;
};

/// No passage id may be alive in two inputs. Throws DamagedIndex, std::system_error.
WrittenSegment merge_segments(std::span<const MergeInput> inputs, FileLayer& files,
                              const std::filesystem::path& file);

}  // namespace raadbot::index
