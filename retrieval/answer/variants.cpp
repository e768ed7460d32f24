#include "retrieval/answer/variants.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "retrieval/answer/ages.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::Token;
using danish::TokenKind;
using Tokens = std::vector<Token>;

enum Person : std::size_t { child, young, adult, pensioner, student };
enum Payer : std::size_t { firm, association, citizen };
enum Country : std::size_t { home, abroad };
enum Office : std::size_t { mayor, deputy_mayor, chairman, deputy_chairman, member, stand_in };
enum Ticket : std::size_t { single, several, of_day, of_month, of_season, of_year };
constexpr std::size_t further = 9;  // "Hver yderligere", "de følgende".

template <class Member>
struct Named {
    std::string_view word;
    Member member;
};

constexpr std::array<Named<Person>, 15> persons{{{"barn", child},
                                                 {"børn", child},
                                                 {"børne", child},
                                                 {"skolebarn", child},
                                                 {"ung", young},
                                                 {"unge", young},
                                                 {"teenager", young},
                                                 {"voksen", adult},
                                                 {"voksne", adult},
                                                 {"pensionist", pensioner},
                                                 {"folkepensionist", pensioner},
                                                 {"senior", pensioner},
                                                 {"studerende", student},
                                                 {"student", student},
                                                 {"stud", student}}};

/// Who the asker says it is for, beside the words of price lists.
constexpr std::array<std::string_view, 10> kin{"søn",   "sønnen",   "datter", "datteren",
                                               "dreng", "drengen",  "pige",   "pigen",
                                               "baby",  "barnebarn"};

constexpr std::array<Named<Payer>, 12> payers{{{"firma", firm},
                                               {"virksomhed", firm},
                                               {"erhverv", firm},
                                               {"erhvervsdrivende", firm},
                                               {"forening", association},
                                               {"idrætsforening", association},
                                               {"privat", citizen},
                                               {"private", citizen},
                                               {"privatperson", citizen},
                                               {"borger", citizen},
                                               {"husstand", citizen},
                                               {"husholdning", citizen}}};

constexpr std::array<Named<Country>, 7> countries{{{"danmark", home},
                                                   {"indland", home},
                                                   {"indenlandsk", home},
                                                   {"udland", abroad},
                                                   {"udenlandsk", abroad},
                                                   {"udlandsrejse", abroad},
                                                   {"udenlandsrejse", abroad}}};

constexpr std::array<Named<Ticket>, 16> tickets{{{"enkelt", single},
                                                 {"enkeltbillet", single},
                                                 {"enkeltbad", single},
                                                 {"engangsbillet", single},
                                                 {"klippekort", several},
                                                 {"turkort", several},
                                                 {"turskort", several},
                                                 {"rabatkort", several},
                                                 {"dagkort", of_day},
                                                 {"dagskort", of_day},
                                                 {"dagsbillet", of_day},
                                                 {"månedskort", of_month},
                                                 {"sæsonkort", of_season},
                                                 {"halvårskort", of_season},
                                                 {"årskort", of_year},
                                                 {"årsbillet", of_year}}};

constexpr std::array<Named<Office>, 9> offices{{{"borgmester", mayor},
                                                {"viceborgmester", deputy_mayor},
                                                {"formand", chairman},
                                                {"udvalgsformand", chairman},
                                                {"næstformand", deputy_chairman},
                                                {"medlem", member},
                                                {"byrådsmedlem", member},
                                                {"suppleant", stand_in},
                                                {"stedfortræder", stand_in}}};

/// "10-turskort", "10-turs kort"
std::optional<Ticket> ticket_at(const Token& token) {
    const std::size_t dash = token.text.rfind('-');
    const std::string_view name =
        std::string_view(token.text).substr(dash == std::string::npos ? 0 : dash + 1);
    const std::string lemma = danish::Morphology::instance().lemma(name);
    for (const auto& [word, ticket] : tickets) {
        if (word == name || word == lemma) return ticket;
    }
    return std::nullopt;
}

/// What a word or the last or first part of a compound names: "børnebillet", "folkepensionister".
template <class Member, std::size_t N>
std::optional<Member> member_of(const Token& token, const std::array<Named<Member>, N>& names) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    const auto find = [&](std::string_view word) -> std::optional<Member> {
        const std::string lemma = morphology.lemma(word);
        for (const auto& [name, member] : names) {
            if (name == word || name == lemma) return member;
        }
        return std::nullopt;
    };
    if (token.kind != TokenKind::word) return std::nullopt;
    if (const auto found = find(token.text)) return found;
    const auto parts = morphology.split(token.text);
    if (parts.size() < 2) return std::nullopt;
    static constexpr std::array<std::string_view, 4> cards{"billet", "kort", "turskort", "pris"};
    const std::string last = morphology.lemma(parts.back());
    const bool card = std::find(cards.begin(), cards.end(), last) != cards.end();
    return card ? find(parts.front()) : std::nullopt;
}

