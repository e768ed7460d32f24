#include "retrieval/answer/engine.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/case_number_answers.hpp"
#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/contact_answers.hpp"
#include "retrieval/answer/curated.hpp"
#include "retrieval/answer/evidence.hpp"
#include "retrieval/answer/evidence_json.hpp"
#include "retrieval/answer/glossary.hpp"
#include "retrieval/answer/light_words.hpp"
#include "retrieval/answer/listings.hpp"
#include "retrieval/answer/meeting_answers.hpp"
#include "retrieval/answer/meetings.hpp"
#include "retrieval/answer/roles.hpp"
#include "retrieval/answer/table_answers.hpp"
#include "retrieval/answer/two_questions.hpp"
#include "retrieval/answer/weights.hpp"
#include "retrieval/danish/danish_reading.hpp"
#include "retrieval/danish/follow_up.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;

constexpr std::size_t candidates_wanted = 80;
constexpr std::size_t most_answers = 12;   // Passages that an answer may be taken from.
constexpr std::uint32_t told_around = 20;  // Passages of a document, on both sides of one.
constexpr float nearest_coverage = 0.34F;  // Below this a passage is not even related.

std::unordered_map<std::string, std::uint32_t> vocabulary_of(const danish::Lexicon& lexicon) {
    std::unordered_map<std::string, std::uint32_t> vocabulary;
    for (std::string& word : lexicon.words()) vocabulary.emplace(std::move(word), 1);
    return vocabulary;
}

/// What the engine reads once per version of the material.
struct Material {
    std::int64_t generation = -1;
    std::vector<store::Store::Meeting> meetings;
    std::vector<std::string> bodies;
    Glossary glossary;
    CuratedQuestions curated;
};

}  // namespace

struct Engine::Impl {
    Impl(std::shared_ptr<const danish::Lexicon> words, std::string name)
        : lexicon(std::move(words)),
          lexicon_speller(vocabulary_of(*lexicon)),
          municipality(std::move(name)) {}

    std::shared_ptr<const danish::Lexicon> lexicon;
    danish::Speller lexicon_speller;
    std::string municipality;
    mutable ViewCache cache;
    mutable std::mutex mutex;
    mutable std::shared_ptr<const Material> material;

    std::shared_ptr<const Material> material_of(const store::Store& store) const;
    /// The asker's passages among these, ready for weighing; sources that may not be used today are
    /// out.
    std::vector<std::shared_ptr<const PassageView>> views(const std::vector<PassageId>& ids,
                                                          const store::Store& store,
                                                          const Access& access) const;
    /// What is found, weighed, best first; gives the question's aspects their roles.
    std::vector<PassageEvidence> candidates(QuestionView& view, const MeetingScope& scope,
                                            const store::Store& store,
                                            const index::Snapshot& snapshot, const Access& access,
                                            const Date& today,
                                            const std::vector<StoredPassage>& spoken_of) const;
    /// The places that the question before this one was answered from, when this one leans on it.
    std::vector<StoredPassage> spoken_of(const Question& question, const QuestionView& view,
                                         const store::Store& store,
                                         const index::Snapshot& snapshot) const;
    Outcome answer(const Question& question, const store::Store& store,
                   const index::Snapshot& snapshot, std::string* explanation) const;
    /// Also of two questions in one, and of one that only seems to lean on those before.
    Outcome answer_all(const Question& question, const store::Store& store,
                       const index::Snapshot& snapshot) const;
};

Engine::Engine(std::shared_ptr<const danish::Lexicon> lexicon, std::string municipality)
    : impl_(std::make_unique<Impl>(std::move(lexicon), std::move(municipality))) {}
Engine::~Engine() = default;

std::shared_ptr<const Material> Engine::Impl::material_of(const store::Store& store) const {
    const std::int64_t generation = store.generation();
    const std::lock_guard lock(mutex);
    if (material && material->generation == generation) return material;
    auto fresh = std::make_shared<Material>();
    fresh->generation = generation;
    fresh->meetings = store.meetings();
    std::set<std::string> bodies;
    for (const auto& meeting : fresh->meetings) bodies.insert(meeting.body);
    fresh->bodies.assign(bodies.begin(), bodies.end());
    fresh->glossary = Glossary(store.section_passages(Section::term));
    fresh->curated = CuratedQuestions(store.section_passages(Section::curated), *lexicon);
    material = std::move(fresh);
    return material;
}

