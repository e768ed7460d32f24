// The Danish thesaurus (Debian mythes-da): near words of a word, for when the council lexicon has
// none. Read into memory on first use; without the package there are no synonyms. Safe from any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace raadbot::danish {

/// Synonyms of a folded word (tried as it stands, then by its lemmas), in the thesaurus's order; no
/// hyponyms ("underbegreb"). None for a word of very many senses.
[[nodiscard]] std::vector<std::string> thesaurus_synonyms(std::string_view folded,
                                                          const std::vector<std::string>& lemmas);

}  // namespace raadbot::danish
