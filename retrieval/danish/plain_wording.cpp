#include "retrieval/danish/plain_wording.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <vector>

#include "retrieval/danish/lexicon.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/slips.hpp"
#include "retrieval/danish/spelling.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

/// Spoken and shortened forms that are no other Danish or English word in a question.
const std::unordered_map<std::string_view, std::string_view>& written_out() {
    static const std::unordered_map<std::string_view, std::string_view> forms{
        // As it is spoken.
        {"tar", "tager"},
        {"hva", "hvad"},
        {"hvd", "hvad"},
        {"ble", "blev"},
        {"møget", "meget"},
        {"hvorn", "hvornår"},
        {"ka", "kan"},
        {"ku", "kunne"},
        {"sku", "skulle"},
        {"ska", "skal"},
        {"ik", "ikke"},
        {"ikk", "ikke"},
        {"ikek", "ikke"},
        {"blir", "bliver"},
        {"bli'r", "bliver"},
        {"gir", "giver"},
        {"gi'r", "giver"},
        {"sir", "siger"},
        {"si'r", "siger"},
        {"ta'r", "tager"},
        {"ha", "have"},
        {"ta", "tage"},
        {"gi", "give"},
        {"bli", "blive"},
        {"noen", "nogen"},
        {"nogn", "nogen"},
        {"nån", "nogen"},
        {"no'et", "noget"},
        {"nåd", "noget"},
        {"noed", "noget"},
        {"sån", "sådan"},
        {"sådn", "sådan"},
        {"osse", "også"},
        {"åsse", "også"},
        {"ogå", "også"},
        {"egl", "egentlig"},
        {"egentligt", "egentlig"},
        {"hvo'n", "hvordan"},
        {"hvodden", "hvordan"},
        {"mæ", "med"},
        {"jæ", "jeg"},
        {"forman", "formand"},
        {"formanen", "formanden"},
        {"plats", "plads"},
        {"abner", "åbner"},
        {"lordag", "lørdag"},
        {"sondag", "søndag"},
        {"horer", "hører"},
        {"lenge", "længe"},
        {"storre", "større"},
        {"jaj", "jeg"},
        {"mej", "mig"},
        {"dej", "dig"},
        {"sej", "sig"},
        {"møj", "meget"},
        {"moj", "meget"},
        {"meg", "meget"},
        {"si", "sige"},
        {"åsså", "også"},
        {"hvornor", "hvornår"},
        {"hvonår", "hvornår"},
        {"hvonor", "hvornår"},
        {"vornår", "hvornår"},
        {"vordan", "hvordan"},
        {"vorfor", "hvorfor"},
        {"vad", "hvad"},
        {"vem", "hvem"},
        {"vilken", "hvilken"},
        {"vilke", "hvilke"},
        {"hvodan", "hvordan"},
        {"hvoran", "hvordan"},
        {"hvorhenne", "hvor"},
        {"kommun", "kommune"},
        // Without the letters that a foreign keyboard lacks.
        {"pa", "på"},
        {"ma", "må"},
        {"nar", "når"},
        {"hvornar", "hvornår"},
        {"ogsa", "også"},
        {"gar", "går"},
        {"star", "står"},
        {"ar", "år"},
        {"abent", "åbent"},
        {"aben", "åben"},
        {"vaere", "være"},
        {"laenge", "længe"},
        {"born", "børn"},
        {"bornene", "børnene"},
        {"lon", "løn"},
        {"prove", "prøve"},
        {"kore", "køre"},
        {"gore", "gøre"},
        {"gor", "gør"},
        {"sporge", "spørge"},
        {"hore", "høre"},
        {"soge", "søge"},
        {"fa", "få"},
        {"faet", "fået"},
        {"sma", "små"},
        {"mode", "møde"},
        {"modet", "mødet"},
        {"modes", "mødes"},
        {"kobe", "købe"},
        {"forste", "første"},
        // Shortened in writing.
        {"max", "maksimum"},
        {"maks", "maksimum"},
        {"mdr", "måneder"},
        {"mnd", "måned"},
        {"pga", "på grund af"},
        {"iflg", "ifølge"},
        {"ang", "angående"},
        {"mht", "med hensyn til"},
        {"ifm", "i forbindelse med"},
        {"mhp", "med henblik på"},
        {"inkl", "inklusive"},
        {"incl", "inklusive"},
        {"ekskl", "eksklusive"},
        {"gns", "gennemsnit"},
        {"gnsn", "gennemsnit"},
        {"alm", "almindelig"},
        {"årl", "årlig"},
        {"mdl", "månedlig"},
        {"månedl", "månedlig"},
        {"ugtl", "ugentlig"},
        {"afd", "afdeling"},
        {"forv", "forvaltning"},
        {"inst", "institution"},
        {"lejl", "lejlighed"},
        {"ktnr", "kontonummer"},
        {"kontonr", "kontonummer"},
        {"cprnr", "cpr-nummer"},
        {"sagsnr", "sagsnummer"},
        {"husnr", "husnummer"},
        {"postnr", "postnummer"},
        {"vedr", "vedrørende"},
        {"kbh", "København"},
        {"tlfnr", "telefonnummer"},
        {"telefonnr", "telefonnummer"},
        {"tlfnummer", "telefonnummer"},
        {"mobilnr", "mobilnummer"},
        {"adr", "adresse"},
        {"bibl", "bibliotek"},
        {"biblo", "bibliotek"},
        {"vuggeren", "vuggestuen"},
        {"udv", "udvalg"},
        {"dagsord", "dagsorden"},
        {"formd", "formand"},
        {"fmd", "formand"},
        {"nfmd", "næstformand"},
        {"næstfmd", "næstformand"},
        {"borgm", "borgmester"},
        {"viceborgm", "viceborgmester"},
        {"hverd", "hverdage"},
        {"tirsd", "tirsdag"},
        {"onsd", "onsdag"},
        {"torsd", "torsdag"},
        {"lørd", "lørdag"},
        {"sønd", "søndag"},
        // English.
        {"u", "you"},
        {"ur", "your"},
        {"pls", "please"},
        {"plz", "please"},
        {"thx", "thanks"},
        {"dont", "don't"},
        {"cant", "can't"},
    };
    return forms;
}

