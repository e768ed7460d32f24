// The administration from the command line: what the admin page does, for whoever has the machine.
//
// The keeper of the machine is named "cli:<system user>" in the audit trail. With [admin]
// configured, what widens what the bot may say needs another person also here: an account and its
// password.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "bot/app/config.hpp"
#include "bot/governance/roles.hpp"
#include "retrieval/store/store.hpp"

namespace CLI {
class App;
}

namespace raadbot::app {

struct GovernanceArguments {
    std::filesystem::path config;
    std::string action;
    std::string id;
    std::string name;
    std::string as;
    std::string reason;
    std::string text;
    std::string question;
    std::vector<std::string> paraphrases;
    std::string url;
    std::string audience = "public";
    std::string expires;
    bool refused = false;
    std::vector<std::int64_t> numbers;
    std::vector<std::string> roles;
    std::filesystem::path file;
    std::string head;
    int days = 30;
    bool mail = false;
    bool json = false;
};

int admin_command(const GovernanceArguments& arguments);      ///< add-user, users, disable-user
int audit_command(const GovernanceArguments& arguments);      ///< export, verify
int pause_command(const GovernanceArguments& arguments);      ///< pause, resume
int documents_command(const GovernanceArguments& arguments);  ///< list, take-down, taken-down
int proposals_command(const GovernanceArguments& arguments);  ///< list, show, preview, approve, ...
int index_command(const GovernanceArguments& arguments);      ///< list, build, promote, back
int questions_command(const GovernanceArguments& arguments);  ///< unanswered, handoffs, answer, ...
int reminders_command(const GovernanceArguments& arguments);

/// The person at the terminal, with every role.
[[nodiscard]] governance::Person machine_keeper();
/// The account `as` after its password was given; the machine's keeper without [admin]. Errors:
/// denied, invalid_input.
[[nodiscard]] Result<governance::Person> acting_person(const Config& config, store::Store& store,
                                                       const std::string& as);

/// Adds the subcommands; `code` is set when one of them runs.
void add_governance(CLI::App& app, int& code);

}  // namespace raadbot::app
