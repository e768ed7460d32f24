// kill -9 at random points under load. This process plays the outside world: it hands events to a
// child that runs Delivery, takes the child's messages, and kills it. What was acknowledged must
// arrive; what was not is handed in again, as Teams does. Afterwards every answer is counted.
//
// Absolute: nothing lost, nothing answered that was not asked, every repeat marked as such.
//
// Repeats cannot be absolute: a message whose sender dies before the peer's answer reaches it may
// or may not have arrived. At most one per hundred kills is the claim. The wait for the peer, which
// on a busy machine is the wait for a processor, is measured here, and a run fails when its repeats
// are more than the claim or that wait explain (one honest run in a million would). That
// the doubt ends with the answer and not with the next commit is a unit test's business.
//
// delivery_kills <kills> <seed> [events per second]
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bot/delivery/delivery.hpp"

namespace {

using namespace std::chrono_literals;
using namespace raadbot;
using Clock = std::chrono::steady_clock;

bool give(int socket, const std::string& packet) {
    return ::send(socket, packet.data(), packet.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(packet.size());
}

std::string take(int socket) {
    char buffer[256];
    const ssize_t size = ::recv(socket, buffer, sizeof buffer, 0);
    return size > 0 ? std::string(buffer, static_cast<std::size_t>(size)) : std::string();
}

class PipeSender final : public bot::Sender {
public:
    explicit PipeSender(int socket) : socket_(socket) {}
    bot::SendResult send(const bot::Outgoing& outgoing) override {
        const std::lock_guard lock(mutex_);
        bot::SendResult result;
        const auto begun = Clock::now();
        if (!give(socket_, (outgoing.doubtful ? "?" : "!") + outgoing.body + " " +
                               std::to_string(waited_ / 1us))) {
            return result;
        }
        result.remote_id = take(socket_);
        if (!result.remote_id.empty()) result.kind = bot::SendResult::Kind::sent;
        waited_ += Clock::now() - begun;
        return result;
    }
    bool repeats_are_harmless() const override { return false; }

private:
    std::mutex mutex_;
    Clock::duration waited_{};  // For the peer, by this process; told with the next message.
    int socket_;
};

[[noreturn]] void child(const std::filesystem::path& dir, int events, int remote) {
    delivery::Delivery::Inputs inputs;
    inputs.data_dir = dir;
    inputs.options.retry.first = 1ms;
    delivery::Channel channel;
    channel.name = "test";
    channel.handle = [](const delivery::Event& event, const delivery::Known&) {
        delivery::Handling handling;
        handling.question = event.event;
        handling.parts = {{event.payload, ""}};
        return handling;
    };
    channel.sender = std::make_shared<PipeSender>(remote);
    inputs.channels.push_back(std::move(channel));
    const auto running = delivery::Delivery::open(std::move(inputs)).value();
    std::vector<std::thread> threads;
    for (int n = 0; n < 4; ++n) {
        threads.emplace_back([&] {
            while (true) {
                const std::string packet = take(events);
                if (packet.empty()) return;
                delivery::Event event;
                event.channel = "test";
                event.event = event.payload = packet;
                event.conversation = "c" + std::to_string(std::stoul(packet) % 50);
                if (running->accept(std::move(event)) != delivery::Accepted::full)
                    give(events, packet);
            }
        });
    }
    give(events, "ready");
    for (auto& thread : threads) thread.join();
    while (!running->idle()) std::this_thread::sleep_for(1ms);
    ::_exit(0);
}

struct World {
    std::set<unsigned long> unacknowledged;
    std::set<unsigned long> acknowledged;
    std::map<unsigned long, int> arrived;
    std::size_t unmarked = 0;  // Repeats that did not say so.
    unsigned long next = 0;
    std::chrono::microseconds lived{}, waited{};  // By killed children; waiting for the peer.
};

/// The peer: takes every message at once, until the child is gone. Answers first and counts
/// afterwards: its own work is not the child's doubt.
std::chrono::microseconds receive(int remote, World& world) {
    std::chrono::microseconds waited{};
    for (std::string packet = take(remote); !packet.empty(); packet = take(remote)) {
        give(remote, "m" + packet.substr(0, packet.find(' ')));
        std::size_t digits = 0;
        const unsigned long n = std::stoul(packet.substr(1), &digits);
        if (++world.arrived[n] > 1 && packet[0] != '?') ++world.unmarked;
        waited = std::chrono::microseconds(std::stol(packet.substr(1 + digits)));
    }
    return waited;
}

/// The least number that a Poisson variable of this mean exceeds less than once in a million times.
std::size_t million_to_one(double mean) {
    double term = std::exp(-mean), sum = term;
    std::size_t k = 0;
    while (sum < 1 - 1e-6) {
        ++k;
        term *= mean / static_cast<double>(k);
        sum += term;
    }
    return k;
}

/// One run of the child; killed after `life` unless that is zero, then until all is answered.
void run(World& world, const std::filesystem::path& dir, std::chrono::microseconds life,
         int per_second) {
    int events[2], remote[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, events) != 0 ||
        ::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, remote) != 0) {
        throw std::runtime_error("socketpair");
    }
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::close(events[0]);
        ::close(remote[0]);
        child(dir, events[1], remote[1]);
    }
    ::close(events[1]);
    ::close(remote[1]);
    if (take(events[0]) != "ready") throw std::runtime_error("the child did not start");
    for (const unsigned long n : world.unacknowledged) give(events[0], std::to_string(n));
    std::chrono::microseconds waited{};
    std::thread peer([&] { waited = receive(remote[0], world); });
    const auto start = Clock::now();
    const bool killed = life.count() > 0;
    unsigned long sent = 0;
    const auto answered = [&](const std::string& packet) {
        world.unacknowledged.erase(std::stoul(packet));
        world.acknowledged.insert(std::stoul(packet));
    };
    while (killed || !world.unacknowledged.empty()) {
        const auto age = Clock::now() - start;
        if (killed && age >= life) {
            ::kill(pid, SIGKILL);
            world.lived += std::chrono::floor<std::chrono::microseconds>(age);
            break;
        }
        while (per_second > 0 && age / 1us * per_second / 1'000'000 > static_cast<long>(sent)) {
            ++sent;
            world.unacknowledged.insert(world.next);
            give(events[0], std::to_string(world.next++));
        }
        pollfd socket{events[0], POLLIN, 0};
        if (::poll(&socket, 1, 1) != 1) continue;
        const std::string packet = take(events[0]);
        if (packet.empty()) throw std::runtime_error("the child died by itself");
        answered(packet);
    }
    // The last run: no more events, finish and end.
    if (!killed) ::shutdown(events[0], SHUT_WR);
    ::waitpid(pid, nullptr, 0);
    peer.join();
    if (killed) world.waited += waited;
    // What the child had written before it died did reach the world.
    for (std::string packet = take(events[0]); !packet.empty(); packet = take(events[0])) {
        answered(packet);
    }
    ::close(events[0]);
    ::close(remote[0]);
}

}  // namespace

