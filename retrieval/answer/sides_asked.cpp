#include <algorithm>
#include <array>
#include <string>

#include "retrieval/answer/side_words.hpp"
#include "retrieval/answer/sides.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using danish::Token;
using Tokens = std::vector<Token>;

bool is_frist(const Token& token) {
    return token.text.ends_with("frist") || token.text.ends_with("fristen");
}

bool asks_for_deadline(const Tokens& tokens) {
    static const SideWords words{"senest", "deadline"};
    return names_deadline(tokens) &&
           (holds(tokens, words) || std::any_of(tokens.begin(), tokens.end(), is_frist));
}

/// "Hvornår får vi svar når vi har søgt"
bool asks_for_reply(const Tokens& tokens) {
    static const SideWords replies{"svar", "svare", "besked", "afgørelse", "answer", "reply"};
    static const SideWords applied{"søgt",      "ansøgt",      "klager", "klaget", "søger", "om",
                                   "ansøgning", "ansøgningen", "får",    "går",    "tager"};
    static const SideWords owed{"skal", "senest", "frist", "fristen"};
    return holds(tokens, replies) && holds(tokens, applied) && !holds(tokens, owed);
}

/// A hearing or a meeting, or until when one may have a say.
bool means_hearing(const Tokens& tokens) {
    static const SideWords words{"sidste",     "chance",       "brokke",      "klage",
                                 "svar",       "svare",        "senest",      "mene",
                                 "indsigelse", "frist",        "indsigelser", "fristen",
                                 "sige",       "bemærkninger", "hearing",     "meeting"};
    return holds(tokens, words) ||
           std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
               return token.text.starts_with("høring") ||
                      token.text.find("møde") != std::string::npos;
           });
}

/// Right behind "hvilken", "hvilke": one of these.
bool asks_which(const Tokens& tokens, const SideWords& words) {
    static const SideWords which{"hvilken", "hvilke", "which"};
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (which.contains(tokens[i].text) && words.contains(tokens[i + 1].text)) return true;
    }
    return false;
}

/// "Hvad tid", "hvornår kører den sidste bus"
bool asks_for_hour(const Tokens& tokens, bool when) {
    static const SideWords departs{"kører", "sejler", "afgår"};
    static const SideWords ends{"sidste", "første"};
    // "Hvornår åbner SFO om morgenen"
    static const SideWords moves{"åbner",    "lukker",  "går",    "starter", "aabner",
                                 "begynder", "slutter", "kommer", "åbent",   "åben"};
    const bool part_of_day =
        holds_pair(tokens, "om", "morgenen") || holds_pair(tokens, "om", "eftermiddagen") ||
        holds_pair(tokens, "om", "aftenen") || holds_pair(tokens, "om", "formiddagen");
    if (when && part_of_day && (holds(tokens, departs) || holds(tokens, moves))) return true;
    return holds_pair(tokens, "hvad", "tid") || holds_pair(tokens, "what", "time") ||
           asks_which(tokens, {"tider", "tidspunkt", "tidspunkter"}) ||
           holds_pair(tokens, "hvad", "klokken") || holds_pair(tokens, "klokken", "hvad") ||
           (when && holds(tokens, departs) && holds(tokens, ends)) ||
           (when && holds_pair(tokens, "på", "dagen"));
}

/// "Hvor gammel skal man være"; not "hvor gammel er skolen".
bool asks_for_age(const Tokens& tokens) {
    static const SideWords leave{"skal", "må", "bør", "kan", "do", "must", "should"};
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        const std::string& next = tokens[i + 1].text;
        const bool old = (tokens[i].text == "hvor" && next.starts_with("gam")) ||
                         (tokens[i].text == "how" && next == "old");
        if (old && leave.contains(tokens[i + 2].text)) return true;
    }
    return false;
}

bool asks_for_rest(const Tokens& tokens) {
    static const SideWords states{"ledige", "ledig", "tomme", "tom", "left", "vacant", "usolgte"};
    return holds(tokens, states) || holds_pair(tokens, "tilbage", "i") ||
           holds_pair(tokens, "tilbage", "på") || holds_pair(tokens, "er", "tilbage") ||
           holds_pair(tokens, "der", "tilbage");
}

bool asks_for_waiting(const Tokens& tokens) {
    static const SideWords until{"før",  "inden",  "foer",    "klar",      "klart",
                                 "svar", "færdig", "færdigt", "behandlet", "ready",
                                 "get",  "answer", "reply",   "kommer",    "behandle"};
    return holds_pair(tokens, "tager", "det") || holds_pair(tokens, "it", "take") ||
           (holds_pair(tokens, "går", "der") && holds(tokens, until));
}

/// One question, and of the price beside the ordinary one.
bool asks_for_extra(const Tokens& tokens) {
    static const SideWords extra{"ekstra", "oveni"};
    static const SideWords asking{"hvad", "hvor", "what"};
    const auto asked = std::count_if(tokens.begin(), tokens.end(), [](const Token& token) {
        return asking.contains(token.text);
    });
    return asked < 2 && (holds(tokens, extra) || holds_pair(tokens, "det", "mere"));
}

