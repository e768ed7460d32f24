#include "retrieval/danish/personal_data.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A separator that may stand inside a CPR number, by its UTF-8 bytes.
struct Separator {
    std::string_view bytes;
    bool dash = false;
};
constexpr std::array<Separator, 22> separators{{
    {" ", false},      {"\t", false},     {"\n", false},     {"\r", false},     {"\u00A0", false},
    {"\u202F", false}, {"\u2007", false}, {"\u2009", false}, {"\u200B", false}, {"\u2028", false},
    {"\u2002", false}, {"\u2003", false}, {"-", true},       {"\u2010", true},  {"\u2011", true},
    {"\u2012", true},  {"\u2013", true},  {"\u2014", true},  {"\u2015", true},  {"\u2212", true},
    {"\u00AD", true},  {"_", true},
}};

struct Gap {
    std::size_t end = 0;
    std::size_t blanks = 0;
    std::size_t dashes = 0;
};

Gap read_gap(std::string_view text, std::size_t at) {
    Gap gap{at, 0, 0};
    bool more = true;
    while (more && gap.blanks + gap.dashes < 8) {
        more = false;
        for (const Separator& separator : separators) {
            if (text.substr(gap.end).starts_with(separator.bytes)) {
                gap.end += separator.bytes.size();
                ++(separator.dash ? gap.dashes : gap.blanks);
                more = true;
                break;
            }
        }
    }
    return gap;
}

std::optional<unsigned> read_digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return std::nullopt;
    unsigned value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (!digit(text[i])) return std::nullopt;
        value = value * 10 + static_cast<unsigned>(text[i] - '0');
    }
    return value;
}

