// Anything as a token, as a key set and as an activity: no crash, and no token accepted by keys
// that come with it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "adapters/teams/auth.hpp"
#include "adapters/teams/flow.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace raadbot;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static const teams::Options options = [] {
        teams::Options o;
        o.app_id = "11111111-2222-3333-4444-555555555555";
        o.tenants = {"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"};
        return o;
    }();
    (void)teams::check_claims(teams::read_token(text), options, Timestamp{});
    (void)token::read_jws(text);
    (void)teams::KeySet::parse(text);
    (void)teams::markdown_escaped(text);
    (void)teams::shortened(text, 40);
    (void)teams::is_service_url(text, options);
    if (const auto json = teams::parse_json(text, 64)) {
        (void)teams::decide(teams::read_activity(*json), options, "teams");
    }
    return 0;
}
