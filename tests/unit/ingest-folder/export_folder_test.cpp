// Folders with exports of case systems: attachments by their export's word, and no trace of what is
// closed in any file that the program keeps.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "retrieval/ingest/folder.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::ingest {
namespace {

namespace fs = std::filesystem;

constexpr const char* exports = RAADBOT_SOURCE_DIR "/tests/unit/ingest/files/exports";

class ExportFolderTest : public ::testing::Test {
protected:
    ExportFolderTest() {
        source_.id = SourceId{"moeder"};
        source_.kind = SourceKind::meetings;
        source_.path = folder_ / "moeder";
        source_.base_url = "https://fjordby.example/";
        store_->put_source(source_);
        fs::copy(exports, source_.path, fs::copy_options::recursive);
        options_.confined = false;
        options_.now = *parse_timestamp("2026-03-01T08:00:00Z");
    }
    SourceReport read() {
        auto report = ingest_folder(source_, *store_, options_);
        EXPECT_TRUE(report) << report.error().message;
        return report ? *report : SourceReport{};
    }
    std::multiset<std::string> titles() {
        std::multiset<std::string> result;
        std::set<std::string> documents;
        store_->each_passage([&](const StoredPassage& passage) {
            if (documents.insert(passage.document.value).second) result.insert(passage.title);
        });
        return result;
    }
    void edit(const std::string& path, std::string_view from, std::string_view to) {
        std::ifstream in(source_.path / path, std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const std::size_t at = bytes.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        bytes.replace(at, from.size(), to);
        folder_.write(fs::path("moeder") / path, bytes);
    }

    support::TemporaryFolder folder_;
    std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "data");
    sources::Source source_;
    FolderOptions options_;
};

TEST_F(ExportFolderTest, AttachmentsBelongToTheirItems) {
    read();
    std::size_t attachments = 0;
    store_->each_passage([&](const StoredPassage& passage) {
        if (passage.title != "Tilbud på lysmaster") return;
        ++attachments;
        EXPECT_EQ(passage.meeting->item_number, "2");
        EXPECT_EQ(passage.meeting->case_number, "2026-0042");
        EXPECT_EQ(passage.meeting->body, "Kultur- og Fritidsudvalget");
        EXPECT_EQ(passage.url, "https://fjordby.example/edoc/tilbud.TXT");
    });
    EXPECT_EQ(attachments, 1U);
    const auto all = titles();
    for (const auto title :
         {"Kort over cykelstien", "Takster for klippekort", "Kort over havnen", "Skolekalender",
          "Ny svømmehal", "Lys på boldbanen", "Cykelsti på Havnevej", "Klippekort til hjemmehjælp",
          "Lokalplan 214 for havnen", "Skolestart i august"})
        EXPECT_EQ(all.count(title), 1U) << title;
}

TEST_F(ExportFolderTest, NothingClosedIsInAnyFileOrLine) {
    const SourceReport report = read();
    auto index = index::Index::open({folder_ / "data/index", nullptr});
    ASSERT_TRUE(index);
    ASSERT_TRUE(follow(*store_, **index));
    store_.reset();
    index->reset();
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "data")) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        ++files;
        std::transform(bytes.begin(), bytes.end(), bytes.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        for (const auto secret : {"kanarie", "150785", "naboen", "9104"})
            EXPECT_EQ(bytes.find(secret), std::string::npos) << secret << " in " << entry.path();
    }
    EXPECT_GE(files, 2U);
    for (const auto& lines : {report.skipped, report.unreadable, report.notes}) {
        for (const auto& line : lines) {
            EXPECT_EQ((line.path + line.message).find("KANARIE"), std::string::npos);
            EXPECT_EQ((line.path + line.message).find("naboen"), std::string::npos);
        }
    }
}

TEST_F(ExportFolderTest, UnchangedFoldersAreLeftAlone) {
    read();
    const auto again = read();
    EXPECT_EQ(again.unchanged_files, again.files);
    EXPECT_EQ(again.documents.added + again.documents.changed + again.documents.removed +
                  again.documents.unchanged,
              0U);
    EXPECT_EQ(again.removed_files, 0U);
}