std::optional<std::size_t> number_of(std::string_view word) {
    static constexpr std::array<std::string_view, 9> words{"en",   "to",  "tre",  "fire", "fem",
                                                           "seks", "syv", "otte", "ni"};
    if (word == "et") return 0;
    if (word.size() == 1 && word[0] >= '1' && word[0] <= '9')
        return static_cast<std::size_t>(word[0] - '1');
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - words.begin()));
}

std::optional<std::size_t> ordinal_of(std::string_view word) {
    static constexpr std::array<std::string_view, 9> words{
        "første", "anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende"};
    if (word == "andet") return 1;
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - words.begin()));
}

/// What is counted off: "anden gang", "tredje barn"; "den anden indgang" is merely another one.
bool is_counted_off(std::string_view lemma) {
    static constexpr std::array<std::string_view, 11> things{
        "gang",  "barn", "bil", "hund", "rate",        "rykker",
        "skade", "køb",  "tur", "år",   "overtrædelse"};
    return std::find(things.begin(), things.end(), lemma) != things.end();
}

std::bitset<10> ordinals_in(const Tokens& tokens) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    std::bitset<10> found;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        const std::string next =
            i + 1 < tokens.size() ? morphology.lemma(tokens[i + 1].text) : std::string();
        if (word == "nummer" || word == "nr") {
            if (i + 1 < tokens.size()) {
                if (const auto number = number_of(tokens[i + 1].text)) found.set(*number);
            }
        } else if (is_counted_off(next)) {
            if (const auto ordinal = ordinal_of(word)) found.set(*ordinal);
        } else if (next == "viceborgmester" || next == "næstformand") {
            // "1. viceborgmester" counts no persons.
            auto ordinal = ordinal_of(word);
            if (!ordinal && tokens[i].kind == danish::TokenKind::number) ordinal = number_of(word);
            if (ordinal) found.set(*ordinal);
        }
        for (const std::string_view more :
             {"hver", "følgende", "efterfølgende", "yderligere", "derefter", "gentagne", "øvrige",
              "herefter", "flere", "ekstra", "næste"}) {
            if (word == more) found.set(further);
        }
    }
    // "For den første bil og 960 kr. for den anden"
    for (const Token& token : tokens) {
        const auto ordinal = ordinal_of(token.text);
        if (found.any() && ordinal) found.set(*ordinal);
    }
    return found;
}

/// "Toværelses", "2-værelses", "3 rum"
std::bitset<8> rooms_in(const Tokens& tokens) {
    std::bitset<8> rooms;
    const auto note = [&](std::string_view word) {
        const auto number = number_of(word);
        if (number && *number < rooms.size()) rooms.set(*number);
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        const std::size_t at = std::min(word.find("værelse"), word.find("rums"));
        if (at != std::string::npos && at > 0)
            note(std::string_view(word).substr(0, word[at - 1] == '-' ? at - 1 : at));
        const bool named = word == "rum" || word.starts_with("værelse") || word == "rums";
        if (named && i > 0) note(tokens[i - 1].text);
    }
    return rooms;
}

template <std::size_t N>
std::bitset<N> bits_of(const std::array<bool, N>& flags) {
    std::bitset<N> bits;
    for (std::size_t i = 0; i < N; ++i) bits[i] = flags[i];
    return bits;
}

/// By their full names: "min søn" is no Sunday.
std::bitset<7> days_asked(const Tokens& tokens) {
    static constexpr std::array<std::string_view, 7> english{
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    static constexpr std::array<std::string_view, 7> danish_days{
        "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"};
    std::bitset<7> days;
    for (const Token& token : tokens) {
        for (std::size_t d = 0; d < days.size(); ++d) {
            constexpr std::size_t longest_ending = 3;  // "søndagene"
            for (const std::string_view day : {english[d], danish_days[d]}) {
                if (token.text.starts_with(day) &&
                    token.text.size() <= day.size() + longest_ending) {
                    days.set(d);
                }
            }
        }
    }
    return days;
}

constexpr std::array<std::array<std::string_view, 3>, 2> sizes{
    {{"lille", "små", "mindste"}, {"store", "stor", "største"}}};
constexpr std::array<std::array<std::string_view, 3>, 8> parts{
    {{"øvre", "øverste", "upper"},
     {"nedre", "nederste", "lower"},
     {"nordlige", "nordligste", "northern"},
     {"sydlige", "sydligste", "southern"},
     {"østlige", "østligste", "eastern"},
     {"vestlige", "vestligste", "western"},
     {"indre", "inderste", "inner"},
     {"ydre", "yderste", "outer"}}};
constexpr std::array<std::array<std::string_view, 3>, 2> makes{
    {{"gamle", "gammel", "tidligere"}, {"nye", "ny", "nyeste"}}};

std::bitset<8> parts_in(const Tokens& tokens) {
    std::bitset<8> found;
    for (const Token& token : tokens) {
        for (std::size_t part = 0; part < parts.size(); ++part) {
            if (std::find(parts[part].begin(), parts[part].end(), token.text) != parts[part].end())
                found.set(part);
        }
    }
    return found;
}

/// Which of the two "den lille sal" and "den store sal" are, each behind an article.
std::bitset<2> kinds_in(const Tokens& tokens,
                        const std::array<std::array<std::string_view, 3>, 2>& kinds) {
    std::bitset<2> found;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const std::string& article = tokens[i - 1].text;
        if (article != "den" && article != "det" && article != "de") continue;
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            for (const std::string_view word : kinds[kind]) {
                if (tokens[i].text == word) found.set(kind);
            }
        }
    }
    return found;
}

