// Tokens whose signature was found good: Teams sends the same one for an hour, and verifying RSA
// and taking the token apart are the dearest part of a request. Remembers only that; whom a token
// is for, when it ends and whether its activity fits is checked on every request all the same.
// Thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>

#include "adapters/teams/auth.hpp"

namespace raadbot::teams {

class VerifiedTokens {
public:
    /// The Authorization field taken apart, as read_token() does it.
    struct Token {
        std::shared_ptr<const Presented> presented;
        std::shared_ptr<const KeySet> verified_with;  ///< Null: its signature is not checked yet.
    };
    [[nodiscard]] Token read(std::string_view authorization);
    /// Its signature is good under these keys. Other keys than before: all others are forgotten.
    void add(std::string_view authorization, Token token);

private:
    static constexpr std::size_t most = 1'024;     // Then it begins anew.
    using Digest = std::array<unsigned char, 32>;  // SHA-256: the tokens themselves are no keys.
    static Digest digest(std::string_view token);

    std::mutex mutex_;
    std::shared_ptr<const KeySet> keys_;
    std::map<Digest, std::shared_ptr<const Presented>> good_;
};

}  // namespace raadbot::teams
