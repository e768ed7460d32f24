// `raadbot playground` with a client on this machine: a question that the material does not answer
// is handed over, staff answer it from the command line, and the answer comes back into the chat.
#include <gtest/gtest.h>

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "adapters/http/rest_client.hpp"
#include "tests/support/raw_web_server.hpp"
#include "tests/support/teams_world.hpp"
#include "tests/support/town.hpp"

namespace raadbot {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr auto patience = 3min;  // Of a busy machine.

/// The client's own service: takes what the bot says.
class Client {
public:
    Client() : server_([this](const support::Asked& asked) { return take(asked); }) {}

    [[nodiscard]] std::string url() const { return server_.url("/_connector"); }
    [[nodiscard]] std::string said() {
        const std::lock_guard lock(mutex_);
        return said_;
    }
    bool hears(const std::string& part) {
        std::unique_lock lock(mutex_);
        return heard_.wait_for(lock, patience,
                               [&] { return said_.find(part) != std::string::npos; });
    }

private:
    std::string take(const support::Asked& asked) {
        const std::lock_guard lock(mutex_);
        const json activity = json::parse(asked.body, nullptr, false);
        if (activity.is_object()) said_ += activity.value("text", "") + "\n---\n";
        heard_.notify_all();
        return support::reply(200, "application/json",
                              json{{"id", "r" + std::to_string(++count_)}}.dump());
    }
    std::mutex mutex_;
    std::condition_variable heard_;
    std::string said_;
    int count_ = 0;
    support::RawWebServer server_;
};

TEST(Playground, WhatIsHandedOverHasADeskAndComesBack) {
    const support::Town town;
    town.write_config("[contact]\nname = \"Byrådssekretariatet\"\nmail = \"post@lunby.example\"\n");
    ASSERT_EQ(town.ingest().exit_code, 0);
    Client client;
    support::Background program(town.line("playground", {"--port", "0"}));
    const std::string mark = "http://127.0.0.1:";
    const auto end = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < end && program.running() &&
           program.out().find("/api/messages") == std::string::npos)
        std::this_thread::sleep_for(20ms);
    const std::string out = program.out();
    ASSERT_NE(out.find(mark), std::string::npos) << program.err();
    const http::RestClient rest(
        mark + std::to_string(std::atoi(out.c_str() + out.find(mark) + mark.size())));
    const auto say = [&](const std::string& id, const std::string& text) {
        http::RestRequest request;
        request.method = "POST";
        request.target = "/api/messages";
        request.content_type = "application/json";
        request.body = test::teams_activity(id, text, {{"serviceUrl", client.url()}}).dump();
        const auto response = rest.send(request);
        ASSERT_TRUE(response);
        EXPECT_LT(response->status, 300U) << response->body;
    };
    say("1", "hvornår åbner svømmehallen");
    ASSERT_TRUE(client.hears("post@lunby.example")) << client.said() << program.err();
    say("2", "Spørg sekretariatet");
    ASSERT_TRUE(client.hears("»hvornår åbner svømmehallen«")) << client.said();
    say("3", "Ja, send mit spørgsmål");
    ASSERT_TRUE(client.hears("Svaret kommer her i samtalen")) << client.said();

    const auto questions = [&](std::vector<std::string> more) {
        std::vector<std::string> line{support::Town::program(), "questions"};
        line.push_back(more.front());
        line.insert(line.end(), {"--config", (town.folder / "town.toml").string()});
        line.insert(line.end(), more.begin() + 1, more.end());
        return support::run(line);
    };
    const auto open = questions({"handoffs"});
    ASSERT_EQ(open.exit_code, 0) << open.err;
    EXPECT_NE(open.out.find("\topen\t"), std::string::npos) << open.out;
    EXPECT_NE(open.out.find("\tteams-dev\thvornår åbner svømmehallen"), std::string::npos)
        << open.out << "a running `serve` must not take it for its own";
    const std::string id = open.out.substr(0, open.out.find('\t'));
    const auto answered = questions({"answer", id, "Den åbner den 3. marts kl. 10."});
    ASSERT_EQ(answered.exit_code, 0) << answered.err;
    EXPECT_TRUE(client.hears("Den åbner den 3. marts kl. 10.")) << client.said() << program.err();
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(2min).exit_code, 0) << program.err();
    EXPECT_NE(questions({"handoffs"}).out.find("\tdelivered\t"), std::string::npos);
}

}  // namespace
}  // namespace raadbot
