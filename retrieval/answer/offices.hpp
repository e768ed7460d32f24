// Who is meant by an office ("borgmesteren", "formanden for teknikudvalget", "kommunaldirektøren"):
// read from what the material itself prints, with the time for which it says so. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"
#include "retrieval/types.hpp"

namespace raadbot::answer {

/// An office as a question names it.
struct Office {
    std::string word;                 ///< As danish::office_of gives it.
    std::vector<std::string> bodies;  ///< Chairs: danish::body_key values of what is chaired.
    std::string field;  ///< Chairs: what is chaired, in the asker's words, when that is no body.
    danish::Span span;  ///< In the question, with what is chaired.
};

enum class OfficeForm {
    definite,  ///< "borgmesteren", "udvalgets formand": somebody who is known.
    any,       ///< "hvem er borgmester" as well.
};

/// The office that the question names, or nothing. `known`: bodies as printed.
[[nodiscard]] std::optional<Office> office_asked(std::string_view question,
                                                 const std::vector<std::string>& known,
                                                 OfficeForm form = OfficeForm::definite);

struct Holder {
    std::string name;
    std::optional<Date> first;  ///< For when the place says so: a council's term. Both or neither.
    std::optional<Date> last;
    const StoredPassage* passage = nullptr;  ///< Among those that were read.
    danish::Span quote;                      ///< The row or sentence in it that says so.
    [[nodiscard]] bool on(const Date& date) const {
        return !first || (*first <= date && date <= *last);
    }
};

/// Every person whom the passages call the holder of that office, once for each time.
[[nodiscard]] std::vector<Holder> holders_of(const Office& office,
                                             const std::vector<StoredPassage>& passages,
                                             const std::vector<std::string>& known);

/// The term of a Danish council (four years from 1 January) in which the date lies.
struct Term {
    Date first;
    Date last;
};
[[nodiscard]] Term council_term(const Date& date);

/// Bodies as the passages print them, each once.
[[nodiscard]] std::vector<std::string> bodies_printed(const std::vector<StoredPassage>& passages);

}  // namespace raadbot::answer