template <std::size_t N>
bool differ(const std::bitset<N>& asked, const std::bitset<N>& told) {
    return asked.any() && told.any() && (asked & told).none();
}

Person person_aged(int age) {
    constexpr int grown = 18;
    constexpr int retired = 67;
    return age < grown ? child : age < retired ? adult : pensioner;
}

}  // namespace

Variants variants_asked(const QuestionView& question) {
    Variants asked;
    const Tokens tokens = danish::tokenize(question.text);
    asked.ordinals = ordinals_in(tokens);
    asked.ordinals.reset(further);
    asked.sizes = kinds_in(tokens, sizes);
    asked.makes = kinds_in(tokens, makes);
    asked.parts = parts_in(tokens);
    asked.rooms = rooms_in(tokens);
    // "Har ungehuset åbent fredag aften"
    const bool open = question.type == danish::QuestionType::yes_no &&
                      std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
                          return token.text == "åben" || token.text == "åbent";
                      });
    if (question.type == danish::QuestionType::when || open) asked.days = days_asked(tokens);
    if (question.money || question.time) asked.months = bits_of(danish::months_in(question.text));
    if (!question.money) return asked;
    bool of_kin = false;
    for (const Token& token : tokens) {
        if (const auto person = member_of(token, persons)) asked.persons.set(*person);
        if (const auto payer = member_of(token, payers)) asked.payers.set(*payer);
        if (const auto country = member_of(token, countries)) asked.countries.set(*country);
        if (const auto office = member_of(token, offices)) asked.offices.set(*office);
        if (const auto ticket = ticket_at(token)) asked.tickets.set(*ticket);
        // "Et fiskekort for hele året"
        const bool year = (token.text == "året" || token.text == "år") && &token != tokens.data() &&
                          ((&token)[-1].text == "hele" || (&token)[-1].text == "helt");
        if (year) asked.tickets.set(of_year);
        of_kin = of_kin || std::find(kin.begin(), kin.end(), token.text) != kin.end();
    }
    const auto number = danish::number_asked(question.text);
    if (number && number->scale == danish::Scale::age) {
        asked.persons.reset();
        asked.persons.set(person_aged(number->number));
        // Where youth ends and old age begins differs from list to list.
        if (number->number >= 13 && number->number <= 25) asked.persons.set(young);
        if (number->number >= 60) asked.persons.set(pensioner);
    } else if (of_kin && asked.persons.none()) {
        asked.persons.set(child).set(young);
    }
    return asked;
}

Variants variants_told(std::string_view sentence) {
    Variants told;
    const Tokens tokens = danish::tokenize(sentence);
    for (const Token& token : tokens) {
        if (const auto person = member_of(token, persons)) told.persons.set(*person);
        if (const auto payer = member_of(token, payers)) told.payers.set(*payer);
        if (const auto country = member_of(token, countries)) told.countries.set(*country);
        // "Procent af borgmesterens vederlag" tells of another's.
        const bool genitive = token.text.ends_with("s");
        const auto office = genitive ? std::nullopt : member_of(token, offices);
        if (office) told.offices.set(*office);
        if (const auto ticket = ticket_at(token)) told.tickets.set(*ticket);
        // "Alle dage", "hver dag": any of them.
        if (token.text == "alle" || token.text == "hver" || token.text == "døgnet") told.days.set();
    }
    told.ordinals = ordinals_in(tokens);
    told.sizes = kinds_in(tokens, sizes);
    told.makes = kinds_in(tokens, makes);
    told.parts = parts_in(tokens);
    told.rooms = rooms_in(tokens);
    told.days |= bits_of(danish::weekdays_in(sentence));
    told.months = bits_of(danish::months_in(sentence));
    return told;
}

bool tells_another(const Variants& asked, std::string_view sentence) {
    const bool nothing = asked.persons.none() && asked.payers.none() && asked.ordinals.none() &&
                         asked.days.none() && asked.months.none() && asked.countries.none() &&
                         asked.sizes.none() && asked.makes.none() && asked.parts.none() &&
                         asked.tickets.none() && asked.offices.none() && asked.rooms.none();
    if (nothing) return false;
    const Variants told = variants_told(sentence);
    return differ(asked.persons, told.persons) || differ(asked.payers, told.payers) ||
           (differ(asked.ordinals, told.ordinals) && !told.ordinals[further]) ||
           differ(asked.days, told.days) || differ(asked.months, told.months) ||
           differ(asked.countries, told.countries) || differ(asked.sizes, told.sizes) ||
           differ(asked.makes, told.makes) || differ(asked.parts, told.parts) ||
           differ(asked.tickets, told.tickets) || differ(asked.offices, told.offices) ||
           differ(asked.rooms, told.rooms);
}

}  // namespace raadbot::answer
