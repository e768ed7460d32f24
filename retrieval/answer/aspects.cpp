#include "retrieval/answer/aspects.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

#include "retrieval/answer/light_words.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/numbers.hpp"
#include "retrieval/danish/spelling.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using danish::Token;
using danish::TokenKind;

constexpr float light_phrase_weight = 0.6F;
constexpr float light_scale = 0.3F;    // Weight of light words beside full ones.
constexpr float context_scale = 0.4F;  // Weight of what an earlier question was about.
constexpr float split_parts_weight = 0.85F;
constexpr float head_only_weight = 0.42F;
constexpr float modifier_only_weight = 0.42F;

bool asks_about_meetings(QuestionType type) {
    return type == QuestionType::decision || type == QuestionType::vote ||
           type == QuestionType::proposal || type == QuestionType::said ||
           type == QuestionType::agenda || type == QuestionType::attendance;
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

/// Question words behind which the thing that is asked for stands.
bool is_focusing(std::string_view word) {
    static const std::unordered_set<std::string_view> words{
        "mange",  "meget", "hvem", "hvilken", "hvilket", "hvilke",
        "hedder", "many",  "much", "who",     "which",   "hed"};
    return words.contains(word);
}

class Builder {
public:
    Builder(QuestionView& view, const AspectInputs& inputs) : view_(view), inputs_(inputs) {}

    /// Adds the aspects of `text`; `context`: an earlier question.
    void add(std::string_view text, const std::vector<danish::DateMention>& dates,
             const std::vector<danish::BodyMention>& bodies, bool context) {
        const std::vector<Token> tokens = repaired(danish::tokenize(text));
        const std::vector<danish::Expansion> expansions = inputs_.lexicon.expand(tokens, text);
        const bool meeting_question = asks_about_meetings(view_.type);
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
                start_phrase(expansion, tokens, context);
            }
            extend(expansion, tokens);
        }
        bool after_question_word = false;
        bool focus_found = context;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const Token& token = tokens[i];
            after_question_word = after_question_word || is_focusing(token.text);
            if (taken[i]) continue;
            const auto within = [&](const auto& mention) {
                return inside(token, mention.begin, mention.end);
            };
            if (std::any_of(dates.begin(), dates.end(), within)) continue;
            // A body limits which meetings are meant; outside meetings it is what the question is
            // about.
            const bool names_body =
                std::any_of(bodies.begin(), bodies.end(), [&](const danish::BodyMention& m) {
                    return token.begin < m.end && m.begin < token.end;
                });
            if (meeting_question && names_body) continue;
            const std::size_t before = view_.aspects.size();
            if (token.kind == TokenKind::word) {
                add_word(token, i, expansions, context);
            } else {
                add_number(token, context);
            }
            if (view_.aspects.size() == before) continue;
            Aspect& added = view_.aspects.back();
            added.body = names_body;
            if (after_question_word && !focus_found && !added.light && !added.exact) {
                added.focus = focus_found = true;
            }
        }
    }

    void set_context_scale(float scale) { context_scale_ = scale; }

    /// A year must be said where the answer stands.
    void add_year(int year) {
        Aspect aspect;
        aspect.surface = aspect.lemma = std::to_string(year);
        aspect.exact = aspect.year = true;
        aspect.weight = 0.5F;
        aspect.alternatives.push_back({{aspect.surface}, 1.0F});
        view_.whole_year = true;
        add_unless_repeated(std::move(aspect));
    }

