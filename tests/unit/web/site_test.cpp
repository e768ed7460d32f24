#include "adapters/web/site.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "adapters/http/url.hpp"
#include "adapters/web/api_json.hpp"
#include "adapters/web/html.hpp"
#include "adapters/web/rate_limit.hpp"
#include "adapters/web/texts.hpp"
#include "tests/support/fake_conversation.hpp"

namespace raadbot::web {
namespace {

using http::Request;
using http::Response;
using Json = nlohmann::json;

std::string_view field_of(const Response& response, std::string_view name) {
    for (const http::Field& field : response.fields) {
        if (http::same_name(field.name, name)) return field.value;
    }
    return {};
}

class SiteTest : public ::testing::Test {
protected:
    SiteTest() { open(options()); }

    static WebOptions options() {
        WebOptions out;
        out.contact = test::secretariat();
        out.frame_ancestors = {"https://www.egelund.example"};
        return out;
    }
    void open(WebOptions with) {
        auto site = Site::open(std::move(with), conversation_, clock_, [this] { return facts_; });
        if (!site) throw std::runtime_error(site.error().message);
        site_ = std::move(*site);
    }
    Response get(std::string path, std::string query = {}) {
        Request request = from("203.0.113.1");
        request.path = std::move(path);
        request.query = std::move(query);
        return site_->handle(request);
    }
    Response post(std::string path, std::string body, std::string type,
                  std::vector<http::Field> more = {}) {
        Request request = from("203.0.113.1");
        request.method = "POST";
        request.path = std::move(path);
        request.body = std::move(body);
        request.fields = std::move(more);
        request.fields.push_back({"Content-Type", std::move(type)});
        return site_->handle(request);
    }
    Response ask(std::string body) { return post("/api/ask", std::move(body), "application/json"); }
    Response form(std::string path, std::string body) {
        return post(std::move(path), std::move(body), "application/x-www-form-urlencoded");
    }
    static Request from(std::string client) {
        Request out;
        out.method = "GET";
        out.client = std::move(client);
        out.host = "spoerg.egelund.example";
        out.scheme = "https";
        return out;
    }

