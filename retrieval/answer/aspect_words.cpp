// One word or number of a question as an aspect: its forms, what stands for it, what it weighs.
#include "retrieval/answer/aspect_words.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "retrieval/answer/aspect_builder.hpp"
#include "retrieval/answer/light_words.hpp"
#include "retrieval/answer/question_traits.hpp"
#include "retrieval/answer/seasons.hpp"
#include "retrieval/answer/word_classes.hpp"

namespace raadbot::answer {
namespace {

using danish::Token;
using danish::TokenKind;
using Kind = danish::Morphology::Kind;

constexpr float split_parts_weight = 0.85F;
constexpr float joined_weight = 0.95F;
constexpr float parted_weight = 0.9F;
constexpr float bare_verb_weight = 0.7F;  // "melde" where "melde fra" was asked.
constexpr float head_only_weight = 0.42F;
constexpr float modifier_only_weight = 0.42F;
constexpr float loose_number_weight = 0.5F;  // A number that is a quantity or an age, no name.
constexpr float year_of_other_noun_weight = 0.95F;
constexpr float other_noun_weight = 0.8F;    // "rute 47" where "bus 47" was asked for.
constexpr float untranslated_weight = 0.4F;  // An English word that has a Danish one.
constexpr std::array<std::string_view, 9> ordinals{"1", "2", "3", "4", "5", "6", "7", "8", "9"};
constexpr float other_thing_weight = 0.4F;
constexpr float matter_rarity = 0.5F;  // Of words that the index leaves out.
constexpr float least_head_stand_in = 0.7F;
constexpr float light_stand_in_weight = 0.5F;
constexpr float bare_number_weight = 0.35F;  // The digits without the noun that they number.

/// "happens", "asked", "closing": English forms of light words.
bool is_light_english(std::string_view word) {
    for (const std::string_view ending : {"s", "es", "d", "ed", "ing"}) {
        if (word.size() > ending.size() + 2 && word.ends_with(ending)) {
            const std::string_view stem = word.substr(0, word.size() - ending.size());
            if (is_light_word(stem) || is_light_word(std::string(stem) + "e")) return true;
        }
    }
    return false;
}

/// "stille et spørgsmål", "fristen for spørgsmål": a matter of its own, which "jeg har et spørgsmål
/// om" is not.
bool is_matter(const std::vector<Token>& tokens, std::size_t position) {
    if (tokens[position].text != "spørgsmål") return false;
    const std::string_view before =
        position > 0 ? std::string_view(tokens[position - 1].text) : std::string_view();
    static const std::unordered_set<std::string_view> leading{
        "for",        "af",         "til",   "antal",  "mange",
        "skriftlige", "skriftligt", "sende", "sender", "sendt"};
    if (leading.contains(before)) return true;
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.text == "stille" || token.text == "stiller" || token.text == "stillet" ||
               token.text == "stilles";
    });
}

/// "hvem er it chef": an English function word, and the department's name in Danish.
bool is_computing(std::string_view word, std::string_view language) {
    return word == "it" && language == "da";
}

/// "sidste frist", "sidste dag for": only what "frist" says. Not "den sidste bus".
bool is_mere_last(const std::vector<Token>& tokens, std::size_t position) {
    if (tokens[position].text != "sidste" || position + 1 == tokens.size()) return false;
    const std::string& next = tokens[position + 1].text;
    return next.ends_with("frist") || next.ends_with("fristen") || next == "dag" ||
           next == "chance" || next == "dato" || next == "øjeblik";
}

/// How a TermSet would hold the word.
std::string key_of(const std::string& word) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    const auto parts = morphology.split(word);
    return parts.size() > 1 ? compound_key(parts) : morphology.lemma(word);
}

Alternative to_alternative(const danish::Expansion& expansion) {
    Alternative alternative;
    alternative.weight = expansion.weight;
    for (const std::string& word : expansion.words) {
        if (danish::is_stop_word(word) && expansion.words.size() > 1) continue;
        alternative.terms.push_back(key_of(word));
    }
    if (alternative.terms.empty()) alternative.weight = 0;
    return alternative;
}

/// "sfo plads", "en plads i vuggestuen": the thing is what the place is in.
bool is_mere_place(const std::vector<Token>& tokens, std::size_t position) {
    if (tokens[position].text != "plads") return false;
    if (position > 0 && is_numbered(tokens[position - 1]) && tokens[position - 1].text != "ledig")
        return true;
    return position + 2 < tokens.size() &&
           (tokens[position + 1].text == "i" || tokens[position + 1].text == "på");
}