private:
    [[nodiscard]] bool in_corpus(std::string_view word) const {
        return inputs_.snapshot.document_frequency(word) > 0 ||
               inputs_.snapshot.document_frequency(danish::Morphology::instance().lemma(word)) > 0;
    }

    /// From the corpus, else from the lexicon.
    [[nodiscard]] std::optional<std::string> correction(const std::string& word) const {
        constexpr double sure_enough = 0.55;
        auto corrected = inputs_.snapshot.correct(word);
        if (!corrected) {
            const auto found = inputs_.lexicon_speller.correct(word, 1);
            if (!found.empty() && found.front().confidence >= sure_enough)
                corrected = found.front().word;
        }
        if (corrected && corrected->find(' ') != std::string::npos) return std::nullopt;
        return corrected;
    }

    /// Spelling first, so that lexicon and frames see the words that were meant.
    [[nodiscard]] std::vector<Token> repaired(std::vector<Token> tokens) const {
        const danish::Morphology& morphology = danish::Morphology::instance();
        if (view_.language == "en") return tokens;
        for (Token& token : tokens) {
            if (token.kind != TokenKind::word || danish::is_stop_word(token.text)) continue;
            if (morphology.known(token.text)) continue;
            const std::vector<std::string> readings = danish::digraph_readings(token.text);
            const auto reading =
                std::find_if(readings.begin(), readings.end(), [&](const std::string& r) {
                    return r != token.text && (danish::is_stop_word(r) || morphology.known(r) ||
                                               inputs_.snapshot.document_frequency(r) > 0);
                });
            if (reading != readings.end()) {
                token.text = *reading;
            } else if (inputs_.snapshot.document_frequency(token.text) > 0) {
                continue;
            } else if (const auto corrected = correction(token.text)) {
                token.text = *corrected;
            }
        }
        return tokens;
    }

    [[nodiscard]] float rarity(const std::string& word) const {
        const double n = inputs_.snapshot.passage_count() + 1.0;
        double df = inputs_.snapshot.document_frequency(word);
        for (const std::string& lemma : danish::Morphology::instance().lemmas(word)) {
            df = std::max(df, static_cast<double>(inputs_.snapshot.document_frequency(lemma)));
        }
        // log-scaled 0..1; a word in every passage counts 0.15.
        const double idf = std::log(n / (df + 0.5)) / std::log(n * 2);
        return static_cast<float>(std::clamp(idf, 0.15, 1.0));
    }

    /// True when a word of the phrase is neither a stop word nor light.
    [[nodiscard]] static bool says_something(const danish::Expansion& expansion,
                                             const std::vector<Token>& tokens) {
        const danish::Morphology& morphology = danish::Morphology::instance();
        for (std::size_t i = expansion.first_token; i < expansion.last_token; ++i) {
            const std::string& word = tokens[i].text;
            if (danish::is_stop_word(word)) continue;
            const std::string lemma = morphology.lemma(word);
            if (!is_light_word(word) && !is_light_word(lemma)) return true;
        }
        return false;
    }

    void start_phrase(const danish::Expansion& expansion, const std::vector<Token>& tokens,
                      bool context) {
        Aspect aspect;
        aspect.context = context;
        for (std::size_t i = expansion.first_token; i < expansion.last_token; ++i) {
            if (!aspect.surface.empty()) aspect.surface += ' ';
            aspect.surface += tokens[i].text;
        }
        aspect.lemma = aspect.surface;
        aspect.weight = light_phrase_weight * (context ? context_scale_ : 1.0F);
        view_.aspects.push_back(std::move(aspect));
    }

    void extend(const danish::Expansion& expansion, const std::vector<Token>& tokens) {
        std::string surface;
        for (std::size_t i = expansion.first_token; i < expansion.last_token; ++i) {
            if (!surface.empty()) surface += ' ';
            surface += tokens[i].text;
        }
        for (Aspect& aspect : view_.aspects) {
            if (aspect.surface == surface) add_expansion(aspect, expansion);
        }
    }

    [[nodiscard]] static Alternative to_alternative(const danish::Expansion& expansion) {
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
    static void add_expansion(Aspect& aspect, const danish::Expansion& expansion) {
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

    /// How a TermSet would hold the word.
    [[nodiscard]] static std::string key_of(const std::string& word) {
        const danish::Morphology& morphology = danish::Morphology::instance();
        const auto parts = morphology.split(word);
        return parts.size() > 1 ? compound_key(parts) : morphology.lemma(word);
    }

    void add_own_forms(Aspect& aspect, const std::string& word, float weight) const {
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
                const bool empty_head =
                    is_light_word(compound_key(right)) || compound_key(right) == "plads";
                aspect.alternatives.push_back(
                    {{compound_key(left)},
                     weight * (empty_head ? split_parts_weight : modifier_only_weight)});
                aspect.alternatives.push_back({{compound_key(right)}, weight * head_only_weight});
            }
        }
    }

    void add_word(const Token& token, std::size_t position,
                  const std::vector<danish::Expansion>& expansions, bool context) {
        const danish::Morphology& morphology = danish::Morphology::instance();
        const std::string& word = token.text;
        const auto expands = [&](const danish::Expansion& e) {
            return e.first_token == position && e.last_token == position + 1;
        };
        const bool known_to_lexicon =
            std::any_of(expansions.begin(), expansions.end(), [&](const auto& e) {
                return expands(e) && e.kind != danish::ExpansionKind::thesaurus;
            });
        if (danish::is_stop_word(word) && !known_to_lexicon) return;
        if (word.size() < 2) return;
        Aspect aspect;
        aspect.surface = word;
        aspect.lemma = morphology.lemma(word);
        aspect.context = context;
        if (is_question_frame(aspect.lemma) || is_question_frame(word)) return;
        if (asks_about_meetings(view_.type) &&
            (is_decision_frame(aspect.lemma) || is_decision_frame(word))) {
            return;
        }
        const bool in_dictionary = morphology.known(word);
        if (!in_dictionary && word.size() <= 3 && !in_corpus(word) && !known_to_lexicon) {
            return;  // "tl", "pga": nothing to hold on to.
        }
        add_own_forms(aspect, word, 1.0F);
        for (const danish::Expansion& e : expansions) {
            if (expands(e)) add_expansion(aspect, e);
        }
        for (const danish::Expansion* phrase : phrases_) {
            if (phrase->first_token <= position && position < phrase->last_token)
                add_expansion(aspect, *phrase);
        }
        const std::vector<std::string> lemmas = morphology.lemmas(word);
        aspect.light = is_light_word(word) ||
                       std::any_of(lemmas.begin(), lemmas.end(),
                                   [](const std::string& lemma) { return is_light_word(lemma); }) ||
                       (view_.language == "en" && is_light_english(word));
        // A word that no dictionary knows and the lexicon does not explain is a name (or names
        // nothing here).
        const bool has_synonym = std::any_of(expansions.begin(), expansions.end(), expands);
        aspect.name = !in_dictionary && !has_synonym && !aspect.light && view_.language == "da";
        aspect.weight =
            rarity(word) * (aspect.light ? light_scale : 1.0F) * (context ? context_scale_ : 1.0F);
        add_unless_repeated(std::move(aspect));
    }

    void add_number(const Token& token, bool context) {
        Aspect aspect;
        aspect.surface = aspect.lemma = token.text;
        aspect.context = context;
        aspect.exact = !context;
        aspect.weight = context ? context_scale_ : 1.0F;
        aspect.alternatives.push_back({{token.text}, 1.0F});
        add_unless_repeated(std::move(aspect));
    }

    void add_unless_repeated(Aspect aspect) {
        for (const Aspect& known : view_.aspects) {
            if (known.lemma == aspect.lemma) return;
        }
        view_.aspects.push_back(std::move(aspect));
    }

    QuestionView& view_;
    const AspectInputs& inputs_;
    float context_scale_ = context_scale;
    std::vector<const danish::Expansion*> phrases_;  ///< Of the text being added.
};

