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

bool holds(const std::vector<std::string>& form, std::string_view sign) {
    return std::find(form.begin(), form.end(), sign) != form.end();
}

TEST(QuestionForm, TellsHowIsAskedByRoles) {
    const auto form = form_of(asked("Hvad koster 3 boder i Skovby?",
                                    {aspect("boder", Role::head), aspect("skovby", Role::entity)}));
    for (const char* sign : {"# <head>", "<entity> $", "<head> i", "^ hvad", "hvad", "hvad koster",
                             "i", "i <entity>", "koster", "koster #"}) {
        EXPECT_TRUE(holds(form, sign)) << sign;
    }
    EXPECT_TRUE(std::is_sorted(form.begin(), form.end()));
    EXPECT_EQ(std::adjacent_find(form.begin(), form.end()), form.end());
}

TEST(QuestionForm, TellsWhatIsAskedByRunsPairsAndTheOpening) {
    const auto form = form_of(asked("Hvad koster 2 kørekort?", {aspect("kørekort", Role::head)}));
    for (const char* sign : {"_køre", "øreko", "ekort", "kort_", "# kørekort", "kørekort $",
                             "hvad koster .. #", "hvad koster .. kørekort"}) {
        EXPECT_TRUE(holds(form, sign)) << sign;
    }
    EXPECT_TRUE(holds(form, "_hvad") && holds(form, "hvad_"));
    EXPECT_FALSE(holds(form, "_hvad_") || holds(form, "kørekort"));
}

TEST(QuestionForm, KeepsAShortWordWhole) {
    const auto form = form_of(asked("er øen åben", {}));
    for (const char* sign : {"_er_", "_øen_", "_åben", "åben_"})
        EXPECT_TRUE(holds(form, sign)) << sign;
}

TEST(QuestionForm, OfAFollowUpIsOnlyThatItFollows) {
    QuestionView next = asked("og om søndagen?", {aspect("søndagen", Role::head)});
    next.follow_up = true;
    EXPECT_EQ(form_of(next), (std::vector<std::string>{"<follow-up>"}));
}

TEST(QuestionForm, OfAWordThatIsNoAspectIsKnownToo) {
    EXPECT_TRUE(holds(form_of(asked("må man zumbe", {})), "man <other>"));
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
