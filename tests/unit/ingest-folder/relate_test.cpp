// What belongs together across papers: an agenda and its minutes, a recording and its items.
#include "retrieval/ingest/relate.hpp"

#include <gtest/gtest.h>

#include "retrieval/ingest/folder.hpp"
#include "retrieval/store/relations.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::ingest {
namespace {

using store::Related;

class RelateTest : public ::testing::Test {
protected:
    RelateTest() {
        papers_ = source("moeder", SourceKind::meetings, "public");
        video_ = source("video", SourceKind::video, "public");
    }
    sources::Source source(const std::string& id, SourceKind kind, const std::string& audience) {
        sources::Source one;
        one.id = SourceId{id};
        one.kind = kind;
        one.base_url = "https://by.example/" + id + "/";
        one.audience = Audience{audience};
        one.state = sources::State::approved;
        store_->put_source(one);
        return one;
    }
    struct Item {
        std::string number, title, case_number, proposal, presentation, decision;
    };
    static ParsedDocument document(const std::string& url, MeetingPaper paper, const Item& item) {
        ParsedDocument out;
        out.url = url + (item.number.empty() ? "" : "#" + item.number);
        out.title = item.title;
        out.meeting = MeetingInfo{"Byrådet",   parse_date("2026-03-24"), paper,
                                  item.number, item.case_number,         url};
        const auto add = [&](Section section, const std::string& text) {
            if (text.empty()) return;
            Passage passage;
            passage.section = section;
            passage.text = text;
            out.passages.push_back(std::move(passage));
        };
        add(Section::sagsfremstilling, item.presentation);
        add(Section::indstilling, item.proposal);
        add(Section::beslutning, item.decision);
        return out;
    }
    void put(const sources::Source& where, const std::string& file,
             const std::vector<ParsedDocument>& documents) {
        store::FileRecord record;
        record.path = file;
        store_->replace_file(where, record, documents, now_);
    }
    void agenda() {
        put(papers_, "dagsorden",
            {document("https://by.example/d", MeetingPaper::dagsorden,
                      {"", "Dagsorden Byrådet", "", "", "", ""}),
             document("https://by.example/d", MeetingPaper::dagsorden,
                      {"3", "Ny idrætshal", "24/1", "At hallen bygges i 2027.",
                       "Der mangler haltimer i byen.", ""}),
             document("https://by.example/d", MeetingPaper::dagsorden,
                      {"4", "Bro over åen", "24/2", "At broen males grøn.", "", ""})});
    }
    void minutes(const std::string& decision = "Godkendt.") {
        put(papers_, "referat",
            {document("https://by.example/r", MeetingPaper::referat,
                      {"", "Referat Byrådet", "", "", "", ""}),
             document("https://by.example/r", MeetingPaper::referat,
                      {"3", "Ny idrætshal", "24/1", "At hallen  bygges\ni 2027.", "", decision}),
             document("https://by.example/r", MeetingPaper::referat,
                      {"5", "Broen", "24/2", "", "", "Udsat."})});
    }
    void recording(const sources::Source& where, const std::vector<std::string>& turns) {
        ParsedDocument out;
        out.url = "https://by.example/video";
        out.title = "Byrådets møde på video";
        out.meeting =
            MeetingInfo{"Byrådet", parse_date("2026-03-24"), MeetingPaper::none, "", "", ""};
        std::uint32_t second = 10;
        for (const std::string& text : turns) {
            Passage passage;
            passage.section = Section::tale;
            passage.speaker = "Lone Hav";
            passage.text = text;
            passage.anchor.second = second;
            second += 60;
            out.passages.push_back(std::move(passage));
        }
        put(where, "video", {out});
    }
    /// What the index is to hold.
    std::string found() {
        std::string all;
        store_->each_passage(
            [&](const StoredPassage& p) { all += p.url + " " + p.passage.text + "\n"; });
        return all;
    }
    StoredPassage passage(const std::string& part) {
        StoredPassage out;
        store_->each_passage([&](const StoredPassage& p) {
            if (p.passage.text.find(part) != std::string::npos) out = p;
        });
        EXPECT_NE(out.id, 0U) << part;
        return out;
    }
    std::vector<Related> related(const std::string& part, Related::Kind kind) {
        auto all = store_->related(passage(part));
        std::erase_if(all, [&](const Related& one) { return one.kind != kind; });
        return all;
    }
    static bool holds(const std::string& text, std::string_view part) {
        return text.find(part) != std::string::npos;
    }

