// A folder into store and index: new, changed, deleted, unchanged, unreadable; the index follows.
#include "retrieval/ingest/folder.hpp"

#include <gtest/gtest.h>

#include "retrieval/ingest/closed_links.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::ingest {
namespace {

namespace fs = std::filesystem;

class FolderTest : public ::testing::Test {
protected:
    FolderTest() {
        source_.id = SourceId{"pages"};
        source_.kind = SourceKind::handbook;
        source_.path = folder_ / "pages";
        source_.base_url = "https://lunby.example/";
        store_->put_source(source_);
        fs::create_directory(source_.path);
        options_.confined = false;
        options_.now = *parse_timestamp("2026-11-23T08:00:00Z");
    }
    void page(const std::string& path, const std::string& title, const std::string& text) {
        folder_.write("pages/" + path, "# " + title + "\n\n" + text + "\n");
    }
    SourceReport read() {
        auto report = ingest_folder(source_, *store_, options_);
        EXPECT_TRUE(report) << report.error().message;
        return report ? *report : SourceReport{};
    }
    std::unique_ptr<index::Index> open_index() {
        auto index = index::Index::open({folder_ / "index", nullptr});
        EXPECT_TRUE(index) << index.error().message;
        return index ? std::move(*index) : nullptr;
    }
    static std::size_t hits(const index::Index& index, const std::string& text) {
        index::Request request;
        request.text = text;
        request.filter.audiences = {Audience{}};
        return index.snapshot()->search(request).size();
    }

    support::TemporaryFolder folder_;
    std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "data");
    sources::Source source_;
    FolderOptions options_;
};

TEST_F(FolderTest, ReadsNewChangedUnchangedAndDeletedFiles) {
    page("a.md", "Alfa", "Kolonihaven åbner i april.");
    page("under/b.md", "Beta", "Svømmehallen åbner klokken ti.");
    auto report = read();
    EXPECT_EQ(report.files, 2U);
    EXPECT_EQ(report.documents.added, 2U);

    report = read();
    EXPECT_EQ(report.unchanged_files, 2U);
    EXPECT_EQ(report.documents.added + report.documents.changed + report.documents.removed, 0U);

    page("a.md", "Alfa", "Kolonihaven åbner i maj måned.");
    fs::remove(source_.path / "under/b.md");
    report = read();
    EXPECT_EQ(report.documents.changed, 1U);
    EXPECT_EQ(report.documents.removed, 1U);
    EXPECT_EQ(report.removed_files, 1U);
    EXPECT_EQ(store_->counts().documents, 1U);
}

TEST_F(FolderTest, FileThatWasOnlyTouchedIsNotParsedAgain) {
    page("a.md", "Alfa", "Tekst om kolonihaver.");
    read();
    fs::last_write_time(source_.path / "a.md",
                        fs::file_time_type::clock::now() + std::chrono::hours{1});
    const auto report = read();
    EXPECT_EQ(report.unchanged_files, 1U);
    EXPECT_EQ(report.documents.unchanged + report.documents.changed, 0U);
}

TEST_F(FolderTest, RenamedFileMovesItsDocument) {
    page("a.md", "Alfa", "Tekst om kolonihaver.");
    read();
    fs::rename(source_.path / "a.md", source_.path / "b.md");
    const auto report = read();
    EXPECT_EQ(report.documents.added, 1U);
    EXPECT_EQ(report.documents.removed, 1U);
}

TEST_F(FolderTest, MissingFolderIsAnErrorAndKeepsAll) {
    page("a.md", "Alfa", "Tekst.");
    read();
    fs::remove_all(source_.path);
    const auto report = ingest_folder(source_, *store_, options_);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::not_found);
    EXPECT_EQ(store_->counts().documents, 1U);
}

TEST_F(FolderTest, EmptiedFolderIsAConflictAndKeepsAll) {
    page("a.md", "Alfa", "Tekst.");
    read();
    fs::remove(source_.path / "a.md");
    const auto report = ingest_folder(source_, *store_, options_);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::conflict);
    EXPECT_EQ(store_->counts().documents, 1U);
}

TEST_F(FolderTest, OnlyApprovedSourcesAreRead) {
    for (const auto state :
         {sources::State::proposed, sources::State::paused, sources::State::removed}) {
        source_.state = state;
        const auto report = ingest_folder(source_, *store_, options_);
        ASSERT_FALSE(report);
        EXPECT_EQ(report.error().code, ErrorCode::denied);
    }
}

