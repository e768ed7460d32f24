#include "retrieval/index/segmented_index.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace raadbot::index {
namespace {

std::string version_name(const Manifest& manifest) {
    char text[40];
    std::snprintf(text, sizeof text, "%llu-%08x",
                  static_cast<unsigned long long>(manifest.generation), manifest.checksum);
    return text;
}

}  // namespace

SegmentedIndex::SegmentedIndex(SegmentedOptions options)
    : options_(std::move(options)),
      files_(options_.files != nullptr ? *options_.files : posix_files()),
      query_builder_(std::make_shared<QueryBuilder>(options_.lexicon, options_.tuning)),
      builder_(options_.scoring, options_.representation) {}

SegmentedIndex::~SegmentedIndex() {
    if (merger_.joinable()) merger_.join();
    if (lock_ >= 0) ::close(lock_);
}

Result<std::unique_ptr<SegmentedIndex>> SegmentedIndex::open(SegmentedOptions options) {
    std::unique_ptr<SegmentedIndex> index(new SegmentedIndex(std::move(options)));
    if (!index->options_.read_only) {
        if (auto locked = index->take_lock(); !locked) return tl::unexpected(locked.error());
    }
    if (auto loaded = index->load(); !loaded) return tl::unexpected(loaded.error());
    return index;
}

Result<void> SegmentedIndex::take_lock() {
    std::filesystem::create_directories(options_.directory);
    const std::filesystem::path path = options_.directory / "lock";
    lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (lock_ < 0) {
        return fail(ErrorCode::unavailable, path.string() + ": cannot create the lock file");
    }
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorCode::conflict,
                    path.string() + ": another process is writing this search index");
    }
    return {};
}

Result<void> SegmentedIndex::load() {
    // A writer may replace files between our reading the manifest and opening what it names.
    constexpr int attempts = 5;
    for (int attempt = 1;; ++attempt) {
        auto manifest = read_manifest(options_.directory);
        if (!manifest) return tl::unexpected(manifest.error());
        if (!*manifest) {
            if (options_.read_only) {
                return fail(ErrorCode::not_found,
                            options_.directory.string() +
                                ": there is no search index yet; `raadbot ingest` builds it");
            }
            manifest_.scoring = options_.scoring;
            manifest_.representation = options_.representation;
            publish();
            return {};
        }
        auto parts = open_parts(**manifest);
        if (!parts) {
            const auto again = read_manifest(options_.directory);
            const bool moved_on = again && *again && (*again)->checksum != (*manifest)->checksum;
            if (moved_on && attempt < attempts) continue;
            return tl::unexpected(parts.error());
        }
        auto meaning = Meaning::read(options_.directory);
        if (!meaning) return tl::unexpected(meaning.error());
        meaning_ = std::move(*meaning);
        manifest_ = std::move(**manifest);
        parts_ = std::move(*parts);
        committed_ = parts_;
        builder_ = SegmentBuilder(manifest_.scoring, manifest_.representation);
        if (!options_.read_only) remove_unnamed_files(manifest_, files_, options_.directory, 0);
        publish();
        return {};
    }
}

