// Load on one bot process: mentions in many rooms, handed over by a homeserver as fast as it takes
// them. States what came out; no thresholds but completeness.
//
// matrix_load [mentions] [rooms]
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "tests/support/fake_homeserver.hpp"
#include "tests/support/homeserver_over_http.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace raadbot::test;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

double ms(std::chrono::microseconds value) { return static_cast<double>(value.count()) / 1'000.0; }

double at(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

}  // namespace

int main(int argc, char** argv) {
    const int mentions = argc > 1 ? std::atoi(argv[1]) : 5'000;
    const int rooms = argc > 2 ? std::atoi(argv[2]) : 200;
    const raadbot::support::TemporaryFolder folder;
    HomeserverOverHttp homeserver({.batch = 100});
    for (int n = 0; n < rooms; ++n) homeserver.add_room("!r" + std::to_string(n), {lone, bo}, true);
    BotProcess bot(folder.path().string(), homeserver);
    const std::uint16_t port = bot.start();
    const double idle = bot.cpu_seconds();

    const auto now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                            std::chrono::system_clock::now().time_since_epoch())
                            .count();
    const auto begun = Clock::now();
    for (int n = 0; n < mentions; ++n) {
        Json question = mention("$q" + std::to_string(n), "!r" + std::to_string(n % rooms),
                                "@p" + std::to_string(n / 10) + ":egelund.example",
                                "spørgsmål " + std::to_string(n));
        question["origin_server_ts"] = now_ms;
        homeserver.push(std::move(question));
    }
    homeserver.set_bot(port);
    std::size_t answered = 0;
    for (int n = 0; n < 3'000 && answered < static_cast<std::size_t>(mentions); ++n) {
        std::this_thread::sleep_for(100ms);
        answered = homeserver.messages().size();
    }
    std::vector<double> delays;
    Clock::time_point last = begun;
    for (const auto& [id, message] : homeserver.messages()) {
        last = std::max(last, message.when);
        delays.push_back(
            ms(std::chrono::duration_cast<std::chrono::microseconds>(message.when - begun)));
    }
    std::vector<double> acknowledged;
    for (const auto value : homeserver.acknowledged()) acknowledged.push_back(ms(value));
    const double seconds = std::chrono::duration<double>(last - begun).count();
    const double cpu = bot.cpu_seconds() - idle;
    std::printf(
        "%d mentions in %d rooms at once: %zu answered in %.1f s (%.0f a second); transactions of "
        "up to 100 "
        "acknowledged p50 %.0f ms, p99 %.0f ms; delivered p50 %.1f s, p95 %.1f s, p99 %.1f s; %llu "
        "calls to the "
        "homeserver; bot CPU %.2f ms a mention, %ld MiB resident\n",
        mentions, rooms, answered, seconds, static_cast<double>(answered) / seconds,
        at(acknowledged, 0.5), at(acknowledged, 0.99), at(delays, 0.5) / 1'000,
        at(delays, 0.95) / 1'000, at(delays, 0.99) / 1'000,
        static_cast<unsigned long long>(homeserver.requests()), cpu * 1'000 / mentions,
        bot.resident_kib() / 1'024);
    return answered == static_cast<std::size_t>(mentions) ? 0 : 1;
}
