#include "bot/app/question_line.hpp"

#include <algorithm>
#include <vector>

#include "bot/app/commands.hpp"
#include "bot/conversation/strict_json.hpp"

namespace raadbot::app {
namespace {

using nlohmann::json;

/// The field, or null when it is absent or null.
const json* field(const json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

bool is_list_of_texts(const json& value) {
    return value.is_array() &&
           std::all_of(value.begin(), value.end(), [](const json& one) { return one.is_string(); });
}

}  // namespace

Result<QuestionLine> read_question_line(std::string_view line, const bot::Message& defaults) {
    auto object = bot::parse_strict_json(line);
    if (!object) return tl::unexpected(object.error());
    if (!object->is_object())
        return fail(ErrorCode::invalid_input, "must be a JSON object with a \"question\"");
    QuestionLine result;
    result.message = defaults;
    const json* question = field(*object, "question");
    if (question == nullptr || !question->is_string())
        return fail(ErrorCode::invalid_input, "needs a \"question\", a text");
    result.message.text = question->get<std::string>();
    if (const json* id = field(*object, "id")) {
        if (!id->is_string() && !id->is_number())
            return fail(ErrorCode::invalid_input, "\"id\" must be a text or a number");
        result.id = id->is_string() ? id->get<std::string>() : id->dump();
    }
    if (const json* previous = field(*object, "previous")) {
        if (!is_list_of_texts(*previous))
            return fail(ErrorCode::invalid_input, "\"previous\" must be a list of texts");
        result.message.previous = previous->get<std::vector<std::string>>();
    }
    if (const json* audience = field(*object, "audience")) {
        if (!audience->is_string() && !is_list_of_texts(*audience))
            return fail(ErrorCode::invalid_input, "\"audience\" must be a text or a list of texts");
        auto audiences =
            audiences_of(audience->is_string() ? std::vector{audience->get<std::string>()}
                                               : audience->get<std::vector<std::string>>());
        if (!audiences) return tl::unexpected(audiences.error());
        result.message.audiences = std::move(*audiences);
    }
    if (const json* now = field(*object, "now")) {
        if (!now->is_string()) return fail(ErrorCode::invalid_input, "\"now\" must be a text");
        const auto when = moment(now->get<std::string>());
        if (!when) return tl::unexpected(when.error());
        result.message.now = *when;
    }
    result.object = std::move(*object);
    return result;
}

}  // namespace raadbot::app
