#include <chrono>
#include <ctime>
#include <fstream>
#include <sstream>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/index/analyzer.hpp"
#include "retrieval/index/segmented_index.hpp"
#include "tests/bench/search/engines.hpp"

namespace raadbot::bench {
namespace {

class Raadbot final : public Engine {
public:
    explicit Raadbot(bool every_word) : every_word_(every_word) {}
    std::string name() const override { return every_word_ ? "raadbot, all words" : "raadbot"; }

    Built build(const std::filesystem::path& corpus_file,
                const std::filesystem::path& directory) override {
        const auto begin = std::chrono::steady_clock::now();
        open(directory);
        std::ifstream in(corpus_file);
        std::string line;
        index::Entry entry;
        while (std::getline(in, line)) {
            ++entry.id;
            entry.text = line;
            index_->add(entry);
        }
        if (auto merged = index_->merge_all(); !merged) {
            throw std::runtime_error(merged.error().message);
        }
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
        snapshot_.reset();
        index_.reset();
        return {spent.count(), directory_bytes(directory)};
    }

    void open(const std::filesystem::path& directory) override {
        index::SegmentedOptions options;
        options.directory = directory;
        if (every_word_) {
            options.representation.keep_stop_words = true;
            options.representation.surfaces = false;
            options.representation.pairs = false;
        }
        auto opened = index::SegmentedIndex::open(options);
        if (!opened) throw std::runtime_error(opened.error().message);
        index_ = std::move(*opened);
        snapshot_ = index_->segment_snapshot();
    }

    /// The disjunction of the words' lemmas, as the others search; understanding the question is
    /// measured apart.
    std::vector<double> run(const Questions& questions) override {
        index::Filter filter;
        filter.audiences = {Audience{}};
        std::vector<double> times;
        for (const std::string& question : questions) {
            std::vector<index::TermKey> keys;
            std::istringstream in(question);
            for (std::string word; in >> word;) {
                keys.push_back(index::term_key(index::TermSpace::word,
                                               danish::Morphology::instance().lemma(word)));
            }
            const double before = thread_cpu_ms();
            std::vector<index::TermGroup> groups;
            for (const index::TermKey key : keys) {
                const std::uint32_t holding = snapshot_->holding(key);
                if (holding == 0) continue;
                const double idf =
                    index::inverse_document_frequency(snapshot_->passages(), holding);
                groups.push_back({{key, static_cast<float>(idf)}});
            }
            found_ += snapshot_->search(index::quantise(groups), filter, 10).size();
            times.push_back(thread_cpu_ms() - before);
        }
        return times;
    }

private:
    bool every_word_;
    std::unique_ptr<index::SegmentedIndex> index_;
    std::shared_ptr<const index::SegmentSnapshot> snapshot_;
    std::size_t found_ = 0;
};

}  // namespace

std::unique_ptr<Engine> make_raadbot(bool every_word) {
    return std::make_unique<Raadbot>(every_word);
}

double thread_cpu_ms() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

std::uint64_t directory_bytes(const std::filesystem::path& directory) {
    std::uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
        if (entry.is_regular_file()) bytes += entry.file_size();
    }
    return bytes;
}

}  // namespace raadbot::bench
