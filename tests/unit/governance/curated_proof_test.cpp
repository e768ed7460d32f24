// A curated answer lives as long as what proves it.
#include <gtest/gtest.h>

#include "retrieval/answer/access.hpp"
#include "retrieval/store/ledger.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::governance {
namespace {

const Timestamp now{std::chrono::seconds{1'795'680'000}};  // 2026-11-26

class CuratedProofTest : public ::testing::Test {
protected:
    CuratedProofTest() {
        pages_.id = SourceId{"sider"};
        pages_.base_url = "https://lunby.example/";
        store_->put_source(pages_);
        ParsedDocument page = document("https://lunby.example/plads", "Pladsen er på Industrivej.");
        store_->replace_file(pages_, {"plads.md", 1, 1, "x", true, ""}, {page}, now);
        curated_.id = SourceId{"svar"};
        curated_.kind = SourceKind::curated;
        curated_.base_url = "https://lunby.example/svar/";
        store_->put_source(curated_);
        put_answer("https://lunby.example/plads#hvor", std::nullopt);
    }
    static ParsedDocument document(const std::string& url, const std::string& text) {
        ParsedDocument out;
        out.url = url;
        out.title = "Hvor er pladsen?";
        Passage passage;
        passage.text = text;
        out.passages.push_back(passage);
        return out;
    }
    void put_answer(const std::string& proof, std::optional<Date> expires) {
        ParsedDocument answer = document("https://lunby.example/svar/1", "På Industrivej 4.");
        answer.passages[0].section = Section::curated;
        answer.questions = {"Hvor ligger pladsen?"};
        answer.proof_url = proof;
        answer.expires = expires;
        store_->replace_file(curated_, {"1.md", 1, 1, proof, true, ""}, {answer}, now);
    }
    bool used(Timestamp when = now) {
        answer::Question question;
        question.audiences = {Audience{}};
        question.now = when;
        const auto answers = store_->section_passages(Section::curated);
        EXPECT_EQ(answers.size(), 1U);
        return answer::access_of(question, *store_).admits(answers.at(0));
    }
    void set(sources::State state) {
        pages_.state = state;
        store_->put_source(pages_);
    }

    support::TemporaryFolder folder_;
    std::unique_ptr<store::Store> store_ = store::Store::open(folder_.path());
    sources::Source pages_;
    sources::Source curated_;
};

TEST_F(CuratedProofTest, EndsWithItsSourceAndComesBackWithIt) {
    EXPECT_TRUE(used());
    for (const auto state : {sources::State::paused, sources::State::removed}) {
        set(state);
        EXPECT_FALSE(used()) << sources::to_string(state);
        set(sources::State::approved);
        EXPECT_TRUE(used());
    }
    pages_.review_date = parse_date("2026-11-30");
    store_->put_source(pages_);
    EXPECT_TRUE(used());
    EXPECT_FALSE(used(now + std::chrono::days{7})) << "the source's review date has passed";
}

TEST_F(CuratedProofTest, EndsWithItsDocument) {
    store::Ledger ledger(*store_);
    store::TakedownRow row;
    row.document = store::document_id(pages_.id, "https://lunby.example/plads");
    row.source = pages_.id;
    row.url = "https://lunby.example/plads";
    row.at = now;
    ledger.take_down(row);
    EXPECT_FALSE(used());
    ledger.restore(row.document);
}

TEST_F(CuratedProofTest, EndsOnItsOwnDay) {
    put_answer("https://lunby.example/plads", parse_date("2026-11-26"));
    EXPECT_TRUE(used()) << "the last day counts";
    EXPECT_FALSE(used(now + std::chrono::days{1}));
}

TEST_F(CuratedProofTest, OnlyItsOwnProofCounts) {
    sources::Source other = pages_;
    other.id = SourceId{"andre"};
    other.base_url = "https://lunby.example/andre/";
    other.state = sources::State::paused;
    store_->put_source(other);
    EXPECT_TRUE(used());
}

}  // namespace
}  // namespace raadbot::governance
