// The search with models: what they add, and that nothing is lost without them.
#include "retrieval/models/model_search.hpp"

#include <gtest/gtest.h>

#include <map>

#include "retrieval/index/segmented_index.hpp"
#include "retrieval/vectors/vector_writer.hpp"
#include "tests/unit/index/temporary_directory.hpp"
#include "tests/unit/models/toy_models.hpp"

namespace raadbot::models {
namespace {

using index::Hit;

class SearchWithModels : public testing::Test, public index::PassageTexts {
protected:
    SearchWithModels() {
        index::SegmentedOptions options;
        options.directory = directory_.path() / "index";
        auto index = index::SegmentedIndex::open(options);
        EXPECT_TRUE(index);
        index_ = std::move(*index);
        add(1, "Byrådet vedtager budgettet i oktober.");
        add(2, "Biblioteket har åbent hver dag.");
        add(3, "Vederlaget udbetales den sidste hverdag.");
        add(4, "Udvalget drøfter lønnen.", "council");
        add(5, "Genbrugspladsen lukker klokken fem.");
        EXPECT_TRUE(index_->commit());
        embedder_->means("honorar", 1);  // A word that no passage holds.
        embedder_->means("Vederlaget", 1);
        embedder_->means("lønnen", 1);
        embedder_->means("Biblioteket", 2);
    }

    void add(PassageId id, const std::string& text, const std::string& audience = "public") {
        texts_[id] = text;
        index::Entry entry;
        entry.id = id;
        entry.text = texts_[id];
        entry.audience.value = audience;
        index_->add(entry);
    }

    [[nodiscard]] std::vector<index::PassageText> read(
        std::span<const PassageId> ids) const override {
        std::vector<index::PassageText> result;
        for (const PassageId id : ids) {
            const auto found = texts_.find(id);
            if (found != texts_.end()) result.push_back({id, id, "", "", found->second});
        }
        return result;
    }

    void embed_all(std::vector<PassageId> only = {}) {
        vectors::Rows rows;
        rows.dimension = 4;
        std::vector<PassageId> ids;
        for (const auto& [id, text] : texts_) {
            if (!only.empty() && std::find(only.begin(), only.end(), id) == only.end()) continue;
            const auto vector = embedder_->embed({&text, 1}, TextIs::passage, {});
            const auto row = vectors::quantise(vector->front());
            rows.append(id, row->scale, row->numbers);
            ids.push_back(id);
        }
        vectors::WriterOptions options;
        options.directory = directory_.path() / "vectors";
        options.model = embedder_->identity();
        options.dimension = 4;
        EXPECT_TRUE(vectors::VectorWriter(options).add(rows, [&] { return ids; }));
    }

    [[nodiscard]] SearchOptions options() {
        SearchOptions options;
        options.vectors = directory_.path() / "vectors";
        options.embedder = embedder_;
        options.time = std::chrono::minutes{5};
        options.breaker = {2, std::chrono::hours{10}};
        options.log = [this](std::string_view line) { log_.emplace_back(line); };
        return options;
    }

    static index::Request request(const std::string& text,
                                  std::vector<Audience> audiences = {Audience{}}) {
        index::Request request;
        request.text = text;
        request.filter.audiences = std::move(audiences);
        return request;
    }

