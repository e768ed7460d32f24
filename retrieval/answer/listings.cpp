#include "retrieval/answer/listings.hpp"

#include <algorithm>
#include <string>

#include "retrieval/answer/table_rows.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/section_sought.hpp"

namespace raadbot::answer {
namespace {

using danish::one_of;
using danish::Span;

constexpr std::size_t least_rows = 3;
constexpr std::ptrdiff_t least_items = 2;
constexpr std::size_t most_said = 3;
constexpr float named_so = 0.8F;
constexpr float spoken_of = 0.5F;

/// What "hvilke ..." is said of; otherwise the first thing of the question.
const Aspect* thing_asked(const QuestionView& question) {
    const auto is_head = [](const Aspect& aspect) { return aspect.role == Role::head; };
    const auto begin = question.aspects.begin();
    const auto end = question.aspects.end();
    // A compound that no dictionary has counts as a name.
    auto found = std::find_if(begin, end, [&](const Aspect& aspect) {
        return aspect.focus && (is_head(aspect) || aspect.role == Role::entity);
    });
    if (found == end) found = std::find_if(begin, end, is_head);
    return found == end ? nullptr : &*found;
}

/// Ends of compounds that add little: an "anlægsprojekt" is an anlæg.
bool is_empty_end(std::string_view part) {
    return one_of(part, {"projekt", "sted", "mulighed", "type", "form", "tilbud", "område", "sag"});
}

bool names(const Aspect& thing, const TermSet& heading) {
    if (thing.coverage(heading) >= named_so) return true;
    // A part of a compound: its end says what it is, its beginning only which.
    for (const Alternative& whole : thing.alternatives) {
        if (whole.weight < 1 || whole.terms.size() != 1) continue;
        const std::string_view word = whole.terms.front();
        for (const Alternative& alternative : thing.alternatives) {
            if (alternative.terms.size() != 1) continue;
            const std::string_view piece = alternative.terms.front();
            if (piece.size() >= word.size() || heading.strength(piece) < 1) continue;
            if (word.ends_with(piece)) return true;
            std::string_view rest = word.starts_with(piece) ? word.substr(piece.size()) : "";
            if (rest.starts_with("s")) rest = is_empty_end(rest) ? rest : rest.substr(1);
            if (is_empty_end(rest)) return true;
        }
    }
    return false;
}

/// All that the question is about, besides the thing itself.
bool speaks_of_rest(const QuestionView& question, const Aspect* thing, const StoredPassage& p) {
    TermSet page;
    page.add(p.title);
    for (const std::string& heading : p.passage.headings) page.add(heading);
    page.add(p.passage.text);
    return std::all_of(question.aspects.begin(), question.aspects.end(), [&](const Aspect& aspect) {
        const bool matters = aspect.role == Role::head || aspect.role == Role::entity ||
                             aspect.role == Role::adjunct;
        return &aspect == thing || !matters || aspect.coverage(page) >= spoken_of;
    });
}

/// 0..1: how much of what the question is about the words hold.
float share_of(const QuestionView& question, const TermSet& words) {
    float all = 0;
    float held = 0;
    for (const Aspect& aspect : question.aspects) {
        if (aspect.light || aspect.phrase) continue;
        all += aspect.weight;
        held += aspect.weight * aspect.coverage(words);
    }
    return all == 0 ? 0 : held / all;
}

}  // namespace

bool calls_it(const QuestionView& question, std::string_view heading) {
    const Aspect* thing = thing_asked(question);
    if (thing == nullptr) return false;
    TermSet words;
    words.add(heading);
    return names(*thing, words);
}

std::vector<ListedRow> rows_listed(const QuestionView& question,
                                   const std::vector<StoredPassage>& document) {
    const Aspect* thing = thing_asked(question);
    if (thing == nullptr) return {};
    std::vector<ListedRow> best;
    for (const StoredPassage& p : document) {
        const std::string_view text = p.passage.text;
        const bool under =
            !p.passage.headings.empty() && calls_it(question, p.passage.headings.back());
        std::vector<ListedRow> rows;
        for (const Span& line : lines_of(text)) {
            const auto cells = cells_of(text, line);
            const bool row = cells.size() >= 2;
            const bool listed = under
                                    ? row || part(text, line).starts_with("- ")
                                    : row && calls_it(question, part(text, cells.front().heading));
            if (listed) rows.push_back({&p, line});
        }
        if (rows.size() >= least_rows && rows.size() > best.size() &&
            speaks_of_rest(question, thing, p)) {
            best = std::move(rows);
        }
    }
    return best;
}

Sought sought_in(const QuestionView& question, const std::vector<StoredPassage>& document) {
    const danish::SectionSought sought = danish::section_sought(question.text);
    Sought best;
    if (sought.called.empty()) return best;
    float best_share = -1;
    // A list comes before running text, and what is called so before what only says so.
    const auto take = [&](Sought found, const StoredPassage& p) {
        TermSet words;
        for (const std::string& above : p.passage.headings) words.add(above);
        for (const ListedRow& row : found.rows) words.add(part(p.passage.text, row.span));
        const float share = share_of(question, words);
        if (found.form < best.form || (found.form == best.form && share <= best_share)) return;
        best = std::move(found);
        best_share = share;
    };
    for (const StoredPassage& p : document) {
        const std::string_view text = p.passage.text;
        const bool under = !p.passage.headings.empty() &&
                           danish::is_called(p.passage.headings.back(), sought.called);
        std::vector<ListedRow> list;
        std::vector<ListedRow> said;
        bool called = under;
        const auto take_list = [&] {
            const auto items = std::count_if(list.begin(), list.end(), [&](const ListedRow& row) {
                return part(text, row.span).starts_with("- ");
            });
            if (called && items >= least_items) take({list, Sought::Form::list}, p);
            list.clear();
        };
        for (const Span& span : quotable_spans(text)) {
            const std::string_view words = part(text, span);
            if (words.starts_with("- ")) {
                list.push_back({&p, span});
            } else {
                take_list();
                const bool leads = words.ends_with(":");
                if (leads) list.push_back({&p, span});
                called = under || (leads && danish::is_called(words, sought.called));
            }
            if (is_row(words)) continue;
            if (under && said.size() < most_said) said.push_back({&p, span});
            if (sought.in_sentences && !under && danish::is_called(words, sought.called))
                take({{{&p, span}}, Sought::Form::sentence}, p);
        }
        take_list();
        if (!said.empty()) take({said, Sought::Form::section}, p);
    }
    return best;
}

MonthsAsked::MonthsAsked(const QuestionView& question, const Date& today) : today_(today) {
    constexpr std::chrono::days season{125};
    if (question.whole_year) return;
    for (const danish::DateMention& mention : question.dates) {
        if (mention.reference != danish::DateReference::range || !mention.first || !mention.last)
            continue;
        const auto length =
            std::chrono::sys_days(*mention.last) - std::chrono::sys_days(*mention.first);
        if (length < std::chrono::days{27} || length > season) continue;
        asked_ = std::pair(*mention.first, *mention.last);
        const std::string_view said =
            std::string_view(question.text).substr(mention.begin, mention.end - mention.begin);
        year_said_ = said.find("20") != std::string_view::npos;
    }
}

bool MonthsAsked::within(std::string_view row) const {
    if (!asked_) return false;
    const auto month = [](const Date& date) {
        return static_cast<int>(date.year()) * 12 + static_cast<int>(unsigned{date.month()});
    };
    for (const danish::DateMention& mention : danish::find_dates(row, today_)) {
        if (!mention.first) continue;
        int at = month(*mention.first);
        // "I december" is any year's.
        if (!year_said_) {
            const int years = (month(asked_->first) - at) / 12;
            at += years * 12;
            if (at < month(asked_->first)) at += 12;
            if (at >= month(asked_->first) + 12) at -= 12;
        }
        if (at >= month(asked_->first) && at <= month(asked_->second)) return true;
    }
    return false;
}

bool MonthsAsked::outside(std::string_view row) const {
    return asked_ && !within(row) && !danish::find_dates(row, today_).empty();
}

}  // namespace raadbot::answer
