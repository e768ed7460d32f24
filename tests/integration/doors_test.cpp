// The same question at every door: the command line, the web page's API, Teams and Matrix give the
// same words, the same sources and the same permalink, byte for byte.
//
// Command line, web and Matrix are the real program, with a homeserver fake. Teams is the real
// channel over the same data in this process: the program itself sends to Microsoft's https hosts
// alone, and has no switch that would let a test change that.
#include <gtest/gtest.h>

#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <thread>

#include "adapters/http/rest_client.hpp"
#include "adapters/matrix/render.hpp"
#include "adapters/teams/render.hpp"
#include "adapters/teams/service.hpp"
#include "bot/ports.hpp"
#include "tests/support/fake_homeserver.hpp"
#include "tests/support/homeserver_over_http.hpp"
#include "tests/support/teams_world.hpp"
#include "tests/support/token_signer.hpp"
#include "tests/support/town.hpp"

namespace raadbot {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using support::Outcome;
using support::Town;

constexpr const char* now = "2026-11-23T12:00:00Z";
constexpr const char* room = "!dore";
constexpr auto patience = 3min;  // Of a busy machine.

/// Answered, refused, out of scope, asked in English, and made of marks that channels give a
/// meaning.
const std::vector<std::string> questions = {
    "hvad er det faste vederlag",
    "hvornår har genbrugspladsen åbent",
    "hvornår udbetales vederlaget",
    "hvad koster en svømmehal",
    "hvad synes du om borgmesteren",
    "When is the recycling centre open?",
    "<b>vederlag</b> & \"åbent\" [1] _x_ *y*",
};

/// Without what each call measures or names for itself.
json normalised(const std::string& text) {
    json answer = json::parse(text, nullptr, false);
    EXPECT_TRUE(answer.is_object()) << text;
    answer.erase("elapsed_ms");
    answer.erase("id");
    return answer;
}

bot::Reply as_reply(const json& answer) {
    json whole = answer;
    whole["elapsed_ms"] = 0;
    auto reply = bot::reply_from_json(whole.dump());
    EXPECT_TRUE(reply) << answer;
    return reply ? *reply : bot::Reply{};
}

const Town& town() {
    static const Town& made = []() -> const Town& {
        static const Town built;
        built.write_config("public_url = \"https://raadbot.lunby.example\"\n");
        EXPECT_EQ(built.ingest().exit_code, 0);
        return built;
    }();
    return made;
}

std::map<std::string, json> from_command_line() {
    std::map<std::string, json> answers;
    for (const std::string& question : questions) {
        const Outcome outcome =
            support::run(town().line("ask", {"--json", "--now", now, "--", question}));
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        answers[question] = normalised(outcome.out);
    }
    return answers;
}

const std::map<std::string, json>& expected() {
    static const std::map<std::string, json> answers = from_command_line();
    return answers;
}

/// `raadbot serve` with the web page, and Matrix when a homeserver is given.
class Served {
public:
    explicit Served(const std::string& config_more, std::size_t lines) {
        town().write_config("public_url = \"https://raadbot.lunby.example\"\n" + config_more);
        program_.emplace(town().line("serve", {"--port", "0", "--now", now}));
        const auto end = std::chrono::steady_clock::now() + patience;
        while (std::chrono::steady_clock::now() < end && program_->running()) {
            const std::string out = program_->out();
            if (static_cast<std::size_t>(std::count(out.begin(), out.end(), '\n')) >= lines) break;
            std::this_thread::sleep_for(20ms);
        }
    }
    ~Served() {
        program_->signal(SIGTERM);
        EXPECT_EQ(program_->wait(std::chrono::minutes(2)).exit_code, 0);
    }
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    /// The number after `before` in what was printed; 0 when it is not there.
    [[nodiscard]] std::uint16_t port(const std::string& before) const {
        const std::string out = program_->out();
        const auto at = out.find(before);
        if (at == std::string::npos) {
            ADD_FAILURE() << out << program_->err();
            return 0;
        }
        return static_cast<std::uint16_t>(std::atoi(out.c_str() + at + before.size()));
    }
    [[nodiscard]] std::string err() const { return program_->err(); }

private:
    std::optional<support::Background> program_;
};

TEST(Doors, WebGivesWhatTheCommandLineGives) {
    ASSERT_EQ(expected().size(), questions.size());
    const Served served("", 1);
    const http::RestClient client("http://127.0.0.1:" +
                                  std::to_string(served.port("answers on http://127.0.0.1:")));
    std::size_t answered = 0, refused = 0;
    for (const std::string& question : questions) {
        http::RestRequest request;
        request.method = "POST";
        request.target = "/api/ask";
        request.body = json{{"question", question}}.dump();
        const auto response = client.send(request);
        ASSERT_TRUE(response) << response.error().message;
        ASSERT_EQ(response->status, 200U) << response->body;
        const json& wanted = expected().at(question);
        EXPECT_EQ(normalised(response->body).dump(), wanted.dump()) << question;
        answered += wanted["kind"] == "answered" ? 1U : 0U;
        refused += wanted["kind"] == "refused" ? 1U : 0U;
    }
    EXPECT_GE(answered, 3U) << "there is hardly anything to compare";
    EXPECT_GE(refused, 1U);
}

TEST(Doors, MatrixGivesWhatTheCommandLineGives) {
    ASSERT_EQ(expected().size(), questions.size());
    test::HomeserverOverHttp homeserver({});
    ASSERT_EQ(::setenv("DOORS_AS", "as-token-of-the-doors-test", 1), 0);
    ASSERT_EQ(::setenv("DOORS_HS", homeserver.hs_token().c_str(), 1), 0);
    const Served served("[matrix]\nport = 0\nhomeserver_url = \"http://127.0.0.1:" +
                            std::to_string(homeserver.port()) +
                            "\"\nserver_name = \"egelund.example\"\nurl = \"http://127.0.0.1:1\"\n"
                            "as_token_env = \"DOORS_AS\"\nhs_token_env = \"DOORS_HS\"\n",
                        2);
    homeserver.add_room(room, {test::lone, test::bo}, true);
    homeserver.set_bot(served.port("matrix on http://127.0.0.1:"));
    std::map<std::string, std::string> question_of;
    for (std::size_t n = 0; n < questions.size(); ++n) {
        // Each asker has a first question only: no follow-up to anything.
        const std::string id = "$q" + std::to_string(n);
        test::Json asked =
            test::mention(id, room, "@p" + std::to_string(n) + ":egelund.example", questions[n]);
        asked["content"].erase("format");
        asked["content"].erase("formatted_body");
        question_of[id] = questions[n];
        homeserver.push(asked);
    }
    std::map<std::string, json> sent;  // By question.
    const auto end = std::chrono::steady_clock::now() + patience;
    while (sent.size() < questions.size() && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(20ms);
        for (const auto& [id, message] : homeserver.messages()) {
            const json relates = message.content.value("m.relates_to", json::object());
            if (!relates.contains("m.in_reply_to")) continue;
            sent[question_of.at(relates["m.in_reply_to"]["event_id"])] = message.content;
        }
    }
    ASSERT_EQ(sent.size(), questions.size()) << served.err();
    for (const auto& [id, question] : question_of) {
        const json& answer = expected().at(question);
        const json& content = sent.at(question);
        // The command line's answer, dressed for Matrix, is what was sent.
        const matrix::Place place{matrix::EventId{id}, {}};
        EXPECT_EQ(content, json::parse(matrix::render(as_reply(answer), place))) << question;
        // And in its own words: the text first, every source's address, the permalink.
        const std::string body = content["body"];
        const std::string text = answer["text"];
        EXPECT_EQ(body.substr(0, text.size()), text) << question;
        std::size_t at = text.size();
        for (const json& source : answer["sources"]) {
            const std::string url = source["url"];
            at = body.find("\n" + url, at);
            EXPECT_NE(at, std::string::npos) << url << " in order, after the text of " << question;
        }
        const std::string permalink = answer["permalink"];
        if (!permalink.empty()) {
            EXPECT_NE(body.find(permalink), std::string::npos) << body;
        }
    }
}

/// Microsoft's services, as far as a first question needs them: keys, a token, a conversation.
class Microsoft {
public:
    [[nodiscard]] teams::Transport transport() {
        return [this](const std::string& origin, const http::RestRequest& request)
                   -> tl::expected<http::RestResponse, http::RestError> {
            http::RestResponse response;
            response.status = 200;
            if (request.target.ends_with("openidconfiguration")) {
                response.body = R"({"issuer":"https://api.botframework.com","jwks_uri":)"
                                R"("https://login.botframework.com/v1/.well-known/keys",)"
                                R"("id_token_signing_alg_values_supported":["RS256"]})";
            } else if (request.target.ends_with("/keys")) {
                response.body = signer_.jwks(R"(,"endorsements":["msteams"])");
            } else if (request.target.ends_with("/token")) {
                response.body = R"({"token_type":"Bearer","expires_in":3600,"access_token":"t"})";
            } else if (origin == "https://smba.trafficmanager.net") {
                const std::lock_guard lock(mutex_);
                activities_.push_back(json::parse(request.body, nullptr, false));
                response.body = R"({"id":"sent)" + std::to_string(activities_.size()) + "\"}";
            } else {
                response.status = 404;
            }
            return response;
        };
    }
    [[nodiscard]] std::string bearer(Timestamp at) const {
        const auto seconds = at.time_since_epoch().count();
        return "Bearer " + signer_.token(json{{"aud", test::teams_app},
                                              {"iss", "https://api.botframework.com"},
                                              {"nbf", seconds - 60},
                                              {"exp", seconds + 3'600},
                                              {"serviceurl", test::teams_service}}
                                             .dump());
    }
    [[nodiscard]] std::vector<json> activities() {
        const std::lock_guard lock(mutex_);
        return activities_;
    }

private:
    test::TokenSigner signer_{"doors"};
    std::mutex mutex_;
    std::vector<json> activities_;
};

TEST(Doors, TeamsGivesWhatTheCommandLineGives) {
    ASSERT_EQ(expected().size(), questions.size());
    bot::ConversationOptions options;
    options.data_dir = town().folder / "data";
    options.lexicon = danish::Lexicon::load(RAADBOT_SOURCE_DIR "/config/lexicon").value();
    options.texts_dir = std::string(RAADBOT_SOURCE_DIR) + "/config/texts";
    options.municipality = "Lunby Kommune";
    options.public_url = "https://raadbot.lunby.example";
    auto conversation = bot::Conversation::open(options);
    ASSERT_TRUE(conversation) << conversation.error().message;
    const Timestamp moment = *parse_timestamp(now);
    const bot::FixedClock clock(moment);

    Microsoft microsoft;
    teams::Service::Inputs inputs;
    inputs.options = test::teams_options();
    inputs.options.welcome = false;
    inputs.options.limits = {};
    inputs.conversation = conversation->get();
    inputs.clock = &clock;
    inputs.transport = microsoft.transport();
    auto service = teams::Service::open(std::move(inputs));
    ASSERT_TRUE(service) << service.error().message;
    const support::TemporaryFolder own;
    delivery::Delivery::Inputs delivery_inputs;
    delivery_inputs.data_dir = own.path();
    delivery_inputs.options.retry.first = 10ms;
    delivery_inputs.channels.push_back((*service)->channel());
    auto delivery = delivery::Delivery::open(std::move(delivery_inputs));
    ASSERT_TRUE(delivery) << delivery.error().message;
    (*service)->connect(**delivery);

    for (std::size_t n = 0; n < questions.size(); ++n) {
        const std::string& question = questions[n];
        SCOPED_TRACE(question);
        const std::size_t before = microsoft.activities().size();
        const std::string chat = "a:chat" + std::to_string(n);  // Nobody's follow-up.
        const std::string id = "q" + std::to_string(n);
        http::Request request;
        request.method = "POST";
        request.path = "/api/messages";
        request.body =
            test::teams_activity(id, question, {{"conversation", {{"id", chat}}}}).dump();
        request.fields = {{"Authorization", microsoft.bearer(moment)},
                          {"Content-Type", "application/json"}};
        const http::Response taken = (*service)->handle(request);
        ASSERT_LT(taken.status, 300U) << taken.body;
        const auto end = std::chrono::steady_clock::now() + patience;
        while (!(*delivery)->idle() && std::chrono::steady_clock::now() < end)
            std::this_thread::sleep_for(5ms);
        ASSERT_TRUE((*delivery)->idle());
        const std::vector<json> all = microsoft.activities();

        const json& answer = expected().at(question);
        const bot::Reply reply = as_reply(answer);
        const json wanted = teams::answer_message(
            reply, {std::string("28:") + test::teams_app, chat, id, "29:asker"});
        const auto sent = std::find_if(
            all.begin() + static_cast<std::ptrdiff_t>(before), all.end(), [](const json& activity) {
                return activity.value("type", "") == "message" && activity.contains("text");
            });
        ASSERT_NE(sent, all.end());
        for (const char* part : {"text", "textFormat", "entities"}) {
            EXPECT_EQ(sent->value(part, json()), wanted.value(part, json())) << part;
        }
        // And in its own words: each sentence, each source's address in order.
        const std::string text = (*sent)["text"];
        std::size_t at = 0;
        for (const json& sentence : answer["sentences"]) {
            const std::string words = teams::markdown_escaped(sentence["text"].get<std::string>());
            at = text.find(words, at);
            EXPECT_NE(at, std::string::npos) << words << "\nin " << text;
        }
        std::vector<std::string> cited;
        for (const json& entity : sent->value("entities", json::array())) {
            for (const json& claim : entity.value("citation", json::array()))
                cited.push_back(claim["appearance"].value("url", ""));
        }
        std::vector<std::string> urls;
        for (const json& source : answer["sources"]) urls.push_back(source["url"]);
        EXPECT_EQ(cited, urls);
    }
    (*delivery)->stop();
}

}  // namespace
}  // namespace raadbot
