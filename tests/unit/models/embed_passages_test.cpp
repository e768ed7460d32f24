// Vectors for the store's passages: only what is new, nothing lost when it stops, nothing kept of
// what is gone.
#include "retrieval/models/embed_passages.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "retrieval/index/search.hpp"
#include "retrieval/ingest/folder.hpp"
#include "retrieval/vectors/vector_set.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/models/toy_models.hpp"

namespace raadbot::models {
namespace {

class EmbedPassages : public testing::Test {
protected:
    EmbedPassages() {
        source_.id.value = "sider";
        source_.base_url = "https://lunby.example/";
        source_.path = folder_ / "sider";
        store_ = store::Store::open(folder_.path());
        store_->put_source(source_);
        auto index = index::Index::open({folder_ / "index", {}});
        EXPECT_TRUE(index) << index.error().message;
        index_ = std::move(*index);
    }
    void put(const std::string& page, const std::string& text) {
        ParsedDocument document;
        document.url = "https://lunby.example/" + page;
        document.title = page;
        Passage passage;
        passage.text = text;
        document.passages.push_back(passage);
        store::FileRecord file;
        file.path = page;
        store_->replace_file(source_, file, {document}, Timestamp{});
        EXPECT_TRUE(ingest::follow(*store_, *index_));
    }
    [[nodiscard]] EmbedOptions options() const {
        EmbedOptions options;
        options.vectors = vectors();
        options.keep_every = 4;
        return options;
    }
    [[nodiscard]] std::filesystem::path vectors() const { return folder_ / "index" / "vectors"; }
    EmbedReport embed() {
        const auto report = embed_passages(*store_, embedder_, options());
        EXPECT_TRUE(report) << report.error().message;
        return report.value_or(EmbedReport{});
    }
    [[nodiscard]] std::vector<PassageId> present() const {
        const auto set = vectors::VectorSet::open(vectors());
        return set && *set ? (*set)->ids() : std::vector<PassageId>{};
    }

    support::TemporaryFolder folder_;
    sources::Source source_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<index::Index> index_;
    ToyEmbedder embedder_;
};

TEST_F(EmbedPassages, OnlyWhatIsNewOrChanged) {
    for (int i = 0; i < 10; ++i)
        put("side" + std::to_string(i), "tekst nummer " + std::to_string(i));
    EXPECT_EQ(embed().embedded, 10U);
    EXPECT_EQ(present(), store_->passage_ids());
    const std::size_t calls = embedder_.calls();
    EXPECT_EQ(embed().embedded, 0U);
    EXPECT_EQ(embedder_.calls(), calls);
    put("side3", "en anden tekst");
    const EmbedReport third = embed();
    EXPECT_EQ(third.embedded, 1U);
    EXPECT_EQ(third.missing, 0U);
    EXPECT_EQ(embedder_.texts().back(), "side3\nen anden tekst");
    EXPECT_EQ(*missing_vectors(*store_, embedder_, vectors()), 0U);
}

TEST_F(EmbedPassages, KeepWhatIsDoneWhenTheModelFailsAndGoOnFromThere) {
    for (int i = 0; i < 20; ++i)
        put("side" + std::to_string(i), "tekst nummer " + std::to_string(i));
    embedder_.fail_after(3, {ErrorCode::unavailable, "it cannot be reached"});
    std::uint64_t told = 0;
    auto with_progress = options();
    with_progress.progress = [&](std::uint64_t done, std::uint64_t total) {
        told = done;
        EXPECT_EQ(total, 20U);
    };
    const auto stopped = embed_passages(*store_, embedder_, with_progress);
    ASSERT_TRUE(stopped);
    ASSERT_TRUE(stopped->stopped);
    EXPECT_EQ(stopped->stopped->message, "it cannot be reached");
    EXPECT_EQ(stopped->embedded, 9U);
    EXPECT_EQ(told, 9U);
    EXPECT_EQ(stopped->missing, 11U);
    EXPECT_EQ(present().size(), 9U);
    embedder_.work();
    const EmbedReport rest = embed();
    EXPECT_EQ(rest.embedded, 11U);
    EXPECT_FALSE(rest.stopped);
    EXPECT_EQ(present(), store_->passage_ids());
}

TEST_F(EmbedPassages, OneThatTheModelRefusesDoesNotHoldUpTheOthers) {
    for (int i = 0; i < 7; ++i)
        put("side" + std::to_string(i), "tekst nummer " + std::to_string(i));
    embedder_.refuse("nummer 4");
    const EmbedReport report = embed();
    EXPECT_EQ(report.embedded, 6U);
    EXPECT_EQ(report.refused, 1U);
    EXPECT_EQ(report.missing, 1U);
    EXPECT_FALSE(report.stopped);
    // But a model that takes nothing is not asked for each.
    std::filesystem::remove_all(vectors());
    embedder_.refuse("tekst");
    const std::size_t calls = embedder_.calls();
    EXPECT_TRUE(embed().stopped);
    EXPECT_EQ(embedder_.calls() - calls, 4U);
}

TEST_F(EmbedPassages, AnotherModelStartsAnew) {
    for (int i = 0; i < 5; ++i)
        put("side" + std::to_string(i), "tekst nummer " + std::to_string(i));
    EXPECT_FALSE(embed().other_model);
    embedder_.rename("toy 2\n4");
    EXPECT_EQ(*missing_vectors(*store_, embedder_, vectors()), 5U);
    const EmbedReport report = embed();
    EXPECT_TRUE(report.other_model);
    EXPECT_EQ(report.embedded, 5U);
    EXPECT_EQ((*vectors::VectorSet::open(vectors()))->model(), "toy 2\n4");
}

TEST_F(EmbedPassages, ATakeDownReachesTheVectors) {
    for (int i = 0; i < 5; ++i)
        put("side" + std::to_string(i), "tekst nummer " + std::to_string(i));
    embedder_.means("nummer 2", 2);
    embed();
    const auto before = present();
    store_->erase_source_content(source_.id);
    ASSERT_TRUE(store_->wants_purge());
    ASSERT_TRUE(ingest::follow(*store_, *index_));
    EXPECT_FALSE(store_->wants_purge());
    EXPECT_EQ(before.size(), 5U);
    EXPECT_TRUE(present().empty());
    for (const auto& entry : std::filesystem::directory_iterator(vectors())) {
        EXPECT_FALSE(entry.path().filename().string().starts_with("vectors-")) << entry.path();
    }
}

TEST_F(EmbedPassages, DamageIsAnErrorThatSaysWhatToDo) {
    put("side", "tekst");
    embed();
    for (const auto& entry : std::filesystem::directory_iterator(vectors())) {
        if (!entry.path().filename().string().starts_with("vectors-")) continue;
        std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(3);
        file.put('!');
    }
    const auto report = embed_passages(*store_, embedder_, options());
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::corrupt);
    EXPECT_NE(report.error().message.find("raadbot ingest --rebuild"), std::string::npos);
}

}  // namespace
}  // namespace raadbot::models
