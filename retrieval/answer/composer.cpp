#include "retrieval/answer/composer.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "retrieval/answer/listings.hpp"
#include "retrieval/answer/table_rows.hpp"
#include "retrieval/danish/section_sought.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;

constexpr std::size_t most_sentences = 5;
constexpr std::size_t most_list_items = 14;
constexpr std::size_t longest_bare_item = 120;  // Bytes.
// Scores are log-odds: a sentence this far behind the best is hardly ever the one that tells.
constexpr float worth_saying = 3.0F;
constexpr float worth_listing = 4.5F;  // What is called as asked needs less likeness.
constexpr float same_document = 1.0F;  // The page that tells most goes on telling.
constexpr float nearly = 1.5F;
constexpr std::ptrdiff_t least_alike = 3;

bool wants_list(const QuestionView& question) {
    return question.type == QuestionType::list || question.type == QuestionType::agenda ||
           question.type == QuestionType::attendance;
}

bool row_at(const PassageView& view, std::size_t sentence) {
    return is_row(part(view.stored.passage.text, view.sentences[sentence].span));
}

/// True when the best sentence itself, and not only its place, says what is asked about.
bool singled_out(const QuestionView& question, const PassageEvidence& evidence) {
    constexpr float said = 0.8F;
    const Coverage& own = evidence.features.sentences[evidence.best].own;
    for (std::size_t i = 0; i < question.aspects.size(); ++i) {
        const Role role = question.aspects[i].role;
        const bool matters = role != Role::light && role != Role::entity && role != Role::context;
        if (matters && own[i] >= said) return true;
    }
    return false;
}

/// True when the best sentence is an item of a list that is no more meant than its neighbours, so
/// that some of them would be a list cut at random. An item that holds the date or sum asked for is
/// meant, and so is one that says what is asked about.
bool cuts_at_random(const QuestionView& question, const PassageEvidence& evidence) {
    const PassageView& view = *evidence.view;
    if (!view.sentences[evidence.best].list_item) return false;
    const bool meant = singled_out(question, evidence);
    const bool places = question.type == QuestionType::where || question.type == QuestionType::who;
    if (wants_kind(question) && (meant || !places)) return false;
    const float bar = evidence.sentences[evidence.best].score - worth_saying;
    const auto alike = std::count_if(
        evidence.sentences.begin(), evidence.sentences.end(), [&](const SentenceEvidence& s) {
            return view.sentences[s.index].list_item && (!meant || s.score >= bar);
        });
    return alike >= least_alike;
}

/// Sentences of the passage that belong in the answer, the most direct first.
std::vector<std::size_t> choose_sentences(const QuestionView& question,
                                          const PassageEvidence& evidence) {
    const PassageView& view = *evidence.view;
    const std::size_t count = view.sentences.size();
    const std::size_t best = evidence.best;
    std::vector<std::size_t> chosen;
    const auto items_after = [&](std::size_t lead) {
        // Lists without markers (tables, PDFs) are short lines.
        const bool marked = lead + 1 < count && view.sentences[lead + 1].list_item;
        for (std::size_t i = lead + 1; i < count && chosen.size() < most_list_items; ++i) {
            const danish::Span& span = view.sentences[i].span;
            if (marked ? !view.sentences[i].list_item : span.end - span.begin > longest_bare_item)
                break;
            chosen.push_back(i);
        }
    };
    // A lead-in is nothing without its list; an item of a list that was asked for brings the
    // others.
    if (view.sentences[best].lead_in || (wants_list(question) && view.sentences[best].list_item)) {
        std::size_t lead = best;
        while (lead > 0 && view.sentences[lead].list_item) --lead;
        if (!view.sentences[lead].list_item) chosen.push_back(lead);
        items_after(view.sentences[lead].list_item ? lead - 1 : lead);
        if (chosen.empty()) chosen.push_back(best);
        return chosen;
    }
    if (wants_list(question)) {
        for (std::size_t i = 0; i + 1 < count; ++i) {
            if (view.sentences[i].lead_in && view.sentences[i + 1].list_item) {
                chosen.push_back(i);
                items_after(i);
                return chosen;
            }
        }
    }
    if (cuts_at_random(question, evidence)) {
        std::size_t first = best;
        while (first > 0 && view.sentences[first - 1].list_item) --first;
        if (first > 0 && view.sentences[first - 1].lead_in) chosen.push_back(first - 1);
        for (std::size_t i = first;
             i < count && view.sentences[i].list_item && chosen.size() < most_list_items; ++i) {
            chosen.push_back(i);
        }
        return chosen;
    }
    // Rows of a table: a list question wants them all, also those that its sentence speaks of ("Der
    // er fem folkeskoler.").
    const bool leads_rows =
        best + 2 < count && !row_at(view, best) && row_at(view, best + 1) && row_at(view, best + 2);
    if (wants_list(question) && (row_at(view, best) || leads_rows)) {
        std::size_t first = best;
        if (leads_rows) chosen.push_back(first++);
        while (!leads_rows && first > 0 && row_at(view, first - 1)) --first;
        for (std::size_t i = first; i < count && row_at(view, i) && chosen.size() < most_list_items;
             ++i) {
            chosen.push_back(i);
        }
        return chosen;
    }
    if (view.stored.passage.section == Section::curated ||
        view.stored.passage.section == Section::term) {
        for (std::size_t i = 0; i < count && i < most_sentences; ++i) chosen.push_back(i);
        return chosen;
    }
    // The fact that was asked for comes first, when its sentence is nearly as good.
    chosen.push_back(evidence.sentences[evidence.telling].score + nearly >=
                             evidence.sentences[best].score
                         ? evidence.telling
                         : best);
    return chosen;
}

