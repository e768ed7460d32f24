#include "adapters/admin/oidc.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_provider.hpp"

namespace raadbot::admin {
namespace {

using namespace std::chrono_literals;
using governance::Role;
using nlohmann::json;

const std::string issuer = "https://login.lunby.example/tenant";
const std::string own = "https://admin.lunby.example";

class OidcTest : public ::testing::Test {
protected:
    OidcTest() {
        provider_.now = now_;
        provider_.claims["groups"] = {"staff", "raadbot-curators"};
        options_.issuer = issuer;
        options_.client_id = provider_.client_id;
        options_.client_secret = provider_.client_secret;
        options_.roles = {{"groups", "raadbot-curators", Role::curator},
                          {"groups", "raadbot-approvers", Role::approver},
                          {"role", "boss", Role::operator_}};
        open();
    }
    void open() {
        oidc_ = std::make_unique<Oidc>(
            options_, own, [this](const std::string& url) { return provider_.get(url); },
            [this](const std::string& url, const std::string& form,
                   const std::vector<http::Field>& fields) {
                return provider_.token(url, form, fields);
            });
    }
    Result<Oidc::Finished> sign_in(bool again = false) {
        const auto start = oidc_->start(again, now_);
        if (!start) return tl::unexpected(start.error());
        const auto back = provider_.authorize(start->location);
        if (!back) return fail(ErrorCode::denied, "the provider refused");
        return oidc_->finish(start->ticket, *back, now_);
    }
    bool denied_with(const json& change) {
        provider_.claims.update(change);
        return !sign_in();
    }