std::vector<std::shared_ptr<const PassageView>> Engine::Impl::views(
    const std::vector<PassageId>& ids, const store::Store& store, const Access& access) const {
    std::vector<std::shared_ptr<const PassageView>> result;
    // The store is asked every time, the cache saves only the analysis: what was taken down is not
    // there.
    for (StoredPassage& passage : store.passages(ids)) {
        if (!access.admits(passage)) continue;
        auto view = cache.find(passage.id);
        if (view == nullptr) view = cache.put(make_view(std::move(passage)));
        result.push_back(std::move(view));
    }
    return result;
}

std::vector<PassageEvidence> Engine::Impl::candidates(
    QuestionView& view, const MeetingScope& scope, const store::Store& store,
    const index::Snapshot& snapshot, const Access& access, const Date& today,
    const std::vector<StoredPassage>& spoken_of) const {
    index::Request request;
    request.text = view.search_text;
    request.filter.audiences = access.audiences;
    request.top_k = candidates_wanted;
    std::map<PassageId, float> scores;
    const auto collect = [&] {
        const auto hits = snapshot.search(request);
        const float top = hits.empty() || hits.front().score <= 0 ? 1.0F : hits.front().score;
        for (const index::Hit& hit : hits) {
            float& score = scores[hit.passage];
            score = std::max(score, hit.score / top);
        }
    };
    collect();
    for (const std::string* text : {&view.expanded_text, &view.typical_text}) {
        if (text->empty()) continue;
        request.text = *text;
        collect();
    }
    request.text = view.search_text;
    if (scope.limited()) {
        request.filter.bodies = scope.bodies;
        request.filter.first_date = scope.first;
        request.filter.last_date = scope.last;
        collect();
    }
    // Who names a case means all its papers, whose text need not hold the number.
    for (const std::string& number : case_numbers_in(view.text)) {
        for (const StoredPassage& passage : store.case_passages(number)) scores[passage.id] = 1;
    }
    std::set<std::string_view> documents;
    for (const StoredPassage& told : spoken_of) {
        if (!documents.insert(told.document.value).second) continue;
        for (const StoredPassage& passage : store.document_passages(told.document)) {
            const std::uint32_t a = passage.position;
            const std::uint32_t b = told.position;
            if ((a > b ? a - b : b - a) <= told_around) scores.emplace(passage.id, 0.0F);
        }
    }
    std::vector<PassageId> ids;
    for (const auto& [id, score] : scores) ids.push_back(id);
    std::vector<Candidate> found;
    for (auto& passage_view : views(ids, store, access)) {
        const float score = scores[passage_view->stored.id];
        const bool in_scope = fits_scope(view, scope, *passage_view, today);
        const bool told = documents.contains(passage_view->stored.document.value);
        found.push_back({std::move(passage_view), score, in_scope, told});
    }
    // Hits in order of their score, so that equal evidence keeps it.
    std::stable_sort(found.begin(), found.end(),
                     [](const Candidate& a, const Candidate& b) { return a.search > b.search; });
    assign_roles(view, found);
    return weigh(view, found, today);
}

