// A crawl of many pages from a generator on loopback, and a second one after one page in a hundred
// has changed: requests, processor time (ours and the parser children's, without the generator's)
// and memory. crawl_bench [pages], default 100000.
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "adapters/fetch/crawler.hpp"
#include "adapters/http/server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/town_pages.hpp"

namespace raadbot {
namespace {

/// The generator in a process of its own: SIGUSR1 changes the pages.
std::uint16_t start_generator(std::uint64_t pages, pid_t& pid) {
    int pipe_ends[2];
    if (::pipe(pipe_ends) != 0) std::abort();
    pid = ::fork();
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGUSR1);
        sigprocmask(SIG_BLOCK, &signals, nullptr);
        support::TownPages town(pages, 100);
        http::ServerOptions options;
        options.requests_per_connection = 1'000'000;
        options.handler_threads = 1;
        http::Listener listener;
        listener.port = 0;
        listener.handler = [&](const http::Request& request) { return town.answer(request); };
        auto server = http::Server::start(options, {listener});
        if (!server) ::_exit(1);
        const std::uint16_t port = (*server)->ports().front();
        town.set_origin("http://127.0.0.1:" + std::to_string(port));
        if (::write(pipe_ends[1], &port, sizeof port) != sizeof port) ::_exit(1);
        int signal = 0;
        while (sigwait(&signals, &signal) == 0) town.change();
        ::_exit(0);
    }
    std::uint16_t port = 0;
    if (::read(pipe_ends[0], &port, sizeof port) != sizeof port) std::abort();
    return port;
}

double processor_seconds() {
    double out = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        ::getrusage(who, &usage);
        for (const timeval& time : {usage.ru_utime, usage.ru_stime})
            out += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    }
    return out;
}

double resident_mb() {
    std::ifstream in("/proc/self/statm");
    std::uint64_t all = 0;
    std::uint64_t resident = 0;
    in >> all >> resident;
    return static_cast<double>(resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE))) /
           1e6;
}

int bench(std::uint64_t count, const char* program) {
    pid_t generator = -1;
    const std::uint16_t port = start_generator(count, generator);
    ingest::set_parse_child(program);
    const support::TemporaryFolder folder;
    auto store = store::Store::open(folder.path(), store::Store::Memory::little);
    sources::Source source;
    source.id = SourceId{"town"};
    source.base_url = "http://127.0.0.1:" + std::to_string(port) + "/";
    store->put_source(source);
    fetch::SiteOptions options;
    options.start = {source.base_url};
    options.private_networks = {"127.0.0.1/32"};
    options.max_pages = count * 2;
    options.session.delay = std::chrono::milliseconds{0};
    double first_cpu = 0;
    std::uint64_t first_requests = 0;
    for (int run = 0; run < 2; ++run) {
        const double cpu = processor_seconds();
        const auto began = std::chrono::steady_clock::now();
        ingest::SourceReport report;
        fetch::CrawlReport crawled;
        {
            auto known = store::CrawlStore::open(folder.path());
            ingest::FolderOptions folder_options;
            folder_options.now =
                Timestamp{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
            ingest::WebPages pages(source, *store, folder_options,
                                   fetch::spelling_of(options).value(), report);
            fetch::CrawlHooks hooks;
            hooks.progress = [&](std::uint64_t done, std::uint64_t, const std::string&) {
                if (done % (count / 10) == 0)
                    std::printf("  %8llu pages, %.0f MB resident\n",
                                static_cast<unsigned long long>(done), resident_mb());
            };
            auto result =
                fetch::crawl(source.id, options, *known, &pages, folder_options.now, hooks);
            if (!result) {
                std::fprintf(stderr, "%s\n", result.error().message.c_str());
                return 1;
            }
            crawled = *result;
        }
        const double spent = processor_seconds() - cpu;
        const double wall =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        std::printf(
            "figure: crawl %d of %llu pages: %llu requests, %llu taken, %.1f s processor, %.1f s, "
            "%.0f MB resident at the end\n",
            run + 1, static_cast<unsigned long long>(count),
            static_cast<unsigned long long>(crawled.requests),
            static_cast<unsigned long long>(crawled.taken), spent, wall, resident_mb());
        if (run == 0) {
            first_cpu = spent;
            first_requests = crawled.requests;
            ::kill(generator, SIGUSR1);
        } else {
            std::printf(
                "figure: again with 1 %% changed: %.2f %% of the requests, %.2f %% of the "
                "processor time\n",
                100.0 * static_cast<double>(crawled.requests) / static_cast<double>(first_requests),
                100.0 * spent / first_cpu);
        }
    }
    ::kill(generator, SIGKILL);
    ::waitpid(generator, nullptr, 0);
    return 0;
}

}  // namespace
}  // namespace raadbot

int main(int argc, char** argv) {
    const std::uint64_t pages = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
    return raadbot::bench(pages < 100 ? 100 : pages, RAADBOT_BINARY);
}
