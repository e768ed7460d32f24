#include "bot/app/governance_command.hpp"

#include <pwd.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "bot/app/commands.hpp"
#include "bot/app/ingest_lock.hpp"
#include "bot/app/keeper.hpp"
#include "bot/governance/audit.hpp"
#include "bot/governance/desk.hpp"
#include "bot/governance/password.hpp"
#include "bot/governance/reminders.hpp"
#include "bot/ports.hpp"
#include "retrieval/danish/dates.hpp"

namespace raadbot::app {
namespace {

using governance::Desk;
using governance::DeskOptions;
using governance::Role;

constexpr std::int64_t audit_page = 500;

/// What every command begins with. The options outlive the desk.
struct Opened {
    Config config;
    std::unique_ptr<store::Store> store;
    DeskOptions options;
    Timestamp now;
};

Result<Opened> open(const GovernanceArguments& arguments) {
    auto config = read_config(arguments.config);
    if (!config) return tl::unexpected(config.error());
    Opened out{std::move(*config), nullptr, {}, bot::SystemClock().now()};
    out.store = store::Store::open(out.config.data_dir);
    out.options = desk_options(out.config);
    return out;
}

int done(const Result<void>& result, std::string_view message) {
    if (!result) return report(result.error());
    std::cout << message << '\n';
    return exit_good;
}

/// A password without showing it; from the environment when it is there.
std::string ask_password(const std::string& login) {
    if (const char* given = std::getenv("RAADBOT_PASSWORD")) return given;
    const bool terminal = ::isatty(STDIN_FILENO) == 1;
    termios before{};
    if (terminal) {
        std::cerr << "Password of " << login << ": " << std::flush;
        ::tcgetattr(STDIN_FILENO, &before);
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
    }
    std::string line;
    std::getline(std::cin, line);
    if (terminal) {
        ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
        std::cerr << '\n';
    }
    return line;
}

Result<std::int64_t> number_of(const std::string& text) {
    try {
        std::size_t used = 0;
        const std::int64_t number = std::stoll(text, &used);
        if (used == text.size() && number > 0) return number;
    } catch (const std::exception&) {  // Said below.
    }
    return fail(ErrorCode::invalid_input, "\"" + text + "\" is no number of a proposal");
}

int verify(const GovernanceArguments& arguments, const store::Store* store) {
    governance::AuditCheck check;
    std::optional<governance::AuditFault> fault;
    if (!arguments.file.empty()) {
        std::ifstream in(arguments.file, std::ios::binary);
        if (!in) {
            return report(
                {ErrorCode::invalid_input, arguments.file.string() + ": cannot be opened"});
        }
        for (std::string line; !fault && std::getline(in, line);) {
            const auto row = governance::audit_from_json(line);
            if (!row) return report({ErrorCode::corrupt, row.error().message});
            fault = check.next(*row);
        }
    } else {
        const store::Ledger ledger(const_cast<store::Store&>(*store));
        for (std::int64_t first = 1; !fault; first += audit_page) {
            const auto rows = ledger.audit(first, audit_page);
            for (const store::AuditRow& row : rows) {
                if (!fault) fault = check.next(row);
            }
            if (rows.size() < static_cast<std::size_t>(audit_page)) break;
        }
    }
    if (fault) {
        return report({ErrorCode::corrupt,
                       "audit trail, line " + std::to_string(fault->number) + ": " + fault->what});
    }
    if (!arguments.head.empty() && arguments.head != check.head()) {
        return report({ErrorCode::corrupt,
                       "the audit trail ends with another hash than the one noted: lines at its "
                       "end are missing, or were added since (head " +
                           check.head() + ")"});
    }
    std::cout << check.count() << " lines, unbroken, head " << check.head() << '\n';
    return exit_good;
}

}  // namespace

governance::Person machine_keeper() {
    const passwd* user = ::getpwuid(::getuid());
    const std::string name = user == nullptr ? std::to_string(::getuid()) : user->pw_name;
    return {"cli:" + name,
            governance::Roles(Role::reader) | Role::curator | Role::approver | Role::operator_};
}

Result<governance::Person> acting_person(const Config& config, store::Store& store,
                                         const std::string& as) {
    if (!config.admin || !config.admin->options.desk.four_eyes) return machine_keeper();
    if (as.empty()) {
        return fail(ErrorCode::invalid_input,
                    "this needs a second person: name an account with --as (see `raadbot admin "
                    "add-user`)");
    }
    const auto staff = store::Ledger(store).staff(as);
    const std::string password = ask_password(as);
    if (!staff || staff->disabled || staff->must_change || staff->password.empty() ||
        !governance::fits(password, staff->password)) {
        return fail(
            ErrorCode::denied,
            "account and password do not fit, or the one-time password was not changed yet");
    }
    return governance::Person{staff->login, governance::roles_of(staff->roles)};
}

int admin_command(const GovernanceArguments& arguments) {
    auto opened = open(arguments);
    if (!opened) return report(opened.error());
    Desk desk(*opened->store, opened->options, machine_keeper(), opened->now);
    if (arguments.action == "users") {
        for (const store::StaffRow& row : store::Ledger(*opened->store).all_staff()) {
            std::cout << row.login << '\t' << row.name << '\t' << row.roles << '\t'
                      << (row.disabled      ? "disabled"
                          : row.must_change ? "must change password"
                                            : "")
                      << '\n';
        }
        return exit_good;
    }
    if (arguments.action == "disable-user") {
        return done(desk.disable_user(arguments.id), arguments.id + " can no longer sign in.");
    }
    governance::Roles roles;
    for (const std::string& name : arguments.roles) {
        const auto role = governance::parse_role(name);
        if (!role) return report(role.error());
        roles = roles | *role;
    }
    const auto password = desk.add_user(arguments.id, arguments.name, roles);
    if (!password) return report(password.error());
    std::cout << "Account " << arguments.id << " (" << governance::names_of(roles)
              << "). One-time password, to be changed at the first sign-in:\n"
              << *password << '\n';
    return exit_good;
}

int audit_command(const GovernanceArguments& arguments) {
    if (arguments.action == "verify" && !arguments.file.empty()) return verify(arguments, nullptr);
    const auto opened = open(arguments);
    if (!opened) return report(opened.error());
    if (arguments.action == "verify") return verify(arguments, opened->store.get());
    const store::Ledger ledger(*opened->store);
    for (std::int64_t first = 1;; first += audit_page) {
        const auto rows = ledger.audit(first, audit_page);
        for (const store::AuditRow& row : rows) std::cout << governance::audit_json(row) << '\n';
        if (rows.size() < static_cast<std::size_t>(audit_page)) break;
    }
    return exit_good;
}

int pause_command(const GovernanceArguments& arguments) {
    auto opened = open(arguments);
    if (!opened) return report(opened.error());
    Desk desk(*opened->store, opened->options, machine_keeper(), opened->now);
    if (arguments.action == "resume") return done(desk.go_on(), "The bot answers again.");
    return done(desk.stop(arguments.reason), "The bot is paused: every door says so.");
}

int documents_command(const GovernanceArguments& arguments) {
    auto opened = open(arguments);
    if (!opened) return report(opened.error());
    store::Ledger ledger(*opened->store);
    if (arguments.action == "list") {
        constexpr std::int64_t page = 1'000;
        for (std::int64_t offset = 0;; offset += page) {
            const auto rows = ledger.documents(SourceId{arguments.id}, "", offset, page);
            for (const store::DocumentRow& row : rows) {
                std::cout << row.id.value << '\t' << row.source.value << '\t' << row.url << '\t'
                          << row.title << '\n';
            }
            if (rows.size() < static_cast<std::size_t>(page)) break;
        }
        return exit_good;
    }
    if (arguments.action == "taken-down") {
        for (const store::TakedownRow& row : ledger.takedowns()) {
            std::cout << row.document.value << '\t' << row.url << '\t' << to_string(row.at) << '\t'
                      << row.by << '\t' << row.reason << '\n';
        }
        return exit_good;
    }
    DocumentId id{arguments.id};
    if (const auto found = ledger.document_at(arguments.id)) id = found->id;
    Desk desk(*opened->store, opened->options, machine_keeper(), opened->now);
    return done(desk.take_down(id, arguments.reason), "Taken down, everywhere, now.");
}

int proposals_command(const GovernanceArguments& arguments) {
    auto opened = open(arguments);
    if (!opened) return report(opened.error());
    store::Ledger ledger(*opened->store);
    if (arguments.action == "list") {
        for (const store::ProposalRow& row : ledger.proposals("open")) {
            std::cout << row.id << '\t' << row.kind << '\t' << row.subject << '\t'
                      << row.proposed_by << '\t' << to_string(row.proposed_at) << '\t'
                      << (row.preview.empty() ? "" : "preview") << '\n';
        }
        return exit_good;
    }
    const auto number = number_of(arguments.id);
    if (!number) return report(number.error());
    if (arguments.action == "preview") {
        if (auto made = make_preview_of(opened->config, *opened->store, *number, opened->now);
            !made)
            return report(made.error());
    }
    if (arguments.action == "preview" || arguments.action == "show") {
        const auto row = ledger.proposal(*number);
        if (!row) {
            return report({ErrorCode::invalid_input, "there is no proposal " + arguments.id});
        }
        nlohmann::ordered_json json = {{"number", row->id},
                                       {"kind", row->kind},
                                       {"subject", row->subject},
                                       {"state", row->state},
                                       {"proposed_by", row->proposed_by},
                                       {"decided_by", row->decided_by},
                                       {"reason", row->reason}};
        json["payload"] = nlohmann::json::parse(row->payload);
        if (!row->preview.empty()) json["preview"] = nlohmann::json::parse(row->preview);
        std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
        return exit_good;
    }
    const auto person = acting_person(opened->config, *opened->store, arguments.as);
    if (!person) return report(person.error());
    Desk desk(*opened->store, opened->options, *person, opened->now);
    if (arguments.action == "reject") {
        return done(desk.reject(*number, arguments.reason), "Rejected.");
    }
    return done(desk.approve(*number),
                "Approved. `raadbot ingest` reads it, or `serve` by itself.");
}

int index_command(const GovernanceArguments& arguments) {
    auto opened = open(arguments);
    if (!opened) return report(opened.error());
    const auto options = versions_options(opened->config);
    if (!options) return report(options.error());
    governance::Versions versions(*opened->store, *options);
    const auto print = [](const governance::IndexVersion& version) {
        std::cout << version.id << '\t' << to_string(version.made) << '\t' << version.documents
                  << " documents\t" << version.trials.size() << " test questions\t"
                  << (version.live       ? "live"
                      : version.passed() ? "passed"
                                         : "did not pass")
                  << '\n';
        for (const governance::Trial& trial : version.trials) {
            if (!trial.fault.empty()) {
                std::cout << "    " << trial.question << ": " << trial.fault << '\n';
            }
        }
    };
    if (arguments.action == "list") {
        for (const governance::IndexVersion& version : versions.list()) print(version);
        return exit_good;
    }
    if (arguments.action == "build") {
        const auto built = versions.build(machine_keeper(), opened->now);
        if (!built) return report(built.error());
        print(*built);
        return built->passed() ? exit_good : exit_failed;
    }
    auto lock = IngestLock::take(opened->config.data_dir);
    if (!lock) return report(lock.error());
    if (arguments.action == "back") {
        return done(versions.back(machine_keeper(), opened->now), "The version before is live.");
    }
    return done(versions.promote(machine_keeper(), arguments.id, opened->now),
                "Version " + arguments.id + " is live.");
}

int reminders_command(const GovernanceArguments& arguments) {
    const auto opened = open(arguments);
    if (!opened) return report(opened.error());
    const auto list = governance::reminders(opened->store->all_sources(),
                                            danish::copenhagen_date(opened->now), arguments.days);
    if (!arguments.mail) {
        for (const governance::Reminder& reminder : list) {
            std::cout << reminder.source.id.value << '\t' << to_string(*reminder.source.review_date)
                      << '\t' << reminder.days_left << " days\t" << reminder.source.owner.unit
                      << '\t' << reminder.source.owner.mail << '\n';
        }
        return exit_good;
    }
    for (const governance::Mail& mail : governance::reminder_mails(
             list, opened->config.municipality, opened->config.contact.mail)) {
        std::cout << mail.text << "\r\n.\r\n";
    }
    return exit_good;
}

}  // namespace raadbot::app
