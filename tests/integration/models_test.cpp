// The real program with models: ingest, ask, rank, doctor and serve, with a model server that
// works, that is down, and that fails.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "adapters/http/rest_client.hpp"
#include "tests/support/fake_model.hpp"
#include "tests/support/town.hpp"

namespace raadbot {
namespace {

using nlohmann::json;
using support::FakeModel;
using support::Fault;
using support::Outcome;
using support::Town;

constexpr const char* question = "hvad er det faste vederlag";

class ProgramWithModels : public testing::Test {
protected:
    ProgramWithModels() { ::setenv("RAADBOT_TEST_MODEL_KEY", "hemmelig", 1); }

    [[nodiscard]] std::string config(const std::string& more = {}) const {
        const std::string endpoint = "url = \"" + fake_.url() + "\"\nname = \"" + FakeModel::name +
                                     "\"\nkey_env = \"RAADBOT_TEST_MODEL_KEY\"\nbatch = 8\n";
        return "[model]\nin_municipality_control = true\ntime_ms = 10000\n[model.embedding]\n" +
               endpoint + "dimension = " + std::to_string(FakeModel::dimension) + "\n" + more +
               "[model.reranking]\n" + endpoint;
    }
    [[nodiscard]] json ask(const std::string& text) const {
        const Outcome outcome = town_.ask(text);
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        json answer = json::parse(outcome.out, nullptr, false);
        EXPECT_TRUE(answer.is_object()) << outcome.out;
        answer.erase("elapsed_ms");
        return answer;
    }
    [[nodiscard]] bool has_vectors() const {
        return std::filesystem::exists(town_.folder / "data/index/vectors/catalogue");
    }

