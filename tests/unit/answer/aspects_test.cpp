// A question taken apart, and what of a text covers its words.
#include "retrieval/answer/aspects.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace raadbot::answer {
namespace {

/// A corpus that is a list of words.
class Words final : public index::Snapshot {
public:
    explicit Words(std::map<std::string, std::uint32_t, std::less<>> words)
        : words_(std::move(words)) {}
    std::vector<index::Hit> search(const index::Request&) const override { return {}; }
    std::unique_ptr<index::Gate> gate(const index::Filter&) const override { return nullptr; }
    std::uint32_t document_frequency(std::string_view lemma) const override {
        const auto found = words_.find(lemma);
        return found == words_.end() ? 0 : found->second;
    }
    std::uint32_t passage_count() const override { return 100; }
    std::optional<std::string> correct(std::string_view) const override { return std::nullopt; }
    std::string version() const override { return "1"; }

private:
    std::map<std::string, std::uint32_t, std::less<>> words_;
};

QuestionView view_of(std::string text, std::string_view municipality = {}) {
    static const auto lexicon =
        danish::Lexicon::load(std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/lexicon").value();
    static const danish::Speller speller(std::unordered_map<std::string, std::uint32_t>{});
    static const Words corpus({{"framelde", 2},
                               {"melde", 9},
                               {"nedrivning", 3},
                               {"rive", 3},
                               {"hus", 20},
                               {"skole", 20},
                               {"bygge", 9},
                               {"middag", 2},
                               {"svømmehal", 3},
                               {"juletræ", 2},
                               {"høringssvar", 2},
                               {"tænde", 3}});
    static const std::vector<std::string> bodies;
    Question question;
    question.text = std::move(text);
    return view_question(question, {*lexicon, speller, corpus, bodies, municipality});
}

const Aspect* aspect_of(const QuestionView& view, const std::string& surface) {
    const auto found =
        std::find_if(view.aspects.begin(), view.aspects.end(),
                     [&](const Aspect& aspect) { return aspect.surface == surface; });
    return found == view.aspects.end() ? nullptr : &*found;
}

/// How far the text covers the question's word; -1 when the question has no such aspect.
float covered(const std::string& question, const std::string& word, const std::string& text) {
    const QuestionView view = view_of(question);
    const Aspect* aspect = aspect_of(view, word);
    TermSet terms;
    terms.add(text);
    return aspect == nullptr ? -1.0F : aspect->coverage(terms);
}

TEST(Phrases, AreNotCoveredByAWordOfTheirOwn) {
    const std::string question = "Hvad koster et internationalt kørekort?";
    EXPECT_LT(covered(question, "internationalt", "Kørekort, fornyelse: 310 kr."), 0.5F);
    EXPECT_GE(covered(question, "internationalt", "Internationalt kørekort: 25 kr."), 0.9F);
}

TEST(Phrases, ThatCountAThingAreCoveredByItsName) {
    const std::string question = "Hvor mange svar kom der til planen?";
    EXPECT_GE(covered(question, "hvor mange svar", "Der er kommet 284 svar."), 0.9F);
}

TEST(Numbers, TellOfficesOfOneNameApart) {
    const QuestionView view = view_of("Hvad får 2. viceborgmester om året?");
    const Aspect* second = aspect_of(view, "2");
    ASSERT_NE(second, nullptr);
    EXPECT_TRUE(second->exact);
    EXPECT_LT(covered("Hvad får 2. viceborgmester?", "2", "1. viceborgmester: 2 kr."), 0.5F);
    EXPECT_EQ(covered("Hvad får 2. viceborgmester?", "2", "2. viceborgmester: 9 kr."), 1.0F);
}

TEST(Numbers, OfYearsAreTheSameBehindAnyNoun) {
    EXPECT_GE(covered("pris vuggestue 2026", "2026", "Pr. måned 2026: 3.940 kr."), 0.9F);
    EXPECT_LT(covered("Hvad siger lokalplan 142?", "142", "Regulativ 142"), 0.9F);
}

TEST(PartedVerbs, AreCoveredByTheJoinedWord) {
    const std::string question = "Må jeg rive et gammelt hus ned?";
    EXPECT_GE(covered(question, "rive", "Nedrivning kræver anmeldelse."), 0.9F);
    EXPECT_GE(covered(question, "rive", "Huset må ikke nedrives."), 0.9F);
    EXPECT_GE(covered(question, "rive", "Huset rives ned."), 0.9F);
    EXPECT_LT(covered(question, "rive", "Riv halmen sammen."), 0.75F);
    EXPECT_NE(view_of(question).expanded_text.find("nedrivning"), std::string::npos);
}

TEST(PartedVerbs, AreNoEverydayVerbsWhereTheMaterialHasAWordForThem) {
    const QuestionView apart = view_of("Hvordan melder jeg min søn fra?");
    ASSERT_NE(aspect_of(apart, "melder"), nullptr);
    EXPECT_FALSE(aspect_of(apart, "melder")->light);
    EXPECT_EQ(aspect_of(apart, "fra"), nullptr);
    const QuestionView alone = view_of("Hvem melder hul i vejen?");
    ASSERT_NE(aspect_of(alone, "melder"), nullptr);
    EXPECT_TRUE(aspect_of(alone, "melder")->light);
    EXPECT_LT(covered("Hvordan melder jeg min søn fra?", "melder", "Meld dig til."), 0.75F);
}

TEST(PartedVerbs, AreFoundInTheLexiconAcrossTheirObject) {
    EXPECT_GE(covered("Hvornår slår I skolerne sammen?", "slår", "Skolernes fusion"), 0.7F);
    EXPECT_EQ(covered("Hvornår slår I skolerne?", "slår", "Skolernes fusion"), 0.0F);
}

TEST(JoinedWords, AreCoveredByThePartedVerb) {
    EXPECT_GE(covered("Hvad koster en nedrivning?", "nedrivning", "Huset rives ned."), 0.9F);
    EXPECT_EQ(covered("Hvad koster en nedrivning?", "nedrivning", "Huset falder ned."), 0.0F);
    EXPECT_GE(covered("Hvordan sker afmelding?", "afmelding", "Barnet meldes af på nettet."), 0.8F);
    EXPECT_NE(view_of("Hvad koster en nedrivning?").expanded_text.find("rive "), std::string::npos);
}

TEST(Compounds, AreTheMatterOfTheirModifierWhereTheHeadSaysLittle) {
    EXPECT_GE(covered("hvem bestiller togbillet", "togbillet", "Tog og hotel bestilles."), 0.8F);
    EXPECT_LT(covered("hvor er svømmehallen", "svømmehallen", "Svømning er sundt."), 0.8F);
}

TEST(Compounds, AreCoveredByTheModifierBesideWhatStandsForTheHead) {
    const std::string row = "Afdeling: It og Digitalisering; Leder: Steen Holck";
    EXPECT_GE(covered("hvem er it-chef", "it-chef", row), 0.55F);
    EXPECT_LT(covered("hvem er it-chef", "it-chef", "Afdeling: Vej; Leder: Steen Holck"), 0.5F);
}

TEST(Compounds, StandForTheirModifierWhereTheirHeadSaysLittle) {
    EXPECT_GE(covered("hvor mange senge er der", "senge", "Centret har 96 sengepladser."), 0.8F);
    EXPECT_LT(covered("hvor mange senge er der", "senge", "Der er sengebade."), 0.8F);
}

TEST(Readings, AreNoNumberOfTheBudget) {
    const std::string question = "hvornår skal budgettet 2. behandles";
    EXPECT_EQ(covered(question, "2", "2. behandling: 7. oktober"), 1.0F);
    EXPECT_EQ(covered(question, "2", "1. behandling: 7. oktober"), 0.0F);
    EXPECT_FALSE(aspect_of(view_of(question), "2")->exact);
}

TEST(Heads, AreToldByTheVerb) {
    EXPECT_GE(covered("hvem er chef for sekretariatet", "chef", "Det ledes af Mette Dalsgaard."),
              0.6F);
    EXPECT_EQ(covered("hvem er chef for sekretariatet", "chef", "Organisation og direktion"), 0.0F);
}

TEST(Departments, AreNoEnglishPronouns) {
    EXPECT_EQ(covered("hvem er it chef", "it", "It og Digitalisering"), 1.0F);
    EXPECT_FALSE(aspect_of(view_of("hvem er it chef"), "it")->light);
    EXPECT_EQ(aspect_of(view_of("Is it open on Sundays?"), "it"), nullptr);
}

TEST(Questions, AreAMatterWhereTheyAreAsked) {
    const QuestionView asked = view_of("må man stille spørgsmål om en sag");
    ASSERT_NE(aspect_of(asked, "spørgsmål"), nullptr);
    EXPECT_FALSE(aspect_of(asked, "spørgsmål")->light);
    EXPECT_NE(aspect_of(view_of("hvornår er fristen for spørgsmål"), "spørgsmål"), nullptr);
    EXPECT_EQ(aspect_of(view_of("jeg har et spørgsmål om svømmehallen"), "spørgsmål"), nullptr);
}

TEST(Origins, AreNothingThatTheMaterialMustSay) {
    for (const char* text : {"I just moved here from Poland, how soon must I register?",
                             "Vi er flyttet hertil fra Polen, hvor går børnene i skole?"}) {
        const QuestionView view = view_of(text);
        const Aspect* from = aspect_of(view, text[0] == 'I' ? "poland" : "polen");
        ASSERT_NE(from, nullptr) << text;
        EXPECT_TRUE(from->context) << text;
    }
    const QuestionView ferry = view_of("Hvornår sejler færgen fra Polen?");
    const Aspect* from = aspect_of(ferry, "polen");
    ASSERT_NE(from, nullptr);
    EXPECT_FALSE(from->context);
}

TEST(Clauses, BehindSelvOmAreCircumstances) {
    const QuestionView view = view_of("kan min søn få kørsel selv om vi cykler tit");
    const Aspect* cycling = aspect_of(view, "cykler");
    ASSERT_NE(cycling, nullptr);
    EXPECT_TRUE(cycling->adjunct);
}

TEST(Seasons, AreCoveredByTheirMonthsWeeksAndDates) {
    const std::string summer = "er der lukket i børnehaven i sommerferien";
    EXPECT_GE(covered(summer, "sommerferien", "Der er lukket i uge 29 og 30."), 0.8F);
    EXPECT_GE(covered(summer, "sommerferien", "Der er lukket i juli."), 0.7F);
    EXPECT_LT(covered(summer, "sommerferien", "Der er lukket i uge 42."), 0.5F);
    const std::string christmas = "er der åbent i svømmehallen i juledagene";
    EXPECT_GE(covered(christmas, "juledagene", "Lukket 23. december - 2. januar."), 0.8F);
    EXPECT_LT(covered(christmas, "juledagene", "Lukket den 3. december."), 0.5F);
    EXPECT_GE(covered("åbent om vinteren", "vinteren", "19. oktober-31. december"), 0.7F);
}

TEST(NounsOfAction, AreCoveredByTheirObjectAndVerb) {
    const std::string lights = "Hvornår er der juletræstænding?";
    EXPECT_GE(covered(lights, "juletræstænding", "Juletræet på Torvet tændes fredag."), 0.6F);
    EXPECT_LT(covered(lights, "juletræstænding", "Lyset på Torvet tændes fredag."), 0.5F);
    EXPECT_GE(covered("hvad koster svømmehalsrenoveringen", "svømmehalsrenoveringen",
                      "Renovering af svømmehallen"),
              0.8F);
    EXPECT_GE(covered("hvor er der handikapridning", "handikapridning",
                      "Ridning for mennesker med handicap"),
              0.8F);
    EXPECT_GE(covered("hvornår er der gadesaltning", "gadesaltning", "Vi salter hver gade."), 0.6F);
}

TEST(Aspects, ATownIsNoOtherWhoseNameEndsAlike) {
    TermSet town;
    town.add("Lindeborg Svømmehal");
    for (const char* question : {"hvornår har svømmehallen i Svendborg åbent",
                                 "hvornår har svømmehallen i svendborg åbent"}) {
        const QuestionView view = view_of(question);
        const Aspect* aspect = aspect_of(view, "svendborg");
        ASSERT_NE(aspect, nullptr) << question;
        EXPECT_EQ(aspect->coverage(town), 0.0F) << question;
        EXPECT_TRUE(aspect->municipality) << question;
        const QuestionView at_home = view_of(question, "Svendborg Kommune");
        ASSERT_NE(aspect_of(at_home, "svendborg"), nullptr) << question;
        EXPECT_FALSE(aspect_of(at_home, "svendborg")->municipality) << question;
    }
}

}  // namespace
}  // namespace raadbot::answer
