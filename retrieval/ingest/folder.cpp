#include "retrieval/ingest/folder.hpp"

#include <openssl/sha.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "retrieval/danish/bodies.hpp"

namespace raadbot::ingest {
namespace {

namespace fs = std::filesystem;

/// Raised when parsers change what they give, so that old files are read again.
constexpr std::string_view parser_version = ":p2";
constexpr std::size_t files_per_transaction = 64;

struct Candidate {
    std::string path;  // relative
    std::uint64_t size = 0;
    std::int64_t modified = 0;
};

struct Work {
    Candidate file;
    std::string hash;
    bool same_bytes = false;
    Format format = Format::unknown;
    std::optional<Result<Parsed>> parsed;
};

std::string hash_of(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const unsigned char byte : digest) {
        hex.push_back(digits[byte >> 4U]);
        hex.push_back(digits[byte & 15U]);
    }
    return hex.append(parser_version);
}

Result<std::string> read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return fail(ErrorCode::unreadable,
                    "cannot be opened: check that the user that runs Raadbot may read it");
    }
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad())
        return fail(ErrorCode::unreadable, "read error: check the disk or the network share");
    return bytes;
}

/// Regular files below the folder, sorted by path. Hidden files and folders, and links that leave
/// the folder, are not the municipality's published material and are left out.
Result<std::vector<Candidate>> list_files(const fs::path& folder,
                                          std::vector<SourceReport::Line>& unreadable) {
    std::error_code error;
    const fs::path root = fs::canonical(folder, error);
    if (error || !fs::is_directory(root, error)) {
        return fail(ErrorCode::not_found, "no folder at " + folder.string() +
                                              ": check `path`, or that the share is mounted; "
                                              "what was read before is kept");
    }
    std::vector<Candidate> files;
    fs::recursive_directory_iterator it(root, fs::directory_options::none, error);
    if (error) {
        return fail(ErrorCode::not_found,
                    "cannot read the folder " + folder.string() + ": " + error.message());
    }
    for (const fs::recursive_directory_iterator end; it != end; it.increment(error)) {
        if (error) {
            unreadable.push_back(
                {fs::relative(it->path(), root).generic_string(), error.message()});
            error.clear();
            continue;
        }
        const fs::path& path = it->path();
        const std::string relative = path.lexically_relative(root).generic_string();
        if (path.filename().native().starts_with('.')) {
            if (it->is_directory(error)) it.disable_recursion_pending();
            continue;
        }
        if (it->is_symlink(error)) {
            const fs::path target = fs::canonical(path, error);
            const fs::path inside = target.lexically_relative(root);
            if (error || inside.empty() || inside.native().starts_with("..")) {
                unreadable.push_back({relative, "a link that leaves the folder; not followed"});
                error.clear();
                continue;
            }
        }
        if (it->is_directory(error)) {
            // An unreadable directory must not look like deleted files.
            fs::directory_iterator probe(path, error);
            if (error) {
                unreadable.push_back({relative, "folder cannot be read: " + error.message()});
                it.disable_recursion_pending();
                error.clear();
            }
            continue;
        }
        struct stat info {};
        if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
        files.push_back({relative, static_cast<std::uint64_t>(info.st_size),
                         static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 +
                             info.st_mtim.tv_nsec});
    }
    std::sort(files.begin(), files.end(),
              [](const Candidate& a, const Candidate& b) { return a.path < b.path; });
    return files;
}

/// Reads, hashes and, when the bytes are new, parses.
void do_work(Work& work, const sources::Source& source, const FolderOptions& options,
             const std::map<std::string, store::FileRecord>& known) {
    if (work.file.size > options.limits.max_file_bytes) {
        work.hash = "too-large:" + std::to_string(work.file.size);
        work.parsed = fail(ErrorCode::too_large,
                           "is " + std::to_string(work.file.size >> 20U) + " MB; the limit is " +
                               std::to_string(options.limits.max_file_bytes >> 20U) +
                               " MB (limits.max_file_mb): split it or publish a smaller version");
        return;
    }
    const Result<std::string> bytes = read_file(source.path / work.file.path);
    if (!bytes) {
        work.hash = "unreadable";
        work.parsed = tl::unexpected(bytes.error());
        return;
    }
    work.hash = hash_of(*bytes);
    const auto before = known.find(work.file.path);
    if (before != known.end() && before->second.hash == work.hash && before->second.readable) {
        work.same_bytes = true;
        return;
    }
    ParseInput input{*bytes, work.file.path, source.kind, detect_format(*bytes, work.file.path)};
    work.format = input.format;
    if (input.format == Format::unknown) return;
    work.parsed =
        options.confined ? parse_confined(input, options.limits) : parse(input, options.limits);
}

