#include "retrieval/danish/morphology.hpp"

#include <cstdlib>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

const Morphology& danish() { return Morphology::instance(); }

TEST(Morphology, TheLemmaOfALemmaIsItself) {
    const Morphology& morphology = Morphology::instance();
    for (const std::string_view word : {"timere", "timer", "bøgerne", "vedtagelsen"}) {
        const std::string lemma = morphology.lemma(word);
        EXPECT_EQ(morphology.lemma(lemma), lemma) << word;
    }
}

TEST(Lemma, IsTheWordOfTheDictionary) {
    struct Case {
        const char* form;
        const char* lemma;
    };
    for (const Case& one : {Case{"bøgerne", "bog"},
                            Case{"børnenes", "barn"},
                            Case{"mænd", "mand"},
                            Case{"vognmænd", "vognmand"},
                            Case{"kommunernes", "kommune"},
                            Case{"byrådets", "byråd"},
                            Case{"udvalgene", "udvalg"},
                            Case{"suppleanter", "suppleant"},
                            Case{"midler", "middel"},
                            Case{"våbnene", "våben"},
                            Case{"cykler", "cykel"},
                            Case{"vedtog", "vedtage"},
                            Case{"indstillede", "indstille"},
                            Case{"bevilgede", "bevilge"},
                            Case{"større", "stor"},
                            Case{"bedste", "god"},
                            Case{"økonomiske", "økonomisk"},
                            Case{"ansøgt", "ansøge"},
                            Case{"antibiotika", "antibiotikum"},
                            Case{"timer", "time"},
                            Case{"lærere", "lærer"},
                            Case{"borgerne", "borger"},
                            Case{"skove", "skov"},
                            Case{"veje", "vej"}}) {
        EXPECT_EQ(danish().lemma(one.form), one.lemma) << one.form;
    }
}

TEST(Lemma, KeepsLookalikesApart) {
    EXPECT_FALSE(danish().same_lemma("bønder", "bønner"));
    EXPECT_NE(danish().lemma("haven"), danish().lemma("havet"));
    EXPECT_FALSE(danish().same_lemma("bygning", "bygge"));
    EXPECT_FALSE(danish().same_lemma("kommune", "kommunal"));
    EXPECT_FALSE(danish().same_lemma("beslutning", "beslutte"));
    EXPECT_TRUE(danish().same_lemma("haverne", "have"));
}

TEST(Lemma, InflectsTheLastPartOfAnUnknownCompound) {
    EXPECT_EQ(danish().lemma("cykelstibevillingerne"), "cykelstibevilling");
    EXPECT_EQ(danish().lemma("høringssvarene"), "høringssvar");
    EXPECT_EQ(danish().lemma("17-udvalgets"), "17-udvalg");
    EXPECT_EQ(danish().lemma("pc'erne"), "pc");
}

TEST(Lemma, JoinsTheFormsOfWordsInNoDictionary) {
    for (const char* form : {"zorken", "zorkens", "zorker", "zorkerne", "zorkernes"}) {
        EXPECT_EQ(danish().lemma(form), danish().lemma("zork")) << form;
    }
    EXPECT_EQ(danish().lemma("blurkiseringerne"), danish().lemma("blurkiseringens"));
}

TEST(Lemma, OfALemmaIsItselfForAnyBytes) {
    std::mt19937 random(31);
    const std::string letters = "abdefghiklmnoprstuvy-'15";
    const std::vector<std::string> pieces = {"er",   "en",    "erne", "s",    "et",    "byråd",
                                             "møde", "e",     "ing",  "else", "skole", "vej",
                                             "ø",    "mest ", "\xFF", "é"};
    for (int i = 0; i < 4000; ++i) {
        std::string word;
        for (std::size_t n = 1 + random() % 5; n > 0; --n) {
            if (random() % 2 == 0) {
                word += pieces[random() % pieces.size()];
            } else {
                word += letters[random() % letters.size()];
            }
        }
        const std::string lemma = danish().lemma(word);
        ASSERT_EQ(danish().lemma(lemma), lemma) << word;
        ASSERT_EQ(danish().lemmas(word).front(), lemma) << word;
        ASSERT_TRUE(danish().same_lemma(word, word));
    }
}

TEST(Lemma, StandsNaughtyStrings) {
    for (const std::string& word :
         {std::string(), std::string("-"), std::string("'"), std::string("--"), std::string("a-"),
          std::string("\0\0", 2), std::string(10000, 'e'), std::string("\xF0\x9F\x98\x80"),
          std::string(300, '-'), std::string("дума"), std::string("mere mere mere ")}) {
        EXPECT_FALSE(danish().lemmas(word).empty());
        EXPECT_FALSE(danish().split(word).empty());
        (void)danish().known(word);
    }
}

TEST(Kind, OfACompoundOfNoDictionaryIsAThingWhenItsHeadMayBeOne) {
    EXPECT_EQ(danish().kind("serviceramme"), Morphology::Kind::noun);
    EXPECT_EQ(danish().kind("støjramme"), Morphology::Kind::noun);
    EXPECT_EQ(danish().kind("ramme"), Morphology::Kind::adjective);
}

TEST(Known, IsTrueOfDictionaryFormsOnly) {
    EXPECT_TRUE(danish().known("kommunerne"));
    EXPECT_TRUE(danish().known("og"));
    EXPECT_FALSE(danish().known("komunerne"));
    EXPECT_FALSE(danish().known(""));
}

TEST(Dictionary, NamesThePackageWhenItIsMissing) {
    // The system's folder is searched after DICPATH, so an empty DICPATH folder changes nothing.
    const char* before = std::getenv("DICPATH");
    const std::string kept = before != nullptr ? before : "";
    setenv("DICPATH", "/nonexistent", 1);
    const auto loaded = Morphology::load();
    if (kept.empty()) {
        unsetenv("DICPATH");
    } else {
        setenv("DICPATH", kept.c_str(), 1);
    }
    ASSERT_TRUE(loaded.has_value() ||
                loaded.error().message.find("hunspell-da") != std::string::npos);
}

}  // namespace
}  // namespace raadbot::danish
