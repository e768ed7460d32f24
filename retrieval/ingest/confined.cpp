// The near side of the confined child: one child per thread, started when first needed, replaced
// when it crashes, hangs or answers nonsense.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <system_error>

#include "retrieval/ingest/wire.hpp"

namespace raadbot::ingest {
namespace {

std::mutex program_mutex;
std::string child_program = "/proc/self/exe";

class Child {
public:
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Starts a child and waits for its greeting.
    static Result<std::unique_ptr<Child>> start() {
        if (std::getenv(child_variable) != nullptr) {
            return fail(ErrorCode::unavailable, "a parse child must not start another");
        }
        std::string program;
        {
            const std::lock_guard lock(program_mutex);
            program = child_program;
        }
        std::array<int, 2> request{};
        std::array<int, 2> answer{};
        if (::pipe2(request.data(), O_CLOEXEC) != 0)
            throw std::system_error(errno, std::generic_category(), "pipe");
        if (::pipe2(answer.data(), O_CLOEXEC) != 0) {
            const int error = errno;
            ::close(request[0]);
            ::close(request[1]);
            throw std::system_error(error, std::generic_category(), "pipe");
        }
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, request[0], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, answer[1], STDOUT_FILENO);
        posix_spawn_file_actions_addclosefrom_np(&actions, 3);
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
        std::string name = "raadbot";
        std::string mode = "parse-child";
        std::string marker = std::string(child_variable) + "=1";
        std::string path = "PATH=/usr/local/bin:/usr/bin:/bin";
        std::string locale = "LC_ALL=C.UTF-8";
        std::array<char*, 3> arguments = {name.data(), mode.data(), nullptr};
        // Nothing of the parent's environment: it may hold secrets.
        std::array<char*, 4> environment = {marker.data(), path.data(), locale.data(), nullptr};
        pid_t pid = -1;
        const int failed = ::posix_spawn(&pid, program.c_str(), &actions, &attributes,
                                         arguments.data(), environment.data());
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
        ::close(request[0]);
        ::close(answer[1]);
        if (failed != 0) {
            ::close(request[1]);
            ::close(answer[0]);
            return fail(ErrorCode::unavailable,
                        "cannot start " + program + " parse-child: " + std::strerror(failed));
        }
        std::unique_ptr<Child> child(new Child(pid, request[1], answer[0]));
        ::fcntl(child->request_, F_SETFL, O_NONBLOCK);
        std::string greeting;
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        if (receive_message(child->answer_, greeting, 1024, deadline) != Transfer::done ||
            greeting != child_greeting) {
            return fail(ErrorCode::unavailable, program + " does not answer as a parse child");
        }
        return child;
    }

    ~Child() {
        ::close(request_);
        ::close(answer_);
        ::kill(-pid_, SIGKILL);
        ::kill(pid_, SIGKILL);
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
    }

    [[nodiscard]] int request() const { return request_; }
    [[nodiscard]] int answer() const { return answer_; }

private:
    Child(pid_t pid, int request, int answer) : pid_(pid), request_(request), answer_(answer) {}
    pid_t pid_;
    int request_;
    int answer_;
};

/// This thread's child; ends with the thread. The child asks to be killed with the thread that
/// started it.
thread_local std::unique_ptr<Child> my_child;

/// Writing to a child that died must be an error here, not a signal to the whole program.
class IgnorePipeSignal {
public:
    IgnorePipeSignal() {
        sigemptyset(&pipe_);
        sigaddset(&pipe_, SIGPIPE);
        sigset_t pending;
        sigpending(&pending);
        was_pending_ = sigismember(&pending, SIGPIPE) == 1;
        pthread_sigmask(SIG_BLOCK, &pipe_, &old_);
    }
    IgnorePipeSignal(const IgnorePipeSignal&) = delete;
    IgnorePipeSignal& operator=(const IgnorePipeSignal&) = delete;
    ~IgnorePipeSignal() {
        if (!was_pending_) {
            const timespec zero{};
            while (sigtimedwait(&pipe_, nullptr, &zero) < 0 && errno == EINTR) {
            }
        }
        pthread_sigmask(SIG_SETMASK, &old_, nullptr);
    }

private:
    sigset_t pipe_{};
    sigset_t old_{};
    bool was_pending_ = false;
};

}  // namespace

void set_parse_child(const std::filesystem::path& program) {
    const std::lock_guard lock(program_mutex);
    child_program = program.string();
}

Result<Parsed> parse_confined(const ParseInput& input, const Limits& limits) {
    const std::string name = input.name.string();
    if (input.bytes.size() > limits.max_file_bytes) {
        return fail(ErrorCode::too_large, name + ": " + std::to_string(input.bytes.size() >> 20U) +
                                              " MB is more than the limit of " +
                                              std::to_string(limits.max_file_bytes >> 20U) +
                                              " MB for a file");
    }
    const IgnorePipeSignal ignore;
    const std::string request = write_request(input, limits);
    for (int attempt = 0; attempt < 2; ++attempt) {
        const bool fresh = !my_child;
        if (fresh) {
            auto started = Child::start();
            if (!started) return tl::unexpected(started.error());
            my_child = std::move(*started);
        }
        // Two seconds more than the child's own limit, so that its better message wins.
        const auto deadline =
            std::chrono::steady_clock::now() + limits.max_seconds + std::chrono::seconds(2);
        std::string message;
        Transfer state = send_message(my_child->request(), request, deadline);
        if (state == Transfer::done) {
            state = receive_message(my_child->answer(), message,
                                    limits.max_text_bytes * 8 + (1U << 20U), deadline);
        } else if (state == Transfer::closed && !fresh) {
            my_child.reset();  // it died between two files: not this file's fault
            continue;
        }
        if (state == Transfer::done) {
            auto answer = read_answer(message);
            return answer;
        }
        my_child.reset();
        if (state == Transfer::late) {
            return fail(ErrorCode::timed_out, name + ": took longer than " +
                                                  std::to_string(limits.max_seconds.count()) +
                                                  " seconds to read");
        }
        if (state == Transfer::too_long)
            return fail(ErrorCode::too_large, name + ": gives too much text");
        return fail(ErrorCode::unreadable,
                    name + ": the parser failed on it (damaged, or needs too much memory or time)");
    }
    return fail(ErrorCode::unavailable, name + ": the parse child does not stay alive");
}

}  // namespace raadbot::ingest
