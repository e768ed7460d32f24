#include "bot/conversation/guards.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <vector>

#include "bot/conversation/patterns.hpp"
#include "bot/conversation/policy.hpp"
#include "retrieval/danish/follow_up.hpp"
#include "retrieval/danish/personal_data.hpp"
#include "retrieval/danish/question.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::bot {
namespace {

using answer::RefusalReason;

constexpr auto instruction_patterns =
    std::to_array<std::string_view>({"ignorer ... instruktion*",
                                     "ignorer ... regler*",
                                     "ignorer alt",
                                     "ignorer ... prompt",
                                     "ignorer ovenst*",
                                     "ignorer tidligere",
                                     "ignorer dine",
                                     "glem ... instruktion*",
                                     "glem alt",
                                     "glem ... regler",
                                     "glem hvad",
                                     "glem ... kilde*",
                                     "ignorer ... kilde*",
                                     "ignorer ... materiale*",
                                     "og sig bare",
                                     "husk at skrive at",
                                     "husk at svare",
                                     "husk at sige at",
                                     "^ svar at",
                                     "og svar at",
                                     "og skriv at",
                                     "skriv bare at",
                                     "du skal skrive at",
                                     "du skal svare at",
                                     "dine regler",
                                     "kun svare ja",
                                     "kun svare nej",
                                     "bare svare ja",
                                     "bare svare nej",
                                     "spring* ... kilde* over",
                                     "instruks* til dig",
                                     "se bort fra ... instruktion*",
                                     "se bort fra ... regler",
                                     "tilsidesat ... regler",
                                     "tilsidesat ... instruktion*",
                                     "du er nu",
                                     "fra nu af er du",
                                     "fra nu af skal du",
                                     "lad som om",
                                     "spil rollen",
                                     "opfor dig som",
                                     "systemprompt*",
                                     "system prompt*",
                                     "systembesked*",
                                     "systeminstruk*",
                                     "dine instruktion*",
                                     "dine skjulte",
                                     "dit systemprompt",
                                     "din prompt",
                                     "udviklertilstand",
                                     "uden begransning*",
                                     "uden restriktion*",
                                     "uden filter*",
                                     "svar kun med",
                                     "svar altid",
                                     "svar bare ja",
                                     "svar bare nej",
                                     "svar blot ja",
                                     "svar blot nej",
                                     "du skal svare ja",
                                     "du skal svare nej",
                                     "uanset hvad der star",
                                     "uanset hvad ... materiale*",
                                     "uanset hvad kilde*",
                                     "always answer",
                                     "answer only yes",
                                     "answer only no",
                                     "gentag alt",
                                     "gentag ordet",
                                     "skriv ordet ... gange",
                                     "ignore ... instruction*",
                                     "ignore ... rules",
                                     "ignore ... prompt*",
                                     "ignore everything",
                                     "ignore the above",
                                     "ignore all",
                                     "disregard ... instruction*",
                                     "disregard ... above",
                                     "disregard ... rules",
                                     "forget ... instruction*",
                                     "forget everything",
                                     "you are now",
                                     "act as",
                                     "pretend ... to be",
                                     "pretend you",
                                     "pretend that you",
                                     "jailbreak*",
                                     "developer mode",
                                     "dan mode",
                                     "do anything now",
                                     "your instructions",
                                     "reveal your",
                                     "repeat everything",
                                     "new instructions",
                                     "override ... instruction*"});

constexpr auto personal_patterns = std::to_array<std::string_view>({
    "privatadress*",
    "private adress*",
    "hjemmeadress*",
    "adresse* pa nabo*",
    "adresse* pa ... nabo*",
    "adresse* pa borger*",
    "privat adress*",
    "privat telefon*",
    "privat mobil*",
    "private mobil*",
    "private telefon*",
    "privatnummer*",
    "hvor bor",
    "hvilken sygdom",
    "hvad fejler",
    "helbred ... har",
    "er ... syg i virkeligheden",
    "hvorfor er ... sygemeldt",
    "hvem er den borger",
    "hvilken borger",
    "hvem er borgeren",
    "navnet pa borgeren",
    "hvad hedder borgeren",
    "navnet pa klageren",
    "hvem har klaget",
    "hvem klagede",
    "har meldt os",
    "har meldt mig",
    "har anmeldt os",
    "har anmeldt mig",
    "nummer derhjemme",
    "hjemme hos sig selv",
    "hvilke ... sygemeldt*",
    "hvilke ... er syge",
    "hvem ... er sygemeldt",
    "hvem har sladret",
    "hvem har anmeldt",
    "hvem anmeldte",
    "hvem har meldt mig",
    "hvem har indberettet",
    "hvem ... der har klaget",
    "hvem ... der har anmeldt",
    "hvem har ... underretning*",
    "hvem bor i",
    "hvem bor der",
    "hvem bor pa",
    "blev ... fyret",
    "min nabos",
    "naboens ... nummer",
    "hvad tjener min nabo",
    "straffeattest ... pa",
    "hvem modtager ... hjalp",
    "hvem er ... gift med",
    "hvilken religion",
    "seksualitet",
    "home address",
    "private address",
    "private phone",
    "where does ... live",
    "social security number",
});

constexpr auto errand_patterns = std::to_array<std::string_view>(
    {// small talk and homework
     "hvordan gar det med dig", "^ hvordan har du det", "har du det godt", "mine lektier",
     "min lektie*", "kan du ... lektie*", "^ hjalp ... lektie*", "lave ... aflevering*",
     "skrive ... aflevering*", "matematikaflevering*", "hjalpe ... med et stykke",
     "hjalpe ... med et regnestykke", "how are you", "my homework", "help me ... homework",
     "^ taend", "^ tand", "^ sluk", "^ afspil", "^ spil", "^ sat ... alarm*",
     // the weather
     "vejret", "vejrudsigt*", "det til at regne", "det til at sne", "det til at storme",
     "det til at blase", "skal det regne", "skal det sne", "vil det regne", "vil det sne",
     "vil det storme", "vil det blase", "^ regner det", "^ sner det", "^ stormer det",
     "^ blaser det", "det til at blive varmt", "det til at blive koldt", "^ er det koldt",
     "^ er det varmt", "hvor varmt er det $", "hvor koldt er det $", "hvor varmt er det ude*",
     "hvor koldt er det ude*", "hvor varmt er det i dag", "hvor koldt er det i dag",
     "hvor varmt er det i morgen", "hvor koldt er det i morgen", "hvor varmt er det lige nu",
     "hvor koldt er det lige nu", "hvor varmt er det nu", "hvor koldt er det nu",
     "hvor varmt vil det", "hvor koldt vil det", "hvor varmt kommer det", "hvor koldt kommer det",
     "hvor varmt bliver", "hvor koldt bliver", "koldt bliver det", "varmt bliver det",
     "bliver det koldt", "bliver det varmt", "bliver det regn*", "bliver det solskin",
     "bliver det sne*", "bliver det storm*", "storm pa vej", "nuvarende temperatur",
     "temperaturen udenfor", "stopper regnen", "stopper sneen", "brug for en paraply", "weather",
     // the asker's own devices and evenings out
     "vis ... alarmer*", "vis ... pamindelser", "tid ... min alarm", "min alarm sat",
     "sat min alarm", "pa min alarm", "mine alarmer", "tilbage pa alarmen", "alarmer har jeg",
     "film tider*", "filmtider*", "spilletider*", "spille tiderne", "film spilletider*",
     "^ mind mig", "^ pamind", "^ husk mig", "^ tilfoj", "^ book", "^ bestil", "^ reserver",
     "^ ring til", "^ send", "^ slet", "^ opret", "^ annuller", "^ aflys", "^ meld",
     "^ tilmeld mig", "^ oversat", "^ skriv ... digt", "^ skriv ... sang", "^ skriv ... historie",
     "^ lav ... digt", "^ fortal ... vittighed", "^ fortal ... joke", "^ fortal ... historie",
     "^ syng", "^ play", "^ set ... alarm", "^ remind me", "^ translate", "^ write me",
     "^ write a poem", "kan du skrive ... ansogning", "kan du skrive ... cv",
     "kan du hjalpe ... skrive ... ansogning", "kan du hjalpe ... skrive ... jobansogning",
     "kan du hjalpe ... skrive ... cv", "^ tell ... joke", "^ skriv", "^ er du", "^ forfat",
     "^ digt", "^ find pa", "^ hjalp mig med at skrive", "kan du digte", "kan du skrive en",
     "kan du skrive et", "vil du skrive en", "vil du skrive et", "hjalpe mig med at formulere",
     "hjalp mig med at formulere",
     // markets
     "aktier", "bitcoin*", "kryptovaluta*", "pr kwh", "^ write ... python", "^ skriv ... program"});

/// "Hvilke familier har fået friplads": who they are; "hvilke familier har ret til" asks the rules.
bool asks_who_got(const Words& words) {
    constexpr auto whose = std::to_array<std::string_view>(
        {"hvilke born", "hvilke familier", "hvilke borgere", "hvilke elever", "hvilke beboere",
         "hvilke ansatte", "hvilke medarbejdere", "hvilke naboer", "hvilke laerere",
         "hvilke larere", "hvilke aldre"});
    constexpr auto did = std::to_array<std::string_view>(
        {"har faet", "har sogt", "har klaget", "fik", "skylder", "er blevet", "blev", "modtager",
         "klagede", "sogte", "er syge", "er sygemeldt*"});
    return any_match(words, whose) && any_match(words, did);
}

/// Whose number, not how a newcomer gets one.
bool asks_for_cpr(const Words& words) {
    constexpr auto numbers = std::to_array<std::string_view>(
        {"cpr", "cpr-nummer*", "cpr-nr*", "personnummer*", "cprnummer*"});
    constexpr auto own = std::to_array<std::string_view>({"far jeg ... nummer*",
                                                          "far jeg ... cpr*",
                                                          "far man",
                                                          "faar jeg",
                                                          "fa et",
                                                          "fa ... nyt",
                                                          "soger",
                                                          "soge",
                                                          "ansog*",
                                                          "bestil*",
                                                          "skal jeg have",
                                                          "skal man have",
                                                          "har jeg brug for",
                                                          "uden cpr*",
                                                          "uden ... personnummer*",
                                                          "i get",
                                                          "do i need",
                                                          "can i get",
                                                          "apply",
                                                          "register*",
                                                          "without"});
    return any_match(words, numbers) && (!any_match(words, own) || matches(words, "fat i"));
}

/// A state of life that is asked of somebody else: "er naboen på kontanthjælp", "hvilken diagnose
/// har han". What holds "når man er på kontanthjælp" or "hvis mit barn får en diagnose" is asked of
/// the rules.
bool asks_for_state_of_another(const Words& words) {
    constexpr auto others = std::to_array<std::string_view>(
        {"nabo*", "min kolleg*", "min chef", "hvem er", "hvem der er", "hvem har", "hvem der har",
         "hvilke borgere", "hvilke familier", "han", "hun", "neighbour*", "who is", "who has"});
    constexpr auto states = std::to_array<std::string_view>(
        {"er ... gravid", "er ... alkoholiker", "er ... kontanthjalp", "er ... skilt", "pregnant"});
    constexpr auto own_state = std::to_array<std::string_view>(
        {"jeg er", "er jeg", "man er", "er man", "vi er", "er vi", "du er", "mange ... er", "i am",
         "am i", "you are", "are you"});
    constexpr auto which = std::to_array<std::string_view>(
        {"hvilken diagnose", "hvad er ... diagnose*", "which diagnosis"});
    constexpr auto own_diagnosis = std::to_array<std::string_view>(
        {"jeg ... diagnose*", "man ... diagnose*", "har jeg", "har man", "ens barn", "mit barn*",
         "mine born", "min son", "min datter", "vores barn", "vores born", "barnet", "born med",
         "borgere med", "personer med", "my child"});
    if (any_match(words, states)) return any_match(words, others) || !any_match(words, own_state);
    if (!matches(words, "diagnose*")) return false;
    return any_match(words, others) || any_match(words, which) || !any_match(words, own_diagnosis);
}

/// "er Ida Nymark syg": the private life of somebody called by name, which takes a capital.
bool asks_into_private_life(std::string_view question, const std::vector<danish::Token>& tokens) {
    static const std::unordered_set<std::string_view> matters{
        "syg",      "sygemeldt", "gravid",  "skilt", "gift",     "forlovet",   "single",
        "muslim",   "kristen",   "jøde",    "fyret", "straffet", "arbejdsløs", "homoseksuel",
        "pregnant", "divorced",  "married", "ill",   "sick",     "deprimeret", "alkoholiker"};
    const auto capital = [&](const danish::Token& token) {
        const auto first = static_cast<unsigned char>(question[token.begin]);
        return (first >= 'A' && first <= 'Z') ||
               (first == 0xC3 && token.begin + 1 < question.size() &&
                static_cast<unsigned char>(question[token.begin + 1]) < 0x9F);
    };
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        const std::string& verb = tokens[i].text;
        if (verb != "er" && verb != "var" && verb != "blev" && verb != "is" && verb != "was")
            continue;
        std::size_t after = i + 1;
        while (after < tokens.size() && capital(tokens[after])) ++after;
        if (after > i + 1 && after < tokens.size() && matters.contains(tokens[after].text))
            return true;
    }
    return false;
}

