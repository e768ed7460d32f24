#include "retrieval/ingest/export_files.hpp"

#include <algorithm>
#include <utility>

#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

std::string parent_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

/// Exports name "123.DOCX" and bring "123.PDF": the name without its ending.
std::string stem_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    const std::size_t dot = path.rfind('.');
    const bool inside =
        dot != std::string_view::npos && (slash == std::string_view::npos || dot > slash);
    return std::string(inside ? path.substr(0, dot) : path);
}

std::string_view file_name_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_pdf(std::string_view path) { return path.ends_with(".pdf"); }

}  // namespace

void ExportFiles::add(const std::string& path, const Parsed& parsed) {
    const std::string where = parent_of(path);
    Folder& folder = folders_[where];
    folder.index = folder.index || parsed.claim == Claim::index;
    folder.exports.insert(lower(path));
    for (const NamedFile& file : parsed.named) {
        const std::string full = where.empty() ? file.path : where + "/" + file.path;
        folder.named.emplace(lower(full), Folder::Named{file, path});
    }
}

void ExportFiles::add_unreadable(const std::string& path) {
    Folder& folder = folders_[parent_of(path)];
    folder.unreadable = true;
    folder.exports.insert(lower(path));
}

const ExportFiles::Folder* ExportFiles::folder_of(std::string_view path, std::string& name) const {
    name = parent_of(path);
    for (;;) {
        if (const auto found = folders_.find(name); found != folders_.end()) return &found->second;
        if (name.empty()) return nullptr;
        name = parent_of(name);
    }
}

bool ExportFiles::answers_for(std::string_view path) const {
    std::string name;
    return folder_of(path, name) != nullptr;
}

/// An export below an index is read when the index names it as open.
ExportFiles::Decision ExportFiles::decide_export(std::string_view path) const {
    const std::string key = lower(path);
    std::string name = parent_of(path);
    for (;;) {
        const auto found = folders_.find(name);
        if (found != folders_.end() && found->second.index) {
            const NamedFile* open = nullptr;
            const auto [begin, end] = found->second.named.equal_range(key);
            for (auto one = begin; one != end; ++one) {
                if (!one->second.file.open)
                    return {Verdict::closed, nullptr, "the index says that it is not published",
                            false};
                open = &one->second.file;
            }
            if (open != nullptr) return {Verdict::open, open, {}, false};
            // Further indexes and whatever lies beside them in the same folder stand for
            // themselves.
            if (name != parent_of(path))
                return {Verdict::closed, nullptr, "no index names it as published", false};
        }
        if (name.empty()) return {};
        name = parent_of(name);
    }
}

bool ExportFiles::is_open(const Folder::Named& named) const {
    return named.file.open && (named.file.role == NamedFile::Role::agenda_export ||
                               decide_export(named.by).verdict != Verdict::closed);
}

ExportFiles::Decision ExportFiles::decide(std::string_view path) const {
    std::string where;
    const Folder* folder = folder_of(path, where);
    if (folder == nullptr) return {};
    const std::string key = lower(path);
    if (folder->exports.contains(key)) return decide_export(path);
    if (folder->unreadable) {
        return {Verdict::closed, nullptr,
                "the export beside it cannot be read, so nobody says that it is public", true};
    }
    const NamedFile* open = nullptr;
    bool closed = false;
    bool exact = false;
    const auto take = [&](const Folder::Named& named) {
        if (!is_open(named)) {
            closed = true;
        } else if (open == nullptr || open->role == NamedFile::Role::same_text) {
            open = &named.file;
        }
    };
    // An outer index may name whole papers that lie among the inner agenda's files.
    for (std::string above = where;; above = parent_of(above)) {
        if (const auto found = folders_.find(above); found != folders_.end()) {
            const auto [begin, end] = found->second.named.equal_range(key);
            for (auto one = begin; one != end; ++one) {
                take(one->second);
                exact = true;
            }
        }
        if (above.empty()) break;
    }
    if (!exact) {
        // Named with another ending or without its folders.
        const std::string stem = stem_of(key);
        for (const auto& [full, named] : folder->named) {
            const bool converted = is_pdf(key) && stem_of(full) == stem;
            const bool bare = file_name_of(full) == file_name_of(key);
            if (converted || bare) take(named);
        }
    }
    if (closed) return {Verdict::closed, nullptr, "the export says that it is not public", false};
    if (open == nullptr) {
        return {Verdict::closed, nullptr,
                "the export in its folder does not name it as public; if it is, keep it in a "
                "folder of its own"};
    }
    if (open->role == NamedFile::Role::same_text) return {Verdict::same_text, nullptr, {}, false};
    return {Verdict::open, open, {}, false};
}

void apply_name(const NamedFile& file, Parsed& parsed) {
    if (!file.meeting) return;
    if (file.role == NamedFile::Role::agenda_export) {
        if (file.meeting->paper == MeetingPaper::none) return;
        for (ParsedDocument& document : parsed.documents) {
            if (document.meeting) document.meeting->paper = file.meeting->paper;
        }
        return;
    }
    for (ParsedDocument& document : parsed.documents) {
        // Another meeting's minutes, attached, stay that meeting's.
        const bool another = document.meeting && document.meeting->date &&
                             !document.meeting->body.empty() &&
                             document.meeting->date != file.meeting->date;
        if (another) continue;
        document.meeting = file.meeting;
        if (parsed.documents.size() == 1 && !file.title.empty()) document.title = file.title;
        // What an attachment proposes or reports as decided is not what the meeting decided.
        for (Passage& passage : document.passages) {
            if (passage.section == Section::beslutning || passage.section == Section::indstilling ||
                passage.section == Section::deltagere)
                passage.section = Section::text;
            passage.decided_by.clear();
            passage.decided_on.reset();
        }
    }
}

}  // namespace raadbot::ingest
