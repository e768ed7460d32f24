#include "retrieval/answer/demands.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <unordered_set>

#include "retrieval/answer/question_traits.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using danish::Token;
using Tokens = std::vector<Token>;
using Words = std::unordered_set<std::string_view>;

constexpr float named = 0.6F;

std::string_view text_of(const PassageView& passage, const SentenceView& sentence) {
    return std::string_view(passage.stored.passage.text)
        .substr(sentence.span.begin, sentence.span.end - sentence.span.begin);
}

bool holds(const Tokens& tokens, const Words& words) {
    return std::any_of(tokens.begin(), tokens.end(),
                       [&](const Token& token) { return words.contains(token.text); });
}

std::string_view word_at(const Tokens& tokens, std::size_t at) {
    return at < tokens.size() ? std::string_view(tokens[at].text) : std::string_view();
}

bool is_matter(const Aspect& aspect) {
    return aspect.role != Role::light && aspect.role != Role::phrase &&
           aspect.role != Role::context;
}

bool is_definite(std::string_view word) {
    if (!word.ends_with("en") && !word.ends_with("et") && !word.ends_with("ne")) return false;
    return danish::Morphology::instance().lemma(word) != word;
}

bool asks_for_meaning(const QuestionView& question, const Tokens& tokens) {
    // "Hvad er reglerne", "hvad er planen med": more than a word is asked about.
    static const Words more{"regler",     "reglerne", "krav",     "kravene",    "forskel",
                            "forskellen", "status",   "planen",   "formålet",   "grunden",
                            "grund",      "opgave",   "opgaver",  "opgaven",    "svaret",
                            "meningen",   "rules",    "purpose",  "difference", "rolle",
                            "rollen",     "ansvar",   "fordelen", "holdningen"};
    if (holds(tokens, more)) return false;
    const auto matters = std::count_if(question.aspects.begin(), question.aspects.end(), is_matter);
    constexpr std::ptrdiff_t most_words = 3;
    if (matters == 0 || matters > most_words) return false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string_view word = tokens[i].text;
        if (word == "betyder" || word == "menes" || word == "mean" || word == "means") return true;
        if (word == "ud" && word_at(tokens, i + 1) == "på" && holds(tokens, {"går"})) return true;
        if (word == "vil" && holds(tokens, {"hvad"}) && tokens.back().text == "sige") return true;
        if ((word == "hvad" || word == "what") &&
            (word_at(tokens, i + 1) == "er" || word_at(tokens, i + 1) == "is")) {
            const std::string_view next = word_at(tokens, i + 2);
            if (next == "det" && i + 3 == tokens.size())
                return true;  // "målsat vandløb, hvad er det"
            // "Hvad er straffen": a thing that is known.
            if (is_definite(next)) return false;
            if (question.type == QuestionType::definition && question.wanted == Wanted::nothing &&
                (next == "en" || next == "et" || next == "a" || next == "an" || matters == 1 ||
                 holds(tokens, {"noget", "egentlig"}))) {
                return true;
            }
        }
    }
    return false;
}

std::string asked_letters(const QuestionView& question, const Tokens& tokens) {
    constexpr std::size_t most_letters = 6;
    if (!holds(tokens, {"står", "stand", "stands"}) || tokens.back().text != "for") return {};
    for (const Aspect& aspect : question.aspects) {
        if (is_matter(aspect) && aspect.surface.size() > 1 &&
            aspect.surface.size() <= most_letters) {
            return aspect.surface;
        }
    }
    return {};
}

/// Doings that need a form, an address or a number to turn to.
bool turns_to_somebody(const Tokens& tokens, bool how) {
    static const Words doings{"søge",      "ansøge", "melde",     "tilmelde", "bestille",
                              "reservere", "booke",  "klage",     "anmelde",  "afmelde",
                              "indsende",  "opsige", "ansøgning", "sende",    "indgive"};
    const danish::Morphology& morphology = danish::Morphology::instance();
    static const Words getting{"få", "skaffe", "købe", "låne", "leje", "hente", "komme", "deltage"};
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
        if (doings.contains(token.text)) return true;
        const auto lemmas = morphology.lemmas(token.text);
        return std::any_of(lemmas.begin(), lemmas.end(), [&](const std::string& lemma) {
            return doings.contains(lemma) || (how && getting.contains(lemma));
        });
    });
}

