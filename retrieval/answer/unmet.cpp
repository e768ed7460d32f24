#include "retrieval/answer/unmet.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "retrieval/answer/case_traits.hpp"
#include "retrieval/answer/question_plan.hpp"
#include "retrieval/answer/tellings.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::Token;
using Tokens = std::vector<Token>;

constexpr float named = 0.6F;

/// "Teglgården: udbygningsaftale", "Søbadet - svømmehallen": the second says what the first is.
std::vector<std::string_view> sayings(std::string_view title) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t at = std::min(title.find(": "), title.find(" - "));
        parts.push_back(title.substr(0, at));
        if (at == std::string_view::npos) return parts;
        title.remove_prefix(title.find(' ', at + 1) + 1);
    }
}

/// Of a title "SFO, fritidsklub og ungdomsklub" its things.
std::vector<std::string_view> coordinated(std::string_view title) {
    std::vector<std::string_view> things;
    std::size_t from = 0;
    while (from < title.size()) {
        std::size_t to = title.size();
        std::size_t next = title.size();
        for (const std::string_view mark : {", ", " og ", " eller "}) {
            const std::size_t at = title.find(mark, from);
            if (at < to) {
                to = at;
                next = at + mark.size();
            }
        }
        if (to > from) things.push_back(title.substr(from, to - from));
        from = next;
    }
    return things;
}

bool is_plain_number(const Aspect& aspect) {
    const char first = aspect.surface.front();
    const bool year = aspect.surface.size() == 4 &&
                      (aspect.surface.starts_with("19") || aspect.surface.starts_with("20"));
    return first >= '0' && first <= '9' && !aspect.year && !year && !aspect.age &&
           !aspect.inherited && !aspect.context && aspect.role != Role::light;
}

bool literally_among(const Aspect& aspect, const std::vector<TermSet>& things) {
    return std::any_of(things.begin(), things.end(), [&](const TermSet& thing) {
        return std::max(thing.strength(aspect.surface), thing.strength(aspect.lemma)) >= named;
    });
}

float flag(bool value) { return value ? 1.0F : 0.0F; }

}  // namespace

UnmetReader::UnmetReader(const Demands& demands, const QuestionView& question,
                         const PassageView& passage, const Coverage& about)
    : demands_(demands), question_(question), passage_(passage) {
    for (std::size_t i = 0; i < about.size(); ++i) {
        if (is_subject_matter(question.aspects[i]) && about[i] < named) titled_ = false;
    }
    of_class_ = std::any_of(question.aspects.begin(), question.aspects.end(),
                            [](const Aspect& aspect) { return aspect.lemma == "klasse"; });
    find_siblings();
}

bool UnmetReader::tells_of_other_house(const SentenceView& sentence) const {
    if (demands_.houses.empty()) return false;
    const std::string_view text = passage_.words(sentence);
    const Tokens tokens = danish::tokenize(text);
    return std::any_of(demands_.houses.begin(), demands_.houses.end(), [&](const House& house) {
        const auto above = [&](const TermSet& terms) {
            return terms.strength(house.name) >= named && terms.strength(house.kind) >= named;
        };
        if (above(passage_.title) || above(passage_.headings)) return false;
        bool other = false;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const std::string& word = tokens[i].text;
            if (word.starts_with(house.name) && word.size() > house.name.size() + 2) return false;
            if (i == 0 || word != house.kind) continue;
            if (same_word(tokens[i - 1].text, house.name)) return false;
            other =
                other || (is_upper(text, tokens[i].begin) && is_upper(text, tokens[i - 1].begin) &&
                          tokens[i].begin == tokens[i - 1].end + 1);
        }
        return other;
    });
}

void UnmetReader::find_siblings() {
    find_siblings(passage_.stored.title);
    if (!passage_.stored.passage.headings.empty())
        find_siblings(passage_.stored.passage.headings.back());
}

void UnmetReader::find_siblings(std::string_view line) {
    for (const std::string_view saying : sayings(line)) find_siblings(coordinated(saying));
}

