#include "retrieval/danish/printed_names.hpp"

#include <algorithm>
#include <array>

#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

constexpr std::size_t most_words = 4;

std::string_view original(std::string_view text, const Token& token) {
    return text.substr(token.begin, token.end - token.begin);
}

bool capital(std::string_view word) {
    if (word.empty()) return false;
    const auto c = static_cast<unsigned char>(word.front());
    if (c >= 'A' && c <= 'Z') return true;
    // Æ Ø Å É: 0xC3 0x80..0x9E; the small ones follow.
    return c == 0xC3 && word.size() > 1 && static_cast<unsigned char>(word[1]) <= 0x9E;
}

/// A word in capitals only is an abbreviation ("TMU", "KL").
bool shouted(std::string_view word) {
    return word.size() > 1 &&
           std::none_of(word.begin() + 1, word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Only blanks (no line break) between two tokens.
bool joined(std::string_view text, const Token& a, const Token& b) {
    if (b.begin < a.end) return false;
    const std::string_view gap = text.substr(a.end, b.begin - a.end);
    return !gap.empty() && std::all_of(gap.begin(), gap.end(), [](char c) { return c == ' '; });
}

bool is_particle(std::string_view folded) {
    return one_of(folded, {"von", "van", "de", "af", "el", "al", "bin", "du"});
}

/// Words with a capital that begin sentences, or name things, but no person.
bool no_name(std::string_view folded) {
    if (one_of(folded, {"per", "sine", "bo"})) return false;  // First names, too.
    return is_stop_word(folded) || !office_of(folded).empty() ||
           one_of(folded,
                  {"punkt", "sag", "udvalg", "kommune", "byråd", "byrådet", "kommunalbestyrelsen",
                   "skole", "kl", "imod", "for", "fraværende", "afbud", "stedfortræder", "tak"}) ||
           folded.find("udvalg") != std::string_view::npos;
}

bool separates(std::string_view gap) {
    return std::all_of(gap.begin(), gap.end(),
                       [](char c) { return c == ' ' || c == '-' || c == ','; });
}

}  // namespace

std::vector<Span> printed_persons(std::string_view text) {
    const std::vector<Token> tokens = tokenize(text);
    std::vector<Span> found;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto names = [&](std::size_t at) {
            return tokens[at].kind == TokenKind::word && capital(original(text, tokens[at])) &&
                   !shouted(original(text, tokens[at])) && !no_name(tokens[at].text);
        };
        if (!names(i)) continue;
        std::size_t last = i;
        std::size_t words = 1;
        while (last + 1 < tokens.size() && joined(text, tokens[last], tokens[last + 1]) &&
               words < most_words) {
            if (names(last + 1)) {
                ++last;
            } else if (is_particle(tokens[last + 1].text) && last + 2 < tokens.size() &&
                       names(last + 2)) {
                last += 2;
            } else {
                break;
            }
            ++words;
        }
        if (words >= 2) found.push_back({tokens[i].begin, tokens[last].end});
        i = last;
    }
    return found;
}

std::vector<Span> printed_bodies(std::string_view text) {
    const std::vector<Token> tokens = tokenize(text);
    std::vector<Span> found;
    const auto gap = [&](std::size_t a, std::size_t b) {
        return text.substr(tokens[a].end, tokens[b].begin - tokens[a].end);
    };
    const auto big = [&](std::size_t i) { return capital(original(text, tokens[i])); };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        if (one_of(word, {"byrådet", "byråd", "kommunalbestyrelsen", "kommunalbestyrelse",
                          "borgerrepræsentationen"})) {
            if (big(i)) found.push_back({tokens[i].begin, tokens[i].end});
            continue;
        }
        if (word == "udvalget" && big(i) && i + 2 < tokens.size() && tokens[i + 1].text == "for" &&
            big(i + 2)) {
            std::size_t last = i + 2;
            for (std::size_t next = last + 1; next < tokens.size(); ++next) {
                if (!separates(gap(next - 1, next))) break;
                if (tokens[next].text == "og") continue;
                if (!big(next)) break;
                // "Udvalget for Kultur, Byrådet": another body begins.
                if (tokens[next].text.find("udvalg") != std::string::npos) break;
                last = next;
            }
            found.push_back({tokens[i].begin, tokens[last].end});
            i = last;
            continue;
        }
        const bool ends = word.ends_with("udvalget") || word.ends_with("udvalg");
        if (!ends || word.size() <= std::string_view("udvalget").size() || word == "underudvalg")
            continue;
        std::size_t first = i;
        // "Klima-, Miljø- og Byudvalget": parts with a hyphen, joined by commas and "og".
        while (first > 0) {
            std::size_t before = first - 1;
            if (tokens[before].text == "og" && before > 0) --before;
            const std::string_view between =
                text.substr(tokens[before].end, tokens[first].begin - tokens[before].end);
            const bool hyphen =
                between.starts_with("-") || original(text, tokens[before]).ends_with("-");
            if (!hyphen || !big(before) || between.find('\n') != std::string_view::npos) break;
            first = before;
        }
        if (big(first)) found.push_back({tokens[first].begin, tokens[i].end});
    }
    return found;
}

bool same_person(std::string_view a, std::string_view b) {
    const auto key = [](std::string_view name) {
        std::string out;
        for (const Token& token : tokenize(name)) out += loose_key(token.text) + ' ';
        return out;
    };
    const std::string left = key(a);
    return !left.empty() && left == key(b);
}

std::string office_of(std::string_view folded) {
    struct Office {
        std::string_view word;
        bool compounds;  ///< "skolechef", "børnedirektør" are offices too.
    };
    constexpr std::array<Office, 13> offices{{{"viceborgmester", false},
                                              {"borgmester", false},
                                              {"næstformand", true},
                                              {"formand", true},
                                              {"forkvinde", true},
                                              {"direktør", true},
                                              {"chef", true},
                                              {"rådmand", false},
                                              {"ordfører", true},
                                              {"forperson", false},
                                              {"mayor", false},
                                              {"chairman", false},
                                              {"chair", false}}};
    constexpr std::array<std::string_view, 4> endings{"", "en", "ens", "s"};
    std::string word(folded);
    // "borgmestren" has lost an e.
    if (word.starts_with("borgmestr")) word = "borgmester" + word.substr(9);
    for (const Office& office : offices) {
        for (const std::string_view ending : endings) {
            std::string form = std::string(office.word) + std::string(ending);
            if (office.word == "forkvinde" && ending == "en") form = "forkvinden";
            if (word != form && !(office.compounds && word.ends_with(form))) continue;
            if (office.word == "mayor") return "borgmester";
            if (office.word.starts_with("chair")) return "formand";
            if (office.word == "forkvinde" || office.word == "forperson") return "formand";
            return word.substr(0, word.size() - form.size()) + std::string(office.word);
        }
    }
    return {};
}

}  // namespace raadbot::danish
