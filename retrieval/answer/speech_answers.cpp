#include "retrieval/answer/speech_answers.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/light_words.hpp"
#include "retrieval/answer/minutes_lines.hpp"
#include "retrieval/answer/offices.hpp"
#include "retrieval/answer/parties.hpp"
#include "retrieval/answer/transcripts.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/printed_names.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::one_of;
using danish::Span;

constexpr std::size_t transcripts_read = 12;
constexpr std::size_t passages_about_office = 60;

/// Words with which one asks for speech; they need not stand in it.
bool is_speech_frame(const Aspect& aspect) {
    return one_of(aspect.lemma,
                  {"sige",       "mene",     "svare",       "udtale",    "fortælle",   "nævne",
                   "kommentere", "love",     "argumentere", "tale",      "synes",      "ifølge",
                   "debat",      "møde",     "talerstol",   "video",     "say",        "think",
                   "answer",     "meeting",  "debate",      "optagelse", "diskussion", "drøftelse",
                   "indlæg",     "begrunde", "forklare",    "stemme",    "imod",       "vote",
                   "against"}) ||
           aspect.lemma.ends_with("debat") || aspect.surface.ends_with("debatten") ||
           one_of(aspect.surface, {"mødet", "debatten"});
}

/// Who is meant, and which of the question's words only say so.
class Speaker {
public:
    Speaker(const QuestionView& question, const std::vector<std::string>& bodies,
            const Library& library, const Date& today)
        : question_(question), library_(library), today_(today) {
        tokens_ = danish::tokenize(question.text);
        std::vector<std::string> known = bodies;
        const auto first = office_asked(question.text, known);
        if (first) {
            const std::string words =
                question.text.substr(first->span.begin, first->span.end - first->span.begin);
            const auto told = library.find(first->word + ' ' + words, passages_about_office);
            for (std::string& body : bodies_printed(told)) known.push_back(std::move(body));
            office_ = office_asked(question.text, known);  // Now with the committees' full names.
            holders_ = holders_of(*office_, told, known);
        }
        party_ = party_asked(question.text);
        for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
            anyone_ = anyone_ || (one_of(tokens_[i].text, {"hvem", "who"}) &&
                                  is_speech_verb(tokens_[i + 1].text));
        }
    }

    /// "Hvem sagde ...": who it was is what is asked.
    [[nodiscard]] bool is_asked_for() const { return anyone_; }
    [[nodiscard]] bool by_office() const { return office_.has_value(); }

    /// `turns`: the whole recording, from which a party's speakers may be read as well.
    [[nodiscard]] bool speaks(const StoredPassage& turn, const std::vector<SpokenTurn>& turns) {
        const std::string& name = turn.passage.speaker;
        if (name.empty()) return false;
        if (anyone_) return danish::tokenize(name).size() > 1;
        if (is_named(name)) return true;
        if (office_) {
            for (const danish::Token& token : danish::tokenize(name)) {
                if (office_->bodies.empty() && danish::office_of(token.text) == office_->word)
                    return true;
            }
            if (office_->word == "borgmester" && name == mayor_in(turns)) return true;
            const auto date = turn.meeting ? turn.meeting->date : std::nullopt;
            return std::any_of(holders_.begin(), holders_.end(), [&](const Holder& holder) {
                if (!danish::same_person(holder.name, name)) return false;
                // A page that says no time tells of today's council.
                const bool then = holder.first ? !date || holder.on(*date)
                                               : !date || *date >= council_term(today_).first;
                return then;
            });
        }
        if (!party_) return false;
        const auto known = of_party_.find(name);
        if (known != of_party_.end()) return known->second;
        return of_party_[name] = belongs_to(*party_, name, turns, library_);
    }

    /// True when the aspect only says who is asked about.
    [[nodiscard]] bool names_who(const Aspect& aspect) const {
        const auto within = [&](Span span) {
            const std::string part =
                danish::fold(question_.text.substr(span.begin, span.end - span.begin));
            return part.find(aspect.surface) != std::string::npos;
        };
        return (office_ && within(office_->span)) || (party_ && within(party_->span));
    }