    support::TemporaryFolder folder_;
    std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "data");
    Timestamp now_ = *parse_timestamp("2026-03-25T08:00:00Z");
    sources::Source papers_;
    sources::Source video_;
};

TEST_F(RelateTest, WhatAgendaAndMinutesBothTellIsKeptOnceAndTheRestStays) {
    agenda();
    relate(*store_);
    EXPECT_TRUE(holds(found(), "https://by.example/d#3 At hallen bygges"));
    minutes();
    relate(*store_);
    const std::string all = found();
    EXPECT_FALSE(holds(all, "https://by.example/d#3 At hallen bygges")) << all;
    EXPECT_TRUE(holds(all, "https://by.example/r#3 At hallen")) << all;
    // What the minutes do not tell: the presentation, and the recommendation of the other item.
    EXPECT_TRUE(holds(all, "https://by.example/d#3 Der mangler haltimer")) << all;
    EXPECT_TRUE(holds(all, "https://by.example/d#4 At broen males grøn")) << all;
    // Links of both.
    const auto minutes_of = related("haltimer", Related::Kind::minutes);
    ASSERT_EQ(minutes_of.size(), 1U);
    EXPECT_EQ(minutes_of[0].url, "https://by.example/r#3");
    EXPECT_EQ(related("Godkendt.", Related::Kind::agenda).at(0).url, "https://by.example/d#3");
    // By case number, though it was renamed and renumbered.
    EXPECT_EQ(related("Udsat.", Related::Kind::agenda).at(0).url, "https://by.example/d#4");
    EXPECT_EQ(store_->counts().passages, store_->passage_ids().size());
    std::size_t of_case = 0;
    for (const auto& p : store_->case_passages("24/1"))
        of_case += p.passage.section == Section::indstilling ? 1U : 0U;
    EXPECT_EQ(of_case, 1U);
}

TEST_F(RelateTest, AnswersFromTheAgendaAreMarkedOnceTheMinutesCome) {
    agenda();
    relate(*store_);
    const auto keep = [&](const std::string& id, const std::string& part) {
        store_->keep_answer({AnswerId{id}, "{}", "v1", now_, {passage(part).id}});
    };
    keep("before", "At hallen bygges");
    keep("other", "haltimer");
    minutes();
    relate(*store_);
    EXPECT_TRUE(store_->kept_answer(AnswerId{"before"})->superseded);
    EXPECT_TRUE(store_->kept_answer(AnswerId{"other"})->superseded);
    keep("after", "haltimer");
    minutes("Godkendt med ændringer.");
    keep("decision", "Godkendt med");
    relate(*store_);
    minutes("Afvist.");  // Corrected.
    relate(*store_);
    EXPECT_TRUE(store_->kept_answer(AnswerId{"decision"})->superseded);
    EXPECT_FALSE(holds(found(), "https://by.example/d#3 At hallen bygges"));
}

TEST_F(RelateTest, TheAgendaIsBackWhenTheMinutesGo) {
    agenda();
    minutes();
    relate(*store_);
    store_->clear_pending(store_->pending());
    store_->remove_file(papers_.id, "referat");
    EXPECT_TRUE(holds(found(), "https://by.example/d#3 At hallen bygges"));
    bool told = false;
    for (const auto& pending : store_->pending())
        told = told || (pending.present && pending.id == passage("At hallen bygges").id);
    EXPECT_TRUE(told) << "the index learns of it";
    relate(*store_);
    EXPECT_TRUE(store_->related(passage("At hallen bygges")).empty());
}

TEST_F(RelateTest, NothingIsDoneTwice) {
    agenda();
    minutes();
    recording(video_, {"Så går vi til sagen om hallen.", "Tak."});
    relate(*store_);
    store_->clear_pending(store_->pending());
    const auto generation = store_->generation();
    relate(*store_);
    store_->put_setting("related", "");  // As if something else had changed.
    relate(*store_);
    EXPECT_TRUE(store_->pending().empty());
    EXPECT_EQ(store_->generation(), generation);
}

