#include "retrieval/answer/question_form.hpp"

#include <algorithm>

#include "retrieval/answer/light_words.hpp"
#include "retrieval/answer/weights.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::Token;

constexpr std::string_view question_start = "^";
constexpr std::string_view question_end = "$";
constexpr std::string_view a_number = "#";

/// A word as it stands in pairs of roles.
std::string sign_of(const Token& token, const std::vector<Aspect>& aspects) {
    if (token.kind != danish::TokenKind::word) return std::string(a_number);
    if (is_of_form(token.text)) return token.text;
    const auto aspect = std::find_if(aspects.begin(), aspects.end(), [&](const Aspect& candidate) {
        return candidate.surface == token.text;
    });
    if (aspect == aspects.end()) return "<other>";
    return "<" + std::string(to_string(aspect->role)) + ">";
}

void add_pair(std::string_view first, std::string_view second, std::vector<std::string>& form) {
    form.push_back(std::string(first).append(" ").append(second));
}

/// How it is asked, whatever it is about.
void add_roles(const std::vector<Token>& tokens, const std::vector<Aspect>& aspects,
               std::vector<std::string>& form) {
    std::string before(question_start);
    for (const Token& token : tokens) {
        std::string sign = sign_of(token, aspects);
        if (sign == token.text) form.push_back(sign);
        add_pair(before, sign, form);
        before = std::move(sign);
    }
    add_pair(before, question_end, form);
}

/// "_hus_"; of longer ones every run of five characters: "_buss", "busse", "ussen", "ssen_". A run
/// tells a word in all its forms and compounds.
void add_runs(std::string_view word, std::vector<std::string>& form) {
    constexpr std::size_t run_length = 5;
    const std::string ended = "_" + std::string(word) + "_";
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < ended.size(); ++i) {
        const bool continues = (static_cast<unsigned char>(ended[i]) & 0xC0U) == 0x80U;  // UTF-8.
        if (!continues) starts.push_back(i);
    }
    starts.push_back(ended.size());
    if (starts.size() <= run_length + 1) {
        form.push_back(ended);
        return;
    }
    for (std::size_t i = 0; i + run_length < starts.size(); ++i)
        form.push_back(ended.substr(starts[i], starts[i + run_length] - starts[i]));
}

/// What is asked about: its words in runs and in pairs, and each beside the question's opening.
void add_words(const std::vector<Token>& tokens, std::vector<std::string>& form) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    const auto written = [](const Token& token) {
        return token.kind == danish::TokenKind::word ? std::string_view(token.text) : a_number;
    };
    std::string_view before = question_start;
    for (const Token& token : tokens) {
        const std::string_view word = written(token);
        add_pair(before, word, form);
        if (word != a_number) add_runs(word, form);
        before = word;
    }
    add_pair(before, question_end, form);
    constexpr std::size_t opening_words = 2;
    if (tokens.size() <= opening_words) return;
    const std::string opening =
        std::string(written(tokens[0])).append(" ").append(written(tokens[1]));
    for (std::size_t i = opening_words; i < tokens.size(); ++i) {
        const std::string_view word = written(tokens[i]);
        form.push_back(opening + " .. " +
                       (word == a_number ? std::string(word) : morphology.lemma(word)));
    }
}

}  // namespace

bool is_of_form(std::string_view word) {
    return danish::is_stop_word(word) || is_question_frame(word) ||
           is_question_frame(danish::Morphology::instance().lemma(word));
}

std::vector<std::string> form_of(const QuestionView& question) {
    // "Og om søndagen?" is put as the question before it was.
    if (question.follow_up) return {"<follow-up>"};
    const std::vector<Token> tokens = danish::tokenize(question.text);
    std::vector<std::string> form;
    add_roles(tokens, question.aspects, form);
    add_words(tokens, form);
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
