#include "retrieval/ingest/blocks.hpp"
#include "retrieval/ingest/words.hpp"
#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

Block block(BlockKind kind, std::string text, int level = 0, std::uint32_t group = 0) {
    Block out;
    out.kind = kind;
    out.text = std::move(text);
    out.level = level;
    out.group = group;
    return out;
}

TEST(CutPassages, NeverCrossesAHeading) {
    const Blocks blocks = {block(BlockKind::heading, "A", 2), block(BlockKind::paragraph, "Kort."),
                           block(BlockKind::heading, "B", 2),
                           block(BlockKind::paragraph, "Også kort.")};
    const auto passages = cut_passages(blocks, {.title = "T", .slugs = true});
    ASSERT_EQ(passages.size(), 2U);
    EXPECT_EQ(passages[0].headings, std::vector<std::string>{"A"});
    EXPECT_EQ(passages[1].anchor.fragment, "#b");
}

TEST(CutPassages, KeepsTheLeadInWithEachPieceOfALongList) {
    Blocks blocks = {block(BlockKind::paragraph, "Du skal medbringe:")};
    for (int at = 0; at < 60; ++at) {
        blocks.push_back(block(BlockKind::item,
                               "en ting med nogle flere ord i sig, nummer " + std::to_string(at), 1,
                               1));
    }
    const auto passages = cut_passages(blocks, {});
    ASSERT_GT(passages.size(), 2U);
    for (const Passage& passage : passages) {
        EXPECT_TRUE(passage.text.starts_with("Du skal medbringe:\n- ")) << passage.text;
        EXPECT_LE(word_count(passage.text), 190U);
    }
}

TEST(CutPassages, CutsALongParagraphAtSentences) {
    std::string text;
    for (int at = 0; at < 80; ++at) text += "Byrådet holder møde kl. 17 hver måned. ";
    const auto passages = cut_passages({block(BlockKind::paragraph, std::string(trim(text)))}, {});
    ASSERT_GT(passages.size(), 2U);
    for (const Passage& passage : passages) {
        EXPECT_TRUE(passage.text.ends_with("måned."));
        EXPECT_LE(word_count(passage.text), 180U);
    }
}

TEST(CutPassages, NumbersHeadingsOfTheSameWords) {
    const Blocks blocks = {
        block(BlockKind::heading, "Frister?", 2), block(BlockKind::paragraph, "En."),
        block(BlockKind::heading, "Frister", 2), block(BlockKind::paragraph, "To.")};
    const auto passages = cut_passages(blocks, {.title = "", .slugs = true});
    ASSERT_EQ(passages.size(), 2U);
    EXPECT_EQ(passages[0].anchor.fragment, "#frister");
    EXPECT_EQ(passages[1].anchor.fragment, "#frister-1");
}

TEST(Words, FindsPrintedDates) {
    const Date day{std::chrono::year{2026}, std::chrono::month{3}, std::chrono::day{2}};
    for (const std::string_view text :
         {"den 2. marts 2026", "2/3 2026", "02-03-2026", "2.3.2026", "2026-03-02T10:00:00Z",
          "mandag d. 02.03.26 kl. 14", "Sidst opdateret: 2. mar. 2026"}) {
        const auto found = find_date(text);
        ASSERT_TRUE(found) << text;
        EXPECT_EQ(found->date, day) << text;
    }
    for (const std::string_view text :
         {"27.36.00-G01-12-25", "kl. 14.30", "tlf. 99 00 10 10", "30-02-2026", "stk. 4"}) {
        EXPECT_FALSE(find_date(text)) << text;
    }
}

TEST(Words, TidyTakesInvisibleCharactersOut) {
    EXPECT_EQ(tidy("  a\u00A0\u200Bb\u00ADc \n d"), "a bc d");
    EXPECT_EQ(tidy("a \n b", true), "a\nb");
}

}  // namespace
}  // namespace raadbot::ingest
