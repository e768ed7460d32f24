#include "retrieval/answer/offices.hpp"

#include <algorithm>
#include <array>

#include "retrieval/answer/passage_view.hpp"
#include "retrieval/answer/table_rows.hpp"
#include "retrieval/answer/term_set.hpp"
#include "retrieval/danish/bodies.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/printed_names.hpp"

namespace raadbot::answer {
namespace {

using danish::one_of;
using danish::Span;
using danish::Token;

/// "By- og Planudvalget" -> "byplanudvalget": what is said in one word, "formanden for byplan".
std::string joined(std::string_view body) {
    std::string word;
    for (const Token& token : danish::tokenize(body)) {
        if (!one_of(token.text, {"og", "and"})) word += token.text;
    }
    std::erase(word, '-');
    return word;
}

bool chairs(std::string_view office) { return office.ends_with("formand"); }

/// "direktøren" may be any director; "kommunaldirektøren" is that one.
bool same_office(std::string_view asked, std::string_view printed) {
    if (asked == printed) return true;
    // "udvalgsformanden" is the chair of the committee that is named; so is "formand".
    if (chairs(asked) && chairs(printed))
        return asked.ends_with("næstformand") == printed.ends_with("næstformand");
    return one_of(asked, {"direktør", "chef"}) && printed.ends_with(asked);
}

bool is_former(std::string_view word) {
    return one_of(word, {"tidligere", "forhenværende", "fhv", "afgående", "daværende", "afgåede",
                         "former", "kommende"});
}

bool meets(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& key) {
        return std::find(b.begin(), b.end(), key) != b.end();
    });
}

/// "2026-2029", or nothing.
std::optional<Term> years_in(std::string_view text) {
    const auto pieces = danish::pieces(text);
    for (std::size_t i = 0; i + 2 < pieces.size(); ++i) {
        if (pieces[i].kind != danish::PieceKind::digits || pieces[i].text.size() != 4) continue;
        if (pieces[i + 1].text != "-" || pieces[i + 2].text.size() != 4) continue;
        const int from = std::stoi(pieces[i].text);
        const int to =
            pieces[i + 2].kind == danish::PieceKind::digits ? std::stoi(pieces[i + 2].text) : 0;
        if (to != from + 3) continue;
        return Term{Date{std::chrono::year{from}, std::chrono::January, std::chrono::day{1}},
                    Date{std::chrono::year{to}, std::chrono::December, std::chrono::day{31}}};
    }
    return std::nullopt;
}

/// For which time a row or sentence itself says it: "2018-2025", "2026-", "siden 2022", "fra 2026".
std::optional<Term> years_said(std::string_view quote) {
    constexpr std::chrono::year open_end{9999};
    const auto pieces = danish::pieces(quote);
    const auto year_at = [&](std::size_t i) -> std::optional<std::chrono::year> {
        if (i >= pieces.size() || pieces[i].kind != danish::PieceKind::digits ||
            pieces[i].text.size() != 4 ||
            !(pieces[i].text.starts_with("19") || pieces[i].text.starts_with("20")))
            return std::nullopt;
        return std::chrono::year{std::stoi(pieces[i].text)};
    };
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto from = year_at(i);
        if (!from) continue;
        // "2026-budgettet" is no time.
        const bool joined = i + 2 < pieces.size() && !pieces[i + 2].spaced &&
                            pieces[i + 2].kind == danish::PieceKind::word;
        const bool dash = i + 1 < pieces.size() && pieces[i + 1].text == "-" && !joined;
        const bool since = i > 0 && one_of(pieces[i - 1].text, {"siden", "fra", "since", "from"});
        if (!dash && !since) continue;
        const auto to = dash ? year_at(i + 2) : std::nullopt;
        if (to && *to < *from) continue;
        return Term{Date{*from, std::chrono::January, std::chrono::day{1}},
                    Date{to.value_or(open_end), std::chrono::December, std::chrono::day{31}}};
    }
    return std::nullopt;
}

