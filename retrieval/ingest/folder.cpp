#include "retrieval/ingest/folder.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "retrieval/ingest/closed_links.hpp"
#include "retrieval/ingest/corrected.hpp"
#include "retrieval/ingest/export_files.hpp"
#include "retrieval/ingest/export_xml.hpp"
#include "retrieval/ingest/folder_work.hpp"
#include "retrieval/ingest/web_pages.hpp"
#include "retrieval/ingest/words.hpp"
#include "retrieval/store/papers.hpp"

namespace raadbot::ingest {
namespace {

constexpr std::size_t files_per_transaction = 64;

/// Pages: read ahead of what they may link to.
constexpr auto link_endings =
    std::to_array<std::string_view>({".html", ".htm", ".xhtml", ".asp", ".aspx", ".php"});
bool may_link(const std::string& path) {
    const std::string low = lower(path);
    return std::any_of(link_endings.begin(), link_endings.end(),
                       [&](std::string_view ending) { return low.ends_with(ending); });
}

/// A file that is not public is remembered, so that it is not asked about again and again, but not
/// by its name: "Køb af Byvej 4.pdf" tells what is closed.
constexpr std::string_view closed_prefix = "closed:";
std::string nameless(std::string_view path) { return std::string(closed_prefix) + hash_of(path); }

class Run {
public:
    Run(const sources::Source& source, store::Store& store, const FolderOptions& options)
        : source_(source), store_(store), options_(options) {
        for (store::FileRecord& file : store_.files(source_.id)) {
            closed_links_.remember(file.path, file.hash);
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
        for (const Candidate& file : *files) present.insert(file.path);
        total_ = report_.files;
        find_exports(*files);
        std::vector<Work> exports = read_exports(*files, present);
        std::vector<Work> queue;
        std::vector<Work> pages;
        for (const Candidate& file : *files) {
            if (is_export(file.path)) continue;
            if (changed_roots_.contains(root_of(file.path))) {
                sort_out(file, present, queue);
            } else if (const std::string key = nameless(file.path); closed_links_.closes(key)) {
                keep(known_.at(key));
            } else if (const auto* before = unchanged(file)) {
                keep(*before);
            } else {
                Work work;
                work.file = file;
                (may_link(file.path) ? pages : queue).push_back(std::move(work));
            }
        }
        done_ = report_.unchanged_files;
        tell({});
        store_.in_transaction([&] {
            for (Work& work : exports) take(work);
        });
        exports.clear();
        process(pages);
        close_linked(*files, present, queue);
        process(queue);
        queue.clear();  // Other papers may link as well.
        close_linked(*files, present, queue);
        process(queue);
        report_held_back();
        forget_missing(present);
        replace_corrected_papers();
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

    // Exports ------------------------------------------------------------------------------------

    static std::string folder_of(std::string_view path) {
        const std::size_t slash = path.rfind('/');
        return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
    }

    [[nodiscard]] bool is_export(const std::string& path) const { return exports_.contains(path); }

    void find_exports(const std::vector<Candidate>& files) {
        for (const Candidate& file : files) {
            if (!lower(file.path).ends_with(".xml")) continue;
            const auto head = read_file(source_.path / file.path, 8192);
            if (!head || detect_format(*head, file.path) != Format::agenda_export) continue;
            exports_.insert(file.path);
            export_folders_.insert(folder_of(file.path));
        }
    }

    /// The topmost folder with an export on the way to the file; "/" when there is none.
    [[nodiscard]] std::string root_of(std::string_view path) const {
        std::string root = "/";
        for (std::string folder = folder_of(path);; folder = folder_of(folder)) {
            if (export_folders_.contains(folder)) root = folder;
            if (folder.empty()) return root;
        }
    }

    /// What is remembered of the file, when neither size nor time have moved since.
    [[nodiscard]] const store::FileRecord* unchanged(const Candidate& file) const {
        auto before = known_.find(file.path);
        if (before == known_.end()) before = known_.find(nameless(file.path));
        const bool same = before != known_.end() && before->second.size == file.size &&
                          before->second.modified == file.modified && before->second.readable &&
                          before->second.hash.ends_with(version_);
        return same ? &before->second : nullptr;
    }

    void keep(const store::FileRecord& record) {
        ++report_.unchanged_files;
        if (record.path.starts_with(closed_prefix)) {
            kept_closed_.insert(record.path);
        } else if (!record.note.empty()) {
            note(record.path, record.note);
        }
    }

    /// Reads the exports of every tree in which anything has changed.
    std::vector<Work> read_exports(const std::vector<Candidate>& files,
                                   const std::set<std::string>& present) {
        std::vector<Work> works;
        if (exports_.empty()) return works;
        for (const Candidate& file : files) {
            if (unchanged(file) == nullptr) changed_roots_.insert(root_of(file.path));
        }
        for (const auto& [path, record] : known_) {
            if (!path.starts_with(closed_prefix) && !present.contains(path))
                changed_roots_.insert(root_of(path));
        }
        changed_roots_.erase("/");
        for (const Candidate& file : files) {
            if (!is_export(file.path)) continue;
            if (!changed_roots_.contains(root_of(file.path))) {
                if (const auto* before = unchanged(file)) keep(*before);
                continue;
            }
            Work work;
            work.file = file;
            work.is_export = true;
            works.push_back(std::move(work));
        }
        work_on(works, 0, works.size());
        for (Work& work : works) {
            if (work.parsed && *work.parsed && (*work.parsed)->claim != Claim::none) {
                links_.add(work.file.path, **work.parsed);
            } else {
                links_.add_unreadable(work.file.path);
            }
        }
        std::erase_if(works, [&](Work& work) {
            const auto decision = links_.decide(work.file.path);
            if (decision.verdict == ExportFiles::Verdict::closed) {
                hold_back(work.file, decision);
                return true;
            }
            if (decision.file != nullptr && work.parsed && *work.parsed) {
                const std::string before = work.hash;
                apply_name(*decision.file, **work.parsed);
                work.hash = hash_of(work.hash + facts_of(*decision.file)) + version_;
                const auto known = known_.find(work.file.path);
                work.same_bytes = known != known_.end() && known->second.hash == work.hash;
            }
            return false;
        });
        return works;
    }

    /// A file in a tree with exports: as they say.
    void sort_out(const Candidate& file, std::set<std::string>& present, std::vector<Work>& queue) {
        const auto decision = links_.decide(file.path);
        if (decision.verdict == ExportFiles::Verdict::closed && decision.waits) {
            ++report_.unchanged_files;  // As it was, until the export can be read again.
            return;
        }
        if (decision.verdict == ExportFiles::Verdict::closed) {
            hold_back(file, decision);
            present.erase(file.path);
            return;
        }
        if (decision.verdict == ExportFiles::Verdict::same_text) {
            const store::FileRecord record{file.path,         file.size, file.modified,
                                           "same" + version_, true,      {}};
            const auto change = store_.replace_file(source_, record, {}, options_.now);
            report_.documents.removed += change.removed;
            ++done_;
            return;
        }
        Work work;
        if (decision.file != nullptr) work.named = *decision.file;
        work.file = file;
        queue.push_back(std::move(work));
    }

    void hold_back(const Candidate& file, const ExportFiles::Decision& decision) {
        hold_back(file, decision.reason, "closed" + version_);
    }
    void hold_back(const Candidate& file, const std::string& reason, const std::string& hash) {
        ++held_back_[{folder_of(file.path), reason}];
        const store::FileRecord record{
            nameless(file.path), file.size, file.modified, hash, true, {}};
        store_.in_transaction([&] {
            report_.documents.removed += store_.remove_file(source_.id, file.path).removed;
            store_.put_file(source_.id, record);
        });
        kept_closed_.insert(record.path);
        ++done_;
    }

    void report_held_back() {
        for (const auto& [where, count] : held_back_) {
            const std::string folder = where.first.empty() ? "." : where.first;
            note(folder, std::to_string(count) + (count == 1 ? " file was" : " files were") +
                             " not read: " + where.second);
        }
    }

    // What closed items link to -----------------------------------------------------------------

    /// After the pages, ahead of what they may link to. What a page closes is remembered also when
    /// there is no such file yet; what no page closes any more is read.
    void close_linked(const std::vector<Candidate>& files, std::set<std::string>& present,
                      std::vector<Work>& queue) {
        std::map<std::string, const Candidate*> by_key;
        for (const Candidate& file : files) by_key.emplace(nameless(file.path), &file);
        for (const auto& [key, record] : closed_links_.changes()) {
            const auto found = by_key.find(key);
            const Candidate* file = found == by_key.end() ? nullptr : found->second;
            if (record.empty()) {  // It goes with what is missing.
                reopened_.insert(key);
                kept_closed_.erase(key);
                if (file == nullptr) continue;
                Work work;
                work.file = *file;
                queue.push_back(std::move(work));
            } else if (file != nullptr) {
                hold_back(*file, "a closed item links to them", record);
                present.erase(file->path);
            } else {
                store_.put_file(source_.id, {key, 0, 0, record, true, {}});
                kept_closed_.insert(key);
            }
        }
        std::erase_if(queue, [&](const Work& work) {
            return closed_links_.closes(nameless(work.file.path));
        });
    }

    // Work ---------------------------------------------------------------------------------------

    void work_on(std::vector<Work>& queue, std::size_t begin, std::size_t end) {
        do_works(queue, begin, end, source_, options_, known_, [&](const Work& work) {
            ++done_;
            tell(work.file.path);
        });
    }

    void process(std::vector<Work>& queue) {
        for (std::size_t begin = 0; begin < queue.size(); begin += files_per_transaction) {
            const std::size_t end = std::min(begin + files_per_transaction, queue.size());
            work_on(queue, begin, end);
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
            record.closed = known_.at(work.file.path).closed;
            store_.put_file(source_.id, record);
            ++report_.unchanged_files;
            return;
        }
        if (!work.parsed) {
            report_.skipped.push_back({work.file.path, "not a format that Raadbot reads"});
            if (work.named) {  // Else its export would be read again every time.
                record.note = "not a format that Raadbot reads";
                store_.replace_file(source_, record, {}, options_.now);
            }
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
        if (parsed.claim == Claim::none) {
            std::set<std::string> closed;
            for (const NamedFile& file : parsed.named) {
                if (file.open) continue;
                const auto target = linked_path(source_.base_url, work.file.path, file.path);
                if (!target.empty() && target != work.file.path && !is_export(target))
                    closed.insert(nameless(target));
            }
            closed_links_.note(hash_of(work.file.path).substr(0, 32), std::move(closed));
        }
        for (const std::string& text : parsed.report.notes) {
            record.note += record.note.empty() ? text : "; " + text;
        }
        record.closed = parsed.report.closed_items;
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
                if (kept_closed_.contains(path)) continue;
                // The page that closes it says so until it is read again.
                if (ClosedLinks::is_record(record.hash) && !reopened_.contains(path)) continue;
                report_.documents.removed += store_.remove_file(source_.id, path).removed;
                ++report_.removed_files;
            }
        });
    }

