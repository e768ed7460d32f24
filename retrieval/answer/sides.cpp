#include "retrieval/answer/sides.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "retrieval/answer/side_words.hpp"
#include "retrieval/answer/tellings.hpp"
#include "retrieval/danish/calendar.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::Token;
using Tokens = std::vector<Token>;

/// "Fra den 26. oktober til den 7. december", "til og med den 15. december"
bool runs_until(const Tokens& tokens) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].text != "til") continue;
        const std::string& next = tokens[i + 1].text;
        if (next == "og" || next == "den" || tokens[i + 1].kind == danish::TokenKind::number)
            return true;
    }
    return false;
}

/// Every date of the sentence stands behind one of these words.
bool all_dates_behind(const SentenceView& sentence, const Tokens& tokens, const SideWords& words) {
    bool any = false;
    for (const Mark& mark : sentence.marks) {
        if (mark.kind != Mark::Kind::date && mark.kind != Mark::Kind::time) continue;
        const auto at = std::find_if(tokens.begin(), tokens.end(),
                                     [&](const Token& token) { return token.end > mark.begin; });
        // "Fra den 5. maj 2027": the word before the day stands before its month and year.
        constexpr std::ptrdiff_t parts_of_date = 4;
        const auto from = at - std::min<std::ptrdiff_t>(parts_of_date, at - tokens.begin());
        any = true;
        if (std::none_of(from, at, [&](const Token& token) { return words.contains(token.text); }))
            return false;
    }
    return any;
}

bool starts_any(const Tokens& tokens, std::initializer_list<std::string_view> stems) {
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
        return std::any_of(stems.begin(), stems.end(),
                           [&](std::string_view stem) { return token.text.starts_with(stem); });
    });
}

/// "22.40" in a timetable.
bool shows_clock(std::string_view text) {
    const auto digit = [&](std::size_t at) {
        return at < text.size() && text[at] >= '0' && text[at] <= '9';
    };
    for (std::size_t at = text.find('.'); at != std::string_view::npos;
         at = text.find('.', at + 1)) {
        if (at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && !digit(at + 3))
            return true;
    }
    return false;
}

bool tells_extra(const Tokens& tokens) {
    return starts_any(tokens, {"ekstra", "yderligere", "tillæg", "mer", "oveni", "hertil",
                               "derudover", "herudover", "udover", "tilfør", "forhøj", "øge",
                               "løft", "extra", "supple", "særskilt", "dertil", "flere"});
}

bool tells_cost(const Tokens& tokens, const Facts& facts) {
    return facts.money || facts.percent ||
           starts_any(tokens, {"gratis", "betal", "pris", "kost", "gebyr", "vederlag", "takst",
                               "udgift", "egenbetal", "beregning", "leje", "kontingent", "refunder",
                               "dækk", "tilskud", "free", "afgift", "fri"});
}

bool tells_consequence(const Tokens& tokens) {
    return holds(tokens, {"efter", "efterfølgende"}) ||
           starts_any(tokens, {"sent", "bortfald", "mister", "mistes", "dispens", "alligevel",
                               "afvis", "senere", "venteliste", "udeluk", "overskr", "fortabe",
                               "ledige", "undtag", "behandles", "modtages", "forsink"});
}

bool speaks_of_hearing(const Tokens& tokens) {
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.text.starts_with("høring") || token.text.starts_with("borgermøde");
    });
}

/// That something is done, ready or opened, or until when it goes on.
bool tells_end(const Tokens& tokens, bool of_hearing) {
    static constexpr std::array<std::string_view, 12> stems{
        "færdig",  "klar",  "afslut", "indvi",  "åbn",  "genåbn",
        "aflever", "udløb", "ophør",  "slutte", "slut", "ibrugtag"};
    return (runs_until(tokens) && (of_hearing || !speaks_of_hearing(tokens))) ||
           holds_pair(tokens, "i", "brug") ||
           std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
               return token.text == "forventes" || token.text == "forventet" ||
                      (!token.text.ends_with("ede") &&
                       std::any_of(stems.begin(), stems.end(), [&](std::string_view stem) {
                           return token.text.starts_with(stem);
                       }));
           });
}

