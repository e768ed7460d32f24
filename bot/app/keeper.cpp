#include "bot/app/keeper.hpp"

#include <charconv>

#include "bot/app/ingest_lock.hpp"
#include "bot/app/models.hpp"
#include "bot/conversation/texts.hpp"
#include "bot/governance/desk.hpp"
#include "bot/governance/preview.hpp"
#include "bot/ports.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/ingest/folder.hpp"

namespace raadbot::app {
namespace {

constexpr std::chrono::seconds turn_every{1};
constexpr std::int64_t most_questions = 200;
constexpr std::chrono::seconds embed_slice{20};
constexpr std::chrono::minutes embed_rest{5};  // After a failure.

}  // namespace

Result<void> make_preview_of(const Config& config, store::Store& store, std::int64_t proposal,
                             Timestamp now) {
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
    auto lexicon = danish::Lexicon::load(config.lexicon_dir);
    if (!lexicon) return tl::unexpected(lexicon.error());
    governance::PreviewOptions options;
    options.scratch = config.data_dir / "preview" / std::to_string(proposal);
    options.lexicon_dir = config.lexicon_dir;
    options.lexicon = std::move(*lexicon);
    options.limits = config.limits;
    options.threads = config.threads;
    options.now = now;
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
                          const std::vector<SourceId>& ids, Timestamp now) {
    auto lock = IngestLock::take(config.data_dir);
    if (!lock) return tl::unexpected(lock.error());
    Result<void> result;
    for (const SourceId& id : ids) {
        const auto source = store.source(id);
        if (source && source->path.empty()) continue;  // From the web: `raadbot ingest` crawls it.
        if (!source || sources::effective_state(*source, danish::copenhagen_date(now)) !=
                           sources::State::approved) {
            continue;
        }
        ingest::FolderOptions options;
        options.limits = config.limits;
        options.threads = config.threads;
        options.now = now;
        const auto report = ingest::ingest_folder(*source, store, options);
        if (!report && result) result = tl::unexpected(report.error());
    }
    auto index = index::Index::open({config.data_dir / "index", config.lexicon_dir});
    if (!index) return tl::unexpected(index.error());
    if (auto followed = ingest::follow(store, **index); !followed) return followed;
    store.put_setting("last_ingest", to_string(now));
    return result;
}

Result<governance::VersionsOptions> versions_options(const Config& config) {
    auto lexicon = danish::Lexicon::load(config.lexicon_dir);
    if (!lexicon) return tl::unexpected(lexicon.error());
    governance::VersionsOptions options;
    options.data_dir = config.data_dir;
    options.lexicon_dir = config.lexicon_dir;
    options.lexicon = std::move(*lexicon);
    options.limits = config.limits;
    options.threads = config.threads;
    return options;
}

Keeper::Keeper(const Config& config, Log log) : config_(config), log_(std::move(log)) {
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
            const auto store = store::Store::open(config_.data_dir);
            turn(*store);
            embed_some(*store);
        } catch (const std::exception& error) {
            log_(std::string("keeper: ") + error.what());
        }
        std::unique_lock lock(mutex_);
        if (wake_.wait_for(lock, turn_every, [this] { return stopping_; })) return;
    }
}

void Keeper::embed_some(const store::Store& store) {
    using Clock = std::chrono::steady_clock;
    const std::int64_t generation = store.generation();
    if (!config_.model || generation == embedded_generation_ || Clock::now() < embed_again_) return;
    const auto end = Clock::now() + embed_slice;
    bool cut_short = false;
    const auto done = embed_missing(config_, store, Show::nothing, log_, [&] {
        const std::lock_guard lock(mutex_);
        cut_short = stopping_ || Clock::now() >= end;
        return cut_short;
    });
    if (done && *done && !cut_short) embedded_generation_ = generation;
    if (!done) log_("vectors: " + done.error().message);
    if (!done || !*done) embed_again_ = Clock::now() + embed_rest;
}

void Keeper::turn(store::Store& store) {
    const Timestamp now = bot::SystemClock().now();
    store::Ledger ledger(store);
    for (const store::ProposalRow& row : ledger.proposals("open")) {
        const std::string wanted = governance::preview_wanted(row.id);
        if (!store.setting(wanted)) continue;
        store.erase_setting(wanted);
        if (auto made = make_preview_of(config_, store, row.id, now); !made) {
            log_("preview " + std::to_string(row.id) + ": " + made.error().message);
        }
    }
    if (const auto wanted = store.setting(version_wanted)) {
        store.erase_setting(version_wanted);
        const auto options = versions_options(config_);
        if (!options) {
            log_("version: " + options.error().message);
        } else {
            governance::Versions versions(store, *options);
            const auto built = versions.build({*wanted, governance::Role::operator_}, now);
            if (!built) log_("version: " + built.error().message);
        }
    }
    std::vector<SourceId> due;
    for (const sources::Source& source : store.all_sources()) {
        if (store.setting(governance::reading_wanted(source.id))) due.push_back(source.id);
    }
    if (due.empty()) return;
    const auto read = read_sources(config_, store, due, now);
    if (!read && read.error().code == ErrorCode::conflict) return;  // Tried again next time.
    if (!read) log_("reading sources: " + read.error().message);
    for (const SourceId& id : due) store.erase_setting(governance::reading_wanted(id));
}

}  // namespace raadbot::app