    index::TemporaryDirectory directory_;
    std::map<PassageId, std::string> texts_;
    std::unique_ptr<index::SegmentedIndex> index_;
    std::shared_ptr<ToyEmbedder> embedder_ = std::make_shared<ToyEmbedder>();
    std::shared_ptr<ToyReranker> reranker_ = std::make_shared<ToyReranker>();
    std::vector<std::string> log_;
};

TEST_F(SearchWithModels, FindsByMeaningWhatTheWordsDoNot) {
    embed_all();
    ModelSearch search(options());
    const auto words = index_->snapshot();
    EXPECT_TRUE(words->search(request("honorar")).empty());
    const auto view = search.view(words);
    const auto hits = view->search(request("honorar"));
    ASSERT_FALSE(hits.empty());
    EXPECT_EQ(hits.front().passage, 3U);
    EXPECT_EQ(view->helpers(), (std::vector<std::string>{"toy"}));
    EXPECT_EQ(view->version(), words->version());
    EXPECT_TRUE(log_.empty());
}

TEST_F(SearchWithModels, NeverGivesWhatTheAskerMayNotSee) {
    embed_all();
    ModelSearch search(options());
    for (const Hit& hit : search.view(index_->snapshot())->search(request("honorar"))) {
        EXPECT_NE(hit.passage, 4U);
    }
    const auto council = search.view(index_->snapshot())
                             ->search(request("honorar", {Audience{}, Audience{"council"}}));
    EXPECT_TRUE(std::any_of(council.begin(), council.end(),
                            [](const Hit& hit) { return hit.passage == 4; }));
    // Taken out of the index, its vector still there.
    index_->remove(3);
    ASSERT_TRUE(index_->commit());
    for (const Hit& hit : search.view(index_->snapshot())->search(request("honorar"))) {
        EXPECT_NE(hit.passage, 3U);
    }
    EXPECT_TRUE(search.view(index_->snapshot())->search(request("honorar", {})).empty());
}

TEST_F(SearchWithModels, GivesTheWordsResultToTheBitWhenAModelFails) {
    embed_all();
    embedder_->fail_after(0, {ErrorCode::unavailable, "it fails"});
    reranker_->break_down();
    auto both = options();
    both.reranker = reranker_;
    ModelSearch search(both);
    for (const char* text : {"budgettet i oktober", "honorar", "åbent hver dag lukker", ""}) {
        const auto view = search.view(
            index_->snapshot(),
            std::shared_ptr<const index::PassageTexts>(this, [](const index::PassageTexts*) {}));
        EXPECT_EQ(view->search(request(text)), index_->snapshot()->search(request(text))) << text;
        EXPECT_TRUE(view->helpers().empty());
    }
}

TEST_F(SearchWithModels, LeavesAModelAloneThatFails) {
    embed_all();
    const std::size_t before = embedder_->calls();
    embedder_->fail_after(0, {ErrorCode::timed_out, "it did not answer in time"});
    ModelSearch search(options());
    for (int i = 0; i < 10; ++i) {
        static_cast<void>(
            search.view(index_->snapshot())->search(request("spørgsmål " + std::to_string(i))));
    }
    EXPECT_EQ(embedder_->calls() - before, 2U);
    ASSERT_EQ(log_.size(), 1U);
    EXPECT_NE(log_.front().find("toy: it did not answer in time"), std::string::npos);
    EXPECT_EQ(log_.front().find("spørgsmål"), std::string::npos);
}

TEST_F(SearchWithModels, AskWithinOneQuestionsTime) {
    embed_all();
    auto hurried = options();
    hurried.time = std::chrono::milliseconds{0};
    const std::size_t before = embedder_->calls();
    ModelSearch search(hurried);
    const auto view = search.view(index_->snapshot());
    EXPECT_EQ(view->search(request("budgettet")), index_->snapshot()->search(request("budgettet")));
    EXPECT_EQ(embedder_->calls(), before);
}

TEST_F(SearchWithModels, AsksOnceForTheSameQuestion) {
    embed_all();
    ModelSearch search(options());
    const std::size_t before = embedder_->calls();
    const auto first = search.view(index_->snapshot())->search(request("honorar"));
    EXPECT_EQ(search.view(index_->snapshot())->search(request("honorar")), first);
    EXPECT_EQ(embedder_->calls() - before, 1U);
}

TEST_F(SearchWithModels, ShowsNoIdentityNumberToAModel) {
    embed_all();
    ModelSearch search(options());
    static_cast<void>(search.view(index_->snapshot())->search(request("honorar til 010190-1234")));
    EXPECT_NE(embedder_->texts().back().find("honorar til"), std::string::npos);
    EXPECT_EQ(embedder_->texts().back().find("1234"), std::string::npos);
}

TEST_F(SearchWithModels, UsesNoVectorsOfAnotherModelNorOfAFewPassages) {
    embed_all({1, 2, 3});
    {
        ModelSearch search(options());
        EXPECT_TRUE(search.view(index_->snapshot())->search(request("honorar")).empty());
    }
    embed_all();
    embedder_->rename("toy 2\n4");
    ModelSearch search(options());
    EXPECT_TRUE(search.view(index_->snapshot())->search(request("honorar")).empty());
    ASSERT_FALSE(log_.empty());
    EXPECT_NE(log_.back().find("of another model"), std::string::npos);
    // As soon as there are new ones they are picked up.
    embed_all();
    search.refresh();
    EXPECT_FALSE(search.view(index_->snapshot())->search(request("honorar")).empty());
}

TEST_F(SearchWithModels, GoesOnWithTheOldVectorsWhenNewOnesAreDamagedAndSaysSoOnce) {
    embed_all();
    ModelSearch search(options());
    std::filesystem::resize_file(directory_.path() / "vectors" / "catalogue", 10);
    search.refresh();
    search.refresh();
    EXPECT_FALSE(search.view(index_->snapshot())->search(request("honorar")).empty());
    ASSERT_EQ(log_.size(), 1U);
    EXPECT_NE(log_.front().find("raadbot ingest --rebuild"), std::string::npos);
}

TEST_F(SearchWithModels, TheRerankerMovesWhatItLikesUp) {
    auto only = options();
    only.embedder = nullptr;
    only.reranker = reranker_;
    ModelSearch search(only);
    const auto words = index_->snapshot();
    const auto before = words->search(request("åbent lukker hver dag klokken"));
    ASSERT_GE(before.size(), 2U);
    reranker_->like(texts_[before[1].passage]);
    auto with_texts = request("åbent lukker hver dag klokken");
    const auto view = search.view(
        words, std::shared_ptr<const index::PassageTexts>(this, [](const index::PassageTexts*) {}));
    const auto after = view->search(with_texts);
    ASSERT_EQ(after.size(), before.size());
    EXPECT_EQ(after.front().passage, before[1].passage);
    EXPECT_EQ(after.front().score, before.front().score);
    EXPECT_EQ(reranker_->calls(), 1U);
    EXPECT_EQ(view->helpers(), (std::vector<std::string>{"toy-reranker"}));
    // Without a way to read passages it has no part.
    EXPECT_EQ(search.view(words)->search(with_texts), before);
    EXPECT_EQ(reranker_->calls(), 1U);
}

TEST(TextForModels, IsCutAtACharacter) {
    EXPECT_EQ(text_for_models("Titel", "", "Tekst"), "Titel\nTekst");
    std::string many;
    for (int i = 0; i < 4000; ++i) many += "å";
    const std::string cut = text_for_models("x", "", many);
    EXPECT_LE(cut.size(), 6000U);
    EXPECT_EQ((cut.size() - 2) % 2, 0U);
}

}  // namespace
}  // namespace raadbot::models