namespace {

/// Of dagsorden and referat of one meeting's item, and of copies of a page, the better one stays.
void fold_duplicates(std::vector<PassageEvidence>& ranked) {
    std::vector<PassageEvidence> kept;
    std::vector<WordsOf> words_of_kept;
    for (PassageEvidence& e : ranked) {
        const StoredPassage& p = e.view->stored;
        WordsOf words(p.passage.text);
        const auto same = [&](const PassageEvidence& k) {
            const StoredPassage& q = k.view->stored;
            if (p.meeting.has_value() != q.meeting.has_value()) return false;
            if (p.meeting &&
                (p.meeting->date != q.meeting->date || p.meeting->body != q.meeting->body)) {
                return false;
            }
            return p.passage.text == q.passage.text ||
                   words.nearly(words_of_kept[static_cast<std::size_t>(&k - kept.data())]);
        };
        const auto twin = std::find_if(kept.begin(), kept.end(), same);
        if (twin == kept.end()) {
            kept.push_back(std::move(e));
            words_of_kept.push_back(std::move(words));
        } else if (p.meeting && p.meeting->paper == MeetingPaper::referat &&
                   twin->view->stored.meeting->paper == MeetingPaper::dagsorden) {
            words_of_kept[static_cast<std::size_t>(twin - kept.begin())] = std::move(words);
            *twin = std::move(e);
        }
    }
    ranked = std::move(kept);
}

/// A list of the very things asked for proves itself by its shape, also a little below the bar and
/// behind places that speak of them. The end when there is none.
std::vector<PassageEvidence>::iterator lists_what_is_asked(const QuestionView& view,
                                                           std::vector<PassageEvidence>& answers) {
    constexpr std::size_t looked_at = 5;
    constexpr float leniency = 0.7F;
    if (view.type != QuestionType::list) return answers.end();
    const auto last =
        answers.begin() + static_cast<std::ptrdiff_t>(std::min(answers.size(), looked_at));
    const auto found = std::find_if(answers.begin(), last, [&](const PassageEvidence& e) {
        return e.confidence >= least_confidence - leniency &&
               !rows_listed(view, {e.view->stored}).empty();
    });
    return found == last ? answers.end() : found;
}

/// Not far below the bar, and nothing speaks against it: a table's row may still prove the answer.
bool nearly_answers(const PassageEvidence& best) {
    constexpr float leniency = 0.6F;
    return !leaves_unmet(best) && best.confidence >= least_confidence - leniency;
}

/// An English question as a Dane would ask it; nothing for a Danish one.
std::optional<Question> in_danish(const Question& question, const danish::Lexicon& lexicon,
                                  const index::Snapshot& snapshot) {
    const auto is_english = [](std::string_view text) {
        return danish::question_language(text) == "en";
    };
    if (!is_english(question.text)) return std::nullopt;
    const danish::UsedWords used = [&](const std::string& word) {
        return snapshot.document_frequency(word) > 0 ||
               snapshot.document_frequency(danish::Morphology::instance().lemma(word)) > 0;
    };
    const auto put = [&](std::string& text) {
        if (is_english(text))
            text =
                danish::danish_reading(danish::to_valid_nfc(text), lexicon.english_words(), used);
    };
    Question result = question;
    put(result.text);
    for (std::string& earlier : result.previous) put(earlier);
    return result;
}

std::string describe(const QuestionView& view, const std::vector<PassageEvidence>& ranked) {
    std::string out = "type " + std::string(danish::to_string(view.type)) + ", language " +
                      view.language + (view.money ? ", money" : "") +
                      (view.contact ? ", contact" : "") + "\n";
    std::array<char, 160> line{};
    for (const Aspect& aspect : view.aspects) {
        std::snprintf(line.data(), line.size(),
                      "  aspect %-24s w=%.2f %s%s:", aspect.surface.c_str(),
                      static_cast<double>(aspect.weight),
                      std::string(to_string(aspect.role)).c_str(), aspect.exact ? " exact" : "");
        out += line.data();
        std::size_t shown = 0;
        for (const Alternative& alternative : aspect.alternatives) {
            if (++shown > 14) break;
            out += ' ';
            for (const std::string& term : alternative.terms) out += term + "+";
            out.back() = '/';
            std::snprintf(line.data(), line.size(), "%.2f",
                          static_cast<double>(alternative.weight));
            out += line.data();
        }
        out += '\n';
    }
    for (std::size_t i = 0; i < ranked.size() && i < 8; ++i) {
        const PassageEvidence& e = ranked[i];
        const StoredPassage& p = e.view->stored;
        std::snprintf(line.data(), line.size(), "  %zu. %s score %.2f confidence %+.2f", i + 1,
                      is_answer(e) ? "YES" : "no ", static_cast<double>(e.score),
                      static_cast<double>(e.confidence));
        out += line.data();
        const DecisionFeatures& decision = e.decision;
        for (std::size_t f = 0; f < decision.size(); ++f) {
            std::snprintf(line.data(), line.size(), " %s %.2f",
                          std::string(decision_feature_names[f]).c_str(),
                          static_cast<double>(decision[f]));
            out += line.data();
        }
        if (!e.barred.empty()) out += " (" + std::string(e.barred) + ")";
        out +=
            ' ' + p.title + " [" + std::string(to_string(p.passage.section)) + "] " + p.url + "\n";
        const danish::Span span = e.view->sentences[e.telling].span;
        out += "       » " + p.passage.text.substr(span.begin, span.end - span.begin) + "\n";
    }
    return out;
}

}  // namespace

