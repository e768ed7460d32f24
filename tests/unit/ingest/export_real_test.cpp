// Real exports, where they are at hand: everything that is open comes out whole and in its place.
#include <filesystem>
#include <set>

#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

namespace fs = std::filesystem;

fs::path real_data() { return fs::path(RAADBOT_SHARED_DIR) / "realdata"; }

Parsed parse_real(const fs::path& file, std::string_view url) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    ParseInput input;
    input.bytes = bytes;
    input.name = file.filename();
    input.kind = SourceKind::meetings;
    input.url = url;
    auto parsed = parse(input, {});
    EXPECT_TRUE(parsed) << (parsed ? std::string() : parsed.error().message);
    return parsed ? *parsed : Parsed{};
}

std::size_t names_in(const ParsedDocument& document, std::string_view heading) {
    for (const Passage& passage : document.passages) {
        if (passage.section == Section::deltagere && !passage.headings.empty() &&
            passage.headings.back() == heading)
            return lines_in(passage.text);
    }
    return 0;
}

std::size_t count_section(const Parsed& parsed, Section section) {
    std::set<std::string> items;
    for (const ParsedDocument& document : parsed.documents) {
        for (const Passage& passage : document.passages) {
            if (passage.section == section) items.insert(document.meeting->item_number);
        }
    }
    return items.size();
}

TEST(RealExport, EdocBallerupIsImportedWhole) {
    const fs::path folder = real_data() / "edoc-ballerup-2012-12-04";
    ASSERT_TRUE(fs::exists(folder)) << "RAADBOT_SHARED lacks " << folder;
    const Parsed parsed =
        parse_real(folder / "eDocAgendaPublishing.xml", "https://b.example/e/export.xml");
    ASSERT_EQ(parsed.documents.size(), 9U);  // the meeting and its eight open items
    EXPECT_EQ(parsed.report.closed_items, 0U);
    EXPECT_EQ(parsed.documents[0].title,
              "Referat Sundheds- og Forebyggelsesudvalget 4. december 2012");
    EXPECT_EQ(parsed.documents[0].url, "https://b.example/e/1552814.PDF");
    EXPECT_EQ(names_in(parsed.documents[0], "Tilstede"), 7U);
    EXPECT_EQ(names_in(parsed.documents[0], "Sekretær"), 1U);
    struct Expected {
        const char* number;
        const char* case_number;
        const char* pdf;
        const char* decision;
    };
    constexpr Expected items[] = {
        {"1", "2011-29298", "1552824.PDF", "Taget til efterretning"},
        {"2", "2012-28504", "1552823.PDF", "Indstillingen godkendt"},
        {"3", "2012-31114", "1552822.PDF", "Indstilles til godkendelse"},
        {"4", "2012-31673", "1552826.PDF", "Indstillingen godkendt"},
        {"5", "2011-29939", "1552821.PDF", "Indstillingen godkendt"},
        {"6", "2012-21786", "1552819.PDF", "Indstillingen godkendt"},
        {"7", "2012-28505", "1552817.PDF",
         "Indstillingen godkendt\nmed denne bemærkning:\nGruppen af unge i Ballerup Kommune også "
         "får adgang til at bruge lokalerne på Solvej 6."},
        {"8", "2010-3082", "1552816.PDF", "Taget til efterretning"}};
    for (std::size_t at = 0; at < std::size(items); ++at) {
        const ParsedDocument& document = parsed.documents[at + 1];
        SCOPED_TRACE(items[at].number);
        EXPECT_EQ(document.meeting->item_number, items[at].number);
        EXPECT_EQ(document.meeting->case_number, items[at].case_number);
        EXPECT_EQ(document.url, std::string("https://b.example/e/") + items[at].pdf);
        EXPECT_EQ(document.meeting->paper, MeetingPaper::referat);
        std::string decision;
        for (const Passage& passage : document.passages) {
            if (passage.section == Section::beslutning) decision += passage.text;
            EXPECT_FALSE(passage.decided_on) << "the decision is this meeting's";
        }
        EXPECT_EQ(decision, items[at].decision);
    }
    EXPECT_EQ(count_section(parsed, Section::indstilling), 7U);  // all but Meddelelser
    EXPECT_EQ(count_section(parsed, Section::okonomi), 7U);
    std::size_t attachments = 0;
    std::size_t same_text = 0;
    for (const NamedFile& file : parsed.named) {
        EXPECT_TRUE(file.open) << file.path;
        EXPECT_TRUE(fs::exists(folder / file.path)) << file.path;
        const bool attached = file.role == NamedFile::Role::attachment;
        attachments += attached ? 1U : 0U;
        same_text += attached ? 0U : 1U;
        if (attached) {
            EXPECT_FALSE(file.meeting->item_number.empty());
        }
    }
    EXPECT_EQ(attachments, 10U);
    EXPECT_EQ(same_text, 9U);  // the whole minutes and one PDF for each item
}

TEST(RealExport, SbsysPublicationIsImportedWhole) {
    const fs::path file = real_data() / "sbsys" / "Publication32.zip";
    ASSERT_TRUE(fs::exists(file)) << "RAADBOT_SHARED lacks " << file;
    const Parsed parsed = parse_real(file, "https://b.example/s/Publication32.zip");
    ASSERT_EQ(parsed.documents.size(), 7U);  // the meeting, five items, one enclosure
    EXPECT_EQ(parsed.report.closed_items, 0U);
    EXPECT_TRUE(parsed.report.notes.empty());
    EXPECT_EQ(parsed.documents[0].title, "Dagsorden KMB IT-udvalget 15. maj 2013");
    EXPECT_EQ(names_in(parsed.documents[0], "Medlemmer"), 11U);
    EXPECT_EQ(parsed.documents[0].meeting->paper, MeetingPaper::dagsorden);
    for (std::size_t at = 1; at <= 5; ++at)
        EXPECT_EQ(parsed.documents[at].meeting->item_number, std::to_string(at));
    EXPECT_EQ(parsed.documents[4].title, "Regler for indkøb af it-udstyr");
    EXPECT_EQ(count_section(parsed, Section::indstilling), 4U);
    EXPECT_EQ(count_section(parsed, Section::okonomi), 4U);
    EXPECT_EQ(count_section(parsed, Section::beslutning), 0U);  // an agenda has none yet
    EXPECT_EQ(count_section(parsed, Section::bilag), 1U);
    const ParsedDocument& letter = parsed.documents[6];
    EXPECT_EQ(letter.title, "Brev fra KL til Kommunalbestyrelsen vedr Monopolbrud");
    EXPECT_EQ(letter.meeting->item_number, "3");
    EXPECT_EQ(letter.url_suffix, "#Publication32/Enclosures/1.pdf");
    EXPECT_NE(find_passage(letter, "74 kommuner"), nullptr);
}

}  // namespace
}  // namespace raadbot::ingest
