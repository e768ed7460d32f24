#include "retrieval/answer/wording.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/light_words.hpp"
#include "retrieval/answer/question_form.hpp"
#include "retrieval/answer/weights.hpp"
#include "retrieval/danish/morphology.hpp"

namespace raadbot::answer {
namespace {

using danish::Token;
using danish::TokenKind;

/// The weights by what is asked for and by sign, the signs numbered.
class KnownWordings {
public:
    static const KnownWordings& instance() {
        static const KnownWordings known;
        return known;
    }

    [[nodiscard]] std::size_t count() const { return numbers_.size(); }
    [[nodiscard]] const WordingSign* find(std::string_view sign) const {
        const auto at = numbers_.find(sign);
        return at == numbers_.end() ? nullptr : &at->second;
    }
    void add(std::string_view asking, std::vector<float>& to) const {
        const auto at = by_asking_.find(asking);
        if (at == by_asking_.end()) return;
        for (const auto& [sign, weight] : at->second) to[sign] += weight;
    }

private:
    KnownWordings() {
        for (const WordingWeight& weight : wording_weights) {
            const auto number =
                numbers_.try_emplace(weight.sign, static_cast<WordingSign>(numbers_.size()))
                    .first->second;
            by_asking_[weight.asking].emplace_back(number, weight.value);
        }
    }

    std::unordered_map<std::string_view, WordingSign> numbers_;
    std::unordered_map<std::string_view, std::vector<std::pair<WordingSign, float>>> by_asking_;
};

}  // namespace

std::vector<std::string> wording_of(const std::vector<Token>& sentence, bool row, Section section) {
    std::vector<std::string> signs{"<" + std::string(to_string(section)) + ">"};
    if (row) signs.emplace_back("<row>");
    std::string before;
    for (const Token& token : sentence) {
        const bool word = token.kind == TokenKind::word;
        std::string sign = word ? token.text : token.kind == TokenKind::paragraph ? "§" : "#";
        signs.push_back(sign);
        if (!before.empty() && (sign == "#" || before == "#")) signs.push_back(before + " " + sign);
        before = std::move(sign);
    }
    std::sort(signs.begin(), signs.end());
    signs.erase(std::unique(signs.begin(), signs.end()), signs.end());
    return signs;
}

std::vector<std::string> asking_of(const QuestionView& question) {
    std::vector<std::string> asking{std::string(danish::to_string(question.type)) + " " +
                                    std::to_string(static_cast<int>(question.wanted))};
    const std::vector<Token> tokens = danish::tokenize(question.text);
    const auto asks = [](const Token& token) {
        return token.text.starts_with("hv") || token.text.starts_with("wh") || token.text == "how";
    };
    const auto of_form = [](const std::string& word) {
        return is_of_form(word) || is_light_word(danish::Morphology::instance().lemma(word));
    };
    auto opening = std::find_if(tokens.begin(), tokens.end(), asks);
    if (opening == tokens.end()) opening = tokens.begin();
    if (opening == tokens.end() || !of_form(opening->text)) return asking;
    const auto next = opening + 1;
    asking.push_back(next != tokens.end() && of_form(next->text) ? opening->text + " " + next->text
                                                                 : opening->text);
    return asking;
}

std::vector<WordingSign> known_signs(const std::vector<std::string>& signs) {
    std::vector<WordingSign> known;
    for (const std::string& sign : signs) {
        if (const WordingSign* number = KnownWordings::instance().find(sign))
            known.push_back(*number);
    }
    return known;
}

Wording::Wording(const QuestionView& question) : weights_(KnownWordings::instance().count()) {
    KnownWordings::instance().add("", weights_);
    for (const std::string& asking : asking_of(question))
        KnownWordings::instance().add(asking, weights_);
}

float Wording::score(const std::vector<WordingSign>& signs) const {
    float sum = 0;
    for (const WordingSign sign : signs) sum += weights_[sign];
    return sum;
}

}  // namespace raadbot::answer