    void replace_corrected_papers() {
        if (source_.kind != SourceKind::meetings) return;
        const Corrected corrected = replace_corrected(source_.id, store_, before_, options_.now);
        if (corrected.papers == 0) return;
        report_.documents.removed += corrected.documents;
        note(".",
             std::to_string(corrected.papers) +
                 (corrected.papers == 1 ? " paper of a meeting was" : " papers of meetings were") +
                 " replaced by newer ones");
    }

    [[nodiscard]] bool below_unreadable(const std::string& path) const {
        return std::any_of(
            report_.unreadable.begin(), report_.unreadable.end(),
            [&](const SourceReport::Line& line) { return path.starts_with(line.path + "/"); });
    }

    const sources::Source& source_;
    store::Store& store_;
    const FolderOptions& options_;
    const std::string version_ = version_of(source_);
    const std::int64_t before_ = store::Papers(store_).mark();
    std::map<std::string, store::FileRecord> known_;
    SourceReport report_;
    std::uint64_t done_ = 0;
    std::uint64_t total_ = 0;

    std::set<std::string> exports_;         ///< Paths.
    std::set<std::string> export_folders_;  ///< Of these.
    std::set<std::string> changed_roots_;   ///< Trees with exports in which something has changed.
    ExportFiles links_;
    std::map<std::pair<std::string, std::string>, std::uint64_t> held_back_;  ///< Folder, reason.
    std::set<std::string> kept_closed_;  ///< Nameless records that still stand.
    ClosedLinks closed_links_;
    std::set<std::string> reopened_;  ///< Nameless records of what no page closes any more.
};

}  // namespace

Result<SourceReport> ingest_folder(const sources::Source& source, store::Store& store,
                                   const FolderOptions& options) {
    if (source.state != sources::State::approved) {
        return fail(ErrorCode::denied, "source \"" + source.id.value + "\" is " +
                                           std::string(sources::to_string(source.state)) +
                                           ": only approved sources are read");
    }
    auto report = Run(source, store, options)();
    if (!report || store::Papers(store).reread(source.id).empty()) return report;
    // A paper has gone that another one had made way for: that one comes back.
    const auto again = Run(source, store, options)();
    if (!again) return again;
    report->documents.added += again->documents.added;
    report->documents.changed += again->documents.changed;
    report->documents.removed += again->documents.removed;
    report->unreadable = again->unreadable;
    return report;
}

}  // namespace raadbot::ingest
