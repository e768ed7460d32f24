// search_bench [--passages N] [--questions N] [--rounds N] [--slow-questions N] [--directory D]
// [--only a,b]
//
// Builds one corpus in every engine and times plain and expanded questions, engine after engine in
// each round, in one run. Prints medians, 99th percentiles, ratios to ours, build rate, size, open
// time, memory, and what readers of our index see while passages are added.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string_view>
#include <thread>

#include "retrieval/index/segmented_index.hpp"
#include "tests/bench/search/engines.hpp"

namespace raadbot::bench {
namespace {

struct Arguments {
    std::uint64_t passages = 10'000;
    std::size_t questions = 200;
    std::size_t slow_questions = 20;  ///< For FTS5, which takes seconds.
    std::size_t rounds = 3;
    std::filesystem::path directory =
        std::filesystem::temp_directory_path() / "raadbot-search-bench";
    std::filesystem::path driver;
    std::string only;
};

double percentile(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + 0.5);
    return values[at];
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::uint64_t write_corpus(const Corpus& corpus, std::uint64_t passages,
                           const std::filesystem::path& file) {
    std::ofstream out(file);
    std::uint64_t bytes = 0;
    for (std::uint64_t i = 0; i < passages; ++i) {
        const std::string text = corpus.passage(i);
        bytes += text.size();
        out << text << '\n';
    }
    return bytes;
}

std::string without_function_words(const Corpus& corpus, const std::string& question) {
    std::string kept;
    for (std::size_t begin = 0; begin < question.size();) {
        const std::size_t end = std::min(question.find(' ', begin), question.size());
        const std::string word = question.substr(begin, end - begin);
        if (!corpus.is_function_word(word)) kept += (kept.empty() ? "" : " ") + word;
        begin = end + 1;
    }
    return kept;
}

struct QuestionSet {
    std::string name;
    Questions questions;
    bool every_word = false;
};

std::vector<QuestionSet> make_questions(const Corpus& corpus, const Arguments& arguments) {
    QuestionSet plain{"4-14 words, stop words dropped", {}, false};
    QuestionSet every{"4-14 words, every word kept", {}, true};
    QuestionSet expanded{"20-60 terms", {}, false};
    Random random(5);
    for (std::size_t i = 0; plain.questions.size() < arguments.questions; ++i) {
        const std::string question = corpus.question(i, arguments.passages);
        std::string content = without_function_words(corpus, question);
        if (content.empty()) continue;
        every.questions.push_back(question);
        plain.questions.push_back(content);
        const std::uint64_t more = 18 + random.below(38);
        for (std::uint64_t w = 0; w < more; ++w) content += ' ' + corpus.content_word(random);
        expanded.questions.push_back(content);
    }
    return {plain, every, expanded};
}

void compare(std::vector<std::unique_ptr<Engine>>& engines, const QuestionSet& set,
             const Arguments& arguments) {
    std::map<std::string, std::vector<double>> times;
    std::vector<std::string> order;
    for (std::size_t round = 0; round <= arguments.rounds; ++round) {
        for (const auto& engine : engines) {
            const bool ours = engine->name().starts_with("raadbot");
            if (ours && (engine->name() == "raadbot") == set.every_word) continue;
            Questions questions = set.questions;
            if (engine->name() == "fts5" && questions.size() > arguments.slow_questions) {
                questions.resize(arguments.slow_questions);
            }
            const std::vector<double> spent = engine->run(questions);
            if (round == 0) {  // Warms caches and compilers.
                order.push_back(engine->name());
                continue;
            }
            auto& all = times[engine->name()];
            all.insert(all.end(), spent.begin(), spent.end());
        }
    }
    std::printf("\n%s\n  %-20s %10s %10s %10s %10s\n", set.name.c_str(), "engine", "p50 ms",
                "p99 ms", "p50 ratio", "p99 ratio");
    double own50 = 0;
    double own99 = 0;
    for (const auto& [name, all] : times) {
        if (!name.starts_with("raadbot")) continue;
        own50 = percentile(all, 0.5);
        own99 = percentile(all, 0.99);
    }
    for (const std::string& name : order) {
        const double p50 = percentile(times[name], 0.5);
        const double p99 = percentile(times[name], 0.99);
        std::printf("  %-20s %10.3f %10.3f %10.1f %10.1f\n", name.c_str(), p50, p99, p50 / own50,
                    p99 / own99);
    }
    std::fflush(stdout);
}

/// Our own figures: opening, whole questions with understanding, readers while passages are added.
void own_figures(const Corpus& corpus, const QuestionSet& set, const Arguments& arguments) {
    index::SegmentedOptions options;
    options.directory = arguments.directory / "raadbot";
    auto begin = std::chrono::steady_clock::now();
    auto opened = index::SegmentedIndex::open(options);
    if (!opened) throw std::runtime_error(opened.error().message);
    std::printf("\nopened in %.1f ms\n", seconds_since(begin) * 1e3);
    index::Request request;
    request.filter.audiences = {Audience{}};
    const auto ask = [&](const std::string& question) {
        index::Request own = request;
        own.text = question;
        const auto snapshot = (*opened)->snapshot();
        const double before = thread_cpu_ms();
        (void)snapshot->search(own);
        return thread_cpu_ms() - before;
    };
    std::vector<double> first;
    std::vector<double> again;
    for (const std::string& question : set.questions) first.push_back(ask(question));
    for (const std::string& question : set.questions) again.push_back(ask(question));
    std::printf(
        "whole questions, understanding included: first time p50 %.2f p99 %.2f ms, "
        "again p50 %.2f p99 %.2f ms\n",
        percentile(first, 0.5), percentile(first, 0.99), percentile(again, 0.5),
        percentile(again, 0.99));
    begin = std::chrono::steady_clock::now();
    const std::string changed = corpus.passage(arguments.passages + 1);
    index::Entry entry;
    entry.id = arguments.passages + 1;
    entry.text = changed;
    (*opened)->add(entry);
    if (auto committed = (*opened)->commit(); !committed) {
        throw std::runtime_error(committed.error().message);
    }
    std::printf("one changed passage answers after %.0f ms\n", seconds_since(begin) * 1e3);

    std::atomic<bool> done = false;
    std::vector<double> waits;
    std::thread reader([&] {
        for (std::size_t i = 0; !done; i = (i + 1) % set.questions.size()) {
            const auto before = std::chrono::steady_clock::now();
            (void)ask(set.questions[i]);
            waits.push_back(seconds_since(before) * 1e3);
        }
    });
    begin = std::chrono::steady_clock::now();
    constexpr std::uint64_t added = 3000;
    for (std::uint64_t i = 0; i < added; ++i) {
        const std::string text = corpus.passage(arguments.passages + 10 + i);
        entry.id = arguments.passages + 10 + i;
        entry.text = text;
        (*opened)->add(entry);
        if (i % 500 == 499) (void)(*opened)->commit();
    }
    const double spent = seconds_since(begin);
    done = true;
    reader.join();
    std::printf(
        "while %llu passages were added in 6 commits (%.1f s): reader p50 %.2f p99 %.2f "
        "max %.2f ms (wall)\n",
        static_cast<unsigned long long>(added), spent, percentile(waits, 0.5),
        percentile(waits, 0.99), percentile(waits, 1));
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("greatest memory of this process %.0f MB (mapped files included)\n",
                static_cast<double>(usage.ru_maxrss) / 1024);
}

int run(const Arguments& arguments) {
    std::filesystem::remove_all(arguments.directory);
    std::filesystem::create_directories(arguments.directory);
    const Corpus corpus;
    const std::filesystem::path file = arguments.directory / "corpus.txt";
    const std::uint64_t bytes = write_corpus(corpus, arguments.passages, file);
    std::printf("%llu passages, %.1f MB of text\n",
                static_cast<unsigned long long>(arguments.passages),
                static_cast<double>(bytes) / 1e6);
    std::vector<std::unique_ptr<Engine>> engines;
    const auto wanted = [&](std::string_view name) {
        return arguments.only.empty() || arguments.only.find(name) != std::string::npos;
    };
    if (wanted("raadbot")) {
        engines.push_back(make_raadbot(false));
        engines.push_back(make_raadbot(true));
    }
    if (wanted("fts5")) engines.push_back(make_fts5());
    if (wanted("xapian")) engines.push_back(make_xapian());
    if (wanted("lucene")) {
        if (auto lucene = make_lucene(arguments.driver)) engines.push_back(std::move(lucene));
    }
    std::printf("  %-20s %12s %12s %10s\n", "engine", "passages/s", "MB", "of text");
    for (const auto& engine : engines) {
        std::string folder = engine->name().substr(0, engine->name().find(','));
        if (engine->name() != folder) folder += "-all";
        const Built built = engine->build(file, arguments.directory / folder);
        std::printf("  %-20s %12.0f %12.1f %10.2f\n", engine->name().c_str(),
                    static_cast<double>(arguments.passages) / built.seconds,
                    static_cast<double>(built.bytes) / 1e6,
                    static_cast<double>(built.bytes) / static_cast<double>(bytes));
        std::fflush(stdout);
    }
    const std::vector<QuestionSet> sets = make_questions(corpus, arguments);
    for (const QuestionSet& set : sets) compare(engines, set, arguments);
    engines.clear();
    if (wanted("raadbot")) own_figures(corpus, sets[0], arguments);
    std::filesystem::remove_all(arguments.directory);
    return 0;
}

}  // namespace
}  // namespace raadbot::bench

int main(int count, char** values) {
    raadbot::bench::Arguments arguments;
    arguments.driver = RAADBOT_LUCENE_DRIVER;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view name = values[i];
        const char* value = values[i + 1];
        const auto number = std::strtoull(value, nullptr, 10);
        if (name == "--passages") {
            arguments.passages = number;
        } else if (name == "--questions") {
            arguments.questions = number;
        } else if (name == "--slow-questions") {
            arguments.slow_questions = number;
        } else if (name == "--rounds") {
            arguments.rounds = number;
        } else if (name == "--directory") {
            arguments.directory = value;
        } else if (name == "--only") {
            arguments.only = value;
        } else {
            std::fprintf(stderr, "%s: unknown option\n", values[i]);
            return 2;
        }
    }
    try {
        return raadbot::bench::run(arguments);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
