// `raadbot eval`: questions with expectations; a table per kind, and what failed.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "bot/app/commands.hpp"
#include "bot/app/question_line.hpp"
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

/// The place among the answer's quotations by which all facts have been said, from 1; 0 when not
/// even all of them say them.
std::size_t told_by(const json& facts, const bot::Reply& reply) {
    std::string said;
    for (std::size_t i = 0; i < reply.sentences.size(); ++i) {
        said += comparable(reply.sentences[i].lead + reply.sentences[i].text) + "\n";
        if (std::all_of(facts.begin(), facts.end(),
                        [&](const json& fact) { return has_fact(said, fact); }))
            return i + 1;
    }
    return 0;
}

struct Verdict {
    bool right = false;
    bool first = false;         ///< The first quotation says it all.
    std::size_t shown = 0;      ///< Quotations.
    bool source_right = true;   ///< A right source among those shown.
    bool source_known = false;  ///< The question names sources.
    bool reason_right = true;   ///< Refused for the reason that the question names.
    bool reason_known = false;  ///< The question names a reason, and was refused.
    std::string why;
};

Verdict judge(const json& question, const bot::Reply& reply) {
    Verdict verdict;
    const std::string expect = question.value("expect", "answered");
    const bool wants_refusal = expect.starts_with("refuse");
    if (wants_refusal) {
        verdict.right = reply.kind != bot::ReplyKind::answered;
        if (!verdict.right) verdict.why = "answered instead of refusing";
        if (const std::string reason = question.value("reason", "");
            verdict.right && !reason.empty()) {
            verdict.reason_known = true;
            verdict.reason_right = reply.reason == reason;
            if (!verdict.reason_right)
                verdict.why = "refused: " + reply.reason + " instead of " + reason;
        }
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
    verdict.shown = reply.sentences.size();
    verdict.first = facts && told_by(question.value("answer_facts", json::array()), reply) == 1;
    return verdict;
}

struct Tally {
    std::size_t count = 0;
    std::size_t right = 0;
    std::size_t first = 0;
    std::size_t shown = 0;
    std::size_t answered = 0;
    std::size_t source_known = 0;
    std::size_t source_right = 0;
    std::size_t reason_known = 0;
    std::size_t reason_right = 0;
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
    if (tally.reason_known > 0) {
        std::printf("   reason %5.1f %%", percent(tally.reason_right, tally.reason_known));
    }
    if (tally.answered > 0) {
        std::printf("   at once %5.1f %%   quotations %.1f", percent(tally.first, tally.count),
                    static_cast<double>(tally.shown) / static_cast<double>(tally.answered));
    }
    std::printf("\n");
}

/// What is wrong with the fields that say what is expected, or nothing.
std::optional<std::string> wrong_expectation(const json& question) {
    for (const char* name : {"expect", "kind", "reason"}) {
        const auto found = question.find(name);
        if (found != question.end() && !found->is_string())
            return "\"" + std::string(name) + "\" must be a text";
    }
    for (const char* name : {"answer_facts", "accept", "source_urls"}) {
        const auto found = question.find(name);
        if (found != question.end() && !found->is_array())
            return "\"" + std::string(name) + "\" must be a list";
    }
    const auto urls = question.find("source_urls");
    if (urls != question.end() &&
        !std::all_of(urls->begin(), urls->end(), [](const json& url) { return url.is_string(); })) {
        return "\"source_urls\" must be a list of texts";
    }
    return std::nullopt;
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

    bot::Message defaults;
    const auto now = moment("");
    if (!now) return report(now.error());
    defaults.now = *now;
    const auto audiences = audiences_of({});
    if (!audiences) return report(audiences.error());
    defaults.audiences = *audiences;
    std::map<std::string, Tally> by_kind;
    Tally answers;
    Tally refusals;
    std::string text;
    std::vector<std::string> failures;
    for (std::size_t number = 1; std::getline(in, text); ++number) {
        if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
        auto line = read_question_line(text, defaults);
        const auto wrong = line ? wrong_expectation(line->object)
                                : std::optional<std::string>(line.error().message);
        if (wrong) {
            return report({ErrorCode::invalid_input, arguments.questions.string() + ":" +
                                                         std::to_string(number) + ": " + *wrong});
        }
        const json& question = line->object;
        const bot::Message& message = line->message;
        const bot::Reply reply = (*conversation)->reply(message);
        const Verdict verdict = judge(question, reply);
        if (arguments.json) {
            json out = json::parse(bot::reply_json(reply, line->id, 0));
            out["right"] = verdict.right;
            out["why"] = verdict.why;
            out["at_once"] = verdict.first;
            if (verdict.reason_known) out["reason_right"] = verdict.reason_right;
            std::cout << out.dump() << '\n';
        }
        const std::string expect = question.value("expect", "answered");
        const bool refusal = expect.starts_with("refuse");
        for (Tally* tally :
             {&by_kind[(refusal ? "refuse " : "answer ") + question.value("kind", "")],
              refusal ? &refusals : &answers}) {
            ++tally->count;
            tally->right += verdict.right ? 1U : 0U;
            tally->first += verdict.first ? 1U : 0U;
            tally->shown += verdict.shown;
            tally->answered += verdict.shown > 0 ? 1U : 0U;
            tally->source_known += verdict.source_known ? 1U : 0U;
            tally->source_right += verdict.source_known && verdict.source_right ? 1U : 0U;
            tally->reason_known += verdict.reason_known ? 1U : 0U;
            tally->reason_right += verdict.reason_known && verdict.reason_right ? 1U : 0U;
        }
        const bool other_reason = verdict.right && verdict.reason_known && !verdict.reason_right;
        if (!verdict.right || other_reason || arguments.all) {
            std::size_t end = std::min<std::size_t>(reply.text.size(), 300);
            while (end < reply.text.size() && end > 0 && (reply.text[end] & 0xC0) == 0x80) --end;
            std::string shown = reply.text.substr(0, end);  // Whole characters.
            std::replace(shown.begin(), shown.end(), '\n', ' ');
            std::string earlier;
            for (const std::string& one : message.previous) earlier += one + " > ";
            failures.push_back((line->id.empty() ? std::to_string(number) : line->id) +
                               (other_reason    ? " why  "
                                : verdict.right ? " ok   "
                                                : " FAIL ") +
                               earlier + message.text + "\n      " + verdict.why + "\n      " +
                               shown);
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