    test::FakeConversation conversation_;
    bot::FixedClock clock_{Timestamp{std::chrono::seconds{1'795'000'000}}};
    SiteFacts facts_;
    std::unique_ptr<Site> site_;
};

TEST_F(SiteTest, TheApiTakesAndGivesTheContract) {
    const Response response =
        ask(R"({"id":"7","question":" hvad endte vi med om hallen ","previous":["før"]})");
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(response.content_type, "application/json");
    const Json json = Json::parse(response.body);
    EXPECT_EQ(json["id"], "7");
    EXPECT_EQ(json["kind"], "answered");
    EXPECT_TRUE(json["elapsed_ms"].is_number());
    ASSERT_EQ(conversation_.asked.size(), 1U);
    const bot::Message& message = conversation_.asked[0];
    EXPECT_EQ(message.channel, "web");
    EXPECT_EQ(message.text, "hvad endte vi med om hallen");
    EXPECT_EQ(message.previous, std::vector<std::string>{"før"});
    EXPECT_EQ(message.audiences, std::vector<Audience>{Audience{}});
    EXPECT_EQ(message.now, clock_.now());
}

TEST_F(SiteTest, AHandedOverQuestionHasItsOwnPageForWhoeverHasTheAddress) {
    const std::string id(32, 'a');
    std::string answer;
    WebOptions with = options();
    with.handoff = [&](std::string_view asked) -> std::optional<HandoffView> {
        if (asked != id) return std::nullopt;
        return HandoffView{"Hvornår <b>åbner</b> hallen?", answer};
    };
    open(with);
    const Response waits = get("/henvendelse/" + id);
    EXPECT_EQ(waits.status, 200U);
    EXPECT_NE(waits.body.find("Hvornår &lt;b&gt;åbner&lt;/b&gt; hallen?"), std::string::npos);
    EXPECT_NE(waits.body.find("noindex"), std::string::npos) << "no search engine finds it";
    EXPECT_EQ(waits.body.find("Den åbner 3. marts"), std::string::npos);
    answer = "Den åbner 3. marts.\nTag badetøj & håndklæde med.";
    const Response answered = get("/henvendelse/" + id);
    EXPECT_NE(answered.body.find("Den åbner 3. marts."), std::string::npos);
    EXPECT_NE(answered.body.find("badetøj &amp; håndklæde"), std::string::npos);
    for (const std::string& other : {std::string(32, 'b'), std::string(31, 'a'),
                                     std::string(33, 'a'), std::string("..%2F"), std::string()}) {
        const Response gone = get("/henvendelse/" + other);
        EXPECT_EQ(gone.status, 404U) << other;
        EXPECT_EQ(gone.body.find("hallen"), std::string::npos);
    }
    open(options());
    EXPECT_EQ(get("/henvendelse/" + id).status, 404U) << "a bot without hand-off";
}

TEST_F(SiteTest, TheAccountabilityPageTellsOfEachOfTheTenPoints) {
    facts_.sources = {{"a", "handbook", "public", "Kansliet", 1, std::nullopt},
                      {"b", "intranet", "council", "Kansliet", 1, std::nullopt},
                      {"c", "meetings", "committee:tmu", "Kansliet", 1, std::nullopt}};
    facts_.counted_since = clock_.now();
    facts_.questions = 4001;
    facts_.refused = 1301;
    facts_.personal = 171;
    facts_.policy = 172;
    facts_.test_questions = 61;
    facts_.known_errors = {"Fejl i takster"};
    facts_.takedowns = 73;
    facts_.audit_lines = 8123;
    facts_.four_eyes = true;
    const std::string body = get("/om").body;
    const auto begin = body.find("<ol class=\"points\">");
    ASSERT_NE(begin, std::string::npos);
    const std::string list = body.substr(begin, body.find("</ol>", begin) - begin);
    const auto count = [&](std::string_view part) {
        std::size_t found = 0;
        for (auto at = list.find(part); at != std::string::npos; at = list.find(part, at + 1))
            ++found;
        return found;
    };
    EXPECT_EQ(count("<li><h3>"), 10U);
    EXPECT_EQ(count("Vises ved:"), 10U) << "each says what shows it";
    EXPECT_EQ(list.find('{'), std::string::npos) << "no figure was left out";
    // Each point has a heading, what enforces it and what shows it; none is empty.
    for (auto at = list.find("<li>"); at != std::string::npos; at = list.find("<li>", at + 1)) {
        const std::string point = list.substr(at, list.find("</li>", at) - at);
        const auto enforced = point.find("<p>");
        ASSERT_NE(enforced, std::string::npos) << point;
        EXPECT_GT(point.find("</p>", enforced) - enforced, 40U) << point;
        EXPECT_GT(point.size() - point.find("Vises ved:"), 30U) << point;
    }
    for (const auto figure : {"4.001", "1.301", "171", "172", "61", "73", "8.123"})
        EXPECT_NE(list.find(figure), std::string::npos) << figure << "\n" << list;
    EXPECT_NE(list.find("fire øjne er slået til"), std::string::npos);
    facts_.four_eyes = false;
    EXPECT_EQ(get("/om").body.find("fire øjne er slået til"), std::string::npos);
}

TEST_F(SiteTest, TheAudienceIsPublicWhateverIsAskedFor) {
    EXPECT_EQ(ask(R"({"question":"a","audience":["council"]})").status, 200U);
    EXPECT_EQ(conversation_.asked.at(0).audiences, std::vector<Audience>{Audience{}});
    get("/svar/a1");
    EXPECT_EQ(conversation_.kept_audiences, std::vector<Audience>{Audience{}});
}

TEST_F(SiteTest, NowIsTheClocksUnlessConfigured) {
    const std::string body = R"({"question":"a","now":"2026-01-02T03:04:05Z"})";
    ask(body);
    EXPECT_EQ(conversation_.asked.at(0).now, clock_.now());
    WebOptions obeys = options();
    obeys.obey_now = true;
    open(obeys);
    ask(body);
    EXPECT_EQ(to_string(conversation_.asked.at(1).now), "2026-01-02T03:04:05Z");
}

TEST_F(SiteTest, JsonIsReadStrictly) {
    struct Case {
        std::string body;
        const char* code;
    };
    const Case cases[] = {
        {"", "invalid_json"},
        {"{", "invalid_json"},
        {"[]", "invalid_json"},
        {"\"a\"", "invalid_json"},
        {R"({"question":"a"} x)", "invalid_json"},
        {R"({"question":"a"}{})", "invalid_json"},
        {R"({"question":"a",})", "invalid_json"},
        {R"({"question":'a'})", "invalid_json"},
        {"{\"question\":\"a\"}" + std::string(1, '\0'), "nul"},
        {"\xef\xbb\xbf{\"question\":\"a\"}", "invalid_json"},
        {"{\"question\":" + std::string(10'000, '['), "invalid_json"},
        {R"({"question":"a\u0000b"})", "nul"},
        {"{\"question\":\"\xff\"}", "invalid_json"},
        {R"({"question":"\ud800"})", "invalid_json"},
        {R"({})", "missing_field"},
        {R"({"question":""})", "empty_question"},
        {R"({"question":" \n\t "})", "empty_question"},
        {R"({"question":7})", "wrong_type"},
        {R"({"question":null})", "wrong_type"},
        {R"({"question":["a"]})", "wrong_type"},
        {R"({"question":"a","previous":"b"})", "wrong_type"},
        {R"({"question":"a","previous":[1]})", "wrong_type"},
        {R"({"question":"a","language":"de"})", "wrong_value"},
        {R"({"question":"a","now":"i går"})", "wrong_value"},
        {R"({"question":"a","audience":"public"})", "wrong_type"},
        {R"({"question":"a","id":7})", "wrong_type"},
        {R"({"question":"a","question":"b"})", "invalid_json"},
        {R"({"question":"a","extra":1})", "unknown_field"},
        {"{\"question\":\"" + std::string(2'001, 'a') + "\"}", "too_long"},
        {"{\"question\":\"a\",\"previous\":[\"" + std::string(2'001, 'a') + "\"]}", "too_long"},
    };
    for (const Case& c : cases) {
        const Response response = ask(c.body);
        EXPECT_EQ(response.status, 400U) << c.body.substr(0, 80);
        const Json json = Json::parse(response.body);
        EXPECT_EQ(json["error"]["code"], c.code) << c.body.substr(0, 80);
        EXPECT_FALSE(json["error"]["message"].get<std::string>().empty());
    }
    EXPECT_TRUE(conversation_.asked.empty());
    std::string long_question;
    for (int i = 0; i < 2'000; ++i) long_question += "å";
    EXPECT_EQ(ask("{\"question\":\"" + long_question + "\"}").status, 200U);
    EXPECT_EQ(post("/api/ask", "{\"question\":\"a\"}", "text/plain").status, 415U);
    EXPECT_EQ(post("/api/ask", "{\"question\":\"a\"}", "application/json; charset=utf-8").status,
              200U);
}

TEST_F(SiteTest, FaultsAreToldInTheChosenLanguage) {
    EXPECT_NE(ask(R"({"question":""})").body.find("Skriv et"), std::string::npos);
    Request request = from("203.0.113.1");
    request.method = "POST";
    request.path = "/api/ask";
    request.query = "lang=en";
    request.fields = {{"Content-Type", "application/json"}};
    request.body = R"({"question":""})";
    EXPECT_NE(site_->handle(request).body.find("Write a question"), std::string::npos);
}

TEST_F(SiteTest, TheSameAnswerByFormByLinkAndAsAFragment) {
    const Response by_form = form("/", "q=hvad+endte+vi&previous=f%C3%B8r");
    const Response by_link = get("/", "q=hvad+endte+vi");
    const Response fragment = form("/fragment/answer", "q=hvad+endte+vi");
    EXPECT_EQ(by_form.status, 200U);
    for (const char* part :
         {"Byrådet vedtog den 25. februar 2025", "class=\"card\"", "Fagudtryk", "25. februar 2025",
          "href=\"https://dagsordener.egelund.example/vis?id=77&amp;punktid=4#beslutning\"",
          "Hvornår åbner hallen?", "Åbn kilden", "Sidst kontrolleret 23. november 2026"}) {
        EXPECT_NE(by_form.body.find(part), std::string::npos) << part;
        EXPECT_NE(by_link.body.find(part), std::string::npos) << part;
        EXPECT_NE(fragment.body.find(part), std::string::npos) << part;
    }
    EXPECT_EQ(fragment.body.find("<html"), std::string::npos);
    EXPECT_EQ(conversation_.asked.at(0).previous, std::vector<std::string>{"før"});
    // The next form carries the conversation.
    EXPECT_NE(by_form.body.find("name=\"previous\" value=\"før\""), std::string::npos);
    EXPECT_NE(by_form.body.find("name=\"previous\" value=\"hvad endte vi\""), std::string::npos);
}

TEST_F(SiteTest, EmptyAndEndlessQuestionsAreToldOnThePage) {
    const Response empty = form("/", "q=+");
    EXPECT_EQ(empty.status, 400U);
    EXPECT_NE(empty.body.find("Skriv et spørgsmål først"), std::string::npos);
    const Response endless = form("/", "q=" + std::string(2'001, 'a'));
    EXPECT_EQ(endless.status, 400U);
    EXPECT_NE(endless.body.find("højst 2000 tegn"), std::string::npos);
    EXPECT_EQ(form("/", "q=%00").status, 400U);
    EXPECT_EQ(form("/", "q=%ff").status, 400U);
    EXPECT_EQ(get("/", "q=%C3").status, 400U);
    EXPECT_TRUE(conversation_.asked.empty());
}

TEST_F(SiteTest, RefusalsAndQuestionsBackHaveTheirParts) {
    const std::string refused = form("/", "q=sv%C3%B8mmehal").body;
    for (const char* part : {"Det svarer kommunens materiale ikke på.", "Det nærmeste i materialet",
                             "Egelund Svømmehal", "Spørg et menneske",
                             "mailto:sekretariat@egelund.example", "tel:99001010"}) {
        EXPECT_NE(refused.find(part), std::string::npos) << part;
    }
    // The nearest source and the contact stand in a card and a box, not in the text as well.
    EXPECT_EQ(refused.find("materialet har, er »"), std::string::npos);
    EXPECT_EQ(refused.find("Spørg Byrådssekretariatet,"), std::string::npos);
    const std::string unclear = form("/", "q=hallen").body;
    EXPECT_NE(
        unclear.find("<button class=\"choice\" name=\"q\" value=\"Renovering af Tranholthallen\">"),
        std::string::npos);
    EXPECT_EQ(unclear.find("<li>Renovering"), std::string::npos);  // As a button only.
}

TEST_F(SiteTest, QuotesKeepTheirFrameAndLeadsStandAlone) {
    const std::string page = form("/", "q=in+English&lang=en").body;
    EXPECT_NE(page.find("<p class=\"frame\">The material says, in Danish:</p>"), std::string::npos);
    EXPECT_NE(page.find("<p class=\"lead\">Byrådet, 25. februar 2025</p>"), std::string::npos);
    EXPECT_NE(page.find("<span lang=\"da\">Byrådet vedtog"), std::string::npos);
    // From the same place: still under its lead. From another: apart.
    EXPECT_NE(page.find("<p class=\"said\"><span lang=\"da\">For stemte 16"), std::string::npos);
    EXPECT_NE(page.find("<ul class=\"said-list apart\">"), std::string::npos);
    EXPECT_EQ(form("/", "q=a").body.find("class=\"frame\""), std::string::npos);
}

TEST_F(SiteTest, RowsOfOneTableStandAsATable) {
    const std::string page = form("/", "q=tabel").body;
    EXPECT_NE(page.find("<th scope=\"col\">Dag</th><th scope=\"col\">Åbent</th>"),
              std::string::npos);
    EXPECT_NE(page.find("<td>Torsdag</td><td>10-17</td></tr></tbody></table>"), std::string::npos);
    // A row alone, of another table, stays a line.
    EXPECT_NE(page.find("Sted: Skovby; Åbent: 9-12</span>"), std::string::npos);
}

TEST_F(SiteTest, NothingFromAReplyOrAQuestionIsMarkup) {
    const std::string bad = "fjendtlig <script>alert(1)</script> \"'><b>";
    for (const Response& response :
         {form("/", "q=" + http::percent_encoded(bad) + "&previous=" + http::percent_encoded(bad)),
          form("/fragment/answer", "q=" + http::percent_encoded(bad)),
          form("/widget", "q=" + http::percent_encoded(bad)),
          get("/svar/" + test::FakeConversation::hostile().answer_id),
          get("/", "lang=" + http::percent_encoded(bad))}) {
        EXPECT_EQ(response.status, 200U);
        EXPECT_EQ(response.body.find("<script>"), std::string::npos);
        EXPECT_EQ(response.body.find("<img"), std::string::npos);
        EXPECT_EQ(response.body.find("<b>"), std::string::npos);
        EXPECT_EQ(response.body.find("javascript:"), std::string::npos);
    }
}

TEST_F(SiteTest, WhatBelongsToASourceIsLinkedFromItsCard) {
    conversation_.also = {
        {"agenda", "Dagsorden", "https://by.example/d#3", std::nullopt, std::nullopt},
        {"recording", "Mødet", "https://by.example/video?t=3725", 3725, std::nullopt},
        {"item", "Punkt", "javascript:alert(1)", std::nullopt, std::nullopt}};
    const std::string page = form("/", "q=a").body;
    EXPECT_NE(page.find("href=\"https://by.example/d#3\">Dagsordenen<"), std::string::npos) << page;
    EXPECT_NE(
        page.find("href=\"https://by.example/video?t=3725\">Se behandlingen på video 1.02.05<"),
        std::string::npos)
        << page;
    EXPECT_EQ(page.find("javascript:"), std::string::npos);
}

TEST_F(SiteTest, LinksAreHttpOnly) {
    for (const char* good : {"http://a", "HTTPS://a/b?c#d"}) EXPECT_TRUE(is_web_url(good));
    for (const char* bad :
         {"", "http://", "javascript:alert(1)", "data:text/html,a", "//a", "/a", "https:a",
          " https://a", "https://a b", "java\nscript:a", "https://a\n"}) {
        EXPECT_FALSE(is_web_url(bad)) << bad;
    }
}

TEST_F(SiteTest, ThePermalinkShowsTheKeptAnswerOrSaysItIsGone) {
    form("/", "q=a");
    const Response kept = get("/svar/a1b2c3d4e5f60718");
    EXPECT_EQ(kept.status, 200U);
    EXPECT_NE(kept.body.find("42,0 mio."), std::string::npos);
    EXPECT_NE(kept.body.find("noindex"), std::string::npos);
    for (const std::string& id : std::vector<std::string>{"", "x", "../a", std::string(500, 'a')}) {
        const Response gone = get("/svar/" + id);
        EXPECT_EQ(gone.status, 404U) << id;
        EXPECT_NE(gone.body.find("Svaret findes ikke"), std::string::npos);
    }
}

TEST_F(SiteTest, FeedbackByJsonAndByForm) {
    form("/", "q=a");
    const std::string id = "a1b2c3d4e5f60718";
    EXPECT_EQ(
        post("/api/feedback", R"({"answer_id":")" + id + R"(","helpful":true,"comment":"godt"})",
             "application/json")
            .status,
        200U);
    EXPECT_EQ(form("/feedback", "answer_id=" + id + "&helpful=0&comment=mangler").status, 200U);
    ASSERT_EQ(conversation_.rated.size(), 2U);
    EXPECT_TRUE(conversation_.rated[0].helpful);
    EXPECT_EQ(conversation_.rated[1].comment, "mangler");
    EXPECT_EQ(
        post("/api/feedback", R"({"answer_id":"nej","helpful":true})", "application/json").status,
        404U);
    EXPECT_EQ(form("/feedback", "answer_id=nej&helpful=0").status, 404U);
    for (const char* bad :
         {R"({"answer_id":"a"})", R"({"helpful":true})", R"({"answer_id":"a","helpful":"true"})",
          R"({"answer_id":"a","helpful":true,"x":1})", R"({"answer_id":1,"helpful":true})"}) {
        EXPECT_EQ(post("/api/feedback", bad, "application/json").status, 400U) << bad;
    }
    EXPECT_EQ(form("/feedback", "answer_id=" + id + "&helpful=2").status, 400U);
}

TEST_F(SiteTest, OtherSitesMayNotPost) {
    const auto with = [&](std::vector<http::Field> fields) {
        return post("/", "q=a", "application/x-www-form-urlencoded", std::move(fields)).status;
    };
    EXPECT_EQ(with({}), 200U);
    EXPECT_EQ(
        with({{"Sec-Fetch-Site", "same-origin"}, {"Origin", "https://spoerg.egelund.example"}}),
        200U);
    EXPECT_EQ(with({{"Origin", "https://spoerg.egelund.example"}}), 200U);
    for (const char* site : {"cross-site", "same-site", "x"})
        EXPECT_EQ(with({{"Sec-Fetch-Site", site}}), 403U);
    for (const char* origin :
         {"null", "https://evil.example", "http://spoerg.egelund.example",
          "https://spoerg.egelund.example.evil.example", "https://spoerg.egelund.example:444"}) {
        EXPECT_EQ(with({{"Origin", origin}}), 403U) << origin;
    }
    EXPECT_EQ(
        post("/api/ask", "{}", "application/json", {{"Origin", "https://evil.example"}}).status,
        403U);
    EXPECT_EQ(post("/api/feedback", "{}", "application/json", {{"Origin", "null"}}).status, 403U);
    WebOptions behind_proxy = options();
    behind_proxy.public_url = "https://svar.egelund.example";
    open(behind_proxy);
    EXPECT_EQ(with({{"Origin", "https://svar.egelund.example"}}), 200U);
}

TEST_F(SiteTest, OneAddressMayNotAskWithoutEnd) {
    WebOptions slow = options();
    slow.questions_per_minute = 6;  // Two at once.
    open(slow);
    EXPECT_EQ(form("/", "q=a").status, 200U);
    EXPECT_EQ(ask(R"({"question":"a"})").status, 200U);
    const Response page = form("/", "q=a");
    EXPECT_EQ(page.status, 429U);
    EXPECT_FALSE(field_of(page, "Retry-After").empty());
    EXPECT_NE(page.body.find("Vent"), std::string::npos);
    const Response json = ask(R"({"question":"a"})");
    EXPECT_EQ(json.status, 429U);
    EXPECT_EQ(Json::parse(json.body)["error"]["code"], "rate_limited");
    EXPECT_EQ(form("/fragment/answer", "q=a").status, 429U);
    EXPECT_EQ(get("/").status, 200U);  // Only questions count.
    Request other = from("203.0.113.2");
    other.path = "/";
    other.query = "q=a";
    EXPECT_EQ(site_->handle(other).status, 200U);
}

TEST_F(SiteTest, OnlyTheWidgetMayBeFramed) {
    EXPECT_NE(field_of(get("/"), "Content-Security-Policy").find("frame-ancestors 'none'"),
              std::string_view::npos);
    EXPECT_NE(field_of(get("/widget"), "Content-Security-Policy")
                  .find("frame-ancestors https://www.egelund.example"),
              std::string_view::npos);
    EXPECT_EQ(field_of(get("/widget.js"), "Cross-Origin-Resource-Policy"), "cross-origin");
    for (const char* path : {"/", "/widget", "/om", "/privatliv", "/tilgaengelighed"}) {
        const Response response = get(path);
        EXPECT_EQ(response.status, 200U);
        EXPECT_EQ(field_of(response, "Content-Security-Policy").find("unsafe"),
                  std::string_view::npos);
        EXPECT_EQ(response.body.find(" style=\""), std::string::npos) << path;
        EXPECT_EQ(response.body.find(" onclick"), std::string::npos) << path;
    }
}

TEST_F(SiteTest, TheAccountPageTellsWhatItIsGiven) {
    facts_.sources = {{"Håndbogen <b>", "handbook", "public", "Sekretariatet", 41, clock_.now()},
                      {"Hemmelig kilde", "intranet", "council", "HR", 3, std::nullopt},
                      {"Lukket kilde", "handbook", "committee:oeu", "HR", 3, std::nullopt}};
    facts_.indexed = clock_.now();
    facts_.counted_since = clock_.now();
    facts_.questions = 12'345;
    const std::string page = get("/om").body;
    EXPECT_NE(page.find("Håndbogen &lt;b&gt;"), std::string::npos);
    EXPECT_NE(page.find("12.345"), std::string::npos);
    EXPECT_NE(page.find("Yderligere 2 kilder"), std::string::npos);
    EXPECT_EQ(page.find("Hemmelig kilde"), std::string::npos);
    EXPECT_EQ(page.find("Lukket kilde"), std::string::npos);
    EXPECT_NE(get("/om", "lang=en").body.find("12,345"), std::string::npos);
}

TEST_F(SiteTest, AddressesAndMethods) {
    EXPECT_EQ(get("/healthz").body, "ok\n");
    EXPECT_EQ(get("/robots.txt").status, 200U);
    EXPECT_EQ(get("/favicon.svg").content_type, "image/svg+xml");
    EXPECT_EQ(get("/findes-ikke").status, 404U);
    EXPECT_EQ(get("/assets/0/site.css").status, 404U);
    EXPECT_EQ(get("/assets/../site.css").status, 404U);
    EXPECT_EQ(get("/api/ask").status, 405U);
    EXPECT_EQ(field_of(get("/api/ask"), "Allow"), "POST");
    EXPECT_EQ(form("/om", "").status, 405U);
    EXPECT_EQ(form("/findes-ikke", "").status, 404U);
    Request request = from("203.0.113.1");
    request.method = "DELETE";
    request.path = "/";
    EXPECT_EQ(site_->handle(request).status, 405U);
    // The style is where the page says it is, and may be kept for ever.
    const std::string page = get("/").body;
    const auto begin = page.find("/assets/");
    const Response style = get(page.substr(begin, page.find('"', begin) - begin));
    EXPECT_EQ(style.content_type, "text/css; charset=utf-8");
    EXPECT_NE(field_of(style, "Cache-Control").find("immutable"), std::string_view::npos);
}

TEST_F(SiteTest, AConversationThatThrowsIsAnApology) {
    class Broken final : public bot::Conversation {
    public:
        bot::Reply reply(const bot::Message&) override { throw std::runtime_error("disk gone"); }
        std::optional<bot::Reply> kept(std::string_view, const std::vector<Audience>&,
                                       Timestamp) override {
            return {};
        }
        bool feedback(std::string_view, bool, std::string_view, Timestamp,
                      std::string_view) override {
            return false;
        }
        bool take_back(std::string_view) override { return false; }
        std::vector<std::string> example_questions(std::string_view) override { return {}; }
        void refresh() override {}
    } broken;
    std::string told;
    WebOptions with = options();
    with.failed = [&told](std::string_view what) { told = what; };
    auto site = Site::open(with, broken, clock_, [] { return SiteFacts{}; });
    ASSERT_TRUE(site);
    Request request = from("203.0.113.1");
    request.path = "/";
    request.query = "q=a";
    const Response response = (*site)->handle(request);
    EXPECT_EQ(response.status, 500U);
    EXPECT_EQ(response.body.find("disk gone"), std::string::npos);
    EXPECT_EQ(told, "disk gone");
}

TEST_F(SiteTest, OptionsOutOfRangeStopTheStart) {
    const auto refused = [&](auto change) {
        WebOptions with = options();
        change(with);
        const auto site = Site::open(with, conversation_, clock_, [] { return SiteFacts{}; });
        return !site && site.error().code == ErrorCode::invalid_config;
    };
    EXPECT_TRUE(refused([](WebOptions& o) { o.questions_per_minute = 0; }));
    EXPECT_TRUE(refused([](WebOptions& o) { o.question_chars = 10; }));
    EXPECT_TRUE(refused([](WebOptions& o) { o.municipality.clear(); }));
    EXPECT_TRUE(refused([](WebOptions& o) { o.frame_ancestors = {"*"}; }));
}

TEST(RateLimit, RefillsWithTimeAndForgetsTheQuiet) {
    using namespace std::chrono_literals;
    const RateLimit::Time start{};
    RateLimit limit(6, 3);
    EXPECT_EQ(limit.take("a", start), 0s);
    EXPECT_EQ(limit.take("a", start), 0s);
    EXPECT_EQ(limit.take("a", start), 10s);
    EXPECT_EQ(limit.take("a", start + 4s), 6s);
    EXPECT_EQ(limit.take("a", start + 10s), 0s);
    EXPECT_EQ(limit.take("a", start), 10s);  // A clock that goes back gives nothing.
    for (int i = 0; i < 100; ++i) EXPECT_EQ(limit.take("b" + std::to_string(i), start + 1h), 0s);
    EXPECT_LE(limit.remembered(), 3U);
}

TEST(Texts, DatesAndNumbersReadAsInTheLanguage) {
    const auto danish = Texts::parse("[kind]\nvideo = \"Video i {kommune}\"", "da", "By");
    ASSERT_TRUE(danish);
    EXPECT_EQ(danish->date("2025-02-05"), "5. februar 2025");
    EXPECT_EQ(danish->date("2025-02-05T10:00:00Z"), "5. februar 2025");
    EXPECT_EQ(danish->date("i går"), "i går");
    EXPECT_EQ(danish->number(0), "0");
    EXPECT_EQ(danish->number(1'234'567), "1.234.567");
    EXPECT_EQ(danish->kind("video"), "Video i By");
    EXPECT_EQ(danish->kind("andet"), "andet");
    EXPECT_THROW(static_cast<void>((*danish)["a.b"]), std::out_of_range);
    const auto english = Texts::parse("[kind]\nvideo = \"Video\"\nmore = \"x\"", "en", "By");
    EXPECT_EQ(english->date("2025-02-05"), "5 February 2025");
    EXPECT_EQ(Texts::difference(*danish, *english), "kind.more");
    EXPECT_NE(Texts::parse("[a]\nb = 1", "da", "").error().message.find("a.b"), std::string::npos);
    EXPECT_NE(Texts::parse("[a]\nb", "da", "").error().message.find("line 2"), std::string::npos);
}

}  // namespace
}  // namespace raadbot::web
