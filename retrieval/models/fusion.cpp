#include "retrieval/models/fusion.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace raadbot::models {
namespace {

constexpr double damping = 60;  // The paper's constant.

}  // namespace

std::vector<PassageId> fuse(std::span<const std::vector<PassageId>> orders) {
    struct Fused {
        double sum = 0;
        std::size_t first_place = std::numeric_limits<std::size_t>::max();
        std::size_t last_order = std::numeric_limits<std::size_t>::max();
    };
    std::unordered_map<PassageId, Fused> passages;
    for (std::size_t order = 0; order < orders.size(); ++order) {
        for (std::size_t place = 0; place < orders[order].size(); ++place) {
            Fused& fused = passages[orders[order][place]];
            if (fused.last_order == order) continue;
            fused.last_order = order;
            fused.sum += 1 / (damping + static_cast<double>(place + 1));
            if (order == 0) fused.first_place = place;
        }
    }
    std::vector<PassageId> result;
    for (const auto& [id, fused] : passages) result.push_back(id);
    std::sort(result.begin(), result.end(), [&](PassageId a, PassageId b) {
        const Fused& x = passages.at(a);
        const Fused& y = passages.at(b);
        if (x.sum != y.sum) return x.sum > y.sum;
        return x.first_place != y.first_place ? x.first_place < y.first_place : a < b;
    });
    return result;
}

std::vector<index::Hit> with_scores_of(const std::vector<index::Hit>& words,
                                       std::span<const PassageId> order, std::size_t k) {
    std::vector<index::Hit> hits;
    for (std::size_t place = 0; place < order.size() && place < k; ++place) {
        float score = 0;
        if (place < words.size()) {
            score = words[place].score;
        } else {
            const float last = words.empty() ? 1.0F : words.back().score;
            const auto beyond = static_cast<double>(place - words.size());
            score = static_cast<float>(double{last} * damping / (damping + beyond + 1));
        }
        hits.push_back({order[place], score});
    }
    return hits;
}

}  // namespace raadbot::models
