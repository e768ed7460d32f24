// Exports of case systems, made up in the shapes that OS2dagsorden's importers read: what is open
// comes out in its place, nothing of what any flag closes does.
#include "retrieval/ingest/export_files.hpp"
#include "retrieval/ingest/export_xml.hpp"
#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

Parsed read_export(std::string_view name) {
    const std::string bytes = test_file("exports/" + std::string(name));
    ParseInput input;
    input.bytes = bytes;
    input.name = std::string(name);
    input.kind = SourceKind::meetings;
    input.url = "https://fjordby.example/" + std::string(name);
    EXPECT_EQ(detect_format(bytes, input.name), Format::agenda_export) << name;
    auto parsed = parse(input, {});
    EXPECT_TRUE(parsed) << (parsed ? std::string() : parsed.error().message);
    return parsed ? *parsed : Parsed{};
}

const ParsedDocument& item(const Parsed& parsed, std::string_view number) {
    static const ParsedDocument none{};
    for (const ParsedDocument& document : parsed.documents) {
        if (document.meeting && document.meeting->item_number == number) return document;
    }
    ADD_FAILURE() << "no item " << number;
    return none;
}

std::string section_text(const ParsedDocument& document, Section section) {
    std::string text;
    for (const Passage& passage : document.passages) {
        if (passage.section == section) text += (text.empty() ? "" : "\n") + passage.text;
    }
    return text;
}

const NamedFile& named(const Parsed& parsed, std::string_view path) {
    static const NamedFile none{};
    for (const NamedFile& file : parsed.named) {
        if (file.path == path) return file;
    }
    ADD_FAILURE() << "does not name " << path;
    return none;
}

/// No canary, no CPR number, in what is shown or in what is passed on for attachments.
void expect_free(const Parsed& parsed) {
    std::string all = everything(parsed);
    for (const NamedFile& file : parsed.named) {
        all += file.title + "\n";
        if (file.meeting) all += file.meeting->item_number + file.meeting->case_number + "\n";
    }
    for (const std::string& note : parsed.report.notes) all += note + "\n";
    for (const auto secret : {"KANARIE", "150785", "26/999", "25/4000"})
        EXPECT_FALSE(holds(all, secret)) << secret << " in\n" << all;
}

TEST(Edoc, ReadsOpenItemsInTheirPlaceAndGluedHeadings) {
    const Parsed parsed = read_export("edoc/eDocAgendaPublishing.xml");
    ASSERT_EQ(parsed.documents.size(), 3U);
    const ParsedDocument& meeting = parsed.documents[0];
    EXPECT_EQ(meeting.title, "Referat Kultur- og Fritidsudvalget 3. februar 2026");
    EXPECT_EQ(meeting.url, "https://fjordby.example/edoc/9000.PDF");
    EXPECT_EQ(meeting.meeting->paper, MeetingPaper::referat);
    EXPECT_EQ(section_text(meeting, Section::deltagere),
              "- Anne And (A) - formand\n- Bo Berg (V)\n- Carl Carlsen (C)");
    const ParsedDocument& hal = item(parsed, "1");
    EXPECT_EQ(hal.title, "Ny svømmehal");
    EXPECT_EQ(hal.url, "https://fjordby.example/edoc/9001.PDF");
    EXPECT_EQ(hal.meeting->case_number, "2025-0017");
    EXPECT_EQ(section_text(hal, Section::beslutning),
              "Godkendt. Bo Berg stemte imod.\nFølgende deltog ikke i behandlingen af "
              "punktet:\nAnne And");
    const ParsedDocument& lights = item(parsed, "2");
    EXPECT_EQ(lights.title, "Lys på boldbanen");
    EXPECT_EQ(lights.meeting->case_number, "2026-0042");
    EXPECT_EQ(section_text(lights, Section::resume), "Der søges om lys på boldbanen i Fjordby.");
    EXPECT_EQ(section_text(lights, Section::okonomi),
              "Masterne koster 640.000 kr., som tages af anlægspuljen.");
    EXPECT_EQ(section_text(lights, Section::indstilling),
              "- A) Der sættes fire master op.\n- B) Udgiften tages af anlægspuljen.");
    EXPECT_EQ(section_text(lights, Section::beslutning), "Indstillingen godkendt");
    EXPECT_EQ(section_text(lights, Section::bilag), "- Tilbud på lysmaster");
    EXPECT_EQ(parsed.report.cpr_masked, 1U);
    EXPECT_EQ(parsed.report.closed_items, 3U);  // two items and an attachment
    expect_free(parsed);
}

