// Signed tokens: compact JWS with RS256 and nothing else (RFC 7515, RFC 7518 §3.3), checked against
// a set of public keys. Pure: no clock, no network.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::token {

/// Without padding, canonical: nothing for what another text would encode as well.
[[nodiscard]] std::optional<std::string> base64url_decoded(std::string_view text);
[[nodiscard]] std::string base64url_encoded(std::string_view bytes);

/// An RSA key that may verify signatures.
class PublicKey {
public:
    /// `modulus`, `exponent`: big-endian. Nothing for weak or malformed keys: 2,048 to 8,192 bits.
    static std::optional<PublicKey> rsa(std::string_view modulus, std::string_view exponent);
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    [[nodiscard]] bool verifies(std::string_view text, std::string_view signature) const;

private:
    std::shared_ptr<void> key_;
};

struct Key {
    std::string id;
    PublicKey key;
    std::vector<std::string> endorsements;  ///< Channels; empty: not stated.
};

/// A JWKS document's keys that are for RS256 signatures; others in it are left out.
class KeySet {
public:
    /// Errors: invalid_input when it is no such document or holds no usable key.
    [[nodiscard]] static Result<KeySet> parse(std::string_view jwks);
    /// Nothing for an unknown id.
    [[nodiscard]] const Key* find(std::string_view id) const;

private:
    std::vector<Key> keys_;
};

/// The parts of a token, nothing checked but the form.
struct Jws {
    std::string key_id;
    std::string payload;
    std::string signature;
    std::string signed_text;  ///< Header and payload as signed, a copy: it outlives the request.
};

/// Nothing when it is not a compact JWS whose header says exactly RS256. Keys and addresses of keys
/// in the header are not looked at; a header that must be understood ("crit") is not.
[[nodiscard]] std::optional<Jws> read_jws(std::string_view token);

}  // namespace raadbot::token
