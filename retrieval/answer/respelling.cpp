#include "retrieval/answer/respelling.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "retrieval/danish/little_words.hpp"
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

/// "MaaS", "BUU": short and more than one capital, in a text that is not all capitals.
bool is_abbreviation(const Token& token, std::string_view text) {
    constexpr std::size_t longest_abbreviation = 6;
    if (length(token.text) > longest_abbreviation) return false;
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
    const std::string_view typed = text.substr(token.begin, token.end - token.begin);
    return std::count_if(typed.begin(), typed.end(), is_capital) > 1 &&
           std::any_of(text.begin(), text.end(), is_small);
}

/// A dictionary word, or the combining form of one: "børne".
bool is_part(const std::string& part) {
    const Morphology& morphology = Morphology::instance();
    if (morphology.known(part)) return true;
    const std::string lemma = morphology.lemma(part);
    return lemma != part && !part.starts_with(lemma) && morphology.known(lemma);
}

/// As no definite form does ("kommunens|budget") and of a verb only the infinitive.
bool begins_compounds(const std::string& part) {
    const Morphology& morphology = Morphology::instance();
    switch (morphology.kind(part)) {
        case Morphology::Kind::other:
        case Morphology::Kind::name: return false;
        case Morphology::Kind::verb: {
            const std::string infinitive = morphology.lemma(part);
            return infinitive.ends_with('e') && (infinitive == part || infinitive == part + "e");
        }
        default: break;
    }
    const bool definite = part.ends_with("en") || part.ends_with("et") || part.ends_with("ne");
    return !definite || morphology.lemma(part) == part || !morphology.known(part);
}

/// What a noun or a clause must follow.
bool is_preposition(const std::string& word) {
    static constexpr std::array<std::string_view, 14> listed{"i",   "på",    "til",   "fra", "af",
                                                             "om",  "ved",   "for",   "med", "hos",
                                                             "mod", "under", "efter", "uden"};
    return std::find(listed.begin(), listed.end(), word) != listed.end();
}

bool character_starts(const std::string& word, std::size_t at) {
    return (static_cast<unsigned char>(word[at]) & 0xC0U) != 0x80U;
}

}  // namespace

std::uint32_t Respelling::frequency(const std::string& word) const {
    // "Bestiller" is one who orders, and a form of "bestille".
    std::uint32_t most = snapshot_.document_frequency(word);
    for (const std::string& lemma : Morphology::instance().lemmas(word))
        most = std::max(most, snapshot_.document_frequency(lemma));
    return most;
}

bool Respelling::in_use(const std::string& word) const {
    if (snapshot_.document_frequency(word) > 0 || lexicon_.contains(word)) return true;
    // "Sfoen": an abbreviation that the material uses, with an ending.
    constexpr std::size_t longest_abbreviation = 4;
    const std::string lemma = Morphology::instance().lemma(word);
    if (lemma != word && length(lemma) <= longest_abbreviation &&
        !Morphology::instance().known(lemma) && snapshot_.document_frequency(lemma) > 0) {
        return true;
    }
    // The basic form of an unknown word is a guess.
    return (Morphology::instance().known(word) || sound_compound(word)) &&
           (frequency(word) > 0 || lexicon_.contains(lemma));
}

std::optional<int> Respelling::sound_compound(const std::string& word) const {
    const Morphology& morphology = Morphology::instance();
    if (morphology.kind(word) != Morphology::Kind::noun) return std::nullopt;
    const std::vector<std::string> parts = morphology.split(word);
    if (parts.size() < 2) return std::nullopt;
    int tolerated = SlipCost::doubled;
    for (const std::string& part : parts) {
        const bool last = &part == &parts.back();
        if (!is_part(part) || (!last && !begins_compounds(part))) return std::nullopt;
        // Short words are made by chance: "havne|foget" has the joints of timber for its end.
        constexpr std::size_t short_part = 5;
        const bool middle = !last && &part != &parts.front();
        const std::size_t letters = length(morphology.lemma(part));
        if (middle && letters < shortest_part) return std::nullopt;  // "køre|el|regnskab"
        if (letters > short_part || frequency(part) > 0) continue;
        if (!last && letters < shortest_misspelt) return std::nullopt;
        tolerated = SlipCost::extra_or_missing;
    }
    return tolerated;
}

