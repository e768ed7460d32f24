// Signing in to the real program's administration through a strict OpenID Connect provider behind
// TLS: discovery, keys, code, PKCE, and everything that must not get anybody in.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "retrieval/store/ledger.hpp"
#include "tests/support/certificate.hpp"
#include "tests/support/fake_provider.hpp"
#include "tests/support/nginx.hpp"
#include "tests/support/raw_web_server.hpp"
#include "tests/support/tcp_client.hpp"
#include "tests/support/town.hpp"

namespace raadbot {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using support::Asked;

constexpr const char* own = "https://admin.lunby.example";

struct Answer {
    int status = 0;
    std::string head;
    std::string body;
    [[nodiscard]] std::string location() const {
        const auto at = head.find("\r\nLocation: ");
        return at == std::string::npos ? ""
                                       : head.substr(at + 12, head.find("\r\n", at + 12) - at - 12);
    }
};

/// Follows no redirect by itself; keeps cookies as a browser does.
class Browser {
public:
    explicit Browser(std::uint16_t port) : port_(port) {}

    Answer get(const std::string& target) { return send("GET " + target, ""); }
    Answer post(const std::string& target, const http::Form& form) {
        std::string body;
        for (const auto& [name, value] : form)
            body += (body.empty() ? "" : "&") + name + "=" + http::percent_encoded(value);
        return send("POST " + target, body);
    }
    std::map<std::string, std::string> cookies;

private:
    Answer send(const std::string& what, const std::string& body) {
        test::TcpClient client(port_);
        std::string request = what +
                              " HTTP/1.1\r\nHost: admin.lunby.example\r\nUser-Agent: prøve\r\n"
                              "Connection: close\r\nOrigin: " +
                              std::string(own) +
                              "\r\n"
                              "Sec-Fetch-Site: same-origin\r\n";
        std::string all;
        for (const auto& [name, value] : cookies)
            all += (all.empty() ? "" : "; ") + name + "=" + value;
        if (!all.empty()) request += "Cookie: " + all + "\r\n";
        if (what.starts_with("POST")) {
            request += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n";
        }
        client.send(request + "\r\n" + body);
        const std::string bytes = client.until_closed();
        Answer out;
        const auto end = bytes.find("\r\n\r\n");
        out.head = bytes.substr(0, end);
        out.body = end == std::string::npos ? "" : bytes.substr(end + 4);
        out.status = bytes.size() > 12 ? std::atoi(bytes.c_str() + 9) : 0;
        for (auto at = out.head.find("\r\nSet-Cookie: "); at != std::string::npos;
             at = out.head.find("\r\nSet-Cookie: ", at + 1)) {
            const std::string line =
                out.head.substr(at + 14, out.head.find("\r\n", at + 14) - at - 14);
            const auto equals = line.find('=');
            const std::string name = line.substr(0, equals);
            const std::string value = line.substr(equals + 1, line.find(';') - equals - 1);
            EXPECT_NE(line.find("HttpOnly"), std::string::npos) << line;
            EXPECT_NE(line.find("Secure"), std::string::npos) << line;
            EXPECT_TRUE(name.starts_with("__Host-")) << line;
            if (value.empty()) {
                cookies.erase(name);
            } else {
                cookies[name] = value;
            }
        }
        return out;
    }
    std::uint16_t port_;
};

class OidcProgram : public ::testing::Test {
protected:
    OidcProgram()
        : back_([this](const Asked& asked) { return answer(asked); }),
          nginx_(town_.folder / "nginx") {}

