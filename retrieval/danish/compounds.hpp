// Compounds: which dictionary words a long word is joined from.
//
// Internal to retrieval/danish (Morphology::split is the public face). Words are Latin-1. A
// cheapest path over the letters: every part costs, short and unlisted parts cost more, so few and
// long parts win. Keeps a reference to the dictionary, which must outlive it. Immutable.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/dictionary.hpp"

namespace raadbot::danish {

class CompoundSplitter {
public:
    explicit CompoundSplitter(const Dictionary& dictionary) : dictionary_(dictionary) {}

    /// Parts without their linking elements; the word alone when it is no compound.
    [[nodiscard]] std::vector<std::string> split(std::string_view word) const;
    enum class UnknownHead { refused, allowed };
    /// Where the last part of a compound begins; nothing when it is no compound. Either all parts
    /// are known, or only the last one, which is then long.
    [[nodiscard]] std::optional<std::size_t> last_part(std::string_view word,
                                                       UnknownHead unknown) const;

private:
    struct Part {
        std::size_t begin = 0;
        std::size_t end = 0;   ///< With the linking element.
        std::size_t keep = 0;  ///< Letters without it.
    };
    struct Head {
        int cost = 0;
        std::size_t keep = 0;
    };

    [[nodiscard]] std::vector<Part> parse(std::string_view word) const;
    [[nodiscard]] std::vector<Part> parse_unknown_head(std::string_view word) const;
    [[nodiscard]] std::optional<Head> head(std::string_view form, bool whole_is_known) const;
    [[nodiscard]] std::optional<int> tail_cost(std::string_view form,
                                               const std::vector<Analysis>& whole_readings,
                                               std::size_t begin) const;
    [[nodiscard]] bool holds_noun(std::string_view form) const;
    [[nodiscard]] bool opens_compounds(std::string_view form) const;
    void refine(std::string_view part, std::vector<std::string>& out) const;

    const Dictionary& dictionary_;
};

}  // namespace raadbot::danish
