// The whole program over exports of case systems: nothing closed comes out of any door, what is
// closed later leaves no trace, what is corrected marks the answers that were given from it.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "retrieval/store/store.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class AgendaProgram : public ::testing::Test {
protected:
    AgendaProgram() {
        fs::copy(RAADBOT_SOURCE_DIR "/tests/unit/ingest/files/exports", folder_ / "moeder",
                 fs::copy_options::recursive);
        folder_.write("town.toml",
                      "data_dir = \"data\"\nmunicipality = \"Fjordby Kommune\"\n"
                      "[[source]]\nid = \"moeder\"\nkind = \"meetings\"\npath = \"moeder\"\n"
                      "base_url = \"https://fjordby.example/\"\n");
    }
    std::string ingest() {
        const auto outcome = support::run(
            {RAADBOT_BINARY, "ingest", "--details", "--config", (folder_ / "town.toml").string()});
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        return outcome.out + outcome.err;
    }
    json ask(const std::string& question) {
        const auto outcome =
            support::run({RAADBOT_BINARY, "ask", "--json", "--now", "2026-03-05T09:00:00+01:00",
                          "--config", (folder_ / "town.toml").string(), question});
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        said_ += outcome.out + outcome.err;
        return json::parse(outcome.out);
    }
    void edit(const std::string& path, std::string_view from, std::string_view to) {
        std::string bytes = support::read_file(folder_ / "moeder" / path);
        const std::size_t at = bytes.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        bytes.replace(at, from.size(), to);
        folder_.write(fs::path("moeder") / path, bytes);
    }
    /// Files of the data directory that hold the word, in any case.
    std::vector<std::string> files_with(std::string word) const {
        const auto low = [](std::string& text) {
            std::transform(text.begin(), text.end(), text.begin(), [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            });
        };
        low(word);
        std::vector<std::string> found;
        for (const auto& entry : fs::recursive_directory_iterator(folder_ / "data")) {
            if (!entry.is_regular_file()) continue;
            std::string bytes = support::read_file(entry.path());
            low(bytes);
            if (bytes.find(word) != std::string::npos) found.push_back(entry.path().string());
        }
        return found;
    }
    std::optional<store::KeptAnswer> kept(const json& answer) const {
        return store::Store::open(folder_ / "data")
            ->kept_answer(AnswerId{answer.at("answer_id").get<std::string>()});
    }

    support::TemporaryFolder folder_;
    std::string said_;
};

TEST_F(AgendaProgram, NothingClosedComesOutOfAnyDoor) {
    const std::string printed = ingest();
    EXPECT_EQ(printed.find("KANARIE"), std::string::npos) << printed;
    EXPECT_NE(printed.find("closed items stopped"), std::string::npos);
    for (const auto question :
         {"hvad blev besluttet om salg af grund", "hvad står der i notatet om naboen",
          "hvem har klaget over en lærer", "hvad blev besluttet om ekspropriation af Møllevej",
          "hvem blev ansat som direktør", "hvad koster lysmasterne", "hvor lang er cykelstien",
          "hvornår begynder skoleåret", "hvor mange boliger giver lokalplan 214 plads til",
          "hvad er CPR-nummeret på bygherren", "hvilke punkter var lukkede"}) {
        const json answer = ask(question);
        const std::string all = answer.dump();
        EXPECT_EQ(all.find("KANARIE"), std::string::npos) << question << "\n" << all;
        EXPECT_EQ(all.find("150785"), std::string::npos) << question << "\n" << all;
    }
    for (const auto secret : {"kanarie", "150785", "naboen.txt", "9104.txt"}) {
        const auto found = files_with(secret);
        EXPECT_TRUE(found.empty()) << secret << " in " << (found.empty() ? "" : found.front());
    }
}

TEST_F(AgendaProgram, AnswersComeFromTheItemTheDecisionAndTheAttachment) {
    ingest();
    const json path = ask("hvor lang bliver cykelstien på Havnevej");
    EXPECT_EQ(path["kind"], "answered") << path.dump(1);
    EXPECT_NE(path["text"].get<std::string>().find("800 meter"), std::string::npos);
    EXPECT_EQ(path["sources"][0]["committee"], "Teknik- og Miljøudvalget");
    const json lights = ask("hvad koster masterne på boldbanen");
    EXPECT_NE(lights["text"].get<std::string>().find("640.000 kr."), std::string::npos)
        << lights.dump(1);
    const json school = ask("hvad blev besluttet om skolestart");
    EXPECT_NE(school["text"].get<std::string>().find("10. august"), std::string::npos)
        << school.dump(1);
}