/// "må jeg fortælle min mand, hvad der blev sagt": the rules are asked for, not the content.
bool asks_for_permission(const Words& words) {
    constexpr auto openings = std::to_array<std::string_view>(
        {"^ ma jeg", "^ ma vi", "^ ma man", "^ ma en", "^ ma et", "^ ma medlem*", "^ kan jeg fa",
         "^ kan man fa", "^ har jeg ret", "^ har man ret", "^ hvad sker der hvis", "^ hvornar ma",
         "^ hvem ma", "^ may i", "^ am i allowed", "^ can i share", "^ can i tell"});
    return any_match(words, openings);
}

bool asks_into_closed(const Words& words, danish::QuestionType type) {
    const auto has = [&](std::string_view pattern) { return matches(words, pattern); };
    const bool closed = has("lukket") || has("lukkede") || has("fortrolig*") || has("hemmelig*") ||
                        has("closed") || has("confidential") || has("optagels* ... sluk*");
    if (!closed) return false;
    const bool item = has("optagels*") || has("punkt*") || has("sag") || has("sagen") ||
                      has("sager") || has("dagsorden*") || has("mode") || has("modet") ||
                      has("bilag*") || has("dor*") || has("door*") || has("item*") ||
                      has("meeting*") || has("del") || has("beslutning*") || has("personalesag*") ||
                      has("forhandling*");
    if (!item || asks_for_permission(words)) return false;
    // Rules about closed items ("hvorfor", "ma jeg", "hvad er") may be asked; their content may
    // not.
    const bool content =
        has("hvad stod") || has("hvad star") || has("hvad handle*") || has("hvad gik") ||
        has("hvad drejede") || has("hvad blev") || has("hvad besluttede") ||
        has("blev der besluttet") || has("hvad sagde") || has("hvem sagde") || has("hvad talte") ||
        has("hvad snakke*") || has("hvad foregik") || has("hvad diskutere*") ||
        has("hvad drofte*") || has("hvad skete") || has("hvad endte") || has("hvad er ... om") ||
        has("hvad skal der") || has("hvad var det") || has("hvad var de") || has("hvem handle*") ||
        has("hvem drej*") || has("hvem stemte") || has("hvad indeholder") || has("vis mig") ||
        has("giv mig") || has("fortal") || has("hvilken ejendom") || has("hvad koster") ||
        has("hvad kostede") || has("hvor meget") || has("hvem blev") || has("hvem kobte") ||
        has("hvem solgte") || has("hvad gav") || has("hvilke") || has("hvilket") ||
        has("what was") || has("what did") || has("what happened") || has("tell me") ||
        has("show me") || has("reveal") || has("who is") || has("lak");
    return content || type == danish::QuestionType::decision ||
           type == danish::QuestionType::agenda || type == danish::QuestionType::vote ||
           type == danish::QuestionType::said;
}

}  // namespace

