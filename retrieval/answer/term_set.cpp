#include "retrieval/answer/term_set.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <unordered_set>
#include <utility>

#include "retrieval/danish/implied_words.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/remembered.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

// How far a compound of the text stands for a word of the question that is only a part of it: the
// head (last part) says what the thing is, the modifiers what it is about.
constexpr float head_strength = 0.85F;
constexpr float modifier_strength = 0.7F;
constexpr float inner_strength = 0.6F;
constexpr float other_lemma_strength = 0.9F;
constexpr float stem_strength = 0.85F;

std::uint32_t hash_of(std::string_view term) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(term));
}

/// "beslutte" and "beslutning", "beregne" and "beregning" have one stem but for a letter.
std::string key_of_stem(std::string_view stem) {
    const std::size_t size = stem.size();
    const bool doubled = size > 4 && stem[size - 1] == stem[size - 2];
    if (doubled || (size > 4 && stem.ends_with("gn"))) stem.remove_suffix(1);
    return "~" + std::string(stem);
}

}  // namespace

bool is_empty_head(std::string_view head) {
    static const std::unordered_set<std::string_view> heads{
        "plads",  "mulighed", "forhold", "område",   "oplysning", "information", "regel",
        "krav",   "type",     "tid",     "dag",      "sag",       "ting",        "situation",
        "sted",   "problem",  "beløb",   "antal",    "procent",   "medlem",      "måde",
        "emne",   "aften",    "time",    "morgen",   "mængde",    "periode",     "betingelse",
        "billet", "skema",    "blanket", "formular", "seddel",    "pris",        "takst",
        "udgift", "nummer"};
    return heads.contains(head);
}

std::string compound_key(const std::vector<std::string>& parts) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    std::string key;
    for (const std::string& part : parts) key += morphology.lemma(part);
    return key;
}

std::string number_key(std::string_view word, std::string_view number) {
    std::string key = word.empty() ? std::string() : danish::Morphology::instance().lemma(word);
    return key.append("#").append(number);
}

std::string ordinal_key(std::string_view number, std::string_view word) {
    return std::string(number).append("#").append(danish::Morphology::instance().lemma(word));
}

std::string stem_key(std::string_view lemma) {
    // Derivation that keeps the meaning: verb <-> noun of action, adjective <-> noun of quality.
    static constexpr std::array<std::string_view, 10> suffixes{
        "erings", "ering", "ning", "else", "itet", "hed", "eri", "skab", "sel", "ing"};
    constexpr std::size_t shortest_stem = 4;
    std::string_view stem = lemma;
    for (const std::string_view suffix : suffixes) {
        if (stem.size() >= shortest_stem + suffix.size() && stem.ends_with(suffix)) {
            stem.remove_suffix(suffix.size());
            if (suffix.starts_with("ering")) return "~" + std::string(stem) + "er";
            return key_of_stem(stem);
        }
    }
    if (stem.size() > shortest_stem && stem.ends_with('e')) stem.remove_suffix(1);
    if (stem.size() < shortest_stem) return {};
    return key_of_stem(stem);
}

void TermSet::put(std::string_view term, float strength) {
    if (!term.empty()) put(term, hash_of(term), strength);
}

void TermSet::put(std::string_view term, std::uint32_t hash, float strength) {
    if ((size_ + 1) * 4 > slots_.size() * 3) grow();
    Slot& slot = slots_[slot_of(term, hash)];
    if (slot.strength == 0) {
        slot = {hash, static_cast<std::uint32_t>(letters_.size()),
                static_cast<std::uint32_t>(term.size()), 0};
        letters_.append(term);
        ++size_;
    }
    slot.strength = std::max(slot.strength, strength);
}

std::size_t TermSet::slot_of(std::string_view term, std::uint32_t hash) const {
    const std::size_t last = slots_.size() - 1;
    std::size_t at = hash & last;
    while (slots_[at].strength > 0) {
        const Slot& slot = slots_[at];
        if (slot.hash == hash &&
            std::string_view(letters_).substr(slot.begin, slot.length) == term) {
            break;
        }
        at = (at + 1) & last;
    }
    return at;
}

void TermSet::grow() {
    constexpr std::size_t least_slots = 16;
    const std::vector<Slot> old =
        std::exchange(slots_, std::vector<Slot>(std::max(least_slots, 2 * slots_.size())));
    for (const Slot& slot : old) {
        if (slot.strength == 0) continue;
        std::size_t at = slot.hash & (slots_.size() - 1);
        while (slots_[at].strength > 0) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = slot;
    }
}

void TermSet::add_word(const std::string& folded) {
    static const danish::Remembered<std::shared_ptr<const TermSet>> met;
    const auto word = met.get(folded, [&] {
        auto fresh = std::make_shared<TermSet>();
        fresh->read_word(folded);
        return fresh;
    });
    add(*word);
}

void TermSet::read_word(const std::string& folded) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    put(folded, 1.0F);
    bool first = true;
    for (const std::string& lemma : morphology.lemmas(folded)) {
        put(lemma, first ? 1.0F : other_lemma_strength);
        if (first) put(stem_key(lemma), stem_strength);
        first = false;
    }
    const std::vector<std::string> parts = morphology.split(folded);
    if (parts.size() < 2) return;
    std::vector<std::string> lemmas;
    for (const std::string& part : parts) lemmas.push_back(morphology.lemma(part));
    for (std::size_t begin = 0; begin < lemmas.size(); ++begin) {
        std::string key;
        for (std::size_t end = begin; end < lemmas.size(); ++end) {
            key += lemmas[end];
            const bool is_head = end + 1 == lemmas.size();
            const bool all_but_empty = begin == 0 && end + 2 == lemmas.size() &&
                                       is_empty_head(lemmas.back());  // "sengepladser"
            const float strength = begin == 0 && is_head ? 1.0F
                                   : all_but_empty       ? head_strength
                                   : is_head             ? head_strength
                                   : begin == 0          ? modifier_strength
                                                         : inner_strength;
            put(key, strength);
            if (begin == end) put(stem_key(key), strength * stem_strength);
        }
    }
}

void TermSet::add(std::string_view text, const std::vector<danish::Token>& tokens) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    const danish::Token* before = nullptr;
    for (const danish::Token& token : tokens) {
        if (token.kind == danish::TokenKind::word) {
            add_word(token.text);
            if (before != nullptr && before->kind == danish::TokenKind::number)
                put(ordinal_key(before->text, token.text), 1.0F);
        } else {
            put(token.text, 1.0F);
            if (before != nullptr && before->kind == danish::TokenKind::word &&
                !danish::is_stop_word(before->text)) {
                put(number_key(before->text, token.text), 1.0F);
                put(number_key({}, token.text), 1.0F);
                for (const std::string& part : morphology.split(before->text))
                    put(number_key(part, token.text), 1.0F);
            }
        }
        before = &token;
    }
    for (const std::string& word : danish::implied_words(text, tokens)) add_word(word);
}

void TermSet::add(const TermSet& other) {
    for (const Slot& slot : other.slots_) {
        if (slot.strength == 0) continue;
        put(std::string_view(other.letters_).substr(slot.begin, slot.length), slot.hash,
            slot.strength);
    }
}

float TermSet::strength(std::string_view term) const {
    return slots_.empty() ? 0.0F : slots_[slot_of(term, hash_of(term))].strength;
}

}  // namespace raadbot::answer
