// The same export as other towns and other versions of a system write it: nothing that is open is
// lost, and what one flag closes stays closed.
#include "retrieval/ingest/export_xml.hpp"
#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

struct Edoc {
    std::string body = "Grønt Råd";
    std::string title = "Ny svømmehal";
    std::string neutral = "Ny svømmehal";
    std::string document;  ///< Further elements of the item's document.
    std::string text =
        "1.\tNy svømmehalSagsnr.: 2025-0017Dok.nr.: 2026-9910SammendragHallen koster 90 mio. kr."
        "IndstillingCenter for Kultur indstiller, atA)Hallen bygges.Grønt Råds beslutning den "
        "03.02.2026 Punkt 1Godkendt";

    [[nodiscard]] std::string xml() const {
        return "<Meeting><Committee>" + body +
               "</Committee><MeetingDate>03-02-2026 17:00:00</MeetingDate>"
               "<MeetingState>Referat endeligt godkendt</MeetingState><MeetingAgendaTypes>"
               "<MeetingAgendaType><AgendaType>Åben dagsorden</AgendaType><MeetingAgendaItems>"
               "<MeetingAgendaItem><AgendaItemNumber>1</AgendaItemNumber><Document><Title>" +
               title + "</Title><NeutralTitle>" + neutral +
               "</NeutralTitle><PublishingType>SKAL PUBLICERES</PublishingType>" + document +
               "</Document><FullText>" + text +
               "</FullText></MeetingAgendaItem></MeetingAgendaItems></MeetingAgendaType>"
               "</MeetingAgendaTypes></Meeting>";
    }
};

Parsed read(const std::string& bytes) {
    EXPECT_EQ(detect_format(bytes, "e.xml"), Format::agenda_export);
    auto parsed = parse_bytes(bytes, "e.xml", SourceKind::meetings);
    EXPECT_TRUE(parsed) << (parsed ? std::string() : parsed.error().message);
    return parsed ? *parsed : Parsed{};
}

const ParsedDocument& first_item(const Parsed& parsed) {
    static const ParsedDocument none{};
    for (const ParsedDocument& document : parsed.documents) {
        if (document.meeting && !document.meeting->item_number.empty()) return document;
    }
    ADD_FAILURE() << "no item";
    return none;
}

std::string texts(const ParsedDocument& document, Section section) {
    std::string text;
    for (const Passage& passage : document.passages) {
        if (passage.section == section) text += (text.empty() ? "" : "\n") + passage.text;
    }
    return text;
}

void expect_whole(const Parsed& parsed) {
    ASSERT_EQ(parsed.documents.size(), 2U);
    const ParsedDocument& item = first_item(parsed);
    EXPECT_EQ(item.title, "Ny svømmehal");
    EXPECT_EQ(item.meeting->body, "Grønt Råd");
    EXPECT_EQ(item.meeting->case_number, "2025-0017");
    EXPECT_EQ(texts(item, Section::resume), "Hallen koster 90 mio. kr.");
    EXPECT_EQ(texts(item, Section::beslutning), "Godkendt");
    for (const Passage& passage : item.passages) {
        EXPECT_TRUE(passage.decided_by.empty()) << passage.decided_by;
        EXPECT_FALSE(passage.decided_on);
    }
}

std::string utf16(std::string_view text, bool big) {
    std::string out;
    const auto unit = [&](unsigned value) {
        const char high = static_cast<char>(value >> 8U);
        const char low = static_cast<char>(value & 255U);
        out += big ? high : low;
        out += big ? low : high;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            unit(byte);
        } else {  // Two bytes are all that Danish needs.
            unit(((byte & 0x1FU) << 6U) | (static_cast<unsigned char>(text[++at]) & 0x3FU));
        }
    }
    return out;
}

std::string western(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        out += byte < 0x80 ? text[at]
                           : static_cast<char>(((byte & 3U) << 6U) |
                                               (static_cast<unsigned char>(text[++at]) & 0x3FU));
    }
    return out;
}

