// The Bot Connector's public keys, fetched when they are due and never because somebody sends
// rubbish: every 24 hours, and for an unknown key id at most once an hour. Thread-safe; one caller
// fetches, the others go on with what there is, or wait when there is nothing yet.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/token/jwt.hpp"
#include "retrieval/types.hpp"

namespace raadbot::token {

class KeyCache {
public:
    /// Body of a 200 answer of that address.
    using Fetch = std::function<Result<std::string>(const std::string& url)>;

    /// Where the metadata may say that the keys are.
    enum class KeysAt {
        same_host,  ///< Only on the metadata's own host.
        any_https   ///< Also on another one, over https (providers of sign-in use several).
    };
    /// Keys come over https unless the metadata does not.
    KeyCache(std::string metadata_url, Fetch fetch, KeysAt keys_at = KeysAt::same_host);

    /// The keys for a token with that key id; may fetch. Nothing when there are none yet. Keys that
    /// could not be renewed serve for two days more.
    [[nodiscard]] std::shared_ptr<const KeySet> keys_for(std::string_view key_id, Timestamp now);
    /// The same without ever fetching: nothing when that would be needed.
    [[nodiscard]] std::shared_ptr<const KeySet> at_hand(std::string_view key_id,
                                                        Timestamp now) const;
    /// The last fetch's error; empty when it went well.
    [[nodiscard]] std::string problem() const;

private:
    Result<KeySet> fetch() const;
    [[nodiscard]] bool due(std::string_view key_id, Timestamp now) const;

    std::string metadata_url_;
    Fetch fetch_;
    KeysAt keys_at_;
    mutable std::mutex mutex_;
    std::shared_ptr<const KeySet> keys_;
    std::optional<Timestamp> fetched_;  // Successfully.
    std::optional<Timestamp> tried_;
    bool fetching_ = false;
    std::condition_variable fetched_once_;
    std::string problem_;
};

}  // namespace raadbot::token