/// A weekday, or a day of a month in digits.
bool names_day(const Tokens& tokens) {
    static constexpr std::array<std::string_view, 7> weekdays{
        "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"};
    static const SideWords others{"hverdage", "hverdag", "weekenden", "dagligt", "helligdage"};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        const bool weekday =
            std::any_of(weekdays.begin(), weekdays.end(),
                        [&](std::string_view day) { return word.starts_with(day); });
        const bool dated = tokens[i].kind == danish::TokenKind::number &&
                           ((i > 0 && tokens[i - 1].text == "den") ||
                            (i + 1 < tokens.size() &&
                             danish::month_number(danish::loose_key(tokens[i + 1].text)) != 0));
        if (weekday || dated || others.contains(word) || word.ends_with("day")) return true;
    }
    return false;
}

bool holds_mark(const SentenceView& sentence, std::initializer_list<Mark::Kind> kinds) {
    return std::any_of(sentence.marks.begin(), sentence.marks.end(), [&](const Mark& mark) {
        return std::find(kinds.begin(), kinds.end(), mark.kind) != kinds.end();
    });
}

bool is_rate(std::string_view text, const Tokens& tokens, const SentenceView& sentence) {
    static const SideWords per{"pr", "per", "hver"};
    static const SideWords whole{"samlet", "samlede", "ramme", "rammen", "tilsammen", "ialt"};
    if (text.find("i alt") != std::string_view::npos || holds(tokens, whole)) return false;
    if (std::any_of(tokens.begin(), tokens.end(),
                    [](const Token& token) { return token.text == "koster"; }))
        return true;
    bool any = false;
    for (const Mark& mark : sentence.marks) {
        if (mark.kind != Mark::Kind::money) continue;
        any = true;
        constexpr std::size_t near = 4;
        const auto at = std::find_if(tokens.begin(), tokens.end(),
                                     [&](const Token& token) { return token.begin >= mark.begin; });
        const auto to = at + std::min<std::ptrdiff_t>(near, tokens.end() - at);
        if (std::none_of(at, to, [&](const Token& token) { return per.contains(token.text); }))
            return false;
    }
    return any;
}

/// "Gælder i 4 måneder", "Alder: 0-11 år": for how long or for whom, no waiting.
bool is_validity(const Tokens& tokens, const SentenceView& sentence) {
    if (!sentence.facts.duration) return false;
    if (sentence.row && !sentence.ages.empty()) return true;
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.text == "gælder" || token.text.starts_with("gyldig");
    });
}

/// What is left, free or unused at the moment.
bool names_rest(const Tokens& tokens) {
    static const SideWords words{"tilbage", "rest",  "resten",    "ledig",       "ledige",
                                 "ledigt",  "endnu", "usolgt",    "usolgte",     "tom",
                                 "tomme",   "tomt",  "uforbrugt", "resterende",  "saldo",
                                 "saldoen", "left",  "resterer",  "restbeløbet", "vacant"};
    return holds(tokens, words);
}

/// Somebody decides or answers; how long that takes.
bool tells_reply(const Tokens& tokens) {
    static constexpr std::array<std::string_view, 11> stems{
        "svar",   "besvar",     "afgør",    "behandl",  "besked",    "underret",
        "meddel", "sagsbehand", "ekspedit", "ventetid", "servicemål"};
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.text == "tager" ||
               std::any_of(stems.begin(), stems.end(),
                           [&](std::string_view stem) { return token.text.starts_with(stem); });
    });
}

/// "Uge 28-30"
bool names_week(const Tokens& tokens) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].text.starts_with("uge") && tokens[i + 1].kind == danish::TokenKind::number)
            return true;
    }
    return false;
}

/// The title or a heading above tells it.
bool titled(const PassageView& passage, bool (*tells)(const Tokens&)) {
    const auto& headings = passage.stored.passage.headings;
    return tells(danish::tokenize(passage.stored.title)) ||
           std::any_of(headings.begin(), headings.end(), [&](const std::string& heading) {
               return tells(danish::tokenize(heading));
           });
}

bool tells_way_back(const Tokens& tokens) {
    return starts_any(tokens, {"hjem", "retur", "tilbage", "begge"});
}

/// That a price was another one, or that it rose.
bool tells_former_price(const Tokens& tokens) {
    static const SideWords words{"før", "var", "kostede", "betalte", "sidste"};
    return holds(tokens, words) ||
           starts_any(tokens, {"tidligere", "hidtil", "indtil", "steg", "stig", "forhøj", "sænk",
                               "sat", "faldt", "nedsat", "nedsæt", "hæv", "uændr"});
}

bool tells_earnings(const Tokens& tokens) {
    return starts_any(tokens, {"indkomst", "indtægt", "tjen", "løn", "husstandsindkomst", "earn",
                               "aktivitetstillæg", "skattepligtig"});
}