    void SetUp() override {
        if (support::Nginx::program().empty()) {
            GTEST_FAIL() << "nginx is not installed: apt-get install nginx-light "
                            "(tests/packages names it)";
        }
        const std::uint16_t tls = nginx_.listen();
        const std::string base = (town_.folder / "nginx").string();
        support::write_certificate(base + "/key.pem", base + "/certificate.pem");
        nginx_.start("server { listen 127.0.0.1:" + std::to_string(tls) + " ssl; ssl_certificate " +
                     base + "/certificate.pem; ssl_certificate_key " + base +
                     "/key.pem; location / { proxy_pass " + back_.url("") + "; } }");
        issuer_ = "https://127.0.0.1:" + std::to_string(tls);
        provider_.emplace(issuer_, std::string(own) + "/log-ind/svar");
        provider_->claims["groups"] = {"raadbot-curators"};
        town_.folder.write("secret", provider_->client_secret + "\n");
        town_.write_config("[admin]\nport = 0\nlocal_accounts = false\nurl = \"" +
                           std::string(own) +
                           "\"\nfresh_sign_in_minutes = 15\n[admin.oidc]\nissuer = \"" + issuer_ +
                           "\"\nclient_id = \"" + provider_->client_id +
                           "\"\nclient_secret_file = \"secret\"\n"
                           "[[admin.oidc.role]]\nclaim = \"groups\"\nvalue = \"raadbot-curators\"\n"
                           "role = \"curator\"\n");
        ASSERT_EQ(town_.ingest().exit_code, 0);
        ::setenv("SSL_CERT_FILE", (base + "/certificate.pem").c_str(), 1);
        program_.emplace(town_.line("serve", {"--port", "0"}));
        const auto end = std::chrono::steady_clock::now() + 2min;
        const std::string mark = "admin on http://127.0.0.1:";
        while (std::chrono::steady_clock::now() < end && program_->running()) {
            const std::string out = program_->out();
            if (const auto at = out.find(mark);
                at != std::string::npos && out.find('\n', at) != std::string::npos) {
                port_ = static_cast<std::uint16_t>(std::atoi(out.c_str() + at + mark.size()));
                break;
            }
            std::this_thread::sleep_for(10ms);
        }
        ASSERT_NE(port_, 0) << program_->err();
    }
    void TearDown() override {
        ::unsetenv("SSL_CERT_FILE");
        if (!program_) return;
        program_->signal(SIGTERM);
        EXPECT_EQ(program_->wait(2min).exit_code, 0) << program_->err();
    }

    std::string answer(const Asked& asked) {
        const std::lock_guard lock(mutex_);
        provider_->now =
            std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + skew_;
        Result<std::string> out = fail(ErrorCode::not_found, "");
        if (!asked.body.empty()) {
            std::vector<http::Field> fields;
            if (const auto given = asked.field("Authorization"); !given.empty())
                fields.push_back({"Authorization", std::string(given)});
            out = provider_->token(issuer_ + asked.target, asked.body, fields);
        } else {
            out = provider_->get(issuer_ + asked.target);
        }
        return out ? support::reply(200, "application/json", *out)
                   : support::reply(400, "application/json", "{\"error\":\"invalid_request\"}");
    }

    /// To the provider, where the person says yes, and back.
    void sign_in(Browser& browser) { let_through(browser.get("/log-ind/udbyder")); }
    /// `away`: the answer that sends the browser to the provider.
    void let_through(const Answer& away) {
        EXPECT_EQ(away.status, 303) << away.body;
        sent_ = away.location();
        const std::lock_guard lock(mutex_);
        const auto query = provider_->authorize(sent_);
        EXPECT_TRUE(query) << (provider_->refused.empty() ? "" : provider_->refused.back());
        if (!query) return;
        back_query_ = "/log-ind/svar?";
        for (const auto& [name, value] : *query)
            back_query_ += name + "=" + http::percent_encoded(value) + "&";
        back_query_.pop_back();
    }
    Answer signed_in(Browser& browser) {
        sign_in(browser);
        return browser.get(back_query_);
    }
    /// The form for proving again, sent off for a page of ours (or of somebody else's).
    static Answer prove(Browser& browser, const std::string& next) {
        const std::string mark = "name=\"csrf\" value=\"";
        const std::string page = browser.get("/bekraeft?til=/").body;
        const auto at = page.find(mark);
        EXPECT_NE(at, std::string::npos) << page;
        const auto begin = at + mark.size();
        return browser.post(
            "/bekraeft",
            {{"csrf", page.substr(begin, page.find('"', begin) - begin)}, {"next", next}});
    }
    static bool inside(Browser& browser) {
        return browser.get("/kilder").body.find("href=\"/kilder/pages\"") != std::string::npos;
    }

