#include "retrieval/answer/aspect_builder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>
#include <utility>

#include "retrieval/answer/light_words.hpp"
#include "retrieval/answer/question_traits.hpp"
#include "retrieval/answer/respelling.hpp"
#include "retrieval/danish/asked_clause.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using danish::Token;
using danish::TokenKind;
using Kind = danish::Morphology::Kind;

constexpr float light_phrase_weight = 0.6F;
constexpr float story_share = 0.5F;  // Of the weight of what is asked.
constexpr float light_scale = 0.3F;  // Weight of light words beside full ones.
constexpr float split_parts_weight = 0.85F;
constexpr float head_only_weight = 0.42F;
constexpr float modifier_only_weight = 0.42F;
constexpr float loose_number_weight = 0.5F;  // A number that is a quantity or an age, no name.
constexpr float other_noun_weight = 0.8F;    // "rute 47" where "bus 47" was asked for.
constexpr float untranslated_weight = 0.4F;  // An English word that has a Danish one.
constexpr std::array<std::string_view, 9> ordinals{"1", "2", "3", "4", "5", "6", "7", "8", "9"};
constexpr float bare_number_weight = 0.35F;  // The digits without the noun that they number.

/// Ends as a verb does in the present or past.
bool is_verb_form(std::string_view word) {
    return word.size() > 3 &&
           (word.ends_with("er") || word.ends_with("te") || word.ends_with("ede")) &&
           danish::Morphology::instance().may_be_verb(word);
}

bool inside(const Token& token, std::size_t begin, std::size_t end) {
    return token.begin >= begin && token.end <= end;
}

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

/// True when a word of the phrase is neither a stop word nor light.
bool says_something(const danish::Expansion& expansion, const std::vector<Token>& tokens) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    for (std::size_t i = expansion.first_token; i < expansion.last_token; ++i) {
        const std::string& word = tokens[i].text;
        if (danish::is_stop_word(word)) continue;
        const std::string lemma = morphology.lemma(word);
        if (!is_light_word(word) && !is_light_word(lemma)) return true;
    }
    return false;
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

/// The official term, and for a compound its parts apart: "byrådsmøde" stands in "byrådets
/// møder".
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

/// A word that numbers can name things of: "lokalplan 142", "punkt 4".
bool is_numbered(const Token& token) {
    if (token.kind != TokenKind::word || danish::is_stop_word(token.text)) return false;
    const Kind kind = danish::Morphology::instance().kind(token.text);
    return kind != Kind::verb && kind != Kind::adjective;
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

bool joins(std::string_view word) {
    return word == "og" || word == "eller" || word == "and" || word == "or";
}

/// "kl. 23", "klokken 23"
bool is_clock(std::string_view word) { return word == "kl" || word == "klokken"; }

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

bool is_year(std::string_view digits) {
    return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}

/// Other authorities and places of politics: a town's own material seldom answers for them.
bool is_elsewhere(std::string_view lemma) {
    static const std::unordered_set<std::string_view> words{
        "folketing",   "region",    "regionsråd", "minister",  "statsminister",   "ministerium",
        "eu",          "stat",      "regering",   "parlament", "europaparlament", "højesteret",
        "nabokommune", "hovedstad", "nato",       "fn"};
    if (words.contains(lemma)) return true;
    constexpr std::array<std::string_view, 3> beginnings{"folketing", "region", "europa"};
    return lemma.size() > 9 &&
           std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view b) { return lemma.starts_with(b); });
}

}  // namespace

