#include "retrieval/answer/speech_answers.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/light_words.hpp"
#include "retrieval/answer/minutes_lines.hpp"
#include "retrieval/answer/parties.hpp"
#include "retrieval/answer/speakers.hpp"
#include "retrieval/answer/transcripts.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::one_of;
using danish::Span;

constexpr std::size_t transcripts_read = 12;

/// "blev spurgt om", "på et spørgsmål om": the question that is answered, not its matter.
bool is_asking(std::string_view words) {
    return words.find("spurgt") != std::string_view::npos ||
           words.find("spørgsmål") != std::string_view::npos ||
           words.find("spørgetid") != std::string_view::npos;
}

/// "i debatten om broen", "da broen blev vedtaget": the words that name the item, folded; else
/// empty.
std::string item_words_in(std::string_view question) {
    const auto tokens = danish::tokenize(question);
    const auto rest = [&](std::size_t from) {
        std::string words;
        for (std::size_t i = from; i < tokens.size(); ++i) words += tokens[i].text + ' ';
        return words;
    };
    const danish::Morphology& morphology = danish::Morphology::instance();
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        const bool debate = word.ends_with("debatten") || word.ends_with("debate") ||
                            one_of(word, {"diskussionen", "drøftelsen", "behandlingen"});
        if (debate && one_of(tokens[i + 1].text, {"om", "af", "on", "about"})) return rest(i + 2);
        if (word != "da") continue;
        for (std::size_t k = i + 1; k < tokens.size(); ++k) {
            if (one_of(morphology.lemma(tokens[k].text),
                       {"behandle", "vedtage", "drøfte", "debattere", "diskutere"}))
                return rest(i + 1);
        }
    }
    return {};
}

/// Words with which one asks for speech; they need not stand in it.
bool is_speech_frame(const Aspect& aspect) {
    if (is_asking(aspect.surface)) return true;
    return one_of(aspect.lemma,
                  {"sige",       "mene",     "svare",       "udtale",    "fortælle",   "nævne",
                   "kommentere", "love",     "argumentere", "tale",      "synes",      "ifølge",
                   "debat",      "møde",     "talerstol",   "video",     "say",        "think",
                   "answer",     "meeting",  "debate",      "optagelse", "diskussion", "drøftelse",
                   "indlæg",     "begrunde", "forklare",    "stemme",    "imod",       "vote",
                   "against",    "spørge",   "ask"}) ||
           aspect.lemma.ends_with("debat") || aspect.surface.ends_with("debatten") ||
           one_of(aspect.surface, {"mødet", "debatten"});
}

/// "Hvem sagde, at taget kun holder to vintre", "hvem var det der kaldte planen en gave"
bool asks_whose_words(const QuestionView& question) {
    if (question.type != danish::QuestionType::who) return false;
    const auto tokens = danish::tokenize(question.text);
    return std::any_of(tokens.begin(), tokens.end(), [](const danish::Token& token) {
        return one_of(token.text, {"sagde", "kaldte", "mente", "nævnte", "lovede", "påstod",
                                   "sammenlignede", "advarede", "spurgte", "said", "called"});
    });
}

/// The sentence of a recording that holds the words that are asked about, with who said it.
std::optional<Proof> whose_words(const QuestionView& question, const MeetingScope& scope,
                                 const std::vector<PassageEvidence>& ranked) {
    constexpr float nearly_all = 0.7F;
    const StoredPassage* place = nullptr;
    Span said;
    float best = nearly_all;
    for (const PassageEvidence& e : ranked) {
        const StoredPassage& p = e.view->stored;
        if (p.passage.section != Section::tale || p.passage.speaker.empty() || !scope.admits(p))
            continue;
        for (const SentenceView& sentence : e.view->sentences) {
            float covered = 0;
            float total = 0;
            for (const Aspect& aspect : question.aspects) {
                if (is_speech_frame(aspect) || aspect.phrase || aspect.context) continue;
                total += aspect.weight;
                covered += aspect.weight * aspect.coverage(sentence.terms);
            }
            if (total == 0 || covered / total <= best) continue;
            best = covered / total;
            place = &p;
            said = sentence.span;
        }
    }
    if (place == nullptr) return std::nullopt;
    ProofBuilder builder;
    builder.quote(
        *place, said,
        Lead{place->passage.speaker, place->meeting ? place->meeting->date : std::nullopt});
    builder.add_caveat({Caveat::Kind::transcript, {}, std::nullopt, place->url});
    return builder.take();
}