class Run {
public:
    Run(const sources::Source& source, store::Store& store, const FolderOptions& options)
        : source_(source), store_(store), options_(options) {
        for (store::FileRecord& file : store_.files(source_.id)) {
            std::string path = file.path;
            known_.emplace(std::move(path), std::move(file));
        }
        report_.source = source_.id;
    }

    Result<SourceReport> operator()() {
        auto files = list_files(source_.path, report_.unreadable);
        if (!files) return tl::unexpected(files.error());
        if (files->empty() && !known_.empty()) {
            return fail(
                ErrorCode::conflict,
                "the folder " + source_.path.string() + " is empty although " +
                    std::to_string(known_.size()) +
                    " files were read from it before: nothing was removed; if the source is "
                    "to go, use `raadbot sources remove " +
                    source_.id.value + "`");
        }
        report_.files = files->size();
        std::set<std::string> present;
        std::vector<Work> queue;
        for (Candidate& file : *files) {
            present.insert(file.path);
            const auto before = known_.find(file.path);
            if (before != known_.end() && before->second.size == file.size &&
                before->second.modified == file.modified && before->second.readable &&
                before->second.hash.ends_with(parser_version)) {
                ++report_.unchanged_files;
                if (!before->second.note.empty()) note(file.path, before->second.note);
                continue;
            }
            Work work;
            work.file = std::move(file);
            queue.push_back(std::move(work));
        }
        total_ = report_.files;
        done_ = report_.unchanged_files;
        tell({});
        process(queue);
        forget_missing(present);
        store_.touch_source(source_.id, options_.now);
        return std::move(report_);
    }

private:
    void tell(const std::string& path) {
        if (options_.progress) options_.progress({done_, total_, path});
    }

    void note(const std::string& path, const std::string& text) {
        report_.notes.push_back({path, text});
    }

    void process(std::vector<Work>& queue) {
        const unsigned threads = std::clamp(options_.threads, 1U, 16U);
        for (std::size_t begin = 0; begin < queue.size(); begin += files_per_transaction) {
            const std::size_t end = std::min(begin + files_per_transaction, queue.size());
            std::mutex mutex;
            std::condition_variable ready;
            std::size_t next = begin;
            std::deque<std::size_t> finished;
            std::vector<std::jthread> workers;
            for (unsigned i = 0; i < threads; ++i) {
                workers.emplace_back([&] {
                    for (;;) {
                        std::size_t mine = 0;
                        {
                            const std::lock_guard lock(mutex);
                            if (next == end) return;
                            mine = next++;
                        }
                        do_work(queue[mine], source_, options_, known_);
                        const std::lock_guard lock(mutex);
                        finished.push_back(mine);
                        ready.notify_one();
                    }
                });
            }
            for (std::size_t count = begin; count < end; ++count) {
                std::unique_lock lock(mutex);
                ready.wait(lock, [&] { return !finished.empty(); });
                const std::size_t index = finished.front();
                finished.pop_front();
                lock.unlock();
                ++done_;
                tell(queue[index].file.path);
            }
            workers.clear();
            store_.in_transaction([&] {
                for (std::size_t i = begin; i < end; ++i) {
                    take(queue[i]);
                    queue[i].parsed.reset();
                }
            });
        }
    }

