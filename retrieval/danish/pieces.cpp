#include "retrieval/danish/pieces.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

struct CodePoint {
    char32_t value = 0;
    std::size_t length = 1;
};

CodePoint decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || at + length > text.size()) return {0xFFFD, 1};
    char32_t value = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return {0xFFFD, 1};
        value = (value << 6) | (byte(at + i) & 0x3Fu);
    }
    return {value, length};
}

bool is_blank(char32_t c) {
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) ||
           c == 0x202F || c == 0x2028 || c == 0x2029 || c == 0x3000 || c == 0xFEFF;
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

bool is_dash(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
    if (c == 0xD7 || c == 0xF7 || c == 0xFFFD) return false;
    return c < 0x2000 || (c >= 0x2C00 && c < 0x2E00) || (c >= 0x3040 && c < 0xE000);
}

}  // namespace

std::vector<Piece> pieces(std::string_view text) {
    std::vector<Piece> result;
    bool spaced = true;
    std::size_t at = 0;
    while (at < text.size()) {
        const CodePoint first = decode(text, at);
        if (is_blank(first.value)) {
            spaced = true;
            at += first.length;
            continue;
        }
        Piece piece;
        piece.begin = at;
        piece.spaced = spaced;
        spaced = false;
        at += first.length;
        if (is_digit(first.value)) {
            piece.kind = PieceKind::digits;
            while (at < text.size() && is_digit(static_cast<unsigned char>(text[at]))) ++at;
            piece.text = std::string(text.substr(piece.begin, at - piece.begin));
            piece.key = piece.text;
        } else if (is_letter(first.value)) {
            piece.kind = PieceKind::word;
            while (at < text.size()) {
                const CodePoint next = decode(text, at);
                // "what's", "don't": the apostrophe stays in the word when a letter follows it.
                const bool apostrophe = next.value == '\'' || next.value == 0x2019;
                if (apostrophe && at + next.length < text.size() &&
                    is_letter(decode(text, at + next.length).value)) {
                    at += next.length;
                    continue;
                }
                if (!is_letter(next.value)) break;
                at += next.length;
            }
            piece.text = fold(text.substr(piece.begin, at - piece.begin));
            piece.key = loose_key(piece.text);
        } else {
            piece.kind = PieceKind::mark;
            piece.text = is_dash(first.value)
                             ? "-"
                             : std::string(text.substr(piece.begin, at - piece.begin));
            piece.key = piece.text;
        }
        piece.end = at;
        result.push_back(std::move(piece));
    }
    return result;
}

std::string loose_key(std::string_view folded) {
    if (folded.starts_with("does")) return std::string(folded);  // English, and no ø in it.
    std::string key;
    key.reserve(folded.size());
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const std::string_view rest = folded.substr(i);
        if (rest.starts_with("å") || rest.starts_with("aa")) {
            key += 'a';
            ++i;
        } else if (rest.starts_with("ø") || rest.starts_with("oe")) {
            key += 'o';
            ++i;
        } else if (rest.starts_with("æ")) {
            key += "ae";
            ++i;
        } else if (rest.starts_with("\u2019")) {
            key += '\'';
            i += 2;
        } else {
            key += folded[i];
        }
    }
    return key;
}

bool phrase_at(const std::vector<Piece>& pieces, std::size_t at, std::string_view phrase) {
    while (true) {
        if (at >= pieces.size()) return false;
        const std::size_t blank = phrase.find(' ');
        if (pieces[at].key != phrase.substr(0, blank)) return false;
        if (blank == std::string_view::npos) return true;
        phrase.remove_prefix(blank + 1);
        ++at;
    }
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > limit || b.size() > 63) return limit + 1;
    std::array<std::array<std::size_t, 64>, 3> rows{};
    for (std::size_t j = 0; j <= a.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= b.size(); ++i) {
        auto& now = rows[i % 3];
        const auto& before = rows[(i + 2) % 3];
        const auto& two_before = rows[(i + 1) % 3];
        now[0] = i;
        std::size_t best = now[0];
        for (std::size_t j = 1; j <= a.size(); ++j) {
            const std::size_t change = b[i - 1] == a[j - 1] ? 0 : 1;
            now[j] = std::min({before[j] + 1, now[j - 1] + 1, before[j - 1] + change});
            if (i > 1 && j > 1 && b[i - 1] == a[j - 2] && b[i - 2] == a[j - 1]) {
                now[j] = std::min(now[j], two_before[j - 2] + 1);
            }
            best = std::min(best, now[j]);
        }
        if (best > limit) return limit + 1;
    }
    return std::min(rows[b.size() % 3][a.size()], limit + 1);
}

bool one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace raadbot::danish
