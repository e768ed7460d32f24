// A plain TCP client for tests of servers: sends bytes as they are, reads with a limit on waiting.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace raadbot::test {

class TcpClient {
public:
    explicit TcpClient(std::uint16_t port, bool v6 = false)
        : socket_(::socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0)) {
        const timeval wait{10, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        int result = 0;
        if (v6) {
            sockaddr_in6 address{};
            address.sin6_family = AF_INET6;
            address.sin6_port = htons(port);
            address.sin6_addr = in6addr_loopback;
            result =
                ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        } else {
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_port = htons(port);
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            result =
                ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        }
        connected_ = result == 0;
    }
    TcpClient(const TcpClient&) = delete;
    TcpClient& operator=(const TcpClient&) = delete;
    ~TcpClient() { ::close(socket_); }

    [[nodiscard]] bool connected() const { return connected_; }
    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;  // The server closed: the answer tells.
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    void finish_sending() const { ::shutdown(socket_, SHUT_WR); }

    /// One more piece; empty at the end of the connection. Throws when nothing comes in ten
    /// seconds.
    std::string piece() const {
        std::array<char, 65536> buffer{};
        const auto size = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            throw std::runtime_error("the server is silent");
        return size <= 0 ? std::string()
                         : std::string(buffer.data(), static_cast<std::size_t>(size));
    }
    std::string until_closed() const {
        std::string out;
        for (std::string more = piece(); !more.empty(); more = piece()) out += more;
        return out;
    }
    /// Head and body of one response that gives its length.
    std::string response() {
        while (true) {
            const auto end = received_.find("\r\n\r\n");
            if (end != std::string::npos) {
                std::size_t length = 0;
                const auto field = received_.find("Content-Length: ");
                if (field != std::string::npos && field < end)
                    length = std::stoul(received_.substr(field + 16));
                const std::size_t whole = end + 4 + length;
                if (received_.size() >= whole) {
                    const std::string out = received_.substr(0, whole);
                    received_.erase(0, whole);
                    return out;
                }
            }
            const std::string more = piece();
            if (more.empty()) return std::exchange(received_, {});
            received_ += more;
        }
    }

private:
    int socket_;
    bool connected_ = false;
    std::string received_;
};

}  // namespace raadbot::test
