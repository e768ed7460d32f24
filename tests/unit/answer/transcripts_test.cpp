#include "retrieval/answer/transcripts.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "retrieval/answer/parties.hpp"
#include "retrieval/answer/table_rows.hpp"

namespace raadbot::answer {
namespace {

std::vector<SpokenTurn> recording(const std::vector<std::pair<std::string, std::string>>& turns,
                                  const std::vector<std::string>& chapters = {}) {
    std::vector<StoredPassage> document;
    for (const auto& [speaker, text] : turns) {
        StoredPassage p;
        p.passage.section = Section::tale;
        p.passage.speaker = speaker;
        p.passage.text = text;
        if (document.size() < chapters.size()) p.passage.headings = {chapters[document.size()]};
        document.push_back(std::move(p));
    }
    return turns_of(std::move(document));
}

TEST(Transcripts, PartAMeetingWhereAnItemIsCalledUp) {
    const auto turns = recording({{"Åse Lind", "Velkommen. Punkt 1 er broen over åen."},
                                  {"Bo Dam", "Den er for dyr."},
                                  {"Åse Lind", "Broen er vedtaget. Så går vi videre til havnen."},
                                  {"Bo Dam", "Den er for lille."}});
    ASSERT_EQ(turns.size(), 6U) << "who calls an item up ends the one before";
    EXPECT_EQ(turns[3].passage.passage.text.substr(0, turns[3].part.end), "Broen er vedtaget. ");
    EXPECT_EQ(turns[3].item, turns[2].item);
    EXPECT_TRUE(turns[4].calls_up);
    EXPECT_GT(turns[2].called_up.strength("bro"), 0.9F);
    EXPECT_GT(turns[5].called_up.strength("havn"), 0.9F);
    EXPECT_EQ(turns[5].called_up.strength("bro"), 0.0F);
    EXPECT_EQ(turns[5].around.strength("bro"), 0.0F) << "said at the end of the item before";
    EXPECT_GT(turns[2].around.strength("vedtage"), 0.0F);
    EXPECT_NE(turns[2].item, turns[5].item);
}

TEST(Transcripts, TakeAnItemsNameFromItsChapter) {
    const auto turns = recording({{"Åse Lind", "Så tager vi den."}, {"Bo Dam", "Nej tak."}},
                                 {"Punkt 7: Legepladsen", "Punkt 7: Legepladsen"});
    EXPECT_GT(turns[1].called_up.strength("legeplads"), 0.9F);
}

TEST(Transcripts, WhatTheChairSaysBesideIsNoItemsName) {
    const auto turns = recording({{"Åse Lind",
                                   "Punkt seks er mødeplanen for næste år. Budgettet har to ekstra "
                                   "møder."}});
    ASSERT_EQ(turns.size(), 1U);
    EXPECT_GT(turns[0].called_up.strength("budget"), 0.9F);
    EXPECT_EQ(turns[0].item_name.strength("budget"), 0.0F);
    EXPECT_GT(turns[0].item_name.strength("mødeplan"), 0.9F);
}

TEST(Transcripts, AMentionOfAnItemCallsNothingUp) {
    EXPECT_EQ(call_in("Du sagde under punkt 4, at det var for dyrt."), std::string::npos);
    EXPECT_EQ(call_in("Så går vi til afstemning. Vi er nået til afstemning."), std::string::npos);
    EXPECT_EQ(call_in("Punkt 1, godkendt. Punkt 2 er havnen."), 19U) << "the last one counts";
    EXPECT_EQ(call_in("Når vi kommer til sommer, er den væk. Vi kommer til at betale."),
              std::string::npos);
    EXPECT_EQ(call_in("Vi er ved at være færdige. Vi er på vej."), std::string::npos);
}

TEST(Transcripts, AnItemIsCalledUpInManyWords) {
    for (const char* call :
         {"Så når vi til skolen i Lind.", "Næste sag er regulativet for åen.",
          "Så er vi nået frem til havnen.", "Den næste sag er broen.", "Nu er vi ved broen.",
          "Så tager vi fat på havnen.", "Dermed går vi over til skolen.", "Vi tager nu broen."}) {
        EXPECT_EQ(call_in(call), 0U) << call;
    }
}

TEST(Transcripts, TheMayorIsWhomTheOthersCallSo) {
    EXPECT_EQ(mayor_in(recording({{"Åse Lind", "Punkt 2 er havnen."},
                                  {"Bo Dam", "Tak, borgmester. Den er for lille."}})),
              "Åse Lind");
    EXPECT_EQ(mayor_in(recording({{"Åse Lind", "Det mener jeg også."},
                                  {"Bo Dam", "Tak, borgmester. Den er for lille."}})),
              "")
        << "who calls nothing up is no chair";
}

TEST(Transcripts, TheChairIsWhoCallsUpAllItems) {
    EXPECT_EQ(chair_in(recording({{"Åse Lind", "Punkt 1 er havnen."},
                                  {"Bo Dam", "Den er for lille."},
                                  {"Åse Lind", "Punkt 2 er broen."}})),
              "Åse Lind");
    EXPECT_EQ(chair_in(recording({{"Åse Lind", "Punkt 1 er havnen."},
                                  {"Bo Dam", "Jeg tager over. Punkt 2 er broen."}})),
              "")
        << "two have chaired";
    EXPECT_EQ(chair_in(recording({{"Åse Lind", "Punkt 1 er havnen."}})), "") << "too little";
}

TEST(PartyAsked, KnowsNationalPartiesLettersAndLists) {
    EXPECT_EQ(party_asked("hvad sagde Venstre om broen")->letter, "V");
    EXPECT_EQ(party_asked("hvad mener Radikale Venstre")->letter, "B");
    EXPECT_EQ(party_asked("hvad sagde Æ om broen")->letter, "Æ");
    EXPECT_EQ(party_asked("what did the Social Democrats say about the bridge")->letter, "A");
    EXPECT_EQ(party_asked("hvad sagde Fjordlistens ordfører")->names.front(), "fjordlisten");
    EXPECT_FALSE(party_asked("hvad sagde de om ventelisten"));
    EXPECT_FALSE(party_asked("skal man dreje til venstre ved broen"));
}

TEST(PartyAsked, IsNamedByWordsOfItsOwn) {
    const auto party = party_asked("hvad foreslog LA om broen");
    ASSERT_TRUE(party);
    EXPECT_TRUE(names_party(*party, "Liberal Alliance foreslog en lavere takst."));
    EXPECT_FALSE(names_party(*party, "Planen blev foreslået ændret."));
}

TEST(Cells, AreReadFromARow) {
    const std::string text = "Sæson\nVoksne; Pris: 40 kr.; Tid: mandag; også i juli";
    const auto lines = lines_of(text);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_TRUE(cells_of(text, lines[0]).empty());
    const auto cells = cells_of(text, lines[1]);
    ASSERT_EQ(cells.size(), 3U);
    EXPECT_EQ(part(text, cells[0].value), "Voksne");
    EXPECT_EQ(part(text, cells[1].heading), "Pris");
    EXPECT_EQ(part(text, cells[2].value), "mandag; også i juli");
    EXPECT_EQ(part(text, cells[1].whole()), "Pris: 40 kr.");
}

TEST(Parties, AreListedWithTheirMembers) {
    const auto party = party_asked("hvad mente Enhedslisten om broen");
    ASSERT_TRUE(party);
    const auto under = [&](std::string_view text) {
        return listed_under(*party, text, text.find("Bo Dam"));
    };
    EXPECT_TRUE(
        under("Venstre (V): 3 mandater. Gruppeformand Åse Lind\n"
              "Enhedslisten (Ø): 2 mandater. Gruppeformand Bo Dam"));
    EXPECT_FALSE(under("Enhedslisten (Ø): Åse Lind\nVenstre (V): Bo Dam"));
    EXPECT_FALSE(under("Enhedslisten: Åse Lind. Venstre: Bo Dam"));
    EXPECT_FALSE(under("Bo Dam talte med Enhedslisten."));
}

}  // namespace
}  // namespace raadbot::answer
