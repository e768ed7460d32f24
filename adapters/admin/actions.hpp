// A form that was sent -> the desk's deed. Pure but for the desk.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/admin/options.hpp"
#include "adapters/http/url.hpp"
#include "adapters/web/texts.hpp"
#include "bot/governance/desk.hpp"

namespace raadbot::admin {

struct Deed {
    std::string done;  ///< Key below "done.".
    std::string back;  ///< Where to go on.
    Result<void> result;
};

/// Nothing for a path that is no form's.
[[nodiscard]] std::optional<Deed> do_deed(std::string_view path, const http::Form& form,
                                          governance::Desk& desk);

/// An error of the desk in the reader's language: the field's name, and what kind of fault it is.
[[nodiscard]] std::string fault_words(const web::Texts& texts, const Error& error);

/// "/forslag/7": a path of this site and nothing else; where a form may send the browser on to.
[[nodiscard]] bool is_own_path(std::string_view path);

/// "https://login.example" of the provider; empty without one.
[[nodiscard]] std::string provider_origin(const Options& options);

}  // namespace raadbot::admin
