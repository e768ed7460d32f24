#include "retrieval/answer/calendar_answers.hpp"

#include <algorithm>
#include <set>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/meeting_calendar.hpp"
#include "retrieval/answer/meeting_pages.hpp"
#include "retrieval/answer/minutes_lines.hpp"
#include "retrieval/answer/offices.hpp"
#include "retrieval/danish/bodies.hpp"
#include "retrieval/danish/calendar.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::DateReference;
using danish::one_of;
using danish::QuestionType;
using danish::Token;

constexpr std::size_t passages_read = 40;
constexpr std::size_t documents_read = 8;
constexpr std::size_t most_dates = 12;

Date plus_years(const Date& date, int years) {
    const Date moved{date.year() + std::chrono::years{years}, date.month(), date.day()};
    return moved.ok() ? moved : Date{moved.year(), moved.month(), std::chrono::day{28}};
}

bool says_meeting(std::string_view word) {
    return word == "mødes" || word == "møde" || word == "mødet" || word == "møder" ||
           word == "meeting" || word == "meet" || word == "meets" || word == "meetings" ||
           word.ends_with("smøde") || word.ends_with("smødet") || word.ends_with("smøder") ||
           word.ends_with("rådsmøde") || word.ends_with("rådmøde");
}

/// Words that a question about a meeting's date may hold beside body, time and meeting.
bool says_little(const Aspect& aspect) {
    return aspect.light || !aspect.body.empty() || aspect.phrase || aspect.year ||
           one_of(
               aspect.surface,
               {"første",   "sidste",    "næste",      "kommende",     "ordinære",     "ordinært",
                "planen",   "gang",      "dato",       "datoer",       "mødedato",     "mødedatoer",
                "dag",      "kalender",  "kalenderen", "mødekalender", "nytår",        "jul",
                "uge",      "år",        "foråret",    "efteråret",    "sommerferien", "first",
                "next",     "year",      "new",        "held",         "planlagt",     "igen",
                "udvalget", "udvalgets", "formand",    "council",      "kommunen"});
}

bool of_meeting(const Aspect& aspect) {
    if (says_meeting(aspect.surface) || says_meeting(aspect.lemma)) return true;
    // "byrådsmøde" in any spelling that the lexicon knows.
    return std::any_of(
        aspect.alternatives.begin(), aspect.alternatives.end(), [](const Alternative& alternative) {
            return alternative.terms.size() == 1 && alternative.weight >= 0.85F &&
                   one_of(alternative.terms.front(),
                          {"møde", "byrådmøde", "byråd", "kommunalbestyrelse", "udvalgmøde"});
        });
}

bool is_month_or_season(std::string_view word) {
    return one_of(
        word, {"januar",   "februar",   "marts",   "april",    "maj",      "juni",     "juli",
               "august",   "september", "oktober", "november", "december", "forår",    "foråret",
               "efterår",  "efteråret", "sommer",  "sommeren", "vinter",   "vinteren", "january",
               "february", "march",     "may",     "june",     "july",     "october"});
}

/// Words of a committee's name that is none of the meetings': "kultur" of "kultur og
/// fritidsudvalget", "børn" and "skole" of "udvalget for børn og skole".
std::set<std::string> words_of_committees(const std::vector<Token>& tokens) {
    std::set<std::string> words;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        if (word.ends_with("udvalget") && i >= 2 && tokens[i - 1].text == "og")
            words.insert(tokens[i - 2].text);
        if (word != "udvalget" || i + 2 >= tokens.size() || tokens[i + 1].text != "for") continue;
        for (std::size_t k = i + 2; k < tokens.size(); ++k) {
            if (tokens[k].text == "og") continue;
            if (danish::is_stop_word(tokens[k].text)) break;
            words.insert(tokens[k].text);
        }
    }
    return words;
}

bool has_any(const std::vector<Token>& tokens, std::initializer_list<std::string_view> words) {
    return std::any_of(tokens.begin(), tokens.end(),
                       [&](const Token& token) { return one_of(token.text, words); });
}

}  // namespace

