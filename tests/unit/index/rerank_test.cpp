// The second stage of a search, and the meaning of words that it leans on.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/index/meaning.hpp"
#include "retrieval/index/rerank.hpp"
#include "retrieval/index/segmented_index.hpp"
#include "tests/unit/index/temporary_directory.hpp"

namespace raadbot::index {
namespace {

/// Two matters that share no word. "kaj" and "mole" never stand in one passage, but keep the same
/// company; so do "børnehave" and "vuggestue".
std::string passage_text(std::size_t number) {
    const std::string harbour[] = {"skibe", "bølger", "havn", "færge", "fisker"};
    const std::string care[] = {"pædagog", "legeplads", "forældre", "pasning", "ferie"};
    const bool wet = number % 2 == 0;
    const auto& company = wet ? harbour : care;
    const bool first = (number / 2) % 2 == 0;
    std::string text = wet ? (first ? "kaj" : "mole") : (first ? "børnehave" : "vuggestue");
    for (std::size_t i = 0; i < 3; ++i) text += " " + company[(number / 4 + i) % 5];
    return text;
}

class SecondStage : public testing::Test, public PassageTexts {
protected:
    void SetUp() override { open(); }
    void open() {
        index_.reset();
        SegmentedOptions options;
        options.directory = directory_.path();
        auto opened = SegmentedIndex::open(std::move(options));
        ASSERT_TRUE(opened);
        index_ = std::move(*opened);
    }
    void add(PassageId id, std::string text, std::string title = "", std::uint64_t document = 0) {
        const auto& kept = texts_[id] =
            PassageText{id, document == 0 ? id : document, std::move(title), "", std::move(text)};
        Entry entry;
        entry.id = id;
        entry.title = kept.title;
        entry.text = kept.text;
        index_->add(entry);
    }
    void add_many(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) add(1000 + i, passage_text(i));
    }
    [[nodiscard]] std::vector<PassageText> read(std::span<const PassageId> ids) const override {
        std::vector<PassageText> found;
        for (const PassageId id : ids) {
            if (const auto at = texts_.find(id); at != texts_.end()) found.push_back(at->second);
        }
        return found;
    }
    [[nodiscard]] std::vector<PassageText> read_documents(std::span<const PassageId> ids,
                                                          std::size_t most) const override {
        if (!whole_documents_) return read(ids);
        std::set<std::uint64_t> documents;
        for (const PassageId id : ids) documents.insert(texts_.at(id).document);
        std::map<std::uint64_t, std::size_t> taken;
        std::vector<PassageText> found;
        for (const auto& [id, text] : texts_) {
            if (documents.contains(text.document) && taken[text.document]++ < most) {
                found.push_back(text);
            }
        }
        return found;
    }
    [[nodiscard]] std::vector<FoundDocument> look(const std::string& question,
                                                  std::size_t hits) const {
        const QueryBuilder builder(nullptr, {});
        const auto snapshot = index_->segment_snapshot();
        const auto found = search(question, false, hits);
        return snapshot->reranker().look(builder.understand(question, *snapshot), found, *this);
    }
    static float feature(const FoundDocument& document, Feature which) {
        return document.features[static_cast<std::size_t>(which)];
    }
    [[nodiscard]] std::vector<Hit> search(const std::string& question, bool second_stage,
                                          std::size_t k = 10) const {
        Request request;
        request.text = question;
        request.filter.audiences = {Audience{}};
        request.top_k = k;
        if (second_stage) request.texts = this;
        return index_->snapshot()->search(request);
    }
    TemporaryDirectory directory_;
    std::unique_ptr<SegmentedIndex> index_;
    std::map<PassageId, PassageText> texts_;
    bool whole_documents_ = false;
};

float likeness(const Meaning& meaning, std::string_view a, std::string_view b) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    const auto first = meaning.find(term_key(TermSpace::word, morphology.lemma(a)));
    const auto second = meaning.find(term_key(TermSpace::word, morphology.lemma(b)));
    EXPECT_TRUE(first && second) << a << " " << b;
    if (!first || !second) return -1;
    return similarity(meaning.direction(*first), meaning.direction(*second));
}

