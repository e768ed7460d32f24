#include "bot/conversation/patterns.hpp"

#include "retrieval/danish/text.hpp"

namespace raadbot::bot {
namespace {

/// Letters reduced to what people type: å, aa -> a; æ, ae -> a; ø, oe -> o.
std::string loose(std::string_view folded) {
    std::string out;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const auto c = static_cast<unsigned char>(folded[i]);
        const unsigned char next =
            i + 1 < folded.size() ? static_cast<unsigned char>(folded[i + 1]) : 0;
        const bool like_a = (c == 0xC3 && (next == 0xA5 || next == 0xA6)) ||
                            (c == 'a' && (next == 'a' || next == 'e'));
        const bool like_o = (c == 0xC3 && next == 0xB8) || (c == 'o' && next == 'e');
        if (like_a || like_o) {
            out += like_a ? 'a' : 'o';
            ++i;
        } else {
            out += static_cast<char>(c);
        }
    }
    return out;
}

bool matches_at(const Words& text, std::size_t at, const std::vector<std::string_view>& pattern,
                std::size_t p) {
    if (p == pattern.size()) return true;
    if (pattern[p] == "...") {
        for (std::size_t skip = 0; skip <= 4 && at + skip <= text.size(); ++skip) {
            if (matches_at(text, at + skip, pattern, p + 1)) return true;
        }
        return false;
    }
    if (pattern[p] == "$") return at == text.size() && p + 1 == pattern.size();
    if (at >= text.size()) return false;
    std::string_view word = pattern[p];
    const bool prefix = word.ends_with('*');
    if (prefix) word.remove_suffix(1);
    const bool fits = prefix ? text[at].starts_with(word) : text[at] == word;
    return fits && matches_at(text, at + 1, pattern, p + 1);
}

}  // namespace

Words loose_words(std::string_view text) {
    Words words;
    for (const danish::Token& token : danish::tokenize(text)) words.push_back(loose(token.text));
    return words;
}

bool matches(const Words& text, std::string_view pattern_text) {
    std::vector<std::string_view> pattern;
    while (!pattern_text.empty()) {
        const std::size_t blank = pattern_text.find(' ');
        pattern.push_back(pattern_text.substr(0, blank));
        if (blank == std::string_view::npos) break;
        pattern_text.remove_prefix(blank + 1);
    }
    if (pattern.front() == "^") {
        pattern.erase(pattern.begin());
        return matches_at(text, 0, pattern, 0);
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (matches_at(text, at, pattern, 0)) return true;
    }
    return false;
}

}  // namespace raadbot::bot
