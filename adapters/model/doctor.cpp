#include "adapters/model/doctor.hpp"

#include "adapters/model/client.hpp"

namespace raadbot::model {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{10};
const std::string question = "Hvornår mødes byrådet?";

/// The server's own idea of its model and limits, where it says so.
void check_info(const std::string& what, const Endpoint& endpoint, std::vector<Check>& checks) {
    if (endpoint.api != Api::tei) return;
    const auto info = ask_info(endpoint, Clock::now() + patience);
    if (!info) return;  // Not every server of this kind shows it.
    if (info->model != endpoint.name) {
        checks.push_back({Check::State::look, what + ": the server says that its model is \"" +
                                                  info->model + "\": set name to that"});
    }
    if (info->batch != 0 && info->batch < endpoint.batch) {
        checks.push_back({Check::State::bad, what + ": the server takes " +
                                                 std::to_string(info->batch) +
                                                 " texts at once: set batch to that"});
    }
}

template <class Ask>
void check(const std::string& what, const Endpoint& endpoint, std::chrono::milliseconds allowed,
           std::vector<Check>& checks, Ask ask) {
    const std::string where = what + " " + endpoint.name + " at " + host_of(endpoint);
    const auto before = Clock::now();
    const auto answered = ask();
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - before);
    if (!answered) {
        checks.push_back({Check::State::bad, where + ": " + answered.error().message +
                                                 "; until it does, the search is in words alone"});
        return;
    }
    const std::string time = std::to_string(took.count()) + " ms";
    if (took > allowed) {
        checks.push_back({Check::State::look, where + " answers after " + time +
                                                  ", which is more than time_ms (" +
                                                  std::to_string(allowed.count()) +
                                                  "): questions will often do without it"});
    } else {
        checks.push_back({Check::State::good, where + " answers in " + time});
    }
    check_info(what, endpoint, checks);
}

}  // namespace

std::vector<Check> examine(const Options& options) {
    std::vector<Check> checks;
    if (options.embedding) {
        const auto embedder = connect(*options.embedding);
        check("embedding model", options.embedding->endpoint, options.time, checks, [&] {
            return embedder->embed({&question, 1}, models::TextIs::question,
                                   Clock::now() + patience);
        });
    }
    if (options.reranking) {
        const auto reranker = connect(*options.reranking);
        const std::vector<std::string> texts = {"Byrådet mødes den sidste onsdag i måneden.",
                                                "Biblioteket har åbent hver dag."};
        check("reranking model", options.reranking->endpoint, options.time, checks,
              [&] { return reranker->score(question, texts, Clock::now() + patience); });
    }
    return checks;
}

}  // namespace raadbot::model
