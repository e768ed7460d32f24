// hunspell's Danish dictionary, read backwards: from a word form to the entries it may be a form
// of.
//
// Internal to retrieval/danish. We read the .aff and .dic files ourselves: expanding them would
// give over a million forms, and the library's own analysis is too slow for every word of an
// archive. Words are held as Latin-1 (one byte a letter), which covers Danish; other words are not
// Danish. Format: hunspell(5). Immutable after loading.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::danish {

/// Folded UTF-8 to Latin-1; nothing when a character has no place there.
[[nodiscard]] std::optional<std::string> to_latin1(std::string_view utf8);
[[nodiscard]] std::string from_latin1(std::string_view latin1);

enum class WordClass : std::uint8_t { noun, adjective, verb, name, other };

struct Analysis {
    std::string_view lemma;  ///< Latin-1, in the dictionary's memory.
    WordClass word_class = WordClass::other;
    int cost = 0;  ///< Lower is the commoner reading; see Cost in dictionary_format.hpp.
};

/// How a form may stand as a first part of a compound.
struct HeadForm {
    std::string_view stem;  ///< The dictionary word: "arbejde".
    std::size_t keep =
        0;  ///< Letters of the form without its linking element: "arbejd" of "arbejds".
    bool listed = true;  ///< The dictionary marks this way of joining; else a guess of ours.
    WordClass word_class = WordClass::noun;
};

class Dictionary {
public:
    /// Searches DICPATH, then the system's hunspell and myspell folders.
    [[nodiscard]] static Result<Dictionary> load();
    [[nodiscard]] static Result<Dictionary> load(const std::filesystem::path& aff,
                                                 const std::filesystem::path& dic);

    /// Every reading of a form, cheapest first, one per lemma.
    [[nodiscard]] std::vector<Analysis> analyse(std::string_view form) const;
    [[nodiscard]] bool has_stem(std::string_view word) const { return find(word) != no_entry; }
    /// The form's readings as a first part; empty when it cannot be one.
    [[nodiscard]] std::vector<HeadForm> heads(std::string_view form) const;
    /// How many first letters of the word some stem begins with too; now and then (one word in
    /// twelve) more than that, never fewer. Settles cheaply what cannot be a form of anything.
    [[nodiscard]] std::size_t known_prefix(std::string_view word) const;
    /// The most letters that a linking element adds to the root of a compound's first part.
    static constexpr std::size_t longest_link = 3;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
    static constexpr std::uint32_t no_entry = 0xFFFFFFFFU;
    static constexpr std::size_t flag_count = 128;
    static constexpr std::size_t irregular_plural = 74;  ///< Flag of plurals listed as words.
    using FlagSet = std::bitset<flag_count>;

    struct Text {
        std::uint32_t offset = 0;
        std::uint32_t length = 0;
    };
    struct Entry {
        Text stem;
        Text target;  ///< The lemma when it is not the stem itself.
        std::uint32_t next = no_entry;
        std::uint16_t flags = 0;
        WordClass word_class = WordClass::other;
    };
    /// A condition on the end of a stem, one set of letters a place (hunspell's [abc], [^abc] and
    /// .).
    using Condition = std::vector<std::bitset<256>>;
    struct Suffix {
        std::uint8_t flag = 0;
        std::string strip;
        std::string add;
        Condition condition;
        std::vector<std::uint8_t> continues;
    };
    struct Rule {
        std::uint8_t flag = 0;
        std::int8_t cost = 0;
        Condition condition;
    };
    /// Rules that take the same letters off the stem: one look-up serves them all.
    struct RuleGroup {
        std::string strip;
        std::vector<Rule> rules;
    };

    /// Where a chain of entries with one stem begins. Nearly all look-ups find nothing: the tag
    /// settles that without a look at entry and stem, which lie elsewhere in memory.
    struct Slot {
        std::uint32_t tag = 0;  ///< The upper half of the stem's hash.
        std::uint32_t entry = no_entry;
    };
    /// Rules under an ending of at most eight letters, packed into one number.
    using RulesByEnding = std::unordered_map<std::uint64_t, std::vector<RuleGroup>>;
    /// The hashes of a word's beginnings, as far as stems begin so.
    class Beginnings;

    void read_affixes(std::string_view file);
    void compose(const Suffix& base, std::string add, const Condition& condition,
                 const std::vector<std::uint8_t>& continues, int depth);
    void read_words(std::string_view file);
    void read_word(std::string_view line, std::unordered_map<std::string, std::uint16_t>& sets);
    void link_irregular_plurals();
    [[nodiscard]] std::string_view singular_of(std::string_view plural) const;

    [[nodiscard]] std::string_view view(Text text) const {
        return std::string_view(arena_).substr(text.offset, text.length);
    }
    [[nodiscard]] Text keep(std::string_view word);
    [[nodiscard]] std::uint32_t find(std::string_view word) const;
    /// The same for `root` with `strip` behind it; `state` is the hash of `root`.
    [[nodiscard]] std::uint32_t find(std::uint64_t state, std::string_view root,
                                     std::string_view strip) const;
    /// Calls use(entry, rule, root) for every entry of which `form` is one of these rules' forms.
    template <class Use>
    void for_matches(const RulesByEnding& rules, std::size_t most_letters, std::string_view form,
                     const Beginnings& beginnings, Use use) const;
    void insert(std::uint32_t entry);
    void add_prefixes(std::string_view stem);
    void grow();
    [[nodiscard]] static bool holds(const Condition& condition, std::string_view stem);
    static void add_rule(RulesByEnding& rules, const std::string& ending, const std::string& strip,
                         Rule rule);

    std::string arena_;
    std::vector<Entry> entries_;
    std::vector<FlagSet> flag_sets_;
    std::vector<Slot> slots_;     ///< Open addressing, at most half full; a power of two.
    std::vector<bool> prefixes_;  ///< Bloom filter of one hash over the beginnings of all stems.
    std::vector<std::vector<Suffix>> suffixes_;
    RulesByEnding rules_;  ///< By what the rule adds.
    RulesByEnding head_rules_;
    std::size_t longest_rule_ = 0;
};

}  // namespace raadbot::danish
