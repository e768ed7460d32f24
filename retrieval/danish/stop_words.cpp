#include <unordered_set>

#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

const std::unordered_set<std::string_view>& stop_words() {
    static const std::unordered_set<std::string_view> listed = {
        // Danish: articles, pronouns, conjunctions, prepositions, adverbs
        "ad", "af", "aldrig", "alene", "alle", "allerede", "alligevel", "alt", "altid", "altså",
        "anden", "andet", "andre", "at", "bag", "bare", "begge", "blandt", "blot", "bort", "både",
        "da", "de", "dem", "den", "denne", "dens", "der", "derefter", "deres", "derfor", "derfra",
        "deri", "dermed", "derpå", "dertil", "derved", "det", "dets", "dette", "dig", "din", "dine",
        "disse", "dit", "dog", "du", "efter", "egen", "egentlig", "eget", "egne", "eller", "ellers",
        "en", "end", "endnu", "ene", "eneste", "engang", "enhver", "ens", "et", "ethvert", "for",
        "fordi", "foran", "forbi", "fra", "frem", "før", "først", "gennem", "godt", "gerne", "ham",
        "han", "hans", "heller", "hen", "hende", "hendes", "henne", "her", "herfra", "heri",
        "hermed", "herom", "hertil", "herunder", "herved", "hinanden", "hos", "hun", "hvad", "hvem",
        "hverken", "hver", "hvert", "hvilken", "hvilket", "hvilke", "hvis", "hvor", "hvordan",
        "hvorfor", "hvorhen", "hvorledes", "hvornår", "hvorvidt", "hvoraf", "hvorefter", "hvori",
        "hvormed", "hvorom", "hvorpå", "hvortil", "hvorved", "hvorimod", "i", "ifølge", "igen",
        "igennem", "ikke", "imellem", "imens", "imidlertid", "imod", "ind", "inden", "indenfor",
        "indtil", "ingen", "inkl", "intet", "ja", "jeg", "jer", "jeres", "jo", "kun", "lige",
        "ligesom", "lidt", "man", "mange", "med", "medens", "mellem", "men", "mens", "mere", "mest",
        "meget", "mig", "mindre", "mindst", "min", "mine", "mit", "mod", "mon", "måske", "ned",
        "nej", "nemlig", "netop", "nogen", "noget", "nogle", "nok", "nu", "nå", "når", "og", "også",
        "om", "omkring", "op", "os", "over", "overfor", "per", "pr", "på", "samme", "samt", "selv",
        "selvom", "siden", "sig", "sin", "sine", "sit", "sikkert", "skønt", "snart", "som",
        "stadig", "straks", "så", "sådan", "sådant", "sådanne", "således", "såfremt", "såsom",
        "tit", "til", "tilbage", "trods", "ud", "uden", "udover", "under", "undtagen", "vedrørende",
        "ved", "vel", "vi", "via", "vist", "vor", "vore", "vores", "vort", "øvrige", "øvrigt",
        // Danish: auxiliary and bleached verbs
        "er", "var", "være", "været", "bliv", "blive", "bliver", "blev", "blevet", "blivet", "har",
        "have", "haft", "havde", "kan", "kunne", "kunnet", "skal", "skulle", "skullet", "vil",
        "ville", "villet", "må", "måtte", "måttet", "bør", "burde", "burdet", "gør", "gøre",
        "gjorde", "gjort", "får", "få", "fik", "fået", "går", "gå", "gik", "gået", "kommer", "kom",
        "ses", "siger", "lad", "synes", "gælder", "gælde", "handler", "betyder",
        // Danish: how people address the one they ask
        "hej", "hey", "goddag", "hilsen", "mvh", "tak", "venligst", "fortæl", "forklar", "nævn",
        "vis", "giv", "find", "hjælp", "spørgsmål", "ved", "vide",
        // Danish: abbreviations without a topic
        "bl", "ca", "dvs", "eks", "evt", "f", "fx", "hhv", "iht", "jf", "jfr", "m", "mfl", "mht",
        "mm", "mv", "o", "osv", "pga", "vedr", "vha",
        // English
        "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
        "been", "before", "being", "between", "but", "can", "could", "did", "do", "does", "doing",
        "during", "each", "explain", "from", "had", "has", "he", "hello", "hers", "hi", "him",
        "his", "how", "if", "in", "into", "is", "it", "its", "itself", "just", "me", "mine", "more",
        "most", "my", "myself", "no", "nor", "not", "of", "off", "on", "once", "only", "or",
        "other", "our", "ours", "out", "own", "please", "shall", "she", "should", "so", "some",
        "such", "tell", "than", "thanks", "that", "the", "their", "theirs", "them", "then", "there",
        "these", "they", "this", "those", "through", "to", "too", "until", "up", "us", "very",
        "was", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "whom",
        "whose", "why", "will", "with", "would", "you", "your", "yours", "cannot", "can't", "don't",
        "doesn't", "didn't", "isn't", "aren't", "won't", "i'm", "i've", "i'd", "i'll", "it's",
        "onto", "upon", "toward", "towards", "having", "among", "beside", "besides", "unless",
        "although", "though", "neither", "either", "every", "another", "we're", "you're", "they're",
        "we've", "you've", "haven't", "hasn't", "wasn't", "weren't", "what's", "where's", "who's",
        "there's"};
    return listed;
}

}  // namespace

bool is_stop_word(std::string_view folded) { return stop_words().contains(folded); }

}  // namespace raadbot::danish
