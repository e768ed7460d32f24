// `raadbot doctor`: what an operator would check first, each with what to do.
#include <sys/statvfs.h>
#include <unistd.h>

#include <iostream>

#include "adapters/matrix/doctor.hpp"
#include "adapters/model/client.hpp"
#include "adapters/model/doctor.hpp"
#include "adapters/teams/service.hpp"
#include "bot/app/commands.hpp"
#include "bot/app/config_channels.hpp"
#include "bot/app/models.hpp"
#include "bot/app/web_sources.hpp"
#include "bot/conversation/texts.hpp"
#include "bot/ports.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/danish/lexicon.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/models/embed_passages.hpp"
#include "retrieval/vectors/vector_set.hpp"

namespace raadbot::app {
namespace {

class Checks {
public:
    void good(const std::string& what) { std::cout << "ok     " << what << '\n'; }
    void warn(const std::string& what) { std::cout << "look   " << what << '\n'; }
    void bad(const std::string& what) {
        std::cout << "FAILED " << what << '\n';
        failed_ = true;
    }
    [[nodiscard]] bool failed() const { return failed_; }

private:
    bool failed_ = false;
};

void check_tools(Checks& checks) {
    if (::access("/usr/bin/pdftotext", X_OK) == 0) {
        checks.good("PDF reader (pdftotext)");
    } else {
        checks.bad("pdftotext is missing, PDFs cannot be read: apt-get install poppler-utils");
    }
    if (auto morphology = danish::Morphology::load()) {
        checks.good("Danish dictionary");
    } else {
        checks.bad(morphology.error().message);
    }
}

void check_space(Checks& checks, const std::filesystem::path& data_dir) {
    struct statvfs info {};
    if (::statvfs(data_dir.c_str(), &info) != 0) {
        checks.bad("data_dir " + data_dir.string() +
                   " cannot be read: run `raadbot ingest` first, or check data_dir");
        return;
    }
    const std::uint64_t free_mb =
        (static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize) >> 20U;
    const std::string text = std::to_string(free_mb) + " MB free for " + data_dir.string();
    free_mb < 500 ? checks.warn(text + ": make room, or move data_dir") : checks.good(text);
    if (::access(data_dir.c_str(), W_OK) == 0) {
        checks.good("data_dir can be written");
    } else {
        checks.bad("data_dir cannot be written by this user: chown it");
    }
}

void check_sources(Checks& checks, const store::Store& store, const Date& today) {
    for (const sources::Source& source : store.all_sources()) {
        const std::string name = "source " + source.id.value;
        const sources::State state = sources::effective_state(source, today);
        if (state == sources::State::expired) {
            checks.warn(name + " is past its review date and answers nothing: ask " +
                        source.owner.unit + " to review it, then set a new review_date");
            continue;
        }
        if (state != sources::State::approved) {
            checks.warn(name + " is " + std::string(sources::to_string(state)));
            continue;
        }
        std::error_code error;
        if (!source.path.empty() && !std::filesystem::is_directory(source.path, error)) {
            checks.bad(name + ": no folder at " + source.path.string() +
                       ": check path, or that the share is mounted");
            continue;
        }
        std::size_t unread = 0;
        const auto files = store.files(source.id);
        for (const store::FileRecord& file : files) unread += file.readable ? 0U : 1U;
        std::string text = name + ": " + std::to_string(files.size()) + " files";
        if (unread > 0) {
            checks.warn(text + ", " + std::to_string(unread) +
                        " not readable: see `raadbot sources show " + source.id.value + "`");
        } else if (files.empty()) {
            checks.warn(text + ": run `raadbot ingest`");
        } else {
            checks.good(text);
        }
    }
}

/// Secrets of fetched sources, and whether SharePoint would let us in.
void check_fetched(Checks& checks, const Config& config) {
    for (const sources::Source& source : config.sources) {
        if (!source.path.empty()) continue;
        const std::string name = "source " + source.id.value;
        const auto graph = graph_options(config, source);
        if (!graph) {
            checks.bad(graph.error().message);
            continue;
        }
        if (*graph) {
            const auto libraries = fetch::probe_graph(**graph);
            libraries ? checks.good(name + ": SharePoint lets us in, " +
                                    std::to_string(*libraries) + " libraries to read")
                      : checks.bad(name + ": " + libraries.error().message);
            continue;
        }
        if (const auto site = site_options(config, source); !site)
            checks.bad(name + ": " + site.error().message);
    }
}

void check_channels(Checks& checks, const Config& config, Timestamp now) {
    if (config.teams) {
        if (const auto options = teams_options(config); !options) {
            checks.bad(options.error().message);
        } else {
            for (const teams::Finding& finding : teams::diagnose(*options, now)) {
                finding.good ? checks.good("Teams: " + finding.check)
                             : checks.bad("Teams: " + finding.check + ": " + finding.advice);
            }
        }
        if (const auto files = teams::package_files(teams_package_inputs(config)); files) {
            checks.good("Teams: app package");
        } else {
            checks.bad(files.error().message);
        }
    }
    if (config.matrix) {
        if (const auto options = matrix_options(config); !options) {
            checks.bad(options.error().message);
        } else {
            const auto homeserver = matrix::connect(*options);
            for (const matrix::Check& check : matrix::examine(*options, *homeserver, now)) {
                const std::string text = "Matrix: " + check.what + ": " + check.detail;
                check.good ? checks.good(text) : checks.bad(text);
            }
        }
    }
}

void check_models(Checks& checks, const Config& config) {
    if (!config.model) return;
    const auto options = model_options(config);
    if (!options) return checks.bad(options.error().message);
    for (const model::Check& check : model::examine(*options)) {
        switch (check.state) {
            case model::Check::State::good: checks.good(check.text); break;
            case model::Check::State::look: checks.warn(check.text); break;
            case model::Check::State::bad: checks.bad(check.text); break;
        }
    }
}

void check_vectors(Checks& checks, const Config& config, const store::Store& store) {
    const auto set = vectors::VectorSet::open(vectors_directory(config));
    if (set && *set) {
        if (auto sound = (*set)->verify(); !sound) return checks.bad(sound.error().message);
    }
    if (!set) return checks.bad(set.error().message);
    if (!config.model || !config.model->options.embedding) {
        if (*set)
            checks.warn(
                "vectors are kept though no embedding model is configured: they are "
                "not used; delete " +
                vectors_directory(config).string() + " if they are not to be");
        return;
    }
    const auto embedder = model::connect(*config.model->options.embedding);
    const auto missing = models::missing_vectors(store, *embedder, vectors_directory(config));
    if (!missing) return checks.bad(missing.error().message);
    if (*missing == 0) {
        checks.good("every passage has a vector of " + embedder->name());
    } else {
        checks.warn(std::to_string(*missing) + " passages have no vector of " + embedder->name() +
                    ": run `raadbot ingest`; vectors take part once nine of ten have one");
    }
}

}  // namespace

int doctor(const std::filesystem::path& file) {
    Checks checks;
    const auto config = read_config(file);
    if (!config) return report(config.error());
    checks.good("configuration " + file.string());
    if (auto texts = bot::Texts::load(config->texts_dir); !texts) {
        checks.bad(texts.error().message);
    } else {
        checks.good("texts");
    }
    if (auto lexicon = danish::Lexicon::load(config->lexicon_dir); !lexicon) {
        checks.bad(lexicon.error().message);
    } else {
        checks.good("lexicon");
    }
    check_tools(checks);
    check_space(checks, config->data_dir);
    if (config->contact.name.empty() || config->contact.mail.empty()) {
        checks.warn("contact.name or contact.mail is empty: refusals name nobody to ask");
    }
    check_fetched(checks, *config);
    check_channels(checks, *config, bot::SystemClock().now());
    check_models(checks, *config);
    std::error_code error;
    if (std::filesystem::exists(config->data_dir / "raadbot.db", error)) {
        const auto store = store::Store::open(config->data_dir);
        check_sources(checks, *store, danish::copenhagen_date(bot::SystemClock().now()));
        const auto index = index::Index::open_read_only({config->data_dir / "index", nullptr});
        if (!index) {
            checks.bad(index.error().message);
        } else {
            const auto count = (*index)->snapshot()->passage_count();
            const auto truth = store->counts().passages;
            const std::string text = "index with " + std::to_string(count) + " passages";
            count == truth ? checks.good(text)
                           : checks.warn(text + " but the database has " + std::to_string(truth) +
                                         ": run `raadbot ingest`");
        }
        check_vectors(checks, *config, *store);
        if (const auto reason = store->setting("paused"))
            checks.warn("Raadbot is paused: " + *reason);
    } else {
        checks.bad("nothing is ingested yet: run `raadbot ingest --config " + file.string() + "`");
    }
    return checks.failed() ? exit_failed : exit_good;
}

}  // namespace raadbot::app