TEST_F(ExportFolderTest, WhatIsClosedAfterPublicationIsGoneAtTheNextReading) {
    read();
    ASSERT_EQ(titles().count("Tilbud på lysmaster"), 1U);
    ASSERT_EQ(titles().count("Ny svømmehal"), 1U);
    edit("edoc/eDocAgendaPublishing.xml", "tilbud.TXT</PDFDocument><PublishingType>SKAL PUBLICERES",
         "tilbud.TXT</PDFDocument><PublishingType>SKAL IKKE PUBLICERES");
    edit("edoc/eDocAgendaPublishing.xml",
         "<NeutralTitle>Ny svømmehal</NeutralTitle>\n            <PublishingType>SKAL PUBLICERES",
         "<NeutralTitle>Ny svømmehal</NeutralTitle>\n            <PublishingType>SKAL IKKE "
         "PUBLICERES");
    read();
    EXPECT_EQ(titles().count("Tilbud på lysmaster"), 0U);
    EXPECT_EQ(titles().count("Ny svømmehal"), 0U);
    EXPECT_EQ(titles().count("Lys på boldbanen"), 1U);
    store_->each_passage([](const StoredPassage& passage) {
        EXPECT_EQ(passage.passage.text.find("640.000 kr. inklusive"), std::string::npos);
        EXPECT_EQ(passage.passage.text.find("svømmehal"), std::string::npos);
    });
}

TEST_F(ExportFolderTest, AnIndexCanWithdrawAWholeAgenda) {
    read();
    ASSERT_EQ(titles().count("Skolestart i august"), 1U);
    edit("acadre/XML_7.xml", "docID=\"70\" publish=\"1\"", "docID=\"70\" publish=\"0\"");
    read();
    EXPECT_EQ(titles().count("Skolestart i august"), 0U);
    EXPECT_EQ(titles().count("Skolekalender"), 0U);
    edit("acadre/XML_7.xml", "docID=\"70\" publish=\"0\"", "docID=\"70\" publish=\"1\"");
    read();
    EXPECT_EQ(titles().count("Skolestart i august"), 1U);
    EXPECT_EQ(titles().count("Skolekalender"), 1U);
}

