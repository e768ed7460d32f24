// Selectors, and agenda pages that are read by a source's own.
#include "retrieval/ingest/html_select.hpp"

#include "retrieval/ingest/wire.hpp"
#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

std::size_t count(const HtmlDocument& document, std::string_view css) {
    const auto selector = Selector::parse(css);
    EXPECT_TRUE(selector) << selector.error().message;
    return selector ? selector->all(document, document.body()).size() : 0;
}

TEST(Selector, MatchesLikeABrowser) {
    const HtmlDocument page(
        "<body><div id=a class='x y'><p>1<p class=y data-k='abc'>2<ul><li>3<li class=y>4</ul></div>"
        "<div class=x hidden><p>5</div><section><div><p lang=da>6</p></div></section></body>");
    EXPECT_EQ(count(page, "p"), 3U);   // the hidden one is not seen
    EXPECT_EQ(count(page, ".y"), 1U);  // the outermost only
    EXPECT_EQ(count(page, "div p, li"), 5U);
    EXPECT_EQ(count(page, "div > p"), 3U);
    EXPECT_EQ(count(page, "body > p"), 0U);
    EXPECT_EQ(count(page, "section p"), 1U);
    EXPECT_EQ(count(page, "#a .y"), 2U);
    EXPECT_EQ(count(page, "div.x.y > p[data-k]"), 1U);
    EXPECT_EQ(count(page, "[data-k=abc], [lang='da']"), 2U);
    EXPECT_EQ(count(page, "[data-k^=ab]"), 1U);
    EXPECT_EQ(count(page, "[data-k$=bc]"), 1U);
    EXPECT_EQ(count(page, "[data-k*=b]"), 1U);
    EXPECT_EQ(count(page, "[data-k=ab]"), 0U);
    EXPECT_EQ(count(page, "*"), 1U);
}

TEST(Selector, SaysWhatItDoesNotUnderstand) {
    for (const auto css : {"", "div >", "> div", "p:first-child", "a + b", ".", "#", "[x",
                           "[x=", "[x='1]", "a,,b", "a,"}) {
        const auto selector = Selector::parse(css);
        ASSERT_FALSE(selector) << css;
        EXPECT_EQ(selector.error().code, ErrorCode::invalid_input);
        EXPECT_TRUE(holds(selector.error().message, css)) << selector.error().message;
    }
}

TEST(SelectedAgenda, IsReadByTheSourcesSelectors) {
    const std::string bytes = test_file("agenda-own-cms.html");
    ParseInput input;
    input.bytes = bytes;
    input.name = "m.html";
    input.kind = SourceKind::meetings;
    input.selectors = {"section.punkt", ".punkt-nr",  "h2",         ".sag",        ".laas",
                       ".udvalgsnavn",  ".moededato", "#deltagere", ".del-knapper"};
    const auto request = read_request(write_request(input, {}));
    ASSERT_TRUE(request);
    EXPECT_EQ(request->selectors, input.selectors);
    const auto parsed = parse(input, {});
    ASSERT_TRUE(parsed) << parsed.error().message;
    ASSERT_EQ(parsed->documents.size(), 2U);
    const ParsedDocument& meeting = parsed->documents[0];
    EXPECT_EQ(meeting.meeting->body, "Havneudvalget");
    EXPECT_EQ(to_string(meeting.meeting->date.value()), "2026-03-03");
    EXPECT_EQ(find_passage(meeting, "Anne And")->section, Section::deltagere);
    const ParsedDocument& mole = parsed->documents[1];
    EXPECT_EQ(mole.title, "Ny mole");
    EXPECT_EQ(mole.url_suffix, "#p-11");
    EXPECT_EQ(mole.meeting->item_number, "1");
    EXPECT_EQ(mole.meeting->paper, MeetingPaper::referat);
    EXPECT_EQ(find_passage(mole, "Godkendt.")->section, Section::beslutning);
    EXPECT_FALSE(holds(everything(*parsed), "Del på nettet"));
    EXPECT_FALSE(holds(everything(*parsed), "KANARIE"));
    EXPECT_EQ(parsed->report.closed_items, 1U);
}

TEST(SelectedAgenda, ClosedItemsFilesAreNamedWhateverTheSelectorsLeaveOut) {
    const auto item = [](const char* n, const char* mark, const char* file) {
        return std::string("<section class=punkt><span class=nr>") + n + "</span><h2>Sag " + n +
               "</h2>" + mark + "<p>Beslutning: Godkendt.</p><div class=knapper><a href=" + file +
               ">Hent</a></div></section>";
    };
    const std::string bytes =
        "<html><head><title>Referat Havneudvalget 3. marts 2026</title></head><body>" +
        item("1", "", "o1.pdf") + item("2", "<i class=laas></i>", "s1.pdf") +
        item("3", "<p>Punktet er lukket</p>", "s2.pdf") + "</body></html>";
    ParseInput input;
    input.bytes = bytes;
    input.name = "m.html";
    input.kind = SourceKind::meetings;
    input.selectors = {"section.punkt", ".nr", "h2", "", ".laas", "", "", "", ".knapper"};
    const auto parsed = parse(input, {});
    ASSERT_TRUE(parsed) << parsed.error().message;
    std::string closed;
    for (const NamedFile& file : parsed->named) closed += file.path + " ";
    EXPECT_EQ(closed, "s1.pdf s2.pdf ");
}

}  // namespace
}  // namespace raadbot::ingest
