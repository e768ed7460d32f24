// Found texts taken apart, for the second stage: words with everything that is asked of them again
// and again, and texts as lines of such words. Remembers both, since corpora repeat words and
// searches repeat passages. Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retrieval/index/corpus_view.hpp"
#include "retrieval/index/meaning.hpp"
#include "retrieval/index/search.hpp"

namespace raadbot::index {

struct ReadWord {
    struct Stem {
        TermKey key = 0;
        float idf = 0;
        float share = 1;                     ///< Of an occurrence; 0 when no other passage has it.
        std::optional<std::size_t> meaning;  ///< Number in Meaning.
    };
    std::string text;                  ///< Folded.
    std::uint64_t form = 0;            ///< Of the text: equal for equal texts.
    std::vector<Stem> stems;           ///< Its lemma, then its parts; none for a stop word.
    std::vector<std::uint32_t> grams;  ///< Buckets of its character 4-grams.
    std::vector<std::uint64_t> trigrams;
    bool letters = false;  ///< As opposed to numbers, paragraphs and case numbers.
    bool stop_word = false;
};
using ReadWordPointer = std::shared_ptr<const ReadWord>;
using ReadLine = std::vector<ReadWordPointer>;

/// A passage; lines as they are broken in it. No line is empty.
struct ReadText {
    ReadLine title;
    std::string headings;  ///< As in PassageText.
    std::vector<ReadLine> heading_lines;
    std::vector<ReadLine> lines;
};

class TextReader {
public:
    /// `meaning` may be null. The corpus must outlive the reader.
    TextReader(const CorpusView& corpus, std::shared_ptr<const Meaning> meaning);

    [[nodiscard]] std::shared_ptr<const ReadText> read(const PassageText& passage) const;

private:
    [[nodiscard]] ReadWordPointer word(const std::string& text, bool letters) const;
    [[nodiscard]] ReadLine line(std::string_view text) const;
    [[nodiscard]] std::vector<ReadLine> lines(std::string_view text) const;

    const CorpusView& corpus_;
    std::shared_ptr<const Meaning> meaning_;
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::string, ReadWordPointer> words_;
    mutable std::unordered_map<PassageId, std::shared_ptr<const ReadText>> texts_;
};

}  // namespace raadbot::index