    support::Town town_;
    std::mutex mutex_;
    std::optional<test::FakeProvider> provider_;
    std::chrono::seconds skew_{0};
    std::string issuer_, sent_, back_query_;
    support::RawWebServer back_;
    support::Nginx nginx_;
    std::optional<support::Background> program_;
    std::uint16_t port_ = 0;
};

TEST_F(OidcProgram, SignsInWithTheRolesOfTheClaims) {
    Browser browser(port_);
    EXPECT_FALSE(inside(browser));
    const Answer onward = signed_in(browser);
    EXPECT_EQ(onward.status, 200) << onward.body << program_->err();
    EXPECT_TRUE(inside(browser));
    EXPECT_NE(browser.get("/kilder").body.find("/kilder/ny"), std::string::npos) << "a curator";
    EXPECT_TRUE(provider_->refused.empty()) << provider_->refused.front();
    const auto store = store::Store::open(town_.folder / "data");
    const auto staff = store::Ledger(*store).all_staff();
    ASSERT_EQ(staff.size(), 1U);
    EXPECT_EQ(staff[0].name, "karen@lunby.example");
    EXPECT_EQ(staff[0].roles, "curator");
}

TEST_F(OidcProgram, NobodyWithoutARoleGetsIn) {
    provider_->claims["groups"] = {"everybody"};
    Browser browser(port_);
    EXPECT_EQ(signed_in(browser).status, 403);
    EXPECT_FALSE(inside(browser));
    EXPECT_TRUE(store::Ledger(*store::Store::open(town_.folder / "data")).all_staff().empty());
    // Whose role is taken away loses it with the next sign-in.
    provider_->claims["groups"] = {"raadbot-curators"};
    EXPECT_EQ(signed_in(browser).status, 200);
    provider_->claims["groups"] = {"everybody"};
    Browser other(port_);
    EXPECT_EQ(signed_in(other).status, 403);
}

TEST_F(OidcProgram, AnAnswerCountsOnceInItsOwnBrowser) {
    Browser browser(port_);
    sign_in(browser);
    Browser thief(port_);
    EXPECT_EQ(thief.get(back_query_).status, 400) << "without the ticket";
    const std::string used = back_query_;
    EXPECT_EQ(browser.get(used).status, 200);
    EXPECT_EQ(browser.get(used).status, 400) << "the code and the ticket are used";

    sign_in(browser);
    std::string forged = back_query_;
    const auto state = forged.find("state=") + 6;
    forged[state] = forged[state] == '0' ? '1' : '0';
    EXPECT_EQ(browser.get(forged).status, 400) << "another state";
}

TEST_F(OidcProgram, TokensOfAnotherTimeNonceOrIssuerAreRefused) {
    const auto status_with = [&](const json& change) {
        const json good = provider_->claims;
        provider_->claims.update(change);
        Browser browser(port_);
        const int status = signed_in(browser).status;
        EXPECT_EQ(inside(browser), status == 200);
        provider_->claims = good;
        return status;
    };
    EXPECT_EQ(status_with({{"nonce", std::string(64, '0')}}), 400);
    EXPECT_EQ(status_with({{"iss", "https://login.evil.example"}}), 400);
    EXPECT_EQ(status_with({{"aud", "another"}}), 400);
    // Clocks that differ a little are usual.
    skew_ = 90s;
    EXPECT_EQ(status_with(json::object()), 200);
    skew_ = -90s;
    EXPECT_EQ(status_with(json::object()), 200);
    skew_ = 10min;
    EXPECT_EQ(status_with(json::object()), 400);
    skew_ = -15min;
    EXPECT_EQ(status_with(json::object()), 400);
    const std::string log = program_->err();
    EXPECT_NE(log.find("sign-in:"), std::string::npos);
    EXPECT_EQ(log.find(provider_->client_secret), std::string::npos);
}

TEST_F(OidcProgram, ProvingAgainLeadsBackToWhereOneWas) {
    Browser browser(port_);
    ASSERT_EQ(signed_in(browser).status, 200);
    const std::string before = browser.cookies.at("__Host-raadbot");
    let_through(prove(browser, "/forslag/7"));
    EXPECT_NE(sent_.find("prompt=login"), std::string::npos) << sent_;
    EXPECT_NE(sent_.find("max_age=0"), std::string::npos);
    const Answer onward = browser.get(back_query_);
    EXPECT_EQ(onward.status, 200);
    EXPECT_NE(onward.body.find("0;url=/forslag/7\""), std::string::npos) << onward.body;
    EXPECT_NE(browser.cookies.at("__Host-raadbot"), before) << "a new session";
    EXPECT_TRUE(inside(browser));
}

TEST_F(OidcProgram, ItNeverLeadsAway) {
    Browser browser(port_);
    ASSERT_EQ(signed_in(browser).status, 200);
    for (const auto next : {"//evil.example/", "https://evil.example", "/\\evil.example"}) {
        let_through(prove(browser, next));
        const Answer onward = browser.get(back_query_);
        EXPECT_NE(onward.body.find("0;url=/\""), std::string::npos) << onward.body;
        EXPECT_EQ(onward.body.find("evil"), std::string::npos) << onward.body;
    }
}

}  // namespace
}  // namespace raadbot
