#include "retrieval/index/scorer.hpp"

#include <algorithm>
#include <cmath>

namespace raadbot::index {

std::uint8_t impact(const Scoring& scoring, const FieldFrequencies& frequencies,
                    float body_length) {
    const float norm = 1 - scoring.body_b + scoring.body_b * body_length / scoring.average_body;
    const float frequency = frequencies.body / norm + scoring.title_weight * frequencies.title +
                            scoring.heading_weight * frequencies.headings;
    const float saturated = frequency / (scoring.k1 + frequency);
    return static_cast<std::uint8_t>(std::clamp(std::lround(saturated * 255), 1L, 255L));
}

double inverse_document_frequency(std::uint32_t passages, std::uint32_t holding) {
    const double all = std::max(passages, holding);
    return std::log(1 + (all - holding + 0.5) / (holding + 0.5));
}

Query quantise(const std::vector<TermGroup>& groups) {
    constexpr double max_sum = (1U << 24U) - 1;
    constexpr double finest = 4096;
    double total = 0;
    std::size_t count = 0;
    for (const TermGroup& group : groups) {
        float best = 0;
        for (const WeightedTerm& term : group) best = std::max(best, term.weight);
        total += static_cast<double>(best);
        ++count;
    }
    Query query;
    if (!(total > 0)) return query;
    // Rounding up may add one unit a group.
    const double units = std::max(1.0, max_sum / 255 - static_cast<double>(count));
    const double weight_scale = std::min(finest, units / total);
    query.scale = weight_scale * 255;
    for (const TermGroup& group : groups) {
        const std::size_t first = query.terms.size();
        for (const WeightedTerm& term : group) {
            const auto weight = static_cast<std::uint32_t>(
                std::lround(static_cast<double>(term.weight) * weight_scale));
            if (weight == 0) continue;
            const auto same = std::find_if(
                query.terms.begin() + static_cast<std::ptrdiff_t>(first), query.terms.end(),
                [&](const QueryTerm& other) { return other.key == term.key; });
            if (same != query.terms.end()) {
                same->weight = std::max(same->weight, weight);
            } else {
                query.terms.push_back({term.key, weight, query.groups});
            }
        }
        if (query.terms.size() > first) ++query.groups;
    }
    return query;
}

}  // namespace raadbot::index