int main(int count, char** arguments) {
    const int kills = count > 1 ? std::stoi(arguments[1]) : 300;
    const unsigned long seed = count > 2 ? std::stoul(arguments[2]) : 1;
    const int per_second = count > 3 ? std::stoi(arguments[3]) : 30;
    std::string name = (std::filesystem::temp_directory_path() / "raadbot-kills-XXXXXX").string();
    const std::filesystem::path dir = ::mkdtemp(name.data());
    std::mt19937_64 random(seed);
    World world;
    for (int n = 0; n < kills; ++n) {
        run(world, dir, std::chrono::microseconds(1'000 + random() % 200'000), per_second);
    }
    run(world, dir, 0us, 0);
    std::filesystem::remove_all(dir);

    std::size_t lost = 0, repeated = 0, unasked = 0;
    for (const unsigned long n : world.acknowledged) lost += world.arrived.contains(n) ? 0U : 1U;
    for (const auto& [n, times] : world.arrived) {
        repeated += static_cast<std::size_t>(times - 1);
        unasked += world.acknowledged.contains(n) ? 0U : 1U;
    }
    const double exposure = static_cast<double>(world.waited.count()) /
                            static_cast<double>(std::max<std::int64_t>(world.lived.count(), 1));
    const double claim = kills / 100.0, explained = exposure * kills;
    const std::size_t most = million_to_one(std::max(claim, explained));
    std::printf(
        "seed %lu, %d kills, %d events/s: %zu acknowledged, %zu lost, %zu answered without being "
        "asked; %zu sent twice (claim: %.0f), %zu of them unmarked; %.2f %% of the time was spent "
        "waiting for the peer, which explains %.1f; more than %zu would be a fault\n",
        seed, kills, per_second, world.acknowledged.size(), lost, unasked, repeated, claim,
        world.unmarked, 100 * exposure, explained, most);
    const bool good = lost == 0 && unasked == 0 && world.unmarked == 0 && repeated <= most;
    return good ? 0 : 1;
}
