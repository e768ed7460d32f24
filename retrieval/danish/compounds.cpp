#include "retrieval/danish/compounds.hpp"

#include <algorithm>
#include <limits>
#include <unordered_set>

namespace raadbot::danish {
namespace {

using WordSet = std::unordered_set<std::string>;

WordSet latin1_set(std::initializer_list<std::string_view> words) {
    WordSet set;
    for (const std::string_view word : words) set.insert(to_latin1(word).value_or(""));
    return set;
}

/// The only parts of one or two letters; three-letter parts below cost no more than long ones.
const WordSet& short_parts() {
    static const WordSet listed =
        latin1_set({"by", "sø", "ø",  "å",  "el", "is", "øl", "tv", "it", "eu", "år", "æg",
                    "ko", "so", "bi", "tå", "ur", "ro", "kø", "bo", "ed", "få", "to", "te"});
    return listed;
}
const WordSet& common_short_parts() {
    static const WordSet listed = latin1_set(
        {"vej",  "råd",  "tid", "dag", "lov", "sag", "hus", "bil",  "tog",  "bus",  "sti",
         "bro",  "web",  "job", "lys", "lyd", "ord", "tal", "fag",  "del",  "uge",  "øst",
         "syd",  "høj",  "lav", "ren", "vin", "mad", "dyr", "fly",  "gas",  "olie", "rum",
         "hal",  "nat",  "ind", "tag", "liv", "løn", "køb", "leje", "krop", "kul",  "led",
         "net",  "par",  "rod", "sal", "ski", "sol", "sø",  "træ",  "vand", "zone", "havn",
         "park", "plan", "by",  "år",  "el",  "it"});
    return listed;
}

/// Prefixes that make new words and are not parts: "for|valtning" is none.
const WordSet& prefixes() {
    static const WordSet listed = latin1_set(
        {"a",    "af",    "an",     "be",    "bi",   "de",  "en",   "er",    "et",   "for",
         "fore", "fra",   "frem",   "gen",   "hen",  "her", "ind",  "kon",   "med",  "mis",
         "mod",  "ned",   "om",     "op",    "over", "på",  "pro",  "re",    "sam",  "til",
         "u",    "ud",    "und",    "under", "ved",  "van", "å",    "efter", "igen", "tilbage",
         "fejl", "imod",  "mellem", "før",   "bort", "ko",  "in",   "ab",    "ad",   "per",
         "des",  "dis",   "ex",     "ef",    "tre",  "to",  "hvor", "der",   "den",  "det",
         "sub",  "trans", "inter",  "sammen"});
    return listed;
}

/// Endings that derive words and are listed as words too.
const WordSet& derivations() {
    static const WordSet listed = latin1_set(
        {"kab",    "kabet",   "kaber",   "ion",   "ioner", "ionen", "ionerne", "nik",   "ode",
         "oder",   "oden",    "ard",     "hed",   "heden", "heder", "løs",     "løst",  "løse",
         "lig",    "ligt",    "lige",    "som",   "somt",  "bar",   "bart",    "bare",  "skab",
         "dom",    "else",    "elser",   "ning",  "ing",   "inger", "er",      "en",    "et",
         "ene",    "erne",    "ere",     "est",   "eren",  "ende",  "de",      "te",    "isk",
         "iske",   "ist",     "isme",    "ion",   "ive",   "iv",    "ant",     "ent",   "al",
         "ale",    "tion",    "sion",    "tet",   "ens",   "ers",   "vis",     "agtig", "agtige",
         "mæssig", "mæssigt", "mæssige", "ser",   "sen",   "ger",   "ters",    "stan",  "sel",
         "sle",    "eri",     "ling",    "linge", "ven",   "ved",   "mand.",   "het",   "re",
         "ste",    "st",      "sten.",   "ærer",  "let"});
    return listed;
}

/// Words (by lemma) that only look joined: loans and derivations whose halves happen to be words.
const WordSet& indivisible() {
    static const WordSet listed =
        latin1_set({"aktiv",       "areal",       "borgmester",     "bibliotek",     "biograf",
                    "digital",     "eksport",     "elektronik",     "entreprise",    "entreprenør",
                    "feedback",    "fordring",    "formand",        "fotograf",      "grammatik",
                    "handel",      "import",      "information",    "institution",   "intranet",
                    "kampagne",    "kantine",     "karakter",       "katastrofe",    "kombination",
                    "kommandant",  "kommission",  "komponent",      "koncentration", "kondition",
                    "konsulent",   "kontrakt",    "litteratur",     "logistik",      "management",
                    "margarine",   "metode",      "milliard",       "million",       "mission",
                    "montage",     "myndighed",   "modtager",       "operation",     "orden",
                    "parameter",   "parlament",   "parlamentarisk", "patent",        "periode",
                    "person",      "plantage",    "plantning",      "platform",      "portal",
                    "position",    "produktion",  "reparation",     "skandale",      "speciale",
                    "spiller",     "standard",    "station",        "stillads",      "student",
                    "struktur",    "supervision", "talent",         "taxameter",     "telefon",
                    "temperatur",  "termostat",   "transport",      "vejledning",    "økologi",
                    "økologisk",   "økonomi",     "økonomisk",      "biologi",       "geologi",
                    "teknologi",   "psykologi",   "kronologi",      "ideologi",      "demokrati",
                    "bureaukrati", "mandat",      "alvorlighed",    "arbejdsløshed", "ordblind",
                    "selvstændig", "forhold",     "formål",         "fordel",        "diameter",
                    "barometer",   "termometer",  "kilometer",      "kvadratmeter",  "landskab",
                    "mandag",      "tirsdag",     "onsdag",         "torsdag",       "fredag",
                    "lørdag",      "søndag",      "dagsorden",      "politiker",     "kapital",
                    "portion",     "pension",     "session",        "region",        "religion",
                    "union",       "aktion",      "sektion",        "fraktion",      "adoption",
                    "konto",       "koldsved",    "vikar",          "vikariat",      "kultur",
                    "agentur",     "fraktur",     "statur",         "natur",         "censur",
                    "figur",       "tortur",      "automobil"});
    return listed;
}

/// Last parts that keep their plain meaning in a compound which is itself a first part:
/// "byrådsmøde" is by, råd, møde. Long ones (see refine) do so by themselves; other short ones
/// tend to be one notion with what stands before them ("folkeskole", "dagpenge", "vognmand").
const WordSet& transparent_tails() {
    static const WordSet listed = latin1_set(
        {"råd",     "sti",     "vej",     "møde",    "rum",     "plan",   "plads",  "hal",
         "park",    "bro",     "bånd",    "pris",    "kasse",   "mester", "sag",    "udvalg",
         "kontrol", "område",  "projekt", "program", "budget",  "gruppe", "affald", "anlæg",
         "bygning", "cykel",   "afgift",  "takst",   "tilskud", "støtte", "hjælp",  "bidrag",
         "aftale",  "analyse", "rapport", "regel",   "ordning", "salg",   "køb",    "areal",
         "fond",    "strand",  "havn"});
    return listed;
}

constexpr int part_cost = 10;
constexpr std::size_t longest_part = 24;
constexpr int unreached = std::numeric_limits<int>::max();

bool has_vowel(std::string_view word) {
    return word.find_first_of("aeiouy\xE6\xF8\xE5") != std::string_view::npos;
}

bool is_vowel(char c) { return has_vowel(std::string_view(&c, 1)); }

int length_cost(std::string_view part) {
    if (part.size() >= 5) return 0;
    if (part.size() == 4) return 1;
    return common_short_parts().contains(std::string(part)) ? 1 : 4;
}

}  // namespace

std::optional<CompoundSplitter::Head> CompoundSplitter::head(std::string_view form,
                                                             bool whole_is_known) const {
    const std::string whole(form);
    if (form.size() <= 2 && !short_parts().contains(whole)) return std::nullopt;
    if (prefixes().contains(whole) && (whole_is_known || form.size() < 4)) return std::nullopt;
    std::optional<Head> best;
    for (const HeadForm& reading : dictionary_.heads(form)) {
        if (reading.word_class == WordClass::name) continue;
        const std::string_view bare = form.substr(0, reading.keep);
        if (bare.size() <= 2 && !short_parts().contains(std::string(bare))) continue;
        Head head{part_cost + length_cost(bare), reading.keep};
        // In a known word only those combining forms that hold a noun: "børne-", not "øko-".
        const bool combining = reading.word_class == WordClass::other;
        if (combining && whole_is_known && !holds_noun(form)) continue;
        // "krops-" is listed with its linking s
        if (head.keep == form.size() && form.size() > 4 && form.back() == 's' &&
            (combining || form.size() > 6) &&
            dictionary_.has_stem(form.substr(0, form.size() - 1))) {
            --head.keep;
        }
        if (!reading.listed && !common_short_parts().contains(std::string(bare))) head.cost += 4;
        if (reading.word_class == WordClass::verb) head.cost += 1;
        if (reading.word_class == WordClass::other) head.cost += 1;
        if (!best || head.cost < best->cost) best = head;
    }
    // "pels|forretning", not "pelsfor|retning"
    if (best && (whole.ends_with("for") || whole.ends_with("ind") || whole.ends_with("til"))) {
        best->cost += 2;
    }
    // "heste" and "studenter" stand in the plural; "mælke" and "dyre" only have a linking e.
    if (best && best->keep < form.size() && form[best->keep] == 'e') {
        for (const Analysis& reading : dictionary_.analyse(form)) {
            if (reading.word_class == WordClass::noun && reading.cost <= 14) {
                best->keep = form.size();
                break;
            }
        }
    }
    return best;
}

bool CompoundSplitter::holds_noun(std::string_view form) const {
    std::string_view root = form;
    if (!dictionary_.has_stem(root) && (root.ends_with('s') || root.ends_with('e'))) {
        root.remove_suffix(1);
    }
    const auto readings = dictionary_.analyse(root);
    return std::any_of(readings.begin(), readings.end(), [](const Analysis& reading) {
        return reading.word_class == WordClass::noun || reading.word_class == WordClass::adjective;
    });
}

std::optional<int> CompoundSplitter::tail_cost(std::string_view form,
                                               const std::vector<Analysis>& whole_readings,
                                               std::size_t begin) const {
    const bool whole_is_known = !whole_readings.empty();
    const std::string whole(form);
    if (form.size() <= 2 && !short_parts().contains(whole)) return std::nullopt;
    if (derivations().contains(whole)) return std::nullopt;
    std::optional<int> best;
    for (const Analysis& reading : dictionary_.analyse(form)) {
        if (reading.word_class == WordClass::name || reading.cost >= 20) continue;
        if (reading.lemma.size() <= 2 && !short_parts().contains(std::string(reading.lemma))) {
            continue;
        }
        if (reading.word_class == WordClass::other && form.size() < 5) continue;
        // A known compound is inflected as its last part: "kampagnen" is not "kamp" and "agn".
        const bool agrees = std::any_of(
            whole_readings.begin(), whole_readings.end(), [&](const Analysis& whole_reading) {
                if (reading.word_class == WordClass::verb &&
                    whole_reading.word_class == WordClass::adjective) {
                    return true;  // "deltidsforsikrede" of "deltidsforsikret"
                }
                if (whole_reading.lemma.size() == begin + form.size() &&
                    (reading.word_class == WordClass::verb || dictionary_.has_stem(form))) {
                    return true;  // "erhvervsrettet", "badebukser" are listed as they stand
                }
                return whole_reading.lemma.size() == begin + reading.lemma.size() &&
                       whole_reading.lemma.ends_with(reading.lemma);
            });
        if (whole_is_known && !agrees) continue;
        int cost = part_cost + length_cost(form);
        if (reading.word_class == WordClass::verb) cost += whole_is_known ? 6 : 3;
        if (reading.word_class == WordClass::adjective) cost += 1;
        if (reading.word_class == WordClass::other) cost += 5;
        if (!best || cost < *best) best = cost;
    }
    return best;
}

std::vector<CompoundSplitter::Part> CompoundSplitter::parse(std::string_view word) const {
    struct Step {
        int cost = unreached;
        std::size_t begin = 0;
        std::size_t keep = 0;
    };
    const std::size_t size = word.size();
    const std::vector<Analysis> whole = dictionary_.analyse(word);
    const bool known = !whole.empty();
    for (const Analysis& reading : whole) {
        if (indivisible().contains(std::string(reading.lemma))) return {};
    }
    std::vector<Step> steps(size + 1);
    steps[0].cost = 0;
    int best = unreached;
    std::size_t best_tail = 0;
    for (std::size_t at = 0; at + 1 < size; ++at) {
        if (steps[at].cost == unreached) continue;
        if (at > 0) {
            // Of two equal readings the one with the longer first part: "folkeskole|elev".
            const auto tail = tail_cost(word.substr(at), whole, at);
            if (tail && steps[at].cost + *tail <= best) {
                best = steps[at].cost + *tail;
                best_tail = at;
            }
        }
        // What no dictionary word begins like is no first part, however it is joined.
        const std::size_t reach =
            dictionary_.known_prefix(word.substr(at)) + Dictionary::longest_link;
        const std::size_t longest = std::min(size - 1, at + std::min(longest_part, reach));
        for (std::size_t end = at + 1; end <= longest; ++end) {
            const auto part = head(word.substr(at, end - at), known);
            if (!part) continue;
            const int cost = steps[at].cost + part->cost;
            if (cost < steps[end].cost) steps[end] = {cost, at, part->keep};
        }
    }
    if (best == unreached) return {};
    std::vector<Part> parts{{best_tail, size, size - best_tail}};
    for (std::size_t at = best_tail; at > 0; at = steps[at].begin) {
        parts.push_back({steps[at].begin, at, steps[at].keep});
    }
    std::reverse(parts.begin(), parts.end());
    const int limit = known ? 2 * part_cost + 6 : static_cast<int>(parts.size()) * part_cost + 11;
    if (parts.size() == 2 && best > limit) return {};
    if (parts.size() > 2 && best > static_cast<int>(parts.size()) * part_cost + (known ? 5 : 12)) {
        return {};
    }
    return parts;
}

/// "Færge" and "færgen": a noun that other words are joined to.
bool CompoundSplitter::opens_compounds(std::string_view form) const {
    if (!dictionary_.heads(form).empty()) return true;
    const std::vector<Analysis> readings = dictionary_.analyse(form);
    return std::any_of(readings.begin(), readings.end(), [&](const Analysis& reading) {
        return reading.word_class == WordClass::noun && !dictionary_.heads(reading.lemma).empty();
    });
}

/// "biotekindustri": the last part is a long word we know, what stands before it we do not.
std::vector<CompoundSplitter::Part> CompoundSplitter::parse_unknown_head(
    std::string_view word) const {
    constexpr std::size_t least_head = 4;
    constexpr std::size_t least_tail = 5;
    const std::vector<Analysis> whole = dictionary_.analyse(word);
    for (const Analysis& reading : whole) {
        if (indivisible().contains(std::string(reading.lemma))) return {};
    }
    for (std::size_t at = least_head; at + least_tail <= word.size(); ++at) {
        const std::string_view first = word.substr(0, at);
        if (!has_vowel(first) || prefixes().contains(std::string(first))) continue;
        const std::size_t tail = word.size() - at;
        if (tail < 7 && (!whole.empty() || !opens_compounds(word.substr(at)))) continue;
        const auto cost = tail_cost(word.substr(at), whole, at);
        if (!cost || *cost > part_cost + 1) continue;
        std::size_t keep = at;
        if (first.back() == 's' && at > 5 && !is_vowel(first[at - 2])) keep = at - 1;
        return {{0, at, keep}, {at, word.size(), word.size() - at}};
    }
    return {};
}

std::vector<std::string> CompoundSplitter::split(std::string_view word) const {
    constexpr std::size_t shortest_compound = 5;
    if (word.size() < shortest_compound || word.size() > 80) return {std::string(word)};
    const std::size_t hyphen = word.find('-');
    if (hyphen != std::string_view::npos) {
        if (hyphen < 2 || hyphen + 3 > word.size()) return {std::string(word)};
        std::vector<std::string> parts = split(word.substr(0, hyphen));
        for (std::string& part : split(word.substr(hyphen + 1))) parts.push_back(std::move(part));
        return parts;
    }
    std::vector<Part> found = parse(word);
    if (found.empty()) found = parse_unknown_head(word);
    if (found.empty()) return {std::string(word)};
    std::vector<std::string> parts;
    parts.reserve(found.size());
    for (const Part& part : found) refine(word.substr(part.begin, part.keep), parts);
    return parts;
}

/// Splits a part further when its own last part keeps its plain meaning.
void CompoundSplitter::refine(std::string_view part, std::vector<std::string>& out) const {
    constexpr std::size_t plain_from = 7;  // letters
    const std::vector<Part> found = part.size() < 5 ? std::vector<Part>{} : parse(part);
    if (!found.empty()) {
        const std::string_view last = part.substr(found.back().begin);
        bool plain = last.size() >= plain_from;
        for (const Analysis& reading : dictionary_.analyse(last)) {
            plain = plain || transparent_tails().contains(std::string(reading.lemma));
        }
        if (plain) {
            for (const Part& inner : found) refine(part.substr(inner.begin, inner.keep), out);
            return;
        }
    }
    out.emplace_back(part);
}

std::optional<std::size_t> CompoundSplitter::last_part(std::string_view word,
                                                       UnknownHead unknown) const {
    if (word.size() < 5 || word.size() > 80) return std::nullopt;
    const std::vector<Part> found =
        unknown == UnknownHead::allowed ? parse_unknown_head(word) : parse(word);
    if (found.empty()) return std::nullopt;
    return found.back().begin;
}

}  // namespace raadbot::danish