/// What is asked for, where a time is: pages head it otherwise.
bool is_opening_hours(std::string_view lemma) {
    return lemma == "åbningstid" || lemma == "lukketid" || lemma == "lukketidspunkt";
}

/// "kl. 23", "klokken 23"
bool is_clock(std::string_view word) { return word == "kl" || word == "klokken"; }

/// "når man er 30 og", "en på 15 til"
bool says_age(std::string_view before) {
    return before == "er" || before == "på" || before == "bliver" || before == "fylder" ||
           before == "fyldt" || before == "over" || before == "under" || before == "am" ||
           before == "is";
}

/// What follows a quantity; "lokalplan 142" has none.
bool is_unit(std::string_view word) {
    static const std::unordered_set<std::string_view> units{
        "m",     "meter",  "km",       "kilometer",   "cm",    "kg",       "kilo",  "ton",
        "liter", "kr",     "kroner",   "mio",         "mia",   "procent",  "pct",   "år",
        "dage",  "dag",    "uger",     "måneder",     "timer", "minutter", "gange", "m2",
        "kvm",   "hektar", "personer", "børn",        "years", "days",     "weeks", "months",
        "hours", "metres", "percent",  "kvadratmeter"};
    return units.contains(word);
}

/// "internationalt kørekort" leads to "kørekort", which is no word for "internationalt".
bool only_repeats(const danish::Expansion& phrase, const std::vector<Token>& tokens,
                  std::size_t position) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    const std::string own = morphology.lemma(tokens[position].text);
    return std::all_of(phrase.words.begin(), phrase.words.end(), [&](const std::string& word) {
        const std::string lemma = morphology.lemma(word);
        if (lemma == own) return false;
        for (std::size_t i = phrase.first_token; i < phrase.last_token; ++i) {
            if (morphology.lemma(tokens[i].text) == lemma) return true;
        }
        return false;
    });
}

/// What is told apart by its number: "2. viceborgmester", "1. behandling".
bool is_told_by_ordinal(std::string_view lemma) {
    static const std::unordered_set<std::string_view> words{
        "viceborgmester", "næstformand", "suppleant",       "kvartal",
        "halvår",         "etape",       "budgetopfølgning"};
    return words.contains(lemma);
}

bool is_year(std::string_view digits) {
    return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}

}  // namespace

bool is_numbered(const Token& token) {
    if (token.kind != TokenKind::word || danish::is_stop_word(token.text)) return false;
    const Kind kind = danish::Morphology::instance().kind(token.text);
    return kind != Kind::verb && kind != Kind::adjective;
}

namespace {

/// "holde" for "parkere": said of many things, it proves little.
void weaken_light(Aspect& aspect) {
    for (Alternative& alternative : aspect.alternatives) {
        if (alternative.terms.size() == 1 && alternative.terms.front() != aspect.lemma &&
            alternative.terms.front() != aspect.surface && is_light_word(alternative.terms.front()))
            alternative.weight = std::min(alternative.weight, light_stand_in_weight);
    }
}

/// What is another thing of the same kind ("vuggestue" for "dagpleje") may lead there, and is not
/// it.
void weaken_others(Aspect& aspect) {
    for (Alternative& alternative : aspect.alternatives) {
        const bool another = alternative.terms.size() == 1 &&
                             std::find(aspect.others.begin(), aspect.others.end(),
                                       alternative.terms.front()) != aspect.others.end();
        if (another) alternative.weight = std::min(alternative.weight, other_thing_weight);
    }
}

}  // namespace

void add_expansion(Aspect& aspect, const danish::Expansion& expansion) {
    aspect.alternatives.push_back(to_alternative(expansion));
    if (expansion.words.size() != 1) return;
    const auto parts = danish::Morphology::instance().split(expansion.words.front());
    for (std::size_t cut = 1; cut < parts.size(); ++cut) {
        const auto middle = parts.begin() + static_cast<std::ptrdiff_t>(cut);
        aspect.alternatives.push_back(
            {{compound_key({parts.begin(), middle}), compound_key({middle, parts.end()})},
             expansion.weight * split_parts_weight});
    }
}

const danish::ParticleVerb* AspectBuilder::parted_at(std::size_t position) const {
    const auto found =
        std::find_if(parted_.begin(), parted_.end(),
                     [&](const danish::ParticleVerb& parted) { return parted.verb == position; });
    return found == parted_.end() ? nullptr : &*found;
}

void AspectBuilder::add_joined_forms(Aspect& aspect, const danish::ParticleVerb& parted) const {
    for (const std::string& word : parted.words) {
        aspect.alternatives.push_back({{word}, joined_weight});
        aspect.alternatives.push_back({{stem_key(word)}, joined_weight});
    }
}