class SpeechAnswer {
public:
    SpeechAnswer(const QuestionView& question, const MeetingScope& scope,
                 const std::vector<std::string>& bodies, const Library& library, const Date& today)
        : question_(question),
          scope_(scope),
          library_(library),
          today_(today),
          speaker_(question, bodies, library, today) {
        // The office's committee is no meeting's.
        if (speaker_.by_office()) scope_.bodies.clear();
        for (const danish::Token& token : danish::tokenize(question.text)) {
            answers_ = answers_ || one_of(token.text, {"svarede", "svaret", "svarer", "answer"});
            asks_ = asks_ || one_of(token.text, {"spurgte", "spørger", "ask"});
        }
        answers_ = answers_ || speaker_.is_anybody();
        item_words_ = item_words_in(question.text);
    }

    std::optional<MeetingAnswer> operator()(const std::vector<PassageEvidence>& ranked) {
        std::vector<DocumentId> documents;
        const auto note = [&](const StoredPassage& p) {
            if (p.passage.section != Section::tale || documents.size() == transcripts_read) return;
            if (std::find(documents.begin(), documents.end(), p.document) == documents.end())
                documents.push_back(p.document);
        };
        for (const PassageEvidence& e : ranked) note(e.view->stored);
        for (const StoredPassage& p :
             library_.find(question_.search_text, transcripts_read * 3, {SourceKind::video})) {
            note(p);
        }
        std::vector<std::vector<SpokenTurn>> recordings;
        for (const DocumentId& document : documents)
            recordings.push_back(turns_of(library_.document(document)));
        for (const auto& turns : recordings) read(turns);
        // "I 2011" may be what is spoken of, not when.
        if (!best_ && question_.whole_year && scope_.first) {
            scope_.first = scope_.last = std::nullopt;
            year_spoken_of_ = true;
            for (const auto& turns : recordings) read(turns);
        }
        if (best_) return quote(*best_);
        std::vector<std::string> persons;
        for (const auto& turns : recordings) note_called(turns, persons);
        const bool called = !persons.empty() || speaker_.is_called();
        if (!question_.said || !called) return std::nullopt;
        TermSet who;
        for (const std::string& person : persons) who.add(person);
        if (auto told = from_minutes(ranked, persons, who)) return std::move(*told);
        // What others said is no answer.
        return Untold{};
    }

private:
    struct Best {
        float score = 0;
        const SpokenTurn* turn = nullptr;
        const SpokenTurn* next = nullptr;  ///< In which the speaker goes on.
    };

