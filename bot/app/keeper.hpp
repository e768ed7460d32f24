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
#include "retrieval/store/store.hpp"

namespace raadbot::app {

class Keeper {
public:
    using Log = std::function<void(std::string_view)>;
    Keeper(const Config& config, Log log);
    ~Keeper();
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;
    void stop();

private:
    void run();
    void turn(store::Store& store);
    /// Some seconds' work on passages without a vector, when there are such.
    void embed_some(const store::Store& store);

    const Config& config_;
    Log log_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::int64_t embedded_generation_ = -1;  ///< Of the store, when all had a vector.
    std::chrono::steady_clock::time_point embed_again_{};
    std::thread thread_;
};

/// Makes the preview of a proposed source and keeps it with the proposal. Errors: not_found,
/// conflict (it is no new source, or decided already).
[[nodiscard]] Result<void> make_preview_of(const Config& config, store::Store& store,
                                           std::int64_t proposal, Timestamp now);

/// What versions of the index are built with. Errors: invalid_config.
[[nodiscard]] Result<governance::VersionsOptions> versions_options(const Config& config);
/// Asks the keeper for a new version; the value is who wants it.
inline constexpr std::string_view version_wanted = "wanted/version";

/// Reads these sources into store and index, silently. Errors: conflict when another process is
/// reading; else the first source's that failed, after all were tried.
[[nodiscard]] Result<void> read_sources(const Config& config, store::Store& store,
                                        const std::vector<SourceId>& ids, Timestamp now);

}  // namespace raadbot::app
