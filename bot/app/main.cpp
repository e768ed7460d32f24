// raadbot: ingest | serve | playground | ask | eval | rank | sources | documents | proposals |
// questions | admin | audit | pause | resume | manifest | doctor Reads the command line, runs one
// subcommand, turns what escapes into an exit code.
#include <CLI/CLI.hpp>
#include <cstring>
#include <iostream>

#include "bot/app/commands.hpp"
#include "bot/app/governance_command.hpp"
#include "retrieval/ingest/parse.hpp"

namespace {

using namespace raadbot::app;

int run(int argc, char** argv) {
    CLI::App app{
        "Raadbot: answers from the municipality's own material, with the source behind every "
        "sentence."};
    app.set_version_flag("--version", std::string("raadbot ") + RAADBOT_VERSION);
    app.require_subcommand(1);
    int code = exit_good;
    const auto add_config = [](CLI::App* command, std::filesystem::path& config) {
        command->add_option("--config", config, "Configuration file (TOML)")->required();
    };

    IngestArguments ingest_arguments;
    CLI::App* ingest_command =
        app.add_subcommand("ingest", "Read what is new or changed in the sources");
    add_config(ingest_command, ingest_arguments.config);
    ingest_command
        ->add_option("--source", ingest_arguments.sources, "Only this source (may be repeated)")
        ->allow_extra_args(false);
    ingest_command->add_flag("--rebuild", ingest_arguments.rebuild,
                             "Build the search index anew from the database");
    ingest_command->add_flag("--details", ingest_arguments.details,
                             "A line for every file with something to know");
    ingest_command->add_flag("--dry-run", ingest_arguments.dry_run,
                             "Only say what sources of the web would bring; keep nothing");
    ingest_command->callback([&] { code = ingest(ingest_arguments); });

    ServeArguments serve_arguments;
    CLI::App* serve_command = app.add_subcommand("serve", "Serve the web page and the interfaces");
    add_config(serve_command, serve_arguments.config);
    serve_command->add_option("--port", serve_arguments.port,
                              "Instead of web.port; 0: any free port");
    serve_command->add_option("--now", serve_arguments.now,
                              "Pretend it is this moment (for trials)");
    serve_command->callback([&] { code = serve(serve_arguments); });

    PlaygroundArguments playground_arguments;
    CLI::App* playground_command = app.add_subcommand(
        "playground", "Try the Teams channel with a client on this machine: no tokens are checked");
    add_config(playground_command, playground_arguments.config);
    playground_command->add_option("--port", playground_arguments.port, "Default 3978");
    playground_command->callback([&] { code = playground(playground_arguments); });

    AskArguments ask_arguments;
    CLI::App* ask_command = app.add_subcommand("ask", "Ask one question, or a file of questions");
    add_config(ask_command, ask_arguments.config);
    ask_command->add_option("--channel", ask_arguments.channel, "As if asked there")
        ->check(CLI::IsMember({"web", "teams", "matrix", "cli"}));
    // A repeated option takes one value each time, so that the question may stand behind it.
    ask_command
        ->add_option("--audience", ask_arguments.audiences,
                     "public, council or committee:<id> (may be repeated; default public)")
        ->allow_extra_args(false);
    ask_command->add_option("--now", ask_arguments.now,
                            "The moment of asking, ISO 8601 (default: now)");
    ask_command
        ->add_option("--previous", ask_arguments.previous,
                     "An earlier question of the conversation (may be repeated)")
        ->allow_extra_args(false);
    ask_command->add_flag("--json", ask_arguments.json, "The answer as JSON");
    ask_command->add_flag("--explain", ask_arguments.explain,
                          "How the question was understood and weighed");
    auto* batch =
        ask_command->add_option("--batch", ask_arguments.batch, "JSON lines with id and question");
    ask_command->add_option("question", ask_arguments.question, "The question")->excludes(batch);
    ask_command->callback([&] {
        if (ask_arguments.question.empty() && ask_arguments.batch.empty()) {
            throw CLI::RequiredError("a question, or --batch FILE");
        }
        code = ask(ask_arguments);
    });

    EvalArguments eval_arguments;
    CLI::App* eval_command =
        app.add_subcommand("eval", "Measure answers against questions with expectations");
    add_config(eval_command, eval_arguments.config);
    eval_command->add_option("--questions", eval_arguments.questions, "JSON lines")->required();
    eval_command->add_flag("--all", eval_arguments.all, "Show every answer, not only failures");
    eval_command->add_flag("--json", eval_arguments.json,
                           "A JSON line per question instead of the table");
    eval_command->callback([&] { code = eval(eval_arguments); });

    RankArguments rank_arguments;
    CLI::App* rank_command =
        app.add_subcommand("rank", "Measure retrieval on a collection in BEIR form");
    rank_command->add_option("--corpus", rank_arguments.corpus, "corpus.jsonl")->required();
    rank_command->add_option("--queries", rank_arguments.queries, "queries.jsonl")->required();
    rank_command->add_option("--qrels", rank_arguments.qrels, "qrels.tsv")->required();
    rank_command->add_option("--config", rank_arguments.config,
                             "Use the [model] of this configuration");
    rank_command->callback([&] { code = rank(rank_arguments); });

    SourcesArguments sources_arguments;
    CLI::App* sources_command_line =
        app.add_subcommand("sources", "What the bot may use: the allow-list");
    sources_command_line->require_subcommand(1);
    const auto add_action = [&](const char* name, const char* help, bool needs_id) {
        CLI::App* action = sources_command_line->add_subcommand(name, help);
        add_config(action, sources_arguments.config);
        if (needs_id) action->add_option("id", sources_arguments.id, "The source's id")->required();
        action->callback([&, name] {
            sources_arguments.action = name;
            code = sources_command(sources_arguments);
        });
        return action;
    };
    add_action("list", "All sources with state and audience", false)
        ->add_flag("--json", sources_arguments.json);
    add_action("show", "One source, its files and what could not be read", true);
    CLI::App* add =
        add_action("add", "Propose a source; it is used once approved and ingested", true);
    add->add_option("--kind", sources_arguments.kind,
                    "handbook, intranet, website, meetings, video or curated");
    add->add_option("--path", sources_arguments.path,
                    "The folder; without it the source is fetched from --base-url");
    add->add_option("--base-url", sources_arguments.base_url,
                    "Where the folder is published, or what is fetched with all below it")
        ->required();
    add->add_option("--audience", sources_arguments.audience, "public, council or committee:<id>");
    add->add_option("--owner", sources_arguments.owner, "The unit that answers for it");
    add->add_option("--purpose", sources_arguments.purpose, "Why the bot uses it");
    add->add_option("--rights", sources_arguments.rights, "Why it may be used");
    add->add_option("--review-date", sources_arguments.review_date,
                    "Last day before it must be reviewed");
    add_action("approve", "Let the bot use a proposed or paused source", true)
        ->add_option("--as", sources_arguments.as,
                     "The account that decides (with [admin]); its password is asked for, or is in "
                     "RAADBOT_PASSWORD");
    add_action("pause", "Answer nothing from it until approved again", true)
        ->add_option("--reason", sources_arguments.reason, "For the audit trail");
    add_action("remove", "Take it down: state, text, index and kept answers", true)
        ->add_option("--reason", sources_arguments.reason, "For the audit trail");
    add_action("refresh", "Read its folder, or fetch it, now", true);

    ManifestArguments manifest_arguments;
    CLI::App* manifest_command = app.add_subcommand(
        "manifest", "Write the file that the administrator of Teams or Matrix installs");
    manifest_command->require_subcommand(1);
    const auto add_manifest = [&](const char* channel, const char* help) {
        CLI::App* command = manifest_command->add_subcommand(channel, help);
        add_config(command, manifest_arguments.config);
        command->add_option("--out", manifest_arguments.out, "The file to write")->required();
        command->callback([&, channel] {
            manifest_arguments.channel = channel;
            code = manifest(manifest_arguments);
        });
    };
    add_manifest("teams", "The Teams app package (zip)");
    add_manifest("matrix", "The Matrix application service registration (YAML, with secrets)");

    add_governance(app, code);

    std::filesystem::path doctor_config;
    CLI::App* doctor_command =
        app.add_subcommand("doctor", "Check the installation and say what to do");
    add_config(doctor_command, doctor_config);
    doctor_command->callback([&] { code = doctor(doctor_config); });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int shown = app.exit(error);
        return shown == 0 ? exit_good : exit_usage;
    }
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::strcmp(argv[1], "parse-child") == 0)
        return raadbot::ingest::parse_child_main();
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "raadbot: " << error.what() << '\n';
        return raadbot::app::exit_failed;
    }
}