struct Pick {
    const PassageEvidence* passage = nullptr;
    std::size_t sentence = 0;
    float score = 0;
};

/// The sentences of all passages that may tell what the best one does not, best first.
std::vector<Pick> others(const std::vector<PassageEvidence>& ranked) {
    std::vector<Pick> picks;
    const float bar = ranked.front().score - worth_saying;
    for (const PassageEvidence& e : ranked) {
        const bool same = e.view->stored.document == ranked.front().view->stored.document;
        for (const SentenceEvidence& s : e.sentences) {
            const float score = s.score + (same ? same_document : 0);
            if (score >= bar && !e.view->sentences[s.index].lead_in)
                picks.push_back({&e, s.index, score});
        }
    }
    std::stable_sort(picks.begin(), picks.end(),
                     [](const Pick& a, const Pick& b) { return a.score > b.score; });
    return picks;
}

void add_age(ProofBuilder& builder, const PassageEvidence& evidence, const Date& today) {
    const StoredPassage& p = evidence.view->stored;
    const std::optional<Date> date = p.meeting ? p.meeting->date : p.updated;
    if (!date) return;
    const auto two_years_ago =
        Date{today.year() - std::chrono::years{2}, today.month(), std::chrono::day{1}};
    if (*date < two_years_ago) builder.add_caveat({Caveat::Kind::old, {}, date, p.url});
    if (p.meeting && p.meeting->paper == MeetingPaper::dagsorden && *date >= today) {
        builder.add_caveat({Caveat::Kind::not_decided, p.meeting->body, date, p.url});
    }
    if (p.kind == SourceKind::video)
        builder.add_caveat({Caveat::Kind::transcript, {}, date, p.url});
}

/// A list that a passage's end cuts goes on in the next passage under the same headings.
void continue_list(ProofBuilder& builder, const StoredPassage& from,
                   const std::vector<StoredPassage>& document, const MonthsAsked& months) {
    std::uint32_t position = from.position;
    for (const StoredPassage& next : document) {
        if (next.position != position + 1) continue;
        if (next.passage.headings != from.passage.headings) return;
        position = next.position;
        for (const danish::Span& span : quotable_spans(next.passage.text)) {
            const std::string_view text = part(next.passage.text, span);
            const bool item = text.starts_with("- ") || is_row(text);
            if (!item || builder.size() >= most_list_items) return;
            if (!months.outside(text)) builder.quote(next, span);
        }
    }
}

/// What came of a case that the papers of a meeting tell about: the decision of the same meeting.
void add_decision(ProofBuilder& builder, const StoredPassage& from,
                  const std::vector<StoredPassage>& document) {
    if (!from.meeting || from.passage.section == Section::beslutning ||
        builder.size() >= most_sentences)
        return;
    for (const StoredPassage& p : document) {
        if (p.passage.section != Section::beslutning || p.passage.decided_on) continue;
        const auto spans = quotable_spans(p.passage.text);
        if (!spans.empty()) builder.quote(p, spans.front(), lead_of(p));
        return;
    }
}

