#include "retrieval/answer/fact_words.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <unordered_map>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/remembered.hpp"

namespace raadbot::answer {
namespace {

/// All lists in one table, so that a word is looked up once.
class Listed {
public:
    void add(bool WordSays::*what, std::initializer_list<std::string_view> words) {
        for (const std::string_view word : words) says_[word].*what = true;
    }
    [[nodiscard]] WordSays operator()(std::string_view word) const {
        const auto found = says_.find(word);
        return found == says_.end() ? WordSays{} : found->second;
    }

private:
    std::unordered_map<std::string_view, WordSays> says_;
};

const Listed& by_form() {
    static const Listed listed = [] {
        Listed all;
        all.add(&WordSays::calendar,
                {"mandag",         "tirsdag",      "onsdag",       "torsdag",   "fredag",
                 "lørdag",         "søndag",       "mandage",      "tirsdage",  "onsdage",
                 "torsdage",       "fredage",      "lørdage",      "søndage",   "mandagen",
                 "tirsdagen",      "onsdagen",     "torsdagen",    "fredagen",  "januar",
                 "februar",        "marts",        "april",        "maj",       "juni",
                 "juli",           "august",       "september",    "oktober",   "november",
                 "december",       "hverdage",     "hverdag",      "dagligt",   "døgnet",
                 "weekend",        "helligdage",   "sommer",       "forår",     "efterår",
                 "vinter",         "foråret",      "efteråret",    "sommeren",  "årsskiftet",
                 "påske",          "jul",          "sommerferien", "kvartal",   "bankdag",
                 "bankdage",       "bankdagen",    "arbejdsdag",   "månedsvis", "månedligt",
                 "årligt",         "ugentligt",    "kvartalsvis",  "løbende",   "mødedagen",
                 "dagen",          "årets",        "måneden",      "måned",     "weekenden",
                 "weekender",      "vinteren",     "julen",        "påsken",    "sommerferie",
                 "efterårsferien", "vinterferien", "monday",       "tuesday",   "wednesday",
                 "thursday",       "friday",       "saturday",     "sunday",    "mondays",
                 "tuesdays",       "wednesdays",   "thursdays",    "fridays",   "saturdays",
                 "sundays",        "weekdays",     "january",      "february",  "march",
                 "june",           "july",         "october"});
        all.add(&WordSays::ruling, {"må", "kan", "skal", "ikke", "altid", "aldrig", "ret", "krav",
                                    "tilladt", "forpligtet", "kræver", "forbudt", "nødvendigt"});
        all.add(&WordSays::procedure,
                {"skriv",       "ring",      "send",      "kontakt",   "bestil",    "udfyld",
                 "henvend",     "gå",        "vælg",      "tryk",      "log",       "åbn",
                 "underret",    "meld",      "spørg",     "mød",       "brug",      "sæt",
                 "skriver",     "ringer",    "sender",    "kontakter", "bestiller", "udfylder",
                 "henvender",   "booker",    "søger",     "anmoder",   "indsender", "afleverer",
                 "registrerer", "godkender", "udleveres", "sendes",    "bestilles", "indsendes",
                 "rettes",      "skal",      "senest"});
        all.add(&WordSays::reason, {"fordi", "skyldes", "hensyn", "grund", "derfor", "årsag",
                                    "årsagen", "begrundelse", "begrundes", "nødvendigt", "formålet",
                                    "medfører", "idet", "eftersom", "strider", "henblik"});
        all.add(
            &WordSays::means,
            {"via",       "blanket",     "skema",      "app",        "appen",      "mitid",
             "digital",   "digitalt",    "personligt", "skriftligt", "skriftlig",  "mundtligt",
             "mail",      "e-mail",      "brev",       "telefon",    "telefonisk", "skranken",
             "hos",       "henvendelse", "henvend",    "ring",       "skriv",      "kontakt",
             "send",      "bestil",      "log",        "login",      "udfyld",     "tilmeld",
             "book",      "online",      "aula",       "kontakte",   "henvende",   "ringe",
             "borger.dk", "postkasse",   "mød",        "aftal",      "meld",       "selvbetjening",
             "rettes",    "outlook",     "e-boks",     "anmod",      "spørg",      "opkald",
             "app'en",    "melde",       "meldes",     "afleveres",  "modtages",   "foretages",
             "indsendes", "indgives",    "fremsendes", "trykker",    "tryk",       "knap",
             "knappen",   "fanen",       "menuen",     "menupunktet"});
        all.add(&WordSays::deadline, {"senest", "frist", "fristen", "inden", "tidsfrist",
                                      "ansøgningsfrist", "deadline", "indtil"});
        all.add(&WordSays::number, {"en", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte",
                                    "ni", "ti", "elleve", "tolv", "halv", "hele"});
        all.add(&WordSays::written_number,
                {"halvdelen", "halvdel",   "tredjedel", "tredjedele", "fjerdedel", "fjerdedele",
                 "femtedel",  "femtedele", "tiendedel", "dusin",      "snes",      "tretten",
                 "fjorten",   "femten",    "seksten",   "sytten",     "atten",     "nitten",
                 "tyve",      "tredive",   "fyrre",     "halvtreds",  "tres",      "hundrede"});
        return all;
    }();
    return listed;
}

const Listed& by_lemma() {
    static const Listed listed = [] {
        Listed all;
        all.add(&WordSays::office, {"borgmester",
                                    "viceborgmester",
                                    "formand",
                                    "næstformand",
                                    "udvalgsformand",
                                    "direktør",
                                    "kommunaldirektør",
                                    "chef",
                                    "leder",
                                    "medarbejder",
                                    "konsulent",
                                    "sekretariat",
                                    "byrådssekretariat",
                                    "forvaltning",
                                    "afdeling",
                                    "udvalg",
                                    "byråd",
                                    "økonomiudvalg",
                                    "kommunalbestyrelse",
                                    "ankestyrelse",
                                    "borgerrådgiver",
                                    "it-support",
                                    "borgerservice",
                                    "gruppe",
                                    "gruppeformand",
                                    "ordfører",
                                    "medlem",
                                    "jobcenter",
                                    "support",
                                    "ældreråd",
                                    "handicapråd",
                                    "statsforvaltning",
                                    "vagt",
                                    "vagttelefon",
                                    "pedel",
                                    "betjent",
                                    "rådhusbetjent",
                                    "presserådgiver",
                                    "pressechef",
                                    "center",
                                    "team",
                                    "nævn",
                                    "råd",
                                    "politi",
                                    "ombudsmand",
                                    "datatilsyn",
                                    "revisor",
                                    "revision",
                                    "minister",
                                    "ministerium",
                                    "visitator",
                                    "visitation",
                                    "stedfortræder",
                                    "kommune",
                                    "selskab",
                                    "forsyning",
                                    "ejer"});
        all.add(&WordSays::place, {"rådhus",        "sal",           "byrådssal",
                                   "lokale",        "mødelokale",    "etage",
                                   "stue",          "kælder",        "bygning",
                                   "vej",           "gade",          "plads",
                                   "allé",          "torv",          "kontor",
                                   "reception",     "kantine",       "parkeringsplads",
                                   "indgang",       "intranet",      "hjemmeside",
                                   "portal",        "app",           "skole",
                                   "hal",           "bibliotek",     "havn",
                                   "park",          "center",        "postkasse",
                                   "adresse",       "skab",          "område",
                                   "genbrugsplads", "station",       "p-plads",
                                   "gård",          "skærm",         "webtv",
                                   "side",          "borgerservice", "menu",
                                   "skur"});
        all.add(&WordSays::duration_unit,
                {"minut", "time", "dag", "døgn", "hverdag", "arbejdsdag", "uge", "måned", "år",
                 "kvartal", "sekund", "bankdag", "kalenderdag"});
        return all;
    }();
    return listed;
}

}  // namespace

WordSays said_by(std::string_view folded) {
    static const danish::Remembered<WordSays> met;
    return met.get(folded, [&] {
        const danish::Morphology& morphology = danish::Morphology::instance();
        WordSays says = by_form()(folded);
        const WordSays of_lemma = by_lemma()(morphology.lemma(folded));
        const auto parts = morphology.split(folded);
        const WordSays of_head =
            parts.size() > 1 ? by_lemma()(morphology.lemma(parts.back())) : WordSays{};
        says.office = of_lemma.office || of_head.office;
        says.place = of_lemma.place || of_head.place;
        says.duration_unit = of_lemma.duration_unit;
        return says;
    });
}

bool ends_as_street(std::string_view folded) {
    static constexpr std::array<std::string_view, 9> ends{
        "vej", "vejen", "gade", "gaden", "allé", "torv", "torvet", "stræde", "vænget"};
    return std::any_of(ends.begin(), ends.end(),
                       [&](std::string_view end) { return folded.ends_with(end); });
}

}  // namespace raadbot::answer
