// A homeserver for one bot process: its client-server API over HTTP, and transactions that are
// repeated, in order and with the same content, until the bot has said 200. For kill and load
// tests.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "adapters/http/server.hpp"
#include "adapters/matrix/options.hpp"
#include "adapters/matrix/registration.hpp"

namespace raadbot::test {

class HomeserverOverHttp {
public:
    struct Settings {
        std::size_t batch = 20;                ///< Events in one transaction, at most.
        std::chrono::milliseconds slowest{0};  ///< Answers to the bot wait up to this long.
        std::chrono::milliseconds again{20};   ///< Between tries of a transaction.
        std::uint64_t seed = 1;
    };
    struct Message {
        std::string room;
        nlohmann::json content;
        bool redacted = false;
        std::chrono::steady_clock::time_point when;
    };

    explicit HomeserverOverHttp(Settings settings);
    ~HomeserverOverHttp();

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// What its requests carry: known to its own bot alone, so that another test's bot, on a port
    /// that a killed one left, takes nothing that is not its own.
    [[nodiscard]] const std::string& hs_token() const { return hs_token_; }
    /// Where the bot listens; may change between runs.
    void set_bot(std::uint16_t port);

    /// A room with these people, the bot in it or only invited.
    void add_room(const std::string& room, const std::vector<std::string>& people, bool joined);
    /// Into the queue for the bot.
    void push(nlohmann::json event);
    /// Nothing waits to be handed over.
    [[nodiscard]] bool handed_over();

    [[nodiscard]] std::map<std::string, Message> messages();
    [[nodiscard]] std::map<std::string, int> joins();
    /// How often a send came with a known transaction id.
    [[nodiscard]] std::uint64_t repeats();
    /// From first try to 200, per transaction.
    [[nodiscard]] std::vector<std::chrono::microseconds> acknowledged();
    [[nodiscard]] std::uint64_t requests();

private:
    http::Response handle(const http::Request& request);
    http::Response send(const std::string& room, const std::string& txn, const std::string& body);
    void hand_over();

    Settings settings_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::mt19937_64 random_;
    std::map<std::string, nlohmann::json> rooms_;
    std::map<std::string, Message> messages_;
    std::map<std::string, std::string> by_txn_;
    std::map<std::string, int> joins_;
    std::deque<nlohmann::json> queue_;
    std::vector<std::chrono::microseconds> acknowledged_;
    std::uint64_t repeats_ = 0, requests_ = 0, next_id_ = 0;
    std::uint16_t bot_port_ = 0;
    bool handing_ = false;
    bool stop_ = false;
    std::uint16_t port_ = 0;
    std::string hs_token_ = matrix::random_token();
    std::unique_ptr<http::Server> server_;
    std::thread hand_;
};

/// A bot process (matrix_host). Killed when it goes out of scope.
class BotProcess {
public:
    BotProcess(std::string data_dir, const HomeserverOverHttp& homeserver);
    ~BotProcess();
    BotProcess(const BotProcess&) = delete;
    BotProcess& operator=(const BotProcess&) = delete;
    /// Returns when it listens; its port.
    std::uint16_t start();
    void kill();
    /// User and system time so far, in seconds.
    [[nodiscard]] double cpu_seconds() const;
    [[nodiscard]] long resident_kib() const;

private:
    std::string data_dir_;
    std::uint16_t homeserver_port_;
    std::string hs_token_;
    int pid_ = -1;
};

}  // namespace raadbot::test