std::optional<MeetingDateAsked> meeting_date_asked(const QuestionView& question,
                                                   const Date& today) {
    const auto tokens = danish::tokenize(question.text);
    bool when = question.type == QuestionType::when;
    bool meeting = false;
    bool next = false;
    MeetingDateAsked asked;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        meeting = meeting || says_meeting(word);
        next = next || one_of(word, {"næste", "kommende", "next", "førstkommende", "naeste"});
        // What was is told by the minutes.
        if (one_of(word, {"var", "holdt", "mødtes", "was", "afholdt"})) return std::nullopt;
        if (one_of(word, {"hvilke", "alle", "datoer", "datoerne", "mødedatoer", "mødedatoerne",
                          "møder", "dates"})) {
            asked.which = MeetingDateAsked::Which::all;
            when = when || one_of(word, {"datoer", "datoerne", "mødedatoer", "mødedatoerne"});
        }
        if (one_of(word, {"sidste", "last"})) asked.which = MeetingDateAsked::Which::last;
        // "Er der møde i uge 48", "holder udvalget møde i december"
        when = when || (i == 0 && question.type == QuestionType::yes_no &&
                        one_of(word, {"er", "holder", "mødes", "har", "is", "skal"}));
    }
    if (!when) return std::nullopt;
    const std::set<std::string> committees = words_of_committees(tokens);
    for (const Aspect& aspect : question.aspects) {
        if (of_meeting(aspect)) {
            meeting = true;
            continue;
        }
        // A body that is none of the meetings': no other's date will do, see below.
        const bool some_body = aspect.surface.ends_with("udvalget") ||
                               aspect.surface.ends_with("rådet") ||
                               aspect.surface.ends_with("nævnet");
        if (some_body || committees.contains(aspect.surface)) continue;
        if (!says_little(aspect) && !is_month_or_season(aspect.surface)) return std::nullopt;
    }
    if (!meeting) return std::nullopt;
    std::optional<Date> from;
    std::optional<Date> to;
    for (const danish::DateMention& mention : question.dates) {
        if (mention.reference == DateReference::next) {
            next = true;
            continue;
        }
        if (mention.reference == DateReference::last_held) {
            // "Sidste møde i år" is to come; "sidste møde" was held.
            const bool coming = std::any_of(question.dates.begin(), question.dates.end(),
                                            [&](const danish::DateMention& other) {
                                                return other.reference == DateReference::range &&
                                                       other.last && *other.last >= today;
                                            });
            if (!coming) return std::nullopt;
            continue;
        }
        if (!mention.first) continue;
        from = mention.first;
        to = mention.last ? mention.last : mention.first;
        const std::string_view said =
            std::string_view(question.text).substr(mention.begin, mention.end - mention.begin);
        const bool year_said =
            std::any_of(said.begin(), said.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
            said.find("20") != std::string_view::npos;
        // "i december": the one to come. "I uge 48" and "den 3/6" as well.
        while (!year_said && *to < today) {
            from = plus_years(*from, 1);
            to = plus_years(*to, 1);
        }
    }
    // A year beside a body is a name's part for other questions ("budget 2027").
    for (const Token& token : tokens) {
        if (from || token.kind != danish::TokenKind::number || token.text.size() != 4 ||
            !token.text.starts_with("20"))
            continue;
        const std::chrono::year year{std::stoi(token.text)};
        from = Date{year, std::chrono::January, std::chrono::day{1}};
        to = Date{year, std::chrono::December, std::chrono::day{31}};
    }
    const std::string folded = danish::fold(question.text);
    if (!from && (folded.find("efter nytår") != std::string::npos ||
                  folded.find("next year") != std::string::npos)) {
        from =
            Date{today.year() + std::chrono::years{1}, std::chrono::January, std::chrono::day{1}};
        to = Date{from->year(), std::chrono::December, std::chrono::day{31}};
    }
    if (!from && folded.find("inden jul") != std::string::npos) {
        from = today;
        to = Date{today.year(), std::chrono::December, std::chrono::day{24}};
    }
    if (!from && !next) return std::nullopt;
    if (to && *to < today) return std::nullopt;
    asked.next = !from;
    asked.from = from ? std::max(*from, today) : today;
    asked.to = to ? *to : plus_years(today, 2);
    if (asked.next) asked.which = MeetingDateAsked::Which::first;
    // A spring or a year holds several, unless one of them is named.
    constexpr std::chrono::days long_month{31};
    const bool one_named = has_any(tokens, {"første", "foerste", "first", "næste", "next"});
    if (asked.which == MeetingDateAsked::Which::first && !one_named && from &&
        std::chrono::sys_days(asked.to) - std::chrono::sys_days(asked.from) > long_month) {
        asked.which = MeetingDateAsked::Which::all;
    }
    return asked;
}

