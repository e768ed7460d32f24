#include "retrieval/index/meaning.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/index/analyzer.hpp"
#include "retrieval/index/paged_file.hpp"

namespace raadbot::index {
namespace {

constexpr std::uint32_t least_passages = 200;
constexpr std::uint32_t most_sampled = 20'000;
constexpr std::size_t most_words = 60'000;
constexpr std::uint64_t format_version = 1;
constexpr int rounds = 4;
constexpr double least_own_part = 1e-8;  ///< Of a column's square; less is rounding.
constexpr std::size_t width = Meaning::dimensions;

using Row = std::array<float, width>;
using Matrix = std::vector<Row>;

/// Weighted terms of the sampled passages, one passage after the other.
struct SparseRows {
    std::vector<std::size_t> begin = {0};
    std::vector<std::pair<std::uint32_t, float>> cells;
    [[nodiscard]] std::size_t count() const { return begin.size() - 1; }
};

/// Makes the columns orthonormal: Cholesky factor of the columns' inner products, then
/// back-substitution row by row.
void orthonormalise(Matrix& matrix) {
    std::vector<double> product(width * width, 0);
    for (const Row& row : matrix) {
        for (std::size_t i = 0; i < width; ++i) {
            const auto left = static_cast<double>(row[i]);
            for (std::size_t j = 0; j <= i; ++j) {
                product[i * width + j] += left * static_cast<double>(row[j]);
            }
        }
    }
    std::vector<double> factor(width * width, 0);
    for (std::size_t i = 0; i < width; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = product[i * width + j];
            for (std::size_t k = 0; k < j; ++k) {
                sum -= factor[i * width + k] * factor[j * width + k];
            }
            if (i != j) {
                const double divisor = factor[j * width + j];
                factor[i * width + j] = divisor > 0 ? sum / divisor : 0;
            } else if (sum > least_own_part * product[i * width + i]) {
                factor[i * width + i] = std::sqrt(sum);
            }  // Else all of the column lies in those before it: it becomes zero.
        }
    }
    std::array<double, width> solved{};
    for (Row& row : matrix) {
        for (std::size_t i = 0; i < width; ++i) {
            auto value = static_cast<double>(row[i]);
            for (std::size_t k = 0; k < i; ++k) value -= factor[i * width + k] * solved[k];
            const double divisor = factor[i * width + i];
            solved[i] = divisor > 0 ? value / divisor : 0;
        }
        for (std::size_t i = 0; i < width; ++i) row[i] = static_cast<float>(solved[i]);
    }
}

void add_scaled(Row& to, const Row& from, float by) {
    for (std::size_t i = 0; i < width; ++i) to[i] += by * from[i];
}

/// The words' coordinates in the directions that explain most of the passages.
Matrix factorise(const SparseRows& rows, std::size_t words) {
    Matrix of_words(words);
    // Not std::normal_distribution: its sequence is the library's choice. Signs do as well.
    std::mt19937_64 random(20'240'601);
    for (Row& row : of_words) {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < width; ++i) {
            if (i % 64 == 0) bits = random();
            row[i] = (bits >> (i % 64) & 1U) != 0 ? 1.0F : -1.0F;
        }
    }
    Matrix of_passages(rows.count());
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t passage = 0; passage < rows.count(); ++passage) {
            Row& row = of_passages[passage];
            row.fill(0);
            for (std::size_t i = rows.begin[passage]; i < rows.begin[passage + 1]; ++i) {
                add_scaled(row, of_words[rows.cells[i].first], rows.cells[i].second);
            }
        }
        orthonormalise(of_passages);
        for (Row& row : of_words) row.fill(0);
        for (std::size_t passage = 0; passage < rows.count(); ++passage) {
            for (std::size_t i = rows.begin[passage]; i < rows.begin[passage + 1]; ++i) {
                add_scaled(of_words[rows.cells[i].first], of_passages[passage],
                           rows.cells[i].second);
            }
        }
        if (round + 1 < rounds) orthonormalise(of_words);
    }
    return of_words;
}

std::uint8_t rarity_byte(std::uint64_t passages, std::uint64_t holding) {
    const auto all = static_cast<std::uint32_t>(std::min<std::uint64_t>(passages, ~0U));
    const auto some = static_cast<std::uint32_t>(std::min<std::uint64_t>(holding, all));
    return static_cast<std::uint8_t>(
        std::clamp(std::lround(inverse_document_frequency(all, some) * 16), 1L, 255L));
}

}  // namespace