void UnmetReader::find_siblings(const std::vector<std::string_view>& things) {
    constexpr std::size_t most_words = 2;
    if (things.size() < 2) return;
    std::vector<TermSet> terms;
    for (const std::string_view thing : things) {
        TermSet words;
        words.add(thing);
        terms.push_back(std::move(words));
    }
    const danish::Morphology& morphology = danish::Morphology::instance();
    for (std::size_t a = 0; a < question_.aspects.size(); ++a) {
        const Aspect& aspect = question_.aspects[a];
        const auto is_asked_for = [&](const TermSet& thing) {
            return aspect.coverage(thing) >= named;
        };
        if (!is_subject_matter(aspect) || std::none_of(terms.begin(), terms.end(), is_asked_for))
            continue;
        Siblings siblings{a, literally_among(aspect, terms), {}};
        for (std::size_t t = 0; t < terms.size(); ++t) {
            const Tokens words = danish::tokenize(things[t]);
            // By its own word one of them is meant, though others may stand for it.
            const bool own = std::max(terms[t].strength(aspect.surface),
                                      terms[t].strength(aspect.lemma)) >= named;
            if (own || words.empty() || words.size() > most_words) continue;
            if (is_asked_for(terms[t]) && !siblings.literal) continue;
            // "Borgerforslag og underskrifter": both are asked about.
            const bool asked_too = std::any_of(
                question_.aspects.begin(), question_.aspects.end(), [&](const Aspect& other) {
                    return &other != &aspect && !other.light && other.coverage(terms[t]) >= named;
                });
            if (asked_too) continue;
            std::vector<std::string> lemmas;
            for (const Token& word : words) lemmas.push_back(morphology.lemma(word.text));
            siblings.others.push_back(std::move(lemmas));
        }
        if (!siblings.others.empty()) siblings_.push_back(std::move(siblings));
    }
}

bool UnmetReader::tells_of_sibling(const SentenceView& sentence) const {
    constexpr float said = 0.9F;
    if (sentence.row) return false;
    return std::any_of(siblings_.begin(), siblings_.end(), [&](const Siblings& siblings) {
        // What merely may stand for it ("fritidsklub" for "ungdomsklub") does not name it here,
        // where the title names both.
        const Aspect& aspect = question_.aspects[siblings.aspect];
        const float here = siblings.literal ? std::max(sentence.terms.strength(aspect.surface),
                                                       sentence.terms.strength(aspect.lemma))
                                            : aspect.coverage(sentence.terms);
        return here < named &&
               std::any_of(siblings.others.begin(), siblings.others.end(), [&](const auto& lemmas) {
                   return std::all_of(lemmas.begin(), lemmas.end(), [&](const auto& lemma) {
                       return sentence.terms.strength(lemma) >= said;
                   });
               });
    });
}

bool UnmetReader::says_what_other_lacks(const SentenceView& row, const SentenceView& other) const {
    const auto says = [&](const SentenceView& said, const Aspect& aspect) {
        return std::any_of(said.key.begin(), said.key.end(),
                           [&](const TermSet& word) { return aspect.coverage(word) >= named; });
    };
    return std::any_of(question_.aspects.begin(), question_.aspects.end(), [&](const Aspect& a) {
        return is_subject_matter(a) && says(row, a) && !says(other, a);
    });
}

bool UnmetReader::counts_for_several(std::string_view text) const {
    const Tokens tokens = danish::tokenize(text);
    const auto is_name = [&](std::size_t at) {
        return at < tokens.size() && tokens[at].kind == danish::TokenKind::word &&
               is_upper(text, tokens[at].begin);
    };
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const bool asked =
            is_name(i) &&
            std::any_of(question_.aspects.begin(), question_.aspects.end(), [&](const Aspect& a) {
                return a.role == Role::entity && same_word(tokens[i].text, a.surface);
            });
        if (!asked) continue;
        const auto comma_before = [&](std::size_t at) {
            return text.substr(tokens[at - 1].end, tokens[at].begin - tokens[at - 1].end)
                       .find(',') != std::string_view::npos;
        };
        // "I Tørnholm, Gjelstrup og Brøndhøj"
        const bool last = tokens[i - 1].text == "og" && i > 1 && is_name(i - 2);
        const bool inner = i + 1 < tokens.size() && is_name(i + 1) && comma_before(i + 1);
        const bool before_last = i + 2 < tokens.size() && tokens[i + 1].text == "og" &&
                                 is_name(i + 2) && is_name(i - 1) && comma_before(i);
        if (last || inner || before_last) return true;
    }
    return false;
}