bool asks_whether_it_costs(const Tokens& tokens) {
    static const SideWords words{"gratis", "betale"};
    return holds(tokens, words) || holds_pair(tokens, "koster", "det") ||
           holds_pair(tokens, "koster", "noget");
}

/// "Vi nåede ikke at tilmelde os", "jeg har glemt det, og fristen er ude"
bool missed_deadline(const Tokens& tokens) {
    static const SideWords failed{"ikke", "glemt"};
    static const SideWords time{"nåede", "nået", "fristen", "perioden"};
    const bool undone = holds_pair(tokens, "fik", "ikke") && holds(tokens, {"inden", "før"});
    return undone || (holds(tokens, failed) && holds(tokens, time));
}

/// "Hvornår sejler den hjem igen", "hvornår går bussen tilbage"
bool asks_for_way_back(const Tokens& tokens) {
    static const SideWords goes{"kører", "sejler", "går", "afgår", "tager", "kommer"};
    return holds(tokens, goes) &&
           (holds_pair(tokens, "hjem", "igen") || holds_pair(tokens, "tilbage", "igen") ||
            holds(tokens, {"hjemturen", "returturen", "hjemad"}));
}

/// "Hvad kostede en lastbil før juli 2026"
bool asks_for_former_price(const Tokens& tokens) {
    static const SideWords was{"kostede", "betalte", "var"};
    static const SideWords before{"før", "foer", "tidligere", "førhen", "hidtil"};
    return holds(tokens, was) && holds(tokens, before);
}

/// "Med det samme", "ekspres"
bool asks_for_haste(const Tokens& tokens, bool of_price) {
    const bool express = std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.text.starts_with("haste") || token.text.starts_with("ekspres") ||
               token.text == "express";
    });
    // "Jeg skal have det på en dag"; not "hvor mange må man fange på en dag".
    const bool in_a_day =
        of_price && holds_pair(tokens, "på", "en") && holds_pair(tokens, "en", "dag");
    const bool at_once = holds_pair(tokens, "her", "og") && holds_pair(tokens, "og", "nu");
    return express || in_a_day || at_once || holds_pair(tokens, "det", "samme") ||
           holds_pair(tokens, "samme", "dag");
}

/// A price, and no other sum by its name.
bool asks_for_plain_price(const Tokens& tokens) {
    static const SideWords prices{"koster", "kostet", "koste", "pris", "prisen"};
    return holds(tokens, prices) && !std::any_of(tokens.begin(), tokens.end(), is_other_sum);
}

/// Open or closed on a day that is not like the others.
bool asks_for_feast(const QuestionView& question, const Tokens& tokens) {
    static const SideWords open{"åben",   "åbent",  "åbne",   "åbner", "lukket", "lukker",
                                "holder", "lukkes", "tømmer", "open",  "closed", "tømmes"};
    // "Åbner det efter nytår": when, and not on that day.
    static const SideWords around{"efter", "før", "foer",  "inden",
                                  "siden", "til", "after", "before"};
    if (question.type != QuestionType::when && question.type != QuestionType::yes_no) return false;
    if (!holds(tokens, open)) return false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (names_feast(tokens[i]) && (i == 0 || !around.contains(tokens[i - 1].text))) return true;
    }
    return false;
}

/// "Får jeg pengene tilbage hvis det regner", "får vi depositum igen"
bool asks_for_refund(const Tokens& tokens) {
    static const SideWords sums{"pengene",   "beløbet",      "gebyret",
                                "depositum", "depositummet", "dem"};
    static const SideWords got{"får", "få", "faar", "fås"};
    return holds(tokens, got) && holds(tokens, sums) && holds(tokens, {"tilbage", "igen"});
}

/// "Hvad blev huset solgt for", "hvad indbragte grunden"
bool asks_what_it_fetched(const Tokens& tokens) {
    return holds_pair(tokens, "solgt", "for") || holds(tokens, {"indbragte"}) ||
           (holds(tokens, {"fik"}) && holds_pair(tokens, "vi", "for"));
}

/// "Hvor stærkt må man køre"
bool asks_for_speed(const Tokens& tokens) {
    static const SideWords fast{"stærkt", "staerkt", "hurtigt", "fast"};
    static const SideWords asking{"hvor", "how"};
    static const SideWords moves{"køre",  "kører",  "kørte", "sejle", "sejler",
                                 "cykle", "cykler", "drive", "sail"};
    constexpr std::ptrdiff_t near = 4;  // "Hvor hurtigt må man køre"
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (!fast.contains(tokens[i].text) || !asking.contains(tokens[i - 1].text)) continue;
        const auto how = tokens.begin() + static_cast<std::ptrdiff_t>(i);
        return std::any_of(how, how + std::min(near, tokens.end() - how),
                           [](const Token& token) { return moves.contains(token.text); });
    }
    return false;
}