bool asks_for_sanction(const Tokens& tokens) {
    static const Words failing{"ikke", "glemmer", "aldrig", "overskrider", "nægter", "undlader"};
    static const Words sanctions{"bøde", "straf", "straffen", "konsekvensen", "konsekvenserne"};
    if (holds(tokens, {"koster"})) return false;
    if (holds(tokens, sanctions)) return true;
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (tokens[i].text == "hvad" && tokens[i + 1].text == "sker" &&
            tokens[i + 2].text == "der") {
            return holds(tokens, failing) && holds(tokens, {"hvis", "når"});
        }
    }
    return false;
}

std::optional<std::size_t> asked_deed(const QuestionView& question, const Tokens& tokens) {
    static const Words leave{"må", "maa", "kan", "skal", "tør", "may", "can", "must"};
    static const Words general{"tage", "få",    "have",  "give", "gøre", "se",   "komme", "gå",
                               "være", "blive", "bruge", "lade", "sige", "vide", "take",  "get"};
    if (question.type != QuestionType::yes_no || !holds(tokens, leave)) return std::nullopt;
    for (std::size_t i = 0; i < question.aspects.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        const bool doing =
            aspect.role == Role::verb ||
            (aspect.role == Role::head && aspect.kind == danish::Morphology::Kind::verb);
        if (doing && !aspect.adjunct && !aspect.inherited && !general.contains(aspect.lemma) &&
            !general.contains(aspect.surface)) {
            return i;
        }
    }
    return std::nullopt;
}

/// "Hvor længe venter man": the waiting, light word or not.
std::optional<std::size_t> lasting_deed(const QuestionView& question) {
    static const Words lasting{"vente", "parkere", "bo", "låne", "gælde", "beholde", "opbevare"};
    if (question.wanted != Wanted::duration) return std::nullopt;
    for (std::size_t i = 0; i < question.aspects.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (!aspect.inherited && !aspect.context && lasting.contains(aspect.lemma)) return i;
    }
    return std::nullopt;
}

/// "En halv bane", "for en hel måned", "om dagen", of a price.
std::vector<std::size_t> asked_units(const QuestionView& question) {
    static const Words units{"halv",    "måned", "uge",    "dag",       "døgn",
                             "nat",     "time",  "sæson",  "kvartal",   "halvår",
                             "weekend", "aften", "udland", "udenlandsk"};
    std::vector<std::size_t> found;
    if (!question.money) return found;
    for (std::size_t i = 0; i < question.aspects.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (!aspect.inherited && !aspect.age && units.contains(aspect.lemma)) found.push_back(i);
    }
    return found;
}

/// "Hvornår åbnede hallen", "hvilket år lukkede værftet"
bool asks_for_past(const QuestionView& question, const Tokens& tokens) {
    static const Words happened{"åbnede",    "lukkede",  "startede", "begyndte", "flyttede",
                                "aabnede",   "opened",   "closed",   "bygget",   "bygge",
                                "grundlagt", "oprettet", "stiftet"};
    return (question.type == QuestionType::when || holds(tokens, {"år"})) &&
           holds(tokens, happened) && !holds(tokens, {"skal", "bliver"});
}

/// Of a title "SFO, fritidsklub og ungdomsklub" its things.
std::vector<std::string_view> coordinated(std::string_view title) {
    std::vector<std::string_view> things;
    std::size_t from = 0;
    while (from < title.size()) {
        std::size_t to = title.size();
        std::size_t next = title.size();
        for (const std::string_view mark : {", ", " og ", ": ", " - ", " eller "}) {
            const std::size_t at = title.find(mark, from);
            if (at < to) {
                to = at;
                next = at + mark.size();
            }
        }
        if (to > from) things.push_back(title.substr(from, to - from));
        from = next;
    }
    return things;
}

