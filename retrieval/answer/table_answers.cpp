#include "retrieval/answer/table_answers.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/features.hpp"
#include "retrieval/answer/question_plan.hpp"
#include "retrieval/answer/table_rows.hpp"
#include "retrieval/danish/printed_dates.hpp"
#include "retrieval/danish/ranges.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using danish::Span;

constexpr std::size_t passages_read = 30;
constexpr std::size_t most_rows = 7;      // Of a table that is meant as a whole.
constexpr std::size_t longest_row = 420;  // Bytes.
constexpr float least_share = 0.82F;      // Of what is asked, that row and place cover.
constexpr float least_named = 0.6F;
constexpr float as_good = 0.03F;

bool wants_a_fact(const QuestionView& question) {
    switch (question.type) {
        case QuestionType::how_much:
        case QuestionType::when:
        case QuestionType::where:
        case QuestionType::who: return true;
        default: return false;
    }
}

/// What the question fixes beside its words.
struct Asked {
    std::optional<danish::NumberAsked> number;
    danish::Weekdays days{};
    bool day = false;
    std::optional<int> year;
};

Asked asked_in(const QuestionView& question) {
    Asked asked;
    asked.number = danish::number_asked(question.text);
    asked.days = danish::weekdays_in(question.text);
    asked.day = std::any_of(asked.days.begin(), asked.days.end(), [](bool day) { return day; });
    asked.year = danish::only_year(question.text);
    return asked;
}

struct Row {
    const PassageEvidence* evidence = nullptr;
    Span line;
    float share = 0;      ///< 0..1: what of the question row and place cover.
    float precision = 0;  ///< 0..1: how much of the row's key the question speaks of.
    bool by_key = false;  ///< The key itself is what tells it from the other rows.
    [[nodiscard]] float score() const { return share + 0.15F * precision; }
};

struct Table {
    const PassageView* view = nullptr;
    TermSet captions;  ///< What stands around the rows.
    struct Line {
        Span span;
        std::vector<Cell> cells;
    };
    std::vector<Line> lines;
    [[nodiscard]] std::string_view words(Span span) const {
        return part(view->stored.passage.text, span);
    }
};

Table table_of(const PassageView& view) {
    Table table;
    table.view = &view;
    for (const Span& line : lines_of(view.stored.passage.text)) {
        auto cells = cells_of(view.stored.passage.text, line);
        if (cells.size() >= 2 && line.end - line.begin <= longest_row) {
            table.lines.push_back({line, std::move(cells)});
        } else {
            table.captions.add(table.words(line));
        }
    }
    return table;
}

class TableAnswer {
public:
    TableAnswer(const QuestionView& question, Rows rows)
        : question_(question), rows_(rows), asked_(asked_in(question)) {}

    std::optional<MeetingAnswer> operator()(const std::vector<PassageEvidence>& ranked) {
        std::vector<Row> rows;
        std::size_t read = 0;
        for (const PassageEvidence& e : ranked) {
            if (read == passages_read) break;
            const StoredPassage& p = e.view->stored;
            if (p.meeting || !e.barred.empty() || p.passage.section != Section::text) continue;
            ++read;
            if (tells_elsewhere(e)) told_.insert(p.document.value);
            read_table(e, rows);
        }
        if (rows.empty()) {
            // The table is there and the day is not: what it says of others will not do.
            const bool untold = rows_ == Rows::sorted && !lacking_.empty() && told_.empty();
            return untold ? std::optional<MeetingAnswer>(Untold{}) : std::nullopt;
        }
        const auto top = std::max_element(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
            return a.score() < b.score();
        });
        // In order of the places: of two as good, the better place's.
        const auto best = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
            return row.score() >= top->score() - as_good;
        });
        std::vector<const Row*> meant;
        for (const Row& row : rows) {
            if (row.score() < top->score() - as_good) continue;
            if (row.evidence == best->evidence) {
                meant.push_back(&row);
            } else if (rows_ == Rows::any && row.evidence->view->stored.document !=
                                                 best->evidence->view->stored.document) {
                return std::nullopt;  // Two pages hold such a row, and may say different things.
            }
        }
        if (meant.size() > 1 && (!question_.time || meant.size() > most_rows)) return std::nullopt;
        if (meant.size() == 1 && !best->by_key) return std::nullopt;
        ProofBuilder builder;
        for (const Row* row : meant) {
            const StoredPassage& p = row->evidence->view->stored;
            builder.quote(p, row->line, builder.empty() ? lead_of(p) : std::nullopt);
        }
        return builder.empty() ? std::nullopt : std::optional<MeetingAnswer>(builder.take());
    }