namespace {

class CalendarAnswer {
public:
    CalendarAnswer(const QuestionView& question, const MeetingDateAsked& asked,
                   const std::vector<store::Store::Meeting>& meetings,
                   const std::vector<std::string>& bodies, const Library& library)
        : question_(question),
          asked_(asked),
          meetings_(meetings),
          known_(bodies),
          library_(library) {}

    std::optional<MeetingAnswer> operator()() {
        find_calendars();
        for (const danish::BodyMention& mention : danish::find_bodies(question_.text, known_))
            keys_.insert(mention.key);
        if (keys_.empty()) {
            // "udvalget" that is none of ours: no other body's date will do.
            if (names_unknown_body()) return Untold{};
            // Meetings of a spring are the council's, as "sidste møde" is; of the next one, whose
            // is asked back.
            if (!of_council() && (asked_.next || !bare_meetings())) return std::nullopt;
            keys_.insert("byråd");
        }
        collect();
        std::stable_sort(dates_.begin(), dates_.end(),
                         [](const Dated& a, const Dated& b) { return a.date < b.date; });
        // The last one that is known is the last only where a calendar tells of all.
        if (asked_.which == MeetingDateAsked::Which::last && !calendar_read_) return Untold{};
        if (dates_.empty()) {
            // Where the body's dates are known, one that is not among them is not known.
            const bool dates_known = calendar_read_ && question_.type == QuestionType::when;
            return asked_.next || dates_known ? std::optional<MeetingAnswer>(Untold{})
                                              : std::nullopt;
        }
        ProofBuilder builder;
        if (asked_.which == MeetingDateAsked::Which::all) {
            for (const Dated& dated : dates_) {
                if (builder.size() == most_dates) break;
                quote(builder, dated);
            }
        } else {
            const Date date = asked_.which == MeetingDateAsked::Which::last ? dates_.back().date
                                                                            : dates_.front().date;
            for (const Dated& dated : dates_) {
                if (dated.date == date) quote(builder, dated);
            }
        }
        if (builder.empty()) return std::nullopt;
        return builder.take();
    }

private:
    struct Dated {
        Date date{};
        const store::Store::Meeting* meeting = nullptr;
        CalendarEntry entry;
        const StoredPassage* passage = nullptr;
    };

    void find_calendars() {
        std::vector<DocumentId> documents;
        for (const std::string& words :
             {"mødekalender møder " + question_.search_text,
              "mødekalender mødeplan mødedatoer " +
                  std::to_string(static_cast<int>(asked_.from.year()))}) {
            for (const StoredPassage& p : library_.find(words, passages_read)) {
                if (p.passage.section == Section::tale || documents.size() == documents_read * 2)
                    continue;
                if (!looks_like_calendar(p)) continue;
                if (std::find(documents.begin(), documents.end(), p.document) == documents.end())
                    documents.push_back(p.document);
            }
        }
        if (documents.size() > documents_read) documents.resize(documents_read);
        for (const DocumentId& id : documents) pages_.push_back(library_.document(id));
        for (const auto& page : pages_) {
            for (std::string& body : bodies_printed(page)) known_.push_back(std::move(body));
        }
    }

