#include "adapters/teams/verified_tokens.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace raadbot::teams {

VerifiedTokens::Digest VerifiedTokens::digest(std::string_view token) {
    Digest out{};
    unsigned size = 0;
    if (EVP_Digest(token.data(), token.size(), out.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 is not available");
    }
    return out;
}

bool VerifiedTokens::knows(std::string_view token, const std::shared_ptr<const KeySet>& keys) {
    const Digest wanted = digest(token);
    const std::lock_guard lock(mutex_);
    return keys != nullptr && keys_ == keys && good_.contains(wanted);
}

void VerifiedTokens::add(std::string_view token, const std::shared_ptr<const KeySet>& keys) {
    const Digest verified = digest(token);
    const std::lock_guard lock(mutex_);
    if (keys_ != keys || good_.size() >= most) good_.clear();
    keys_ = keys;
    good_.insert(verified);
}

}  // namespace raadbot::teams
