#include "bot/app/models.hpp"

#include <cstdio>

#include "adapters/model/client.hpp"
#include "bot/app/ingest_lock.hpp"
#include "bot/app/progress.hpp"
#include "retrieval/models/embed_passages.hpp"

namespace raadbot::app {

std::filesystem::path vectors_directory(const Config& config) {
    return config.data_dir / "index" / "vectors";
}

Result<std::shared_ptr<models::ModelSearch>> open_models(const Config& config, Log log) {
    if (!config.model) return nullptr;
    const auto options = model_options(config);
    if (!options) return tl::unexpected(options.error());
    models::SearchOptions search;
    search.vectors = vectors_directory(config);
    search.time = options->time;
    search.log = std::move(log);
    if (options->embedding) search.embedder = model::connect(*options->embedding);
    if (options->reranking) {
        search.reranker = model::connect(*options->reranking);
        search.rerank_read = options->reranking->read;
    }
    return std::make_shared<models::ModelSearch>(std::move(search));
}

std::vector<web::ModelFact> model_facts(const Config& config) {
    std::vector<web::ModelFact> facts;
    if (!config.model) return facts;
    const auto add = [&](const char* purpose, const model::Endpoint& endpoint) {
        facts.push_back({purpose, endpoint.name, model::host_of(endpoint)});
    };
    const model::Options& options = config.model->options;
    if (options.embedding) add("embedding", options.embedding->endpoint);
    if (options.reranking) add("reranking", options.reranking->endpoint);
    return facts;
}

Result<bool> embed_missing(const Config& config, const store::Store& store, Show show,
                           const Log& log, std::function<bool()> stop) {
    if (!config.model || !config.model->options.embedding) return true;
    const auto options = model_options(config);
    if (!options) return tl::unexpected(options.error());
    const auto lock = IngestLock::take(config.data_dir, "vectors.lock");
    if (!lock && lock.error().code == ErrorCode::conflict) {
        log("vectors: another raadbot is making them already");
        return true;
    }
    if (!lock) return tl::unexpected(lock.error());
    const auto embedder = model::connect(*options->embedding);
    models::EmbedOptions embed;
    embed.vectors = vectors_directory(config);
    embed.request_time = options->embedding->endpoint.request_time;
    embed.stop = std::move(stop);
    if (show == Show::progress) {
        embed.progress = [](std::uint64_t done, std::uint64_t total) {
            draw_progress("vectors", done, total);
        };
    }
    const auto report = models::embed_passages(store, *embedder, embed);
    if (show == Show::progress) clear_progress();
    if (!report) return tl::unexpected(report.error());
    const std::string name = "vectors of " + embedder->name() + ": ";
    if (report->other_model) log(name + "those of another model or dimension were dropped");
    if (report->embedded > 0 || report->missing > 0) {
        log(name + std::to_string(report->embedded) + " new, " +
            std::to_string(report->passages - report->missing) + " of " +
            std::to_string(report->passages) + " passages have one");
    }
    if (report->refused > 0) {
        log(name + std::to_string(report->refused) +
            " passages were refused by the model and are found in words alone");
    }
    if (report->stopped) {
        log(name + "stopped: " + report->stopped->message +
            ". The search in words is live with everything; `raadbot ingest` goes on where this "
            "stopped");
    }
    return !report->stopped;
}

}  // namespace raadbot::app
