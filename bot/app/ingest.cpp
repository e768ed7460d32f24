// `raadbot ingest`: every approved source, folder or web, into the store and the index, with a
// report.
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iostream>

#include "bot/app/commands.hpp"
#include "bot/app/due.hpp"
#include "bot/app/index_upkeep.hpp"
#include "bot/app/ingest_lock.hpp"
#include "bot/app/models.hpp"
#include "bot/app/progress.hpp"
#include "bot/app/web_sources.hpp"
#include "bot/ports.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/ingest/folder.hpp"
#include "retrieval/vectors/vector_set.hpp"

namespace raadbot::app {
namespace {

/// Vectors that are damaged are made anew.
void remove_damaged_vectors(const std::filesystem::path& directory) {
    const auto set = vectors::VectorSet::open(directory);
    const auto sound = set && *set ? (*set)->verify()
                       : set       ? Result<void>()
                                   : Result<void>(tl::unexpected(set.error()));
    if (sound) return;
    std::cout << "  vectors: " << sound.error().message << ": removed, to be made anew\n";
    std::filesystem::remove_all(directory);
}

volatile std::sig_atomic_t stop_asked = 0;
void ask_to_stop(int) { stop_asked = 1; }

/// While it lives, the first SIGINT or SIGTERM asks the crawl to stop at the next page; a second
/// one ends the program as usual.
class StopOnSignal {
public:
    StopOnSignal() {
        stop_asked = 0;
        struct sigaction action {};
        action.sa_handler = ask_to_stop;
        action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
        ::sigaction(SIGINT, &action, &old_int_);
        ::sigaction(SIGTERM, &action, &old_term_);
    }
    ~StopOnSignal() {
        ::sigaction(SIGINT, &old_int_, nullptr);
        ::sigaction(SIGTERM, &old_term_, nullptr);
    }
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

private:
    struct sigaction old_int_ {};
    struct sigaction old_term_ {};
};

void would_take(const fetch::Seen& seen) {
    std::cout << "    would take: " << seen.url << "  " << seen.type << ", "
              << (seen.bytes + 1023) / 1024 << " KB"
              << (seen.title.empty() ? "" : ", \"" + seen.title + "\"") << '\n';
}

void print(const ingest::SourceReport& report, bool details) {
    const auto& d = report.documents;
    std::cout << "  " << report.source.value << ": " << report.files << " files ("
              << report.unchanged_files << " unchanged), documents " << d.added << " new, "
              << d.changed << " changed, " << d.removed << " removed";
    const auto count = [](std::uint64_t number, const char* what) {
        if (number > 0) std::cout << ", " << number << ' ' << what;
    };
    count(report.parsed.closed_items, "closed items stopped");
    count(report.parsed.cpr_masked, "CPR numbers removed");
    count(report.parsed.hidden_removed, "hidden texts removed");
    count(report.parsed.orders_marked, "orders to the bot kept as mere text");
    count(report.skipped.size(), "files of other formats skipped");
    std::cout << '\n';
    for (const auto& line : report.unreadable) {
        std::cout << "    not read: " << line.path << ": " << line.message << '\n';
    }
    if (!details) return;
    for (const auto& line : report.skipped)
        std::cout << "    skipped: " << line.path << ": " << line.message << '\n';
    for (const auto& line : report.notes)
        std::cout << "    note: " << line.path << ": " << line.message << '\n';
}

}  // namespace

int ingest(const IngestArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return report(config.error());
    auto store = store::Store::open(config->data_dir, store::Store::Memory::little);
    auto lock = IngestLock::take(config->data_dir);
    if (!lock) return report(lock.error());
    sync_sources(*config, *store);
    for (const std::string& id : arguments.sources) {
        if (!store->source(SourceId{id})) {
            return report(
                {ErrorCode::invalid_input, "no source \"" + id + "\": see `raadbot sources list`"});
        }
    }
    auto writable = open_writable_index(*config, arguments.rebuild);
    if (!writable) return report(writable.error());
    if (writable->empty && !arguments.rebuild)
        std::cout << "  the search index is of another version of Raadbot and is built anew\n";

    const Timestamp now = bot::SystemClock().now();
    const Date today = danish::copenhagen_date(now);
    const bool terminal = ::isatty(STDERR_FILENO) == 1;
    bool failed = false;
    std::uint64_t unreadable = 0;
    for (const sources::Source& source : store->all_sources()) {
        const bool chosen = arguments.sources.empty() ||
                            std::find(arguments.sources.begin(), arguments.sources.end(),
                                      source.id.value) != arguments.sources.end();
        if (!chosen) continue;
        const sources::State state = sources::effective_state(source, today);
        const bool fetched = source.path.empty();
        if (arguments.dry_run && !fetched) continue;
        // What a proposed source would bring may be looked at before it is approved.
        const bool preview =
            arguments.dry_run && state == sources::State::proposed && !arguments.sources.empty();
        if (state != sources::State::approved && !preview) {
            std::cout << "  " << source.id.value << ": " << sources::to_string(state)
                      << ", not read";
            if (state == sources::State::expired) {
                std::cout << "; its review date has passed, owner: " << source.owner.unit << ' '
                          << source.owner.mail;
            }
            std::cout << '\n';
            continue;
        }
        ingest::FolderOptions options;
        options.limits = config->limits;
        options.threads = config->threads;
        options.now = now;
        if (fetched) {
            const StopOnSignal stop_on_signal;
            FetchRun run;
            run.dry_run = arguments.dry_run;
            run.remember = !arguments.dry_run;
            run.stop = [] { return stop_asked != 0; };
            if (terminal) {
                run.progress = [&](std::uint64_t done, std::uint64_t waiting, const std::string&) {
                    if (done % 16 == 0 || waiting == 0)
                        draw_progress(source.id.value, done, done + waiting);
                };
            }
            if (arguments.dry_run) run.taken = would_take;
            const auto outcome = fetch_source(*config, source, *store, options, run);
            if (terminal) clear_progress();
            if (!outcome) {
                std::cerr << "raadbot: source " << source.id.value << ": "
                          << outcome.error().message << '\n';
                failed = true;
                if (!arguments.dry_run) note_reading(*store, source.id, {now, true});
                continue;
            }
            if (!arguments.dry_run && !outcome->stopped)
                note_reading(*store, source.id, {now, false});
            unreadable += outcome->pages.unreadable.size();
            print(source, *outcome, arguments.details || arguments.dry_run);
            if (outcome->stopped) break;
            continue;
        }
        if (terminal) {
            options.progress = [&](const ingest::Progress& progress) {
                draw_progress(source.id.value, progress.done, progress.total);
            };
        }
        const auto result = ingest::ingest_folder(source, *store, options);
        if (terminal) clear_progress();
        if (!result) {
            std::cerr << "raadbot: source " << source.id.value << ": " << result.error().message
                      << '\n';
            failed = true;
            note_reading(*store, source.id, {now, true});
            continue;
        }
        note_reading(*store, source.id, {now, false});
        unreadable += result->unreadable.size();
        print(*result, arguments.details);
    }
    if (arguments.dry_run) return failed ? exit_failed : exit_good;
    if (arguments.rebuild) remove_damaged_vectors(vectors_directory(*config));
    if (auto followed =
            ingest::follow(*store, *writable->index, arguments.rebuild || writable->empty);
        !followed)
        return report(followed.error());
    store->put_setting("last_ingest", to_string(now));
    const store::Counts counts = store->counts();
    std::cout << counts.documents << " documents, " << counts.passages << " passages from "
              << counts.sources << " sources are ready";
    if (unreadable > 0) std::cout << "; " << unreadable << " files could not be read (see above)";
    std::cout << "." << std::endl;
    // The words are live already. Vectors may take long, and hold nobody off the sources.
    writable->index.reset();
    lock = tl::unexpected(Error{});
    const auto embedded =
        embed_missing(*config, *store, terminal ? Show::progress : Show::nothing,
                      [](std::string_view line) { std::cout << "  " << line << std::endl; });
    if (!embedded) return report(embedded.error());
    failed = failed || !*embedded;
    return failed ? exit_failed : exit_good;
}

}  // namespace raadbot::app
