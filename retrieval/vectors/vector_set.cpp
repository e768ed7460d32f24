#include "retrieval/vectors/vector_set.hpp"

#include <algorithm>

#include "retrieval/vectors/dot.hpp"

namespace raadbot::vectors {
namespace {

using index::Hit;

// Of a graph: looked at in vain when so few of its rows are admitted; most rows asked for at once;
// and as many are asked for at least, for their recall (tests/bench/vectors).
constexpr std::size_t few_admitted = 20'000;
constexpr std::size_t most_asked = 4096;
constexpr std::size_t least_asked = 200;
constexpr std::size_t sample = 256;

/// The k best so far.
class Best {
public:
    explicit Best(std::size_t k) : k_(k) { hits_.reserve(k + 1); }

    [[nodiscard]] bool wants(const Hit& hit) const {
        return hits_.size() < k_ || (k_ > 0 && before(hit, hits_.front()));
    }
    void add(const Hit& hit) {
        hits_.push_back(hit);
        std::push_heap(hits_.begin(), hits_.end(), before);
        if (hits_.size() <= k_) return;
        std::pop_heap(hits_.begin(), hits_.end(), before);
        hits_.pop_back();
    }
    [[nodiscard]] std::vector<Hit> take() {
        std::sort_heap(hits_.begin(), hits_.end(), before);
        return std::move(hits_);
    }

private:
    static bool before(const Hit& a, const Hit& b) {
        return a.score != b.score ? a.score > b.score : a.passage < b.passage;
    }
    std::size_t k_;
    std::vector<Hit> hits_;  ///< A heap with the worst in front.
};

void look_at(const VectorFile& file, std::size_t row, const QuantisedQuery& query,
             index::Gate& gate, Best& best) {
    const float scale = file.scales()[row];
    if (scale == 0) return;  // Forgotten.
    const auto product = dot(file.row(row), query.numbers.data(), file.dimension());
    const Hit hit{file.ids()[row], static_cast<float>(product) * query.scale * scale};
    // The product costs less than the gate, which therefore sees only the few that would be kept.
    if (best.wants(hit) && gate.admits(hit.passage)) best.add(hit);
}

void scan(const VectorFile& file, std::size_t first, const QuantisedQuery& query, index::Gate& gate,
          Best& best) {
    for (std::size_t row = first; row < file.size(); ++row) look_at(file, row, query, gate, best);
}

/// False when the graph is not the way to find k admitted rows.
bool walk(const VectorFile& file, const Graph& graph, const QuantisedQuery& query, std::size_t k,
          index::Gate& gate, Best& best) {
    const std::size_t rows = graph.size();
    const std::size_t step = std::max<std::size_t>(1, rows / sample);
    std::size_t seen = 0;
    std::size_t admitted = 0;
    for (std::size_t row = 0; row < rows; row += step) {
        ++seen;
        admitted += gate.admits(file.ids()[row]) ? 1U : 0U;
    }
    if (admitted * rows < few_admitted * seen) return false;
    const std::size_t asked = std::max(least_asked, 2 * k * seen / admitted);
    if (asked > most_asked) return false;
    std::vector<std::size_t> found = graph.nearest(query, asked);
    std::erase_if(found, [&](std::size_t row) {
        return file.scales()[row] == 0 || !gate.admits(file.ids()[row]);
    });
    if (found.size() < k) return false;
    for (const std::size_t row : found) look_at(file, row, query, gate, best);
    return true;
}

}  // namespace

Result<std::shared_ptr<const VectorSet>> VectorSet::open(const std::filesystem::path& directory,
                                                         const VectorSet* previous) {
    // A writer may replace files between our reading the catalogue and opening what it names.
    constexpr int attempts = 5;
    for (int attempt = 1;; ++attempt) {
        auto catalogue = read_catalogue(directory);
        if (!catalogue) return tl::unexpected(catalogue.error());
        if (!*catalogue) return std::shared_ptr<const VectorSet>();
        auto set = std::make_shared<VectorSet>();
        set->catalogue_ = std::move(**catalogue);
        const auto open_part = [&](const Part& part) -> Result<OpenPart> {
            OpenPart result;
            if (previous != nullptr) {
                for (std::size_t i = 0; i < previous->parts_.size(); ++i) {
                    const Part& known = previous->catalogue_.parts[i];
                    if (known == part) return previous->parts_[i];
                }
            }
            const auto path = vectors_file(directory, part.number);
            auto file = VectorFile::open(path);
            if (!file) return tl::unexpected(file.error());
            if ((*file)->checksum() != part.checksum || (*file)->size() != part.rows ||
                (*file)->dimension() != set->dimension()) {
                return fail(ErrorCode::corrupt,
                            index::damage_message(path, "not the file that was written"));
            }
            result.file = std::move(*file);
            if (part.graph != 0) {
                auto graph = Graph::load(graph_file(directory, part.graph),
                                         {part.graph_size, part.graph_checksum}, result.file);
                if (!graph) return tl::unexpected(graph.error());
                result.graph = std::move(*graph);
            }
            return result;
        };
        std::optional<Error> error;
        for (const Part& part : set->catalogue_.parts) {
            auto opened = open_part(part);
            if (!opened) {
                error = opened.error();
                break;
            }
            set->parts_.push_back(std::move(*opened));
        }
        if (!error) return std::shared_ptr<const VectorSet>(std::move(set));
        const auto again = read_catalogue(directory);
        const bool moved_on = again && *again && (*again)->checksum != set->checksum();
        if (!moved_on || attempt == attempts) return tl::unexpected(*error);
    }
}

std::size_t VectorSet::rows() const {
    std::size_t rows = 0;
    for (const OpenPart& part : parts_) rows += part.file->size();
    return rows;
}

std::vector<PassageId> VectorSet::ids() const {
    std::vector<PassageId> ids;
    for (const OpenPart& part : parts_) {
        part.file->check();
        ids.insert(ids.end(), part.file->ids().begin(), part.file->ids().end());
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(ids.begin(), std::upper_bound(ids.begin(), ids.end(), PassageId{0}));
    return ids;
}

std::vector<Hit> VectorSet::search(const QuantisedQuery& query, std::size_t k,
                                   index::Gate& gate) const {
    Best best(k);
    for (const OpenPart& part : parts_) {
        part.file->check();
        const bool walked =
            part.graph != nullptr && walk(*part.file, *part.graph, query, k, gate, best);
        scan(*part.file, walked ? part.graph->size() : 0, query, gate, best);
    }
    return best.take();
}

std::vector<Hit> VectorSet::search_exactly(const QuantisedQuery& query, std::size_t k,
                                           index::Gate& gate) const {
    Best best(k);
    for (const OpenPart& part : parts_) {
        part.file->check();
        scan(*part.file, 0, query, gate, best);
    }
    return best.take();
}

Result<void> VectorSet::verify() const {
    try {
        for (const OpenPart& part : parts_) part.file->check();
    } catch (const index::DamagedIndex& damage) {
        return fail(ErrorCode::corrupt, damage.what());
    }
    return {};
}

}  // namespace raadbot::vectors
