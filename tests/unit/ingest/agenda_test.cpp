#include "retrieval/ingest/meeting_words.hpp"
#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

const ParsedDocument* item(const Parsed& parsed, std::string_view number) {
    for (const ParsedDocument& document : parsed.documents) {
        if (document.meeting && document.meeting->item_number == number) return &document;
    }
    return nullptr;
}

TEST(AgendaRows, ReadsItemsAndSections) {
    const Parsed parsed = parse_file("agenda-rows.html", SourceKind::meetings);
    const ParsedDocument& meeting = parsed.documents.at(0);
    EXPECT_EQ(meeting.meeting->body, "Klima- og Teknikudvalget");
    EXPECT_EQ(to_string(meeting.meeting->date.value()), "2025-10-01");
    EXPECT_EQ(meeting.meeting->paper, MeetingPaper::referat);
    const ParsedDocument* stier = item(parsed, "1");
    ASSERT_NE(stier, nullptr);
    EXPECT_EQ(stier->title, "Stier i Fjordby Nord");
    EXPECT_EQ(stier->meeting->case_number, "25/0815");
    EXPECT_EQ(stier->url, meeting.url + "&punktid=aaaaaaaa-0000-0000-0000-000000000001");
    EXPECT_EQ(find_passage(*stier, "belyses?")->section, Section::resume);
    EXPECT_EQ(find_passage(*stier, "Forvaltningen indstiller")->section, Section::indstilling);
    EXPECT_EQ(find_passage(*stier, "Kort.pdf")->section, Section::bilag);
    const Passage* earlier = find_passage(*stier, "Anbefales.");
    EXPECT_EQ(earlier->decided_by, "Økonomiudvalget");
    EXPECT_EQ(to_string(earlier->decided_on.value()), "2025-09-24");
    const Passage* decision = find_passage(*stier, "Udsat.");
    EXPECT_EQ(decision->section, Section::beslutning);
    EXPECT_FALSE(decision->decided_on);
    for (const auto furniture : {"Handlinger", "Hent som PDF", "mp3", "lyd"})
        EXPECT_FALSE(holds(everything(parsed), furniture));
}

TEST(AgendaRows, ClosedItemsLeaveNothingButACount) {
    const Parsed parsed = parse_file("agenda-rows.html", SourceKind::meetings);
    const std::string text = everything(parsed);
    for (const auto secret :
         {"Havnegade", "Bjarnes", "7 mio", "Tove", "Hemmeligt", "Køb af vej", "ikke frigivet"}) {
        EXPECT_FALSE(holds(text, secret)) << secret;
    }
    EXPECT_EQ(parsed.report.closed_items, 3U);
    EXPECT_TRUE(holds(text, "Udvalget godkendte købet af en vej."));  // published in neutral form
    EXPECT_NE(item(parsed, "5"), nullptr);                            // "Lukkedage" closes nothing
}

TEST(AgendaPlain, ReadsTablesOfAnOldSystem) {
    const Parsed parsed = parse_file("agenda-plain-tables-latin1.html", SourceKind::meetings);
    const ParsedDocument* ring = item(parsed, "2");
    ASSERT_NE(ring, nullptr);
    EXPECT_EQ(ring->title, "Ny rundkørsel på Ringvejen");
    EXPECT_EQ(ring->meeting->body, "Teknisk Udvalg");
    EXPECT_EQ(ring->meeting->case_number, "2020-1234");
    EXPECT_EQ(find_passage(*ring, "4,2 mio")->section, Section::indstilling);
    EXPECT_EQ(to_string(find_passage(*ring, "Udsat.")->decided_on.value()), "2020-02-03");
    EXPECT_EQ(parsed.report.closed_items, 1U);
    EXPECT_FALSE(holds(everything(parsed), "Møllegården"));
    EXPECT_FALSE(holds(everything(parsed), "12 mio"));
}

TEST(AgendaHeadings, ReadsACmsPage) {
    const Parsed parsed = parse_file("agenda-headings.html", SourceKind::meetings);
    const ParsedDocument* skole = item(parsed, "2");
    ASSERT_NE(skole, nullptr);
    EXPECT_EQ(skole->url_suffix, "#p2");
    EXPECT_EQ(skole->meeting->body, "Børne- og Ungeudvalget");
    const Passage* decision = find_passage(*skole, "Et flertal");
    EXPECT_EQ(decision->section, Section::beslutning);
    EXPECT_TRUE(decision->decided_by.empty());
    EXPECT_EQ(find_passage(*skole, "Otte svar")->section, Section::horing);
    EXPECT_NE(item(parsed, "5"), nullptr);
    EXPECT_EQ(parsed.report.closed_items, 2U);
    EXPECT_FALSE(holds(everything(parsed), "Egon"));
    EXPECT_EQ(find_passage(parsed.documents.at(0), "Bo Berg")->section, Section::deltagere);
    EXPECT_FALSE(holds(everything(parsed), "Åbningstider"));
}

TEST(AgendaHeadings, ReadsAProtocolWithAnEarlierDecisionInBoldAndAClosedPart) {
    const Parsed parsed = parse_file("agenda-protocol.html", SourceKind::meetings);
    const ParsedDocument* budget = item(parsed, "1");
    ASSERT_NE(budget, nullptr);
    EXPECT_EQ(budget->title, "Budgetopfølgning pr. marts");
    EXPECT_EQ(budget->meeting->case_number, "22-001234");
    EXPECT_EQ(find_passage(*budget, "Direktionen indstiller")->section, Section::indstilling);
    EXPECT_EQ(find_passage(*budget, "Anbefales.")->decided_by, "Økonomiudvalget");
    EXPECT_FALSE(find_passage(*budget, "Godkendt.")->decided_on);
    EXPECT_FALSE(holds(everything(parsed), "Firma X"));
    EXPECT_FALSE(holds(everything(parsed), "400.000"));
    EXPECT_EQ(parsed.report.closed_items, 1U);
}

