#include "bot/app/keeper.hpp"

#include <charconv>

#include "bot/app/due.hpp"
#include "bot/app/ingest_lock.hpp"
#include "bot/app/lexicon.hpp"
#include "bot/app/models.hpp"
#include "bot/app/web_sources.hpp"
#include "bot/conversation/texts.hpp"
#include "bot/governance/desk.hpp"
#include "bot/governance/preview.hpp"
#include "bot/ports.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/ingest/folder.hpp"

namespace raadbot::app {
namespace {

constexpr std::chrono::seconds turn_every{1};
/// How often a crawl looks whether other work waits, which it then makes way for.
constexpr std::chrono::seconds look_every{5};
constexpr std::chrono::seconds preview_time{120};
constexpr std::uint64_t preview_pages = 60;
constexpr std::int64_t most_questions = 200;
constexpr std::chrono::seconds embed_slice{20};
constexpr std::chrono::minutes embed_rest{5};  // After a failure.

/// True from so long after now on, or when `stop` says so.
std::function<bool()> until(std::chrono::seconds time, const std::function<bool()>& stop) {
    const auto end = std::chrono::steady_clock::now() + time;
    return [end, stop] { return (stop && stop()) || std::chrono::steady_clock::now() >= end; };
}

/// Whether anything but the reading of `mine` is wanted.
bool work_waits(store::Store& store, const SourceId& mine) {
    if (store.setting(version_wanted)) return true;
    for (const store::ProposalRow& row : store::Ledger(store).proposals("open")) {
        if (store.setting(governance::preview_wanted(row.id))) return true;
    }
    for (const sources::Source& source : store.all_sources()) {
        if (source.id != mine && store.setting(governance::reading_wanted(source.id))) return true;
    }
    return false;
}

/// True when `stop` says so, or when other work waits; that is looked for now and then.
std::function<bool()> making_way(store::Store& store, const SourceId& mine,
                                 const std::function<bool()>& stop) {
    auto next_look = std::chrono::steady_clock::now() + look_every;
    return [&store, mine, stop, next_look]() mutable {
        if (stop && stop()) return true;
        if (std::chrono::steady_clock::now() < next_look) return false;
        next_look = std::chrono::steady_clock::now() + look_every;
        return work_waits(store, mine);
    };
}

/// The first pages of a site into a store that is thrown away.
auto preview_reader(const Config& config, const std::function<bool()>& stop) {
    return [&config, stop](const sources::Source& source, store::Store& store,
                           const ingest::FolderOptions& options) -> Result<ingest::SourceReport> {
        FetchRun run;
        run.remember = false;
        run.max_pages = preview_pages;
        run.stop = until(preview_time, stop);
        auto outcome = fetch_source(config, source, store, options, run);
        if (!outcome) return tl::unexpected(outcome.error());
        ingest::SourceReport report = std::move(outcome->pages);
        report.files = outcome->crawl.visited;
        for (const auto& line : outcome->crawl.lines) report.skipped.push_back(line);
        return report;
    };
}

/// Error: the source's own. `done`: false when `stop` cut it short.
Result<void> read_source(const Config& config, const sources::Source& source, store::Store& store,
                         Timestamp now, const std::function<bool()>& stop, bool& done) {
    ingest::FolderOptions options;
    options.limits = config.limits;
    options.threads = config.threads;
    options.now = now;
    done = true;
    if (!source.path.empty()) {
        const auto report = ingest::ingest_folder(source, store, options);
        return report ? Result<void>() : tl::unexpected(report.error());
    }
    FetchRun run;
    run.stop = making_way(store, source.id, stop);
    const auto outcome = fetch_source(config, source, store, options, run);
    if (!outcome) return tl::unexpected(outcome.error());
    done = !outcome->stopped;
    return {};
}

}  // namespace

Result<void> make_preview_of(const Config& config, store::Store& store, std::int64_t proposal,
                             Timestamp now, const std::function<bool()>& stop) {
    store::Ledger ledger(store);
    auto row = ledger.proposal(proposal);
    if (!row) {
        return fail(ErrorCode::not_found, "there is no proposal " + std::to_string(proposal));
    }
    if (row->kind != governance::new_source || row->state != "open") {
        return fail(ErrorCode::conflict, "only an open proposal of a source has a preview");
    }
    const auto source = governance::source_from_json(row->payload);
    if (!source) return tl::unexpected(source.error());
    auto lexicon = lexicon_of(config);
    if (!lexicon) return tl::unexpected(lexicon.error());
    governance::PreviewOptions options;
    options.municipality = config.municipality;
    options.scratch = config.data_dir / "preview" / std::to_string(proposal);
    options.lexicon = std::move(*lexicon);
    options.limits = config.limits;
    options.threads = config.threads;
    options.now = now;
    if (source->path.empty()) options.read = preview_reader(config, stop);
    for (const store::UnansweredRow& unanswered : ledger.unanswered(most_questions)) {
        options.questions.push_back(unanswered.text);
    }
    for (const store::TestQuestionRow& test : ledger.test_questions()) {
        options.questions.push_back(test.question);
    }
    if (const auto texts = bot::Texts::load(config.texts_dir)) {
        for (const std::string& example : texts->example_questions("da")) {
            options.questions.push_back(example);
        }
    }
    row->preview = governance::preview_json(governance::make_preview(*source, options));
    store.in_transaction([&] {
        const auto still = ledger.proposal(proposal);
        if (still && still->state == "open") ledger.put_proposal(*row);
    });
    return {};
}

Result<void> read_sources(const Config& config, store::Store& store,
                          const std::vector<SourceId>& ids, Timestamp now,
                          const std::function<bool()>& stop) {
    auto lock = IngestLock::take(config.data_dir);
    if (!lock) return tl::unexpected(lock.error());
    Result<void> result;
    for (const SourceId& id : ids) {
        const auto source = store.source(id);
        const bool usable =
            source && sources::effective_state(*source, danish::copenhagen_date(now)) ==
                          sources::State::approved;
        bool done = true;
        if (usable) {
            const auto read = read_source(config, *source, store, now, stop, done);
            if (!read && result) {
                result =
                    fail(read.error().code, "source " + id.value + ": " + read.error().message);
            }
            if (done) note_reading(store, id, {now, !read});
        }
        if (done) {
            store.erase_setting(governance::reading_wanted(id));
        } else {
            store.put_setting(governance::reading_wanted(id), "1");
        }
    }
    auto index = index::Index::open({config.data_dir / "index", nullptr});
    if (!index) return tl::unexpected(index.error());
    if (auto followed = ingest::follow(store, **index); !followed) return followed;
    store.put_setting("last_ingest", to_string(now));
    return result;
}

Result<governance::VersionsOptions> versions_options(const Config& config) {
    auto lexicon = lexicon_of(config);
    if (!lexicon) return tl::unexpected(lexicon.error());
    governance::VersionsOptions options;
    options.municipality = config.municipality;
    options.data_dir = config.data_dir;
    options.lexicon = std::move(*lexicon);
    options.limits = config.limits;
    options.threads = config.threads;
    return options;
}

Keeper::Keeper(const Config& config, const bot::Clock& clock, Log log)
    : config_(config), clock_(clock), log_(std::move(log)) {
    thread_ = std::thread([this] { run(); });
}

Keeper::~Keeper() { stop(); }

void Keeper::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Keeper::run() {
    for (;;) {
        try {
            const auto store = store::Store::open(config_.data_dir, store::Store::Memory::little);
            take_turn(config_, *store, clock_.now(), {log_, [this] { return stopping_.load(); }});
            embed_some(*store);
        } catch (const std::exception& error) {
            log_(std::string("keeper: ") + error.what());
        }
        std::unique_lock lock(mutex_);
        if (wake_.wait_for(lock, turn_every, [this] { return stopping_.load(); })) return;
    }
}

void Keeper::embed_some(const store::Store& store) {
    using Clock = std::chrono::steady_clock;
    const std::int64_t generation = store.generation();
    if (!config_.model || generation == embedded_generation_ || Clock::now() < embed_again_) return;
    const auto end = Clock::now() + embed_slice;
    bool cut_short = false;
    const auto done = embed_missing(config_, store, Show::nothing, log_, [&] {
        cut_short = stopping_ || Clock::now() >= end;
        return cut_short;
    });
    if (done && *done && !cut_short) embedded_generation_ = generation;
    if (!done) log_("vectors: " + done.error().message);
    if (!done || !*done) embed_again_ = Clock::now() + embed_rest;
}

void take_turn(const Config& config, store::Store& store, Timestamp now, const TurnHooks& hooks) {
    store::Ledger ledger(store);
    for (const store::ProposalRow& row : ledger.proposals("open")) {
        const std::string wanted = governance::preview_wanted(row.id);
        if (!store.setting(wanted)) continue;
        store.erase_setting(wanted);
        if (auto made = make_preview_of(config, store, row.id, now, hooks.stop); !made) {
            hooks.log("preview " + std::to_string(row.id) + ": " + made.error().message);
        }
    }
    if (const auto wanted = store.setting(version_wanted)) {
        store.erase_setting(version_wanted);
        const auto options = versions_options(config);
        if (!options) {
            hooks.log("version: " + options.error().message);
        } else {
            governance::Versions versions(store, *options);
            const auto built = versions.build({*wanted, governance::Role::operator_}, now);
            if (!built) hooks.log("version: " + built.error().message);
        }
    }
    std::vector<SourceId> due;
    for (const sources::Source& source : store.all_sources()) {
        if (store.setting(governance::reading_wanted(source.id)) ||
            is_due(source, last_reading(store, source.id), now))
            due.push_back(source.id);
    }
    if (due.empty()) return;
    const auto read = read_sources(config, store, due, now, hooks.stop);
    // Another process is reading: tried again next time.
    if (!read && read.error().code != ErrorCode::conflict)
        hooks.log("reading sources: " + read.error().message);
}

}  // namespace raadbot::app
