// A row of a table asked by its key, with the column that is asked: "hvad koster et pas til en på
// 30", "hvornår lukker pladsen i Vangby om søndagen", "hvad koster en madpakke i 2027".
#pragma once

#include <optional>
#include <vector>

#include "retrieval/answer/evidence.hpp"
#include "retrieval/answer/meetings.hpp"

namespace raadbot::answer {

enum class Rows {
    sorted,  ///< Only those that a number or day of the question picks: "på 30 år", "om søndagen".
    any,
};

/// The row that the question means, or all rows of a short table that it means as a whole (opening
/// hours). Nothing when no table is about the matter, none of its rows or several are meant, or the
/// row that is asked for is not there. Untold when a table is about the matter and has no row for
/// the day that is asked.
[[nodiscard]] std::optional<MeetingAnswer> answer_from_tables(
    const QuestionView& question, const std::vector<PassageEvidence>& ranked, Rows rows);

}  // namespace raadbot::answer