TEST_F(FolderTest, HiddenFilesAndForeignLinksAreLeftOut) {
    page("a.md", "Alfa", "Tekst.");
    page(".skjult.md", "Skjult", "Ikke til nogen.");
    page(".git/b.md", "Git", "Ikke til nogen.");
    folder_.write("udenfor.md", "# Udenfor\n\nIkke til nogen.\n");
    fs::create_symlink(folder_ / "udenfor.md", source_.path / "link.md");
    const auto report = read();
    EXPECT_EQ(report.files, 1U);
    ASSERT_EQ(report.unreadable.size(), 1U);
    EXPECT_EQ(report.unreadable[0].path, "link.md");
    EXPECT_EQ(store_->counts().documents, 1U);
}

TEST_F(FolderTest, TooLargeAndUnknownFilesAreReported) {
    page("a.md", "Alfa", "Tekst.");
    folder_.write("pages/big.md", std::string(3U << 20U, 'a'));
    folder_.write("pages/film.mp4", std::string("\0\0\0 ftypisom", 12));
    options_.limits.max_file_bytes = 1U << 20U;
    const auto report = read();
    ASSERT_EQ(report.unreadable.size(), 1U);
    EXPECT_EQ(report.unreadable[0].path, "big.md");
    ASSERT_EQ(report.skipped.size(), 1U);
    EXPECT_EQ(report.skipped[0].path, "film.mp4");
}

TEST_F(FolderTest, VersionThatCannotBeReadKeepsTheOneBefore) {
    page("a.md", "Alfa", "Kolonihaven åbner i april.");
    read();
    folder_.write("pages/a.md", std::string(3U << 20U, 'a'));
    options_.limits.max_file_bytes = 1U << 20U;
    EXPECT_EQ(read().unreadable.size(), 1U);
    EXPECT_EQ(store_->counts().documents, 1U);
    options_.limits.max_file_bytes = 64U << 20U;
    page("a.md", "Alfa", "Kolonihaven åbner i maj.");
    EXPECT_EQ(read().documents.changed, 1U);
}

TEST_F(FolderTest, ProgressEndsAtTheTotal) {
    for (int i = 0; i < 130; ++i)
        page("p" + std::to_string(i) + ".md", "Side", "Tekst " + std::to_string(i));
    Progress last;
    std::uint64_t before = 0;
    options_.progress = [&](const Progress& progress) {
        EXPECT_GE(progress.done, before);
        before = progress.done;
        last = progress;
    };
    read();
    EXPECT_EQ(last.total, 130U);
    EXPECT_EQ(last.done, 130U);
}

TEST_F(FolderTest, WhatAPagesClosedItemLinksToIsNotReadUntilItIsOpen) {
    source_.kind = SourceKind::meetings;
    store_->put_source(source_);
    const auto minutes = [&](const std::string& path, const std::string& title) {
        folder_.write("pages/" + path,
                      "<html><head><title>Referat Byrådet 5. maj 2026</title></head><body><h1>"
                      "Referat, Byrådet 5. maj 2026</h1><h2>1. Bro</h2><h3>Beslutning</h3><p>Ja. "
                      "<a href='bilag/bro.md'>Bilag</a></p><h2>2. " +
                          title +
                          "</h2><h3>Beslutning</h3><p>Købt. <a href='bilag/k%C3%B8b.md'>Bilag</a> "
                          "<a href='https://lunby.example/andet/senere.md'>Bilag</a></p></body>"
                          "</html>");
    };
    const auto stored = [&] {
        std::string all;
        store_->each_passage([&](const StoredPassage& p) { all += p.passage.text + "\n"; });
        for (const auto& file : store_->files(source_.id)) all += file.path + "\n";
        return all;
    };
    const auto holds = [](const std::string& text, std::string_view part) {
        return text.find(part) != std::string::npos;
    };
    minutes("m/referat.html", "Grund (Lukket)");
    // Read before their page by name, and after.
    page("m/bilag/bro.md", "Bro", "Broen males grøn.");
    page("m/bilag/køb.md", "Køb", "KANARIE om prisen.");
    for (int n = 0; n < 3; ++n) {
        const SourceReport report = read();
        EXPECT_TRUE(holds(stored(), "grøn"));
        EXPECT_FALSE(holds(stored(), "KANARIE")) << n;
        EXPECT_FALSE(holds(stored(), "køb")) << n;
        // It changes, and one comes that the page has named long since.
        page("m/bilag/køb.md", "Køb", "KANARIE om prisen, version " + std::to_string(n));
        page("andet/senere.md", "Senere", "KANARIE kom senere " + std::to_string(n));
    }
    EXPECT_FALSE(holds(stored(), "senere"));
    // Another page closes it as well: one that opens it is not enough.
    minutes("m/kopi.html", "Grund (Lukket)");
    read();
    minutes("m/referat.html", "Grund");
    read();
    EXPECT_FALSE(holds(stored(), "KANARIE"));
    minutes("m/kopi.html", "Grund i byen");
    read();
    EXPECT_TRUE(holds(stored(), "KANARIE om prisen, version 2"));
    EXPECT_TRUE(holds(stored(), "kom senere"));
    // Closed after its publication: what was read goes.
    minutes("m/referat.html", "Grund (Lukket)");
    read();
    EXPECT_FALSE(holds(stored(), "KANARIE om prisen"));
    EXPECT_TRUE(store_->wants_purge());
}

