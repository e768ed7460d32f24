// A kept answer is shown only while everything it cites may be shown.
#include <gtest/gtest.h>

#include "bot/app/commands.hpp"
#include "tests/support/town.hpp"

namespace raadbot {
namespace {

TEST(Permalink, IsGoneWhenItsSourceIsPausedOrExpired) {
    const support::Town town;
    ASSERT_EQ(town.ingest().exit_code, 0);
    const auto config = app::read_config(town.folder / "town.toml");
    ASSERT_TRUE(config);
    const auto conversation = app::open_conversation(*config, true);
    ASSERT_TRUE(conversation) << conversation.error().message;
    bot::Message message;
    message.text = "hvad er det faste vederlag";
    message.now = *parse_timestamp("2026-11-23T08:00:00Z");
    const bot::Reply reply = (*conversation)->reply(message);
    ASSERT_EQ(reply.kind, bot::ReplyKind::answered) << reply.text;
    const std::vector<Audience> everyone{Audience{}};
    ASSERT_TRUE((*conversation)->kept(reply.answer_id, everyone, message.now));

    const auto store = store::Store::open(config->data_dir);
    auto source = *store->source(SourceId{"pages"});
    source.state = sources::State::paused;
    store->put_source(source);
    EXPECT_FALSE((*conversation)->kept(reply.answer_id, everyone, message.now));

    source.state = sources::State::approved;
    source.review_date = parse_date("2026-11-22");
    store->put_source(source);
    EXPECT_FALSE((*conversation)->kept(reply.answer_id, everyone, message.now));

    source.review_date.reset();
    source.audience = Audience{"council"};
    store->put_source(source);
    EXPECT_FALSE((*conversation)->kept(reply.answer_id, everyone, message.now));
    EXPECT_TRUE((*conversation)->kept(reply.answer_id, widen({Audience{"council"}}), message.now));
}

TEST(Permalink, SaysWhenItsSourceHasBeenCorrected) {
    const support::Town town;
    ASSERT_EQ(town.ingest().exit_code, 0);
    const auto config = app::read_config(town.folder / "town.toml");
    ASSERT_TRUE(config);
    const auto conversation = app::open_conversation(*config, true);
    ASSERT_TRUE(conversation) << conversation.error().message;
    bot::Message message;
    message.text = "hvad er det faste vederlag";
    message.now = *parse_timestamp("2026-11-23T08:00:00Z");
    const bot::Reply reply = (*conversation)->reply(message);
    ASSERT_EQ(reply.kind, bot::ReplyKind::answered) << reply.text;
    const std::vector<Audience> everyone{Audience{}};
    const auto notes = [&] {
        const auto kept = (*conversation)->kept(reply.answer_id, everyone, message.now);
        EXPECT_TRUE(kept);
        return kept ? kept->notes : std::vector<std::string>{};
    };
    EXPECT_TRUE(notes().empty());
    town.folder.write("pages/vederlag.md", "# Vederlag\n\nDet faste vederlag er 115.000 kr.\n");
    ASSERT_EQ(town.ingest().exit_code, 0);
    ASSERT_EQ(notes().size(), 1U);
    EXPECT_NE(notes()[0].find("forældet"), std::string::npos);

    // Who may not see the new version may not see the old answer either.
    const auto store = store::Store::open(config->data_dir);
    auto source = *store->source(SourceId{"pages"});
    source.audience = Audience{"council"};
    store->put_source(source);
    EXPECT_FALSE((*conversation)->kept(reply.answer_id, everyone, message.now));
}

}  // namespace
}  // namespace raadbot
