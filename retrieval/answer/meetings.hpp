// Meetings and cases: which meetings a question means, and what was decided in a case, by whom,
// when.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/passage_view.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::answer {

/// What is asked for is plain, and the material does not tell it: nothing else will do.
struct Untold {};

/// What the papers prove, or which of several meetings or cases must be chosen first.
using MeetingAnswer = std::variant<Proof, Unclear, Untold>;

/// Limits that a question's dates and bodies set on meetings. Empty: none were said.
struct MeetingScope {
    std::optional<Date> first;
    std::optional<Date> last;
    std::vector<std::string> bodies;  ///< danish::body_key values.
    bool unmet = false;               ///< A meeting was named that does not exist in the material.
    [[nodiscard]] bool limited() const { return first || last || !bodies.empty(); }
    [[nodiscard]] bool admits(const StoredPassage& passage) const;
};

/// "sidste byrådsmøde" -> the date of the latest meeting with a referat; "økonomiudvalget den 3."
/// -> the nearest such meeting. `meetings` are those the asker may see.
[[nodiscard]] MeetingScope resolve_scope(const QuestionView& question,
                                         const std::vector<store::Store::Meeting>& meetings,
                                         const Date& today);

/// One decision of a case as the minutes tell it.
struct Decision {
    std::vector<StoredPassage> passages;  ///< Section::beslutning, in order; never empty.
    std::string body;
    std::optional<Date> date;
    bool postponed = false;  ///< Says only that the case was put off or sent on.
    bool withheld = false;   ///< "Beslutning ikke frigivet".
};

/// All decisions that the passages of a case's documents hold, oldest first, one per body and date
/// (the minutes of the deciding meeting before later retellings).
[[nodiscard]] std::vector<Decision> decisions_of(const std::vector<StoredPassage>& case_passages);

}  // namespace raadbot::answer