TEST_F(AgendaProgram, WhatIsClosedAfterPublicationLeavesNoTrace) {
    ingest();
    const json answer = ask("hvor mange boliger giver lokalplanen for havnen plads til");
    ASSERT_EQ(answer["kind"], "answered") << answer.dump(1);
    ASSERT_TRUE(kept(answer));
    ASSERT_FALSE(files_with("120 boliger").empty());
    // The answer was read once more, so that the database's log holds it too.
    edit("fujitsu/Moede_9/agenda.xml", "<edoc:AccessIsPublic>true", "<edoc:AccessIsPublic>false");
    ingest();
    EXPECT_FALSE(kept(answer));
    for (const auto word : {"120 boliger", "lokalplan 214", "306-2025-600", "tre bassiner"}) {
        const auto found = files_with(word);
        EXPECT_TRUE(found.empty()) << word << " in " << (found.empty() ? "" : found.front());
    }
    // Single words stand in the index by themselves.
    for (const auto word : {"bassiner", "lokalplanen"}) {
        const auto found = files_with(word);
        EXPECT_TRUE(found.empty()) << word << " in " << (found.empty() ? "" : found.front());
    }
    EXPECT_EQ(ask("hvor mange boliger giver lokalplanen for havnen plads til")["kind"], "refused");
}

TEST_F(AgendaProgram, AFieldThatIsClosedLaterTakesTheAnswersWithIt) {
    ingest();
    const json answer = ask("hvor lang bliver cykelstien på Havnevej");
    ASSERT_TRUE(kept(answer));
    edit("sbsys/Publication7/Publication7.xml", "<Caption><![CDATA[Sagsfremstilling]]></Caption>",
         "<Caption><![CDATA[Sagsfremstilling]]></Caption><IsPublic>False</IsPublic>");
    ingest();
    EXPECT_FALSE(kept(answer));
    const auto found = files_with("800 meter");
    EXPECT_TRUE(found.empty()) << found.front();
}

TEST_F(AgendaProgram, CorrectedMinutesReplaceTheOldAndMarkItsAnswers) {
    ingest();
    const json answer = ask("hvad blev besluttet om skolestart");
    ASSERT_EQ(answer["kind"], "answered") << answer.dump(1);
    ASSERT_TRUE(kept(answer));
    EXPECT_FALSE(kept(answer)->superseded);
    edit("acadre/Files_7_70/70.XML", "den 10. august", "den 11. august");
    ingest();
    const auto marked = kept(answer);
    ASSERT_TRUE(marked);
    EXPECT_TRUE(marked->superseded);
    EXPECT_FALSE(marked->documents.empty());
    const json now = ask("hvad blev besluttet om skolestart");
    EXPECT_NE(now["text"].get<std::string>().find("11. august"), std::string::npos) << now.dump(1);
    EXPECT_EQ(now["text"].get<std::string>().find("10. august"), std::string::npos);
}

