// PDF, DOCX and WebVTT.
#include "retrieval/ingest/webvtt.hpp"
#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

TEST(Pdf, ReadsAMeetingWithPagesTablesAndClosedItems) {
    const Parsed parsed = parse_file("referat.pdf", SourceKind::meetings);
    ASSERT_EQ(parsed.documents.size(), 3U);
    EXPECT_EQ(parsed.documents[0].title, "Referat Kulturudvalget 2. marts 2026");
    EXPECT_EQ(find_passage(parsed.documents[0], "Anne And\nBo Berg")->section, Section::deltagere);
    const ParsedDocument& hal = parsed.documents[2];
    EXPECT_EQ(hal.title, "Ny svømmehal i Fjordby");
    EXPECT_EQ(hal.url_suffix, "#page=1&punkt=2");
    EXPECT_EQ(hal.meeting->case_number, "26/0042");
    EXPECT_NE(find_passage(hal, "Placering: Havnen; Pris i mio. kr.: 104,0; Åbner: 2030"), nullptr);
    const Passage* decision = find_passage(hal, "Bo Berg stemte imod");
    EXPECT_EQ(decision->section, Section::beslutning);
    EXPECT_EQ(decision->anchor.page, 2U);
    EXPECT_EQ(link("https://x.example/r.pdf" + hal.url_suffix, decision->anchor),
              "https://x.example/r.pdf#page=2");
    EXPECT_FALSE(holds(everything(parsed), "Egon"));
    EXPECT_EQ(parsed.report.closed_items, 1U);
}

TEST(Pdf, ReportsWhatCannotBeRead) {
    const auto damaged = parse_bytes("%PDF-1.4\nnot a pdf at all", "x.pdf");
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().code, ErrorCode::unreadable);
    EXPECT_TRUE(holds(damaged.error().message, "x.pdf"));
}

TEST(Docx, LeavesHiddenAndDeletedTextOut) {
    const Parsed parsed = parse_file("koersel.docx");
    const ParsedDocument& document = parsed.documents.at(0);
    EXPECT_EQ(document.title, "Kørsel i kommunens biler");
    EXPECT_EQ(to_string(document.updated.value()), "2026-02-03");
    const std::string text = everything(parsed);
    EXPECT_TRUE(holds(text, "Bilerne må bruges til møder."));
    for (const auto secret : {"SLETTET", "SKJULT", "010190"})
        EXPECT_FALSE(holds(text, secret)) << secret;
    const Passage* how = find_passage(document, "hente nøglen");
    EXPECT_EQ(how->headings,
              std::vector<std::string>{"Sådan låner du"});  // a style based on Overskrift2
    EXPECT_TRUE(holds(how->text, "Du skal:\n- bestille\n- hente nøglen"));
    EXPECT_TRUE(holds(how->text, "Bil: Kassevogn; Pladser: 3"));
}

TEST(Docx, RefusesBombsAndBrokenContainers) {
    const auto bomb = parse_bytes(test_file("bomb.docx"), "bomb.docx");
    ASSERT_FALSE(bomb);
    EXPECT_EQ(bomb.error().code, ErrorCode::too_large);
    const auto broken = parse_bytes(test_file("koersel.docx").substr(0, 700), "broken.docx");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::unreadable);
}

TEST(WebVtt, GivesTurnsWithSpeakersAndSeconds) {
    const Parsed parsed = parse_file("moede.vtt", SourceKind::video);
    const ParsedDocument& document = parsed.documents.at(0);
    EXPECT_EQ(document.url, "https://fjordby.example/webtv/7");
    EXPECT_EQ(document.title, "Byrådets møde 3. februar 2026");
    ASSERT_EQ(document.passages.size(), 2U);
    EXPECT_EQ(document.passages[0].speaker, "Anne And");
    EXPECT_EQ(document.passages[0].text,
              "Velkommen til mødet & tak for sidst. Vi starter med punkt 1.");
    EXPECT_EQ(document.passages[0].section, Section::tale);
    EXPECT_EQ(document.passages[1].anchor.second, 3601U);
    EXPECT_FALSE(holds(everything(parsed), "Tove"));
}

