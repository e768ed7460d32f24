// kill -9 at random points under load. This process plays the outside world: it hands events to a
// child that runs Delivery, takes the child's messages, and kills it. What was acknowledged must
// arrive; what was not is handed in again, as Teams does. Afterwards every answer is counted.
//
// delivery_kills <kills> <seed> [events per second]
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
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
        if (!give(socket_, (outgoing.doubtful ? "?" : "!") + outgoing.body)) return result;
        result.remote_id = take(socket_);
        if (!result.remote_id.empty()) result.kind = bot::SendResult::Kind::sent;
        return result;
    }
    bool repeats_are_harmless() const override { return false; }

private:
    std::mutex mutex_;
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
    std::size_t marked = 0;  // Repeats that said so.
    unsigned long next = 0;
};

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
    const auto start = Clock::now();
    unsigned long sent = 0;
    bool alive = true, closing = false;
    while (alive) {
        const auto now = Clock::now();
        if (life.count() > 0 && now - start >= life) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
            life = 0us;
            per_second = 0;
        }
        while (per_second > 0 &&
               (now - start) / 1us * per_second / 1'000'000 > static_cast<long>(sent)) {
            ++sent;
            world.unacknowledged.insert(world.next);
            give(events[0], std::to_string(world.next++));
        }
        if (per_second == 0 && !closing && life.count() == 0 && world.unacknowledged.empty()) {
            closing = true;  // The last run: no more events, finish and end.
            ::shutdown(events[0], SHUT_WR);
        }
        pollfd sockets[2] = {{events[0], POLLIN, 0}, {remote[0], POLLIN, 0}};
        ::poll(sockets, 2, 1);
        if ((sockets[1].revents & (POLLIN | POLLHUP)) != 0) {
            const std::string packet = take(remote[0]);
            if (packet.empty()) {
                alive = false;
            } else {
                if (packet[0] == '?') ++world.marked;
                ++world.arrived[std::stoul(packet.substr(1))];
                give(remote[0], "m" + packet);
            }
        }
        if ((sockets[0].revents & POLLIN) != 0) {
            const std::string packet = take(events[0]);
            if (!packet.empty()) {
                world.unacknowledged.erase(std::stoul(packet));
                world.acknowledged.insert(std::stoul(packet));
            }
        }
    }
    // What the child had written before it died did reach the world.
    for (std::string packet = take(events[0]); !packet.empty(); packet = take(events[0])) {
        world.unacknowledged.erase(std::stoul(packet));
        world.acknowledged.insert(std::stoul(packet));
    }
    ::close(events[0]);
    ::close(remote[0]);
    ::waitpid(pid, nullptr, 0);
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
    std::printf(
        "seed %lu, %d kills, %d events/s: %zu acknowledged, %zu lost, %zu sent twice, %zu repeats "
        "marked doubtful, %zu answered without being asked\n",
        seed, kills, per_second, world.acknowledged.size(), lost, repeated, world.marked, unasked);
    const bool good = lost == 0 && unasked == 0 &&
                      repeated * 100 <= static_cast<std::size_t>(kills) && repeated <= world.marked;
    return good ? 0 : 1;
}
