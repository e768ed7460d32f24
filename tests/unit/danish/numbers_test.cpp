#include "retrieval/danish/numbers.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace raadbot::danish {
namespace {

struct Case {
    const char* text;
    QuantityKind kind;
    double value;
    const char* shown;
};

TEST(Quantities, ReadsOneOfEachKind) {
    using enum QuantityKind;
    const std::vector<Case> cases{
        {"112.203 kr.", money, 112203, "112203"},
        {"112.203 kroner", money, 112203, "112203"},
        {"42,0 mio. kr.", money, 42e6, "42000000"},
        {"1,2 mia. kr.", money, 1.2e9, "1200000000"},
        {"500 t.kr.", money, 500e3, "500000"},
        {"5.000,-", money, 5000, "5000"},
        {"kr. 500,00", money, 500, "500,00"},
        {"2 millioner", money, 2e6, "2000000"},
        {"1,2 mio. m3", number, 1.2e6, "1200000"},
        {"1 000 000 kr.", money, 1e6, "1000000"},
        {"3,79 kr", money, 3.79, "3,79"},
        {"-2,5 mio. kr.", money, -2.5e6, "-2500000"},
        {"DKK 500", money, 500, "500"},
        {"3,5 %", percent, 3.5, "3,5%"},
        {"25 pct.", percent, 25, "25%"},
        {"25 procent", percent, 25, "25%"},
        {"20 procents", percent, 20, "20%"},
        {"kl. 15.45", time_of_day, 945, "15:45"},
        {"kl 16", time_of_day, 960, "16:00"},
        {"09:30", time_of_day, 570, "09:30"},
        {"14 dage", duration, 14, "14 dag"},
        {"fire hverdage", duration, 4, "4 hverdag"},
        {"to uger", duration, 14, "2 uge"},
        {"3 måneder", duration, 90, "3 måned"},
        {"en måned", duration, 30, "1 måned"},
        {"5 km", distance, 5000, "5 km"},
        {"250 meter", distance, 250, "250 m"},
        {"99 00 10 00", phone, 0, "99001000"},
        {"99001000", phone, 0, "99001000"},
        {"+45 99 00 10 00", phone, 0, "99001000"},
        {"§ 17, stk. 4", paragraph, 17, "§17 stk4"},
        {"§17 stk4", paragraph, 17, "§17 stk4"},
        {"§ 16 a", paragraph, 16, "§16a"},
        {"§ 8 a, stk. 2, nr. 3", paragraph, 8, "§8a stk2 nr3"},
        {"§ 8(7)", paragraph, 8, "§8 stk7"},
        {"paragraf 17 stk. 4", paragraph, 17, "§17 stk4"},
        {"17.4-udvalg", paragraph, 17, "§17 stk4"},
        {"24/1187", case_number, 0, "24/1187"},
        {"2024/1234", case_number, 0, "2024/1234"},
        {"27.36.00-G01-12-25", case_number, 0, "27.36.00-G01-12-25"},
        {"04.04.00-p20-3-24", case_number, 0, "04.04.00-P20-3-24"},
        {"306-2009-600", case_number, 0, "306-2009-600"},
        {"EMN-2024-12345", case_number, 0, "EMN-2024-12345"},
        {"25", number, 25, "25"},
        {"112.203", number, 112203, "112203"},
        {"3,5", number, 3.5, "3,5"},
        {"1187 elever", number, 1187, "1187"},
    };
    for (const Case& c : cases) {
        const auto found = find_quantities(c.text);
        ASSERT_FALSE(found.empty()) << c.text;
        EXPECT_EQ(static_cast<int>(found[0].kind), static_cast<int>(c.kind)) << c.text;
        EXPECT_NEAR(found[0].value, c.value, 0.001) << c.text;
        EXPECT_EQ(found[0].text, c.shown) << c.text;
        EXPECT_EQ(found.size(), 1U) << c.text;
    }
}

TEST(Quantities, ReadsLawListsAndRanges) {
    const auto texts = [](std::string_view text) {
        std::vector<std::string> all;
        for (const Quantity& quantity : find_quantities(text)) all.push_back(quantity.text);
        return all;
    };
    EXPECT_EQ(texts("§§ 37-38"), (std::vector<std::string>{"§37", "§38"}));
    EXPECT_EQ(texts("§§ 22-24"), (std::vector<std::string>{"§22", "§23", "§24"}));
    EXPECT_EQ(texts("§§ 3 og 4"), (std::vector<std::string>{"§3", "§4"}));
    EXPECT_EQ(texts("§ 11, stk. 1, og § 13"), (std::vector<std::string>{"§11 stk1", "§13"}));
}

TEST(Quantities, KeepsOrderAndRanges) {
    const std::string text =
        "Der bevilges 1,5 mio. kr. i 2026 til 250 meter cykelsti, sag 24/1187, jf. § 40.";
    const auto found = find_quantities(text);
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(text.substr(found[0].begin, found[0].end - found[0].begin), "1,5 mio. kr.");
    EXPECT_EQ(found[1].text, "2026");
    EXPECT_EQ(found[2].kind, QuantityKind::distance);
    EXPECT_EQ(found[3].text, "24/1187");
    EXPECT_EQ(found[4].text, "§40");
    for (std::size_t i = 0; i + 1 < found.size(); ++i) EXPECT_LE(found[i].end, found[i + 1].begin);
}

TEST(Quantities, LeavesNamesAndEmptyTexts) {
    EXPECT_TRUE(find_quantities("").empty());
    EXPECT_TRUE(find_quantities("en sag om cykelstier").empty());
    EXPECT_TRUE(find_quantities("SFO2 og P20").empty());
    EXPECT_TRUE(find_quantities("§ \xFF §§").empty());
}

}  // namespace
}  // namespace raadbot::danish
