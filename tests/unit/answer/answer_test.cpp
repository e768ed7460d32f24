#include "retrieval/answer/answer.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/meetings.hpp"
#include "retrieval/answer/passage_view.hpp"
#include "retrieval/answer/term_set.hpp"

namespace raadbot::answer {
namespace {

StoredPassage passage(PassageId id, std::string text, std::string document = "d") {
    StoredPassage p;
    p.id = id;
    p.document = DocumentId{std::move(document)};
    p.source = SourceId{"s"};
    p.url = "https://x.example/" + p.document.value;
    p.passage.text = std::move(text);
    return p;
}

StoredPassage decision(PassageId id, std::string body, Date date, std::string text,
                       MeetingPaper paper = MeetingPaper::referat) {
    StoredPassage p = passage(id, std::move(text), "d" + std::to_string(id));
    p.passage.section = Section::beslutning;
    p.meeting = MeetingInfo{std::move(body), date, paper, "4", "24/1", "https://x.example/m"};
    return p;
}

Date day(int y, unsigned m, unsigned d) {
    return Date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

TEST(Sentence, ReadsAsItsCitedSpanDoes) {
    SourceCard card;
    card.number = 1;
    card.passage = passage(1, "Taletiden er 5 minutter. Der er ingen pauser.");
    const Sentence sentence = Sentence::quote(card, 0, 24);
    EXPECT_EQ(sentence.text(), "Taletiden er 5 minutter.");
    ASSERT_EQ(sentence.citations().size(), 1U);
    const Citation citation = sentence.citations().front();
    EXPECT_EQ(card.passage.passage.text.substr(citation.begin, citation.end - citation.begin),
              sentence.text());
}

TEST(Sentence, CannotBeMadeFromASpanOutsideThePassage) {
    SourceCard card;
    card.passage = passage(1, "Kort.");
    EXPECT_THROW(static_cast<void>(Sentence::quote(card, 0, 99)), std::logic_error);
    EXPECT_THROW(static_cast<void>(Sentence::quote(card, 3, 3)), std::logic_error);
}

TEST(Sentence, DropsTheListMarkerButCitesTheWordsThemselves) {
    SourceCard card;
    card.number = 2;
    card.passage = passage(1, "- Lån af tablet");
    const Sentence item = Sentence::quote(card, 0, card.passage.passage.text.size());
    EXPECT_TRUE(item.is_list_item());
    EXPECT_EQ(item.text(), "Lån af tablet");
    EXPECT_EQ(item.citations().front().begin, 2U);
}

TEST(QuotableSpans, KeepsAMarkerWithWhatItNumbers) {
    const std::string text = "- 4. Godkendelse af referat\n- 5. Budget 2027";
    const auto spans = quotable_spans(text);
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(text.substr(spans[0].begin, spans[0].end - spans[0].begin),
              "- 4. Godkendelse af referat");
}

TEST(Facts, TellWhatKindOfFactASentenceHolds) {
    struct Row {
        const char* text;
        bool Facts::*fact;
    };
    for (const Row& row : {Row{"Prisen er 4.310 kr. om måneden.", &Facts::money},
                           Row{"Mødet begynder kl. 17.00.", &Facts::time},
                           Row{"Dag: Mandag; Åbent: 10-15", &Facts::time},
                           Row{"Fristen er den 3. marts 2026.", &Facts::date},
                           Row{"Planen er i høring i 8 uger.", &Facts::duration},
                           Row{"Formand er Birgitte Holm.", &Facts::person},
                           Row{"Skriv til it@lunby.example.", &Facts::contact},
                           Row{"Broen ejes af Sundforbindelsen I/S.", &Facts::name},
                           Row{"Maling afleveres i skuret.", &Facts::place},
                           Row{"Det følger af § 14.", &Facts::rule},
                           Row{"En tilsynskonsulent kommer på besøg.", &Facts::office},
                           Row{"Imod stemte: F, i alt 9.", &Facts::vote}}) {
        EXPECT_TRUE(facts_of(row.text).*row.fact) << row.text;
    }
    // Digits of a phone are no days, a column's label is no name.
    EXPECT_FALSE(facts_of("Ring på 78 44 03 10, hverdage kl. 9-12.").duration);
    EXPECT_TRUE(facts_of("Kurset er gratis for alle.").free);
    EXPECT_TRUE(facts_of("Lånet sker uden beregning.").free);
    EXPECT_FALSE(facts_of("Lånet sker uden kaution.").free);
    EXPECT_FALSE(facts_of("Kurset er gratis for alle.").money);
    EXPECT_TRUE(facts_of("Det tager 10 hverdage.").duration);
    EXPECT_FALSE(facts_of("En licens koster 300 kr. om året.").duration);
    EXPECT_FALSE(facts_of("Ventetiden er 8-10 år.").counted);
    EXPECT_FALSE(facts_of("Planen åbner for huse i indtil 14 meters højde.").deadline);
    EXPECT_FALSE(facts_of("Puljen søges af beboere inden for 4 km.").deadline);
    EXPECT_TRUE(facts_of("Svar gives inden for 4 uger.").deadline);
    EXPECT_TRUE(facts_of("Lægen kommer den første onsdag i måneden.").recurs);
    EXPECT_TRUE(facts_of("Teamet mødes hver anden tirsdag.").recurs);
    EXPECT_FALSE(facts_of("Mødet er tirsdag den 5. maj.").recurs);
    EXPECT_TRUE(facts_of("Carsten Friis (V) undlod.").vote);
    EXPECT_TRUE(facts_of("Lis Thygesen (C) blev valgt.").person);
    EXPECT_FALSE(facts_of("Ret: Suppe; Udbragt: 78 kr.; Hentet: 69 kr.").name);
    EXPECT_TRUE(facts_of("Prisen i 2026 er 40 kr.").only_year);
    EXPECT_FALSE(facts_of("Prisen fra 1. maj 2026 er 40 kr.").only_year);
    EXPECT_FALSE(facts_of("Skole: Lunby Skole; Klassetrin: 0.-6.").counted);
    EXPECT_FALSE(facts_of("Her underviser Sprogcenter Lunby 31 hold.").person);
    EXPECT_TRUE(facts_of("Udskrivningsprocenten for 2026 er 26,1.").percent);
    EXPECT_TRUE(facts_of("Den, der ønsker ordet, trykker på den blå knap.").means);
    const Facts none = facts_of("Det er sådan, det er.");
    EXPECT_FALSE(none.money || none.time || none.person || none.contact || none.rule || none.vote);
}

TEST(NearDuplicate, SeesDagsordenAndReferatAsOne) {
    EXPECT_TRUE(near_duplicate("Der gives anlægsbevilling på 11,2 mio. kr. til cykelstien.",
                               "Der gives en anlægsbevilling på 11,2 mio. kr. til cykelstien."));
    EXPECT_FALSE(near_duplicate("Vedtaget.", "Udsat til næste møde."));
}

TEST(ProofBuilder, CitesTwiceInsteadOfSayingTwice) {
    ProofBuilder builder;
    EXPECT_TRUE(builder.quote(passage(1, "Planen er vedtaget.", "a"), {0, 19}));
    EXPECT_FALSE(builder.quote(passage(2, "Planen er vedtaget.", "b"), {0, 19}));
    ASSERT_EQ(builder.size(), 1U);
    EXPECT_EQ(builder.proof().sentences.front().citations().size(), 2U);
}

TEST(ProofBuilder, SaysAFactOnceWhateverWordsStandAround) {
    const std::string bare = "Det svarer til 9.350 kr. om måneden før skat.";
    const std::string full =
        "For medlemmer svarer det faste vederlag til 9.350 kr. om måneden før skat.";
    const std::string other = "Det svarer til 8.100 kr. om måneden før skat.";
    ProofBuilder builder;
    EXPECT_TRUE(builder.quote(passage(1, bare, "a"), {0, bare.size()}));
    EXPECT_FALSE(builder.quote(passage(2, full, "b"), {0, full.size()}));
    EXPECT_TRUE(builder.quote(passage(3, other, "c"), {0, other.size()}));
    EXPECT_EQ(builder.size(), 2U);
}

TEST(ProofBuilder, CutsWhatLeadsOnToTheNextItem) {
    const std::string item = "- at der gives en bevilling på 2 mio. kr., og";
    ProofBuilder builder;
    builder.quote(passage(1, item, "a"), {0, item.size()});
    EXPECT_EQ(builder.proof().sentences.front().text(), "at der gives en bevilling på 2 mio. kr.");
}

TEST(ProofBuilder, ShowsAtMostFiveCards) {
    ProofBuilder builder;
    for (PassageId id = 1; id <= 9; ++id) {
        const std::string text =
            "Punkt nummer " + std::to_string(id * 1000) + " blev godkendt uden debat.";
        builder.quote(passage(id, text, std::to_string(id)), {0, text.size()});
    }
    EXPECT_EQ(builder.proof().cards.size(), ProofBuilder::max_cards);
}

TEST(Decisions, TakeTheDecidingMeetingsOwnMinutes) {
    StoredPassage retold = decision(2, "Byrådet", day(2025, 2, 25), "Anbefales.");
    retold.passage.decided_by = "Økonomiudvalget";
    retold.passage.decided_on = day(2025, 1, 22);
    const auto decisions =
        decisions_of({decision(1, "Økonomiudvalget", day(2025, 1, 22), "Anbefales."), retold,
                      decision(3, "Byrådet", day(2025, 2, 25), "Godkendt.")});
    ASSERT_EQ(decisions.size(), 2U);
    EXPECT_EQ(decisions[0].body, "Økonomiudvalget");
    EXPECT_EQ(decisions[0].passages.front().id, 1U);
    EXPECT_EQ(decisions[1].passages.front().id, 3U);
}

TEST(Decisions, NeverComeFromAnAgenda) {
    EXPECT_TRUE(decisions_of({decision(1, "Byrådet", day(2027, 1, 26), "Godkendt.",
                                       MeetingPaper::dagsorden)})
                    .empty());
}

TEST(Decisions, KnowWhatIsPutOffOrWithheld) {
    const auto decisions =
        decisions_of({decision(1, "Byrådet", day(2024, 10, 1), "Udsat til næste møde."),
                      decision(2, "Byrådet", day(2024, 11, 1), "Beslutning ikke frigivet."),
                      decision(3, "Byrådet", day(2024, 12, 1),
                               "Oversendt til fornyet behandling i Teknikudvalget."),
                      decision(4, "Byrådet", day(2025, 1, 1), "Godkendt.")});
    ASSERT_EQ(decisions.size(), 4U);
    EXPECT_TRUE(decisions[0].postponed);
    EXPECT_TRUE(decisions[1].withheld);
    EXPECT_TRUE(decisions[2].postponed) << "what is sent on is not settled";
    EXPECT_FALSE(decisions[3].postponed);
}

TEST(Scope, FindsTheLastHeldAndTheNextMeeting) {
    const auto meeting = [](Date date, MeetingPaper paper) {
        return store::Store::Meeting{{}, {}, {}, "Byrådet", date, paper, {}};
    };
    const std::vector<store::Store::Meeting> meetings{
        meeting(day(2026, 9, 29), MeetingPaper::referat),
        meeting(day(2026, 10, 27), MeetingPaper::referat),
        meeting(day(2026, 11, 24), MeetingPaper::dagsorden)};
    QuestionView question;
    question.bodies = {"byråd"};
    question.dates = {danish::DateMention{danish::DateReference::last_held, {}, {}, 0, 0, 0}};
    EXPECT_EQ(resolve_scope(question, meetings, day(2026, 11, 23)).first, day(2026, 10, 27));
    question.dates.front().reference = danish::DateReference::next;
    EXPECT_EQ(resolve_scope(question, meetings, day(2026, 11, 23)).first, day(2026, 11, 24));
    EXPECT_TRUE(resolve_scope(question, meetings, day(2027, 11, 23)).unmet);
}

}  // namespace
}  // namespace raadbot::answer
