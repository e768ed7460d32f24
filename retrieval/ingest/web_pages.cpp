#include "retrieval/ingest/web_pages.hpp"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "retrieval/ingest/closed_links.hpp"

namespace raadbot::ingest {

namespace {
constexpr std::string_view closed_prefix = "closed:";
}  // namespace

struct WebPages::Impl {
    struct Work {
        WebPage page;
        Format format = Format::unknown;
        std::optional<Result<Parsed>> parsed;
    };

    Impl(const sources::Source& from, store::Store& into, const FolderOptions& given,
         Canonical spelling, SourceReport& told)
        : source(from), store(into), options(given), canonical(std::move(spelling)), report(told) {
        for (const store::FileRecord& file : store.files(source.id, closed_prefix))
            closed.remember(file.path, file.hash);
        // A thread keeps its parser child for as long as it lives, so the threads stay.
        for (unsigned i = 0; i < std::clamp(options.threads, 1U, 16U); ++i)
            threads.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
    ~Impl() {
        for (std::jthread& thread : threads) thread.request_stop();
        ready.notify_all();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void work(const std::stop_token& stop) {
        std::unique_lock lock(mutex);
        while (true) {
            ready.wait(lock, [&] { return stop.stop_requested() || next < goal; });
            if (stop.stop_requested()) return;
            Work& mine = queue[next++];
            lock.unlock();
            parse_one(mine);
            lock.lock();
            if (++finished == goal) done.notify_one();
        }
    }

    void parse_one(Work& mine) const {
        ParseInput input;
        input.bytes = mine.page.bytes;
        input.name = mine.page.name;
        input.kind = source.kind;
        input.format = detect_format(mine.page.bytes, mine.page.name);
        input.url = mine.page.url;
        input.selectors = source.selectors;
        mine.format = input.format;
        if (input.format == Format::unknown) return;
        mine.parsed =
            options.confined ? parse_confined(input, options.limits) : parse(input, options.limits);
    }

    void parse_all() {
        std::unique_lock lock(mutex);
        next = finished = 0;
        goal = queue.size();
        ready.notify_all();
        done.wait(lock, [&] { return finished == goal; });
        next = goal = 0;
    }

    /// Items of one page need addresses of their own, within what is approved.
    void set_addresses(std::vector<ParsedDocument>& documents, const std::string& page) const {
        std::set<std::string> taken;
        std::size_t number = 0;
        for (ParsedDocument& document : documents) {
            ++number;
            const auto fragment = document.url.find('#');
            const std::string rest =
                fragment == std::string::npos ? "" : document.url.substr(fragment);
            std::string url = document.url.empty() ? "" : canonical(document.url, page);
            if (!url.empty()) url += rest;
            if (url.empty())
                url = page + (document.url_suffix.empty() ? rest : document.url_suffix);
            if (!taken.insert(url).second) url = page + "#" + std::to_string(number);
            taken.insert(url);
            document.url = std::move(url);
            document.url_suffix.clear();
            if (!document.meeting) continue;
            const std::string meeting = document.meeting->meeting_url;
            const std::string approved = meeting.empty() ? "" : canonical(meeting, page);
            document.meeting->meeting_url = approved.empty() ? page : approved;
        }
    }

    /// Remembered without its name: "koeb-af-byvej-4.pdf" tells what is closed. The pages that
    /// close it are remembered too, since they alone can open it again.
    void close(const std::vector<NamedFile>& named, const std::string& page) {
        std::map<std::string, std::string> files;  // By key.
        std::set<std::string> keys;
        for (const NamedFile& file : named) {
            if (file.open || file.path.empty()) continue;
            const std::string url = canonical(file.path, page);
            if (url.empty() || url == page) continue;
            files.emplace(closed_key(url), url);
            keys.insert(closed_key(url));
        }
        closed.note(store::document_id(source.id, page).value, std::move(keys));
        for (const auto& [key, record] : closed.changes()) {
            if (record.empty()) {
                static_cast<void>(store.remove_file(source.id, key));
                continue;
            }
            if (const auto file = files.find(key); file != files.end())
                add(store.remove_file(source.id, file->second));
            store.put_file(source.id, {key, 0, 0, record, true, {}});
        }
    }

    [[nodiscard]] std::string closed_key(const std::string& url) const {
        return std::string(closed_prefix) + store::document_id(source.id, url).value;
    }

    void keep(Work& mine) {
        if (closed.closes(closed_key(mine.page.url))) {
            add(store.remove_file(source.id, mine.page.url));
            return;
        }
        store::FileRecord record{mine.page.url, mine.page.bytes.size(), 0, "web", true, {}};
        if (!mine.parsed) {
            report.skipped.push_back({mine.page.url, "not a format that Raadbot reads"});
            return;
        }
        if (!*mine.parsed) {
            record.readable = false;
            record.note = mine.parsed->error().message;
            store.put_file(source.id, record);
            report.unreadable.push_back({mine.page.url, record.note});
            return;
        }
        Parsed& parsed = **mine.parsed;
        for (const std::string& text : parsed.report.notes)
            record.note += record.note.empty() ? text : "; " + text;
        record.closed = parsed.report.closed_items;
        close(parsed.named, mine.page.url);
        set_addresses(parsed.documents, mine.page.url);
        add(store.replace_file(source, record, parsed.documents, options.now));
        report.parsed.cpr_masked += parsed.report.cpr_masked;
        report.parsed.hidden_removed += parsed.report.hidden_removed;
        report.parsed.closed_items += parsed.report.closed_items;
        report.parsed.orders_marked += parsed.report.orders_marked;
        if (!record.note.empty()) report.notes.push_back({mine.page.url, record.note});
    }

    void add(const store::Store::Change& change) {
        report.documents.added += change.added;
        report.documents.changed += change.changed;
        report.documents.removed += change.removed;
        report.documents.unchanged += change.unchanged;
    }

    const sources::Source& source;
    store::Store& store;
    const FolderOptions& options;
    Canonical canonical;
    SourceReport& report;
    ClosedLinks closed;
    std::vector<Work> queue;
    std::vector<std::string> dropped;
    std::uint64_t bytes = 0;

    std::mutex mutex;
    std::condition_variable ready;
    std::condition_variable done;
    std::size_t next = 0;
    std::size_t goal = 0;
    std::size_t finished = 0;
    std::vector<std::jthread> threads;  // Last: ended first.
};

WebPages::WebPages(const sources::Source& source, store::Store& store, const FolderOptions& options,
                   Canonical canonical, SourceReport& report)
    : impl_(std::make_unique<Impl>(source, store, options, std::move(canonical), report)) {
    report.source = source.id;
}
WebPages::~WebPages() = default;

void WebPages::take(WebPage page) {
    impl_->bytes += page.bytes.size();
    impl_->queue.push_back({std::move(page), Format::unknown, std::nullopt});
}

void WebPages::drop(std::string url) { impl_->dropped.push_back(std::move(url)); }
std::size_t WebPages::waiting() const { return impl_->queue.size() + impl_->dropped.size(); }
std::uint64_t WebPages::waiting_bytes() const { return impl_->bytes; }

void WebPages::flush() {
    Impl& self = *impl_;
    if (waiting() == 0) return;
    self.parse_all();
    self.store.in_transaction([&] {
        for (const std::string& url : self.dropped) {
            const auto change = self.store.remove_file(self.source.id, url);
            self.add(change);
            self.report.removed_files += change.removed > 0 ? 1 : 0;
        }
        for (Impl::Work& work : self.queue) self.keep(work);
    });
    self.queue.clear();
    self.dropped.clear();
    self.bytes = 0;
}

}  // namespace raadbot::ingest
