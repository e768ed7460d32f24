#include "retrieval/danish/particle_verbs.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/remembered.hpp"

namespace raadbot::danish {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t most_between = 7;  // Tokens between verb and particle.
constexpr std::size_t shortest_verb = 4;

/// How the particle begins the joined word; whether it may be a preposition too.
struct Particle {
    std::string_view first_part;
    bool preposition = false;
};

const std::unordered_map<std::string_view, Particle>& particles() {
    static const std::unordered_map<std::string_view, Particle> listed{
        {"ned", {"ned", false}},   {"op", {"op", false}},           {"ind", {"ind", false}},
        {"ud", {"ud", false}},     {"tilbage", {"tilbage", false}}, {"sammen", {"sammen", false}},
        {"frem", {"frem", false}}, {"bort", {"bort", false}},       {"væk", {"bort", false}},
        {"hen", {"hen", false}},   {"igennem", {"gennem", true}},   {"gennem", {"gennem", true}},
        {"fra", {"fra", true}},    {"til", {"til", true}},          {"om", {"om", true}},
        {"over", {"over", true}},  {"med", {"med", true}},          {"af", {"af", true}}};
    return listed;
}

/// Between a verb and its particle stand neither these nor what only a finite clause has.
bool parts_clauses(std::string_view word) {
    static const std::unordered_set<std::string_view> words{
        "og",      "eller", "men",  "at",   "som", "der", "hvis",   "når",     "fordi",   "mens",
        "hvornår", "hvor",  "hvad", "hvem", "da",  "så",  "hvilke", "hvilken", "hvilket", "må",
        "kan",     "skal",  "vil",  "bør",  "har", "er",  "var",    "blev",    "bliver"};
    return words.contains(word);
}

/// What may follow a particle, and never a preposition's own noun.
bool follows_particle(std::string_view word) {
    static const std::unordered_set<std::string_view> words{
        "på",    "i",      "hos",      "til",   "ved",  "inden",   "senest", "for",
        "fra",   "via",    "gennem",   "når",   "hvis", "og",      "eller",  "som",
        "før",   "efter",  "igen",     "under", "uden", "mod",     "samt",   "men",
        "fordi", "online", "digitalt", "ikke",  "selv", "hvornår", "hvordan"};
    return words.contains(word);
}

/// Asks for or points back to what a preposition at the end belongs to: "hvem skal jeg tale med".
bool leaves_preposition(std::string_view word) {
    return word == "hvad" || word == "hvem" || word == "hvor" || word == "som" || word == "der" ||
           word.starts_with("hvilke");
}

bool is_pronoun(std::string_view word) {
    static const std::unordered_set<std::string_view> words{"mig", "dig", "sig",   "os",
                                                            "jer", "ham", "hende", "dem"};
    return words.contains(word);
}

/// A word that may be noun or infinitive is a verb behind these: "at fylde", "skal jeg fylde".
bool precedes_infinitive(std::string_view word) {
    static const std::unordered_set<std::string_view> words{
        "at", "jeg", "man", "vi", "du", "i", "han", "hun", "kan", "skal", "vil", "må", "bør"};
    return words.contains(word);
}

/// Verbs whose joined forms mean something else ("gå ind" is not "indgå", "holde op" not
/// "opholde"), and what is hardly ever a verb.
bool shifts_meaning(std::string_view verb) {
    static const std::unordered_set<std::string_view> verbs{"gå",    "komme", "få",    "være",
                                                            "blive", "have",  "gøre",  "se",
                                                            "stå",   "holde", "finde", "længe"};
    return verbs.contains(verb);
}

bool is_verb(const std::string& infinitive) {
    const Morphology& morphology = Morphology::instance();
    const bool ending = infinitive.ends_with('e') || infinitive.ends_with("å");
    if (!ending || !morphology.known(infinitive)) return false;
    const Words of_present = morphology.lemmas(infinitive + "r");
    return std::find(of_present.begin(), of_present.end(), infinitive) != of_present.end();
}

/// "lægge" -> "lægg" and "læg": what its nouns of action are formed of.
std::vector<std::string_view> stems(std::string_view infinitive) {
    if (infinitive.ends_with('e')) infinitive.remove_suffix(1);
    std::vector<std::string_view> found{infinitive};
    const std::size_t size = infinitive.size();
    if (size > 2 && infinitive[size - 1] == infinitive[size - 2])
        found.push_back(infinitive.substr(0, size - 1));
    return found;
}

constexpr std::array<std::string_view, 3> action_endings{"ning", "ing", "else"};

/// The dictionary's words for what `infinitive` with the particle before it does.
Words joined_words(std::string_view first_part, std::string_view infinitive) {
    const Morphology& morphology = Morphology::instance();
    Words words;
    std::string verb = std::string(first_part).append(infinitive);
    for (const std::string_view stem : stems(verb)) {
        for (const std::string_view ending : action_endings) {
            std::string noun = std::string(stem).append(ending);
            if (morphology.known(noun)) words.push_back(std::move(noun));
        }
    }
    if (is_verb(verb)) words.insert(words.begin(), std::move(verb));
    return words;
}

/// What a form of a verb makes with a particle.
struct Joined {
    Words words;
    bool verb = false;  ///< It is one, whether it makes words or not.
    bool noun = false;  ///< The word is sooner a noun: "skole" in "bygge en skole om".
};

/// "revet" with "ned" gives "nedrive" and "nedrivning".
Joined joined_words_of_form(std::string_view first_part, const std::string& form) {
    static const Remembered<Joined> known;
    return known.get(std::string(first_part).append(" ").append(form), [&] {
        const Morphology& morphology = Morphology::instance();
        Words lemmas = morphology.lemmas(form);
        if (!form.ends_with('e')) lemmas.push_back(form + "e");  // "meld dig til"
        Joined joined;
        for (const std::string& lemma : lemmas) {
            if (lemma.size() < shortest_verb || !is_verb(lemma)) continue;
            const bool noun = morphology.kind(lemma) == Morphology::Kind::noun;
            // "skolen", "pladserne"
            if (noun && (form.ends_with('n') || form.ends_with("ne"))) continue;
            joined.verb = joined.verb || (!noun && lemma != "længe");
            if (shifts_meaning(lemma)) continue;
            joined.words = joined_words(first_part, lemma);
            joined.noun = noun;
            if (!joined.words.empty()) break;
        }
        return joined;
    });
}

bool parted_by_mark(std::string_view text, const Token& left, const Token& right) {
    if (right.begin <= left.end || right.begin > text.size()) return false;
    return text.substr(left.end, right.begin - left.end).find_first_of(".,;:?!()\n") !=
           std::string_view::npos;
}

/// Where the clause goes on behind `at`; nothing at its end.
const Token* next_in_clause(std::string_view text, const std::vector<Token>& tokens,
                            std::size_t at) {
    if (at + 1 >= tokens.size() || parted_by_mark(text, tokens[at], tokens[at + 1])) return nullptr;
    return &tokens[at + 1];
}

/// The preposition that the word at `at` could be would have nothing to belong to.
bool stands_alone(std::string_view text, const std::vector<Token>& tokens, std::size_t at,
                  std::size_t verb) {
    const Token* next = next_in_clause(text, tokens, at);
    if (next != nullptr) {
        // "til og med fredag"
        const bool up_to = next->text == "og" && at + 2 < tokens.size() &&
                           (tokens[at + 2].text == "med" || tokens[at + 2].text == "fra");
        return follows_particle(next->text) && !up_to;
    }
    const std::string& particle = tokens[at].text;
    const bool adverbial = particle == "med" || particle == "af" || particle == "fra";
    if (at == verb + 1 && adverbial) return true;                        // "hvad skal jeg tage med"
    if (at <= verb + 3 && is_pronoun(tokens[at - 1].text)) return true;  // "melder jeg mig til"
    for (std::size_t i = verb; i-- > 0;) {
        if (leaves_preposition(tokens[i].text)) return false;
        if (parted_by_mark(text, tokens[i], tokens[i + 1])) break;
    }
    return true;
}

}  // namespace

