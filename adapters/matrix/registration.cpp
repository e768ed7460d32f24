#include "adapters/matrix/registration.hpp"

#include <openssl/rand.h>

#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace raadbot::matrix {
namespace {

/// A JSON string is a YAML string.
std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

std::string regex_of(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view("\\.+*?()[]{}|^$").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

}  // namespace

std::string random_token() {
    std::array<unsigned char, 32> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("the system gives no random bytes");
    }
    std::string out;
    for (const unsigned char byte : bytes) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

std::string registration_yaml(const Options& options) {
    return "# Matrix application service registration of Raadbot. Holds secrets: readable by the "
           "homeserver alone.\n"
           "id: " +
           quoted(options.id) +
           "\n"
           "url: " +
           quoted(options.url) +
           "\n"
           "as_token: " +
           quoted(options.as_token) +
           "\n"
           "hs_token: " +
           quoted(options.hs_token) +
           "\n"
           "sender_localpart: " +
           quoted(options.localpart) +
           "\n"
           "rate_limited: false\n"
           "receive_ephemeral: false\n"
           "namespaces:\n"
           "  users:\n"
           "    - exclusive: true\n"
           "      regex: " +
           quoted(regex_of(options.bot().value)) +
           "\n"
           "  aliases: []\n"
           "  rooms: []\n";
}

Result<Registration> new_registration(Options options) {
    options.as_token = random_token();
    options.hs_token = random_token();
    const auto good = checked(std::move(options));
    if (!good) return tl::unexpected(good.error());
    return Registration{registration_yaml(*good), good->as_token, good->hs_token};
}

}  // namespace raadbot::matrix
