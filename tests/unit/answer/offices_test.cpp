#include "retrieval/answer/offices.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace raadbot::answer {
namespace {

Date day(int y, unsigned m, unsigned d) {
    return Date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

StoredPassage page(std::string text, std::string title = "Kommunen") {
    StoredPassage p;
    p.title = std::move(title);
    p.updated = day(2026, 5, 1);
    p.passage.text = std::move(text);
    return p;
}

const std::vector<std::string> known{"Vej- og Havneudvalget", "Ungeudvalget", "Økonomiudvalget"};

std::vector<std::string> holders(const std::string& question, const StoredPassage& p) {
    const auto office = office_asked(question, known);
    std::vector<std::string> names;
    if (!office) return names;
    for (const Holder& holder : holders_of(*office, {p}, known)) names.push_back(holder.name);
    return names;
}

using Names = std::vector<std::string>;

TEST(Offices, AreReadFromEveryUsualWayToPrintThem) {
    const std::string mayor = "hvad sagde borgmesteren om broen";
    for (const char* text :
         {"Borgmester Åse Lind (K) åbnede broen.", "Borgmesteren er Åse Lind.",
          "Åse Lind (K), borgmester", "Åse Lind (K) er borgmester i Lunby.",
          "Åse Lind blev valgt til borgmester.", "Navn: Åse Lind; Post: Borgmester; Parti: K",
          "Borgmester: Åse Lind; Viceborgmester: Bo Dam"}) {
        EXPECT_EQ(holders(mayor, page(text)), Names{"Åse Lind"}) << text;
    }
    for (const char* text :
         {"Tidligere borgmester Åse Lind fik ordet.", "Åse Lind er viceborgmester.",
          "Åse Lind talte med borgmesteren.", "Borgmesteren var fraværende. Åse Lind kom."}) {
        EXPECT_EQ(holders(mayor, page(text)), Names{}) << text;
    }
}

TEST(Offices, ARowSaysForWhenByItsOwnYears) {
    const StoredPassage p = page(
        "Periode: 2018-2025; Borgmester: Bo Dam; Liste: V\n"
        "Periode: 2026-; Borgmester: Åse Lind; Liste: K");
    const auto office = office_asked("hvem er borgmester", known, OfficeForm::any);
    ASSERT_TRUE(office);
    Names now;
    Names then;
    for (const Holder& holder : holders_of(*office, {p}, known)) {
        if (holder.on(day(2026, 5, 1))) now.push_back(holder.name);
        if (holder.on(day(2020, 5, 1))) then.push_back(holder.name);
    }
    EXPECT_EQ(now, Names{"Åse Lind"});
    EXPECT_EQ(then, Names{"Bo Dam"});
}

TEST(Offices, AChairIsOfTheBodyThatIsAsked) {
    const std::string chair = "hvad mente formanden for havneudvalget om broen";
    EXPECT_EQ(holders(chair, page("Udvalg: Vej- og Havneudvalget; Formand: Bo Dam (V)\n"
                                  "Udvalg: Ungeudvalget; Formand: Ida Mose (A)")),
              Names{"Bo Dam"});
    EXPECT_EQ(holders(chair, page("- Vej- og Havneudvalget: 7 medlemmer, formand Bo Dam (V)\n"
                                  "- Ungeudvalget: 5 medlemmer, formand Ida Mose (A)")),
              Names{"Bo Dam"});
    EXPECT_EQ(holders(chair, page("Formand for Vej- og Havneudvalget er Bo Dam.")),
              Names{"Bo Dam"});
    EXPECT_EQ(holders(chair, page("Navn: Bo Dam; Post: Formand\nNavn: Ida Mose; Post: Medlem",
                                  "Vej- og Havneudvalget")),
              Names{"Bo Dam"});
    EXPECT_EQ(holders(chair, page("Formand for Ungeudvalget er Ida Mose.")), Names{});
    EXPECT_EQ(
        holders("hvad sagde ungeudvalgets formand", page("Formand for Ungeudvalget er Ida Mose.")),
        Names{"Ida Mose"});
    EXPECT_EQ(
        holders("hvad sagde formanden for Jagtrådet", page("Formand for Jagtrådet er Ole Krat.")),
        Names{"Ole Krat"});
}

TEST(Offices, AFieldMayBeACommitteesNameSaidInOneWord) {
    const StoredPassage p = page("Udvalg: By- og Planudvalget; Formand: Bo Dam (V)");
    EXPECT_EQ(holders("hvad sagde formanden for byplan om broen", p), Names{"Bo Dam"});
    EXPECT_EQ(holders("hvad sagde formanden for byfornyelse om broen", p), Names{});
}

TEST(Offices, NeedTheDefiniteFormAndWhatIsChaired) {
    EXPECT_FALSE(office_asked("hvad tjener en borgmester", known));
    EXPECT_FALSE(office_asked("hvad sagde den tidligere borgmester om broen", known));
    EXPECT_FALSE(office_asked("hvad sagde formanden om broen", known));
    EXPECT_TRUE(office_asked("what did the mayor say about the bridge", known));
}

TEST(Holders, HoldAnOfficeForTheTermThatThePlaceTellsOf) {
    const auto office = office_asked("hvad sagde borgmesteren", known);
    ASSERT_TRUE(office);
    const auto of = [&](const StoredPassage& p) { return holders_of(*office, {p}, known).front(); };
    const Holder now = of(page("Borgmester Åse Lind åbnede broen."));
    EXPECT_TRUE(now.on(day(2029, 12, 31)));
    EXPECT_FALSE(now.on(day(2025, 10, 7))) << "the page is of the next term";
    const Holder told = of(page("Borgmester Åse Lind åbnede broen.", "Byrådet 2022-2025"));
    EXPECT_TRUE(told.on(day(2025, 10, 7)));
    EXPECT_FALSE(told.on(day(2026, 1, 1)));

    StoredPassage elected = page("Åse Lind blev valgt til borgmester.");
    elected.meeting = MeetingInfo{"Byrådet", day(2025, 12, 3), MeetingPaper::referat, "1", "", ""};
    EXPECT_TRUE(of(elected).on(day(2026, 10, 7)));
    EXPECT_FALSE(of(elected).on(day(2025, 10, 7)));
    StoredPassage written = page("Borgmester Åse Lind åbnede broen.");
    written.updated = day(2025, 12, 10);
    EXPECT_FALSE(of(written).on(day(2025, 10, 7))) << "written of the council to come";
}

TEST(CouncilTerm, RunsForFourYears) {
    EXPECT_EQ(council_term(day(2026, 1, 1)).last, day(2029, 12, 31));
    EXPECT_EQ(council_term(day(2025, 12, 31)).first, day(2022, 1, 1));
    EXPECT_EQ(council_term(day(2021, 6, 1)).first, day(2018, 1, 1));
}

}  // namespace
}  // namespace raadbot::answer
