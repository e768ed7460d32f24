#include "adapters/matrix/doctor.hpp"

#include <charconv>

#include "adapters/matrix/registration.hpp"

namespace raadbot::matrix {
namespace {

using namespace std::chrono_literals;

constexpr unsigned oldest_minor = 4;  // v1.4: threads and receipts for them.
constexpr auto clock_tolerance = 60s;

Check version(const Homeserver::About& about) {
    unsigned minor = 0;
    const std::string& text = about.newest_version;
    if (text.size() > 3) std::from_chars(text.data() + 3, text.data() + text.size(), minor);
    if (minor < oldest_minor)
        return {false, "homeserver version", "speaks Matrix " + text + "; v1.4 or newer is needed"};
    return {true, "homeserver version", "Matrix " + text};
}

Check clock(const Homeserver::About& about, Timestamp now) {
    if (!about.clock) return {true, "clock", "the homeserver does not tell the time"};
    const auto off = now > *about.clock ? now - *about.clock : *about.clock - now;
    if (off > clock_tolerance) {
        return {false, "clock",
                "differs from the homeserver's by " + std::to_string(off.count()) +
                    " s: set both by NTP"};
    }
    return {true, "clock", "agrees with the homeserver's"};
}

Check registration(const Options& options, Homeserver& homeserver) {
    const auto user = homeserver.whoami();
    if (user && *user == options.bot()) return {true, "registration loaded", user->value};
    if (user) {
        return {false, "registration loaded",
                "the token belongs to " + user->value + ", not to " + options.bot().value +
                    ": compare matrix.localpart and matrix.server_name with the registration"};
    }
    if (user.error().status == 401) {
        return {false, "registration loaded",
                "the homeserver does not know the token: install the file that `raadbot manifest "
                "matrix` wrote, "
                "name it in app_service_config_files and restart the homeserver"};
    }
    return {false, "registration loaded", user.error().message};
}

Check ping(Homeserver& homeserver) {
    const auto took = homeserver.ping("doctor-" + random_token().substr(0, 16));
    if (took) return {true, "ping both ways", std::to_string(took->count()) + " ms"};
    const ApiError& error = took.error();
    if (error.errcode == "M_URL_NOT_SET")
        return {false, "ping both ways", "the registration has no url"};
    if (error.errcode == "M_CONNECTION_FAILED" || error.errcode == "M_CONNECTION_TIMEOUT") {
        return {false, "ping both ways",
                "the homeserver cannot reach matrix.url: is `raadbot serve` running, and the "
                "address right seen "
                "from the homeserver?"};
    }
    if (error.errcode == "M_BAD_STATUS") {
        return {false, "ping both ways",
                "something else answers at matrix.url, or hs_token is not the registration's"};
    }
    return {false, "ping both ways", error.message};
}

}  // namespace

std::vector<Check> examine(const Options& options, Homeserver& homeserver, Timestamp now) {
    std::vector<Check> out;
    const auto about = homeserver.about();
    if (!about) {
        out.push_back(
            {false, "homeserver reached", options.homeserver_url + ": " + about.error().message});
        return out;
    }
    out.push_back({true, "homeserver reached", options.homeserver_url});
    out.push_back(version(*about));
    out.push_back(clock(*about, now));
    out.push_back(registration(options, homeserver));
    if (out.back().good) out.push_back(ping(homeserver));
    return out;
}

}  // namespace raadbot::matrix
