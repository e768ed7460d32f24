#include "retrieval/answer/passage_view.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "retrieval/answer/table_rows.hpp"
#include "retrieval/danish/machine_orders.hpp"
#include "retrieval/danish/morphology.hpp"

namespace raadbot::answer {

std::vector<danish::Span> quotable_spans(std::string_view text) {
    static const std::unordered_set<std::string_view> marker_words{"stk", "nr",    "litra",
                                                                   "pkt", "punkt", "ad"};
    std::vector<danish::Span> result;
    bool joins_next = false;
    for (const danish::Span& span : danish::sentences(text)) {
        const std::string_view words = text.substr(span.begin, span.end - span.begin);
        if (joins_next &&
            text.substr(result.back().end, span.begin - result.back().end).find('\n') ==
                std::string_view::npos) {
            result.back().end = span.end;
        } else {
            result.push_back(span);
        }
        const auto tokens = danish::tokenize(words);
        joins_next = !tokens.empty() && tokens.size() <= 4 &&
                     std::all_of(tokens.begin(), tokens.end(), [](const danish::Token& token) {
                         return token.kind != danish::TokenKind::word || token.text.size() == 1 ||
                                marker_words.contains(token.text);
                     });
    }
    std::erase_if(result, [&](const danish::Span& span) {
        return danish::orders_a_machine(text.substr(span.begin, span.end - span.begin));
    });
    return result;
}

namespace {

/// A line without a full stop above a table's rows or a list's items: its caption.
bool opens_rows(std::string_view text, const danish::Span& span) {
    if (span.end >= text.size() || text[span.end] != '\n' || text[span.end - 1] == '.')
        return false;
    const std::string_view next =
        text.substr(span.end + 1, text.find('\n', span.end + 1) - span.end - 1);
    const std::string_view own = text.substr(span.begin, span.end - span.begin);
    return !own.starts_with("- ") && !is_row(own) && (is_row(next) || next.starts_with("- "));
}

/// The year that a date's mark points at, if it points at one.
std::optional<int> year_at(std::string_view text, const Mark& mark) {
    if (mark.kind != Mark::Kind::date || mark.begin + 4 > text.size()) return std::nullopt;
    int year = 0;
    for (const char c : text.substr(mark.begin, 4)) {
        if (c < '0' || c > '9') return std::nullopt;
        year = year * 10 + (c - '0');
    }
    return year;
}

/// The years that a title names, those between "2026-2029" as well.
std::vector<int> years_of(std::string_view title) {
    constexpr int longest = 20;
    std::vector<Mark> marks;
    static_cast<void>(facts_of(title, danish::tokenize(title), marks));
    std::vector<int> years;
    std::size_t end = 0;
    for (const Mark& mark : marks) {
        const auto year = year_at(title, mark);
        if (!year) continue;
        const bool range = !years.empty() && mark.begin > end && mark.begin - end <= 3 &&
                           title.substr(end, mark.begin - end).find_first_of("-\xE2") == 0;
        if (range && *year > years.back() && *year - years.back() < longest) {
            for (int between = years.back() + 1; between < *year; ++between)
                years.push_back(between);
        }
        years.push_back(*year);
        end = mark.begin + 4;
    }
    return years;
}

/// Which words of the text are written as names.
void note_capitals(std::string_view text, const std::vector<danish::Token>& tokens,
                   PassageView& view) {
    std::size_t end = 0;
    for (const danish::Token& token : tokens) {
        const bool begins =
            token.begin == 0 || text.substr(end, token.begin - end).find_first_of(".:;\n!?\"-/(") !=
                                    std::string_view::npos;
        end = token.end;
        if (token.kind != danish::TokenKind::word) continue;
        if (!is_upper(text, token.begin)) {
            view.small.insert(token.text);
        } else if (!begins) {
            view.capitalised.insert(token.text);
        }
    }
}

/// The last word of a page's path says what it is about: "/byg/byggetilladelse". Letters that
/// addresses do without stand in both spellings: "koersel" is "kørsel", "aeldre" is "ældre".
std::string subject_of_url(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    while (url.ends_with('/')) url.remove_suffix(1);
    const std::size_t scheme = url.find("://");
    const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::size_t slash = url.rfind('/');
    if (slash == std::string_view::npos || slash < host) return {};
    std::string subject(url.substr(slash + 1));
    if (const std::size_t dot = subject.rfind('.'); dot != std::string::npos) subject.resize(dot);
    for (char& c : subject) {
        if (c == '-' || c == '_') c = ' ';
    }
    std::string danish = subject;
    for (const auto& [plain, letter] :
         {std::pair{"ae", "æ"}, std::pair{"oe", "ø"}, std::pair{"aa", "å"}}) {
        for (std::size_t at = danish.find(plain); at != std::string::npos;
             at = danish.find(plain, at + 2)) {
            danish.replace(at, 2, letter);
        }
    }
    return danish == subject ? subject : subject + ' ' + danish;
}

std::vector<TermSet> key_of(std::string_view cell) {
    std::vector<TermSet> key;
    for (const danish::Token& token : danish::tokenize(cell)) {
        if (token.kind == danish::TokenKind::word && !danish::is_stop_word(token.text))
            key.emplace_back().add(token.text);
    }
    return key;
}

bool refers_on(std::string_view sentence, const std::vector<Mark>& marks) {
    static constexpr std::array<std::string_view, 8> pointers{
        "se siden", "se under", "se afsnit",    "læs mere",
        "læs om",   "se mere",  "see the page", "read more"};
    const auto is_fact = [](const Mark& mark) { return mark.kind < Mark::Kind::person; };
    if (std::any_of(marks.begin(), marks.end(), is_fact)) return false;
    const std::string folded = danish::fold(sentence);
    return std::any_of(pointers.begin(), pointers.end(), [&](std::string_view pointer) {
        return folded.find(pointer) != std::string::npos;
    });
}

}  // namespace

PassageView make_view(StoredPassage passage) {
    PassageView view;
    const std::string& text = passage.passage.text;
    for (const danish::Span& span : quotable_spans(text)) {
        SentenceView sentence;
        sentence.span = span;
        const std::string_view words =
            std::string_view(text).substr(span.begin, span.end - span.begin);
        const std::vector<danish::Token> tokens = danish::tokenize(words);
        sentence.terms.add(words, tokens);
        sentence.runs.add(tokens);
        sentence.facts = facts_of(words, tokens, sentence.marks);
        for (const Mark& mark : sentence.marks) {
            const auto year = year_at(words, mark);
            if (year) sentence.years.push_back(*year);
        }
        sentence.ages = ages_of(words, tokens);
        sentence.measures = measure_ranges(words);
        if (sentence.facts.date) sentence.months = danish::months_in(words);
        sentence.row = is_row(words);
        sentence.wording = known_signs(wording_of(tokens, sentence.row, passage.passage.section));
        if (sentence.row)
            sentence.key = key_of(part(words, cells_of(words, {0, words.size()}).front().value));
        for (const std::string_view word :
             {"du", "dig", "din", "dit", "dine", "man", "medlemmer", "medlemmet", "medlem"}) {
            sentence.speaks_to_reader =
                sentence.speaks_to_reader || sentence.terms.strength(word) >= 1.0F;
        }
        for (const std::string_view word : {"kun", "udelukkende", "alene", "only"}) {
            sentence.exclusive = sentence.exclusive || sentence.terms.strength(word) >= 1.0F;
        }
        // All sentences of an item's line belong to the item.
        const std::size_t line = span.begin == 0 ? 0 : text.rfind('\n', span.begin - 1) + 1;
        sentence.list_item = std::string_view(text).substr(line).starts_with("- ");
        sentence.lead_in = words.ends_with(':') || (!sentence.list_item && opens_rows(text, span));
        sentence.refers_on = refers_on(words, sentence.marks);
        view.text.add(sentence.terms);
        view.sentences.push_back(std::move(sentence));
    }
    const std::vector<danish::Token> tokens = danish::tokenize(text);
    note_capitals(text, tokens, view);
    view.text_runs.add(tokens);
    const std::vector<danish::Token> title = danish::tokenize(passage.title);
    note_capitals(passage.title, title, view);
    view.about_runs.add(title);
    view.title.add(passage.title, title);
    for (const auto* lines : {&passage.passage.headings, &passage.questions}) {
        for (const std::string& line : *lines) {
            const std::vector<danish::Token> words = danish::tokenize(line);
            if (lines == &passage.passage.headings) note_capitals(line, words, view);
            view.headings.add(line, words);
            view.about_runs.add(words);
        }
    }
    if (!passage.passage.speaker.empty()) view.headings.add(passage.passage.speaker);
    if (!passage.meeting && passage.kind != SourceKind::video)
        view.title.add(subject_of_url(passage.url));
    if (passage.meeting) view.title.add(passage.meeting->case_number);
    for (const std::string_view unit : {"kr", "kroner", "mio", "tkr", "kr.", "1.000"}) {
        view.money_unit = view.money_unit || view.text.strength(unit) > 0 ||
                          view.headings.strength(unit) > 0 || view.title.strength(unit) > 0;
    }
    view.stored = std::move(passage);
    view.title_years = years_of(view.stored.title);
    return view;
}

std::shared_ptr<const PassageView> ViewCache::find(PassageId id) const {
    const std::lock_guard lock(mutex_);
    const auto found = views_.find(id);
    return found == views_.end() ? nullptr : found->second;
}

std::shared_ptr<const PassageView> ViewCache::put(PassageView view) {
    const PassageId id = view.stored.id;
    auto shared = std::make_shared<const PassageView>(std::move(view));
    const std::lock_guard lock(mutex_);
    if (views_.size() >= capacity_)
        views_.clear();  // Simple and bounded; refills within a few questions.
    views_[id] = shared;
    return shared;
}

}  // namespace raadbot::answer
