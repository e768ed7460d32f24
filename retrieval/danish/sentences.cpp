#include <algorithm>
#include <unordered_set>

#include "retrieval/danish/text.hpp"
#include "retrieval/danish/utf8.hpp"

namespace raadbot::danish {
namespace {

using utf8::byte_at;
using utf8::CodePoint;
using utf8::decode;

using WordSet = std::unordered_set<std::string_view>;

/// Abbreviations that always want a continuation: no sentence ends here.
const WordSet& leading_abbreviations() {
    static const WordSet listed = {
        "adm",    "adr",   "afd",   "afs",     "alm",    "anm",   "att",     "bek",   "bekg",
        "bemærk", "bl.a",  "bd",    "bfr",     "bygn",   "c/o",   "ca",      "cand",  "cf",
        "cirk",   "d",     "dir",   "dr",      "dvs",    "d.v.s", "ekskl",   "ekspl", "evt",
        "f",      "fa",    "f.eks", "fig",     "fhv",    "fmd",   "forb",    "forts", "fr",
        "frk",    "gl",    "gn",    "gr",      "gs",     "hhv",   "hr",      "iflg",  "ift",
        "i.f.t",  "iht",   "i.h.t", "ifm",     "i.f.m",  "inc",   "incl",    "inkl",  "indb",
        "ing",    "jan",   "febr",  "feb",     "apr",    "aug",   "sept",    "sep",   "okt",
        "nov",    "dec",   "jf",    "jfr",     "jur",    "jvf",   "kap",     "kgl",   "kl",
        "konst",  "kontf", "kst",   "lb",      "lbnr",   "lekt",  "lok",     "litr",  "matr",
        "max",    "maks",  "mag",   "md",      "mhp",    "m.h.p", "mht",     "m.h.t", "min",
        "mr",     "mrs",   "ndr",   "nr",      "nuv",    "obs",   "opg",     "ordf",  "oprindl",
        "pga",    "p.g.a", "ph",    "pkt",     "p.nr",   "pr",    "prof",    "ref",   "resp",
        "s",      "sdr",   "sml",   "spec",    "spm",    "spr",   "st",      "stk",   "str",
        "stud",   "sv",    "tab",   "tidl",    "tlf",    "tilsv", "udg",     "undt",  "vedl",
        "vedr",   "vha",   "v.h.a", "vicedir", "vol",    "vs",    "v",       "vejl",  "årg",
        "smst",   "telf",  "j.nr",  "j",       "sagsnr", "cvr",   "matr.nr", "lbk",   "lic",
        "lign",   "pgf"};
    return listed;
}

/// Abbreviations that may end a sentence: a capital letter after them begins a new one.
const WordSet& closing_abbreviations() {
    static const WordSet listed = {
        "a.m.b.a", "a/s", "aps",    "bl",   "co",    "d.d",  "d.s",  "d.å", "e.l",
        "el.lign", "etc", "e.kr",   "f.kr", "f.m",   "ff",   "kr",   "kvm", "m.fl",
        "mfl",     "m.m", "mm",     "m.v",  "mv",    "mia",  "mill", "mio", "mrd",
        "o.a",     "o.l", "o.lign", "osv",  "o.s.v", "pct",  "p.t",  "pt",  "p.m",
        "s.m",     "s.å", "t.d",    "tdr",  "tkr",   "t.kr", "ugtl", "u.å", "s.u",
        "m",       "m2",  "km",     "km/t", "t",     "årl",  "md.",  "mdr", "mia.kr",
        "mio.kr",  "i.v", "s.d",    "e.m",  "eftf",  "jr",   "sen",  "ml"};
    return listed;
}

/// Nouns and names of months that an ordinal stands before, also when capitalised.
bool follows_ordinal(std::string_view folded) {
    static const WordSet listed = {"januar",      "februar",   "marts",
                                   "april",       "maj",       "juni",
                                   "juli",        "august",    "september",
                                   "oktober",     "november",  "december",
                                   "behandling",  "etape",     "fase",
                                   "kvartal",     "halvår",    "viceborgmester",
                                   "næstformand", "suppleant", "budgetopfølgning",
                                   "sal",         "klasse",    "division",
                                   "advent",      "juledag",   "påskedag",
                                   "pinsedag",    "gang",      "punkt",
                                   "runde",       "del",       "led",
                                   "plads"};
    return listed.contains(folded);
}

class SentenceSplitter {
public:
    explicit SentenceSplitter(std::string_view text) : text_(text) {}

