// What a sentence in its place leaves unmet of what a question demands beside its words (see
// demands.hpp). Pure; internal to the measuring of features (features.cpp).
#pragma once

#include <string>
#include <vector>

#include "retrieval/answer/binding.hpp"
#include "retrieval/answer/demands.hpp"
#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

/// 1 for each demand that a sentence in its place leaves unmet.
struct Unmet {
    /// A meaning or a name is asked for, and the sentence itself tells it.
    bool explained = false;
    float meaning = 0;
    float means = 0;
    float place = 0;
    float names = 0;
    float sanction = 0;
    float deed = 0;
    float reason = 0;
    float past = 0;
    float said = 0;
    float units = 0;
    float numbers = 0;  ///< A number of the question ("over 3,5 meter") is nowhere near.
    float other = 0;    ///< A place or person that was asked about is not named, another one is.
    /// "SFO lukker kl. 17" under "SFO og klub" for the club: the title's other thing is told of.
    float sibling = 0;
    /// "Et pas til en voksen" for a child, "første gang" for the second, "10-12 m" for 9 metres.
    float variant = 0;
};

/// Reads the sentences of one passage. Its arguments must outlive it.
class UnmetReader {
public:
    /// `about`: what title and headings cover.
    UnmetReader(const Demands& demands, const QuestionView& question, const PassageView& passage,
                const Coverage& about);

    /// `placed`, `whole`: what the sentence in its place and the whole passage cover.
    [[nodiscard]] Unmet of(std::size_t sentence, const Coverage& placed,
                           const Coverage& whole) const;

private:
    /// An aspect that the title names as one of several things, and the words of the others.
    struct Siblings {
        std::size_t aspect = 0;
        bool literal = false;  ///< By its own word, not by one that may stand for it.
        std::vector<std::vector<std::string>> others;
    };

    void find_siblings();
    void find_siblings(std::string_view line);
    void find_siblings(const std::vector<std::string_view>& things);
    [[nodiscard]] bool tells_of_sibling(const SentenceView& sentence) const;
    /// "Seniorrådet" where "handicaprådet" was asked for, and nothing above it names that.
    /// "34 dagplejere i Tørnholm, Gjelstrup og Brøndhøj" does not tell how many are in one of them.
    [[nodiscard]] bool counts_for_several(std::string_view text) const;
    /// The row's key names something asked about that the other's does not.
    [[nodiscard]] bool says_what_other_lacks(const SentenceView& row,
                                             const SentenceView& other) const;
    /// "Dagpleje: 3.310 kr." in a table with a row "Deltid 30 timer, vuggestue" is no "dagpleje på
    /// deltid".
    [[nodiscard]] bool told_by_other_row(const SentenceView& sentence,
                                         const Coverage& placed) const;
    [[nodiscard]] bool tells_of_namesake(const SentenceView& sentence) const;
    /// "Tofteby Skole" where "Hjortlund Skole" was asked for, and no such name stands above it.
    [[nodiscard]] bool tells_of_other_house(const SentenceView& sentence) const;
    [[nodiscard]] bool leaves_names(std::size_t sentence) const;
    /// "Pr. gang" or "om året" where "for en måned" is asked.
    [[nodiscard]] bool tells_other_unit(const SentenceView& sentence, std::size_t aspect) const;
    [[nodiscard]] bool names_persons(std::size_t sentence) const;
    [[nodiscard]] bool leaves_past(const SentenceView& sentence) const;
    [[nodiscard]] bool tells_meaning(std::size_t sentence) const;
    [[nodiscard]] float leaves_meaning(std::size_t sentence, bool told) const;
    /// The kind of fact stands in the sentence or next to it.
    [[nodiscard]] bool told_near(std::size_t sentence, std::size_t after, bool Facts::*fact) const;

    const Demands& demands_;
    const QuestionView& question_;
    const PassageView& passage_;
    bool titled_ = true;  ///< Title and headings name all that is asked about.
    bool of_class_ = false;
    std::vector<Siblings> siblings_;
};

}  // namespace raadbot::answer