/// Words that tell what a question wants or where it is at home: misspelt, they mislead everything
/// that comes after.
constexpr auto framing = std::to_array<std::string_view>(
    {"koster",        "kostede",         "åbner",         "lukker",          "bliver",
     "blevet",        "stemte",          "besluttet",     "besluttede",      "vedtaget",
     "vedtog",        "betaler",         "betale",        "minutter",        "måneder",
     "måneden",       "mandag",          "tirsdag",       "onsdag",          "torsdag",
     "fredag",        "lørdag",          "søndag",        "mandagen",        "tirsdagen",
     "onsdagen",      "torsdagen",       "fredagen",      "lørdagen",        "søndagen",
     "gammel",        "gamle",           "snakke",        "hurtigt",         "kommunen",
     "kommune",       "kommunens",       "borger",        "borgere",         "borgerne",
     "byrådet",       "byrådets",        "udvalget",      "udvalg",          "mødet",
     "møder",         "formand",         "formanden",     "borgmester",      "borgmesteren",
     "borgmesterens", "svarede",         "sagde",         "mente",           "ringer",
     "nummer",        "nummeret",        "telefonnummer", "telefonnummeret", "gratis",
     "adresse",       "forslag",         "forslaget",     "sekretariatet",   "medlem",
     "medlemmer",     "afstemning",      "afstemningen",  "dagsorden",       "dagsordenen",
     "referat",       "referatet",       "beslutning",    "beslutningen",    "åbningstid",
     "åbningstider",  "frist",           "fristen",       "betyder",         "siger",
     "sidde",         "nogen",           "noget",         "store",           "betyde",
     "fortælle",      "fortæller",       "fortalte",      "hvornår",         "hvordan",
     "hvilken",       "hvilke",          "hvilket",       "hvorfor",         "meget",
     "mange",         "skulle",          "kunne",         "senest",          "sidste",
     "næste",         "første",          "dækker",        "begynder",        "starter",
     "slutter",       "gælder",          "ansøge",        "søger",           "timer",
     "kroner",        "penge",           "hvorhen",       "bestemmer",       "bestemme",
     "ansvarlig",     "ansvaret",        "ligger",        "findes",          "foregår",
     "mødes",         "hedder",          "kommer",        "arbejder",        "kontakte",
     "ansøgning",     "ansøgningsfrist", "pris",          "prisen"});