void AspectBuilder::add_other_heads(Aspect& aspect, const std::vector<std::string>& parts,
                                    float weight) const {
    const std::string left = compound_key({parts.begin(), parts.end() - 1});
    for (const danish::Expansion& e :
         inputs_.lexicon.expand(danish::tokenize(parts.back()), parts.back(),
                                [this](const std::string& one) { return is_used(one); })) {
        if (e.kind == danish::ExpansionKind::thesaurus || e.words.size() != 1 ||
            e.weight < least_head_stand_in)
            continue;
        aspect.alternatives.push_back(
            {{left, key_of(e.words.front())}, weight * split_parts_weight * e.weight});
    }
}

void AspectBuilder::add_own_forms(Aspect& aspect, const std::string& word, float weight) const {
    const danish::Morphology& morphology = danish::Morphology::instance();
    aspect.alternatives.push_back({{word}, weight});
    for (const std::string& lemma : morphology.lemmas(word)) {
        aspect.alternatives.push_back({{lemma}, weight});
    }
    if (std::string stem = stem_key(aspect.lemma); !stem.empty()) {
        aspect.alternatives.push_back({{std::move(stem)}, weight});
    }
    const auto parts = morphology.split(word);
    if (parts.size() < 2) return;
    aspect.alternatives.push_back({{compound_key(parts)}, weight});
    Alternative apart;
    apart.weight = weight * split_parts_weight;
    for (const std::string& part : parts) apart.terms.push_back(morphology.lemma(part));
    aspect.alternatives.push_back(apart);
    // "juletræstænding" is told by a "juletræ" that "tændes".
    const std::string& head = parts.back();
    if (std::string action = stem_key(head);
        !action.empty() && (head.ends_with("ing") || head.ends_with("else"))) {
        aspect.alternatives.push_back(
            {{compound_key({parts.begin(), parts.end() - 1}), std::move(action)},
             weight * split_parts_weight});
    }
    add_other_heads(aspect, parts, weight);
    // Two-way splits: "vuggestueplads" is covered by "vuggestue" and "plads", or mostly by
    // "vuggestue".
    for (std::size_t cut = 1; cut < parts.size(); ++cut) {
        const std::vector<std::string> left(parts.begin(),
                                            parts.begin() + static_cast<std::ptrdiff_t>(cut));
        const std::vector<std::string> right(parts.begin() + static_cast<std::ptrdiff_t>(cut),
                                             parts.end());
        aspect.alternatives.push_back(
            {{compound_key(left), compound_key(right)}, weight * split_parts_weight});
        if (cut + 1 == parts.size()) {
            // "vuggestueplads" is a matter of "vuggestue"; "svømmehal" is no other hall.
            const std::string last = compound_key(right);
            aspect.alternatives.push_back(
                {{compound_key(left)},
                 weight * (is_empty_head(last) ? split_parts_weight : modifier_only_weight)});
            aspect.alternatives.push_back({{compound_key(right)}, weight * head_only_weight});
        }
    }
}

void AspectBuilder::add_printed_names(Aspect& aspect, std::string_view key) const {
    for (const std::string& name : inputs_.known_bodies) {
        if (danish::body_key(name) != key) continue;
        Alternative printed;
        for (const Token& token : danish::tokenize(name)) {
            if (token.kind != TokenKind::word || danish::is_stop_word(token.text)) continue;
            if (token.text.starts_with("udvalg")) continue;
            printed.terms.push_back(key_of(token.text));
        }
        if (!printed.terms.empty()) aspect.alternatives.push_back(std::move(printed));
    }
}

void AspectBuilder::add_unless_repeated(Aspect aspect) {
    for (const Aspect& known : view_.aspects) {
        if (known.lemma == aspect.lemma) return;
    }
    view_.aspects.push_back(std::move(aspect));
}

const std::string* AspectBuilder::translation(const Expansions& expansions, std::size_t position) {
    const danish::Expansion* best = nullptr;
    for (const danish::Expansion& e : expansions) {
        if (e.kind != danish::ExpansionKind::english || e.words.size() != 1) continue;
        if (e.first_token != position || e.last_token != position + 1) continue;
        if (best == nullptr || e.weight > best->weight) best = &e;
    }
    return best == nullptr ? nullptr : &best->words.front();
}

