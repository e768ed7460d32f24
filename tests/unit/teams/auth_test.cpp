#include "adapters/teams/auth.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <random>

#include "adapters/teams/service.hpp"
#include "adapters/teams/verified_tokens.hpp"
#include "adapters/token/keys.hpp"
#include "tests/support/teams_world.hpp"
#include "tests/support/token_signer.hpp"

namespace raadbot::teams {
namespace {

using token::base64url_decoded;
using token::base64url_encoded;
using token::KeyCache;
using token::read_jws;

using namespace std::chrono_literals;
using test::TokenSigner;

const Timestamp now = parse_timestamp("2026-11-23T08:00:00Z").value();
constexpr const char* app = "11111111-2222-3333-4444-555555555555";
constexpr const char* tenant = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
constexpr const char* service = "https://smba.trafficmanager.net/emea/";

Options options() {
    Options o;
    o.app_id = app;
    o.tenants = {tenant};
    o.client_secret = "for tests";
    return checked(o).value();
}

const TokenSigner& signer() {
    static const TokenSigner one("one");
    return one;
}
const TokenSigner& stranger() {
    static const TokenSigner other("one");  // Says that it is the same key.
    return other;
}
const KeySet& keys() {
    static const KeySet set =
        KeySet::parse(signer().jwks(R"(,"endorsements":["msteams","webchat"])")).value();
    return set;
}

std::string seconds(Timestamp when) { return std::to_string(when.time_since_epoch().count()); }

Json claims() {
    return {{"aud", app},
            {"iss", "https://api.botframework.com"},
            {"nbf", (now - 1min).time_since_epoch().count()},
            {"exp", (now + 59min).time_since_epoch().count()},
            {"serviceurl", service}};
}

Activity activity() {
    Activity a;
    a.channel_id = "msteams";
    a.service_url = service;
    a.tenant = a.conversation_tenant = tenant;
    a.recipient_id = std::string("28:") + app;
    return a;
}

/// All that a request must pass, in the order of the handler.
Denial verdict(const std::string& authorization, const Activity& a = activity(),
               const KeySet& set = keys(), Timestamp when = now, const Options& o = options()) {
    const Presented presented = read_token(authorization);
    if (const Denial denial = check_claims(presented, o, when); denial != Denial::none)
        return denial;
    if (const Denial denial = check_signature(presented, set); denial != Denial::none)
        return denial;
    return check_activity(a, presented.claims, set, o);
}

std::string bearer(const Json& c) { return "Bearer " + signer().token(c.dump()); }
Json with(const char* name, Json value) {
    Json c = claims();
    c[name] = std::move(value);
    return c;
}
Json without(const char* name) {
    Json c = claims();
    c.erase(name);
    return c;
}

// Names as in the SDKs' own tests (channel cases), botbuilder-js and botbuilder-dotnet.
TEST(ChannelValidation, ShouldWork) { EXPECT_EQ(verdict(bearer(claims())), Denial::none); }
TEST(ChannelValidation, ShouldFailIfUnauthenticated) {
    EXPECT_EQ(verdict("Bearer " + stranger().token(claims().dump())), Denial::signature);
}
TEST(ChannelValidation, ShouldFailIfNoIdentity) {
    for (const char* none :
         {"", "Bearer", "Bearer ", "bearer x.y.z", "BEARER x.y.z", "Basic eDp5", "Bearer  x.y.z",
          "Bearer a.b.c d.e.f", "Bearer a.b.c,Bearer d.e.f", " Bearer x.y.z"}) {
        EXPECT_EQ(verdict(none), Denial::no_token) << none;
    }
}
TEST(ChannelValidation, ShouldFailIfNoIssuer) {
    EXPECT_EQ(verdict(bearer(without("iss"))), Denial::issuer);
}
TEST(ChannelValidation, ShouldFailIfWrongIssuer) {
    for (const char* issuer :
         {"https://api.botframework.com/", "http://api.botframework.com", "api.botframework.com",
          "https://api.botframework.us", "https://sts.windows.net/", ""}) {
        EXPECT_EQ(verdict(bearer(with("iss", issuer))), Denial::issuer) << issuer;
    }
    EXPECT_EQ(verdict(bearer(with("iss", Json::array({"https://api.botframework.com"})))),
              Denial::issuer);
}
TEST(ChannelValidation, ShouldFailIfNoAudience) {
    EXPECT_EQ(verdict(bearer(without("aud"))), Denial::audience);
}
TEST(ChannelValidation, ShouldFailIfWrongAudience) {
    for (const std::string& audience :
         {std::string(), std::string("00000000-2222-3333-4444-555555555555"),
          std::string("api://") + app, std::string("api://botid-") + app, std::string(app) + " ",
          std::string(app) + "0"}) {
        EXPECT_EQ(verdict(bearer(with("aud", audience))), Denial::audience) << audience;
    }
    EXPECT_EQ(verdict(bearer(with("aud", Json::array({app})))), Denial::audience);
}
TEST(ChannelValidation, TakesEntraAudiencesOnlyWhenAsked) {
    Options o = options();
    o.accept_api_audiences = true;
    for (const char* prefix : {"api://", "api://botid-"}) {
        EXPECT_EQ(
            verdict(bearer(with("aud", std::string(prefix) + app)), activity(), keys(), now, o),
            Denial::none);
    }
}
TEST(ChannelValidation, NoServiceClaimValueFails) {
    EXPECT_EQ(verdict(bearer(without("serviceurl"))), Denial::service_url);
    EXPECT_EQ(verdict(bearer(with("serviceurl", ""))), Denial::service_url);
    Json other = without("serviceurl");
    other["serviceUrl"] = service;  // The wire says serviceurl.
    EXPECT_EQ(verdict(bearer(other)), Denial::service_url);
}
TEST(ChannelValidation, WrongServiceClaimValueFails) {
    EXPECT_EQ(verdict(bearer(with("serviceurl", "https://smba.trafficmanager.net/amer/"))),
              Denial::service_url);
    EXPECT_EQ(verdict(bearer(with("serviceurl", "https://smba.trafficmanager.net/emea//"))),
              Denial::service_url);
}
TEST(ChannelValidation, OneTrailingSlashIsNoDifference) {
    EXPECT_EQ(verdict(bearer(with("serviceurl", "https://smba.trafficmanager.net/emea"))),
              Denial::none);
}
TEST(ChannelValidation, HostsThatAreNotListedFailEvenWithAFittingClaim) {
    for (const char* url :
         {"https://evil.example/emea/", "http://smba.trafficmanager.net/emea/",
          "https://smba.trafficmanager.net@evil.example/", "https://smba.trafficmanager.net:444/",
          "https://smba.trafficmanager.net.evil.example/", "https://SMBA.trafficmanager.net/",
          "https://smba.trafficmanager.net/../x", "https://smba.trafficmanager.net/?q",
          "https://smba.trafficmanager.net\\evil", "https://smba.trafficmanager.net#x",
          "ftp://smba.trafficmanager.net/"}) {
        Activity a = activity();
        a.service_url = url;
        EXPECT_EQ(verdict(bearer(with("serviceurl", url)), a), Denial::service_host) << url;
    }
}
TEST(JwtTokenExtractor, ThrowsWithExpiredToken) {
    EXPECT_EQ(verdict(bearer(with("exp", (now - 4min).time_since_epoch().count()))), Denial::none);
    EXPECT_EQ(verdict(bearer(with("exp", (now - 5min).time_since_epoch().count()))),
              Denial::expired);
    EXPECT_EQ(verdict(bearer(with("exp", (now - 6min).time_since_epoch().count()))),
              Denial::expired);
    EXPECT_EQ(verdict(bearer(without("exp"))), Denial::expired);
    for (const Json& odd : {Json("soon"), Json(1.9e9), Json(-1), Json(nullptr), Json(true),
                            Json(18446744073709551615U)}) {
        EXPECT_EQ(verdict(bearer(with("exp", odd))), Denial::expired) << odd;
    }
}
TEST(JwtTokenExtractor, RefusesATokenFromTheFuture) {
    EXPECT_EQ(verdict(bearer(with("nbf", (now + 4min).time_since_epoch().count()))), Denial::none);
    EXPECT_EQ(verdict(bearer(with("nbf", (now + 6min).time_since_epoch().count()))),
              Denial::not_yet);
    EXPECT_EQ(verdict(bearer(with("nbf", "now"))), Denial::not_yet);
}
TEST(EndorsementsValidator, UnendorsedChannelIdShouldFail) {
    const KeySet set = KeySet::parse(signer().jwks(R"(,"endorsements":["webchat"])")).value();
    EXPECT_EQ(verdict(bearer(claims()), activity(), set), Denial::endorsement);
}
TEST(EndorsementsValidator, EndorsedChannelIdShouldPassWithTwoEndorsements) {
    EXPECT_EQ(verdict(bearer(claims())), Denial::none);
}
TEST(EndorsementsValidator, KeysWithoutEndorsementsServeEveryChannel) {
    EXPECT_EQ(verdict(bearer(claims()), activity(), KeySet::parse(signer().jwks()).value()),
              Denial::none);
    EXPECT_EQ(verdict(bearer(claims()), activity(),
                      KeySet::parse(signer().jwks(R"(,"endorsements":[])")).value()),
              Denial::none);
}
TEST(EndorsementsValidator, EmptyOrOtherChannelIdFails) {
    for (const char* channel : {"", "emulator", "MSTEAMS", "webchat"}) {
        Activity a = activity();
        a.channel_id = channel;
        EXPECT_EQ(verdict(bearer(claims()), a), Denial::channel) << channel;
    }
}
TEST(JwtTokenValidation, ConnectorAuthHeaderBotAppIdDiffersShouldNotValidate) {
    Activity a = activity();
    a.recipient_id = "28:00000000-2222-3333-4444-555555555555";
    EXPECT_EQ(verdict(bearer(claims()), a), Denial::recipient);
}
TEST(JwtTokenValidation, TokensOfTheEmulatorAreNotAccepted) {
    for (const char* issuer :
         {"https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/",
          "https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0"}) {
        EXPECT_EQ(verdict(bearer(with("iss", issuer))), Denial::issuer);
    }
}
TEST(Tenants, ForeignAndMissingOnesFail) {
    const auto denied = [](const char* data, const char* conversation) {
        Activity a = activity();
        a.tenant = data;
        a.conversation_tenant = conversation;
        return verdict(bearer(claims()), a);
    };
    constexpr const char* foreign = "bbbbbbbb-bbbb-cccc-dddd-eeeeeeeeeeee";
    EXPECT_EQ(denied(tenant, ""), Denial::none);
    EXPECT_EQ(denied("", tenant), Denial::none);
    EXPECT_EQ(denied("", ""), Denial::tenant);
    EXPECT_EQ(denied(foreign, tenant), Denial::tenant);
    EXPECT_EQ(denied(tenant, foreign), Denial::tenant);
}
TEST(Settings, NothingRunsWithoutCredentials) {
    // There is no anonymous mode and no switch for one.
    EXPECT_TRUE(checked(options()));
    for (const auto& spoil : std::vector<std::function<void(Options&)>>{
             [](Options& o) { o.app_id.clear(); }, [](Options& o) { o.app_id = "bot"; },
             [](Options& o) { o.tenants.clear(); }, [](Options& o) { o.tenants = {"common"}; },
             [](Options& o) { o.client_secret.clear(); },
             [](Options& o) { o.service_hosts.clear(); }}) {
        Options o = options();
        spoil(o);
        EXPECT_FALSE(checked(o));
    }
}

TEST(Denials, AnswerWith401ForTokensAnd403ForWhatDoesNotFit) {
    EXPECT_EQ(status_of(Denial::none), 200U);
    EXPECT_EQ(status_of(Denial::no_token), 401U);
    EXPECT_EQ(status_of(Denial::signature), 401U);
    EXPECT_EQ(status_of(Denial::service_url), 403U);
    EXPECT_EQ(status_of(Denial::endorsement), 403U);
    EXPECT_EQ(status_of(Denial::tenant), 403U);
}

struct Fetches {
    std::map<std::string, Result<std::string>> pages;
    int count = 0;
    KeyCache::Fetch fetch() {
        return [this](const std::string& url) {
            ++count;
            const auto found = pages.find(url);
            return found == pages.end() ? fail(ErrorCode::unavailable, "no such page")
                                        : found->second;
        };
    }
};
constexpr const char* metadata = "https://login.example/metadata";
std::string metadata_page(const char* jwks = "https://login.example/keys") {
    return std::string(R"({"issuer":"https://api.botframework.com","jwks_uri":")") + jwks +
           R"(","id_token_signing_alg_values_supported":["RS256"]})";
}

TEST(OpenIdMetadata, RetrievesCachedKeyOnSubsequentCall) {
    Fetches fetches{{{metadata, metadata_page()}, {"https://login.example/keys", signer().jwks()}},
                    0};
    KeyCache cache(metadata, fetches.fetch());
    EXPECT_TRUE(cache.keys_for("one", now));
    EXPECT_TRUE(cache.keys_for("one", now + 23h));
    EXPECT_EQ(fetches.count, 2);
}
TEST(OpenIdMetadata, CallsRefreshWhenADayHasPassed) {
    Fetches fetches{{{metadata, metadata_page()}, {"https://login.example/keys", signer().jwks()}},
                    0};
    KeyCache cache(metadata, fetches.fetch());
    (void)cache.keys_for("one", now);
    (void)cache.keys_for("one", now + 24h);
    EXPECT_EQ(fetches.count, 4);
}
TEST(OpenIdMetadata, AsksForAnUnknownKeyAtMostOnceAnHour) {
    Fetches fetches{{{metadata, metadata_page()}, {"https://login.example/keys", signer().jwks()}},
                    0};
    KeyCache cache(metadata, fetches.fetch());
    for (int n = 0; n < 1'000; ++n) {
        const auto set = cache.keys_for("unknown" + std::to_string(n), now + 30min);
        ASSERT_TRUE(set);
        EXPECT_EQ(set->find("unknown"), nullptr);
    }
    EXPECT_EQ(fetches.count, 2);
    (void)cache.keys_for("unknown", now + 30min + 1h);
    (void)cache.keys_for("unknown", now + 30min + 1h);
    EXPECT_EQ(fetches.count, 4);
}
TEST(OpenIdMetadata, FindsBothKeysDuringRotation) {
    const TokenSigner next("two");
    Fetches fetches{{{metadata, metadata_page()}, {"https://login.example/keys", signer().jwks()}},
                    0};
    KeyCache cache(metadata, fetches.fetch());
    (void)cache.keys_for("one", now);
    fetches.pages.insert_or_assign("https://login.example/keys",
                                   R"({"keys":[)" + signer().jwk() + "," + next.jwk() + "]}");
    const auto set = cache.keys_for("two", now + 61min);
    ASSERT_TRUE(set);
    EXPECT_NE(set->find("one"), nullptr);
    EXPECT_NE(set->find("two"), nullptr);
}
TEST(OpenIdMetadata, GoesOnWithOldKeysForAWhileWhenTheyCannotBeRenewed) {
    Fetches fetches{{{metadata, metadata_page()}, {"https://login.example/keys", signer().jwks()}},
                    0};
    KeyCache cache(metadata, fetches.fetch());
    (void)cache.keys_for("one", now);
    fetches.pages.clear();
    EXPECT_TRUE(cache.keys_for("one", now + 25h));
    EXPECT_FALSE(cache.problem().empty());
    EXPECT_FALSE(cache.keys_for("one", now + 73h));
}
TEST(OpenIdMetadata, ComesBackWhenTheKeysWereDownAtTheStart) {
    Fetches fetches;
    KeyCache cache(metadata, fetches.fetch());
    EXPECT_FALSE(cache.keys_for("one", now));
    for (int n = 0; n < 100; ++n) EXPECT_FALSE(cache.keys_for("one", now + 30s));
    EXPECT_EQ(fetches.count, 1);
    fetches.pages = {{metadata, metadata_page()}, {"https://login.example/keys", signer().jwks()}};
    EXPECT_TRUE(cache.keys_for("one", now + 61s));
}
TEST(OpenIdMetadata, TakesKeysFromNoOtherHostAndNoEmptySet) {
    for (const std::string& page :
         {metadata_page("https://evil.example/keys"), metadata_page("http://login.example/keys"),
          std::string("{}"), std::string("null"), std::string("not json"),
          std::string(R"({"jwks_uri":1})")}) {
        Fetches fetches{{{metadata, page}, {"https://evil.example/keys", signer().jwks()}}, 0};
        KeyCache cache(metadata, fetches.fetch());
        EXPECT_FALSE(cache.keys_for("one", now)) << page;
        EXPECT_EQ(fetches.count, 1) << page;
    }
    for (const char* page :
         {"{}", R"({"keys":[]})", R"({"keys":null})", R"({"keys":[{}]})", R"({"keys":[1]})", ""}) {
        Fetches fetches{
            {{metadata, metadata_page()}, {"https://login.example/keys", std::string(page)}}, 0};
        KeyCache cache(metadata, fetches.fetch());
        EXPECT_FALSE(cache.keys_for("one", now)) << page;
    }
}

TEST(OpenIdMetadata, GivesWhatIsAtHandAndNeverFetchesForIt) {
    Fetches fetches{{{metadata, metadata_page()}, {"https://login.example/keys", signer().jwks()}},
                    0};
    KeyCache cache(metadata, fetches.fetch());
    EXPECT_FALSE(cache.at_hand("one", now));
    EXPECT_EQ(fetches.count, 0);
    const auto set = cache.keys_for("one", now);
    EXPECT_EQ(cache.at_hand("one", now + 23h), set);
    EXPECT_FALSE(cache.at_hand("one", now + 24h));      // To be renewed first.
    EXPECT_EQ(cache.at_hand("two", now + 59min), set);  // Unknown, and asked for lately.
    EXPECT_FALSE(cache.at_hand("two", now + 1h));
    EXPECT_EQ(fetches.count, 2);
}

TEST(VerifiedTokens, KnowsTheVeryTokenUnderTheVeryKeysAndNoOther) {
    VerifiedTokens verified;
    const auto first = std::make_shared<const KeySet>(KeySet::parse(signer().jwks()).value());
    const auto renewed = std::make_shared<const KeySet>(KeySet::parse(signer().jwks()).value());
    const std::string token = bearer(claims());
    const auto add = [&](const std::string& text, const std::shared_ptr<const KeySet>& set) {
        VerifiedTokens::Token read = verified.read(text);
        read.verified_with = set;
        verified.add(text, read);
    };
    EXPECT_FALSE(verified.read(token).verified_with);
    add(token, first);
    EXPECT_EQ(verified.read(token).verified_with, first);
    EXPECT_EQ(verified.read(token).presented->claims.service_url, service);
    for (std::size_t n = 0; n < token.size(); n += 7) {
        std::string other = token;
        other[n] = other[n] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(verified.read(other).verified_with) << n;
    }
    add(token + "x", renewed);
    EXPECT_FALSE(verified.read(token).verified_with);
    // What is remembered is bounded.
    for (int n = 0; n < 3'000; ++n) add(std::to_string(n), renewed);
    EXPECT_FALSE(verified.read("0").verified_with);
    EXPECT_EQ(verified.read("2999").verified_with, renewed);
}

TEST(VerifiedTokens, AKnownSignatureMakesNoClaimGoodAndNoRemovedKey) {
    // The whole service, asked with the very same token each time. Without a delivery it says 503
    // to what it would take.
    class : public bot::Clock {
    public:
        Timestamp now() const override { return time; }
        Timestamp time = raadbot::teams::now;
    } clock;
    std::string published = signer().jwks();
    test::FakeConversation conversation;
    Service::Inputs inputs;
    inputs.options = options();
    inputs.conversation = &conversation;
    inputs.clock = &clock;
    inputs.transport =
        [&](const std::string&,
            const http::RestRequest& request) -> tl::expected<http::RestResponse, http::RestError> {
        http::RestResponse response;
        response.status = 200;
        response.body = request.target.ends_with("openidconfiguration")
                            ? R"({"jwks_uri":"https://login.botframework.com/v1/.well-known/keys",)"
                              R"("id_token_signing_alg_values_supported":["RS256"]})"
                            : published;
        return response;
    };
    const auto started = Service::open(std::move(inputs)).value();
    const auto asked = [&](const std::string& token, const char* from = service) {
        http::Request request;
        request.method = "POST";
        request.path = "/api/messages";
        request.fields = {{"Authorization", token}};
        Json body = test::teams_activity("1", "Hvad er vederlaget?");
        body["serviceUrl"] = from;
        request.body = body.dump();
        return started->handle(request).status;
    };
    Json lasting = claims();
    lasting["exp"] = claims()["exp"].get<std::int64_t>() + 48 * 3'600;
    const std::string hour = bearer(claims()), days = bearer(lasting);
    for (int n = 0; n < 2; ++n) {
        EXPECT_EQ(asked(hour), 503U);
        EXPECT_EQ(asked(days), 503U);
    }
    EXPECT_EQ(asked(days, "https://smba.trafficmanager.net/other/"), 403U);
    clock.time += 2h;
    EXPECT_EQ(asked(hour), 401U);
    EXPECT_EQ(asked(days), 503U);
    clock.time -= 5h;
    EXPECT_EQ(asked(days), 401U);  // Not yet.
    clock.time += 3h + 25h;
    EXPECT_EQ(asked(days), 503U);  // The same key, fetched anew.
    published = TokenSigner("another").jwks();
    clock.time += 20h;
    EXPECT_EQ(asked(days), 503U);  // Not due yet: the keys as they were.
    clock.time += 5h;
    EXPECT_EQ(asked(days), 401U);  // Removed.
}

TEST(KeySet, LeavesOutKeysThatAreNotForThis) {
    const TokenSigner weak("weak", 1'024);
    EXPECT_FALSE(KeySet::parse(weak.jwks()));
    for (const char* more : {R"(,"alg":"RS512")", R"(,"alg":"PS256")", R"(,"key_ops":["encrypt"])",
                             R"(,"key_ops":"verify")"}) {
        EXPECT_FALSE(KeySet::parse(signer().jwks(more))) << more;
    }
    EXPECT_TRUE(KeySet::parse(signer().jwks(R"(,"alg":"RS256","key_ops":["verify"])")));
}

TEST(Base64Url, KnowsOneTextForEachValue) {
    for (const std::string& bytes : {std::string(), std::string("a"), std::string("ab"),
                                     std::string("abc"), std::string("\0\xff\xfe", 3)}) {
        EXPECT_EQ(base64url_decoded(base64url_encoded(bytes)), bytes);
    }
    for (const char* odd : {"A", "AB", "AAB", "YQ==", "YQ=", "+/", "YQ\n", " YQ", "YR"}) {
        EXPECT_FALSE(base64url_decoded(odd)) << odd;
    }
}

TEST(Json, RefusesWhatTwoReadersMayReadDifferently) {
    EXPECT_TRUE(parse_json(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})"));
    EXPECT_FALSE(parse_json(R"({"a":1,"a":2})"));
    EXPECT_FALSE(parse_json(std::string("{}\0", 3)));
    EXPECT_FALSE(parse_json("{} {}"));
    EXPECT_FALSE(parse_json("{\"a\":\"\xff\"}"));
    EXPECT_FALSE(parse_json(std::string(100, '[') + std::string(100, ']')));
    EXPECT_FALSE(parse_json(std::string(100'000, '[')));
}

#ifdef RAADBOT_SHARED_DIR
// Wycheproof's JSON web signatures, read by a verifier that accepts RS256 alone.
TEST(Wycheproof, EightAreAcceptedAndAllOthersRefused) {
    const std::string shared = RAADBOT_SHARED_DIR;
    std::ifstream file(shared + "/suites/wycheproof-jose/derived_rs256_only_policy.json");
    const Json cases = Json::parse(file);
    int accepted = 0, refused = 0;
    for (const Json& one : cases) {
        bool good = false;
        Json jwk = one["public_jwk"].is_object() ? one["public_jwk"] : Json::object();
        const auto set = KeySet::parse(Json{{"keys", Json::array({jwk})}}.dump());
        const std::string token =
            one["jws"].is_string() ? one["jws"].get<std::string>() : one["jws"].dump();
        if (set) {
            const auto jws = read_jws(token);
            const Key* key = jws ? set->find(jws->key_id) : nullptr;
            good = key != nullptr && key->key.verifies(jws->signed_text, jws->signature);
        }
        EXPECT_EQ(good, one["rs256_only"] == "accept") << one["tcId"] << " " << one["comment"];
        ++(good ? accepted : refused);
    }
    EXPECT_EQ(accepted, 8);
    EXPECT_EQ(refused, 393);
}
#endif

// 10,000 forged tokens, each kind many times over: none accepted, none makes us fetch anything.
TEST(ForgedTokens, NoneIsAcceptedAndNoneCausesAConnection) {
    Fetches fetches{{{metadata, metadata_page()}, {"https://login.example/keys", signer().jwks()}},
                    0};
    KeyCache cache(metadata, fetches.fetch());
    ASSERT_TRUE(cache.keys_for("one", now));
    const int before = fetches.count;

    std::mt19937_64 random(20'261'123);
    const std::string header = R"({"typ":"JWT","alg":"RS256","kid":"one"})";
    const auto encoded = [](std::string_view text) { return base64url_encoded(text); };
    const auto good = [&] { return signer().token(claims().dump()); };
    const auto signed_as = [&](const std::string& h, const Json& c) {
        return signer().token(h, c.dump());
    };
    const auto flip = [&](std::string text, std::size_t begin, std::size_t end) {
        const std::size_t at = begin + random() % (end - begin);
        const char old = text[at];
        while (text[at] == old)
            text[at] = "ABCDEFGHIJKLMNOPabcdefghijklmnop0123456789-_"[random() % 44];
        return text;
    };
    const auto dot = [](const std::string& t, int n) {
        std::size_t at = t.find('.');
        return n == 1 ? at : t.find('.', at + 1);
    };
    const auto digest = [&](const char* name, const char* alg, bool pss) {
        const std::string text =
            encoded(std::string(R"({"typ":"JWT","alg":")") + alg + R"(","kid":"one"})") + "." +
            encoded(claims().dump());
        return text + "." + encoded(signer().signature(text, name, pss));
    };
    const auto odd_header = [&](const std::string& more) {
        return signed_as(R"({"typ":"JWT","alg":"RS256","kid":"one",)" + more + "}", claims());
    };
    const std::vector<std::pair<const char*, std::function<std::string()>>> kinds{
        {"signature flipped",
         [&] {
             auto t = good();
             return flip(t, dot(t, 2) + 1, t.size() - 1);
         }},
        {"payload flipped",
         [&] {
             auto t = good();
             return flip(t, dot(t, 1) + 1, dot(t, 2));
         }},
        {"header flipped",
         [&] {
             auto t = good();
             return flip(t, 0, dot(t, 1));
         }},
        {"another's signature", [&] { return stranger().token(claims().dump()); }},
        {"no signature",
         [&] {
             auto t = good();
             return t.substr(0, dot(t, 2) + 1);
         }},
        {"two parts",
         [&] {
             auto t = good();
             return t.substr(0, dot(t, 2));
         }},
        {"four parts", [&] { return good() + ".x"; }},
        {"five parts", [&] { return good() + ".x.y"; }},
        {"empty header",
         [&] {
             auto t = good();
             return t.substr(dot(t, 1));
         }},
        {"alg none",
         [&] {
             return encoded(R"({"alg":"none","kid":"one"})") + "." + encoded(claims().dump()) + ".";
         }},
        {"alg None",
         [&] {
             return encoded(R"({"alg":"None","kid":"one"})") + "." + encoded(claims().dump()) +
                    ".AA";
         }},
        {"alg missing", [&] { return signed_as(R"({"kid":"one"})", claims()); }},
        {"alg null", [&] { return signed_as(R"({"alg":null,"kid":"one"})", claims()); }},
        {"alg list", [&] { return signed_as(R"({"alg":["RS256"],"kid":"one"})", claims()); }},
        {"alg lower case", [&] { return signed_as(R"({"alg":"rs256","kid":"one"})", claims()); }},
        {"alg twice",
         [&] { return signed_as(R"({"alg":"none","alg":"RS256","kid":"one"})", claims()); }},
        {"HS256 with the public key",
         [&] {
             const std::string text =
                 encoded(R"({"alg":"HS256","kid":"one"})") + "." + encoded(claims().dump());
             return text + "." + encoded(test::hmac_sha256(signer().jwk(), text));
         }},
        {"RS256 header over an HMAC",
         [&] {
             const std::string text = encoded(header) + "." + encoded(claims().dump());
             return text + "." + encoded(test::hmac_sha256(signer().jwk(), text));
         }},
        {"RS384", [&] { return digest("SHA384", "RS384", false); }},
        {"RS512", [&] { return digest("SHA512", "RS512", false); }},
        {"PS256", [&] { return digest("SHA256", "PS256", true); }},
        {"RS256 with PSS", [&] { return digest("SHA256", "RS256", true); }},
        {"RS256 with SHA-384", [&] { return digest("SHA384", "RS256", false); }},
        {"unknown kid",
         [&] {
             return signed_as(R"({"alg":"RS256","kid":"k)" + std::to_string(random()) + "\"}",
                              claims());
         }},
        {"kid missing", [&] { return signed_as(R"({"alg":"RS256"})", claims()); }},
        {"kid path",
         [&] { return signed_as(R"({"alg":"RS256","kid":"../../dev/null"})", claims()); }},
        {"kid SQL",
         [&] { return signed_as(R"({"alg":"RS256","kid":"one' OR '1'='1"})", claims()); }},
        {"own jwk",
         [&] {
             return stranger().token(
                 R"({"alg":"RS256","kid":"one","jwk":)" + stranger().jwk() + "}", claims().dump());
         }},
        {"own jku",
         [&] {
             return stranger().token(
                 R"({"alg":"RS256","kid":"one","jku":"https://evil.example/keys"})",
                 claims().dump());
         }},
        {"own x5u",
         [&] {
             return stranger().token(
                 R"({"alg":"RS256","kid":"one","x5u":"https://evil.example/c.pem"})",
                 claims().dump());
         }},
        {"crit", [&] { return odd_header(R"("crit":["exp"])"); }},
        {"b64", [&] { return odd_header(R"("b64":false)"); }},
        {"zip", [&] { return odd_header(R"("zip":"DEF")"); }},
        {"typ JWE",
         [&] { return signed_as(R"({"typ":"JWE","alg":"RS256","kid":"one"})", claims()); }},
        {"header no object", [&] { return signed_as(R"(["RS256"])", claims()); }},
        {"header with NUL",
         [&] { return signer().token(header + std::string(1, '\0'), claims().dump()); }},
        {"claims twice",
         [&] { return signer().token(R"({"aud":"x",)" + claims().dump().substr(1)); }},
        {"claims no object", [&] { return signer().token("[" + claims().dump() + "]"); }},
        {"claims with NUL", [&] { return signer().token(claims().dump() + std::string(1, '\0')); }},
        {"claims cut",
         [&] {
             auto c = claims().dump();
             return signer().token(c.substr(0, random() % c.size()));
         }},
        {"expired",
         [&] {
             return signer().token(with("exp", (now - 6min).time_since_epoch().count() -
                                                   static_cast<long>(random() % 1'000'000))
                                       .dump());
         }},
        {"not yet",
         [&] {
             return signer().token(with("nbf", (now + 6min).time_since_epoch().count() +
                                                   static_cast<long>(random() % 1'000'000))
                                       .dump());
         }},
        {"no expiry", [&] { return signer().token(without("exp").dump()); }},
        {"expiry as text", [&] { return signer().token(with("exp", seconds(now + 1h)).dump()); }},
        {"expiry huge", [&] { return signer().token(with("exp", 1e300).dump()); }},
        {"wrong issuer",
         [&] {
             return signer().token(with("iss", "https://evil" + std::to_string(random())).dump());
         }},
        {"wrong audience",
         [&] { return signer().token(with("aud", std::to_string(random())).dump()); }},
        {"padded base64",
         [&] {
             auto t = good();
             return t + "=";
         }},
        {"standard base64",
         [&] {
             auto t = good();
             t[dot(t, 2) + 1 + random() % 100] = '+';
             return t;
         }},
        {"line break",
         [&] {
             auto t = good();
             t.insert(random() % t.size(), "\n");
             return t;
         }},
        {"doubled", [&] { return good() + good(); }},
        {"random bytes",
         [&] {
             std::string t;
             for (std::size_t n = random() % 400; n > 0; --n)
                 t += static_cast<char>(33 + random() % 94);
             return t;
         }},
        {"other service url",
         [&] { return signer().token(with("serviceurl", "https://evil.example/").dump()); }},
        {"no service url", [&] { return signer().token(without("serviceurl").dump()); }},
    };
    ASSERT_GE(kinds.size(), 40U);
    for (int n = 0; n < 10'000; ++n) {
        const auto& [name, make] = kinds[static_cast<std::size_t>(n) % kinds.size()];
        const Presented presented = read_token("Bearer " + make());
        Denial denial = check_claims(presented, options(), now);
        if (denial == Denial::none) {
            const auto set = cache.keys_for(presented.claims.key_id, now + 30min);
            denial = check_signature(presented, *set);
            if (denial == Denial::none)
                denial = check_activity(activity(), presented.claims, *set, options());
        }
        ASSERT_NE(denial, Denial::none) << name << " (" << n << ")";
    }
    EXPECT_EQ(fetches.count, before);
}

}  // namespace
}  // namespace raadbot::teams