/// For which time a passage tells who holds an office.
std::optional<Term> term_told(const StoredPassage& p) {
    std::string all = p.title;
    for (const std::string& heading : p.passage.headings) all += '\n' + heading;
    if (const auto term = years_in(all)) return term;
    if (const auto term = years_in(p.passage.text)) return term;
    const std::optional<Date> date = p.meeting ? p.meeting->date : p.updated;
    if (!date) return std::nullopt;
    Term term = council_term(*date);
    // After the election a new council shares out its offices, and pages tell of it; who is at a
    // meeting is still the old one.
    const bool last_weeks = date->year() == term.last.year() &&
                            date->month() >= std::chrono::December &&
                            p.passage.section != Section::deltagere;
    if (last_weeks) {
        term.last = council_term(term.last + std::chrono::years{1}).last;
        term.first = *date;
    }
    return term;
}

class HolderReader {
public:
    HolderReader(const Office& office, const std::vector<std::string>& known)
        : office_(office), known_(known) {}

    struct Found {
        std::string name;
        Span quote;
    };

    /// Names in one passage.
    std::vector<Found> read(const StoredPassage& p) {
        names_.clear();
        std::string around = p.title;
        for (const std::string& heading : p.passage.headings) around += '\n' + heading;
        around_ = danish::body_keys_in(around, known_);
        if (p.meeting) around_.push_back(danish::body_key(p.meeting->body));
        field_around_ = covers_field(around);
        const std::string_view text = p.passage.text;
        for (const Span& line : lines_of(text)) {
            quote_ = line;
            if (!read_row(text, line)) {
                // A sentence at a time: "Formand er A. Næstformand er B."
                for (const Span& sentence : quotable_spans(part(text, line))) {
                    quote_ = {line.begin + sentence.begin, line.begin + sentence.end};
                    read_sentence(part(text, quote_));
                }
            }
        }
        return std::move(names_);
    }

private:
    void add(std::string_view name) {
        const bool known = std::any_of(names_.begin(), names_.end(), [&](const Found& other) {
            return danish::same_person(other.name, name);
        });
        if (!known) names_.push_back({std::string(name), quote_});
    }

    [[nodiscard]] bool covers_field(std::string_view text) const {
        if (office_.field.empty()) return false;
        TermSet terms;
        terms.add(text);
        return terms.strength(office_.field) >= 0.7F ||
               joined(text).find(office_.field) != std::string::npos;
    }

    /// True when the words, or else what stands around them, name what the office is for.
    [[nodiscard]] bool of_body(std::string_view words) const {
        if (!chairs(office_.word)) return true;
        const auto here = danish::body_keys_in(words, known_);
        if (!office_.bodies.empty())
            return here.empty() ? meets(office_.bodies, around_) : meets(office_.bodies, here);
        if (office_.field.empty()) return false;
        return covers_field(words) || (here.empty() && field_around_);
    }

    bool read_row(std::string_view text, Span line) {
        const auto cells = cells_of(text, line);
        if (cells.size() < 2) return false;
        if (!of_body(part(text, line))) return true;
        for (const Cell& cell : cells) {
            const auto heading = danish::tokenize(part(text, cell.heading));
            const std::string_view value = part(text, cell.value);
            const auto persons = danish::printed_persons(value);
            if (heading.size() == 1 && !persons.empty() &&
                same_office(office_.word, danish::office_of(heading.front().text))) {
                add(part(value, persons.front()));
                continue;
            }
            // "Navn: Anders Toft; Post: Formand"
            const auto words = danish::tokenize(value);
            const bool post = !words.empty() && words.size() <= 2 && persons.empty() &&
                              same_office(office_.word, danish::office_of(words.front().text));
            if (!post) {
                if (!persons.empty()) read_sentence(value);
                continue;
            }
            for (const Cell& other : cells) {
                const auto named = danish::printed_persons(part(text, other.value));
                if (named.size() == 1) {
                    add(part(part(text, other.value), named.front()));
                    break;
                }
            }
        }
        return true;
    }

    void read_sentence(std::string_view sentence) {
        const auto tokens = danish::tokenize(sentence);
        const auto persons = danish::printed_persons(sentence);
        if (persons.empty()) return;
        for (std::size_t t = 0; t < tokens.size(); ++t) {
            if (!same_office(office_.word, danish::office_of(tokens[t].text))) continue;
            if (t > 0 && is_former(tokens[t - 1].text)) continue;
            // "2. viceborgmester" is not "viceborgmesteren" in the singular: the first one is.
            if (t > 0 && tokens[t - 1].kind == danish::TokenKind::number &&
                tokens[t - 1].text != "1")
                continue;
            const Span* name = behind(sentence, tokens, t, persons);
            if (name == nullptr) name = before(sentence, tokens, t, persons);
            if (name == nullptr) continue;
            const std::size_t end = chairs(office_.word) ? sentence.size() : tokens[t].end;
            if (of_body(sentence.substr(0, end))) add(part(sentence, *name));
        }
    }