TEST(WebVtt, MatchesTheMeetingByTheFilesNameAndItemsByMarks) {
    const std::string vtt =
        "WEBVTT\n\nNOTE Punkt 1 Spørgetid\n\n00:10.000 --> 00:12.000\nVelkommen.\n\n"
        "NOTE Punkt 2 Ny idrætshal\n\n01:10.000 --> 01:12.000\nHallen koster 40 millioner.\n\n"
        "NOTE Punkt 3 Lukket punkt: KANARIE\n\n02:10.000 --> 02:12.000\nKANARIE hemmeligt.\n";
    const auto parsed = parse_bytes(vtt, "byraadet-2026-01-27.vtt", SourceKind::video);
    ASSERT_TRUE(parsed);
    const ParsedDocument& document = parsed->documents.at(0);
    ASSERT_TRUE(document.meeting);
    EXPECT_EQ(document.meeting->body, "Byrådet");
    EXPECT_EQ(to_string(document.meeting->date.value()), "2026-01-27");
    ASSERT_EQ(document.passages.size(), 2U);
    EXPECT_EQ(document.passages[0].headings, std::vector<std::string>{"Punkt 1: Spørgetid"});
    EXPECT_EQ(document.passages[1].headings, std::vector<std::string>{"Punkt 2: Ny idrætshal"});
    EXPECT_EQ(parsed->report.closed_items, 1U);
    EXPECT_FALSE(holds(everything(*parsed), "KANARIE"));
}

TEST(WebVtt, IsCalledByItsMeetingWhenNothingElseNamesIt) {
    const std::string vtt = "WEBVTT\n\n00:10.000 --> 00:12.000\nVelkommen.\n";
    const auto parsed = parse_bytes(vtt, "kb-2026-10-07.vtt", SourceKind::video);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->documents.at(0).title, "Kommunalbestyrelsen, 7. oktober 2026");
    const auto unknown = parse_bytes(vtt, "optagelse-3.vtt", SourceKind::video);
    ASSERT_TRUE(unknown);
    EXPECT_EQ(unknown->documents.at(0).title, "optagelse-3");
}

TEST(WebVtt, FindsItsMeetingInARemarkTheHeaderOrTheWelcome) {
    const std::string cue = "00:10.000 --> 00:12.000\nVelkommen.\n";
    const auto meeting_of = [](const std::string& vtt, const std::string& name) {
        const auto parsed = parse_bytes(vtt, name, SourceKind::video);
        const auto& meeting = parsed->documents.at(0).meeting;
        return meeting ? meeting->body + ' ' + to_string(meeting->date.value()) : "";
    };
    EXPECT_EQ(meeting_of("WEBVTT\n\nNOTE Byrådet, onsdag den 7. oktober 2026\n\n" + cue, "a.vtt"),
              "Byrådet 2026-10-07");
    EXPECT_EQ(meeting_of("WEBVTT - Kulturudvalget, 3. marts 2026\n\n" + cue, "a.vtt"),
              "Kulturudvalget 2026-03-03");
    const std::string welcome =
        "WEBVTT\n\n00:10.000 --> 00:12.000\n<v Anne>Velkommen til byrådets møde.\n";
    EXPECT_EQ(meeting_of(welcome, "m-2026-10-07.vtt"), "Byrådet 2026-10-07");
    EXPECT_EQ(meeting_of("WEBVTT\n\n" + cue + "\nNOTE Byrådet, 7. oktober 2026\n", "a.vtt"), "")
        << "a remark further on is about something else";
}

TEST(WebVtt, HearsWhichItemIsAnnounced) {
    const std::string vtt =
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Anne>Godaften.\n\n"
        "00:40.000 --> 00:42.000\n<v Anne>Så går vi til punkt nummer to.\n\n"
        "00:50.000 --> 00:52.000\n<v Bo>Jeg tænker også på punkt 9 og på det, der er sagt.\n\n"
        "01:50.000 --> 01:52.000\n<v Anne>Næste punkt 3 er budgettet.\n";
    const auto parsed = parse_bytes(vtt, "optagelse.vtt", SourceKind::video);
    ASSERT_TRUE(parsed);
    const auto& passages = parsed->documents.at(0).passages;
    ASSERT_EQ(passages.size(), 4U);
    EXPECT_TRUE(passages[0].headings.empty());
    EXPECT_EQ(passages[1].headings, std::vector<std::string>{"Punkt 2"});
    EXPECT_EQ(passages[2].headings, std::vector<std::string>{"Punkt 2"});
    EXPECT_EQ(passages[3].headings, std::vector<std::string>{"Punkt 3"});
}

TEST(DetectFormat, TrustsContentBeforeNames) {
    EXPECT_EQ(detect_format("%PDF-1.7", "a.html"), Format::pdf);
    EXPECT_EQ(detect_format("<!DOCTYPE html><p>", "a.txt"), Format::html);
    EXPECT_EQ(detect_format("WEBVTT\n", "a.md"), Format::webvtt);
    EXPECT_EQ(detect_format(test_file("koersel.docx"), "a.bin"), Format::docx);
    EXPECT_EQ(detect_format("# Titel", "a.MD"), Format::markdown);
    EXPECT_EQ(detect_format("\x89PNG", "a.png"), Format::unknown);
}

}  // namespace
}  // namespace raadbot::ingest
