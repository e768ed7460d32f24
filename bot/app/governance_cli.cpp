// The subcommands of the administration, as CLI11 wants them.
#include <CLI/CLI.hpp>
#include <memory>

#include "bot/app/governance_command.hpp"

namespace raadbot::app {
namespace {

using Arguments = std::shared_ptr<GovernanceArguments>;

CLI::App* leaf(CLI::App* parent, const char* name, const char* help, const Arguments& arguments,
               int& code, int (*run)(const GovernanceArguments&)) {
    CLI::App* command = parent->add_subcommand(name, help);
    command->add_option("--config", arguments->config, "Configuration file (TOML)")->required();
    command->callback([arguments, name, &code, run] {
        arguments->action = name;
        code = run(*arguments);
    });
    return command;
}

CLI::App* group(CLI::App& app, const char* name, const char* help) {
    CLI::App* command = app.add_subcommand(name, help);
    command->require_subcommand(1);
    return command;
}

}  // namespace

void add_governance(CLI::App& app, int& code) {
    const auto arguments = std::make_shared<GovernanceArguments>();
    const auto with_as = [&](CLI::App* command) {
        command->add_option(
            "--as", arguments->as,
            "The account that decides (with [admin]); its password is asked for, or "
            "is in RAADBOT_PASSWORD");
        return command;
    };

    CLI::App* admin = group(app, "admin", "Local accounts of the administration");
    CLI::App* add = leaf(admin, "add-user", "A local account with a one-time password, for trials",
                         arguments, code, admin_command);
    add->add_option("login", arguments->id, "The account's name")->required();
    add->add_option("--role", arguments->roles,
                    "reader, curator, approver or operator (may be "
                    "repeated)")
        ->required()
        ->allow_extra_args(false);
    add->add_option("--name", arguments->name, "The person's name");
    leaf(admin, "users", "Who may sign in", arguments, code, admin_command);
    leaf(admin, "disable-user", "Shut an account and end its sessions", arguments, code,
         admin_command)
        ->add_option("login", arguments->id, "The account's name")
        ->required();

    CLI::App* audit = group(app, "audit", "The audit trail");
    leaf(audit, "export", "All lines as JSON lines on standard output", arguments, code,
         audit_command);
    CLI::App* verify = leaf(audit, "verify", "Check that no line was changed, left out or added",
                            arguments, code, audit_command);
    verify->add_option("--file", arguments->file, "Check an exported file instead");
    verify->add_option("--head", arguments->head, "The last hash as noted elsewhere");

    leaf(&app, "pause", "Every door answers that the bot is paused", arguments, code, pause_command)
        ->add_option("--reason", arguments->reason, "Shown to everybody who asks")
        ->required();
    leaf(&app, "resume", "Answer again", arguments, code, pause_command);

    CLI::App* documents = group(app, "documents", "What the bot has read, and taking it down");
    leaf(documents, "list", "Documents of a source, or of all", arguments, code, documents_command)
        ->add_option("--source", arguments->id, "Only this source");
    CLI::App* down = leaf(documents, "take-down",
                          "Erase a document, its index entries and the answers that showed it",
                          arguments, code, documents_command);
    down->add_option("document", arguments->id, "The document's id or address")->required();
    down->add_option("--reason", arguments->reason, "For the audit trail")->required();
    leaf(documents, "taken-down", "What was taken down, and why", arguments, code,
         documents_command);

    CLI::App* proposals = group(app, "proposals", "What waits for a second person");
    leaf(proposals, "list", "Open proposals", arguments, code, proposals_command);
    leaf(proposals, "show", "One proposal with its preview, as JSON", arguments, code,
         proposals_command)
        ->add_option("number", arguments->id)
        ->required();
    leaf(proposals, "preview", "Make the preview of a proposed source now", arguments, code,
         proposals_command)
        ->add_option("number", arguments->id)
        ->required();
    with_as(leaf(proposals, "approve", "Decide for it", arguments, code, proposals_command))
        ->add_option("number", arguments->id)
        ->required();
    CLI::App* reject =
        with_as(leaf(proposals, "reject", "Decide against it", arguments, code, proposals_command));
    reject->add_option("number", arguments->id)->required();
    reject->add_option("--reason", arguments->reason, "Why not")->required();

    CLI::App* versions = group(app, "index", "Versions of the material and its index");
    leaf(versions, "list", "What there is to go to", arguments, code, index_command);
    leaf(versions, "build", "Build a version beside the one in use and try it", arguments, code,
         index_command);
    leaf(versions, "promote", "Put a version live that passed its test questions", arguments, code,
         index_command)
        ->add_option("version", arguments->id)
        ->required();
    leaf(versions, "back", "To the version that was live before", arguments, code, index_command);

    CLI::App* questions = group(app, "questions", "What people ask, and what staff answer");
    const auto question = [&](const char* name, const char* help) {
        return leaf(questions, name, help, arguments, code, questions_command);
    };
    const auto numbered = [&](const char* name, const char* help) {
        question(name, help)
            ->add_option("numbers", arguments->numbers, "As listed")
            ->required()
            ->delimiter(',');
    };
    const auto asked = [&](CLI::App* command) {
        command->add_option("question", arguments->question)->required();
        command->add_option("--audience", arguments->audience, "Who may see the answer");
    };
    question("unanswered", "What the material did not answer, grouped by meaning");
    numbered("dismiss", "Unanswered questions that need nothing");
    question("handoffs", "Questions that were handed over to staff");
    CLI::App* answer = question("answer", "Answer one of them; it goes back where it was asked");
    answer->add_option("id", arguments->id)->required();
    answer->add_option("text", arguments->text)->required();
    CLI::App* curate = question("curate", "Propose an answer that wins for its question");
    asked(curate);
    curate->add_option("--answer", arguments->text)->required();
    curate->add_option("--source", arguments->url, "A document of the material that proves it")
        ->required();
    curate->add_option("--also", arguments->paraphrases, "Another way to ask (may be repeated)")
        ->allow_extra_args(false);
    curate->add_option("--expires", arguments->expires, "Last day, YYYY-MM-DD");
    question("tests", "What a new version of the index must answer before it goes live");
    CLI::App* test = question("add-test", "One more");
    asked(test);
    test->add_flag("--refused", arguments->refused, "It must be refused");
    test->add_option("--source", arguments->url, "One source shown must begin with this address");
    test->add_option("--fact", arguments->text, "Must stand in the answer");
    numbered("remove-test", "Not asked any more");
    question("errors", "Known errors, as /om shows them");
    question("add-error", "One more")->add_option("text", arguments->text)->required();
    numbered("remove-error", "Mended");

    CLI::App* reminders = leaf(&app, "reminders", "Sources whose owners must look at them soon",
                               arguments, code, reminders_command);
    reminders->add_option("--days", arguments->days, "So many days ahead");
    reminders->add_flag("--mail", arguments->mail, "One mail for each owner, as text");
}

}  // namespace raadbot::app
