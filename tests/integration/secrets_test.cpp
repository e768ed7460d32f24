// The secrets planted in the demo municipality come out nowhere: not in an answer, the database,
// the index or what the program prints; and nobody sees material meant for others.
#include <gtest/gtest.h>

#include <map>

#include "retrieval/danish/text.hpp"
#include "retrieval/store/store.hpp"
#include "tests/support/demo.hpp"

namespace raadbot {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using support::json_lines;

struct Planted {
    std::string text;
    std::string folded;
};

std::vector<Planted> planted() {
    std::vector<Planted> result;
    for (const auto& entry : fs::directory_iterator(support::demo_folder())) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("planted") || entry.path().extension() != ".json") continue;
        const json list = json::parse(support::read_file(entry.path()));
        for (const auto& one : list["strings"]) {
            const auto text = one.get<std::string>();
            result.push_back({text, danish::fold(text)});
        }
    }
    return result;
}

/// Fails for every planted string that stands in `bytes`, as written or folded.
void expect_free(const std::string& bytes, const std::string& where) {
    static const std::vector<Planted> secrets = planted();
    ASSERT_GT(secrets.size(), 60U) << "the lists of planted strings were not found";
    const std::string folded = danish::fold(bytes);
    for (const Planted& secret : secrets) {
        EXPECT_EQ(bytes.find(secret.text), std::string::npos)
            << '"' << secret.text << "\" stands in " << where;
        EXPECT_EQ(folded.find(secret.folded), std::string::npos)
            << '"' << secret.text << "\" stands folded in " << where;
    }
}

/// The question's words in a reply are the asker's own: a question that holds a secret is left out.
bool holds_secret(const std::string& text) {
    static const std::vector<Planted> secrets = planted();
    const std::string folded = danish::fold(text);
    for (const Planted& secret : secrets) {
        if (folded.find(secret.folded) != std::string::npos) return true;
    }
    return false;
}

std::vector<json> as_asked_by(const std::vector<std::string>& audience) {
    std::vector<json> lines;
    for (const json& question : support::demo_questions()) {
        if (holds_secret(question["question"].get<std::string>())) continue;
        json line = {{"id", question["id"]},
                     {"question", question["question"]},
                     {"now", question["now"]},
                     {"previous", question.value("previous", json::array())},
                     {"audience", audience.empty() ? question.value("audience", json::array())
                                                   : json(audience)}};
        lines.push_back(std::move(line));
    }
    return lines;
}

TEST(Secrets, StayOutOfDatabaseIndexAndPrint) {
    for (const auto& entry : fs::recursive_directory_iterator(RAADBOT_DEMO_DATA)) {
        if (entry.is_regular_file())
            expect_free(support::read_file(entry.path()), entry.path().filename().string());
    }
    // Read anew, to see what is printed: the report counts what was stopped and quotes nothing.
    const support::TemporaryFolder folder;
    std::string config = support::read_file(RAADBOT_DEMO_CONFIG);
    const std::string data = RAADBOT_DEMO_DATA;
    config.replace(config.find(data), data.size(), (folder / "data").string());
    const auto file = folder.write("demo.toml", config);
    const auto ingested =
        support::run({RAADBOT_BINARY, "ingest", "--details", "--config", file.string()});
    EXPECT_EQ(ingested.exit_code, 0) << ingested.err;
    EXPECT_NE(ingested.out.find("closed items stopped"), std::string::npos) << ingested.out;
    EXPECT_NE(ingested.out.find("CPR numbers removed"), std::string::npos);
    expect_free(ingested.out + ingested.err, "what ingest prints");
    for (const char* command : {"doctor", "sources"}) {
        std::vector<std::string> line{RAADBOT_BINARY, command};
        if (std::string_view(command) == "sources") line.emplace_back("list");
        line.insert(line.end(), {"--config", file.string()});
        const auto said = support::run(line);
        expect_free(said.out + said.err, command);
    }
}

TEST(Secrets, StayOutOfEveryAnswerWhoeverAsks) {
    // As each question says, and as one who may see everything.
    const std::vector<std::vector<std::string>> askers = {{}, {"committee:oeu"}};
    for (const auto& audience : askers) {
        const auto lines = as_asked_by(audience);
        ASSERT_GT(lines.size(), 400U);
        const auto outcome = support::ask_demo(lines);
        ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
        EXPECT_EQ(json_lines(outcome.out).size(), lines.size());
        expect_free(outcome.err, "standard error");
        for (const json& answer : json_lines(outcome.out)) {
            expect_free(answer.dump(), "the answer to " + answer["id"].get<std::string>());
        }
    }
}

