#include "retrieval/answer/meeting_calendar.hpp"

#include <algorithm>
#include <optional>

#include "retrieval/answer/passage_view.hpp"
#include "retrieval/answer/table_rows.hpp"
#include "retrieval/danish/bodies.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/printed_dates.hpp"
#include "retrieval/danish/printed_names.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::DateContext;
using danish::Span;

constexpr std::size_t longest_quote = 220;  // Bytes: a line with more is quoted by its date alone.

struct Body {
    std::string key;
    std::string printed;
};

class CalendarReader {
public:
    explicit CalendarReader(const std::vector<std::string>& known) : known_(known) {}

    void read(const StoredPassage& p) {
        passage_ = &p;
        const std::string_view text = p.passage.text;
        around_ = DateContext{};
        std::optional<Body> section;
        // The nearest heading that says it: "2027" under "Mødekalender 2026 og 2027".
        around_.year = danish::only_year(p.title);
        section = only_body(p.title);
        for (const std::string& heading : p.passage.headings) {
            if (const auto year = danish::only_year(heading)) around_.year = year;
            if (const auto month = danish::only_month(heading)) around_.month = month;
            if (auto body = only_body(heading)) section = std::move(body);
        }
        for (const Span& line : lines_of(text)) {
            const std::string_view words = part(text, line);
            const auto cells = cells_of(text, line);
            if (!cells.empty() && read_row(text, line, cells, section)) continue;
            if (words.starts_with("- ")) {
                read_line(text, line, section);
                continue;
            }
            const auto year = danish::only_year(words);
            for (const Span& sentence : quotable_spans(words)) {
                read_sentence(text, {line.begin + sentence.begin, line.begin + sentence.end},
                              section);
            }
            // A caption over a table: "Møder i byrådet 2026".
            if (year && danish::printed_dates(words, {}).empty()) around_.year = year;
        }
    }

    std::vector<CalendarEntry> take() { return std::move(entries_); }

private:
    /// The body that a heading or cell names, when it names just one.
    [[nodiscard]] std::optional<Body> only_body(std::string_view words) const {
        const auto mentions = danish::find_bodies(words, known_);
        if (mentions.empty()) return std::nullopt;
        for (const auto& mention : mentions) {
            if (mention.key != mentions.front().key) return std::nullopt;
        }
        Body body;
        body.key = mentions.front().key;
        const auto printed = danish::printed_bodies(words);
        body.printed =
            printed.empty()
                ? std::string(part(words, {mentions.front().begin, mentions.front().end}))
                : std::string(part(words, printed.front()));
        // An abbreviation is told by the name it stands for.
        if (printed.empty()) {
            for (const std::string& name : known_) {
                if (danish::body_key(name) == body.key) body.printed = name;
            }
        }
        return body;
    }

    /// A cell that is a body's name and little else.
    [[nodiscard]] std::optional<Body> body_cell(std::string_view words) const {
        constexpr std::size_t longest = 90;
        if (words.size() > longest) return std::nullopt;
        return only_body(words);
    }

    void add(const Body& body, const danish::PrintedDate& date, Span quote) {
        entries_.push_back({date.date, body.key, body.printed, passage_->id, quote});
    }

