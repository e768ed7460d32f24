// What English words are in Danish, with their inflections: what a question in English is put into
// Danish by (danish_reading.hpp).
//
// Data lives in config/lexicon/engelsk/*.tsv, three columns parted by tabs: the English word or
// phrase (variants parted by commas; an irregular verb as base/past/participle), the Danish one (a
// verb as infinitive/present/past/participle), and the class; '#' begins a comment. Of English
// inflections the regular ones are found by rule. Immutable; safe from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::danish {

enum class EnglishClass : std::uint8_t {
    question,  ///< "how long": opens a question.
    noun,
    verb,
    adjective,
    adverb,
    other,  ///< Prepositions, conjunctions, numbers, times, fixed phrases.
};

/// Of a verb, or of a noun its plural.
enum class EnglishForm : std::uint8_t { base, third, past, participle, gerund, plural };

/// Danish forms of a verb, in the order of the file.
enum class VerbForm : std::uint8_t { infinitive, present, past, participle };

/// One way to read an English word or phrase.
struct EnglishSense {
    EnglishClass word_class = EnglishClass::noun;
    EnglishForm form = EnglishForm::base;
    std::uint32_t entry = 0;
};

class EnglishWords {
public:
    /// Words of the longest phrase that is looked up.
    static constexpr std::size_t longest = 6;

    /// Error: invalid_config naming file and line. A directory that is not there gives no entries.
    [[nodiscard]] static Result<EnglishWords> read(const std::filesystem::path& dir);

    /// The senses of a folded word or phrase, in the order of the files; nothing when unknown.
    [[nodiscard]] const std::vector<EnglishSense>* find(const std::string& phrase) const;

    /// What a sense is in Danish; of a verb the form asked for. Borrowed from this object.
    [[nodiscard]] std::string_view danish(const EnglishSense& sense,
                                          VerbForm form = VerbForm::infinitive) const;

    /// Number of entries.
    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

private:
    void add(const std::string& english, EnglishClass word_class, std::uint32_t entry);
    void add_form(std::string phrase, EnglishClass word_class, EnglishForm form,
                  std::uint32_t entry);

    std::vector<std::array<std::string, 4>> entries_;
    std::unordered_map<std::string, std::vector<EnglishSense>> senses_;
};

}  // namespace raadbot::danish