void AspectBuilder::add_word(const Tokens& tokens, std::size_t position,
                             const Expansions& expansions) {
    const Token& token = tokens[position];
    const danish::Morphology& morphology = danish::Morphology::instance();
    const std::string& word = token.text;
    const auto expands = [&](const danish::Expansion& e) {
        return e.first_token == position && e.last_token == position + 1;
    };
    const bool known_to_lexicon = std::any_of(
        expansions.begin(), expansions.end(),
        [&](const auto& e) { return expands(e) && e.kind != danish::ExpansionKind::thesaurus; });
    // "by car": no town.
    if (view_.language == "en" && opens_adjunct(word, view_.language)) return;
    const bool matter = is_matter(tokens, position) || is_computing(word, view_.language);
    if (danish::is_stop_word(word) && !known_to_lexicon && !matter) return;
    const bool unheard_of = word.size() == 2 && !known_to_lexicon && !matter && !in_corpus(word);
    if (word.size() < 2 || unheard_of) return;
    Aspect aspect;
    // Danish inflection says nothing of an English word: "minutes" is no form of "minut".
    const std::string* translated =
        view_.language == "en" ? translation(expansions, position) : nullptr;
    aspect.surface = word;
    aspect.lemma = translated == nullptr ? morphology.lemma(word) : word;
    const danish::ParticleVerb* parted = parted_at(position);
    // "melde fra" is a matter of its own where the material has a word for it; "melde" is none.
    const bool joined =
        parted != nullptr && std::any_of(parted->words.begin(), parted->words.end(),
                                         [this](const auto& one) { return in_corpus(one); });
    if (!joined && (is_question_frame(aspect.lemma) || is_question_frame(word))) return;
    const auto& only_asks = sought_.asked_as;
    if (std::find(only_asks.begin(), only_asks.end(), aspect.lemma) != only_asks.end()) return;
    if (asks_about_meetings(view_.type) &&
        (is_decision_frame(aspect.lemma) || is_decision_frame(word))) {
        return;
    }
    const bool in_dictionary = morphology.known(word);
    if (!in_dictionary && word.size() <= 3 && !in_corpus(word) && !known_to_lexicon && !matter) {
        return;  // "tl", "pga": nothing to hold on to.
    }
    if (translated == nullptr) {
        add_own_forms(aspect, word, joined ? bare_verb_weight : 1.0F);
        if (parted != nullptr) add_joined_forms(aspect, *parted);
        // "nedrivning": found where something "rives ned", which implies both.
        if (auto verb = danish::parted_verb(aspect.lemma))
            aspect.alternatives.push_back({{aspect.lemma, *std::move(verb)}, parted_weight});
    } else {
        // "to park" is no "Vej og Park"; a name or a loan word still counts for something.
        const bool same = *translated == word;
        aspect.alternatives.push_back({{word}, same ? 1.0F : untranslated_weight});
    }
    for (const danish::Expansion& e : expansions) {
        if (expands(e)) add_expansion(aspect, e);
    }
    // "skrive min søn op": the lexicon's entries for "skrive op".
    if (parted != nullptr && parted->particle != position + 1) {
        for (const danish::Expansion& e :
             inputs_.lexicon.expand({token, tokens[parted->particle]}, {},
                                    [this](const std::string& one) { return is_used(one); })) {
            if (e.last_token - e.first_token == 2) add_expansion(aspect, e);
        }
    }
    for (const danish::Expansion* phrase : phrases_) {
        if (phrase->first_token <= position && position < phrase->last_token &&
            !only_repeats(*phrase, tokens, position)) {
            add_expansion(aspect, *phrase);
        }
    }
    // "pas" is a thing of its own, "sidder" only a form of a light verb.
    const std::vector<std::string> lemmas =
        translated == nullptr ? morphology.lemmas(word) : morphology.lemmas(*translated);
    // "giver" is hardly ever a giver, "mente" no carry, "klaret" no wine.
    const bool inflected = aspect.lemma != word || is_verb_form(word) || word.ends_with("et");
    const bool light_reading = (translated != nullptr || inflected) &&
                               std::any_of(lemmas.begin(), lemmas.end(),
                                           [](const auto& lemma) { return is_light_word(lemma); });
    aspect.light =
        !joined && !matter &&
        (danish::is_stop_word(word) || is_mere_place(tokens, position) ||
         is_mere_last(tokens, position) || is_light_word(word) || is_light_word(aspect.lemma) ||
         light_reading || (view_.time && is_opening_hours(aspect.lemma)) ||
         (view_.language == "en" && is_light_english(word)));
    // A word that no dictionary knows and the lexicon does not explain is a name (or names
    // nothing here); not when only its form is unknown ("turkise", "udekørende").
    const bool has_synonym = std::any_of(expansions.begin(), expansions.end(), expands);
    const bool known = in_dictionary || morphology.known(aspect.lemma) || aspect.kind == Kind::verb;
    aspect.name = !known && !has_synonym && !aspect.light && view_.language == "da";
    // A word that only the lexicon brings to the material is as rare as what it stands for.
    float rare = matter ? matter_rarity : rarity(word);
    if (view_.language == "en" && !in_corpus(word)) {
        for (const Alternative& alternative : aspect.alternatives) {
            if (alternative.weight < 0.6F) continue;
            float rarest = 0;
            bool held = !alternative.terms.empty();
            for (const std::string& term : alternative.terms) {
                held = held && inputs_.snapshot.document_frequency(term) > 0;
                rarest = std::max(rarest, rarity(term));
            }
            if (held) rare = std::min(rare, rarest);
        }
    }
    aspect.age = age_of_group(aspect.lemma);
    if (view_.language == "da") add_season(aspect);
    if (!aspect.light) {
        weaken_light(aspect);
        aspect.others =
            inputs_.lexicon.contrasts().others(translated == nullptr ? word : *translated);
        weaken_others(aspect);
    }
    aspect.weight = rare * (aspect.light ? light_scale : 1.0F);
    add_unless_repeated(std::move(aspect));
}

