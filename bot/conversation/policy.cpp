#include "bot/conversation/policy.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "bot/conversation/patterns.hpp"
#include "retrieval/danish/asked_clause.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::bot {
namespace {

constexpr auto policy_patterns = std::to_array<std::string_view>(
    {// opinions
     "hvad synes du", "synes du", "syns du", "hvad mener du", "mener du", "hvad er din holdning",
     "din mening", "din holdning", "din vurdering", "hvad ville du", "ville du ... stem*",
     "ville du selv", "er du enig", "er du for", "hvad tanker du", "foretrakker du", "kan du lide",
     "hvad anbefaler du", "anbefaler du", "vil du anbefale", "kan du anbefale", "er det en god ide",
     "er det en darlig ide", "er det klogt", "er det rimeligt at", "er det retfardigt",
     "er det fair", "er det rigtigt at vi", "hvem har ret", "har de ret", "var det dumt",
     "var det klogt", "var det forkert", "var det rimeligt", "var det fair", "var det fornuftigt",
     "er det dumt", "er det forkert at", "er det fornuftigt", "er det urimeligt", "er det for dyrt",
     "en god ide", "en darlig ide", "en dum ide", "god beslutning", "darlig beslutning",
     "dum beslutning", "klog beslutning", "forkert beslutning", "rigtige beslutning",
     "rigtig beslutning", "dit bud", "dit rad", "rader du", "giv ... et rad", "foreslar du",
     "du foresla", "for mange flygtninge", "for mange indvandrere", "for mange udlandinge",
     "bruger vi for mange", "bruger vi for meget", "bruger kommunen for mange",
     "bruger kommunen for meget", "betaler vi for meget", "hvilken losning er bedst",
     "hvilket forslag er bedst", "hvad er bedst for", "hvad er det bedste for", "hvem fortjener",
     // what should be done, how to vote
     "bor vi", "bor jeg stemme", "bor kommunen", "bor byradet", "bor udvalget", "bor borgmesteren",
     "bor egentlig", "burde vi", "burde kommunen", "burde byradet", "skal vi bygge",
     "skal vi lukke", "skal vi have flere", "skal vi satte ... op", "skal vi satte ... ned",
     "skal vi salge", "skal vi spare", "skal vi skare", "skal vi nedlagge", "skal vi afskaffe",
     "skal vi indfore", "skal vi privatisere", "skal vi udlicitere", "skal vi sanke",
     "skal vi investere", "skal vi forbyde", "skal vi tillade", "skal vi prioritere",
     "skal vi sige ja", "skal vi sige nej", "skal vi mene", "skal vi stotte", "skal kommunen spare",
     "skal kommunen salge", "skal kommunen satte", "hvad skal jeg stem*", "hvad skal vi stem*",
     "hva skal jeg stem*", "hva skla jeg ste*", "skal jeg stemme for", "skal jeg stemme ja",
     "skal jeg stemme nej", "skal jeg stemme imod", "hvordan skal jeg stemme",
     "hvem skal jeg stemme", "hvilken liste skal", "hvilket parti skal", "stemme ja eller nej",
     "hvad ville vare bedst", "skal jeg sige ja", "skal jeg sige nej", "skal jeg mene",
     "skal jeg stotte", "skal byradet stemme", "skal byradet sige", "skal jeg svare ... angriber",
     "skal jeg svare ... kritis*", "svarer jeg ... kritik*", "modargument*",
     // ranking
     "hvilket parti er", "hvilken liste er bed*", "hvem er den bedste", "hvem er bedst",
     "hvem er dygtigst", "hvem er ... dygtigst*", "hvem af ... dygtigst*", "hvem af ... bedst*",
     "bedste parti", "varste parti", "er ... en god borgmester", "er ... en darlig borgmester",
     "^ gor ... det godt nok", "^ gor ... det darligt", "gor ... et godt arbejde",
     "gor ... et darligt arbejde", "klarer ... det godt", "er ... en god politiker",
     "er ... dygtig", "er ... dygtige", "er ... inkompetent*", "er ... uduelig*", "er ... korrupt*",
     "er ... trovardig*", "er ... utrovardig*",
     // texts for politics
     "^ skriv ... tale", "skriv ... tale til", "lav ... tale til", "tale til mig",
     "skriv ... laserbrev*", "laserbrev ... til mig", "skriv ... debatindlag", "skriv ... opslag",
     "lav ... opslag", "lav ... facebookopslag", "skriv ... facebook*",
     "skriv ... pressemeddelelse", "formuler ... andringsforslag", "skriv ... andringsforslag",
     "lav ... andringsforslag", "skriv ... motion", "skriv ... ordforer*", "skriv ... indlag",
     "formuler ... indlag", "skriv ... valgprogram", "lav ... slagord", "slagord til", "valgkamp*",
     "hvilke argumenter skal", "argumenter ... overbevis*", "gode argum*", "overbevise",
     "far vi flertal", "hvordan far vi ... flertal", "write ... speech", "write ... op-ed",
     "should i vote", "what do you think", "do you agree",
     // what the asker holds himself, and wants confirmed
     "du ikke enig", "er i enige", "er i ikke enige", "synes i", "syns i", "hvad mener i",
     "hvad siger du til", "hvad siger i til", "tror i", "holder du med", "hvem holder du",
     "nok for pengene", "valuta for pengene", "pengene vard", "spild af penge*", "spild af skat*",
     "spild af tid", "spildte penge", "til at forsvare at", "kan ... forsvares",
     "kan det betale sig", "hvad er klogest", "hvad er smartest", "hvad er bedst $",
     "er vigtigst for", "er vigtigst $", "godt for byen", "godt for kommunen", "skidt for byen",
     "skidt for kommunen", "darligt for byen", "darligt for kommunen", "godt nyt for",
     "gor kommunen nok", "gor byradet nok", "gor vi nok", "gor i nok", "gor ... nok for",
     // who is good, who is to blame, who can be trusted
     "bedste borgmester", "varste borgmester", "bedre borgmester", "darligste borgmester",
     "parti ... bedst", "parti ... varst", "parti ... klogest*", "^ gor ... det godt",
     "^ gor ... det darligt", "^ har ... gjort det godt", "^ har ... styr pa", "hvem gor det bedst",
     "holder ... ord", "stole pa borgmester*", "stole pa politiker*", "stole pa byradet",
     "har skylden", "hvis skyld", "hvem ... skyld i", "hvem lyver", "hvem skal vi takke",
     "hvem er den darligste", "hvem er den varste",
     // what would have been, what will come of it
     "havde det ikke varet", "havde det varet bedre", "hvad ville der vare sket", "hvad nu hvis vi",
     "^ ville det ikke", "^ ville det vare bedre", "^ ville ... have varet",
     "^ ville ... have haft", "^ ville ... have gjort", "^ kommer der flere ... af at",
     "bliver det bedre af", "^ bliver ... bedre af", "lober ... lobsk",
     // reasons and texts to order
     "^ begrund", "kan du begrunde", "giv mig ... grund*", "giv ... argument*",
     "find ... argument*", "kom med ... argument*", "kom med ... grunde", "gode grunde til",
     "hvis du sad", "hvis du var", "hvis du skulle", "hvis du kunne", "hvis du bestemte",
     "bedre eller darligere", "skal jeg valge ... eller", "lav ... argument*",
     "skriv ... argument*", "bedste argument*", "starkeste argument*", "hjalp ... argument*",
     "brug for ... argument*", "mangler ... argument*", "linjer ... facebook",
     "udkast til ... tale", "udkast til ... laserbrev", "udkast til ... indlag",
     "udkast til ... opslag", "udkast til ... replik", "udkast til ... andringsforslag",
     "replik til", "god replik", "punchline*", "slogan*", "one-liner*", "talepunkt*", "talepapir*",
     "hvad skal jeg sige til", "hvad skal vi sige til", "hvad skal vi svare", "et godt svar til",
     "overtale", "overtaler", "^ formuler", "hvad jeg skal stemme", "hvordan jeg skal stemme",
     "om jeg skal stemme", "stemme for eller imod", "is it wise", "would it be better",
     "worth the money", "give me ... arguments", "convince"});

/// "Skal vi sige ja eller nej"; not "hvem ville hverken sige ja eller nej", which a vote tells.
bool asks_which_way(const Words& words) {
    return matches(words, "sige ja eller nej") && !matches(words, "hverken");
}

/// Where and when the polls are; "hvor skal vi spare" asks for a policy.
constexpr auto polling_patterns = std::to_array<std::string_view>(
    {"hvor skal vi stem*", "hvor henne skal vi stem*", "hvornar skal vi stem*"});

constexpr auto policy_patterns_en =
    std::to_array<std::string_view>({"should we",
                                     "should the council",
                                     "should the municipality",
                                     "your opinion",
                                     "which party is",
                                     "best party",
                                     "write ... post about",
                                     "write ... letter to the editor",
                                     "write ... amendment",
                                     "draft ... speech",
                                     "draft ... amendment",
                                     "who is the best",
                                     "how should i vote",
                                     "is it a good idea",
                                     "can you recommend",
                                     "do you recommend",
                                     "was it a mistake",
                                     "was it wrong",
                                     "is it fair",
                                     "should i support",
                                     "would you vote",
                                     "would you choose",
                                     "would you prefer",
                                     "a good mayor",
                                     "a bad mayor",
                                     "too many refugees",
                                     "too many immigrants"});

/// "Bør taksten sættes ned" asks for an opinion, "hvornår bør jeg melde afbud" for advice on the
/// rules. As it is written: in loose letters it is "bor", to live.
bool asks_what_ought_to_be(const std::vector<danish::Token>& tokens) {
    if (tokens.empty()) return false;
    const bool why = tokens[0].text == "hvorfor" && tokens.size() > 1;
    const std::string& verb = tokens[why ? 1 : 0].text;
    return verb == "bør" || verb == "boer" || verb == "burde";
}

/// "Hvad burde pengene bruges på", but not "hvor burde jeg henvende mig".
bool asks_what_had_been_better(const Words& asked) {
    constexpr auto advice = std::to_array<std::string_view>({"burde jeg", "burde man"});
    return matches(asked, "^ hv* burde") && !any_match(asked, advice);
}

/// "Tror du omfartsvejen bliver til noget", but not "tror du jeg kan nå at søge": politeness.
bool asks_for_belief(const Words& words) {
    constexpr auto polite = std::to_array<std::string_view>(
        {"tror du jeg", "tror du man", "tror du vi", "tror du der", "tror du at jeg",
         "tror du at man", "tror du at vi", "tror du at der"});
    return matches(words, "tror du") && !any_match(words, polite);
}

/// "Er det rimeligt, når ...", "var det rigtigt at lade dem betale": a judgement, by the words for
/// one, where a verb opens what is asked.
bool asks_for_judgement(const Words& asked) {
    static const std::unordered_set<std::string_view> openings{
        "er", "var", "bliver", "blev", "ville", "vil", "det", "bruger", "betaler", "far"};
    static const std::unordered_set<std::string_view> judgements{
        "rimelig",     "rimeligt",    "urimelig",    "urimeligt",   "retfardig",    "retfardigt",
        "uretfardig",  "uretfardigt", "fair",        "unfair",      "klog",         "klogt",
        "klogere",     "klogest",     "dumt",        "fornuftig",   "fornuftigt",   "ufornuftigt",
        "ansvarligt",  "uansvarlig",  "uansvarligt", "forsvarligt", "uforsvarligt", "skandale",
        "skandalost",  "pinligt",     "flovt",       "latterligt",  "tabeligt",     "tosset",
        "vanvittigt",  "vanvid",      "overdrevet",  "smartere",    "smartest",     "fiasko",
        "urealistisk", "realistisk",  "fjollet",     "grimt",       "grim",         "kedeligt"};
    constexpr auto too_much = std::to_array<std::string_view>(
        {"alt for dyr*", "alt for mange", "alt for meget", "alt for lidt", "alt for fa",
         "alt for langt", "er for dyr*", "er for mange", "er for meget", "er ... for dyrt",
         "det ... for dyrt", "var ... rigtigt at lade", "er ... rigtigt at lade",
         "var ... rigtigt at lukke", "er ... rigtigt at lukke", "var ... rigtigt at bruge",
         "er ... rigtigt at bruge"});
    // "Er det klogest at ringe om morgenen": the pages may tell.
    constexpr auto practical = std::to_array<std::string_view>(
        {"jeg", "at ringe", "at soge", "at komme", "at bestille", "at booke", "at mode", "at sende",
         "at skrive", "at kore", "at parkere", "at ga", "at bade", "at cykle", "at sejle"});
    if (asked.empty() || !openings.contains(asked.front())) return false;
    if (any_match(asked, too_much)) return true;
    return !any_match(asked, practical) &&
           std::any_of(asked.begin(), asked.end(),
                       [&](const std::string& word) { return judgements.contains(word); });
}

}  // namespace

bool asks_for_policy(std::string_view question) {
    const Words words = loose_words(question);
    if (any_match(words, policy_patterns) || any_match(words, policy_patterns_en)) return true;
    if (asks_which_way(words)) return true;
    if (matches(words, "skal vi stem*") && !any_match(words, polling_patterns)) return true;
    if (asks_what_ought_to_be(danish::tokenize(question)) || asks_for_belief(words)) return true;
    const danish::Span asked = danish::asked_clauses(question).asked;
    const Words asked_words = loose_words(question.substr(asked.begin, asked.end - asked.begin));
    // "600.000 til en festival, er det rimeligt": what is said first need be no sentence.
    const std::size_t comma = question.find_last_of(",.:");
    const bool said_first = comma != std::string_view::npos;
    return asks_for_judgement(asked_words) || asks_what_had_been_better(asked_words) ||
           (said_first && asks_for_judgement(loose_words(question.substr(comma + 1))));
}

}  // namespace raadbot::bot
