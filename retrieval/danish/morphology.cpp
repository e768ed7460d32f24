#include "retrieval/danish/morphology.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "retrieval/danish/compounds.hpp"
#include "retrieval/danish/dictionary.hpp"
#include "retrieval/danish/double_spellings.hpp"
#include "retrieval/danish/remembered.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

using Words = std::vector<std::string>;

/// Words whose commonest reading the order of word classes gets wrong.
const std::unordered_map<std::string_view, std::string_view>& preferred() {
    static const std::unordered_map<std::string_view, std::string_view> listed = {
        {"side", "side"},          {"runde", "runde"},       {"rige", "rige"},
        {"lige", "lige"},          {"unge", "ung"},          {"syge", "syg"},
        {"ældre", "ældre"},        {"ældres", "ældre"},      {"haver", "have"},
        {"haven", "have"},         {"haverne", "have"},      {"penge", "penge"},
        {"pengene", "penge"},      {"fælles", "fælles"},     {"folk", "folk"},
        {"kort", "kort"},          {"halve", "halv"},        {"stille", "stille"},
        {"lyse", "lys"},           {"flere", "flere"},       {"fleste", "flere"},
        {"øvrige", "øvrig"},       {"næste", "næste"},       {"sidste", "sidste"},
        {"hele", "hel"},           {"første", "første"},     {"anden", "anden"},
        {"tredje", "tredje"},      {"timer", "time"},        {"toner", "tone"},
        {"kvarter", "kvarter"},    {"folder", "folder"},     {"fader", "far"},
        {"moder", "mor"},          {"broder", "bror"},       {"bygger", "bygge"},
        {"stemt", "stemme"},       {"stemte", "stemme"},     {"kolleger", "kollega"},
        {"kollegerne", "kollega"}, {"kollegers", "kollega"}, {"forældre", "forælder"},
        {"forældrene", "forælder"}};
    return listed;
}

bool has_digit(std::string_view word) {
    return word.find_first_of("0123456789") != std::string_view::npos;
}

bool has_vowel(std::string_view word) {
    return word.find_first_of("aeiouy\xE6\xF8\xE5") != std::string_view::npos;
}

/// Endings of inflection on an unknown word, longest first; the rest must keep three letters.
/// What is left is a stem, not always a word, but the same one for every form.
std::string stem_of_unknown(std::string_view word) {
    static constexpr std::array<std::string_view, 22> known_endings = {
        "erendes", "erernes", "erende", "ererne", "ernes", "erens", "erets", "erede",
        "eres",    "erne",    "eren",   "eret",   "enes",  "ende",  "ere",   "ene",
        "ers",     "ens",     "ets",    "er",     "en",    "et"};
    std::string stem(word);
    const auto strip = [&stem](std::string_view ending) {
        if (stem.size() < ending.size() + 3 || !stem.ends_with(ending)) return false;
        if (!has_vowel(std::string_view(stem).substr(0, stem.size() - ending.size()))) return false;
        stem.resize(stem.size() - ending.size());
        return true;
    };
    const bool inflected = std::any_of(known_endings.begin(), known_endings.end(),
                                       [&](auto ending) { return strip(ending); });
    if (!inflected && !strip("es") && !strip("e") && stem.size() > 4 && !stem.ends_with("ss") &&
        !stem.ends_with("us") && !stem.ends_with("is")) {
        if (strip("s")) strip("e");
    }
    if (stem.size() > 3 && stem.back() == stem[stem.size() - 2] &&
        !has_vowel(stem.substr(stem.size() - 1))) {
        stem.pop_back();  // "bloggen": the consonant is doubled before an ending
    }
    return stem;
}

/// Endings that a regular form adds to a dictionary word the dictionary does not give them to.
constexpr std::array<std::string_view, 32> regular_endings = {
    "erenes", "estes", "erens", "erets", "erene", "ernes", "este", "erne", "eren", "eret", "enes",
    "eres",   "est",   "ere",   "ene",   "ens",   "ets",   "ers",  "nes",  "ste",  "rne",  "en",
    "et",     "er",    "es",    "ne",    "st",    "e",     "n",    "r",    "t",    "s"};

/// Endings that derive words, so that the unknown word's own inflection is what follows them.
constexpr std::array<std::string_view, 13> deriving_endings = {
    "ing", "hed", "skab", "itet", "ion",   "isme", "else",
    "eri", "ist", "ment", "logi", "grafi", "ik"};

/// The same for adjectives, and the endings these take.
constexpr std::array<std::string_view, 8> adjective_endings = {"løs", "bar", "som", "agtig",
                                                               "ig",  "isk", "iv",  "al"};
constexpr std::array<std::string_view, 8> degree_endings = {"",    "t",   "e",    "es",
                                                            "ere", "est", "este", "estes"};

bool is_apostrophe_ending(std::string_view ending) {
    static constexpr std::array<std::string_view, 13> known_endings = {
        "s", "en", "et", "er", "ens", "ets", "ers", "erne", "ernes", "e", "ene", "enes", ""};
    return std::find(known_endings.begin(), known_endings.end(), ending) != known_endings.end();
}

}  // namespace