private:
    /// Text about the matter that names the day: "Søndag er der lukket."
    [[nodiscard]] bool tells_elsewhere(const PassageEvidence& e) const {
        constexpr float least = 0.5F;
        return asked_.day && e.coverage >= least && names_day(e.view->stored.passage.text);
    }

    [[nodiscard]] bool names_day(std::string_view words) const {
        const danish::Weekdays days = danish::weekdays_in(words);
        for (std::size_t d = 0; d < days.size(); ++d) {
            if (days[d] && asked_.days[d]) return true;
        }
        return false;
    }

    /// True when the things that are asked for stand around the table in the asker's own words.
    [[nodiscard]] bool called_by_name(const Table& table) const {
        return std::all_of(
            question_.aspects.begin(), question_.aspects.end(), [&](const Aspect& aspect) {
                if (aspect.role != Role::head && aspect.role != Role::entity) return true;
                const auto said = [&](const TermSet& terms) {
                    return std::max(terms.strength(aspect.surface), terms.strength(aspect.lemma)) >=
                           least_named;
                };
                return said(table.view->title) || said(table.view->headings) ||
                       said(table.captions) || said(table.view->text);
            });
    }

    /// True when the table's place, columns and rows are about all that is asked but day and age.
    [[nodiscard]] bool about(const Table& table, bool by_number) const {
        TermSet all;
        for (const Table::Line& line : table.lines) all.add(table.words(line.span));
        return std::all_of(
            question_.aspects.begin(), question_.aspects.end(), [&](const Aspect& aspect) {
                if (aspect.light || aspect.phrase || aspect.role == Role::verb ||
                    tells_day_or_number(aspect, by_number)) {
                    return true;
                }
                return aspect.coverage(
                           {&all, &table.view->headings, &table.view->title, &table.captions},
                           {1.0F, 1.0F, 1.0F, 1.0F}) >= least_named;
            });
    }

    void read_table(const PassageEvidence& e, std::vector<Row>& rows) {
        const Table table = table_of(*e.view);
        if (table.lines.size() < 2 || !right_year(table)) return;
        const bool by_number = asked_.number && sorted_by_number(table);
        // A ticket for ages 3 to 15 is no passport for them.
        if (by_number && !about(table, by_number)) return;
        const auto days =
            std::count_if(table.lines.begin(), table.lines.end(), [&](const Table::Line& line) {
                const auto named = danish::weekdays_in(table.words(line.cells.front().value));
                return std::any_of(named.begin(), named.end(), [](bool day) { return day; });
            });
        // "Hvornår er der åbent": all days of it; with a day, that one.
        const bool of_days =
            question_.time && static_cast<std::size_t>(days) * 2 >= table.lines.size();
        const bool by_day = asked_.day && of_days;
        if (rows_ == Rows::sorted && !by_number && !asked_.day && !of_days) return;
        bool held = false;
        for (const Table::Line& line : table.lines) {
            if (by_number && !holds_number(table, line)) continue;
            if (asked_.day && !holds_day(table, line)) continue;
            held = true;
            Row row = weighed(table, line, by_number);
            row.evidence = &e;
            // Every page with opening hours is about opening hours: it must be the asked one's.
            if (of_days && !asked_.day && !called_by_name(table)) continue;
            if (row.share >= least_share && holds_fact(table, line)) rows.push_back(row);
        }
        if (!held && by_day && about(table, by_number))
            lacking_.insert(e.view->stored.document.value);
    }

    /// The year that is asked for must be the table's, or one of its columns or rows.
    [[nodiscard]] bool right_year(const Table& table) const {
        if (!asked_.year) return true;
        const std::string year = std::to_string(*asked_.year);
        // Columns by year: one of them must be that year's.
        bool by_year = false;
        for (const Table::Line& line : table.lines) {
            for (const Cell& cell : line.cells) {
                const std::string_view heading = table.words(cell.heading);
                if (heading.find(year) != std::string_view::npos) return true;
                by_year = by_year || danish::only_year(heading).has_value();
            }
        }
        if (by_year) return false;
        const StoredPassage& p = table.view->stored;
        // "Takster 2026" says next year's only in passing.
        const auto titled = danish::only_year(p.title);
        if (titled && *titled != *asked_.year) return false;
        std::string words = p.title;
        for (const std::string& heading : p.passage.headings) words += ' ' + heading;
        return (words + p.passage.text).find(year) != std::string::npos;
    }

    [[nodiscard]] std::optional<danish::NumberRange> range_in(const Table& table,
                                                              const Cell& cell) const {
        const auto range = danish::range_of(table.words(cell.value), table.words(cell.heading));
        return range && range->scale == asked_.number->scale ? range : std::nullopt;
    }

    [[nodiscard]] bool sorted_by_number(const Table& table) const {
        const auto rows =
            std::count_if(table.lines.begin(), table.lines.end(), [&](const Table::Line& line) {
                return range_in(table, line.cells.front()).has_value();
            });
        return static_cast<std::size_t>(rows) * 2 >= table.lines.size();
    }

    [[nodiscard]] bool holds_number(const Table& table, const Table::Line& line) const {
        const auto range = range_in(table, line.cells.front());
        return range && range->holds(asked_.number->number);
    }

    /// A row for the day, or a column that is filled.
    [[nodiscard]] bool holds_day(const Table& table, const Table::Line& line) const {
        return std::any_of(line.cells.begin(), line.cells.end(), [&](const Cell& cell) {
            return names_day(table.words(cell.heading)) || names_day(table.words(cell.value));
        });
    }

    [[nodiscard]] bool tells_day_or_number(const Aspect& aspect, bool by_number) const {
        if (by_number && !aspect.surface.empty() && aspect.surface[0] >= '0' &&
            aspect.surface[0] <= '9') {
            return true;
        }
        if (by_number && (aspect.lemma == "klasse" || aspect.lemma == "år")) return true;
        const danish::Weekdays days = danish::weekdays_in(aspect.surface);
        return asked_.day && std::any_of(days.begin(), days.end(), [](bool day) { return day; });
    }

    [[nodiscard]] Row weighed(const Table& table, const Table::Line& line, bool by_number) const {
        Row row;
        row.line = line.span;
        TermSet key;
        TermSet values;
        TermSet columns;
        key.add(table.words(line.cells.front().value));
        for (const Cell& cell : line.cells) {
            if (&cell != &line.cells.front()) values.add(table.words(cell.value));
            columns.add(table.words(cell.heading));
        }
        const auto& sentences = table.view->sentences;
        const auto told = std::find_if(
            sentences.begin(), sentences.end(),
            [&](const SentenceView& sentence) { return sentence.span.begin == line.span.begin; });
        float covered = 0;
        float total = 0;
        for (const Aspect& aspect : question_.aspects) {
            if (aspect.phrase || aspect.light) continue;
            if (told != sentences.end() &&
                is_row_of_another(question_, aspect, *table.view, *told)) {
                return Row{};
            }
            float here = aspect.coverage({&key, &values, &columns, &table.view->headings,
                                          &table.view->title, &table.captions},
                                         {1.0F, 0.9F, 0.95F, 1.0F, 0.95F, 0.9F});
            const float by_key = aspect.coverage(key);
            row.by_key = row.by_key || by_key >= least_named;
            // Right year and day were held against the table already.
            if (aspect.year || tells_day_or_number(aspect, by_number)) {
                here = 1;
                row.by_key = row.by_key || !aspect.year;
            }
            const bool must = aspect.exact || aspect.name || aspect.capital ||
                              aspect.role == Role::entity || aspect.role == Role::head;
            if (must && here < least_named) return Row{};
            // What is counted or asked for by its name stands in the row or over its column.
            const bool counted = aspect.focus || question_.wanted == Wanted::count ||
                                 question_.wanted == Wanted::measure;
            if (counted && aspect.role == Role::head &&
                aspect.coverage({&key, &values, &columns}, {1.0F, 1.0F, 1.0F}) < least_named) {
                return Row{};
            }
            const float weight = aspect.weight * (aspect.role == Role::verb ? 0.3F : 1.0F);
            total += weight;
            covered += weight * here;
        }
        row.share = total == 0 ? 0 : covered / total;
        std::size_t words = 0;
        std::size_t spoken = 0;
        for (const danish::Token& token : danish::tokenize(table.words(line.cells.front().value))) {
            if (danish::is_stop_word(token.text) || token.kind != danish::TokenKind::word) continue;
            TermSet word;
            word.add(token.text);
            ++words;
            spoken += std::any_of(question_.aspects.begin(), question_.aspects.end(),
                                  [&](const Aspect& aspect) {
                                      return aspect.coverage(word) >= least_named;
                                  })
                          ? 1U
                          : 0U;
        }
        row.precision = words == 0 ? 0 : static_cast<float>(spoken) / static_cast<float>(words);
        return row;
    }

    [[nodiscard]] bool holds_fact(const Table& table, const Table::Line& line) const {
        const Span rest{line.cells.front().value.end, line.span.end};
        // Opening hours are known as such by their day ("Fredag; 6.30-18"), which is right here.
        const std::string_view told = table.words(rest);
        const auto days = danish::weekdays_in(table.words(line.cells.front().value));
        const bool of_day = std::any_of(days.begin(), days.end(), [](bool day) { return day; });
        if (question_.time && (asked_.day || of_day))
            return told.find_first_of("0123456789") != std::string_view::npos || of_day;
        const Span read = question_.time ? line.span : rest;
        return fits(question_, facts_of(table.words(read)), table.view->money_unit);
    }

    const QuestionView& question_;
    Rows rows_;
    Asked asked_;
    std::set<std::string> lacking_;  ///< Documents whose table lacks what is asked.
    std::set<std::string> told_;     ///< Those that speak of it in another place.
};

}  // namespace

std::optional<MeetingAnswer> answer_from_tables(const QuestionView& question,
                                                const std::vector<PassageEvidence>& ranked,
                                                Rows rows) {
    if (!wants_a_fact(question) || question.said || question.contact) return std::nullopt;
    if (question.follow_up && rows == Rows::sorted) return std::nullopt;
    return TableAnswer(question, rows)(ranked);
}

}  // namespace raadbot::answer
