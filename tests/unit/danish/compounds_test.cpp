#include <string>

#include <gtest/gtest.h>

#include "retrieval/danish/morphology.hpp"

namespace raadbot::danish {
namespace {

std::string parts(std::string_view word) {
    std::string out;
    for (const std::string& part : Morphology::instance().split(word)) {
        out += (out.empty() ? "" : "|") + part;
    }
    return out;
}

TEST(Compounds, AreSplitFully) {
    EXPECT_EQ(parts("cykelstibevilling"), "cykel|sti|bevilling");
    EXPECT_EQ(parts("byrådsmøde"), "by|råd|møde");
    EXPECT_EQ(parts("styrelsesvedtægt"), "styrelse|vedtægt");
    EXPECT_EQ(parts("arbejdsfortjeneste"), "arbejd|fortjeneste");
    EXPECT_EQ(parts("affaldssortering"), "affald|sortering");
    EXPECT_EQ(parts("elbranchen"), "el|branchen");
    EXPECT_EQ(parts("skolebestyrelsesvalget"), "skole|bestyrelse|valget");
    EXPECT_EQ(parts("klima-handlingsplan"), "klima|handling|plan");
}

TEST(Compounds, ANameIsTheFirstPartOfItsFerryAndItsHall) {
    EXPECT_EQ(parts("tærøfærgen"), "tærø|færgen");
    EXPECT_EQ(parts("tærøfærge"), "tærø|færge");
    EXPECT_EQ(parts("mortensen"), "mortensen");
}

TEST(Compounds, LeaveSimpleAndDerivedWordsWhole) {
    for (const char* word :
         {"forvaltning", "udvalg",     "indstilling", "beslutning", "kommune",   "bestyrelse",
          "regnskab",    "afgørelse",  "ansøgning",   "suppleant",  "dagsorden", "periode",
          "institution", "transport",  "formand",     "politik",    "bibliotek", "vederlag",
          "tilskud",     "medlemskab", "økonomi",     "by"}) {
        EXPECT_EQ(parts(word), word);
    }
}

TEST(Compounds, PartsAreNeverEmpty) {
    for (const char* word : {"", "-", "a-b", "abc-", "-abc", "kommune-", "kommune--plan"}) {
        const auto found = Morphology::instance().split(word);
        EXPECT_FALSE(found.empty()) << word;
        if (*word != '\0') {
            for (const std::string& part : found) EXPECT_FALSE(part.empty()) << word;
        }
    }
}

}  // namespace
}  // namespace raadbot::danish
