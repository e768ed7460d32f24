// The engines that search_bench compares, behind one interface. Times are CPU time of the searching
// thread, so that other load on the machine does not blur them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/search/corpus.hpp"

namespace raadbot::bench {

/// Questions as words with blanks between them.
using Questions = std::vector<std::string>;

struct Built {
    double seconds = 0;       ///< Wall time.
    std::uint64_t bytes = 0;  ///< On disk.
};

class Engine {
public:
    virtual ~Engine() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    /// Builds an index in an empty directory. `corpus_file` holds one passage a line.
    virtual Built build(const std::filesystem::path& corpus_file,
                        const std::filesystem::path& directory) = 0;
    /// Opens what build() made, in this run or an earlier one; throws std::runtime_error when it
    /// cannot be read.
    virtual void open(const std::filesystem::path& directory) = 0;
    /// Milliseconds for each question, best 10 passages of a disjunction.
    virtual std::vector<double> run(const Questions& questions) = 0;
};

[[nodiscard]] std::unique_ptr<Engine> make_fts5();
[[nodiscard]] std::unique_ptr<Engine> make_xapian();
/// Null when there is no Java compiler or Lucene on the machine.
[[nodiscard]] std::unique_ptr<Engine> make_lucene(const std::filesystem::path& driver_source);
/// `every_word`: function words are indexed too, nothing else is added; otherwise what Raadbot
/// indexes.
[[nodiscard]] std::unique_ptr<Engine> make_raadbot(bool every_word);

[[nodiscard]] double thread_cpu_ms();
[[nodiscard]] std::uint64_t directory_bytes(const std::filesystem::path& directory);

}  // namespace raadbot::bench
