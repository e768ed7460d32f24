// The ways in which systems say that an item is closed: whatever the way, nothing of it comes out,
// and the open items round it do.
#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

std::string open_item(int number) {
    const std::string n = std::to_string(number);
    return "<h2>" + n + ". Sag nummer " + n + "</h2><p>Sagsnr.: 26/00" + n +
           "</p><h3>Sagsfremstilling</h3><p>Synlig" + n +
           " er en åben sag.</p><h3>Beslutning</h3><p>Godkendt.</p>";
}

struct ClosedCase {
    const char* name;
    const char* before;   ///< Ahead of all items.
    const char* heading;  ///< What stands from the closed item's heading to its text.
};

constexpr const char* secret_text = "<h3>Sagsfremstilling</h3><p>Hemmelig pris.</p>";

class ClosedItems : public testing::TestWithParam<ClosedCase> {};

TEST_P(ClosedItems, LeaveNothing) {
    const std::string page =
        "<html><head><title>Referat fra møde i Havneudvalget den 5. maj 2026</title></head><body>"
        "<h1>Referat - Havneudvalget, 5. maj 2026</h1>" +
        std::string(GetParam().before) + open_item(1) + GetParam().heading + secret_text +
        open_item(3) + "</body></html>";
    const auto parsed = parse_bytes(page, "referat.html", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    const std::string text = everything(*parsed);
    EXPECT_FALSE(holds(text, "Hemmelig")) << text;
    EXPECT_TRUE(holds(text, "Synlig1")) << text;
    EXPECT_TRUE(holds(text, "Synlig3")) << text;
    EXPECT_GE(parsed->report.closed_items, 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Ways, ClosedItems,
    testing::Values(
        ClosedCase{"accordion", "", "<button class='accordion'>2. Lukket: Hemmelig grund</button>"},
        ClosedCase{
            "padlock", "",
            "<h2>2. Hemmelig grund <span class='icon icon-lock' title='Lukket'></span></h2>"},
        ClosedCase{"picture", "", "<h2><img src=l.png alt='Lukket'> 2. Hemmelig grund</h2>"},
        ClosedCase{"listed",
                   "<table><tr><th>Punkt</th><th>Titel</th><th>Status</th></tr>"
                   "<tr><td>1</td><td>Sag nummer 1</td><td>Åben</td></tr>"
                   "<tr><td>2</td><td>Hemmelig grund</td><td>Lukket</td></tr>"
                   "<tr><td>3</td><td>Sag nummer 3</td><td>Åben</td></tr></table>",
                   "<h2>2. Hemmelig grund</h2>"},
        ClosedCase{"letter", "", "<h2>L1. Hemmelig grund</h2>"},
        ClosedCase{"row", "",
                   "<table><tr><td>2.</td><td>Hemmelig grund til dagpleje og julehjælp</td>"
                   "<td>Lukket</td></tr></table>"},
        ClosedCase{"suffix", "", "<h2>2. Hemmelig grund (Lukket)</h2>"},
        ClosedCase{"badge", "", "<h2>2. Hemmelig grund <span class=badge>Lukket</span></h2>"},
        ClosedCase{"line", "", "<h2>2. Hemmelig grund</h2><p>Fortroligt punkt</p>"},
        ClosedCase{"type", "", "<h2>2. Hemmelig grund</h2><p>Punkttype: Lukket</p>"},
        ClosedCase{"answer", "", "<h2>2. Hemmelig grund</h2><p>Offentlig: Nej</p>"},
        ClosedCase{"terms", "",
                   "<h2>2. Hemmelig grund</h2><dl><dt>Adgang</dt><dd>Lukket</dd></dl>"},
        ClosedCase{"prefix", "", "<h2>Lukket 2. Hemmelig grund</h2>"},
        ClosedCase{"sentence", "", "<h2>2. Hemmelig grund</h2><p>Punktet er ikke offentligt</p>"},
        ClosedCase{"law", "",
                   "<h2>2. Hemmelig grund</h2>"
                   "<p>Behandles for lukkede døre, jf. kommunestyrelseslovens § 10</p>"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(ClosedMarks, AnItemOnItsOwnPage) {
    const auto parsed = parse_bytes(
        "<html><head><title>Referat, Havneudvalget 5. maj 2026</title></head><body>"
        "<h1>Punkt 10: Hemmelig grund</h1><p>Status: Lukket</p><p>Sagsnr. 26/3</p>"
        "<h2>Sagsfremstilling</h2><p>Hemmelig pris</p><h2>Beslutning</h2><p>Ja</p></body></html>",
        "punkt-10.html", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    for (const ParsedDocument& document : parsed->documents) {
        for (const Passage& passage : document.passages)
            EXPECT_FALSE(holds(passage.text, "Hemmelig")) << passage.text;
    }
}

TEST(ClosedMarks, CardsWithATagBehindTheTitle) {
    const auto card = [](const char* number, const char* title, const char* tag, const char* text) {
        return std::string("<div class=card><div class=head><span>") + number + "</span><span>" +
               title + "</span>" + tag + "</div><div><h3>Beslutning</h3><p>" + text +
               "</p></div></div>";
    };
    const auto parsed = parse_bytes(
        "<html><head><title>Referat Havneudvalget 5. maj 2026</title></head><body>"
        "<h1>Referat, Havneudvalget 5. maj 2026</h1>" +
            card("1", "Bro", "", "Synlig1") +
            card("2", "Hemmelig grund", "<span>Lukket</span>", "Hemmelig pris") +
            card("3", "Sti", "", "Synlig3") + "</body></html>",
        "kort.html", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    const std::string text = everything(*parsed);
    EXPECT_FALSE(holds(text, "Hemmelig")) << text;
    EXPECT_TRUE(holds(text, "Synlig1")) << text;
}

TEST(ClosedMarks, InMarkdown) {
    const auto parsed = parse_bytes(
        "# Referat fra Havneudvalget 5. maj 2026\n\n## 1. Bro\n\nSagsnr. 26/1\n\n### Beslutning\n\n"
        "Synlig1.\n\n## 2. Lukket punkt: Hemmelig grund\n\n### Beslutning\n\nHemmelig pris.\n\n"
        "## 3. Sti\n\n### Beslutning\n\nSynlig3.\n\n## Lukkede punkter\n\n## 4. Hemmelig mark\n\n"
        "### Beslutning\n\nHemmelig pris.\n",
        "referat.md", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    const std::string text = everything(*parsed);
    EXPECT_FALSE(holds(text, "Hemmelig")) << text;
    EXPECT_TRUE(holds(text, "Synlig1") && holds(text, "Synlig3")) << text;
    EXPECT_EQ(parsed->documents.at(1).meeting->body, "Havneudvalget");
}

TEST(ClosedMarks, AmongItemsWithoutNumbers) {
    const auto parsed = parse_bytes(
        "<html><head><title>Referat Havneudvalget 5. maj 2026</title></head><body>"
        "<h1>Referat, Havneudvalget 5. maj 2026</h1><h2>Bro over åen</h2><h3>Indstilling</h3>"
        "<p>At Synlig1 bygges.</p><h3>Beslutning</h3><p>Udsat.</p><h2>Hemmelig grund</h2>"
        "<p>Lukket punkt</p><h3>Beslutning</h3><p>Hemmelig pris</p><h2>Sti</h2>"
        "<h3>Beslutning</h3><p>Synlig3</p></body></html>",
        "referat.html", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    const std::string text = everything(*parsed);
    EXPECT_FALSE(holds(text, "Hemmelig")) << text;
    ASSERT_EQ(parsed->documents.size(), 3U);
    EXPECT_EQ(parsed->documents.at(1).title, "Bro over åen");
    EXPECT_EQ(find_passage(parsed->documents.at(2), "Synlig3")->section, Section::beslutning);
}

TEST(ClosedMarks, OpeningHoursCloseNoItem) {
    const auto parsed = parse_bytes(
        "<html><head><title>Referat Havneudvalget 5. maj 2026</title></head><body>"
        "<h1>Referat, Havneudvalget 5. maj 2026</h1>" +
            open_item(1) +
            "<h2>2. Bibliotekets åbningstider</h2><h3>Sagsfremstilling</h3><table>"
            "<tr><td>Mandag</td><td>Lukket</td></tr><tr><td>Tirsdag</td><td>10-17</td></tr></table>"
            "<h3>Beslutning</h3><p>Synlig2 godkendt.</p></body></html>",
        "referat.html", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(holds(everything(*parsed), "Synlig2"));
    EXPECT_EQ(parsed->report.closed_items, 0U);
}

}  // namespace
}  // namespace raadbot::ingest
