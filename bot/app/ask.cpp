// `raadbot ask`: one question, or a batch of JSON lines.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <thread>

#include "bot/app/commands.hpp"
#include "bot/app/lexicon.hpp"
#include "bot/app/question_line.hpp"
#include "bot/conversation/guards.hpp"
#include "retrieval/answer/engine.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::app {
namespace {

using SteadyClock = std::chrono::steady_clock;

double milliseconds_since(SteadyClock::time_point start) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

/// All questions of the batch; an error names its line.
Result<std::vector<QuestionLine>> read_batch(const AskArguments& arguments,
                                             const std::vector<Audience>& audiences,
                                             Timestamp now) {
    std::ifstream in(arguments.batch);
    if (!in) return fail(ErrorCode::invalid_input, "cannot read " + arguments.batch.string());
    bot::Message defaults;
    defaults.channel = arguments.channel;
    defaults.audiences = audiences;
    defaults.now = now;
    std::vector<QuestionLine> lines;
    std::string text;
    for (std::size_t number = 1; std::getline(in, text); ++number) {
        if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
        auto line = read_question_line(text, defaults);
        if (!line) {
            return fail(ErrorCode::invalid_input, arguments.batch.string() + ":" +
                                                      std::to_string(number) + ": " +
                                                      line.error().message);
        }
        lines.push_back(std::move(*line));
    }
    return lines;
}

int ask_batch(const AskArguments& arguments, const Config& config, bot::Conversation& conversation,
              const std::vector<QuestionLine>& lines) {
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
        auto lexicon = lexicon_of(*config);
        if (!lexicon) return report(lexicon.error());
        auto index = index::Index::open_read_only({config->data_dir / "index", *lexicon});
        if (!index) return report(index.error());
        const auto store = store::Store::open(config->data_dir);
        const answer::Engine engine(std::move(*lexicon), config->municipality);
        if (!arguments.batch.empty()) {
            const auto lines = read_batch(arguments, *audiences, *now);
            if (!lines) return report(lines.error());
            for (const QuestionLine& line : *lines) {
                const bot::Message& message = line.message;
                if (bot::guard(message.text)) {
                    std::cout << R"({"guarded":true})" << '\n';
                    continue;
                }
                std::cout << engine.evidence_json(
                                 {message.text, message.previous, message.audiences, message.now},
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
    if (!arguments.batch.empty()) {
        const auto lines = read_batch(arguments, *audiences, *now);
        if (!lines) return report(lines.error());
        return ask_batch(arguments, *config, **conversation, *lines);
    }

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
