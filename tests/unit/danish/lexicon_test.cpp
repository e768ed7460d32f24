#include "retrieval/danish/lexicon.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <utility>
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
    // What stands for one of its words stands for less.
    for (const Expansion& e : lost) {
        EXPECT_TRUE(joined(e.words) != "vederlag" || e.weight < 0.8F);
    }
    const auto raised = expand(**loaded, "hvordan får jeg det på dagsordenen");
    EXPECT_TRUE(std::any_of(raised.begin(), raised.end(),
                            [](const Expansion& e) { return joined(e.words) == "initiativret"; }));
}

/// A pair of the shipped files, one way.
struct Pair {
    std::string language;  ///< "english" entries are a dictionary of their own.
    std::string from;
    std::string to;
    float weight = 0;
    std::string place;  ///< File and line.
    bool ring = false;  ///< One of a line of words that all mean the same.
};

std::vector<std::string> split_list(const std::string& text, char mark) {
    std::vector<std::string> items;
    std::istringstream in(text);
    for (std::string item; std::getline(in, item, mark);) {
        std::string words;
        for (const Token& token : tokenize(item)) words += (words.empty() ? "" : " ") + token.text;
        items.push_back(mark == ',' ? words : item);
    }
    return items;
}

const std::vector<Pair>& shipped_pairs() {
    static const std::vector<Pair> all = [] {
        std::vector<Pair> pairs;
        const std::filesystem::path dir =
            std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/lexicon";
        for (const auto& file : std::filesystem::directory_iterator(dir)) {
            if (file.path().extension() != ".tsv") continue;
            std::ifstream in(file.path());
            std::size_t number = 0;
            for (std::string line; std::getline(in, line);) {
                ++number;
                if (line.empty() || line.front() == '#') continue;
                const std::vector<std::string> columns = split_list(line, '\t');
                const std::string place =
                    file.path().filename().string() + ":" + std::to_string(number);
                const std::string& kind = columns.at(2);
                const std::string language = kind == "english" ? "english" : "danish";
                const float weight = std::stof(columns.at(3));
                const std::vector<std::string> froms = split_list(columns.at(0), ',');
                const bool ring = columns.at(1) == "=";
                for (const std::string& from : froms) {
                    for (const std::string& to : ring ? froms : split_list(columns.at(1), ',')) {
                        pairs.push_back({language, from, to, weight, place, ring});
                        if (kind.ends_with("<>"))
                            pairs.push_back({language, to, from, weight, place});
                    }
                }
            }
        }
        return pairs;
    }();
    return all;
}

TEST(ShippedLexicon, SaysEveryPairOnce) {
    std::map<std::string, std::string> seen;
    for (const Pair& pair : shipped_pairs()) {
        if (pair.from == pair.to || pair.ring) continue;
        const auto [known, fresh] =
            seen.emplace(pair.language + ":" + pair.from + " -> " + pair.to, pair.place);
        EXPECT_TRUE(fresh) << known->first << " stands in " << known->second << " and in "
                           << pair.place;
    }
}

TEST(ShippedLexicon, LeadsSomewhereOnEveryLine) {
    std::map<std::string, bool> leads;
    for (const Pair& pair : shipped_pairs()) leads[pair.place] |= pair.from != pair.to;
    std::size_t own = 0;
    for (const auto& [place, away] : leads) own += away ? 0U : 1U;
    // A line that only leads to itself keeps a word whole; more than a few are mistakes.
    EXPECT_LE(own, leads.size() / 50);
}

TEST(ShippedLexicon, NeverTakesAWordForItsOpposite) {
    constexpr float hint = 0.5F;
    const std::vector<std::pair<std::string, std::string>> opposites{
        {"køb", "salg"},
        {"købe", "sælge"},
        {"købe", "salg"},
        {"sælge", "køb"},
        {"åbne", "lukke"},
        {"åbning", "lukning"},
        {"godkendt", "afvist"},
        {"godkendt", "forkastet"},
        {"vedtaget", "forkastet"},
        {"vedtaget", "udsat"},
        {"godkendt", "udsat"},
        {"for", "imod"},
        {"flertal", "mindretal"},
        {"overskud", "underskud"},
        {"merforbrug", "mindreforbrug"},
        {"forhøjelse", "nedsættelse"},
        {"stige", "falde"},
        {"hæve", "sænke"},
        {"ansætte", "afskedige"},
        {"ansættelse", "afskedigelse"},
        {"tilmelde", "afmelde"},
        {"tilmelding", "udmeldelse"},
        {"indmeldelse", "udmeldelse"},
        {"indrejse", "udrejse"},
        {"tilflytning", "fraflytning"},
        {"opførelse", "nedrivning"},
        {"bygge", "nedrivning"},
        {"åbent møde", "lukket møde"},
        {"åbne møder", "lukkede døre"},
        {"indtægt", "udgift"},
        {"tilladelse", "forbud"},
        {"tilladt", "forbudt"},
        {"udlejning", "leje af kommunale bygninger"},
        {"begynde", "slutte"},
        {"udbetaling", "opkrævning"},
        {"udlån", "aflevering"},
    };
    for (const Pair& pair : shipped_pairs()) {
        for (const auto& [one, other] : opposites) {
            const bool confused =
                (pair.from == one && pair.to == other) || (pair.from == other && pair.to == one);
            EXPECT_FALSE(confused && pair.weight >= hint)
                << pair.place << ": " << pair.from << " -> " << pair.to;
        }
    }
}