Result<std::vector<SegmentedIndex::Part>> SegmentedIndex::open_parts(
    const Manifest& manifest) const {
    std::vector<Part> parts;
    for (const SegmentRecord& record : manifest.segments) {
        const std::filesystem::path file = segment_file(options_.directory, record.number);
        auto segment = Segment::open(file);
        if (!segment) return tl::unexpected(segment.error());
        if ((*segment)->file().checksum() != record.checksum ||
            (*segment)->file().file_size() != record.size ||
            (*segment)->passages() != record.passages) {
            return fail(ErrorCode::corrupt, damage_message(file, "not the file that was written"));
        }
        Part part{record, std::move(*segment), std::make_shared<Deletes>(record.passages), false};
        if (record.deletes != 0) {
            auto deletes = Deletes::read(deletes_file(options_.directory, record.deletes),
                                         record.deletes_checksum, record.passages);
            if (!deletes) return tl::unexpected(deletes.error());
            *part.deletes = std::move(*deletes);
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

void SegmentedIndex::publish() {
    std::vector<SegmentView> views;
    for (const Part& part : committed_) views.push_back({part.segment, part.deletes});
    auto fresh = std::make_shared<const SegmentSnapshot>(
        std::move(views), query_builder_, meaning_, options_.reranking, version_name(manifest_));
    const std::lock_guard guard(snapshot_mutex_);
    snapshot_ = std::move(fresh);
}

std::shared_ptr<const Snapshot> SegmentedIndex::snapshot() const { return segment_snapshot(); }

std::shared_ptr<const SegmentSnapshot> SegmentedIndex::segment_snapshot() const {
    const std::lock_guard guard(snapshot_mutex_);
    return snapshot_;
}

Result<bool> SegmentedIndex::refresh() {
    if (!options_.read_only) return false;  // The only writer already has the newest version.
    const std::lock_guard guard(mutex_);
    auto manifest = read_manifest(options_.directory);
    if (!manifest) return tl::unexpected(manifest.error());
    if (*manifest && (*manifest)->checksum == manifest_.checksum) return false;
    if (auto loaded = load(); !loaded) return tl::unexpected(loaded.error());
    return true;
}

void SegmentedIndex::mark_deleted(PassageId id) {
    for (Part& part : parts_) {
        const auto doc = part.segment->find(id);
        if (!doc || part.deletes->contains(*doc)) continue;
        if (!part.deletes_changed) {
            part.deletes = std::make_shared<Deletes>(*part.deletes);
            part.deletes_changed = true;
        }
        part.deletes->insert(*doc);
    }
}

void SegmentedIndex::add(const Entry& entry) {
    const std::lock_guard guard(mutex_);
    dirty_ = true;
    mark_deleted(entry.id);
    builder_.add(entry);
    if (builder_.postings() >= options_.flush_postings) flush();
}

void SegmentedIndex::remove(PassageId id) {
    const std::lock_guard guard(mutex_);
    dirty_ = true;
    builder_.remove(id);
    mark_deleted(id);
}

void SegmentedIndex::rollback() {
    const std::lock_guard guard(mutex_);
    builder_.clear();
    parts_ = committed_;
    flushed_ = 0;
    dirty_ = false;
}

void SegmentedIndex::clear() {
    const std::lock_guard guard(mutex_);
    dirty_ = true;
    builder_.clear();
    parts_.clear();
    flushed_ = 0;
    // An empty index takes the scoring that this program would give a new one.
    manifest_.scoring = options_.scoring;
    manifest_.representation = options_.representation;
    builder_ = SegmentBuilder(manifest_.scoring, manifest_.representation);
}

SegmentedIndex::Part SegmentedIndex::open_written(std::uint64_t number,
                                                  const WrittenSegment& written) const {
    const std::filesystem::path file = segment_file(options_.directory, number);
    auto segment = Segment::open(file);
    if (!segment) throw DamagedIndex(segment.error().message);
    SegmentRecord record;
    record.number = number;
    record.size = written.size;
    record.checksum = written.checksum;
    record.passages = written.passages;
    return {record, std::move(*segment), std::make_shared<Deletes>(written.passages), false};
}

void SegmentedIndex::flush() {
    if (builder_.passages() == 0) {
        builder_.clear();
        return;
    }
    const std::uint64_t number = manifest_.next_number++;
    const WrittenSegment written = builder_.write(files_, segment_file(options_.directory, number));
    parts_.push_back(open_written(number, written));
    ++flushed_;
}

Result<void> SegmentedIndex::commit() {
    const std::lock_guard guard(mutex_);
    if (options_.read_only) return fail(ErrorCode::denied, "the index is open for reading only");
    commit_locked();
    return {};
}

void SegmentedIndex::commit_locked() {
    if (dirty_) {
        flush();
        std::erase_if(parts_, [](const Part& part) {
            return part.deletes->count() == part.segment->passages();
        });
        while (true) {
            const std::vector<Part> inputs = choose_merge(options_.quick_merge);
            if (inputs.empty()) break;
            merge_parts(inputs);
        }
        write_version();
        dirty_ = false;
    }
    const bool bulk = flushed_ > 1;
    flushed_ = 0;
    install_background_merge();
    if (!merging_ && !merge_) {
        std::vector<Part> inputs = bulk ? parts_ : choose_merge(max_segment_passages);
        if (!inputs.empty()) start_background_merge(std::move(inputs));
    }
}

void SegmentedIndex::write_version() {
    for (Part& part : parts_) {
        if (!part.deletes_changed) continue;
        const std::uint64_t number = manifest_.next_number++;
        part.record.deletes_checksum =
            part.deletes->write(files_, deletes_file(options_.directory, number));
        part.record.deletes = number;
    }
    learn();
    Manifest next = manifest_;
    ++next.generation;
    next.segments.clear();
    for (const Part& part : parts_) next.segments.push_back(part.record);
    write_manifest(next, files_, options_.directory);
    manifest_ = std::move(next);
    for (Part& part : parts_) part.deletes_changed = false;
    committed_ = parts_;
    publish();
    remove_unnamed_files(manifest_, files_, options_.directory, merge_ ? merge_->number : 0);
}

void SegmentedIndex::learn() {
    std::uint64_t passages = 0;
    std::vector<SegmentView> views;
    for (const Part& part : parts_) {
        passages += part.segment->passages();
        views.push_back({part.segment, part.deletes});
    }
    if (meaning_ != nullptr && passages < meaning_->passages() + meaning_->passages() / 4 &&
        passages > meaning_->passages() / 2) {
        return;
    }
    if (auto fresh = Meaning::learn(views)) {
        // Before the manifest, so that whoever reads the new version finds it. It is no part of
        // the version: what it knows of words is true of the old one as well.
        fresh->write(files_, options_.directory);
        meaning_ = std::move(fresh);
    }
}

std::vector<SegmentedIndex::Part> SegmentedIndex::choose_merge(std::uint64_t most_passages) const {
    const auto alive = [](const Part& part) {
        return std::uint64_t{part.segment->passages()} - part.deletes->count();
    };
    const auto busy = [&](const Part& part) {
        return merge_ &&
               std::any_of(merge_->inputs.begin(), merge_->inputs.end(), [&](const Part& input) {
                   return input.record.number == part.record.number;
               });
    };
    // Segments of like size, each tier merge_factor times the one below.
    std::map<unsigned, std::vector<Part>> tiers;
    for (const Part& part : parts_) {
        if (busy(part)) continue;
        if (std::uint64_t{part.deletes->count()} * 4 > part.segment->passages() &&
            alive(part) <= most_passages) {
            return {part};  // More than a quarter is dead weight.
        }
        unsigned tier = 0;
        for (std::uint64_t size = alive(part); size >= options_.merge_factor;
             size /= options_.merge_factor) {
            ++tier;
        }
        tiers[tier].push_back(part);
    }
    for (auto& [tier, parts] : tiers) {
        if (parts.size() < options_.merge_factor) continue;
        std::uint64_t total = 0;
        for (const Part& part : parts) total += alive(part);
        if (total <= most_passages) return parts;
    }
    return {};
}

void SegmentedIndex::merge_parts(const std::vector<Part>& inputs) {
    std::vector<MergeInput> sources;
    for (const Part& part : inputs) sources.push_back({part.segment, part.deletes});
    const std::uint64_t number = manifest_.next_number++;
    const WrittenSegment written =
        merge_segments(sources, files_, segment_file(options_.directory, number));
    replace_parts(inputs, number, written);
}

void SegmentedIndex::replace_parts(const std::vector<Part>& inputs, std::uint64_t number,
                                   const WrittenSegment& written) {
    Part merged = open_written(number, written);
    for (const Part& input : inputs) {
        const auto current = std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) {
            return part.record.number == input.record.number;
        });
        for (DocNumber doc = 0; doc < input.segment->passages(); ++doc) {
            if (input.deletes->contains(doc)) continue;
            // Deleted, or dropped as a whole, while the merge was running.
            if (current != parts_.end() && !current->deletes->contains(doc)) continue;
            if (const auto moved = merged.segment->find(input.segment->ids()[doc])) {
                merged.deletes->insert(*moved);
                merged.deletes_changed = true;
            }
        }
        if (current != parts_.end()) parts_.erase(current);
    }
    if (merged.deletes->count() < merged.segment->passages()) parts_.push_back(std::move(merged));
}

void SegmentedIndex::start_background_merge(std::vector<Part> inputs) {
    if (merger_.joinable()) merger_.join();  // It has finished: merging_ is false.
    merge_ = BackgroundMerge{std::move(inputs), manifest_.next_number++, std::nullopt};
    merging_ = true;
    std::vector<MergeInput> sources;
    for (const Part& part : merge_->inputs) sources.push_back({part.segment, part.deletes});
    merger_ = std::thread([this, sources, file = segment_file(options_.directory, merge_->number)] {
        std::optional<WrittenSegment> written;
        try {
            written = merge_segments(sources, files_, file);
        } catch (const std::exception&) {
            // The inputs stay as they are; the next commit tries again and a lasting cause shows
            // there.
        }
        const std::lock_guard guard(mutex_);
        merge_->written = written;
        merging_ = false;
        try {
            if (!dirty_) install_background_merge();
        } catch (const std::exception&) {
        }
        merge_done_.notify_all();
    });
}

void SegmentedIndex::install_background_merge() {
    if (merging_ || !merge_) return;
    const BackgroundMerge done = std::move(*merge_);
    merge_.reset();
    if (!done.written) return;
    replace_parts(done.inputs, done.number, *done.written);
    write_version();
}

void SegmentedIndex::wait_for_merges() {
    std::unique_lock lock(mutex_);
    merge_done_.wait(lock, [&] { return !merging_; });
}

Result<void> SegmentedIndex::merge_all() {
    wait_for_merges();
    const std::lock_guard guard(mutex_);
    if (options_.read_only) return fail(ErrorCode::denied, "the index is open for reading only");
    dirty_ = true;
    flush();
    install_background_merge();
    if (parts_.size() > 1 || (parts_.size() == 1 && !parts_.front().deletes->empty())) {
        merge_parts(std::vector<Part>(parts_));
    }
    flushed_ = 0;
    write_version();
    dirty_ = false;
    return {};
}

Result<void> SegmentedIndex::purge() {
    wait_for_merges();
    const std::lock_guard guard(mutex_);
    if (options_.read_only) return fail(ErrorCode::denied, "the index is open for reading only");
    dirty_ = true;
    flush();
    install_background_merge();
    std::vector<Part> holding;
    for (const Part& part : parts_) {
        if (!part.deletes->empty()) holding.push_back(part);
    }
    for (const Part& part : holding) merge_parts({part});
    flushed_ = 0;
    write_version();
    dirty_ = false;
    return {};
}

}  // namespace raadbot::index
