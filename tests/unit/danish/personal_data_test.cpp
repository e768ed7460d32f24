#include "retrieval/danish/personal_data.hpp"

#include <gtest/gtest.h>

#include <string>

namespace raadbot::danish {
namespace {

TEST(FindCpr, FindsEveryWayOfWritingOne) {
    for (const std::string cpr :
         {"010190-1234", "0101901234", "010190 1234", "010190 - 1234", "01 01 90 1234",
          "01.01.90-1234", "01-01-90-1234", "010190–1234", "010190\u00A01234", "010190\u20111234",
          "010190-\n1234", "010190\n1234", "010190 -1234", "290200-1234", "311299-9999",
          "01011990-1234", "010190\u00AD1234", "610190-1234"}) {
        const std::string text = "Borger " + cpr + " søger";
        const auto found = find_cpr(text);
        ASSERT_EQ(found.size(), 1U) << cpr;
        EXPECT_EQ(text.substr(found[0].begin, found[0].end - found[0].begin), cpr);
        EXPECT_EQ(mask_cpr(text), "Borger [CPR fjernet] søger");
    }
}

TEST(FindCpr, FindsSeveralAndThoseNextToMarksAndLetters) {
    EXPECT_EQ(mask_cpr("(010190-1234),020290-1234;CPR030390-1234."),
              "([CPR fjernet]),[CPR fjernet];CPR[CPR fjernet].");
    EXPECT_EQ(find_cpr("0101901234\n0202901235\n0303901236").size(), 3U);
}

TEST(FindCpr, NeverAsksForModulusEleven) {
    // 070761-4285 keeps modulus 11, 070761-4286 does not: both are CPR numbers by date and shape.
    EXPECT_EQ(find_cpr("070761-4285").size(), 1U);
    EXPECT_EQ(find_cpr("070761-4286").size(), 1U);
}

TEST(FindCpr, LeavesOtherNumbers) {
    for (const char* text : {"24/1187",
                             "04.04.00-P20-3-24",
                             "27.36.00-G01-12-25",
                             "99 00 10 00",
                             "99001000",
                             "+45 99 00 10 00",
                             "112.203 kr.",
                             "2025-10-01 1545",
                             "2025-10-01T15:45",
                             "den 01.10.2025 kl. 15.45",
                             "01-10-2025 1545",
                             "320190-1234",
                             "011390-1234",
                             "300290-1234",
                             "5790001234567",
                             "01019012345",
                             "10101901234",
                             "306-2009-600",
                             "1012001234 kr.",
                             "0101901234 kroner",
                             "01.01.2025-2026",
                             "2022-2025",
                             "DK50 0040 0440 1162 43",
                             "290201-1234",
                             "+4531129012",
                             "24-010190-1234",
                             "12.500.000"}) {
        EXPECT_TRUE(find_cpr(text).empty()) << text;
    }
}

TEST(FindCpr, SurvivesAnyBytes) {
    EXPECT_TRUE(find_cpr("").empty());
    EXPECT_TRUE(find_cpr("0").empty());
    EXPECT_TRUE(find_cpr("010190-").empty());
    EXPECT_EQ(find_cpr("\xFF\xC3 010190-1234\xE2").size(), 1U);
}

TEST(MaskPersonalData, MasksMailAndPhonesToo) {
    EXPECT_EQ(
        mask_personal_data(
            "ring til 99 00 10 00 eller +45 99001000, mail ole.hansen@by.example.dk."),
        "ring til [telefonnummer fjernet] eller [telefonnummer fjernet], mail [e-mail fjernet].");
    EXPECT_EQ(mask_personal_data("sag 24/1187 om 112.203 kr. den 03.03.2025 i 27.36.00-G01-12-25"),
              "sag 24/1187 om 112.203 kr. den 03.03.2025 i 27.36.00-G01-12-25");
    EXPECT_EQ(mask_personal_data("budget 20 000 000 kr. og 42000000 kr."),
              "budget 20 000 000 kr. og 42000000 kr.");
    EXPECT_EQ(mask_personal_data("0101901234"), "[CPR fjernet]");
    EXPECT_EQ(mask_personal_data("skriv @byrådet"), "skriv @byrådet");
}

}  // namespace
}  // namespace raadbot::danish