void AspectBuilder::add_number(const Tokens& tokens, std::size_t position,
                               const Expansions& expansions) {
    const Token& token = tokens[position];
    Aspect aspect;
    aspect.surface = aspect.lemma = token.text;
    const Token* before = position > 0 ? &tokens[position - 1] : nullptr;
    const Token* after = position + 1 < tokens.size() ? &tokens[position + 1] : nullptr;
    if (token.kind != TokenKind::number ||
        (before != nullptr && !is_numbered(*before) && before->kind == TokenKind::paragraph)) {
        aspect.exact = true;
        aspect.alternatives.push_back({{token.text}, 1.0F});
    } else if (after != nullptr && after->text.starts_with("behandle")) {
        // "budgettet 2. behandles" is its "2. behandling".
        aspect.weight = loose_number_weight;
        aspect.alternatives.push_back({{ordinal_key(token.text, "behandling")}, 1.0F});
        aspect.alternatives.push_back({{ordinal_key(token.text, after->text)}, 1.0F});
    } else if (before != nullptr && is_numbered(*before) && !is_clock(before->text) &&
               !is_verb_form(before->text) && (after == nullptr || !is_unit(after->text))) {
        // The number is the thing's name: "lokalplan 142" is not answered by "lokalplan 128" and
        // 142 kroner.
        aspect.exact = true;
        aspect.alternatives.push_back({{number_key(before->text, token.text)}, 1.0F});
        const std::string* noun =
            view_.language == "en" ? translation(expansions, position - 1) : nullptr;
        if (noun != nullptr) aspect.alternatives.push_back({{number_key(*noun, token.text)}, 1.0F});
        // "pris vuggestue 2026": years are the same ones whatever they stand behind.
        aspect.alternatives.push_back(
            {{number_key({}, token.text)},
             is_year(token.text) ? year_of_other_noun_weight : other_noun_weight});
        aspect.alternatives.push_back({{token.text}, bare_number_weight});
    } else {
        aspect.weight = loose_number_weight;
        const bool of_years =
            after == nullptr || after->text.starts_with("år") || after->text == "years" ||
            after->text == "year" ||
            (before != nullptr && says_age(before->text) && !is_unit(after->text));
        if (of_years && token.text.size() <= 3 &&
            std::all_of(token.text.begin(), token.text.end(),
                        [](char c) { return c >= '0' && c <= '9'; })) {
            aspect.age = std::stoi(token.text);
            if (before != nullptr && before->text == "over") ++*aspect.age;
            if (before != nullptr && before->text == "under") --*aspect.age;
        }
        // "budgettet for 2027": which one.
        aspect.exact = before != nullptr && is_year(token.text) && names_with_year(before->text);
        bool named_by_it = false;
        if (after != nullptr && is_numbered(*after)) {
            aspect.alternatives.push_back({{ordinal_key(token.text, after->text)}, 1.0F});
            named_by_it = token.text.size() == 1 &&
                          is_told_by_ordinal(danish::Morphology::instance().lemma(after->text));
            for (const std::string_view other : ordinals) {
                if (other != token.text) aspect.others.push_back(ordinal_key(other, after->text));
            }
        }
        if (named_by_it) {
            aspect.exact = true;
            aspect.alternatives.push_back({{token.text}, bare_number_weight});
        } else {
            aspect.alternatives.push_back({{token.text}, aspect.exact ? 1.0F : 0.8F});
        }
    }
    add_unless_repeated(std::move(aspect));
}

}  // namespace raadbot::answer