void AspectBuilder::add(std::string_view text, const std::vector<danish::DateMention>& dates,
                        const std::vector<danish::BodyMention>& bodies) {
    const Tokens tokens = repaired(danish::tokenize(text));
    const Expansions expansions = inputs_.lexicon.expand(
        tokens, text, [this](const std::string& word) { return is_used(word); });
    const bool meeting_question = asks_about_meetings(view_.type);
    const danish::AskedClauses clauses = danish::asked_clauses(text);
    story_ = clauses.story;
    const auto named = [&](const Token& token) {
        return clauses.named && inside(token, clauses.named->begin, clauses.named->end);
    };
    const auto asked_again = [&](const Token& token) {
        return std::any_of(tokens.begin(), tokens.end(), [&](const Token& other) {
            return other.text == token.text && !is_told(other);
        });
    };
    const std::vector<bool> taken = take_phrases(tokens, expansions);
    bool after_question_word = false;
    bool focus_found = false;
    bool adjunct = false;
    bool head_found = false;
    std::string preposition;
    std::string last_preposition;  // Of the noun before.
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        after_question_word = after_question_word || is_focusing(token.text);
        if (i > 0 && opens_adjunct(token.text, view_.language)) adjunct = head_found;
        if (opens_adjunct(token.text, view_.language)) preposition = token.text;
        if (is_subject(token.text)) {
            adjunct = false;
            preposition.clear();
        }
        if (taken[i] || (is_told(token) && asked_again(token))) continue;
        const auto within = [&](const auto& mention) {
            return inside(token, mention.begin, mention.end);
        };
        if (std::any_of(dates.begin(), dates.end(), within)) continue;
        // A body limits which meetings are meant; outside meetings it is what the question is
        // about.
        const auto body = std::find_if(bodies.begin(), bodies.end(), [&](const auto& m) {
            return token.begin < m.end && m.begin < token.end;
        });
        if (meeting_question && body != bodies.end()) continue;
        const std::size_t before = view_.aspects.size();
        if (token.kind == TokenKind::word) {
            add_word(tokens, i, expansions);
        } else {
            add_number(tokens, i, expansions);
        }
        if (view_.aspects.size() == before) continue;
        Aspect& added = view_.aspects.back();
        added.body = body != bodies.end();
        if (added.body) add_printed_names(added, body->key);
        if (view_.language == "en" && !added.exact) {
            const std::string* translated = translation(expansions, i);
            added.kind = translated == nullptr ? Kind::unknown
                                               : danish::Morphology::instance().kind(*translated);
        } else {
            added.kind = danish::Morphology::instance().kind(added.surface);
        }
        // What the asker tells of himself may help to find, and proves nothing when it is missing.
        const bool names_thing =
            !added.light &&
            (added.kind == Kind::noun || added.kind == Kind::name || added.kind == Kind::unknown);
        if (is_told(token) || (named(token) && !names_thing)) {
            added.context = true;
            added.exact = added.name = false;
            continue;
        }
        added.adjunct = adjunct;
        // "hvem arbejder", "min bror arbejder": after a subject comes a verb, whatever else the
        // word is.
        const bool after_subject =
            i == 0 || is_subject(tokens[i - 1].text) || is_question_pronoun(tokens[i - 1].text) ||
            (is_verb_form(token.text) && is_numbered(tokens[i - 1]) &&
             danish::Morphology::instance().kind(tokens[i - 1].text) == Kind::noun);
        if (added.kind == Kind::noun && after_subject && view_.language == "da" &&
            danish::Morphology::instance().may_be_verb(token.text)) {
            added.kind = Kind::verb;
        }
        // "hvor dybt": what is asked for is the depth.
        if (i > 0 && tokens[i - 1].text == "hvor" && added.kind == Kind::adjective)
            added.kind = Kind::noun;
        added.infinitive = i > 0 && tokens[i - 1].text == "at" && view_.language == "da";
        const unsigned char first = static_cast<unsigned char>(text[token.begin]);
        added.capital = i > 0 && ((first >= 'A' && first <= 'Z') ||
                                  (first == 0xC3 && token.begin + 1 < text.size() &&
                                   static_cast<unsigned char>(text[token.begin + 1]) < 0x9F));
        // The whole council is no name: every paper is about it.
        added.name = added.name || is_elsewhere(added.lemma) ||
                     (added.body && body->key != "byråd" && body->key != "udvalg");
        const bool noun =
            added.kind == Kind::noun || added.kind == Kind::name || added.kind == Kind::unknown;
        if (token.kind == TokenKind::number && !added.exact) added.kind = Kind::adjective;
        head_found = head_found || (noun && !added.light);
        // "for børn og skole": both stand behind it.
        if (preposition.empty() && i > 0 && joins(tokens[i - 1].text))
            preposition = last_preposition;
        added.preposition = preposition;
        if (noun) last_preposition = std::exchange(preposition, {});
        if (after_question_word && !focus_found && !added.light && !added.exact) {
            added.focus = focus_found = true;
        }
    }
    keep_story_small();
}