bool UnmetReader::told_by_other_row(const SentenceView& sentence, const Coverage& placed) const {
    constexpr float there = 0.5F;
    constexpr float literal = 0.9F;
    if (!sentence.row || demands_.several) return false;
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const Aspect& aspect = question_.aspects[i];
        if (placed[i] >= there || aspect.inherited || aspect.context || aspect.age ||
            (aspect.role != Role::head && aspect.role != Role::adjunct))
            continue;
        const auto says = [&](const TermSet& word) {
            return std::max(word.strength(aspect.surface), word.strength(aspect.lemma)) >= literal;
        };
        const bool other = std::any_of(
            passage_.sentences.begin(), passage_.sentences.end(), [&](const SentenceView& row) {
                return row.row && &row != &sentence &&
                       std::any_of(row.key.begin(), row.key.end(), says) &&
                       says_what_other_lacks(sentence, row);
            });
        if (other) return true;
    }
    return false;
}

bool UnmetReader::tells_of_namesake(const SentenceView& sentence) const {
    constexpr float stands_for = 0.75F;
    const danish::Morphology& morphology = danish::Morphology::instance();
    const auto head_of = [&](const std::vector<std::string>& parts) {
        return parts.size() < 2 ? std::string() : morphology.lemma(parts.back());
    };
    std::optional<Tokens> tokens;
    for (const Aspect& aspect : question_.aspects) {
        if (aspect.role != Role::head && aspect.role != Role::adjunct) continue;
        if (aspect.context || aspect.inherited) continue;
        const std::string head = head_of(morphology.split(aspect.lemma));
        if (head.empty() || is_empty_head(head)) continue;
        const auto literal = [&](const TermSet& terms) {
            return std::max(terms.strength(aspect.surface), terms.strength(aspect.lemma)) >= named;
        };
        const auto stands_in = [&](const TermSet& terms) {
            return aspect.coverage(terms) >= stands_for || literal(terms);
        };
        if (stands_in(sentence.terms)) continue;
        if (!tokens) tokens = danish::tokenize(passage_.words(sentence));
        const auto is_other = [&](const Token& token) {
            if (token.kind != danish::TokenKind::word || same_word(token.text, aspect.lemma))
                return false;
            // "Ø-puljen"
            const std::size_t dash = token.text.rfind('-');
            if (dash != std::string::npos)
                return morphology.lemma(std::string_view(token.text).substr(dash + 1)) == head;
            return head_of(morphology.split(morphology.lemma(token.text))) == head;
        };
        // On a page of the asked one too, what a sentence begins with is what it tells of.
        if (stands_in(passage_.title) || stands_in(passage_.headings)) {
            if (!sentence.row && !tokens->empty() && is_other(tokens->front())) return true;
            continue;
        }
        if (std::any_of(tokens->begin(), tokens->end(), is_other)) return true;
        // The prices of a page on "plejeboliger" that never speaks of "ungdomsboliger".
        if (!question_.money || stands_in(passage_.text)) continue;
        const auto names_other = [&](std::string_view line) {
            const Tokens words = danish::tokenize(line);
            return std::any_of(words.begin(), words.end(), is_other);
        };
        if (names_other(passage_.stored.title)) return true;
    }
    return false;
}

bool UnmetReader::leaves_names(std::size_t index) const {
    const SentenceView& sentence = passage_.sentences[index];
    const std::string_view text = passage_.words(sentence);
    if (demands_.names && !names_beside(question_, text, sentence, Looked::for_what_it_is_called))
        return true;
    if (demands_.persons && !names_persons(index)) return true;
    if (!demands_.sides.which.empty() && !sentence.row && !sentence.lead_in &&
        tells_only_some(demands_.sides.which, text) &&
        !names_beside(question_, text, sentence, Looked::for_names))
        return true;
    if (demands_.group && !sentence.facts.person && !sentence.row && !sentence.lead_in &&
        !(sentence.facts.vote && text.find('(') != std::string_view::npos))
        return true;
    // "Støjskærmen ved Kildevang rejses" names what was asked about, and nobody.
    const Facts& facts = sentence.facts;
    if (question_.type == danish::QuestionType::who &&
        (demands_.doer ? facts.name || facts.office : facts.name && !facts.office) &&
        !facts.contact && !sentence.row && !sentence.lead_in &&
        passage_.stored.passage.section != Section::curated &&
        !names_beside(question_, text, sentence,
                      demands_.doer        ? Looked::for_doers
                      : question_.personal ? Looked::for_names
                                           : Looked::for_persons))
        return true;
    if (demands_.voters) {
        const bool near = index + 1 < passage_.sentences.size() &&
                          names_voters(passage_.words(passage_.sentences[index + 1]));
        const bool here =
            names_voters(text) && (names_beside(question_, text, sentence, Looked::for_names) ||
                                   text.find('(') == std::string_view::npos);
        return !here && !near;
    }
    if (demands_.members && !sentence.lead_in && !sentence.list_item && !sentence.row) {
        // "Tre naboer har klaget": how many, not which.
        const Tokens tokens = danish::tokenize(text);
        bool counted = false;
        for (std::size_t i = 1; i < tokens.size(); ++i) {
            const bool asked = std::any_of(
                question_.aspects.begin(), question_.aspects.end(), [&](const Aspect& aspect) {
                    return aspect.focus && same_word(tokens[i].text, aspect.lemma);
                });
            const auto is_count = [&](std::size_t at) {
                return tokens[at].kind == danish::TokenKind::number ||
                       is_number_word(tokens[at].text);
            };
            counted = counted || (asked && (is_count(i - 1) || (i > 1 && is_count(i - 2))));
        }
        if (!counted) return false;
        const std::size_t to = std::min(passage_.sentences.size(), index + 3);
        for (std::size_t i = index; i < to; ++i) {
            const SentenceView& near = passage_.sentences[i];
            if (near.row || near.list_item ||
                names_beside(question_, passage_.words(near), near, Looked::for_names))
                return false;
        }
        return true;
    }
    return false;
}

