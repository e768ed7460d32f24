#include "bot/governance/versions.hpp"

#include <gtest/gtest.h>

#include "bot/governance/desk.hpp"
#include "bot/governance/grouping.hpp"
#include "retrieval/answer/curated.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::governance {
namespace {

const Timestamp now{std::chrono::seconds{1'795'680'000}};
const Person keeper{"olga", Role::operator_};

std::shared_ptr<const danish::Lexicon> lexicon() {
    static const auto loaded =
        danish::Lexicon::load(std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/lexicon").value();
    return loaded;
}

/// A store with one document per page, as if it had been read. Versions are built by hand here: the
/// real reading needs the program, and is tried with it.
class VersionsTest : public ::testing::Test {
protected:
    VersionsTest() {
        options_.data_dir = folder_.path();
        options_.lexicon = lexicon();
        source_.id = SourceId{"sider"};
        source_.path = folder_ / "sider";
        source_.base_url = "https://lunby.example/";
        source_.state = sources::State::paused;  // Nothing is read while a version is built.
        store_->put_source(source_);
        write("vederlag", "Det faste vederlag er 112.203 kr. om året.");
        write("plads", "Pladsen ligger på Industrivej.");
        auto index = index::Index::open({folder_ / "index", options_.lexicon}).value();
        EXPECT_TRUE(ingest::follow(*store_, *index));
    }
    void write(const std::string& name, const std::string& text) {
        ParsedDocument document;
        document.url = "https://lunby.example/" + name;
        document.title = name;
        document.passages.push_back({{}, text, {}, {}, {}, {}, {}});
        store_->replace_file(source_, {name + ".md", 1, 1, text, true, ""}, {document}, now);
    }
    std::string text_of(const std::string& name) {
        const auto passages = store_->document_passages(
            store::document_id(source_.id, "https://lunby.example/" + name));
        return passages.empty() ? "" : passages.front().passage.text;
    }
    support::TemporaryFolder folder_;
    std::unique_ptr<store::Store> store_ = store::Store::open(folder_.path());
    sources::Source source_;
    VersionsOptions options_;
};

TEST_F(VersionsTest, GoingLiveAndBackExchangesTheMaterialAndNothingElse) {
    Versions versions(*store_, options_);
    const auto first = versions.build(keeper, now);
    ASSERT_TRUE(first) << first.error().message;
    write("vederlag", "Det faste vederlag er 120.000 kr. om året.");
    store_->put_setting("mark", "stays");
    const auto generation = store_->generation();
    ASSERT_TRUE(versions.promote(keeper, first->id, now));
    EXPECT_EQ(text_of("vederlag"), "Det faste vederlag er 112.203 kr. om året.");
    EXPECT_GT(store_->generation(), generation);
    EXPECT_EQ(store_->setting("mark"), "stays");
    EXPECT_EQ(versions.promote(keeper, first->id, now).error().code, ErrorCode::conflict);
    ASSERT_TRUE(versions.back(keeper, now));
    EXPECT_EQ(text_of("vederlag"), "Det faste vederlag er 120.000 kr. om året.");
    EXPECT_TRUE(store_->pending().empty()) << "the index has followed";
}

TEST_F(VersionsTest, WhatWasTakenDownStaysAwayInEveryVersion) {
    Versions versions(*store_, options_);
    const auto first = versions.build(keeper, now);
    ASSERT_TRUE(first);
    const DeskOptions desk_options{folder_.path(), {}, true};
    Desk desk(*store_, desk_options, keeper, now);
    ASSERT_TRUE(desk.take_down(store::document_id(source_.id, "https://lunby.example/vederlag"),
                               "Forældet"));
    ASSERT_TRUE(versions.promote(keeper, first->id, now));
    EXPECT_EQ(text_of("vederlag"), "");
    EXPECT_NE(text_of("plads"), "");
}

TEST_F(VersionsTest, NumbersOfPassagesAreNeverGivenTwice) {
    Versions versions(*store_, options_);
    const auto first = versions.build(keeper, now);
    ASSERT_TRUE(first);
    write("ny", "En side, der kom til imens.");
    const auto id = [&](const std::string& name) {
        return store_
            ->document_passages(store::document_id(source_.id, "https://lunby.example/" + name))
            .at(0)
            .id;
    };
    const PassageId before = id("ny");
    ASSERT_TRUE(versions.promote(keeper, first->id, now));
    EXPECT_EQ(text_of("ny"), "");
    write("anden", "Noget helt andet.");
    EXPECT_NE(id("anden"), before);
}

TEST_F(VersionsTest, AVersionThatDoesNotPassNeverGoesLive) {
    store::Ledger ledger(*store_);
    ledger.add_test_question({0, "Hvad er det faste vederlag?", "public", "answered", "", ""});
    Versions versions(*store_, options_);
    const auto built = versions.build(keeper, now);  // Its only source is paused: no answer.
    ASSERT_TRUE(built);
    EXPECT_FALSE(built->passed());
    EXPECT_EQ(versions.promote(keeper, built->id, now).error().code, ErrorCode::conflict);
    EXPECT_EQ(versions.promote(Person{"karen", Role::curator}, built->id, now).error().code,
              ErrorCode::denied);
    EXPECT_EQ(versions.promote(keeper, "99", now).error().code, ErrorCode::not_found);
}

TEST_F(VersionsTest, AVersionHoldsNobodysNameQuestionOrAnswer) {
    const DeskOptions desk_options{folder_.path(), {}, true};
    Desk desk(*store_, desk_options, keeper, now);
    ASSERT_TRUE(desk.add_user("hemmelignavn", "", Role::reader));
    store::Ledger(*store_).add_unanswered(
        Date{std::chrono::year{2026}, std::chrono::May, std::chrono::day{1}}, "hemmeligspørgsmål",
        "no_answer_in_material");
    const auto built = Versions(*store_, options_).build(keeper, now);
    ASSERT_TRUE(built);
    const std::string bytes =
        support::read_file(folder_ / ("versions/" + built->id + "/raadbot.db"));
    EXPECT_EQ(bytes.find("hemmelignavn"), std::string::npos);
    EXPECT_EQ(bytes.find("hemmeligspørgsmål"), std::string::npos);
    EXPECT_NE(bytes.find("Industrivej"), std::string::npos);
}

TEST(Grouping, QuestionsThatMeanTheSameStandTogether) {
    const Date day{std::chrono::year{2026}, std::chrono::May, std::chrono::day{1}};
    const auto groups = group_by_meaning({{1, day, "Hvornår åbner svømmehallen?", "", 2},
                                          {2, day, "hvornår er svømmehallen åben", "", 1},
                                          {3, day, "Hvem er formand for skolebestyrelsen?", "", 1}},
                                         *lexicon());
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(groups[0].count, 3);
    EXPECT_EQ(groups[0].question, "Hvornår åbner svømmehallen?");
}

TEST(Curated, AnAnswerIsForItsQuestionAndParaphrasesOnly) {
    StoredPassage answer;
    answer.id = 7;
    answer.title = "Hvornår har genbrugspladsen åbent?";
    answer.questions = {"genbrugspladsens åbningstider"};
    const answer::CuratedQuestions curated({answer}, *lexicon());
    const std::vector<PassageId> found{7};
    EXPECT_EQ(curated.find("hvornår har GENBRUGSPLADSEN åbent", *lexicon()), found);
    EXPECT_EQ(curated.find("Genbrugspladsens åbningstider?", *lexicon()), found);
    EXPECT_TRUE(curated.find("Hvor ligger genbrugspladsen?", *lexicon()).empty());
    EXPECT_TRUE(curated.find("Hvornår har biblioteket åbent?", *lexicon()).empty());
    EXPECT_TRUE(curated.find("", *lexicon()).empty());
}

}  // namespace
}  // namespace raadbot::governance
