// `raadbot ask`: one question, or a batch of JSON lines.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "bot/app/commands.hpp"
#include "bot/conversation/guards.hpp"
#include "retrieval/answer/engine.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::app {
namespace {

using nlohmann::json;
using SteadyClock = std::chrono::steady_clock;

double milliseconds_since(SteadyClock::time_point start) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

struct BatchLine {
    std::string id;
    bot::Message message;
};

Result<BatchLine> parse_line(const std::string& text, const AskArguments& arguments,
                             const std::vector<Audience>& audiences, Timestamp now) {
    const json line = json::parse(text, nullptr, false);
    if (line.is_discarded() || !line.is_object() || !line.contains("question") ||
        !line["question"].is_string()) {
        return fail(ErrorCode::invalid_input,
                    "each line must be a JSON object with \"id\" and \"question\"");
    }
    BatchLine result;
    if (line.contains("id")) {
        result.id = line["id"].is_string() ? line["id"].get<std::string>() : line["id"].dump();
    }
    result.message.channel = arguments.channel;
    result.message.text = line["question"].get<std::string>();
    result.message.audiences = audiences;
    result.message.now = now;
    try {
        if (line.contains("previous") && !line["previous"].is_null()) {
            result.message.previous = line["previous"].get<std::vector<std::string>>();
        }
        if (line.contains("audience") && !line["audience"].is_null()) {
            const auto& given = line["audience"];
            auto parsed = audiences_of(given.is_string() ? std::vector{given.get<std::string>()}
                                                         : given.get<std::vector<std::string>>());
            if (!parsed) return tl::unexpected(parsed.error());
            result.message.audiences = std::move(*parsed);
        }
        if (line.contains("now") && !line["now"].is_null()) {
            auto when = moment(line["now"].get<std::string>());
            if (!when) return tl::unexpected(when.error());
            result.message.now = *when;
        }
    } catch (const json::exception&) {
        return fail(ErrorCode::invalid_input,
                    "\"previous\" and \"audience\" must be lists of texts, \"now\" a text");
    }
    return result;
}

int ask_batch(const AskArguments& arguments, const Config& config, bot::Conversation& conversation,
              const std::vector<Audience>& audiences, Timestamp now) {
    std::ifstream in(arguments.batch);
    if (!in) return report({ErrorCode::invalid_input, "cannot read " + arguments.batch.string()});
    std::vector<BatchLine> lines;
    std::string text;
    for (std::size_t number = 1; std::getline(in, text); ++number) {
        if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
        auto line = parse_line(text, arguments, audiences, now);
        if (!line) {
            return report({ErrorCode::invalid_input, arguments.batch.string() + ":" +
                                                         std::to_string(number) + ": " +
                                                         line.error().message});
        }
        lines.push_back(std::move(*line));
    }
    std::vector<std::string> answers(lines.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < lines.size(); i = next++) {
            const auto start = SteadyClock::now();
            const bot::Reply reply = conversation.reply(lines[i].message);
            answers[i] = arguments.json
                             ? bot::reply_json(reply, lines[i].id, milliseconds_since(start))
                             : lines[i].id + "\n" + as_text(reply, false);
        }
    };
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < config.threads; ++i) threads.emplace_back(work);
    }
    for (const std::string& answer : answers) std::cout << answer << '\n';
    return exit_good;
}

}  // namespace

int ask(const AskArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return report(config.error());
    const auto audiences = audiences_of(arguments.audiences);
    if (!audiences) return report(audiences.error());
    const auto now = moment(arguments.now);
    if (!now) return report(now.error());
    if (arguments.explain) {
        auto lexicon = danish::Lexicon::load(config->lexicon_dir);
        if (!lexicon) return report(lexicon.error());
        auto index =
            index::Index::open_read_only({config->data_dir / "index", config->lexicon_dir});
        if (!index) return report(index.error());
        const auto store = store::Store::open(config->data_dir);
        const answer::Engine engine(std::move(*lexicon));
        if (!arguments.batch.empty()) {
            std::ifstream in(arguments.batch);
            for (std::string text; std::getline(in, text);) {
                const auto line = parse_line(text, arguments, *audiences, *now);
                if (!line) return report(line.error());
                if (bot::guard(line->message.text)) {
                    std::cout << R"({"guarded":true})" << '\n';
                    continue;
                }
                std::cout << engine.evidence_json({line->message.text, line->message.previous,
                                                   line->message.audiences, line->message.now},
                                                  *store, *(*index)->snapshot())
                          << '\n';
            }
            return exit_good;
        }
        std::cout << engine.explain({arguments.question, arguments.previous, *audiences, *now},
                                    *store, *(*index)->snapshot());
        return exit_good;
    }
    auto conversation = open_conversation(*config, arguments.batch.empty());
    if (!conversation) return report(conversation.error());
    if (!arguments.batch.empty())
        return ask_batch(arguments, *config, **conversation, *audiences, *now);

    bot::Message message;
    message.channel = arguments.channel;
    message.text = arguments.question;
    message.previous = arguments.previous;
    message.audiences = *audiences;
    message.now = *now;
    const auto start = SteadyClock::now();
    const bot::Reply reply = (*conversation)->reply(message);
    if (arguments.json) {
        std::cout << bot::reply_json(reply, {}, milliseconds_since(start)) << '\n';
    } else {
        std::cout << as_text(reply, ::isatty(STDOUT_FILENO) == 1);
    }
    return exit_good;
}

}  // namespace raadbot::app