    void read(const std::vector<SpokenTurn>& turns) {
        // Whoever it was must have said it himself.
        const float least_topic = speaker_.is_asked_for() ? 0.75F : 0.6F;
        constexpr float least_of_fact = 0.4F;   // A number that is asked for speaks for its turn.
        constexpr float call_costs = 0.2F;      // Calling an item up says little about it.
        constexpr float question_costs = 0.1F;  // So does asking.
        constexpr float reply_bonus = 0.4F;
        constexpr float fact_bonus = 0.4F;
        constexpr std::size_t long_call = 250;  // Bytes: with more the chair says something of it.
        for (std::size_t i = 0; i < turns.size(); ++i) {
            const SpokenTurn& turn = turns[i];
            if (scope_.first && !scope_.admits(turn.passage)) continue;
            if (!speaker_.speaks(turn.passage, turns)) continue;
            const bool question = asks(turn) && !asks_;
            if (speaker_.is_anybody() && question) continue;
            const SpokenTurn* asker = asker_of(turns, i);
            const bool reply = answers_ && asker != nullptr && asks(*asker);
            const TermSet speech = speech_around(turns, i, reply ? asker : nullptr);
            const float topic = topic_of(turn, asker, speech);
            const Told fact = fact_told(turn, speech);
            if (topic < (fact != Told::no ? least_of_fact : least_topic)) continue;
            const bool only_calls = turn.calls_up && said_in(turn).size() < long_call;
            const float score = topic - (only_calls ? call_costs : 0.0F) +
                                (reply ? reply_bonus : 0.0F) +
                                (fact == Told::in_one_sentence ? fact_bonus : 0.0F) -
                                (question ? question_costs : 0.0F) + substance_of(said_in(turn));
            if (best_ && score <= best_->score) continue;
            const bool goes_on = i + 1 < turns.size() && same_speaker(turns[i + 1], turn) &&
                                 turns[i + 1].item == turn.item;
            best_ = Best{score, &turn, goes_on ? &turns[i + 1] : nullptr};
        }
    }

    static std::string_view said_in(const SpokenTurn& turn) {
        return std::string_view(turn.passage.passage.text)
            .substr(turn.part.begin, turn.part.end - turn.part.begin);
    }

    static bool same_speaker(const SpokenTurn& a, const SpokenTurn& b) {
        return a.passage.passage.speaker == b.passage.passage.speaker;
    }

    /// Who spoke before turn `i`: the one whom it answers, unless it opens the recording.
    static const SpokenTurn* asker_of(const std::vector<SpokenTurn>& turns, std::size_t i) {
        constexpr std::size_t short_turn = 120;  // Bytes.
        std::size_t before = i;
        while (before > 0 && same_speaker(turns[before - 1], turns[i])) --before;
        if (before == 0) return nullptr;
        const SpokenTurn& last = turns[before - 1];
        // "Tak. Det svarer udvalgsformanden på.": the chair stands between.
        const bool passes_on = before > 1 && !asks(last) && said_in(last).size() < short_turn &&
                               asks(turns[before - 2]) &&
                               !same_speaker(turns[before - 2], turns[i]);
        return passes_on ? &turns[before - 2] : &last;
    }

    /// What the same speaker says right before and behind turn `i`: a speech is cut into turns.
    /// `asker`: whom the turn answers; before that question he may have spoken.
    static TermSet speech_around(const std::vector<SpokenTurn>& turns, std::size_t i,
                                 const SpokenTurn* asker) {
        TermSet words;
        const auto add = [&](std::size_t k) {
            if (same_speaker(turns[k], turns[i]) && turns[k].item == turns[i].item)
                words.add(turns[k].words);
        };
        if (i > 0) add(i - 1);
        if (i + 1 < turns.size()) add(i + 1);
        if (asker != nullptr && asker != turns.data())
            add(static_cast<std::size_t>(asker - turns.data()) - 1);
        return words;
    }

    static bool asks(const SpokenTurn& turn) {
        const std::string_view words = said_in(turn);
        // Some words more may follow: "Kommer der snart en sti? Vi har ventet i årevis."
        const std::size_t mark = words.rfind('?');
        return mark != std::string_view::npos && mark + 1 >= words.size() / 2;
    }

    /// How a turn holds a fact of the kind that is asked for.
    enum class Told { no, in_turn, in_one_sentence };

