// Nearest vectors: ours beside a plain loop over floats, in one run, queries in turns.
//
// Vectors are made up as those of passages lie: a thousand topics, variation within them along 24
// directions, a little noise in all; seeded. Times are medians over queries on one core; recall@10
// is against the floats' true ten nearest. Every search passes a gate that admits all, and once one
// that admits a third.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <random>

#include "retrieval/vectors/vector_set.hpp"
#include "retrieval/vectors/vector_writer.hpp"

namespace {

using namespace raadbot;
using namespace raadbot::vectors;
using Clock = std::chrono::steady_clock;

constexpr std::size_t dimension = 384;
constexpr std::size_t queries = 200;
constexpr std::size_t k = 10;

double ms_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double median(std::vector<double> values) {
    std::nth_element(values.begin(),
                     values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

double percentile99(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() * 99 / 100];
}

class Town {
public:
    Town() {
        for (std::size_t i = 0; i < 1000 + 24; ++i) {
            auto& axis = axes_.emplace_back(dimension);
            for (float& value : axis) value = normal_(random_);
        }
    }
    std::vector<float> next() {
        std::vector<float> vector = axes_[24 + random_() % 1000];
        for (std::size_t a = 0; a < 24; ++a) {
            const float part = normal_(random_) * 0.25F;
            for (std::size_t i = 0; i < dimension; ++i) vector[i] += part * axes_[a][i];
        }
        for (float& value : vector) value += normal_(random_) * 0.3F;
        float squares = 0;
        for (const float value : vector) squares += value * value;
        for (float& value : vector) value /= std::sqrt(squares);
        return vector;
    }

private:
    std::mt19937 random_{20261126};
    std::normal_distribution<float> normal_{0, 1};
    std::vector<std::vector<float>> axes_;
};

class Admits final : public index::Gate {
public:
    explicit Admits(PassageId every) : every_(every) {}
    bool admits(PassageId id) override { return id % every_ == 0; }

private:
    PassageId every_;
};

/// As one writes it first; the compiler's best at the flags of the rest.
std::vector<std::pair<float, PassageId>> plain(const std::vector<float>& all,
                                               const std::vector<float>& query) {
    std::vector<std::pair<float, PassageId>> scored;
    const std::size_t rows = all.size() / dimension;
    scored.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        float sum = 0;
        for (std::size_t i = 0; i < dimension; ++i) sum += all[row * dimension + i] * query[i];
        scored.emplace_back(-sum, row + 1);
    }
    std::partial_sort(scored.begin(), scored.begin() + k, scored.end());
    scored.resize(k);
    return scored;
}

void measure(const char* name, std::size_t rows, std::size_t flat_limit) {
    std::string folder = std::filesystem::temp_directory_path() / "raadbot-vectors-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) std::abort();
    Town town;
    std::vector<float> all;
    all.reserve(rows * dimension);
    Rows small;
    small.dimension = dimension;
    for (PassageId id = 1; id <= rows; ++id) {
        const auto vector = town.next();
        all.insert(all.end(), vector.begin(), vector.end());
        const auto row = quantise(vector);
        small.append(id, row->scale, row->numbers);
    }
    std::vector<PassageId> ids(rows);
    std::iota(ids.begin(), ids.end(), PassageId{1});
    const LiveIds live = [&] { return ids; };
    WriterOptions options;
    options.directory = folder;
    options.model = "bench";
    options.dimension = dimension;
    options.flat_limit = flat_limit;
    VectorWriter writer(options);
    auto begin = Clock::now();
    if (!writer.add(small, live) || !writer.finish(live)) std::abort();
    const double built = ms_since(begin);
    begin = Clock::now();
    const auto set = *VectorSet::open(folder);
    const double opened = ms_since(begin);
    std::uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        bytes += entry.file_size();

    std::vector<double> ours, theirs, third, exactly;
    double found = 0;
    Admits everything(1);
    Admits some(3);
    static_cast<void>(set->search_exactly(*quantise_query(town.next()), k, everything));
    for (std::size_t i = 0; i < queries; ++i) {
        const auto query = town.next();
        begin = Clock::now();
        const auto truth = plain(all, query);
        theirs.push_back(ms_since(begin));
        begin = Clock::now();
        const auto hits = set->search(*quantise_query(query), k, everything);
        ours.push_back(ms_since(begin));
        begin = Clock::now();
        static_cast<void>(set->search(*quantise_query(query), k, some));
        third.push_back(ms_since(begin));
        begin = Clock::now();
        static_cast<void>(set->search_exactly(*quantise_query(query), k, everything));
        exactly.push_back(ms_since(begin));
        for (const auto& [score, id] : truth) {
            found += std::any_of(hits.begin(), hits.end(), [&, wanted = id](const index::Hit& hit) {
                return hit.passage == wanted;
            });
        }
    }
    std::printf(
        "%-6s %7zu x %zu  plain floats %7.2f ms   ours %6.2f ms (p99 %6.2f; a third admitted "
        "%6.2f; row by row %6.2f)  %5.1fx  recall@10 %.3f  %4.0f MB  built %6.1f s  opened %5.0f "
        "ms\n",
        name, rows, dimension, median(theirs), median(ours), percentile99(ours), median(third),
        median(exactly), median(theirs) / median(ours), found / static_cast<double>(queries * k),
        static_cast<double>(bytes) / 1e6, built / 1e3, opened);
    std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
    const auto number = [&](int i, std::size_t otherwise) {
        return argc > i ? static_cast<std::size_t>(std::strtoul(argv[i], nullptr, 10)) : otherwise;
    };
    measure("flat", number(1, 100'000), 1'000'000'000);
    std::fflush(stdout);
    if (number(2, 300'000) > 0) measure("graph", number(2, 300'000), 1000);
}
