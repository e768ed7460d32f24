// The confined child: rlimits, no new privileges, a system call filter, then requests until end of
// file. Allowed is what reading needs, and starting poppler's program, which inherits all of it.
// Refused are sockets, files opened for writing, changes to the file system, tracing, mounting,
// kernel loading.
#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "retrieval/ingest/wire.hpp"

namespace raadbot::ingest {
namespace {

constexpr std::uint64_t most_request = 512ULL << 20;

void set_limit(int resource, rlim_t soft, rlim_t hard) {
    rlimit old{};
    if (::getrlimit(static_cast<__rlimit_resource>(resource), &old) != 0) return;
    const rlimit limit{std::min(soft, old.rlim_max), std::min(hard, old.rlim_max)};
    ::setrlimit(static_cast<__rlimit_resource>(resource), &limit);
}

/// Empty when in force, else what was refused.
std::string filter_system_calls() {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return std::string("no_new_privs: ") + std::strerror(errno);
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == nullptr) return "seccomp: no memory";
    int failed = 0;
    const auto refuse = [&](int call) {
        const int result = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), call, 0, nullptr);
        if (result != 0 && result != -EDOM) failed = result;
    };
    for (const int call : {SCMP_SYS(socket),
                           SCMP_SYS(socketpair),
                           SCMP_SYS(connect),
                           SCMP_SYS(bind),
                           SCMP_SYS(listen),
                           SCMP_SYS(accept),
                           SCMP_SYS(accept4),
                           SCMP_SYS(sendto),
                           SCMP_SYS(sendmsg),
                           SCMP_SYS(sendmmsg),
                           SCMP_SYS(ptrace),
                           SCMP_SYS(process_vm_readv),
                           SCMP_SYS(process_vm_writev),
                           SCMP_SYS(mount),
                           SCMP_SYS(umount2),
                           SCMP_SYS(pivot_root),
                           SCMP_SYS(chroot),
                           SCMP_SYS(unlink),
                           SCMP_SYS(unlinkat),
                           SCMP_SYS(rename),
                           SCMP_SYS(renameat),
                           SCMP_SYS(renameat2),
                           SCMP_SYS(mkdir),
                           SCMP_SYS(mkdirat),
                           SCMP_SYS(rmdir),
                           SCMP_SYS(link),
                           SCMP_SYS(linkat),
                           SCMP_SYS(symlink),
                           SCMP_SYS(symlinkat),
                           SCMP_SYS(chmod),
                           SCMP_SYS(fchmod),
                           SCMP_SYS(fchmodat),
                           SCMP_SYS(chown),
                           SCMP_SYS(fchown),
                           SCMP_SYS(lchown),
                           SCMP_SYS(fchownat),
                           SCMP_SYS(truncate),
                           SCMP_SYS(mknod),
                           SCMP_SYS(mknodat),
                           SCMP_SYS(creat),
                           SCMP_SYS(setxattr),
                           SCMP_SYS(lsetxattr),
                           SCMP_SYS(fsetxattr),
                           SCMP_SYS(utimensat),
                           SCMP_SYS(init_module),
                           SCMP_SYS(finit_module),
                           SCMP_SYS(kexec_load),
                           SCMP_SYS(bpf),
                           SCMP_SYS(perf_event_open),
                           SCMP_SYS(unshare),
                           SCMP_SYS(setns),
                           SCMP_SYS(keyctl),
                           SCMP_SYS(add_key),
                           SCMP_SYS(userfaultfd),
                           SCMP_SYS(io_uring_setup),
                           SCMP_SYS(openat2),
                           SCMP_SYS(open_by_handle_at),
                           SCMP_SYS(name_to_handle_at),
                           SCMP_SYS(reboot),
                           SCMP_SYS(swapon)}) {
        refuse(call);
    }
    // Opening for writing, whatever the path: the flags decide.
    const auto refuse_flags = [&](int call, unsigned argument, scmp_datum_t mask,
                                  scmp_datum_t value) {
        const scmp_arg_cmp compare{argument, SCMP_CMP_MASKED_EQ, mask, value};
        const int result =
            seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EACCES), call, 1, &compare);
        if (result != 0 && result != -EDOM) failed = result;
    };
    for (const auto& [call, argument] :
         {std::pair{SCMP_SYS(openat), 2U}, std::pair{SCMP_SYS(open), 1U}}) {
        refuse_flags(call, argument, O_ACCMODE, O_WRONLY);
        refuse_flags(call, argument, O_ACCMODE, O_RDWR);
        refuse_flags(call, argument, O_CREAT, O_CREAT);
        refuse_flags(call, argument, O_TRUNC, O_TRUNC);
    }
    const int loaded = failed == 0 ? seccomp_load(filter) : failed;
    seccomp_release(filter);
    return loaded == 0 ? std::string() : std::string("seccomp: ") + std::strerror(-loaded);
}

rlim_t used_cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<rlim_t>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
}

}  // namespace

int parse_child_main() {
    // Requests and answers move away from 0 and 1, so that nothing that prints can disturb them.
    const int requests = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 20);
    const int answers = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 21);
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (requests < 0 || answers < 0 || nothing < 0) return 1;
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(nothing, STDOUT_FILENO);
    ::dup2(nothing, STDERR_FILENO);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_DUMPABLE, 0);
    ::signal(SIGPIPE, SIG_IGN);
    set_limit(RLIMIT_CORE, 0, 0);
    set_limit(RLIMIT_NOFILE, 64, 64);
    set_limit(RLIMIT_FSIZE, most_request, most_request);  // the memory file that poppler reads
    const std::string unconfined = filter_system_calls();

    const auto never = std::chrono::steady_clock::time_point::max();
    if (send_message(answers, child_greeting, never) != Transfer::done) return 1;
    std::string message;
    while (receive_message(requests, message, most_request, never) == Transfer::done) {
        const auto request = read_request(message);
        Result<Parsed> parsed = fail(ErrorCode::invalid_input, "malformed request");
        if (request) {
            message.clear();
            message.shrink_to_fit();
#ifndef RAADBOT_SANITIZED
            set_limit(RLIMIT_AS, request->limits.max_memory_bytes, RLIM_INFINITY);
#endif
            // Counted over the child's life, so each file gets its share on top of what is spent.
            const auto seconds = static_cast<rlim_t>(request->limits.max_seconds.count());
            set_limit(RLIMIT_CPU, used_cpu_seconds() + seconds + 1, RLIM_INFINITY);
            ParseInput input;
            input.bytes = request->bytes;
            input.name = request->name;
            input.url = request->url;
            input.selectors = request->selectors;
            input.kind = request->kind;
            input.format = request->format;
            try {
                parsed = parse(input, request->limits);
                if (parsed && !unconfined.empty()) {
                    parsed->report.notes.push_back(
                        "parsed with limits but without a system call filter (" + unconfined + ")");
                }
            } catch (const std::bad_alloc&) {
                parsed = fail(ErrorCode::too_large,
                              request->name + ": needs more memory than the limit of " +
                                  std::to_string(request->limits.max_memory_bytes >> 20U) + " MB");
            } catch (const std::exception& error) {
                parsed = fail(ErrorCode::unreadable, request->name + ": " + error.what());
            }
        }
        if (send_message(answers, write_answer(parsed), never) != Transfer::done) return 1;
    }
    return 0;
}

}  // namespace raadbot::ingest
