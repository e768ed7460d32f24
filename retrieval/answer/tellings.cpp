#include "retrieval/answer/tellings.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

#include "retrieval/answer/fact_words.hpp"
#include "retrieval/answer/question_plan.hpp"
#include "retrieval/answer/table_rows.hpp"
#include "retrieval/danish/calendar.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::Token;
using Tokens = std::vector<Token>;
using Words = std::unordered_set<std::string_view>;

constexpr float named = 0.6F;

std::string_view word_at(const Tokens& tokens, std::size_t at) {
    return at < tokens.size() ? std::string_view(tokens[at].text) : std::string_view();
}

bool is_asked(const QuestionView& question, std::string_view word) {
    return std::any_of(question.aspects.begin(), question.aspects.end(), [&](const Aspect& aspect) {
        return aspect.role != Role::phrase &&
               (same_word(word, aspect.surface) || same_word(word, aspect.lemma));
    });
}

/// The question's own words, joined into one or not: "hjælpemidlernes depot", the
/// "hjælpemiddeldepot".
bool repeats_question(const QuestionView& question, std::string_view word) {
    if (is_asked(question, word)) return true;
    const auto parts = danish::Morphology::instance().split(word);
    return parts.size() > 1 && std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
               return is_asked(question, part);
           });
}

/// "Bevarende plan for Kildebakke": the place that the question names, no house in it.
bool says_where_asked(const QuestionView& question, std::string_view text) {
    bool asked = false;
    for (const Token& token : danish::tokenize(text)) {
        if (token.kind == danish::TokenKind::number) return false;
        asked = asked || (is_upper(text, token.begin) && repeats_question(question, token.text));
    }
    return asked;
}

/// Where in the sentence what is asked about stands.
std::optional<std::size_t> place_of_matter(const QuestionView& question, const Tokens& tokens) {
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        TermSet word;
        word.add(tokens[t].text);
        const bool here = std::any_of(
            question.aspects.begin(), question.aspects.end(), [&](const Aspect& aspect) {
                return is_subject_matter(aspect) && aspect.coverage(word) >= named;
            });
        if (here) return t;
    }
    return std::nullopt;
}

/// Before the capitalised words that a name is written in: "til Plan- og Teknikudvalget"; "af"
/// where it stands near.
std::string_view word_before(std::string_view text, const Tokens& tokens,
                             Tokens::const_iterator token) {
    static const Words inner{"og", "for"};
    auto at = token;
    while (at != tokens.begin()) {
        --at;
        if (!is_upper(text, at->begin) && !inner.contains(at->text)) break;
    }
    // "Foreslået af 5. klasse på Vigsby Skole"
    constexpr std::ptrdiff_t near = 4;
    const auto from = at - std::min<std::ptrdiff_t>(near, at - tokens.begin());
    if (std::any_of(from, at, [](const Token& word) { return word.text == "af"; })) return "af";
    return at->text;
}

/// Behind the same word as a name that is asked about: "tre på Lyngø og én på Tærø".
bool is_beside_asked(const QuestionView& question, std::string_view text, const Tokens& tokens,
                     Tokens::const_iterator name) {
    if (name == tokens.begin()) return false;
    const std::string& before = std::prev(name)->text;
    if (before != "til" && before != "på" && before != "i") return false;
    for (auto at = std::next(tokens.begin()); at != tokens.end(); ++at) {
        if (at == name || std::prev(at)->text != before || !is_upper(text, at->begin)) continue;
        const bool asked = std::any_of(
            question.aspects.begin(), question.aspects.end(), [&](const Aspect& aspect) {
                return aspect.role == Role::entity && same_word(at->text, aspect.surface);
            });
        if (asked) return true;
    }
    return false;
}

/// "Sted", "Stoppested", "Adresse", "Lokale": what stands in the column is a place.
bool is_place_column(std::string_view label) {
    const Tokens tokens = danish::tokenize(label);
    // Beside other words it is the adjective: "Lokale foreninger".
    const bool room = tokens.size() == 1 && tokens.front().text.starts_with("lokale");
    return room || facts_of(label).place ||
           std::any_of(tokens.begin(), tokens.end(), [](const Token& t) {
               return t.text.ends_with("sted") || t.text.ends_with("steder") ||
                      t.text.starts_with("adresse") || t.text.starts_with("placering");
           });
}