/// The title's thing that was asked for is only in the title; the sentence names another of them.
bool tells_of_sibling(const QuestionView& question, const PassageView& passage,
                      const SentenceView& sentence) {
    constexpr float said = 0.9F;
    const auto things = coordinated(passage.stored.title);
    if (things.size() < 2 || sentence.row) return false;
    std::vector<TermSet> terms;
    for (const std::string_view thing : things) {
        TermSet words;
        words.add(thing);
        terms.push_back(std::move(words));
    }
    for (const Aspect& aspect : question.aspects) {
        if (!is_matter(aspect) || aspect.coverage(sentence.terms) >= named) continue;
        const auto asked = std::find_if(terms.begin(), terms.end(), [&](const TermSet& thing) {
            return aspect.coverage(thing) >= named;
        });
        if (asked == terms.end()) continue;
        for (std::size_t t = 0; t < terms.size(); ++t) {
            if (aspect.coverage(terms[t]) >= named) continue;
            const Tokens words = danish::tokenize(things[t]);
            const bool here =
                words.size() <= 2 && !words.empty() &&
                std::all_of(words.begin(), words.end(), [&](const Token& word) {
                    return sentence.terms.strength(
                               danish::Morphology::instance().lemma(word.text)) >= said;
                });
            if (here) return true;
        }
    }
    return false;
}

bool asks_for_reason(const QuestionView& question, const Tokens& tokens) {
    static const Words reasons{"grund", "grunden", "begrundelse", "begrundelsen",
                               "årsag", "årsagen", "reason"};
    if (question.type == QuestionType::why) return true;
    return holds(tokens, reasons) && holds(tokens, {"hvad", "hvilken", "what"});
}

bool asks_for_saying(const QuestionView& question, const Tokens& tokens) {
    static const Words saying{"siger", "sagde",  "svarede", "svarer",  "synes",   "mener",
                              "mente", "syntes", "udtalte", "udtaler", "spurgte", "svaret"};
    // What a body "says" it says by deciding.
    if (!question.bodies.empty() || names_some_body(question.text)) return false;
    if (question.type == QuestionType::said) return true;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (tokens[i - 1].text == "hvad" && saying.contains(tokens[i].text)) return true;
    }
    return holds(tokens, {"svaret"}) && holds(tokens, {"hvad"});
}

bool tells_saying(std::string_view text) {
    static constexpr std::array<std::string_view, 19> stems{
        "sagde",    "siger", "svar",    "mener",    "mente",  "synes",      "spurgte",
        "spørg",    "oplys", "udtal",   "anfør",    "bemærk", "understreg", "foreslå",
        "foreslog", "ønsk",  "opfordr", "høringss", "kritis"};
    const Tokens tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return std::any_of(stems.begin(), stems.end(),
                           [&](std::string_view stem) { return token.text.starts_with(stem); });
    });
}

bool is_plain_number(const Aspect& aspect) {
    const char first = aspect.surface.front();
    return first >= '0' && first <= '9' && !aspect.year && !aspect.age && !aspect.inherited &&
           !aspect.context && aspect.role != Role::light;
}

bool asks_for_names(const Tokens& tokens) {
    static const Words numbers{"to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"};
    static const Words called{"firma", "selskab", "bureau", "navn", "navne", "virksomhed"};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string_view word = tokens[i].text;
        if (word == "hedder" || word == "hed") return true;
        if (word != "hvilke" && word != "hvilket" && word != "hvilken") continue;
        const std::string_view next = word_at(tokens, i + 1);
        const std::string_view second = word_at(tokens, i + 2);
        if (numbers.contains(next) || called.contains(next) || called.contains(second)) return true;
    }
    return false;
}

