// How a question is put, beside what it is about.
#include "retrieval/answer/question_form.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "retrieval/answer/weights.hpp"

namespace raadbot::answer {
namespace {

Aspect aspect(std::string word, Role role) {
    Aspect a;
    a.surface = a.lemma = std::move(word);
    a.role = role;
    return a;
}

QuestionView asked(std::string text, std::vector<Aspect> aspects) {
    QuestionView view;
    view.text = std::move(text);
    view.aspects = std::move(aspects);
    return view;
}

TEST(QuestionForm, TellsOtherWordsByTheirRoleOnly) {
    const auto form = form_of(asked("Hvad koster 3 boder i Skovby?",
                                    {aspect("boder", Role::head), aspect("skovby", Role::entity)}));
    const std::vector<std::string> expected{"# <head>", "<entity> $",  "<head> i", "^ hvad",
                                            "hvad",     "hvad koster", "i",        "i <entity>",
                                            "koster",   "koster #"};
    EXPECT_EQ(form, expected);
}

TEST(QuestionForm, IsTheSameOfAnotherMatter) {
    const auto bins = form_of(asked("Hvornår skal jeg sætte spanden ud?",
                                    {aspect("sætte", Role::light), aspect("spanden", Role::head)}));
    const auto taxes =
        form_of(asked("hvornår skal jeg lægge regningen ud",
                      {aspect("lægge", Role::light), aspect("regningen", Role::head)}));
    EXPECT_EQ(bins, taxes);
}

TEST(QuestionForm, OfAFollowUpIsOnlyThatItFollows) {
    QuestionView next = asked("og om søndagen?", {aspect("søndagen", Role::head)});
    next.follow_up = true;
    EXPECT_EQ(form_of(next), (std::vector<std::string>{"<follow-up>"}));
}

TEST(QuestionForm, OfAWordThatIsNoAspectIsKnownToo) {
    const auto form = form_of(asked("må man zumbe", {}));
    EXPECT_NE(std::find(form.begin(), form.end(), "man <other>"), form.end());
    EXPECT_EQ(form_of(asked("", {})), (std::vector<std::string>{"^ $"}));
}

TEST(QuestionForm, AddsTheWeightsOfItsSigns) {
    ASSERT_GE(form_weights.size(), 2U);
    const Weight& first = form_weights.front();
    const Weight& last = form_weights.back();
    EXPECT_FLOAT_EQ(form_odds({std::string(first.feature), std::string(last.feature)}),
                    first.value + last.value);
    EXPECT_FLOAT_EQ(form_odds({"a sign that no question has"}), 0.0F);
    EXPECT_FLOAT_EQ(form_odds({}), 0.0F);
}

TEST(QuestionForm, FindsEachOfItsWeights) {
    EXPECT_TRUE(
        std::is_sorted(form_weights.begin(), form_weights.end(),
                       [](const Weight& a, const Weight& b) { return a.feature < b.feature; }));
    for (const Weight& weight : form_weights)
        EXPECT_FLOAT_EQ(form_odds({std::string(weight.feature)}), weight.value) << weight.feature;
}

// General knowledge, and what the fit found: a time of one's own duty is mostly told, somebody's
// name less often.
TEST(QuestionForm, ADutyIsToldMoreOftenThanAName) {
    const float duty =
        form_odds(form_of(asked("hvornår skal jeg søge pladsen",
                                {aspect("søge", Role::light), aspect("pladsen", Role::head)})));
    const float name =
        form_odds(form_of(asked("hvad hedder chefen", {aspect("chefen", Role::head)})));
    EXPECT_GT(duty, name + 0.5F);
}

}  // namespace
}  // namespace raadbot::answer
