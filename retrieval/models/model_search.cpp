#include "retrieval/models/model_search.hpp"

#include <algorithm>
#include <future>
#include <map>

#include "retrieval/danish/personal_data.hpp"
#include "retrieval/models/fusion.hpp"

namespace raadbot::models {
namespace {

using index::Hit;

constexpr std::size_t longest_text = 6000;
constexpr std::size_t questions_remembered = 64;
/// Of ten passages so many must have a vector, or those that have one would be favoured.
constexpr std::size_t tenths_needed = 9;

std::vector<PassageId> ids_of(const std::vector<Hit>& hits) {
    std::vector<PassageId> ids;
    ids.reserve(hits.size());
    for (const Hit& hit : hits) ids.push_back(hit.passage);
    return ids;
}

}  // namespace

std::string text_for_models(std::string_view title, std::string_view headings,
                            std::string_view text) {
    std::string out(title);
    for (const std::string_view part : {headings, text}) {
        if (!out.empty() && !part.empty()) out += '\n';
        out += part;
    }
    if (out.size() > longest_text) {
        std::size_t end = longest_text;
        while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
        out.resize(end);
    }
    return out;
}

ModelView::ModelView(ModelSearch& owner, std::shared_ptr<const index::Snapshot> words,
                     std::shared_ptr<const index::PassageTexts> texts)
    : owner_(owner), words_(std::move(words)), texts_(std::move(texts)) {
    const std::lock_guard lock(owner_.mutex_);
    if (owner_.vectors_ != nullptr &&
        owner_.vectors_->rows() * 10 >= std::size_t{words_->passage_count()} * tenths_needed) {
        vectors_ = owner_.vectors_;
    }
}

Deadline ModelView::deadline() const {
    const std::lock_guard lock(mutex_);
    if (!deadline_) deadline_ = std::chrono::steady_clock::now() + owner_.options_.time;
    return *deadline_;
}

void ModelView::helped(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    if (std::find(helpers_.begin(), helpers_.end(), name) == helpers_.end()) {
        helpers_.push_back(name);
    }
}

std::vector<std::string> ModelView::helpers() const {
    const std::lock_guard lock(mutex_);
    return helpers_;
}

std::vector<Hit> ModelView::search(const index::Request& request) const {
    const Deadline until = deadline();
    // What is joined from earlier questions may hold what the guards of this one did not see.
    const std::string asked = danish::mask_personal_data(request.text);
    std::future<std::optional<vectors::QuantisedQuery>> coming;
    if (vectors_ != nullptr) {
        try {
            coming = std::async(std::launch::async, [this, &asked, until] {
                return owner_.question_vector(asked, until);
            });
        } catch (const std::system_error&) {
            // No thread to be had: the words alone.
        }
    }
    const std::vector<Hit> words = words_->search(request);
    std::vector<PassageId> order = ids_of(words);
    bool changed = false;
    if (coming.valid()) {
        try {
            if (const auto query = coming.get()) {
                const auto gate = words_->gate(request.filter);
                const auto near_ones = vectors_->search(*query, request.top_k, *gate);
                if (!near_ones.empty()) {
                    const std::vector<PassageId> orders[] = {order, ids_of(near_ones)};
                    order = fuse(orders);
                    changed = true;
                    helped(owner_.options_.embedder->name());
                }
            }
        } catch (const std::exception& error) {
            owner_.say(std::string("vectors: ") + error.what());
        }
    }
    if (owner_.options_.reranker != nullptr && order.size() > 1) {
        const std::vector<PassageId> before = order;
        put_in_order(request, asked, until, order);
        changed = changed || order != before;
    }
    return changed ? with_scores_of(words, order, request.top_k) : words;
}

void ModelView::put_in_order(const index::Request& request, const std::string& asked,
                             Deadline until, std::vector<PassageId>& order) const {
    const index::PassageTexts* source = request.texts != nullptr ? request.texts : texts_.get();
    if (source == nullptr) return;
    const std::size_t count =
        std::min({order.size(), owner_.options_.rerank_read, owner_.options_.reranker->batch()});
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(count);
    const std::vector<PassageId> best(order.begin(), end);
    std::map<PassageId, std::string> read;
    for (const index::PassageText& passage : source->read(best)) {
        read[passage.id] = text_for_models(passage.title, passage.headings, passage.text);
    }
    std::vector<PassageId> ids;
    std::vector<std::string> texts;
    for (const PassageId id : best) {
        const auto found = read.find(id);
        if (found == read.end()) continue;
        ids.push_back(id);
        texts.push_back(std::move(found->second));
    }
    if (ids.size() < 2) return;
    const auto scores = owner_.scores(asked, texts, until);
    if (!scores) return;
    std::vector<std::size_t> places(ids.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
    std::stable_sort(places.begin(), places.end(),
                     [&](std::size_t a, std::size_t b) { return (*scores)[a] > (*scores)[b]; });
    // Its order comes first, so that between two it decides.
    std::vector<std::vector<PassageId>> orders = {{}, best};
    for (const std::size_t place : places) orders[0].push_back(ids[place]);
    const std::vector<PassageId> fused = fuse(orders);
    std::copy(fused.begin(), fused.end(), order.begin());
    helped(owner_.options_.reranker->name());
}

ModelSearch::ModelSearch(SearchOptions options)
    : options_(std::move(options)), embedding_(options_.breaker), reranking_(options_.breaker) {
    refresh();
}

void ModelSearch::say(std::string_view line) const {
    if (options_.log) options_.log(line);
}

void ModelSearch::refresh() {
    if (options_.embedder == nullptr) return;
    const std::lock_guard one_at_a_time(refresh_mutex_);
    std::shared_ptr<const vectors::VectorSet> known;
    {
        const std::lock_guard lock(mutex_);
        known = vectors_;
    }
    const auto catalogue = vectors::read_catalogue(options_.vectors);
    const std::uint32_t checksum = catalogue && *catalogue ? (*catalogue)->checksum : 0;
    if (checksum != 0 && (checksum == unusable_ || (known && checksum == known->checksum()))) {
        return;
    }
    std::string complaint;
    std::shared_ptr<const vectors::VectorSet> fresh;
    const auto cannot_read = [&](const Error& error) {
        complaint = error.message;
        fresh = known;  // The old version stays readable.
    };
    if (!catalogue) {
        cannot_read(catalogue.error());
    } else if (!*catalogue) {
        complaint = "there are no vectors yet: `raadbot ingest` makes them";
    } else if ((*catalogue)->model != options_.embedder->identity() ||
               (*catalogue)->dimension != options_.embedder->dimension()) {
        complaint =
            "the vectors are of another model than is configured: `raadbot ingest` makes new ones";
    } else if (auto opened = vectors::VectorSet::open(options_.vectors, known.get()); !opened) {
        cannot_read(opened.error());
    } else {
        fresh = std::move(*opened);
    }
    unusable_ = complaint.empty() ? 0 : checksum;
    bool is_news = false;
    {
        const std::lock_guard lock(mutex_);
        vectors_ = std::move(fresh);
        is_news = complaint != complaint_;
        complaint_ = complaint;
    }
    if (is_news && !complaint.empty()) say(complaint + "; the search in words goes on");
}

std::shared_ptr<const ModelView> ModelSearch::view(
    std::shared_ptr<const index::Snapshot> words,
    std::shared_ptr<const index::PassageTexts> texts) {
    return std::make_shared<const ModelView>(*this, std::move(words), std::move(texts));
}

void ModelSearch::judge(Breaker& breaker, const std::string& name, const Error* error) {
    if (error == nullptr) {
        if (breaker.succeeded()) say("model " + name + ": answers again");
    } else if (breaker.failed(std::chrono::steady_clock::now())) {
        say("model " + name + ": " + error->message +
            "; it is left out for now, the search in words goes on");
    }
}

std::optional<vectors::QuantisedQuery> ModelSearch::question_vector(const std::string& text,
                                                                    Deadline until) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = std::find_if(remembered_.begin(), remembered_.end(),
                                        [&](const auto& known) { return known.first == text; });
        if (found != remembered_.end()) {
            remembered_.splice(remembered_.begin(), remembered_, found);
            return found->second;
        }
    }
    const auto now = std::chrono::steady_clock::now();
    if (text.empty() || now >= until || !embedding_.may_ask(now)) return std::nullopt;
    const auto embedded = options_.embedder->embed({&text, 1}, TextIs::question, until);
    if (!embedded) {
        judge(embedding_, options_.embedder->name(), &embedded.error());
        return std::nullopt;
    }
    auto query = vectors::quantise_query(embedded->front());
    if (!query) {
        judge(embedding_, options_.embedder->name(), &query.error());
        return std::nullopt;
    }
    judge(embedding_, options_.embedder->name(), nullptr);
    const std::lock_guard lock(mutex_);
    remembered_.emplace_front(text, *query);
    if (remembered_.size() > questions_remembered) remembered_.pop_back();
    return std::move(*query);
}

std::optional<std::vector<float>> ModelSearch::scores(const std::string& question,
                                                      const std::vector<std::string>& texts,
                                                      Deadline until) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= until || !reranking_.may_ask(now)) return std::nullopt;
    auto scores = options_.reranker->score(question, texts, until);
    judge(reranking_, options_.reranker->name(), scores ? nullptr : &scores.error());
    if (!scores) return std::nullopt;
    return std::move(*scores);
}

}  // namespace raadbot::models