TEST(ExportVariants, AreReadInEveryEncodingWhateverTheySay) {
    const std::string xml = Edoc{}.xml();
    const std::string said = "<?xml version=\"1.0\" encoding=\"";
    for (const std::string& bytes :
         {xml, "\xEF\xBB\xBF" + xml, western(xml), said + "windows-1252\"?>" + western(xml),
          said + "iso-8859-1\"?>" + xml, said + "utf-8\"?>" + western(xml), utf16(xml, false),
          utf16(xml, true), "\xFF\xFE" + utf16(xml, false), "\xFE\xFF" + utf16(xml, true),
          said + "utf-8\"?>\r\n" + xml, "\n \n" + xml}) {
        SCOPED_TRACE(bytes.substr(0, 60));
        expect_whole(read(bytes));
    }
}

TEST(ExportVariants, NamesOfElementsMayHavePrefixesOrSmallLettersOrAFrame) {
    const std::string xml = Edoc{}.xml();
    std::string prefixed;
    std::string small;
    for (std::size_t at = 0; at < xml.size(); ++at) {
        prefixed += xml[at];
        const bool opens = xml[at] == '<' || (xml[at] == '/' && at > 0 && xml[at - 1] == '<');
        if (opens && xml[at + 1] != '/') prefixed += "e:";
        const bool first =
            at > 0 && (xml[at - 1] == '<' || (xml[at - 1] == '/' && at > 1 && xml[at - 2] == '<'));
        small +=
            first && xml[at] >= 'A' && xml[at] <= 'Z' ? static_cast<char>(xml[at] + 32) : xml[at];
    }
    prefixed.replace(0, 10, "<e:Meeting xmlns:e=\"urn:x\"");
    expect_whole(read(prefixed.insert(prefixed.find("urn:x\"") + 6, ">")));
    expect_whole(read(small));
    expect_whole(read("<Meetings>" + xml + "</Meetings>"));
}

TEST(ExportVariants, SeveralMeetingsInOneFileStayApart) {
    std::string second = Edoc{}.xml();
    second.replace(second.find("03-02-2026"), 10, "10-03-2026");
    const Parsed parsed = read("<Meetings>" + Edoc{}.xml() + second + "</Meetings>");
    ASSERT_EQ(parsed.documents.size(), 4U);
    EXPECT_EQ(to_string(parsed.documents[1].meeting->date.value()), "2026-02-03");
    EXPECT_EQ(to_string(parsed.documents[3].meeting->date.value()), "2026-03-10");
    EXPECT_EQ(parsed.documents[2].url_suffix, "#moede-2");
    EXPECT_EQ(parsed.documents[3].url_suffix, "#moede-2-punkt-1");
    EXPECT_NE(parsed.documents[1].meeting->meeting_url, parsed.documents[3].meeting->meeting_url);
}

TEST(ExportVariants, DecisionsOfBodiesWithOwnNamesAreDecisions) {
    Edoc edoc;
    edoc.body = "KMB IT-udvalget";
    edoc.text =
        "1.\tNy svømmehalSagsnr.: 2025-0017SammendragHallen koster 90 mio. kr.Grønt Råds "
        "beslutning "
        "den 12.01.2026 Punkt 4AnbefalesKMB IT-udvalgets beslutning den 03.02.2026 Punkt 1Udsat";
    const ParsedDocument item = first_item(read(edoc.xml()));
    const Passage* other = find_passage(item, "Anbefales");
    ASSERT_NE(other, nullptr);
    EXPECT_EQ(other->section, Section::beslutning);
    EXPECT_EQ(other->decided_by, "Grønt Råd");
    EXPECT_EQ(to_string(other->decided_on.value()), "2026-01-12");
    const Passage* own = find_passage(item, "Udsat");
    ASSERT_NE(own, nullptr);
    EXPECT_EQ(own->section, Section::beslutning);
    EXPECT_TRUE(own->decided_by.empty()) << own->decided_by;
}

