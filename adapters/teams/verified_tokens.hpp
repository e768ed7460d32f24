// Tokens whose signature was found good: Teams sends the same one for an hour, and verifying RSA is
// the dearest part of a request. Remembers only that; what a token claims and when it ends is
// checked on every request all the same. Thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <string_view>

#include "adapters/teams/jwt.hpp"

namespace raadbot::teams {

class VerifiedTokens {
public:
    /// Was this very text verified with these very keys? Renewed keys begin anew.
    [[nodiscard]] bool knows(std::string_view token, const std::shared_ptr<const KeySet>& keys);
    void add(std::string_view token, const std::shared_ptr<const KeySet>& keys);

private:
    static constexpr std::size_t most = 1'024;     // Then it begins anew.
    using Digest = std::array<unsigned char, 32>;  // SHA-256: the tokens themselves are not kept.
    static Digest digest(std::string_view token);

    std::mutex mutex_;
    std::shared_ptr<const KeySet> keys_;
    std::set<Digest> good_;
};

}  // namespace raadbot::teams
