// asks_for_money. Words below are loose keys (see pieces.hpp).
#include <string>

#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/question.hpp"
#include "retrieval/danish/question_words.hpp"

namespace raadbot::danish {

bool asks_for_money(std::string_view question) {
    const Words words = words_of(question);
    const QuestionType type = question_type(question);
    if (type != QuestionType::how_much && type != QuestionType::unknown) return false;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == "hvor" || words[i] == "how") {
            const std::string counted = word_at(words, i + 2);
            if (one_of(words[i + 1], {"mange", "many"})) {
                return one_of(counted, {"penge", "kroner", "kr", "mio", "mia", "millioner",
                                        "milliarder", "tusind", "million", "millions"});
            }
            // Time, distance and counting, whatever is paid meanwhile ("hvor længe får jeg
            // vederlag").
            if (one_of(words[i + 1], {"laenge", "langt", "ofte", "tit", "long", "far", "often",
                                      "gammel", "hurtigt"})) {
                return false;
            }
            if (at_any(words, i + 1,
                       {"lang tid", "stor andel", "stor en procentdel", "stor en del"}))
                return false;
            if (words[i + 1] == "meget" && one_of(counted, {"tid", "taletid", "plads"}))
                return false;
        }
    }
    if (has_part(words, {"procent", "antal"})) return false;
    return money_words(words);
}

}  // namespace raadbot::danish
