#include "retrieval/answer/facts.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <unordered_set>

#include "retrieval/answer/fact_words.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/numbers.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

/// "maj-juni", "mandag-fredag"
bool is_calendar_range(std::string_view word) {
    const std::size_t dash = word.find('-');
    return dash != std::string_view::npos && said_by(word.substr(0, dash)).calendar &&
           said_by(word.substr(dash + 1)).calendar;
}

bool ends_as_means(std::string_view word) {
    static constexpr std::array<std::string_view, 12> endings{
        "formular",   "formularen", "portal",          "portalen", "skema",      "skemaet",
        "blanketten", "service",    "selvbetjeningen", "løsning",  "hjemmeside", "hjemmesiden"};
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view end) { return word.ends_with(end); });
}

/// Behind a number: it is a size, "3 etager", "12 tegn".
bool is_size(std::string_view after) {
    static const std::unordered_set<std::string_view> units{
        "etage",  "etager", "tegn",  "m2",     "kvm",    "kvadratmeter", "hektar", "ha",
        "ton",    "tons",   "liter", "kg",     "grader", "m\xC2\xB2",    "cm",     "mm",
        "siders", "sider",  "ord",   "linjer", "db",     "watt",         "kw"};
    const auto tokens = danish::tokenize(after.substr(0, std::min<std::size_t>(after.size(), 24)));
    if (tokens.empty() || tokens.front().begin > 1) return false;
    // "Fire gange møllens højde"; not "fire gange om året".
    static const std::unordered_set<std::string_view> turns{
        "om", "i", "pr", "per", "på", "og", "årligt", "dagligt", "ugentligt"};
    if (tokens.front().text == "gange")
        return tokens.size() > 1 && tokens[1].kind == danish::TokenKind::word &&
               !turns.contains(tokens[1].text);
    return units.contains(tokens.front().text);
}

/// "Halv pris", "halv takst"
bool halves(const std::vector<danish::Token>& tokens, std::size_t i) {
    if (tokens[i].text != "halv" || i + 1 == tokens.size()) return false;
    const std::string& next = tokens[i + 1].text;
    return next == "pris" || next == "takst" || next == "betaling" || next == "afgift";
}

bool is_unit_of_time(std::string_view word) {
    static const std::unordered_set<std::string_view> units{"dag", "uge", "måned", "kvartal", "år"};
    return units.contains(word);
}

/// "Hver uge", "hver anden tirsdag", "den første onsdag i måneden"
bool is_recurring(const std::vector<danish::Token>& tokens, std::size_t i) {
    static const std::unordered_set<std::string_view> ordinals{"anden", "andet", "tredje", "fjerde",
                                                               "sjette"};
    static const std::unordered_set<std::string_view> weekdays{
        "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"};
    const bool weekday = weekdays.contains(tokens[i].text);
    if (weekday && i + 2 < tokens.size() &&
        (tokens[i + 1].text == "i" || tokens[i + 1].text == "hver") &&
        tokens[i + 2].text.starts_with("måned"))
        return true;
    if (!weekday && !is_unit_of_time(tokens[i].text)) return false;
    // "Hver 14. dag"
    const bool counted = i > 1 && (ordinals.contains(tokens[i - 1].text) ||
                                   tokens[i - 1].kind == danish::TokenKind::number);
    const std::size_t at = counted ? i - 2 : i - 1;
    return tokens[at].text == "hver" || tokens[at].text == "hvert";
}

/// "Den 14. december", "5. klasse", "0.-6.", "lokalplan 142", "Havnegade 21": a number that counts
/// nothing.
bool only_numbers(std::string_view sentence, const danish::Quantity& q) {
    static const std::unordered_set<std::string_view> numbered{"nr",
                                                               "nummer",
                                                               "stk",
                                                               "punkt",
                                                               "pkt",
                                                               "side",
                                                               "kl",
                                                               "lokalplan",
                                                               "rute",
                                                               "buslinje",
                                                               "linje",
                                                               "etape",
                                                               "bilag",
                                                               "kapitel",
                                                               "afsnit",
                                                               "lokale",
                                                               "gruppe",
                                                               "mødelokale",
                                                               "uge",
                                                               "paragraf",
                                                               "trin",
                                                               "klasse",
                                                               "fase",
                                                               "zone",
                                                               "den",
                                                               "tillæg",
                                                               "kommuneplantillæg",
                                                               "postnummer",
                                                               "lokalplanforslag",
                                                               "forslag",
                                                               "model",
                                                               "bane",
                                                               "kote",
                                                               "matrikel",
                                                               "hal",
                                                               "sal"};
    const std::string_view after = sentence.substr(q.end);
    if (after.size() > 2 && after[0] == '.' && after[1] == ' ' && !is_upper(after, 2)) return true;
    const std::string_view head = sentence.substr(0, q.begin);
    // "Klassetrin: 0.-6."
    if (after.starts_with(".-") || head.ends_with(".-")) return true;
    const std::size_t from = head.size() > 40 ? head.find(' ', head.size() - 40) : 0;
    if (from == std::string_view::npos) return false;
    const auto tokens = danish::tokenize(head.substr(from));
    if (tokens.empty() || from + tokens.back().end + 2 < head.size() ||
        tokens.back().kind != danish::TokenKind::word) {
        return false;
    }
    const std::string& word = tokens.back().text;
    if (head.substr(from + tokens.back().end).find(':') != std::string_view::npos) return false;
    if (numbered.contains(word)) return true;
    return is_upper(head, from + tokens.back().begin) && ends_as_street(word);
}

