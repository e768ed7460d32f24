// The Index over segment files: one writer, background merges, readers that keep their version.
//
// Additions gather in memory and are flushed to segments that no manifest names until commit().
// Merges of small segments happen in commit(); greater ones on a thread of their own and are
// installed when no change is open. All public functions but snapshot() belong to the writer and
// are serialised by a mutex.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "retrieval/index/file_layer.hpp"
#include "retrieval/index/manifest.hpp"
#include "retrieval/index/query_builder.hpp"
#include "retrieval/index/search.hpp"
#include "retrieval/index/segment_builder.hpp"
#include "retrieval/index/segment_merge.hpp"
#include "retrieval/index/segment_snapshot.hpp"

namespace raadbot::index {

struct SegmentedOptions {
    std::filesystem::path directory;
    std::shared_ptr<const danish::Lexicon> lexicon;  ///< May be null.
    QueryTuning tuning;
    Scoring scoring;  ///< For a new index; an existing one keeps its own.
    Analyzer::Representation representation;
    FileLayer* files = nullptr;  ///< Null: the operating system's.
    std::size_t flush_postings =
        24'000'000;                  ///< Postings held in memory, 5 bytes each while gathering.
    std::size_t merge_factor = 6;    ///< So many segments of like size become one.
    DocNumber quick_merge = 20'000;  ///< Merges up to so many passages happen in commit().
    bool read_only = false;
    RerankOptions reranking;
};

class SegmentedIndex final : public Index {
public:
    /// Errors: corrupt, outdated, conflict (another writer), not_found (read-only and no index).
    [[nodiscard]] static Result<std::unique_ptr<SegmentedIndex>> open(SegmentedOptions options);
    ~SegmentedIndex() override;
    SegmentedIndex(const SegmentedIndex&) = delete;
    SegmentedIndex& operator=(const SegmentedIndex&) = delete;

    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const override;
    [[nodiscard]] std::shared_ptr<const SegmentSnapshot> segment_snapshot() const;
    Result<bool> refresh() override;
    void add(const Entry& entry) override;
    void remove(PassageId id) override;
    Result<void> commit() override;
    void rollback() override;
    void clear() override;
    Result<void> purge() override;
    [[nodiscard]] const std::filesystem::path& directory() const override {
        return options_.directory;
    }

    /// Merges everything into one segment, now; commits. For after a rebuild.
    Result<void> merge_all();
    /// Waits until no background merge is running.
    void wait_for_merges();

private:
    /// A segment of the version being prepared.
    struct Part {
        SegmentRecord record;
        std::shared_ptr<const Segment> segment;
        std::shared_ptr<Deletes> deletes;  ///< Shared with readers unless deletes_changed.
        bool deletes_changed = false;
    };
    /// A merge that runs, or has run, beside the writer.
    struct BackgroundMerge {
        std::vector<Part> inputs;
        std::uint64_t number = 0;
        std::optional<WrittenSegment> written;  ///< Empty when it failed: the inputs stay.
    };

    explicit SegmentedIndex(SegmentedOptions options);
    Result<void> take_lock();
    Result<void> load();
    Result<std::vector<Part>> open_parts(const Manifest& manifest) const;
    void publish();
    void mark_deleted(PassageId id);
    void flush();
    void commit_locked();
    void write_version();
    /// Learns the words' meaning anew when the index has grown or shrunk much since.
    void learn();
    [[nodiscard]] Part open_written(std::uint64_t number, const WrittenSegment& written) const;
    void merge_parts(const std::vector<Part>& inputs);
    void replace_parts(const std::vector<Part>& inputs, std::uint64_t number,
                       const WrittenSegment& written);
    [[nodiscard]] std::vector<Part> choose_merge(std::uint64_t most_passages) const;
    void start_background_merge(std::vector<Part> inputs);
    void install_background_merge();

    SegmentedOptions options_;
    FileLayer& files_;
    std::shared_ptr<const QueryBuilder> query_builder_;
    int lock_ = -1;

    mutable std::mutex mutex_;  ///< Writer state below.
    Manifest manifest_;
    std::vector<Part> committed_;
    std::vector<Part> parts_;  ///< Of the version being prepared.
    SegmentBuilder builder_;
    bool dirty_ = false;
    std::size_t flushed_ = 0;  ///< Segments written for the version being prepared.
    std::thread merger_;
    std::optional<BackgroundMerge> merge_;
    bool merging_ = false;
    std::condition_variable merge_done_;

    std::shared_ptr<const Meaning> meaning_;  ///< May be null.
    mutable std::mutex snapshot_mutex_;
    std::shared_ptr<const SegmentSnapshot> snapshot_;
};

}  // namespace raadbot::index
