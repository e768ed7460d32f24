#include "tests/support/homeserver_over_http.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "adapters/http/rest_client.hpp"
#include "tests/support/fake_homeserver.hpp"

namespace raadbot::test {

namespace {

http::Response answer(unsigned status, const Json& body) {
    http::Response out;
    out.status = status;
    out.content_type = "application/json";
    out.body = body.dump();
    return out;
}

std::vector<std::string> parts_of(const std::string& path) {
    std::vector<std::string> out;
    std::stringstream stream(path);
    for (std::string part; std::getline(stream, part, '/');) {
        if (!part.empty()) out.push_back(part);
    }
    return out;
}

}  // namespace

HomeserverOverHttp::HomeserverOverHttp(Settings settings)
    : settings_(settings), random_(settings.seed) {
    http::Listener listener;
    listener.port = 0;
    listener.handler = [this](const http::Request& request) { return handle(request); };
    http::ServerOptions options;
    options.handler_threads = 8;
    options.waiting_requests = 10'000;
    options.requests_per_connection = 1'000'000;
    auto server = http::Server::start(options, {listener});
    if (!server) throw std::runtime_error(server.error().message);
    server_ = std::move(*server);
    port_ = server_->ports().front();
    hand_ = std::thread([this] { hand_over(); });
}

HomeserverOverHttp::~HomeserverOverHttp() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    wake_.notify_all();
    hand_.join();
    server_->stop();
}

void HomeserverOverHttp::set_bot(std::uint16_t port) {
    const std::lock_guard lock(mutex_);
    bot_port_ = port;
    wake_.notify_all();
}

void HomeserverOverHttp::add_room(const std::string& room, const std::vector<std::string>& people,
                                  bool joined) {
    Json all = Json::array();
    all.push_back(test::state("m.room.join_rules", "", room, lone, {{"join_rule", "invite"}}));
    all.push_back(member(bot_id, joined ? "join" : "invite", room));
    for (const std::string& person : people) all.push_back(member(person, "join", room));
    const std::lock_guard lock(mutex_);
    rooms_[room] = std::move(all);
}

void HomeserverOverHttp::push(Json event) {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(event));
    wake_.notify_all();
}

bool HomeserverOverHttp::handed_over() {
    const std::lock_guard lock(mutex_);
    return queue_.empty() && !handing_;
}

std::map<std::string, HomeserverOverHttp::Message> HomeserverOverHttp::messages() {
    const std::lock_guard lock(mutex_);
    return messages_;
}
std::map<std::string, int> HomeserverOverHttp::joins() {
    const std::lock_guard lock(mutex_);
    return joins_;
}
std::uint64_t HomeserverOverHttp::repeats() {
    const std::lock_guard lock(mutex_);
    return repeats_;
}
std::uint64_t HomeserverOverHttp::requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
}
std::vector<std::chrono::microseconds> HomeserverOverHttp::acknowledged() {
    const std::lock_guard lock(mutex_);
    return acknowledged_;
}

http::Response HomeserverOverHttp::handle(const http::Request& request) {
    std::chrono::milliseconds wait{0};
    {
        const std::lock_guard lock(mutex_);
        ++requests_;
        if (settings_.slowest.count() > 0) {
            wait = std::chrono::milliseconds(
                random_() % (static_cast<std::uint64_t>(settings_.slowest.count()) + 1));
        }
    }
    // _matrix client v3 rooms {room} send m.room.message {txn}
    const auto parts = parts_of(request.path);
    const auto is = [&](std::size_t n, const char* name) {
        return parts.size() > n && parts[n] == name;
    };
    http::Response out = answer(200, Json::object());
    if (is(3, "rooms") && is(5, "send") && parts.size() == 8) {
        out = send(parts[4], parts[7], request.body);
    } else if (is(3, "rooms") && is(5, "redact") && parts.size() == 8) {
        const std::lock_guard lock(mutex_);
        if (const auto found = messages_.find(parts[6]); found != messages_.end())
            found->second.redacted = true;
        out = answer(200, {{"event_id", "$redaction" + std::to_string(++next_id_)}});
    } else if (is(3, "rooms") && is(5, "state")) {
        const std::lock_guard lock(mutex_);
        const auto found = rooms_.find(parts[4]);
        out = found == rooms_.end() ? answer(403, {{"errcode", "M_FORBIDDEN"}})
                                    : answer(200, found->second);
    } else if (is(3, "join") && parts.size() == 5) {
        const std::lock_guard lock(mutex_);
        const std::string& room = parts[4];
        // Joining a second time changes nothing.
        bool joined = false;
        for (Json& state : rooms_[room]) {
            if (state["state_key"] != bot_id) continue;
            joined = state["content"]["membership"] == "join";
            state["content"]["membership"] = "join";
        }
        if (!joined) {
            ++joins_[room];
            queue_.push_back(member(bot_id, "join", room, bot_id));
            wake_.notify_all();
        }
        out = answer(200, {{"room_id", room}});
    }
    if (wait.count() > 0) std::this_thread::sleep_for(wait);
    return out;
}