    static bool looks_like_calendar(const StoredPassage& p) {
        std::string words = p.title;
        for (const std::string& heading : p.passage.headings) words += ' ' + heading;
        words += ' ' + p.passage.text.substr(0, 300);
        const std::string folded = danish::fold(words);
        return folded.find("møde") != std::string::npos ||
               folded.find("kalender") != std::string::npos ||
               folded.find("datoer") != std::string::npos;
    }

    [[nodiscard]] bool of_council() const {
        for (const Aspect& aspect : question_.aspects) {
            for (const Alternative& alternative : aspect.alternatives) {
                if (alternative.terms.size() == 1 && alternative.weight >= 0.85F &&
                    one_of(alternative.terms.front(),
                           {"byråd", "kommunalbestyrelse", "byrådmøde"})) {
                    return true;
                }
            }
        }
        return false;
    }

    /// "Møder", not "årsmøder" or "borgermøder".
    [[nodiscard]] bool bare_meetings() const {
        return has_any(danish::tokenize(question_.text), {"møde", "møder", "møderne", "mødedatoer",
                                                          "mødedatoerne", "meeting", "meetings"});
    }

    [[nodiscard]] bool names_unknown_body() const {
        for (const Token& token : danish::tokenize(question_.text)) {
            const std::string& word = token.text;
            for (const std::string_view ending :
                 {"udvalget", "udvalg", "rådet", "nævnet", "bestyrelsen", "udvalgsmøde"}) {
                if (word.size() > ending.size() && word.ends_with(ending) &&
                    danish::body_key(word) != "byråd") {
                    return true;
                }
            }
        }
        return false;
    }

    void collect() {
        const auto within = [&](const Date& date) {
            return date >= asked_.from && date <= asked_.to;
        };
        std::set<Date> told;
        for (const auto& meeting : meetings_) {
            if (!keys_.contains(danish::body_key(meeting.body)) || !within(meeting.date)) continue;
            if (!told.insert(meeting.date).second) continue;  // Its other paper.
            dates_.push_back({meeting.date, &meeting, {}, nullptr});
        }
        for (const auto& page : pages_) {
            for (CalendarEntry& entry : calendar_entries(page, known_)) {
                if (!keys_.contains(entry.key)) continue;
                calendar_read_ = true;
                if (!within(entry.date)) continue;
                const auto passage =
                    std::find_if(page.begin(), page.end(),
                                 [&](const StoredPassage& p) { return p.id == entry.passage; });
                // What the meeting's own page says is enough; one calendar, too.
                if (passage == page.end() || !told.insert(entry.date).second) continue;
                dates_.push_back({entry.date, nullptr, std::move(entry), &*passage});
            }
        }
    }

    void quote(ProofBuilder& builder, const Dated& dated) const {
        if (dated.meeting != nullptr) {
            if (const auto own =
                    when_and_where(*dated.meeting, library_.store(), library_.access())) {
                const Sentence& sentence = own->sentences.front();
                const Citation& citation = sentence.citations().front();
                builder.quote(own->cards.front().passage, {citation.begin, citation.end});
            }
            return;
        }
        builder.quote(*dated.passage, dated.entry.quote, Lead{dated.entry.body, dated.date});
    }

    const QuestionView& question_;
    MeetingDateAsked asked_;
    const std::vector<store::Store::Meeting>& meetings_;
    std::vector<std::string> known_;
    const Library& library_;
    std::vector<std::vector<StoredPassage>> pages_;
    std::set<std::string> keys_;
    std::vector<Dated> dates_;
    bool calendar_read_ = false;  ///< A calendar holds dates of the body that is asked for.
};

}  // namespace

std::optional<MeetingAnswer> answer_from_calendar(
    const QuestionView& question, const std::vector<store::Store::Meeting>& meetings,
    const std::vector<std::string>& bodies, const Library& library, const Date& today) {
    if (question.follow_up) return std::nullopt;
    const auto asked = meeting_date_asked(question, today);
    if (!asked) return std::nullopt;
    return CalendarAnswer(question, *asked, meetings, bodies, library)();
}

}  // namespace raadbot::answer