bool tells_haste(const Tokens& tokens) {
    return starts_any(tokens, {"haste", "ekspres", "express", "akut", "provisorisk", "samme",
                               "straks", "hurtig", "nød", "midlertidig", "omgående"});
}

/// Hours of a feast, or of all days alike.
bool tells_feast(const Tokens& tokens) {
    return std::any_of(tokens.begin(), tokens.end(), names_feast) ||
           starts_any(tokens, {"lukkedag", "lukkeug", "ferie", "december", "døgnet"}) ||
           holds_pair(tokens, "alle", "dage") || holds_pair(tokens, "alle", "årets") ||
           holds_pair(tokens, "hele", "året") || holds_pair(tokens, "hver", "dag");
}

/// What was asked or offered, and not yet paid.
bool tells_least_bid(const Tokens& tokens) {
    return starts_any(tokens, {"mindstepris", "mindstebud", "udbud", "vurder", "forvent", "anslå"});
}

bool tells_refund(const Tokens& tokens) {
    return starts_any(tokens, {"tilbage", "refunder", "godtgør", "krediter", "erstat", "bortfald",
                               "fortab", "modregn", "kompens", "fradrag", "ombyt", "retur"});
}

bool tells_speed(const Tokens& tokens) {
    return starts_any(tokens, {"km", "kilometer", "knob", "fart", "hastighed", "speed"});
}

/// How long something takes, or that one waits for it.
bool tells_waiting(const Tokens& tokens) {
    return tells_reply(tokens) ||
           starts_any(tokens, {"vent",     "varer",   "varighed", "lever",  "klar",   "færdig",
                               "modtag",   "udsted",  "inden",    "bevil",  "anvis",  "tilbyd",
                               "fremsend", "udbetal", "hurtig",   "straks", "senest", "gennemsnit",
                               "forvent",  "påregn",  "frist",    "tid",    "efter",  "når",
                               "samme",    "kommer",  "går",      "garanti"});
}

bool speaks_of_first(const Tokens& tokens) { return starts_any(tokens, {"første", "tidlig"}); }
bool speaks_of_last(const Tokens& tokens) { return starts_any(tokens, {"sidste"}); }

}  // namespace

bool is_other_sum(const Token& token) {
    static constexpr std::array<std::string_view, 3> stems{"deposit", "restværdi", "selvrisiko"};
    return std::any_of(stems.begin(), stems.end(),
                       [&](std::string_view stem) { return token.text.starts_with(stem); });
}

bool names_feast(const Token& token) {
    static constexpr std::array<std::string_view, 12> stems{
        "juleaften",   "juledag",    "jul",        "nytår",        "påske",     "pinse",
        "skærtorsdag", "langfredag", "himmelfart", "grundlovsdag", "helligdag", "bededag"};
    const std::string& word = token.text;
    return word != "juli" && !word.starts_with("juli") &&
           std::any_of(stems.begin(), stems.end(),
                       [&](std::string_view stem) { return word.starts_with(stem); });
}

std::string number_behind(const Tokens& tokens, const SideWords& words) {
    constexpr std::size_t near = 3;  // "Mere end 20.000", "op til 10"
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind != danish::TokenKind::number) continue;
        for (std::size_t back = 1; back <= near && back <= i; ++back) {
            if (tokens[i - back].kind == danish::TokenKind::number) break;
            if (!words.contains(tokens[i - back].text)) continue;
            std::string number = tokens[i].text;
            std::erase(number, '.');
            return number;
        }
    }
    return {};
}

bool names_deadline(const Tokens& tokens) {
    static const SideWords words{"senest", "indtil", "før", "modtaget", "sidste", "deadline"};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        if (words.contains(word) || word.ends_with("frist") || word.ends_with("fristen") ||
            word.ends_with("frister"))
            return true;
        // Not "inden for 4,5 km".
        if (word == "inden" && (i + 1 == tokens.size() || tokens[i + 1].text != "for")) return true;
    }
    return false;
}

