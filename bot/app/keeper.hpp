// What happens beside answering while `serve` runs: reading sources that were approved or are due,
// previews of proposed ones, cleaning up. One thread; each piece of work is safe to cut short.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>

#include "bot/app/config.hpp"
#include "bot/governance/versions.hpp"
#include "bot/ports.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::app {

struct TurnHooks {
    std::function<void(std::string_view)> log;
    std::function<bool()> stop;  ///< True: leave a crawl at its next page; it goes on later.
};

/// Everything that waits now: previews, a new version, sources that were approved or are due by
/// their refresh time.
void take_turn(const Config& config, store::Store& store, Timestamp now, const TurnHooks& hooks);

class Keeper {
public:
    using Log = std::function<void(std::string_view)>;
    /// `config` and `clock` must outlive it.
    Keeper(const Config& config, const bot::Clock& clock, Log log);
    ~Keeper();
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;
    void stop();

private:
    void run();
    /// Some seconds' work on passages without a vector, when there are such.
    void embed_some(const store::Store& store);

    const Config& config_;
    const bot::Clock& clock_;
    Log log_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::atomic<bool> stopping_ = false;
    std::int64_t embedded_generation_ = -1;  ///< Of the store, when all had a vector.
    std::chrono::steady_clock::time_point embed_again_{};
    std::thread thread_;
};

/// Makes the preview of a proposed source and keeps it with the proposal. Errors: not_found,
/// conflict (it is no new source, or decided already).
/// Of a site at most 60 pages are fetched, for at most two minutes.
[[nodiscard]] Result<void> make_preview_of(const Config& config, store::Store& store,
                                           std::int64_t proposal, Timestamp now,
                                           const std::function<bool()>& stop = {});

/// What versions of the index are built with. Errors: invalid_config.
[[nodiscard]] Result<governance::VersionsOptions> versions_options(const Config& config);
/// Asks the keeper for a new version; the value is who wants it.
inline constexpr std::string_view version_wanted = "wanted/version";

/// Reads these sources, folders and the web, into store and index, silently, and notes when. What
/// `stop` cuts short stays wanted. Errors: conflict when another process is reading; else the first
/// source's that failed, after all were tried.
[[nodiscard]] Result<void> read_sources(const Config& config, store::Store& store,
                                        const std::vector<SourceId>& ids, Timestamp now,
                                        const std::function<bool()>& stop = {});

}  // namespace raadbot::app