/// "Hvilke skoler er der": the best sentence may only count them, speak of something else about
/// them or lead to links, while the same or another page that answers has them as a list. False
/// when none has, or when `chosen` is of that list already.
bool quote_listing(ProofBuilder& builder, const QuestionView& question,
                   const std::vector<PassageEvidence>& ranked,
                   const std::vector<std::size_t>& chosen, const Date& today,
                   const DocumentReader& read_document) {
    const PassageEvidence& best = ranked.front();
    const StoredPassage& first = best.view->stored;
    const PassageEvidence* place = nullptr;
    std::vector<StoredPassage> document;
    std::vector<ListedRow> rows;
    // A list whose own row tells best, else one in a place that answers, else one of the best
    // place's page.
    for (const PassageEvidence& e : ranked) {
        if (!is_answer(e) || e.score < best.score - worth_listing) continue;
        std::vector<StoredPassage> read = read_document(e.view->stored.document);
        std::vector<ListedRow> found = rows_listed(question, read);
        if (found.empty() || found.front().passage->id != e.view->stored.id) continue;
        const bool row_tells = row_at(*e.view, e.best) || e.view->sentences[e.best].list_item;
        if (place != nullptr && !row_tells) continue;
        place = &e;
        document = std::move(read);
        rows = std::move(found);
        if (row_tells) break;
    }
    if (place == nullptr) {
        place = &best;
        document = read_document(first.document);
        rows = rows_listed(question, document);
        if (rows.empty()) return false;
    }
    const auto in_rows = [&](std::size_t sentence) {
        return std::any_of(rows.begin(), rows.end(), [&](const ListedRow& row) {
            return row.passage->id == first.id &&
                   row.span.begin == best.view->sentences[sentence].span.begin;
        });
    };
    if (std::any_of(chosen.begin(), chosen.end(), in_rows)) return false;
    const MonthsAsked months(question, today);
    const auto words = [](const ListedRow& row) {
        return part(row.passage->passage.text, row.span);
    };
    const bool ends = rows.back().span.end == rows.back().passage->passage.text.size();
    if (std::any_of(rows.begin(), rows.end(),
                    [&](const ListedRow& row) { return months.within(words(row)); })) {
        std::erase_if(rows, [&](const ListedRow& row) { return months.outside(words(row)); });
    }
    // The page's own sentence leads to its table.
    const std::size_t lead = chosen.front();
    const bool said = !best.view->sentences[lead].list_item && !row_at(*best.view, lead);
    if (said && place->view->stored.document == first.document && !first.meeting)
        builder.quote(first, best.view->sentences[lead].span);
    const StoredPassage& listed = *rows.front().passage;
    bool led = false;
    for (const ListedRow& row : rows) {
        if (builder.size() >= most_list_items) break;
        builder.quote(*row.passage, row.span, led ? std::nullopt : lead_of(listed));
        led = true;
    }
    if (ends) continue_list(builder, listed, document, months);
    add_decision(builder, listed, document);
    add_age(builder, *place, today);
    return true;
}

/// "Hvad skal jeg have med": what is called so on the best page that answers and has it. True when
/// it is a list, which is the whole answer.
bool quote_sought(ProofBuilder& builder, const QuestionView& question,
                  const std::vector<PassageEvidence>& ranked, const Date& today,
                  const DocumentReader& read_document) {
    if (danish::section_sought(question.text).called.empty() || wants_kind(question)) return false;
    for (const PassageEvidence& e : ranked) {
        const StoredPassage& place = e.view->stored;
        if (!is_answer(e) || e.score < ranked.front().score - worth_listing) continue;
        const std::vector<StoredPassage> document = read_document(place.document);
        const Sought found = sought_in(question, document);
        if (found.form == Sought::Form::nothing) continue;
        for (const ListedRow& row : found.rows) {
            if (builder.size() >= most_list_items) break;
            builder.quote(*row.passage, row.span,
                          builder.empty() ? lead_of(*row.passage) : std::nullopt);
        }
        if (found.form == Sought::Form::list) add_age(builder, e, today);
        return found.form == Sought::Form::list;
    }
    return false;
}

}  // namespace

