// What an answer must hold by the way a question is put, beside the question's words: what a term
// means, by what means something is done, where, what somebody is called, whether a doing is
// allowed, what follows. A page that speaks of the matter often tells everything but that. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/sides.hpp"
#include "retrieval/answer/variants.hpp"

namespace raadbot::answer {

/// What a house is called by its place and its kind: "hjortlund", "skole".
struct House {
    std::string name;
    std::string kind;
};

struct Demands {
    bool meaning = false;   ///< "hvad er en startredegørelse", "hvad vil licitation sige"
    std::string letters;    ///< "hvad står PPR for": "ppr"; else empty.
    bool means = false;     ///< "hvordan søger jeg", "hvor bestiller man": by what means.
    bool place = false;     ///< "hvor ligger", "hvor får jeg fat i"
    bool names = false;     ///< "hvad hedder", "hvilke tre skoler"
    bool named = false;     ///< "hvad kommer færgen til at hedde": a thing's name.
    bool persons = false;   ///< "hvad hedder lægen", "hvem sidder i handicaprådet"
    bool sanction = false;  ///< "hvad sker der hvis jeg ikke", "får man en bøde"
    bool past = false;      ///< "hvornår åbnede": a day or year that has been, no opening hours.
    int this_year = 0;      ///< Of the question.
    bool reason = false;    ///< "hvorfor", "hvad var deres grund"
    bool said = false;      ///< "hvad svarede lokalrådet"
    bool leave = false;     ///< "må man filme": what is allowed, forbidden or on what condition.
    bool group = false;     ///< "hvem var de to": persons, or parties in a vote.
    bool doer = false;      ///< "hvem fandt på navnet": who did it, not to whom it went.
    bool voters = false;    ///< "hvem stemte imod"
    bool members = false;   ///< "hvilke naboer klagede": which ones, not how many.
    bool counts = false;    ///< "hvor mange er der i Brøndhøj", of one place.
    bool several = false;   ///< "dagpleje og vuggestue": each row tells of one.
    bool fate = false;      ///< "blev planen vedtaget": that it was in a hearing does not say.
    std::optional<std::size_t> object;   ///< "må man have høns": the aspect of the thing.
    std::optional<std::size_t> deed;     ///< "må man grille": the aspect of what is to be done.
    std::vector<House> houses;           ///< "skolelederen på Hjortlund Skole": no other school.
    std::vector<std::size_t> units;      ///< "en halv bane", "for en måned", of a price.
    Variants variants;                   ///< "til min datter på 14", "anden gang"
    Sides sides;                         ///< "hvornår er den færdig", "hvilken fond"
    std::vector<MeasureAsked> measures;  ///< "en båd på 11 meter"
};

[[nodiscard]] Demands demands_of(const QuestionView& question, const Date& today);

}  // namespace raadbot::answer
