#include "retrieval/answer/demands.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "retrieval/answer/case_traits.hpp"
#include "retrieval/answer/question_plan.hpp"
#include "retrieval/answer/question_traits.hpp"
#include "retrieval/answer/side_words.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using danish::Token;
using Tokens = std::vector<Token>;
using Words = std::unordered_set<std::string_view>;

std::string_view word_at(const Tokens& tokens, std::size_t at) {
    return at < tokens.size() ? std::string_view(tokens[at].text) : std::string_view();
}

bool is_definite(std::string_view word) {
    if (!word.ends_with("en") && !word.ends_with("et") && !word.ends_with("ne")) return false;
    return danish::Morphology::instance().lemma(word) != word;
}

/// "Skema A", "biocidholdig bundmaling": nothing but the term up to the end.
bool is_bare_term(const Tokens& tokens, std::size_t from) {
    constexpr std::size_t most_words = 3;
    if (from >= tokens.size() || tokens.size() - from > most_words) return false;
    // "Kommunens hjemmeside": whose it is.
    return !tokens[from].text.ends_with("s") &&
           std::none_of(tokens.begin() + static_cast<std::ptrdiff_t>(from), tokens.end(),
                        [](const Token& token) {
                            return danish::is_stop_word(token.text) ||
                                   token.text.find_first_of("0123456789") != std::string::npos;
                        });
}

bool asks_for_meaning(const QuestionView& question, const Tokens& tokens) {
    // "Hvad er reglerne", "hvad er planen med": more than a word is asked about.
    static const Words more{"regler",     "reglerne", "krav",     "kravene",    "forskel",
                            "forskellen", "status",   "planen",   "formålet",   "grunden",
                            "grund",      "opgave",   "opgaver",  "opgaven",    "svaret",
                            "meningen",   "rules",    "purpose",  "difference", "rolle",
                            "rollen",     "ansvar",   "fordelen", "holdningen"};
    if (holds(tokens, more)) return false;
    const auto matters =
        std::count_if(question.aspects.begin(), question.aspects.end(), is_subject_matter);
    constexpr std::ptrdiff_t most_words = 3;
    if (matters == 0 || matters > most_words) return false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string_view word = tokens[i].text;
        if (word == "betyder" || word == "menes" || word == "mean" || word == "means") return true;
        if (word == "ud" && word_at(tokens, i + 1) == "på" && holds(tokens, {"går"})) return true;
        if (word == "dækker" && word_at(tokens, i - 1) == "hvad" && tokens.back().text == "over")
            return true;
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
                 holds(tokens, {"noget", "egentlig"}) || is_bare_term(tokens, i + 2))) {
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
        if (is_subject_matter(aspect) && aspect.surface.size() > 1 &&
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
    static const Words failing{"ikke",   "glemmer",  "aldrig",  "overskrider",
                               "nægter", "undlader", "længere", "sent"};
    static const Words sanctions{"bøde", "straf", "straffen", "konsekvensen", "konsekvenserne"};
    if (holds(tokens, {"koster"})) return false;
    if (holds(tokens, sanctions)) return true;
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (tokens[i].text == "hvad" && tokens[i + 1].text == "sker" &&
            tokens[i + 2].text == "der") {
            // Not "med et punkt, som vi ikke når".
            const bool conditional = std::any_of(
                tokens.begin(), tokens.end() - 1,
                [](const Token& token) { return token.text == "hvis" || token.text == "når"; });
            return holds(tokens, failing) && conditional;
        }
    }
    return false;
}