http::Response HomeserverOverHttp::send(const std::string& room, const std::string& txn,
                                        const std::string& body) {
    const std::lock_guard lock(mutex_);
    const auto known = by_txn_.find(room + "\n" + txn);
    if (known != by_txn_.end()) {
        ++repeats_;
        return answer(200, {{"event_id", known->second}});
    }
    const std::string id = "$sent" + std::to_string(++next_id_);
    by_txn_[room + "\n" + txn] = id;
    messages_[id] = {room, Json::parse(body, nullptr, false), false,
                     std::chrono::steady_clock::now()};
    return answer(200, {{"event_id", id}});
}

void HomeserverOverHttp::hand_over() {
    std::unique_ptr<http::RestClient> client;
    std::uint16_t connected = 0;
    for (std::uint64_t txn = 1;; ++txn) {
        std::vector<Json> events;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stop_ || !queue_.empty(); });
            if (stop_) return;
            while (!queue_.empty() && events.size() < settings_.batch) {
                events.push_back(std::move(queue_.front()));
                queue_.pop_front();
            }
            handing_ = true;
        }
        http::RestRequest request;
        request.method = "PUT";
        request.target = "/_matrix/app/v1/transactions/" + std::to_string(txn);
        request.fields = {{"Authorization", "Bearer " + hs_token_}};
        request.body = transaction(events);
        const auto begun = std::chrono::steady_clock::now();
        while (true) {
            std::uint16_t port = 0;
            {
                std::unique_lock lock(mutex_);
                if (stop_) return;
                port = bot_port_;
            }
            if (port != 0 && port != connected) {
                client =
                    std::make_unique<http::RestClient>("http://127.0.0.1:" + std::to_string(port));
                connected = port;
            }
            if (port != 0) {
                const auto response = client->send(request);
                if (response && response->status == 200) break;
            }
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, settings_.again, [this] { return stop_; });
        }
        const std::lock_guard lock(mutex_);
        handing_ = false;
        acknowledged_.push_back(std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - begun));
    }
}

BotProcess::BotProcess(std::string data_dir, const HomeserverOverHttp& homeserver)
    : data_dir_(std::move(data_dir)),
      homeserver_port_(homeserver.port()),
      hs_token_(homeserver.hs_token()) {}
BotProcess::~BotProcess() { kill(); }

std::uint16_t BotProcess::start() {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("pipe");
    const std::string homeserver = "http://127.0.0.1:" + std::to_string(homeserver_port_);
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("fork");
    if (pid_ == 0) {
        ::dup2(pipe[1], STDOUT_FILENO);
        const int log =
            ::open((data_dir_ + "/log.txt").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (log >= 0) ::dup2(log, STDERR_FILENO);
        ::close(pipe[0]);
        ::close(pipe[1]);
        ::execl(MATRIX_HOST, MATRIX_HOST, "--homeserver", homeserver.c_str(), "--data",
                data_dir_.c_str(), "--port", "0", "--url", "http://127.0.0.1:1", "--hs",
                hs_token_.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ::close(pipe[1]);
    std::string line;
    for (char c = 0; ::read(pipe[0], &c, 1) == 1 && c != '\n';) line += c;
    ::close(pipe[0]);
    if (!line.starts_with("listening "))
        throw std::runtime_error("the bot did not start: see " + data_dir_ + "/log.txt");
    return static_cast<std::uint16_t>(std::stoul(line.substr(10)));
}

void BotProcess::kill() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

double BotProcess::cpu_seconds() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int n = 0; n < 11; ++n) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

long BotProcess::resident_kib() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/statm");
    long pages = 0;
    file >> pages >> pages;
    return pages * (::sysconf(_SC_PAGESIZE) / 1'024);
}

}  // namespace raadbot::test
