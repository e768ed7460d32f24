#include "retrieval/answer/question_form.hpp"

#include <algorithm>

#include "retrieval/answer/light_words.hpp"
#include "retrieval/answer/weights.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::Token;

/// A word as it stands in pairs.
std::string sign_of(const Token& token, const std::vector<Aspect>& aspects) {
    if (token.kind != danish::TokenKind::word) return "#";
    if (is_of_form(token.text)) return token.text;
    const auto aspect = std::find_if(aspects.begin(), aspects.end(), [&](const Aspect& candidate) {
        return candidate.surface == token.text;
    });
    if (aspect == aspects.end()) return "<other>";
    return "<" + std::string(to_string(aspect->role)) + ">";
}

}  // namespace

bool is_of_form(std::string_view word) {
    return danish::is_stop_word(word) || is_question_frame(word) ||
           is_question_frame(danish::Morphology::instance().lemma(word));
}

std::vector<std::string> form_of(const QuestionView& question) {
    // "Og om søndagen?" is put as the question before it was.
    if (question.follow_up) return {"<follow-up>"};
    std::vector<std::string> form;
    std::string before = "^";
    for (const Token& token : danish::tokenize(question.text)) {
        std::string sign = sign_of(token, question.aspects);
        if (sign == token.text) form.push_back(sign);
        form.push_back(before + " " + sign);
        before = std::move(sign);
    }
    form.push_back(before + " $");
    std::sort(form.begin(), form.end());
    form.erase(std::unique(form.begin(), form.end()), form.end());
    return form;
}

float form_odds(const std::vector<std::string>& form) {
    float sum = 0;
    for (const std::string& sign : form) {
        const auto at = std::lower_bound(form_weights.begin(), form_weights.end(), sign,
                                         [](const Weight& weight, const std::string& wanted) {
                                             return weight.feature < wanted;
                                         });
        if (at != form_weights.end() && at->feature == sign) sum += at->value;
    }
    return sum;
}

}  // namespace raadbot::answer