    FakeModel fake_;
    Town town_;
};

TEST_F(ProgramWithModels, IsOffUnlessConfigured) {
    ASSERT_EQ(town_.ingest().exit_code, 0);
    const json answer = ask(question);
    EXPECT_EQ(answer["kind"], "answered");
    EXPECT_EQ(answer["ai_label"].get<std::string>().find("model"), std::string::npos);
    EXPECT_EQ(fake_.requests(), 0U);
    EXPECT_FALSE(has_vectors());
}

TEST_F(ProgramWithModels, EmbedsWhatIsNewAndSaysWhichModelHelped) {
    town_.write_config(config());
    Outcome read = town_.ingest();
    ASSERT_EQ(read.exit_code, 0) << read.out << read.err;
    EXPECT_NE(read.out.find("vectors of " + FakeModel::name), std::string::npos) << read.out;
    EXPECT_TRUE(has_vectors());
    const std::size_t embedded = fake_.texts().size();
    ASSERT_GE(embedded, 2U);
    fake_.forget();
    ASSERT_EQ(town_.ingest().exit_code, 0);
    EXPECT_EQ(fake_.requests(), 0U);  // Nothing new.
    town_.folder.write("pages/bus.md", "# Busser\n\nBussen kører hver halve time til stationen.\n");
    ASSERT_EQ(town_.ingest().exit_code, 0);
    EXPECT_EQ(fake_.texts().size(), 1U);

    fake_.forget();
    const json answer = ask(question);
    EXPECT_EQ(answer["kind"], "answered");
    EXPECT_NE(answer["ai_label"].get<std::string>().find(FakeModel::name), std::string::npos);
    ASSERT_FALSE(fake_.texts().empty());
    EXPECT_EQ(fake_.texts().front(), question);
    EXPECT_TRUE(fake_.complaints().empty());
}

TEST_F(ProgramWithModels, NothingIsSentThatTheGuardsRefuse) {
    town_.write_config(config());
    ASSERT_EQ(town_.ingest().exit_code, 0);
    fake_.forget();
    EXPECT_EQ(ask("Hvad er der sket i sagen om 010190-1234?")["kind"], "refused");
    EXPECT_EQ(fake_.requests(), 0U);
}

TEST_F(ProgramWithModels, AnswersTheSameBytesWhenTheModelIsDownAsWithoutOne) {
    town_.write_config(config());
    ASSERT_EQ(town_.ingest().exit_code, 0);
    town_.write_config();
    const std::vector<std::string> questions = {question, "hvornår har genbrugspladsen åbent",
                                                "hvornår udbetales vederlaget",
                                                "hvad er hovedstaden i Australien"};
    std::vector<json> without;
    for (const auto& one : questions) without.push_back(ask(one));
    EXPECT_EQ(fake_.texts().size(), 3U);  // The passages; no question.
    town_.write_config(config());
    for (const Fault fault : {Fault::closes, Fault::fails, Fault::busy, Fault::wrong_dimension,
                              Fault::truncated_json}) {
        fake_.fault(fault);
        for (std::size_t i = 0; i < questions.size(); ++i) {
            EXPECT_EQ(ask(questions[i]).dump(), without[i].dump()) << static_cast<int>(fault);
        }
    }
    // And when it takes the question and says nothing.
    std::string slow = config();
    slow.replace(slow.find("10000"), 5, "100");
    town_.write_config(slow);
    fake_.fault(Fault::silent);
    EXPECT_EQ(ask(questions[0]).dump(), without[0].dump());
}

TEST_F(ProgramWithModels, IngestLeavesTheWordsLiveWhenTheModelIsDownAndGoesOnLater) {
    town_.write_config(config());
    fake_.fault(Fault::fails);
    const Outcome down = town_.ingest();
    EXPECT_EQ(down.exit_code, 1);
    EXPECT_NE(
        down.out.find("The search in words is live with everything; `raadbot ingest` goes on"),
        std::string::npos)
        << down.out;
    EXPECT_EQ(down.out.find("hemmelig"), std::string::npos);
    EXPECT_EQ(ask(question)["kind"], "answered");
    Outcome doctor = support::run(town_.line("doctor"));
    EXPECT_EQ(doctor.exit_code, 1);
    EXPECT_NE(doctor.out.find("FAILED embedding model " + FakeModel::name), std::string::npos)
        << doctor.out;
    EXPECT_NE(doctor.out.find("passages have no vector"), std::string::npos) << doctor.out;
    fake_.fault(Fault::none);
    EXPECT_EQ(town_.ingest().exit_code, 0);
    doctor = support::run(town_.line("doctor"));
    EXPECT_NE(doctor.out.find("ok     every passage has a vector"), std::string::npos)
        << doctor.out;
    EXPECT_NE(doctor.out.find("ok     embedding model " + FakeModel::name), std::string::npos);
    EXPECT_NE(doctor.out.find("ok     reranking model " + FakeModel::name), std::string::npos);
    EXPECT_EQ((doctor.out + doctor.err).find("hemmelig"), std::string::npos);
}

TEST_F(ProgramWithModels, ATakeDownLeavesNoVector) {
    town_.write_config(config());
    ASSERT_EQ(town_.ingest().exit_code, 0);
    const Outcome removed =
        support::run({Town::program(), "sources", "remove", "pages", "--config",
                      (town_.folder / "town.toml").string(), "--reason", "prøve"});
    ASSERT_EQ(removed.exit_code, 0) << removed.err;
    for (const auto& entry :
         std::filesystem::directory_iterator(town_.folder / "data/index/vectors")) {
        EXPECT_FALSE(entry.path().filename().string().starts_with("vectors-")) << entry.path();
    }
    EXPECT_EQ(ask(question)["kind"], "refused");
}

TEST_F(ProgramWithModels, DamagedVectorsAreNoticedAndMadeAnew) {
    town_.write_config(config());
    ASSERT_EQ(town_.ingest().exit_code, 0);
    for (const auto& entry :
         std::filesystem::directory_iterator(town_.folder / "data/index/vectors")) {
        if (!entry.path().filename().string().starts_with("vectors-")) continue;
        std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(1);
        file.put('!');
    }
    EXPECT_EQ(ask(question)["kind"], "answered");
    EXPECT_EQ(support::run(town_.line("doctor")).exit_code, 1);
    const Outcome read = town_.ingest();
    EXPECT_EQ(read.exit_code, 1);
    EXPECT_NE(read.err.find("raadbot ingest --rebuild"), std::string::npos) << read.err;
    EXPECT_EQ(town_.ingest({"--rebuild"}).exit_code, 0);
    fake_.forget();
    EXPECT_NE(ask(question)["ai_label"].get<std::string>().find(FakeModel::name),
              std::string::npos);
}

TEST_F(ProgramWithModels, ConfigurationErrorsNameTheKey) {
    const auto refused = [&](const std::string& text) {
        town_.write_config(text);
        const Outcome outcome = town_.ingest();
        EXPECT_EQ(outcome.exit_code, 2) << text;
        return outcome.err;
    };
    EXPECT_NE(refused("[model]\n").find("names no model"), std::string::npos);
    std::string text = config();
    text.replace(text.find("in_municipality_control = true\n"), 31, "");
    EXPECT_NE(refused(text).find("in_municipality_control must be true"), std::string::npos);
    EXPECT_NE(refused(config("sped = 1\n")).find("unknown key \"model.embedding.sped\""),
              std::string::npos);
    text = config();
    text.replace(text.find("RAADBOT_TEST_MODEL_KEY"), 22, "RAADBOT_TEST_UNSET");
    EXPECT_NE(refused(text).find("model.embedding.key_env"), std::string::npos);
}

TEST_F(ProgramWithModels, RankFindsByMeaningWhatTheWordsDoNot) {
    fake_.same_sense("brnfxq", "vederlag");
    fake_.same_sense("zwkplt", "genbrugsplads");
    town_.write_config(config());
    town_.folder.write("corpus.jsonl",
                       R"({"_id":"a","title":"","text":"vederlag til medlemmer"}
{"_id":"b","title":"","text":"genbrugsplads åben lørdag"}
{"_id":"c","title":"","text":"skolernes sommerferie begynder"}
)");
    town_.folder.write("queries.jsonl", R"({"_id":"1","text":"brnfxq"}
{"_id":"2","text":"zwkplt"}
)");
    town_.folder.write("qrels.tsv", "1\ta\t1\n2\tb\t1\n");
    std::vector<std::string> line = {Town::program(), "rank",
                                     "--corpus",      (town_.folder / "corpus.jsonl").string(),
                                     "--queries",     (town_.folder / "queries.jsonl").string(),
                                     "--qrels",       (town_.folder / "qrels.tsv").string()};
    const Outcome words = support::run(line);
    EXPECT_NE(words.out.find("nDCG@10    0.0000"), std::string::npos) << words.out;
    EXPECT_EQ(fake_.requests(), 0U);
    line.insert(line.end(), {"--config", (town_.folder / "town.toml").string()});
    const Outcome both = support::run(line);
    ASSERT_EQ(both.exit_code, 0) << both.err;
    EXPECT_NE(both.out.find("nDCG@10    1.0000"), std::string::npos) << both.out;
}

TEST_F(ProgramWithModels, ThePagesTellOfTheModels) {
    town_.write_config(config());
    ASSERT_EQ(town_.ingest().exit_code, 0);
    const auto page = [](const Town& town, const std::string& path) {
        support::Background serve(town.line("serve", {"--port", "0"}));
        std::smatch port;
        std::string out;
        for (int i = 0; i < 600 && serve.running(); ++i) {
            out = serve.out();
            if (std::regex_search(out, port, std::regex("http://127.0.0.1:(\\d+)/"))) break;
            std::this_thread::sleep_for(std::chrono::milliseconds{100});
        }
        EXPECT_FALSE(port.empty()) << serve.err();
        if (port.empty()) return std::string();
        const http::RestClient client("http://127.0.0.1:" + port[1].str());
        http::RestRequest request;
        request.target = path;
        const auto response = client.send(request);
        EXPECT_TRUE(response);
        serve.signal(SIGTERM);
        serve.wait(std::chrono::seconds{60});
        return response ? response->body : std::string();
    };
    // The front page tries its example questions: without the model, nobody asked them.
    fake_.forget();
    EXPECT_NE(page(town_, "/").find("Lunby Kommune"), std::string::npos);
    EXPECT_EQ(fake_.requests(), 0U);
    const std::string om = page(town_, "/om");
    EXPECT_NE(om.find(FakeModel::name), std::string::npos);
    EXPECT_NE(om.find(fake_.url().substr(7)), std::string::npos);
    EXPECT_EQ(om.find("Der bruges ingen sprogmodel:"), std::string::npos);
    EXPECT_NE(page(town_, "/privatliv").find(FakeModel::name), std::string::npos);
    town_.write_config();
    const std::string without = page(town_, "/om");
    EXPECT_EQ(without.find(FakeModel::name), std::string::npos);
    EXPECT_NE(without.find("Der bruges ingen sprogmodel:"), std::string::npos);
}

}  // namespace
}  // namespace raadbot
