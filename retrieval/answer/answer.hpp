// What the material proves about a question: sentences that cannot exist without their sources, or
// a refusal that says why. Values only; wording, permalinks and channels belong to bot/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "retrieval/danish/question.hpp"
#include "retrieval/types.hpp"

namespace raadbot::answer {

enum class RefusalReason {
    out_of_scope,
    no_answer_in_material,
    policy_making,
    personal_data,
    closed_item,
    instruction_in_question,
    paused,
    rate_limited,
};
[[nodiscard]] std::string_view to_string(RefusalReason reason);

/// A place in the material that stands behind a sentence. `number` is what `[n]` shows, from 1.
struct SourceCard {
    std::uint32_t number = 0;
    StoredPassage passage;
    std::string quote;  ///< The exact words, a substring of passage.passage.text.
};

/// A citation: which card, and the exact span of its passage's text that proves the sentence.
struct Citation {
    std::uint32_t card = 0;  ///< SourceCard::number.
    std::size_t begin = 0;   ///< Byte range in the cited passage's text.
    std::size_t end = 0;
    friend bool operator==(const Citation&, const Citation&) = default;
};

/// Which meeting, item or term a quote belongs to; said before it, and never a claim of its own.
struct Lead {
    std::string body;  ///< The meeting's body, an item's title, or a glossary term.
    std::optional<Date> date;
    std::string matter = {};  ///< The item's title, before a decision or a proposal.
    bool proposed = false;    ///< An indstilling: what was proposed, not what was decided.
    friend bool operator==(const Lead&, const Lead&) = default;
};

/// A sentence of an answer. There is no way to make one without a citation whose span reads exactly
/// as the sentence does.
class Sentence {
public:
    /// `card` must hold the span; throws std::logic_error when it does not (a bug of ours).
    static Sentence quote(const SourceCard& card, std::size_t begin, std::size_t end);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] const std::vector<Citation>& citations() const noexcept { return citations_; }
    [[nodiscard]] const std::optional<Lead>& lead() const noexcept { return lead_; }
    void set_lead(std::optional<Lead> lead) { lead_ = std::move(lead); }
    [[nodiscard]] bool is_list_item() const noexcept { return list_item_; }
    /// Another place that says the same.
    void also_cite(const SourceCard& card, std::size_t begin, std::size_t end);

private:
    Sentence(std::string text, Citation citation, bool list_item)
        : text_(std::move(text)), citations_{citation}, list_item_(list_item) {}
    std::string text_;
    std::optional<Lead> lead_;
    std::vector<Citation> citations_;  // Never empty.
    bool list_item_ = false;
};

struct TermNote {
    std::string term;
    std::string explanation;  ///< Verbatim from the glossary.
    std::uint32_t card = 0;
};

/// Something the reader should know about the answer's standing.
struct Caveat {
    enum class Kind {
        not_decided,     ///< The meeting has not been held, or only a dagsorden exists.
        later_decision,  ///< The case came up again later, at the meeting that body and date name.
        postponed,       ///< The decision was to postpone.
        sources_disagree,  ///< Another source states another value.
        old,               ///< The source is older than two years.
        earlier_term,      ///< The fact is from a former council term.
        list_goes_on,      ///< A list is longer than what is shown; `url` holds all of it.
        transcript,        ///< From a machine-made transcript: names and numbers may be wrong.
    };
    Kind kind = Kind::old;
    std::string body;          ///< Of the meeting in question, or empty.
    std::optional<Date> date;  ///< Of the meeting or the document.
    std::string url;
};

struct Proof {
    std::vector<Sentence> sentences;  ///< One to four, or a list; never empty.
    std::vector<SourceCard> cards;  ///< Five at most, ten for a list of sections; numbers as cited.
    std::vector<TermNote> terms;
    std::vector<Caveat> caveats;
};

/// Why there is no proof, and what is near.
struct NoProof {
    RefusalReason reason = RefusalReason::no_answer_in_material;
    std::vector<std::string> missing;   ///< The asker's words that nothing in the material covers.
    std::optional<SourceCard> nearest;  ///< The most related place, when there is one.
    std::uint32_t searched_sources = 0;
};

/// The question fits several things equally well; the asker should say which.
struct Unclear {
    enum class Kind {
        meeting,   ///< Of which body? The options are bodies.
        decision,  ///< In which case? The options are the cases' titles.
    };
    Kind kind = Kind::decision;
    std::vector<std::string> options;  ///< Two to four.
};

/// Something next to what an answer quotes, that the asker may want next.
struct Neighbour {
    enum class Kind {
        section,   ///< Another heading of a quoted page.
        decision,  ///< What came of a quoted case.
        proposal,  ///< What was proposed in it.
        term,      ///< A term of the glossary that the answer uses.
    };
    Kind kind = Kind::section;
    std::string subject;  ///< The heading, the case's title or the term.
    std::string within;   ///< section only: the page's title.
    DocumentId document;  ///< Where it stands.
};

struct Outcome {
    std::variant<Proof, NoProof, Unclear> result;
    std::string language = "da";  ///< The language the question was asked in.
    danish::QuestionType type = danish::QuestionType::unknown;
    std::string index_version;
};

/// A question as the conversation hands it over.
struct Question {
    std::string text;
    std::vector<std::string>
        previous;                     ///< Earlier questions of the same conversation, oldest first.
    std::vector<Audience> audiences;  ///< What asker and room may see.
    Timestamp now{};
};

}  // namespace raadbot::answer