TEST(ShippedLexicon, KeepsItsFilesReadable) {
    const std::filesystem::path dir = std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/lexicon";
    std::ifstream readme(dir / "README.md");
    const std::string described((std::istreambuf_iterator<char>(readme)), {});
    for (const auto& file : std::filesystem::directory_iterator(dir)) {
        if (file.path().extension() != ".tsv") continue;
        std::ifstream in(file.path());
        std::size_t lines = 0;
        for (std::string line; std::getline(in, line);) ++lines;
        EXPECT_LE(lines, 900U) << file.path();
        EXPECT_NE(described.find("`" + file.path().filename().string() + "`"), std::string::npos)
            << file.path() << " is not in the README's table";
    }
}

TEST_F(LexiconFile, LeavesTheWordsOfAPhraseWhatStandsForThem) {
    const auto loaded = load(
        "chef\tleder\tsynonym\t0.8\nhvem er chef\torganisation\tsynonym\t0.8\n"
        "forslag\toplæg\tsynonym\t0.8\nstille forslag\tinitiativret\tsynonym\t0.8\n"
        "nyt hus\tnyt hus\tsynonym\t1\nhus\tbolig\tsynonym\t0.8\n"
        "hvem vier\tvielse\tsynonym\t0.8\n");
    ASSERT_TRUE(loaded) << loaded.error().message;
    const auto weight = [&](const std::string& question, const std::string& target) {
        for (const Expansion& e : expand(**loaded, question)) {
            if (joined(e.words) == target && e.kind == ExpansionKind::synonym) return e.weight;
        }
        return 0.0F;
    };
    // The frame of a question is no thing; another phrase mostly is.
    EXPECT_FLOAT_EQ(weight("hvem er chef for vejen", "leder"), 0.8F);
    EXPECT_GT(weight("hvem kan stille forslag", "oplæg"), 0.5F);
    EXPECT_LT(weight("hvem kan stille forslag", "oplæg"), 0.8F);
    EXPECT_FLOAT_EQ(weight("hvem kan stille forslag", "initiativret"), 0.8F);
    EXPECT_EQ(weight("hvad koster nyt hus", "bolig"), 0.0F);  // Leads to itself.
    EXPECT_EQ(weight("hvad sker der hvis vi går", "vielse"), 0.0F);
}

TEST_F(LexiconFile, LetsTheWordsOfALineStandForEachOther) {
    const auto lexicon = load("blaffe, knurhane, fimse med\t=\tsynonym\t0.8\n");
    ASSERT_TRUE(lexicon) << lexicon.error().message;
    const auto targets = [&](const char* question) {
        std::vector<std::string> found;
        for (const Expansion& e : expand(**lexicon, question)) found.push_back(joined(e.words));
        return found;
    };
    EXPECT_EQ(targets("blaffe"), (std::vector<std::string>{"knurhane", "fimse med"}));
    EXPECT_EQ(targets("knurhane"), (std::vector<std::string>{"blaffe", "fimse med"}));
    EXPECT_EQ(targets("fimse med"), (std::vector<std::string>{"blaffe", "knurhane"}));
    EXPECT_FALSE(load("blaffe\t=\tsynonym\t0.8\n"));
    EXPECT_FALSE(load("blaffe, knurhane\t=\trelated\t0.8\n"));
    EXPECT_FALSE(load("blaffe, knurhane\t=\tenglish\t0.8\n"));
}

class MaterialsWords : public LexiconFile {
protected:
    /// What a question is expanded to for material that uses these words only.
    static std::vector<std::string> targets(const Lexicon& lexicon, const std::string& question,
                                            const std::vector<std::string>& used) {
        std::vector<std::string> found;
        for (const Expansion& e :
             lexicon.expand(tokenize(question), question, [&](const std::string& word) {
                 return std::find(used.begin(), used.end(), word) != used.end();
             }))
            found.push_back(joined(e.words));
        return found;
    }
};