bool AspectBuilder::is_told(const danish::Token& token) const {
    return std::any_of(story_.begin(), story_.end(), [&](const danish::Span& span) {
        return inside(token, span.begin, span.end);
    });
}

void AspectBuilder::keep_story_small() {
    float told = 0;
    float asked = 0;
    for (const Aspect& aspect : view_.aspects) (aspect.context ? told : asked) += aspect.weight;
    if (told <= story_share * asked) return;
    for (Aspect& aspect : view_.aspects) {
        if (aspect.context) aspect.weight *= story_share * asked / told;
    }
}

std::vector<bool> AspectBuilder::take_phrases(const Tokens& tokens, const Expansions& expansions) {
    std::vector<bool> taken(tokens.size(), false);
    // Phrases of the lexicon ("tabt arbejdsfortjeneste", "få på dagsordenen"): their official
    // term covers each of their words. A phrase of light words only means something as a whole,
    // and is one aspect.
    phrases_.clear();
    for (const danish::Expansion& expansion : expansions) {
        if (expansion.last_token - expansion.first_token < 2) continue;
        // "how many members": the members are what it is about.
        static const std::unordered_set<std::string_view> openers{"how", "what", "who", "when",
                                                                  "where"};
        if (openers.contains(tokens[expansion.first_token].text)) continue;
        if (says_something(expansion, tokens)) {
            phrases_.push_back(&expansion);
            continue;
        }
        if (!taken[expansion.first_token]) {
            for (std::size_t i = expansion.first_token; i < expansion.last_token; ++i)
                taken[i] = true;
            start_phrase(expansion, tokens);
        }
        extend(expansion, tokens);
    }
    return taken;
}

void AspectBuilder::add_year(int year) {
    Aspect aspect;
    aspect.surface = aspect.lemma = std::to_string(year);
    aspect.exact = aspect.year = true;
    aspect.weight = 0.5F;
    aspect.alternatives.push_back({{aspect.surface}, 1.0F});
    view_.whole_year = true;
    add_unless_repeated(std::move(aspect));
}

AspectBuilder::Tokens AspectBuilder::repaired(Tokens tokens) const {
    const Respelling respelling(inputs_.snapshot, inputs_.lexicon_speller);
    return view_.language == "en" ? respelling.repaired_english(std::move(tokens))
                                  : respelling.repaired(std::move(tokens));
}

std::string AspectBuilder::repaired_text(std::string_view text) const {
    std::string result;
    std::size_t from = 0;
    for (const Token& meant : repaired(danish::tokenize(text))) {
        if (meant.begin < from) {  // The second part of a word that was written together.
            result.append(" ").append(meant.text);
            continue;
        }
        const std::string_view typed = text.substr(meant.begin, meant.end - meant.begin);
        result.append(text.substr(from, meant.begin - from));
        // As typed where nothing was changed: a capital says something.
        if (danish::fold(typed) == meant.text) {
            result.append(typed);
        } else {
            result.append(meant.text);
        }
        from = meant.end;
    }
    return result.append(text.substr(from));
}

bool AspectBuilder::in_corpus(std::string_view word) const {
    return inputs_.snapshot.document_frequency(word) > 0 ||
           inputs_.snapshot.document_frequency(danish::Morphology::instance().lemma(word)) > 0;
}

bool AspectBuilder::is_used(const std::string& word) const {
    if (in_corpus(word)) return true;
    const auto parts = danish::Morphology::instance().split(word);
    return parts.size() > 1 &&
           std::all_of(parts.begin(), parts.end(),
                       [&](const std::string& part) { return in_corpus(part); });
}

float AspectBuilder::rarity(const std::string& word) const {
    const double n = inputs_.snapshot.passage_count() + 1.0;
    double df = inputs_.snapshot.document_frequency(word);
    for (const std::string& lemma : danish::Morphology::instance().lemmas(word)) {
        df = std::max(df, static_cast<double>(inputs_.snapshot.document_frequency(lemma)));
    }
    // log-scaled 0..1; a word in every passage counts 0.15.
    const double idf = std::log(n / (df + 0.5)) / std::log(n * 2);
    return static_cast<float>(std::clamp(idf, 0.15, 1.0));
}

