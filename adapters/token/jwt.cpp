#include "adapters/token/jwt.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "adapters/token/json.hpp"

namespace raadbot::token {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::int8_t, 256> values = [] {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t n = 0; n < alphabet.size(); ++n) {
        table[static_cast<unsigned char>(alphabet[n])] = static_cast<std::int8_t>(n);
    }
    return table;
}();

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool is_for_rs256(const Json& jwk) {
    if (string_at(jwk, "kty") != "RSA") return false;
    const Json& use = value_at(jwk, "use");
    if (!use.is_null() && use != "sig") return false;
    const Json& algorithm = value_at(jwk, "alg");
    if (!algorithm.is_null() && algorithm != "RS256") return false;
    const Json& operations = value_at(jwk, "key_ops");
    if (operations.is_null()) return true;
    return operations.is_array() &&
           std::find(operations.begin(), operations.end(), "verify") != operations.end();
}

}  // namespace

std::optional<std::string> base64url_decoded(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        const std::int8_t value = values[static_cast<unsigned char>(c)];
        if (value < 0) return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            out += static_cast<char>((bits >> held) & 0xff);
        }
    }
    // Bits left over must be zero, or two texts would mean the same bytes.
    if ((bits & ((1U << held) - 1)) != 0) return std::nullopt;
    return out;
}

std::string base64url_encoded(std::string_view data) {
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : data) {
        bits = (bits << 8) | static_cast<unsigned char>(c);
        held += 8;
        while (held >= 6) {
            held -= 6;
            out += alphabet[(bits >> held) & 63];
        }
    }
    if (held > 0) out += alphabet[(bits << (6 - held)) & 63];
    return out;
}

std::optional<PublicKey> PublicKey::rsa(std::string_view modulus, std::string_view exponent) {
    if (modulus.size() < 256 || modulus.size() > 1'024 || exponent.empty() || exponent.size() > 4) {
        return std::nullopt;
    }
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> n(
        BN_bin2bn(bytes(modulus), static_cast<int>(modulus.size()), nullptr), BN_free);
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> e(
        BN_bin2bn(bytes(exponent), static_cast<int>(exponent.size()), nullptr), BN_free);
    if (!n || !e || BN_num_bits(n.get()) < 2'048 || BN_is_odd(n.get()) == 0 ||
        BN_is_odd(e.get()) == 0 || BN_is_one(e.get()) != 0) {
        return std::nullopt;
    }
    const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(
        OSSL_PARAM_BLD_new(), OSSL_PARAM_BLD_free);
    if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
        return std::nullopt;
    }
    const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> parameters(
        OSSL_PARAM_BLD_to_param(builder.get()), OSSL_PARAM_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY* made = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        return std::nullopt;
    }
    PublicKey key;
    key.key_ =
        std::shared_ptr<void>(made, [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); });
    return key;
}

bool PublicKey::verifies(std::string_view text, std::string_view signature) const {
    auto* key = static_cast<EVP_PKEY*>(key_.get());
    if (signature.size() != static_cast<std::size_t>(EVP_PKEY_get_size(key))) return false;
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    // RSA keys sign with PKCS #1 v1.5 padding unless told otherwise.
    return context &&
           EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(text),
                            text.size()) == 1;
}

Result<KeySet> KeySet::parse(std::string_view jwks) {
    const auto document = parse_json(jwks);
    if (!document || !value_at(*document, "keys").is_array()) {
        return fail(ErrorCode::invalid_input, "the key document is no JWKS");
    }
    KeySet set;
    for (const Json& jwk : value_at(*document, "keys")) {
        std::string id = string_at(jwk, "kid");
        if (id.empty() || set.find(id) != nullptr || !is_for_rs256(jwk)) continue;
        const auto modulus = base64url_decoded(string_at(jwk, "n"));
        const auto exponent = base64url_decoded(string_at(jwk, "e"));
        if (!modulus || !exponent) continue;
        auto key = PublicKey::rsa(*modulus, *exponent);
        if (!key) continue;
        std::vector<std::string> endorsements;
        if (const Json& channels = value_at(jwk, "endorsements"); channels.is_array()) {
            for (const Json& channel : channels) {
                if (channel.is_string()) endorsements.push_back(channel.get<std::string>());
            }
        }
        set.keys_.push_back({std::move(id), std::move(*key), std::move(endorsements)});
    }
    if (set.keys_.empty()) {
        return fail(ErrorCode::invalid_input,
                    "the key document holds no RSA key for RS256 signatures");
    }
    return set;
}

const Key* KeySet::find(std::string_view id) const {
    const auto found =
        std::find_if(keys_.begin(), keys_.end(), [&](const Key& key) { return key.id == id; });
    return found == keys_.end() ? nullptr : &*found;
}

std::optional<Jws> read_jws(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
        return std::nullopt;
    }
    const auto head = base64url_decoded(token.substr(0, first));
    auto payload = base64url_decoded(token.substr(first + 1, second - first - 1));
    auto signature = base64url_decoded(token.substr(second + 1));
    if (!head || !payload || !signature || signature->empty()) return std::nullopt;
    const auto header = parse_json(*head, 4);
    if (!header || !header->is_object()) return std::nullopt;
    if (string_at(*header, "alg") != "RS256" || header->contains("crit") ||
        header->contains("b64") || header->contains("zip") || header->contains("enc")) {
        return std::nullopt;
    }
    if (header->contains("typ") && string_at(*header, "typ") != "JWT") return std::nullopt;
    std::string id = string_at(*header, "kid");
    if (id.empty()) return std::nullopt;
    return Jws{std::move(id), std::move(*payload), std::move(*signature),
               std::string(token.substr(0, second))};
}

}  // namespace raadbot::token
