#include "adapters/teams/verified_tokens.hpp"

#include <openssl/evp.h>

#include <stdexcept>
#include <utility>

namespace raadbot::teams {

VerifiedTokens::Digest VerifiedTokens::digest(std::string_view token) {
    Digest out{};
    unsigned size = 0;
    if (EVP_Digest(token.data(), token.size(), out.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 is not available");
    }
    return out;
}

VerifiedTokens::Token VerifiedTokens::read(std::string_view authorization) {
    const Digest wanted = digest(authorization);
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = good_.find(wanted); found != good_.end()) {
            return {found->second, keys_};
        }
    }
    return {std::make_shared<const Presented>(read_token(authorization)), nullptr};
}

void VerifiedTokens::add(std::string_view authorization, Token token) {
    const Digest verified = digest(authorization);
    const std::lock_guard lock(mutex_);
    if (keys_ != token.verified_with || good_.size() >= most) good_.clear();
    keys_ = std::move(token.verified_with);
    good_.insert_or_assign(verified, std::move(token.presented));
}

}  // namespace raadbot::teams
