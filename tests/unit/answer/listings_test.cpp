// Where the material lists what a question asks for, and that such a list is preferred to a
// sentence about the same things.
#include "retrieval/answer/listings.hpp"

#include <gtest/gtest.h>

#include "retrieval/answer/composer.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;

constexpr Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}};

/// A compound with its parts, as the question is read.
Aspect compound(const std::string& word, const std::vector<std::string>& parts) {
    Aspect a;
    a.surface = a.lemma = word;
    a.kind = danish::Morphology::Kind::noun;
    a.alternatives = {{{word}, 1.0F}, {parts, 0.85F}};
    for (const std::string& part : parts) a.alternatives.push_back({{part}, 0.42F});
    return a;
}

QuestionView asking_for(std::vector<Aspect> aspects) {
    QuestionView question;
    question.type = QuestionType::list;
    question.aspects = std::move(aspects);
    question.aspects.front().focus = true;
    return question;
}

StoredPassage page(std::string title, std::string heading, std::string text) {
    StoredPassage p;
    static PassageId id = 0;
    p.id = ++id;
    p.document = DocumentId{title};
    p.title = std::move(title);
    if (!heading.empty()) p.passage.headings = {std::move(heading)};
    p.passage.text = std::move(text);
    return p;
}

std::vector<PassageEvidence> weighed(const QuestionView& question,
                                     const std::vector<StoredPassage>& passages) {
    std::vector<Candidate> candidates;
    for (const StoredPassage& p : passages)
        candidates.push_back({std::make_shared<const PassageView>(make_view(p)), 1.0F, true});
    return weigh(question, candidates, today);
}

TEST(Listings, AHeadingMayNameTheThingMoreBroadly) {
    const QuestionView schools = asking_for({compound("folkeskole", {"folke", "skole"})});
    EXPECT_TRUE(calls_it(schools, "Skole"));
    EXPECT_TRUE(calls_it(schools, "Kommunens skoler"));
    EXPECT_FALSE(calls_it(schools, "Ferie"));
    const QuestionView works = asking_for({compound("anlægsprojekt", {"anlæg", "projekt"})});
    EXPECT_TRUE(calls_it(works, "Anlæg i 2027"));
    // What comes first in a compound is no kind of what it names.
    EXPECT_FALSE(calls_it(asking_for({compound("skoleleder", {"skole", "leder"})}), "Skole"));
}

TEST(Listings, RowsUnderTheColumnAskedFor) {
    const std::vector<StoredPassage> document{
        page("Skolestart", "", "Indskrivningen begynder i november."),
        page("Skolestart", "Skoler",
             "Skole: Engskolen; Leder: A\nSkole: Byskolen; Leder: B\nSkole: Åskolen; Leder: C")};
    const QuestionView question = asking_for({compound("folkeskole", {"folke", "skole"})});
    ASSERT_EQ(rows_listed(question, document).size(), 3U);
    EXPECT_EQ(rows_listed(question, document).front().passage, &document[1]);
    // The list must be about the rest of the question too.
    EXPECT_TRUE(rows_listed(asking_for({compound("folkeskole", {"folke", "skole"}),
                                        compound("svømmehal", {"svømme", "hal"})}),
                            document)
                    .empty());
}

TEST(Listings, ItemsUnderTheHeadingAskedFor) {
    const std::vector<StoredPassage> document{
        page("Parkering", "Licenser", "- Beboer, 360 kr.\n- Erhverv, 1.850 kr.\n- Læge, 90 kr."),
        page("Parkering", "Regler", "- Ikke på fortovet\n- Ikke i krydset\n- Ikke om natten")};
    const auto rows =
        rows_listed(asking_for({compound("parkeringslicens", {"parkering", "licens"})}), document);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows.front().passage, &document.front());
}

TEST(Listings, WhatIsSoughtByItsName) {
    QuestionView question = asking_for({compound("pas", {"pas"})});
    question.text = "hvad skal jeg have med når jeg bestiller pas";
    std::vector<StoredPassage> document{
        page("Borgerservice", "Tid", "Husk at bestille tid. Medbring kvittering for betalingen.")};
    EXPECT_EQ(sought_in(question, document).form, Sought::Form::sentence);
    document.push_back(page("Borgerservice", "Medbring", "Foto og pas skal med. Det er alt."));
    const Sought section = sought_in(question, document);
    EXPECT_EQ(section.form, Sought::Form::section);
    EXPECT_EQ(section.rows.size(), 2U);
    document.push_back(
        page("Borgerservice", "Byggeri", "Til byggesager vedlægges:\n- tegning\n- fuldmagt"));
    document.push_back(page("Borgerservice", "Rejser",
                            "Til pas vedlægges:\n- foto\n- det gamle\nDet koster 900 kr."));
    // Of two lists the one that is about the matter, and only the list.
    const Sought list = sought_in(question, document);
    EXPECT_EQ(list.form, Sought::Form::list);
    ASSERT_EQ(list.rows.size(), 3U);
    EXPECT_EQ(list.rows.front().passage, &document.back());
    question.text = "hvornår kan jeg bestille pas";
    EXPECT_EQ(sought_in(question, document).form, Sought::Form::nothing);
}