bool UnmetReader::tells_other_unit(const SentenceView& sentence, std::size_t aspect) const {
    static constexpr std::array<std::string_view, 10> units{
        "år", "halvår", "kvartal", "måned", "uge", "døgn", "dag", "nat", "time", "sæson"};
    // "Dagpleje" is paid by the month.
    static constexpr std::array<std::string_view, 4> care{"dagpleje", "dagplejer", "dagtilbud",
                                                          "daginstitution"};
    const std::string& asked = question_.aspects[aspect].lemma;
    const bool of_time = std::find(units.begin(), units.end(), asked) != units.end();
    const auto says = [&](const TermSet& terms, std::string_view unit) {
        const float said = terms.strength(unit);
        const bool of_care = unit == "dag" && said < 1 &&
                             std::any_of(care.begin(), care.end(), [&](std::string_view word) {
                                 return terms.strength(word) > 0;
                             });
        return said >= named && !of_care;
    };
    return !of_time || std::any_of(units.begin(), units.end(), [&](std::string_view unit) {
        const bool of_age = unit == "år" && !sentence.ages.empty();
        return unit != asked && !of_age &&
               (says(sentence.terms, unit) || says(passage_.title, unit) ||
                says(passage_.headings, unit));
    });
}

bool UnmetReader::names_persons(std::size_t index) const {
    const auto& sentences = passage_.sentences;
    const SentenceView& sentence = sentences[index];
    return sentence.facts.person || passage_.stored.passage.section == Section::curated ||
           (sentence.lead_in && index + 1 < sentences.size() && sentences[index + 1].facts.person);
}

bool UnmetReader::leaves_past(const SentenceView& sentence) const {
    const auto& years = sentence.years;
    // "4-15 år" is for whom, not how old the thing is.
    if (question_.type == danish::QuestionType::how_much && sentence.facts.duration &&
        sentence.ages.empty())
        return false;
    if (sentence.facts.recurs) return true;  // "Hvert år i februar"
    if (years.empty()) return sentence.facts.time || !names_month(passage_.words(sentence));
    return std::all_of(years.begin(), years.end(),
                       [&](int year) { return year > demands_.this_year; });
}

bool UnmetReader::tells_meaning(std::size_t sentence) const {
    const std::string_view text = passage_.words(passage_.sentences[sentence]);
    return demands_.letters.empty() ? defines(question_, text) : spells_out(text, demands_.letters);
}

float UnmetReader::leaves_meaning(std::size_t sentence, bool told) const {
    const Section section = passage_.stored.passage.section;
    if (told || section == Section::curated) return 0;
    if (section == Section::term) return flag(!titled_);  // Another word's explanation.
    if (!demands_.letters.empty()) {
        const auto& headings = passage_.stored.passage.headings;
        return flag(!spells_out(passage_.stored.title, demands_.letters) &&
                    std::none_of(headings.begin(), headings.end(), [&](const auto& heading) {
                        return spells_out(heading, demands_.letters);
                    }));
    }
    constexpr std::size_t opening = 2;
    return flag(!titled_ || passage_.stored.meeting || sentence > opening);
}

bool UnmetReader::told_near(std::size_t sentence, std::size_t after, bool Facts::*fact) const {
    if (passage_.stored.passage.section == Section::curated) return true;
    const std::size_t from = sentence == 0 ? 0 : sentence - 1;
    const std::size_t to = std::min(passage_.sentences.size(), sentence + after + 1);
    for (std::size_t i = from; i < to; ++i) {
        if (passage_.sentences[i].facts.*fact) return true;
    }
    return false;
}

