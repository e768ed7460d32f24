#include "retrieval/danish/danish_reading.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/temporary_folder.hpp"

namespace raadbot::danish {
namespace {

/// By the dictionary of the product.
std::string in_danish(std::string_view question) {
    static const auto words =
        EnglishWords::read(std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/lexicon/engelsk");
    const UsedWords used = [](const std::string& word) { return word == "buskort"; };
    return words ? danish_reading(question, *words, used) : words.error().message;
}

struct Pair {
    std::string_view english;
    std::string_view danish;
};

class DanishReading : public testing::TestWithParam<Pair> {};

TEST_P(DanishReading, PutsTheVerbWhereDanishHasIt) {
    EXPECT_EQ(in_danish(GetParam().english), GetParam().danish);
}

INSTANTIATE_TEST_SUITE_P(
    Questions, DanishReading,
    testing::Values(
        // "Do" helps; Danish turns verb and subject round, and a verb's second word stays behind.
        Pair{"Where do I park at the town hall?", "hvor parkerer jeg på rådhuset?"},
        Pair{"What does it cost to cross the bridge by car",
             "hvad koster det at krydse broen i bil"},
        Pair{"Did the council approve the noise barrier?", "godkendte byrådet støjhegn?"},
        Pair{"who do I call if I find a dead seal on the beach",
             "hvem ringer jeg til hvis jeg finder en død sæl på stranden"},
        Pair{"When do I have to enroll my daughter?", "hvornår skal jeg indskrive min datter?"},
        Pair{"What does a nursery place for a 1 year old cost per month?",
             "hvad koster en vuggestueplads for en 1-årig pr. måned?"},
        // An infinitive behind what calls for one.
        Pair{"How long can I speak in the council meeting?",
             "hvor længe kan jeg tale i byrådsmøde?"},
        Pair{"Is it allowed to film at the council meeting?", "må man filme på byrådsmøde?"},
        Pair{"is the school going to close?", "skal skolen lukke?"},
        // A sum is, a thing costs.
        Pair{"how much is a passport for a child?", "hvad koster en pas for en barn?"},
        Pair{"How much is the fee for a copy?", "hvad er gebyret for en kopi?"},
        // What goes on, what was done, what is whose.
        Pair{"are they building a new school?", "bygger de en ny skole?"},
        Pair{"Who voted against the bike lane?", "hvem stemte imod cykelstien?"},
        Pair{"What is the library's opening time on Saturdays?",
             "hvad er bibliotekets åbningstid om lørdagen?"},
        // Names stay; what the material writes in one word is one.
        Pair{"How much does a night in Kystrup Marina cost?",
             "hvor meget koster en nat i Kystrup Marina?"},
        Pair{"I lost my bus card", "jeg mistede min buskort"},
        Pair{"What happened in May 2026?", "hvad skete der i maj 2026?"},
        Pair{"I don't know what's open", "jeg ved ikke hvad er åben"}),
    [](const auto& test) { return std::to_string(test.index); });

TEST(DanishReadingOfOddities, LosesNothing) {
    EXPECT_EQ(in_danish(""), "");
    EXPECT_EQ(in_danish("?"), "");
    EXPECT_EQ(in_danish("xyzzy"), "xyzzy");
    EXPECT_EQ(in_danish("do"), "");
    EXPECT_EQ(in_danish("'s open"), "åben");
    EXPECT_EQ(in_danish("\u0301 is the school open"), "er skolen åben");
    EXPECT_EQ(in_danish("Zzyzx's qwfp"), "Zzyzxs qwfp");
}

TEST(EnglishWordsTest, KnowRegularAndIrregularForms) {
    const support::TemporaryFolder folder;
    folder.write("a.tsv",
                 "# words\n"
                 "city, child, children\tby\tnoun\n"
                 "get rid of/got rid of/got rid of\tsmide ud/smider ud/smed ud/smidt ud\tverb\n"
                 "stop\tstoppe/stopper/stoppede/stoppet\tverb\n");
    const auto words = EnglishWords::read(folder.path());
    ASSERT_TRUE(words) << words.error().message;
    EXPECT_EQ(words->size(), 3U);
    for (const std::string known : {"cities", "children", "gets rid of", "getting rid of",
                                    "got rid of", "stopping", "stopped", "stops"})
        EXPECT_NE(words->find(known), nullptr) << known;
    EXPECT_EQ(words->find("citys"), nullptr);
    const EnglishSense& past = words->find("got rid of")->front();
    EXPECT_EQ(words->danish(past, VerbForm::past), "smed ud");
}

TEST(EnglishWordsTest, NameTheLineThatIsWrong) {
    for (const std::string_view wrong :
         {"city\tby\n", "city\tby\tthing\n", "buy\tkøbe\tverb\n",
          "buy/bought\tkøbe/køber/købte/købt\tverb\n", "\tby\tnoun\n"}) {
        const support::TemporaryFolder folder;
        folder.write("a.tsv", wrong);
        const auto words = EnglishWords::read(folder.path());
        ASSERT_FALSE(words) << wrong;
        EXPECT_EQ(words.error().code, ErrorCode::invalid_config);
        EXPECT_NE(words.error().message.find("a.tsv:1"), std::string::npos);
    }
}

}  // namespace
}  // namespace raadbot::danish
