#include "bot/governance/grouping.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "retrieval/answer/curated.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::governance {
namespace {

constexpr double alike = 0.5;  ///< Share of what two questions are about that both are about.

}  // namespace

std::vector<QuestionGroup> group_by_meaning(const std::vector<store::UnansweredRow>& rows,
                                            const danish::Lexicon& lexicon) {
    // The same text on several days is one node.
    std::map<std::string, std::vector<store::UnansweredRow>> by_text;
    for (const store::UnansweredRow& row : rows) by_text[danish::fold(row.text)].push_back(row);
    std::vector<std::vector<std::string>> about;
    std::vector<const std::vector<store::UnansweredRow>*> nodes;
    std::map<std::string, double> frequency;
    for (const auto& [text, same] : by_text) {
        about.push_back(answer::concepts_of(same.front().text, lexicon));
        nodes.push_back(&same);
        for (const std::string& word : about.back()) ++frequency[word];
    }
    // A word of every question tells them apart least.
    const double all = static_cast<double>(nodes.size());
    const auto weight = [&](const std::string& word) {
        return std::log(1.0 + all / frequency.at(word));
    };
    std::vector<std::size_t> leader(nodes.size());
    std::iota(leader.begin(), leader.end(), 0U);
    const auto find = [&](std::size_t node) {
        while (leader[node] != node) node = leader[node] = leader[leader[node]];
        return node;
    };
    for (std::size_t a = 0; a < nodes.size(); ++a) {
        for (std::size_t b = a + 1; b < nodes.size(); ++b) {
            double both = 0;
            double either = 0;
            for (const std::string& word : about[a]) {
                either += weight(word);
                if (std::binary_search(about[b].begin(), about[b].end(), word)) {
                    both += weight(word);
                }
            }
            for (const std::string& word : about[b]) {
                if (!std::binary_search(about[a].begin(), about[a].end(), word)) {
                    either += weight(word);
                }
            }
            if (either > 0 && both / either >= alike) leader[find(a)] = find(b);
        }
    }
    std::map<std::size_t, QuestionGroup> groups;
    std::map<std::size_t, std::int64_t> most;
    for (std::size_t node = 0; node < nodes.size(); ++node) {
        const std::size_t key = find(node);
        QuestionGroup& group = groups[key];
        std::int64_t asked = 0;
        for (const store::UnansweredRow& row : *nodes[node]) {
            asked += row.count;
            group.rows.push_back(row);
            group.last = std::max(group.last, row.day);
        }
        group.count += asked;
        const std::string& text = nodes[node]->front().text;
        const bool better =
            asked > most[key] || (asked == most[key] && text.size() < group.question.size());
        if (group.question.empty() || better) {
            group.question = text;
            most[key] = asked;
        }
    }
    std::vector<QuestionGroup> out;
    for (auto& [key, group] : groups) {
        std::stable_sort(group.rows.begin(), group.rows.end(),
                         [](const auto& a, const auto& b) { return a.day > b.day; });
        out.push_back(std::move(group));
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    return out;
}

}  // namespace raadbot::governance
