#include "adapters/fetch/client.hpp"

#include <netdb.h>
#include <netinet/in.h>

#include <algorithm>
#include <boost/asio/ssl.hpp>
#include <cstring>
#include <limits>
#include <optional>
#include <stdexcept>

#include "adapters/http/net.hpp"

namespace raadbot::fetch {
namespace {

namespace net = http::net;
namespace beast = http::beast;
namespace ssl = net::ssl;
using http::error_code;
using http::tcp;

using Clock = std::chrono::steady_clock;
using PlainStream = beast::tcp_stream;
using TlsStream = ssl::stream<beast::tcp_stream>;
using Parser = beast::http::response_parser<beast::http::string_body>;
using Message = beast::http::request<beast::http::empty_body>;

net::ip::address as_asio(const http::Address& address) {
    const auto v6 = net::ip::address_v6(address);
    if (v6.is_v4_mapped()) return net::ip::make_address_v4(net::ip::v4_mapped, v6);
    return v6;
}

http::Address as_ours(const net::ip::address& address) {
    if (address.is_v6()) return address.to_v6().to_bytes();
    return net::ip::make_address_v6(net::ip::v4_mapped, address.to_v4()).to_bytes();
}

/// One open connection and what it reads ahead.
struct Connection {
    net::io_context io{1};
    std::string origin;
    http::Address peer{};
    std::optional<PlainStream> plain;
    std::optional<TlsStream> tls;
    beast::flat_buffer buffer;

    PlainStream& socket() { return tls ? tls->next_layer() : *plain; }
};

template <class Stream>
net::awaitable<error_code> write_and_read_head(Connection& connection, Stream& stream,
                                               const Message& message, Parser& parser,
                                               Clock::time_point deadline) {
    error_code error;
    connection.socket().expires_at(deadline);
    co_await beast::http::async_write(stream, message,
                                      net::redirect_error(net::use_awaitable, error));
    if (error) co_return error;
    connection.socket().expires_at(deadline);
    co_await beast::http::async_read_header(stream, connection.buffer, parser,
                                            net::redirect_error(net::use_awaitable, error));
    co_return error;
}

template <class Stream>
net::awaitable<error_code> read_body(Connection& connection, Stream& stream, Parser& parser,
                                     Clock::time_point deadline) {
    error_code error;
    connection.socket().expires_at(deadline);
    co_await beast::http::async_read(stream, connection.buffer, parser,
                                     net::redirect_error(net::use_awaitable, error));
    co_return error;
}

net::awaitable<error_code> open(Connection& connection, tcp::endpoint endpoint,
                                Clock::time_point deadline) {
    error_code error;
    connection.socket().expires_at(deadline);
    co_await connection.socket().async_connect(endpoint,
                                               net::redirect_error(net::use_awaitable, error));
    if (error || !connection.tls) co_return error;
    connection.socket().expires_at(deadline);
    co_await connection.tls->async_handshake(TlsStream::client,
                                             net::redirect_error(net::use_awaitable, error));
    co_return error;
}

/// Runs one coroutine to its end.
error_code run(Connection& connection, net::awaitable<error_code> work) {
    error_code outcome;
    std::exception_ptr thrown;
    const auto done = [&](const std::exception_ptr& exception, error_code error) {
        thrown = exception;
        outcome = error;
    };
    connection.io.restart();
    net::co_spawn(connection.io, std::move(work), done);
    connection.io.run();
    if (thrown) std::rethrow_exception(thrown);
    return outcome;
}

tl::unexpected<Error> failed(const std::string& where, const error_code& error) {
    if (error == beast::error::timeout)
        return fail(ErrorCode::timed_out, where + " takes too long to answer");
    if (error == beast::http::error::body_limit || error == beast::http::error::header_limit)
        return fail(ErrorCode::too_large, where + " sends more than is taken");
    if (error.category() == net::error::get_ssl_category())
        return fail(ErrorCode::unavailable, where + ": TLS: " + error.message() +
                                                " (is the certificate valid for the name, and its "
                                                "authority known to this machine?)");
    return fail(ErrorCode::unavailable, where + ": " + error.message());
}

}  // namespace

Resolver system_resolver() {
    return [](const std::string& host) -> Result<std::vector<http::Address>> {
        addrinfo hints{};
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* list = nullptr;
        const int code = ::getaddrinfo(host.c_str(), nullptr, &hints, &list);
        if (code != 0) {
            return fail(code == EAI_AGAIN ? ErrorCode::unavailable : ErrorCode::not_found,
                        host + ": no address: " + ::gai_strerror(code));
        }
        std::vector<http::Address> out;
        for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
            http::Address address{};
            if (one->ai_family == AF_INET6) {
                sockaddr_in6 v6{};
                std::memcpy(&v6, one->ai_addr, sizeof v6);
                std::memcpy(address.data(), &v6.sin6_addr, address.size());
            } else if (one->ai_family == AF_INET) {
                sockaddr_in v4{};
                std::memcpy(&v4, one->ai_addr, sizeof v4);
                address[10] = address[11] = 0xff;
                std::memcpy(address.data() + 12, &v4.sin_addr, 4);
            } else {
                continue;
            }
            if (std::find(out.begin(), out.end(), address) == out.end()) out.push_back(address);
        }
        ::freeaddrinfo(list);
        return out;
    };
}