/// The one framing word that a single slip turns into `typed`; nothing when it is a word itself.
std::optional<std::string_view> framing_word(const std::string& typed) {
    constexpr std::size_t shortest = 4;  // Bytes.
    if (typed.size() < shortest || Morphology::instance().known(typed)) return std::nullopt;
    std::optional<std::string_view> best;
    // Of a short word a slip leaves little.
    int least = typed.size() == shortest ? SlipCost::extra_or_missing + 1
                                         : SlipCost::other_letter + SlipCost::first_letter;
    for (const std::string_view word : framing) {
        const std::size_t apart =
            word.size() > typed.size() ? word.size() - typed.size() : typed.size() - word.size();
        if (apart > 2 || edit_distance(typed, word, 2) > 2) continue;
        const int cost = slip_cost(typed, word);
        if (cost >= least) continue;
        least = cost;
        best = word;
    }
    return best;
}

bool asks(std::string_view word) {
    return one_of(word, {"hvad", "hvem", "hvor", "hvornår", "hvordan", "hvorfor", "hvilken",
                         "hvilket", "hvilke"});
}

/// Little words that are typed onto the next or the last one.
bool clings(std::string_view word) {
    return one_of(word,
                  {"jeg",  "man",   "det",   "den",   "der",  "til",   "fra",  "for",   "med",
                   "når",  "hvis",  "kan",   "skal",  "vil",  "har",   "får",  "var",   "ikke",
                   "ind",  "vores", "min",   "mit",   "mine", "eller", "også", "noget", "nogen",
                   "være", "blev",  "mange", "meget", "før",  "efter", "ved",  "ham",   "hende"});
}

/// Where two words were typed as one that no dictionary knows ("kanjeg", "hvormange",
/// "kosterdet"); nothing when it may be something else.
std::optional<std::size_t> missing_blank(const std::string& typed) {
    constexpr std::size_t shortest = 3;  // Bytes of either word.
    const Morphology& morphology = Morphology::instance();
    const auto verb = [&](const std::string& word) {
        return morphology.may_be_verb(word) &&
               (word.ends_with("er") || word.ends_with("te") || word.ends_with("ede"));
    };
    if (typed.size() < 2 * shortest || is_stop_word(typed) || morphology.known(typed))
        return std::nullopt;
    for (std::size_t cut = typed.size() - shortest; cut >= shortest; --cut) {
        const std::string first = typed.substr(0, cut);
        const std::string second = typed.substr(cut);
        const bool both_little = (asks(first) || clings(first)) && clings(second);
        const bool question_first = asks(first) && morphology.known(second);
        // "kosterdet": a form that begins no compound. "mailnår": no word ends so.
        const bool little_last = (clings(second) && verb(first)) ||
                                 (one_of(second, {"skal", "når", "hvis", "ikke", "jeg"}) &&
                                  first.size() > shortest && morphology.known(first));
        if (both_little || question_first || little_last) return cut;
    }
    return std::nullopt;
}

std::optional<int> ordinal(std::string_view word) {
    constexpr std::array<std::string_view, 11> names{"nulte",   "første", "anden",  "tredje",
                                                     "fjerde",  "femte",  "sjette", "syvende",
                                                     "ottende", "niende", "tiende"};
    const auto found = std::find(names.begin(), names.end(), word);
    if (found == names.end()) return std::nullopt;
    return static_cast<int>(found - names.begin());
}

constexpr std::array<std::string_view, 8> parking_words{"bøde",   "plads",  "skive",  "kælder",
                                                        "afgift", "billet", "licens", "vagt"};