    Timestamp now_{std::chrono::seconds{1'795'680'000}};
    test::FakeProvider provider_{issuer, own + "/log-ind/svar"};
    OidcOptions options_;
    std::unique_ptr<Oidc> oidc_;
};

TEST_F(OidcTest, AStrictProviderSignsPeopleInWithTheirRoles) {
    const auto done = sign_in();
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->identity.roles, governance::Roles(Role::curator));
    EXPECT_EQ(done->identity.name, "karen@lunby.example");
    EXPECT_TRUE(done->identity.login.starts_with("oidc-"));
    EXPECT_TRUE(provider_.refused.empty());

    provider_.claims["preferred_username"] = "karen.ny@lunby.example";
    provider_.claims["role"] = "boss";
    const auto renamed = sign_in();
    ASSERT_TRUE(renamed);
    EXPECT_EQ(renamed->identity.login, done->identity.login) << "who somebody is stays";
    EXPECT_TRUE(renamed->identity.roles.has(Role::operator_));
    provider_.claims["sub"] = "another";
    EXPECT_NE(sign_in()->identity.login, done->identity.login);
}

TEST_F(OidcTest, TheSecretMayTravelInAFieldOrNotExist) {
    provider_.basic = true;
    EXPECT_FALSE(sign_in());
    options_.send_secret_in_body = false;
    open();
    EXPECT_TRUE(sign_in());
}

TEST_F(OidcTest, AWrongClaimIsRefusedWhateverItIs) {
    const std::int64_t now = now_.time_since_epoch().count();
    ASSERT_TRUE(sign_in());
    const json good = provider_.claims;
    const std::vector<json> wrong = {
        {{"iss", "https://login.evil.example"}},
        {{"aud", "another-client"}},
        {{"aud", json::array()}},
        {{"aud", {provider_.client_id, "other"}}},
        {{"azp", "another-client"}},
        {{"exp", now - 600}},
        {{"exp", "soon"}},
        {{"iat", now - 3'600}},
        {{"iat", now + 3'600}},
        {{"nbf", now + 3'600}},
        {{"nonce", ""}},
        {{"nonce", std::string(64, '0')}},
        {{"sub", ""}},
        {{"sub", 7}},
    };
    for (const json& change : wrong) {
        provider_.claims = good;
        EXPECT_TRUE(denied_with(change)) << change.dump();
    }
    provider_.claims = good;
    EXPECT_TRUE(sign_in());
}

TEST_F(OidcTest, OnlyRs256WithTheProvidersOwnKeyHolds) {
    const std::string id = provider_.signer().key_id();
    for (const std::string& header :
         {R"({"alg":"none","kid":")" + id + "\"}", R"({"alg":"HS256","kid":")" + id + "\"}",
          R"({"alg":"RS384","kid":")" + id + "\"}", std::string(R"({"alg":"RS256"})"),
          std::string(R"({"alg":"RS256","kid":"other"})")}) {
        provider_.token_header = header;
        EXPECT_FALSE(sign_in()) << header;
    }
}

TEST_F(OidcTest, AnAnswerCountsOnceForItsOwnSignInOnly) {
    const auto one = oidc_->start(false, now_);
    const auto other = oidc_->start(false, now_);
    const auto back = provider_.authorize(one->location);
    ASSERT_TRUE(back);
    EXPECT_FALSE(oidc_->finish(other->ticket, *back, now_)) << "another browser's ticket";
    EXPECT_FALSE(oidc_->finish("", *back, now_));
    EXPECT_TRUE(oidc_->finish(one->ticket, *back, now_));
    EXPECT_FALSE(oidc_->finish(one->ticket, *back, now_)) << "used";

    const auto late = oidc_->start(false, now_);
    const auto late_back = provider_.authorize(late->location);
    EXPECT_FALSE(oidc_->finish(late->ticket, *late_back, now_ + 10min));
}

TEST_F(OidcTest, AnAnswerOfAnotherIssuerOrWithoutStateIsRefused) {
    const auto attempt = [&](auto change) {
        const auto start = oidc_->start(false, now_);
        auto back = provider_.authorize(start->location).value();
        change(back);
        return oidc_->finish(start->ticket, back, now_).has_value();
    };
    EXPECT_TRUE(attempt([](http::Form&) {}));
    EXPECT_FALSE(attempt([](http::Form& form) { form[1].second = "x"; })) << "state";
    EXPECT_FALSE(attempt([](http::Form& form) { form[2].second = "https://evil.example"; }));
    EXPECT_FALSE(attempt([](http::Form& form) { form.pop_back(); })) << "it promised iss";
    EXPECT_FALSE(attempt([](http::Form& form) { form.emplace_back("error", "access_denied"); }));
    EXPECT_FALSE(attempt([](http::Form& form) { form[0].second = "stolen"; }));
}

TEST_F(OidcTest, ProvingAnewNeedsAProviderThatAskedAnew) {
    provider_.claims["auth_time"] = now_.time_since_epoch().count() - 3'600;
    EXPECT_TRUE(sign_in(false));
    EXPECT_FALSE(sign_in(true));
    provider_.claims["auth_time"] = now_.time_since_epoch().count() - 10;
    const auto again = sign_in(true);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->again);
    const auto start = oidc_->start(true, now_);
    EXPECT_NE(start->location.find("prompt=login"), std::string::npos);
}

TEST(Provider, IsRefusedWhenItIsAnotherOrNotSafe) {
    const auto of = [](const json& change) {
        json all = {{"issuer", issuer},
                    {"authorization_endpoint", issuer + "/authorize"},
                    {"token_endpoint", issuer + "/token"}};
        all.update(change);
        return read_provider(all.dump(), issuer).has_value();
    };
    EXPECT_TRUE(of(json::object()));
    EXPECT_FALSE(of({{"issuer", "https://evil.example"}}));
    EXPECT_FALSE(of({{"token_endpoint", "http://login.lunby.example/token"}}));
    EXPECT_FALSE(of({{"authorization_endpoint", "javascript:alert(1)"}}));
    EXPECT_FALSE(of({{"code_challenge_methods_supported", {"plain"}}}));
    EXPECT_FALSE(read_provider("[]", issuer));
    EXPECT_FALSE(read_provider("{", issuer));
}

}  // namespace
}  // namespace raadbot::admin
