// What is measured of a sentence in its place, as numbers: for choosing among sentences, and for
// deciding whether the best one answers at all. The weights stand in weights.hpp; the features'
// names are also those of the evidence that `raadbot ask --explain --batch` writes. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/binding.hpp"
#include "retrieval/answer/fitting.hpp"
#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

inline constexpr std::size_t rank_feature_count = 82;
inline constexpr std::size_t decision_feature_count = 82;
/// Of the decision's features those from here on are the place's first sentence's, the others those
/// of the sentence that holds the fact.
inline constexpr std::size_t decision_of_best = 21;
inline constexpr std::size_t decision_other_year = 9;
inline constexpr std::size_t decision_no_fact = 10;
inline constexpr std::size_t decision_another = 24;
inline constexpr std::size_t decision_other_key = 25;
inline constexpr std::size_t decision_other_age = 29;
/// Of Unmet, and behind the last.
inline constexpr std::size_t decision_unmet = 30;
inline constexpr std::size_t decision_unmet_end = 44;
/// From here on: what kind of question it is; 1 for those that hold.
inline constexpr std::size_t decision_kinds = 49;
/// The last: how the place's best sentence was ranked, in tens; 0 until it is (evidence.cpp).
/// What of the question's words is met least, and in what form of question.
inline constexpr std::size_t decision_lacks = decision_feature_count - 8;
inline constexpr std::size_t decision_score = decision_feature_count - 1;
using RankFeatures = std::array<float, rank_feature_count>;
using DecisionFeatures = std::array<float, decision_feature_count>;
extern const std::array<std::string_view, rank_feature_count> rank_feature_names;
extern const std::array<std::string_view, decision_feature_count> decision_feature_names;

struct SentenceFeatures {
    RankFeatures rank{};
    DecisionFeatures decision{};
    Coverage own;       ///< In the sentence itself.
    Coverage place;     ///< With the headings, title and sentence before it.
    bool fits = false;  ///< Holds the kind of fact that the question asks for, about the matter.
    bool holds_fact = false;  ///< Holds such a fact, whatever about.
    bool explains = false;    ///< Tells the meaning that is asked for.
};

struct PassageFeatures {
    Coverage title;
    Coverage headings;
    Coverage text;
    Coverage whole;  ///< The best of the three, what is further away counting less.
    std::vector<SentenceFeatures> sentences;
};

struct Candidate {
    std::shared_ptr<const PassageView> view;
    float search = 0;        ///< 0..1: the hit's score relative to the best hit.
    bool in_scope = true;    ///< Within the time and body that the question names.
    bool spoken_of = false;  ///< Of a document that answered the question before this one.
};

/// One entry a candidate, in the same order. Passages of one document support each other.
[[nodiscard]] std::vector<PassageFeatures> measure(const QuestionView& question,
                                                   const std::vector<Candidate>& candidates,
                                                   const Date& today);

}  // namespace raadbot::answer
