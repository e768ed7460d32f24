// A line of a question file, as `ask --batch` and `eval` read them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "bot/conversation/conversation.hpp"
#include "retrieval/result.hpp"

namespace raadbot::app {

struct QuestionLine {
    std::string id;
    bot::Message message;
    nlohmann::json object;  ///< The whole line, with the fields that only `eval` knows.
};

/// `defaults`: channel, audiences and moment where the line says none. Strict JSON (no key twice,
/// nothing behind the object). Error: invalid_input, naming the field or what is wrong with the
/// JSON; never quotes the line, which may hold personal data.
[[nodiscard]] Result<QuestionLine> read_question_line(std::string_view line,
                                                      const bot::Message& defaults);

}  // namespace raadbot::app