TEST(ExportVariants, GluedAttachmentsAndNamesBehindCapitalsComeApart) {
    EXPECT_EQ(unglue("Bilag2012-202381 - Proces for sundhed2012-205991 - Sundhed - KLBeslutningen "
                     "træffes afByrådet"),
              "Bilag\n2012-202381 - Proces for sundhed\n2012-205991 - Sundhed - KL\nBeslutningen "
              "træffes af\nByrådet");
    EXPECT_EQ(unglue("Aftalen fra 2012-2013 - eller 2014 - gælder"),
              "Aftalen fra 2012-2013 - eller 2014 - gælder");
}

TEST(ExportVariants, TheNeutralTitleStandsWhereTheConfidentialOneStood) {
    Edoc edoc;
    edoc.title = "Støtte til Jens Hansen";
    edoc.neutral = "Støtte til forening";
    edoc.text =
        "1.\tStøtte til Jens HansenSagsnr.: 2025-0017SammendragUdvalget skal tage stilling til "
        "støtte til Jens Hansen i 2026.";
    const ParsedDocument item = first_item(read(edoc.xml()));
    EXPECT_EQ(item.title, "Støtte til forening");
    EXPECT_EQ(texts(item, Section::resume),
              "Udvalget skal tage stilling til Støtte til forening i 2026.");
    edoc.title = "Regnskab";
    edoc.neutral = "Regnskab 2025";
    edoc.text = "1.\tRegnskabSagsnr.: 2025-0017SammendragDer er et regnskab at godkende.";
    EXPECT_EQ(texts(first_item(read(edoc.xml())), Section::resume),
              "Der er et regnskab at godkende.");
}

TEST(ExportVariants, OnlyTheOwnMeetingsClosedAgendaClosesAnItem) {
    const auto on = [](const std::string& agenda) {
        Edoc edoc;
        edoc.document = "<AgendaItems>" + agenda + "</AgendaItems>";
        return read(edoc.xml()).report.closed_items;
    };
    const std::string closed = "<AgendaType>Lukket dagsorden</AgendaType>";
    EXPECT_EQ(on("<AgendaItem>" + closed + "</AgendaItem>"), 1U);
    EXPECT_EQ(on("<AgendaItem><Committee>Grønt Råd</Committee><MeetingDate>03-02-2026 "
                 "17:00:00</MeetingDate>" +
                 closed + "</AgendaItem>"),
              1U);
    EXPECT_EQ(on("<AgendaItem><Committee>Økonomiudvalget</Committee>" + closed + "</AgendaItem>"),
              0U);
    EXPECT_EQ(on("<AgendaItem><Committee>Grønt Råd</Committee><MeetingDate>06-01-2026 "
                 "17:00:00</MeetingDate>" +
                 closed + "</AgendaItem>"),
              0U);
}

TEST(ExportVariants, ACodeOfAccessClosesAndTheCaseTellsItsNumber) {
    Edoc edoc;
    edoc.document = "<SecurityCode>Fortrolig</SecurityCode>";
    EXPECT_EQ(read(edoc.xml()).report.closed_items, 1U);
    edoc.document =
        "<SecurityCode/><Case><CaseLogicIdentifier>2026-77</CaseLogicIdentifier></Case>";
    edoc.text = "1.\tNy svømmehalSammendragHallen koster 90 mio. kr.";
    const Parsed parsed = read(edoc.xml());
    EXPECT_EQ(parsed.report.closed_items, 0U);
    EXPECT_EQ(first_item(parsed).meeting->case_number, "2026-77");
}

// SBSYS
// -------------------------------------------------------------------------------------------------

std::string agenda(const std::string& id, const std::string& meeting, const std::string& when,
                   const std::string& items, const std::string& members = {}) {
    return "<Agenda ID=\"" + id + "\"><Meeting ID=\"" + meeting + "\"><Members>" + members +
           "</Members><When>" + when +
           "</When></Meeting><Committee ID=\"8\"><Name>Grønt Råd</Name><Members><CommitteeMember>"
           "<Member><Name>Anne And</Name></Member></CommitteeMember></Members></Committee><Items>" +
           items + "</Items></Agenda>";
}