TEST(Listings, AreTheAnswerRatherThanASentenceOfAnotherPage) {
    QuestionView question = asking_for({compound("forening", {"for", "ening"})});
    question.aspects.push_back(compound("tilskud", {"til", "skud"}));
    const std::vector<StoredPassage> passages{
        page("Tilskud til foreninger", "", "Forening og tilskud drøftes: foreninger får tilskud."),
        page("Tilskud til foreninger 2027", "Fordeling",
             "Forening: Roklubben; Tilskud: 5 kr.\nForening: Koret; Tilskud: 6 kr.\n"
             "Forening: Spejderne; Tilskud: 7 kr.")};
    const auto ranked = weighed(question, passages);
    ASSERT_EQ(ranked.size(), 2U);
    const Proof proof = compose(question, ranked, today, [&](const DocumentId& id) {
        return std::vector<StoredPassage>{passages[id == passages[0].document ? 0 : 1]};
    });
    ASSERT_EQ(proof.sentences.size(), 3U);
    EXPECT_EQ(proof.sentences.front().text(), "Forening: Roklubben; Tilskud: 5 kr.");
}

TEST(Listings, OfTheMonthsAskedFor) {
    QuestionView question = asking_for({compound("aktivitet", {"aktivitet"})});
    question.text = "hvilke aktiviteter er der i december";
    question.dates = danish::find_dates(question.text, today);
    const MonthsAsked december(question, today);
    EXPECT_TRUE(december.within("Aktivitet: Fest; Dato: 15. december 2026"));
    EXPECT_TRUE(december.outside("Aktivitet: Tur; Dato: 20. januar 2027"));
    EXPECT_FALSE(december.outside("Aktivitet: Tur; Sted: Vejle"));
    const std::vector<StoredPassage> passages{
        page("Aktivitet", "Aktiviteter",
             "Aktivitet: Møde; Dato: 3. november 2026\nAktivitet: Fest; Dato: 15. december 2026\n"
             "Aktivitet: Tur; Dato: 20. januar 2027")};
    const auto ranked = weighed(question, passages);
    const auto compose_it = [&] {
        return compose(question, ranked, today, [&](const DocumentId&) { return passages; });
    };
    ASSERT_EQ(compose_it().sentences.size(), 1U);
    EXPECT_EQ(compose_it().sentences.front().text(), "Aktivitet: Fest; Dato: 15. december 2026");
    // With a year said, that year's.
    question.text = "hvilke aktiviteter er der i december 2025";
    question.dates = danish::find_dates(question.text, today);
    EXPECT_TRUE(MonthsAsked(question, today).outside("Dato: 15. december 2026"));
    question.dates.clear();
    EXPECT_EQ(compose_it().sentences.size(), 3U);
}

TEST(Listings, OfTwoPagesTheOneWhoseListAnswersBest) {
    const QuestionView question = asking_for({compound("folkeskole", {"folke", "skole"})});
    const std::string rows = "Skole: En; Elever: 5\nSkole: To; Elever: 6\nSkole: Tre; Elever: 7";
    const std::vector<StoredPassage> passages{
        page("Folkeskolen", "Folkeskolens formål", "Folkeskolen er en skole for alle."),
        page("Folkeskolen", "Priser", "En privat folkeskole er dyr.\n" + rows),
        page("Skoler", "Folkeskoler", rows)};
    const auto ranked = weighed(question, passages);
    ASSERT_EQ(ranked.front().view->stored.id, passages.front().id);
    const Proof proof = compose(question, ranked, today, [&](const DocumentId& id) {
        std::vector<StoredPassage> document;
        for (const StoredPassage& p : passages) {
            if (p.document == id) document.push_back(p);
        }
        return document;
    });
    ASSERT_EQ(proof.cards.size(), 1U);
    EXPECT_EQ(proof.cards.front().passage.title, "Skoler");
}

TEST(Listings, RatherThanTheLinksOfThePage) {
    const QuestionView question = asking_for({compound("skole", {"skole"})});
    const std::vector<StoredPassage> passages{
        page("Skole", "",
             "Der er tre skoler.\n- Børn og skole\n- Selvbetjening\nSkole: En; Elever: 5\n"
             "Skole: To; Elever: 6\nSkole: Tre; Elever: 7")};
    const Proof proof = compose(question, weighed(question, passages), today,
                                [&](const DocumentId&) { return passages; });
    const auto said = [&](std::string_view text) {
        return std::any_of(proof.sentences.begin(), proof.sentences.end(),
                           [&](const Sentence& s) { return s.text() == text; });
    };
    EXPECT_TRUE(said("Skole: Tre; Elever: 7"));
    EXPECT_FALSE(said("- Selvbetjening"));
}

TEST(Listings, NoItemIsMeantMoreThanTheOthers) {
    QuestionView question = asking_for({compound("sporvogn", {"spor", "vogn"})});
    const std::vector<StoredPassage> passages{
        page("Sporvogn", "Stop",
             "- Torvet\n- Havnen\n- Skolen\n- Banegården\n- Parken\n- Kirken\n- Broen")};
    const auto sentences = [&] {
        return compose(question, weighed(question, passages), today,
                       [&](const DocumentId&) { return passages; })
            .sentences.size();
    };
    question.type = QuestionType::unknown;
    EXPECT_EQ(sentences(), 7U);
    question.type = QuestionType::where;
    EXPECT_EQ(sentences(), 7U);
    // A fact stands in one of them.
    question.type = QuestionType::how_much;
    EXPECT_LE(sentences(), 5U);
}

TEST(Listings, RunningTextTellsAListSentenceBySentence) {
    const QuestionView question = asking_for({compound("sprog", {"sprog"})});
    const std::vector<StoredPassage> passages{
        page("Sprog i caféen", "", "Caféen taler sprog om tirsdagen. De er polsk, urdu og dansk.")};
    const Proof proof = compose(question, weighed(question, passages), today,
                                [&](const DocumentId&) { return passages; });
    EXPECT_EQ(proof.sentences.size(), 2U);
}

}  // namespace
}  // namespace raadbot::answer