Outcome Engine::Impl::answer(const Question& question, const store::Store& store,
                             const index::Snapshot& snapshot, std::string* explanation) const {
    const auto known = material_of(store);
    const Access access = access_of(question, store);
    const Date today = danish::copenhagen_date(question.now);
    QuestionView view =
        view_question(question, {*lexicon, lexicon_speller, snapshot, known->bodies, municipality});
    Outcome outcome;
    outcome.language = view.language;
    outcome.type = view.type;
    outcome.index_version = snapshot.version();

    std::vector<store::Store::Meeting> meetings;
    for (const auto& meeting : known->meetings) {
        if (access.admits(meeting.source)) meetings.push_back(meeting);
    }
    const MeetingScope scope = resolve_scope(view, meetings, today);
    std::vector<PassageEvidence> ranked = candidates(view, scope, store, snapshot, access, today,
                                                     spoken_of(question, view, store, snapshot));
    if (explanation != nullptr) *explanation = describe(view, ranked);

    const Library library(store, snapshot, access);
    const DocumentReader read_document = [&](const DocumentId& id) { return library.document(id); };
    // What staff wrote for this very question comes before anything found.
    std::optional<Proof> proof;
    for (auto& curated : views(known->curated.find(question.text, *lexicon), store, access)) {
        if (proof) break;
        Candidate candidate;
        candidate.view = std::move(curated);
        const auto weighed = weigh(view, {candidate}, today);
        if (weighed.empty() || weighed.front().sentences.empty()) continue;
        proof = compose(view, weighed, today, read_document);
    }
    bool untold = false;
    const auto take = [&](MeetingAnswer told) {
        untold = std::holds_alternative<Untold>(told);
        if (auto* found = std::get_if<Proof>(&told)) proof = std::move(*found);
    };
    if (auto told = proof ? std::nullopt
                          : answer_from_meetings(view, scope, ranked, meetings, library, today)) {
        if (auto* unclear = std::get_if<Unclear>(&*told)) {
            outcome.result = std::move(*unclear);
            return outcome;
        }
        take(std::move(*told));
    }
    if (!proof && !untold) proof = answer_from_contacts(view, ranked);
    if (!proof && !untold) {
        if (auto told = answer_from_tables(view, ranked, Rows::sorted)) take(std::move(*told));
    }
    if (!proof && !untold && !(scope.unmet && view.aspects.empty())) {
        std::vector<PassageEvidence> answers;
        for (const PassageEvidence& e : ranked) {
            if (answers.size() == most_answers) break;
            if (e.barred.empty()) answers.push_back(e);
        }
        fold_duplicates(answers);
        auto proving = proving_place(answers);
        if (proving == answers.end()) proving = lists_what_is_asked(view, answers);
        if (proving != answers.end()) {
            std::rotate(answers.begin(), proving, proving + 1);
            proof = compose(view, answers, today, read_document);
        } else if (answers.empty() || nearly_answers(answers.front())) {
            if (auto told = answer_from_tables(view, ranked, Rows::any)) take(std::move(*told));
        }
    }
    if (proof) {
        known->glossary.explain(view, access, *proof);
        outcome.result = std::move(*proof);
        return outcome;
    }
    NoProof none;
    none.missing = uncovered(view, ranked);
    none.searched_sources = static_cast<std::uint32_t>(access.usable.size());
    const auto nearest =
        std::max_element(ranked.begin(), ranked.end(),
                         [](const auto& a, const auto& b) { return a.coverage < b.coverage; });
    if (nearest != ranked.end() && nearest->coverage >= nearest_coverage) {
        const danish::Span said = nearest->view->sentences[nearest->telling].span;
        const StoredPassage& place = nearest->view->stored;
        none.nearest =
            SourceCard{1, place, place.passage.text.substr(said.begin, said.end - said.begin)};
    } else if (scope.bodies.empty()) {
        none.reason = RefusalReason::out_of_scope;
    }
    outcome.result = std::move(none);
    return outcome;
}