TEST_F(SecondStage, LearnsWhichWordsKeepTheSameCompany) {
    add_many(400);
    ASSERT_TRUE(index_->commit());
    const auto meaning = Meaning::read(directory_.path());
    ASSERT_TRUE(meaning);
    ASSERT_NE(*meaning, nullptr);
    EXPECT_EQ((*meaning)->passages(), 400U);
    EXPECT_GT(likeness(**meaning, "havn", "færge"), 0.5F);
    EXPECT_LT(likeness(**meaning, "havn", "pasning"), 0.2F);
    EXPECT_LT(likeness(**meaning, "kaj", "vuggestue"), 0.2F);
    EXPECT_GT((*meaning)->gram_rarity(character_grams("vuggestue", 4)[2]),
              0.5F + (*meaning)->gram_rarity(character_grams("havn", 4)[1]) / 2);
}

TEST_F(SecondStage, LearnsNothingFromAHandfulOfPassages) {
    add_many(50);
    ASSERT_TRUE(index_->commit());
    const auto meaning = Meaning::read(directory_.path());
    ASSERT_TRUE(meaning);
    EXPECT_EQ(*meaning, nullptr);
    EXPECT_FALSE(search("havnens færge", true).empty());
}

TEST_F(SecondStage, LearnsAnewOnlyWhenMuchHasChanged) {
    add_many(300);
    ASSERT_TRUE(index_->commit());
    add(1, "en ny færge");
    ASSERT_TRUE(index_->commit());
    EXPECT_EQ((*Meaning::read(directory_.path()))->passages(), 300U);
    for (std::size_t i = 0; i < 100; ++i) add(5000 + i, passage_text(i));
    ASSERT_TRUE(index_->commit());
    EXPECT_EQ((*Meaning::read(directory_.path()))->passages(), 401U);
    // The same segments teach the same, and what was learned is there after opening again.
    const auto before = search("pasning af børn", true);
    open();
    EXPECT_EQ(search("pasning af børn", true), before);
}

TEST_F(SecondStage, ADamagedFileIsNoticedWhenTheIndexIsOpened) {
    add_many(300);
    ASSERT_TRUE(index_->commit());
    index_.reset();
    const auto file = meaning_file(directory_.path());
    {
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekg(5000);
        const auto byte = static_cast<char>(bytes.get());
        bytes.seekp(5000);
        bytes.put(static_cast<char>(byte ^ 1));
    }
    SegmentedOptions options;
    options.directory = directory_.path();
    const auto opened = SegmentedIndex::open(std::move(options));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
    EXPECT_NE(opened.error().message.find(file.string()), std::string::npos);
}

TEST_F(SecondStage, WordsNearEachOtherCountMoreThanWordsFarApart) {
    const std::string filling = " sagen blev drøftet igen ved næste møde hvor alle var til stede";
    add(1, "Cykelstien er ny." + filling + filling + " Havnen er gammel.");
    add(2, "Sagen blev drøftet." + filling + " Cykelstien ved den gamle havn er ny og." + filling);
    ASSERT_TRUE(index_->commit());
    EXPECT_EQ(search("cykelsti havn", false).front().passage, 1U);
    EXPECT_EQ(search("cykelsti havn", true).front().passage, 2U);
}

TEST_F(SecondStage, GivesEveryHitOnceInFallingOrderAndTheSameEachTime) {
    add_many(400);
    ASSERT_TRUE(index_->commit());
    const auto plain = search("færge og fisker i havn", false, 150);
    const auto better = search("færge og fisker i havn", true, 150);
    ASSERT_EQ(better.size(), plain.size());
    std::set<PassageId> one;
    std::set<PassageId> other;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        one.insert(plain[i].passage);
        other.insert(better[i].passage);
        EXPECT_GT(better[i].score, 0);
        EXPECT_LE(better[i].score, better[i == 0 ? 0 : i - 1].score);
    }
    EXPECT_EQ(one, other);
    EXPECT_EQ(other.size(), plain.size());
    EXPECT_EQ(search("færge og fisker i havn", true, 150), better);
    EXPECT_EQ(search("færge og fisker i havn", true, 3).size(), 3U);
}

