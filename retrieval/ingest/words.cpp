#include "retrieval/ingest/words.hpp"

#include <array>
#include <cstdint>

namespace raadbot::ingest {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

/// Length of a sequence at the start that counts as a blank (1 blank byte, NBSP, U+2000-200A,
/// U+202F, U+205F, U+3000), else 0.
std::size_t blank_length(std::string_view text) {
    if (is_blank(text[0])) return 1;
    if (text.starts_with("\xC2\xA0")) return 2;
    if (text.size() >= 3 && text.starts_with("\xE2\x80")) {
        const auto third = static_cast<unsigned char>(text[2]);
        if (third >= 0x80 && third <= 0x8A) return 3;
        if (third == 0xAF) return 3;
    }
    if (text.starts_with("\xE2\x81\x9F") || text.starts_with("\xE3\x80\x80")) return 3;
    return 0;
}

/// Length of an invisible character at the start (soft hyphen, zero-width, direction marks, BOM,
/// control).
std::size_t invisible_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    if (first < 0x20 || first == 0x7F) return 1;
    if (text.starts_with("\xC2\xAD")) return 2;
    if (text.starts_with("\xEF\xBB\xBF")) return 3;
    if (text.size() >= 3 && text.starts_with("\xE2\x80")) {
        const auto third = static_cast<unsigned char>(text[2]);
        if ((third >= 0x8B && third <= 0x8F) || (third >= 0xAA && third <= 0xAE)) return 3;
    }
    if (text.size() >= 3 && text.starts_with("\xE2\x81")) {
        const auto third = static_cast<unsigned char>(text[2]);
        if (third >= 0xA0 && third <= 0xAF) return 3;
    }
    // Tag characters (U+E0000 block) are an invisible alphabet: nobody sees orders written in it.
    if (text.size() >= 4 && text.starts_with("\xF3\xA0")) return 4;
    return 0;
}

std::optional<Date> make_date(int year, int month, int day) {
    if (year < 100) year += year < 70 ? 2000 : 1900;
    if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return std::nullopt;
    const Date date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                    std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return date;
}

/// Reads 1..max digits at `at`; moves `at` behind them. -1 when there is none or too many.
int read_number(std::string_view text, std::size_t& at, std::size_t max) {
    std::size_t count = 0;
    int value = 0;
    while (at + count < text.size() && is_digit(text[at + count]) && count <= max) {
        value = value * 10 + (text[at + count] - '0');
        ++count;
    }
    if (count == 0 || count > max) return -1;
    at += count;
    return value;
}

void skip_blanks(std::string_view text, std::size_t& at) {
    while (at < text.size()) {
        const std::size_t length = blank_length(text.substr(at));
        if (length == 0) return;
        at += length;
    }
}

constexpr auto month_names =
    std::to_array<std::string_view>({"januar", "februar", "marts", "april", "maj", "juni", "juli",
                                     "august", "september", "oktober", "november", "december"});
constexpr auto english_months =
    std::to_array<std::string_view>({"january", "february", "march", "april", "may", "june", "july",
                                     "august", "september", "october", "november", "december"});

/// Month by its name, an abbreviation of at least three letters; moves `at` behind name and dot.
int read_month(std::string_view text, std::size_t& at) {
    std::size_t end = at;
    while (end < text.size() && is_letter_byte(text[end])) ++end;
    const std::string name = lower(text.substr(at, end - at));
    if (name.size() < 3) return -1;
    for (std::size_t month = 0; month < month_names.size(); ++month) {
        if (month_names[month].starts_with(name) || english_months[month].starts_with(name)) {
            at = end;
            if (at < text.size() && text[at] == '.') ++at;
            return static_cast<int>(month) + 1;
        }
    }
    return -1;
}

std::optional<FoundDate> date_at(std::string_view text, std::size_t begin) {
    std::size_t at = begin;
    const std::size_t first_at = at;
    const int first = read_number(text, at, 4);
    if (first < 0) return std::nullopt;
    const std::size_t first_digits = at - first_at;
    const auto found = [&](std::optional<Date> date, std::size_t end) -> std::optional<FoundDate> {
        if (!date) return std::nullopt;
        if (end < text.size() && is_digit(text[end])) return std::nullopt;
        return FoundDate{*date, begin, end};
    };
    if (first_digits == 4) {  // 2025-10-01
        if (at >= text.size() || (text[at] != '-' && text[at] != '/')) return std::nullopt;
        const char mark = text[at++];
        const int month = read_number(text, at, 2);
        if (month < 0 || at >= text.size() || text[at] != mark) return std::nullopt;
        ++at;
        const int day = read_number(text, at, 2);
        return day < 0 ? std::nullopt : found(make_date(first, month, day), at);
    }
    if (first_digits > 2) return std::nullopt;
    std::size_t word = at;
    if (word < text.size() && text[word] == '.') ++word;
    skip_blanks(text, word);
    const std::size_t month_begin = word;
    if (const int month = read_month(text, word); month > 0 && word > month_begin) {
        skip_blanks(text, word);
        const int year = read_number(text, word, 4);
        if (year >= 1000) return found(make_date(year, month, first), word);
        return std::nullopt;
    }
    if (at >= text.size() || (text[at] != '-' && text[at] != '/' && text[at] != '.'))
        return std::nullopt;
    const char mark = text[at++];
    skip_blanks(text, at);
    const int month = read_number(text, at, 2);
    if (month < 0 || at >= text.size()) return std::nullopt;
    if (text[at] == mark || text[at] == '-') {
        ++at;
    } else if (blank_length(text.substr(at)) == 0) {
        return std::nullopt;
    }
    skip_blanks(text, at);
    const std::size_t year_at = at;
    const int year = read_number(text, at, 4);
    if (year < 0 || (at - year_at != 4 && at - year_at != 2)) return std::nullopt;
    return found(make_date(year, month, first), at);
}

}  // namespace

