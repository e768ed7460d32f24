#include "retrieval/index/read_text.hpp"

#include <utility>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/index/analyzer.hpp"
#include "retrieval/index/scorer.hpp"
#include "retrieval/index/words.hpp"

namespace raadbot::index {
namespace {

constexpr std::size_t max_remembered_words = 100'000;
constexpr std::size_t max_remembered_texts = 10'000;
constexpr float unknown_idf = 6;
constexpr float part_share = 0.5F;

}  // namespace

TextReader::TextReader(const CorpusView& corpus, std::shared_ptr<const Meaning> meaning)
    : corpus_(corpus), meaning_(std::move(meaning)) {}

ReadWordPointer TextReader::word(const std::string& text, bool letters) const {
    std::string name = text;
    name += letters ? 'w' : 'n';
    {
        const std::lock_guard guard(mutex_);
        const auto found = words_.find(name);
        if (found != words_.end()) return found->second;
    }
    danish::Token token;
    token.text = text;
    token.kind = letters ? danish::TokenKind::word : danish::TokenKind::number;
    const WordTerms terms = word_terms(danish::Morphology::instance(), token);
    auto fresh = std::make_shared<ReadWord>();
    fresh->text = text;
    fresh->form = term_key(TermSpace::surface, text);
    fresh->letters = letters;
    fresh->stop_word = terms.stop_word;
    if (!terms.stop_word) {
        const auto add = [&](const std::string& lemma, float share) {
            ReadWord::Stem stem;
            stem.key = term_key(TermSpace::word, lemma);
            const std::uint32_t holding = corpus_.holding(stem.key);
            stem.idf =
                holding == 0
                    ? unknown_idf
                    : static_cast<float>(inverse_document_frequency(corpus_.passages(), holding));
            stem.share = holding < 2 ? 0 : share;
            if (meaning_ != nullptr) stem.meaning = meaning_->find(stem.key);
            fresh->stems.push_back(stem);
        };
        add(terms.lemma, 1);
        for (const std::string& part : terms.parts) add(part, part_share);
        if (letters) {
            fresh->trigrams = trigram_keys(text);
            for (const TermKey gram : character_grams(text, 4)) {
                fresh->grams.push_back(static_cast<std::uint32_t>(gram % Meaning::gram_buckets));
            }
        }
    }
    const std::lock_guard guard(mutex_);
    if (words_.size() >= max_remembered_words) words_.clear();
    return words_.emplace(std::move(name), std::move(fresh)).first->second;
}

ReadLine TextReader::line(std::string_view text) const {
    ReadLine words;
    for (const danish::Token& token : danish::tokenize(text)) {
        words.push_back(word(token.text, token.kind == danish::TokenKind::word));
    }
    return words;
}

std::vector<ReadLine> TextReader::lines(std::string_view text) const {
    std::vector<ReadLine> result;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        ReadLine words = line(text.substr(begin, end - begin));
        if (!words.empty()) result.push_back(std::move(words));
        begin = end + 1;
    }
    return result;
}

std::shared_ptr<const ReadText> TextReader::read(const PassageText& passage) const {
    {
        const std::lock_guard guard(mutex_);
        const auto found = texts_.find(passage.id);
        if (found != texts_.end()) return found->second;
    }
    auto text = std::make_shared<ReadText>();
    text->title = line(passage.title);
    text->headings = passage.headings;
    text->heading_lines = lines(passage.headings);
    text->lines = lines(passage.text);
    const std::lock_guard guard(mutex_);
    if (texts_.size() >= max_remembered_texts) texts_.clear();
    return texts_.emplace(passage.id, std::move(text)).first->second;
}

}  // namespace raadbot::index
