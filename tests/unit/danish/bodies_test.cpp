#include "retrieval/danish/bodies.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace raadbot::danish {
namespace {

const std::vector<std::string> known{"Byrådet",
                                     "Økonomiudvalget",
                                     "Teknik- og Miljøudvalget",
                                     "Børne- og Skoleudvalget",
                                     "Social- og Sundhedsudvalget",
                                     "Kultur- og Fritidsudvalget",
                                     "Arbejdsmarkedsudvalget",
                                     "Ældrerådet"};

std::vector<std::string> keys(std::string_view question,
                              const std::vector<std::string>& bodies = known) {
    std::vector<std::string> found;
    for (const BodyMention& mention : find_bodies(question, bodies)) found.push_back(mention.key);
    return found;
}

using Keys = std::vector<std::string>;

TEST(BodyKey, IsTheSameForNamesOfOneBody) {
    EXPECT_EQ(body_key("Byrådet"), "byråd");
    EXPECT_EQ(body_key("Egelund Byråd"), "byråd");
    EXPECT_EQ(body_key("Kommunalbestyrelsen"), "byråd");
    EXPECT_EQ(body_key("Borgerrepræsentationen"), "byråd");
    EXPECT_EQ(body_key("Økonomiudvalget"), "økonomiudvalg");
    EXPECT_EQ(body_key("Økonomi- og Erhvervsudvalget"), "økonomiudvalg");
    EXPECT_EQ(body_key("Teknik- og Miljøudvalget"), body_key("Udvalget for Teknik og Miljø"));
    EXPECT_EQ(body_key("Teknik- og Miljøudvalget"), body_key("teknik og miljøudvalg"));
    EXPECT_EQ(body_key("Børne- og Ungeudvalget"), body_key("Udvalget for Børn og Unge"));
    EXPECT_NE(body_key("Teknik- og Miljøudvalget"), body_key("Klima- og Miljøudvalget"));
    EXPECT_EQ(body_key("Ældrerådet"), "ældreråd");
}

TEST(BodyRank, OrdersBodies) {
    EXPECT_EQ(body_rank(body_key("Byrådet")), 3);
    EXPECT_EQ(body_rank(body_key("Økonomiudvalget")), 2);
    EXPECT_EQ(body_rank(body_key("Teknik- og Miljøudvalget")), 1);
    EXPECT_EQ(body_rank(body_key("Ældrerådet")), 0);
    EXPECT_EQ(body_rank(""), 0);
}

TEST(FindBodies, KnowsTheCouncil) {
    for (const char* question :
         {"hvad besluttede byrådet", "næste byrådsmøde", "kommunalbestyrelsens møde",
          "hvad sagde KB", "sidste BY møde", "hvornår er næste bryådsmøde", "byraadet",
          "the city council", "last council meeting", "Byrådets dagsorden",
          "borgerrepræsentationen"}) {
        EXPECT_EQ(keys(question), Keys{"byråd"}) << question;
    }
    for (const char* question :
         {"hvad får et byrådsmedlem", "ring til byrådssekretariatet", "hvad sker der i min by",
          "council member pay", "hvor er rådhuset"}) {
        EXPECT_TRUE(keys(question).empty()) << question;
    }
}

TEST(FindBodies, KnowsTheFinanceCommittee) {
    for (const char* question :
         {"ØU den 3.", "hvem sidder i øu", "økonomiudvalget", "oekonomiudvalget",
          "økonomi udvalget", "økonomiudvalgsmøde", "finance committee", "økonomiudvaglet"}) {
        EXPECT_EQ(keys(question), Keys{"økonomiudvalg"}) << question;
    }
    EXPECT_TRUE(keys("kommunens økonomi").empty());
    // With a longer name it has longer letters too.
    const std::vector<std::string> longer{"Økonomi- og Erhvervsudvalget"};
    EXPECT_EQ(keys("gælder det for ØEU", longer), Keys{"økonomiudvalg"});
    EXPECT_TRUE(keys("gælder det for ØEU").empty());
}

TEST(FindBodies, FindsCommitteesByNameAbbreviationAndShortName) {
    const std::string teknik = body_key("Teknik- og Miljøudvalget");
    for (const char* question :
         {"Teknik- og Miljøudvalget", "teknik og miljøudvalget", "teknik og miljø", "TMU", "tmu",
          "teknisk", "i teknisk udvalg", "hvad besluttede teknisk i marts", "miljøudvalget",
          "vejudvalget", "udvalget for teknik og miljø", "the technical committee",
          "teknikudvalget"}) {
        EXPECT_EQ(keys(question), Keys{teknik}) << question;
    }
    const std::string skole = body_key("Børne- og Skoleudvalget");
    for (const char* question : {"BSU", "skoleudvalget", "børneudvalget", "børne- og skoleudvalget",
                                 "boerne- og skoleudvalget", "skole udvalget", "school committee",
                                 "undervisningsudvalget", "børn og skole"}) {
        EXPECT_EQ(keys(question), Keys{skole}) << question;
    }
    EXPECT_EQ(keys("AMU"), Keys{body_key("Arbejdsmarkedsudvalget")});
    EXPECT_EQ(keys("beskæftigelsesudvalget"), Keys{body_key("Arbejdsmarkedsudvalget")});
    EXPECT_EQ(keys("hvad mener ældrerådet"), Keys{"ældreråd"});
    EXPECT_EQ(keys("kultur- og fritidsudvalgets møde"),
              Keys{body_key("Kultur- og Fritidsudvalget")});
}

TEST(FindBodies, ReadsInitialsInTheOrderOfTheNameAndFieldsOfAChair) {
    const std::vector<std::string> bodies{"Udvalget for Natur og Forsyning",
                                          "Udvalget for Læring og Trivsel",
                                          "Udvalget for Ældre og Sundhed"};
    EXPECT_EQ(keys("hvornår holder UNF møde", bodies), Keys{body_key(bodies[0])});
    EXPECT_EQ(keys("hvad sagde ULT om skolen", bodies), Keys{body_key(bodies[1])});
    EXPECT_EQ(keys("hvem er formand for ældreområdet", bodies), Keys{body_key(bodies[2])});
    EXPECT_TRUE(keys("hvad bruger vi på ældreområdet", bodies).empty());
}

TEST(FindBodies, LeavesOrdinaryWords) {
    for (const char* question :
         {"må jeg tage den med", "teknisk afdeling", "hvilke udvalg findes", "stående udvalg",
          "fagudvalg", "udvalgsformand", "et 17.4-udvalg", "kultur", "hvad koster skolen", "miljø",
          "et teknisk problem", "valgudvalg"}) {
        EXPECT_TRUE(keys(question).empty()) << question;
    }
}

TEST(FindBodies, NamesBodiesWithoutKnownOnes) {
    EXPECT_EQ(keys("hvad sagde skoleudvalget", {}), Keys{body_key("Skoleudvalget")});
    EXPECT_EQ(keys("ØU og byrådet", {}), (Keys{"økonomiudvalg", "byråd"}));
}

TEST(FindBodies, GivesRangesInTheText) {
    const std::string question = "hvad sagde teknik- og miljøudvalget om vejen";
    const auto found = find_bodies(question, known);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(question.substr(found[0].begin, found[0].end - found[0].begin),
              "teknik- og miljøudvalget");
}

}  // namespace
}  // namespace raadbot::danish