/// "bøden", "pladser" of "p-bøden", "p-pladser".
bool parks(std::string_view word) {
    return std::any_of(parking_words.begin(), parking_words.end(), [&](std::string_view stem) {
        constexpr std::size_t longest_ending = 4;
        return word.starts_with(stem) && word.size() <= stem.size() + longest_ending;
    });
}

class Rewriter {
public:
    explicit Rewriter(std::string_view text)
        : text_(text), pieces_(pieces(text)), english_(question_language(text) == "en") {}

    std::string run() && {
        while (at_ < pieces_.size()) {
            if (!read_paragraph() && !read_ordinal() && !read_word()) ++at_;
        }
        out_ += text_.substr(copied_);
        return std::move(out_);
    }

private:
    [[nodiscard]] bool digits(std::size_t i) const {
        return i < pieces_.size() && pieces_[i].kind == PieceKind::digits;
    }
    [[nodiscard]] std::string_view word(std::size_t i) const {
        return i < pieces_.size() ? std::string_view(pieces_[i].text) : std::string_view();
    }
    /// True when the piece stands right behind the one before it.
    [[nodiscard]] bool joined(std::size_t i) const {
        return i < pieces_.size() && !pieces_[i].spaced;
    }

    void replace(std::size_t first, std::size_t last, std::string_view by) {
        out_ += text_.substr(copied_, pieces_[first].begin - copied_);
        out_ += by;
        copied_ = pieces_[last - 1].end;
        at_ = last;
    }

    /// "§17 stk4", "paragraf 17, stk. 4", "17.4-udvalg", "17,4 udvalg".
    bool read_paragraph() {
        std::size_t i = at_;
        bool named = false;
        if (word(i) == "§" || word(i) == "paragraf" || word(i) == "paragraffen" ||
            word(i) == "par") {
            named = true;
            ++i;
            if (word(i) == ".") ++i;
        }
        if (!digits(i)) return false;
        const std::string number = pieces_[i].text;
        const std::size_t behind_number = ++i;
        std::string letter;
        if (named && word(i).size() == 1 && word(i) >= "a" && word(i) <= "z" && word(i) != "i") {
            letter = " " + std::string(word(i));
            ++i;
        }
        if (word(i) == "," && named) ++i;
        std::string part;
        if ((word(i) == "stk" || word(i) == "stykke") && named) {
            std::size_t j = i + 1;
            if (word(j) == ".") ++j;
            if (digits(j)) {
                part = pieces_[j].text;
                i = j + 1;
            }
        } else if (number.size() <= 2 &&
                   (word(behind_number) == "." || word(behind_number) == ",") &&
                   joined(behind_number) && digits(behind_number + 1) &&
                   joined(behind_number + 1) && pieces_[behind_number + 1].text.size() == 1) {
            std::size_t j = behind_number + 2;
            if (word(j) == "-") ++j;
            if (!named && !word(j).starts_with("udvalg")) return false;
            part = pieces_[behind_number + 1].text;
            i = behind_number + 2;
        }
        if (!named && part.empty()) return false;
        if (part.empty()) i = letter.empty() ? behind_number : behind_number + 1;
        std::string printed = "§ " + number + letter;
        if (!part.empty()) printed += ", stk. " + part;
        replace(at_, i, printed);
        return true;
    }

    /// "tiende klasse", "anden behandling".
    bool read_ordinal() {
        const auto number = ordinal(word(at_));
        if (!number) return false;
        const std::string_view next = word(at_ + 1);
        if (!next.starts_with("klasse") && next != "behandling" && next != "behandlingen")
            return false;
        replace(at_, at_ + 1, std::to_string(*number) + ".");
        return true;
    }

