// `raadbot rank`: retrieval quality on a collection in BEIR form.
#include "retrieval/index/rank.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "adapters/model/client.hpp"
#include "bot/app/commands.hpp"
#include "bot/app/models.hpp"
#include "bot/app/progress.hpp"
#include "retrieval/vectors/vector_writer.hpp"

namespace raadbot::app {
namespace {

/// Vectors of the whole corpus, made now.
Result<void> embed_corpus(const index::RankCorpus& corpus, const models::Embedder& embedder,
                          std::chrono::milliseconds time, const std::filesystem::path& directory) {
    vectors::Rows rows;
    rows.dimension = embedder.dimension();
    std::vector<PassageId> ids;
    const bool terminal = ::isatty(STDERR_FILENO) == 1;
    for (std::size_t first = 0; first < corpus.passages.size(); first += embedder.batch()) {
        const std::size_t end = std::min(first + embedder.batch(), corpus.passages.size());
        std::vector<std::string> texts;
        for (std::size_t i = first; i < end; ++i) {
            const index::PassageText& passage = corpus.passages[i];
            texts.push_back(models::text_for_models(passage.title, passage.headings, passage.text));
        }
        const auto found =
            embedder.embed(texts, models::TextIs::passage, std::chrono::steady_clock::now() + time);
        if (!found) {
            return fail(found.error().code,
                        "model " + embedder.name() + ": " + found.error().message);
        }
        for (std::size_t i = first; i < end; ++i) {
            const auto row = vectors::quantise((*found)[i - first]);
            if (!row) return tl::unexpected(row.error());
            rows.append(corpus.passages[i].id, row->scale, row->numbers);
            ids.push_back(corpus.passages[i].id);
        }
        if (terminal) draw_progress("vectors", end, corpus.passages.size());
    }
    if (terminal) clear_progress();
    vectors::WriterOptions options;
    options.directory = directory;
    options.model = embedder.identity();
    options.dimension = embedder.dimension();
    vectors::VectorWriter writer(std::move(options));
    const vectors::LiveIds live = [&] { return ids; };
    if (auto added = writer.add(rows, live); !added) return added;
    return writer.finish(live);
}

}  // namespace

int rank(const RankArguments& arguments) {
    index::RankOptions options;
    options.corpus = arguments.corpus;
    options.queries = arguments.queries;
    options.qrels = arguments.qrels;
    options.lexicon_directory = share_dir() / "lexicon";
    std::shared_ptr<models::ModelSearch> search;
    if (!arguments.config.empty()) {
        auto config = read_config(arguments.config);
        if (!config) return report(config.error());
        if (!config->model) {
            return report({ErrorCode::invalid_config,
                           arguments.config.string() + ": there is no [model] to use"});
        }
        options.models = [config = std::move(*config),
                          &search](const index::RankCorpus& corpus) -> Result<index::QuestionView> {
            Config here = config;
            here.data_dir = corpus.directory;
            const auto keyed = model_options(here);
            if (!keyed) return tl::unexpected(keyed.error());
            if (keyed->embedding) {
                const auto embedder = model::connect(*keyed->embedding);
                auto embedded =
                    embed_corpus(corpus, *embedder, keyed->embedding->endpoint.request_time,
                                 vectors_directory(here));
                if (!embedded) return tl::unexpected(embedded.error());
            }
            auto opened = open_models(
                here, [](std::string_view line) { std::cerr << "raadbot: " << line << '\n'; });
            if (!opened) return tl::unexpected(opened.error());
            search = std::move(*opened);
            return index::QuestionView(
                [&search, snapshot = corpus.snapshot] { return search->view(snapshot); });
        };
    }
    const auto figures = index::rank(options);
    if (!figures) return report(figures.error());
    std::cout << index::to_string(*figures) << '\n';
    return exit_good;
}

}  // namespace raadbot::app
