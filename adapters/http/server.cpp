#include "adapters/http/server.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <ctime>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "adapters/http/forwarded.hpp"
#include "adapters/http/gate.hpp"
#include "adapters/http/net.hpp"
#include "adapters/http/security.hpp"
#include "adapters/http/url.hpp"

namespace raadbot::http {
namespace {

using std::chrono::steady_clock;

struct Session {
    Session(tcp::socket socket, Address peer_address, const Listener& from, GateLimits limits)
        : stream(std::move(socket)),
          done(stream.get_executor()),
          peer(peer_address),
          listener(from),
          gate(limits) {}

    beast::tcp_stream stream;  // On a strand of its own; so is everything below.
    net::steady_timer done;    // Waits for the handler: cancelled when it is done.
    Address peer;
    const Listener& listener;
    Gate gate;
    std::string received;
    std::array<char, 8192> piece{};
    bool idle = true;
};

struct Job {
    Request request;
    Response response;
    bool done = false;
};

/// Closed when the server has stopped: responses that come later go nowhere.
struct Door {
    std::mutex mutex;
    bool open = true;
};

/// On the session's strand: runs only after the coroutine has begun to wait.
void hand_over(const std::shared_ptr<Session>& session, const std::shared_ptr<Job>& job,
               Response response) {
    net::post(session->stream.get_executor(),
              [session, job, response = std::move(response)]() mutable {
                  job->response = std::move(response);
                  job->done = true;
                  session->done.cancel();
              });
}

enum class Read { request, refused, gone };

Response plain(unsigned status, std::string_view text) {
    Response out;
    out.status = status;
    out.body = std::string(text) + "\n";
    return out;
}

std::string http_date() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[40] = {};
    const std::size_t size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text, size};
}

bool is_field_text(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    });
}