bool decides(std::string_view word) {
    static constexpr std::array<std::string_view, 12> stems{
        "indstil", "udsatte", "udsætte", "bevilge", "vedt",    "beslut",
        "godkend", "anbefal", "afvis",   "tiltråd", "behandl", "valgt"};
    return std::any_of(stems.begin(), stems.end(),
                       [&](std::string_view stem) { return word.starts_with(stem); });
}

/// "Hvem besluttede", "hvem har bevilget"
bool asks_who_decided(const QuestionView& question) {
    static const Words decision{"bestemte", "bestemmer", "afgjorde", "afgør", "sagde"};
    const Tokens tokens = danish::tokenize(question.text);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return decides(token.text) || decision.contains(token.text);
    });
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
    constexpr std::size_t longest_ending = 3;
    const std::string_view shorter = a.size() < b.size() ? a : b;
    const std::string_view longer = a.size() < b.size() ? b : a;
    return longer.starts_with(shorter) && longer.size() - shorter.size() <= longest_ending;
}

bool tells_saying(const QuestionView& question, std::string_view text) {
    static constexpr std::array<std::string_view, 20> stems{
        "sagde",    "siger", "svar",    "mener",    "mente",  "synes",      "spurgte",
        "spørg",    "oplys", "udtal",   "anfør",    "bemærk", "understreg", "foreslå",
        "foreslog", "ønsk",  "opfordr", "høringss", "kritis", "besvar"};
    static const Words ahead{"kan", "skal", "må", "vil", "bør", "kunne", "skulle", "at"};
    const Tokens tokens = danish::tokenize(text);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        const bool says = std::any_of(stems.begin(), stems.end(), [&](std::string_view stem) {
            return word.starts_with(stem);
        });
        const bool asked = word.starts_with("spørgsmål") && is_asked(question, word);
        if (says && !asked && (i == 0 || !ahead.contains(tokens[i - 1].text))) return true;
    }
    return false;
}

bool gives_new_reason(const QuestionView& question, std::string_view text) {
    static const Words openers{"fordi",   "skyldes", "grund",    "hensyn",
                               "årsagen", "idet",    "eftersom", "da"};
    const Tokens tokens = danish::tokenize(text);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!openers.contains(tokens[i].text)) continue;
        for (std::size_t after = i + 1; after < tokens.size(); ++after) {
            const std::string& word = tokens[after].text;
            if (!danish::is_stop_word(word) && !repeats_question(question, word)) return true;
        }
        return false;
    }
    return true;  // "Derfor", "nødvendigt": it may stand anywhere.
}

bool tells_leave(const SentenceView& sentence, std::string_view text) {
    if (sentence.facts.rules) return true;
    static const Words words{
        "kun",      "gerne",        "bør",      "hvis",       "såfremt",  "medmindre", "undtagen",
        "uden",     "adgang",       "samtykke", "tilladelse", "lov",      "lovligt",   "nej",
        "ja",       "dog",          "højst",    "frit",       "ulovligt", "aftale",    "aftales",
        "modtages", "problem",      "undtaget", "beskyttet",  "retten",   "rettighed", "betragtes",
        "anses",    "dispensation", "åben",     "åbne",       "åbent",    "velkommen", "velkomne"};
    static constexpr std::array<std::string_view, 15> stems{
        "tillad", "forbud", "forbyd",  "frabed", "fraråd",  "forpligt", "beskyt",    "uproblem",
        "afvis",  "afslå",  "inhabil", "habil",  "fortrol", "accept",   "tavshedspl"};
    const Tokens tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return words.contains(token.text) || token.text.ends_with("pligt") ||
               token.text.ends_with("pligtig") || token.text.ends_with("pligtigt") ||
               std::any_of(stems.begin(), stems.end(),
                           [&](std::string_view stem) { return token.text.starts_with(stem); });
    });
}

bool names_month(std::string_view text) {
    const Tokens tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return danish::month_number(danish::loose_key(token.text)) != 0;
    });
}

bool is_number_word(std::string_view word) {
    static const Words numbers{"to",   "tre", "fire", "fem",    "seks", "syv",
                               "otte", "ni",  "ti",   "elleve", "tolv"};
    return numbers.contains(word);
}

