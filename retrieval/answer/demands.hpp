// What an answer must hold by the way a question is put, beside the question's words: what a term
// means, by what means something is done, where, what somebody is called, whether a doing is
// allowed, what follows. A page that speaks of the matter often tells everything but that. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/binding.hpp"
#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

struct Demands {
    bool meaning = false;   ///< "hvad er en startredegørelse", "hvad vil licitation sige"
    std::string letters;    ///< "hvad står PPR for": "ppr"; else empty.
    bool means = false;     ///< "hvordan søger jeg", "hvor bestiller man": by what means.
    bool place = false;     ///< "hvor ligger", "hvor får jeg fat i"
    bool names = false;     ///< "hvad hedder", "hvilke tre skoler"
    bool sanction = false;  ///< "hvad sker der hvis jeg ikke", "får man en bøde"
    bool past = false;      ///< "hvornår åbnede": a day or year that has been, no opening hours.
    bool reason = false;    ///< "hvorfor", "hvad var deres grund"
    bool said = false;      ///< "hvad svarede lokalrådet"
    std::optional<std::size_t> deed;  ///< "må man grille": the aspect of what is to be done.
    std::vector<std::size_t> units;   ///< "en halv bane", "for en måned", of a price.
};

[[nodiscard]] Demands demands_of(const QuestionView& question);

/// 1 for each demand that a sentence in its place leaves unmet.
struct Unmet {
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
};

/// `index`: of the sentence in its passage. `about`: what title and headings cover; `placed` and
/// `whole`: what the sentence in its place and the whole passage cover.
[[nodiscard]] Unmet unmet(const Demands& demands, const QuestionView& question,
                          const PassageView& passage, std::size_t index, const Coverage& about,
                          const Coverage& placed, const Coverage& whole);

}  // namespace raadbot::answer
