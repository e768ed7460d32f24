#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <set>

#include "retrieval/index/query_builder.hpp"
#include "retrieval/index/reference/plain_index.hpp"
#include "retrieval/index/search.hpp"

namespace raadbot::index {
namespace {

struct OwnedEntry {
    std::string title, headings, text;
    Entry entry;
    [[nodiscard]] Entry view() const {
        Entry shown = entry;
        shown.title = title;
        shown.headings = headings;
        shown.text = text;
        return shown;
    }
};

class PlainSnapshot final : public Snapshot {
public:
    PlainSnapshot(std::shared_ptr<const danish::Lexicon> lexicon, std::string version)
        : builder_(std::move(lexicon), QueryTuning{}), index_(Scoring{}, {}), version_(std::move(version)) {}
    void add(const Entry& entry) { index_.add(entry); }
    std::vector<Hit> search(const Request& request) const override {
        return index_.search(builder_.build(request.text, index_), request.filter, request.top_k);
    }
    std::uint32_t document_frequency(std::string_view lemma) const override {
        return index_.holding(term_key(TermSpace::word, lemma));
    }
    std::uint32_t passage_count() const override { return index_.passages(); }
    std::optional<std::string> correct(std::string_view folded) const override {
        return correct_word(folded, index_);
    }
    std::string version() const override { return version_; }

private:
    QueryBuilder builder_;
    reference::PlainIndex index_;
    std::string version_;
};

class PlainFileIndex final : public Index {
public:
    explicit PlainFileIndex(Options options) : options_(std::move(options)) {
        if (auto lexicon = danish::Lexicon::load(options_.lexicon_directory)) lexicon_ = *lexicon;
    }
    ~PlainFileIndex() override {
        if (lock_ >= 0) ::close(lock_);
    }
    std::filesystem::path file() const { return options_.directory / "passages.bin"; }
    Result<void> lock() {
        std::filesystem::create_directories(options_.directory);
        const auto path = options_.directory / "lock";
        lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (lock_ < 0 || ::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
            return fail(ErrorCode::conflict, path.string() + ": another process writes this index");
        }
        return {};
    }
    Result<void> load() {
        std::ifstream in(file(), std::ios::binary);
        std::map<PassageId, OwnedEntry> entries;
        const auto number = [&] {
            std::uint64_t value = 0;
            in.read(reinterpret_cast<char*>(&value), sizeof value);
            return value;
        };
        const auto text = [&] {
            std::string value(std::min<std::uint64_t>(number(), 1U << 24U), '\0');
            in.read(value.data(), static_cast<std::streamsize>(value.size()));
            return value;
        };
        if (in) {
            generation_ = number();
            const std::uint64_t count = number();
            for (std::uint64_t i = 0; i < count && in; ++i) {
                OwnedEntry e;
                e.entry.id = number();
                e.title = text();
                e.headings = text();
                e.text = text();
                e.entry.audience.value = text();
                e.entry.source.value = text();
                e.entry.kind = static_cast<SourceKind>(number());
                e.entry.body_key = text();
                e.entry.date = parse_date(text());
                e.entry.paper = static_cast<MeetingPaper>(number());
                entries.emplace(e.entry.id, std::move(e));
            }
            if (!in) {
                return fail(ErrorCode::corrupt,
                            file().string() + ": damaged; `raadbot ingest --rebuild` rebuilds it");
            }
        }
        committed_ = entries;
        working_ = std::move(entries);
        publish();
        return {};
    }
    void publish() {
        auto fresh = std::make_shared<PlainSnapshot>(lexicon_, std::to_string(generation_));
        for (const auto& [id, owned] : committed_) fresh->add(owned.view());
        const std::lock_guard guard(mutex_);
        snapshot_ = std::move(fresh);
    }
    std::shared_ptr<const Snapshot> snapshot() const override {
        const std::lock_guard guard(mutex_);
        return snapshot_;
    }
    Result<bool> refresh() override {
        const std::string before = snapshot()->version();
        if (auto loaded = load(); !loaded) return tl::unexpected(loaded.error());
        return snapshot()->version() != before;
    }
    void add(const Entry& entry) override {
        OwnedEntry owned{std::string(entry.title), std::string(entry.headings), std::string(entry.text), entry};
        working_.insert_or_assign(entry.id, std::move(owned));
    }
    void remove(PassageId id) override { working_.erase(id); }
    void clear() override { working_.clear(); }
    void rollback() override { working_ = committed_; }
    Result<void> commit() override {
        ++generation_;
        const auto temporary = options_.directory / "passages.tmp";
        {
            std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
            const auto number = [&](std::uint64_t value) {
                out.write(reinterpret_cast<const char*>(&value), sizeof value);
            };
            const auto text = [&](std::string_view value) {
                number(value.size());
                out.write(value.data(), static_cast<std::streamsize>(value.size()));
            };
            number(generation_);
            number(working_.size());
            for (const auto& [id, e] : working_) {
                number(id);
                text(e.title);
                text(e.headings);
                text(e.text);
                text(e.entry.audience.value);
                text(e.entry.source.value);
                number(static_cast<std::uint64_t>(e.entry.kind));
                text(e.entry.body_key);
                text(e.entry.date ? to_string(*e.entry.date) : "");
                number(static_cast<std::uint64_t>(e.entry.paper));
            }
        }
        std::filesystem::rename(temporary, file());
        committed_ = working_;
        publish();
        return {};
    }

private:
    Options options_;
    std::shared_ptr<const danish::Lexicon> lexicon_;
    int lock_ = -1;
    std::uint64_t generation_ = 0;
    std::map<PassageId, OwnedEntry> committed_, working_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace

Result<std::unique_ptr<Index>> Index::open(const Options& options) {
    auto index = std::make_unique<PlainFileIndex>(options);
    if (auto locked = index->lock(); !locked) return tl::unexpected(locked.error());
    if (auto loaded = index->load(); !loaded) return tl::unexpected(loaded.error());
    return index;
}

Result<std::unique_ptr<Index>> Index::open_read_only(const Options& options) {
    auto index = std::make_unique<PlainFileIndex>(options);
    if (!std::filesystem::exists(index->file())) {
        return fail(ErrorCode::not_found,
                    options.directory.string() + ": no index yet; run `raadbot ingest`");
    }
    if (auto loaded = index->load(); !loaded) return tl::unexpected(loaded.error());
    return index;
}

}  // namespace raadbot::index