    /// "borgmester [er] Jens Kragh", "formand for Teknikudvalget er Jens Kragh".
    static const Span* behind(std::string_view sentence, const std::vector<Token>& tokens,
                              std::size_t t, const std::vector<Span>& persons) {
        constexpr std::size_t farthest = 10;  // Words: a committee's whole name.
        const auto next = std::find_if(persons.begin(), persons.end(), [&](const Span& person) {
            return person.begin >= tokens[t].end;
        });
        if (next == persons.end()) return nullptr;
        std::size_t words = 0;
        bool told = false;
        bool of = false;
        for (std::size_t i = t + 1; i < tokens.size() && tokens[i].begin < next->begin; ++i) {
            told = told || one_of(tokens[i].text, {"er", "var", "bliver", "blev", "is", "valgtes"});
            of = of || (i == t + 1 && one_of(tokens[i].text, {"for", "i"}));
            ++words;
        }
        const std::string_view gap = sentence.substr(tokens[t].end, next->begin - tokens[t].end);
        const bool adjacent = words == 0 && (gap == " " || gap == ": ");
        const bool clause = told && words <= farthest && (words == 1 || of) &&
                            gap.find_first_of(".;") == std::string_view::npos;
        return adjacent || clause ? &*next : nullptr;
    }

    /// "Jens Kragh (B)[,| er| blev valgt til| som] borgmester".
    static const Span* before(std::string_view sentence, const std::vector<Token>& tokens,
                              std::size_t t, const std::vector<Span>& persons) {
        constexpr std::size_t farthest = 6;
        const Span* last = nullptr;
        for (const Span& person : persons) {
            if (person.end <= tokens[t].begin) last = &person;
        }
        if (last == nullptr) return nullptr;
        std::size_t words = 0;
        bool told = false;
        for (const Token& token : tokens) {
            if (token.begin < last->end || token.end > tokens[t].begin) continue;
            if (token.text.size() == 1 || is_party(sentence, token)) continue;
            if (!one_of(token.text, {"er", "som", "blev", "valgt", "til", "vælges", "valgtes",
                                     "vores", "ny", "kommunens", "den", "nye", "fortsætter", "var",
                                     "byens", "is", "the", "udvalgets", "byrådets"})) {
                return nullptr;
            }
            told = true;
            ++words;
        }
        const std::string_view gap = sentence.substr(last->end, tokens[t].begin - last->end);
        const bool apposed = gap.find(',') != std::string_view::npos ||
                             gap.find(" - ") != std::string_view::npos ||
                             gap.find("–") != std::string_view::npos;
        // "..., formand Ida Nørby": what stands behind the comma belongs to the next name.
        return (told && words <= farthest) || (apposed && words == 0) ? last : nullptr;
    }

    /// A short word in brackets behind a name: "(A)", "(SF)".
    static bool is_party(std::string_view sentence, const Token& token) {
        return token.begin > 0 && sentence[token.begin - 1] == '(' && token.end < sentence.size() &&
               sentence[token.end] == ')';
    }

    const Office& office_;
    const std::vector<std::string>& known_;
    std::vector<std::string> around_;
    bool field_around_ = false;
    Span quote_;
    std::vector<Found> names_;
};

}  // namespace

Term council_term(const Date& date) {
    using namespace std::chrono;
    const int since = static_cast<int>(date.year()) - 2022;
    const int first = 2022 + (since >= 0 ? since / 4 : (since - 3) / 4) * 4;
    return {Date{year{first}, January, day{1}}, Date{year{first + 3}, December, day{31}}};
}

