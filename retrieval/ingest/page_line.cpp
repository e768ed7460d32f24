// One line: does it speak of its page, and of nothing else?
#include "retrieval/ingest/page_lines.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

using Words = std::span<const std::string_view>;

bool one_of(std::string_view word, Words list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr auto dashes = std::to_array<std::string_view>({"–", "—", "·", "•", "|", "›", "»", "→"});

/// Bytes of the mark that sets two parts of a line apart, or 0: " - ", " · ", ". ", a new line.
std::size_t mark_length(std::string_view text, std::size_t at) {
    for (const auto mark : dashes) {
        if (text.substr(at).starts_with(mark)) return mark.size();
    }
    const char c = text[at];
    if (c == '\n' || c == ';') return 1;
    const bool after = at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n';
    const bool before = at == 0 || text[at - 1] == ' ';
    if (c == '-') return before && after ? 1 : 0;
    return (c == '.' || c == ',') && after ? 1 : 0;
}

/// Reads a line from left to right; all lower-case tests go to the copy of the same length.
class LineReader {
public:
    explicit LineReader(std::string_view line) : line_(line), low_(lower(line)) {}

    std::optional<PageLine> read() {
        // lower() keeps the length of Latin text; for anything else there is nothing to read.
        if (low_.size() != line_.size()) return std::nullopt;
        bool specific = false;
        for (skip_marks(); at_ < line_.size(); skip_marks()) {
            if (read_announcement()) {
                specific = specific || announced_;
                continue;
            }
            if (read_owner()) {
                specific = specific || owner_told_;
                continue;
            }
            if (read_count() || read_button()) {
                specific = true;
                continue;
            }
            // "Opdateret 10. februar 2026 - Sekretariat og Jura"
            const std::string_view name = name_at(true);
            if (!found_.updated || !found_.owner.empty() || name.empty()) return std::nullopt;
            found_.owner = name;
            at_ += name.size();
        }
        if (!specific && !found_.updated && found_.owner.empty()) return std::nullopt;
        found_.of_anything = !specific;
        return found_;
    }

private:
    void skip_marks() {
        while (at_ < line_.size()) {
            const std::size_t mark = line_[at_] == ' ' ? 1 : mark_length(line_, at_);
            if (mark == 0) return;
            at_ += mark;
        }
    }

    /// Steps over the word or phrase when it stands here.
    bool take(std::string_view phrase) {
        const std::string_view rest = std::string_view(low_).substr(at_);
        if (!rest.starts_with(phrase)) return false;
        if (rest.size() > phrase.size() && is_letter(rest[phrase.size()]) &&
            is_letter(phrase.back()))
            return false;
        at_ += phrase.size();
        while (at_ < line_.size() && line_[at_] == ' ') ++at_;
        return true;
    }
    bool take_one(Words phrases) {
        return std::any_of(phrases.begin(), phrases.end(),
                           [&](std::string_view phrase) { return take(phrase); });
    }

    /// "Siden er senest ændret den 2. marts 2026 kl. 13.45 af Vej og Park".
    bool read_announcement() {
        static constexpr auto subjects = std::to_array<std::string_view>(
            {"denne side", "siden", "side", "sidens indhold", "sidens tekst", "websiden",
             "hjemmesiden", "indholdet", "teksten", "artiklen", "nyheden", "this page", "the page",
             "page"});
        static constexpr auto times = std::to_array<std::string_view>(
            {"er sidst", "er senest", "blev sidst", "blev senest", "sidst", "senest", "er", "blev",
             "was last", "is", "was", "last"});
        static constexpr auto done = std::to_array<std::string_view>(
            {"opdateret", "ændret", "redigeret", "revideret", "publiceret", "gennemgået",
             "gennemlæst", "kontrolleret", "tjekket", "gemt", "modified", "updated", "edited",
             "reviewed", "published", "changed"});
        static constexpr auto nouns = std::to_array<std::string_view>(
            {"dato for seneste opdatering", "dato for sidste opdatering", "seneste opdatering",
             "sidste opdatering", "seneste ændring", "sidste ændring", "seneste revision",
             "opdateringsdato", "publiceringsdato", "last update", "last modified"});
        static constexpr auto days =
            std::to_array<std::string_view>({"mandag", "tirsdag", "onsdag", "torsdag", "fredag",
                                             "lørdag", "søndag", "den", "d.", "pr.", "on", ":"});
        const std::size_t begin = at_;
        announced_ = take_one(nouns);
        if (!announced_) {
            const bool subject = take_one(subjects);
            const bool last = take_one(times);
            const std::size_t verb = at_;
            if (!take_one(done)) return back_to(begin);
            // "Opdateret" is said of pages; "revideret" of a plan as well.
            const std::string_view said = std::string_view(low_).substr(verb, at_ - verb);
            announced_ = subject || said.starts_with("opdateret") ||
                         said.starts_with("redigeret") ||
                         (last && !said.starts_with("revideret") && !said.starts_with("ændret"));
        }
        if ((take("af") || take("by")) && !take_editor()) return back_to(begin);
        while (take_one(days)) {
        }
        const auto date = find_date(line_.substr(at_));
        if (!date || date->begin != 0) return back_to(begin);
        at_ += date->end;
        take_time();
        if ((take("af") || take("by")) && !take_editor()) return back_to(begin);
        if (!ends_here()) return back_to(begin);
        if (!found_.updated) found_.updated = date->date;
        return true;
    }

    /// "kl. 13.45", ", 13:45"
    void take_time() {
        const std::size_t begin = at_;
        while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == ',')) ++at_;
        take("kl.");
        std::size_t digits = 0;
        std::size_t end = at_;
        while (end < line_.size() &&
               (is_digit(line_[end]) || ((line_[end] == '.' || line_[end] == ':') && digits > 0 &&
                                         end + 1 < line_.size() && is_digit(line_[end + 1])))) {
            digits += is_digit(line_[end]) ? 1U : 0U;
            ++end;
        }
        if (digits < 3 || digits > 6) {
            at_ = begin;
            while (at_ < line_.size() && line_[at_] == ' ') ++at_;
            return;
        }
        at_ = end;
        while (at_ < line_.size() && line_[at_] == ' ') ++at_;
    }

    /// "Sidens redaktør: Natur og Vand", "Ansvarlig: Pladsanvisningen".
    bool read_owner() {
        static constexpr auto of_page = std::to_array<std::string_view>(
            {"sideejer", "sideansvarlig", "sidens redaktør", "sidens ejer", "ejer af siden",
             "redaktør af siden", "ansvarlig for siden", "ansvarlig for sidens indhold",
             "indholdsansvarlig", "webansvarlig", "webredaktør", "dokumentejer", "page owner",
             "siden vedligeholdes af", "siden redigeres af", "siden er skrevet af"});
        static constexpr auto of_anything = std::to_array<std::string_view>(
            {"ansvarlig enhed", "ansvarlig afdeling", "ansvarlig forvaltning", "ansvarlig redaktør",
             "ansvarligt område", "ansvarligt center", "ansvarligt fagområde", "fagligt ansvarlig",
             "ansvarlig", "ejer", "redaktør"});
        const std::size_t begin = at_;
        owner_told_ = take_one(of_page);
        const bool verb = owner_told_ &&
                          std::string_view(low_).substr(begin, at_ - begin).find(" af ") !=
                              std::string_view::npos &&
                          low_.compare(begin, 6, "siden ") == 0;
        if (!owner_told_ && !take_one(of_anything)) return false;
        if (!take(":") && !verb) return back_to(begin);
        const std::string_view name = name_at(false);
        if (name.empty()) return back_to(begin);
        if (found_.owner.empty()) found_.owner = name;
        at_ += name.size();
        return true;
    }

    /// "3 visninger", "12 kommentarer", "Side 3 af 12", "Dokumentnr. 4711-26".
    bool read_count() {
        static constexpr auto counted =
            std::to_array<std::string_view>({"visninger", "visning", "views", "kommentarer",
                                             "kommentar", "likes", "synes godt om"});
        const std::size_t begin = at_;
        if (take("side") || take("page")) {
            const bool number = take_digits();
            const bool of = number && (take("af") || take("of") || take("/"));
            if (!of || !take_digits() || !ends_here()) return back_to(begin);
            return true;
        }
        if (take("dokumentnr.:") || take("dokumentnr.") || take("dokumentnummer:") ||
            take("dok.nr.:") || take("dok.nr.") || take("dok. nr.:") || take("dokument nr.:")) {
            const std::size_t number = at_;
            while (at_ < line_.size() && (is_digit(line_[at_]) || line_[at_] == '-' ||
                                          line_[at_] == '/' || line_[at_] == '.'))
                ++at_;
            return at_ > number && ends_here() ? true : back_to(begin);
        }
        if (!take_digits()) return false;
        return take_one(counted) && ends_here() ? true : back_to(begin);
    }

    bool take_digits() {
        const std::size_t begin = at_;
        while (at_ < line_.size() && is_digit(line_[at_])) ++at_;
        const bool any = at_ > begin && at_ - begin < 7;
        while (any && at_ < line_.size() && line_[at_] == ' ') ++at_;
        return any;
    }

    /// What a page says on its buttons, links and questions about itself.
    bool read_button() {
        static constexpr auto texts =
            std::to_array<std::string_view>({"læs op",
                                             "læs siden op",
                                             "læs teksten op",
                                             "få læst op",
                                             "få siden læst op",
                                             "få teksten læst op",
                                             "oplæsning",
                                             "lyt",
                                             "lyt til siden",
                                             "lyt til teksten",
                                             "hør siden",
                                             "hør teksten",
                                             "udskriv",
                                             "udskriv side",
                                             "udskriv siden",
                                             "udskriv denne side",
                                             "print",
                                             "print side",
                                             "print siden",
                                             "print denne side",
                                             "del",
                                             "del siden",
                                             "del denne side",
                                             "del på facebook",
                                             "del på linkedin",
                                             "del på twitter",
                                             "del på x",
                                             "del på mail",
                                             "del via mail",
                                             "del via e-mail",
                                             "del på de sociale medier",
                                             "send til en ven",
                                             "tip en ven",
                                             "send siden til en ven",
                                             "til toppen",
                                             "gå til toppen",
                                             "til top",
                                             "tilbage",
                                             "tilbage til toppen",
                                             "tilbage til oversigten",
                                             "tilbage til oversigt",
                                             "tilbage til listen",
                                             "tilbage til forsiden",
                                             "tilbage til nyheder",
                                             "tilbage til nyhedsoversigten",
                                             "tilbage til søgeresultatet",
                                             "til forsiden",
                                             "hent som pdf",
                                             "gem som pdf",
                                             "download som pdf",
                                             "vis som pdf",
                                             "udskriv som pdf",
                                             "hent siden som pdf",
                                             "var denne side nyttig",
                                             "var siden nyttig",
                                             "var denne side hjælpsom",
                                             "var siden hjælpsom",
                                             "var indholdet nyttigt",
                                             "fandt du det, du søgte",
                                             "fandt du det du søgte",
                                             "fandt du det, du ledte efter",
                                             "fandt du det du ledte efter",
                                             "fandt du, hvad du søgte",
                                             "fandt du hvad du søgte",
                                             "fandt du, hvad du ledte efter",
                                             "kan du bruge siden",
                                             "hjalp siden dig",
                                             "kontakt webredaktionen",
                                             "skriv til webredaktionen",
                                             "giv feedback",
                                             "giv os feedback",
                                             "giv feedback på siden",
                                             "hvad synes du om siden",
                                             "giv din mening om siden",
                                             "rapporter fejl på siden",
                                             "fejl på siden",
                                             "klik på en overskrift for at læse mere",
                                             "klik på overskriften for at læse mere",
                                             "klik på overskrifterne for at læse mere",
                                             "fold alle ud",
                                             "fold alle sammen",
                                             "fold ud",
                                             "fold sammen",
                                             "åbn alle",
                                             "luk alle",
                                             "vis mere",
                                             "vis mindre",
                                             "læs mere",
                                             "se mere",
                                             "læs mere her",
                                             "klik her",
                                             "spring til indhold",
                                             "gå til indhold",
                                             "gå til hovedindhold",
                                             "spring til hovedindhold",
                                             "skriftstørrelse",
                                             "større tekst",
                                             "mindre tekst",
                                             "tilmeld nyhedsbrev",
                                             "tilmeld dig nyhedsbrevet",
                                             "tilmeld dig vores nyhedsbrev",
                                             "få vores nyhedsbrev",
                                             "abonner på nyhedsbrevet",
                                             "abonnér på siden",
                                             "abonner på siden",
                                             "accepter alle",
                                             "accepter alle cookies",
                                             "afvis alle",
                                             "tillad alle",
                                             "tillad alle cookies",
                                             "kun nødvendige",
                                             "kun nødvendige cookies",
                                             "administrer cookies",
                                             "cookieindstillinger",
                                             "versionshistorik",
                                             "synes godt om",
                                             "skriv en kommentar",
                                             "was this page helpful",
                                             "did you find what you were looking for",
                                             "back to top",
                                             "share this page",
                                             "print this page",
                                             "share on facebook",
                                             "read aloud",
                                             "listen",
                                             "skip to content"});
        // Links may stand in a row without marks between them: "Lyt til siden Hent som PDF".
        const std::size_t begin = at_;
        std::size_t longest = begin;
        for (const std::string_view text : texts) {
            at_ = begin;
            if (!take(text)) continue;
            while (at_ < line_.size() && (line_[at_] == '?' || line_[at_] == '!')) ++at_;
            longest = std::max(longest, at_);
        }
        at_ = longest;
        return longest > begin;
    }

    /// The name behind "af"; false where none stands, or where a council decided, not edited.
    bool take_editor() {
        const std::string_view name = name_at(false);
        if (name.empty() || (decides(name) && !announced_)) return false;
        if (found_.owner.empty()) found_.owner = name;
        at_ += name.size();
        while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == ',')) ++at_;
        return true;
    }

    /// A unit's or a person's name from here on: up to eight words, none of them a verb, no number.
    /// `alone`: nothing announces it, so that its capitals must tell.
    std::string_view name_at(bool alone) const {
        std::size_t end = at_;
        while (end < line_.size()) {
            const std::size_t mark = mark_length(line_, end);
            if (mark > 0 && line_[end] != ',') break;
            ++end;
        }
        std::string_view name = line_.substr(at_, end - at_);
        // "af Presse, Jonas Riis den 2. marts 2026": the date is not the name's.
        if (const std::size_t day = lower(name).find(" den "); day != std::string::npos)
            name = name.substr(0, day);
        name = trim(name);
        if (name.empty() || name.size() > 80) return {};
        static constexpr auto verbs = std::to_array<std::string_view>(
            {"er",     "var",  "har",   "havde",  "kan",     "skal",   "må",     "vil",
             "bliver", "blev", "får",   "fik",    "gør",     "gælder", "lukker", "åbner",
             "lukket", "åben", "åbent", "aflyst", "udsat",   "holder", "holdes", "findes",
             "ligger", "sker", "se",    "ring",   "ikke",    "du",     "vi",     "der",
             "at",     "fra",  "kun",   "nu",     "flyttet", "ny",     "nye",    "nyt"});
        std::size_t words = 0;
        std::size_t long_words = 0;
        std::size_t capitals = 0;
        for (std::size_t begin = 0; begin < name.size();) {
            std::size_t stop = std::min(name.find(' ', begin), name.size());
            std::string_view word = name.substr(begin, stop - begin);
            begin = stop + 1;
            while (word.ends_with(',')) word.remove_suffix(1);
            if (word.empty()) continue;
            ++words;
            if (word.find_first_of("0123456789?!:;@") != std::string_view::npos) return {};
            if (one_of(lower(word), verbs)) return {};
            if (word.size() <= 3) continue;
            ++long_words;
            const std::string first = lower(word.substr(0, 2));
            if (first != word.substr(0, 2)) ++capitals;
        }
        if (words > 8) return {};
        const bool capital = lower(name.substr(0, 2)) != name.substr(0, 2);
        if (!capital && lower(name).find("redaktion") == std::string::npos) return {};
        if (alone && capitals * 2 < long_words) return {};
        return name;
    }

    /// A council decides; it edits no pages: "Revideret 3. marts 2026 af Byrådet".
    static bool decides(std::string_view name) {
        const std::string low = lower(name);
        static constexpr auto ends = std::to_array<std::string_view>(
            {"råd", "rådet", "udvalg", "udvalget", "bestyrelsen", "styrelsen", "direktionen"});
        return std::any_of(ends.begin(), ends.end(),
                           [&](std::string_view end) { return low.ends_with(end); });
    }

    [[nodiscard]] bool ends_here() const {
        if (at_ >= line_.size()) return true;
        std::size_t at = at_;
        while (at < line_.size() && line_[at] == ' ') ++at;
        return at == line_.size() || mark_length(line_, at) > 0;
    }

    bool back_to(std::size_t begin) {
        at_ = begin;
        return false;
    }

    std::string_view line_;
    std::string low_;
    std::size_t at_ = 0;
    bool announced_ = false;   ///< The last announcement was of the page for certain ...
    bool owner_told_ = false;  ///< ... and so was the last owner.
    PageLine found_;
};

}  // namespace

std::optional<PageLine> read_page_line(std::string_view line) {
    const std::string_view text = trim(line);
    if (text.empty() || word_count(text) > most_page_line_words) return std::nullopt;
    return LineReader(text).read();
}

}  // namespace raadbot::ingest
