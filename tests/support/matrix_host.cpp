// A bot with the real Matrix channel and a conversation that repeats the question: what tests
// start, kill and talk to. Writes down what was asked with which audiences, and what was rated, in
// its data directory.
//
// matrix_host --homeserver URL --server NAME --data DIR --port N [--url URL] [--as TOKEN] [--hs
// TOKEN]
//             [--council-room ID] [--registration FILE] [--doctor] [--samples] [--per-minute N]
#include <pthread.h>
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <string>

#include "adapters/http/server.hpp"
#include "adapters/matrix/channel.hpp"
#include "adapters/matrix/doctor.hpp"
#include "adapters/matrix/registration.hpp"
#include "adapters/matrix/render.hpp"
#include "tests/support/fake_conversation.hpp"

namespace {

using namespace raadbot;

class Echo final : public bot::Conversation {
public:
    explicit Echo(std::filesystem::path folder) : folder_(std::move(folder)) {}
    bot::Reply reply(const bot::Message& message) override {
        bot::Reply out;
        out.kind = bot::ReplyKind::answered;
        out.text = "Svar på: " + message.text + " [1]";
        out.answer_id = "id-" + message.text;
        out.permalink = "https://raadbot.example/svar/1";
        out.ai_label = "Automatisk svar (AI).";
        out.sentences = {{"Svar på: " + message.text, "", {1}, false}};
        out.sources = {{1, "s", "d", "https://egelund.example/side#afsnit", "En side", "website",
                        "", "2026-01-02", "Afsnit", "Svar på: " + message.text, "#afsnit",
                        "2026-11-23T06:00:00Z"}};
        std::string line = "asked " + message.text;
        for (const Audience& audience : message.audiences) line += " | " + audience.value;
        for (const std::string& previous : message.previous) line += " < " + previous;
        note(line);
        return out;
    }
    std::optional<bot::Reply> kept(std::string_view, const std::vector<Audience>&,
                                   Timestamp) override {
        return {};
    }
    bool feedback(std::string_view answer, bool helpful, std::string_view, Timestamp,
                  std::string_view key) override {
        const std::lock_guard lock(votes_mutex_);
        votes_[std::string(key)] = std::string(answer) + (helpful ? " up" : " down");
        note("rated " + votes_[std::string(key)]);
        return true;
    }
    bool take_back(std::string_view key) override {
        const std::lock_guard lock(votes_mutex_);
        note("took back " + votes_[std::string(key)]);
        return true;
    }
    std::vector<std::string> example_questions(std::string_view) override { return {}; }
    void refresh() override {}

private:
    void note(const std::string& line) {
        const std::lock_guard lock(mutex_);
        std::ofstream(folder_ / "notes.txt", std::ios::app) << line << '\n';
    }
    std::filesystem::path folder_;
    std::mutex mutex_, votes_mutex_;
    std::map<std::string, std::string> votes_;
};

/// One content a line, of every kind the bot sends.
void print_samples(const matrix::Options& options) {
    const matrix::EventId question{"$question"};
    const matrix::EventId root{"$root"};
    for (const matrix::Place& place :
         {matrix::Place{}, matrix::Place{question, {}}, matrix::Place{question, root}}) {
        bot::Reply endless = test::rich_answer();
        for (int n = 0; n < 2'000; ++n) endless.text += "\nEn linje \"til\" & <b>mere</b>.";
        for (const bot::Reply& reply : {test::rich_answer(), test::refusal(), test::clarification(),
                                        test::FakeConversation::hostile(), endless}) {
            const std::string content = matrix::render(reply, place);
            std::cout << content << '\n'
                      << matrix::as_edit(content, matrix::EventId{"$answer"}) << '\n';
        }
        for (const std::string& words :
             {matrix::introduction(options), matrix::encryption_notice(options),
              matrix::apology(options), matrix::too_many(options)}) {
            std::cout << matrix::notice(words, place) << '\n';
        }
    }
}

int run(const std::map<std::string, std::string>& given) {
    const auto get = [&](const char* name, const char* otherwise) {
        const auto found = given.find(name);
        return found == given.end() ? std::string(otherwise) : found->second;
    };
    const std::string port = get("--port", "0");
    matrix::Options options;
    options.homeserver_url = get("--homeserver", "http://127.0.0.1:8008");
    options.server_name = get("--server", "egelund.example");
    options.url = get("--url", ("http://127.0.0.1:" + port).c_str());
    options.as_token = get("--as", "as-token-0123456789abcdef");
    options.hs_token = get("--hs", "hs-token-0123456789abcdef");
    options.municipality = "Egelund Kommune";
    options.answers_per_minute = static_cast<std::size_t>(std::stoul(get("--per-minute", "1000")));
    if (const std::string room = get("--council-room", ""); !room.empty()) {
        options.audiences.push_back({.room = room, .audiences = {Audience{"council"}}});
    }
    auto good = matrix::checked(options);
    if (!good) throw std::runtime_error(good.error().message);
    if (const std::string file = get("--registration", ""); !file.empty()) {
        std::ofstream(file) << matrix::registration_yaml(*good);
        return 0;
    }
    if (given.contains("--samples")) {
        print_samples(*good);
        return 0;
    }
    std::shared_ptr<matrix::Homeserver> homeserver = matrix::connect(*good);
    const bot::SystemClock clock;
    if (given.contains("--doctor")) {
        bool all = true;
        for (const matrix::Check& check : matrix::examine(*good, *homeserver, clock.now())) {
            std::cout << (check.good ? "good  " : "WRONG ") << check.what << ": " << check.detail
                      << '\n';
            all = all && check.good;
        }
        return all ? 0 : 1;
    }

    const std::filesystem::path data = get("--data", ".");
    Echo echo(data);
    matrix::Channel channel(*good, echo, clock, homeserver,
                            [](std::string_view line) { std::cerr << line << std::endl; });
    delivery::Delivery::Inputs inputs;
    inputs.data_dir = data;
    inputs.options.retry.first = std::chrono::milliseconds(100);
    inputs.options.retry.most = std::chrono::milliseconds(2'000);
    // An event that a crash interrupts five times running is set aside as its likely cause. Tests
    // that kill every tenth of a second on a slow machine would meet that without any fault.
    inputs.options.handle_attempts = 100;
    inputs.channels.push_back(channel.delivery_channel());
    inputs.log = [](std::string_view line) { std::cerr << line << std::endl; };
    auto delivery = delivery::Delivery::open(std::move(inputs));
    if (!delivery) throw std::runtime_error(delivery.error().message);
    channel.attach(**delivery);

    http::Listener listener;
    listener.name = "matrix";
    listener.port = static_cast<std::uint16_t>(std::stoul(port));
    listener.handler = [&](const http::Request& request) { return channel.handle(request); };
    auto server = http::Server::start(matrix::server_options(), {listener});
    if (!server) throw std::runtime_error(server.error().message);
    channel.start();
    std::cout << "listening " << (*server)->ports().front() << std::endl;

    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    int which = 0;
    sigwait(&ends, &which);
    (*server)->stop();
    channel.stop();
    (*delivery)->stop();
    const auto figures = (*delivery)->figures();
    std::cerr << "accepted " << figures.accepted << " sent " << figures.sent << " poison "
              << figures.poison << " failed " << figures.failed << " commits " << figures.commits
              << std::endl;
    delivery->reset();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    // Before any thread is made: all of them leave these to sigwait.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    std::map<std::string, std::string> given;
    for (int n = 1; n < argc; ++n) {
        const std::string name = argv[n];
        given[name] = name != "--doctor" && name != "--samples" && n + 1 < argc ? argv[++n] : "";
    }
    try {
        return run(given);
    } catch (const std::exception& error) {
        std::cerr << "matrix_host: " << error.what() << '\n';
        return 2;
    }
}