std::vector<StoredPassage> Engine::Impl::spoken_of(const Question& question,
                                                   const QuestionView& view,
                                                   const store::Store& store,
                                                   const index::Snapshot& snapshot) const {
    std::vector<StoredPassage> places;
    if (!view.follow_up) return places;
    const Outcome before = answer(earlier_question(question), store, snapshot, nullptr);
    if (const auto* told = std::get_if<Proof>(&before.result)) {
        for (const SourceCard& card : told->cards) places.push_back(card.passage);
    }
    return places;
}

Outcome Engine::answer(const Question& question, const store::Store& store,
                       const index::Snapshot& snapshot) const {
    Outcome outcome = impl_->answer_all(question, store, snapshot);
    if (!std::holds_alternative<NoProof>(outcome.result)) return outcome;
    // English words for what the papers say in Danish find much; a Dane's question is understood
    // better.
    if (const auto danish = in_danish(question, *impl_->lexicon, snapshot)) {
        Outcome again = impl_->answer_all(*danish, store, snapshot);
        if (std::holds_alternative<NoProof>(again.result)) return outcome;
        again.language = outcome.language;
        return again;
    }
    return outcome;
}

Outcome Engine::Impl::answer_all(const Question& question, const store::Store& store,
                                 const index::Snapshot& snapshot) const {
    if (const auto parts = taken_apart(question)) {
        Outcome first = answer(parts->first, store, snapshot, nullptr);
        const Outcome second = answer(parts->second, store, snapshot, nullptr);
        const auto* one = std::get_if<Proof>(&first.result);
        const auto* other = std::get_if<Proof>(&second.result);
        if (one != nullptr && other != nullptr) {
            first.result = joined(*one, *other);
            return first;
        }
    }
    Outcome outcome = answer(question, store, snapshot, nullptr);
    // "hvad koster et pas?" after a question about parking is a new matter, unless the material
    // knows a price there.
    if (!question.previous.empty() && std::holds_alternative<NoProof>(outcome.result) &&
        danish::read_follow_up(danish::to_valid_nfc(question.text)).may_lean) {
        Question alone = question;
        alone.previous.clear();
        return answer(alone, store, snapshot, nullptr);
    }
    return outcome;
}

std::string Engine::evidence_json(const Question& question, const store::Store& store,
                                  const index::Snapshot& snapshot) const {
    const auto known = impl_->material_of(store);
    const Access access = access_of(question, store);
    const Date today = danish::copenhagen_date(question.now);
    QuestionView view = view_question(question, {*impl_->lexicon, impl_->lexicon_speller, snapshot,
                                                 known->bodies, impl_->municipality});
    std::vector<store::Store::Meeting> meetings;
    for (const auto& meeting : known->meetings) {
        if (access.admits(meeting.source)) meetings.push_back(meeting);
    }
    const MeetingScope scope = resolve_scope(view, meetings, today);
    const auto ranked = impl_->candidates(view, scope, store, snapshot, access, today,
                                          impl_->spoken_of(question, view, store, snapshot));
    const Library library(store, snapshot, access);
    const bool special =
        answer_from_meetings(view, scope, ranked, meetings, library, today).has_value();
    return to_json(view, ranked, special);
}

std::string Engine::explain(const Question& question, const store::Store& store,
                            const index::Snapshot& snapshot) const {
    std::string text;
    static_cast<void>(impl_->answer(question, store, snapshot, &text));
    return text;
}

}  // namespace raadbot::answer
