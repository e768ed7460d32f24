#include "bot/conversation/guards.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <vector>

#include "retrieval/danish/follow_up.hpp"
#include "retrieval/danish/personal_data.hpp"
#include "retrieval/danish/question.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::bot {
namespace {

using answer::RefusalReason;
using Words = std::vector<std::string>;

/// Letters reduced to what people type: å, aa -> a; æ, ae -> a; ø, oe -> o.
std::string loose(std::string_view folded) {
    std::string out;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const auto c = static_cast<unsigned char>(folded[i]);
        const unsigned char next =
            i + 1 < folded.size() ? static_cast<unsigned char>(folded[i + 1]) : 0;
        const bool like_a = (c == 0xC3 && (next == 0xA5 || next == 0xA6)) ||
                            (c == 'a' && (next == 'a' || next == 'e'));
        const bool like_o = (c == 0xC3 && next == 0xB8) || (c == 'o' && next == 'e');
        if (like_a || like_o) {
            out += like_a ? 'a' : 'o';
            ++i;
        } else {
            out += static_cast<char>(c);
        }
    }
    return out;
}

/// A pattern is words in order; "word*" matches a prefix, "..." lets up to four words stand
/// between,
/// "^" is the beginning, "$" the end. Written in loose letters.
bool matches_at(const Words& text, std::size_t at, const std::vector<std::string_view>& pattern,
                std::size_t p) {
    if (p == pattern.size()) return true;
    if (pattern[p] == "...") {
        for (std::size_t skip = 0; skip <= 4 && at + skip <= text.size(); ++skip) {
            if (matches_at(text, at + skip, pattern, p + 1)) return true;
        }
        return false;
    }
    if (pattern[p] == "$") return at == text.size() && p + 1 == pattern.size();
    if (at >= text.size()) return false;
    std::string_view word = pattern[p];
    const bool prefix = word.ends_with('*');
    if (prefix) word.remove_suffix(1);
    const bool fits = prefix ? text[at].starts_with(word) : text[at] == word;
    return fits && matches_at(text, at + 1, pattern, p + 1);
}

bool matches(const Words& text, std::string_view pattern_text) {
    std::vector<std::string_view> pattern;
    while (!pattern_text.empty()) {
        const std::size_t blank = pattern_text.find(' ');
        pattern.push_back(pattern_text.substr(0, blank));
        if (blank == std::string_view::npos) break;
        pattern_text.remove_prefix(blank + 1);
    }
    if (pattern.front() == "^") {
        pattern.erase(pattern.begin());
        return matches_at(text, 0, pattern, 0);
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (matches_at(text, at, pattern, 0)) return true;
    }
    return false;
}

template <std::size_t N>
bool any_match(const Words& text, const std::array<std::string_view, N>& patterns) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](std::string_view pattern) { return matches(text, pattern); });
}

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
     "should i vote", "what do you think", "do you agree"});

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
     "hvordan gar det med dig", "^ hvordan har du det", "har du det godt", "lektier", "lektierne",
     "lave ... aflevering*", "skrive ... aflevering*", "matematikaflevering*",
     "hjalpe ... med et stykke", "hjalpe ... med et regnestykke", "how are you", "homework",
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
     "kan du hjalpe ... skrive ... cv", "^ tell ... joke", "^ write ... python",
     "^ skriv ... program"});

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

/// "Bør taksten sættes ned" asks for an opinion, "hvornår bør jeg melde afbud" for advice on the
/// rules. As it is written: in loose letters it is "bor", to live.
bool asks_what_ought_to_be(const std::vector<danish::Token>& tokens) {
    if (tokens.empty()) return false;
    const bool why = tokens[0].text == "hvorfor" && tokens.size() > 1;
    const std::string& verb = tokens[why ? 1 : 0].text;
    return verb == "bør" || verb == "boer" || verb == "burde";
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
                        has("closed") || has("confidential");
    if (!closed) return false;
    const bool item = has("punkt*") || has("sag") || has("sagen") || has("sager") ||
                      has("dagsorden*") || has("mode") || has("modet") || has("bilag*") ||
                      has("dor*") || has("door*") || has("item*") || has("meeting*") ||
                      has("del") || has("beslutning*") || has("personalesag*") ||
                      has("forhandling*");
    if (!item || asks_for_permission(words)) return false;
    // Rules about closed items ("hvorfor", "ma jeg", "hvad er") may be asked; their content may
    // not.
    const bool content =
        has("hvad stod") || has("hvad star") || has("hvad handle*") || has("hvad gik") ||
        has("hvad drejede") || has("hvad blev") || has("hvad besluttede") ||
        has("blev der besluttet") || has("hvad sagde") || has("hvem sagde") || has("hvad talte") ||
        has("hvad diskutere*") || has("hvad drofte*") || has("hvad skete") || has("hvad endte") ||
        has("hvad er ... om") || has("hvad skal der") || has("hvad var det") ||
        has("hvad var de") || has("hvem handle*") || has("hvem drej*") || has("hvem stemte") ||
        has("hvad indeholder") || has("vis mig") || has("giv mig") || has("fortal") ||
        has("hvilken ejendom") || has("hvad koster") || has("hvad kostede") || has("hvor meget") ||
        has("hvem blev") || has("hvem kobte") || has("hvem solgte") || has("hvad gav") ||
        has("hvilke") || has("hvilket") || has("what was") || has("what did") ||
        has("what happened") || has("tell me") || has("show me") || has("reveal") ||
        has("who is") || has("lak");
    return content || type == danish::QuestionType::decision ||
           type == danish::QuestionType::agenda || type == danish::QuestionType::vote ||
           type == danish::QuestionType::said;
}

}  // namespace

std::optional<RefusalReason> guard(std::string_view question) {
    if (!danish::find_cpr(question).empty()) return RefusalReason::personal_data;
    Words words;
    const std::vector<danish::Token> tokens = danish::tokenize(question);
    for (const danish::Token& token : tokens) words.push_back(loose(token.text));
    if (words.empty()) return RefusalReason::out_of_scope;
    if (any_match(words, instruction_patterns)) return RefusalReason::instruction_in_question;
    if (any_match(words, policy_patterns) || any_match(words, policy_patterns_en) ||
        (matches(words, "skal vi stem*") && !any_match(words, polling_patterns)) ||
        asks_what_ought_to_be(tokens)) {
        return RefusalReason::policy_making;
    }
    if (asks_into_closed(words, danish::question_type(question))) return RefusalReason::closed_item;
    if (any_match(words, personal_patterns) || asks_for_cpr(words) ||
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
    Words words;
    for (const danish::Token& token : danish::tokenize(question))
        words.push_back(loose(token.text));
    // "Hvem købte så grunden?": whatever it names, it is what was dealt with there.
    const bool goes_on = danish::read_follow_up(question).leans || matches(words, "sa");
    if (!goes_on || asks_for_permission(words)) return std::nullopt;
    return RefusalReason::closed_item;
}

}  // namespace raadbot::bot