bool defines(const QuestionView& question, std::string_view text) {
    static const Words tells{"er",        "betyder", "kaldes",   "forstås",    "dækker",
                             "omfatter",  "består",  "handler",  "bruges",     "indebærer",
                             "beskriver", "udgør",   "angiver",  "fastlægger", "indeholder",
                             "regulerer", "samler",  "rådgiver", "varetager",  "means",
                             "is",        "står"};
    static const Words calls{"kaldes", "hedder", "forstås", "betegnes", "kaldet", "kalder"};
    constexpr std::size_t early = 4;  // Words before the subject.
    constexpr std::size_t near = 5;   // From it to its verb.
    const Tokens tokens = danish::tokenize(text);
    const auto at = place_of_matter(question, tokens);
    if (!at) return false;
    for (std::size_t i = *at + 1; i < tokens.size() && i <= *at + near; ++i) {
        if (tokens[i].text == "dvs") return true;
    }
    for (std::size_t i = *at > near ? *at - near : 0; i < *at; ++i) {
        if (calls.contains(tokens[i].text)) return true;
    }
    // "Lden: 71 dB" is a value.
    const bool valued =
        *at + 1 < tokens.size() && tokens[*at + 1].kind == danish::TokenKind::number;
    if (tokens[*at].end < text.size() && *at <= early &&
        ((text[tokens[*at].end] == ':' && !valued) ||
         text.substr(tokens[*at].end).starts_with(" ("))) {
        return true;
    }
    if (tokens[*at].begin > 0 && text[tokens[*at].begin - 1] == '(') return true;
    if (*at > early) return false;
    const danish::Morphology& morphology = danish::Morphology::instance();
    for (std::size_t i = *at + 1; i < tokens.size() && i <= *at + near; ++i) {
        if (!tells.contains(tokens[i].text)) continue;
        if (tokens[i].text != "er") return true;
        // "er 3.150 køretøjer", "er godkendt", "er åben"
        const bool value = i + 1 < tokens.size() && tokens[i + 1].kind == danish::TokenKind::number;
        const auto kind = morphology.kind(word_at(tokens, i + 1));
        return !value && kind != danish::Morphology::Kind::verb &&
               (kind != danish::Morphology::Kind::adjective || i + 2 < tokens.size());
    }
    return false;
}

bool spells_out(std::string_view text, std::string_view letters) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    const Tokens tokens = danish::tokenize(text);
    for (std::size_t first = 0; first < tokens.size(); ++first) {
        std::size_t letter = 0;
        for (std::size_t i = first; i < tokens.size() && letter < letters.size(); ++i) {
            const std::string& word = tokens[i].text;
            if (word == letters) break;
            if (word.starts_with(letters.substr(letter, 1))) {
                ++letter;
                const auto parts = morphology.split(word);
                for (std::size_t part = 1; part < parts.size() && letter < letters.size(); ++part) {
                    if (parts[part].starts_with(letters.substr(letter, 1))) ++letter;
                }
            } else if (letter == 0 || !danish::is_stop_word(word)) {
                break;
            }
        }
        if (letter == letters.size()) return true;
    }
    return false;
}

