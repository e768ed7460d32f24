#include "retrieval/answer/respelling.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "retrieval/danish/morphology.hpp"

namespace raadbot::answer {
namespace {

/// A corpus that is a list of words.
class Words final : public index::Snapshot {
public:
    explicit Words(std::unordered_map<std::string, std::uint32_t> words) : speller_(words) {
        for (const auto& [word, count] : words) {
            frequencies_[word] += count;
            const std::string lemma = danish::Morphology::instance().lemma(word);
            if (lemma != word) frequencies_[lemma] += count;
        }
    }
    std::vector<index::Hit> search(const index::Request&) const override { return {}; }
    std::unique_ptr<index::Gate> gate(const index::Filter&) const override { return nullptr; }
    std::uint32_t document_frequency(std::string_view lemma) const override {
        const auto found = frequencies_.find(std::string(lemma));
        return found == frequencies_.end() ? 0 : found->second;
    }
    std::uint32_t passage_count() const override { return 100; }
    std::optional<std::string> correct(std::string_view folded) const override {
        const auto found = speller_.correct(folded, 1);
        if (found.empty()) return std::nullopt;
        return found.front().word;
    }
    std::string version() const override { return "1"; }

private:
    danish::Speller speller_;
    std::map<std::string, std::uint32_t, std::less<>> frequencies_;
};

std::string repaired(const std::string& question) {
    static const Words corpus({{"gruppeværelse", 3},
                               {"venstres", 9},
                               {"bygger", 9},
                               {"bogen", 4},
                               {"boligstøtte", 5},
                               {"tog", 2},
                               {"billetter", 4},
                               {"unge", 9},
                               {"rådet", 9},
                               {"året", 30},
                               {"tid", 50},
                               {"lang", 20},
                               {"langtidsplan", 1},
                               {"frist", 6},
                               {"frit", 6},
                               {"naturpark", 5},
                               {"kilometer", 5},
                               {"taksten", 5},
                               {"tilskud", 9},
                               {"tilskuddet", 3},
                               {"dækning", 2},
                               {"afgift", 4},
                               {"løn", 8},
                               {"bygge", 9},
                               {"nedrivning", 4},
                               {"forsamlingshus", 3},
                               {"cykelstien", 5},
                               {"langs", 8},
                               {"bæk", 2},
                               {"sagsnummeret", 5},
                               {"ejendomssalg", 4},
                               {"plejehjemsøen", 2},
                               {"ejendom", 5},
                               {"sag", 30},
                               {"køen", 3},
                               {"fristen", 6},
                               {"voksen", 7},
                               {"vind", 4},
                               {"kurser", 3},
                               {"udvalget", 40},
                               {"udvalgsplads", 2},
                               {"parkering", 9},
                               {"plads", 9},
                               {"børn", 9},
                               {"trafikplan", 2},
                               {"bestil", 9},
                               {"ler", 2}});
    static const danish::Speller lexicon(std::unordered_map<std::string, std::uint32_t>{
        {"kontanthjælp", 1}, {"habilitet", 1}, {"langtid", 1}});
    std::string text;
    for (const danish::Token& token : Respelling(corpus, lexicon).repaired(question)) {
        if (!text.empty()) text += ' ';
        text += token.text;
    }
    return text;
}

TEST(Respelling, MendsWhatTheMaterialLexiconOrDictionaryKnow) {
    const std::pair<const char*, const char*> cases[] = {
        {"hvor er ventres grupeværelse", "hvor er venstres gruppeværelse"},
        {"hvor længe låner man bøgger", "hvor længe låner man bøger"},
        {"hvornår er frsit", "hvornår er frist"},
        {"om åert", "om året"},
        {"kontanthjælb", "kontanthjælp"},
        {"reglerne for habiltet", "reglerne for habilitet"},
        {"min loen", "min løn"},
    };
    for (const auto& [typed, meant] : cases) EXPECT_EQ(repaired(typed), meant);
}

TEST(Respelling, AFormOfAUsedVerbIsNoPairOfWords) {
    EXPECT_EQ(repaired("hvordan bestiller jeg parkering"), "hvordan bestiller jeg parkering");
}

TEST(Respelling, MendsTheLastPartOfACompound) {
    EXPECT_EQ(repaired("hvem bestiller togbileter"), "hvem bestiller togbilletter");
    // A name of a known kind stays, however near another word is.
    EXPECT_EQ(repaired("hvem sidder i ungerådet"), "hvem sidder i ungerådet");
}

TEST(Respelling, MendsInflectedFormsThatTheMaterialHasNot) {
    EXPECT_EQ(repaired("ligger bilettrne klar"), "ligger billetterne klar");
    EXPECT_EQ(repaired("hvad er tilskdet"), "hvad er tilskuddet");
    EXPECT_EQ(repaired("om nturparken"), "om naturparken");
}

TEST(Respelling, MendsTheFirstPartOfACompound) {
    EXPECT_EQ(repaired("hvad er kiometertaksten"), "hvad er kilometertaksten");
    EXPECT_EQ(repaired("hvad er dækningsagift"), "hvad er dækningsafgift");
}

TEST(Respelling, LeavesCompoundsOfWordsThatFit) {
    for (const char* sound :
         {"vagtnummeret", "ejendomssag", "plejehjemskøen", "havedøren", "ugedag", "svejsehold"}) {
        EXPECT_EQ(repaired(sound), sound);
    }
    // The material's word in another form is as good.
    EXPECT_EQ(repaired("om trafikplanen"), "om trafikplanen");
    // Parts that nobody here uses are made by chance: cykel|site.
    EXPECT_EQ(repaired("cykelsiten langs"), "cykelstien langs");
    // The same parts, joined the usual way.
    EXPECT_EQ(repaired("udvalgplads"), "udvalgsplads");
    EXPECT_EQ(repaired("boerneplads"), "børneplads");
}

TEST(Respelling, LeavesAbbreviations) {
    EXPECT_EQ(repaired("hvad står MaaS for"), "hvad står maas for");
    EXPECT_EQ(repaired("hvad står maas for"), "hvad står mås for");
    EXPECT_EQ(repaired("HVAD ER LOEN"), "hvad er løn");
}

TEST(Respelling, MendsFunctionWords) {
    EXPECT_EQ(repaired("tilskud nåe man er unge"), "tilskud når man er unge");
    EXPECT_EQ(repaired("frist efetr tilskud"), "frist efter tilskud");
    EXPECT_EQ(repaired("tog med Nåe"), "tog med nåe");
}

TEST(Respelling, PutsTheWeakEBack) {
    EXPECT_EQ(repaired("indenfor fristn"), "indenfor fristen");
    EXPECT_EQ(repaired("billetter til en voskn"), "billetter til en voksen");
    // Two letters swapped are likelier than one left out.
    EXPECT_EQ(repaired("tilskuddte"), "tilskuddet");
}

TEST(Respelling, ReadsAParticipleAsTheNounThatAPrepositionWants) {
    EXPECT_EQ(repaired("en sag i udvalgt"), "en sag i udvalget");
    EXPECT_EQ(repaired("en sag i udvalgt frist"), "en sag i udvalgt frist");
    EXPECT_EQ(repaired("sag er udvalgt"), "sag er udvalgt");
}

TEST(Respelling, GuessesNoUnlikelyWord) {
    EXPECT_EQ(repaired("blive vidd"), "blive vidd");
    EXPECT_EQ(repaired("har jeg til kuser"), "har jeg til kurser");
    // A consonant doubled for nothing, of a word that only the dictionary has.
    EXPECT_EQ(repaired("sidste færgge"), "sidste færge");
}

TEST(Respelling, MendsEnglishByTheLexicon) {
    static const Words corpus({{"byråd", 3}});
    static const danish::Speller lexicon(std::unordered_map<std::string, std::uint32_t>{
        {"council", 1}, {"nursery", 1}, {"deadline", 1}, {"base", 1}});
    std::vector<std::string> words;
    for (const danish::Token& token :
         Respelling(corpus, lexicon)
             .repaired_english(
                 danish::tokenize("which counil has nrsery deadlines based of Skovby"))) {
        words.push_back(token.text);
    }
    EXPECT_EQ(words, (std::vector<std::string>{"which", "council", "has", "nursery", "deadlines",
                                               "based", "of", "skovby"}));
}

TEST(Respelling, JoinsACompoundThatWasWrittenApart) {
    EXPECT_EQ(repaired("hvordan får jeg bolig støtte"), "hvordan får jeg boligstøtte");
    // An adjective before its noun is no such thing.
    EXPECT_EQ(repaired("hvor lang tid"), "hvor lang tid");
}

TEST(Respelling, PartsWhatCanBeNoCompound) {
    EXPECT_EQ(repaired("cykelstienlangs åen"), "cykelstien langs åen");
    EXPECT_EQ(repaired("vorestilskud"), "vores tilskud");
    // A name of a kind, and a compound that the material lacks.
    EXPECT_EQ(repaired("ungerådet"), "ungerådet");
    EXPECT_EQ(repaired("løntilskud"), "løntilskud");
}

TEST(Respelling, JoinsPartsThatAreNoWordsOfTheMaterial) {
    EXPECT_EQ(repaired("tilskud til ned rivning"), "tilskud til nedrivning");
    EXPECT_EQ(repaired("vores forsamlings hus"), "vores forsamlingshus");
    EXPECT_EQ(repaired("min udvalg plads"), "min udvalgsplads");
    EXPECT_EQ(repaired("cykels tien"), "cykelstien");
    EXPECT_EQ(repaired("tid til løn"), "tid til løn");
}

}  // namespace
}  // namespace raadbot::answer
