// The search in words together with what models add to it, behind the same interface.
//
// A model's part is asked for while the words are searched, has a time for each question, and is
// left out when it is late, wrong or down: then the result is that of the words, to the bit. Orders
// are fused by rank (fusion.hpp); what may not be given is not in any of them.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "retrieval/index/search.hpp"
#include "retrieval/models/breaker.hpp"
#include "retrieval/models/models.hpp"
#include "retrieval/vectors/quantise.hpp"
#include "retrieval/vectors/vector_set.hpp"

namespace raadbot::models {

struct SearchOptions {
    std::filesystem::path vectors;             ///< Their directory.
    std::shared_ptr<const Embedder> embedder;  ///< Null: none.
    std::shared_ptr<const Reranker> reranker;  ///< Null: none.
    std::chrono::milliseconds time{800};       ///< That models may take of one question, together.
    std::size_t rerank_read = 30;              ///< So many best passages are shown to the reranker.
    /// When a model stops or begins to take part, and why. Never holds a question, a passage or a
    /// key.
    std::function<void(std::string_view)> log;
    Breaker::Options breaker;
};

/// The text of a passage as models read it: title, headings, text; at most 6,000 bytes.
[[nodiscard]] std::string text_for_models(std::string_view title, std::string_view headings,
                                          std::string_view text);

class ModelSearch;

/// A snapshot for one question (and its follow-up searches): the models' time begins with its first
/// search. Identity numbers, mail addresses and phone numbers are masked before a question is shown
/// to a model. Must not outlive its ModelSearch. Thread-safe.
class ModelView final : public index::Snapshot {
public:
    ModelView(ModelSearch& owner, std::shared_ptr<const index::Snapshot> words,
              std::shared_ptr<const index::PassageTexts> texts);

    [[nodiscard]] std::vector<index::Hit> search(const index::Request& request) const override;
    [[nodiscard]] std::unique_ptr<index::Gate> gate(const index::Filter& filter) const override {
        return words_->gate(filter);
    }
    [[nodiscard]] std::uint32_t document_frequency(std::string_view lemma) const override {
        return words_->document_frequency(lemma);
    }
    [[nodiscard]] std::uint32_t passage_count() const override { return words_->passage_count(); }
    [[nodiscard]] std::optional<std::string> correct(std::string_view folded) const override {
        return words_->correct(folded);
    }
    /// That of the words: the models' part belongs to no version.
    [[nodiscard]] std::string version() const override { return words_->version(); }

    /// Names of the models that had a part in what was found so far, in the order of their first.
    [[nodiscard]] std::vector<std::string> helpers() const;

private:
    [[nodiscard]] Deadline deadline() const;
    void helped(const std::string& name) const;
    /// The order of the reranker for the best of `order`, fused with it.
    void put_in_order(const index::Request& request, const std::string& asked, Deadline until,
                      std::vector<PassageId>& order) const;

    ModelSearch& owner_;
    std::shared_ptr<const index::Snapshot> words_;
    std::shared_ptr<const index::PassageTexts> texts_;
    std::shared_ptr<const vectors::VectorSet> vectors_;  ///< Null: not to be used.
    mutable std::mutex mutex_;
    mutable std::optional<Deadline> deadline_;
    mutable std::vector<std::string> helpers_;
};

/// Thread-safe.
class ModelSearch {
public:
    explicit ModelSearch(SearchOptions options);

    /// Picks up newer vectors. Cheap when there are none. What is wrong with them is said to the
    /// log.
    void refresh();
    /// `texts` may be null: then the reranker reads by Request::texts, or takes no part.
    [[nodiscard]] std::shared_ptr<const ModelView> view(
        std::shared_ptr<const index::Snapshot> words,
        std::shared_ptr<const index::PassageTexts> texts = nullptr);

private:
    friend class ModelView;
    [[nodiscard]] std::optional<vectors::QuantisedQuery> question_vector(const std::string& text,
                                                                         Deadline until);
    [[nodiscard]] std::optional<std::vector<float>> scores(const std::string& question,
                                                           const std::vector<std::string>& texts,
                                                           Deadline until);
    void judge(Breaker& breaker, const std::string& name, const Error* error);
    void say(std::string_view line) const;

    SearchOptions options_;
    Breaker embedding_;
    Breaker reranking_;
    std::mutex refresh_mutex_;
    std::uint32_t unusable_ = 0;  ///< Checksum of a catalogue that was found to be of no use.
    std::mutex mutex_;
    std::shared_ptr<const vectors::VectorSet> vectors_;
    std::string complaint_;  ///< The last that was said of the vectors.
    /// The last questions' vectors, the newest first.
    std::list<std::pair<std::string, vectors::QuantisedQuery>> remembered_;
};

}  // namespace raadbot::models