Unmet UnmetReader::of(std::size_t index, const Coverage& placed, const Coverage& whole) const {
    constexpr float there = 0.5F;
    // "En måned i vuggestuen" may be what the table's prices are for, without saying so.
    constexpr float untold_unit = 0.3F;
    Unmet unmet;
    const SentenceView& sentence = passage_.sentences[index];
    const std::string_view text = passage_.words(sentence);
    if (demands_.meaning || !demands_.letters.empty()) {
        unmet.explained = tells_meaning(index);
        unmet.meaning = leaves_meaning(index, unmet.explained);
    }
    if (demands_.means) unmet.means = flag(!told_near(index, 2, &Facts::means));
    if (demands_.place)
        unmet.place = flag(!sentence.facts.means &&
                           !names_beside(question_, text, sentence, Looked::for_places));
    unmet.names = flag(leaves_names(index));
    // "Huset får navnet Kornblomsten": said of what a name is asked for, it is the answer.
    if (demands_.named && unmet.names == 0 && gives_name(text)) unmet.explained = true;
    if (demands_.sanction) unmet.sanction = flag(!tells_sanction(text));
    for (const auto& asked : {demands_.deed, demands_.object}) {
        constexpr float spoken_of = 0.3F;
        if (asked && std::max(placed[*asked], whole[*asked]) < spoken_of) unmet.deed = 1;
    }
    if (demands_.leave && passage_.stored.passage.section != Section::curated &&
        !tells_leave(sentence, text))
        unmet.deed = 1;
    if (demands_.fate && !passage_.stored.meeting && !tells_fate(text)) unmet.deed = 1;
    if (demands_.reason)
        unmet.reason =
            flag(!told_near(index, 1, &Facts::reason) || !gives_new_reason(question_, text));
    if (demands_.past) unmet.past = flag(leaves_past(sentence));
    unmet.sibling = flag(tells_of_sibling(sentence) || tells_of_namesake(sentence) ||
                         tells_of_other_house(sentence));
    const bool other_measure = std::any_of(
        demands_.measures.begin(), demands_.measures.end(),
        [&](const MeasureAsked& asked) { return held_by(asked, sentence.measures) == Held::no; });
    // "Pensionist: 42 kr." in a table with a row "Årskort, voksen" is no pensioner's year ticket.
    const bool other_ticket =
        sentence.row && demands_.variants.tickets.any() && variants_told(text).tickets.none() &&
        std::any_of(passage_.sentences.begin(), passage_.sentences.end(), [&](const auto& other) {
            return other.row && variants_told(passage_.words(other)).tickets.any();
        });
    unmet.variant =
        flag(other_measure || other_ticket || (demands_.counts && counts_for_several(text)) ||
             told_by_other_row(sentence, placed) || tells_another(demands_.variants, text) ||
             tells_other_side(demands_.sides, passage_, index));
    if (demands_.said && passage_.stored.kind != SourceKind::video)
        unmet.said = flag(!tells_saying(question_, text));
    if (!demands_.units.empty()) {
        float missing = 0;
        for (const std::size_t i : demands_.units) {
            if (placed[i] < there) missing += tells_other_unit(sentence, i) ? 1.0F : untold_unit;
        }
        unmet.units = missing / static_cast<float>(demands_.units.size());
    }
    constexpr float unheard = 0.3F;
    bool entity_missing = false;
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const Aspect& aspect = question_.aspects[i];
        if (placed[i] >= there) continue;
        // "I 3. klasse" may be told of "0.-3. klasse".
        if (is_plain_number(aspect)) {
            if (!of_class_) unmet.numbers = 1;
        } else if (aspect.role == Role::entity && !aspect.year) {
            entity_missing = true;
            // A sum, a number or a day of another place is none of this one.
            const bool of_one_place = question_.type == danish::QuestionType::when ||
                                      (question_.type == danish::QuestionType::how_much &&
                                       question_.wanted != Wanted::duration);
            if (of_one_place && std::max(placed[i], whole[i]) < unheard) unmet.variant = 1;
            if (aspect.municipality) unmet.place = 1;
        }
    }
    if (entity_missing)
        unmet.other = flag(names_beside(question_, text, sentence, Looked::for_names));
    return unmet;
}

}  // namespace raadbot::answer
