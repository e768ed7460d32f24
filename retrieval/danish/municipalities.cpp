#include "retrieval/danish/municipalities.hpp"

#include <unordered_set>

namespace raadbot::danish {

bool is_municipality(std::string_view folded) {
    static const std::unordered_set<std::string_view> names{
        "albertslund",    "allerød",       "assens",        "ballerup",      "billund",
        "bornholm",       "brøndby",       "brønderslev",   "dragør",        "egedal",
        "esbjerg",        "fanø",          "favrskov",      "fredensborg",   "fredericia",
        "frederiksberg",  "frederikshavn", "frederikssund", "furesø",        "gentofte",
        "gladsaxe",       "glostrup",      "gribskov",      "guldborgsund",  "haderslev",
        "halsnæs",        "hedensted",     "helsingør",     "herlev",        "herning",
        "hillerød",       "hjørring",      "holbæk",        "holstebro",     "horsens",
        "hvidovre",       "hørsholm",      "ikast",         "ishøj",         "jammerbugt",
        "kalundborg",     "kerteminde",    "kolding",       "køge",          "langeland",
        "lemvig",         "lolland",       "læsø",          "mariagerfjord", "middelfart",
        "morsø",          "norddjurs",     "nordfyn",       "nyborg",        "næstved",
        "odense",         "odsherred",     "randers",       "rebild",        "ringkøbing",
        "ringsted",       "roskilde",      "rudersdal",     "rødovre",       "samsø",
        "silkeborg",      "skanderborg",   "slagelse",      "solrød",        "sorø",
        "stevns",         "svendborg",     "syddjurs",      "sønderborg",    "thisted",
        "tønder",         "tårnby",        "vallensbæk",    "varde",         "vejle",
        "vesthimmerland", "viborg",        "vordingborg",   "ærø",           "aabenraa",
        "åbenrå",         "aalborg",       "ålborg",        "aarhus",        "århus",
        "københavn"};
    if (folded.ends_with('s') && names.contains(folded.substr(0, folded.size() - 1))) return true;
    return names.contains(folded);
}

}  // namespace raadbot::danish