bool tells_other_side(const Sides& asked, const PassageView& passage, std::size_t sentence) {
    static const SideWords since{"siden"};
    static const SideWords from{"siden", "fra"};
    if (!asked.any()) return false;
    const SentenceView& told = passage.sentences[sentence];
    const std::string_view text = passage.words(told);
    const Tokens tokens = danish::tokenize(text);
    using Kind = Mark::Kind;
    if (asked.coming && all_dates_behind(told, tokens, since)) return true;
    // "Har tag fra 1968": that has been.
    const bool past = !told.years.empty() && !names_month(text) &&
                      std::all_of(told.years.begin(), told.years.end(),
                                  [&](int year) { return year < asked.this_year; });
    if ((asked.coming || asked.end) && past) return true;
    // "Foreslås begrænset til 2 timer" is no beginning.
    if (asked.begins && told.facts.duration && !told.facts.deadline &&
        !holds_mark(told, {Kind::date, Kind::time}))
        return true;
    if (asked.end && (all_dates_behind(told, tokens, from) || !tells_end(tokens, asked.hearing)))
        return true;
    if (asked.day && !names_day(tokens)) return true;
    if (asked.week && !names_week(tokens) && !names_day(tokens)) return true;
    if (asked.hour && !told.facts.time && !shows_clock(text)) return true;
    if (asked.extra && !tells_extra(tokens)) return true;
    if (asked.cost && !tells_cost(tokens, told.facts)) return true;
    if (asked.age && told.ages.empty() && !told.facts.duration) return true;
    if (asked.side &&
        !starts_any(tokens, {"nord", "syd", "øst", "vest", "højre", "venstre", "side"}))
        return true;
    if (asked.missed && !tells_consequence(tokens)) return true;
    if (asked.reply && !tells_reply(tokens) && !titled(passage, tells_reply)) return true;
    if (!asked.hearing && speaks_of_hearing(tokens)) return true;
    if (asked.total && is_rate(text, tokens, told)) return true;
    if (asked.waiting && is_validity(tokens, told)) return true;
    if (asked.rest && !names_rest(tokens)) return true;
    const auto told_or_titled = [&](bool (*tells)(const Tokens&)) {
        return tells(tokens) || titled(passage, tells);
    };
    // "Sommerhuse må benyttes i højst 9 uger": no waiting.
    if (asked.waiting && !told_or_titled(tells_waiting)) return true;
    if (asked.feast && !told_or_titled(tells_feast)) return true;
    // "Mellem jul og nytår leveres der ikke": no hours.
    if (asked.feast && !told.facts.time &&
        !starts_any(tokens, {"åb", "luk", "hold", "betjen", "tøm", "hent"}))
        return true;
    // "Under 70 år: 280 kr." for somebody over 70.
    if (!asked.above.empty() && number_behind(tokens, below_words) == asked.above &&
        number_behind(tokens, above_words) != asked.above)
        return true;
    if (!asked.below.empty() && number_behind(tokens, above_words) == asked.below &&
        number_behind(tokens, below_words) != asked.below)
        return true;
    if (asked.hours && names_deadline(tokens) && !starts_any(tokens, {"åb", "luk", "betjen"}))
        return true;
    if (asked.refund && !tells_refund(tokens)) return true;
    if (asked.fetched && tells_least_bid(tokens)) return true;
    if (asked.speed && !tells_speed(tokens)) return true;
    if (asked.back && !tells_way_back(tokens)) return true;
    if (asked.formerly && !told_or_titled(tells_former_price)) return true;
    if (asked.earnings && told.facts.money && !told_or_titled(tells_earnings)) return true;
    if (asked.open && told.facts.only_year && !told.facts.time) return true;
    if (asked.price && std::any_of(tokens.begin(), tokens.end(), is_other_sum) &&
        !starts_any(tokens, {"leje", "pris", "kost", "gebyr", "takst", "betal"}))
        return true;
    if (asked.urgent && !told_or_titled(tells_haste)) return true;
    if (asked.first && told_or_titled(speaks_of_last) && !told_or_titled(speaks_of_first))
        return true;
    if (asked.last && told_or_titled(speaks_of_first) && !told_or_titled(speaks_of_last))
        return true;
    if (!asked.deadline) return false;
    const std::size_t before = sentence == 0 ? 0 : sentence - 1;
    const std::size_t behind = std::min(passage.sentences.size(), sentence + 2);
    for (std::size_t i = before; i < behind; ++i) {
        const Tokens near = danish::tokenize(passage.words(passage.sentences[i]));
        if (names_deadline(near) || runs_until(near)) return false;
    }
    return !titled(passage, names_deadline);
}

bool tells_only_some(std::string_view which, std::string_view text) {
    static const SideWords some{"en", "et", "nogle", "flere"};
    const Tokens tokens = danish::tokenize(text);
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (!same_word(tokens[i].text, which)) continue;
        const auto counts = [&](std::size_t at) {
            return some.contains(tokens[at].text) || is_number_word(tokens[at].text);
        };
        if (counts(i - 1) || (i > 1 && counts(i - 2))) return true;
    }
    return false;
}

}  // namespace raadbot::answer