    /// The fact stands in the turn, and what matters most with it, or even in one sentence with it.
    [[nodiscard]] Told fact_told(const SpokenTurn& turn, const TermSet& speech) const {
        constexpr float spoken_of = 0.6F;
        if (!wants_kind(question_) || question_.wanted == Wanted::nothing) return Told::no;
        const Aspect* most = nullptr;
        for (const Aspect& aspect : question_.aspects) {
            if (is_of_frame(aspect, turn) || aspect.light || aspect.phrase) continue;
            if (most == nullptr || aspect.weight > most->weight) most = &aspect;
        }
        if (most == nullptr || most->coverage({&turn.words, &speech}, {1, 1}) < spoken_of)
            return Told::no;
        const std::string_view words = said_in(turn);
        Told told = Told::no;
        for (const Span& span : danish::sentences(words)) {
            const std::string_view sentence = words.substr(span.begin, span.end - span.begin);
            if (!fits(question_, facts_of(sentence), false)) continue;
            told = Told::in_turn;
            TermSet own;
            own.add(sentence);
            if (most->coverage(own) >= spoken_of) return Told::in_one_sentence;
        }
        return told;
    }

    /// Only says who is meant, when, or that speech is asked for.
    [[nodiscard]] bool is_of_frame(const Aspect& aspect, const SpokenTurn& turn) const {
        TermSet speaker;
        speaker.add(turn.passage.passage.speaker);
        return aspect.coverage(speaker) > 0.8F || speaker_.names_who(aspect) ||
               is_speech_frame(aspect) || (aspect.year && scope_.first);
    }

    void note_called(const std::vector<SpokenTurn>& turns, std::vector<std::string>& names) const {
        for (const SpokenTurn& turn : turns) {
            const std::string& name = turn.passage.passage.speaker;
            const bool known = std::find(names.begin(), names.end(), name) != names.end();
            if (!known && speaker_.is_called(name)) names.push_back(name);
        }
    }

    /// What the minutes have of a stand: "Imod var Bo Dam, som ønsker ordningen afprøvet."
    [[nodiscard]] std::optional<Proof> from_minutes(const std::vector<PassageEvidence>& ranked,
                                                    const std::vector<std::string>& persons,
                                                    const TermSet& who) const {
        constexpr std::array<std::string_view, 12> stands{
            "ønske", "bemærke", "foresl", "mener",    "mente",   "tilkendeg",
            "oply",  "begrund", "fordi",  "protokol", "erklære", "orienter"};
        constexpr float least_topic = 0.6F;
        ProofBuilder builder;
        for (const PassageEvidence& e : ranked) {
            const StoredPassage& p = e.view->stored;
            if (!p.meeting || p.passage.section == Section::tale ||
                p.passage.section == Section::deltagere || !scope_.admits(p) ||
                minutes_topic(*e.view, who) < least_topic)
                continue;
            for (const Span& span : spans_of(p)) {
                const std::string_view words = words_of(p, span);
                const std::string folded = danish::fold(words);
                const bool stand = std::any_of(
                    stands.begin(), stands.end(),
                    [&](std::string_view sign) { return folded.find(sign) != std::string::npos; });
                if (!stand || is_attendance_line(words) || !speaker_.is_named_in(words, persons))
                    continue;
                builder.quote(p, span, lead_of(p));
                if (builder.size() == 2) return builder.take();
            }
        }
        return builder.empty() ? std::nullopt : std::optional(builder.take());
    }

    [[nodiscard]] float minutes_topic(const PassageView& view, const TermSet& who) const {
        float covered = 0;
        float total = 0;
        for (const Aspect& aspect : question_.aspects) {
            if (speaker_.names_who(aspect) || is_speech_frame(aspect) || aspect.light ||
                aspect.coverage(who) > 0.8F || (aspect.year && scope_.first)) {
                continue;
            }
            total += aspect.weight;
            covered += aspect.weight *
                       aspect.coverage({&view.title, &view.headings, &view.text}, {1, 0.9F, 0.9F});
        }
        return total == 0 ? 0 : covered / total;
    }

