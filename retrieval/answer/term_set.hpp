// The words of a stretch of text in every form under which a question may ask for them: surface,
// lemma, compound parts and word stem, each with how fully it stands for the word as written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

/// Not thread-safe while it grows; afterwards read from any thread.
class TermSet {
public:
    /// Adds all words and numbers of `text`.
    void add(std::string_view text) { add(text, danish::tokenize(text)); }
    /// The same; `tokens` is danish::tokenize(text).
    void add(std::string_view text, const std::vector<danish::Token>& tokens);
    void add(const TermSet& other);
    /// 0..1: 1 = the word itself (in any inflection), less for a part of a compound or a
    /// derivation.
    [[nodiscard]] float strength(std::string_view term) const;
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

private:
    /// A term; the slot is free while its strength is 0.
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t begin = 0;  ///< In letters_.
        std::uint32_t length = 0;
        float strength = 0;
    };

    /// What read_word() gives, remembered: the words of a town's papers repeat.
    void add_word(const std::string& folded);
    void read_word(const std::string& folded);
    void put(std::string_view term, float strength);
    void put(std::string_view term, std::uint32_t hash, float strength);
    /// Where the term stands, or the free slot where it would; there must be one.
    [[nodiscard]] std::size_t slot_of(std::string_view term, std::uint32_t hash) const;
    void grow();

    // A passage waiting to be weighed holds thousands of terms: all letters of a set lie together,
    // and its slots beside each other.
    std::string letters_;
    std::vector<Slot> slots_;  ///< Open addressing, at most three quarters full; a power of two.
    std::size_t size_ = 0;     ///< Terms.
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
