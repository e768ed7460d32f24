// Questions and their answers from the command line: what nobody could answer, what was handed over
// to staff, curated answers, the questions that a new index must answer, the known errors.
#include <iostream>

#include "bot/app/commands.hpp"
#include "bot/app/governance_command.hpp"
#include "bot/app/lexicon.hpp"
#include "bot/governance/desk.hpp"
#include "bot/governance/grouping.hpp"
#include "bot/ports.hpp"

namespace raadbot::app {
namespace {

constexpr std::int64_t most_questions = 500;

int done(const Result<void>& result, std::string_view message) {
    if (!result) return report(result.error());
    std::cout << message << '\n';
    return exit_good;
}
int done(const Result<std::int64_t>& result, std::string_view message) {
    if (!result) return report(result.error());
    std::cout << message << ' ' << *result << '\n';
    return exit_good;
}

int unanswered(const Config& config, const store::Ledger& ledger) {
    const auto lexicon = lexicon_of(config);
    if (!lexicon) return report(lexicon.error());
    for (const auto& group :
         governance::group_by_meaning(ledger.unanswered(most_questions), **lexicon)) {
        std::cout << group.count << '\t' << to_string(group.last) << '\t' << group.question << '\t';
        for (const store::UnansweredRow& row : group.rows)
            std::cout << (&row == &group.rows.front() ? "" : ",") << row.id;
        std::cout << '\n';
    }
    return exit_good;
}

int handoffs(const store::Ledger& ledger) {
    for (const char* state : {"open", "answered", "delivered"}) {
        for (const store::HandoffRow& row : ledger.handoffs(state)) {
            std::cout << row.id << '\t' << row.state << '\t' << to_string(row.asked) << '\t'
                      << row.channel << '\t' << row.question << '\n';
        }
    }
    return exit_good;
}

Result<governance::CuratedAnswer> curated_of(const GovernanceArguments& arguments,
                                             const governance::Person& person) {
    governance::CuratedAnswer answer;
    answer.question = arguments.question;
    answer.paraphrases = arguments.paraphrases;
    answer.text = arguments.text;
    answer.proof_url = arguments.url;
    answer.owner = person.login;
    auto audience = parse_audience(arguments.audience);
    if (!audience) return tl::unexpected(audience.error());
    answer.audience = std::move(*audience);
    if (arguments.expires.empty()) return answer;
    answer.expires = parse_date(arguments.expires);
    if (!answer.expires)
        return fail(ErrorCode::invalid_input, "--expires: give a date such as 2027-01-31");
    return answer;
}

}  // namespace

int questions_command(const GovernanceArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return report(config.error());
    const auto store = store::Store::open(config->data_dir);
    const store::Ledger ledger(*store);
    const std::string& action = arguments.action;
    if (action == "unanswered") return unanswered(*config, ledger);
    if (action == "handoffs") return handoffs(ledger);
    if (action == "tests") {
        for (const store::TestQuestionRow& row : ledger.test_questions()) {
            std::cout << row.id << '\t' << row.audience << '\t' << row.expect << '\t'
                      << row.question << '\t' << row.source_url << '\t' << row.fact << '\n';
        }
        return exit_good;
    }
    if (action == "errors") {
        for (const store::KnownErrorRow& row : ledger.known_errors())
            std::cout << row.id << '\t' << to_string(row.noted) << '\t' << row.text << '\n';
        return exit_good;
    }
    const governance::DeskOptions options = desk_options(*config);
    governance::Desk desk(*store, options, machine_keeper(), bot::SystemClock().now());
    if (action == "answer") {
        return done(desk.answer_handoff(arguments.id, arguments.text),
                    "Answered. It goes back where it was asked.");
    }
    if (action == "dismiss")
        return done(desk.settle_unanswered(arguments.numbers, "dismissed"), "Dismissed.");
    if (action == "curate") {
        auto answer = curated_of(arguments, desk.person());
        if (!answer) return report(answer.error());
        return done(desk.propose_answer(std::move(*answer)),
                    "Proposed: `raadbot proposals approve` decides on number");
    }
    if (action == "add-test") {
        store::TestQuestionRow row;
        row.question = arguments.question;
        row.audience = arguments.audience;
        row.expect = arguments.refused ? "refused" : "answered";
        row.source_url = arguments.url;
        row.fact = arguments.text;
        return done(desk.add_test_question(std::move(row)), "Test question");
    }
    if (action == "add-error") return done(desk.add_known_error(arguments.text), "Known error");
    for (const std::int64_t number : arguments.numbers) {
        const auto erased = action == "remove-test" ? desk.erase_test_question(number)
                                                    : desk.erase_known_error(number);
        if (!erased) return report(erased.error());
    }
    std::cout << "Removed.\n";
    return exit_good;
}

}  // namespace raadbot::app
