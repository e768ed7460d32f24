#include "retrieval/danish/particle_verbs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace raadbot::danish {
namespace {

/// The first word of each, parted by blanks.
std::string joined(const std::string& text) {
    std::string all;
    for (const ParticleVerb& found : particle_verbs(text, tokenize(text))) {
        if (!found.words.empty()) all += (all.empty() ? "" : " ") + found.words.front();
    }
    return all;
}

bool means(const std::string& text, const std::string& word) {
    const auto found = particle_verbs(text, tokenize(text));
    return found.size() == 1 &&
           std::find(found[0].words.begin(), found[0].words.end(), word) != found[0].words.end();
}

TEST(ParticleVerbs, AreJoinedAcrossTheirObject) {
    EXPECT_EQ(joined("Må jeg rive et gammelt hus ned?"), "nedrive");
    EXPECT_EQ(joined("hvornår lægges fjernvarmeværkerne sammen"), "sammenlægge");
    EXPECT_EQ(joined("hvordan betaler jeg pengene tilbage"), "tilbagebetale");
    EXPECT_EQ(joined("skal vi bygge skolen om"), "ombygge");
    EXPECT_EQ(joined("bygger de skoler om"), "ombygge");
    EXPECT_EQ(joined("skolen bygges om"), "ombygge");
    EXPECT_EQ(joined("hvordan skal jeg fylde skemaet ud"), "udfylde");
    EXPECT_EQ(joined("hvem har lukket bassinet ned"), "nedlukning");
}

TEST(ParticleVerbs, HaveNounsOfAction) {
    EXPECT_TRUE(means("rive et hus ned", "nedrivning"));
    EXPECT_TRUE(means("Skolen lægges ned", "nedlæggelse"));
    EXPECT_TRUE(means("skyde sagen ud", "udskydelse"));
    EXPECT_TRUE(means("meld jer ind", "indmeldelse"));
    EXPECT_FALSE(means("rive et hus", "nedrivning"));
}

TEST(ParticleVerbs, AreFoundInEveryFormOfTheVerb) {
    EXPECT_EQ(joined("Huset blev revet ned i 2024."), "nedrive");
    EXPECT_EQ(joined("Husene rives ned."), "nedrive");
    EXPECT_EQ(joined("De skrev dem op"), "opskrive");
    EXPECT_EQ(joined("Meld dig ind i foreningen"), "indmelde");
    EXPECT_EQ(joined("Sagen er skudt ud"), "udskyde");
}

TEST(ParticleVerbs, NeedNoJoinedWord) {
    const std::string text = "hvornår slår I skolerne sammen";
    const auto found = particle_verbs(text, tokenize(text));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].verb, 1U);
    EXPECT_EQ(found[0].particle, 4U);
    EXPECT_TRUE(found[0].words.empty());

    EXPECT_EQ(joined("vil du sige din plads op"), "opsige");
}

TEST(ParticleVerbs, TakeAPrepositionOnlyWhereNothingBelongsToIt) {
    EXPECT_EQ(joined("hvordan melder jeg min søn fra?"), "framelde");
    EXPECT_EQ(joined("Meld fra på hjemmesiden"), "framelde");
    EXPECT_EQ(joined("Meld det til kommunen"), "");
    EXPECT_EQ(joined("Vi betaler over skatten"), "");
    EXPECT_EQ(joined("Udstillingen sættes op til og med fredag"), joined("den sættes op"));
    EXPECT_EQ(joined("hvad skal vi tage stilling til"), "");
    EXPECT_EQ(joined("hvem skal jeg melde afbud til"), "");
    EXPECT_EQ(joined("hvad skal vi tage med"), "medtage");
    EXPECT_EQ(joined("hvad blev skatten sat til"), "");
    EXPECT_EQ(joined("hvor meget blev skatten sat ned til i 2027"), "nedsætte");
    EXPECT_EQ(joined("hvor melder jeg mig til"), "tilmelde");
}

TEST(ParticleVerbs, EndWithTheirClause) {
    EXPECT_EQ(joined("Vi kan rive, men prisen går ned"), "");
    EXPECT_EQ(joined("De river og prisen falder ned"), "");
    EXPECT_EQ(joined("Klip hækken ud mod vejen"), "");
    EXPECT_EQ(joined("de kører på cykel, må man tage børn med"), "medtage");
    EXPECT_EQ(joined("de kører må have en med"), "");
    EXPECT_EQ(joined("hun er på den skole de stemmer om"), "");
    EXPECT_EQ(joined("Hun går ind"), "");
    EXPECT_EQ(joined("hvornår holder det op"), "");
    EXPECT_EQ(joined("ned"), "");
    EXPECT_EQ(joined(""), "");
}

TEST(ParticleVerbs, GiveTheVerbOfAJoinedWord) {
    EXPECT_EQ(parted_verb("nedrivning"), "rive");
    EXPECT_EQ(parted_verb("nedrive"), "rive");
    EXPECT_EQ(parted_verb("sammenlægning"), "lægge");
    EXPECT_EQ(parted_verb("nedlæggelse"), "lægge");
    EXPECT_EQ(parted_verb("nedlukning"), "lukke");
    EXPECT_EQ(parted_verb("afmelding"), "melde");
    EXPECT_EQ(parted_verb("indskrivning"), "skrive");
    EXPECT_EQ(parted_verb("gennemsejling"), "sejle");
    EXPECT_EQ(parted_verb("medbringe"), "bringe");
    EXPECT_EQ(parted_verb("indgå"), std::nullopt);
    EXPECT_EQ(parted_verb("opholde"), std::nullopt);
    EXPECT_EQ(parted_verb("skole"), std::nullopt);
    EXPECT_EQ(parted_verb("ned"), std::nullopt);
}

}  // namespace
}  // namespace raadbot::danish
