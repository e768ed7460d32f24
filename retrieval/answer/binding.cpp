#include "retrieval/answer/binding.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "retrieval/answer/fitting.hpp"
#include "retrieval/answer/table_rows.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/printed_dates.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using danish::Token;

constexpr float spoken_of = 0.4F;     // An aspect that a sentence covers this far is spoken of.
constexpr float by_heading = 0.6F;    // The fact stands under a heading that names the thing.
constexpr float same_row = 0.8F;      // In a table: another cell of the row names the thing.
constexpr float other_column = 0.2F;  // The value belongs to another column.
constexpr std::size_t far_away = 16;  // Words.
constexpr std::size_t counted_within = 3;  // "24 nye elever"

using Words = std::unordered_set<std::string_view>;

/// "Hvor høj er skatten": no height.
bool is_reckoned(const std::vector<Token>& tokens, std::size_t from) {
    static constexpr std::array<std::string_view, 24> reckoned{
        "skat",   "skyld",    "sats",   "takst",   "pris",     "leje",      "rente", "gebyr",
        "løn",    "vederlag", "afgift", "bøde",    "procent",  "promille",  "gæld",  "andel",
        "fravær", "tilskud",  "udgift", "indtægt", "overskud", "underskud", "beløb", "budget"};
    for (std::size_t i = from; i < tokens.size(); ++i) {
        const std::string lemma = danish::Morphology::instance().lemma(tokens[i].text);
        if (std::any_of(reckoned.begin(), reckoned.end(),
                        [&](std::string_view end) { return lemma.ends_with(end); })) {
            return true;
        }
    }
    return false;
}

/// "Hvor hurtigt må man køre"; not "hvor hurtigt kommer I".
bool asks_for_speed(const std::vector<Token>& tokens) {
    static const Words driving{"køre", "kører", "sejle", "sejler", "cykle", "cykler", "drive"};
    static const Words leave{"må", "maa", "kan", "may", "can"};
    const auto any = [&](const Words& words) {
        return std::any_of(tokens.begin(), tokens.end(),
                           [&](const Token& token) { return words.contains(token.text); });
    };
    return any(driving) && any(leave);
}

Wanted wanted_of_number(const std::vector<Token>& tokens, bool money) {
    static const Words openers{"hvor", "how"};
    static const Words long_times{"længe", "hurtigt", "hurtig", "long", "quickly", "fast", "soon"};
    static const Words sizes{"dybt",  "dyb",    "dybe",    "højt",  "høj",   "høje",  "bred",
                             "bredt", "brede",  "langt",   "lang",  "lange", "tung",  "tungt",
                             "tunge", "tyk",    "tykt",    "tykke", "smal",  "smalt", "smalle",
                             "stærk", "stærkt", "staerkt", "slemt", "varmt", "koldt", "tall",
                             "high",  "deep",   "wide",    "far"};
    static const Words old{"gammel", "gammelt", "gamle", "old"};
    static const Words often{"ofte", "tit", "often"};
    static const Words many{"mange", "many", "få", "few"};
    static const Words time_units{"dag",     "dage",  "uge",      "uger",   "måned",
                                  "måneder", "time",  "timer",    "minut",  "minutter",
                                  "år",      "days",  "weeks",    "months", "hours",
                                  "minutes", "years", "hverdage", "døgn",   "arbejdsdage"};
    static const Words length_units{"meter", "kilometer", "km",   "kvadratmeter", "m2",
                                    "kvm",   "liter",     "tons", "hektar"};
    static const Words shares{"procent", "pct", "percent"};
    static const Words turns{"om", "i", "pr", "per"};  // "mange gange om ugen"
    static const Words sums{"kroner", "kr", "penge", "millioner", "mio"};
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (!openers.contains(tokens[i].text)) continue;
        const std::string& next = tokens[i + 1].text;
        const std::string after = i + 2 < tokens.size() ? tokens[i + 2].text : std::string();
        if (long_times.contains(next))
            return asks_for_speed(tokens) ? Wanted::measure : Wanted::duration;
        if (next == "lang" &&
            (after == "tid" || after == "frist" || after == "ventetid" || after.ends_with("tid"))) {
            return Wanted::duration;
        }
        if (often.contains(next)) return Wanted::frequency;
        if (old.contains(next)) return Wanted::date;
        if (sizes.contains(next) && !money)
            return is_reckoned(tokens, i + 2) ? Wanted::quantity : Wanted::measure;
        if (!many.contains(next)) continue;
        if (sums.contains(after)) return Wanted::money;
        if (shares.contains(after)) return Wanted::percent;
        if (after == "gange" && i + 3 < tokens.size() && turns.contains(tokens[i + 3].text))
            return Wanted::frequency;
        if (time_units.contains(after)) return Wanted::duration;
        if (length_units.contains(after)) return Wanted::measure;
        return Wanted::count;
    }
    const bool in_shares = std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return is_told_in_shares(danish::Morphology::instance().lemma(token.text));
    });
    return money && !in_shares ? Wanted::money : Wanted::quantity;
}

