#include "tests/support/program.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <thread>

namespace raadbot::support {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::string contents(int fd) {
    struct stat info {};
    if (::fstat(fd, &info) != 0) throw std::runtime_error("fstat");
    std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
    const auto got = ::pread(fd, bytes.data(), bytes.size(), 0);
    bytes.resize(got < 0 ? 0U : static_cast<std::size_t>(got));
    return bytes;
}

bool mount_small_disk(const char* where, std::uint64_t bytes) {
    if (::unshare(CLONE_NEWNS) != 0) return false;
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
    const std::string size = "size=" + std::to_string(bytes);
    return ::mount("tmpfs", where, "tmpfs", 0, size.c_str()) == 0;
}

/// In the child, between fork and exec; 125 tells that a condition could not be made.
void make_conditions(const Conditions& conditions) {
    if (!conditions.small_disk_at.empty() &&
        !mount_small_disk(conditions.small_disk_at.c_str(), conditions.small_disk_bytes)) {
        ::_exit(125);
    }
    if (conditions.permissions_count && ::geteuid() == 0) {
        if (::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE) != 0 ||
            ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH) != 0) {
            constexpr uid_t nobody = 65534;
            if (::setgid(nobody) != 0 || ::setuid(nobody) != 0) ::_exit(125);
        }
    }
    if (conditions.largest_file) {
        const rlimit limit{*conditions.largest_file, *conditions.largest_file};
        ::signal(SIGXFSZ,
                 SIG_IGN);  // Ignored signals stay ignored over exec: write() fails instead.
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(125);
    }
}

}  // namespace

Background::Background(const std::vector<std::string>& arguments, const Conditions& conditions) {
    out_ = ::memfd_create("out", MFD_CLOEXEC);
    err_ = ::memfd_create("err", MFD_CLOEXEC);
    if (out_ < 0 || err_ < 0) throw std::runtime_error("memfd_create");
    std::vector<char*> argv;
    argv.reserve(arguments.size() + 1);
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("fork");
    if (pid_ == 0) {
        ::setpgid(0, 0);
        const int null = ::open("/dev/null", O_RDONLY);
        ::dup2(null, STDIN_FILENO);
        ::dup2(out_, STDOUT_FILENO);
        ::dup2(err_, STDERR_FILENO);
        make_conditions(conditions);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    ::setpgid(pid_, pid_);
}

Background::~Background() {
    if (running()) wait(std::chrono::milliseconds{0});
    ::kill(-pid_, SIGKILL);  // Children that it may have left behind.
    ::close(out_);
    ::close(err_);
}

std::string Background::out() const { return contents(out_); }
std::string Background::err() const { return contents(err_); }

void Background::signal(int number) const {
    if (!status_) ::kill(pid_, number);
}

bool Background::running() {
    if (status_) return false;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != pid_) return true;
    status_ = status;
    return false;
}

Outcome Background::wait(std::chrono::milliseconds limit) {
    const auto deadline = SteadyClock::now() + limit;
    auto pause = std::chrono::microseconds{200};
    while (running() && SteadyClock::now() < deadline) {
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::microseconds{10'000});
    }
    if (!status_) {
        ::kill(pid_, SIGKILL);
        int status = 0;
        ::waitpid(pid_, &status, 0);
        status_ = status;
    }
    Outcome outcome;
    if (WIFEXITED(*status_)) outcome.exit_code = WEXITSTATUS(*status_);
    if (WIFSIGNALED(*status_)) outcome.signal = WTERMSIG(*status_);
    outcome.out = out();
    outcome.err = err();
    return outcome;
}

Outcome run(const std::vector<std::string>& arguments, const Conditions& conditions) {
    Background program(arguments, conditions);
    if (conditions.kill_after) {
        std::this_thread::sleep_for(*conditions.kill_after);
        program.signal(SIGKILL);
    }
    return program.wait(conditions.timeout);
}

bool can_mount() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(mount_small_disk("/mnt", 4096) ? 0 : 1);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace raadbot::support
