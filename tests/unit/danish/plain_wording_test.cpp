#include "retrieval/danish/plain_wording.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace raadbot::danish {
namespace {

TEST(PlainWording, WritesSpokenAndShortenedFormsOut) {
    const std::pair<const char*, const char*> cases[] = {
        {"hvor lang tid tar det", "hvor lang tid tager det"},
        {"Ka jeg ik få det?", "kan jeg ikke få det?"},
        {"hvad er max for TA pr. dag", "hvad er maksimum for TA pr. dag"},
        {"kan jeg komme med til KL's topmøde", "kan jeg komme med til KL topmøde"},
        {"hvornar ma man pa modet", "hvornår må man på mødet"},
        {"far jeg lon", "får jeg løn"},
        {"min far bor der", "min far bor der"},
        {"far skal på ferie", "min far skal på ferie"},
        {"når er der møde", "hvornår er der møde"},
        {"naar lukker hallen", "hvornår lukker hallen"},
        {"når jeg er syg", "når jeg er syg"},
        {"hvor stor er pbøden", "hvor stor er p-bøden"},
        {"can my dog come", "can my dogs come"},
        {"hvornår flytter tiende klasse", "hvornår flytter 10. klasse"},
        {"hvornår er anden behandling", "hvornår er 2. behandling"},
    };
    for (const auto& [typed, plain] : cases) {
        EXPECT_EQ(plain_wording(typed), plain) << typed;
    }
}

TEST(PlainWording, PrintsParagraphsAsTheLawDoes) {
    const std::pair<const char*, const char*> cases[] = {
        {"hvad siger §17 stk4", "hvad siger § 17, stk. 4"},
        {"paragraf 17 stk. 4", "§ 17, stk. 4"},
        {"§ 17, stk 4 udvalg", "§ 17, stk. 4 udvalg"},
        {"et 17.4-udvalg", "et § 17, stk. 4-udvalg"},
        {"hvem sidder i 17,4 udvalget", "hvem sidder i § 17, stk. 4 udvalget"},
        {"§8a stk 2", "§ 8 a, stk. 2"},
        {"hvad er § 9", "hvad er § 9"},
    };
    for (const auto& [typed, plain] : cases) EXPECT_EQ(plain_wording(typed), plain) << typed;
}

TEST(PlainWording, MendsTheWordsThatTellWhatIsAsked) {
    const std::pair<const char*, const char*> cases[] = {
        {"hvad kster et pas", "hvad koster et pas"},
        {"hvornår lkker biblioteket om frdagen", "hvornår lukker biblioteket om fredagen"},
        {"hvad bsluttede bryådet", "hvad besluttede byrådet"},
        {"hvor mange mnutter har man", "hvor mange minutter har man"},
    };
    for (const auto& [typed, plain] : cases) EXPECT_EQ(plain_wording(typed), plain) << typed;
}

TEST(PlainWording, PartsLittleWordsFromTheirNeighbours) {
    const std::pair<const char*, const char*> cases[] = {
        {"hvormange penge får vi", "hvor mange penge får vi"},
        {"kanjeg få hentet en sofa", "kan jeg få hentet en sofa"},
        {"hvadbetyder frigivelse", "hvad betyder frigivelse"},
        {"hvad kosterdet at leje hallen", "hvad koster det at leje hallen"},
        {"får jeg en mailnår der kommer et møde", "får jeg en mail når der kommer et møde"},
        {"hvor når åbner den", "hvornår åbner den"},
        {"vor mange er der", "hvor mange er der"},
    };
    for (const auto& [typed, plain] : cases) EXPECT_EQ(plain_wording(typed), plain) << typed;
    for (const char* text :
         {"hvad med forvaltningen", "kan man komme til Kanstrup", "vor egen skole",
          "er der skaldyr i kantinen", "hvornår er detailhandelsplanen klar"}) {
        EXPECT_EQ(plain_wording(text), text);
    }
}

TEST(PlainWording, LeavesTheRestAsItIs) {
    for (const char* text :
         {"", "hvad koster en bådplads på 2,7 m?", "mødet kl. 17.30", "MD og UR i store bogstaver",
          "hvilken § giver mig ret til det", "What's the mayor's salary?", "den 1.4 og 2.5",
          "er der en 17.4 km lang sti", "hvornår kaster man", "How much is a lost key?"}) {
        EXPECT_EQ(plain_wording(text), text);
    }
}

TEST(PlainWording, ChangesNothingTwice) {
    for (const char* text :
         {"ka jeg ik ta §17 stk4 med", "max pr mdr", "tiende klasse i 17.4 udvalget"}) {
        const std::string once = plain_wording(text);
        EXPECT_EQ(plain_wording(once), once);
    }
}

}  // namespace
}  // namespace raadbot::danish
