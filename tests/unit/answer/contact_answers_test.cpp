#include "retrieval/answer/contact_answers.hpp"
#include "retrieval/answer/roles.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace raadbot::answer {
namespace {

constexpr Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}};

Aspect thing(std::string word) {
    Aspect aspect;
    aspect.surface = aspect.lemma = word;
    aspect.kind = danish::Morphology::Kind::noun;
    aspect.alternatives.push_back({{std::move(word)}, 1.0F});
    return aspect;
}

Candidate page(PassageId id, std::string text) {
    StoredPassage p;
    p.id = id;
    p.document = DocumentId{std::to_string(id)};
    p.title = "Kontakt";
    p.passage.text = std::move(text);
    return {std::make_shared<const PassageView>(make_view(std::move(p))), 1.0F, true};
}

std::string told(const std::string& text, bool phone, std::vector<Aspect> aspects) {
    QuestionView question;
    question.text = text;
    question.contact = true;
    question.phone = phone;
    question.aspects = std::move(aspects);
    const std::vector<Candidate> pages{
        page(1, "Sekretariatet sidder på 2. sal. Mødetelefonen er 99 00 10 11."),
        page(2, "Send det til sekretariatet, post@lunby.example, senest fredag."),
        page(3, "Ring til sekretariatet på 99 00 10 10."),
        page(4, "Enhed: Sekretariatet; Telefon: 99 00 10 10; Mail: sek@lunby.example"),
        page(5, "Spørg sekretariatet: sek@lunby.example."),
        page(6, "Vagten i sekretariatet har 99 00 10 19."),
        page(7, "Kommunens hovednummer er 99 00 10 00."),
        page(8, "Ring til kommunen på 99 00 10 70, hvis du ser rotter.")};
    assign_roles(question, pages);
    const auto proof = answer_from_contacts(question, weigh(question, pages, today));
    return proof ? std::string(proof->sentences.front().text()) : std::string();
}

TEST(ContactAnswers, AreTheNumberThatMostPlacesGive) {
    const std::string number =
        told("hvad er nummeret til sekretariatet", true, {thing("nummer"), thing("sekretariat")});
    EXPECT_NE(number.find("99 00 10 10"), std::string::npos) << number;
}

TEST(ContactAnswers, GiveAnAddressWhereOneIsAskedFor) {
    const std::string mail = told("hvad er mailadressen til sekretariatet", false,
                                  {thing("mailadresse"), thing("sekretariat")});
    EXPECT_NE(mail.find("sek@lunby.example"), std::string::npos) << mail;
}

TEST(ContactAnswers, OfTheMunicipalityAreItsMainNumber) {
    Aspect municipality = thing("kommune");
    municipality.light = true;
    const std::string number = told("hvad er kommunens telefonnummer", true, {municipality});
    EXPECT_EQ(number, "Kommunens hovednummer er 99 00 10 00.");
}

TEST(ContactAnswers, NameAllThatIsAskedForAndOnlyWhereAContactIs) {
    const Aspect whom = thing("sekretariat");
    EXPECT_EQ(told("nummeret til løn i sekretariatet", true, {thing("løn"), whom}), "");
    EXPECT_EQ(told("hvad laver sekretariatet", false, {whom}), "");
    EXPECT_EQ(told("hvad er nummeret", true, {thing("nummer")}), "");
}

}  // namespace
}  // namespace raadbot::answer
