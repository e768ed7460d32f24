// `raadbot eval`: questions with expectations; a table per kind, and what failed.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "bot/app/commands.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::app {
namespace {

using nlohmann::json;

/// Facts are compared without regard to case, kinds of blanks and thousands dots: "112.203 kr." =
/// "112203 kr".
std::string comparable(std::string_view text) {
    const std::string folded = danish::fold(text);
    std::string out;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const auto c = static_cast<unsigned char>(folded[i]);
        const auto digit = [&](std::size_t at) {
            return at < folded.size() && folded[at] >= '0' && folded[at] <= '9';
        };
        if (c == '.' && i > 0 && digit(i - 1) && digit(i + 1) && digit(i + 2) && digit(i + 3))
            continue;
        const bool no_break =
            c == 0xC2 && i + 1 < folded.size() && static_cast<unsigned char>(folded[i + 1]) == 0xA0;
        if (no_break) ++i;
        if (no_break || c == ' ' || c == '\n' || c == '\t') {
            if (!out.empty() && out.back() != ' ') out += ' ';
            continue;
        }
        out += static_cast<char>(c);
    }
    return out;
}

/// A fact is a text, or a list of texts of which one must be there.
bool has_fact(const std::string& text, const json& fact) {
    if (fact.is_array()) {
        return std::any_of(fact.begin(), fact.end(),
                           [&](const json& one) { return has_fact(text, one); });
    }
    return fact.is_string() && text.find(comparable(fact.get<std::string>())) != std::string::npos;
}

struct Verdict {
    bool right = false;
    bool source_right = true;   ///< A right source among those shown.
    bool source_known = false;  ///< The question names sources.
    std::string why;
};

Verdict judge(const json& question, const bot::Reply& reply) {
    Verdict verdict;
    const std::string expect = question.value("expect", "answered");
    const bool wants_refusal = expect.starts_with("refuse");
    if (wants_refusal) {
        verdict.right = reply.kind != bot::ReplyKind::answered;
        if (!verdict.right) verdict.why = "answered instead of refusing";
        return verdict;
    }
    std::string all = reply.text;
    for (const bot::ReplyTerm& term : reply.terms) all += "\n" + term.explanation;
    const std::string text = comparable(all);
    if (const auto urls = question.find("source_urls"); urls != question.end() && !urls->empty()) {
        verdict.source_known = true;
        verdict.source_right = false;
        for (const auto& url : *urls) {
            for (const bot::ReplySource& source : reply.sources) {
                if (source.url.starts_with(url.get<std::string>())) verdict.source_right = true;
            }
        }
    }
    if (reply.kind != bot::ReplyKind::answered) {
        verdict.why = "refused: " + reply.reason;
        verdict.source_right = false;
        return verdict;
    }
    bool facts = true;
    if (const auto wanted = question.find("answer_facts"); wanted != question.end()) {
        for (const json& fact : *wanted) {
            if (!has_fact(text, fact)) {
                facts = false;
                verdict.why =
                    "fact missing: " + fact.dump(-1, ' ', false, json::error_handler_t::replace);
                break;
            }
        }
    }
    if (!facts) {
        if (const auto accept = question.find("accept");
            accept != question.end() && accept->is_array()) {
            facts = std::any_of(accept->begin(), accept->end(),
                                [&](const json& one) { return has_fact(text, one); });
        }
    }
    verdict.right = facts;
    return verdict;
}

struct Tally {
    std::size_t count = 0;
    std::size_t right = 0;
    std::size_t source_known = 0;
    std::size_t source_right = 0;
};

void print_row(const std::string& name, const Tally& tally) {
    const auto percent = [](std::size_t part, std::size_t whole) {
        return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    };
    std::printf("%-28s %5zu %5zu  %5.1f %%", name.c_str(), tally.count, tally.right,
                percent(tally.right, tally.count));
    if (tally.source_known > 0) {
        std::printf("   source %5.1f %%", percent(tally.source_right, tally.source_known));
    }
    std::printf("\n");
}

}  // namespace

int eval(const EvalArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return report(config.error());
    std::ifstream in(arguments.questions);
    if (!in)
        return report({ErrorCode::invalid_input, "cannot read " + arguments.questions.string()});
    auto conversation = open_conversation(*config, false);
    if (!conversation) return report(conversation.error());

    std::map<std::string, Tally> by_kind;
    Tally answers;
    Tally refusals;
    std::string text;
    std::vector<std::string> failures;
    for (std::size_t number = 1; std::getline(in, text); ++number) {
        if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
        const json question = json::parse(text, nullptr, false);
        if (question.is_discarded() || !question.is_object() || !question.contains("question")) {
            return report({ErrorCode::invalid_input, arguments.questions.string() + ":" +
                                                         std::to_string(number) +
                                                         ": not a JSON object with a question"});
        }
        bot::Message message;
        message.text = question["question"].get<std::string>();
        const auto now = moment(question.value("now", ""));
        const auto audiences = audiences_of(question.value("audience", std::vector<std::string>{}));
        if (!now) return report(now.error());
        if (!audiences) return report(audiences.error());
        message.now = *now;
        message.audiences = *audiences;
        message.previous = question.value("previous", std::vector<std::string>{});
        const bot::Reply reply = (*conversation)->reply(message);
        const Verdict verdict = judge(question, reply);
        if (arguments.json) {
            json line = json::parse(bot::reply_json(reply, question.value("id", ""), 0));
            line["right"] = verdict.right;
            line["why"] = verdict.why;
            std::cout << line.dump() << '\n';
        }
        const std::string expect = question.value("expect", "answered");
        const bool refusal = expect.starts_with("refuse");
        for (Tally* tally :
             {&by_kind[(refusal ? "refuse " : "answer ") + question.value("kind", "")],
              refusal ? &refusals : &answers}) {
            ++tally->count;
            tally->right += verdict.right ? 1U : 0U;
            tally->source_known += verdict.source_known ? 1U : 0U;
            tally->source_right += verdict.source_known && verdict.source_right ? 1U : 0U;
        }
        if (!verdict.right || arguments.all) {
            std::string shown = reply.text.substr(0, 300);
            std::replace(shown.begin(), shown.end(), '\n', ' ');
            std::string earlier;
            for (const std::string& one : message.previous) earlier += one + " > ";
            failures.push_back(question.value("id", std::to_string(number)) +
                               (verdict.right ? " ok   " : " FAIL ") + earlier + message.text +
                               "\n      " + verdict.why + "\n      " + shown);
        }
    }
    if (arguments.json) return exit_good;
    for (const std::string& failure : failures) std::printf("%s\n", failure.c_str());
    std::printf("\n%-28s %5s %5s\n", "kind", "n", "right");
    for (const auto& [kind, tally] : by_kind) print_row(kind, tally);
    print_row("right answers", answers);
    print_row("right refusals", refusals);
    return exit_good;
}

}  // namespace raadbot::app