std::string_view trim(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = blank_length(text);
        if (length == 0) break;
        text.remove_prefix(length);
    }
    while (!text.empty()) {
        if (is_blank(text.back())) {
            text.remove_suffix(1);
        } else if (text.ends_with("\xC2\xA0")) {
            text.remove_suffix(2);
        } else {
            break;
        }
    }
    return text;
}

std::string tidy(std::string_view text, bool keep_lines) {
    std::string out;
    out.reserve(text.size());
    bool blank = false;
    bool line = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        if (const std::size_t length = blank_length(rest); length > 0) {
            blank = true;
            line = line || rest[0] == '\n';
            at += length;
            continue;
        }
        if (const std::size_t length = invisible_length(rest); length > 0) {
            at += std::min(length, rest.size());
            continue;
        }
        if (blank && !out.empty()) out += keep_lines && line ? '\n' : ' ';
        blank = line = false;
        out += text[at++];
    }
    return out;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (std::size_t at = 0; at < out.size(); ++at) {
        const auto byte = static_cast<unsigned char>(out[at]);
        if (byte >= 'A' && byte <= 'Z') {
            out[at] = static_cast<char>(byte + 0x20);
        } else if (byte == 0xC3 && at + 1 < out.size()) {
            const auto next = static_cast<unsigned char>(out[at + 1]);
            if (next >= 0x80 && next <= 0x9E && next != 0x97)
                out[at + 1] = static_cast<char>(next + 0x20);
            ++at;
        }
    }
    return out;
}

std::size_t word_count(std::string_view text) {
    std::size_t count = 0;
    bool inside = false;
    for (const char c : text) {
        const bool part = is_digit(c) || is_letter_byte(c);
        if (is_blank(c)) {
            inside = false;
        } else if (part && !inside) {
            inside = true;
            ++count;
        }
    }
    return count;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        std::size_t end = text.find('\n', begin);
        if (end == std::string_view::npos) end = text.size();
        std::string_view line = text.substr(begin, end - begin);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
        begin = end + 1;
    }
    return lines;
}

std::string slug(std::string_view heading) {
    std::string out;
    for (const char c : lower(trim(heading))) {
        if (is_digit(c) || is_letter_byte(c) || c == '-' || c == '_') {
            out += c;
        } else if (is_blank(c)) {
            out += '-';
        }
    }
    // Punctuation beyond ASCII that renderers drop: dashes, quotes, ellipsis (U+2010-2027), section
    // sign.
    std::string kept;
    for (std::size_t at = 0; at < out.size(); ++at) {
        const std::string_view rest = std::string_view(out).substr(at);
        if (rest.size() >= 3 && rest.starts_with("\xE2\x80")) {
            at += 2;
        } else if (rest.starts_with("\xC2")) {
            at += 1;
        } else {
            kept += out[at];
        }
    }
    return kept;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_digit(c) || (byte < 0x80 && is_letter_byte(c)) || c == '.' || c == '_' || c == '~') {
            out += c;
        } else {
            out += '%';
            out += hex[byte >> 4U];
            out += hex[byte & 0xFU];
        }
    }
    return out;
}

std::optional<FoundDate> find_date(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_digit(text[at])) continue;
        if (at > 0 && (is_digit(text[at - 1]) || is_letter_byte(text[at - 1]))) continue;
        if (auto date = date_at(text, at)) return date;
    }
    return std::nullopt;
}

bool has_word(std::string_view lowered, std::string_view word) {
    for (std::size_t at = lowered.find(word); at != std::string_view::npos;
         at = lowered.find(word, at + 1)) {
        const bool left = at == 0 || !is_letter_byte(lowered[at - 1]);
        const std::size_t end = at + word.size();
        const bool right = end == lowered.size() || !is_letter_byte(lowered[end]);
        if (left && right) return true;
    }
    return false;
}

}  // namespace raadbot::ingest