    void take(Work& work) {
        store::FileRecord record{work.file.path, work.file.size, work.file.modified,
                                 work.hash,      true,           {}};
        if (work.same_bytes) {  // Only the time stamp moved.
            record.note = known_.at(work.file.path).note;
            store_.put_file(source_.id, record);
            ++report_.unchanged_files;
            return;
        }
        if (!work.parsed) {
            report_.skipped.push_back({work.file.path, "not a format that Raadbot reads"});
            return;
        }
        if (!*work.parsed) {
            // What was read from an earlier, readable version stays until the file can be read
            // again.
            record.readable = false;
            record.note = work.parsed->error().message;
            store_.put_file(source_.id, record);
            report_.unreadable.push_back({work.file.path, record.note});
            return;
        }
        const Parsed& parsed = **work.parsed;
        for (const std::string& text : parsed.report.notes) {
            record.note += record.note.empty() ? text : "; " + text;
        }
        const auto change = store_.replace_file(source_, record, parsed.documents, options_.now);
        report_.documents.added += change.added;
        report_.documents.changed += change.changed;
        report_.documents.removed += change.removed;
        report_.documents.unchanged += change.unchanged;
        report_.parsed.cpr_masked += parsed.report.cpr_masked;
        report_.parsed.hidden_removed += parsed.report.hidden_removed;
        report_.parsed.closed_items += parsed.report.closed_items;
        report_.parsed.orders_marked += parsed.report.orders_marked;
        if (!record.note.empty()) note(work.file.path, record.note);
    }

    void forget_missing(const std::set<std::string>& present) {
        store_.in_transaction([&] {
            for (const auto& [path, record] : known_) {
                if (present.contains(path) || below_unreadable(path)) continue;
                report_.documents.removed += store_.remove_file(source_.id, path).removed;
                ++report_.removed_files;
            }
        });
    }

    [[nodiscard]] bool below_unreadable(const std::string& path) const {
        return std::any_of(
            report_.unreadable.begin(), report_.unreadable.end(),
            [&](const SourceReport::Line& line) { return path.starts_with(line.path + "/"); });
    }

    const sources::Source& source_;
    store::Store& store_;
    const FolderOptions& options_;
    std::map<std::string, store::FileRecord> known_;
    SourceReport report_;
    std::uint64_t done_ = 0;
    std::uint64_t total_ = 0;
};

}  // namespace

Result<SourceReport> ingest_folder(const sources::Source& source, store::Store& store,
                                   const FolderOptions& options) {
    if (source.state != sources::State::approved) {
        return fail(ErrorCode::denied, "source \"" + source.id.value + "\" is " +
                                           std::string(sources::to_string(source.state)) +
                                           ": only approved sources are read");
    }
    return Run(source, store, options)();
}

index::Entry index_entry(const StoredPassage& passage, std::string& joined, std::string& body_key) {
    joined.clear();
    for (const std::string& heading : passage.passage.headings) {
        if (!joined.empty()) joined += '\n';
        joined += heading;
    }
    for (const std::string& question :
         passage.questions) {  // Curated: found by any of its wordings.
        joined += '\n';
        joined += question;
    }
    index::Entry entry;
    entry.id = passage.id;
    entry.title = passage.title;
    entry.headings = joined;
    entry.text = passage.passage.text;
    entry.audience = passage.audience;
    entry.source = passage.source;
    entry.kind = passage.kind;
    if (passage.meeting) {
        body_key = danish::body_key(passage.meeting->body);
        entry.body_key = body_key;
        entry.date = passage.meeting->date;
        entry.paper = passage.meeting->paper;
    }
    return entry;
}

Result<void> follow(store::Store& store, index::Index& index, bool rebuild) {
    std::string joined;
    std::string body_key;
    const std::vector<store::PendingPassage> pending = store.pending();
    if (rebuild) {
        index.clear();
        store.each_passage([&](const StoredPassage& passage) {
            index.add(index_entry(passage, joined, body_key));
        });
    } else {
        if (pending.empty()) return {};
        constexpr std::size_t group = 512;
        std::vector<PassageId> ids;
        const auto add_group = [&] {
            for (const StoredPassage& passage : store.passages(ids)) {
                index.add(index_entry(passage, joined, body_key));
            }
            ids.clear();
        };
        for (const store::PendingPassage& item : pending) {
            // Removing first makes a repeat after a crash harmless.
            index.remove(item.id);
            if (!item.present) continue;
            ids.push_back(item.id);
            if (ids.size() == group) add_group();
        }
        add_group();
    }
    if (auto committed = index.commit(); !committed) return committed;
    store.clear_pending(pending);
    return {};
}

}  // namespace raadbot::ingest