std::vector<ParticleVerb> particle_verbs(std::string_view text, const std::vector<Token>& tokens) {
    std::vector<ParticleVerb> found;
    for (std::size_t at = 1; at < tokens.size(); ++at) {
        const auto particle = particles().find(tokens[at].text);
        if (particle == particles().end()) continue;
        // Cheap first: most of them are prepositions with their noun behind them.
        if (particle->second.preposition) {
            const Token* next = next_in_clause(text, tokens, at);
            if (next != nullptr && !follows_particle(next->text)) continue;
        }
        // "ud mod vejen", "ned ad bakken": where to, of no verb.
        if (at + 1 < tokens.size() && (tokens[at + 1].text == "mod" || tokens[at + 1].text == "ad"))
            continue;
        std::optional<ParticleVerb> best;
        std::optional<std::size_t> unjoined;
        const std::size_t farthest = at > most_between ? at - most_between - 1 : 0;
        for (std::size_t verb = at; verb-- > farthest;) {
            if (parted_by_mark(text, tokens[verb], tokens[verb + 1])) break;
            const Token& token = tokens[verb];
            if (parts_clauses(token.text)) break;
            if (token.kind != TokenKind::word || is_stop_word(token.text)) continue;
            Joined joined = joined_words_of_form(particle->second.first_part, token.text);
            if (joined.words.empty()) {
                if (joined.verb && !unjoined) unjoined = verb;
                continue;
            }
            if (joined.noun && (best || unjoined)) continue;
            if (joined.noun && token.text.ends_with('e') &&
                (verb == 0 || !precedes_infinitive(tokens[verb - 1].text)))
                continue;
            best = ParticleVerb{verb, at, std::move(joined.words)};
            if (!joined.noun) break;
        }
        if (!best && unjoined) best = ParticleVerb{*unjoined, at, {}};
        // One particle a verb: "sat ned til 20" is no "tilsat".
        if (!best) continue;
        if (particle->second.preposition && !stands_alone(text, tokens, at, best->verb)) continue;
        if (!found.empty() && found.back().verb == best->verb) {
            if (!found.back().words.empty()) continue;
            found.pop_back();
        }
        found.push_back(*std::move(best));
    }
    return found;
}

std::optional<std::string> parted_verb(std::string_view lemma) {
    for (const auto& [word, particle] : particles()) {
        const std::string_view first = particle.first_part;
        if (word == "væk" || word == "gennem" || !lemma.starts_with(first)) continue;
        std::string rest(lemma.substr(first.size()));
        if (rest.size() < shortest_verb) continue;
        if (is_verb(rest) && !shifts_meaning(rest)) return rest;
        for (const std::string_view ending : action_endings) {
            if (!rest.ends_with(ending) || rest.size() < ending.size() + 2) continue;
            const std::string stem = rest.substr(0, rest.size() - ending.size());
            for (std::string verb : {stem + stem.back() + "e", stem + "e"}) {
                if (verb.size() >= shortest_verb && !shifts_meaning(verb) && is_verb(verb))
                    return verb;
            }
        }
    }
    return std::nullopt;
}

}  // namespace raadbot::danish