struct Client::Impl {
    explicit Impl(ClientOptions given) : options(std::move(given)) {
        error_code error;
        tls.set_default_verify_paths(error);
        if (!options.authorities.empty()) {
            tls.load_verify_file(options.authorities.string(), error);
            if (error) {
                throw std::runtime_error(options.authorities.string() +
                                         ": no certificates could be read: " + error.message());
            }
        }
        tls.set_verify_mode(ssl::verify_peer);
    }

    /// Resolves, checks, connects.
    Result<void> connect(const http::WebUrl& url, const AddressPolicy& policy,
                         Clock::time_point deadline) {
        connection.reset();
        std::vector<http::Address> addresses;
        if (const auto literal = url.address()) {
            addresses.push_back(*literal);
        } else {
            if (const auto why = policy.refusal(url.host); !why.empty()) {
                return fail(ErrorCode::denied,
                            url.host + " is " + std::string(why) + ": not asked for");
            }
            auto resolved = options.resolver(url.host);
            if (!resolved) return tl::unexpected(resolved.error());
            addresses = std::move(*resolved);
        }
        if (addresses.empty()) return fail(ErrorCode::not_found, url.host + ": no address");
        // All of them: a name that mixes public and private addresses is not to be trusted.
        for (const http::Address& address : addresses) {
            const std::string_view why = policy.refusal(address);
            if (!why.empty()) {
                return fail(ErrorCode::denied, url.host + " is at " + http::to_string(address) +
                                                   " (" + std::string(why) +
                                                   "): not connected; an intranet's networks are "
                                                   "named in private_networks");
            }
        }
        Result<void> outcome = fail(ErrorCode::unavailable, url.host + ": no connection");
        for (const http::Address& address : addresses) {
            outcome = connect_to(url, address, deadline);
            if (outcome || outcome.error().code == ErrorCode::timed_out) break;
        }
        return outcome;
    }

    Result<void> connect_to(const http::WebUrl& url, const http::Address& address,
                            Clock::time_point deadline) {
        auto fresh = std::make_unique<Connection>();
        fresh->origin = url.origin();
        if (url.https) {
            fresh->tls.emplace(fresh->io, tls);
            if (!url.address()) {  // SSL_set_tlsext_host_name, without its C cast.
                std::string server = url.host;
                SSL_ctrl(fresh->tls->native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME,
                         TLSEXT_NAMETYPE_host_name, server.data());
            }
            std::string name = url.host;
            if (name.starts_with('[')) name = name.substr(1, name.size() - 2);
            fresh->tls->set_verify_callback(ssl::host_name_verification(name));
        } else {
            fresh->plain.emplace(fresh->io);
        }
        const tcp::endpoint endpoint(as_asio(address), url.port);
        if (const error_code error = run(*fresh, open(*fresh, endpoint, deadline)))
            return failed(url.host, error);
        error_code error;
        const auto remote = fresh->socket().socket().remote_endpoint(error);
        if (error || as_ours(remote.address()) != address) {
            return fail(ErrorCode::denied, url.host +
                                               ": connected to another address than was "
                                               "checked");
        }
        fresh->peer = address;
        connection = std::move(fresh);
        return {};
    }

