// A passage made ready for weighing: its sentences, their words, and what kinds of fact they hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "retrieval/answer/ages.hpp"
#include "retrieval/answer/facts.hpp"
#include "retrieval/answer/likeness.hpp"
#include "retrieval/answer/measures.hpp"
#include "retrieval/answer/term_set.hpp"
#include "retrieval/answer/wording.hpp"
#include "retrieval/danish/ranges.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/types.hpp"

namespace raadbot::answer {

struct SentenceView {
    danish::Span span;
    TermSet terms;
    /// Of a table's row: the words of its first cell, without function words.
    std::vector<TermSet> key;
    bool row = false;  ///< A table's row.
    LetterRuns runs;
    Facts facts;
    std::vector<Mark> marks;
    std::vector<int> years;
    std::vector<Ages> ages;              ///< For whom it says something: "3-15 år".
    std::vector<MeasureRange> measures;  ///< For what: "10-12 m".
    std::vector<WordingSign> wording;
    danish::Months months{};  ///< "1. april-30. september": all that lie between as well.
    bool list_item = false;
    bool speaks_to_reader = false;  ///< "du", "medlemmer": answers what "jeg" may or must.
    bool exclusive = false;         ///< "Kun i Nørrefjord": tells of all other places as well.
    bool lead_in = false;           ///< Ends with ':' and is followed by list items or rows.
    bool refers_on = false;         ///< "Se siden om barselsorlov": tells where, and nothing else.
};

struct PassageView {
    StoredPassage stored;
    std::vector<SentenceView> sentences;
    TermSet text;                  ///< All sentences.
    TermSet headings;              ///< Heading path and, for curated answers, the questions.
    std::vector<int> title_years;  ///< "Budget 2026-2029": all four.
    TermSet title;  ///< Title, and the last word of the URL's path ("/senior/plejebolig").
    LetterRuns text_runs;
    LetterRuns about_runs;  ///< Of title and headings.
    /// Folded words that stand with a capital where no sentence begins, and those that do not.
    std::unordered_set<std::string> capitalised;
    std::unordered_set<std::string> small;
    bool money_unit =
        false;  ///< Text, headings or title speak of kr. or mio.: bare numbers may be money.

    /// A sentence as it stands in the passage; of this view.
    [[nodiscard]] std::string_view words(const SentenceView& sentence) const {
        return std::string_view(stored.passage.text)
            .substr(sentence.span.begin, sentence.span.end - sentence.span.begin);
    }
};

/// Sentences as they are quoted: like danish::sentences, but a marker such as "1." or "Stk. 4."
/// belongs to what follows it on the line.
[[nodiscard]] std::vector<danish::Span> quotable_spans(std::string_view text);

[[nodiscard]] PassageView make_view(StoredPassage passage);
/// Keeps views of passages; passage numbers are never used again, so an entry never goes stale in
/// content. Thread-safe.
class ViewCache {
public:
    explicit ViewCache(std::size_t capacity = 20'000) : capacity_(capacity) {}
    [[nodiscard]] std::shared_ptr<const PassageView> find(PassageId id) const;
    std::shared_ptr<const PassageView> put(PassageView view);

private:
    std::size_t capacity_;
    mutable std::mutex mutex_;
    std::unordered_map<PassageId, std::shared_ptr<const PassageView>> views_;
};

}  // namespace raadbot::answer
