#include "retrieval/ingest/pdf_words.hpp"

#include <algorithm>
#include <array>

#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {

/// Symbol fonts put their bullets into the private use area U+F000-F0FF.
bool starts_with_symbol(std::string_view text) {
    return text.size() >= 3 && text[0] == '\xEF' && static_cast<unsigned char>(text[1]) >= 0x80 &&
           static_cast<unsigned char>(text[1]) <= 0x83;
}

bool is_bullet(std::string_view text) {
    static constexpr auto marks = std::to_array<std::string_view>(
        {"•", "◦", "▪", "■", "●", "○", "–", "-", "—", "·", "o", "►", "➢", "✓", "*", "□", "‣"});
    return std::find(marks.begin(), marks.end(), text) != marks.end() ||
           (text.size() == 3 && starts_with_symbol(text));
}

/// Bytes of a bullet with its blank at the start of a line, or 0.
std::size_t bullet_length(std::string_view text) {
    if (text.size() > 3 && (text.starts_with("•") || starts_with_symbol(text))) return 3;
    const std::size_t blank = text.find(' ');
    return blank != std::string_view::npos && is_bullet(text.substr(0, blank)) ? blank + 1 : 0;
}

/// "a.", "b)", "1.", "1.2" as a marker of its own in front of its text.
bool is_marker(std::string_view text) {
    if (text.empty() || text.size() > 7) return false;
    if (is_bullet(text)) return true;
    if (text.size() <= 3 &&
        ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z')) &&
        (text.back() == '.' || text.back() == ')')) {
        return true;
    }
    bool digits = false;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            digits = true;
        } else if (c != '.' && c != ')') {
            return false;
        }
    }
    const bool dotted = text.back() == '.' || text.back() == ')' ||
                        (text.find('.') != std::string_view::npos && text.size() <= 5);
    return digits && dotted;
}

bool lower_start(std::string_view text) {
    return !text.empty() &&
           ((text[0] >= 'a' && text[0] <= 'z') || text.starts_with("æ") || text.starts_with("ø") ||
            text.starts_with("å") || text.starts_with("é"));
}

void join_line(std::string& text, std::string_view next) {
    if (text.empty()) {
        text = next;
        return;
    }
    const bool hyphen = text.ends_with('-') && text.size() > 2 && text[text.size() - 2] != ' ' &&
                        text[text.size() - 2] != '-';
    if (hyphen && lower_start(next)) {
        // "stof- og alkoholbehandling" and "ikke-planlagte" keep their hyphen.
        if (next.starts_with("og ") || next.starts_with("eller ") || next.starts_with("samt ") ||
            next == "og") {
            text += ' ';
        } else if (const std::size_t word = text.rfind(' ');
                   lower(text.substr(word == std::string::npos ? 0 : word + 1)) != "ikke-") {
            text.pop_back();
        }
        text += next;
        return;
    }
    if (!text.ends_with('-') && !(text.ends_with('/') || text.ends_with("\xC2\xAD"))) text += ' ';
    if (text.ends_with('-') && !hyphen) text += ' ';
    text += next;
}

bool mostly_number(std::string_view text) {
    std::size_t digits = 0;
    std::size_t letters = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') ++digits;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            static_cast<unsigned char>(c) >= 0x80)
            ++letters;
    }
    return digits > 0 && letters <= 3;
}

}  // namespace raadbot::ingest
