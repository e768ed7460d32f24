#include "retrieval/danish/lexicon.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace raadbot::danish {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

const Lexicon& shipped() {
    static const auto lexicon =
        Lexicon::load(std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/lexicon");
    if (!lexicon) throw std::runtime_error(lexicon.error().message);
    return **lexicon;
}

std::vector<Expansion> expand(const Lexicon& lexicon, const std::string& question) {
    return lexicon.expand(tokenize(question), question);
}

bool expands(const std::string& question, const std::string& target) {
    const auto found = expand(shipped(), question);
    const std::string wanted = joined([&] {
        std::vector<std::string> words;
        for (const Token& token : tokenize(target)) words.push_back(token.text);
        return words;
    }());
    return std::any_of(found.begin(), found.end(),
                       [&](const Expansion& e) { return joined(e.words) == wanted; });
}

/// A folder with one lexicon file, removed with the fixture.
class LexiconFile : public testing::Test {
protected:
    void SetUp() override {
        dir_ = std::filesystem::temp_directory_path() /
               ("raadbot-lexicon-" + std::to_string(::getpid()));
        std::filesystem::create_directories(dir_);
    }
    void TearDown() override { std::filesystem::remove_all(dir_); }
    Result<std::shared_ptr<const Lexicon>> load(const std::string& text) {
        std::ofstream(dir_ / "a.tsv", std::ios::binary) << text;
        return Lexicon::load(dir_);
    }
    std::filesystem::path dir_;
};

TEST_F(LexiconFile, NamesFileAndLineOfAMistake) {
    for (const char* wrong :
         {"# fine\nen\tto\tsynonym\n", "# fine\nen\tto\tsynonim\t0.5\n",
          "# fine\nen\tto\tsynonym\t1.5\n", "# fine\nen\tto\tsynonym\tmeget\n",
          "# fine\nen\t,\tsynonym\t0.5\n", "# fine\nen\tto\tenglish<>\t0.5\n",
          "# fine\nen\tto\tsynonym\t0.5\textra\n", "# fine\nen\tt\xFF\tsynonym\t0.5\n"}) {
        const auto loaded = load(wrong);
        ASSERT_FALSE(loaded) << wrong;
        EXPECT_EQ(loaded.error().code, ErrorCode::invalid_config);
        EXPECT_NE(loaded.error().message.find("a.tsv:2:"), std::string::npos)
            << loaded.error().message;
    }
    EXPECT_FALSE(Lexicon::load(dir_ / "none"));
    std::filesystem::remove(dir_ / "a.tsv");
    EXPECT_FALSE(Lexicon::load(dir_));
}

TEST_F(LexiconFile, GoesBothWaysOnlyWhenMarked) {
    const auto loaded =
        load("blaffe\tknurhane\tsynonym<>\t0.5\r\nfims\tknaldhytte\tsynonym\t0.5\n");
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(expand(**loaded, "blaffe").at(0).words, std::vector<std::string>{"knurhane"});
    EXPECT_EQ(expand(**loaded, "knurhane").at(0).words, std::vector<std::string>{"blaffe"});
    EXPECT_EQ(expand(**loaded, "fims").at(0).words, std::vector<std::string>{"knaldhytte"});
    for (const Expansion& e : expand(**loaded, "knaldhytte"))
        EXPECT_EQ(e.kind, ExpansionKind::thesaurus);
}

TEST_F(LexiconFile, LongestPhraseWinsAndSkipsFunctionWords) {
    const auto loaded = load(
        "løn\tvederlag\tsynonym\t0.9\nmistet løn\ttabt arbejdsfortjeneste\tsynonym\t0.9\n"
        "få på dagsordenen\tinitiativret\tsynonym\t0.9\n");
    ASSERT_TRUE(loaded) << loaded.error().message;
    const auto lost = expand(**loaded, "erstatning for mistet løn");
    const auto entry = std::find_if(lost.begin(), lost.end(), [](const Expansion& e) {
        return e.kind == ExpansionKind::synonym;
    });
    ASSERT_NE(entry, lost.end());
    EXPECT_EQ(joined(entry->words), "tabt arbejdsfortjeneste");
    EXPECT_EQ(entry->first_token, 2U);
    EXPECT_EQ(entry->last_token, 4U);
    EXPECT_EQ(std::count_if(lost.begin(), lost.end(),
                            [](const Expansion& e) { return joined(e.words) == "vederlag"; }),
              0);
    const auto raised = expand(**loaded, "hvordan får jeg det på dagsordenen");
    EXPECT_TRUE(std::any_of(raised.begin(), raised.end(),
                            [](const Expansion& e) { return joined(e.words) == "initiativret"; }));
}

TEST(Lexicon, ShipsManyEntries) { EXPECT_GE(shipped().size(), 900U); }

TEST(Lexicon, LeadsFromEverydayWordsToOfficialOnes) {
    const std::vector<std::pair<const char*, const char*>> cases{
        {"hvad er min løn", "vederlag"},
        {"lønnen som byrådsmedlem", "fast vederlag"},
        {"må min suppleant komme", "stedfortræder"},
        {"suppleanter", "stedfortræder"},
        {"og suppleanterne", "stedfortræder"},
        {"får jeg kørepenge", "befordringsgodtgørelse"},
        {"min ipad virker ikke", "it-udstyr"},
        {"glemt kodeord", "adgangskode"},
        {"jeg har tabt mit nøglekort", "adgangskort"},
        {"er der mad til mødet", "forplejning"},
        {"jeg er syg", "forfald"},
        {"mit barn er sygt", "forfald"},
        {"får jeg TA til kurset", "tabt arbejdsfortjeneste"},
        {"ØU", "økonomiudvalg"},
        {"hvornår henter i skrald", "affald"},
        {"lossepladsen", "genbrugsplads"},
        {"hul i vejen", "vejvedligeholdelse"},
        {"gadelys på stien", "vejbelysning"},
        {"rydde sne", "vintertjeneste"},
        {"plads på plejehjemmet", "plejebolig"},
        {"bygge til", "byggetilladelse"},
        {"er jeg inhabil", "habilitet"},
        {"må jeg sige det til min gruppe", "tavshedspligt"},
        {"kan jeg få det på dagsordenen", "initiativret"},
        {"bag lukkede døre", "lukket punkt"},
        {"hvornår er 2. behandling", "andenbehandling"},
        {"børnetillæg", "tillægsvederlag"},
        {"ksl", "kommunestyrelsesloven"},
        {"stedfortræder", "suppleant"},
    };
    for (const auto& [question, target] : cases)
        EXPECT_TRUE(expands(question, target)) << question << " -> " << target;
}

TEST(Lexicon, LeadsFromEnglishToDanish) {
    const std::vector<std::pair<const char*, const char*>> cases{
        {"what is on the agenda", "dagsorden"},
        {"how much is a council member paid", "vederlag"},
        {"do I get lost earnings", "tabt arbejdsfortjeneste"},
        {"where can I park my car", "parkering"},
        {"can my deputy attend the committee", "stedfortræder"},
        {"conflicts of interest", "habilitet"},
        {"is it confidential", "tavshedspligt"},
        {"when was the bike path approved", "cykelsti"},
        {"how do I apply for leave of absence", "orlov"},
        {"public hearing of the local plan", "høring"},
        {"opening hours of the recycling centre", "genbrugsplads"},
        {"schools", "skole"},
        {"the committees", "udvalg"},
        {"who is the deputy mayor", "viceborgmester"},
    };
    for (const auto& [question, target] : cases)
        EXPECT_TRUE(expands(question, target)) << question << " -> " << target;
}

TEST(Lexicon, DoesNotTakeDanishWordsForEnglishOnes) {
    for (const Expansion& e :
         expand(shipped(), "hvad koster mad i hallen og er der plan for bad")) {
        EXPECT_NE(e.kind, ExpansionKind::english) << joined(e.words);
    }
    EXPECT_FALSE(expands("kl. 19", "Kommunernes Landsforening"));
    EXPECT_TRUE(expands("hvad siger KL", "Kommunernes Landsforening"));
    EXPECT_FALSE(expands("må jeg tage min mand med", "MED-udvalg"));
    EXPECT_TRUE(expands("hvem sidder i MED", "MED-udvalg"));
}

TEST(Lexicon, KeepsItsLimits) {
    const std::string question =
        "hvad er reglerne for løn kørepenge mad parkering kodeord suppleant orlov syg skrald vej "
        "skole børnehave plejehjem hal svømmehal bus cykel støj "
        "vindmøller skat pas budget penge udvalg formand høring klage bolig job ferie";
    const auto found = expand(shipped(), question);
    EXPECT_LE(found.size(), 40U);
    const auto tokens = tokenize(question);
    for (const Expansion& e : found) {
        EXPECT_LT(e.first_token, e.last_token);
        EXPECT_LE(e.last_token, tokens.size());
        EXPECT_GT(e.weight, 0);
        EXPECT_LE(e.weight, 1);
        EXPECT_FALSE(e.words.empty());
    }
    EXPECT_TRUE(expand(shipped(), "").empty());
}

TEST(Lexicon, NeverGivesBackTheAskersWords) {
    for (const Expansion& e : expand(shipped(), "vederlag og løn til suppleant og stedfortræder")) {
        EXPECT_NE(joined(e.words), "vederlag");
        EXPECT_NE(joined(e.words), "suppleant");
        EXPECT_NE(joined(e.words), "stedfortræder");
    }
}

TEST(Language, TellsEnglishFromDanish) {
    for (const char* question :
         {"What is a local plan?", "who is the mayor", "parking", "council meeting", "salary mayor",
          "can I see the emails", "is it secret?", "what does habilitet mean",
          "agenda for next meeting", "How do I report illness"}) {
        EXPECT_EQ(question_language(question), "en") << question;
    }
    for (const char* question :
         {"hvad er en lokalplan", "hvem er borgmester", "parkering", "løn", "må jeg se sagen", "",
          "TMU", "24/1187", "habilitet", "og hvad med suppleanter", "hvornaar er moedet",
          "kan jeg parkere", "for suppleanter", "hvad med parking"}) {
        EXPECT_EQ(question_language(question), "da") << question;
    }
}

}  // namespace
}  // namespace raadbot::danish
