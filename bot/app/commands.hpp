// The subcommands of `raadbot`; each gives the process's exit code: 0 good, 1 failed, 2 wrong usage
// or configuration. Results go to stdout, progress and errors to stderr.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bot/app/config.hpp"
#include "bot/conversation/conversation.hpp"

namespace raadbot::app {

inline constexpr int exit_good = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;

/// Says the error on stderr and gives its exit code.
int report(const Error& error);

struct IngestArguments {
    std::filesystem::path config;
    std::vector<std::string> sources;  ///< Only these; empty: all approved ones.
    bool rebuild = false;              ///< Build the index anew from the store.
    bool details = false;              ///< A line per skipped or noted file.
    bool dry_run = false;              ///< Only say what would be fetched.
};
int ingest(const IngestArguments& arguments);

struct AskArguments {
    std::filesystem::path config;
    std::string channel = "cli";
    std::vector<std::string> audiences;
    std::string now;
    bool json = false;
    bool explain = false;
    std::filesystem::path batch;
    std::string question;
    std::vector<std::string> previous;
};
int ask(const AskArguments& arguments);

struct EvalArguments {
    std::filesystem::path config;
    std::filesystem::path questions;
    bool all = false;   ///< Show every answer, not only the failures.
    bool json = false;  ///< One JSON line per question instead of the table.
};
int eval(const EvalArguments& arguments);

struct RankArguments {
    std::filesystem::path corpus;
    std::filesystem::path queries;
    std::filesystem::path qrels;
    std::filesystem::path config;  ///< For its [model]; empty: no model.
};
int rank(const RankArguments& arguments);

struct PlaygroundArguments {
    std::filesystem::path config;
    int port = 3978;
};

struct ServeArguments {
    std::filesystem::path config;
    std::optional<int> port;
    std::string now;
};
int playground(const PlaygroundArguments& arguments);
int serve(const ServeArguments& arguments);

struct SourcesArguments {
    std::filesystem::path config;
    std::string action;  ///< list, show, add, approve, pause, remove, refresh
    std::string id;
    std::string kind = "website";
    std::string path;
    std::string base_url;
    std::string audience = "public";
    std::string owner;
    std::string purpose;
    std::string rights;
    std::string review_date;
    std::string as;      ///< approve: the account that decides.
    std::string reason;  ///< pause, remove.
    bool json = false;
};
int sources_command(const SourcesArguments& arguments);

struct ManifestArguments {
    std::filesystem::path config;
    std::string channel;  ///< teams, matrix
    std::filesystem::path out;
};
int manifest(const ManifestArguments& arguments);

int doctor(const std::filesystem::path& config);

// Shared by the commands
// ---------------------------------------------------------------------------

/// Writes the configuration's sources into the store: new ones as configured; known ones keep a
/// state that staff have set (paused, removed), everything else follows the file.
void sync_sources(const Config& config, store::Store& store);

[[nodiscard]] Result<std::unique_ptr<bot::Conversation>> open_conversation(const Config& config,
                                                                           bool keep_answers);

/// The moment given with --now, or the system's. Error: invalid_input.
[[nodiscard]] Result<Timestamp> moment(const std::string& now);

[[nodiscard]] Result<std::vector<Audience>> audiences_of(const std::vector<std::string>& names);

/// Text for a person at a terminal.
[[nodiscard]] std::string as_text(const bot::Reply& reply, bool colour);

}  // namespace raadbot::app
