// `raadbot ingest`: every approved source, folder or web, into the store and the index, with a
// report.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>

#include "bot/app/commands.hpp"
#include "bot/app/ingest_lock.hpp"
#include "bot/app/web_sources.hpp"
#include "bot/ports.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/ingest/folder.hpp"

namespace raadbot::app {
namespace {

void draw(const std::string& source, const ingest::Progress& progress) {
    constexpr std::uint64_t width = 30;
    const std::uint64_t total = std::max<std::uint64_t>(progress.total, 1);
    const std::uint64_t filled = progress.done * width / total;
    std::fprintf(stderr, "\r  %-16s [%s%s] %llu/%llu", source.c_str(),
                 std::string(filled, '#').c_str(), std::string(width - filled, ' ').c_str(),
                 static_cast<unsigned long long>(progress.done),
                 static_cast<unsigned long long>(progress.total));
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
    auto store = store::Store::open(config->data_dir);
    auto lock = IngestLock::take(config->data_dir);
    if (!lock) return report(lock.error());
    sync_sources(*config, *store);
    for (const std::string& id : arguments.sources) {
        if (!store->source(SourceId{id})) {
            return report(
                {ErrorCode::invalid_input, "no source \"" + id + "\": see `raadbot sources list`"});
        }
    }
    auto index = index::Index::open({config->data_dir / "index", config->lexicon_dir});
    if (!index && !(arguments.rebuild && index.error().code == ErrorCode::corrupt))
        return report(index.error());
    if (!index) {
        std::filesystem::remove_all(config->data_dir / "index");
        index = index::Index::open({config->data_dir / "index", config->lexicon_dir});
        if (!index) return report(index.error());
    }

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
            const auto outcome = fetch_source(*config, source, *store, options, arguments.dry_run);
            if (!outcome) {
                std::cerr << "raadbot: source " << source.id.value << ": "
                          << outcome.error().message << '\n';
                failed = true;
                continue;
            }
            unreadable += outcome->pages.unreadable.size();
            print(source, *outcome, arguments.details || arguments.dry_run);
            if (outcome->stopped) break;
            continue;
        }
        if (terminal) {
            options.progress = [&](const ingest::Progress& progress) {
                draw(source.id.value, progress);
            };
        }
        const auto result = ingest::ingest_folder(source, *store, options);
        if (terminal) std::fprintf(stderr, "\r%80s\r", "");
        if (!result) {
            std::cerr << "raadbot: source " << source.id.value << ": " << result.error().message
                      << '\n';
            failed = true;
            continue;
        }
        unreadable += result->unreadable.size();
        print(*result, arguments.details);
    }
    if (arguments.dry_run) return failed ? exit_failed : exit_good;
    if (auto followed = ingest::follow(*store, **index, arguments.rebuild); !followed)
        return report(followed.error());
    store->put_setting("last_ingest", to_string(now));
    const store::Counts counts = store->counts();
    std::cout << counts.documents << " documents, " << counts.passages << " passages from "
              << counts.sources << " sources are ready";
    if (unreadable > 0) std::cout << "; " << unreadable << " files could not be read (see above)";
    std::cout << ".\n";
    return failed ? exit_failed : exit_good;
}

}  // namespace raadbot::app
