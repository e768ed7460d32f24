// Replies as notices: the same words in both forms, within size, pinging nobody.
#include "adapters/matrix/render.hpp"

#include <gtest/gtest.h>

#include "adapters/matrix/html.hpp"
#include "tests/support/fake_conversation.hpp"
#include "tests/support/fake_homeserver.hpp"

namespace raadbot::matrix {
namespace {

using namespace test;

Json rendered(const bot::Reply& reply, const Place& place = {}) {
    Json content = Json::parse(render(reply, place));
    EXPECT_EQ(content["msgtype"], "m.notice");
    EXPECT_EQ(content["m.mentions"], Json::object());
    EXPECT_TRUE(content.contains("formatted_body"));
    const std::string html = content.value("formatted_body", "");
    const auto good = check_html(html);
    EXPECT_TRUE(good) << good.error().message;
    EXPECT_LE(content["body"].get<std::string>().size() + html.size(), largest_text);
    EXPECT_LE(as_edit(content.dump(), EventId{"$x"}).size(), 65'536U - 4'096U);
    return content;
}

TEST(Render, SaysTheSameInBothForms) {
    const bot::Reply reply = rich_answer();
    const Json content = rendered(reply);
    const std::string body = content["body"];
    const std::string html = content["formatted_body"];
    EXPECT_TRUE(body.starts_with(reply.text));
    for (const auto& source : reply.sources) {
        EXPECT_NE(body.find(source.title), std::string::npos);
        EXPECT_NE(body.find(source.url), std::string::npos);
        EXPECT_NE(html.find(source.title), std::string::npos);
    }
    for (const auto& sentence : reply.sentences)
        EXPECT_NE(html.find(sentence.text), std::string::npos);
    for (const std::string* part : {&reply.ai_label, &reply.permalink}) {
        EXPECT_NE(body.find(*part), std::string::npos);
        EXPECT_NE(html.find(*part), std::string::npos);
    }
    EXPECT_NE(html.find("<details><summary>[1] "), std::string::npos);
    EXPECT_NE(html.find("<a href=\"https://egelund.example/kultur/skovbyhallen#hallen\">"),
              std::string::npos);
    EXPECT_NE(body.find("2025-02-25"), std::string::npos);
}

TEST(Render, LinksToWhatBelongsToASource) {
    bot::Reply reply = rich_answer();
    reply.sources[0].also = {
        {"recording", "Mødet", "https://by.example/video?t=3725", 3725, std::nullopt},
        {"agenda", "Dagsorden", "javascript:alert(1)", std::nullopt, std::nullopt}};
    const Json content = rendered(reply);
    EXPECT_NE(content["body"].get<std::string>().find(
                  "Se behandlingen på video 1.02.05: https://by.example/video?t=3725"),
              std::string::npos)
        << content["body"];
    EXPECT_NE(
        content["formatted_body"].get<std::string>().find(
            "<a href=\"https://by.example/video?t=3725\">Se behandlingen på video 1.02.05</a>"),
        std::string::npos)
        << content["formatted_body"];
    EXPECT_EQ(content.dump().find("javascript:"), std::string::npos);
}

TEST(Render, ShowsRefusalsAndChoices) {
    EXPECT_NE(rendered(refusal())["body"].get<std::string>().find("Det nærmeste"),
              std::string::npos);
    const std::string html = rendered(clarification())["formatted_body"];
    EXPECT_NE(html.find("<ul><li>Ny idrætshal i Skovby</li>"), std::string::npos);
}

TEST(Render, AnswersWhereItWasAsked) {
    EXPECT_FALSE(rendered(refusal()).contains("m.relates_to"));
    EXPECT_EQ(rendered(refusal(), {EventId{"$q"}, {}})["m.relates_to"],
              (Json{{"m.in_reply_to", {{"event_id", "$q"}}}}));
    EXPECT_EQ(rendered(refusal(), {EventId{"$q"}, EventId{"$root"}})["m.relates_to"],
              (Json{{"rel_type", "m.thread"},
                    {"event_id", "$root"},
                    {"is_falling_back", true},
                    {"m.in_reply_to", {{"event_id", "$q"}}}}));
}

TEST(Render, LetsNothingHostileThrough) {
    const Json content = rendered(FakeConversation::hostile());
    const std::string html = content["formatted_body"];
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_EQ(html.find("<img"), std::string::npos);
    EXPECT_EQ(html.find("href=\"javascript"), std::string::npos);
}

TEST(Render, ShortensWhatIsTooLongAndLinksToTheWhole) {
    for (const std::size_t size : {1'000U, 9'000U, 20'000U, 39'900U, 40'001U, 200'000U}) {
        bot::Reply reply = rich_answer();
        std::string long_text;
        while (long_text.size() < size) long_text += "Æblegrød \"citat\" & <b>mere</b>\n";
        reply.text = long_text;
        reply.sentences.front().text = long_text;
        reply.sources.front().quote = long_text;
        const Json content = rendered(reply);
        EXPECT_NE(content["body"].get<std::string>().find(reply.permalink), std::string::npos)
            << size;
        EXPECT_NE(content["formatted_body"].get<std::string>().find(reply.permalink),
                  std::string::npos)
            << size;
        EXPECT_NE(content["body"].get<std::string>().find(reply.ai_label), std::string::npos)
            << size;
    }
}

TEST(Render, KeepsLongSourcesButDropsTheirQuotesFirst) {
    bot::Reply reply = rich_answer();
    for (auto& source : reply.sources) source.quote = std::string(12'000, 'q');
    const std::string body = rendered(reply)["body"];
    EXPECT_EQ(body.find("qqqq"), std::string::npos);
    EXPECT_NE(body.find(reply.sources.back().url), std::string::npos);
    EXPECT_TRUE(body.starts_with(reply.text));
}

TEST(Render, SurvivesControlBytesAndBrokenText) {
    bot::Reply reply = rich_answer();
    reply.text = std::string("a\0b\x1b[31m\x7f", 9) + "\xff\xfe";
    reply.sources[0].title = "\xc3";
    for (auto& sentence : reply.sentences) sentence.text = "\xf0\x9f";
    EXPECT_TRUE(Json::parse(render(reply, {})).is_object());
}

TEST(Edit, CarriesTheWholeNewContent) {
    const std::string content = render(rich_answer(), {EventId{"$q"}, EventId{"$root"}});
    const Json edit = Json::parse(as_edit(content, EventId{"$answer"}));
    EXPECT_EQ(edit["m.relates_to"], (Json{{"rel_type", "m.replace"}, {"event_id", "$answer"}}));
    EXPECT_TRUE(edit["body"].get<std::string>().starts_with("* "));
    EXPECT_EQ(edit["m.mentions"], Json::object());
    EXPECT_EQ(edit["m.new_content"]["m.mentions"], Json::object());
    EXPECT_FALSE(edit["m.new_content"].contains("m.relates_to"));
    EXPECT_EQ(edit["m.new_content"]["body"], Json::parse(content)["body"]);
}

TEST(Notices, SayWhatTheBotIs) {
    Options options = matrix_options();
    for (const char* language : {"da", "en"}) {
        options.language = language;
        const Json content = Json::parse(notice(introduction(options), {}));
        EXPECT_EQ(content["msgtype"], "m.notice");
        EXPECT_NE(content["body"].get<std::string>().find("Egelund Kommune"), std::string::npos);
        EXPECT_NE(content["body"].get<std::string>().find(language == std::string("da")
                                                              ? "kunstig intelligens"
                                                              : "artificial intelligence"),
                  std::string::npos);
        EXPECT_TRUE(check_html(content["formatted_body"].get<std::string>()));
    }
}

}  // namespace
}  // namespace raadbot::matrix