bool Respelling::joins_the_same(const std::string& word, const std::string& other) const {
    const Morphology& morphology = Morphology::instance();
    const std::vector<std::string> parts = morphology.split(word);
    const std::vector<std::string> others = morphology.split(other);
    return std::equal(parts.begin(), parts.end(), others.begin(), others.end(),
                      [&](const std::string& one, const std::string& two) {
                          return morphology.same_lemma(one, two);
                      });
}

std::vector<Token> Respelling::repaired(std::string_view question) const {
    std::vector<Token> result;
    const std::vector<Token> whole = joined(danish::tokenize(question));
    for (std::size_t at = 0; at < whole.size(); ++at) {
        Token token = whole[at];
        if (token.kind == TokenKind::word && !danish::is_stop_word(token.text) &&
            !is_abbreviation(token, question)) {
            auto word = noun_meant(whole, at);
            if (!word) word = meant(token.text);
            // A name that is near a function word.
            const bool named =
                at > 0 && question[token.begin] >= 'A' && question[token.begin] <= 'Z';
            if (word && !(named && danish::is_stop_word(*word))) {
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
    const auto sound = sound_compound(word);
    const auto reading = std::find_if(readings.begin(), readings.end(), [&](const std::string& r) {
        return r != word && ((!known && (danish::is_stop_word(r) || morphology.known(r))) ||
                             frequency(r) > as_typed);
    });
    if (reading != readings.end()) return *reading;
    if (!known && !sound && as_typed == 0) {  // Most letters last.
        const auto compound =
            std::find_if(readings.rbegin(), readings.rend(), [&](const std::string& r) {
                return r != word && sound_compound(r) == SlipCost::doubled;
            });
        if (compound != readings.rend()) return *compound;
    }
    if (in_use(word)) return std::nullopt;
    if (!known && !sound) {
        if (auto little = little_word(word)) return little;
    }
    if (length(word) < shortest_misspelt) return std::nullopt;
    if (!sound && known && !oddly_built(word)) {
        if (auto two = parted(word)) return two;
        // "byge" is a shower, but nobody here writes of any: "bygge" is meant.
        auto doubled = correction(word);
        const bool slight = doubled && doubled->find(' ') == std::string::npos &&
                            frequency(*doubled) > 0 && !morphology.same_lemma(word, *doubled) &&
                            danish::slip_cost(word, *doubled) <= SlipCost::doubled;
        return slight ? doubled : std::nullopt;
    }
    if (!sound) return repair(word);
    const auto corrected = correction(word);
    // Another form of the word is no other word; another word must be spelt almost the same.
    if (!corrected || corrected->find(' ') != std::string::npos || frequency(*corrected) == 0 ||
        morphology.same_lemma(word, *corrected) ||
        (danish::slip_cost(word, *corrected) > *sound && !joins_the_same(word, *corrected))) {
        return std::nullopt;
    }
    return corrected;
}

std::optional<std::string> Respelling::repair(const std::string& word) const {
    const Morphology& morphology = Morphology::instance();
    const bool known = morphology.known(word);
    if (auto two = parted(word)) return two;
    auto corrected = correction(word);
    // A compound is no pair of words.
    if (corrected && corrected->find(' ') != std::string::npos && morphology.split(word).size() > 1)
        return std::nullopt;
    // One of four letters changed leaves too little of a word to guess it by.
    if (corrected && length(word) <= shortest_misspelt && length(*corrected) == length(word) &&
        danish::slip_cost(word, *corrected) >= SlipCost::other_letter) {
        return std::nullopt;
    }
    // What the dictionary knows after all gives way to the slightest slip only.
    if (known && corrected &&
        (corrected->find(' ') != std::string::npos ||
         danish::slip_cost(word, *corrected) > SlipCost::extra_or_missing)) {
        return std::nullopt;
    }
    return corrected;
}

std::optional<std::string> Respelling::little_word(const std::string& word) const {
    if (snapshot_.document_frequency(word) > 0) return std::nullopt;
    const auto little = danish::nearest_little_word(word);
    if (!little) return std::nullopt;
    const auto material = snapshot_.correct(word);
    if (material && danish::slip_cost(word, *material) < little->slip) return std::nullopt;
    return std::string(little->word);
}

std::optional<std::string> Respelling::noun_meant(const std::vector<Token>& tokens,
                                                  std::size_t at) const {
    const Morphology& morphology = Morphology::instance();
    const std::string& word = tokens[at].text;
    const bool ends = at + 1 == tokens.size() || danish::is_stop_word(tokens[at + 1].text);
    if (at == 0 || !ends || !word.ends_with('t') || !is_preposition(tokens[at - 1].text) ||
        !morphology.may_be_verb(word) || morphology.kind(word) == Morphology::Kind::noun) {
        return std::nullopt;
    }
    for (std::string& noun : danish::with_weak_e(word)) {
        if (noun.ends_with("et") && morphology.kind(noun) == Morphology::Kind::noun &&
            morphology.known(noun) && frequency(noun) > 0) {
            return std::move(noun);
        }
    }
    return std::nullopt;
}

std::optional<std::string> Respelling::parted(const std::string& word) const {
    const Morphology& morphology = Morphology::instance();
    std::optional<std::string> best;
    std::size_t shorter = 0;
    const bool compound = morphology.known(word) || morphology.split(word).size() > 1;
    for (std::size_t at = shortest_part; at + shortest_part <= word.size(); ++at) {
        if (!character_starts(word, at)) continue;
        const std::string first = word.substr(0, at);
        const std::string second = word.substr(at);
        const auto used = [&](const std::string& part) {
            return danish::is_stop_word(part) || snapshot_.document_frequency(part) > 0 ||
                   (morphology.known(part) && frequency(part) > 0);
        };
        if (!used(first) || !used(second)) continue;
        // What is no first part of a compound: a little word, or a form with an ending.
        const std::string lemma = morphology.lemma(first);
        const bool ending = lemma != first && first != lemma + "s" && first != lemma + "e" &&
                            first.starts_with(lemma.substr(0, shortest_part)) &&
                            morphology.known(first) && length(first) > shortest_misspelt;
        // "lukkergenbrugspladsen": "lukker" might be a thing, but no dictionary knows the whole.
        const bool verb =
            !compound && morphology.may_be_verb(first) &&
            (first.ends_with("er") || first.ends_with("te") || first.ends_with("ede"));
        const bool little = danish::is_stop_word(first) && !morphology.known(word) &&
                            length(second) > shortest_misspelt;
        if (!ending && !verb && !little) continue;
        const std::size_t least = std::min(first.size(), second.size());
        if (least <= shorter) continue;
        shorter = least;
        best = first + " " + second;
    }
    return best;
}

std::optional<std::string> Respelling::correction(const std::string& word) const {
    const Morphology& morphology = Morphology::instance();
    std::optional<std::string> best = snapshot_.correct(word);
    if (!morphology.known(word)) {
        if (auto whole = weak_e_restored(word)) return whole;
    }
    // Nothing to correct: the material has this very word.
    if (!best && frequency(word) > 0) return std::nullopt;
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
            if (!morphology.known(variant) || oddly_built(variant)) continue;
            // A consonant doubled for nothing is a slip even of a word that the material lacks.
            if (frequency(variant) == 0 &&
                (least <= SlipCost::extra_or_missing || slip > SlipCost::doubled ||
                 variant.size() > word.size() || length(word) <= shortest_misspelt ||
                 word.find("ee") != std::string::npos)) {
                continue;
            }
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
    if (!best || least > SlipCost::transposed) {
        if (auto inflected = inflected_correction(word);
            inflected && cost(inflected) + clearly_nearer < least) {
            least = cost(inflected);
            best = std::move(inflected);
        }
    }
    constexpr std::size_t longest_hasty = 7;
    if (!best && length(word) <= longest_hasty) {
        // "voskn": hasty fingers swap letters and leave the weak e out.
        for (const std::string& variant : danish::with_weak_e(word)) {
            auto swapped = snapshot_.correct(variant);
            if (swapped && swapped->find(' ') == std::string::npos &&
                danish::slip_cost(variant, *swapped) <= SlipCost::transposed) {
                return swapped;
            }
        }
    }
    if (!best || least > 2 * SlipCost::extra_or_missing) {
        if (auto compound = compound_correction(word)) return compound;
    }
    return best;
}

std::optional<std::string> Respelling::weak_e_restored(const std::string& word) const {
    // "dagne" is likelier "dagen".
    for (std::size_t at = 1; at + 1 < word.size(); ++at) {
        std::string swapped = word;
        std::swap(swapped[at], swapped[at + 1]);
        if (swapped != word && Morphology::instance().known(swapped) && frequency(swapped) > 0)
            return std::nullopt;
    }
    std::optional<std::string> best;
    std::uint32_t most = 0;
    for (std::string& variant : danish::with_weak_e(word)) {
        const std::uint32_t uses = Morphology::instance().known(variant) || sound_compound(variant)
                                       ? frequency(variant)
                                       : snapshot_.document_frequency(variant);
        if (uses <= most) continue;
        most = uses;
        best = std::move(variant);
    }
    return best;
}

std::optional<std::string> Respelling::near(const std::string& word) const {
    std::optional<std::string> best = snapshot_.correct(word);
    const auto found = lexicon_.correct(word, 1);
    if (!found.empty() &&
        (!best || danish::slip_cost(word, found.front().word) < danish::slip_cost(word, *best))) {
        best = found.front().word;
    }
    if (!best || best->find(' ') != std::string::npos ||
        danish::slip_cost(word, *best) > SlipCost::extra_or_missing + SlipCost::first_letter) {
        return std::nullopt;
    }
    return best;
}

std::optional<std::string> Respelling::inflected_correction(const std::string& word) const {
    static constexpr std::array<std::string_view, 14> endings{
        "ernes", "erne", "ens", "ets", "ene", "ede", "er", "en", "et", "ne", "te", "e", "t", "s"};
    for (const std::string_view ending : endings) {
        if (!word.ends_with(ending)) continue;
        const std::string stem = word.substr(0, word.size() - ending.size());
        if (length(stem) < shortest_misspelt) continue;
        const auto mended = near(stem);
        if (!mended || mended->ends_with('e')) continue;
        std::string form = *mended + std::string(ending);
        if (Morphology::instance().known(form)) return form;
    }
    return std::nullopt;
}

std::optional<std::string> Respelling::compound_correction(const std::string& word) const {
    const Morphology& morphology = Morphology::instance();
    const auto good = [&](const std::string& part) {
        return !danish::is_stop_word(part) && morphology.known(part) && in_use(part);
    };
    const auto good_first = [&](std::string part) {
        if (good(part)) return true;
        if (!part.ends_with('s') && !part.ends_with('e')) return false;
        part.pop_back();  // "dækning-s-afgift"
        return good(part);
    };
    std::vector<std::pair<std::size_t, bool>> cuts;  // Where, and whether the first part is good.
    for (std::size_t at = shortest_part; at < word.size(); ++at) {
        const std::string first = word.substr(0, at);
        const std::string rest = word.substr(at);
        if (!character_starts(word, at) || length(rest) < shortest_last_part) continue;
        const bool starts_well = good_first(first);
        const bool ends_well = good(rest);
        // A name of a known kind: "ungerådet", "fyrgården".
        if (starts_well && (ends_well || morphology.known(rest))) return std::nullopt;
        if (starts_well) cuts.emplace_back(at, true);
        if (ends_well && length(first) >= shortest_misspelt && !morphology.known(first))
            cuts.emplace_back(at, false);
    }
    for (const auto& [at, starts_well] : cuts) {
        const std::string first = word.substr(0, at);
        const std::string rest = word.substr(at);
        if (starts_well) {
            if (const auto mended = near(rest)) return first + *mended;
            if (const auto mended = inflected_correction(rest)) return first + *mended;
        } else if (const auto mended = near(first)) {
            return *mended + rest;
        }
    }
    return std::nullopt;
}

std::vector<Token> Respelling::repaired_english(std::vector<Token> tokens) const {
    constexpr std::size_t shortest_english = 5;
    for (Token& token : tokens) {
        if (token.kind != TokenKind::word || token.text.size() < shortest_english) continue;
        const std::string& word = token.text;
        // "deadlines", "based", "asked": a form of what the lexicon has.
        const auto inflected = [&](std::string_view ending, std::string_view stays) {
            return word.ends_with(ending) &&
                   lexicon_.contains(word.substr(0, word.size() - ending.size()) +
                                     std::string(stays));
        };
        if (inflected("s", "") || inflected("ed", "e") || inflected("ed", "") ||
            inflected("ing", "e") || inflected("ing", "") || lexicon_.contains(word) ||
            danish::is_stop_word(word) || snapshot_.document_frequency(word) > 0 ||
            (danish::Morphology::instance().known(word) && frequency(word) > 0)) {
            continue;
        }
        const auto found = lexicon_.correct(word, 1);
        if (!found.empty() && found.front().word.find(' ') == std::string::npos &&
            danish::slip_cost(word, found.front().word) <= SlipCost::extra_or_missing) {
            token.text = found.front().word;
        }
    }
    return tokens;
}

std::vector<Token> Respelling::joined(std::vector<Token> tokens) const {
    static const std::unordered_set<std::string_view> particles{"op", "ned", "ud", "ind", "frem"};
    const Morphology& morphology = Morphology::instance();
    std::vector<Token> result;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        Token& token = tokens[i];
        // "må en borger møde op": no "borgermøde".
        const bool parted = i + 1 < tokens.size() && particles.contains(tokens[i + 1].text) &&
                            morphology.may_be_verb(token.text);
        auto whole = result.empty() || parted ? std::nullopt : together(result.back(), token);
        if (whole) {
            result.back().text = std::move(*whole);
            result.back().end = token.end;
            continue;
        }
        result.push_back(std::move(token));
    }
    return result;
}

std::optional<std::string> Respelling::together(const Token& first, const Token& second) const {
    constexpr std::size_t shortest_joined = 8;  // Letters of what has something at the joint.
    const Morphology& morphology = Morphology::instance();
    if (first.kind != TokenKind::word || second.kind != TokenKind::word) return std::nullopt;
    const std::string both = first.text + second.text;
    const auto holds = [this](const std::string& word) {
        return snapshot_.document_frequency(word) > 0 || lexicon_.contains(word);
    };
    if (first.text.size() < shortest_part || second.text.size() < shortest_part)
        return std::nullopt;
    const bool topics = !danish::is_stop_word(first.text) && !danish::is_stop_word(second.text);
    const bool noun_first = is_bare_noun(first.text);
    if (topics && holds(both) &&
        (noun_first ||
         // "forsamlings hus": so ends only the first part of a compound.
         (first.text.ends_with('s') && is_bare_noun(first.text.substr(0, first.text.size() - 1)) &&
          morphology.lemma(both).starts_with(first.text)))) {
        return both;
    }
    // "ned rivning", "cykels tien": one of the two is no word of this material, both together are.
    if (frequency(both) > 0 && morphology.known(both) && length(both) > shortest_misspelt &&
        ((!danish::is_stop_word(second.text) && frequency(second.text) == 0) ||
         (!danish::is_stop_word(first.text) && frequency(first.text) == 0))) {
        return both;
    }
    // "udvalg plads", "dagli brugsen": the material has a letter between the two.
    if (!topics || length(both) < shortest_joined) return std::nullopt;
    const bool no_word = !morphology.known(first.text) && frequency(first.text) == 0;
    if (!no_word && !noun_first) return std::nullopt;
    for (const std::string_view joint : {"s", "e", "g", "r", "n", "t"}) {
        if (!no_word && joint != "s") continue;
        std::string whole = first.text + std::string(joint) + second.text;
        if (snapshot_.document_frequency(whole) > 0 ||
            (frequency(whole) > 0 && (no_word || sound_compound(whole)))) {
            return whole;
        }
    }
    return std::nullopt;
}

}  // namespace raadbot::answer
