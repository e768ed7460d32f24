// The common stem of words derived from each other: "beregne" and "beregning", "afgøre" and
// "afgørelse", "definere" and "definition", "mulig" and "mulighed". Coarser than inflection, so
// used at a lower weight.
#pragma once

#include <string>
#include <string_view>

namespace raadbot::index {

/// The stem of a folded lemma; the lemma itself when no ending of derivation is recognised or too
/// little would remain. Pure.
[[nodiscard]] std::string derivation_stem(std::string_view lemma);

}  // namespace raadbot::index