std::optional<std::size_t> asked_deed(const QuestionView& question, const Tokens& tokens) {
    static const Words leave{"må", "maa", "kan", "skal", "tør", "may", "can", "must"};
    static const Words general{"tage",  "få",     "have",  "give",  "gøre", "se",   "komme",
                               "gå",    "være",   "blive", "bruge", "lade", "sige", "vide",
                               "sætte", "stille", "lægge", "stå",   "take", "get",  "put"};
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

/// What the question is about by this very word.
std::optional<std::size_t> matter_named(const QuestionView& question, std::string_view word) {
    for (std::size_t i = 0; i < question.aspects.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (aspect.surface == word && is_subject_matter(aspect)) return i;
    }
    return std::nullopt;
}

/// "Må jeg tage hunden med", "må man holde gæs": what it would be done to.
std::optional<std::size_t> asked_object(const QuestionView& question, const Tokens& tokens) {
    static const Words doings{"tage",   "have",     "få",    "bruge",  "lægge",    "sætte",
                              "stille", "opsætte",  "holde", "spise",  "drikke",   "grille",
                              "ryge",   "opstille", "sælge", "plante", "medbringe"};
    if (question.type != QuestionType::yes_no || tokens.size() < 4 ||
        (tokens[0].text != "må" && tokens[0].text != "maa"))
        return std::nullopt;
    auto token = std::find_if(tokens.begin(), tokens.end(),
                              [](const Token& word) { return doings.contains(word.text); });
    while (token != tokens.end() && ++token != tokens.end()) {
        if (const auto object = matter_named(question, token->text)) return object;
    }
    return std::nullopt;
}

/// "Er strøm med i prisen", "er det borgmesteren selv der vier": the thing or person that is asked
/// of.
std::optional<std::size_t> asked_part(const QuestionView& question, const Tokens& tokens) {
    if (question.type != QuestionType::yes_no || tokens.size() < 4 || tokens[0].text != "er")
        return std::nullopt;
    const bool cleft = tokens[1].text == "det" && holds(tokens, {"der", "som"});
    if (!cleft && !holds_pair(tokens, "med", "i")) return std::nullopt;
    return matter_named(question, tokens[cleft ? 2 : 1].text);
}

/// "Er der strøm på pladserne", "findes der et legat": what is to be there.
std::optional<std::size_t> asked_to_be_there(const QuestionView& question, const Tokens& tokens) {
    if (question.type != QuestionType::yes_no || tokens.size() < 3) return std::nullopt;
    const bool there =
        (tokens[0].text == "er" || tokens[0].text == "findes") && tokens[1].text == "der";
    if (!there) return std::nullopt;
    for (std::size_t t = 2; t < tokens.size(); ++t) {
        for (std::size_t i = 0; i < question.aspects.size(); ++i) {
            const Aspect& aspect = question.aspects[i];
            if (aspect.surface != tokens[t].text || aspect.inherited || aspect.context) continue;
            if (!aspect.light) return i;
        }
        if (!danish::is_stop_word(tokens[t].text)) return std::nullopt;
    }
    return std::nullopt;
}

/// "Hvor stort er indskuddet": of that thing, and no other sum.
std::optional<std::size_t> asked_size_of(const QuestionView& question, const Tokens& tokens) {
    static const Words sizes{"stor", "stort", "høj", "højt", "meget"};
    if (tokens.size() < 4 || tokens[0].text != "hvor" || !sizes.contains(tokens[1].text) ||
        (tokens[2].text != "er" && tokens[2].text != "bliver"))
        return std::nullopt;
    for (std::size_t i = 0; i < question.aspects.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (aspect.surface == tokens[3].text && !aspect.inherited && !aspect.context &&
            !aspect.light)
            return i;
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
std::vector<std::size_t> asked_units(const QuestionView& question, const Tokens& tokens) {
    static const Words units{"halv",    "måned", "uge",    "dag",       "døgn",
                             "nat",     "time",  "sæson",  "kvartal",   "halvår",
                             "weekend", "aften", "udland", "udenlandsk"};
    std::vector<std::size_t> found;
    if (!question.money) return found;
    // "En måned for sent" is no measure of the price.
    const auto is_lateness = [&](const std::string& word) {
        for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
            if (tokens[i].text == word && tokens[i + 1].text == "for" &&
                tokens[i + 2].text == "sent")
                return true;
        }
        return false;
    };
    for (std::size_t i = 0; i < question.aspects.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (!aspect.inherited && !aspect.context && !aspect.age && units.contains(aspect.lemma) &&
            !is_lateness(aspect.surface))
            found.push_back(i);
    }
    return found;
}

/// "Hvornår åbnede hallen", "hvilket år lukkede værftet"
bool asks_for_past(const QuestionView& question, const Tokens& tokens) {
    static const Words happened{"åbnede", "lukkede", "startede",  "begyndte", "flyttede", "aabnede",
                                "opened", "closed",  "grundlagt", "oprettet", "stiftet",  "bygget"};
    if (holds(tokens, {"skal", "bliver"})) return false;
    if ((question.type == QuestionType::when || holds(tokens, {"år"})) && holds(tokens, happened))
        return true;
    // "Hvornår blev planen sidst ændret"
    if (question.type == QuestionType::when && holds(tokens, {"blev"}) && holds(tokens, {"sidst"}))
        return true;
    // "Hvor gammel er skolen": since when it has been.
    static const Words old{"gammel", "gammelt", "gamle", "old"};
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const std::string& verb = i + 1 < tokens.size() ? tokens[i + 1].text : tokens[i].text;
        if (old.contains(tokens[i].text) &&
            (tokens[i - 1].text == "hvor" || tokens[i - 1].text == "how") &&
            (verb == "er" || verb == "is")) {
            return true;
        }
    }
    return false;
}

/// "Må jeg tage min hund med", "er det tilladt at filme"
bool asks_for_leave(const QuestionView& question, const Tokens& tokens) {
    static const Words leave{"må", "maa", "tilladt", "lovligt", "forbudt", "allowed"};
    return question.type == QuestionType::yes_no && holds(tokens, leave);
}

/// "Hvilke naboer", "hvilke skoler"; what is asked of them is no number.
bool asks_for_members(const QuestionView& question, const Tokens& tokens) {
    return question.type == QuestionType::list && holds(tokens, {"hvilke", "which"}) &&
           std::any_of(question.aspects.begin(), question.aspects.end(),
                       [](const Aspect& aspect) { return aspect.focus; });
}

bool asks_for_reason(const QuestionView& question, const Tokens& tokens) {
    static const Words reasons{"grund", "grunden", "begrundelse", "begrundelsen",
                               "årsag", "årsagen", "reason"};
    if (question.type == QuestionType::why) return true;
    // "Hvad er grunden til", "af hvilken årsag"; not "hvad koster det for den enkelte grund".
    static const Words before{"er", "var", "hvilken", "hvilke", "is", "was", "deres", "den", "the"};
    if (!holds(tokens, {"hvad", "hvilken", "what"})) return false;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (reasons.contains(tokens[i].text) && before.contains(tokens[i - 1].text)) return true;
    }
    return false;
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

bool asks_for_names(const Tokens& tokens) {
    static const Words numbers{"to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"};
    static const Words called{"firma", "selskab", "bureau", "navn", "navne", "virksomhed"};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string_view word = tokens[i].text;
        // "Skal hallen hedde noget andet" asks for no name.
        const bool names = word == "hedder" || word == "hed" || word == "hedde";
        if (names && !holds(tokens, {"noget", "stadig", "fortsat"})) return true;
        if (word != "hvilke" && word != "hvilket" && word != "hvilken") continue;
        const std::string_view next = word_at(tokens, i + 1);
        const std::string_view second = word_at(tokens, i + 2);
        if (numbers.contains(next) || called.contains(next) || called.contains(second)) return true;
    }
    return false;
}