std::shared_ptr<const Meaning> Meaning::learn(std::span<const SegmentView> segments) {
    std::uint64_t passages = 0;
    for (const SegmentView& view : segments) passages += view.segment->passages();
    if (passages < least_passages) return nullptr;

    auto meaning = std::make_shared<Meaning>();
    meaning->passages_ = passages;
    std::unordered_map<std::string, std::uint64_t> words;
    std::vector<std::uint64_t> gram_holders(gram_buckets, 0);
    for (const SegmentView& view : segments) {
        view.segment->words().for_each([&](const std::string& word, std::uint32_t frequency) {
            for (const TermKey gram : character_grams(word, 4)) {
                gram_holders[gram % gram_buckets] += frequency;
            }
            words[word] += frequency;
        });
    }
    for (const std::uint64_t holders : gram_holders) {
        meaning->gram_rarity_.push_back(rarity_byte(passages, holders));
    }
    // The commonest words; every form of a lemma is asked for once.
    std::vector<std::pair<std::uint64_t, std::string>> common;
    for (auto& [word, frequency] : words) {
        if (frequency >= 2) common.emplace_back(frequency, word);
    }
    std::sort(common.begin(), common.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (common.size() > most_words) common.resize(most_words);
    const danish::Morphology& morphology = danish::Morphology::instance();
    std::vector<TermKey> keys;
    for (const auto& [frequency, word] : common) {
        if (danish::is_stop_word(word)) continue;
        keys.push_back(term_key(TermSpace::word, morphology.lemma(word)));
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());

    const auto stride = static_cast<std::uint32_t>((passages + most_sampled - 1) / most_sampled);
    struct Cell {
        std::uint32_t passage;
        std::uint32_t word;
        float weight;
    };
    std::vector<Cell> cells;
    for (const TermKey key : keys) {
        std::uint64_t holding = 0;
        for (const SegmentView& view : segments) holding += view.segment->holding(key);
        if (holding < 2) continue;
        const auto idf = static_cast<float>(inverse_document_frequency(
            static_cast<std::uint32_t>(passages), static_cast<std::uint32_t>(holding)));
        const auto word = static_cast<std::uint32_t>(meaning->keys_.size());
        meaning->keys_.push_back(key);
        std::uint32_t first = 0;
        for (const SegmentView& view : segments) {
            if (auto cursor = view.segment->cursor(key)) {
                cursor->for_range(
                    0, view.segment->passages(), [&](DocNumber doc, std::uint32_t impact) {
                        if ((first + doc) % stride != 0) return;
                        cells.push_back(
                            {first + doc, word, idf * static_cast<float>(impact) / 255});
                    });
            }
            first += view.segment->passages();
        }
    }
    std::stable_sort(cells.begin(), cells.end(),
                     [](const Cell& a, const Cell& b) { return a.passage < b.passage; });
    SparseRows rows;
    for (std::size_t i = 0; i < cells.size();) {
        std::size_t end = i;
        float squares = 0;
        for (; end < cells.size() && cells[end].passage == cells[i].passage; ++end) {
            squares += cells[end].weight * cells[end].weight;
        }
        const float scale = 1 / std::sqrt(squares);
        for (; i < end; ++i) rows.cells.emplace_back(cells[i].word, cells[i].weight * scale);
        rows.begin.push_back(rows.cells.size());
    }
    for (const Row& row : factorise(rows, meaning->keys_.size())) {
        float squares = 0;
        for (const float value : row) squares += value * value;
        const float length = std::sqrt(squares);
        Direction direction{};
        if (length > 0) {
            for (std::size_t i = 0; i < width; ++i) {
                direction[i] = static_cast<std::int8_t>(std::lround(row[i] / length * 127));
            }
        }
        meaning->directions_.push_back(direction);
        meaning->lengths_.push_back(length);
    }
    return meaning;
}

void Meaning::write(FileLayer& files, const std::filesystem::path& directory) const {
    const std::filesystem::path file = meaning_file(directory);
    std::filesystem::path fresh = file;
    fresh += ".new";
    PagedFileWriter out(files, fresh);
    out.begin_section(0);
    out.append_values(std::span<const TermKey>(keys_));
    out.begin_section(1);
    out.append_values(std::span<const Direction>(directions_));
    out.begin_section(2);
    out.append_values(std::span<const float>(lengths_));
    out.begin_section(3);
    out.append_values(std::span<const std::uint8_t>(gram_rarity_));
    out.finish({format_version, passages_});
    files.rename(fresh, file);
    files.sync_directory(directory);
}

Result<std::shared_ptr<const Meaning>> Meaning::read(const std::filesystem::path& directory) {
    const std::filesystem::path path = meaning_file(directory);
    if (!std::filesystem::exists(path)) return std::shared_ptr<const Meaning>();
    auto file = PagedFile::open(path);
    if (!file) return tl::unexpected(file.error());
    if (auto sound = (*file)->verify(); !sound) return tl::unexpected(sound.error());
    if ((*file)->number(0) != format_version) return std::shared_ptr<const Meaning>();
    auto meaning = std::make_shared<Meaning>();
    meaning->passages_ = (*file)->number(1);
    const auto keys = (*file)->values<TermKey>(0);
    const auto directions = (*file)->values<Direction>(1);
    const auto lengths = (*file)->values<float>(2);
    const auto rarity = (*file)->values<std::uint8_t>(3);
    if (directions.size() != keys.size() || lengths.size() != keys.size() ||
        rarity.size() != gram_buckets || !std::is_sorted(keys.begin(), keys.end())) {
        return fail(ErrorCode::corrupt, damage_message(path, "not the file that was written"));
    }
    meaning->keys_.assign(keys.begin(), keys.end());
    meaning->directions_.assign(directions.begin(), directions.end());
    meaning->lengths_.assign(lengths.begin(), lengths.end());
    meaning->gram_rarity_.assign(rarity.begin(), rarity.end());
    return std::shared_ptr<const Meaning>(std::move(meaning));
}

std::optional<std::size_t> Meaning::find(TermKey lemma) const {
    const auto found = std::lower_bound(keys_.begin(), keys_.end(), lemma);
    if (found == keys_.end() || *found != lemma) return std::nullopt;
    return static_cast<std::size_t>(found - keys_.begin());
}

float similarity(const Meaning::Direction& a, const Meaning::Direction& b) {
    int sum = 0;
    for (std::size_t i = 0; i < Meaning::dimensions; ++i) sum += int{a[i]} * int{b[i]};
    return sum <= 0 ? 0.0F : static_cast<float>(sum) / (127.0F * 127.0F);
}

std::filesystem::path meaning_file(const std::filesystem::path& directory) {
    return directory / "meaning";
}

}  // namespace raadbot::index