    /// A little for a turn that says much, and for one that takes a stand.
    static float substance_of(std::string_view text) {
        constexpr float most = 0.08F;
        constexpr float stand = 0.08F;
        constexpr float many_bytes = 400;
        constexpr std::array<std::string_view, 13> signs{
            "mener",  "synes",  "jeg stemmer", "støtter", "derfor",  "fordi",      "jeg vil",
            "vi vil", "ønsker", "håber",       "glad",    "bekymre", "stemmer nej"};
        const std::string folded = danish::fold(text);
        const bool stands = std::any_of(signs.begin(), signs.end(), [&](std::string_view sign) {
            return folded.find(sign) != std::string::npos;
        });
        return most * std::min(1.0F, static_cast<float>(text.size()) / many_bytes) +
               (stands ? stand : 0.0F);
    }

    [[nodiscard]] bool is_of_item(const Aspect& aspect) const {
        return item_words_.find(aspect.surface) != std::string::npos;
    }

    /// 0..1: how far the turn, or the item it belongs to, is about what is asked.
    [[nodiscard]] float topic_of(const SpokenTurn& turn, const SpokenTurn* asker,
                                 const TermSet& speech) const {
        // The chair names the item; speakers seldom repeat it. What others say in it may be of
        // another side of the matter.
        const bool asked_for = speaker_.is_asked_for();
        // What is answered stands in the question before it.
        const std::vector<float> scales{
            1.0F, asked_for ? 0.0F : 0.9F,
            asked_for       ? 0.0F
            : turn.item > 0 ? 0.45F
                            : 0.75F,
            asker != nullptr && (answers_ || asks(*asker)) ? 0.8F : 0.0F, asked_for ? 0.0F : 0.7F};
        const TermSet nothing;
        const TermSet& question_before = asker == nullptr ? nothing : asker->words;
        constexpr float named = 0.5F;
        constexpr float called = 0.4F;
        float covered = 0;
        float total = 0;
        for (const Aspect& aspect : question_.aspects) {
            if (is_of_frame(aspect, turn) || aspect.phrase) continue;
            if (aspect.year && year_spoken_of_ && aspect.coverage(turn.words) < named) return 0;
            // "i debatten om broen": only in that item, whatever else he spoke of.
            if (turn.item > 0 && !aspect.light && !aspect.year && is_of_item(aspect) &&
                aspect.coverage(turn.item_name) < called)
                return 0;
            const float scale = aspect.light ? 0.3F : 1.0F;
            const float here = aspect.coverage(
                {&turn.words, &turn.called_up, &turn.around, &question_before, &speech}, scales);
            // A name that only others speak of in the item is another side of the matter.
            const float by_itself =
                turn.item == 0
                    ? here
                    : aspect.coverage({&turn.words, &turn.called_up, &question_before, &speech},
                                      {scales[0], scales[1], scales[3], scales[4]});
            if ((aspect.name || aspect.capital || aspect.exact) && by_itself < named) return 0;
            total += aspect.weight * scale;
            covered += aspect.weight * scale * here;
        }
        return total == 0 ? 1.0F : covered / total;
    }

