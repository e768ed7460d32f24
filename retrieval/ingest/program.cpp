#include "retrieval/ingest/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

namespace raadbot::ingest {
namespace {

/// Closes a descriptor at the end of its scope.
class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { reset(); }
    [[nodiscard]] int get() const { return fd_; }
    void reset(int fd = -1) {
        if (fd_ >= 0) ::close(fd_);
        fd_ = fd;
    }

private:
    int fd_;
};

bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

constexpr int input_fd = 10;  ///< Where the program finds its input.

}  // namespace

Result<ProgramResult> run_program(std::vector<std::string> arguments, std::string_view input,
                                  const ProgramLimits& limits) {
    const Descriptor memory(::memfd_create("document", MFD_CLOEXEC));
    if (memory.get() < 0 || !write_all(memory.get(), input)) {
        return fail(ErrorCode::unavailable,
                    std::string("cannot hold the document in memory: ") + std::strerror(errno));
    }
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe");
    Descriptor out_read(out[0]);
    Descriptor out_write(out[1]);
    if (::pipe2(err.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe");
    Descriptor err_read(err[0]);
    Descriptor err_write(err[1]);

    for (std::string& argument : arguments) {
        if (argument == "{}") argument = "/proc/self/fd/" + std::to_string(input_fd);
    }
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out_write.get(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err_write.get(), STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&actions, memory.get(), input_fd);
    posix_spawn_file_actions_adddup2(&actions, input_fd, STDIN_FILENO);
    pid_t child = -1;
    const int failed = ::posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        return fail(ErrorCode::unavailable, arguments[0] + " cannot be started (" +
                                                std::strerror(failed) + "); install poppler-utils");
    }
    out_write.reset();
    err_write.reset();
    const auto seconds = static_cast<rlim_t>(limits.max_seconds.count() + 1);
    const rlimit cpu{seconds, seconds};
    ::prlimit(child, RLIMIT_CPU, &cpu, nullptr);
#ifndef RAADBOT_SANITIZED
    const rlimit memory_limit{limits.max_memory, limits.max_memory};
    ::prlimit(child, RLIMIT_AS, &memory_limit, nullptr);
#endif

    ProgramResult result;
    const auto deadline = std::chrono::steady_clock::now() + limits.max_seconds;
    std::array<pollfd, 2> waiting{{{out_read.get(), POLLIN, 0}, {err_read.get(), POLLIN, 0}}};
    std::string buffer(65536, '\0');
    bool late = false;
    bool large = false;
    while ((waiting[0].fd >= 0 || waiting[1].fd >= 0) && !late && !large) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            late = true;
            break;
        }
        const int ready = ::poll(waiting.data(), waiting.size(), static_cast<int>(left.count()));
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) {
            late = ready == 0;
            break;
        }
        for (std::size_t stream = 0; stream < waiting.size(); ++stream) {
            if (waiting[stream].fd < 0 || waiting[stream].revents == 0) continue;
            const ssize_t count = ::read(waiting[stream].fd, buffer.data(), buffer.size());
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) {
                waiting[stream].fd = -1;
                continue;
            }
            const std::string_view part(buffer.data(), static_cast<std::size_t>(count));
            if (stream == 0) {
                large = result.output.size() + part.size() > limits.max_output;
                if (!large) result.output += part;
            } else if (result.errors.size() < 4096) {
                result.errors += part.substr(0, 4096 - result.errors.size());
            }
        }
    }
    if (late || large) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (late)
        return fail(ErrorCode::timed_out, arguments[0] + " did not end within " +
                                              std::to_string(limits.max_seconds.count()) +
                                              " seconds");
    if (large) return fail(ErrorCode::too_large, arguments[0] + " gave more text than allowed");
    result.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return result;
}

}  // namespace raadbot::ingest