struct Morphology::Data {
    explicit Data(Dictionary loaded) : dictionary(std::move(loaded)), splitter(dictionary) {}

    Dictionary dictionary;
    CompoundSplitter splitter;
    Remembered<std::string> known_lemma;
    Remembered<Words> known_lemmas;
    Remembered<Words> known_parts;

    /// True when the dictionary reads the word so, among others.
    [[nodiscard]] bool has_reading(std::string_view folded, WordClass word_class) const {
        const auto word = to_latin1(folded);
        if (!word) return false;
        const auto found = dictionary.analyse(*word);
        return std::any_of(found.begin(), found.end(),
                           [&](const Analysis& one) { return one.word_class == word_class; });
    }

    /// Readings of a Latin-1 word, best first, never empty.
    [[nodiscard]] Words readings(std::string_view word) const {
        const std::size_t hyphen = word.rfind('-');
        const bool hyphenated =
            hyphen != std::string_view::npos && hyphen > 0 && hyphen + 1 < word.size();
        if (word.empty() || has_digit(hyphenated ? word.substr(hyphen + 1) : word)) {
            return {std::string(word)};
        }
        Words found;
        for (const Analysis& one : dictionary.analyse(word)) found.emplace_back(one.lemma);
        if (!found.empty()) return found;

        const std::size_t apostrophe = word.rfind('\'');
        if (apostrophe != std::string_view::npos && apostrophe > 0 &&
            is_apostrophe_ending(word.substr(apostrophe + 1))) {
            return {std::string(word.substr(0, apostrophe))};
        }
        if (hyphenated) return joined(word, hyphen + 1);
        if (word.size() <= 3) return {std::string(word)};
        if (auto base = regular_base(word); !base.empty()) return {std::move(base)};
        using UnknownHead = CompoundSplitter::UnknownHead;
        if (const auto last = splitter.last_part(word, UnknownHead::refused)) {
            return joined(word, *last);
        }
        if (auto base = derived_base(word); !base.empty()) return {std::move(base)};
        if (const auto last = splitter.last_part(word, UnknownHead::allowed)) {
            return joined(word, *last);
        }
        return {stem_of_unknown(word)};
    }

    /// "interessanteste", "babysitterenes": a known noun or adjective with a regular ending.
    [[nodiscard]] std::string regular_base(std::string_view word) const {
        for (const std::string_view ending : regular_endings) {
            if (word.size() < ending.size() + 4 || !word.ends_with(ending)) continue;
            std::string base(word.substr(0, word.size() - ending.size()));
            for (const Analysis& one : dictionary.analyse(base)) {
                const bool inflects =
                    one.word_class == WordClass::noun || one.word_class == WordClass::adjective;
                if (inflects && one.lemma == base) return base;
            }
        }
        return {};
    }

    /// "afføringerne" -> "afføring"; a noun in -else or -isme adds n and r.
    [[nodiscard]] static std::string derived_base(std::string_view word) {
        for (const std::string_view derivation : deriving_endings) {
            const std::size_t at = word.rfind(derivation);
            if (at == std::string_view::npos || at < 2) continue;
            const std::size_t end = at + derivation.size();
            std::string_view ending = word.substr(end);
            if (ending.size() > 5) continue;
            if (derivation.ends_with('e') && !ending.empty() && ending != "s") {
                if (ending.front() != 'n' && ending.front() != 'r') continue;
                return std::string(word.substr(0, end));
            }
            if (is_apostrophe_ending(ending)) return std::string(word.substr(0, end));
        }
        for (const std::string_view derivation : adjective_endings) {
            const std::string latin1 = to_latin1(derivation).value_or("");
            const std::size_t at = word.rfind(latin1);
            if (at == std::string_view::npos || at < 3) continue;
            const std::size_t end = at + latin1.size();
            if (std::find(degree_endings.begin(), degree_endings.end(), word.substr(end)) !=
                degree_endings.end()) {
                return std::string(word.substr(0, end));
            }
        }
        return {};
    }

    /// The last part is inflected, what stands before it stays.
    [[nodiscard]] Words joined(std::string_view word, std::size_t last) const {
        const std::string_view tail = word.substr(last);
        Words found;
        const auto add = [&](std::string_view lemma) {
            found.push_back(std::string(word.substr(0, last)).append(lemma));
        };
        // Compounds are nouns far more often than verbs: "fødevareforbundet" is no participle.
        const std::vector<Analysis> known = dictionary.analyse(tail);
        constexpr int plain_limit = 20;
        const auto is_noun = [](const Analysis& one) {
            return one.word_class == WordClass::noun && one.cost < plain_limit;
        };
        for (const Analysis& one : known) {
            if (is_noun(one)) add(one.lemma);
        }
        for (const Analysis& one : known) {
            if (!is_noun(one)) add(one.lemma);
        }
        if (known.empty()) {
            for (const std::string& lemma : readings(tail)) add(lemma);
        }
        return found;
    }