    std::vector<Span> run() && {
        std::size_t line = 0;
        while (line <= text_.size()) {
            const std::size_t end = line_end(line);
            split_line(line, end);
            line = end + 1;
        }
        return std::move(spans_);
    }

private:
    /// Line feeds, carriage returns, vertical tabs, form feeds. (U+2028 is trimmed as a blank.)
    std::size_t line_end(std::size_t from) const {
        const std::size_t end = text_.find_first_of("\n\r\v\f", from);
        return end == std::string_view::npos ? text_.size() : end;
    }

    std::string_view cut(std::size_t begin, std::size_t end) const {
        return text_.substr(begin, end - begin);
    }

    void split_line(std::size_t line, std::size_t end) {
        std::size_t start = line;
        for (std::size_t i = line; i < end; ++i) {
            const char c = text_[i];
            if (c != '.' && c != '!' && c != '?' && byte_at(text_, i) != 0xE2) continue;
            std::size_t stop = i + 1;
            if (byte_at(text_, i) == 0xE2) {
                const CodePoint point = decode(text_, i);
                if (point.value != 0x2026) {  // …
                    i += point.length - 1;
                    continue;
                }
                stop = i + point.length;
            }
            while (stop < end && (text_[stop] == '.' || text_[stop] == '!' || text_[stop] == '?')) {
                ++stop;
            }
            const bool lone_dot = c == '.' && stop == i + 1;
            stop = closing_marks(stop, end);
            const std::size_t next = skip_blanks(stop, end);
            if (next >= end) break;
            if (next > stop && begins_sentence(next, end) &&
                !(lone_dot && dot_continues(start, i, next, end))) {
                add(start, stop);
                start = next;
            }
            i = stop - 1;
        }
        add(start, end);
    }

    /// Closing quotes and brackets belong to the sentence they close.
    std::size_t closing_marks(std::size_t at, std::size_t end) const {
        while (at < end) {
            const char c = text_[at];
            if (c == ')' || c == ']' || c == '"' || c == '\'') {
                ++at;
                continue;
            }
            if (byte_at(text_, at) < 0xC2) break;
            const CodePoint point = decode(text_, at);
            // « » ’ ” “
            if (point.value != 0xAB && point.value != 0xBB && point.value != 0x2019 &&
                point.value != 0x201D && point.value != 0x201C) {
                break;
            }
            // "»" and "«" both open and close in Danish print: an opening one follows a blank.
            at += point.length;
        }
        return std::min(at, end);
    }

    std::size_t skip_blanks(std::size_t at, std::size_t end) const {
        while (at < end) {
            const std::size_t length = utf8::blank_length(text_, at);
            if (length == 0) break;
            at += length;
        }
        return std::min(at, end);
    }

    /// A capital, a digit, a quote, a bullet or § may begin a sentence; a small letter does not.
    bool begins_sentence(std::size_t at, std::size_t end) const {
        while (at < end) {
            const CodePoint point = decode(text_, at);
            if (utf8::is_letter(point.value)) return !utf8::is_lower(point.value);
            const bool opening = point.value == '(' || point.value == '[' || point.value == '"' ||
                                 point.value == '\'' || point.value == 0xBB ||
                                 point.value == 0xAB || point.value == 0x201C ||
                                 point.value == 0x201D || point.value == 0x201E;
            if (!opening) return point.value != ',' && point.value != ';' && point.value != ')';
            at += point.length;
        }
        return true;
    }

    /// The characters before the dot back to a blank or an opening bracket, folded.
    std::string word_before(std::size_t start, std::size_t dot) const {
        std::size_t begin = dot;
        while (begin > start) {
            const char c = text_[begin - 1];
            if (c == ' ' || c == '\t' || c == '(' || c == '[' || c == '"' || c == ',' || c == ';' ||
                c == ':' || c == '\'') {
                break;
            }
            if (begin >= start + 2 && text_[begin - 2] == '\xC2' &&
                (text_[begin - 1] == '\xA0' || text_[begin - 1] == '\xAB' ||
                 text_[begin - 1] == '\xBB')) {
                break;
            }
            --begin;
        }
        return std::string(cut(begin, dot));
    }

