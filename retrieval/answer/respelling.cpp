#include "retrieval/answer/respelling.hpp"

#include <algorithm>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/slips.hpp"

namespace raadbot::answer {
namespace {

using danish::Morphology;
using danish::SlipCost;
using danish::Token;
using danish::TokenKind;

constexpr double sure_enough = 0.55;
constexpr int clearly_nearer = 15;  // By so much a rarer source must be better.
constexpr std::size_t shortest_misspelt = 4;
constexpr std::size_t shortest_last_part = 5;
constexpr std::size_t shortest_part = 3;  // Bytes of a word in a compound or a joined pair.

/// Letters, not bytes.
std::size_t length(std::string_view word) {
    return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

/// The dictionary builds words of any parts: "ventres" is "ven" and "tres" to it.
bool oddly_built(const std::string& word) {
    const auto parts = Morphology::instance().split(word);
    return parts.size() > 1 && length(word) >= 6 &&
           std::any_of(parts.begin(), parts.end(),
                       [](const std::string& part) { return length(part) <= 3; });
}

/// As the first part of a compound stands: "bolig", not "boligen" or "ny".
bool is_bare_noun(const std::string& word) {
    const Morphology& morphology = Morphology::instance();
    return morphology.kind(word) == Morphology::Kind::noun && morphology.lemma(word) == word;
}

bool character_starts(const std::string& word, std::size_t at) {
    return (static_cast<unsigned char>(word[at]) & 0xC0U) != 0x80U;
}

}  // namespace

std::uint32_t Respelling::frequency(const std::string& word) const {
    return std::max(snapshot_.document_frequency(word),
                    snapshot_.document_frequency(Morphology::instance().lemma(word)));
}

bool Respelling::in_use(const std::string& word) const {
    if (snapshot_.document_frequency(word) > 0 || lexicon_.contains(word)) return true;
    // The basic form of an unknown word is a guess.
    return Morphology::instance().known(word) &&
           (frequency(word) > 0 || lexicon_.contains(Morphology::instance().lemma(word)));
}

std::vector<Token> Respelling::repaired(std::vector<Token> tokens) const {
    std::vector<Token> result;
    for (Token& token : joined(std::move(tokens))) {
        if (token.kind == TokenKind::word && !danish::is_stop_word(token.text)) {
            if (auto word = meant(token.text)) {
                const std::size_t blank = word->find(' ');
                if (blank != std::string::npos) {
                    Token first = token;
                    first.text = word->substr(0, blank);
                    result.push_back(std::move(first));
                    word = word->substr(blank + 1);
                }
                token.text = std::move(*word);
            }
        }
        result.push_back(std::move(token));
    }
    return result;
}

std::optional<std::string> Respelling::meant(const std::string& word) const {
    const Morphology& morphology = Morphology::instance();
    const std::vector<std::string> readings = danish::digraph_readings(word);
    // "loen" is a word, but nobody here writes it: "løn" is meant.
    const bool known = morphology.known(word);
    const std::uint32_t as_typed = frequency(word);
    const auto reading = std::find_if(readings.begin(), readings.end(), [&](const std::string& r) {
        return r != word && ((!known && (danish::is_stop_word(r) || morphology.known(r))) ||
                             frequency(r) > as_typed);
    });
    if (reading != readings.end()) return *reading;
    if (length(word) < shortest_misspelt || in_use(word)) return std::nullopt;
    if (known && !oddly_built(word)) return std::nullopt;
    auto corrected = correction(word);
    // A compound is no pair of words.
    if (corrected && corrected->find(' ') != std::string::npos && morphology.split(word).size() > 1)
        return std::nullopt;
    // What the dictionary knows after all gives way to the slightest slip only.
    if (known && corrected &&
        (corrected->find(' ') != std::string::npos ||
         danish::slip_cost(word, *corrected) > SlipCost::extra_or_missing)) {
        return std::nullopt;
    }
    return corrected;
}

std::optional<std::string> Respelling::correction(const std::string& word) const {
    const Morphology& morphology = Morphology::instance();
    std::optional<std::string> best = snapshot_.correct(word);
    const auto cost = [&](const std::optional<std::string>& candidate) {
        return candidate && candidate->find(' ') == std::string::npos
                   ? danish::slip_cost(word, *candidate)
                   : 3 * SlipCost::other_letter;
    };
    int least = cost(best);
    // Forms of the material's words that it does not use itself: "bøgger" -> "bøger".
    if (least > SlipCost::doubled) {
        for (std::string& variant : danish::undone_slips(word)) {
            const int slip = danish::slip_cost(word, variant);
            if (slip + clearly_nearer >= least || slip >= SlipCost::extra_or_missing) continue;
            if (!morphology.known(variant) || oddly_built(variant) || frequency(variant) == 0)
                continue;
            least = slip;
            best = std::move(variant);
        }
        const auto found = lexicon_.correct(word, 1);
        if (!found.empty() && found.front().confidence >= sure_enough &&
            cost(found.front().word) + clearly_nearer < least) {
            best = found.front().word;
            least = cost(best);
        }
    }
    if (!best || least > 2 * SlipCost::extra_or_missing) {
        if (auto compound = compound_correction(word)) return compound;
    }
    return best;
}

std::optional<std::string> Respelling::compound_correction(const std::string& word) const {
    const Morphology& morphology = Morphology::instance();
    std::vector<std::size_t> cuts;
    for (std::size_t at = shortest_part; at < word.size(); ++at) {
        const std::string rest = word.substr(at);
        if (!character_starts(word, at) || length(rest) < shortest_last_part) continue;
        const std::string first = word.substr(0, at);
        if (danish::is_stop_word(first) || !morphology.known(first) || !in_use(first)) continue;
        // A name of a known kind: "ungerådet", "fyrgården".
        if (morphology.known(rest) || in_use(rest)) return std::nullopt;
        cuts.push_back(at);
    }
    for (const std::size_t at : cuts) {
        const std::string rest = word.substr(at);
        std::optional<std::string> mended = snapshot_.correct(rest);
        const auto found = lexicon_.correct(rest, 1);
        if (!found.empty() && (!mended || danish::slip_cost(rest, found.front().word) <
                                              danish::slip_cost(rest, *mended))) {
            mended = found.front().word;
        }
        if (!mended || mended->find(' ') != std::string::npos) continue;
        if (danish::slip_cost(rest, *mended) <= SlipCost::extra_or_missing)
            return word.substr(0, at) + *mended;
    }
    return std::nullopt;
}

std::vector<Token> Respelling::joined(std::vector<Token> tokens) const {
    std::vector<Token> result;
    for (Token& token : tokens) {
        const bool word = token.kind == TokenKind::word && !danish::is_stop_word(token.text) &&
                          token.text.size() >= shortest_part;
        if (word && !result.empty()) {
            Token& before = result.back();
            if (before.kind == TokenKind::word && !danish::is_stop_word(before.text) &&
                before.text.size() >= shortest_part && is_bare_noun(before.text)) {
                const std::string both = before.text + token.text;
                if (snapshot_.document_frequency(both) > 0 || lexicon_.contains(both)) {
                    before.text = both;
                    before.end = token.end;
                    continue;
                }
            }
        }
        result.push_back(std::move(token));
    }
    return result;
}

}  // namespace raadbot::answer