/// The 8 of "8-10 år", "8-10 m" and "2-3 km": it counts what the other end counts.
std::optional<danish::QuantityKind> opens_range_of(std::string_view sentence,
                                                   const danish::Quantity& q) {
    const std::string_view after = sentence.substr(q.end);
    if (after.size() < 2 || after[0] != '-' || after[1] < '0' || after[1] > '9')
        return std::nullopt;
    const auto rest = danish::find_quantities(after.substr(1, 24));
    if (rest.empty() || rest.front().begin != 0) return std::nullopt;
    return rest.front().kind;
}

/// "300 kr. om året": what stands behind is not counted by the number.
bool parts_number(std::string_view word) {
    static const std::unordered_set<std::string_view> words{"kr",  "om", "pr",  "per", "mio",
                                                            "pct", "i",  "mia", "på",  "til"};
    return words.contains(word);
}

/// "Inden for 4,5 km", "indtil 14 meter": no time.
bool is_within(const std::vector<danish::Token>& tokens, std::size_t i) {
    const std::size_t number = tokens[i].text == "inden" ? i + 2 : i + 1;
    const bool within =
        tokens[i].text == "inden" && i + 1 < tokens.size() && tokens[i + 1].text == "for";
    if (!within && (tokens[i].text != "indtil" || number >= tokens.size() ||
                    tokens[number].kind != danish::TokenKind::number))
        return false;
    if (number + 1 >= tokens.size()) return within;
    const WordSays unit = said_by(tokens[number + 1].text);
    return !unit.duration_unit && !unit.calendar;
}

/// "Havnens Drift I/S": the form of a company, so that its name stands before it.
std::optional<std::size_t> company(std::string_view sentence) {
    static constexpr std::array<std::string_view, 7> forms{" A/S", " I/S",      " ApS",     " P/S",
                                                           " K/S", " A.m.b.a.", " a.m.b.a."};
    for (const std::string_view form : forms) {
        const std::size_t at = sentence.find(form);
        if (at == std::string_view::npos || at == 0) continue;
        const std::size_t after = at + form.size();
        if (after < sentence.size() &&
            std::isalnum(static_cast<unsigned char>(sentence[after])) != 0)
            continue;
        const std::size_t space = sentence.rfind(' ', at - 1);
        return space == std::string_view::npos ? 0 : space + 1;
    }
    return std::nullopt;
}

/// Where a site or page is named: "borger.dk", "www.egelund.example/webtv"; no mail address.
std::optional<std::size_t> web_address(std::string_view sentence) {
    static constexpr std::array<std::string_view, 4> endings{".dk", ".example", ".com", ".eu"};
    for (const std::string_view ending : endings) {
        for (std::size_t at = sentence.find(ending); at != std::string_view::npos;
             at = sentence.find(ending, at + 1)) {
            const std::size_t after = at + ending.size();
            const bool whole = after == sentence.size() ||
                               std::isalnum(static_cast<unsigned char>(sentence[after])) == 0;
            std::size_t begin = at;
            while (begin > 0 && sentence[begin - 1] != ' ' && sentence[begin - 1] != '@') --begin;
            if (whole && begin < at && (begin == 0 || sentence[begin - 1] != '@')) return begin;
        }
    }
    return std::nullopt;
}

bool costs_nothing(const std::vector<danish::Token>& tokens) {
    static const std::unordered_set<std::string_view> words{
        "gratis", "vederlagsfri", "vederlagsfrit", "gebyrfri", "gebyrfrit", "omkostningsfrit"};
    static const std::unordered_set<std::string_view> sums{"beregning", "betaling", "gebyr"};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (words.contains(tokens[i].text)) return true;
        if (tokens[i].text == "uden" && i + 1 < tokens.size() && sums.contains(tokens[i + 1].text))
            return true;
    }
    return false;
}

}  // namespace