TEST(LinkedPath, LeadsToAFileOfTheFolderOrNowhere) {
    const std::string base = "https://by.example/moeder/";
    EXPECT_EQ(linked_path(base, "a/b.html", "c.pdf#x"), "a/c.pdf");
    EXPECT_EQ(linked_path(base, "a/b.html", "../c%20d.pdf?v=2"), "c d.pdf");
    EXPECT_EQ(linked_path(base, "a/b.html", "../../c.pdf"), "");
    EXPECT_EQ(linked_path(base, "a/b.html", "/moeder/x/c.pdf"), "x/c.pdf");
    EXPECT_EQ(linked_path(base, "a/b.html", "/andet/c.pdf"), "");
    EXPECT_EQ(linked_path(base, "a/b.html", "https://by.example/moeder/c.pdf"), "c.pdf");
    EXPECT_EQ(linked_path(base, "a/b.html", "//by.example/moeder/c.pdf"), "c.pdf");
    EXPECT_EQ(linked_path(base, "a/b.html", "https://anden.example/moeder/c.pdf"), "");
    EXPECT_EQ(linked_path("", "b.html", "mailto:x@by.example"), "");
    EXPECT_EQ(linked_path("", "b.html", "c.pdf"), "c.pdf");
}

TEST_F(FolderTest, IndexFollowsAndForgets) {
    page("a.md", "Alfa", "Kolonihaven åbner i april.");
    page("b.md", "Beta", "Svømmehallen åbner klokken ti.");
    read();
    const auto index = open_index();
    ASSERT_TRUE(follow(*store_, *index));
    EXPECT_EQ(hits(*index, "kolonihaven"), 1U);
    EXPECT_TRUE(store_->pending().empty());

    fs::remove(source_.path / "a.md");
    read();
    ASSERT_TRUE(follow(*store_, *index));
    EXPECT_EQ(hits(*index, "kolonihaven"), 0U);
    EXPECT_EQ(hits(*index, "svømmehallen"), 1U);
}

TEST_F(FolderTest, IndexCaughtUpTwiceIsTheSameIndex) {
    page("a.md", "Alfa", "Kolonihaven åbner i april.");
    read();
    const auto index = open_index();
    const auto pending = store_->pending();
    ASSERT_TRUE(follow(*store_, *index));
    // A crash after the index's commit and before the list was cleared: the same work again.
    store_->in_transaction([&] { store_->remove_file(source_.id, "none"); });
    page("a.md", "Alfa", "Kolonihaven åbner i april og maj.");
    read();
    ASSERT_TRUE(follow(*store_, *index));
    EXPECT_EQ(hits(*index, "kolonihaven"), 1U);
    EXPECT_EQ(index->snapshot()->passage_count(), store_->counts().passages);
    EXPECT_FALSE(pending.empty());
}

TEST_F(FolderTest, RebuildGivesTheSameAnswersAsFollowing) {
    for (int i = 0; i < 20; ++i)
        page("p" + std::to_string(i) + ".md", "Side", "Kolonihave nummer " + std::to_string(i));
    read();
    const auto index = open_index();
    ASSERT_TRUE(follow(*store_, *index));
    index::Request request;
    request.text = "kolonihave nummer 7";
    request.filter.audiences = {Audience{}};
    const auto before = index->snapshot()->search(request);
    ASSERT_TRUE(follow(*store_, *index, true));
    EXPECT_EQ(index->snapshot()->search(request), before);
    EXPECT_EQ(index->snapshot()->passage_count(), store_->counts().passages);
}

}  // namespace
}  // namespace raadbot::ingest
