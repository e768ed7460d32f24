// Where the material lists what a question asks for: the rows of a table whose first column names
// it ("hvilke skoler er der" and a column "Skole"), the rows or items under a heading that does.
// Pure.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/types.hpp"

namespace raadbot::answer {

/// A row or an item of a list.
struct ListedRow {
    const StoredPassage* passage = nullptr;  ///< Into the document that was read.
    danish::Span span;
};

/// True when a heading or a column is called what the question asks for, or more broadly so:
/// "Licenser" for parkeringslicenser, "Anlæg i 2027" for anlægsprojekter.
[[nodiscard]] bool calls_it(const QuestionView& question, std::string_view heading);

/// The longest such list of three or more in a document, when the page, the list or its headings
/// speak of all else that the question is about; else empty.
[[nodiscard]] std::vector<ListedRow> rows_listed(const QuestionView& question,
                                                 const std::vector<StoredPassage>& document);

/// What a turn of question seeks by what it is called ("hvad skal jeg have med" and "Medbring").
struct Sought {
    enum class Form {
        nothing,
        sentence,  ///< "Medbring det gamle pas."
        section,   ///< The first sentences under such a heading.
        list,      ///< Items under such a heading or lead-in, with the lead-in.
    };
    std::vector<ListedRow> rows;
    Form form = Form::nothing;
};

/// Of several in the document the fullest form, and of that the one most about the question.
[[nodiscard]] Sought sought_in(const QuestionView& question,
                               const std::vector<StoredPassage>& document);

/// The months that a question names ("hvilke møder er der i december"), held against the rows of a
/// calendar. A whole year is no such limit: it is in the rows' own words, or in none.
class MonthsAsked {
public:
    MonthsAsked(const QuestionView& question, const Date& today);
    /// True for a row with a date in none of these months.
    [[nodiscard]] bool outside(std::string_view row) const;
    /// True for a row with a date in one of them.
    [[nodiscard]] bool within(std::string_view row) const;

private:
    std::optional<std::pair<Date, Date>> asked_;
    bool year_said_ = false;
    Date today_;
};

}  // namespace raadbot::answer