/// "Blev lokalplanen vedtaget", "er forslaget godkendt"
bool asks_for_fate(const QuestionView& question, const Tokens& tokens) {
    static const Words opening{"blev", "er", "bliver", "was", "is"};
    static const Words fates{"vedtaget", "godkendt", "afvist",   "forkastet", "besluttet",
                             "bevilget", "udsat",    "approved", "adopted",   "rejected"};
    return (question.type == QuestionType::decision || question.type == QuestionType::yes_no) &&
           opening.contains(tokens.front().text) && holds(tokens, fates);
}

/// "Hvad hedder lægen", "hvem sidder i handicaprådet", "hvem fra venstre stemte".
bool asks_for_persons(const Tokens& tokens) {
    static constexpr std::array<std::string_view, 18> persons{
        "leder",  "chef",     "formand",   "mester", "direktør", "læge",
        "lærer",  "rektor",   "konsulent", "præst",  "skipper",  "jurist",
        "medlem", "rådgiver", "mand",      "kvinde", "vært",     "koordinator"};
    const danish::Morphology& morphology = danish::Morphology::instance();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string_view word = tokens[i].text;
        const std::string_view next = word_at(tokens, i + 1);
        if (word == "hvem" && (next == "sidder" || next == "sad" || next == "fra" || next == "af"))
            return true;
        // "Hvem blev valgt til huslejenævnet"
        if (word == "hvem" && (next == "blev" || next == "er") &&
            (word_at(tokens, i + 2) == "valgt" || word_at(tokens, i + 2) == "udpeget"))
            return true;
        if (word == "hvem" && next == "er") {
            const std::string_view second = word_at(tokens, i + 2);
            if (second == "med" || second == "medlem" || second == "medlemmer") return true;
        }
        // "Hvem er åmand", "hvem er den bygningskyndige"
        if (i == 0 && word == "hvem" && (next == "er" || next == "var")) {
            const std::string lemma = morphology.lemma(word_at(tokens, i + 2));
            if (word_at(tokens, i + 2) == "den") return true;
            return std::any_of(persons.begin(), persons.end(),
                               [&](std::string_view person) { return lemma.ends_with(person); });
        }
        if (word != "hedder" && word != "hed") continue;
        for (std::size_t after = i + 1; after < tokens.size(); ++after) {
            const std::string lemma = morphology.lemma(tokens[after].text);
            if (danish::is_stop_word(tokens[after].text)) continue;
            return std::any_of(persons.begin(), persons.end(),
                               [&](std::string_view person) { return lemma.ends_with(person); });
        }
    }
    return false;
}

/// "Hvem er formand": he is; not "hvem afløser formanden".
bool names_holder(const Tokens& tokens) {
    return tokens.size() > 2 && tokens[0].text == "hvem" &&
           (tokens[1].text == "er" || tokens[1].text == "var");
}