std::optional<RefusalReason> guard(std::string_view question) {
    if (!danish::find_cpr(question).empty()) return RefusalReason::personal_data;
    const std::vector<danish::Token> tokens = danish::tokenize(question);
    const Words words = loose_words(question);
    if (words.empty()) return RefusalReason::out_of_scope;
    if (any_match(words, instruction_patterns)) return RefusalReason::instruction_in_question;
    if (asks_for_policy(question)) return RefusalReason::policy_making;
    if (asks_into_closed(words, danish::question_type(question))) return RefusalReason::closed_item;
    if (any_match(words, personal_patterns) || asks_who_got(words) || asks_for_cpr(words) ||
        asks_for_state_of_another(words) || asks_into_private_life(question, tokens))
        return RefusalReason::personal_data;
    if (any_match(words, errand_patterns)) return RefusalReason::out_of_scope;
    return std::nullopt;
}

std::optional<RefusalReason> guard(std::string_view question,
                                   const std::vector<std::string>& previous) {
    if (const auto reason = guard(question)) return reason;
    if (previous.empty() || guard(previous.back()) != RefusalReason::closed_item)
        return std::nullopt;
    const Words words = loose_words(question);
    // "Hvem købte så grunden?": whatever it names, it is what was dealt with there.
    const bool goes_on = danish::read_follow_up(question).leans || matches(words, "sa");
    if (!goes_on || asks_for_permission(words)) return std::nullopt;
    return RefusalReason::closed_item;
}

}  // namespace raadbot::bot
