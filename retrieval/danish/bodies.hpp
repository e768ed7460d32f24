// Council bodies: which body is meant ("ØU", "byrådet", "teknisk", "kommunalbestyrelsen"), and
// whether two printed names are the same one. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace raadbot::danish {

struct BodyMention {
    std::string key;        ///< Canonical key: "byråd", "økonomiudvalg", or the folded stem of a
                            ///< committee's name.
    std::size_t begin = 0;  ///< Byte range in the text.
    std::size_t end = 0;
};

/// Bodies mentioned in a question. `known` are the names of bodies in the material ("Teknik- og
/// Miljøudvalget"); abbreviations ("TMU", "BSU", "ØU", "BY") and short names ("teknisk",
/// "skoleudvalget") resolve against them.
[[nodiscard]] std::vector<BodyMention> find_bodies(std::string_view question,
                                                   const std::vector<std::string>& known);
/// Their keys, ascending, each once.
[[nodiscard]] std::vector<std::string> body_keys_in(std::string_view text,
                                                    const std::vector<std::string>& known);

/// Canonical key of a printed name: byråd = kommunalbestyrelse = Borgerrepræsentation = "byråd".
[[nodiscard]] std::string body_key(std::string_view printed);

/// Higher decides over lower: byråd 3, økonomiudvalg 2, committee 1, other 0.
[[nodiscard]] int body_rank(std::string_view key);

}  // namespace raadbot::danish