    [[nodiscard]] Proof quote(const Best& found) const {
        ProofBuilder builder;
        const StoredPassage& passage = found.turn->passage;
        const Span turn_part = found.turn->part;
        const auto turn = std::make_shared<const PassageView>(make_view(passage));
        const PassageView& view = *turn;
        // Whose words they are, the turn knows already.
        QuestionView topic = question_;
        TermSet speaker;
        speaker.add(passage.passage.speaker);
        std::erase_if(topic.aspects, [&](const Aspect& aspect) {
            return aspect.coverage(speaker) > 0.8F || speaker_.names_who(aspect) ||
                   is_speech_frame(aspect);
        });
        const PassageEvidence evidence = weigh(topic, {{turn, 1.0F, true}}, today_).front();
        const auto within = [&](std::size_t at) {
            const Span span = view.sentences[at].span;
            return span.begin >= turn_part.begin && span.begin < turn_part.end;
        };
        std::size_t best = view.sentences.size();
        for (const SentenceEvidence& s : evidence.sentences) {
            if (!within(s.index)) continue;
            if (best == view.sentences.size() || s.score > evidence.sentences[best].score)
                best = s.index;
        }
        if (best == view.sentences.size()) best = evidence.best;
        std::size_t first = best > 0 && within(best - 1) ? best - 1 : best;
        // "Tak." and "Tak for ordet." say nothing; the quotation begins behind them.
        const auto says_little = [&](std::size_t at) {
            const Span span = view.sentences[at].span;
            const std::string_view text(passage.passage.text);
            const auto words = danish::tokenize(text.substr(span.begin, span.end - span.begin));
            // "SF støtter parken." says all; no thanks and no greeting does.
            return words.size() <= 3 &&
                   std::any_of(words.begin(), words.end(), [](const danish::Token& word) {
                       return one_of(word.text, {"tak", "ja", "nej", "jo", "godt", "velkommen",
                                                 "godaften", "værsgo", "ordet", "herfra"});
                   });
        };
        while (first < best && says_little(first)) ++first;
        for (std::size_t i = first; i < view.sentences.size() && builder.size() < most_quotes;
             ++i) {
            if (!within(i) && i != best) break;
            builder.quote(
                passage, view.sentences[i].span,
                builder.empty()
                    ? std::optional(Lead{passage.passage.speaker,
                                         passage.meeting ? passage.meeting->date : std::nullopt})
                    : std::nullopt);
        }
        // A speech is cut where it becomes long, not where it ends.
        if (found.next != nullptr) {
            const StoredPassage& rest = found.next->passage;
            for (const Span& span : danish::sentences(rest.passage.text)) {
                if (builder.size() >= most_quotes || span.begin >= found.next->part.end) break;
                builder.quote(rest, span);
            }
        }
        builder.add_caveat({Caveat::Kind::transcript, {}, std::nullopt, passage.url});
        return builder.take();
    }

    const QuestionView& question_;
    MeetingScope scope_;
    const Library& library_;
    Date today_;
    Speaker speaker_;
    bool answers_ = false;         ///< "hvad svarede": the question stands in the turn before.
    bool asks_ = false;            ///< "hvad spurgte"
    bool year_spoken_of_ = false;  ///< The year is part of the matter.
    std::string item_words_;       ///< Of the item in which it was said.
    std::optional<Best> best_;
};

}  // namespace

bool asks_for_speech(const QuestionView& question) {
    if (question.said) return true;
    const auto tokens = danish::tokenize(question.text);
    // "Hvorfor stemte Venstre imod": the minutes hold the votes, the debate the reasons.
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (one_of(tokens[i].text, {"hvorfor", "why"}) &&
            one_of(tokens[i + 1].text, {"stemte", "stemmer", "var", "sagde", "did"}) &&
            (question.text.find("imod") != std::string::npos ||
             question.text.find(" for ") != std::string::npos ||
             question.text.find("against") != std::string::npos ||
             question.text.find(" nej") != std::string::npos)) {
            return true;
        }
    }
    // "Hvem sagde nej til budgettet": by voting.
    if (question.type == danish::QuestionType::vote) {
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            if (tokens[i].text == "sagde" && one_of(tokens[i + 1].text, {"ja", "nej"}))
                return false;
        }
    }
    if (asks_whose_words(question)) return true;
    return std::any_of(tokens.begin(), tokens.end(), [](const danish::Token& token) {
        return one_of(token.text,
                      {"ifølge", "sagde", "mente", "sagt", "udtalte", "nævnte", "spurgte"});
    });
}

std::optional<MeetingAnswer> answer_from_speech(const QuestionView& question,
                                                const MeetingScope& scope,
                                                const std::vector<PassageEvidence>& ranked,
                                                const std::vector<std::string>& bodies,
                                                const Library& library, const Date& today) {
    if (asks_whose_words(question)) {
        if (auto proof = whose_words(question, scope, ranked)) return std::move(*proof);
    }
    return SpeechAnswer(question, scope, bodies, library, today)(ranked);
}

}  // namespace raadbot::answer