/// A token of the sentence, and how far it covers each aspect.
struct Place {
    std::size_t begin = 0;
    bool number = false;  ///< How many of something; no date, no house.
    bool tally = false;   ///< "Elevtallet", "antallet": the number of it follows.
    std::vector<float> covers;
};

bool is_tally(std::string_view word) { return word == "antal" || word.ends_with("tallet"); }

bool is_counted(const Token& token, const std::vector<Mark>& marks) {
    return token.text != "en" && token.text != "et" &&
           std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
               return mark.begin == token.begin &&
                      (mark.kind == Mark::Kind::number || mark.kind == Mark::Kind::percent);
           });
}

std::vector<Place> places_of(const QuestionView& question, std::string_view text,
                             const std::vector<Mark>& marks) {
    std::vector<Place> places;
    for (const Token& token : danish::tokenize(text)) {
        Place place;
        place.begin = token.begin;
        place.number = is_counted(token, marks);
        place.tally = is_tally(token.text);
        TermSet words;
        words.add(token.text);
        place.covers.reserve(question.aspects.size());
        for (const Aspect& aspect : question.aspects)
            place.covers.push_back(aspect.coverage(words));
        places.push_back(std::move(place));
    }
    return places;
}

std::size_t index_at(const std::vector<Place>& places, std::size_t byte) {
    std::size_t index = 0;
    while (index + 1 < places.size() && places[index + 1].begin <= byte) ++index;
    return index;
}

/// Where the cells of a table's row begin; empty for running text.
std::vector<std::size_t> cells_begin(std::string_view text) {
    std::vector<std::size_t> begins;
    if (!is_row(text)) return begins;
    for (const Cell& cell : cells_of(text, {0, text.size()})) begins.push_back(cell.heading.begin);
    return begins;
}

std::size_t cell_at(const std::vector<std::size_t>& cells, std::size_t byte) {
    std::size_t cell = 0;
    while (cell + 1 < cells.size() && cells[cell + 1] <= byte) ++cell;
    return cell;
}

float weight_of(const Aspect& aspect) {
    switch (aspect.role) {
        case Role::entity:
        case Role::head: return aspect.weight * (aspect.focus ? 2.0F : 1.0F);
        case Role::adjunct: return aspect.weight * 0.5F;
        case Role::verb: return aspect.weight * 0.4F;
        default: return 0;
    }
}

class Nearness {
public:
    Nearness(const QuestionView& question, std::string_view text, const std::vector<Mark>& marks)
        : text_(text), places_(places_of(question, text, marks)), cells_(cells_begin(text)) {}

    /// How near the aspect stands to what begins at this byte; 0 when it is not there.
    [[nodiscard]] float of(std::size_t aspect, std::size_t byte) const {
        float best = 0;
        const std::size_t here = index_at(places_, byte);
        for (std::size_t i = 0; i < places_.size(); ++i) {
            const float covers = places_[i].covers[aspect];
            if (covers < spoken_of) continue;
            best = std::max(best, covers * (cells_.empty() ? in_text(here, i, byte)
                                                           : in_row(places_[i].begin, byte)));
        }
        return best;
    }