/// The word right before a bus, ferry or train: "den sidste færge".
bool asks_for_departure(const Tokens& tokens, std::string_view which) {
    static constexpr std::array<std::string_view, 9> kinds{"færge",  "bus", "tog",  "afgang", "tur",
                                                           "færgen", "båd", "skib", "bussen"};
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const std::string& ride = tokens[i + 1].text;
        if (tokens[i].text == which &&
            std::any_of(kinds.begin(), kinds.end(),
                        [&](std::string_view kind) { return ride.ends_with(kind); }))
            return true;
    }
    return false;
}

/// "Hvor lidt må vi tjene", "hvor høj indkomst må jeg have"
bool asks_for_earnings(const Tokens& tokens) {
    static const SideWords words{"tjene", "tjener", "indkomst", "indtægt", "earn"};
    static const SideWords limits{"må", "maa", "kan", "may", "can"};
    return holds(tokens, words) && holds(tokens, limits);
}

/// The thing of which one is asked for; empty when it is a day or a way.
std::string which_thing(const Tokens& tokens) {
    static const SideWords which{"hvilken", "hvilket", "hvilke"};
    static const SideWords counts{"to", "tre", "fire", "fem", "andre", "anden", "andet"};
    static const SideWords measures{"dag", "dage", "dato", "datoer", "tid", "år", "vej", "måde"};
    std::string thing;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (!which.contains(tokens[i].text)) continue;
        const std::size_t noun = i + (counts.contains(tokens[i + 1].text) ? 2 : 1);
        if (noun < tokens.size() && !measures.contains(tokens[noun].text) &&
            !danish::is_stop_word(tokens[noun].text))
            thing = tokens[noun].text;
    }
    return thing;
}

}  // namespace

Sides sides_asked(const QuestionView& question, int this_year) {
    static const SideWords ends{"færdig", "færdigt", "færdige",   "færdigbygget", "slutter",
                                "slut",   "ender",   "ophører",   "udløber",      "finished",
                                "ends",   "end",     "afsluttet", "faerdig"};
    static const SideWords begins{"åbner",  "genåbner", "begynder", "starter", "igen",
                                  "aabner", "opens",    "reopen",   "begins",  "starts"};
    static const SideWords totals{"ialt", "tilsammen", "samlet", "samlede", "total"};
    static const SideWords becomes{"bliver"};
    const Tokens tokens = danish::tokenize(question.text);
    const bool when = question.type == QuestionType::when;
    const bool lasts = question.wanted == Wanted::duration;
    const bool yes_no = question.type == QuestionType::yes_no;
    Sides sides;
    sides.this_year = this_year;
    sides.end = when && holds(tokens, ends);
    sides.begins = when && holds(tokens, begins);
    sides.coming =
        sides.begins || (when && (holds(tokens, becomes) || holds_pair(tokens, "flytte", "ind")));
    sides.deadline = when && !question.time && asks_for_deadline(tokens);
    sides.reply = (when || lasts) && asks_for_reply(tokens);
    sides.hearing = !when || means_hearing(tokens);
    sides.hour = asks_for_hour(tokens, when);
    sides.day =
        asks_which(tokens, {"dag", "dage", "dato", "datoer", "day", "days", "date", "dates"});
    sides.week = asks_which(tokens, {"uge", "uger"});
    sides.total = question.money && (holds(tokens, totals) || holds_pair(tokens, "i", "alt"));
    sides.extra = question.money && asks_for_extra(tokens);
    sides.cost = yes_no && asks_whether_it_costs(tokens);
    sides.age = asks_for_age(tokens);
    sides.side = holds_pair(tokens, "hvilken", "side");
    sides.missed = (yes_no || question.type == QuestionType::how) && missed_deadline(tokens);
    sides.rest =
        (question.type == QuestionType::how_much && question.wanted != Wanted::measure &&
         asks_for_rest(tokens)) ||
        (yes_no && holds_pair(tokens, "er", "der") && holds(tokens, {"ledige", "ledig", "ledigt"}));
    sides.waiting = lasts && asks_for_waiting(tokens);
    sides.back = when && asks_for_way_back(tokens);
    sides.formerly = question.money && asks_for_former_price(tokens);
    sides.earnings = question.type == QuestionType::how_much && asks_for_earnings(tokens);
    sides.price = question.money && asks_for_plain_price(tokens);
    sides.open = when && (holds_pair(tokens, "er", "der") || holds(tokens, {"åben", "åbent"}));
    sides.urgent =
        question.type == QuestionType::how_much && asks_for_haste(tokens, question.money);
    sides.first = when && asks_for_departure(tokens, "første");
    sides.last = when && asks_for_departure(tokens, "sidste");
    if (sides.first || sides.last) sides.hour = true;
    sides.feast = asks_for_feast(question, tokens);
    sides.hours = when && holds(tokens, {"åben", "åbent", "åbner", "lukker", "åbningstid"});
    sides.above = number_behind(tokens, above_words);
    sides.below = number_behind(tokens, below_words);
    sides.refund = (yes_no || question.type == QuestionType::when) && asks_for_refund(tokens);
    sides.fetched = question.money && asks_what_it_fetched(tokens);
    sides.speed = question.type == QuestionType::how_much && asks_for_speed(tokens);
    sides.which = which_thing(tokens);
    return sides;
}

}  // namespace raadbot::answer