bool is_upper(std::string_view text, std::size_t at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 'A' && c <= 'Z') return true;
    if (c == 0xC3 && at + 1 < text.size()) {  // À..Þ, of which Æ Ø Å matter here
        const auto next = static_cast<unsigned char>(text[at + 1]);
        return next >= 0x80 && next <= 0x9E;
    }
    return false;
}

Facts facts_of(std::string_view sentence) {
    std::vector<Mark> marks;
    return facts_of(sentence, danish::tokenize(sentence), marks);
}

Facts facts_of(std::string_view sentence, const std::vector<danish::Token>& tokens,
               std::vector<Mark>& marks) {
    Facts facts;
    using Found = Mark::Kind;
    const auto mark = [&](Found kind, std::size_t begin) {
        marks.push_back({kind, static_cast<std::uint32_t>(begin)});
    };
    facts.free = costs_nothing(tokens);
    bool year = false;
    std::vector<danish::Span> phones;
    for (const danish::Quantity& q : danish::find_quantities(sentence)) {
        using Kind = danish::QuantityKind;
        switch (q.kind) {
            case Kind::money:
                facts.money = facts.number = true;
                mark(Found::money, q.begin);
                break;
            case Kind::time_of_day:
                facts.time = true;
                mark(Found::time, q.begin);
                break;
            case Kind::duration:
                facts.duration = facts.number = facts.count = true;
                mark(Found::duration, q.begin);
                break;
            case Kind::phone:
                facts.contact = facts.phone = true;
                phones.push_back({q.begin, q.end});
                mark(Found::contact, q.begin);
                mark(Found::phone, q.begin);
                break;
            case Kind::paragraph:
                facts.rule = true;
                mark(Found::rule, q.begin);
                break;
            case Kind::percent:
            case Kind::distance:
                facts.number = facts.count = true;
                facts.counted = facts.counted || q.kind == Kind::percent;
                facts.size = facts.size || q.kind == Kind::distance;
                facts.percent = facts.percent || q.kind == Kind::percent;
                mark(q.kind == Kind::percent ? Found::percent : Found::distance, q.begin);
                break;
            case Kind::number:
                if (is_size(sentence.substr(q.end))) {
                    facts.size = true;
                    mark(Found::distance, q.begin);
                }
                if (q.value >= 1900 && q.value <= 2100 && q.end - q.begin == 4) {
                    year = true;
                    mark(Found::date, q.begin);
                } else if (opens_range_of(sentence, q) == Kind::duration) {
                    mark(Found::duration, q.begin);
                } else if (opens_range_of(sentence, q) == Kind::distance) {
                    mark(Found::distance, q.begin);
                } else if (!only_numbers(sentence, q)) {
                    // "Udskrivningsprocenten er 26,1"
                    if (sentence.substr(0, q.begin).find("procent") != std::string_view::npos) {
                        facts.percent = true;
                        mark(Found::percent, q.begin);
                    }
                    facts.number = facts.count = facts.counted = true;
                    mark(Found::number, q.begin);
                }
                break;
            case Kind::case_number: break;
        }
    }
    if (const std::size_t at = sentence.find('@'); at != std::string_view::npos) {
        facts.contact = true;
        mark(Found::contact, at);
    }
    if (const auto firm = company(sentence)) {
        facts.name = true;
        mark(Found::name, *firm);
    }
    const auto site = web_address(sentence);
    if (site) {
        facts.place = true;
        mark(Found::place, *site);
    }
    const danish::Morphology& morphology = danish::Morphology::instance();
    bool after_stop = true;
    bool number_before = false;
    bool upper_before = false;
    bool pays = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const danish::Token& token = tokens[i];
        const std::string_view word = token.text;
        const WordSays says = said_by(word);
        if (says.calendar || is_calendar_range(word)) {
            facts.date = true;
            mark(Found::date, token.begin);
        }
        if (word == "kl") facts.time = true;
        if (word == "stemte" || word == "stemmer" || word == "enstemmigt" || word == "stemme" ||
            word == "enighed" || word == "enig" || word == "undlod" || word == "undlader") {
            facts.vote = true;
        }
        if (word == "lov" || word.ends_with("loven") || word.ends_with("lovens") ||
            word.ends_with("bekendtgørelsen") || word.ends_with("vedtægten") ||
            word == "forretningsordenen" || word == "forretningsordenens") {
            facts.rule = true;
            mark(Found::rule, token.begin);
        }
        pays = pays || word.starts_with("vederlag") || word.ends_with("vederlag") ||
               word.ends_with("vederlaget");
        facts.rules = facts.rules || says.ruling;
        facts.defines = facts.defines || word == "er" || word == "betyder" || word == "kaldes" ||
                        word == "forstås";
        facts.procedure = facts.procedure || says.procedure;
        // ", da udbuddet gik om": in the midst of a sentence it is no time.
        const bool since =
            word == "da" && token.begin > 1 && sentence.substr(token.begin - 2, 2) == ", ";
        facts.reason = facts.reason || says.reason || since;
        facts.means = facts.means || says.means || ends_as_means(word);
        facts.deadline = facts.deadline || (says.deadline && !is_within(tokens, i));
        if (token.kind == danish::TokenKind::word) {
            if (says.duration_unit && number_before) {
                facts.duration = true;
                mark(Found::duration, token.begin);
            }
            facts.office = facts.office || says.office;
            facts.name = facts.name || says.office;
            facts.place = facts.place || says.place;
            if (says.office) mark(Found::office, token.begin);
            if (says.place) mark(Found::place, token.begin);
            const bool upper = is_upper(sentence, token.begin);
            if (!after_stop && upper) {
                facts.name = true;
                mark(Found::name, token.begin);
            }
            // "Birgitte Holm": neighbours, both capitalised; "Sprogcenter Holm" is none: a first
            // name is no compound.
            const auto opened = [&] {
                // "Lis Thygesen (C)"
                const std::string_view behind = sentence.substr(token.end);
                const bool of_party = behind.starts_with(" (") && behind.size() > 2 &&
                                      is_upper(behind, 2) && behind.find(')') < 6;
                return i == 1 && !of_party && morphology.known(tokens[0].text) &&
                       morphology.kind(tokens[0].text) != danish::Morphology::Kind::name;
            };
            if (upper && upper_before && i > 0 && token.begin == tokens[i - 1].end + 1 &&
                sentence[tokens[i - 1].end] == ' ' && word.size() > 1 && !says.place &&
                !says.office && !says.calendar && !opened() &&
                morphology.split(tokens[i - 1].text).size() < 2) {
                facts.person = true;
                mark(Found::person, token.begin);
            }
            upper_before = upper;
        } else {
            upper_before = false;
        }
        // "78 44 03 10, hverdage kl. 9-12": no ten days.
        const bool of_phone = std::any_of(phones.begin(), phones.end(), [&](const auto& phone) {
            return phone.begin <= token.begin && token.begin < phone.end;
        });
        number_before = (token.kind == danish::TokenKind::number && !of_phone) ||
                        (number_before && token.kind == danish::TokenKind::word &&
                         word.size() < 4 && !parts_number(word));
        if (says.written_number || halves(tokens, i)) {
            facts.number = facts.count = facts.counted = true;
            mark(Found::number, token.begin);
        }
        if (says.number) {
            number_before = word != "hele";  // "Hele året" is no duration.
            if (word != "en" && word != "et" && word != "halv" && word != "hele") {
                facts.number = facts.count = true;
                const bool of_time =
                    i + 1 < tokens.size() && said_by(tokens[i + 1].text).duration_unit;
                facts.counted = facts.counted || !of_time;
            }
            if (is_size(sentence.substr(token.end))) {
                facts.size = true;
                mark(Found::distance, token.begin);
            }
            mark(Found::number, token.begin);
        }
        if (i > 0 && is_recurring(tokens, i)) {
            facts.recurs = true;
            if (!says.calendar || is_unit_of_time(word)) {
                facts.duration = true;
                mark(Found::duration, token.begin);
            }
        }
        // "Mandag-onsdag: 10-15": hours without "kl."
        if (facts.date && token.kind == danish::TokenKind::number && i > 0 &&
            tokens[i - 1].kind == danish::TokenKind::number &&
            token.begin == tokens[i - 1].end + 1 && sentence[tokens[i - 1].end] == '-' &&
            token.text.size() <= 5) {
            facts.time = true;
            mark(Found::time, token.begin);
        }
        after_stop = token.end < sentence.size() &&
                     (sentence[token.end] == '.' || sentence[token.end] == ':' ||
                      sentence[token.end] == ';');
    }
    facts.only_year = year && !facts.date;
    facts.date = facts.date || year;
    facts.pay_share = facts.percent && pays;
    facts.means = facts.means || facts.contact || site.has_value();
    return facts;
}

}  // namespace raadbot::answer