/// An agenda, its minutes and the recording of the meeting, in two sources.
class JoinedProgram : public ::testing::Test {
protected:
    JoinedProgram() {
        folder_.write("town.toml",
                      "data_dir = \"data\"\nmunicipality = \"Lunby Kommune\"\n"
                      "[[source]]\nid = \"moeder\"\nkind = \"meetings\"\npath = \"moeder\"\n"
                      "base_url = \"https://lunby.example/moeder/\"\n"
                      "[[source]]\nid = \"video\"\nkind = \"video\"\npath = \"video\"\n"
                      "base_url = \"https://lunby.example/video/\"\n");
        folder_.write("moeder/dagsorden.html", paper("Dagsorden", ""));
        folder_.write(
            "video/byraadet-2026-03-24.vtt",
            "WEBVTT\n\nNOTE\nurl: https://lunby.example/webtv/7\n\n"
            "00:00:05.000 --> 00:00:09.000\n<v Lone Hav>Velkommen til mødet.\n\n"
            "00:01:10.000 --> 00:01:20.000\n<v Lone Hav>Så går vi til sagen om hallen.\n\n"
            "00:01:25.000 --> 00:01:40.000\n<v Bo Krog>Jeg glæder mig over det gode "
            "samarbejde med foreningerne om haltimerne.\n\n"
            "00:05:00.000 --> 00:05:09.000\n<v Lone Hav>Så kommer vi til broen.\n");
    }
    static std::string paper(const std::string& kind, const std::string& decision) {
        const auto item = [&](const char* number, const char* title, const char* proposal,
                              const char* case_number) {
            return std::string("<h2 id=p") + number + ">" + number + ". " + title +
                   "</h2><p>Sagsnr.: " + case_number + "</p><h3>Indstilling</h3><p>" + proposal +
                   "</p>" + (decision.empty() ? "" : "<h3>Beslutning</h3><p>" + decision + "</p>");
        };
        return "<html lang=da><head><title>" + kind +
               " Byrådet 24. marts 2026</title></head><body>"
               "<main><h1>" +
               kind + ", Byrådet den 24. marts 2026</h1>" +
               item("1", "Ny idrætshal i Lunde",
                    "Forvaltningen indstiller, at idrætshallen i Lunde bygges for 42 mio. kr.",
                    "24/1187") +
               item("2", "Bro over åen", "Forvaltningen indstiller, at broen males grøn.",
                    "24/1190") +
               "</main></body></html>";
    }
    support::Outcome run(std::vector<std::string> more) {
        more.insert(more.begin(), RAADBOT_BINARY);
        more.insert(more.begin() + 2, {"--config", (folder_ / "town.toml").string()});
        return support::run(more);
    }
    json ask(const std::string& question, const std::string& now) {
        const auto outcome = run({"ask", "--json", "--now", now, question});
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        return json::parse(outcome.out, nullptr, false);
    }
    void ingest() {
        const auto outcome = run({"ingest"});
        ASSERT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
    }
    static std::string also(const json& answer, const std::string& kind) {
        for (const json& source : answer.value("sources", json::array())) {
            for (const json& one : source.value("also", json::array())) {
                if (one.at("kind") == kind) return one.at("url");
            }
        }
        return {};
    }
    support::TemporaryFolder folder_;
};

TEST_F(JoinedProgram, AgendaMinutesAndRecordingBelongTogether) {
    ingest();
    const json before =
        ask("hvad er indstillingen om idrætshallen i Lunde", "2026-03-20T09:00:00Z");
    ASSERT_EQ(before.at("kind"), "answered") << before.dump(2);
    EXPECT_NE(before.dump().find("moeder/dagsorden.html#p1"), std::string::npos) << before.dump(2);

    folder_.write("moeder/referat.html", paper("Referat", "Godkendt af alle 25 medlemmer."));
    ingest();
    const json after = ask("hvad blev besluttet om idrætshallen i Lunde", "2026-04-01T09:00:00Z");
    ASSERT_EQ(after.at("kind"), "answered") << after.dump(2);
    EXPECT_EQ(also(after, "agenda"), "https://lunby.example/moeder/dagsorden.html#p1")
        << after.dump(2);
    EXPECT_EQ(also(after, "recording"), "https://lunby.example/webtv/7?t=70") << after.dump(2);
    // The recommendation is told once, from the minutes.
    const json proposal =
        ask("hvad er indstillingen om idrætshallen i Lunde", "2026-04-01T09:00:00Z");
    EXPECT_EQ(proposal.dump().find("\"url\":\"https://lunby.example/moeder/dagsorden"),
              proposal.dump().find("\"url\":\"https://lunby.example/moeder/dagsorden.html#p1\"}"))
        << proposal.dump(2);
    // What was answered from the agenda says that there is something newer.
    const auto kept = store::Store::open(folder_ / "data")
                          ->kept_answer(AnswerId{before.at("answer_id").get<std::string>()});
    ASSERT_TRUE(kept);
    EXPECT_TRUE(kept->superseded);

    const json speech = ask("hvad sagde Bo Krog om idrætshallen", "2026-04-01T09:00:00Z");
    ASSERT_EQ(speech.at("kind"), "answered") << speech.dump(2);
    EXPECT_NE(speech.dump().find("haltimerne"), std::string::npos) << speech.dump(2);
    EXPECT_EQ(also(speech, "item"), "https://lunby.example/moeder/referat.html#p1")
        << speech.dump(2);
    const auto doctor = run({"doctor"});
    EXPECT_EQ(doctor.out.find("but the database has"), std::string::npos) << doctor.out;
}

}  // namespace
}  // namespace raadbot
