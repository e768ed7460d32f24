// How sentences are worded that answer a kind of question, whatever its topic: "hvor længe" is told
// by sentences with "uger" and "inden" sooner than by such with "kl." and "kr.". Fitted, see
// weights.hpp. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"
#include "retrieval/types.hpp"

namespace raadbot::answer {

struct QuestionView;

/// The signs of a sentence's wording, each once and sorted: its words, "#" for a number, "§" for a
/// paragraph, a number with its neighbours in pairs ("# kr", "kl #"), "<row>" of a table's row, and
/// in which section it stands ("<beslutning>").
[[nodiscard]] std::vector<std::string> wording_of(const std::vector<danish::Token>& sentence,
                                                  bool row, Section section);

/// The signs of what is asked for: its type and kind of fact, as their names and numbers are
/// ("how_much 4": Wanted::duration), and how the question opens ("hvor længe", "må").
[[nodiscard]] std::vector<std::string> asking_of(const QuestionView& question);

/// A sign that the weights know, by its number.
using WordingSign = std::uint16_t;

[[nodiscard]] std::vector<WordingSign> known_signs(const std::vector<std::string>& signs);

/// What a question makes of the signs.
class Wording {
public:
    explicit Wording(const QuestionView& question);

    /// Added to the score of a sentence (evidence.hpp).
    [[nodiscard]] float score(const std::vector<WordingSign>& signs) const;

private:
    std::vector<float> weights_;  ///< By sign.
};

}  // namespace raadbot::answer
