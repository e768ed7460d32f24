// robots.txt as Google's own tests have it: cases named ID_ are RFC 9309, GoogleOnly_ their choice.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "adapters/fetch/robots.hpp"

namespace raadbot::fetch {
namespace {

using nlohmann::json;

std::string target_of(const std::string& address) {
    // As written, without the encoding that a parsed address has: some cases are about that.
    const auto host = address.find("//");
    if (host == std::string::npos) return address.empty() ? "/" : address;
    const auto path = address.find_first_of("/?;", host + 2);
    if (path == std::string::npos) return "/";
    const std::string target = address.substr(path, address.find('#', path) - path);
    return target.starts_with('/') ? target : "/" + target;
}

TEST(RobotsConformance, FollowsTheStandard) {
    std::ifstream in(std::string(RAADBOT_SHARED_DIR) + "/suites/robotstxt/cases.json");
    ASSERT_TRUE(in);
    std::size_t standard = 0;
    std::size_t standard_right = 0;
    std::size_t other = 0;
    std::size_t other_right = 0;
    for (const json& one : json::parse(in)) {
        const std::string test = one.at("test").get<std::string>();
        std::optional<bool> right;
        if (one.contains("allowed")) {
            const Robots robots(one.at("robots").get<std::string>(),
                                one.at("agent").get<std::string>());
            right = robots.allows(target_of(one.at("url").get<std::string>())) ==
                    one.at("allowed").get<bool>();
        } else if (one.contains("valid_agent_name")) {
            right = is_product_token(one.at("valid_agent_name").get<std::string>()) ==
                    one.at("valid").get<bool>();
        } else if (one.contains("sitemap")) {
            const Robots robots(one.at("robots").get<std::string>(), "Raadbot");
            right =
                robots.sitemaps() == std::vector<std::string>{one.at("sitemap").get<std::string>()};
        } else if (one.contains("escaped")) {
            right = robots_escaped(one.at("pattern").get<std::string>()) ==
                    one.at("escaped").get<std::string>();
        }
        if (!right) continue;  // Google's way of taking an address apart; ours is the URL suite's.
        if (test.starts_with("ID_")) {
            ++standard;
            standard_right += *right ? 1U : 0U;
            EXPECT_TRUE(*right) << one.dump(1);
        } else {
            ++other;
            other_right += *right ? 1U : 0U;
            if (!*right) std::printf("departs: %s\n", one.dump().c_str());
        }
    }
    std::printf("conformance: robotstxt: %zu of %zu of RFC 9309, %zu of %zu of Google's own\n",
                standard_right, standard, other_right, other);
    EXPECT_GE(standard, 70U);
    EXPECT_EQ(standard_right, standard);
}

}  // namespace
}  // namespace raadbot::fetch