/// The response as it goes out, in one piece. What would break the header section is not sent.
std::string as_bytes(Response response, bool head, bool keep_alive) {
    const bool sound =
        response.status >= 200 && response.status <= 599 && is_field_text(response.content_type) &&
        std::all_of(response.fields.begin(), response.fields.end(), [](const Field& field) {
            return is_field_text(field.name) && is_field_text(field.value);
        });
    if (!sound) response = plain(500, "internal error");
    std::string out;
    out.reserve(1'024 + (head ? 0 : response.body.size()));
    const auto add = [&out](std::string_view name, std::string_view value) {
        out.append(name).append(": ").append(value).append("\r\n");
    };
    const auto reason = beast::http::obsolete_reason(beast::http::int_to_status(response.status));
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(reason.data(), reason.size()).append("\r\n");
    add("Date", http_date());
    for (const Field& field : response.fields) add(field.name, field.value);
    if (!keep_alive) add("Connection", "close");
    const bool bodiless = response.status == 204 || response.status == 304;
    if (!bodiless) {
        add("Content-Type", response.content_type);
        add("Content-Length", std::to_string(response.body.size()));
    }
    out.append("\r\n");
    if (!head && !bodiless) out.append(response.body);
    return out;
}

/// The gate's request as the library reads it. Nothing when the two disagree.
std::optional<Request> parsed(std::string_view bytes, const GateLimits& limits, bool& keep_alive) {
    beast::http::request_parser<beast::http::string_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(limits.head + 1'024));
    parser.body_limit(limits.body);
    parser.eager(true);
    std::size_t used = 0;
    while (used < bytes.size() && !parser.is_done()) {
        error_code error;
        const std::size_t taken =
            parser.put(net::buffer(bytes.data() + used, bytes.size() - used), error);
        used += taken;
        if (error || taken == 0) break;
    }
    if (!parser.is_done() || used != bytes.size()) return std::nullopt;

    auto& message = parser.get();
    keep_alive = message.keep_alive();
    Request out;
    out.method = std::string(message.method_string());
    for (const auto& field : message) {
        out.fields.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    out.body = std::move(message.body());
    std::string_view target(message.target().data(), message.target().size());
    if (!target.empty() && target.front() != '/' &&
        target != "*") {  // Absolute form, checked by the gate.
        const auto path = target.find_first_of("/?", target.find("://") + 3);
        target = path == std::string_view::npos ? std::string_view{} : target.substr(path);
    }
    const auto question = target.find('?');
    if (question != std::string_view::npos) out.query = std::string(target.substr(question + 1));
    auto path = percent_decoded(target.substr(0, question));
    if (!path || !is_utf8(*path)) return std::nullopt;
    out.path = path->empty() ? "/" : std::move(*path);
    return out;
}

Address address_of(const tcp::endpoint& endpoint) {
    const auto address = endpoint.address();
    return parse_address(address.to_string()).value_or(Address{});
}

class RunningServer final : public Server {
public:
    RunningServer(ServerOptions options, std::vector<Listener> listeners)
        : options_(std::move(options)),
          listeners_(std::move(listeners)),
          io_(static_cast<int>(options_.io_threads)),
          pool_(options_.handler_threads) {
        for (const std::string& proxy : options_.trusted_proxies) {
            if (const auto network = parse_network(proxy)) trusted_.push_back(*network);
        }
    }
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;
    ~RunningServer() override { stop(); }

    Result<void> listen();
    void run();
    std::vector<std::uint16_t> ports() const override { return ports_; }
    ServerFigures figures() const override;
    void stop() override;

private:
    net::awaitable<void> accept(std::size_t which);
    void admit(tcp::socket socket, const Listener& listener);
    void leave(const std::shared_ptr<Session>& session);
    net::awaitable<void> serve(std::shared_ptr<Session> session);
    net::awaitable<Read> read(Session& session);
    net::awaitable<Response> answer(std::shared_ptr<Session> session, Request request,
                                    bool& keep_alive);
    bool taken_at_once(const std::shared_ptr<Session>& session, const std::shared_ptr<Job>& job);
    void to_handler(const std::shared_ptr<Session>& session, const std::shared_ptr<Job>& job);
    net::awaitable<bool> write(Session& session, Response response, bool head, bool keep_alive);
    net::awaitable<void> linger(Session& session);

    ServerOptions options_;
    std::vector<Listener> listeners_;
    std::vector<Network> trusted_;
    net::io_context io_;
    net::thread_pool pool_;
    std::vector<tcp::acceptor> acceptors_;
    std::vector<std::uint16_t> ports_;
    std::vector<std::thread> threads_;
    std::atomic<bool> stopping_{false};
    std::once_flag stopped_;
    const std::shared_ptr<Door> door_ = std::make_shared<Door>();
    std::atomic<std::size_t> waiting_{0};
    std::atomic<std::uint64_t> connections_{0}, requests_{0}, refused_{0}, overloaded_{0},
        turned_away_{0};

    mutable std::mutex mutex_;
    std::condition_variable all_gone_;
    std::set<std::shared_ptr<Session>> sessions_;      // Guarded by mutex_.
    std::map<Address, std::size_t> open_per_address_;  // Guarded by mutex_.
};

Result<void> RunningServer::listen() {
    for (const Listener& listener : listeners_) {
        const std::string place = listener.address + " port " + std::to_string(listener.port);
        error_code error;
        const auto address = net::ip::make_address(listener.address, error);
        if (error) {
            return fail(ErrorCode::invalid_config, "listener " + listener.name + ": \"" +
                                                       listener.address +
                                                       "\" is not an IP address");
        }
        const tcp::endpoint endpoint(address, listener.port);
        tcp::acceptor acceptor(net::make_strand(io_));
        acceptor.open(endpoint.protocol(), error);
        if (!error) acceptor.set_option(net::socket_base::reuse_address(true), error);
        if (!error && address.is_v6()) acceptor.set_option(net::ip::v6_only(true), error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(net::socket_base::max_listen_connections, error);
        if (error) {
            const bool used = error == net::error::address_in_use;
            const bool denied = error == net::error::access_denied;
            return fail(used     ? ErrorCode::conflict
                        : denied ? ErrorCode::denied
                                 : ErrorCode::unavailable,
                        "listener " + listener.name + ": cannot listen on " + place + ": " +
                            error.message() +
                            (used ? "; stop what uses it or choose another port" : ""));
        }
        ports_.push_back(acceptor.local_endpoint().port());
        acceptors_.push_back(std::move(acceptor));
    }
    return {};
}

void RunningServer::run() {
    for (std::size_t i = 0; i < acceptors_.size(); ++i) {
        net::co_spawn(acceptors_[i].get_executor(), accept(i), [](std::exception_ptr) {});
    }
    for (unsigned i = 0; i < options_.io_threads; ++i) {
        threads_.emplace_back([this] { io_.run(); });
    }
}

ServerFigures RunningServer::figures() const {
    const std::lock_guard lock(mutex_);
    return {connections_, sessions_.size(), requests_, refused_, overloaded_, turned_away_};
}

net::awaitable<void> RunningServer::accept(std::size_t which) {
    tcp::acceptor& acceptor = acceptors_[which];
    const Listener& listener = listeners_[which];
    while (!stopping_) {
        error_code error;
        tcp::socket socket(net::make_strand(io_));
        co_await acceptor.async_accept(socket, net::redirect_error(net::use_awaitable, error));
        if (stopping_ || error == net::error::operation_aborted) co_return;
        if (!error) {
            admit(std::move(socket), listener);
            continue;
        }
        // Out of file handles, or the peer left already: the listener must live on.
        net::steady_timer pause(acceptor.get_executor());
        pause.expires_after(std::chrono::milliseconds(50));
        co_await pause.async_wait(net::redirect_error(net::use_awaitable, error));
    }
}

void RunningServer::admit(tcp::socket socket, const Listener& listener) {
    error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return;
    const Address peer = address_of(endpoint);
    ++connections_;
    const bool behind_proxy =
        std::any_of(trusted_.begin(), trusted_.end(),
                    [&](const Network& network) { return network.holds(peer); });
    std::shared_ptr<Session> session;
    {
        const std::lock_guard lock(mutex_);
        std::size_t& mine = open_per_address_[asker_key(peer)];
        // A reverse proxy is many askers.
        if (sessions_.size() < options_.connections &&
            (behind_proxy || mine < options_.connections_per_address)) {
            session = std::make_shared<Session>(std::move(socket), peer, listener, options_.gate);
            sessions_.insert(session);
            ++mine;
        } else if (mine == 0) {
            open_per_address_.erase(asker_key(peer));
        }
    }
    if (!session) {
        ++turned_away_;
        constexpr std::string_view full =
            "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: "
            "0\r\nRetry-After: 5\r\n\r\n";
        socket.non_blocking(true, error);
        if (!error) socket.send(net::buffer(full.data(), full.size()), 0, error);
        return;
    }
    session->stream.socket().set_option(tcp::no_delay(true), error);
    net::co_spawn(session->stream.get_executor(), serve(session),
                  [this, session](std::exception_ptr) { leave(session); });
}

void RunningServer::leave(const std::shared_ptr<Session>& session) {
    error_code ignored;
    session->stream.socket().close(ignored);
    const std::lock_guard lock(mutex_);
    sessions_.erase(session);
    const auto mine = open_per_address_.find(asker_key(session->peer));
    if (mine != open_per_address_.end() && --mine->second == 0) open_per_address_.erase(mine);
    if (sessions_.empty()) all_gone_.notify_all();
}

net::awaitable<void> RunningServer::serve(std::shared_ptr<Session> session) {
    for (std::size_t count = 1; !stopping_; ++count) {
        session->gate.restart();
        const Read outcome = co_await read(*session);
        if (outcome == Read::gone) co_return;
        if (outcome == Read::refused) {
            ++refused_;
            const GateReason reason = session->gate.reason();
            Response response = plain(status_of(reason), to_string(reason));
            if (co_await write(*session, std::move(response), false, false))
                co_await linger(*session);
            co_return;
        }
        const std::size_t size = session->gate.size();
        bool keep_alive = false;
        auto request =
            parsed(std::string_view(session->received).substr(0, size), options_.gate, keep_alive);
        session->received.erase(0, size);
        if (!request) {
            ++refused_;
            Response response = plain(400, "malformed request");
            if (co_await write(*session, std::move(response), false, false))
                co_await linger(*session);
            co_return;
        }
        set_client(*request, session->peer, trusted_);
        const bool head = request->method == "HEAD";
        Response response = co_await answer(session, std::move(*request), keep_alive);
        keep_alive = keep_alive && !stopping_ && count < options_.requests_per_connection;
        if (!co_await write(*session, std::move(response), head, keep_alive)) co_return;
        if (!keep_alive) {
            co_await linger(*session);
            co_return;
        }
    }
}

net::awaitable<Read> RunningServer::read(Session& session) {
    auto deadline = steady_clock::now() + options_.idle_time;
    bool begun = false;
    bool in_body = false;
    while (true) {
        const Gate::State state = session.gate.look(session.received);
        if (state == Gate::State::complete) co_return Read::request;
        if (state == Gate::State::refused) co_return Read::refused;
        if (!begun && !session.received.empty()) {
            begun = true;
            deadline = steady_clock::now() + options_.header_time;
        }
        if (!in_body && session.gate.head_is_complete()) {
            in_body = true;
            deadline = steady_clock::now() + options_.body_time;
            if (session.gate.awaits_continue()) {
                constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
                error_code error;
                session.stream.expires_after(options_.write_time);
                co_await net::async_write(session.stream, net::buffer(go_on.data(), go_on.size()),
                                          net::redirect_error(net::use_awaitable, error));
                if (error) co_return Read::gone;
            }
        }
        session.idle = !begun;
        if (session.idle && stopping_) co_return Read::gone;
        error_code error;
        session.stream.expires_at(deadline);
        const std::size_t size = co_await session.stream.async_read_some(
            net::buffer(session.piece), net::redirect_error(net::use_awaitable, error));
        session.idle = false;
        if (error == net::error::eof && begun) {
            session.gate.end();
            co_return Read::refused;
        }
        if (error)
            co_return Read::gone;  // Too slow, reset, cut at shutdown, or closed between requests.
        session.received.append(session.piece.data(), size);
    }
}

net::awaitable<Response> RunningServer::answer(std::shared_ptr<Session> session, Request request,
                                               bool& keep_alive) {
    auto job = std::make_shared<Job>();
    job->request = std::move(request);
    session->done.expires_after(options_.handler_time);
    if (!taken_at_once(session, job)) {
        if (waiting_.fetch_add(1) >= options_.waiting_requests) {
            --waiting_;
            ++overloaded_;
            co_return plain(503, "too many requests at once").set("Retry-After", "1");
        }
        to_handler(session, job);
    }
    ++requests_;
    error_code ignored;  // Cancelled: done. Expired: too slow.
    co_await session->done.async_wait(net::redirect_error(net::use_awaitable, ignored));
    if (job->done) co_return std::move(job->response);
    keep_alive = false;
    ++overloaded_;
    co_return plain(503, "the answer takes too long").set("Retry-After", "10");
}

bool RunningServer::taken_at_once(const std::shared_ptr<Session>& session,
                                  const std::shared_ptr<Job>& job) {
    if (!session->listener.first_look) return false;
    try {
        return session->listener.first_look(
            job->request, [door = door_, weak = std::weak_ptr(session), job](Response response) {
                const std::lock_guard lock(door->mutex);
                if (!door->open) return;
                if (const auto open = weak.lock()) hand_over(open, job, std::move(response));
            });
    } catch (const std::exception& error) {
        if (session->listener.failed) session->listener.failed(error.what());
        hand_over(session, job, plain(500, "internal error"));
        return true;
    }
}

void RunningServer::to_handler(const std::shared_ptr<Session>& session,
                               const std::shared_ptr<Job>& job) {
    net::post(pool_, [this, session, job] {
        --waiting_;
        Response response;
        try {
            response = session->listener.handler(job->request);
        } catch (const std::exception& error) {
            if (session->listener.failed) session->listener.failed(error.what());
            response = plain(500, "internal error");
        }
        hand_over(session, job, std::move(response));
    });
}

net::awaitable<bool> RunningServer::write(Session& session, Response response, bool head,
                                          bool keep_alive) {
    set_default_security(response);
    const std::string bytes = as_bytes(std::move(response), head, keep_alive);
    error_code error;
    session.stream.expires_after(options_.write_time);
    co_await net::async_write(session.stream, net::buffer(bytes),
                              net::redirect_error(net::use_awaitable, error));
    co_return !error;
}

// Closing with unread bytes resets the connection, and the peer may lose the response: let it read
// first, for a second and as much as a peer writes before it looks.
net::awaitable<void> RunningServer::linger(Session& session) {
    error_code error;
    session.stream.socket().shutdown(tcp::socket::shutdown_send, error);
    session.stream.expires_after(std::chrono::seconds(1));
    std::size_t total = 0;
    while (!error && total < 4'194'304) {
        total += co_await session.stream.async_read_some(
            net::buffer(session.piece), net::redirect_error(net::use_awaitable, error));
    }
}

void RunningServer::stop() {
    std::call_once(stopped_, [this] {
        stopping_ = true;
        for (tcp::acceptor& acceptor : acceptors_) {
            net::post(acceptor.get_executor(), [&acceptor] {
                error_code ignored;
                acceptor.close(ignored);
            });
        }
        const auto each_session = [this](auto action) {
            const std::lock_guard lock(mutex_);
            for (const auto& session : sessions_) {
                net::post(session->stream.get_executor(), [session, action] { action(*session); });
            }
        };
        // Ask.
        each_session([](Session& session) {
            if (session.idle) session.stream.cancel();
        });
        // Wait.
        {
            std::unique_lock lock(mutex_);
            all_gone_.wait_for(lock, options_.drain_time, [this] { return sessions_.empty(); });
        }
        // Cut.
        each_session([](Session& session) {
            session.done.cancel();
            session.stream.close();
        });
        pool_.join();
        for (std::thread& thread : threads_) thread.join();  // Ends when the last coroutine has.
        const std::lock_guard lock(door_->mutex);
        door_->open = false;
    });
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(ServerOptions options,
                                              std::vector<Listener> listeners) {
    if (const auto good = check(options); !good) return tl::unexpected(good.error());
    if (listeners.empty())
        return fail(ErrorCode::invalid_config, "http server: no listener is configured");
    auto server = std::make_unique<RunningServer>(std::move(options), std::move(listeners));
    if (const auto listening = server->listen(); !listening)
        return tl::unexpected(listening.error());
    server->run();
    return server;
}

}  // namespace raadbot::http
