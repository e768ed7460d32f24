#include "retrieval/answer/sides.hpp"

#include <gtest/gtest.h>

#include "retrieval/answer/binding.hpp"

namespace raadbot::answer {
namespace {

constexpr int this_year = 2026;

Sides sides_of(const std::string& text) {
    QuestionView question;
    question.text = text;
    question.type = danish::question_type(text);
    question.money = danish::asks_for_money(text);
    question.wanted = wanted_by(text, question.type, question.money);
    return sides_asked(question, this_year);
}

/// Whether the first sentence of `text` tells another side than the question asks for.
bool other(const std::string& question, const std::string& text, const std::string& title = {}) {
    StoredPassage passage;
    passage.passage.text = text;
    passage.title = title;
    return tells_other_side(sides_of(question), make_view(std::move(passage)), 0);
}

TEST(Sides, WhenSomethingEndsIsNotSinceWhenItIs) {
    const std::string question = "hvornår er den nye mole færdig";
    EXPECT_TRUE(other(question, "Arbejdet udføres fra maj 2027."));
    EXPECT_TRUE(other(question, "Høringen om molen løber fra 1. maj til 1. juni 2027."));
    EXPECT_TRUE(other(question, "Molen åbnede for fiskere i 1968."));
    EXPECT_FALSE(other(question, "Molen står klar i november 2027."));
    EXPECT_FALSE(other(question, "Etape: 3; Forventet færdig: november 2028"));
}

TEST(Sides, WhatIsComingHasNotBeen) {
    EXPECT_TRUE(other("hvornår åbner badet igen", "Badet har været lukket siden august."));
    EXPECT_FALSE(other("hvornår åbner badet igen", "Badet åbner den 1. juni 2027."));
    EXPECT_TRUE(other("hvornår bliver skolen renoveret", "Skolen har tag fra 1968."));
    EXPECT_FALSE(other("hvornår bliver noten slettet", "Den slettes et år efter mødet."));
    EXPECT_TRUE(other("hvornår begynder den nye zone", "Pladserne begrænses til 2 timer."));
}

TEST(Sides, TheLastDayIsNotTheDay) {
    const std::string question = "hvornår skal jeg senest melde mig til frokosten";
    EXPECT_TRUE(other(question, "Frokosten holdes den 16. december 2026."));
    EXPECT_FALSE(other(question, "Tilmelding til frokosten sker senest den 9. december."));
    EXPECT_FALSE(other(question, "Den 9. december", "Frist for tilmelding"));
    EXPECT_FALSE(other(question, "Der er åbent for tilmelding fra 1. til 9. december."));
    EXPECT_TRUE(other("hvornår er fristen for puljen", "Den søges af beboere inden for 4 km."));
}

TEST(Sides, ADayIsNoInterval) {
    EXPECT_TRUE(other("hvilken dag hentes mad", "Mad hentes hver 14. dag."));
    EXPECT_FALSE(other("hvilken dag hentes mad", "Mad hentes hver anden tirsdag."));
    EXPECT_TRUE(other("hvilke datoer holder I lukket", "Der er lukket 9 dage i 2026."));
    EXPECT_FALSE(other("hvilke datoer holder I lukket", "Der er lukket den 5. juni."));
    EXPECT_TRUE(other("hvilke uger er der lukket", "Der er lukket om sommeren."));
    EXPECT_FALSE(other("hvilke uger er der lukket", "Der er lukket i uge 28 og 29."));
    EXPECT_TRUE(other("hvad tid kommer maden", "Maden kommer onsdag."));
    EXPECT_FALSE(other("hvad tid kommer maden", "Maden kommer kl. 11."));
    EXPECT_TRUE(other("hvad klokken mødes gruppen", "Gruppen mødes torsdage."));
    EXPECT_TRUE(other("hvilke tider kan man svømme", "Badet åbner den 1. februar."));
}

TEST(Sides, TheSumIsNoRate) {
    const std::string question = "hvor mange penge er der i alt i puljen";
    EXPECT_TRUE(other(question, "Tilskuddet er højst 60.000 kr. pr. bolig."));
    EXPECT_FALSE(other(question, "Puljen er på 2 mio. kr."));
    EXPECT_FALSE(other(question, "Der uddeles i alt 2 mio. kr., højst 60.000 kr. pr. bolig."));
}

TEST(Sides, WhatIsLeftIsNotHowManyThereAre) {
    EXPECT_TRUE(other("hvor mange grunde er der tilbage", "Området har 40 grunde."));
    EXPECT_FALSE(other("hvor mange grunde er der tilbage", "Der er endnu 3 grunde til salg."));
    EXPECT_FALSE(other("hvor mange grunde er der", "Området har 40 grunde."));
}

TEST(Sides, WaitingIsNoValidity) {
    const std::string question = "hvor lang tid går der før passet kommer";
    EXPECT_TRUE(other(question, "Passet gælder i 10 år."));
    EXPECT_TRUE(other(question, "Pas; Alder: 0-11 år; Pris: 191 kr."));
    EXPECT_FALSE(other(question, "Passet udleveres efter 12 hverdage."));
}

TEST(Sides, AReplyIsNotUntilWhenOneMayAsk) {
    const std::string question = "hvor længe er de om at svare når jeg klager";
    EXPECT_TRUE(other(question, "Klager sendes inden 14 dage."));
    EXPECT_FALSE(other(question, "Klager besvares inden 14 dage."));
    EXPECT_FALSE(other(question, "Klager: 14 dage", "Sagsbehandlingstider"));
}

TEST(Sides, TheLastDepartureIsAnHour) {
    const std::string question = "hvornår sejler den sidste færge";
    EXPECT_TRUE(other(question, "Færgen sejler hele året."));
    EXPECT_FALSE(other(question, "Dag: Fredag; Fra Lunby: 22.40"));
}

TEST(Sides, AnExtraIsNotTheOrdinary) {
    const std::string question = "hvad koster en ekstra tømning";
    EXPECT_TRUE(other(question, "Tømning koster 890 kr. om året."));
    EXPECT_FALSE(other(question, "En ekstra tømning koster 90 kr."));
    EXPECT_FALSE(other(question, "Yderligere tømninger koster 90 kr."));
}

TEST(Sides, WhetherItCostsIsToldByAPrice) {
    EXPECT_TRUE(other("koster det noget at gå til rygestop", "Rygestop starter hver mandag."));
    EXPECT_FALSE(other("koster det noget at gå til rygestop", "Rygestop er gratis."));
    EXPECT_FALSE(other("koster det noget at gå til rygestop", "Kurset koster 300 kr."));
}

TEST(Sides, HowOldIsAnAge) {
    const std::string question = "hvor gammel skal man være for at springe ud";
    EXPECT_TRUE(other(question, "Badet har en platform på 3 meter."));
    EXPECT_FALSE(other(question, "Man skal være fyldt 15 år."));
}

TEST(Sides, WhichSideIsNamed) {
    const std::string question = "hvilken side af vejen kommer stien på";
    EXPECT_TRUE(other(question, "Stien langs vejen er 4 km lang."));
    EXPECT_FALSE(other(question, "Stien lægges nord for vejen."));
}

TEST(Sides, AMissedDeadlineAsksWhatFollows) {
    const std::string question = "vi nåede ikke fristen, kan han stadig komme med";
    EXPECT_TRUE(other(question, "Tilmelding sker senest den 8. januar."));
    EXPECT_FALSE(other(question, "Efter fristen tilbydes ledige pladser."));
}

TEST(Sides, AHearingAnswersOnlyWhatIsAskedOfIt) {
    const std::string hearing = "Forslaget er i høring til den 5. maj.";
    EXPECT_TRUE(other("hvornår kan man flytte ind i boligerne", hearing));
    EXPECT_FALSE(other("hvornår slutter høringen om boligerne", hearing));
    EXPECT_FALSE(other("hvornår skal vi senest mene noget om boligerne", hearing));
}

TEST(Sides, TheWayBackIsNotTheWayOut) {
    const std::string question = "hvornår sejler færgen hjem igen";
    EXPECT_TRUE(other(question, "Færgen afgår fra havnen kl. 16.45."));
    EXPECT_FALSE(other(question, "Færgen sejler retur kl. 23.00."));
}

TEST(Sides, TheFirstDepartureIsNotTheLast) {
    const std::string row = "Dag: Fredag; Fra havnen: 23.05";
    EXPECT_TRUE(other("hvornår går den første færge", row, "Sidste afgange"));
    EXPECT_FALSE(other("hvornår går den sidste færge", row, "Sidste afgange"));
    EXPECT_FALSE(other("hvornår går den første færge", row, "Første og sidste afgang"));
}

TEST(Sides, ADepartureIsAnHour) {
    EXPECT_TRUE(
        other("hvornår går den første færge", "Billet: Voksen; Vinter fra 1. sept.: 74 kr."));
    EXPECT_TRUE(other("hvornår åbner SFO om morgenen", "Skole: Åby; Leder: Bo; SFO: 1.890 kr."));
    EXPECT_FALSE(other("hvornår åbner SFO om morgenen", "SFO har åbent kl. 6.30-17."));
    EXPECT_FALSE(other("hvornår slipper man for afgift om aftenen", "Aftener er gratis."));
}

TEST(Sides, AFeastIsNoOrdinaryDay) {
    const std::string question = "har genbrugspladsen åbent 2. juledag";
    EXPECT_TRUE(other(question, "Hverdage: kl. 9-18; Lørdag: kl. 9-16; Søndag: kl. 10-15"));
    EXPECT_FALSE(other(question, "Pladsen er lukket juleaften og de to juledage."));
    EXPECT_TRUE(other(question, "Mellem jul og nytår leveres kun den 29. december."));
    EXPECT_FALSE(other(question, "Pladsen er åben alle dage kl. 6-22."));
    EXPECT_FALSE(other("åbner badet igen efter nytår", "Badet åbner igen den 4. januar 2027."));
    EXPECT_FALSE(other("hvornår har Kristine åbent", "Hverdage: kl. 9-18; Lørdag: kl. 9-16"));
    EXPECT_FALSE(other("har badet åbent i juli", "Hverdage: kl. 9-18; Lørdag: kl. 9-16"));
}

TEST(Sides, ASpeedIsNoLength) {
    EXPECT_TRUE(other("hvor stærkt sejler færgen", "Færgen tager biler på 2,2 meters højde."));
    EXPECT_FALSE(other("hvor stærkt sejler færgen", "Færgen sejler 12 knob."));
    EXPECT_FALSE(other("hvor mange kører fast til festen", "Der kører 40 i bussen."));
    EXPECT_FALSE(other("bilen kørte forbi, hvor hurtigt skal jeg melde det", "Inden 2 dage."));
}

TEST(Sides, WhatMayLastIsNoWaiting) {
    const std::string question = "hvor mange uger tager det at få lov at bygge";
    EXPECT_TRUE(other(question, "Husene må bruges hele året og herudover i højst 9 uger."));
    EXPECT_FALSE(other(question, "En sag behandles på 9 uger."));
    EXPECT_FALSE(other(question, "Sagstype: Sommerhus; Uger: 9 uger", "Sagsbehandlingstider"));
}

TEST(Sides, AFormerPriceIsNotTodays) {
    const std::string question = "hvad kostede turen før juli";
    EXPECT_TRUE(other(question, "Turen koster 95 kr."));
    EXPECT_FALSE(other(question, "Prisen blev den 1. juli forhøjet fra 80 til 95 kr."));
}

TEST(Sides, WhatIsEarnedIsNotWhatIsPaidOut) {
    const std::string question = "hvor meget må man tjene for at få legatet";
    EXPECT_TRUE(other(question, "Legatet er på 2.200 kr."));
    EXPECT_FALSE(other(question, "Indkomsten må højst være 280.000 kr."));
}

TEST(Sides, AYearAloneSaysNotWhenItIsOpen) {
    const std::string question = "hvornår er der livredder på stranden";
    EXPECT_TRUE(other(question, "Blå flag vajer i 2026 over stranden."));
    EXPECT_FALSE(other(question, "Der er livredder kl. 10-18 fra den 20. juni 2026."));
}

TEST(Sides, HasteIsNoOrdinaryPrice) {
    const std::string question = "hvad koster et pas med det samme";
    EXPECT_TRUE(other(question, "Et pas koster 951 kr."));
    EXPECT_FALSE(other(question, "Et provisorisk pas koster 1.300 kr."));
}

TEST(Sides, WhatIsHadInADayIsInHaste) {
    EXPECT_TRUE(other("hvad koster et pas hvis man skal have det på en dag", "Et pas: 951 kr."));
    EXPECT_TRUE(other("pris på hastepas", "Et pas koster 951 kr."));
    EXPECT_FALSE(other("hvor mange gedder må man fange på en dag", "Højst 2 gedder."));
    EXPECT_FALSE(other("pris på hastepas", "Haster det, koster passet 1.300 kr."));
}

TEST(Sides, ALeastBidIsNotWhatWasPaid) {
    const std::string question = "hvad blev posthuset solgt for i kroner";
    EXPECT_TRUE(other(question, "Huset udbydes med en mindstepris på 4 mio. kr."));
    EXPECT_FALSE(other(question, "Huset blev solgt for 4 mio. kr."));
}

TEST(Sides, OverIsNotUnder) {
    const std::string question = "hvad koster kortet når man er over 70";
    EXPECT_TRUE(other(question, "Alder: Under 70 år; Pris: 280 kr."));
    EXPECT_FALSE(other(question, "Under 70 år: 280 kr., over 70 år: 140 kr."));
    EXPECT_FALSE(other(question, "Alder: Under 18 år; Pris: 280 kr."));
    const std::string far = "hvad er satsen hvis man har kørt mere end 20.000 km";
    EXPECT_TRUE(other(far, "Satsen er 3,94 kr. pr. km for de første 20.000 km."));
    EXPECT_FALSE(other(far, "Satsen er 2,23 kr. for mere end 20.000 km."));
    EXPECT_TRUE(other("hvad får medlemmer under 25", "Tilskud pr. medlem over 25 år: 100 kr."));
}

TEST(Sides, AnHourToSignUpByIsNoOpeningHour) {
    const std::string question = "hvornår har turistkontoret åbent";
    EXPECT_TRUE(other(question, "Tilmelding sker til kontoret senest dagen før kl. 15."));
    EXPECT_FALSE(other(question, "Kontoret er åbent kl. 9-15, tilmelding senest kl. 12."));
}

TEST(Sides, WhatIsPaidBackMustBeSaid) {
    const std::string question = "får jeg pengene tilbage hvis det regner";
    EXPECT_TRUE(other(question, "Pladsen skal være ansøgt senest den 1. februar."));
    EXPECT_FALSE(other(question, "Leje tilbagebetales ikke."));
}

TEST(Sides, WhatIsFreeNowIsNotHowManyThereAre) {
    EXPECT_TRUE(other("er der ledige stuer på fyrbakken", "Fyrbakken har 48 boliger."));
    EXPECT_FALSE(other("er der ledige stuer på fyrbakken", "To boliger er ledige."));
}

TEST(Sides, WhatFollowsADeadlineIsNotTheAutumn) {
    const std::string question = "jeg nåede ikke fristen, kan han så komme i sfo";
    EXPECT_TRUE(other(question, "Efterårsferien meldes senest den 10. september."));
    EXPECT_FALSE(other(question, "Efter fristen tildeles ledige pladser."));
    EXPECT_TRUE(other("vi fik ikke sendt regnskabet inden 1. juni, mister vi tilskuddet",
                      "Regnskab indsendes senest den 1. juni."));
}

TEST(Sides, ADepositIsNoPrice) {
    EXPECT_TRUE(other("hvad har tabletten kostet", "Den købes til restværdien, dog 600 kr."));
    EXPECT_FALSE(other("hvad koster salen", "Leje 500 kr., depositum 1.000 kr."));
    EXPECT_FALSE(other("hvad koster depositum", "Depositum er 1.000 kr."));
}

TEST(Sides, ThatThereIsOneDoesNotSayWhich) {
    EXPECT_EQ(sides_of("hvilken fond betaler for tinget").which, "fond");
    EXPECT_EQ(sides_of("hvilke andre kommuner er med").which, "kommuner");
    EXPECT_TRUE(sides_of("hvilken dag er der møde").which.empty());
    EXPECT_TRUE(tells_only_some("fond", "Udgiften dækkes af en ekstern fond."));
    EXPECT_TRUE(tells_only_some("kommuner", "Vi deltager med fem andre kommuner."));
    EXPECT_FALSE(tells_only_some("fond", "Udgiften dækkes af Lunbyfonden."));
}

}  // namespace
}  // namespace raadbot::answer