/// Where in the sentence what is asked about stands.
std::optional<std::size_t> place_of_matter(const QuestionView& question, const Tokens& tokens) {
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        TermSet word;
        word.add(tokens[t].text);
        const bool here = std::any_of(
            question.aspects.begin(), question.aspects.end(), [&](const Aspect& aspect) {
                return is_matter(aspect) && aspect.coverage(word) >= named;
            });
        if (here) return t;
    }
    return std::nullopt;
}

/// "En startredegørelse er ...", "... kaldes en startredegørelse", "Startredegørelse: ..."
bool tells_meaning(const QuestionView& question, std::string_view text) {
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
    if (tokens[*at].end < text.size() && *at <= early &&
        (text[tokens[*at].end] == ':' || text.substr(tokens[*at].end).starts_with(" ("))) {
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

/// "Pædagogisk Psykologisk Rådgivning" for "ppr"
bool spells_out(std::string_view text, std::string_view letters) {
    const Tokens tokens = danish::tokenize(text);
    for (std::size_t first = 0; first < tokens.size(); ++first) {
        std::size_t letter = 0;
        for (std::size_t i = first; i < tokens.size() && letter < letters.size(); ++i) {
            const std::string& word = tokens[i].text;
            if (word == letters) break;
            if (word.starts_with(letters.substr(letter, 1))) {
                ++letter;
            } else if (letter == 0 || !danish::is_stop_word(word)) {
                break;
            }
        }
        if (letter == letters.size()) return true;
    }
    return false;
}

/// A name or place that is not itself what was asked about.
bool names_beside(const QuestionView& question, std::string_view text, const SentenceView& sentence,
                  bool places) {
    constexpr float asked = 0.9F;
    using Kind = Mark::Kind;
    const Tokens tokens = danish::tokenize(text);
    return std::any_of(sentence.marks.begin(), sentence.marks.end(), [&](const Mark& mark) {
        const bool kind = mark.kind == Kind::name || mark.kind == Kind::person ||
                          (places && (mark.kind == Kind::place || mark.kind == Kind::contact));
        if (!kind) return false;
        const auto token = std::find_if(tokens.begin(), tokens.end(), [&](const Token& t) {
            return t.begin <= mark.begin && mark.begin < t.end;
        });
        if (token == tokens.end()) return true;
        TermSet word;
        word.add(token->text);
        return std::none_of(
            question.aspects.begin(), question.aspects.end(), [&](const Aspect& aspect) {
                return aspect.role != Role::phrase && aspect.coverage(word) >= asked;
            });
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
    return holds(danish::tokenize(text), words);
}

/// "Hvor hård straf": no place.
bool asks_how_far(const Tokens& tokens) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].text == "hvor") {
            return danish::Morphology::instance().kind(tokens[i + 1].text) ==
                   danish::Morphology::Kind::adjective;
        }
    }
    return false;
}

}  // namespace

Demands demands_of(const QuestionView& question) {
    Demands demands;
    const Tokens tokens = danish::tokenize(question.text);
    if (tokens.empty()) return demands;
    demands.letters = asked_letters(question, tokens);
    demands.meaning = demands.letters.empty() && asks_for_meaning(question, tokens);
    const bool how = question.type == QuestionType::how;
    const bool where = question.type == QuestionType::where;
    demands.means = (how || where) && question.personal && turns_to_somebody(tokens, how);
    demands.place = where && !demands.means && !asks_how_far(tokens);
    demands.names = asks_for_names(tokens);
    demands.sanction = asks_for_sanction(tokens);
    demands.deed = asked_deed(question, tokens);
    if (!demands.deed) demands.deed = lasting_deed(question);
    demands.past = asks_for_past(question, tokens);
    demands.reason = asks_for_reason(question, tokens);
    demands.said = asks_for_saying(question, tokens);
    demands.units = asked_units(question);
    return demands;
}

