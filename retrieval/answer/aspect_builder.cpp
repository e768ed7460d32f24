#include "retrieval/answer/aspect_builder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>
#include <utility>

#include "retrieval/answer/aspect_words.hpp"
#include "retrieval/answer/light_words.hpp"
#include "retrieval/answer/question_traits.hpp"
#include "retrieval/answer/respelling.hpp"
#include "retrieval/answer/word_classes.hpp"
#include "retrieval/danish/asked_clause.hpp"
#include "retrieval/danish/municipalities.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using danish::Token;
using danish::TokenKind;
using Kind = danish::Morphology::Kind;

constexpr float light_phrase_weight = 0.6F;
constexpr float story_share = 0.5F;  // Of the weight of what is asked.

bool inside(const Token& token, std::size_t begin, std::size_t end) {
    return token.begin >= begin && token.end <= end;
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

/// Which words are the municipality's own name ("Egelund Kommunes"), when the question says more.
std::vector<bool> own_name(const std::vector<Token>& tokens, std::string_view municipality) {
    std::vector<bool> own(tokens.size(), false);
    const std::vector<Token> name = danish::tokenize(municipality);
    if (name.size() < 2) return own;  // "Skovby" alone is the town, too.
    const auto same = [](const std::string& word, const std::string& part) {
        return word == part || word == part + "s";
    };
    for (std::size_t i = 0; i + name.size() <= tokens.size(); ++i) {
        bool here = true;
        for (std::size_t n = 0; n < name.size(); ++n)
            here = here && same(tokens[i + n].text, name[n].text);
        if (here) std::fill_n(own.begin() + static_cast<std::ptrdiff_t>(i), name.size(), true);
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        if (!own[i] && !danish::is_stop_word(word) && !is_light_word(word)) return own;
    }
    return std::vector<bool>(tokens.size(), false);
}

bool joins(std::string_view word) {
    return word == "og" || word == "eller" || word == "and" || word == "or";
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

/// In the genitive too.
bool is_part_of(const std::string& word, const std::vector<Token>& name) {
    return std::any_of(name.begin(), name.end(), [&](const Token& part) {
        return word == part.text || word == part.text + "s";
    });
}

/// "Svendborg" is no other town whose name ends in "borg".
void forget_parts(Aspect& aspect) {
    constexpr float of_a_part = 0.5F;
    std::erase_if(aspect.alternatives, [&](const Alternative& alternative) {
        return alternative.weight < of_a_part && alternative.terms.size() == 1 &&
               alternative.terms.front().size() < aspect.lemma.size() &&
               aspect.lemma.find(alternative.terms.front()) != std::string::npos;
    });
}

}  // namespace

void AspectBuilder::add(std::string_view text, const std::vector<danish::DateMention>& dates,
                        const std::vector<danish::BodyMention>& bodies) {
    const Tokens tokens = repaired(text);
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
    if (view_.language == "da") parted_ = danish::particle_verbs(text, tokens);
    std::vector<bool> taken = take_phrases(tokens, expansions);
    for (const danish::ParticleVerb& parted : parted_) {
        if (!parted.words.empty()) taken[parted.particle] = true;
    }
    const std::vector<bool> own = own_name(tokens, inputs_.municipality);
    const std::vector<Token> own_words = danish::tokenize(inputs_.municipality);
    const Counted counted = what_is_counted(tokens);
    bool after_question_word = false;
    bool focus_found = false;
    bool adjunct = false;
    bool head_found = false;
    std::string preposition;
    std::string last_preposition;  // Of the noun before.
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        after_question_word = after_question_word || is_focusing(token.text);
        // "hvor parkerer jeg, når der er møde": what stands in the clause is a circumstance, also
        // where nothing was named before it.
        if (i > 0 && opens_adjunct(token.text, view_.language))
            adjunct = head_found || opens_clause(token.text);
        if (opens_adjunct(token.text, view_.language)) preposition = token.text;
        const bool subordinate =
            i > 1 && (opens_clause(tokens[i - 1].text) ||
                      (tokens[i - 1].text == "om" && tokens[i - 2].text == "selv"));
        if (is_subject(token.text) && !subordinate) {
            adjunct = false;
            preposition.clear();
        }
        if (taken[i] || own[i] || (is_told(token) && asked_again(token))) continue;
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
        if (body != bodies.end()) {
            added.body = body->key;
            add_printed_names(added, body->key);
        }
        if (view_.language == "en" && !added.exact) {
            const std::string* translated = translation(expansions, i);
            added.kind = translated == nullptr ? Kind::unknown
                                               : danish::Morphology::instance().kind(*translated);
        } else {
            added.kind = view_.language == "da"
                             ? kind_in_question(tokens, i)
                             : danish::Morphology::instance().kind(added.surface);
        }
        // "hvor hård straf": how much of it.
        if (i > 0 && tokens[i - 1].text == "hvor" && added.kind == Kind::adjective &&
            !added.light) {
            added.light = true;
            added.weight *= light_scale;
        }
        // "Ifølge dagsordenen": where it stands, not what is asked.
        const bool source =
            (i > 0 && tokens[i - 1].text == "ifølge") || (i > 1 && tokens[i - 2].text == "ifølge");
        if (source && added.kind == Kind::noun && !added.light) {
            added.light = true;
            added.weight *= light_scale;
        }
        // What the asker tells of himself may help to find, and proves nothing when it is missing.
        const bool names_thing =
            !added.light &&
            (added.kind == Kind::noun || added.kind == Kind::name || added.kind == Kind::unknown);
        if (is_told(token) || (named(token) && !names_thing) || is_origin(tokens, i)) {
            added.context = true;
            added.exact = added.name = false;
            continue;
        }
        added.adjunct = adjunct;
        added.infinitive = i > 0 && tokens[i - 1].text == "at" && view_.language == "da";
        const unsigned char first = static_cast<unsigned char>(text[token.begin]);
        // English writes months, days and peoples so.
        const bool translated = view_.language == "en" && translation(expansions, i) != nullptr;
        added.capital = i > 0 && !translated &&
                        ((first >= 'A' && first <= 'Z') ||
                         (first == 0xC3 && token.begin + 1 < text.size() &&
                          static_cast<unsigned char>(text[token.begin + 1]) < 0x9F));
        // The whole council is no name: every paper is about it.
        added.municipality =
            danish::is_municipality(added.surface) && !is_part_of(added.surface, own_words);
        if (added.capital || added.municipality) forget_parts(added);
        added.name = added.name || added.municipality || is_elsewhere(added.lemma) ||
                     (!added.body.empty() && added.body != "byråd" && added.body != "udvalg");
        const bool noun =
            added.kind == Kind::noun || added.kind == Kind::name || added.kind == Kind::unknown;
        if (token.kind == TokenKind::number && !added.exact) added.kind = Kind::adjective;
        head_found = head_found || (noun && !added.light);
        // "for børn og skole": both stand behind it.
        if (preposition.empty() && i > 0 && joins(tokens[i - 1].text))
            preposition = last_preposition;
        added.preposition = preposition;
        if (noun) last_preposition = std::exchange(preposition, {});
        if (counted.asked ? counted.thing == i
                          : after_question_word && !focus_found && !added.light && !added.exact) {
            added.focus = focus_found = true;
            // "hvor mange sider": they are what must be there, however common the word.
            if (std::exchange(added.light, false) && counted.asked) added.weight /= light_scale;
        }
    }
    keep_story_small();
}