private:
    /// The whole name; the surname without another first name before it; or, behind a verb of
    /// saying, the first name alone.
    [[nodiscard]] bool is_named(const std::string& speaker) const {
        const auto names = danish::tokenize(speaker);
        if (names.empty()) return false;
        const auto same = [&](std::size_t at, const danish::Token& name) {
            return danish::loose_key(tokens_[at].text) == danish::loose_key(name.text);
        };
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const bool after_verb = i > 0 && is_speech_verb(tokens_[i - 1].text);
            if (names.size() > 1 && same(i, names.front()) && after_verb &&
                (i + 1 == tokens_.size() || danish::is_stop_word(tokens_[i + 1].text))) {
                return true;
            }
            if (!same(i, names.back())) continue;
            if (i == 0 || after_verb) return true;
            const std::string& before = tokens_[i - 1].text;
            const bool part =
                std::any_of(names.begin(), names.end(),
                            [&](const danish::Token& name) { return same(i - 1, name); });
            const bool name_too = one_of(before, {"per", "bo", "sine"});
            if (part || (danish::is_stop_word(before) && !name_too) ||
                !danish::office_of(before).empty() || one_of(before, {"hr", "fru"})) {
                return true;
            }
        }
        return false;
    }

    static bool is_speech_verb(std::string_view word) {
        return one_of(
            danish::Morphology::instance().lemma(word),
            {"sige", "mene", "svare", "udtale", "fortælle", "nævne", "argumentere", "tale", "synes",
             "ifølge", "love", "kommentere", "say", "think", "foreslå", "spørge", "stemme"});
    }

    const QuestionView& question_;
    const Library& library_;
    Date today_;
    std::vector<danish::Token> tokens_;
    std::optional<Office> office_;
    std::vector<Holder> holders_;
    std::optional<PartyAsked> party_;
    std::map<std::string, bool> of_party_;
    bool anyone_ = false;
};

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
        const auto words = danish::tokenize(question.text);
        answers_ = std::any_of(words.begin(), words.end(), [](const danish::Token& token) {
            return one_of(token.text, {"svarede", "svaret", "svarer", "answer"});
        });
    }

    std::optional<Proof> operator()(const std::vector<PassageEvidence>& ranked) {
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
        for (const DocumentId& document : documents) read(turns_of(library_.document(document)));
        return best_ ? std::optional(quote(best_->passage, best_->part)) : std::nullopt;
    }

private:
    struct Best {
        float score = 0;
        StoredPassage passage;
        Span part;
    };

    void read(const std::vector<SpokenTurn>& turns) {
        // Whoever it was must have said it himself.
        const float least_topic = speaker_.is_asked_for() ? 0.75F : 0.6F;
        constexpr float call_costs = 0.2F;  // Calling an item up says little about it.
        const SpokenTurn* before = nullptr;
        for (const SpokenTurn& turn : turns) {
            const SpokenTurn* asker = std::exchange(before, &turn);
            if (scope_.first && !scope_.admits(turn.passage)) continue;
            if (!speaker_.speaks(turn.passage, turns)) continue;
            const float topic = topic_of(turn, asker);
            if (topic < least_topic) continue;
            const float score =
                topic - (turn.calls_up ? call_costs : 0.0F) +
                substance_of(std::string_view(turn.passage.passage.text)
                                 .substr(turn.part.begin, turn.part.end - turn.part.begin));
            if (!best_ || score > best_->score) best_ = Best{score, turn.passage, turn.part};
        }
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

    /// 0..1: how far the turn, or the item it belongs to, is about what is asked.
    [[nodiscard]] float topic_of(const SpokenTurn& turn, const SpokenTurn* before) const {
        // The chair names the item; speakers seldom repeat it. What others say in it may be of
        // another side of the matter.
        const bool asked_for = speaker_.is_asked_for();
        const bool another =
            before != nullptr && before->passage.passage.speaker != turn.passage.passage.speaker;
        // What is answered stands in the question before it.
        const std::vector<float> scales{1.0F, asked_for ? 0.0F : 0.9F,
                                        asked_for       ? 0.0F
                                        : turn.item > 0 ? 0.45F
                                                        : 0.75F,
                                        answers_ && another ? 0.8F : 0.0F};
        const TermSet nothing;
        const TermSet& question_before = before == nullptr ? nothing : before->words;
        constexpr float named = 0.5F;
        TermSet speaker;
        speaker.add(turn.passage.passage.speaker);
        float covered = 0;
        float total = 0;
        for (const Aspect& aspect : question_.aspects) {
            if (aspect.coverage(speaker) > 0.8F || speaker_.names_who(aspect) ||
                is_speech_frame(aspect) || (aspect.year && scope_.first)) {
                continue;
            }
            const float scale = aspect.light ? 0.3F : 1.0F;
            const float here = aspect.coverage(
                {&turn.words, &turn.called_up, &turn.around, &question_before}, scales);
            // A name that only others speak of in the item is another side of the matter.
            const float by_itself =
                turn.item == 0 ? here
                               : aspect.coverage({&turn.words, &turn.called_up, &question_before},
                                                 {scales[0], scales[1], scales[3]});
            if ((aspect.name || aspect.capital || aspect.exact) && by_itself < named) return 0;
            total += aspect.weight * scale;
            covered += aspect.weight * scale * here;
        }
        return total == 0 ? 1.0F : covered / total;
    }

    [[nodiscard]] Proof quote(const StoredPassage& passage, Span turn_part) const {
        ProofBuilder builder;
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
            return danish::tokenize(text.substr(span.begin, span.end - span.begin)).size() <= 3;
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
        builder.add_caveat({Caveat::Kind::transcript, {}, std::nullopt, passage.url});
        return builder.take();
    }

    const QuestionView& question_;
    MeetingScope scope_;
    const Library& library_;
    Date today_;
    Speaker speaker_;
    bool answers_ = false;
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
    return std::any_of(tokens.begin(), tokens.end(), [](const danish::Token& token) {
        return one_of(token.text, {"ifølge", "sagde", "mente", "sagt", "udtalte", "nævnte"});
    });
}

std::optional<Proof> answer_from_speech(const QuestionView& question, const MeetingScope& scope,
                                        const std::vector<PassageEvidence>& ranked,
                                        const std::vector<std::string>& bodies,
                                        const Library& library, const Date& today) {
    return SpeechAnswer(question, scope, bodies, library, today)(ranked);
}

}  // namespace raadbot::answer
