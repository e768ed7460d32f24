// The ways in which systems say that an item is closed: whatever the way, nothing of it comes out,
// and the open items round it do.
#include <set>

#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

std::string open_item(int number) {
    const std::string n = std::to_string(number);
    return "<h2>" + n + ". Sag nummer " + n + "</h2><p>Sagsnr.: 26/00" + n +
           "</p><h3>Sagsfremstilling</h3><p>Synlig" + n +
           " er en åben sag.</p><h3>Beslutning</h3><p>Godkendt.</p><h3>Bilag</h3><ul><li><a "
           "href='filer/o" +
           n + ".pdf'>Tegning</a></li></ul>";
}

struct ClosedCase {
    const char* name;
    const char* before;   ///< Ahead of all items.
    const char* heading;  ///< What stands from the closed item's heading to its text.
};

constexpr const char* secret_text =
    "<h3>Sagsfremstilling</h3><p>Hemmelig pris.</p><p><a href='filer/s1.pdf'>Bilag</a></p>"
    "<table><tr><td>1</td><td><a href='/GetFile.ashx?fileid=7'>Bilag 1</a></td></tr></table>"
    "<p hidden><a href='filer/s2.docx'>Skjult</a></p><div class=toolbar><a download href='s3'></a>"
    "</div><p><a href='/om-moeder'>Om møder</a></p>";

/// Addresses that the page says must not be read.
std::set<std::string> closed_files_of(const Parsed& parsed) {
    std::set<std::string> out;
    for (const NamedFile& file : parsed.named) {
        EXPECT_FALSE(file.open);
        out.insert(file.path);
    }
    return out;
}

const std::set<std::string> secret_files{"filer/s1.pdf", "/GetFile.ashx?fileid=7", "filer/s2.docx",
                                         "s3"};

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
    EXPECT_EQ(closed_files_of(*parsed), secret_files);
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