TEST(Edoc, NamesItsFilesAndTheirAccess) {
    const Parsed parsed = read_export("edoc/eDocAgendaPublishing.xml");
    EXPECT_EQ(parsed.claim, Claim::papers);
    const NamedFile& offer = named(parsed, "tilbud.TXT");
    EXPECT_TRUE(offer.open);
    EXPECT_EQ(offer.title, "Tilbud på lysmaster");
    EXPECT_EQ(offer.meeting->item_number, "2");
    EXPECT_EQ(offer.meeting->case_number, "2026-0042");
    EXPECT_EQ(named(parsed, "9001.PDF").role, NamedFile::Role::same_text);
    for (const auto closed : {"naboen.TXT", "9003.PDF", "9100.PDF", "9104.TXT", "bud.TXT"})
        EXPECT_FALSE(named(parsed, closed).open) << closed;
}

TEST(Sbsys, ReadsAPublicationWithItsFieldsInOrder) {
    const Parsed parsed = read_export("sbsys/Publication7/Publication7.xml");
    ASSERT_EQ(parsed.documents.size(), 2U);
    EXPECT_EQ(parsed.documents[0].title, "Referat Teknik- og Miljøudvalget 10. februar 2026");
    EXPECT_EQ(section_text(parsed.documents[0], Section::deltagere),
              "- Anne And (A)\n- Bo Berg (V), ferie");
    const ParsedDocument& path = item(parsed, "1");
    EXPECT_EQ(path.meeting->case_number, "26/117");
    EXPECT_EQ(section_text(path, Section::sagsfremstilling),
              "Cykelstien på Havnevej bliver 800 meter.\nBygherre har cpr [CPR fjernet].");
    ASSERT_EQ(path.passages.size(), 4U);
    EXPECT_EQ(path.passages[1].text, "Udvalget godkendte cykelstien. Bo Berg stemte imod.");
    EXPECT_EQ(path.passages[1].section, Section::beslutning);
    EXPECT_TRUE(path.passages[1].decided_by.empty());
    EXPECT_EQ(path.passages[2].decided_by, "Landdistriktsudvalget");
    EXPECT_EQ(to_string(path.passages[2].decided_on.value()), "2026-01-12");
    EXPECT_EQ(section_text(path, Section::bilag), "- Kort over cykelstien");
    EXPECT_TRUE(named(parsed, "Enclosures/1.txt").open);
    for (const auto closed : {"Enclosures/2.txt", "Enclosures/3.txt", "Enclosures/4.txt"})
        EXPECT_FALSE(named(parsed, closed).open) << closed;
    EXPECT_EQ(parsed.report.closed_items, 4U);  // two items, a field, an enclosure
    expect_free(parsed);
}

TEST(Sbsys, ReadsTheShapeWithDanishNames) {
    const Parsed parsed = read_export("sbsys-dagsorden/Dagsorden.xml");
    ASSERT_EQ(parsed.documents.size(), 2U);
    EXPECT_EQ(parsed.documents[0].title, "Referat Socialudvalget 24. februar 2026");
    const ParsedDocument& card = item(parsed, "1");
    EXPECT_EQ(card.title, "Klippekort til hjemmehjælp");
    EXPECT_EQ(card.meeting->case_number, "27.36.00-G01-4-26");
    EXPECT_EQ(section_text(card, Section::beslutning), "Godkendt for to år.");
    EXPECT_TRUE(named(parsed, "Bilag/1.txt").open);
    for (const auto closed : {"Bilag/2.txt", "Bilag/3.txt", "Dagsorden.html"})
        EXPECT_FALSE(named(parsed, closed).open) << closed;
    expect_free(parsed);
}

