#include "retrieval/answer/two_questions.hpp"

#include <algorithm>
#include <string>

#include "retrieval/answer/composer.hpp"
#include "retrieval/danish/asked_clause.hpp"
#include "retrieval/danish/follow_up.hpp"
#include "retrieval/danish/question.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

constexpr std::size_t most_together = 4;  // Sentences, where an answer is no list.
constexpr std::size_t most_of_second = 2;
constexpr std::size_t most_of_list = 8;

bool is_list(const Proof& proof) {
    return proof.sentences.size() > most_together ||
           std::all_of(proof.sentences.begin(), proof.sentences.end(),
                       [](const Sentence& sentence) { return sentence.is_list_item(); });
}

/// `most`: sentences, unless it is a list.
void add(ProofBuilder& to, const Proof& proof, std::size_t most) {
    constexpr std::size_t marker = 2;  // "- ", which a quote leaves out.
    std::size_t left = is_list(proof) ? most_of_list : most;
    for (const Sentence& sentence : proof.sentences) {
        if (left-- == 0) break;
        const Citation& cited = sentence.citations().front();
        const auto card =
            std::find_if(proof.cards.begin(), proof.cards.end(),
                         [&](const SourceCard& one) { return one.number == cited.card; });
        const auto& told = to.proof().sentences;
        const bool twice = std::any_of(told.begin(), told.end(), [&](const Sentence& known) {
            return known.text() == sentence.text();
        });
        if (twice || card == proof.cards.end()) continue;
        const std::size_t begin = cited.begin - (sentence.is_list_item() ? marker : 0);
        to.quote(card->passage, {begin, cited.end}, sentence.lead());
    }
    for (const Caveat& caveat : proof.caveats) to.add_caveat(caveat);
}

}  // namespace

std::optional<std::pair<Question, Question>> taken_apart(const Question& question) {
    const std::string text = danish::to_valid_nfc(question.text);
    const auto at = danish::second_question(text);
    if (!at) return std::nullopt;
    std::pair<Question, Question> parts{question, question};
    parts.first.text = text.substr(0, text.find_last_not_of(" ,;", *at - 1) + 1);
    parts.second.text = text.substr(*at);
    // The rows that a list is made of tell what is asked of them.
    if (danish::is_follow_up(parts.first.text) ||
        danish::question_type(parts.first.text) == danish::QuestionType::list) {
        return std::nullopt;
    }
    parts.second.previous.push_back(parts.first.text);
    return parts;
}

Proof joined(const Proof& first, const Proof& second) {
    ProofBuilder builder;
    const std::size_t of_second = std::min(most_of_second, second.sentences.size());
    add(builder, first, most_together - of_second);
    add(builder, second, of_second);
    return builder.take();
}

}  // namespace raadbot::answer