TEST_F(MaterialsWords, ComeFirstWhereThereIsNoRoomForAll) {
    const auto lexicon = load(
        "blaffe\tfims, fams, fums, fjams, fnalder, fnuller, fjumser\tsynonym\t0.9\n"
        "blaffe\tknurhane\tsynonym\t0.6\n");
    ASSERT_TRUE(lexicon);
    const auto found = targets(**lexicon, "blaffe", {"knurhane"});
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front(), "knurhane");
}

TEST_F(MaterialsWords, LeaveAWordToItsShorterEntries) {
    const auto lexicon = load(
        "blaffe med\tfims\tsynonym\t0.9\nblaffe\tknurhane\tsynonym\t0.6\n"
        "snurre med\tsnurre med\tsynonym\t1\nsnurre\tknurhane\tsynonym\t0.6\n");
    ASSERT_TRUE(lexicon);
    EXPECT_EQ(targets(**lexicon, "blaffe med", {"fims", "knurhane"}),
              (std::vector<std::string>{"fims", "knurhane"}));
    EXPECT_EQ(targets(**lexicon, "blaffe med", {"knurhane"}), std::vector<std::string>{"knurhane"});
    // What leads to itself stays whole.
    EXPECT_TRUE(targets(**lexicon, "snurre med", {"knurhane"}).empty());
}

TEST_F(MaterialsWords, AreReachedInASecondStep) {
    const auto lexicon = load(
        "blaffe\tfims\tsynonym\t0.9\nfims\tknurhane\tsynonym\t0.8\n"
        "blaffer\tfims\tenglish\t0.9\nfims\tpjusk\tsynonym\t0.5\n");
    ASSERT_TRUE(lexicon);
    const auto has = [](const std::vector<std::string>& found, const char* word) {
        return std::find(found.begin(), found.end(), word) != found.end();
    };
    EXPECT_TRUE(has(targets(**lexicon, "blaffe", {"knurhane"}), "knurhane"));
    EXPECT_TRUE(has(targets(**lexicon, "what is the blaffer", {"knurhane"}), "knurhane"));
    // Not where the first step serves, and not from hint to hint.
    EXPECT_FALSE(has(targets(**lexicon, "blaffe", {"fims", "knurhane"}), "knurhane"));
    EXPECT_FALSE(has(targets(**lexicon, "blaffe", {"pjusk"}), "pjusk"));
}

TEST_F(LexiconFile, LetsAWordStandForAWiderOneOnlyHalf) {
    const auto lexicon = load(
        "kommunaldirektør\tdirektør\tsynonym\t0.9\n"
        "topchef\tdirektør\tsynonym\t0.9\n");
    ASSERT_TRUE(lexicon);
    const auto weight = [&](const char* question) {
        const auto found = expand(**lexicon, question);
        return found.empty() ? 0.0F : found.front().weight;
    };
    EXPECT_FLOAT_EQ(weight("hvem er kommunaldirektør"), 0.6F);
    EXPECT_FLOAT_EQ(weight("hvem er topchef"), 0.9F);
}

TEST(Lexicon, TranslatesTheWordsOfAnEnglishPhraseToo) {
    EXPECT_TRUE(expands("How long may I speak in the council meeting?", "møde"));
    EXPECT_TRUE(expands("What does a nursery place cost?", "vuggestue"));
    EXPECT_TRUE(expands("When was bus route 47 closed down?", "rute"));
}

TEST(Lexicon, KeepsAPartyFromStandingForAMeal) {
    EXPECT_FALSE(expands("hvornår er der julefrokost", "forplejning"));
    EXPECT_TRUE(expands("kan man gense mødet", "optagelse"));
    EXPECT_TRUE(expands("hvor smider jeg eternit ud", "asbest"));
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
        {"hvor afleverer jeg gamle malingsspande", "farligt affald"},
        {"min terpentin", "farligt affald"},
        {"lygten ved vores hus", "vejbelysning"},
        {"sneskovling", "snerydning"},
        {"vandet i hanen", "drikkevand"},
        {"dagplejemor", "dagpleje"},
        {"skal min datter vente med skolestart", "udsat skolestart"},
        {"rollatoren", "hjælpemidler"},
        {"hvem stemte nej", "imod"},
        {"det blev nedstemt", "forkastet"},
        {"gult kort", "sundhedskort"},
        {"fundne sager", "hittegods"},
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
          "kan jeg parkere", "for suppleanter", "hvad med parking",
          "deadline for at afbestille maden"}) {
        EXPECT_EQ(question_language(question), "da") << question;
    }
}

}  // namespace
}  // namespace raadbot::danish