    std::string folded_word_at(std::size_t at, std::size_t end) const {
        std::size_t stop = at;
        while (stop < end) {
            const CodePoint point = decode(text_, stop);
            if (!utf8::is_letter(point.value)) break;
            stop += point.length;
        }
        return fold(cut(at, std::min(stop, end)));
    }

    bool dot_continues(std::size_t start, std::size_t dot, std::size_t next,
                       std::size_t end) const {
        const std::string word = word_before(start, dot);
        if (word.empty()) return false;
        const bool at_start = skip_blanks(start, dot) + word.size() == dot;
        if (std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })) {
            if (at_start) return true;  // "1. Godkendelse af dagsorden"
            if (word.size() > 2 || word > "31") {
                if (word.size() > 1) return false;
            }
            // "inden kl. 8. Klasse B ..." is a time, not an ordinal
            if (fold(cut(start, dot - word.size())).ends_with("kl. ")) return false;
            return follows_ordinal(folded_word_at(next, end));
        }
        // "1.2." before a heading
        if (at_start && word.find_first_not_of("0123456789.") == std::string::npos) return true;
        if (is_party_letter(word) && lists_parties(start, dot - word.size())) return false;
        const std::string folded = fold(word);
        // "kl. 17", but "sagde KL. Det ..." is the association's name
        const bool capitals =
            word.size() > 1 && word[0] >= 'A' && word[0] <= 'Z' && word[1] >= 'A' && word[1] <= 'Z';
        if (!capitals && leading_abbreviations().contains(folded)) return true;
        if (closing_abbreviations().contains(folded)) {
            // a figure after "kr." or "mio." goes on: "kr. 25.000", "mio. 2025-priser"
            return text_[next] >= '0' && text_[next] <= '9';
        }
        // initials: "H. C. Andersen", "A.P. Møller", "J.-P. Hansen"
        const CodePoint last = decode(word, last_letter(word));
        const std::size_t before = last_letter(word);
        const bool single = before == 0 || word[before - 1] == '.' || word[before - 1] == '-';
        return single && utf8::is_upper(last.value);
    }

    static bool is_party_letter(std::string_view word) {
        const CodePoint point = decode(word, 0);
        return point.length == word.size() && utf8::is_upper(point.value);
    }

    /// "For stemte A, B og V." ends with a party, not with an initial: party letters stand before
    /// it.
    bool lists_parties(std::size_t start, std::size_t end) const {
        std::string_view before = cut(start, end);
        const auto trim = [&before] {
            while (!before.empty() && (before.back() == ' ' || before.back() == ',')) {
                before.remove_suffix(1);
            }
        };
        trim();
        if (before.ends_with(" og") || before.ends_with(" samt")) {
            before.remove_suffix(before.ends_with(" og") ? 3 : 5);
            trim();
        }
        if (before.size() == cut(start, end).size()) return false;
        const std::size_t blank = before.find_last_of(' ');
        const std::string_view last =
            blank == std::string_view::npos ? before : before.substr(blank + 1);
        return !last.empty() && is_party_letter(last);
    }

    /// Where the last code point of a word begins.
    static std::size_t last_letter(std::string_view word) {
        std::size_t at = word.size() - 1;
        while (at > 0 && (byte_at(word, at) & 0xC0U) == 0x80U) --at;
        return at;
    }

    void add(std::size_t begin, std::size_t end) {
        begin = skip_separators(begin, end);
        while (end > begin) {
            const std::size_t last = last_letter(cut(begin, end)) + begin;
            if (!is_separator(last)) break;
            end = last;
        }
        if (begin < end) spans_.push_back({begin, end});
    }

    bool is_separator(std::size_t at) const {
        const CodePoint point = decode(text_, at);
        return point.value == 0x2028 || point.value == 0x2029 || point.value < 0x20 ||
               (point.value >= 0x7F && point.value < 0xA0) || utf8::blank_length(text_, at) > 0;
    }

    std::size_t skip_separators(std::size_t at, std::size_t end) const {
        while (at < end && is_separator(at)) at += decode(text_, at).length;
        return std::min(at, end);
    }

    std::string_view text_;
    std::vector<Span> spans_;
};

}  // namespace

std::vector<Span> sentences(std::string_view text) { return SentenceSplitter(text).run(); }

}  // namespace raadbot::danish
