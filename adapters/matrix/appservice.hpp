// What the homeserver may ask of the bot (Matrix 1.19, application service API): transactions,
// queries and ping, under the current and the legacy paths. Decides over requests; keeping events
// is the callback's.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"
#include "adapters/matrix/options.hpp"

namespace raadbot::matrix {

enum class Taken {
    stored,  ///< On disk, or of no concern, or seen before.
    full,    ///< Not all of it: the homeserver shall come again.
};

/// Thread-safe when `take` is.
class Appservice {
public:
    /// Gets the bytes of each event of a transaction, in order, before it is acknowledged. What it
    /// throws becomes a 500: the homeserver repeats the transaction.
    using Take = std::function<Taken(const std::vector<std::string_view>& events)>;
    /// A ping came in, with the transaction_id it carried.
    using Pinged = std::function<void(std::string_view transaction_id)>;

    Appservice(Options options, Take take, Pinged pinged);

    [[nodiscard]] http::Response handle(const http::Request& request) const;

private:
    [[nodiscard]] http::Response transaction(const http::Request& request) const;

    Options options_;
    Take take_;
    Pinged pinged_;
};

/// Takes the same time wherever the two differ.
[[nodiscard]] bool same_secret(std::string_view given, std::string_view secret);

}  // namespace raadbot::matrix
