#include "retrieval/danish/typical_questions.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

#include "retrieval/danish/fields.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

constexpr float part_weight = 0.6F;  // Of a compound's part beside the whole word.

/// The words of a question as lemmas, and the parts of its compounds.
std::map<std::string, float> words_of(std::string_view text) {
    const Morphology& morphology = Morphology::instance();
    std::map<std::string, float> words;
    const auto put = [&](std::string word, float weight) {
        float& held = words[std::move(word)];
        held = std::max(held, weight);
    };
    for (const Token& token : tokenize(text)) {
        if (token.kind != TokenKind::word) continue;
        put(morphology.lemma(token.text), 1.0F);
        const auto parts = morphology.split(token.text);
        if (parts.size() < 2) continue;
        for (const std::string& part : parts) put(morphology.lemma(part), part_weight);
    }
    return words;
}

std::vector<std::vector<std::string>> terms_of(std::string_view list) {
    const Morphology& morphology = Morphology::instance();
    std::vector<std::vector<std::string>> terms;
    for (const std::string_view piece : fields(list, ',')) {
        std::vector<std::string> term;
        for (const Token& token : tokenize(piece)) {
            if (!is_stop_word(token.text)) term.push_back(morphology.lemma(token.text));
        }
        if (!term.empty()) terms.push_back(std::move(term));
    }
    return terms;
}

}  // namespace

void TypicalQuestions::add_variant(std::string_view text, std::uint32_t entry) {
    const auto number = static_cast<std::uint32_t>(variants_.size());
    variants_.push_back({entry, 0});
    for (const auto& [word, weight] : words_of(text))
        words_[word].held_by.push_back({number, weight});
}

void TypicalQuestions::weigh() {
    const auto all = static_cast<float>(variants_.size());
    for (auto& [text, word] : words_) {
        word.rarity = std::log(1.0F + all / static_cast<float>(word.held_by.size()));
        for (const Holding& holding : word.held_by) {
            const float weight = holding.weight * word.rarity;
            variants_[holding.variant].length += weight * weight;
        }
    }
    for (Variant& variant : variants_) variant.length = std::sqrt(variant.length);
}

Result<TypicalQuestions> TypicalQuestions::read(const std::filesystem::path& dir) {
    TypicalQuestions questions;
    std::error_code code;
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator at(dir, code), end; !code && at != end;
         at.increment(code)) {
        if (at->path().extension() == ".tsv") files.push_back(at->path());
    }
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& file : files) {
        std::ifstream stream(file);
        std::string line;
        for (std::size_t number = 1; std::getline(stream, line); ++number) {
            if (line.ends_with('\r')) line.pop_back();
            if (line.empty() || line.front() == '#') continue;
            const std::size_t tab = line.find('\t');
            auto terms = tab == std::string::npos
                             ? std::vector<std::vector<std::string>>()
                             : terms_of(std::string_view(line).substr(tab + 1));
            if (terms.empty())
                return fail(ErrorCode::invalid_config,
                            file.string() + ":" + std::to_string(number) +
                                ": needs ways to ask, a tab, and the answer's words");
            const auto entry = static_cast<std::uint32_t>(questions.answers_.size());
            questions.answers_.push_back(std::move(terms));
            for (const std::string_view way : fields(std::string_view(line).substr(0, tab), '|'))
                questions.add_variant(way, entry);
        }
    }
    questions.weigh();
    return questions;
}

std::vector<TypicalQuestion> TypicalQuestions::like(std::string_view question,
                                                    const std::vector<StandIn>& stand_ins,
                                                    std::size_t most) const {
    std::unordered_map<std::uint32_t, float> products;
    float length = 0;
    const float unheard = std::log(1.0F + static_cast<float>(variants_.size()));
    const std::map<std::string, float> own = words_of(question);
    std::map<std::string, float> others;
    for (const StandIn& stand_in : stand_ins) {
        for (const auto& [word, weight] : words_of(stand_in.word)) {
            if (own.contains(word)) continue;
            float& held = others[word];
            held = std::max(held, weight * stand_in.weight);
        }
    }
    // Stand-ins make questions alike, and never less alike.
    for (const auto& [text, weight] : others) {
        const auto found = words_.find(text);
        if (found == words_.end()) continue;
        const float rarity = found->second.rarity;
        for (const Holding& holding : found->second.held_by)
            products[holding.variant] += weight * rarity * holding.weight * rarity;
    }
    for (const auto& [text, weight] : own) {
        const auto found = words_.find(text);
        const float rarity = found == words_.end() ? unheard : found->second.rarity;
        length += weight * rarity * weight * rarity;
        if (found == words_.end()) continue;
        for (const Holding& holding : found->second.held_by)
            products[holding.variant] += weight * rarity * holding.weight * rarity;
    }
    std::map<std::uint32_t, float> best;  // By entry.
    for (const auto& [number, product] : products) {
        const Variant& variant = variants_[number];
        float& likeness = best[variant.entry];
        likeness =
            std::max(likeness, std::min(1.0F, product / (variant.length * std::sqrt(length))));
    }
    std::vector<TypicalQuestion> result;
    for (const auto& [entry, likeness] : best) result.push_back({likeness, &answers_[entry]});
    std::stable_sort(result.begin(), result.end(),
                     [](const auto& a, const auto& b) { return a.likeness > b.likeness; });
    if (result.size() > most) result.resize(most);
    return result;
}

}  // namespace raadbot::danish