std::optional<Office> office_asked(std::string_view question, const std::vector<std::string>& known,
                                   OfficeForm form) {
    const auto tokens = danish::tokenize(question);
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        const std::string& word = tokens[t].text;
        Office office;
        office.word = danish::office_of(word);
        if (office.word.empty()) continue;
        // "Ungdomsrådets formand"
        const bool owned = chairs(office.word) && t > 0 && tokens[t - 1].text.size() > 4 &&
                           tokens[t - 1].text.ends_with('s');
        const bool definite = word.ends_with("en") || word.ends_with("ens") || owned ||
                              (t > 0 && one_of(tokens[t - 1].text, {"the", "vores", "som"}));
        if ((!definite && form == OfficeForm::definite) || (t > 0 && is_former(tokens[t - 1].text)))
            continue;
        office.span = {tokens[t].begin, tokens[t].end};
        if (!chairs(office.word)) return office;
        if (office.word == "gruppeformand") return std::nullopt;  // Of which group is not read.
        if (owned) {
            office.span.begin = tokens[t - 1].begin;
            office.bodies = danish::body_keys_in(
                question.substr(tokens[t - 1].begin, tokens[t - 1].end - tokens[t - 1].begin),
                known);
            office.field = tokens[t - 1].text.substr(0, tokens[t - 1].text.size() - 1);
            return office;
        }
        const bool of =
            t + 2 < tokens.size() && one_of(tokens[t + 1].text, {"for", "i", "of", "af"});
        if (of) {
            const std::string_view rest = question.substr(tokens[t + 1].end);
            for (const danish::BodyMention& mention : danish::find_bodies(rest, known)) {
                // "formanden for skoleudvalget om høringen i teknikudvalget": the first one.
                const bool first =
                    rest.substr(0, mention.begin).find_first_not_of(" ") == std::string_view::npos;
                if (!first) continue;
                office.bodies.push_back(mention.key);
                office.span.end = tokens[t + 1].end + mention.end;
            }
            if (office.bodies.empty()) {
                std::size_t what = t + 2;
                if (one_of(tokens[what].text, {"den", "det", "the"}) && what + 1 < tokens.size())
                    ++what;
                office.field = tokens[what].text;
                office.span.end = tokens[what].end;
                office.bodies = danish::body_keys_in(office.field + "udvalget", known);
            }
        } else if (office.word != "formand" && !office.word.starts_with("næst") &&
                   office.word != "udvalgsformand") {
            // "skoleudvalgsformanden", "teknikformanden"
            std::string field = office.word.substr(0, office.word.rfind("formand"));
            if (field.ends_with("udvalgs")) field.resize(field.size() - 7);
            office.bodies = danish::body_keys_in(field + "udvalget", known);
            office.field = field;
        }
        if (office.bodies.empty() && office.field.empty()) return std::nullopt;
        return office;
    }
    return std::nullopt;
}

std::vector<Holder> holders_of(const Office& office, const std::vector<StoredPassage>& passages,
                               const std::vector<std::string>& known) {
    std::vector<Holder> holders;
    HolderReader reader(office, known);
    for (const StoredPassage& p : passages) {
        for (auto& found : reader.read(p)) {
            Holder holder;
            holder.name = std::move(found.name);
            holder.passage = &p;
            holder.quote = found.quote;
            const std::string_view said = part(p.passage.text, found.quote);
            const auto own = years_said(said);
            if (const auto term = own ? own : term_told(p)) {
                holder.first = term->first;
                holder.last = term->last;
            }
            const bool known_already =
                std::any_of(holders.begin(), holders.end(), [&](const Holder& other) {
                    return danish::same_person(other.name, holder.name) &&
                           other.first == holder.first && other.last == holder.last;
                });
            if (!known_already) holders.push_back(std::move(holder));
        }
    }
    return holders;
}

std::vector<std::string> bodies_printed(const std::vector<StoredPassage>& passages) {
    std::vector<std::string> bodies;
    const auto read = [&](std::string_view text) {
        for (const Span& span : danish::printed_bodies(text)) {
            std::string body(part(text, span));
            if (std::find(bodies.begin(), bodies.end(), body) == bodies.end())
                bodies.push_back(std::move(body));
        }
    };
    for (const StoredPassage& p : passages) {
        read(p.title);
        for (const std::string& heading : p.passage.headings) read(heading);
        read(p.passage.text);
    }
    return bodies;
}

}  // namespace raadbot::answer
