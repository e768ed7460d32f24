// Which item of the agenda a meeting's recording has come to, by what is said.
//
// The chair announces items: by number ("punkt fire"), by what they are about ("så går vi til sagen
// om hallen"), by case number, or with "næste punkt" alone. Captions are machine-made, so each sign
// only weighs: of all readings in which the items come in the agenda's order, the one with the most
// weight stands. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace raadbot::ingest {

struct AgendaItem {
    std::string number;
    std::string title;
    std::string case_number;
};

struct HeardTurn {
    std::string heading;  ///< A mark of the captions ("Punkt 3: Ny hal"), or empty.
    std::string speaker;
    std::string text;
};

/// For each turn the items (places in `items`, which is in the agenda's order) that it speaks of;
/// several when a turn goes through them in a row, none before the first is announced.
[[nodiscard]] std::vector<std::vector<std::size_t>> items_spoken_of(
    const std::vector<HeardTurn>& turns, const std::vector<AgendaItem>& items);

/// The number that the words announce ("Godkendt. Punkt nummer fire er ..."), else 0.
[[nodiscard]] unsigned announced_number(std::string_view text);
/// The words go on to another item, whichever: "så går vi til", "næste punkt".
[[nodiscard]] bool goes_on(std::string_view sentence);

}  // namespace raadbot::ingest