/// "Hvem var de to der stemte imod"
bool asks_for_group(const Tokens& tokens) {
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (tokens[i].text == "hvem" &&
            (tokens[i + 1].text == "var" || tokens[i + 1].text == "er") &&
            tokens[i + 2].text == "de")
            return true;
    }
    return false;
}

/// "Hvem fandt på navnet", "hvem vier folk"; not "hvem skal jeg skrive til", "hvem fik opgaven".
bool asks_for_doer(const QuestionView& question, const Tokens& tokens) {
    static const Words others{"skal",      "kan",    "må",       "bør", "får", "fik",
                              "jeg",       "vi",     "man",      "til", "hos", "vandt",
                              "overtager", "ansvar", "ansvaret", "who"};
    return question.type == QuestionType::who && !holds(tokens, others);
}

/// "Lunby skole", written as the question likes.
std::vector<House> houses_in(const QuestionView& question, const Tokens& tokens) {
    static const Words kinds{"skole",     "børnehave", "børnehus", "vuggestue", "bibliotek",
                             "svømmehal", "hal",       "kirke",    "plejehjem", "plejecenter",
                             "museum",    "havn",      "station",  "gymnasium"};
    std::vector<House> houses;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const bool named = std::any_of(
            question.aspects.begin(), question.aspects.end(), [&](const Aspect& aspect) {
                return aspect.role == Role::entity && aspect.surface == tokens[i].text;
            });
        if (named && kinds.contains(tokens[i + 1].text))
            houses.push_back({tokens[i].text, tokens[i + 1].text});
    }
    return houses;
}

/// "Hvor hård straf": no place.
bool asks_for_degree(const Tokens& tokens) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].text == "hvor") {
            return danish::Morphology::instance().kind(tokens[i + 1].text) ==
                   danish::Morphology::Kind::adjective;
        }
    }
    return false;
}

}  // namespace

Demands demands_of(const QuestionView& question, const Date& today) {
    Demands demands;
    demands.this_year = static_cast<int>(today.year());
    const Tokens tokens = danish::tokenize(question.text);
    if (tokens.empty()) return demands;
    demands.letters = asked_letters(question, tokens);
    demands.meaning = demands.letters.empty() && asks_for_meaning(question, tokens);
    const bool how = question.type == QuestionType::how;
    const bool where = question.type == QuestionType::where;
    demands.means = (how || where) && question.personal && turns_to_somebody(tokens, how);
    // "Hvilken side af vejen" is a side, and no place.
    demands.place = where && !demands.means && !asks_for_degree(tokens) &&
                    !(holds(tokens, {"side"}) && holds(tokens, {"hvilken", "which"}));
    // "Hvem er gruppeformand for Venstre", "hvem er borgerrådgiver, altså navnet"
    demands.persons = question.type != QuestionType::how_much && !holds(tokens, {"mange"}) &&
                      (asks_for_persons(tokens) || (question.person && names_holder(tokens)));
    demands.names = question.type != QuestionType::why && asks_for_names(tokens);
    demands.named =
        demands.names && !demands.persons && holds(tokens, {"hedde", "hedder", "navnet", "døbt"});
    demands.sanction = asks_for_sanction(tokens);
    demands.deed = asked_deed(question, tokens);
    demands.object = asked_object(question, tokens);
    if (!demands.object) demands.object = asked_part(question, tokens);
    if (!demands.deed) demands.deed = lasting_deed(question);
    if (!demands.deed) demands.deed = asked_to_be_there(question, tokens);
    if (!demands.deed) demands.deed = asked_size_of(question, tokens);
    demands.past = asks_for_past(question, tokens);
    demands.reason = asks_for_reason(question, tokens);
    demands.said = asks_for_saying(question, tokens);
    demands.houses = houses_in(question, tokens);
    demands.units = asked_units(question, tokens);
    demands.variants = variants_asked(question);
    demands.sides = sides_asked(question, demands.this_year);
    demands.measures = measures_asked(question);
    demands.leave = asks_for_leave(question, tokens);
    demands.voters = question.type == QuestionType::vote && asks_who_voted(question.text) &&
                     holds(tokens, {"stemte", "stemt", "undlod", "voted"});
    demands.group = asks_for_group(tokens);
    demands.counts =
        question.wanted == Wanted::count &&
        std::count_if(question.aspects.begin(), question.aspects.end(), is_entity) == 1;
    demands.several = holds(tokens, {"og", "eller", "både", "and", "or"});
    demands.doer = asks_for_doer(question, tokens);
    demands.members = asks_for_members(question, tokens);
    demands.fate = asks_for_fate(question, tokens);
    return demands;
}

}  // namespace raadbot::answer
