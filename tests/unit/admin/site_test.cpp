#include "adapters/admin/site.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "adapters/admin/actions.hpp"
#include "adapters/admin/cookies.hpp"
#include "bot/governance/desk.hpp"
#include "tests/support/fake_provider.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::admin {
namespace {

using namespace std::chrono_literals;
using governance::Role;
using http::Request;
using http::Response;

class MovingClock final : public bot::Clock {
public:
    Timestamp at{std::chrono::seconds{1'795'680'000}};
    [[nodiscard]] Timestamp now() const override { return at; }
};

/// A browser: keeps cookies, knows the last page.
class Browser {
public:
    Browser(Site& site, std::string agent = "Mozilla/5.0", std::string client = "10.0.0.5")
        : site_(site), agent_(std::move(agent)), client_(std::move(client)) {}

    Response get(const std::string& path, const std::string& query = {}) {
        Request request = blank("GET", path);
        request.query = query;
        return take(site_.handle(request));
    }
    Response post(const std::string& path, std::string form, bool with_token = true,
                  std::vector<http::Field> more = {}) {
        Request request = blank("POST", path);
        for (http::Field& field : more) request.fields.push_back(std::move(field));
        if (with_token) form += (form.empty() ? "" : "&") + ("csrf=" + token());
        request.body = std::move(form);
        return take(site_.handle(request));
    }
    /// The token of the last page that had one.
    [[nodiscard]] std::string token() const {
        static const std::regex hidden(R"re(name="csrf" value="([0-9a-f]+)")re");
        std::smatch match;
        return std::regex_search(page_, match, hidden) ? match[1].str() : "";
    }
    std::string cookies;
    [[nodiscard]] const std::string& page() const { return page_; }

private:
    Request blank(const char* method, const std::string& path) const {
        Request request;
        request.method = method;
        request.path = path;
        request.client = client_;
        request.host = "127.0.0.1:8070";
        request.fields = {{"User-Agent", agent_}, {"Cookie", cookies}};
        return request;
    }
    Response take(Response response) {
        for (const http::Field& field : response.fields) {
            if (field.name != "Set-Cookie") continue;
            const std::string pair = field.value.substr(0, field.value.find(';'));
            const std::string name = pair.substr(0, pair.find('='));
            // A jar of one cookie a name.
            static const std::regex pairs(R"re(([^=; ]+)=([^;]*))re");
            std::string jar = pair;
            for (auto it = std::sregex_iterator(cookies.begin(), cookies.end(), pairs);
                 it != std::sregex_iterator(); ++it) {
                if ((*it)[1] != name) jar += "; " + it->str();
            }
            cookies = jar;
        }
        if (!response.body.empty()) page_ = response.body;
        return response;
    }
    Site& site_;
    std::string agent_;
    std::string client_;
    std::string page_;
};

class AdminTest : public ::testing::Test {
protected:
    AdminTest() {
        store_ = store::Store::open(folder_.path());
        options_.municipality = "Lunby Kommune";
        options_.desk.data_dir = folder_.path();
        options_.desk.roots = {folder_.path()};
        sources::Source source;
        source.id = SourceId{"haandbog"};
        source.path = folder_ / "haandbog";
        source.base_url = "https://lunby.example/";
        store_->put_source(source);
        ParsedDocument document;
        document.url = "https://lunby.example/plads";
        document.title = "<b>Pladsen</b>";
        document.passages.push_back({{}, "Pladsen ligger på Industrivej.", {}, {}, {}, {}, {}});
        store_->replace_file(source, {"p.md", 1, 1, "x", true, ""}, {document}, clock_.at);
    }
    void open() {
        Hooks hooks;
        hooks.get = [this](const std::string& url) { return provider_.get(url); };
        hooks.post = [this](const std::string& url, const std::string& form,
                            const std::vector<http::Field>& fields) {
            provider_.now = clock_.at;
            return provider_.token(url, form, fields);
        };
        hooks.lexicon =
            danish::Lexicon::load(std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/lexicon")
                .value();
        auto site = Site::open(options_, std::move(hooks), clock_);
        if (!site) throw std::runtime_error(site.error().message);
        site_ = std::move(*site);
    }
    std::string add(const std::string& login, governance::Roles roles) {
        governance::Desk desk(*store_, options_.desk, {"cli:test", Role::operator_}, clock_.at);
        return desk.add_user(login, login, roles).value();
    }
    /// Signed in with a password of their own.
    Browser person(const std::string& login, governance::Roles roles) {
        const std::string once = add(login, roles);
        if (!site_) open();
        Browser browser(*site_);
        browser.post("/log-ind", "login=" + login + "&password=" + once, false);
        browser.get("/");
        browser.post("/adgangskode", "old=" + once + "&new=en+god+lang+kode");
        browser.get("/");
        return browser;
    }
    std::string last_action() { return store::Ledger(*store_).last_audit().value().action; }

    support::TemporaryFolder folder_;
    MovingClock clock_;
    std::unique_ptr<store::Store> store_;
    Options options_;
    test::FakeProvider provider_{"https://login.lunby.example",
                                 "https://admin.lunby.example/log-ind/svar"};
    std::unique_ptr<Site> site_;
};

const std::string stop_form = "reason=Fejl";

TEST_F(AdminTest, NothingIsShownToWhoIsNotSignedIn) {
    open();
    Browser nobody(*site_);
    for (const char* path : {"/", "/kilder", "/log", "/log/eksport", "/dokumenter", "/tal",
                             "/adgangskode", "/nonsense"}) {
        const Response response = nobody.get(path);
        EXPECT_EQ(response.status, 303U) << path;
        EXPECT_EQ(response.body.find("haandbog"), std::string::npos);
    }
    EXPECT_EQ(nobody.post("/stop", stop_form).status, 401U);
    EXPECT_FALSE(store_->setting("paused"));
}

TEST_F(AdminTest, TheOneTimePasswordMustBeChangedBeforeAnythingElse) {
    const std::string once = add("olga", Role::operator_);
    open();
    Browser olga(*site_);
    EXPECT_EQ(olga.post("/log-ind", "login=olga&password=forkert", false).status, 401U);
    EXPECT_EQ(olga.post("/log-ind", "login=olga&password=" + once, false).status, 303U);
    EXPECT_NE(olga.get("/kilder").body.find("Engangskoden"), std::string::npos);
    EXPECT_EQ(olga.post("/stop", stop_form).status, 403U);
    EXPECT_EQ(olga.post("/adgangskode", "old=" + once + "&new=kort").status, 400U);
    EXPECT_EQ(olga.post("/adgangskode", "old=" + once + "&new=en+god+lang+kode").status, 303U);
    EXPECT_NE(olga.get("/kilder").body.find("haandbog"), std::string::npos);
    Browser other(*site_);
    EXPECT_EQ(other.post("/log-ind", "login=olga&password=" + once, false).status, 401U) << "once";
}

TEST_F(AdminTest, FailuresInARowMakeEverybodyWait) {
    Browser olga = person("olga", Role::operator_);
    Browser guesser(*site_);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(guesser.post("/log-ind", "login=olga&password=x", false).status, 401U);
    }
    EXPECT_EQ(guesser.post("/log-ind", "login=olga&password=en+god+lang+kode", false).status, 429U);
    EXPECT_EQ(last_action(), "staff.locked");
    clock_.at += 31s;
    EXPECT_EQ(guesser.post("/log-ind", "login=olga&password=en+god+lang+kode", false).status, 303U);
    // An account that does not exist behaves alike.
    for (int i = 0; i < 5; ++i) guesser.post("/log-ind", "login=ingen&password=x", false);
    EXPECT_EQ(guesser.post("/log-ind", "login=ingen&password=x", false).status, 429U);
}

TEST_F(AdminTest, AFormWithoutTheSessionsTokenChangesNothing) {
    Browser olga = person("olga", Role::operator_);
    EXPECT_EQ(olga.post("/stop", stop_form, false).status, 403U);
    EXPECT_EQ(olga.post("/stop", stop_form + "&csrf=" + std::string(64, '0'), false).status, 403U);
    EXPECT_EQ(olga.post("/stop", stop_form, true, {{"Origin", "https://evil.example"}}).status,
              403U);
    EXPECT_EQ(olga.post("/stop", stop_form, true, {{"Sec-Fetch-Site", "cross-site"}}).status, 403U);
    EXPECT_EQ(olga.post("/stop", stop_form, true, {{"Sec-Fetch-Site", "same-site"}}).status, 403U);
    EXPECT_FALSE(store_->setting("paused"));
    EXPECT_EQ(olga.post("/stop", stop_form, true, {{"Origin", "http://127.0.0.1:8070"}}).status,
              303U);
    EXPECT_EQ(store_->setting("paused"), "Fejl");
    Browser bodil = person("bodil", Role::operator_);
    bodil.get("/stop");
    const std::string foreign = bodil.token();
    olga.get("/stop");
    EXPECT_EQ(olga.post("/start", "csrf=" + foreign, false).status, 403U) << "another's token";
}

TEST_F(AdminTest, ACopiedCookieEndsTheSessionForBoth) {
    Browser olga = person("olga", Role::operator_);
    Browser thief(*site_, "curl/7.88");
    thief.cookies = olga.cookies;
    const Response caught = thief.get("/kilder");
    EXPECT_EQ(caught.status, 403U);
    EXPECT_EQ(caught.body.find("haandbog"), std::string::npos);
    EXPECT_EQ(last_action(), "session.stolen");
    EXPECT_EQ(olga.get("/kilder").status, 303U) << "the owner signs in again, and knows why";

    // The same browser, the same address: found as soon as both have used it.
    Browser karen = person("karen", Role::operator_);
    Browser twin(*site_);
    twin.cookies = karen.cookies;
    karen.get("/stop");
    EXPECT_EQ(karen.post("/stop", stop_form).status, 303U);
    clock_.at += 11s;
    EXPECT_EQ(twin.post("/start", "").status, 403U);
    EXPECT_TRUE(store_->setting("paused"));
    EXPECT_EQ(karen.get("/").status, 303U);
}

TEST_F(AdminTest, SigningOutAndTimeEndASession) {
    Browser olga = person("olga", Role::operator_);
    const std::string before = olga.cookies;
    EXPECT_EQ(olga.post("/log-ud", "").status, 303U);
    olga.cookies = before;
    EXPECT_EQ(olga.get("/").status, 303U);
    Browser karen = person("karen", Role::reader);
    clock_.at += 29min;
    EXPECT_EQ(karen.get("/").status, 200U);
    clock_.at += 31min;
    EXPECT_EQ(karen.get("/").status, 303U);
}

TEST_F(AdminTest, ASecondPersonApprovesAndProvesWhoTheyAre) {
    Browser karen = person("karen", governance::Roles(Role::curator) | Role::approver);
    std::filesystem::create_directories(folder_ / "ny");
    const std::string form =
        "id=ny&kind=website&base_url=https%3A%2F%2Fny.example%2F&audience=public&owner=Web&"
        "owner_mail=w%40lunby.example&purpose=Svar&rights=Vores&review_date=2027-06-30&path=" +
        http::percent_encoded((folder_ / "ny").string());
    EXPECT_EQ(karen.post("/kilder/ny", form).status, 303U);
    store::Ledger ledger(*store_);
    auto row = ledger.proposal(1).value();
    karen.get("/forslag/1");
    EXPECT_EQ(karen.page().find("/forslag/1/godkend"), std::string::npos);
    row.preview = governance::preview_json({});
    ledger.put_proposal(row);
    EXPECT_EQ(karen.post("/forslag/1/godkend", "").status, 403U) << "her own";

    Browser gert = person("gert", Role::approver);
    clock_.at += 16min;
    gert.get("/forslag/1");
    const Response ask = gert.post("/forslag/1/godkend", "");
    EXPECT_EQ(ask.status, 303U);
    EXPECT_EQ(store_->source(SourceId{"ny"})->state, sources::State::proposed);
    gert.get("/bekraeft", "til=%2Fforslag%2F1");
    EXPECT_EQ(gert.post("/bekraeft", "next=%2Fforslag%2F1&password=forkert").status, 401U);
    gert.get("/bekraeft", "til=%2Fforslag%2F1");
    const Response on = gert.post("/bekraeft", "next=%2Fforslag%2F1&password=en+god+lang+kode");
    EXPECT_EQ(on.status, 303U);
    EXPECT_EQ(gert.post("/forslag/1/godkend", "").status, 303U);
    EXPECT_EQ(store_->source(SourceId{"ny"})->state, sources::State::approved);
}

TEST_F(AdminTest, RolesCountWhateverTheFormSays) {
    Browser rasmus = person("rasmus", Role::reader);
    rasmus.get("/dokumenter");
    const std::string id =
        store::document_id(SourceId{"haandbog"}, "https://lunby.example/plads").value;
    EXPECT_EQ(rasmus.page().find("/fjern"), std::string::npos);
    EXPECT_EQ(rasmus.post("/dokumenter/" + id + "/fjern", "reason=x").status, 403U);
    EXPECT_EQ(rasmus.post("/stop", stop_form).status, 403U);
    EXPECT_EQ(rasmus.post("/kilder/haandbog/fjern", "reason=x").status, 403U);
    EXPECT_EQ(rasmus.post("/nonsense", "").status, 404U);
    EXPECT_EQ(store_->counts().documents, 1U);
}

TEST_F(AdminTest, TakingDownWorksAtOnceAndTextIsNeverMarkup) {
    Browser karen = person("karen", Role::curator);
    const std::string list = karen.get("/dokumenter").body;
    EXPECT_EQ(list.find("<b>"), std::string::npos);
    EXPECT_NE(list.find("&lt;b&gt;Pladsen"), std::string::npos);
    const std::string id =
        store::document_id(SourceId{"haandbog"}, "https://lunby.example/plads").value;
    EXPECT_EQ(karen.post("/dokumenter/" + id + "/fjern", "reason=Forkert").status, 303U);
    EXPECT_EQ(store_->counts().documents, 0U);
    EXPECT_NE(karen.get("/dokumenter").body.find("Forkert"), std::string::npos);
}

TEST_F(AdminTest, EveryPageIsWholeInBothLanguagesWithoutScript) {
    Browser all = person("alma", governance::roles_of("reader curator approver operator"));
    store::Ledger ledger(*store_);
    ledger.add_unanswered(
        Date{std::chrono::year{2026}, std::chrono::November, std::chrono::day{25}},
        "Hvornår åbner svømmehallen?", "no_answer_in_material");
    ledger.add_handoff({"h1", "web", "", "Hvad nu?", "open", "", "", clock_.at, std::nullopt});
    ledger.add_known_error("Takster for 2025 mangler", clock_.at);
    ledger.add_test_question(
        {0, "Hvor?", "public", "answered", "https://lunby.example/", "Industri"});
    store_->add_feedback(AnswerId{"a1"}, false, "<i>Nej</i>", clock_.at);
    store_->count_answer(Date{std::chrono::year{2026}, std::chrono::November, std::chrono::day{25}},
                         "web", "refused", "no_answer_in_material");
    for (const char* language : {"da", "en"}) {
        for (const char* path :
             {"/", "/kilder", "/kilder/ny", "/kilder/haandbog", "/forslag", "/dokumenter", "/svar",
              "/svar/nyt", "/ubesvarede", "/henvendelser", "/feedback", "/versioner", "/tal",
              "/stop", "/log", "/adgangskode", "/bekraeft"}) {
            const Response response = all.get(path, std::string("lang=") + language);
            EXPECT_EQ(response.status, 200U) << path;
            EXPECT_NE(response.body.find("</html>"), std::string::npos) << path;
            EXPECT_EQ(response.body.find("<script"), std::string::npos) << path;
            EXPECT_EQ(response.body.find("style="), std::string::npos) << path;
            EXPECT_EQ(response.body.find("<i>"), std::string::npos) << path;
            EXPECT_NE(response.body.find(std::string("lang=\"") + language + "\""),
                      std::string::npos);
        }
    }
    EXPECT_EQ(all.get("/kilder/findes-ikke").status, 404U);
}

TEST_F(AdminTest, SignInThroughTheProviderGivesTheRolesOfItsClaims) {
    OidcOptions oidc;
    oidc.issuer = "https://login.lunby.example";
    oidc.client_id = provider_.client_id;
    oidc.client_secret = provider_.client_secret;
    oidc.roles = {{"groups", "raadbot", Role::curator}};
    options_.oidc = oidc;
    options_.url = "https://admin.lunby.example";
    open();
    Browser browser(*site_);
    const auto go = [&] {
        const Response away = browser.get("/log-ind/udbyder");
        std::string location;
        for (const auto& field : away.fields) {
            if (field.name == "Location") location = field.value;
            if (field.name == "Set-Cookie") {
                EXPECT_NE(field.value.find("__Host-"), std::string::npos);
                EXPECT_NE(field.value.find("; Secure"), std::string::npos);
                EXPECT_NE(field.value.find("; HttpOnly"), std::string::npos);
            }
        }
        const auto back = provider_.authorize(location);
        if (!back) return browser.get("/nonsense");
        std::string query;
        for (const auto& [name, value] : *back) {
            query += (query.empty() ? "" : "&") + name + "=" + http::percent_encoded(value);
        }
        return browser.get("/log-ind/svar", query);
    };
    EXPECT_EQ(go().status, 403U) << "no role";
    EXPECT_EQ(browser.get("/").status, 303U);
    provider_.claims["groups"] = {"raadbot"};
    EXPECT_EQ(go().status, 200U);
    EXPECT_NE(browser.get("/").body.find("karen@lunby.example"), std::string::npos);
    EXPECT_EQ(browser.get("/log-ind/svar", "code=x&state=y").status, 400U);
    EXPECT_TRUE(provider_.refused.empty());
}

TEST(Cookies, AreReadStrictly) {
    EXPECT_EQ(cookie("a=1; b=2", "b"), "2");
    EXPECT_EQ(cookie("a=1;b=2", "a"), "1");
    EXPECT_EQ(cookie("ab=1", "b"), "");
    EXPECT_EQ(cookie("b=1; b=2", "b"), "") << "which one is ours?";
    EXPECT_EQ(cookie("b", "b"), "");
    EXPECT_EQ(cookie("", "b"), "");
    EXPECT_EQ(set_cookie("n", "v", true, SameSite::strict),
              "n=v; Path=/; HttpOnly; SameSite=Strict; Secure");
}

TEST(Paths, OnlyOurOwnAreGoneOnTo) {
    EXPECT_TRUE(is_own_path("/forslag/7"));
    for (const char* path :
         {"//evil.example", "https://evil.example", "/\\evil", "/a?b", "", "/a b"}) {
        EXPECT_FALSE(is_own_path(path)) << path;
    }
}

}  // namespace
}  // namespace raadbot::admin