    bool read_word() {
        const Piece& piece = pieces_[at_];
        if (piece.kind != PieceKind::word) return false;
        const std::string_view typed = text_.substr(piece.begin, piece.end - piece.begin);
        // "TA", "MD" in capitals are other abbreviations.
        const bool loud = typed.size() > 1 && std::none_of(typed.begin(), typed.end(), [](char c) {
                              return c >= 'a' && c <= 'z';
                          });
        if (loud) return false;
        for (const std::string_view mark : {"'s", "’s"}) {
            if (typed.size() <= mark.size() + 1 || !typed.ends_with(mark)) continue;
            const std::string_view base = typed.substr(0, typed.size() - mark.size());
            if (std::all_of(base.begin(), base.end(), [](char c) { return c < 'a' || c > 'z'; })) {
                replace(at_, at_ + 1, base);
                return true;
            }
        }
        // "Når er der møde": asked with the other word for when.
        if (!english_ && at_ == 0 && one_of(piece.key, {"nar", "naar"}) &&
            one_of(word(1),
                   {"er",     "har", "kan",    "skal",    "kommer",   "åbner",    "lukker",
                    "bliver", "får", "holder", "starter", "begynder", "går",      "kører",
                    "må",     "var", "blev",   "tømmer",  "henter",   "afholdes", "sejler"})) {
            replace(at_, at_ + 1, "hvornår");
            return true;
        }
        // "pbøde", "pplads": written without their dash.
        if (!english_ && piece.text.size() > 4 && piece.text.front() == 'p' &&
            parks(std::string_view(piece.text).substr(1))) {
            replace(at_, at_ + 1, "p-" + piece.text.substr(1));
            return true;
        }
        // "Far skal på ferie": he does not get.
        if (!english_ && piece.text == "far" && at_ == 0 &&
            one_of(word(1), {"skal", "er", "har", "kan", "vil", "var", "bor", "skulle"})) {
            replace(at_, at_ + 1, "min far");
            return true;
        }
        // "far jeg", "far man": no father.
        if (piece.text == "far" &&
            (word(at_ + 1) == "jeg" || word(at_ + 1) == "man" || word(at_ + 1) == "vi")) {
            replace(at_, at_ + 1, "får");
            return true;
        }
        // "My dog": the Danish word of these letters says nothing.
        if (english_ && piece.text == "dog") {
            replace(at_, at_ + 1, "dogs");
            return true;
        }
        const auto found = written_out().find(piece.text);
        if (found == written_out().end()) {
            return !english_ && mend(piece);
        }
        std::size_t last = at_ + 1;
        if (word(last) == "." && joined(last) && last + 1 < pieces_.size()) ++last;
        replace(at_, last, found->second);
        return true;
    }

    /// Slips in words that tell what is asked.
    bool mend(const Piece& piece) {
        // "hvor når", "vor mange"
        if (piece.text == "hvor" && word(at_ + 1) == "når") {
            replace(at_, at_ + 2, "hvornår");
            return true;
        }
        if (piece.text == "hvor" && word(at_ + 1) == "dan") {
            replace(at_, at_ + 2, "hvordan");
            return true;
        }
        if (piece.text == "vor" &&
            one_of(word(at_ + 1),
                   {"mange", "meget", "tit", "ofte", "længe", "lang", "langt", "stor", "stort",
                    "store", "høj", "højt", "er", "kan", "skal", "må", "ligger", "får", "henne"})) {
            replace(at_, at_ + 1, "hvor");
            return true;
        }
        for (const std::string& reading : digraph_readings(piece.text)) {
            if (const auto meant = framing_word(reading)) {
                replace(at_, at_ + 1, *meant);
                return true;
            }
            if (Morphology::instance().known(reading)) break;
        }
        const char first = text_[piece.begin];
        if (first >= 'A' && first <= 'Z' && at_ > 0) return false;  // Perhaps a name.
        const auto cut = missing_blank(piece.text);
        if (!cut) return false;
        std::string parted = piece.text.substr(0, *cut);
        parted += ' ';
        parted += piece.text.substr(*cut);
        replace(at_, at_ + 1, parted);
        return true;
    }

    std::string_view text_;
    std::vector<Piece> pieces_;
    bool english_ = false;
    std::string out_;
    std::size_t at_ = 0;
    std::size_t copied_ = 0;  ///< So much of the text is in out_.
};

}  // namespace

std::string plain_wording(std::string_view text) { return Rewriter(text).run(); }

}  // namespace raadbot::danish
