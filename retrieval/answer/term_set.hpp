// The words of a stretch of text in every form under which a question may ask for them: surface,
// lemma, compound parts and word stem, each with how fully it stands for the word as written.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace raadbot::answer {

/// Not thread-safe while it grows; afterwards read from any thread.
class TermSet {
public:
    /// Adds all words and numbers of `text`.
    void add(std::string_view text);
    void add(const TermSet& other);
    /// 0..1: 1 = the word itself (in any inflection), less for a part of a compound or a
    /// derivation.
    [[nodiscard]] float strength(std::string_view term) const;
    [[nodiscard]] bool empty() const noexcept { return terms_.empty(); }

private:
    void put(std::string term, float strength);
    void add_word(const std::string& folded);

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view s) const noexcept {
            return std::hash<std::string_view>{}(s);
        }
    };
    std::unordered_map<std::string, float, Hash, std::equal_to<>> terms_;
};

/// A compound's parts joined without linking letters, each part as its lemma: "byrådsmøde" and
/// "byråd-møde" meet here. Words that are no compounds give their lemma.
[[nodiscard]] std::string compound_key(const std::vector<std::string>& parts);

/// "vuggestueplads", "ventetid": the head ("plads", "tid") says little, the thing is what stands
/// before it. A "kort" or a "vej" is one of its own.
[[nodiscard]] bool is_empty_head(std::string_view head);

/// "lokalplan#142": a thing that a number names; without a word: any thing that it names.
[[nodiscard]] std::string number_key(std::string_view word, std::string_view number);
/// "2#viceborgmester": an ordinal and what it counts.
[[nodiscard]] std::string ordinal_key(std::string_view number, std::string_view word);

/// "~parker" for parkere, parkering; "~vedtag" for vedtage, vedtagelse. Empty when the word is too
/// short.
[[nodiscard]] std::string stem_key(std::string_view lemma);

}  // namespace raadbot::answer
