// Papers in a ZIP: each file by its own reader, exports rule their files, bombs are refused.
#include <random>

#include "tests/support/make_zip.hpp"
#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

using support::make_zip;

TEST(PapersZip, ReadsEachFileAtItsPlace) {
    const std::string zip =
        make_zip({{"bilag/Støj.md", "# Støj ved banen\n\nStøjen er 54 dB om natten.\n"},
                  {"referat.pdf", test_file("referat.pdf")},
                  {"__MACOSX/x.md", "# Skrald\n\nSkrald."},
                  {"billede.png", "\x89PNG"}});
    EXPECT_EQ(detect_format(zip, "bilag.zip"), Format::zip);
    const auto parsed = parse_bytes(zip, "bilag.zip", SourceKind::meetings);
    ASSERT_TRUE(parsed) << parsed.error().message;
    ASSERT_EQ(parsed->documents.size(), 4U);
    EXPECT_EQ(parsed->documents[0].title, "Støj ved banen");
    EXPECT_EQ(parsed->documents[0].url_suffix, "#bilag/St%C3%B8j.md");
    EXPECT_EQ(parsed->documents[3].title, "Ny svømmehal i Fjordby");
    EXPECT_EQ(parsed->documents[3].url_suffix, "#referat.pdf&page=1&punkt=2");
    EXPECT_EQ(parsed->report.closed_items, 1U);
    EXPECT_FALSE(holds(everything(*parsed), "Skrald"));
}

TEST(PapersZip, AnExportInItSaysWhatIsRead) {
    const auto bytes = [](const char* name) {
        return test_file(std::string("exports/sbsys/Publication7/") + name);
    };
    const std::string zip = make_zip({{"P7\\Publication7.xml", bytes("Publication7.xml")},
                                      {"P7\\Enclosures\\1.txt", bytes("Enclosures/1.txt")},
                                      {"P7\\Enclosures\\2.txt", bytes("Enclosures/2.txt")},
                                      {"P7\\Enclosures\\3.txt", bytes("Enclosures/3.txt")},
                                      {"P7\\Enclosures\\4.txt", bytes("Enclosures/4.txt")},
                                      {"P7\\Enclosures\\5.txt", bytes("Enclosures/5.txt")}});
    const auto parsed = parse_bytes(zip, "p.zip", SourceKind::meetings);
    ASSERT_TRUE(parsed) << parsed.error().message;
    ASSERT_EQ(parsed->documents.size(), 3U);
    EXPECT_EQ(parsed->documents[2].title, "Kort over cykelstien");
    EXPECT_EQ(parsed->documents[2].meeting->item_number, "1");
    EXPECT_FALSE(holds(everything(*parsed), "KANARIE"));
    for (const std::string& note : parsed->report.notes) EXPECT_FALSE(holds(note, "KANARIE"));
}

TEST(PapersZip, WhatAPagesClosedItemLinksToIsNotRead) {
    const std::string zip = make_zip(
        {{"bilag/1.md", "# Bro\n\nBroen males grøn.\n"},
         {"bilag/2.md", "# Grund\n\nKANARIE om prisen.\n"},
         {"referat.html",
          "<html><head><title>Referat Byrådet 5. maj 2026</title></head><body><h1>Referat, Byrådet "
          "5. maj 2026</h1><h2>1. Bro</h2><h3>Beslutning</h3><p>Ja. <a href='bilag/1.md'>Bilag</a>"
          "</p><h2>2. Grund (Lukket)</h2><h3>Beslutning</h3><p>Købt. <a href='./bilag/2.md'>Bilag"
          "</a></p></body></html>"}});
    const auto parsed = parse_bytes(zip, "m.zip", SourceKind::meetings);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_TRUE(holds(everything(*parsed), "males grøn"));
    EXPECT_FALSE(holds(everything(*parsed), "KANARIE"));
}

TEST(PapersZip, RefusesBombsAndSurvivesDamage) {
    const std::string bomb = make_zip({{"a.txt", std::string(64U << 20U, 'a')}});
    ASSERT_LT(bomb.size(), 1U << 20U);
    const auto refused = parse_bytes(bomb, "bombe.zip");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::too_large);
    const std::string good = make_zip({{"a.md", "# A\n\nTekst."}});
    for (std::size_t cut = 4; cut < good.size(); cut += 7)
        EXPECT_FALSE(parse_bytes(good.substr(0, cut), "a.zip").has_value()) << cut;
    // A ZIP in a ZIP is not unpacked.
    const auto nested = parse_bytes(make_zip({{"inner.zip", good}}), "a.zip");
    ASSERT_TRUE(nested);
    EXPECT_TRUE(nested->documents.empty());
}

TEST(PapersZip, ManySmallFilesMayNotUnpackToTooMuch) {
    // One bit a letter: packs to an eighth, which is no bomb by itself.
    std::map<std::string, std::string> files;
    std::minstd_rand random(1);
    for (int i = 0; i < 12; ++i) {
        std::string& text = files["f" + std::to_string(i) + ".bin"];
        while (text.size() < 400'000) text += (random() >> 8U) % 2 == 0 ? 'a' : 'b';
    }
    const std::string zip = make_zip(files);
    ParseInput input;
    input.bytes = zip;
    input.name = "mange.zip";
    Limits limits;
    limits.max_file_bytes = 1'000'000;  // four times that may come out
    ASSERT_LT(zip.size(), limits.max_file_bytes);
    const auto parsed = parse(input, limits);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace raadbot::ingest
