#include "retrieval/answer/speakers.hpp"

#include <algorithm>

#include "retrieval/answer/passage_view.hpp"
#include "retrieval/danish/bodies.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/printed_names.hpp"

namespace raadbot::answer {
namespace {

using danish::one_of;
using danish::Span;

constexpr std::size_t passages_about_office = 60;

/// "hvem sagde", "hvem fra byrådet sagde": the verb of saying with at most a few words between.
bool asks_who_said(const std::vector<danish::Token>& tokens) {
    constexpr std::size_t farthest = 4;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!one_of(tokens[i].text, {"hvem", "who"})) continue;
        if (i + 1 < tokens.size() && is_speech_verb(tokens[i + 1].text)) return true;
        const bool of = i + 1 < tokens.size() &&
                        one_of(tokens[i + 1].text, {"fra", "i", "af", "på", "from", "of", "in"});
        for (std::size_t k = i + 2; of && k < std::min(tokens.size(), i + farthest + 1); ++k) {
            if (is_speech_verb(tokens[k].text)) return true;
        }
    }
    return false;
}

/// "ifølge mødet", "ifølge debatten": nobody in particular.
bool asks_the_meeting(const std::vector<danish::Token>& tokens) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].text != "ifølge") continue;
        const std::string& what = tokens[i + 1].text;
        return what.ends_with("mødet") || what.ends_with("debatten") || what.ends_with("videoen") ||
               what.ends_with("optagelsen");
    }
    return false;
}

}  // namespace

bool is_speech_verb(std::string_view word) {
    // "svarede" reads as an adjective as well.
    if (one_of(word, {"svarede", "svarer"})) return true;
    return one_of(
        danish::Morphology::instance().lemma(word),
        {"sige", "mene", "svare", "udtale", "fortælle", "nævne", "argumentere", "tale", "synes",
         "ifølge", "love", "kommentere", "say", "think", "foreslå", "spørge", "stemme"});
}

Speaker::Speaker(const QuestionView& question, const std::vector<std::string>& bodies,
                 const Library& library, const Date& today)
    : question_(question), library_(library), today_(today) {
    tokens_ = danish::tokenize(question.text);
    std::vector<std::string> known = bodies;
    const auto first = office_asked(question.text, known);
    if (first) {
        const std::string words =
            question.text.substr(first->span.begin, first->span.end - first->span.begin);
        const auto told = library.find(first->word + ' ' + words, passages_about_office);
        for (std::string& body : bodies_printed(told)) known.push_back(std::move(body));
        office_ = office_asked(question.text, known);  // Now with the committees' full names.
        holders_ = holders_of(*office_, told, known);
    }
    party_ = party_asked(question.text);
    asked_for_ = asks_who_said(tokens_);
    // "Hvorfor var SF imod ifølge debatten" asks for SF's words.
    anybody_ = asks_the_meeting(tokens_) && !party_;
}

bool Speaker::speaks(const StoredPassage& turn, const std::vector<SpokenTurn>& turns) {
    const std::string& name = turn.passage.speaker;
    if (name.empty()) return false;
    if (asked_for_) return danish::tokenize(name).size() > 1;
    if (anybody_) return true;
    if (is_named(name)) return true;
    if (office_) {
        for (const danish::Token& token : danish::tokenize(name)) {
            if (office_->bodies.empty() && danish::office_of(token.text) == office_->word)
                return true;
        }
        if (office_->word == "borgmester") {
            if (name == mayor_in(turns)) return true;
            // Kommunestyrelsesloven § 30: the mayor chairs the council's meetings.
            const bool council = turn.meeting && danish::body_key(turn.meeting->body) == "byråd";
            if (holders_.empty() && council && name == chair_in(turns)) return true;
        }
        const auto date = turn.meeting ? turn.meeting->date : std::nullopt;
        return std::any_of(holders_.begin(), holders_.end(), [&](const Holder& holder) {
            if (!danish::same_person(holder.name, name)) return false;
            // A page that says no time tells of today's council.
            const bool then = holder.first ? !date || holder.on(*date)
                                           : !date || *date >= council_term(today_).first;
            return then;
        });
    }
    if (!party_) return false;
    const auto known = of_party_.find(name);
    if (known != of_party_.end()) return known->second;
    return of_party_[name] = belongs_to(*party_, name, turns, library_);
}

bool Speaker::names_who(const Aspect& aspect) const {
    const auto within = [&](Span span) {
        const std::string part =
            danish::fold(question_.text.substr(span.begin, span.end - span.begin));
        return part.find(aspect.surface) != std::string::npos;
    };
    return (office_ && within(office_->span)) || (party_ && within(party_->span));
}

bool Speaker::is_called(const std::string& name) const { return !name.empty() && is_named(name); }

bool Speaker::is_named_in(std::string_view words, const std::vector<std::string>& persons) const {
    for (const Span& span : danish::printed_persons(words)) {
        const std::string_view printed = words.substr(span.begin, span.end - span.begin);
        for (const std::string& person : persons) {
            if (danish::same_person(printed, person)) return true;
        }
        for (const Holder& holder : holders_) {
            if (danish::same_person(printed, holder.name)) return true;
        }
    }
    const std::string folded = danish::fold(words);
    if (office_ && folded.find(office_->word) != std::string::npos) return true;
    return party_ &&
           std::any_of(party_->names.begin(), party_->names.end(), [&](const std::string& name) {
               return name.size() > 2 && folded.find(name) != std::string::npos;
           });
}

/// The whole name; the surname without another first name before it; or, behind a verb of saying,
/// the first name alone.
bool Speaker::is_named(const std::string& speaker) const {
    const auto names = danish::tokenize(speaker);
    if (names.empty()) return false;
    const auto same = [&](std::size_t at, const danish::Token& name) {
        if (danish::loose_key(tokens_[at].text) == danish::loose_key(name.text)) return true;
        // Who is written down as "Borger" is asked for as "borgeren".
        return names.size() == 1 && name.text.size() > 4 &&
               danish::Morphology::instance().lemma(tokens_[at].text) == danish::fold(name.text);
    };
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        const bool after_verb = i > 0 && is_speech_verb(tokens_[i - 1].text);
        if (names.size() > 1 && same(i, names.front()) && after_verb &&
            (i + 1 == tokens_.size() || danish::is_stop_word(tokens_[i + 1].text))) {
            return true;
        }
        if (!same(i, names.back())) continue;
        if (i == 0 || after_verb) return true;
        const std::string& before = tokens_[i - 1].text;
        const bool part = std::any_of(names.begin(), names.end(),
                                      [&](const danish::Token& name) { return same(i - 1, name); });
        const bool name_too = one_of(before, {"per", "bo", "sine"});
        if (part || (danish::is_stop_word(before) && !name_too) ||
            !danish::office_of(before).empty() || one_of(before, {"hr", "fru"})) {
            return true;
        }
    }
    return false;
}

}  // namespace raadbot::answer