bool AspectBuilder::is_told(const danish::Token& token) const {
    return std::any_of(story_.begin(), story_.end(), [&](const danish::Span& span) {
        return inside(token, span.begin, span.end);
    });
}

bool AspectBuilder::is_origin(const Tokens& tokens, std::size_t position) const {
    static const std::unordered_set<std::string_view> moving{"moved",   "moving",  "arrived",
                                                             "flyttet", "flytter", "tilflyttet"};
    constexpr std::size_t most_between = 3;  // "flyttet hertil fra Polen"
    if (position < 2 || in_corpus(tokens[position].text)) return false;
    const std::string& from = tokens[position - 1].text;
    if (from != "from" && from != "fra") return false;
    const std::size_t first = position > most_between ? position - most_between : 0;
    return std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(first),
                       tokens.begin() + static_cast<std::ptrdiff_t>(position),
                       [](const Token& token) { return moving.contains(token.text); });
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
        // "do I have to": no Danish "i have".
        if (view_.language == "en" && expansion.kind != danish::ExpansionKind::english) continue;
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

void AspectBuilder::add_year(int year, bool exact) {
    Aspect aspect;
    aspect.surface = aspect.lemma = std::to_string(year);
    aspect.exact = exact;
    aspect.year = true;
    aspect.weight = 0.5F;
    aspect.alternatives.push_back({{aspect.surface}, 1.0F});
    view_.whole_year = true;
    add_unless_repeated(std::move(aspect));
}

AspectBuilder::Tokens AspectBuilder::repaired(std::string_view text) const {
    const Respelling respelling(inputs_.snapshot, inputs_.lexicon_speller);
    return view_.language == "en" ? respelling.repaired_english(danish::tokenize(text))
                                  : respelling.repaired(text);
}

std::string AspectBuilder::repaired_text(std::string_view text) const {
    std::string result;
    std::size_t from = 0;
    for (const Token& meant : repaired(text)) {
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
    aspect.phrase = !which && !(is_focusing(before) &&
                                danish::Morphology::instance().kind(last.text) == Kind::noun);
    aspect.focus = !aspect.phrase;
    if (!aspect.phrase) {
        aspect.lemma = danish::Morphology::instance().lemma(last.text);
        add_own_forms(aspect, last.text, 1.0F);
    }
    aspect.weight = light_phrase_weight;
    aspect.context = is_told(tokens[expansion.first_token]);
    for (const danish::ParticleVerb& parted : parted_) {
        if (expansion.first_token <= parted.verb && parted.particle < expansion.last_token)
            add_joined_forms(aspect, parted);
    }
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

}  // namespace raadbot::answer
