// Which item a recording has come to: by number, by what is said, by case number, by order.
#include "retrieval/ingest/spoken_items.hpp"

#include <gtest/gtest.h>

#include <string>

namespace raadbot::ingest {
namespace {

using Turns = std::vector<HeardTurn>;

const std::vector<AgendaItem> agenda{{"1", "Godkendelse af dagsorden", ""},
                                     {"2", "Anlægsbevilling til ny idrætshal i Lunde", "24/1187"},
                                     {"3", "Lukketid for Sankt Hans-bålet", "24/1190"},
                                     {"4", "Helhedsplan for havnen", "24/1201"},
                                     {"5", "Valg til Huslejenævnet", "24/1300"}};

/// "-" where no item is spoken of, numbers of items otherwise, joined by "+" within a turn.
std::string heard(const Turns& turns, const std::vector<AgendaItem>& items = agenda) {
    std::string out;
    for (const auto& one : items_spoken_of(turns, items)) {
        out += out.empty() ? "" : " ";
        std::string numbers;
        for (const std::size_t item : one)
            numbers += (numbers.empty() ? "" : "+") + items[item].number;
        out += numbers.empty() ? "-" : numbers;
    }
    return out;
}

HeardTurn chair(const std::string& text) { return {"", "Lone Hav", text}; }
HeardTurn member(const std::string& text) { return {"", "Bo Krog", text}; }

TEST(SpokenItems, AreKnownByWhatIsSaidWithoutAnyNumber) {
    EXPECT_EQ(
        heard({chair("Velkommen til byrådets møde i aften."),
               chair("Vi starter med dagsordenen. Er der bemærkninger? Den er godkendt."),
               chair("Så går vi til sagen om hallen. Værsgo, Bo."),
               member("Tak for ordet. Jeg synes, at pengene er givet godt ud."),
               member("Det ligger tæt på havnen, og det er dyrt at holde bålet."),
               chair("Tak. Så er vi ved Sankt Hans og lukketiden."),
               member("Den skal være klokken 23."), chair("Det næste er helhedsplanen for havnen."),
               chair("Så kommer vi til valget af huslejenævn.")}),
        "- 1 2 2 2 3 3 4 5");
}

TEST(SpokenItems, ACompoundIsKnownByItsLastPartAndAWholeByItsForms) {
    EXPECT_EQ(heard({chair("Så går vi videre til hallen.")}), "2");
    EXPECT_EQ(heard({chair("Og så er det havnene.")}), "4");
    EXPECT_EQ(heard({chair("Så går vi til afstemning om hallen.")}), "-") << "announces nothing";
}

TEST(SpokenItems, AreKnownByNumberAndCaseNumber) {
    EXPECT_EQ(heard({chair("Godkendt. Punkt to."), member("Ja tak."),
                     chair("Punkt nummer 4, værsgo."), chair("Sag 24/1300. Der er to navne.")}),
              "2 2 4 5");
}

TEST(SpokenItems, AWrongNumberGivesWayToTheWords) {
    // The machine heard "to" for "tre".
    EXPECT_EQ(heard({chair("Punkt et, dagsordenen."),
                     chair("Punkt to er lukketiden for Sankt Hans-bålet."),
                     chair("Punkt fire er havnen.")}),
              "1 3 4");
}

TEST(SpokenItems, NextFillsAGapAndNothingElse) {
    EXPECT_EQ(heard({chair("Punkt et."), chair("Godkendt. Næste punkt."), chair("Punkt tre.")}),
              "1 2 3");
    EXPECT_EQ(heard({member("Det næste punkt bliver spændende.")}), "-");
}

TEST(SpokenItems, WhoeverMentionsAnotherItemInTheDebateAnnouncesNone) {
    EXPECT_EQ(heard({chair("Punkt to, idrætshallen."),
                     member("Så er det jo også sådan, at havnen får sin plan i næste måned."),
                     member("Vi kommer til at tale om huslejenævnet senere."),
                     chair("Punkt tre, Sankt Hans."), chair("Punkt fire, havnen.")}),
              "2 2 2 3 4");
}

TEST(SpokenItems, SeveralInOneTurnAreAllThere) {
    EXPECT_EQ(heard({chair("Punkt 3, Sankt Hans-bålet, godkendt. Punkt 4, havnen, godkendt."),
                     chair("Punkt 5.")}),
              "3+4 5");
}

TEST(SpokenItems, MarksOfTheCaptionsCount) {
    EXPECT_EQ(heard({{"Punkt 2: Ny idrætshal", "", "Ordet er frit."},
                     {"Punkt 2: Ny idrætshal", "", "Tak."},
                     {"Punkt 4: Havnen", "", "Velkommen tilbage."}}),
              "2 2 4");
}

TEST(SpokenItems, TheClosedPartIsNoItems) {
    EXPECT_EQ(heard({chair("Punkt fem, valget."), chair("Så lukker vi for udsendelsen."),
                     member("Er den slukket?")}),
              "5 5 -");
}

TEST(SpokenItems, AnItemThatThePapersLackEndsTheOneBefore) {
    EXPECT_EQ(heard({chair("Punkt 4 er helhedsplanen for havnen."), member("Den er god."),
                     chair("Punkt 9 er taksterne."), member("De er for høje.")}),
              "4 4 - -");
}

TEST(SpokenItems, NothingIsMadeUp) {
    EXPECT_EQ(heard({}), "");
    EXPECT_EQ(heard({chair("Punkt to.")}, {}), "-");
    EXPECT_EQ(heard({chair("Godaften."), member("Tak."), chair("Så skal vi snart hjem.")}),
              "- - -");
}

}  // namespace
}  // namespace raadbot::ingest
