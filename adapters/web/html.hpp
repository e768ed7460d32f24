// HTML that cannot be injected into: markup comes from literals in our own source only, everything
// else is escaped on its way in.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace raadbot::web {

/// Text that stands in the program's source; nothing made at run time converts to it.
struct Markup {
    consteval Markup(const char* literal) : text(literal) {}  // NOLINT: implicit on purpose.
    std::string_view text;
};

class Html {
public:
    Html& raw(Markup markup) {
        out_ += markup.text;
        return *this;
    }
    /// Also right inside a quoted attribute.
    Html& text(std::string_view text);
    Html& number(std::uint64_t value) { return text(std::to_string(value)); }
    Html& add(const Html& other) {
        out_ += other.out_;
        return *this;
    }
    /// ` href="..."`, when `url` is http or https; nothing at all otherwise.
    Html& href(std::string_view url);
    /// Letters, digits, "-" and "_" of `text`, for ids and fragments.
    Html& id(std::string_view text);

    [[nodiscard]] const std::string& str() const& noexcept { return out_; }
    [[nodiscard]] std::string str() && noexcept { return std::move(out_); }

private:
    std::string out_;
};

/// Absolute, http or https, no white space or control bytes.
[[nodiscard]] bool is_web_url(std::string_view url);

}  // namespace raadbot::web
