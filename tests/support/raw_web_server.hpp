// A web server for tests that says exactly what a test wants said, byte by byte if need be, on any
// address of 127/8, at a port of the kernel's. It counts connections and keeps every request.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace raadbot::support {

/// Head and target of one request.
struct Asked {
    std::string target;
    std::string head;
    std::string body;  ///< When its length is given.
    /// The value of a header, by its name as it was sent; empty when absent.
    [[nodiscard]] std::string field(std::string_view name) const {
        const std::string key = "\r\n" + std::string(name) + ":";
        const auto at = head.find(key);
        if (at == std::string::npos) return {};
        const auto begin = head.find_first_not_of(' ', at + key.size());
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
};

/// A whole response with its length.
inline std::string reply(int status, std::string_view type, std::string_view body,
                         std::string_view fields = {}) {
    return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: " + std::string(type) +
           "\r\n" + std::string(fields) + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + std::string(body);
}
inline std::string html(std::string_view body, std::string_view fields = {}) {
    return reply(200, "text/html; charset=utf-8", body, fields);
}
inline std::string redirect(std::string_view to, int status = 302, std::string_view fields = {}) {
    return reply(status, "text/html", "",
                 "Location: " + std::string(to) + "\r\n" + std::string(fields));
}

class RawWebServer {
public:
    using Answer = std::function<std::string(const Asked&)>;

    /// An answer of "" closes the connection; one that ends with `hold` leaves it open and silent,
    /// with `hang_up` closes it after what stands before.
    explicit RawWebServer(Answer answer, const std::string& address = "127.0.0.1")
        : answer_(std::move(answer)), address_(address) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        ::inet_pton(AF_INET, address.c_str(), &where.sin_addr);
        socklen_t size = sizeof where;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&where), size) != 0 ||
            ::listen(listener_, 64) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&where), &size) != 0) {
            throw std::runtime_error("cannot listen on " + address);
        }
        port_ = ntohs(where.sin_port);
        thread_ = std::jthread([this](const std::stop_token& stop) { accept_all(stop); });
    }
    ~RawWebServer() {
        thread_.request_stop();
        ::shutdown(listener_, SHUT_RDWR);
        {
            const std::lock_guard lock(mutex_);
            for (const int open : open_) ::shutdown(open, SHUT_RDWR);
        }
        thread_.join();
        ::close(listener_);
    }
    RawWebServer(const RawWebServer&) = delete;
    RawWebServer& operator=(const RawWebServer&) = delete;

    static constexpr std::string_view hold = "<HOLD>";
    static constexpr std::string_view hang_up = "<HANG UP>";

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string url(std::string_view target = "/") const {
        return "http://" + address_ + ":" + std::to_string(port_) + std::string(target);
    }
    [[nodiscard]] int connections() const { return connections_; }
    [[nodiscard]] std::vector<Asked> asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }
    [[nodiscard]] std::size_t count(std::string_view target) const {
        const std::lock_guard lock(mutex_);
        std::size_t out = 0;
        for (const Asked& one : asked_) out += one.target == target ? 1U : 0U;
        return out;
    }
    void forget_requests() {
        const std::lock_guard lock(mutex_);
        asked_.clear();
    }

private:
    void accept_all(const std::stop_token& stop) {
        std::vector<std::jthread> talks;
        while (!stop.stop_requested()) {
            const int talk = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (talk < 0) {
                if (errno == EINTR || errno == ECONNABORTED) continue;
                break;
            }
            ++connections_;
            {
                const std::lock_guard lock(mutex_);
                open_.push_back(talk);
                if (stop.stop_requested()) ::shutdown(talk, SHUT_RDWR);
            }
            talks.emplace_back([this, talk] { serve(talk); });
        }
    }

    void serve(int talk) {
        std::string buffer;
        std::array<char, 16'384> piece{};
        while (true) {
            const auto end = buffer.find("\r\n\r\n");
            if (end == std::string::npos) {
                const auto got = ::recv(talk, piece.data(), piece.size(), 0);
                if (got <= 0) break;
                buffer.append(piece.data(), static_cast<std::size_t>(got));
                continue;
            }
            Asked asked;
            asked.head = buffer.substr(0, end + 2);
            buffer.erase(0, end + 4);
            const std::string length = asked.field("Content-Length");
            const std::size_t size = length.empty() ? 0 : std::stoul(length);
            while (buffer.size() < size) {
                const auto got = ::recv(talk, piece.data(), piece.size(), 0);
                if (got <= 0) break;
                buffer.append(piece.data(), static_cast<std::size_t>(got));
            }
            asked.body = buffer.substr(0, size);
            buffer.erase(0, size);
            const auto first = asked.head.find(' ');
            asked.target =
                asked.head.substr(first + 1, asked.head.find(' ', first + 1) - first - 1);
            {
                const std::lock_guard lock(mutex_);
                asked_.push_back(asked);
            }
            std::string answer = answer_(asked);
            const bool silent = answer.ends_with(hold);
            if (silent) answer.resize(answer.size() - hold.size());
            const bool ends = answer.ends_with(hang_up);
            if (ends) answer.resize(answer.size() - hang_up.size());
            std::string_view rest = answer;
            while (!rest.empty()) {
                const auto sent = ::send(talk, rest.data(), rest.size(), MSG_NOSIGNAL);
                if (sent <= 0) break;
                rest.remove_prefix(static_cast<std::size_t>(sent));
            }
            if (silent) {  // Until the other side, or the test, ends it.
                while (::recv(talk, piece.data(), piece.size(), 0) > 0) {
                }
                break;
            }
            if (answer.empty() || !rest.empty() || ends) break;
        }
        const std::lock_guard lock(mutex_);
        std::erase(open_, talk);
        ::close(talk);
    }

    Answer answer_;
    std::string address_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_{0};
    mutable std::mutex mutex_;
    std::vector<Asked> asked_;
    std::vector<int> open_;
    std::jthread thread_;
};

}  // namespace raadbot::support
