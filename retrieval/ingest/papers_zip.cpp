#include "retrieval/ingest/papers_zip.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "retrieval/ingest/closed_links.hpp"
#include "retrieval/ingest/export_files.hpp"
#include "retrieval/ingest/export_xml.hpp"
#include "retrieval/ingest/words.hpp"
#include "retrieval/ingest/zip_container.hpp"

namespace raadbot::ingest {
namespace {

std::string fragment_of(std::string_view path) {
    std::string out = "#";
    for (const char c : path) out += c == '/' ? std::string("/") : percent_encode({&c, 1});
    return out;
}

bool is_furniture(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    return name.starts_with('.') || path.starts_with("__MACOSX/") || lower(name) == "thumbs.db";
}

bool is_page(const std::string& path) {
    const std::string low = lower(path);
    return low.ends_with(".html") || low.ends_with(".htm") || low.ends_with(".xhtml");
}

class Reader {
public:
    Reader(const ParseInput& input, const Limits& limits)
        : input_(input), limits_(limits), zip_(input.bytes, limits.max_file_bytes * 4) {}

    Result<Parsed> run() {
        if (!zip_.ok()) {
            return fail(ErrorCode::unreadable, input_.name.string() +
                                                   ": is damaged or holds too many files; pack "
                                                   "it again");
        }
        std::vector<std::string> files = zip_.files();
        std::erase_if(files, is_furniture);
        std::vector<std::string> others;
        for (const std::string& path : files) {
            if (!lower(path).ends_with(".xml")) {
                others.push_back(path);
            } else if (auto failed = read_export(path); !failed) {
                return tl::unexpected(failed.error());
            }
        }
        for (auto& [path, parsed] : exports_) take_export(path, std::move(parsed));
        // Pages say which of the others belong to closed items.
        std::stable_partition(others.begin(), others.end(), is_page);
        for (const std::string& path : others) {
            if (auto failed = read_other(path); !failed) return tl::unexpected(failed.error());
        }
        if (all_.documents.empty() && all_.report.notes.empty() && exports_.empty())
            all_.report.notes.emplace_back("holds nothing that can be read");
        return std::move(all_);
    }

private:
    void note(const std::string& path, const std::string& text) {
        if (all_.report.notes.size() < 200) all_.report.notes.push_back(path + ": " + text);
    }

    /// Only a bomb stops the whole container; other damage is one file's.
    Result<std::string> bytes_of(const std::string& path, bool& stop) {
        auto bytes = zip_.read(path);
        stop = !bytes && bytes.error().code == ErrorCode::too_large;
        if (!bytes) {
            bytes = fail(bytes.error().code,
                         input_.name.string() + ": " + bytes.error().message + "; not read");
        }
        return bytes;
    }

    ParseInput input_for(const std::string& bytes, const std::string& path) const {
        ParseInput one;
        one.bytes = bytes;
        one.name = path;
        one.kind = input_.kind;
        return one;
    }

    Result<void> read_export(const std::string& path) {
        bool stop = false;
        const auto bytes = bytes_of(path, stop);
        if (stop) return tl::unexpected(bytes.error());
        if (!bytes) {
            note(path, bytes.error().message);
            return {};
        }
        if (!looks_like_export(*bytes)) return {};
        auto parsed = parse(input_for(*bytes, path), limits_);
        if (!parsed) {
            // A folder whose export is damaged answers nothing.
            links_.add_unreadable(path);
            note(path, parsed.error().message);
            return {};
        }
        links_.add(path, *parsed);
        exports_.emplace_back(path, std::move(*parsed));
        return {};
    }

    void take_export(const std::string& path, Parsed parsed) {
        const auto decision = links_.decide(path);
        if (decision.verdict == ExportFiles::Verdict::closed) {
            ++all_.report.closed_items;
            return;
        }
        if (decision.file != nullptr) apply_name(*decision.file, parsed);
        take(path, std::move(parsed));
    }

    Result<void> read_other(const std::string& path) {
        const auto decision = links_.decide(path);
        if (decision.verdict == ExportFiles::Verdict::same_text) return {};
        if (decision.verdict == ExportFiles::Verdict::closed) {
            note("a file", decision.reason);
            return {};
        }
        if (closed_.contains(path)) {
            note("a file", "a closed item links to it");
            return {};
        }
        bool stop = false;
        const auto bytes = bytes_of(path, stop);
        if (stop) return tl::unexpected(bytes.error());
        if (!bytes) {
            note(path, bytes.error().message);
            return {};
        }
        const Format format = detect_format(*bytes, path);
        if (format == Format::unknown || format == Format::zip) return {};
        auto parsed = parse(input_for(*bytes, path), limits_);
        if (!parsed) {
            note(path, parsed.error().message);
            return {};
        }
        if (decision.file != nullptr) apply_name(*decision.file, *parsed);
        for (const NamedFile& file : parsed->named) {
            if (!file.open) closed_.insert(linked_path({}, path, file.path));
        }
        take(path, std::move(*parsed));
        return {};
    }

    void take(const std::string& path, Parsed parsed) {
        for (ParsedDocument& document : parsed.documents) {
            if (document.url.empty()) {
                std::string suffix = fragment_of(path);
                if (!document.url_suffix.empty()) suffix += "&" + document.url_suffix.substr(1);
                document.url_suffix = std::move(suffix);
            }
            if (document.meeting && document.meeting->meeting_url.empty())
                document.meeting->meeting_url = input_.url;
            all_.documents.push_back(std::move(document));
        }
        all_.report.cpr_masked += parsed.report.cpr_masked;
        all_.report.hidden_removed += parsed.report.hidden_removed;
        all_.report.closed_items += parsed.report.closed_items;
        all_.report.orders_marked += parsed.report.orders_marked;
        for (const std::string& text : parsed.report.notes) note(path, text);
    }

    const ParseInput& input_;
    const Limits& limits_;
    ZipContainer zip_;
    ExportFiles links_;
    std::set<std::string> closed_;  ///< What closed items of pages link to.
    std::vector<std::pair<std::string, Parsed>> exports_;
    Parsed all_;
};

}  // namespace

Result<Parsed> parse_papers_zip(const ParseInput& input, const Limits& limits) {
    return Reader(input, limits).run();
}

}  // namespace raadbot::ingest
