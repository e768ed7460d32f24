#include "retrieval/store/crawl_store.hpp"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"

namespace raadbot::store {
namespace {

const SourceId town{"town"};

TEST(CrawlStore, MemoryDoesNotGrowWithTheNumberOfAddresses) {
    const support::TemporaryFolder folder;
    const auto known = CrawlStore::open(folder.path());
    known->begin(town);
    std::uint64_t least = 0;
    for (int n = 0; n < 100'000; ++n) {
        const std::string url = "https://lunby.example/politik/dagsordener-og-referater/byraadet/" +
                                std::to_string(n * 7919 % 100'003) + "/referat";
        known->add(town, url, 1);
        auto page = known->page(town, url);
        ASSERT_TRUE(page);
        page->state = PageState::kept;
        page->body_hash = std::string(40, 'x');
        page->text_hash = n + 1;
        known->put(town, *page);
        if (n % 64 == 0) known->commit();
        if (n == 20'000) least = known->memory_bytes();
    }
    EXPECT_EQ(known->counts(town).known, 100'000U);
    EXPECT_LE(known->memory_bytes(), 5'000'000U);
    EXPECT_LE(known->memory_bytes(), least + 100'000U);
}

TEST(CrawlStore, VariantsOutliveARunAndWhatTheySaidDoesNot) {
    const support::TemporaryFolder folder;
    {
        const auto known = CrawlStore::open(folder.path());
        known->begin(town);
        known->add_variants(town, 7, {2, 0});
        known->add_variants(town, 7, {1, 3});
        known->commit();
    }
    const auto known = CrawlStore::open(folder.path());
    EXPECT_TRUE(known->begin(town));
    EXPECT_EQ(known->variants(town, 7).known, 3U);
    EXPECT_EQ(known->variants(town, 7).same, 3U);
    EXPECT_EQ(known->variants(town, 8).known, 0U);
    known->finish(town);
    EXPECT_FALSE(known->begin(town));
    EXPECT_EQ(known->variants(town, 7).known, 3U);
    EXPECT_EQ(known->variants(town, 7).same, 0U);
    known->erase(town);
    EXPECT_EQ(known->variants(town, 7).known, 0U);
}

TEST(CrawlStore, ReadAgainForgetsWhatWouldSpareIt) {
    const auto known = CrawlStore::open({});
    known->begin(town);
    known->add(town, "https://a.example/x", 1);
    auto page = *known->page(town, "https://a.example/x");
    page.state = PageState::kept;
    page.etag = "\"1\"";
    page.body_hash = "hash";
    known->put(town, page);
    EXPECT_FALSE(known->next(town));
    EXPECT_FALSE(known->read_again(town, "https://a.example/y"));
    EXPECT_TRUE(known->read_again(town, "https://a.example/x"));
    const auto again = known->next(town);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->etag + again->body_hash, "");
    EXPECT_EQ(again->state, PageState::kept);
}

}  // namespace
}  // namespace raadbot::store
