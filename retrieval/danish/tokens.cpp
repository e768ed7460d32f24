#include <array>
#include <optional>
#include <utility>

#include "retrieval/danish/text.hpp"
#include "retrieval/danish/utf8.hpp"

namespace raadbot::danish {
namespace {

using utf8::byte_at;
using utf8::CodePoint;
using utf8::decode;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A year a meeting or budget may be about.
bool is_year(std::string_view digits) {
    return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}

/// One pass over the bytes; each member reads one shape of token at `at_` or leaves it alone.
class Tokenizer {
public:
    explicit Tokenizer(std::string_view text) : text_(text) {}

    std::vector<Token> run() && {
        tokens_.reserve(text_.size() / 6 + 4);
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == ' ' || c == '\n') {
                ++at_;
            } else if (is_digit(c)) {
                digits();
            } else if (byte_at(text_, at_) < 0x80) {
                if (is_ascii_letter(c)) {
                    word();
                } else {
                    ++at_;
                }
            } else {
                const CodePoint point = decode(text_, at_);
                if (point.valid && point.value == 0xA7) {
                    paragraph_sign();
                } else if (point.valid && utf8::is_letter(point.value)) {
                    word();
                } else {
                    at_ += point.length;
                }
            }
        }
        return std::move(tokens_);
    }

private:
    bool digit_at(std::size_t i) const { return i < text_.size() && is_digit(text_[i]); }
    char char_at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
    std::size_t digits_end(std::size_t i) const {
        while (digit_at(i)) ++i;
        return i;
    }
    std::string_view cut(std::size_t begin, std::size_t end) const {
        return text_.substr(begin, end - begin);
    }
    /// Bytes of a letter or mark at `i`, 0 when there is none. A soft hyphen counts as part of a
    /// word.
    std::size_t letter_length(std::size_t i) const {
        if (i >= text_.size()) return 0;
        if (byte_at(text_, i) < 0x80) return is_ascii_letter(text_[i]) ? 1 : 0;
        const CodePoint point = decode(text_, i);
        if (!point.valid) return 0;
        if (point.value == 0xAD || utf8::is_letter(point.value) || utf8::is_mark(point.value)) {
            return point.length;
        }
        return 0;
    }
    /// Bytes of a hyphen or apostrophe that may stand inside a word, and its plain form.
    std::pair<std::size_t, char> joiner(std::size_t i) const {
        if (i >= text_.size()) return {0, '\0'};
        if (text_[i] == '-' || text_[i] == '\'') return {1, text_[i]};
        if (byte_at(text_, i) != 0xE2) return {0, '\0'};
        const CodePoint point = decode(text_, i);
        if (!point.valid) return {0, '\0'};
        if (point.value == 0x2010 || point.value == 0x2011) return {point.length, '-'};
        if (point.value == 0x2019) return {point.length, '\''};
        return {0, '\0'};
    }
    std::size_t skip_blanks(std::size_t i) const {
        while (const std::size_t length = utf8::blank_length(text_, i)) i += length;
        return i;
    }

    void add(TokenKind kind, std::size_t begin, std::size_t end, std::string folded) {
        if (!folded.empty()) tokens_.push_back({std::move(folded), begin, end, kind});
        at_ = end;
    }

    void word() {
        const std::size_t begin = at_;
        std::size_t end = at_;
        std::string plain;  // set once a joiner has to be rewritten
        bool rewritten = false;
        bool ascii = true;
        std::size_t digit_groups = 0;
        while (end < text_.size()) {
            if (const std::size_t length = letter_length(end)) {
                ascii = ascii && length == 1;
                if (rewritten) plain.append(cut(end, end + length));
                end += length;
                continue;
            }
            if (digit_at(end)) {
                const std::size_t stop = digits_end(end);
                if (rewritten) plain.append(cut(end, stop));
                end = stop;
                ++digit_groups;
                continue;
            }
            const auto [length, sign] = joiner(end);
            if (length == 0) break;
            const std::size_t next = end + length;
            if (letter_length(next) == 0 && !(sign == '-' && digit_at(next))) break;
            if (length > 1 && !rewritten) {
                plain.assign(cut(begin, end));
                rewritten = true;
            }
            if (rewritten) plain.push_back(sign);
            end = next;
        }
        std::string folded;
        if (ascii && !rewritten) {
            folded.assign(cut(begin, end));
            for (char& c : folded) {
                if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
            }
        } else {
            folded = fold(rewritten ? std::string_view(plain) : cut(begin, end));
        }
        if (end - begin <= 9 && legal_word(folded, begin, end)) return;
        const bool journal = digit_groups >= 2 && folded.find('-') != std::string::npos;
        add(journal ? TokenKind::case_number : TokenKind::word, begin, end, std::move(folded));
    }

