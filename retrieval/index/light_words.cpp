#include "retrieval/index/light_words.hpp"

#include <unordered_set>

namespace raadbot::index {

bool is_light_word(std::string_view lemma) {
    static const std::unordered_set<std::string_view> words = {
        // Opinions and answers that are asked for.
        "mene", "mening", "synes", "finde", "anse", "agte", "holdning", "vurdere", "vurdering",
        "anerkende", "bekræfte", "afvise", "oplyse", "redegøre", "redegørelse", "forklare",
        "kommentere", "kommentar", "tilkendegive", "svare", "svar", "spørge", "spørgsmål",
        "fortælle", "sige", "tale", "vide", "forstå", "ønske", "forvente", "tro", "håbe", "frygte",
        "reaktion", "reagere",
        // Verbs of any topic.
        "tage", "give", "få", "gøre", "komme", "gå", "se", "stå", "sætte", "lade", "blive", "bruge",
        "holde", "ville", "skulle", "kunne", "måtte", "burde", "have", "være", "sikre", "sørge",
        "handle", "betyde", "medføre", "føre", "ske", "foregå", "vedrøre", "angå", "omhandle",
        "gælde",
        // Nouns of any topic.
        "mulighed", "måde", "ting", "sag", "forhold", "forbindelse", "baggrund", "hensyn", "grund",
        "del", "sted", "tid", "gang", "række", "antal", "form", "art", "slags", "type", "betydning",
        "handling", "tiltag", "initiativ", "skridt", "problem",
        // Adverbs and adjectives of any topic.
        "fortsat", "stadig", "særlig", "særligt", "herunder", "formentlig", "egentlig", "faktisk",
        "konkret", "generel", "rimelig", "nødvendig", "vigtig", "god", "ny", "stor", "lille", "anden",
        "hel", "egen", "samme", "forskellig", "enkelt", "mulig", "rigtig", "forkert", "trods",
        "ifølge", "hermed", "hensigtsmæssig",
        // Whom the question is put to.
        "minister", "regering", "udvalg", "forvaltning", "kommune", "byråd", "borgmester"};
    return words.contains(lemma);
}

}  // namespace raadbot::index
