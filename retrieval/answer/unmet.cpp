#include "retrieval/answer/unmet.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include "retrieval/answer/question_plan.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::Token;
using Tokens = std::vector<Token>;
using Words = std::unordered_set<std::string_view>;

constexpr float named = 0.6F;

std::string_view word_at(const Tokens& tokens, std::size_t at) {
    return at < tokens.size() ? std::string_view(tokens[at].text) : std::string_view();
}

/// Of a title "SFO, fritidsklub og ungdomsklub" its things.
std::vector<std::string_view> coordinated(std::string_view title) {
    std::vector<std::string_view> things;
    std::size_t from = 0;
    while (from < title.size()) {
        std::size_t to = title.size();
        std::size_t next = title.size();
        for (const std::string_view mark : {", ", " og ", ": ", " - ", " eller "}) {
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

bool tells_saying(std::string_view text) {
    static constexpr std::array<std::string_view, 19> stems{
        "sagde",    "siger", "svar",    "mener",    "mente",  "synes",      "spurgte",
        "spørg",    "oplys", "udtal",   "anfør",    "bemærk", "understreg", "foreslå",
        "foreslog", "ønsk",  "opfordr", "høringss", "kritis"};
    const Tokens tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return std::any_of(stems.begin(), stems.end(),
                           [&](std::string_view stem) { return token.text.starts_with(stem); });
    });
}

bool is_plain_number(const Aspect& aspect) {
    const char first = aspect.surface.front();
    return first >= '0' && first <= '9' && !aspect.year && !aspect.age && !aspect.inherited &&
           !aspect.context && aspect.role != Role::light;
}

/// Where in the sentence what is asked about stands.
std::optional<std::size_t> place_of_matter(const QuestionView& question, const Tokens& tokens) {
    for (std::size_t t = 0; t < tokens.size(); ++t) {
        TermSet word;
        word.add(tokens[t].text);
        const bool here = std::any_of(
            question.aspects.begin(), question.aspects.end(), [&](const Aspect& aspect) {
                return is_subject_matter(aspect) && aspect.coverage(word) >= named;
            });
        if (here) return t;
    }
    return std::nullopt;
}

/// "En startredegørelse er ...", "... kaldes en startredegørelse", "Startredegørelse: ..."
bool defines(const QuestionView& question, std::string_view text) {
    static const Words tells{"er",        "betyder", "kaldes",   "forstås",    "dækker",
                             "omfatter",  "består",  "handler",  "bruges",     "indebærer",
                             "beskriver", "udgør",   "angiver",  "fastlægger", "indeholder",
                             "regulerer", "samler",  "rådgiver", "varetager",  "means",
                             "is",        "står"};
    static const Words calls{"kaldes", "hedder", "forstås", "betegnes", "kaldet", "kalder"};
    constexpr std::size_t early = 4;  // Words before the subject.
    constexpr std::size_t near = 5;   // From it to its verb.
    const Tokens tokens = danish::tokenize(text);
    const auto at = place_of_matter(question, tokens);
    if (!at) return false;
    for (std::size_t i = *at + 1; i < tokens.size() && i <= *at + near; ++i) {
        if (tokens[i].text == "dvs") return true;
    }
    for (std::size_t i = *at > near ? *at - near : 0; i < *at; ++i) {
        if (calls.contains(tokens[i].text)) return true;
    }
    if (tokens[*at].end < text.size() && *at <= early &&
        (text[tokens[*at].end] == ':' || text.substr(tokens[*at].end).starts_with(" ("))) {
        return true;
    }
    if (tokens[*at].begin > 0 && text[tokens[*at].begin - 1] == '(') return true;
    if (*at > early) return false;
    const danish::Morphology& morphology = danish::Morphology::instance();
    for (std::size_t i = *at + 1; i < tokens.size() && i <= *at + near; ++i) {
        if (!tells.contains(tokens[i].text)) continue;
        if (tokens[i].text != "er") return true;
        // "er 3.150 køretøjer", "er godkendt", "er åben"
        const bool value = i + 1 < tokens.size() && tokens[i + 1].kind == danish::TokenKind::number;
        const auto kind = morphology.kind(word_at(tokens, i + 1));
        return !value && kind != danish::Morphology::Kind::verb &&
               (kind != danish::Morphology::Kind::adjective || i + 2 < tokens.size());
    }
    return false;
}

/// "Pædagogisk Psykologisk Rådgivning" for "ppr"
bool spells_out(std::string_view text, std::string_view letters) {
    const Tokens tokens = danish::tokenize(text);
    for (std::size_t first = 0; first < tokens.size(); ++first) {
        std::size_t letter = 0;
        for (std::size_t i = first; i < tokens.size() && letter < letters.size(); ++i) {
            const std::string& word = tokens[i].text;
            if (word == letters) break;
            if (word.starts_with(letters.substr(letter, 1))) {
                ++letter;
            } else if (letter == 0 || !danish::is_stop_word(word)) {
                break;
            }
        }
        if (letter == letters.size()) return true;
    }
    return false;
}

/// The same word in another inflection, by its letters alone: "Hvidsteds" and "hvidsted".
bool same_word(std::string_view a, std::string_view b) {
    constexpr std::size_t longest_ending = 3;
    const std::string_view shorter = a.size() < b.size() ? a : b;
    const std::string_view longer = a.size() < b.size() ? b : a;
    return longer.starts_with(shorter) && longer.size() - shorter.size() <= longest_ending;
}

/// A name or place that is not itself what was asked about.
bool names_beside(const QuestionView& question, std::string_view text, const SentenceView& sentence,
                  bool places) {
    using Kind = Mark::Kind;
    const Tokens tokens = danish::tokenize(text);
    return std::any_of(sentence.marks.begin(), sentence.marks.end(), [&](const Mark& mark) {
        const bool kind = mark.kind == Kind::name || mark.kind == Kind::person ||
                          (places && (mark.kind == Kind::place || mark.kind == Kind::contact));
        if (!kind) return false;
        const auto token = std::find_if(tokens.begin(), tokens.end(), [&](const Token& t) {
            return t.begin <= mark.begin && mark.begin < t.end;
        });
        return token == tokens.end() ||
               std::none_of(question.aspects.begin(), question.aspects.end(),
                            [&](const Aspect& aspect) {
                                return aspect.role != Role::phrase &&
                                       (same_word(token->text, aspect.surface) ||
                                        same_word(token->text, aspect.lemma));
                            });
    });
}

bool tells_sanction(std::string_view text) {
    static const Words words{
        "bøde",      "bøder",       "bødestraf",  "straf",      "straffes",
        "fængsel",   "gebyr",       "afgift",     "mister",     "bortfalder",
        "opkræves",  "opkræver",    "inddrages",  "afvises",    "regning",
        "rykker",    "rykkergebyr", "inkasso",    "politiet",   "påbud",
        "ophører",   "slettes",     "annulleres", "erstatning", "erstatningsansvar",
        "udelukkes", "trækkes",     "nedsættes",  "stoppes",    "tilbagebetales",
        "fjernes",   "regningen",   "sanktion",   "ansvar",     "ansvarlig",
        "fortabes",  "sanktioner",  "udmeldes",   "gebyret",    "afgiften",
        "inddrives", "anmeldes",    "bekostning", "udgift",     "koster",
        "betale",    "betaler",     "ugyldig"};
    const Tokens tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const Token& token) { return words.contains(token.text); });
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

