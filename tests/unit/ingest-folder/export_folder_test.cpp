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
    auto index = index::Index::open({folder_ / "data/index", RAADBOT_SOURCE_DIR "/config/lexicon"});
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

}  // namespace
}  // namespace raadbot::ingest
