#include "retrieval/danish/text.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace raadbot::danish {
namespace {

std::string words(std::string_view text) {
    std::string out;
    for (const Token& token : tokenize(text)) out += (out.empty() ? "" : " ") + token.text;
    return out;
}

std::string kinds(std::string_view text) {
    std::string out;
    for (const Token& token : tokenize(text)) out += "wncp"[static_cast<int>(token.kind)];
    return out;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> out;
    for (const Span& span : sentences(text)) {
        out.emplace_back(text.substr(span.begin, span.end - span.begin));
    }
    return out;
}

/// Bytes that hurt: ill-formed UTF-8, lone marks, odd blanks, markup, long runs.
std::string naughty(std::mt19937& random) {
    static const std::vector<std::string> kPieces = {"a",
                                                     "Å",
                                                     "æ",
                                                     "\xC3",
                                                     "\xE2\x80",
                                                     "\xF0\x9F\x98\x80",
                                                     "\xFF",
                                                     std::string(1, '\0'),
                                                     ".",
                                                     " ",
                                                     "\n",
                                                     "1",
                                                     "12",
                                                     "§",
                                                     "§ 17, stk. 4",
                                                     "24/1187",
                                                     "a\u030A",
                                                     "\u0301",
                                                     "\u00AD",
                                                     "\u200B",
                                                     "\u2028",
                                                     "É",
                                                     "ß",
                                                     "İ",
                                                     "ﬀ",
                                                     "Ǆ",
                                                     "한",
                                                     "\u1100\u1161",
                                                     "-",
                                                     "'",
                                                     "’",
                                                     "kl.",
                                                     "«",
                                                     "»",
                                                     "...",
                                                     "?",
                                                     "!",
                                                     ",5",
                                                     ".000",
                                                     "\xED\xA0\x80",
                                                     "\xC0\x80",
                                                     "\xF4\x90\x80\x80",
                                                     "\u0345",
                                                     "\u2000"};
    std::string text;
    for (std::size_t n = random() % 24; n > 0; --n) text += kPieces[random() % kPieces.size()];
    return text;
}

TEST(Fold, LowersAndKeepsDanishLetters) {
    EXPECT_EQ(fold("ÆØÅ Allé CAFÉ"), "æøå alle cafe");
    EXPECT_EQ(fold("Müller Straße Malmö"), "muller strasse malmo");
    EXPECT_EQ(fold("A\u030Aben"), "åben");  // decomposed
    EXPECT_EQ(fold("\u212Bben"), "åben");   // Ångström sign
    EXPECT_EQ(fold("kommu\u00ADnen"), "kommunen");
    EXPECT_EQ(fold("\xFFx"), "\uFFFDx");
}

TEST(Fold, IsValidAndItsOwnFoldForAnyBytes) {
    std::mt19937 random(20260101);
    for (int i = 0; i < 4000; ++i) {
        const std::string text = naughty(random);
        const std::string once = fold(text);
        ASSERT_TRUE(is_valid_utf8(once));
        ASSERT_EQ(fold(once), once);
        const std::string valid = to_valid_nfc(text);
        ASSERT_TRUE(is_valid_utf8(valid));
        ASSERT_EQ(to_valid_nfc(valid), valid);
        ASSERT_EQ(fold(valid), once);
    }
}

TEST(Valid, KnowsWellFormedFromIllFormed) {
    EXPECT_TRUE(is_valid_utf8("blåbærgrød €"));
    EXPECT_FALSE(is_valid_utf8("\xC0\x80"));
    EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));
    EXPECT_FALSE(is_valid_utf8("\xE2\x82"));
    EXPECT_EQ(to_valid_nfc("a\xE2\x82z"), "a\uFFFDz");
    EXPECT_EQ(to_valid_nfc("a\u030A"), "å");
}

TEST(Tokenize, ReadsWords) {
    EXPECT_EQ(words("Teknik- og Miljøudvalget"), "teknik og miljøudvalget");
    EXPECT_EQ(words("og/eller e-mail, pc’er"), "og eller e-mail pc'er");
    EXPECT_EQ(words("covid-19 på Nørregade 12A"), "covid-19 på nørregade 12a");
    EXPECT_EQ(words("10-årige for 25kr."), "10 årige for 25 kr");
    EXPECT_EQ(words(""), "");
    EXPECT_EQ(words("--- … »«"), "");
}

TEST(Tokenize, ReadsNumbers) {
    EXPECT_EQ(words("112.203 kr. og 42,0 mio."), "112203 kr og 42,0 mio");
    EXPECT_EQ(words("1.234.567,89"), "1234567,89");
    EXPECT_EQ(words("kl. 17.00 den 1.10.2025"), "kl 17.00 den 1 10 2025");
    EXPECT_EQ(words("3,5 %"), "3,5");
    EXPECT_EQ(words("01-10-2025 2025-10-01 3/6 2024/2025"), "01 10 2025 2025 10 01 3 6 2024 2025");
    EXPECT_EQ(words("25.000"), "25000");
}

TEST(Tokenize, ReadsCaseNumbers) {
    EXPECT_EQ(kinds("24/1187 04.04.00-P20-3-24 306-2009-600"), "ccc");
    EXPECT_EQ(words("Sagsnr. 04.04.00-P20-3-24"), "sagsnr 04.04.00-p20-3-24");
    EXPECT_EQ(kinds("EMN-2024-00123"), "c");
    EXPECT_EQ(kinds("01.10.25"), "nnn");
    EXPECT_EQ(kinds("2022-2025"), "nn");
}