    /// "stk. 4", "nr. 2" and "paragraf 17".
    bool legal_word(std::string_view folded, std::size_t begin, std::size_t end) {
        if (folded == "paragraf" || folded == "paragraffen") {
            return number_of_paragraph(begin, skip_blanks(end));
        }
        const bool part = folded == "stk";
        if (!part && folded != "nr") return false;
        const bool in_law = !tokens_.empty() && tokens_.back().kind == TokenKind::paragraph;
        if (!in_law && (!part || (!tokens_.empty() && tokens_.back().kind == TokenKind::number))) {
            return false;
        }
        std::size_t i = end;
        if (char_at(i) == '.') ++i;
        i = skip_blanks(i);
        const std::size_t stop = digits_end(i);
        if (stop == i || stop - i > 3) return false;
        add(TokenKind::paragraph, begin, stop, std::string(folded) + std::string(cut(i, stop)));
        return true;
    }

    void paragraph_sign() {
        const std::size_t begin = at_;
        std::size_t i = at_ + 2;
        while (i + 1 < text_.size() && text_[i] == '\xC2' && text_[i + 1] == '\xA7') i += 2;
        i = skip_blanks(i);
        if (char_at(i) == '-') i = skip_blanks(i + 1);
        if (!number_of_paragraph(begin, i)) at_ += 2;
    }

    /// "17", "17a", "17 a", "17, stk. 4" begins at `i`; gives "§17" or "§17a".
    bool number_of_paragraph(std::size_t begin, std::size_t i) {
        const std::size_t stop = digits_end(i);
        if (stop == i || stop - i > 4) return false;
        std::string text = "§" + std::string(cut(i, stop));
        std::size_t end = stop;
        // A letter after a blank is part of the number only up to h: "§ 17 i loven" is a
        // preposition.
        const std::size_t spaced = skip_blanks(stop);
        const char letter = char_at(spaced);
        const bool near = spaced == stop ? is_ascii_letter(letter) : letter >= 'a' && letter <= 'h';
        if (near && letter_length(spaced + 1) == 0 && !digit_at(spaced + 1) &&
            char_at(spaced + 1) != '.') {
            text.push_back(static_cast<char>(letter | 0x20));
            end = spaced + 1;
        }
        add(TokenKind::paragraph, begin, end, std::move(text));
        return true;
    }

    void digits() {
        if (committee_of_paragraph() || slashed_case() || journal_number() || dashed_case()) return;
        number();
    }

    /// "17.4-udvalg" is a committee under § 17, stk. 4 of the act on municipal government.
    bool committee_of_paragraph() {
        const std::size_t dot = digits_end(at_);
        if (dot - at_ > 2 || char_at(dot) != '.') return false;
        const std::size_t stop = digits_end(dot + 1);
        if (stop - dot != 2 || char_at(stop) != '-') return false;
        const std::string_view rest = text_.substr(stop + 1, 6);
        if (fold(rest) != "udvalg") return false;
        const std::size_t begin = at_;
        add(TokenKind::paragraph, begin, dot, "§" + std::string(cut(begin, dot)));
        add(TokenKind::paragraph, dot + 1, stop, "stk" + std::string(cut(dot + 1, stop)));
        return true;
    }

    /// "24/1187", "2024/001187"; not "3/6", "24/7", "12/2024", "2024/2025" or "2024/25".
    bool slashed_case() {
        const std::size_t slash = digits_end(at_);
        if (char_at(slash) != '/') return false;
        const std::size_t stop = digits_end(slash + 1);
        const std::string_view year = cut(at_, slash);
        const std::string_view serial = cut(slash + 1, stop);
        if (year.size() < 2 || year.size() > 4 || year.size() == 3) return false;
        if (serial.size() < 3 || serial.size() > 8 || char_at(stop) == '/') return false;
        if (is_year(serial) && (is_year(year) || year <= "12")) return false;
        add(TokenKind::case_number, at_, stop, std::string(cut(at_, stop)));
        return true;
    }