TEST_F(SecondStage, PassagesThatCannotBeReadKeepTheFirstStagesOrder) {
    add(1, "Cykelstien langs havnen.");
    add(2, "Cykelstien.");
    ASSERT_TRUE(index_->commit());
    const auto plain = search("cykelsti havn", false);
    texts_.clear();
    EXPECT_EQ(search("cykelsti havn", true), plain);
}

TEST_F(SecondStage, PassagesOfOneDocumentAreLookedAtTogether) {
    add(1, "Havnen skal fornyes.", "", 7);
    add(2, "Cykelstien skal fornyes.", "", 7);
    add(3, "Havnen skal renses.", "", 8);
    ASSERT_TRUE(index_->commit());
    const auto found = look("cykelsti havn", 10);
    ASSERT_EQ(found.size(), 2U);
    const FoundDocument& both = found[0].hits.size() == 2 ? found[0] : found[1];
    const FoundDocument& one = found[0].hits.size() == 2 ? found[1] : found[0];
    EXPECT_FLOAT_EQ(feature(both, Feature::covered), 1);
    EXPECT_LT(feature(one, Feature::covered), 0.6F);
}

TEST_F(SecondStage, APassageThatWasNotFoundSpeaksForItsDocument) {
    add(1, "Havnen skal fornyes.", "", 7);
    add(2, "Cykelstien er gammel, og den gamle sti er for smal til alle, der cykler.", "", 7);
    ASSERT_TRUE(index_->commit());
    const auto alone = look("cykelsti havn", 1);
    whole_documents_ = true;
    const auto whole = look("cykelsti havn", 1);
    ASSERT_EQ(alone.size(), 1U);
    ASSERT_EQ(whole.size(), 1U);
    EXPECT_EQ(whole[0].hits.size(), 1U);
    EXPECT_LT(feature(alone[0], Feature::covered), 0.6F);
    EXPECT_FLOAT_EQ(feature(whole[0], Feature::covered), 1);
}

TEST_F(SecondStage, ALineThatSaysJustWhatWasAskedIsNoticed) {
    add(1, "Udvalget drøftede sagen.\nCykelsti ved havn\nArbejdet begynder til sommer.");
    add(2, "Udvalget drøftede sagen. Cykelsti ved havn og arbejdet begynder til sommer.");
    ASSERT_TRUE(index_->commit());
    const auto found = look("cykelsti havn", 10);
    ASSERT_EQ(found.size(), 2U);
    const bool first = found[0].hits[0] == 0 && search("cykelsti havn", false)[0].passage == 1;
    const FoundDocument& line = first ? found[0] : found[1];
    const FoundDocument& sentence = first ? found[1] : found[0];
    EXPECT_FLOAT_EQ(feature(line, Feature::line), 1);
    EXPECT_LT(feature(sentence, Feature::line), 0.9F);
}

TEST_F(SecondStage, AnyQuestionIsSurvived) {
    add_many(250);
    ASSERT_TRUE(index_->commit());
    for (const char* question :
         {"", "?", "og i på", "§ 17 stk. 4", "\xff\xfe", "2024 2024 2024", "a", "æ"}) {
        for (const Hit& hit : search(question, true)) EXPECT_TRUE(std::isfinite(hit.score));
    }
    std::string long_one;
    for (std::size_t i = 0; i < 500; ++i) long_one += passage_text(i) + " ";
    EXPECT_FALSE(search(long_one, true).empty());
}

}  // namespace
}  // namespace raadbot::index
