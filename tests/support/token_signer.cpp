#include "tests/support/token_signer.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>

#include <stdexcept>
#include <vector>

#include "adapters/token/jwt.hpp"

namespace raadbot::test {
namespace {

EVP_PKEY* of(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

std::string number(EVP_PKEY* key, const char* name) {
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &value) != 1) throw std::runtime_error("key parameter");
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
    BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(value);
    return bytes;
}

}  // namespace

TokenSigner::TokenSigner(std::string key_id, int bits)
    : key_id_(std::move(key_id)),
      key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits)),
           [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); }) {
    if (!key_) throw std::runtime_error("cannot make a key");
}

std::string TokenSigner::jwk(std::string_view more) const {
    return R"({"kty":"RSA","use":"sig","kid":")" + key_id_ + R"(","n":")" +
           token::base64url_encoded(number(of(key_), OSSL_PKEY_PARAM_RSA_N)) + R"(","e":")" +
           token::base64url_encoded(number(of(key_), OSSL_PKEY_PARAM_RSA_E)) + "\"" +
           std::string(more) + "}";
}

std::string TokenSigner::jwks(std::string_view more) const {
    return R"({"keys":[)" + jwk(more) + "]}";
}

std::string TokenSigner::signature(std::string_view text, const char* digest, bool pss) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    EVP_PKEY_CTX* parameters = nullptr;
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t size = 0;
    if (EVP_DigestSignInit(context.get(), &parameters, EVP_get_digestbyname(digest), nullptr,
                           of(key_)) != 1 ||
        (pss && EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1) ||
        EVP_DigestSign(context.get(), nullptr, &size, data, text.size()) != 1) {
        throw std::runtime_error("cannot sign");
    }
    std::string out(size, '\0');
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, data,
                   text.size());
    out.resize(size);
    return out;
}

std::string TokenSigner::token(std::string_view header, std::string_view claims) const {
    const std::string text =
        token::base64url_encoded(header) + "." + token::base64url_encoded(claims);
    return text + "." + token::base64url_encoded(signature(text));
}

std::string TokenSigner::token(std::string_view claims) const {
    return token(R"({"typ":"JWT","alg":"RS256","kid":")" + key_id_ + "\"}", claims);
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
    unsigned char out[32];
    unsigned size = sizeof out;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), out, &size);
    return {reinterpret_cast<char*>(out), size};
}

}  // namespace raadbot::test
