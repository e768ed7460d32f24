// Things of which a question means one and not the other: a "månedskort" is no "ugekort".
//
// Data lives in config/lexicon/kontraster.txt: one set a line, members parted by tabs, words of one
// meaning inside a member by '|'; '#' begins a comment. Immutable; safe from any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::danish {

class Contrasts {
public:
    /// Error: invalid_config naming file and line. A file that is not there gives no sets.
    [[nodiscard]] static Result<Contrasts> read(const std::filesystem::path& file);

    /// Lemmas of what a folded word is not: the other members of the sets that it, or else a part
    /// of the compound it is, belongs to. Never the word's own meanings. Sorted.
    [[nodiscard]] std::vector<std::string> others(std::string_view folded) const;

    /// Number of sets.
    [[nodiscard]] std::size_t size() const noexcept { return sets_.size(); }

private:
    using Member = std::vector<std::string>;  ///< Lemmas of one meaning.
    struct Place {
        std::size_t set = 0;
        std::size_t member = 0;
    };

    void add_others(const std::string& lemma, std::vector<std::string>& to) const;

    std::vector<std::vector<Member>> sets_;
    std::unordered_map<std::string, std::vector<Place>> places_;
};

}  // namespace raadbot::danish
