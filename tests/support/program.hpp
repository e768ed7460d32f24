// Runs the real programs as a user would: arguments in; exit code, standard output and error out.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace raadbot::support {

/// What the kernel is asked to do to the program.
struct Conditions {
    /// Writing a file beyond this size fails, as on a full disk (RLIMIT_FSIZE, its signal ignored).
    std::optional<std::uint64_t> largest_file;
    /// Root's right to pass by file permissions is taken away, so that they count as they do for a
    /// user.
    bool permissions_count = false;
    /// A file system of this size, and nothing else, is mounted there (needs root; see can_mount).
    std::filesystem::path small_disk_at;
    std::uint64_t small_disk_bytes = 0;
    /// SIGKILL after that time.
    std::optional<std::chrono::microseconds> kill_after;
    std::chrono::seconds timeout{240};
};

struct Outcome {
    int exit_code = -1;  ///< -1 when a signal ended it.
    int signal = 0;
    std::string out;
    std::string err;
};

/// `arguments[0]` is the program's path.
[[nodiscard]] Outcome run(const std::vector<std::string>& arguments,
                          const Conditions& conditions = {});

/// A program that runs beside the test; killed when the object goes.
class Background {
public:
    explicit Background(const std::vector<std::string>& arguments,
                        const Conditions& conditions = {});
    ~Background();
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    /// What was written to standard output and error so far.
    [[nodiscard]] std::string out() const;
    [[nodiscard]] std::string err() const;
    void signal(int number) const;
    [[nodiscard]] bool running();
    /// Waits for its end; SIGKILL when `limit` passes.
    Outcome wait(std::chrono::milliseconds limit);

private:
    pid_t pid_ = -1;
    int out_ = -1;
    int err_ = -1;
    std::optional<int> status_;
};

/// Whether a test may mount a small file system of its own (root with the right to).
[[nodiscard]] bool can_mount();

}  // namespace raadbot::support