/// "Hvor meget gav vi til ...": a sum, though no word for money is there.
bool speaks_of_giving(std::string_view text) {
    static const std::unordered_set<std::string_view> words{
        "give", "bevilge", "afsætte", "betale", "spare", "tjene", "investere", "bruge", "tilskud"};
    const danish::Morphology& morphology = danish::Morphology::instance();
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
        return words.contains(token.text) || words.contains(morphology.lemma(token.text));
    });
}

bool asks_for_time(std::string_view text) {
    static const std::unordered_set<std::string_view> words{"åbent",
                                                            "åben",
                                                            "åbner",
                                                            "lukker",
                                                            "åbningstid",
                                                            "åbningstider",
                                                            "åbningstiden",
                                                            "åbningstiderne",
                                                            "klokken",
                                                            "klokkeslæt",
                                                            "kl",
                                                            "aabent",
                                                            "aabner",
                                                            "aabningstid",
                                                            "aabningstider",
                                                            "aabningstiden",
                                                            "opening",
                                                            "open",
                                                            "opens",
                                                            "close",
                                                            "closes"};
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const Token& token) { return words.contains(token.text); });
}

/// "udvalget", "rådet": a body, though the question does not say which.
bool names_some_body(std::string_view text) {
    static const std::unordered_set<std::string_view> bodies{
        "udvalget",    "byrådet",  "rådet",     "kommunalbestyrelsen",
        "politikerne", "kommunen", "committee", "council"};
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const Token& token) { return bodies.contains(token.text); });
}