TEST_F(ExportFolderTest, ADamagedExportKeepsWhatWasReadAndOpensNothingNew) {
    read();
    const auto before = titles();
    std::ifstream in(source_.path / "edoc/eDocAgendaPublishing.xml", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    folder_.write("moeder/edoc/eDocAgendaPublishing.xml", bytes.substr(0, bytes.size() / 2));
    folder_.write("moeder/edoc/ny.txt", "Noget helt nyt om byen.");
    const auto report = read();
    EXPECT_EQ(report.unreadable.size(), 1U);
    EXPECT_EQ(titles(), before);
}

// Papers that come again under another address
// -------------------------------------------------------------------------------------------------

class CorrectedTest : public ExportFolderTest {
protected:
    CorrectedTest() {
        fs::remove_all(source_.path);
        fs::create_directories(source_.path);
    }
    /// One SBSYS publication in a folder of its own; later ones have later times.
    void publish(const std::string& name, const std::string& items, const std::string& type = "2",
                 const std::string& when = "10-02-2026 16:30:00") {
        folder_.write("moeder/" + name + "/" + name + ".xml",
                      "<Publication><PublicationTypeAsValue>" + type +
                          "</PublicationTypeAsValue><Agendas><Agenda><Meeting><When>" + when +
                          "</When></Meeting><Committee><Name>Grønt Råd</Name></Committee><Items>" +
                          items + "</Items></Agenda></Agendas></Publication>");
        fs::last_write_time(source_.path / name / (name + ".xml"),
                            fs::file_time_type{} + std::chrono::hours(++published_));
    }
    static std::string item(const std::string& number, const std::string& title,
                            const std::string& decision) {
        return "<Item ID=\"" + number + "\"><Caption>" + title +
               "</Caption><IsPublic>True</IsPublic><Number>" + number +
               "</Number><Fields><ItemField><Caption>Beslutning</Caption><Content>" + decision +
               "</Content></ItemField></Fields></Item>";
    }
    std::string decisions() {
        std::string all;
        store_->each_passage([&](const StoredPassage& passage) {
            if (passage.passage.section == Section::beslutning)
                all += passage.title + ": " + passage.passage.text + "\n";
        });
        return all;
    }
    PassageId passage_with(std::string_view text) {
        PassageId found = 0;
        store_->each_passage([&](const StoredPassage& passage) {
            if (passage.passage.text.find(text) != std::string::npos) found = passage.id;
        });
        return found;
    }
    void keep(const std::string& id, std::string_view text) {
        const PassageId passage = passage_with(text);
        ASSERT_NE(passage, 0U);
        store_->keep_answer({AnswerId{id}, "{}", "v1", options_.now, {passage}});
    }
    int published_ = 0;
};

TEST_F(CorrectedTest, CorrectedMinutesReplaceTheOldOnesAndMarkTheirAnswers) {
    publish("P1", item("1", "Cykelsti", "Godkendt.") + item("2", "Bro", "Afvist.") +
                      item("3", "Salg af grund", "Solgt."));
    read();
    keep("cykelsti", "Godkendt");
    keep("grund", "Solgt");
    // The correction tells another decision, and does not hold the third item any more.
    publish("P2", item("1", "Cykelsti", "Udsat.") + item("2", "Bro", "Afvist."));
    const SourceReport report = read();
    EXPECT_EQ(decisions(), "Cykelsti: Udsat.\nBro: Afvist.\n");
    EXPECT_EQ(report.documents.removed, 4U);  // three items and the meeting itself
    const auto kept = store_->kept_answer(AnswerId{"cykelsti"});
    ASSERT_TRUE(kept);
    EXPECT_TRUE(kept->superseded);
    const auto newer = store_->passages({passage_with("Udsat")});
    ASSERT_EQ(newer.size(), 1U);
    EXPECT_EQ(kept->documents, std::vector<DocumentId>{newer[0].document}) << "shown by its leave";
    EXPECT_FALSE(store_->kept_answer(AnswerId{"grund"}));
    EXPECT_TRUE(store_->wants_purge());
    read();
    EXPECT_EQ(decisions(), "Cykelsti: Udsat.\nBro: Afvist.\n") << "stays so";
    // What closes in the correction takes the old answer along.
    edit("P2/P2.xml", "<Caption>Cykelsti</Caption><IsPublic>True",
         "<Caption>Cykelsti</Caption><IsPublic>False");
    read();
    EXPECT_FALSE(store_->kept_answer(AnswerId{"cykelsti"}));
}

TEST_F(CorrectedTest, BothAtOnceTheNewerFileStays) {
    publish("Z-old", item("1", "Cykelsti", "Godkendt."));
    publish("A-new", item("1", "Cykelsti", "Udsat."));
    read();
    EXPECT_EQ(decisions(), "Cykelsti: Udsat.\n");
}

TEST_F(CorrectedTest, TheOldOneComesBackWhenTheNewerGoes) {
    publish("P1", item("1", "Cykelsti", "Godkendt."));
    publish("P2", item("1", "Cykelsti", "Udsat."));
    read();
    fs::remove_all(source_.path / "P2");
    read();
    EXPECT_EQ(decisions(), "Cykelsti: Godkendt.\n");
}

TEST_F(CorrectedTest, OtherPapersOfTheDayStayBeside) {
    publish("P1", item("1", "Cykelsti", "Godkendt.") + item("2", "Bro", "Afvist."));
    publish("Tillaeg", item("1", "Hastesag", "Vedtaget."));
    publish("Dagsorden", item("1", "Cykelsti", "") + item("2", "Bro", ""), "1");
    publish("Marts", item("1", "Cykelsti", "Vedtaget.") + item("2", "Bro", "Udsat."), "2",
            "10-03-2026 16:30:00");
    const SourceReport report = read();
    EXPECT_EQ(report.documents.removed, 0U);
    EXPECT_EQ(store_->meetings().size(), 4U);
}

}  // namespace
}  // namespace raadbot::ingest