    /// Follows the best reading until it is its own lemma ("lærerinders" -> ... -> stable).
    [[nodiscard]] std::string canonical(std::string word) const {
        std::vector<std::string> seen;
        while (true) {
            if (is_fixed(word)) return word;
            std::string next = readings(word).front();
            if (next == word) return word;
            seen.push_back(std::move(word));
            const auto loop = std::find(seen.begin(), seen.end(), next);
            if (loop != seen.end()) return *std::min_element(loop, seen.end());
            word = std::move(next);
        }
    }

    [[nodiscard]] static bool is_fixed(const std::string& latin1) {
        const std::string word = from_latin1(latin1);
        if (is_stop_word(word)) return true;
        const auto chosen = preferred().find(word);
        return chosen != preferred().end() && chosen->second == word;
    }
};

Morphology::Morphology() = default;
Morphology::~Morphology() = default;

Result<std::shared_ptr<const Morphology>> Morphology::load() {
    auto dictionary = Dictionary::load();
    if (!dictionary) return tl::unexpected<Error>(dictionary.error());
    const std::shared_ptr<Morphology> loaded(new Morphology());
    loaded->data_ = std::make_unique<const Data>(*std::move(dictionary));
    return std::shared_ptr<const Morphology>(loaded);
}

const Morphology& Morphology::instance() {
    static const std::shared_ptr<const Morphology> kept = [] {
        auto loaded = load();
        if (!loaded) throw std::runtime_error(loaded.error().message);
        return *std::move(loaded);
    }();
    return *kept;
}

std::string Morphology::lemma(std::string_view folded) const {
    // Long adjectives are compared with words of their own: "mere frivillig".
    for (const std::string_view degree : {"mere ", "mest "}) {
        if (folded.starts_with(degree)) return lemma(folded.substr(degree.size()));
    }
    if (is_stop_word(folded)) return std::string(folded);
    const auto chosen = preferred().find(folded);
    if (chosen != preferred().end()) return std::string(chosen->second);
    return data_->known_lemma.get(folded, [&] {
        auto word = to_latin1(usual_spelling(folded));
        std::string found =
            word ? from_latin1(data_->canonical(*std::move(word))) : std::string(folded);
        // A form of one of those: "timere" of "timer".
        const auto again = preferred().find(found);
        return again == preferred().end() ? found : std::string(again->second);
    });
}

std::vector<std::string> Morphology::lemmas(std::string_view folded) const {
    return data_->known_lemmas.get(folded, [&] {
        Words found{lemma(folded)};
        const auto word = to_latin1(usual_spelling(folded));
        if (!word) return found;
        for (const std::string& reading : data_->readings(*word)) {
            std::string text = from_latin1(reading);
            if (std::find(found.begin(), found.end(), text) == found.end()) {
                found.push_back(std::move(text));
            }
        }
        return found;
    });
}

bool Morphology::same_lemma(std::string_view a, std::string_view b) const {
    if (a == b) return true;
    const auto first = lemmas(a);
    const auto second = lemmas(b);
    return std::any_of(first.begin(), first.end(), [&](const std::string& one) {
        return std::find(second.begin(), second.end(), one) != second.end();
    });
}

bool Morphology::known(std::string_view folded) const {
    if (is_stop_word(folded)) return true;
    const auto word = to_latin1(folded);
    return word && !word->empty() && !data_->dictionary.analyse(*word).empty();
}

Morphology::Kind Morphology::kind(std::string_view folded) const {
    const auto kind_of = [](WordClass word_class) {
        switch (word_class) {
            case WordClass::noun: return Kind::noun;
            case WordClass::verb: return Kind::verb;
            case WordClass::adjective: return Kind::adjective;
            case WordClass::name: return Kind::name;
            case WordClass::other: break;
        }
        return Kind::other;
    };
    const auto word = to_latin1(folded);
    if (!word || word->empty()) return Kind::unknown;
    const auto readings = data_->dictionary.analyse(*word);
    if (!readings.empty()) return kind_of(readings.front().word_class);
    const std::vector<std::string> parts = split(folded);
    if (parts.size() < 2) return Kind::unknown;
    const auto head = to_latin1(parts.back());
    const auto of_head = head ? data_->dictionary.analyse(*head) : std::vector<Analysis>{};
    // "Serviceramme": a thing, though "ramme" may also be an adjective or a verb.
    const bool thing = std::any_of(of_head.begin(), of_head.end(), [](const Analysis& reading) {
        return reading.word_class == WordClass::noun;
    });
    if (thing) return Kind::noun;
    return of_head.empty() ? Kind::unknown : kind_of(of_head.front().word_class);
}

bool Morphology::may_be_verb(std::string_view folded) const {
    return data_->has_reading(folded, WordClass::verb);
}

bool Morphology::may_be_noun(std::string_view folded) const {
    return data_->has_reading(folded, WordClass::noun);
}
std::vector<std::string> Morphology::split(std::string_view folded) const {
    return data_->known_parts.get(folded, [&] {
        const auto word = to_latin1(usual_spelling(folded));
        if (!word) return Words{std::string(folded)};
        Words parts = data_->splitter.split(*word);
        for (std::string& part : parts) part = from_latin1(part);
        return parts;
    });
}

}  // namespace raadbot::danish