/// "Hvem er borgmester": the question names an office and wants who holds it.
bool asks_for_holder(std::string_view text) {
    static const std::unordered_set<std::string_view> offices{"borgmester",
                                                              "viceborgmester",
                                                              "formand",
                                                              "næstformand",
                                                              "udvalgsformand",
                                                              "direktør",
                                                              "kommunaldirektør",
                                                              "chef",
                                                              "leder",
                                                              "gruppeformand",
                                                              "borgerrådgiver",
                                                              "forkvinde",
                                                              "ordfører",
                                                              "mayor",
                                                              "chair",
                                                              "chairman",
                                                              "director",
                                                              "head",
                                                              "leder",
                                                              "skoleleder",
                                                              "sekretariatschef",
                                                              "pressechef",
                                                              "presserådgiver",
                                                              "entreprenør",
                                                              "arkitekt",
                                                              "rådgiver",
                                                              "ejer",
                                                              "vinder",
                                                              "bygherre",
                                                              "leverandør",
                                                              "kunstner",
                                                              "billedhugger",
                                                              "architect",
                                                              "contractor",
                                                              "owner"};
    const danish::Morphology& morphology = danish::Morphology::instance();
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
        return token.kind == TokenKind::word &&
               (offices.contains(token.text) || offices.contains(morphology.lemma(token.text)));
    });
}

bool names_by_calling(std::string_view text) {
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.text == "hedder" || token.text == "hed";
    });
}

bool asks_for_contact(std::string_view text) {
    static const std::unordered_set<std::string_view> words{
        "telefonnummer", "telefonnummeret", "tlf",   "nummeret",  "mailadresse",
        "mailadressen",  "e-mail",          "email", "ringe",     "ringer",
        "kontakter",     "kontakte",        "phone", "henvender", "telefon"};
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const Token& token) { return words.contains(token.text); });
}

/// The year that a mention covers wholly, or nothing.
std::optional<int> whole_year(const danish::DateMention& mention) {
    using namespace std::chrono;
    if (mention.reference != danish::DateReference::range || !mention.first || !mention.last)
        return std::nullopt;
    const bool whole = mention.first->year() == mention.last->year() &&
                       mention.first->month() == January && mention.last->month() == December &&
                       mention.first->day() == day{1} && mention.last->day() == day{31};
    if (!whole) return std::nullopt;
    return static_cast<int>(mention.first->year());
}

/// Times that a question speaks of. A year right behind a noun ("budget 2026", "takster 2027") is
/// part of a name, not the time that is asked about.
std::vector<danish::DateMention> dates_of(std::string_view text, const Date& today) {
    static const std::unordered_set<std::string_view> time_words{
        "i",    "fra",    "siden", "før",  "efter", "året", "in", "since",
        "from", "before", "after", "foer", "til",   "of",   "for"};
    std::vector<danish::DateMention> result;
    const auto tokens = danish::tokenize(text);
    for (danish::DateMention& mention : danish::find_dates(text, today)) {
        bool part_of_name = false;
        for (std::size_t i = 1; i < tokens.size(); ++i) {
            if (tokens[i].begin != mention.begin || tokens[i].kind != TokenKind::number) continue;
            part_of_name = whole_year(mention).has_value() &&
                           tokens[i - 1].kind == TokenKind::word &&
                           !time_words.contains(tokens[i - 1].text);
        }
        if (!part_of_name) result.push_back(mention);
    }
    return result;
}

/// The earlier questions a follow-up leans on: back to the last one that stands alone.
std::vector<std::string> leaned_on(const std::vector<std::string>& previous) {
    std::vector<std::string> result;
    for (auto it = previous.rbegin(); it != previous.rend(); ++it) {
        result.push_back(*it);
        if (!danish::is_follow_up(*it)) break;
    }
    std::reverse(result.begin(), result.end());
    return result;
}

}  // namespace

float Aspect::coverage(const TermSet& terms) const { return coverage({&terms}, {1.0F}); }