    bool read_row(std::string_view text, Span line, const std::vector<Cell>& cells,
                  const std::optional<Body>& section) {
        DateContext context = around_;
        // "Måned: Januar 2027"
        for (const Cell& cell : cells) {
            const std::string_view value = part(text, cell.value);
            if (const auto month = danish::only_month(value)) context.month = month;
            if (const auto year = danish::only_year(value);
                year && danish::printed_dates(value, {}).empty()) {
                context.year = year;
            }
        }
        if (danish::only_year(part(text, line))) context.year = danish::only_year(part(text, line));
        bool read = false;
        // A column for each body, or for each month.
        std::optional<Body> row_body;
        for (const Cell& cell : cells) {
            const bool one_column = cell.heading.begin == line.begin && cells.size() == 1;
            if (!row_body && !one_column) row_body = body_cell(part(text, cell.value));
            if (one_column) row_body = body_cell(part(text, cell.heading));
        }
        for (const Cell& cell : cells) {
            const std::string_view heading = part(text, cell.heading);
            const std::string_view value = part(text, cell.value);
            DateContext here = context;
            if (const auto month = danish::only_month(heading)) here.month = month;
            if (const auto year = danish::only_year(heading)) here.year = year;
            const auto dates = danish::printed_dates(value, here);
            if (dates.empty()) continue;
            const auto column = body_cell(heading);
            const std::optional<Body>& body = column ? column : row_body ? row_body : section;
            if (!body) continue;
            read = true;
            const bool whole_row = !column && part(text, line).size() <= longest_quote;
            for (const auto& date : dates) {
                const Span exact{cell.value.begin + date.span.begin,
                                 cell.value.begin + date.span.end};
                const bool several = dates.size() > 1 && cell.value.end - cell.value.begin > 60;
                add(*body, date, whole_row ? line : several ? exact : cell.whole());
            }
        }
        return read;
    }

    /// "23. november kl. 15.00: gruppeformandsmøde" in a body's calendar is none of its meetings.
    [[nodiscard]] static bool names_other_event(std::string_view words) {
        const std::size_t colon = words.find(": ");
        if (colon == std::string_view::npos) return false;
        const auto tokens = danish::tokenize(words.substr(colon));
        return std::any_of(tokens.begin(), tokens.end(), [](const danish::Token& token) {
            const std::string& word = token.text;
            return word.ends_with("møde") && word != "møde" && !word.ends_with("rådsmøde") &&
                   !word.ends_with("udvalgsmøde") && !word.ends_with("bestyrelsesmøde") &&
                   !word.ends_with("budgetmøde");
        });
    }

    /// "- Byrådet: 26. januar, 23. februar", or a date under a body's heading.
    void read_line(std::string_view text, Span line, const std::optional<Body>& section) {
        const std::string_view words = part(text, line);
        DateContext context = around_;
        if (const auto year = danish::only_year(words)) context.year = year;
        const auto dates = danish::printed_dates(words, context);
        if (dates.empty()) return;
        const auto own = only_body(words);
        const std::optional<Body>& body = own ? own : section;
        if (!body || (!own && names_other_event(words))) return;
        for (const auto& date : dates) {
            const Span exact{line.begin + date.span.begin, line.begin + date.span.end};
            add(*body, date, words.size() <= longest_quote ? line : exact);
        }
    }

    /// "Byrådet mødes den 26. januar og den 23. februar 2027."
    void read_sentence(std::string_view text, Span sentence, const std::optional<Body>& section) {
        const std::string_view words = part(text, sentence);
        const std::string folded = danish::fold(words);
        // Dates stand in all kinds of sentences: only those that say that somebody meets.
        const bool meets = folded.find("mødes") != std::string::npos ||
                           folded.find("holder møde") != std::string::npos ||
                           folded.find("afholder møde") != std::string::npos ||
                           folded.find("holder ordinært møde") != std::string::npos ||
                           folded.find("ordinære møder") != std::string::npos ||
                           folded.find("mødedatoer") != std::string::npos;
        if (!meets) return;
        DateContext context = around_;
        if (const auto year = danish::only_year(words)) context.year = year;
        const auto own = only_body(words);
        const std::optional<Body>& body = own ? own : section;
        if (!body) return;
        for (const auto& date : danish::printed_dates(words, context)) add(*body, date, sentence);
    }

    const std::vector<std::string>& known_;
    const StoredPassage* passage_ = nullptr;
    DateContext around_;
    std::vector<CalendarEntry> entries_;
};

}  // namespace

std::vector<CalendarEntry> calendar_entries(const std::vector<StoredPassage>& document,
                                            const std::vector<std::string>& known) {
    CalendarReader reader(known);
    for (const StoredPassage& p : document) reader.read(p);
    return reader.take();
}

}  // namespace raadbot::answer
