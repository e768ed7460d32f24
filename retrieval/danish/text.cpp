#include "retrieval/danish/text.hpp"

#include <cstdlib>
#include <memory>
#include <new>
#include <stdexcept>

#include <utf8proc.h>

#include "retrieval/danish/utf8.hpp"

namespace raadbot::danish {
namespace {

using utf8::byte_at;
using utf8::CodePoint;
using utf8::decode;

/// Bytes at `at` that the fast paths know: ASCII, Latin-1, and the punctuation and € of office
/// texts. They need no normalisation, and nothing among them combines. 0 when it is something else.
std::size_t common_length(std::string_view text, std::size_t at) {
    const std::uint8_t lead = byte_at(text, at);
    if (lead < 0x80) return 1;
    const auto continues = [&](std::size_t i) {
        return at + i < text.size() && (byte_at(text, at + i) & 0xC0U) == 0x80U;
    };
    if (lead == 0xC2 || lead == 0xC3) return continues(1) ? 2 : 0;
    if (lead == 0xE2 && continues(1) && continues(2)) {
        const std::uint8_t second = byte_at(text, at + 1);
        const std::uint8_t third = byte_at(text, at + 2);
        // U+2000 and U+2001 have canonical decompositions.
        if (second == 0x80) return third >= 0x82 ? 3 : 0;
        if (second == 0x82 && third == 0xAC) return 3;
    }
    return 0;
}

bool is_common(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = common_length(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

/// U+00C0..U+00FF, folded; nullptr keeps the character.
const char* folded_latin1(std::uint8_t second) {
    if (second == 0x97 || second == 0xB7) return nullptr;  // multiplication and division signs
    static constexpr const char* lower_case[32] = {
        "a", "a", "a", "a", "a", "å", "æ", "c", "e", "e", "e", "e", "i", "i", "i", "i",
        "ð", "n", "o", "o", "o", "o", "o", "",  "ø", "u", "u", "u", "u", "y", "þ", "y"};
    if (second == 0x9F) return "ss";  // ß
    return lower_case[second & 0x1FU];
}

void fold_common(std::string_view text, std::string& out) {
    for (std::size_t at = 0; at < text.size();) {
        const std::uint8_t lead = byte_at(text, at);
        if (lead < 0x80) {
            out.push_back(lead >= 'A' && lead <= 'Z' ? static_cast<char>(lead + 32) : text[at]);
            ++at;
            continue;
        }
        const std::size_t length = common_length(text, at);
        const std::uint8_t second = byte_at(text, at + 1);
        if (lead == 0xC3) {
            const char* folded = folded_latin1(second);
            if (folded != nullptr) {
                out.append(folded);
            } else {
                out.append(text.substr(at, 2));
            }
        } else if (lead == 0xC2 && second == 0xB5) {
            out.append("μ");  // the micro sign folds to the Greek letter
        } else if (lead == 0xC2 && second == 0xAD) {
            // a soft hyphen is no letter
        } else {
            out.append(text.substr(at, length));
        }
        at += length;
    }
}

std::string mapped(std::string_view valid, utf8proc_option_t options) {
    utf8proc_uint8_t* raw = nullptr;
    const utf8proc_ssize_t size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()),
                     static_cast<utf8proc_ssize_t>(valid.size()), &raw, options);
    if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
    if (size < 0) throw std::logic_error(utf8proc_errmsg(size));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(raw, &std::free);
    return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size)};
}

std::string replace_ill_formed(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode(text, at);
        if (point.valid) {
            out.append(text.substr(at, point.length));
        } else {
            out.append("\xEF\xBF\xBD");
        }
        at += point.length;
    }
    return out;
}

std::string fold_rare(std::string_view text) {
    const std::string valid = replace_ill_formed(text);
    const std::string decomposed = mapped(
        valid,
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD));
    std::string bare;
    bare.reserve(decomposed.size());
    bool after_a = false;
    for (std::size_t at = 0; at < decomposed.size();) {
        const CodePoint point = decode(decomposed, at);
        if (utf8proc_category(static_cast<utf8proc_int32_t>(point.value)) == UTF8PROC_CATEGORY_MN) {
            if (point.value == 0x30A && after_a) {
                bare.pop_back();
                bare.append("å");
                after_a = false;
            }
        } else if (point.value != 0xAD) {
            bare.append(decomposed, at, point.length);
            after_a = point.value == 'a';
        }
        at += point.length;
    }
    return mapped(bare, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
}

}  // namespace

std::string fold(std::string_view text) {
    if (!is_common(text)) return fold_rare(text);
    std::string out;
    out.reserve(text.size());
    fold_common(text, out);
    return out;
}

bool is_valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (byte_at(text, at) < 0x80) {
            ++at;
            continue;
        }
        const CodePoint point = decode(text, at);
        if (!point.valid) return false;
        at += point.length;
    }
    return true;
}

std::string to_valid_nfc(std::string_view text) {
    if (is_common(text)) return std::string(text);
    return mapped(replace_ill_formed(text),
                  static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
}

}  // namespace raadbot::danish