    /// A number stands before the aspect's word, in its column, or after "tallet" of it.
    [[nodiscard]] bool counts(std::size_t aspect) const {
        for (std::size_t i = 0; i < places_.size(); ++i) {
            if (places_[i].covers[aspect] < spoken_of) continue;
            for (std::size_t back = 1; back <= counted_within && back <= i; ++back) {
                if (places_[i - back].number) return true;
            }
            const std::size_t colon = text_.find(':', places_[i].begin);
            const bool label = i + 1 < places_.size() && places_[i + 1].number &&
                               colon != std::string_view::npos && colon < places_[i + 1].begin;
            if (label || (is_tallied(i) && is_number_behind(i))) return true;
        }
        return false;
    }

private:
    /// "Elevtallet", "antallet af elever".
    [[nodiscard]] bool is_tallied(std::size_t word) const {
        constexpr std::size_t before = 2;
        for (std::size_t back = 0; back <= before && back <= word; ++back) {
            if (places_[word - back].tally) return true;
        }
        return false;
    }
    [[nodiscard]] bool is_number_behind(std::size_t word) const {
        return std::any_of(places_.begin() + static_cast<std::ptrdiff_t>(word), places_.end(),
                           [](const Place& place) { return place.number; });
    }
    [[nodiscard]] float in_text(std::size_t a, std::size_t b, std::size_t byte) const {
        const std::size_t apart = a > b ? a - b : b - a;
        float near =
            1.0F - static_cast<float>(std::min(apart, far_away)) / static_cast<float>(2 * far_away);
        const std::size_t from = std::min(places_[b].begin, byte);
        const std::size_t to = std::max(places_[b].begin, byte);
        const std::string_view between = text_.substr(from, to - from);
        for (const std::string_view mark : {", og ", ", men ", "; ", ", mens ", ", dog "}) {
            if (between.find(mark) != std::string_view::npos) near *= 0.6F;
        }
        return near;
    }
    [[nodiscard]] float in_row(std::size_t word, std::size_t byte) const {
        const std::size_t cell = cell_at(cells_, word);
        if (cell == cell_at(cells_, byte)) return 1.0F;
        const std::size_t colon = text_.find(": ", cells_[cell]);
        const bool in_label = colon != std::string_view::npos && word < colon;
        return in_label ? other_column : same_row;
    }

    std::string_view text_;
    std::vector<Place> places_;
    std::vector<std::size_t> cells_;
};

}  // namespace

bool is_told_in_shares(std::string_view lemma) {
    static constexpr std::array<std::string_view, 6> shares{
        "skat", "grundskyld", "rabat", "dækningsafgift", "nedslag", "discount"};
    return std::any_of(shares.begin(), shares.end(),
                       [&](std::string_view end) { return lemma.ends_with(end); });
}

Wanted wanted_by(std::string_view question, QuestionType type, bool money) {
    switch (type) {
        case QuestionType::how_much: return wanted_of_number(danish::tokenize(question), money);
        case QuestionType::when: return Wanted::date;
        case QuestionType::who: return Wanted::person;
        case QuestionType::where: return Wanted::place;
        case QuestionType::which_rule: return Wanted::rule;
        case QuestionType::decision:
        case QuestionType::vote:
        case QuestionType::said: return Wanted::nothing;
        default: return Wanted::nothing;
    }
}

bool is_wanted(Wanted wanted, Mark::Kind kind, bool money_unit) {
    using Kind = Mark::Kind;
    switch (wanted) {
        case Wanted::nothing: return false;
        case Wanted::money: return kind == Kind::money || (money_unit && kind == Kind::number);
        case Wanted::percent: return kind == Kind::percent;
        case Wanted::count: return kind == Kind::number || kind == Kind::percent;
        case Wanted::duration:
            return kind == Kind::duration || kind == Kind::time || kind == Kind::date;
        case Wanted::frequency:
            return kind == Kind::number || kind == Kind::date || kind == Kind::duration;
        case Wanted::measure: return kind == Kind::distance || kind == Kind::duration;
        case Wanted::quantity:
            return kind == Kind::number || kind == Kind::percent || kind == Kind::distance ||
                   kind == Kind::duration || kind == Kind::money;
        case Wanted::phone: return kind == Kind::phone;
        case Wanted::date:
            return kind == Kind::date || kind == Kind::time || kind == Kind::duration;
        case Wanted::person:
            return kind == Kind::person || kind == Kind::office || kind == Kind::name;
        case Wanted::place:
            return kind == Kind::place || kind == Kind::name || kind == Kind::contact;
        case Wanted::rule: return kind == Kind::rule;
    }
    return false;
}

