// Result<T>: what a function gives when input or data may make it fail.
//
// Broken environments (disk gone, out of memory) throw; our own bugs assert. Everything that input,
// a document, a configuration or a peer can cause is an Error with a code that callers decide on
// and a message, in English, that tells an operator what is wrong and what to do. Nobody parses
// messages.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace raadbot {

enum class ErrorCode {
    invalid_input,   ///< The caller's or user's data is malformed.
    invalid_config,  ///< A configuration file or setting is wrong; exit code 2.
    not_found,       ///< The named thing does not exist.
    unreadable,      ///< A file or document cannot be read (damaged, encrypted, no text layer).
    too_large,       ///< A limit on size, depth or count was exceeded.
    timed_out,       ///< A deadline passed.
    denied,          ///< Not allowed: audience, allow-list, state.
    conflict,        ///< Someone else holds it (a second process on the data directory).
    corrupt,         ///< Stored data fails its checks.
    outdated,        ///< Derived data that another version of the program wrote; can be built anew.
    unavailable,     ///< A service or resource is not there now; trying again may help.
};

struct Error {
    ErrorCode code = ErrorCode::invalid_input;
    std::string message;

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::not_found, "...")` in a function that returns any Result<T>.
inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

}  // namespace raadbot
