// Retrieval quality on a collection in BEIR form: corpus.jsonl, queries.jsonl, qrels.tsv.
// The figures of `raadbot rank`. Builds a temporary index; nothing is learned from the questions.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "retrieval/index/analyzer.hpp"
#include "retrieval/index/query_builder.hpp"
#include "retrieval/index/rerank.hpp"
#include "retrieval/index/scorer.hpp"
#include "retrieval/index/search.hpp"
#include "retrieval/result.hpp"

namespace raadbot::index {

/// The corpus of a measurement, for those who add to the search.
struct RankCorpus {
    std::shared_ptr<const Snapshot> snapshot;
    std::vector<PassageText> passages;  ///< Live as long as the measurement.
    std::filesystem::path directory;    ///< For files; gone afterwards.
};
/// The snapshot that one question is searched through.
using QuestionView = std::function<std::shared_ptr<const Snapshot>()>;

struct RankOptions {
    std::filesystem::path corpus;
    std::filesystem::path queries;
    std::filesystem::path qrels;
    std::filesystem::path lexicon_directory;  ///< Empty: no lexicon.
    // For ablations; the defaults are what Raadbot uses.
    Scoring scoring;
    QueryTuning tuning;
    Analyzer::Representation representation;
    bool second_stage = true;
    /// What neural models add; empty: nothing.
    std::function<Result<QuestionView>(const RankCorpus&)> models;
    RerankOptions reranking;
};

struct RankFigures {
    std::size_t documents = 0;
    std::size_t queries = 0;  ///< Those with at least one judgement.
    double ndcg10 = 0;
    double success1 = 0;
    double recall10 = 0;
    double ms_per_query = 0;  ///< Mean, understanding the question included.
};

[[nodiscard]] Result<RankFigures> rank(const RankOptions& options);
/// The table that `raadbot rank` prints.
[[nodiscard]] std::string to_string(const RankFigures& figures);

}  // namespace raadbot::index