TEST(Sbsys, ADraftIsNotPublished) {
    std::string bytes = test_file("exports/sbsys/Publication7/Publication7.xml");
    bytes.replace(bytes.find("Minutes"), 7, "Draft");
    const auto parsed = parse_bytes(bytes, "Publication7.xml", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(parsed->documents.empty());
    EXPECT_EQ(parsed->claim, Claim::papers);
    EXPECT_FALSE(named(*parsed, "Enclosures/1.txt").open);
}

TEST(Fujitsu, ReadsPresentationsAndEachBodysDecision) {
    const Parsed parsed = read_export("fujitsu/Moede_9/agenda.xml");
    ASSERT_EQ(parsed.documents.size(), 2U);
    EXPECT_EQ(parsed.documents[0].title, "Referat Byrådet 24. februar 2026");
    EXPECT_EQ(section_text(parsed.documents[0], Section::deltagere),
              "- Anne And (Formand)\n- Bo Berg\n- Carl Carlsen");
    const ParsedDocument& plan = item(parsed, "2");
    EXPECT_EQ(plan.meeting->case_number, "306-2025-600");
    EXPECT_EQ(section_text(plan, Section::indstilling), "at lokalplanen vedtages.");
    const Passage* first = find_passage(plan, "Anbefales");
    EXPECT_EQ(first->decided_by, "Økonomiudvalget");
    EXPECT_EQ(to_string(first->decided_on.value()), "2026-02-17");
    const Passage* own = find_passage(plan, "Vedtaget");
    EXPECT_TRUE(own->decided_by.empty());
    EXPECT_EQ(own->section, Section::beslutning);
    EXPECT_EQ(find_passage(plan, "Carl Carlsen (Fravær)")->headings.back(), "Fraværende");
    EXPECT_FALSE(holds(everything(parsed), "ikke frigivet"));
    EXPECT_TRUE(named(parsed, "Bilag/kort.txt").open);
    EXPECT_FALSE(named(parsed, "Bilag/aftale.txt").open);
    EXPECT_FALSE(named(parsed, "Bilag/cv.txt").open);
    EXPECT_EQ(parsed.report.closed_items, 3U);  // an item, a presentation, an attachment
    expect_free(parsed);
}

TEST(Fujitsu, OneNotMadeForThePublicGivesNothing) {
    std::string bytes = test_file("exports/fujitsu/Moede_9/agenda.xml");
    const std::string flag = "<edoc:OutputFilterIsPublic>true";
    bytes.replace(bytes.find(flag), flag.size(), "<edoc:OutputFilterIsPublic>false");
    const auto parsed = parse_bytes(bytes, "agenda.xml", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(parsed->documents.empty());
    EXPECT_FALSE(named(*parsed, "Bilag/kort.txt").open);
    EXPECT_EQ(parsed->report.notes.size(), 1U);
}

TEST(Fujitsu, ANotificationNamesWhatIsPublished) {
    const Parsed open = read_export("fujitsu/Notifikation_9.xml");
    EXPECT_EQ(open.claim, Claim::index);
    EXPECT_TRUE(named(open, "Moede_9/agenda.xml").open);
    EXPECT_FALSE(named(read_export("fujitsu/Notifikation_10.xml"), "Moede_10/agenda.xml").open);
}

TEST(Acadre, ReadsBulletsInOrderAndWhoWasAway) {
    const Parsed parsed = read_export("acadre/Files_7_70/70.XML");
    ASSERT_EQ(parsed.documents.size(), 2U);
    EXPECT_EQ(parsed.documents[0].meeting->body, "Børn- og Skoleudvalget");
    EXPECT_EQ(section_text(parsed.documents[0], Section::deltagere), "- Anne And\n- Bo Berg");
    const ParsedDocument& start = item(parsed, "1");
    EXPECT_EQ(start.meeting->case_number, "25/3391");
    EXPECT_EQ(start.meeting->paper, MeetingPaper::referat);  // it holds a decision
    ASSERT_GE(start.passages.size(), 2U);
    EXPECT_EQ(start.passages[0].section, Section::sagsfremstilling);
    EXPECT_EQ(start.passages[1].text, "Udvalget besluttede, at skoleåret begynder den 10. august.");
    EXPECT_EQ(find_passage(start, "Bo Berg")->headings.back(), "Fraværende");
    EXPECT_TRUE(named(parsed, "801.TXT").open);
    for (const auto closed : {"802.TXT", "803.TXT", "804.TXT"})
        EXPECT_FALSE(named(parsed, closed).open) << closed;
    EXPECT_EQ(parsed.report.closed_items, 5U);  // an item, two bullets, two files
    expect_free(parsed);
}

TEST(Acadre, TheIndexOpensAndCloses) {
    const Parsed index = read_export("acadre/XML_7.xml");
    EXPECT_EQ(index.claim, Claim::index);
    EXPECT_TRUE(index.documents.empty());
    EXPECT_EQ(named(index, "Files_7_70/70.XML").meeting->paper, MeetingPaper::referat);
    EXPECT_TRUE(named(index, "Files_7_70/70.XML").open);
    EXPECT_FALSE(named(index, "Files_7_71/71.XML").open);
}

TEST(Export, AFlagThatIsMissingOrUnknownOpensNothing) {
    for (const auto value : {"", "false", "Nej", "2", "Lukket", "Intern", "måske"})
        EXPECT_NE(access_value(value), Access::open) << value;
    for (const auto value : {"true", "True", "1", "Ja", "SKAL PUBLICERES", "Åben", "Open"})
        EXPECT_EQ(access_value(value), Access::open) << value;
}

TEST(Export, NothingOutsideTheFileIsLoadedOrExpanded) {
    const std::string bytes =
        "<?xml version=\"1.0\"?><!DOCTYPE Meeting [<!ENTITY x SYSTEM \"file:///etc/passwd\">"
        "<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
        "<Meeting><Committee>Byrådet</Committee><MeetingDate>03-02-2026</MeetingDate>"
        "<MeetingAgendaTypes><MeetingAgendaType><AgendaType>Åben</AgendaType><MeetingAgendaItems>"
        "<MeetingAgendaItem><AgendaItemNumber>1</AgendaItemNumber><Document><Title>Sag</Title>"
        "<PublishingType>SKAL PUBLICERES</PublishingType></Document><FullText>Beslutning\n&x; og "
        "&b;</FullText></MeetingAgendaItem></MeetingAgendaItems></MeetingAgendaType>"
        "</MeetingAgendaTypes></Meeting>";
    const auto parsed = parse_bytes(bytes, "e.xml", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    EXPECT_FALSE(holds(everything(*parsed), "root:"));
    EXPECT_FALSE(holds(everything(*parsed), "aaaa"));
}

TEST(Export, DepthHasALimitAndBrokenXmlAnError) {
    std::string deep = "<Meeting><MeetingAgendaTypes>";
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    for (int i = 0; i < 100'000; ++i) deep += "</a>";
    deep += "</MeetingAgendaTypes></Meeting>";
    const auto too_deep = parse_bytes(deep, "e.xml");
    ASSERT_FALSE(too_deep);
    EXPECT_EQ(too_deep.error().code, ErrorCode::unreadable);
    const auto broken = parse_bytes("<Meeting><MeetingAgendaTypes><x></Meeting>", "e.xml");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::unreadable);
    // XML of another kind is no export.
    EXPECT_EQ(detect_format("<?xml version=\"1.0\"?><urlset></urlset>", "sitemap.xml"),
              Format::unknown);
}

TEST(Export, ReadsWindows1252) {
    std::string bytes = test_file("exports/sbsys-dagsorden/Dagsorden.xml");
    std::string western;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        if (byte == 0xC3) {
            western += static_cast<char>(static_cast<unsigned char>(bytes[++at]) + 0x40U);
        } else {
            western += bytes[at];
        }
    }
    western.replace(western.find("utf-8"), 5, "iso-8859-1");
    const auto parsed = parse_bytes(western, "Dagsorden.xml", SourceKind::meetings);
    ASSERT_TRUE(parsed);
    ASSERT_EQ(parsed->documents.size(), 2U);
    EXPECT_EQ(parsed->documents[1].title, "Klippekort til hjemmehjælp");
}

TEST(Unglue, BreaksBeforeAndAfterNamesThatAreGluedOnly) {
    EXPECT_EQ(unglue("Planen.BaggrundSom led i planen"), "Planen.\nBaggrund\nSom led i planen");
    EXPECT_EQ(unglue("Bygningen sættes i stand. SagsfremstillingI 2012 kom der vand"),
              "Bygningen sættes i stand. \nSagsfremstilling\nI 2012 kom der vand");
    EXPECT_EQ(unglue("Om Økonomiudvalget og Baggrund for sagen"),
              "Om Økonomiudvalget og Baggrund for sagen");
    EXPECT_EQ(unglue("godkendt.Teknisk Udvalgs beslutning den 04.12.2012 Punkt 2Godkendt"),
              "godkendt.\nTeknisk Udvalgs beslutning den 04.12.2012 Punkt 2\nGodkendt");
    EXPECT_EQ(unglue("Sagsnr.: 2012-1Dok.nr.: 2012-2SammendragDer søges"),
              "Sagsnr.: 2012-1\nDok.nr.: 2012-2\nSammendrag\nDer søges");
}

// What lies beside them
// -----------------------------------------------------------------------------

TEST(ExportFiles, OnlyWhatIsNamedAsOpenIsRead) {
    ExportFiles files;
    EXPECT_EQ(files.decide("a/x.pdf").verdict, ExportFiles::Verdict::free);
    Parsed parsed;
    parsed.claim = Claim::papers;
    parsed.named = {{"open.pdf", NamedFile::Role::attachment, true, "Åbent", MeetingInfo{}},
                    {"both.pdf", NamedFile::Role::attachment, true, "", MeetingInfo{}},
                    {"both.pdf", NamedFile::Role::attachment, false, "", {}},
                    {"brev.docx", NamedFile::Role::attachment, true, "", MeetingInfo{}},
                    {"hemmelig.docx", NamedFile::Role::attachment, false, "", {}},
                    {"samlet.pdf", NamedFile::Role::same_text, true, "", {}}};
    files.add("a/export.xml", parsed);
    const auto verdict = [&](std::string_view path) { return files.decide(path).verdict; };
    EXPECT_EQ(verdict("b/x.pdf"), ExportFiles::Verdict::free);
    EXPECT_EQ(verdict("a/open.pdf"), ExportFiles::Verdict::open);
    EXPECT_EQ(verdict("a/OPEN.PDF"), ExportFiles::Verdict::open);
    EXPECT_EQ(verdict("a/both.pdf"), ExportFiles::Verdict::closed);
    EXPECT_EQ(verdict("a/brev.pdf"), ExportFiles::Verdict::open);
    EXPECT_EQ(verdict("a/hemmelig.pdf"), ExportFiles::Verdict::closed);
    EXPECT_EQ(verdict("a/samlet.pdf"), ExportFiles::Verdict::same_text);
    EXPECT_EQ(verdict("a/unnamed.pdf"), ExportFiles::Verdict::closed);
    EXPECT_EQ(verdict("a/deep/unnamed.html"), ExportFiles::Verdict::closed);
}

TEST(ExportFiles, AnIndexClosesAnAgendaAndAllItsFiles) {
    ExportFiles files;
    Parsed index;
    index.claim = Claim::index;
    index.named = {{"in/a.xml", NamedFile::Role::agenda_export, true, "", {}},
                   {"out/b.xml", NamedFile::Role::agenda_export, false, "", {}}};
    Parsed agenda;
    agenda.claim = Claim::papers;
    agenda.named = {{"bilag.pdf", NamedFile::Role::attachment, true, "", MeetingInfo{}}};
    files.add("index.xml", index);
    files.add("in/a.xml", agenda);
    files.add("out/b.xml", agenda);
    files.add("other/c.xml", agenda);
    const auto verdict = [&](std::string_view path) { return files.decide(path).verdict; };
    EXPECT_EQ(verdict("in/a.xml"), ExportFiles::Verdict::open);
    EXPECT_EQ(verdict("in/bilag.pdf"), ExportFiles::Verdict::open);
    EXPECT_EQ(verdict("out/b.xml"), ExportFiles::Verdict::closed);
    EXPECT_EQ(verdict("out/bilag.pdf"), ExportFiles::Verdict::closed);
    EXPECT_EQ(verdict("other/c.xml"), ExportFiles::Verdict::closed);
    EXPECT_EQ(verdict("other/bilag.pdf"), ExportFiles::Verdict::closed);
}

TEST(ExportFiles, AnUnreadableExportKeepsItsFolderShut) {
    ExportFiles files;
    files.add_unreadable("a/export.xml");
    const auto decision = files.decide("a/bilag.pdf");
    EXPECT_EQ(decision.verdict, ExportFiles::Verdict::closed);
    EXPECT_TRUE(decision.waits);
}

TEST(ExportFiles, AnAttachmentDecidesNothing) {
    Parsed parsed;
    ParsedDocument document;
    document.title = "1548285";
    Passage passage;
    passage.section = Section::beslutning;
    passage.text = "Godkendt.";
    document.passages = {passage};
    parsed.documents = {document};
    NamedFile file{"a.pdf", NamedFile::Role::attachment, true, "Notat", MeetingInfo{}};
    file.meeting->item_number = "4";
    apply_name(file, parsed);
    EXPECT_EQ(parsed.documents[0].title, "Notat");
    EXPECT_EQ(parsed.documents[0].meeting->item_number, "4");
    EXPECT_EQ(parsed.documents[0].passages[0].section, Section::text);
}

}  // namespace
}  // namespace raadbot::ingest
