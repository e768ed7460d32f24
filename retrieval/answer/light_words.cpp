#include "retrieval/answer/light_words.hpp"

#include <unordered_set>

namespace raadbot::answer {

bool is_light_word(std::string_view lemma) {
    static const std::unordered_set<std::string_view> words{
        // verbs
        "bruge", "benytte", "anvende", "tage", "sætte", "lægge", "ligge", "stå", "sidde", "holde", "give",
        "finde", "se", "høre", "læse", "skrive", "sende", "bede", "kalde", "hedde", "tro", "mene",
        "tænke", "vide", "kende", "huske", "glemme", "prøve", "forsøge", "begynde", "starte", "slutte",
        "ende", "ske", "foregå", "foretage", "lave", "ordne", "klare", "hjælpe", "skulle", "behøve",
        "kræve", "ønske", "ville", "lade", "vise", "fortælle", "forklare", "nævne", "snakke", "sige",
        "spørge", "svare", "ringe", "kontakte", "henvende", "tale", "komme", "gå", "køre", "rejse",
        "blive", "være", "have", "gøre", "få", "kunne", "måtte", "burde", "turde", "gide", "passe",
        "virke", "fungere", "betyde", "gælde", "findes", "eksistere", "hænge", "dreje", "handle",
        "følge", "fylde", "føle", "leve", "bo", "bestemme", "vælge", "træffe", "møde", "deltage",
        "modtage", "aflevere", "hente", "bringe", "beholde", "miste", "ændre", "skifte", "flytte",
        "dele", "åbne", "lukke", "søge", "melde", "anmelde", "oplyse", "informere", "orientere",
        "ansøge", "udfylde", "tilmelde", "betale", "koste", "tjene", "slippe", "driller", "drille", "dække",
        "sørge", "angå", "vedrøre", "omhandle", "indeholde", "bestå", "tilhøre", "regne", "tælle",
        "vente", "nå", "falde", "stige", "vokse", "stoppe", "fortsætte", "lykkes", "hedde", "kigge", "ryge",
        "gennemføre", "udføre", "opnå", "medføre", "indgå", "byde", "tilbyde", "love", "være",
        // nouns
        "ting", "penge", "peng", "gang", "måde", "slags", "type", "del", "stykke", "side", "sted", "grund", "eksempel",
        "forbindelse", "forhold", "tilfælde", "situation", "emne", "område", "regel", "krav", "mulighed",
        "oplysning", "information", "svar", "hjælp", "problem", "person", "folk", "menneske", "nogen",
        "tid", "dag", "år", "måned", "uge", "time", "øjeblik", "morgen", "aften", "stund", "kommune",
        "vej", "ord", "navn", "nummer", "antal", "mængde", "procent", "krone", "beløb", "forskel",
        "kr", "stk", "medlem", "borger", "politiker", "byrådsmedlem", "betingelse", "procedure",
        "søster", "bror", "mor", "far", "kone", "mand", "datter", "søn", "familie", "ven", "kæreste",
        "frem", "fremgangsmåde", "videre", "rundt", "forvejen", "dengang", "altså", "lov", "tingene", "sagen", "sag", "alder",
        // adjectives and adverbs
        "god", "dårlig", "stor", "lille", "ny", "gammel", "lang", "kort", "høj", "lav", "hurtig", "langsom",
        "vigtig", "mulig", "umulig", "normal", "almindelig", "særlig", "forskellig", "rigtig", "forkert",
        "hel", "halv", "fuld", "tom", "åben", "lukket", "sidst", "seneste", "næste", "første", "sen",
        "tidlig", "præcis", "cirka", "omtrent", "højst", "maksimal", "maksimum", "minimum", "mindst",
        "mest", "flest", "nuværende", "aktuel", "gældende", "samlet", "total", "alene", "sammen",
        "overhovedet", "egentlig", "faktisk", "desværre", "hjemme", "hjem", "væk", "ude", "inde", "nede",
        "oppe", "henne", "sommetider", "altid", "ofte", "sjælden", "måske", "lige", "straks", "allerede",
        "endelig", "direkte", "personlig", "privat", "offentlig", "lokal", "fast", "nok", "ekstra",
        "selv", "egen", "eneste", "bestemt", "konkret", "generel", "typisk", "okay", "ok", "lovlig", "tilladt",
        "ansvarlig", "ansvar", "forbudt", "gratis", "klar", "færdig", "enig", "sikker", "ældre", "ung",
        // English
        "get", "use", "make", "take", "give", "know", "need", "want", "like", "go", "come", "see",
        "work", "say", "ask", "mean", "thing", "way", "kind", "people", "person", "someone", "much",
        "many", "long", "often", "there", "new", "old", "good", "happen", "happened", "currently",
        "call", "phone", "contact", "find", "look", "become", "keep", "start", "stop", "help", "show", "tell", "think",
        "read", "write", "talk", "speak", "bring", "right", "rule", "rules", "information", "year", "month", "week", "day",
        "available", "possible", "allowed", "may", "might", "must", "let", "apply", "place", "soon"};
    return words.contains(lemma);
}

bool is_question_frame(std::string_view lemma) {
    static const std::unordered_set<std::string_view> words{
        "koste", "kost", "pris", "prisen", "betale", "beløb", "dato", "datoen", "tidspunkt", "klokkeslæt", "klokken",
        "hvornår", "telefonnummer", "telefon", "nummer", "mail", "mailadresse", "e-mail", "email",
        "tlf", "kontaktoplysning", "antal", "procent", "betydning", "definition", "begreb", "forskel",
        "liste", "oversigt", "kalde", "hedde", "minut", "kilometer", "km", "kvm", "paragraf",
        "lov", "lovgivning", "hjemmel", "cost", "price", "number", "phone", "date", "meaning", "vær", "varighed",
        "længe", "ofte", "tit", "højt", "langt", "hurtigt", "dyrt", "stort", "gammelt", "tidligt", "sent",
        "størrelse", "længde", "many", "much", "long", "far", "stemmetal", "stemmetallet", "telefonnummeret", "sats", "navn", "hedder", "opening", "hours"};
    return words.contains(lemma);
}

bool is_decision_frame(std::string_view lemma) {
    static const std::unordered_set<std::string_view> words{
        "ende", "beslutte", "beslutning", "vedtage", "vedtagelse", "godkende", "godkendelse", "afvise",
        "ske", "blive", "resultat", "udfald", "afgørelse", "afgøre", "falde", "stemme", "afstemning",
        "stemmetal", "for", "imod", "enig", "enighed", "enstemmig", "flertal", "mindretal", "udsætte", "indstille",
        "indstilling", "foreslå", "forslag", "sige", "udtale", "mene", "debat", "diskutere", "drøfte",
        "behandle", "behandling", "konklusion", "dagsorden", "punkt", "punkter", "møde", "referat", "anbefale",
        "tiltræde", "bevilge", "bestemme", "nå", "frem", "decide", "decision", "approve", "approved", "decided",
        "vote", "voted", "happen", "happened", "adopt", "adopted", "reject", "rejected", "sag", "sagen", "agenda", "item", "items", "meeting",
        "postpone", "postponed", "propose", "proposed", "against", "result"};
    return words.contains(lemma);
}

}  // namespace raadbot::answer
