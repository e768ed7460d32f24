// search_bench [--passages N,N] [--questions N] [--rounds N] [--slow-questions N] [--keep D]
// [--only a,b] [--own no]
//
// Builds one corpus in every engine and times plain and expanded questions, engine after engine in
// each round, in one run. Prints medians, 99th percentiles, ratios to ours beside those asked for,
// build rate, size, how times grow with the passages; and of ours open time, memory, and what
// readers see while passages are added. What is built in a --keep directory is used again by later
// runs, so that a change of the search alone is measured in a minute.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string_view>
#include <thread>

#include "retrieval/index/segmented_index.hpp"
#include "tests/bench/search/engines.hpp"

namespace raadbot::bench {
namespace {

struct Arguments {
    std::vector<std::uint64_t> passages = {10'000};
    std::size_t questions = 200;
    std::size_t slow_questions = 20;  ///< For FTS5, which takes seconds.
    std::size_t rounds = 3;
    std::filesystem::path keep;  ///< Empty: a temporary directory, removed at the end.
    std::filesystem::path driver;
    std::string only;
    bool own_figures = true;
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

void write_corpus(const Corpus& corpus, std::uint64_t passages, const std::filesystem::path& file) {
    std::ofstream out(file);
    for (std::uint64_t i = 0; i < passages; ++i) out << corpus.passage(i) << '\n';
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

/// The design's figures for a million passages.
struct Asked {
    std::map<std::string, double> ratio;  ///< p50 of another engine to ours, at least.
    double p99 = 0;                       ///< Ours in ms, below; 0 = none.
};

struct QuestionSet {
    std::string name;
    Questions questions;
    bool every_word = false;
    Asked asked;
};

constexpr double asked_growth = 6;  ///< Ten times the passages take so many times as long.

std::vector<QuestionSet> make_questions(const Corpus& corpus, std::uint64_t passages,
                                        const Arguments& arguments) {
    QuestionSet plain{"4-14 words, stop words dropped",
                      {},
                      false,
                      {{{"lucene", 3}, {"xapian", 10}, {"fts5", 100}}, 0}};
    QuestionSet every{"4-14 words, every word kept",
                      {},
                      true,
                      {{{"lucene", 8}, {"xapian", 15}, {"fts5", 500}}, 0}};
    QuestionSet expanded{"20-60 terms", {}, false, {{}, 25}};
    Random random(5);
    for (std::size_t i = 0; plain.questions.size() < arguments.questions; ++i) {
        const std::string question = corpus.question(i, passages);
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

const char* verdict(bool met) { return met ? "met" : "missed"; }

/// Our median in ms.
double compare(std::vector<std::unique_ptr<Engine>>& engines, const QuestionSet& set,
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
    std::printf("\n%s\n  %-20s %10s %10s %10s %10s  %s\n", set.name.c_str(), "engine", "p50 ms",
                "p99 ms", "p50 ratio", "p99 ratio", "asked at a million");
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
        std::printf("  %-20s %10.3f %10.3f %10.1f %10.1f", name.c_str(), p50, p99, p50 / own50,
                    p99 / own99);
        const auto asked = set.asked.ratio.find(name);
        if (asked != set.asked.ratio.end()) {
            std::printf("  p50 %.0f: %s", asked->second, verdict(p50 >= asked->second * own50));
        } else if (name.starts_with("raadbot") && set.asked.p99 > 0) {
            std::printf("  p99 < %.0f ms: %s", set.asked.p99, verdict(p99 < set.asked.p99));
        }
        std::printf("\n");
    }
    std::fflush(stdout);
    return own50;
}

/// Our own figures: opening, whole questions with understanding, readers while passages are added.
void own_figures(const Corpus& corpus, const QuestionSet& set, std::uint64_t passages,
                 const std::filesystem::path& directory) {
    index::SegmentedOptions options;
    options.directory = directory / "raadbot-changed";
    // Index files are replaced, never written to, so links keep the built ones as they are.
    std::filesystem::remove_all(options.directory);
    std::filesystem::copy(directory / "raadbot", options.directory,
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::create_hard_links);
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
    const std::string changed = corpus.passage(passages + 1);
    index::Entry entry;
    entry.id = passages + 1;
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
        const std::string text = corpus.passage(passages + 10 + i);
        entry.id = passages + 10 + i;
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

/// Builds unless a kept record says that it was built; prints the line of figures.
void build(Engine& engine, const std::filesystem::path& directory, std::uint64_t passages,
           std::uint64_t text_bytes) {
    std::string folder = engine.name().substr(0, engine.name().find(','));
    if (engine.name() != folder) folder += "-all";
    const std::filesystem::path record = directory / (folder + ".built");
    Built built;
    if (!(std::ifstream(record) >> built.seconds >> built.bytes)) {
        std::filesystem::remove_all(directory / folder);
        built = engine.build(directory / "corpus.txt", directory / folder);
        std::ofstream(record) << built.seconds << ' ' << built.bytes << '\n';
    }
    engine.open(directory / folder);
    std::printf("  %-20s %12.0f %12.1f %10.2f\n", engine.name().c_str(),
                static_cast<double>(passages) / built.seconds,
                static_cast<double>(built.bytes) / 1e6,
                static_cast<double>(built.bytes) / static_cast<double>(text_bytes));
    std::fflush(stdout);
}

/// Our medians, set by set.
std::vector<double> run_size(const Corpus& corpus, std::uint64_t passages,
                             const Arguments& arguments, const std::filesystem::path& directory) {
    std::filesystem::create_directories(directory);
    const std::filesystem::path file = directory / "corpus.txt";
    if (!std::filesystem::exists(file)) {
        std::filesystem::path writing = file;
        writing += ".writing";
        write_corpus(corpus, passages, writing);
        std::filesystem::rename(writing, file);
    }
    const std::uint64_t bytes = std::filesystem::file_size(file) - passages;  // Without newlines.
    std::printf("\n%llu passages, %.1f MB of text\n", static_cast<unsigned long long>(passages),
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
    for (const auto& engine : engines) build(*engine, directory, passages, bytes);
    const std::vector<QuestionSet> sets = make_questions(corpus, passages, arguments);
    std::vector<double> medians;
    for (const QuestionSet& set : sets) medians.push_back(compare(engines, set, arguments));
    engines.clear();
    if (wanted("raadbot") && arguments.own_figures) {
        own_figures(corpus, sets[0], passages, directory);
    }
    return medians;
}

int run(const Arguments& arguments) {
    const bool keep = !arguments.keep.empty();
    const std::filesystem::path directory =
        keep ? arguments.keep : std::filesystem::temp_directory_path() / "raadbot-search-bench";
    if (!keep) std::filesystem::remove_all(directory);
    const Corpus corpus;
    std::vector<double> before;
    std::uint64_t passages_before = 0;
    for (const std::uint64_t passages : arguments.passages) {
        const std::vector<double> medians =
            run_size(corpus, passages, arguments, directory / std::to_string(passages));
        for (std::size_t set = 0; set < before.size(); ++set) {
            const double growth = medians[set] / before[set];
            std::printf("%s %llu to %llu passages, question set %zu: %.1f times as long",
                        set == 0 ? "\nfrom" : "from",
                        static_cast<unsigned long long>(passages_before),
                        static_cast<unsigned long long>(passages), set + 1, growth);
            if (passages == 10 * passages_before) {
                std::printf(" (asked at most %.0f: %s)", asked_growth,
                            verdict(growth <= asked_growth));
            }
            std::printf("\n");
        }
        before = medians;
        passages_before = passages;
    }
    if (!keep) std::filesystem::remove_all(directory);
    return 0;
}

std::vector<std::uint64_t> numbers(const char* text) {
    std::vector<std::uint64_t> read;
    std::istringstream in(text);
    for (std::string one; std::getline(in, one, ',');) {
        read.push_back(std::strtoull(one.c_str(), nullptr, 10));
    }
    return read;
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
            arguments.passages = raadbot::bench::numbers(value);
        } else if (name == "--questions") {
            arguments.questions = number;
        } else if (name == "--slow-questions") {
            arguments.slow_questions = number;
        } else if (name == "--rounds") {
            arguments.rounds = number;
        } else if (name == "--keep") {
            arguments.keep = value;
        } else if (name == "--only") {
            arguments.only = value;
        } else if (name == "--own") {
            arguments.own_figures = std::string_view(value) != "no";
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