TEST_F(RelateTest, ADecisionLeadsToTheSecondAndASpeechToItsItem) {
    agenda();
    minutes();
    recording(video_, {"Velkommen.", "Så går vi til sagen om hallen. Den er god.",
                       "Jeg er glad for den.", "Så kommer vi til broen."});
    relate(*store_);
    const auto video = related("Godkendt.", Related::Kind::recording);
    ASSERT_EQ(video.size(), 1U);
    EXPECT_EQ(video[0].url, "https://by.example/video?t=70");
    EXPECT_EQ(video[0].second, 70U);
    EXPECT_EQ(video[0].until, 190U);
    EXPECT_EQ(related("haltimer", Related::Kind::recording).at(0).second, 70U)
        << "also from the agenda";
    const auto item = related("glad for den", Related::Kind::item);
    ASSERT_EQ(item.size(), 1U);
    EXPECT_EQ(item[0].url, "https://by.example/r#3");
    EXPECT_EQ(passage("glad for den").passage.headings,
              std::vector<std::string>{"Punkt 3: Ny idrætshal"});
    EXPECT_TRUE(passage("Velkommen").passage.headings.empty());
    EXPECT_TRUE(related("Velkommen", Related::Kind::item).empty());
}

TEST_F(RelateTest, NothingOfAnItemStaysOnARecordingWhenItGoes) {
    minutes();
    recording(video_, {"Så går vi til sagen om hallen.", "Jeg er glad for den."});
    relate(*store_);
    store_->keep_answer({AnswerId{"tale"}, "{}", "v1", now_, {passage("glad for den").id}});
    store_->clear_pending(store_->pending());
    put(papers_, "referat", {});  // Closed after its publication.
    EXPECT_TRUE(passage("glad for den").passage.headings.empty());
    EXPECT_FALSE(store_->kept_answer(AnswerId{"tale"})) << "it shows the item's name";
    bool again = false;
    for (const auto& pending : store_->pending())
        again = again || (pending.present && pending.id == passage("glad for den").id);
    EXPECT_TRUE(again) << "the index forgets the name";
    relate(*store_);
    EXPECT_TRUE(store_->related(passage("glad for den")).empty());
}

TEST_F(RelateTest, ARecordingGetsNoNamesThatItsViewersMayNotSee) {
    papers_ = source("moeder", SourceKind::meetings, "council");
    minutes();
    recording(video_, {"Så går vi til sagen om hallen."});
    relate(*store_);
    EXPECT_TRUE(passage("sagen om hallen").passage.headings.empty());
    // The other way round is fine: the council may see what the public sees.
    papers_ = source("moeder", SourceKind::meetings, "public");
    const auto internal = source("intern", SourceKind::video, "council");
    put(video_, "video", {});
    recording(internal, {"Så går vi til sagen om hallen."});
    relate(*store_);
    EXPECT_EQ(passage("sagen om hallen").passage.headings.size(), 1U);
}

TEST_F(RelateTest, OtherMeetingsOfTheDayAreOthers) {
    agenda();
    ParsedDocument other =
        document("https://by.example/x", MeetingPaper::referat,
                 {"3", "Ny idrætshal", "24/1", "At hallen bygges i 2027.", "", "Anbefales."});
    other.meeting->body = "Økonomiudvalget";
    put(papers_, "oeu", {other});
    relate(*store_);
    EXPECT_TRUE(holds(found(), "https://by.example/d#3 At hallen bygges"));
}

TEST(ToldByBoth, OnlyTheSameWordsUnderTheSameKindOfSection) {
    const auto passage = [](PassageId id, Section section, const std::string& text) {
        StoredPassage out;
        out.id = id;
        out.passage.section = section;
        out.passage.text = text;
        return out;
    };
    const std::vector<StoredPassage> minutes{
        passage(1, Section::indstilling, "At hallen bygges."),
        passage(2, Section::indstilling, "At den males.\n- rød"),
        passage(3, Section::beslutning, "Vedtaget.")};
    EXPECT_EQ(told_by_both({passage(11, Section::indstilling, "At hallen bygges. At den males."),
                            passage(12, Section::indstilling, "At hallen bygge"),
                            passage(13, Section::text, "Vedtaget."),
                            passage(14, Section::indstilling, "rød")},
                           minutes),
              (std::vector<PassageId>{11, 14}));
}

}  // namespace
}  // namespace raadbot::ingest
