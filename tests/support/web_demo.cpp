// Serves the web site over a conversation without an engine, for browser tests and for work on the
// pages:
//   web_demo [port] [allowed frame ancestor ...]
// Prints its address. Believes X-Forwarded-For from this machine, so that tests can come from
// elsewhere.
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "adapters/http/server.hpp"
#include "adapters/web/site.hpp"
#include "tests/support/fake_conversation.hpp"

int main(int argc, char** argv) {
    using namespace raadbot;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    test::FakeConversation conversation;
    const bot::SystemClock clock;
    web::WebOptions options;
    options.contact = test::secretariat();
    options.questions_per_minute = 30;
    for (int i = 2; i < argc; ++i) options.frame_ancestors.emplace_back(argv[i]);
    const auto facts = [&clock] {
        web::SiteFacts out;
        const auto now = clock.now();
        out.sources = {
            {"Håndbog for byrådet", "handbook", "public", "Byrådssekretariatet", 41, now},
            {"Dagsordener og referater", "meetings", "public", "Byrådssekretariatet", 312, now},
            {"egelund.example", "website", "public", "Kommunikation", 35, now},
            {"Intranet", "intranet", "council", "HR", 27, now}};
        out.indexed = now;
        out.index_version = "2026-11-23.4";
        out.counted_since = now - std::chrono::days(30);
        out.questions = 1284;
        out.answered = 1007;
        out.refused = 277;
        out.helpful = 388;
        out.unhelpful = 41;
        return out;
    };
    auto site = web::Site::open(options, conversation, clock, facts);
    if (!site) {
        std::cerr << site.error().message << "\n";
        return 2;
    }
    http::ServerOptions server_options;
    server_options.trusted_proxies = {"127.0.0.1"};
    http::Listener listener;
    listener.port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0);
    listener.handler = [&site](const http::Request& request) { return (*site)->handle(request); };
    auto server = http::Server::start(server_options, {listener});
    if (!server) {
        std::cerr << server.error().message << "\n";
        return 1;
    }
    std::cout << "http://127.0.0.1:" << (*server)->ports().front() << "/" << std::endl;
    int signal = 0;
    sigwait(&signals, &signal);
    (*server)->stop();
    const auto figures = (*server)->figures();
    std::cerr << figures.requests << " requests, " << figures.connections << " connections, "
              << figures.refused << " refused\n";
}