TEST(Tokenize, ReadsParagraphs) {
    EXPECT_EQ(words("§ 17, stk. 4, nr. 2"), "§17 stk4 nr2");
    EXPECT_EQ(kinds("§ 17, stk. 4, nr. 2"), "ppp");
    EXPECT_EQ(words("§17a og § 16 e i loven"), "§17a og §16e i loven");
    EXPECT_EQ(words("§ 17 i kommunestyrelsesloven"), "§17 i kommunestyrelsesloven");
    EXPECT_EQ(words("§\u00A017, stk.\u00A04-udvalg"), "§17 stk4 udvalg");
    EXPECT_EQ(words("17.4-udvalg"), "§17 stk4 udvalg");
    EXPECT_EQ(words("paragraf 17 stk 4"), "§17 stk4");
    EXPECT_EQ(words("punkt nr. 5"), "punkt nr 5");
    EXPECT_EQ(words("§ uden tal"), "uden tal");
}

TEST(Tokenize, RangesAreInsideInOrderAndFoldToTheText) {
    std::mt19937 random(7);
    for (int i = 0; i < 4000; ++i) {
        const std::string text = naughty(random);
        std::size_t at = 0;
        for (const Token& token : tokenize(text)) {
            ASSERT_LE(at, token.begin);
            ASSERT_LT(token.begin, token.end);
            ASSERT_LE(token.end, text.size());
            ASSERT_FALSE(token.text.empty());
            ASSERT_TRUE(is_valid_utf8(token.text));
            at = token.end;
        }
    }
}

TEST(StopWords, HoldFunctionWordsOnly) {
    for (const char* word : {"og", "hvad", "kan", "jeg", "the", "for", "imod", "hvornår", "cannot",
                             "can't", "what's"}) {
        EXPECT_TRUE(is_stop_word(word)) << word;
    }
    for (const char* word : {"by", "møde", "budget", "vej", "stemte", "løn", "skole"}) {
        EXPECT_FALSE(is_stop_word(word)) << word;
    }
}

TEST(Sentences, EndAtFullStopsBeforeCapitals) {
    EXPECT_EQ(split("Byrådet godkendte planen. Sagen er slut! Hvorfor? Fordi."),
              (std::vector<std::string>{"Byrådet godkendte planen.", "Sagen er slut!", "Hvorfor?",
                                        "Fordi."}));
    EXPECT_EQ(split("Første linje\nAnden linje\r\n\r\n  • Tredje  "),
              (std::vector<std::string>{"Første linje", "Anden linje", "• Tredje"}));
    EXPECT_EQ(split("Han sagde: »Det er nok.« Så gik han."),
              (std::vector<std::string>{"Han sagde: »Det er nok.«", "Så gik han."}));
    EXPECT_EQ(split("(Se bilag 2.) Udvalget sluttede."),
              (std::vector<std::string>{"(Se bilag 2.)", "Udvalget sluttede."}));
    EXPECT_TRUE(split(" \n\t ").empty());
}

TEST(Sentences, DoNotEndInAbbreviationsOrdinalsAndNumbers) {
    for (const char* whole : {
             "Mødet begynder kl. 17.00 på rådhuset.",
             "Efter § 17, stk. 4, nedsættes et udvalg, jf. Kommunestyrelsesloven.",
             "Der er afsat ca. 42,0 mio. kr. i 2025.",
             "Det vedrører bl.a. Nordskolen, f.eks. SFO og nr. 3 Vestergade.",
             "Mødet er den 3. marts 2026.",
             "Sagen går til 1. behandling og 2. Behandling.",
             "Anmodning fra H. C. Andersen og A.P. Møller.",
             "1. Godkendelse af dagsorden",
             "Skriv til borger@egelund.dk eller se www.egelund.dk/politik.",
             "Beløbet er 1.234.567 kr. i alt.",
             "Kontakt dr. Hansen, tlf. 99 00 10 00.",
             "De fik 25 pct. af midlerne, dvs. 3 mio. kr.",
             "»Hvad nu?« spurgte formanden.",
         }) {
        EXPECT_EQ(split(whole), std::vector<std::string>{whole});
    }
}

TEST(Sentences, EndAfterClosingAbbreviationsAndYears) {
    EXPECT_EQ(split("Prisen er 25 mio. kr. Byrådet vedtog den.").size(), 2U);
    EXPECT_EQ(split("Det gælder veje, stier m.v. Udvalget ventede.").size(), 2U);
    EXPECT_EQ(split("Planen gælder fra 2025. Byrådet vedtog den.").size(), 2U);
    EXPECT_EQ(split("For stemte A, B og V. Imod stemte Ø.").size(), 2U);
    EXPECT_EQ(split("Det sagde KL. Byrådet takkede for den. Så sluttede mødet.").size(), 3U);
    EXPECT_EQ(split("Vejen ryddes inden kl. 8. Klasse B er busruter.").size(), 2U);
    EXPECT_EQ(split("Der var 45 fremmødte. 12 stemte imod.").size(), 2U);
}

TEST(Sentences, AreTrimmedInOrderAndLoseNoLetters) {
    std::mt19937 random(99);
    for (int i = 0; i < 4000; ++i) {
        const std::string text = naughty(random);
        std::size_t at = 0;
        std::string kept;
        for (const Span& span : sentences(text)) {
            ASSERT_LE(at, span.begin);
            ASSERT_LT(span.begin, span.end);
            ASSERT_LE(span.end, text.size());
            kept += words(std::string_view(text).substr(span.begin, span.end - span.begin)) + " ";
            at = span.end;
        }
        ASSERT_EQ(kept.empty(), sentences(text).empty());
    }
}

}  // namespace
}  // namespace raadbot::danish