TEST(Secrets, StayOutWhenAskedForDirectly) {
    std::vector<json> lines;
    std::vector<std::string> asked;
    for (const Planted& secret : planted()) {
        asked.push_back(secret.text);
        lines.push_back({{"id", std::to_string(lines.size())},
                         {"question", "hvad ved I om " + secret.text},
                         {"now", "2026-11-23T09:00:00+01:00"},
                         {"audience", {"committee:oeu"}}});
    }
    const auto outcome = support::ask_demo(lines);
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const auto answers = json_lines(outcome.out);
    ASSERT_EQ(answers.size(), asked.size());
    for (std::size_t i = 0; i < answers.size(); ++i) {
        // What is quoted and cited; the framing text may name the asker's own words.
        for (const auto& source : answers[i]["sources"]) {
            expect_free(source.dump(), "a source of the answer about \"" + asked[i] + "\"");
        }
        for (const auto& sentence : answers[i]["sentences"]) {
            expect_free(sentence.dump(), "a sentence of the answer about \"" + asked[i] + "\"");
        }
    }
}

// Audience
// ------------------------------------------------------------------------------------------

/// The texts that only this audience's sources hold, as stored.
std::map<std::string, std::vector<std::string>> texts_by_audience() {
    std::map<std::string, std::vector<std::string>> result;
    store::Store::open(RAADBOT_DEMO_DATA)->each_passage([&](const StoredPassage& passage) {
        result[passage.audience.value].push_back(passage.passage.text);
    });
    return result;
}

/// Asks by the first words of each text, so that the text would be found if it could be.
std::vector<json> questions_about(const std::vector<std::string>& texts,
                                  const std::string& audience) {
    std::vector<json> lines;
    for (const std::string& text : texts) {
        lines.push_back({{"id", std::to_string(lines.size())},
                         {"question", text.substr(0, text.find('\n')).substr(0, 200)},
                         {"now", "2026-11-23T09:00:00+01:00"},
                         {"audience", {audience}}});
        json& question = lines.back()["question"];
        question = danish::to_valid_nfc(question.get<std::string>());
    }
    return lines;
}

/// The sources that answers came from.
std::map<std::string, std::size_t> sources_shown(const std::vector<json>& lines) {
    const auto outcome = support::ask_demo(lines);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    std::map<std::string, std::size_t> shown;
    for (const json& answer : json_lines(outcome.out)) {
        for (const json& source : answer["sources"])
            ++shown[source["source_id"].get<std::string>()];
    }
    return shown;
}

TEST(Audience, PublicNeverSeesCouncilOrCommitteeMaterial) {
    const auto texts = texts_by_audience();
    ASSERT_GT(texts.at("council").size(), 50U);
    ASSERT_GT(texts.at("committee:oeu").size(), 3U);
    for (const char* owner : {"council", "committee:oeu"}) {
        const auto shown = sources_shown(questions_about(texts.at(owner), "public"));
        EXPECT_FALSE(shown.contains("intranet")) << "asked with the words of " << owner;
        EXPECT_FALSE(shown.contains("oeu-noter")) << "asked with the words of " << owner;
    }
}

TEST(Audience, CouncilNeverSeesCommitteeMaterialAndBothSeeTheirOwn) {
    const auto texts = texts_by_audience();
    auto shown = sources_shown(questions_about(texts.at("committee:oeu"), "council"));
    EXPECT_FALSE(shown.contains("oeu-noter"));
    EXPECT_GT(sources_shown(questions_about(texts.at("council"), "council"))["intranet"], 0U);
    EXPECT_GT(
        sources_shown(questions_about(texts.at("committee:oeu"), "committee:oeu"))["oeu-noter"],
        0U);
}

TEST(Audience, NoTextOfOthersStandsInAPublicReply) {
    const auto texts = texts_by_audience();
    std::vector<std::string> canaries;
    for (const char* owner : {"council", "committee:oeu"}) {
        for (const std::string& text : texts.at(owner)) {
            for (const auto& span : danish::sentences(text)) {
                const std::string sentence = text.substr(span.begin, span.end - span.begin);
                if (sentence.size() < 60) continue;
                bool elsewhere = false;
                for (const std::string& open : texts.at("public")) {
                    if (open.find(sentence) != std::string::npos) elsewhere = true;
                }
                if (elsewhere) continue;
                const std::string escaped =
                    json(sentence).dump();  // As it would stand in the reply.
                canaries.push_back(escaped.substr(1, escaped.size() - 2));
            }
        }
    }
    ASSERT_GT(canaries.size(), 50U);
    std::vector<json> lines = as_asked_by({"public"});
    for (const char* owner : {"council", "committee:oeu"}) {
        for (json& line : questions_about(texts.at(owner), "public")) {
            // Without the text's own words, which a refusal may repeat.
            line["question"] =
                "hvad står der om " + line["question"].get<std::string>().substr(0, 40);
            line["question"] = danish::to_valid_nfc(line["question"].get<std::string>());
            lines.push_back(std::move(line));
        }
    }
    const auto outcome = support::ask_demo(lines);
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    for (const json& answer : json_lines(outcome.out)) {
        const std::string all = answer.dump();
        for (const std::string& canary : canaries) {
            ASSERT_EQ(all.find(canary), std::string::npos) << canary << "\nin " << all;
        }
    }
    std::printf("figure: audience: %zu canary sentences, %zu public questions, none came out\n",
                canaries.size(), lines.size());
}

}  // namespace
}  // namespace raadbot