Typical AspectBuilder::typical(std::string_view meant) const {
    constexpr std::size_t most_entries = 3;
    constexpr float least_likeness = 0.35F;
    constexpr float as_like = 0.75F;  // Of the best one's likeness.
    constexpr float later = 0.85F;    // Of the word before: the most telling comes first.
    constexpr std::size_t telling = 4;
    constexpr float stand_in_weight = 0.5F;
    std::vector<danish::StandIn> stand_ins;
    for (const danish::Expansion& e : inputs_.lexicon.expand(danish::tokenize(meant), meant)) {
        if (e.kind == danish::ExpansionKind::thesaurus) continue;
        for (const std::string& word : e.words)
            stand_ins.push_back({word, stand_in_weight * e.weight});
    }
    Typical typical;
    for (const danish::TypicalQuestion& known :
         inputs_.lexicon.typical_questions().like(meant, stand_ins, most_entries)) {
        if (known.likeness < least_likeness || known.likeness < as_like * typical.likeness) break;
        typical.likeness = std::max(typical.likeness, known.likeness);
        float weight = known.likeness;
        for (const std::vector<std::string>& terms : *known.answer_words) {
            float rare = 1;
            bool used = true;
            for (const std::string& term : terms) {
                used = used && in_corpus(term);
                rare = std::min(rare, rarity(term));
            }
            const bool held =
                std::any_of(typical.words.begin(), typical.words.end(),
                            [&](const TypicalWord& word) { return word.terms == terms; });
            if (used && !held) typical.words.push_back({terms, weight * rare});
            weight *= later;
        }
    }
    std::stable_sort(typical.words.begin(), typical.words.end(),
                     [](const auto& a, const auto& b) { return a.weight > b.weight; });
    float sum = 0;
    for (std::size_t i = 0; i < std::min(telling, typical.words.size()); ++i)
        sum += typical.words[i].weight;
    for (TypicalWord& word : typical.words) word.weight /= sum;
    return typical;
}

void AspectBuilder::start_phrase(const danish::Expansion& expansion, const Tokens& tokens) {
    Aspect aspect;
    for (std::size_t i = expansion.first_token; i < expansion.last_token; ++i) {
        if (!aspect.surface.empty()) aspect.surface += ' ';
        aspect.surface += tokens[i].text;
    }
    aspect.lemma = aspect.surface;
    // "hvor mange svar" asks for the answers; "hvor mange skal være mødt" for no thing. What stands
    // behind "hvilket" is always one, whatever else the word may be ("lokale").
    const danish::Token& last = tokens[expansion.last_token - 1];
    const std::string& before = tokens[expansion.last_token - 2].text;
    const bool which = before.starts_with("hvilke") || before == "which";
    aspect.focus = which;
    aspect.phrase = !which && !(is_focusing(before) &&
                                danish::Morphology::instance().kind(last.text) == Kind::noun);
    aspect.weight = light_phrase_weight;
    aspect.context = is_told(tokens[expansion.first_token]);
    view_.aspects.push_back(std::move(aspect));
}