TEST(AgendaPlain, ReadsTextPutIntoOneTableAcrossItsColumns) {
    const Parsed parsed = parse_file("agenda-spanned.html", SourceKind::meetings);
    const ParsedDocument* boats = item(parsed, "1");
    ASSERT_NE(boats, nullptr);
    EXPECT_EQ(boats->title, "Nye bådpladser ved søndre mole");
    EXPECT_EQ(boats->meeting->body, "Havneudvalget");
    EXPECT_EQ(to_string(boats->meeting->date.value()), "2026-05-05");
    EXPECT_EQ(boats->meeting->case_number, "26/000777");
    EXPECT_EQ(find_passage(*boats, "40 pladser")->section, Section::indstilling);
    EXPECT_EQ(find_passage(*boats, "Liv Lund")->section, Section::beslutning);
    EXPECT_EQ(find_passage(*boats, "Sagsnr"), nullptr);  // read as a fact, no text
    EXPECT_NE(item(parsed, "3"), nullptr);
    EXPECT_EQ(parsed.report.closed_items, 1U);
    for (const auto secret : {"Tangvej", "3,3 mio", "26/000778", "PolWeb", "Udskriv"})
        EXPECT_FALSE(holds(everything(parsed), secret)) << secret;
}

// What no rule takes for a meeting still loses what it marks as closed.
TEST(AgendaPlain, ClosedRowsOfAPageThatIsNoMeetingAreStopped) {
    const auto parsed = parse_bytes(
        "<html><body><h1>Oversigt</h1><table><tr><td>1</td><td>Ny bro</td><td>Åbent</td></tr>"
        "<tr><td>2</td><td>Køb af Engvej 5</td><td>Lukket</td></tr>"
        "<tr><td></td><td colspan=2>Sælger vil have 2 mio.</td></tr>"
        "<tr><td>3</td><td>Ny sti</td><td>Åbent</td></tr></table></body></html>",
        "oversigt.html", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    EXPECT_FALSE(holds(everything(*parsed), "Engvej"));
    EXPECT_FALSE(holds(everything(*parsed), "2 mio"));
    EXPECT_TRUE(holds(everything(*parsed), "Ny bro"));
    EXPECT_TRUE(holds(everything(*parsed), "Ny sti"));
    EXPECT_EQ(parsed->report.closed_items, 1U);
}

TEST(AgendaHeadings, ATitleThatSaysPunktTwiceOrOnlyLukketPunkt) {
    EXPECT_EQ(item_heading("3. Punkt Ny skole")->title, "Ny skole");
    EXPECT_EQ(item_heading("3. Punkter til næste møde")->title, "Punkter til næste møde");
    EXPECT_TRUE(item_heading("4. Punkt Lukket punkt")->closed);
}

TEST(MeetingWords, TellSectionsFromSubjects) {
    EXPECT_EQ(section_named("Økonomiske konsekvenser:", false)->section, Section::okonomi);
    EXPECT_EQ(section_named("Beslutningstema", false)->section, Section::resume);
    // Who decides is no decision.
    EXPECT_EQ(section_named("Beslutningen træffes af", true)->section, Section::lovgrundlag);
    EXPECT_EQ(section_named("Center for Ejendomme indstiller, at", true)->section,
              Section::indstilling);
    const auto decision = section_named(
        "Sundheds- og Forebyggelsesudvalgets beslutning den 04.12.2012 Punkt 8", true);
    ASSERT_TRUE(decision);
    EXPECT_EQ(decision->body, "Sundheds- og Forebyggelsesudvalget");
    EXPECT_EQ(to_string(decision->date.value()), "2012-12-04");
    for (const auto prose :
         {"Bilag 3: Trafiktælling", "Byrådet træffer ved mødets begyndelse beslutning om, hvorvidt",
          "Forslag om nye busser"}) {
        const auto named = section_named(prose, true);
        EXPECT_FALSE(named) << prose;
    }
}

TEST(MeetingWords, KnowBodiesByTheirShape) {
    EXPECT_EQ(body_in("Referat fra Social-, Sundheds- og Seniorudvalget den 3."),
              "Social-, Sundheds- og Seniorudvalget");
    EXPECT_EQ(body_in("Møde i Udvalget for Børn og Unge mandag"), "Udvalget for Børn og Unge");
    EXPECT_EQ(body_in("Kommunalbestyrelsens møde"), "Kommunalbestyrelsen");
    EXPECT_EQ(body_in("Beslutning i Teknisk Udvalg den 6. marts"), "Teknisk Udvalg");
    EXPECT_EQ(body_in("Udvalgets beslutning"), "");
}

TEST(MeetingWords, ClosedMarksAndTheirLookalikes) {
    for (const auto mark : {"Lukket", "Lukket punkt", "Lukket punkt: Køb",
                            "Beslutning ikke frigivet", "Salg (lukket)", "Lukket sag."}) {
        EXPECT_TRUE(says_closed(mark)) << mark;
    }
    for (const auto open : {"Lukkedage i 2027", "Lukket butikscenter omdannes til boliger",
                            "Vejen lukkes", "Åbent"}) {
        EXPECT_FALSE(says_closed(open)) << open;
    }
}

}  // namespace
}  // namespace raadbot::ingest