Unmet unmet(const Demands& demands, const QuestionView& question, const PassageView& passage,
            std::size_t index, const Coverage& about, const Coverage& placed,
            const Coverage& whole) {
    Unmet unmet;
    const SentenceView& sentence = passage.sentences[index];
    const std::string_view text = text_of(passage, sentence);
    const Section section = passage.stored.passage.section;
    const bool explains = section == Section::term || section == Section::curated;
    if (demands.meaning && !explains) {
        constexpr std::size_t opening = 2;
        const bool titled = !passage.stored.meeting && index <= opening && [&] {
            for (std::size_t i = 0; i < about.size(); ++i) {
                if (is_matter(question.aspects[i]) && about[i] < named) return false;
            }
            return true;
        }();
        unmet.meaning = titled || tells_meaning(question, text) ? 0.0F : 1.0F;
    }
    if (!demands.letters.empty() && !explains) {
        const auto& headings = passage.stored.passage.headings;
        const bool told = spells_out(text, demands.letters) ||
                          spells_out(passage.stored.title, demands.letters) ||
                          std::any_of(headings.begin(), headings.end(), [&](const auto& heading) {
                              return spells_out(heading, demands.letters);
                          });
        unmet.meaning = told ? 0.0F : 1.0F;
    }
    if (demands.means) {
        constexpr std::size_t after = 2;
        const std::size_t from = index == 0 ? 0 : index - 1;
        const std::size_t to = std::min(passage.sentences.size(), index + after + 1);
        bool told = section == Section::curated;
        for (std::size_t i = from; i < to; ++i) told = told || passage.sentences[i].facts.means;
        unmet.means = told ? 0.0F : 1.0F;
    }
    if (demands.place)
        unmet.place =
            sentence.facts.means || names_beside(question, text, sentence, true) ? 0.0F : 1.0F;
    if (demands.names) unmet.names = names_beside(question, text, sentence, false) ? 0.0F : 1.0F;
    if (demands.sanction) unmet.sanction = tells_sanction(text) ? 0.0F : 1.0F;
    if (demands.deed) {
        constexpr float done = 0.3F;
        const std::size_t i = *demands.deed;
        unmet.deed = std::max(placed[i], whole[i]) < done ? 1.0F : 0.0F;
    }
    if (demands.reason) {
        const std::size_t from = index == 0 ? 0 : index - 1;
        const std::size_t to = std::min(passage.sentences.size(), index + 2);
        bool told = section == Section::curated;
        for (std::size_t i = from; i < to; ++i) told = told || passage.sentences[i].facts.reason;
        unmet.reason = told ? 0.0F : 1.0F;
    }
    if (demands.past) {
        const bool hours = sentence.facts.time && sentence.years.empty();
        unmet.past = hours || !sentence.facts.date ? 1.0F : 0.0F;
    }
    unmet.sibling = tells_of_sibling(question, passage, sentence) ? 1.0F : 0.0F;
    if (demands.said && passage.stored.kind != SourceKind::video)
        unmet.said = tells_saying(text) ? 0.0F : 1.0F;
    constexpr float there = 0.5F;
    if (!demands.units.empty()) {
        const auto missing = std::count_if(demands.units.begin(), demands.units.end(),
                                           [&](std::size_t i) { return placed[i] < there; });
        unmet.units = static_cast<float>(missing) / static_cast<float>(demands.units.size());
    }
    bool entity_missing = false;
    // "I 3. klasse" may be told of "0.-3. klasse".
    const bool of_class =
        std::any_of(question.aspects.begin(), question.aspects.end(),
                    [](const Aspect& aspect) { return aspect.lemma == "klasse"; });
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (is_plain_number(aspect) && !of_class && placed[i] < there) unmet.numbers = 1;
        if (aspect.role == Role::entity && !is_plain_number(aspect) && !aspect.year &&
            placed[i] < there) {
            entity_missing = true;
        }
    }
    if (entity_missing && names_beside(question, text, sentence, false)) unmet.other = 1;
    return unmet;
}

}  // namespace raadbot::answer