std::string agenda_item(const std::string& number, const std::string& title,
                        const std::string& content, bool open = true) {
    return "<Item><Caption>" + title + "</Caption><IsPublic>" + (open ? "True" : "False") +
           "</IsPublic><Number>" + number +
           "</Number><Fields><ItemField><Caption>Beslutning</Caption><Content>" + content +
           "</Content></ItemField></Fields></Item>";
}

std::string publication(const std::string& agendas) {
    return "<Publication><PublicationTypeAsValue>2</PublicationTypeAsValue><Agendas>" + agendas +
           "</Agendas></Publication>";
}

TEST(ExportVariants, APublicationOfTwoMeetingsAndASupplementaryAgenda) {
    const Parsed parsed = read(publication(
        agenda("1", "70", "10-02-2026 16:30:00", agenda_item("1", "Cykelsti", "Godkendt.")) +
        agenda("2", "70", "10-02-2026 16:30:00", agenda_item("1", "Hastesag", "Udsat.")) +
        agenda("3", "71", "10-03-2026 16:30:00", agenda_item("1", "Bro", "Afvist."))));
    ASSERT_EQ(parsed.documents.size(), 5U);
    std::set<std::string> addresses;
    for (const ParsedDocument& document : parsed.documents) addresses.insert(document.url_suffix);
    EXPECT_EQ(addresses.size(), 5U);
    EXPECT_EQ(parsed.documents[2].title, "Hastesag");
    EXPECT_EQ(to_string(parsed.documents[2].meeting->date.value()), "2026-02-10");
    EXPECT_EQ(to_string(parsed.documents[4].meeting->date.value()), "2026-03-10");
}

TEST(ExportVariants, ParticipantsByWordElseByNumberElseTheCommittee) {
    const auto member = [](const std::string& name, const std::string& value,
                           const std::string& text) {
        return "<MeetingMember><Name>" + name + "</Name><ParticipationStatusAsValue>" + value +
               "</ParticipationStatusAsValue><ParticipationStatusAsText>" + text +
               "</ParticipationStatusAsText></MeetingMember>";
    };
    const auto names = [](const Parsed& parsed) {
        std::string all;
        for (const Passage& passage : parsed.documents.at(0).passages) {
            if (passage.section == Section::deltagere)
                all += passage.headings.back() + ":" + passage.text + "\n";
        }
        return all;
    };
    const std::string item = agenda_item("1", "Sag", "Godkendt.");
    EXPECT_EQ(names(read(publication(agenda(
                  "1", "70", "10-02-2026", item,
                  member("Bo", "1", "") + member("Carl", "2", "") + member("Dan", "4", "Delvist") +
                      member("Eva", "3", "Stedfortræder") + member("Fie", "2", "Afbud"))))),
              "Til stede:- Bo\n- Dan\nAfbud:- Carl\n- Eva\n- Fie\n");
    EXPECT_EQ(names(read(publication(agenda("1", "70", "10-02-2026", item)))),
              "Medlemmer:- Anne And\n");
}

TEST(ExportVariants, MarkupMayStandAsElements) {
    const Parsed parsed = read(publication(agenda(
        "1", "70", "10-02-2026",
        agenda_item("1", "Sag", "<p>Godkendt af <b>alle</b>.</p><ul><li>Uden frist</li></ul>"))));
    EXPECT_EQ(texts(first_item(parsed), Section::beslutning), "Godkendt af alle.\n- Uden frist");
}

TEST(ExportVariants, AnOpenItemKeepsTheNameItSharesWithAClosedOne) {
    const Parsed parsed = read(publication(
        agenda("1", "70", "10-02-2026",
               agenda_item("1", "Orientering fra formanden", "Godkendt.") +
                   agenda_item("2", "Orientering fra formanden", "Lukket tale.", false))));
    ASSERT_EQ(parsed.documents.size(), 2U);
    EXPECT_TRUE(holds(everything(parsed), "1. Orientering fra formanden"));
    EXPECT_FALSE(holds(everything(parsed), "Lukket tale"));
}

}  // namespace
}  // namespace raadbot::ingest
