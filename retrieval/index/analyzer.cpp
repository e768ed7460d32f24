#include "retrieval/index/analyzer.hpp"

#include <algorithm>

namespace raadbot::index {
namespace {

constexpr std::size_t max_remembered_words = 1'000'000;
constexpr std::size_t max_remembered_parts = 50'000;
constexpr std::uint8_t pair_impact = 116;  ///< Of one occurrence in an average passage.
constexpr std::uint64_t pair_buckets = 1U << 16U;

/// Compounds are made of the same few thousand parts again and again.
const std::string& lemma_of_part(const danish::Morphology& morphology, std::string_view part) {
    thread_local std::unordered_map<std::string, std::string> known;
    if (known.size() > max_remembered_parts) known.clear();
    const auto [at, fresh] = known.try_emplace(std::string(part));
    if (fresh) at->second = morphology.lemma(part);
    return at->second;
}

}  // namespace

std::vector<TermKey> character_grams(std::string_view word, unsigned length) {
    std::string padded = "_";
    padded += word;
    padded += '_';
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < padded.size(); ++i) {
        if ((static_cast<unsigned char>(padded[i]) & 0xC0U) != 0x80U) starts.push_back(i);
    }
    starts.push_back(padded.size());
    const std::size_t letters = starts.size() - 1;
    std::vector<TermKey> grams;
    if (letters <= length) {
        grams.push_back(term_key(TermSpace::gram, padded));
        return grams;
    }
    for (std::size_t i = 0; i + length <= letters; ++i) {
        grams.push_back(term_key(TermSpace::gram, std::string_view(padded).substr(
                                                      starts[i], starts[i + length] - starts[i])));
    }
    return grams;
}

WordTerms word_terms(const danish::Morphology& morphology, const danish::Token& token) {
    WordTerms terms;
    terms.stop_word = danish::is_stop_word(token.text);
    if (token.kind != danish::TokenKind::word) {
        terms.lemma = token.text;
        return terms;
    }
    terms.lemma = morphology.lemma(token.text);
    const auto add_part = [&](std::string_view part) {
        const std::string& lemma = lemma_of_part(morphology, part);
        if (lemma.size() < 2 || lemma == terms.lemma || danish::is_stop_word(lemma)) return;
        if (std::find(terms.parts.begin(), terms.parts.end(), lemma) == terms.parts.end()) {
            terms.parts.push_back(lemma);
        }
    };
    const std::string_view text = token.text;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find_first_of("-'", begin), text.size());
        const std::string_view piece = text.substr(begin, end - begin);
        if (!piece.empty()) {
            if (piece.size() != text.size()) add_part(piece);
            const std::vector<std::string> parts = morphology.split(piece);
            if (parts.size() > 1) {
                for (const std::string& part : parts) add_part(part);
            }
        }
        begin = end + 1;
    }
    return terms;
}

TermKey pair_key(TermKey first, TermKey second) {
    const std::uint64_t mixed = (first * 0x9e3779b97f4a7c15U) ^ (second + (first >> 29U));
    char bytes[4];
    const std::uint64_t bucket = (mixed ^ (mixed >> 31U)) % pair_buckets;
    for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<char>((bucket >> (8U * i)) & 0xFFU);
    return term_key(TermSpace::pair, std::string_view(bytes, 4));
}

Analyzer::Analyzer(Scoring scoring, Representation representation)
    : scoring_(scoring),
      representation_(representation),
      morphology_(&danish::Morphology::instance()) {}

const Analyzer::KnownWord& Analyzer::look_up(const danish::Token& token) {
    std::string name = token.text;
    name += static_cast<char>('0' + static_cast<int>(token.kind));
    const auto found = known_.find(name);
    if (found != known_.end()) return found->second;
    const WordTerms terms = word_terms(*morphology_, token);
    KnownWord word;
    word.lemma = term_key(TermSpace::word, terms.lemma);
    for (const std::string& part : terms.parts) {
        word.parts.push_back(term_key(TermSpace::word, part));
    }
    word.surface = term_key(TermSpace::surface, token.text);
    word.inflected = token.text != terms.lemma;
    word.stop_word = terms.stop_word;
    word.is_word = token.kind == danish::TokenKind::word;
    word.text = token.text;
    if (representation_.grams > 0 && word.is_word) {
        word.grams = character_grams(token.text, representation_.grams);
    }
    return known_.emplace(std::move(name), std::move(word)).first->second;
}

std::size_t Analyzer::add_field(std::string_view text, Field field) {
    const std::vector<danish::Token> tokens = danish::tokenize(text);
    const KnownWord* previous = nullptr;
    for (const danish::Token& token : tokens) {
        const KnownWord& word = look_up(token);
        if (word.stop_word && !representation_.keep_stop_words) continue;
        occurrences_.push_back({word.lemma, 1, field});
        for (const TermKey part : word.parts) {
            occurrences_.push_back({part, scoring_.part_weight, field});
        }
        if (representation_.surfaces && word.inflected) {
            occurrences_.push_back({word.surface, 1, field});
        }
        for (const TermKey gram : word.grams) occurrences_.push_back({gram, 1, field});
        if (representation_.pairs && previous != nullptr) {
            pairs_.push_back(pair_key(previous->lemma, word.lemma));
        }
        previous = &word;
        if (word.is_word) result_.words.emplace_back(word.text);
    }
    return tokens.size();
}

const AnalysedPassage& Analyzer::analyse(std::string_view title, std::string_view headings,
                                         std::string_view text) {
    if (known_.size() > max_remembered_words) known_.clear();
    occurrences_.clear();
    pairs_.clear();
    result_.postings.clear();
    result_.words.clear();
    const std::size_t body_length = add_field(text, Field::body);
    add_field(title, Field::title);
    add_field(headings, Field::headings);
    std::sort(occurrences_.begin(), occurrences_.end(),
              [](const Occurrence& a, const Occurrence& b) {
                  return a.key != b.key ? a.key < b.key : a.field < b.field;
              });
    for (std::size_t i = 0; i < occurrences_.size();) {
        const TermKey key = occurrences_[i].key;
        FieldFrequencies frequencies;
        for (; i < occurrences_.size() && occurrences_[i].key == key; ++i) {
            const Occurrence& occurrence = occurrences_[i];
            (occurrence.field == Field::body    ? frequencies.body
             : occurrence.field == Field::title ? frequencies.title
                                                : frequencies.headings) += occurrence.count;
        }
        result_.postings.push_back(
            {key, impact(scoring_, frequencies, static_cast<float>(body_length))});
    }
    // That two words stand together counts the same however often and wherever.
    std::sort(pairs_.begin(), pairs_.end());
    pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    for (const TermKey pair : pairs_) result_.postings.push_back({pair, pair_impact});
    std::sort(result_.postings.begin(), result_.postings.end(),
              [](const Posting& a, const Posting& b) { return a.key < b.key; });
    std::sort(result_.words.begin(), result_.words.end());
    result_.words.erase(std::unique(result_.words.begin(), result_.words.end()),
                        result_.words.end());
    return result_;
}

}  // namespace raadbot::index