    error_code talk(const Message& message, Parser& parser, Clock::time_point deadline) {
        Connection& c = *connection;
        if (c.tls) return run(c, write_and_read_head(c, *c.tls, message, parser, deadline));
        return run(c, write_and_read_head(c, *c.plain, message, parser, deadline));
    }
    error_code rest(Parser& parser, Clock::time_point deadline) {
        Connection& c = *connection;
        if (c.tls) return run(c, read_body(c, *c.tls, parser, deadline));
        return run(c, read_body(c, *c.plain, parser, deadline));
    }

    ClientOptions options;
    ssl::context tls{ssl::context::tls_client};
    std::unique_ptr<Connection> connection;
    std::uint64_t requests = 0;
};

Client::Client(ClientOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Client::~Client() = default;

std::uint64_t Client::requests() const { return impl_->requests; }

Result<Fetched> Client::get(const http::WebUrl& url, const std::vector<http::Field>& fields,
                            const AddressPolicy& policy, const Wanted& wanted) {
    Impl& self = *impl_;
    if (url.credentials) return fail(ErrorCode::denied, "an address with a password in it");
    const Clock::time_point deadline = Clock::now() + self.options.time;
    Message message(beast::http::verb::get, url.target(), 11);
    std::string host = url.origin();
    host.erase(0, host.find("//") + 2);
    message.set(beast::http::field::host, host);
    message.set(beast::http::field::user_agent, self.options.user_agent);
    message.set(beast::http::field::accept_encoding, "gzip, deflate");
    for (const http::Field& field : fields) message.set(field.name, field.value);

    std::optional<Parser> parser;
    for (int attempt = 0;; ++attempt) {
        const bool kept = self.connection && self.connection->origin == url.origin() &&
                          policy.refusal(self.connection->peer).empty();
        if (!kept) {
            if (auto connected = self.connect(url, policy, deadline); !connected)
                return tl::unexpected(connected.error());
        }
        parser.emplace();
        parser->header_limit(self.options.header_bytes);
        // Set below, since what is not wanted may be as long as it is. ("None" refuses all
        // in 1.74.)
        parser->body_limit(std::numeric_limits<std::uint64_t>::max());
        ++self.requests;
        const error_code error = self.talk(message, *parser, deadline);
        if (!error) break;
        self.connection.reset();
        // A kept connection may have been closed by the server in the meantime.
        const bool stale =
            kept && attempt == 0 && !parser->got_some() && error != beast::error::timeout;
        if (!stale) return failed(url.host, error);
    }

    Fetched out;
    out.status = parser->get().result_int();
    out.peer = self.connection->peer;
    for (const auto& field : parser->get()) {
        out.fields.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    if (wanted && !wanted(out)) {
        out.skipped = !parser->is_done();
        if (out.skipped) self.connection.reset();
        return out;
    }
    if (parser->content_length().value_or(0) > self.options.body_bytes) {
        self.connection.reset();
        return failed(url.host, beast::http::error::body_limit);
    }
    parser->body_limit(self.options.body_bytes);
    if (!parser->is_done()) {
        if (const error_code error = self.rest(*parser, deadline)) {
            self.connection.reset();
            return failed(url.host, error);
        }
    }
    if (!parser->get().keep_alive()) self.connection.reset();
    out.body = std::move(parser->get().body());
    std::string coding(out.field("Content-Encoding"));
    std::transform(coding.begin(), coding.end(), coding.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (coding == "gzip" || coding == "x-gzip" || coding == "deflate") {
        auto unpacked = inflate(out.body, self.options.inflate);
        if (!unpacked) {
            return fail(unpacked.error().code,
                        url.host + ": a packed page " + unpacked.error().message);
        }
        out.body = std::move(*unpacked);
    } else if (!coding.empty() && coding != "identity") {
        return fail(ErrorCode::unavailable, url.host + ": packs pages as \"" +
                                                coding.substr(0, 40) +
                                                "\", which was not asked for");
    }
    return out;
}

}  // namespace raadbot::fetch
