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
constexpr std::array<std::string_view, 78> framing{
    "koster",     "kostede",      "åbner",         "lukker",        "bliver",          "blevet",
    "stemte",     "besluttet",    "besluttede",    "vedtaget",      "vedtog",          "betaler",
    "betale",     "minutter",     "måneder",       "måneden",       "mandag",          "tirsdag",
    "onsdag",     "torsdag",      "fredag",        "lørdag",        "søndag",          "mandagen",
    "tirsdagen",  "onsdagen",     "torsdagen",     "fredagen",      "lørdagen",        "søndagen",
    "gammel",     "gamle",        "snakke",        "hurtigt",       "kommunen",        "kommune",
    "kommunens",  "borger",       "borgere",       "borgerne",      "byrådet",         "byrådets",
    "udvalget",   "udvalg",       "mødet",         "møder",         "formand",         "formanden",
    "borgmester", "borgmesteren", "borgmesterens", "svarede",       "sagde",           "mente",
    "ringer",     "nummer",       "nummeret",      "telefonnummer", "telefonnummeret", "gratis",
    "adresse",    "forslag",      "forslaget",     "sekretariatet", "medlem",          "medlemmer",
    "afstemning", "afstemningen", "dagsorden",     "dagsordenen",   "referat",         "referatet",
    "beslutning", "beslutningen", "åbningstid",    "åbningstider",  "frist",           "fristen"};

/// The one framing word that a single slip turns into `typed`; nothing when it is a word itself.
std::optional<std::string_view> framing_word(const std::string& typed) {
    constexpr std::size_t shortest = 5;  // Bytes.
    if (typed.size() < shortest || Morphology::instance().known(typed)) return std::nullopt;
    std::optional<std::string_view> best;
    int least = SlipCost::other_letter + SlipCost::first_letter;
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

std::optional<int> ordinal(std::string_view word) {
    constexpr std::array<std::string_view, 11> names{"nulte",   "første", "anden",  "tredje",
                                                     "fjerde",  "femte",  "sjette", "syvende",
                                                     "ottende", "niende", "tiende"};
    const auto found = std::find(names.begin(), names.end(), word);
    if (found == names.end()) return std::nullopt;
    return static_cast<int>(found - names.begin());
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
        // "far jeg", "far man": no father.
        if (piece.text == "far" &&
            (word(at_ + 1) == "jeg" || word(at_ + 1) == "man" || word(at_ + 1) == "vi")) {
            replace(at_, at_ + 1, "får");
            return true;
        }
        const auto found = written_out().find(piece.text);
        if (found == written_out().end()) {
            if (english_) return false;
            const auto meant = framing_word(piece.text);
            if (!meant) return false;
            replace(at_, at_ + 1, *meant);
            return true;
        }
        std::size_t last = at_ + 1;
        if (word(last) == "." && joined(last) && last + 1 < pieces_.size()) ++last;
        replace(at_, last, found->second);
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
