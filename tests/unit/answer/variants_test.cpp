#include "retrieval/answer/variants.hpp"

#include <gtest/gtest.h>

namespace raadbot::answer {
namespace {

bool another(const std::string& text, const std::string& sentence) {
    QuestionView question;
    question.text = text;
    question.type = danish::question_type(text);
    question.money = text.find("koster") != std::string::npos;
    return tells_another(variants_asked(question), sentence);
}

TEST(Variants, APriceForAdultsIsNoChilds) {
    EXPECT_TRUE(
        another("hvad koster et pas til min datter, hun er 14", "Et pas til en voksen koster."));
    EXPECT_TRUE(another("hvad koster et kort for børn", "Klippekort, voksen; Pris: 485 kr."));
    EXPECT_FALSE(another("hvad koster et kort for børn", "Børn og voksne; Pris: 30 kr."));
    EXPECT_FALSE(another("hvad koster et kort til min søn", "Børnebillet: 30 kr."));
    EXPECT_FALSE(another("hvad koster et kort til min søn", "Kort; Pris: 30 kr."));
}

TEST(Variants, AnAgeSaysWho) {
    EXPECT_TRUE(another("hvad koster et kort til min søn på 22 år", "Barn; Pris: 30 kr."));
    EXPECT_FALSE(another("hvad koster et kort til min søn på 22 år", "Unge; Pris: 30 kr."));
    EXPECT_FALSE(another("hvad koster et kort når man er 70", "Pensionister; Pris: 30 kr."));
}

TEST(Variants, OnlyAPriceIsForSomebody) {
    EXPECT_FALSE(another("hvornår må min søn på 14 svømme", "Voksne svømmer kl. 20."));
}

TEST(Variants, AFirmIsNoAssociation) {
    EXPECT_TRUE(another("hvad koster hallen for et firma", "Foreninger betaler 310 kr."));
    EXPECT_FALSE(another("hvad koster hallen for et firma", "Private og firmaer: 600 kr."));
}

TEST(Variants, TheFirstTimeIsNotTheSecond) {
    EXPECT_TRUE(another("hvad er selvrisikoen anden gang", "Selvrisiko 0 kr. ved første skade."));
    EXPECT_TRUE(another("hvad er nummer tre på listen", "Stien er nummer 1, broen nummer 2."));
    EXPECT_FALSE(another("hvad er prisen for den anden bil",
                         "300 kr. for den første bil og 900 kr. for den næste."));
    EXPECT_FALSE(another("hvad er prisen for den anden bil",
                         "300 kr. for den første bil og 900 kr. for den anden."));
    EXPECT_FALSE(another("hvad er den anden indgang", "Ved første skade betales intet."));
    EXPECT_TRUE(another("hvad får anden viceborgmester", "1. viceborgmester: 109.854 kr."));
    EXPECT_FALSE(another("hvad får 2. viceborgmester", "2. viceborgmester: 54.000 kr."));
}

TEST(Variants, AnotherDaysHours) {
    EXPECT_TRUE(another("hvornår er der åbent om søndagen", "Mandag-lørdag: kl. 10-16."));
    EXPECT_FALSE(another("hvornår er der åbent om søndagen", "Åbent i weekenden kl. 10-16."));
    EXPECT_FALSE(another("hvornår er der åbent om søndagen", "Alle dage kl. 10-16."));
    EXPECT_FALSE(another("hvornår skal min søn i skole", "Mandag kl. 8."));
}

TEST(Variants, AnotherDaysOpeningAnswersNotWhetherItIsOpen) {
    EXPECT_TRUE(another("har klubben åbent fredag aften", "Klubben har åbent onsdag kl. 14-17."));
    EXPECT_FALSE(another("har klubben åbent fredag aften", "Klubben har åbent fredag kl. 19."));
}

TEST(Variants, AnotherMonthsPrice) {
    EXPECT_TRUE(another("hvad koster en plads i oktober", "Juni-august: 190 kr."));
    EXPECT_FALSE(another("hvad koster en plads i juli", "Juni-august: 190 kr."));
    EXPECT_FALSE(another("hvad koster en plads i juli", "Prisen gælder fra 1. januar 2026."));
}

TEST(Variants, TheSmallHallIsNotTheLargeOne) {
    EXPECT_TRUE(another("hvor mange kan der være i den lille sal", "Den store sal har 1.150."));
    EXPECT_FALSE(another("hvor mange kan der være i den lille sal",
                         "Den store sal har 1.150 og den lille 200."));
    EXPECT_FALSE(another("hvor mange små huse er der", "De store huse er 12."));
    EXPECT_TRUE(another("hvornår lukker den gamle hal", "Den nye hal åbner i 2028."));
}

TEST(Variants, ATicketForOnceIsNoYears) {
    EXPECT_TRUE(another("hvad koster et årskort", "Billet: Voksen, enkelt; Pris: 55 kr."));
    EXPECT_TRUE(another("hvad koster et årskort", "10-turskort: 460 kr."));
    EXPECT_FALSE(another("hvad koster et 10-turskort", "10-turskort: 460 kr."));
}

TEST(Variants, AbroadIsNotAtHome) {
    EXPECT_TRUE(another("hvad koster et hotel i udlandet", "Højst 1.350 kr. i Danmark."));
    EXPECT_FALSE(another("hvad koster et hotel i udlandet", "I Danmark 900, i udlandet 1.200."));
}

TEST(Variants, TheUpperPartIsNotTheLower) {
    EXPECT_TRUE(another("hvem passer den nederste del af åen", "Den øvre del passes af Ida Holm."));
    EXPECT_FALSE(
        another("hvem passer den nederste del af åen", "Den nedre del passes af Bo Lund."));
    EXPECT_FALSE(another("hvem passer åen", "Den øvre del passes af Ida Holm."));
}

TEST(Variants, AWholeYearIsNoDay) {
    EXPECT_TRUE(another("hvad koster et fiskekort for hele året", "Dagkort: 110 kr."));
    EXPECT_FALSE(another("hvad koster et fiskekort for hele året", "Årskort: 510 kr."));
}

TEST(Variants, ThreeRoomsAreNotTwo) {
    const std::string question = "hvor længe venter man på en toværelses";
    EXPECT_TRUE(another(question, "Afdeling: I-IV; Ventetid, 3 rum: 9 år"));
    EXPECT_FALSE(another(question, "Afdeling: I-IV; Ventetid, 2 rum: 7 år"));
    EXPECT_TRUE(another("hvad koster tre rum i kranhuset", "Husleje, 1 rum: 3.640 kr."));
}

TEST(Variants, AMembersPayIsNotTheMayors) {
    const std::string question = "hvad koster borgmesteren i vederlag";
    EXPECT_TRUE(another(question, "Et medlem modtager et vederlag på 112.203 kr."));
    EXPECT_TRUE(another(question, "Formanden får 24 pct. af borgmesterens vederlag."));
    EXPECT_FALSE(another(question, "Borgmesteren får 1.012.000 kr."));
    EXPECT_FALSE(another("hvad koster formanden for skoleudvalget i vederlag",
                         "Udvalg: Skoleudvalget; Del af borgmesterens vederlag: 22; Beløb: 9 kr."));
}

}  // namespace
}  // namespace raadbot::answer
