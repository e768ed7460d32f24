#include <atomic>

#include <thread>

#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

Result<Parsed> confined(const std::string& bytes, const std::string& name, Limits limits = {}) {
    ParseInput input;
    input.bytes = bytes;
    input.name = name;
    return parse_confined(input, limits);
}

TEST(ParseConfined, GivesWhatParseGives) {
    for (const std::string name : {"agenda-rows.html", "referat.pdf", "koersel.docx", "moede.vtt",
                                   "ordliste.md", "svar.md"}) {
        const auto here = parse_bytes(test_file(name), name);
        const auto there = confined(test_file(name), name);
        ASSERT_TRUE(here && there) << name << (there ? "" : there.error().message);
        EXPECT_EQ(*here, *there) << name;
    }
}

TEST(ParseConfined, CarriesErrorsBack) {
    const auto bomb = confined(test_file("bomb.docx"), "bomb.docx");
    ASSERT_FALSE(bomb);
    EXPECT_EQ(bomb.error().code, ErrorCode::too_large);
    Limits small;
    small.max_file_bytes = 10;
    EXPECT_EQ(confined("mere end ti tegn", "a.txt", small).error().code, ErrorCode::too_large);
}

TEST(ParseConfined, EndsAFileThatTakesTooLongAndGoesOn) {
    Limits none;
    none.max_seconds = std::chrono::seconds(0);
    std::string page = "<html><body><main><h1>Lang</h1>";
    for (int at = 0; at < 400'000; ++at) page += "<p>Et afsnit med <b>ord</b> og <i>flere</i>.</p>";
    const auto late = confined(page, "lang.html", none);
    if (!late) {
        EXPECT_TRUE(late.error().code == ErrorCode::timed_out ||
                    late.error().code == ErrorCode::unreadable ||
                    late.error().code == ErrorCode::too_large)
            << late.error().message;
    }
    EXPECT_TRUE(confined("# Næste\n\nGår godt.\n", "b.md"));
}

TEST(ParseConfined, ServesSeveralThreads) {
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int at = 0; at < 4; ++at) {
        threads.emplace_back([&] {
            for (int round = 0; round < 5; ++round)
                good += confined("# A\n\nEt ord.\n", "a.md") ? 1 : 0;
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(good, 20);
}

}  // namespace
}  // namespace raadbot::ingest

// This program is its own parse child, as raadbot is.
int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "parse-child")
        return raadbot::ingest::parse_child_main();
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