Binding binding_of(const QuestionView& question, const PassageView& passage,
                   const SentenceView& sentence, const Coverage& own, const Coverage& around) {
    Binding binding;
    if (question.wanted == Wanted::nothing) return binding;
    binding.fact = binding.near = 0;
    const bool counting = question.wanted == Wanted::count;
    // "Storskrald hentes 4 gange": no price, though a sum stands elsewhere.
    const bool bare_sums = passage.money_unit && sentence.row;
    if (counting) binding.counted = 0;
    const bool found =
        std::any_of(sentence.marks.begin(), sentence.marks.end(),
                    [&](const Mark& m) { return is_wanted(question.wanted, m.kind, bare_sums); });
    if (!found) return binding;
    binding.fact = 1;
    float total = 0;
    float by_place = 0;
    bool spoken = false;
    for (std::size_t i = 0; i < own.size(); ++i) {
        const float weight = weight_of(question.aspects[i]);
        total += weight;
        if (weight > 0 && own[i] >= spoken_of) spoken = true;
        if (own[i] < spoken_of) by_place += weight * by_heading * around[i];
    }
    if (total == 0) {
        binding.near = 0.5F;
        return binding;
    }
    float best = 0;
    if (spoken) {
        const std::string_view text = passage.words(sentence);
        const Nearness nearness(question, text, sentence.marks);
        for (const Mark& mark : sentence.marks) {
            if (!is_wanted(question.wanted, mark.kind, bare_sums)) continue;
            float sum = 0;
            for (std::size_t i = 0; i < own.size(); ++i) {
                const float weight = weight_of(question.aspects[i]);
                if (weight > 0 && own[i] >= spoken_of) sum += weight * nearness.of(i, mark.begin);
            }
            best = std::max(best, sum);
        }
        if (counting) {
            for (std::size_t i = 0; i < own.size(); ++i) {
                if (question.aspects[i].focus && own[i] >= spoken_of && nearness.counts(i))
                    binding.counted = 1;
            }
        }
    }
    binding.near = (best + by_place) / total;
    return binding;
}

bool titled_by_other_year(const QuestionView& question, const PassageView& passage) {
    bool asked = false;
    for (const Aspect& aspect : question.aspects) {
        if (!aspect.year) continue;
        asked = true;
        for (const int year : passage.title_years) {
            if (std::to_string(year) == aspect.surface) return false;
        }
    }
    return asked && !passage.title_years.empty();
}

float speaks_of_other_year(const QuestionView& question, const PassageView& passage,
                           const SentenceView& sentence) {
    bool asked = false;
    for (const Aspect& aspect : question.aspects) {
        if (!aspect.year) continue;
        asked = true;
        for (const int year : sentence.years) {
            if (std::to_string(year) == aspect.surface) return 0;
        }
    }
    if (!asked) return 0;
    if (!sentence.years.empty()) return 1;
    return !is_about_meetings(question.type) && titled_by_other_year(question, passage) ? 1.0F
                                                                                        : 0.0F;
}

float speaks_of_other_time(const QuestionView& question, const PassageView& passage,
                           const SentenceView& sentence) {
    if (passage.stored.meeting || !sentence.facts.date) return 0;
    for (const danish::DateMention& mention : question.dates) {
        if (!mention.first || !mention.last || mention.end > question.text.size()) continue;
        const auto year = danish::only_year(
            std::string_view(question.text).substr(mention.begin, mention.end - mention.begin));
        const auto& years = sentence.years;
        if (mention.first->year() != mention.last->year()) {
            // "før 2026": "Indtil udgangen af 2025: ...; Fra 1. januar 2026: ..." tells it.
            const bool within = std::any_of(years.begin(), years.end(), [&](int said) {
                return static_cast<int>(mention.first->year()) <= said &&
                       said <= static_cast<int>(mention.last->year());
            });
            if (within) continue;
            if (year && !years.empty()) return 1;
        } else if (year && !years.empty() &&
                   std::find(years.begin(), years.end(), *year) == years.end()) {
            return 1;
        }
        const std::string_view text = passage.words(sentence);
        const auto dates =
            danish::printed_dates(text, {static_cast<int>(mention.first->year()), std::nullopt});
        // Who names no year means the month of any.
        const auto within = [&](const danish::PrintedDate& printed) {
            if (year) return *mention.first <= printed.date && printed.date <= *mention.last;
            const std::array years_asked{mention.first->year(), mention.last->year()};
            return std::any_of(years_asked.begin(), years_asked.end(), [&](const auto asked) {
                const Date moved = asked / printed.date.month() / printed.date.day();
                return *mention.first <= moved && moved <= *mention.last;
            });
        };
        if (!dates.empty() && std::none_of(dates.begin(), dates.end(), within)) return 1;
    }
    return 0;
}

}  // namespace raadbot::answer
