// The words of the site in one language, read from config/texts/web.<language>.toml, which the
// program carries inside it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "retrieval/result.hpp"

namespace raadbot::web {

class Texts {
public:
    /// Errors: invalid_config with line. `language` is "da" or "en"; `municipality` replaces
    /// {kommune}.
    [[nodiscard]] static Result<Texts> parse(std::string_view toml, std::string language,
                                             std::string_view municipality);

    /// "ask.label". Throws std::out_of_range for a key that is not there (a bug of ours: tests meet
    /// all keys).
    [[nodiscard]] const std::string& operator[](std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return texts_.contains(key); }
    /// With {name}s replaced.
    using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;
    [[nodiscard]] std::string with(std::string_view key, Values values) const;

    [[nodiscard]] const std::string& language() const noexcept { return language_; }
    [[nodiscard]] bool is_danish() const noexcept { return language_ == "da"; }
    /// The first key that only one of the two has, or empty.
    [[nodiscard]] static std::string difference(const Texts& a, const Texts& b);

    /// "25. februar 2025" of "2025-02-25" or a longer ISO time; what is no date comes back as it
    /// is.
    [[nodiscard]] std::string date(std::string_view iso) const;
    /// "12.345" in Danish, "12,345" in English.
    [[nodiscard]] std::string number(std::uint64_t value) const;
    /// "handbook" -> "Håndbog"; an unknown kind comes back as it is.
    [[nodiscard]] std::string kind(std::string_view kind) const;

private:
    std::string language_;
    std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace raadbot::web
