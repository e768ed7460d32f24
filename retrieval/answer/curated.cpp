#include "retrieval/answer/curated.hpp"

#include <algorithm>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/question.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

constexpr float stands_for = 0.7F;  ///< A lexicon entry this strong is the same thing.
constexpr std::size_t fewest = 2;   ///< One word alone says too little to be a paraphrase.

void add_word(std::string_view folded, std::vector<std::string>& out) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    for (const std::string& part : morphology.split(folded)) out.push_back(morphology.lemma(part));
}

std::string letters_of(std::string_view text) {
    std::string out;
    for (const danish::Token& token : danish::tokenize(text)) out += token.text + " ";
    return out;
}

}  // namespace

std::vector<std::string> concepts_of(const std::string& question, const danish::Lexicon& lexicon) {
    std::vector<std::string> out;
    // A word at a time: a phrase that one question has and its paraphrase parts would tell them
    // apart.
    for (const danish::Token& token : danish::tokenize(question)) {
        if (danish::is_stop_word(token.text)) continue;
        if (token.kind != danish::TokenKind::word) {
            out.push_back(token.text);
            continue;
        }
        bool replaced = false;
        for (const danish::Expansion& expansion : lexicon.expand({token}, token.text)) {
            const bool same = expansion.kind == danish::ExpansionKind::abbreviation ||
                              expansion.kind == danish::ExpansionKind::synonym ||
                              expansion.kind == danish::ExpansionKind::english;
            if (!same || expansion.weight < stands_for || replaced) continue;
            replaced = true;
            for (const std::string& word : expansion.words) add_word(word, out);
        }
        if (!replaced) add_word(token.text, out);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

CuratedQuestions::CuratedQuestions(const std::vector<StoredPassage>& answers,
                                   const danish::Lexicon& lexicon) {
    for (const StoredPassage& answer : answers) {
        if (answer.position != 0) continue;  // One entry an answer.
        std::vector<std::string> questions = answer.questions;
        questions.push_back(answer.title);
        for (const std::string& question : questions) {
            forms_.push_back({answer.id, letters_of(question), concepts_of(question, lexicon),
                              danish::question_type(question)});
        }
    }
}

std::vector<PassageId> CuratedQuestions::find(const std::string& question,
                                              const danish::Lexicon& lexicon) const {
    std::vector<PassageId> out;
    if (forms_.empty()) return out;
    const std::string letters = letters_of(question);
    const auto concepts = concepts_of(question, lexicon);
    const auto type = danish::question_type(question);
    const auto take = [&out](PassageId id) {
        if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    };
    for (const Form& form : forms_) {
        if (form.folded == letters) take(form.answer);
    }
    if (concepts.size() < fewest) return out;
    for (const Form& form : forms_) {
        // "Hvornår" and "hvor" of the same thing are two questions.
        if (form.concepts == concepts && form.type == type) take(form.answer);
    }
    return out;
}

}  // namespace raadbot::answer