TEST(ClosedLinks, OfRowsAndOfTheirList) {
    // FirstAgenda's rows; the closed one is known by its label only, or hidden altogether.
    const auto row = [](const char* id, const char* attributes, const char* label,
                        const char* file) {
        return std::string("<tr class=punktrow id=punktrow_") + id + attributes +
               "><td><span class=label>" + label + "</span><h2 class=overskrift>Sag " + id +
               "</h2><div class=dropdown><a href='" + file +
               "'>Hent</a></div><div class=punkt>Beslutning: Godkendt.</div></td></tr>";
    };
    const auto parsed = parse_bytes(
        "<html><title>Referat</title><body><h1 class=dato>Referat</h1><span class=udvalg>Byrådet"
        "</span><span class=dato>onsdag den 1. oktober 2025</span><table id=dagsordenDetaljer>" +
            row("1", "", "Punkt 1", "o1.pdf") + row("2", "", "Punkt 2 (Lukket)", "s1.pdf") +
            row("3", " data-adgang=lukket style='display:none'", "Punkt 3", "s2.pdf") +
            "</table></body></html>",
        "vis.html", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(closed_files_of(*parsed), (std::set<std::string>{"s1.pdf", "s2.pdf"}));
}

TEST(ClosedLinks, OfAnOldSystemsTables) {
    const auto item = [](const char* number, const char* access, const char* file) {
        return std::string("<table><tr><td><b>") + number + "</b></td><td><b>Sag " + number +
               "</b></td><td>" + access + "</td></tr></table><p><b>Sagsfremstilling</b><br>Tekst." +
               "</p><table><tr><td>Bilag:</td><td><a href='ShowFile.asp?id=" + file +
               "'>notat</a></td></tr></table>";
    };
    const auto parsed = parse_bytes(
        "<html><head><title>Teknisk Udvalg - Referat</title></head><body><table><tr><td><b>Teknisk "
        "Udvalg</b></td></tr><tr><td>Referat fra mødet den 3. marts 2020</td></tr></table>" +
            item("1", "Åbent", "1") + item("2", "Lukket", "2") + item("3", "Åbent", "3") +
            "</body></html>",
        "ShowAgenda.asp", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(closed_files_of(*parsed), (std::set<std::string>{"ShowFile.asp?id=2"}));
}

TEST(ClosedLinks, OfAListThatIsNoMeeting) {
    const auto parsed = parse_bytes(
        "<html><body><h1>Oversigt</h1><table><tr><td>1</td><td><a href=o1.pdf>Ny bro</a></td><td>"
        "Åbent</td></tr><tr><td>2</td><td>Køb af Engvej 5</td><td>Lukket</td></tr><tr><td></td>"
        "<td colspan=2><a href=s1.pdf>Tilbud</a></td></tr><tr><td>3</td><td><a href=o2.pdf>Ny sti"
        "</a></td><td>Åbent</td></tr></table></body></html>",
        "oversigt.html", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(closed_files_of(*parsed), (std::set<std::string>{"s1.pdf"}));
}

TEST(ClosedLinks, OfAClosedPartAndItsList) {
    const auto parsed = parse_bytes(
        "<html><head><title>Referat Havneudvalget 5. maj 2026</title></head><body>"
        "<h1>Referat, Havneudvalget 5. maj 2026</h1><ul><li><a href=o1.pdf>1. Sag nummer 1</a></li>"
        "<li><a href=s1.pdf>2. Hemmelig grund (Lukket)</a></li></ul>" +
            open_item(1) +
            "<h2>Lukkede punkter</h2><h2>2. Hemmelig grund</h2><h3>Beslutning</h3><p>Ja.</p>"
            "<p><a href=s2.pdf><img src=pdf.png alt=PDF></a></p></body></html>",
        "referat.html", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(closed_files_of(*parsed), (std::set<std::string>{"s1.pdf", "s2.pdf"}));
}

TEST(ClosedLinks, OfAnItemsOwnPageWhereverTheyStand) {
    const auto parsed = parse_bytes(
        "<html><head><title>Referat, Havneudvalget 5. maj 2026</title></head><body><main>"
        "<aside><a href=s1.pdf>Bilag 1</a></aside><h1>Punkt 10: Hemmelig grund</h1>"
        "<p>Status: Lukket</p><p>Sagsnr. 26/3</p><h2>Sagsfremstilling</h2><p>Pris</p>"
        "<h2>Beslutning</h2><p>Ja</p></main><footer><a href=privatliv.pdf>Privatliv</a></footer>"
        "</body></html>",
        "punkt-10.html", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(closed_files_of(*parsed), (std::set<std::string>{"s1.pdf"}));
}

TEST(ClosedLinks, WhatAnOpenItemLinksToIsOpen) {
    const auto parsed = parse_bytes(
        "<html><head><title>Referat Havneudvalget 5. maj 2026</title></head><body>"
        "<h1>Referat, Havneudvalget 5. maj 2026</h1>" +
            open_item(1) +
            "<h2>2. Lukket: Hemmelig grund</h2><h3>Beslutning</h3><p><a href='filer/o1.pdf'>Tegning"
            "</a></p>" +
            open_item(3) + "</body></html>",
        "referat.html", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(parsed->named.empty());
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
        "Synlig1.\n\n## 2. Lukket punkt: Hemmelig grund\n\n### Beslutning\n\nHemmelig pris, se "
        "[tilbud](s1.pdf).\n\n"
        "## 3. Sti\n\n### Beslutning\n\nSynlig3.\n\n## Lukkede punkter\n\n## 4. Hemmelig mark\n\n"
        "### Beslutning\n\nHemmelig pris.\n",
        "referat.md", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    const std::string text = everything(*parsed);
    EXPECT_FALSE(holds(text, "Hemmelig")) << text;
    EXPECT_TRUE(holds(text, "Synlig1") && holds(text, "Synlig3")) << text;
    EXPECT_EQ(parsed->documents.at(1).meeting->body, "Havneudvalget");
    EXPECT_EQ(closed_files_of(*parsed), (std::set<std::string>{"s1.pdf"}));
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