    /// KL's journal plan: "04.04.00-P20-3-24", or its subject number alone, "04.04.00".
    bool journal_number() {
        std::size_t i = at_;
        for (int group = 0; group < 3; ++group) {
            if (digits_end(i) != i + 2) return false;
            i += 2;
            if (group < 2 && char_at(i++) != '.') return false;
        }
        std::size_t end = i;
        if (char_at(i) == '-' && is_ascii_letter(char_at(i + 1)) && digit_at(i + 2)) {
            i = digits_end(i + 2);
            end = i;
            while (char_at(i) == '-' && digit_at(i + 1)) {
                i = digits_end(i + 1);
                end = i;
            }
        } else if (is_plausible_date(cut(at_, at_ + 2), cut(at_ + 3, at_ + 5))) {
            return false;  // "01.10.25"
        }
        add(TokenKind::case_number, at_, end, fold(cut(at_, end)));
        return true;
    }

    static bool is_plausible_date(std::string_view day, std::string_view month) {
        return day >= "01" && day <= "31" && month >= "01" && month <= "12";
    }

    /// "306-2009-600", "2024-012345"; not dates, year ranges, phone numbers or CPR numbers.
    bool dashed_case() {
        std::array<std::string_view, 4> groups;
        std::size_t count = 0;
        std::size_t total = 0;
        std::size_t longest = 0;
        std::size_t i = at_;
        while (true) {
            const std::size_t stop = digits_end(i);
            if (stop == i || count == groups.size()) return false;
            groups[count++] = cut(i, stop);
            total += stop - i;
            longest = std::max(longest, stop - i);
            i = stop;
            if (char_at(i) != '-' || !digit_at(i + 1)) break;
            ++i;
        }
        if (count < 2 || total < 7 || letter_length(i) != 0) return false;
        if (count == 2) {
            if (!is_year(groups[0]) || groups[1].size() < 4 || is_year(groups[1])) return false;
        } else {
            if (longest < 3) return false;
            const bool date =
                count == 3 &&
                ((is_year(groups[0]) && groups[1].size() <= 2 && groups[2].size() <= 2) ||
                 (is_year(groups[2]) && groups[0].size() <= 2 && groups[1].size() <= 2));
            if (date) return false;
        }
        add(TokenKind::case_number, at_, i, std::string(cut(at_, i)));
        return true;
    }

    void number() {
        const std::size_t begin = at_;
        std::size_t end = digits_end(begin);
        std::string value(cut(begin, end));
        if (thousands(begin, end, value) || (char_at(end) == ',' && digit_at(end + 1))) {
            decimals(end, value);
        } else {
            // "17.00", "17.4", "2.3.1" stay one token; "1.10.2025" is a date of three.
            std::array<std::size_t, 3> starts = {begin, 0, 0};
            std::size_t groups = 1;
            while (char_at(end) == '.' && digit_at(end + 1)) {
                if (groups < starts.size()) starts[groups] = end + 1;
                end = digits_end(end + 1);
                ++groups;
            }
            const std::size_t year = end - starts[2];
            if (groups == 3 && starts[1] - begin <= 3 && starts[2] - starts[1] <= 3 &&
                (year == 4 || year == 2)) {
                for (std::size_t i = 0; i < 3; ++i) {
                    const std::size_t stop = digits_end(starts[i]);
                    add(TokenKind::number, starts[i], stop, std::string(cut(starts[i], stop)));
                }
                return;
            }
            value.assign(cut(begin, end));
        }
        // "12a" is a house number, "25kr" is two tokens.
        if (const std::size_t length = letter_length(end);
            length > 0 && letter_length(end + length) == 0 && !digit_at(end + length) &&
            value.find_first_of(".,") == std::string::npos) {
            const std::string_view letter = cut(end, end + length);
            add(TokenKind::word, begin, end + length, value + fold(letter));
            return;
        }
        add(TokenKind::number, begin, end, std::move(value));
    }

    /// Reads ".203.500" after a group of one to three digits.
    bool thousands(std::size_t begin, std::size_t& end, std::string& value) const {
        if (end - begin > 3 || text_[begin] == '0') return false;
        std::size_t i = end;
        std::string joined = value;
        while (char_at(i) == '.' && digits_end(i + 1) == i + 4) {
            joined.append(cut(i + 1, i + 4));
            i += 4;
        }
        if (i == end || (char_at(i) == '.' && digit_at(i + 1))) return false;
        value = std::move(joined);
        end = i;
        return true;
    }

    void decimals(std::size_t& end, std::string& value) const {
        if (char_at(end) != ',' || !digit_at(end + 1)) return;
        const std::size_t stop = digits_end(end + 1);
        value.append(cut(end, stop));
        end = stop;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text) { return Tokenizer(text).run(); }

}  // namespace raadbot::danish
