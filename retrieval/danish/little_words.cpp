#include "retrieval/danish/little_words.hpp"

#include <array>
#include <cstddef>

#include "retrieval/danish/dictionary.hpp"
#include "retrieval/danish/slips.hpp"

namespace raadbot::danish {
namespace {

/// The commonest first.
constexpr auto little_words = std::to_array<std::string_view>(
    {"hvad",  "hvor",   "hvornår", "hvem",  "hvordan", "hvorfor", "hvilken", "hvilke", "hvilket",
     "kan",   "skal",   "man",     "jeg",   "det",     "den",     "der",     "til",    "med",
     "for",   "fra",    "som",     "har",   "får",     "når",     "efter",   "ikke",   "eller",
     "blive", "blevet", "bliver",  "blev",  "mange",   "meget",   "være",    "været",  "hvis",
     "også",  "mellem", "uden",    "under", "inden",   "over",    "kommer",  "skulle", "kunne",
     "ville", "havde",  "denne",   "dette", "disse",   "nogen",   "noget",   "nogle",  "andre",
     "hver",  "hvert",  "vores",   "deres", "gerne",   "altid",   "igen",    "siden"});

}  // namespace

std::optional<LittleWord> nearest_little_word(std::string_view folded) {
    constexpr std::size_t shortest = 3;
    const auto typed = to_latin1(folded);
    if (!typed || typed->size() < shortest || typed->size() > longest_slip_word)
        return std::nullopt;
    // Of three letters a wrong one leaves little.
    const int most =
        typed->size() == shortest ? SlipCost::neighbour_key : SlipCost::extra_or_missing;
    std::optional<LittleWord> best;
    for (const std::string_view word : little_words) {
        const std::size_t letters = to_latin1(word)->size();
        if (letters + 1 < typed->size() || letters > typed->size() + 1) continue;
        const int slip = slip_cost(folded, word);
        if (slip <= most && (!best || slip < best->slip)) best = {word, slip};
    }
    return best;
}

}  // namespace raadbot::danish
