// A key pair made for one test run, and tokens signed with it. Never a key that anything else
// trusts.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace raadbot::test {

class TokenSigner {
public:
    explicit TokenSigner(std::string key_id, int bits = 2'048);
    [[nodiscard]] const std::string& key_id() const { return key_id_; }
    /// The public half; `more`: further members, e.g. R"(,"endorsements":["msteams"])".
    [[nodiscard]] std::string jwk(std::string_view more = {}) const;
    /// {"keys":[jwk]}
    [[nodiscard]] std::string jwks(std::string_view more = {}) const;
    /// RSASSA-PKCS1-v1_5; `digest`: "SHA256", "SHA384", "SHA512".
    [[nodiscard]] std::string signature(std::string_view text, const char* digest = "SHA256",
                                        bool pss = false) const;
    /// header.payload.signature over the given JSON texts.
    [[nodiscard]] std::string token(std::string_view header, std::string_view claims) const;
    /// With the usual header for this key.
    [[nodiscard]] std::string token(std::string_view claims) const;

private:
    std::string key_id_;
    std::shared_ptr<void> key_;
};

/// HMAC-SHA-256, for tokens that pass off a public key as a secret.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);

}  // namespace raadbot::test