void AspectBuilder::extend(const danish::Expansion& expansion, const Tokens& tokens) {
    std::string surface;
    for (std::size_t i = expansion.first_token; i < expansion.last_token; ++i) {
        if (!surface.empty()) surface += ' ';
        surface += tokens[i].text;
    }
    for (Aspect& aspect : view_.aspects) {
        if (aspect.surface == surface) add_expansion(aspect, expansion);
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
            // Nor is "pladsmand" a matter of "plads".
            const std::string head = compound_key(right);
            const bool empty_head = (is_light_word(head) && head != "mand") || head == "plads";
            aspect.alternatives.push_back(
                {{compound_key(left)},
                 weight * (empty_head ? split_parts_weight : modifier_only_weight)});
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
    if (danish::is_stop_word(word) && !known_to_lexicon) return;
    const bool unheard_of = word.size() == 2 && !known_to_lexicon && !in_corpus(word);
    if (word.size() < 2 || unheard_of) return;
    Aspect aspect;
    // Danish inflection says nothing of an English word: "minutes" is no form of "minut".
    const std::string* translated =
        view_.language == "en" ? translation(expansions, position) : nullptr;
    aspect.surface = word;
    aspect.lemma = translated == nullptr ? morphology.lemma(word) : word;
    if (is_question_frame(aspect.lemma) || is_question_frame(word)) return;
    const auto& only_asks = sought_.asked_as;
    if (std::find(only_asks.begin(), only_asks.end(), aspect.lemma) != only_asks.end()) return;
    if (asks_about_meetings(view_.type) &&
        (is_decision_frame(aspect.lemma) || is_decision_frame(word))) {
        return;
    }
    const bool in_dictionary = morphology.known(word);
    if (!in_dictionary && word.size() <= 3 && !in_corpus(word) && !known_to_lexicon) {
        return;  // "tl", "pga": nothing to hold on to.
    }
    if (translated == nullptr) {
        add_own_forms(aspect, word, 1.0F);
    } else {
        // "to park" is no "Vej og Park"; a name or a loan word still counts for something.
        const bool same = *translated == word;
        aspect.alternatives.push_back({{word}, same ? 1.0F : untranslated_weight});
    }
    for (const danish::Expansion& e : expansions) {
        if (expands(e)) add_expansion(aspect, e);
    }
    for (const danish::Expansion* phrase : phrases_) {
        if (phrase->first_token <= position && position < phrase->last_token)
            add_expansion(aspect, *phrase);
    }
    // "pas" is a thing of its own, "sidder" only a form of a light verb.
    const std::vector<std::string> lemmas =
        translated == nullptr ? morphology.lemmas(word) : morphology.lemmas(*translated);
    // "giver" is hardly ever a giver, "mente" no carry.
    const bool inflected = aspect.lemma != word || is_verb_form(word);
    const bool light_reading = (translated != nullptr || inflected) &&
                               std::any_of(lemmas.begin(), lemmas.end(),
                                           [](const auto& lemma) { return is_light_word(lemma); });
    aspect.light = danish::is_stop_word(word) || is_mere_place(tokens, position) ||
                   is_light_word(word) || is_light_word(aspect.lemma) || light_reading ||
                   (view_.time && is_opening_hours(aspect.lemma)) ||
                   (view_.language == "en" && is_light_english(word));
    // A word that no dictionary knows and the lexicon does not explain is a name (or names
    // nothing here).
    const bool has_synonym = std::any_of(expansions.begin(), expansions.end(), expands);
    aspect.name = !in_dictionary && !has_synonym && !aspect.light && view_.language == "da";
    // A word that only the lexicon brings to the material is as rare as what it stands for.
    float rare = rarity(word);
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
    if (!aspect.light)
        aspect.others =
            inputs_.lexicon.contrasts().others(translated == nullptr ? word : *translated);
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
    } else if (before != nullptr && is_numbered(*before) && !is_clock(before->text) &&
               !is_verb_form(before->text) && (after == nullptr || !is_unit(after->text))) {
        // The number is the thing's name: "lokalplan 142" is not answered by "lokalplan 128" and
        // 142 kroner.
        aspect.exact = true;
        aspect.alternatives.push_back({{number_key(before->text, token.text)}, 1.0F});
        const std::string* noun =
            view_.language == "en" ? translation(expansions, position - 1) : nullptr;
        if (noun != nullptr) aspect.alternatives.push_back({{number_key(*noun, token.text)}, 1.0F});
        aspect.alternatives.push_back({{number_key({}, token.text)}, other_noun_weight});
        aspect.alternatives.push_back({{token.text}, bare_number_weight});
    } else {
        aspect.weight = loose_number_weight;
        const bool of_years = after == nullptr || after->text.starts_with("år") ||
                              after->text == "years" || after->text == "year";
        if (of_years && token.text.size() <= 3 &&
            std::all_of(token.text.begin(), token.text.end(),
                        [](char c) { return c >= '0' && c <= '9'; })) {
            aspect.age = std::stoi(token.text);
        }
        // "budgettet for 2027": which one.
        aspect.exact = before != nullptr && is_year(token.text) && names_with_year(before->text);
        if (after != nullptr && is_numbered(*after)) {
            aspect.alternatives.push_back({{ordinal_key(token.text, after->text)}, 1.0F});
            for (const std::string_view other : ordinals) {
                if (other != token.text) aspect.others.push_back(ordinal_key(other, after->text));
            }
        }
        aspect.alternatives.push_back({{token.text}, aspect.exact ? 1.0F : 0.8F});
    }
    add_unless_repeated(std::move(aspect));
}

}  // namespace raadbot::answer
