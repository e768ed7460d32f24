#include "bot/governance/password.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "bot/governance/digest.hpp"

namespace raadbot::governance {
namespace {

constexpr std::string_view prefix = "scrypt$15$8$1$";
constexpr std::uint64_t cost = 1ULL << 15U;
constexpr std::uint64_t most_memory = 64ULL << 20U;

std::string key_of(std::string_view password, std::string_view salt) {
    std::array<unsigned char, 32> key{};
    if (EVP_PBE_scrypt(password.data(), password.size(),
                       reinterpret_cast<const unsigned char*>(salt.data()), salt.size(), cost, 8, 1,
                       most_memory, key.data(), key.size()) != 1) {
        throw std::runtime_error("scrypt is not to be had");
    }
    // Hashed once more only to be written as hex.
    return sha256_hex({reinterpret_cast<const char*>(key.data()), key.size()});
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

}  // namespace

std::string password_record(std::string_view password) {
    const std::string salt = random_hex(16);
    return std::string(prefix) + salt + "$" + key_of(password, salt);
}

bool fits(std::string_view password, std::string_view record) {
    if (!record.starts_with(prefix)) return false;
    record.remove_prefix(prefix.size());
    const std::size_t dollar = record.find('$');
    if (dollar == std::string_view::npos) return false;
    return same_secret(key_of(password, record.substr(0, dollar)), record.substr(dollar + 1));
}

void pretend_to_check(std::string_view password) {
    static_cast<void>(key_of(password, "00000000000000000000000000000000"));
}

std::string one_time_password() {
    constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyz23456789";  // 32: no bias.
    static_assert(letters.size() == 32);
    std::array<unsigned char, 20> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("no random numbers from the system");
    }
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i > 0 && i % 5 == 0) out += '-';
        out += letters[bytes[i] & 31U];
    }
    return out;
}

Result<void> check_new_password(std::string_view password, std::string_view login) {
    if (characters(password) < 12) return fail(ErrorCode::invalid_input, "short");
    if (characters(password) > 128) return fail(ErrorCode::invalid_input, "long");
    if (!login.empty() && password.find(login) != std::string_view::npos) {
        return fail(ErrorCode::invalid_input, "login");
    }
    const std::set<char> different(password.begin(), password.end());
    if (different.size() < 5) return fail(ErrorCode::invalid_input, "simple");
    return {};
}

std::chrono::seconds delay_after(std::int64_t failures) {
    constexpr std::int64_t free = 4;
    if (failures <= free) return std::chrono::seconds{0};
    const std::int64_t doublings = std::min<std::int64_t>(failures - free - 1, 5);
    return std::min(std::chrono::seconds{30LL << doublings}, std::chrono::seconds{900});
}

}  // namespace raadbot::governance
