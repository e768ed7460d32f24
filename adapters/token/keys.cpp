#include "adapters/token/keys.hpp"

#include <algorithm>
#include <utility>

#include "adapters/token/json.hpp"

namespace raadbot::token {
namespace {

using namespace std::chrono_literals;
constexpr auto renewed_after = 24h;
constexpr auto early_after = 1h;    // For an unknown key id.
constexpr auto again_after = 1min;  // After a failure, while there are no keys or they are old.
constexpr auto useful_for = 72h;

/// "https://host:port" of an address.
std::string_view origin(std::string_view url) {
    const std::size_t host = url.find("://");
    if (host == std::string_view::npos) return {};
    return url.substr(0, url.find('/', host + 3));
}

}  // namespace

KeyCache::KeyCache(std::string metadata_url, Fetch fetch, KeysAt keys_at)
    : metadata_url_(std::move(metadata_url)), fetch_(std::move(fetch)), keys_at_(keys_at) {}

Result<KeySet> KeyCache::fetch() const {
    const auto text = fetch_(metadata_url_);
    if (!text) return tl::unexpected(text.error());
    const auto metadata = parse_json(*text);
    if (!metadata) return fail(ErrorCode::invalid_input, "the key metadata is no JSON");
    const std::string address = string_at(*metadata, "jwks_uri");
    const bool elsewhere = keys_at_ == KeysAt::any_https && address.starts_with("https://");
    if (address.empty() || (origin(address) != origin(metadata_url_) && !elsewhere)) {
        return fail(ErrorCode::denied, "the key metadata names another host for its keys");
    }
    const Json& algorithms = value_at(*metadata, "id_token_signing_alg_values_supported");
    if (algorithms.is_array() &&
        std::find(algorithms.begin(), algorithms.end(), "RS256") == algorithms.end()) {
        return fail(ErrorCode::denied, "the key metadata does not offer RS256");
    }
    const auto keys = fetch_(address);
    if (!keys) return tl::unexpected(keys.error());
    return KeySet::parse(*keys);
}

bool KeyCache::due(std::string_view key_id, Timestamp now) const {
    const bool old = !fetched_ || now - *fetched_ >= renewed_after;
    if (old && (!tried_ || now - *tried_ >= again_after)) return true;
    const bool unknown = keys_ != nullptr && keys_->find(key_id) == nullptr;
    return unknown && now - *tried_ >= early_after;
}

std::shared_ptr<const KeySet> KeyCache::at_hand(std::string_view key_id, Timestamp now) const {
    const std::lock_guard lock(mutex_);
    return keys_ == nullptr || due(key_id, now) || now - *fetched_ >= useful_for ? nullptr : keys_;
}

std::shared_ptr<const KeySet> KeyCache::keys_for(std::string_view key_id, Timestamp now) {
    std::unique_lock lock(mutex_);
    // At the start there is nothing to go on with.
    if (keys_ == nullptr) fetched_once_.wait(lock, [this] { return !fetching_; });
    if (due(key_id, now) && !fetching_) {
        fetching_ = true;
        tried_ = now;
        lock.unlock();
        Result<KeySet> fresh = fetch();
        lock.lock();
        fetching_ = false;
        fetched_once_.notify_all();
        if (fresh) {
            keys_ = std::make_shared<const KeySet>(std::move(*fresh));
            fetched_ = now;
            problem_.clear();
        } else {
            problem_ = fresh.error().message;
        }
    }
    if (!fetched_ || now - *fetched_ >= useful_for) return nullptr;
    return keys_;
}

std::string KeyCache::problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
}

}  // namespace raadbot::token