std::optional<Lead> lead_of(const StoredPassage& passage) {
    const Passage& p = passage.passage;
    // A glossary's explanation is nothing without its term.
    if (p.section == Section::term && !p.headings.empty())
        return Lead{p.headings.back(), std::nullopt};
    if (!passage.meeting || !passage.meeting->date) return std::nullopt;
    Lead lead{p.decided_by.empty() ? passage.meeting->body : p.decided_by,
              p.decided_on ? p.decided_on : passage.meeting->date};
    // "Godkendt." says little without what was.
    lead.proposed = p.section == Section::indstilling;
    if ((lead.proposed || p.section == Section::beslutning) &&
        !passage.meeting->item_number.empty())
        lead.matter = passage.title;
    return lead;
}

WordsOf::WordsOf(std::string_view text) {
    for (danish::Token& token : danish::tokenize(text)) words_.push_back(std::move(token.text));
    std::sort(words_.begin(), words_.end());
    words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
}

std::size_t WordsOf::common_with(const WordsOf& other) const {
    std::size_t common = 0;
    for (auto a = words_.begin(), b = other.words_.begin();
         a != words_.end() && b != other.words_.end();) {
        const int order = a->compare(*b);
        common += order == 0 ? 1U : 0U;
        if (order <= 0) ++a;
        if (order >= 0) ++b;
    }
    return common;
}

bool WordsOf::nearly(const WordsOf& other) const {
    constexpr double share = 0.85;
    const std::size_t fewer = std::min(words_.size(), other.words_.size());
    const std::size_t more = std::max(words_.size(), other.words_.size());
    const double least = share * static_cast<double>(more);
    if (fewer == 0 || static_cast<double>(fewer) < least) return false;
    return static_cast<double>(common_with(other)) >= least;
}

bool WordsOf::repeats(const WordsOf& other) const {
    constexpr std::size_t fewest = 5;
    constexpr double share = 0.9;
    const auto numbers = [](const std::vector<std::string>& words) {
        std::vector<std::string_view> found;
        for (const std::string& word : words) {
            if (word.find_first_of("0123456789") != std::string::npos) found.push_back(word);
        }
        return found;
    };
    if (numbers(words_) != numbers(other.words_)) return false;
    const std::size_t fewer = std::min(words_.size(), other.words_.size());
    const bool contained = fewer >= fewest && static_cast<double>(common_with(other)) >=
                                                  share * static_cast<double>(fewer);
    return contained || nearly(other);
}

bool near_duplicate(std::string_view a, std::string_view b) {
    return a == b || WordsOf(a).nearly(WordsOf(b));
}

SourceCard* ProofBuilder::card_for(const StoredPassage& passage, std::string_view quote) {
    for (SourceCard& card : proof_.cards) {
        if (card.passage.id == passage.id) return &card;
    }
    if (proof_.cards.size() == most_cards_) return nullptr;
    SourceCard card;
    card.number = static_cast<std::uint32_t>(proof_.cards.size() + 1);
    card.passage = passage;
    card.quote = std::string(quote);
    proof_.cards.push_back(std::move(card));
    return &proof_.cards.back();
}

namespace {

/// Without the ", og" or ";" by which an item of a list leads on to the next.
danish::Span whole(std::string_view text, danish::Span span) {
    constexpr std::array<std::string_view, 5> joints{" og", " samt", " eller", ",", ";"};
    for (bool cut = true; cut;) {
        cut = false;
        for (const std::string_view joint : joints) {
            const std::string_view words = text.substr(span.begin, span.end - span.begin);
            if (words.size() <= joint.size() || !words.ends_with(joint)) continue;
            span.end -= joint.size();
            cut = true;
        }
    }
    return span;
}

}  // namespace