bool names_beside(const QuestionView& question, std::string_view text, const SentenceView& sentence,
                  Looked looked) {
    using Kind = Mark::Kind;
    const bool places = looked == Looked::for_places;
    const bool doers = looked == Looked::for_doers;
    const Tokens tokens = danish::tokenize(text);
    const auto token_at = [&](std::size_t byte) {
        return std::find_if(tokens.begin(), tokens.end(),
                            [&](const Token& t) { return t.begin <= byte && byte < t.end; });
    };
    static const Words where_to{"i",   "på",   "til",     "fra", "ved",
                                "mod", "over", "omkring", "in",  "at"};
    std::vector<danish::Span> apart;
    if (sentence.row) {
        for (const Cell& cell : cells_of(text, {0, text.size()})) {
            if (places && is_place_column(part(text, cell.heading)) &&
                cell.value.begin < cell.value.end &&
                !says_where_asked(question, part(text, cell.value)))
                return true;
            // "Lokale: Lokale 3.14"
            const Tokens value = danish::tokenize(part(text, cell.value));
            if (value.size() > 1 && is_asked(question, value[0].text) &&
                value[1].kind == danish::TokenKind::number)
                return true;
            apart.push_back(cell.heading);
        }
        for (const Mark& mark : sentence.marks) {
            const auto token = token_at(mark.begin);
            if (!places || mark.kind != Kind::person || token == tokens.end()) continue;
            const auto first = token == tokens.begin() ? token : std::prev(token);
            apart.push_back({first->begin, token->end});
        }
    }
    return std::any_of(sentence.marks.begin(), sentence.marks.end(), [&](const Mark& mark) {
        const bool kind = mark.kind == Kind::name || mark.kind == Kind::person ||
                          (doers && mark.kind == Kind::office) ||
                          (places && (mark.kind == Kind::place || mark.kind == Kind::contact));
        const bool is_apart = std::any_of(apart.begin(), apart.end(), [&](const auto& span) {
            return span.begin <= mark.begin && mark.begin < span.end;
        });
        if (!kind || is_apart) return false;
        const auto token = token_at(mark.begin);
        if (token == tokens.end()) return true;
        // "På Lyngø": where something is, not what it is called.
        if (looked == Looked::for_what_it_is_called && token != tokens.begin() &&
            where_to.contains(std::prev(token)->text))
            return false;
        // "Oversendes til Teknikudvalget", "får navnet Kornblomsten": no doer.
        static const Words of_place{"i", "på", "ved", "navnet", "hedder", "kaldet"};
        if ((doers || looked == Looked::for_persons) && mark.kind != Kind::person) {
            const std::string_view before = word_before(text, tokens, token);
            if (of_place.contains(before) || (doers && before == "til")) return false;
            if (ends_as_street(token->text)) return false;
            // "Økonomiudvalget udsatte sagen": it decided, and did nothing.
            constexpr std::ptrdiff_t longest_name = 8;  // "Udvalget for Teknik, Havn og Færge"
            const auto end = token + std::min(longest_name, tokens.end() - token);
            if (doers && mark.kind == Kind::office && !asks_who_decided(question) &&
                std::any_of(token, end, [](const Token& t) { return decides(t.text); }))
                return false;
        }
        // "Til Gjelstrup og til Brøndhøj": the other is no place in Gjelstrup.
        if (places && mark.kind != Kind::contact && is_beside_asked(question, text, tokens, token))
            return false;
        return token->text.size() > 1 && !repeats_question(question, token->text);
    });
}

bool gives_name(std::string_view text) {
    static const Words words{"hedder",    "navnet", "kaldes", "døbes",    "døbt",
                             "navngives", "hedde",  "kaldet", "navngivet"};
    const Tokens tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const Token& token) { return words.contains(token.text); });
}

bool tells_fate(std::string_view text) {
    static constexpr std::array<std::string_view, 23> stems{
        "vedtag",  "vedtog", "godkend", "beslut", "afvis",    "forkast", "bevilg",      "bevilli",
        "udsat",   "udskud", "udsæt",   "tiltrå", "oversend", "trukket", "tilbageke",   "bortfald",
        "frafald", "stemt",  "enstemm", "bifald", "afslå",    "afslag",  "efterretning"};
    const Tokens tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return std::any_of(stems.begin(), stems.end(),
                           [&](std::string_view stem) { return token.text.starts_with(stem); });
    });
}

bool tells_sanction(std::string_view text) {
    static const Words words{
        "bøde",      "bøder",       "bødestraf",  "straf",      "straffes",
        "fængsel",   "gebyr",       "afgift",     "mister",     "bortfalder",
        "opkræves",  "opkræver",    "inddrages",  "afvises",    "regning",
        "rykker",    "rykkergebyr", "inkasso",    "politiet",   "påbud",
        "ophører",   "slettes",     "annulleres", "erstatning", "erstatningsansvar",
        "udelukkes", "trækkes",     "nedsættes",  "stoppes",    "tilbagebetales",
        "fjernes",   "regningen",   "sanktion",   "ansvar",     "ansvarlig",
        "fortabes",  "sanktioner",  "udmeldes",   "gebyret",    "afgiften",
        "inddrives", "anmeldes",    "bekostning", "udgift",     "koster",
        "betale",    "betaler",     "ugyldig"};
    const Tokens tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const Token& token) { return words.contains(token.text); });
}

}  // namespace raadbot::answer
