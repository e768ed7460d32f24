// One date written out in day and month, at a given place of a text. Used by dates.cpp and
// date_mentions.cpp; not for callers outside this folder.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {

struct ExactDate {
    unsigned day = 0;
    unsigned month = 0;
    std::optional<int> year;
    std::size_t next = 0;  ///< The first piece after it.
    bool named = false;  ///< "3. marts" or ISO rather than "3/6": certain without a word before it.
    bool numbers_only = false;  ///< "3/6", "17.4.": a date only when something says so.
};

[[nodiscard]] std::optional<ExactDate> read_exact_date(const std::vector<Piece>& pieces,
                                                       std::size_t at);

}  // namespace raadbot::danish