float Aspect::coverage(const std::vector<const TermSet*>& sets,
                       const std::vector<float>& scales) const {
    float best = 0;
    for (const Alternative& alternative : alternatives) {
        if (alternative.weight <= best || alternative.terms.empty()) continue;
        float weakest = 1;
        for (const std::string& term : alternative.terms) {
            float strength = 0;
            for (std::size_t i = 0; i < sets.size(); ++i) {
                strength = std::max(strength, sets[i]->strength(term) * scales[i]);
            }
            weakest = std::min(weakest, strength);
            if (weakest == 0) break;
        }
        best = std::max(best, weakest * alternative.weight);
    }
    return best;
}

QuestionView view_question(const Question& question, const AspectInputs& inputs) {
    QuestionView view;
    view.text = danish::to_valid_nfc(question.text);
    view.language = std::string(danish::question_language(view.text));
    view.type = danish::question_type(view.text);
    view.money = danish::asks_for_money(view.text);
    view.money = view.money || (view.type == QuestionType::how_much && speaks_of_giving(view.text));
    view.contact = asks_for_contact(view.text);
    const auto words = danish::tokenize(view.text);
    view.personal = std::any_of(words.begin(), words.end(), [](const Token& token) {
        return token.text == "jeg" || token.text == "man" || token.text == "mig" ||
               token.text == "min" || token.text == "mit" || token.text == "mine";
    });
    view.time = asks_for_time(view.text);
    // "Hvad hedder skolelederen" asks who.
    if (names_by_calling(view.text) && asks_for_holder(view.text)) view.type = QuestionType::who;
    view.person = view.type == QuestionType::who && asks_for_holder(view.text);
    view.follow_up = !question.previous.empty() && danish::is_follow_up(view.text);

    const Date today = danish::copenhagen_date(question.now);
    view.dates = dates_of(view.text, today);
    const std::vector<danish::BodyMention> bodies =
        danish::find_bodies(view.text, inputs.known_bodies);
    for (const danish::BodyMention& mention : bodies) view.bodies.push_back(mention.key);
    // What a body "says" it says by deciding.
    view.said = view.type == QuestionType::said;
    if (view.type == QuestionType::said && (!view.bodies.empty() || names_some_body(view.text))) {
        view.type = QuestionType::decision;
    }

    Builder builder(view, inputs);
    builder.add(view.text, view.dates, bodies, false);
    const bool says_topic = std::any_of(view.aspects.begin(), view.aspects.end(),
                                        [](const Aspect& aspect) { return !aspect.light; });
    // What leans on an earlier question: it says so, or it has no topic of its own.
    view.follow_up = !question.previous.empty() && (view.follow_up || !says_topic);
    builder.set_context_scale(says_topic ? context_scale : 1.0F);

    std::vector<std::string> context;
    if (view.follow_up) {
        context = leaned_on(question.previous);
        for (const std::string& earlier : context) {
            const QuestionType before = danish::question_type(earlier);
            if (view.type == QuestionType::unknown) {
                view.type = before;
                view.money = danish::asks_for_money(earlier);
            }
            view.search_text += earlier;
            view.search_text += ' ';
        }
    }
    view.search_text += view.text;

    for (const danish::DateMention& mention : view.dates) {
        if (const auto year = whole_year(mention)) builder.add_year(*year);
    }
    for (const std::string& earlier : context) {
        const auto earlier_dates = dates_of(earlier, today);
        const auto earlier_bodies = danish::find_bodies(earlier, inputs.known_bodies);
        builder.add(earlier, earlier_dates, earlier_bodies, true);
        if (view.dates.empty()) {
            view.dates = earlier_dates;
            for (const danish::DateMention& mention : view.dates) {
                if (const auto year = whole_year(mention)) builder.add_year(*year);
            }
        }
        if (view.bodies.empty()) {
            for (const danish::BodyMention& mention : earlier_bodies)
                view.bodies.push_back(mention.key);
        }
    }
    for (const Aspect& aspect : view.aspects) {
        if (aspect.light) continue;
        for (const Alternative& alternative : aspect.alternatives) {
            if (alternative.weight < 0.6F) continue;
            for (const std::string& term : alternative.terms) {
                if (!term.starts_with('~')) view.expanded_text += term + ' ';
            }
        }
    }
    return view;
}

}  // namespace raadbot::answer