/// Replacement numbers for people without a CPR number add 60 to the day (CPR-kontoret).
bool is_birthday(unsigned day, unsigned month, unsigned year, bool replacement) {
    constexpr std::array<unsigned, 13> days{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (replacement && day > 60) day -= 60;
    if (month < 1 || month > 12 || day < 1 || day > days[month]) return false;
    return month != 2 || day != 29 || year % 4 == 0;
}

struct DatePart {
    std::size_t end = 0;
    bool marks = false;      ///< "01.02.90" rather than "010290".
    bool full_year = false;  ///< "01.02.1990"
    bool replacement = false;
};

/// DDMMYY, DD MM YY, DD.MM.YY, DD-MM-YYYY and their like at `at`.
std::optional<DatePart> read_date(std::string_view text, std::size_t at) {
    const auto day = read_digits(text, at, 2);
    if (!day) return std::nullopt;
    const auto part_gap = [&](std::size_t from) -> std::optional<std::size_t> {
        if (from < text.size() && digit(text[from])) return from;
        if (from < text.size() && (text[from] == '.' || text[from] == '/')) return from + 1;
        const Gap gap = read_gap(text, from);
        if (gap.blanks + gap.dashes != 1) return std::nullopt;
        return gap.end;
    };
    const auto month_at = part_gap(at + 2);
    if (!month_at) return std::nullopt;
    const auto month = read_digits(text, *month_at, 2);
    if (!month) return std::nullopt;
    const auto year_at = part_gap(*month_at + 2);
    if (!year_at) return std::nullopt;
    // Either all three parts stand together or all are parted.
    if ((*month_at == at + 2) != (*year_at == *month_at + 2)) return std::nullopt;
    DatePart part;
    part.marks = *month_at != at + 2;
    const auto year4 = read_digits(text, *year_at, 4);
    if (year4 && (*year4 / 100 == 19 || *year4 / 100 == 20) &&
        !(*year_at + 4 < text.size() && digit(text[*year_at + 4])) &&
        is_birthday(*day, *month, *year4, false)) {
        part.full_year = true;
        part.end = *year_at + 4;
        return part;
    }
    const auto year = read_digits(text, *year_at, 2);
    if (!year || !is_birthday(*day, *month, *year, true)) return std::nullopt;
    part.replacement = *day > 60;
    part.end = *year_at + 2;
    return part;
}

bool amount_follows(std::string_view text, std::size_t at) {
    at = read_gap(text, at).end;
    std::string word;
    while (at < text.size() && letter(text[at]) && word.size() < 8) {
        word += static_cast<char>(text[at++] | 0x20);
    }
    return one_of(word, {"kr", "kroner", "dkk", "mio", "mia", "euro", "eur"});
}

bool starts_inside_number(std::string_view text, std::size_t at) {
    if (at == 0) return false;
    const char before = text[at - 1];
    if (digit(before) || before == '+') return true;
    // "306-010190-1234", "24/0101901234": the middle or end of a case number.
    return at >= 2 && (before == '-' || before == '/') && digit(text[at - 2]);
}

/// The end of a CPR number that begins at `at`.
std::optional<std::size_t> read_cpr(std::string_view text, std::size_t at) {
    const auto date = read_date(text, at);
    if (!date) return std::nullopt;
    const Gap gap = read_gap(text, date->end);
    if (gap.dashes > 1 || gap.blanks > 4) return std::nullopt;
    const bool together = gap.end == date->end;
    // With marks inside the date, only a dash tells a serial number from a time ("01.10.25 1545").
    if (date->marks && gap.dashes == 0 && text[at + 2] != ' ') return std::nullopt;
    if ((date->full_year || date->replacement) && gap.dashes == 0) return std::nullopt;
    const auto serial = read_digits(text, gap.end, 4);
    if (!serial) return std::nullopt;
    if (date->full_year && (*serial / 100 == 19 || *serial / 100 == 20)) return std::nullopt;
    const std::size_t end = gap.end + 4;
    if (end < text.size() && digit(text[end])) return std::nullopt;
    if (together && amount_follows(text, end)) return std::nullopt;
    return end;
}

bool mail_byte(char c) {
    return letter(c) || digit(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::vector<Span> find_mails(std::string_view text) {
    std::vector<Span> found;
    std::size_t done = 0;
    for (std::size_t at = text.find('@'); at != std::string_view::npos;
         at = text.find('@', at + 1)) {
        std::size_t begin = at;
        while (begin > done && mail_byte(text[begin - 1])) --begin;
        std::size_t end = at + 1;
        while (end < text.size() && mail_byte(text[end])) ++end;
        while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
        if (begin == at || text.substr(at + 1, end - at - 1).find('.') == std::string_view::npos) {
            continue;
        }
        found.push_back({begin, end});
        done = end;
    }
    return found;
}

/// Danish numbers have eight digits, written 99 00 10 00, 9900 1000, 990 01 000 or together,
/// perhaps with a country code; foreign ones begin with + and have 7 to 15 digits.
std::vector<Span> find_phones(std::string_view text) {
    std::vector<Span> found;
    std::size_t at = 0;
    while (at < text.size()) {
        const bool plus = text[at] == '+';
        if (!plus && !digit(text[at])) {
            ++at;
            continue;
        }
        std::vector<std::size_t> groups;
        std::size_t digits = 0;
        std::size_t end = at + (plus ? 1 : 0);
        std::size_t last = end;
        while (end < text.size() && digit(text[end])) {
            std::size_t group = end;
            while (end < text.size() && digit(text[end])) ++end;
            groups.push_back(end - group);
            digits += end - group;
            last = end;
            if (end < text.size() && text[end] == ' ') {
                ++end;
            } else if (text.substr(end).starts_with("\u00A0")) {
                end += 2;
            }
        }
        const bool inside =
            at > 0 && (letter(text[at - 1]) || text[at - 1] == '/' || text[at - 1] == '-' ||
                       text[at - 1] == '.' || text[at - 1] == ',');
        const bool goes_on = last + 1 < text.size() &&
                             one_of(text.substr(last, 1), {"/", "-", ",", "."}) &&
                             digit(text[last + 1]);
        std::vector<std::size_t> shape = groups;
        if (!plus && digits == 10 && text.substr(at).starts_with("45") && shape.size() > 1) {
            shape.erase(shape.begin());
        }
        const std::vector<std::vector<std::size_t>> shapes{{2, 2, 2, 2}, {4, 4}, {3, 2, 3},
                                                           {8},          {2, 6}, {2, 3, 3}};
        const bool danish = std::find(shapes.begin(), shapes.end(), shape) != shapes.end() &&
                            text[at] != '0' && text[at] != '1' && !amount_follows(text, last);
        if (!inside && !goes_on && (plus ? digits >= 7 && digits <= 15 : danish)) {
            found.push_back({at, last});
        }
        at = std::max(last, at + 1);
    }
    return found;
}

std::string replace(std::string_view text, const std::vector<Span>& spans, std::string_view by) {
    std::string result;
    std::size_t done = 0;
    for (const Span& span : spans) {
        result += text.substr(done, span.begin - done);
        result += by;
        done = span.end;
    }
    result += text.substr(done);
    return result;
}

}  // namespace

std::vector<Span> find_cpr(std::string_view text) {
    std::vector<Span> found;
    std::size_t at = 0;
    while (at + 10 <= text.size()) {
        if (digit(text[at]) && !starts_inside_number(text, at)) {
            if (const auto end = read_cpr(text, at)) {
                found.push_back({at, *end});
                at = *end;
                continue;
            }
        }
        ++at;
    }
    return found;
}

std::string mask_cpr(std::string_view text) {
    return replace(text, find_cpr(text), "[CPR fjernet]");
}

std::string mask_personal_data(std::string_view text) {
    std::string masked = mask_cpr(text);
    masked = replace(masked, find_mails(masked), "[e-mail fjernet]");
    return replace(masked, find_phones(masked), "[telefonnummer fjernet]");
}

}  // namespace raadbot::danish