std::string_view UnmetReader::text_of(const SentenceView& sentence) const {
    return std::string_view(passage_.stored.passage.text)
        .substr(sentence.span.begin, sentence.span.end - sentence.span.begin);
}

void UnmetReader::find_siblings() {
    constexpr std::size_t most_words = 2;
    const auto things = coordinated(passage_.stored.title);
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
        const auto is_asked = [&](const TermSet& thing) { return aspect.coverage(thing) >= named; };
        if (!is_subject_matter(aspect) || std::none_of(terms.begin(), terms.end(), is_asked))
            continue;
        Siblings siblings{a, {}};
        for (std::size_t t = 0; t < terms.size(); ++t) {
            const Tokens words = danish::tokenize(things[t]);
            if (is_asked(terms[t]) || words.empty() || words.size() > most_words) continue;
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
        return question_.aspects[siblings.aspect].coverage(sentence.terms) < named &&
               std::any_of(siblings.others.begin(), siblings.others.end(), [&](const auto& lemmas) {
                   return std::all_of(lemmas.begin(), lemmas.end(), [&](const auto& lemma) {
                       return sentence.terms.strength(lemma) >= said;
                   });
               });
    });
}

bool UnmetReader::tells_meaning(std::size_t sentence) const {
    const std::string_view text = text_of(passage_.sentences[sentence]);
    return demands_.letters.empty() ? defines(question_, text) : spells_out(text, demands_.letters);
}

float UnmetReader::leaves_meaning(std::size_t sentence, bool told) const {
    const Section section = passage_.stored.passage.section;
    if (told || section == Section::term || section == Section::curated) return 0;
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
    Unmet unmet;
    const SentenceView& sentence = passage_.sentences[index];
    const std::string_view text = text_of(sentence);
    if (demands_.meaning || !demands_.letters.empty()) {
        unmet.explained = tells_meaning(index);
        unmet.meaning = leaves_meaning(index, unmet.explained);
    }
    if (demands_.means) unmet.means = flag(!told_near(index, 2, &Facts::means));
    if (demands_.place)
        unmet.place = flag(!sentence.facts.means && !names_beside(question_, text, sentence, true));
    if (demands_.names) unmet.names = flag(!names_beside(question_, text, sentence, false));
    if (demands_.sanction) unmet.sanction = flag(!tells_sanction(text));
    if (demands_.deed) {
        constexpr float done = 0.3F;
        unmet.deed = flag(std::max(placed[*demands_.deed], whole[*demands_.deed]) < done);
    }
    if (demands_.reason) unmet.reason = flag(!told_near(index, 1, &Facts::reason));
    if (demands_.past) {
        const bool hours = sentence.facts.time && sentence.years.empty();
        unmet.past = flag(hours || !sentence.facts.date);
    }
    unmet.sibling = flag(tells_of_sibling(sentence));
    if (demands_.said && passage_.stored.kind != SourceKind::video)
        unmet.said = flag(!tells_saying(text));
    if (!demands_.units.empty()) {
        const auto missing = std::count_if(demands_.units.begin(), demands_.units.end(),
                                           [&](std::size_t i) { return placed[i] < there; });
        unmet.units = static_cast<float>(missing) / static_cast<float>(demands_.units.size());
    }
    bool entity_missing = false;
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const Aspect& aspect = question_.aspects[i];
        if (placed[i] >= there) continue;
        // "I 3. klasse" may be told of "0.-3. klasse".
        if (is_plain_number(aspect)) {
            if (!of_class_) unmet.numbers = 1;
        } else if (aspect.role == Role::entity && !aspect.year) {
            entity_missing = true;
        }
    }
    if (entity_missing) unmet.other = flag(names_beside(question_, text, sentence, false));
    return unmet;
}

}  // namespace raadbot::answer