bool ProofBuilder::quote(const StoredPassage& passage, danish::Span span,
                         std::optional<Lead> lead) {
    span = whole(passage.passage.text, span);
    const std::string_view text =
        std::string_view(passage.passage.text).substr(span.begin, span.end - span.begin);
    for (Sentence& sentence : proof_.sentences) {
        // Rows and items of one place are alike without saying the same.
        const SourceCard& said_by = proof_.cards[sentence.citations().front().card - 1];
        const bool same_place = said_by.passage.document == passage.document;
        const bool repeated = sentence.text() == text ||
                              (!same_place && WordsOf(sentence.text()).repeats(WordsOf(text)));
        // "Godkendt." of one item is another thing than of the next.
        const bool of_another = lead && sentence.lead() && !lead->date && !sentence.lead()->date &&
                                lead->body != sentence.lead()->body;
        if (!repeated || of_another) continue;
        if (SourceCard* card = card_for(passage, text))
            sentence.also_cite(*card, span.begin, span.end);
        return false;
    }
    SourceCard* card = card_for(passage, text);
    if (card == nullptr) return false;
    const auto told = [&](const Sentence& said) {
        return said.lead() && said.lead()->matter == lead->matter;
    };
    if (lead && std::any_of(proof_.sentences.begin(), proof_.sentences.end(), told))
        lead->matter.clear();
    Sentence sentence = Sentence::quote(*card, span.begin, span.end);
    sentence.set_lead(std::move(lead));
    // Rows of one table stay together.
    auto place = proof_.sentences.end();
    if (is_row(sentence.text())) {
        for (auto it = proof_.sentences.begin(); it != proof_.sentences.end(); ++it) {
            if (it->citations().front().card == card->number && is_row(it->text())) place = it + 1;
        }
    }
    proof_.sentences.insert(place, std::move(sentence));
    return true;
}

void ProofBuilder::add_caveat(Caveat caveat) {
    for (const Caveat& known : proof_.caveats) {
        if (known.kind == caveat.kind) return;
    }
    proof_.caveats.push_back(std::move(caveat));
}

Proof compose(const QuestionView& question, const std::vector<PassageEvidence>& ranked,
              const Date& today, const DocumentReader& read_document) {
    ProofBuilder builder;
    const PassageEvidence& best = ranked.front();
    std::vector<std::size_t> chosen = choose_sentences(question, best);
    std::set<std::string> led;  // Documents whose meeting or term has been said.
    const auto quote = [&](const PassageEvidence& e, std::size_t sentence) {
        const StoredPassage& p = e.view->stored;
        const bool said = p.passage.section != Section::term && led.contains(p.document.value);
        if (builder.quote(p, e.view->sentences[sentence].span, said ? std::nullopt : lead_of(p))) {
            led.insert(p.document.value);
        }
    };
    if (chosen.size() == 1 && quote_sought(builder, question, ranked, today, read_document))
        return builder.take();
    if (question.type == QuestionType::list &&
        quote_listing(builder, question, ranked, chosen, today, read_document)) {
        return builder.take();
    }
    const bool runs_on =
        wants_list(question) && chosen.back() + 1 == best.view->sentences.size() &&
        (best.view->sentences[chosen.back()].list_item || row_at(*best.view, chosen.back()));
    const MonthsAsked months(question, today);
    const auto words = [&](std::size_t sentence) {
        return part(best.view->stored.passage.text, best.view->sentences[sentence].span);
    };
    if (wants_list(question) &&
        std::any_of(chosen.begin(), chosen.end(),
                    [&](std::size_t sentence) { return months.within(words(sentence)); })) {
        std::erase_if(chosen, [&](std::size_t sentence) {
            return row_at(*best.view, sentence) && months.outside(words(sentence));
        });
    }
    for (const std::size_t sentence : chosen) quote(best, sentence);
    if (runs_on || best.view->stored.meeting) {
        const std::vector<StoredPassage> document = read_document(best.view->stored.document);
        if (runs_on) continue_list(builder, best.view->stored, document, months);
        add_decision(builder, best.view->stored, document);
    }
    add_age(builder, best, today);
    // A list that nobody wrote as one may stand in running text, sentence by sentence.
    const bool listed = builder.size() > 1 || runs_on;
    if (chosen.size() < most_sentences && !(wants_list(question) && listed) &&
        !best.view->sentences[chosen.front()].lead_in) {
        for (const Pick& pick : others(ranked)) {
            if (builder.size() >= most_sentences) break;
            const bool said = pick.passage == &best && std::find(chosen.begin(), chosen.end(),
                                                                 pick.sentence) != chosen.end();
            const PassageView& view = *pick.passage->view;
            const bool other_month =
                wants_list(question) &&
                months.outside(part(view.stored.passage.text, view.sentences[pick.sentence].span));
            if (!said && !other_month) quote(*pick.passage, pick.sentence);
        }
    }
    return builder.take();
}

}  // namespace raadbot::answer
