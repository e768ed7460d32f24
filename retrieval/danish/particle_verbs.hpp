// Danish verbs whose first part stands behind them: "rive huset ned" is "nedrive" and "nedrivning".
// People ask with the parted verb, papers write the joined one, or the other way round.
// Thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"

namespace raadbot::danish {

struct ParticleVerb {
    std::size_t verb = 0;      ///< Which token: "rive".
    std::size_t particle = 0;  ///< Which token, always behind it: "ned".
    /// Joined verb, nouns of action; none when the dictionary has none that mean the same.
    std::vector<std::string> words;
};

/// The parted verbs of a text in the order of their particles; `tokens` is tokenize(text), perhaps
/// respelled. What may as well be a preposition counts only where nothing follows that it could
/// belong to: "melde sig til", not "melde til kommunen".
[[nodiscard]] std::vector<ParticleVerb> particle_verbs(std::string_view text,
                                                       const std::vector<Token>& tokens);

/// The verb that a joined verb or its noun of action is parted into: "nedrivning" and "nedrive"
/// give "rive". Nothing for other words. `lemma`: folded, in its canonical form.
[[nodiscard]] std::optional<std::string> parted_verb(std::string_view lemma);

}  // namespace raadbot::danish
