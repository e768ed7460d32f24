// The JSON that POST /api/ask and POST /api/feedback take, read strictly: no NUL, nothing after the
// object, no key twice, no other types. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "retrieval/types.hpp"

namespace raadbot::web {

/// What is wrong, as the key of a text ("error.key_type") and the field's name.
struct JsonFault {
    std::string code;  ///< For programs: "invalid_json", "missing_field", ...
    std::string text;  ///< Key of web.*.toml.
    std::string field;
    std::string detail;  ///< For programmers, in English; may be empty.
};
template <class T>
using Read = tl::expected<T, JsonFault>;

struct AskJson {
    std::string id;  ///< Given back; at most 200 bytes.
    std::string question;
    std::vector<std::string> previous;
    std::string language;  ///< Of error messages: "da", "en" or empty.
    std::optional<Timestamp> now;
    // "audience" is read and checked, and never widens what a public asker sees.
};
/// `most_chars`: in the question and in each earlier one; at most 20 earlier ones are taken.
[[nodiscard]] Read<AskJson> read_ask(std::string_view json, std::size_t most_chars);

struct FeedbackJson {
    std::string answer_id;
    bool helpful = false;
    std::string comment;  ///< At most 1,000 characters.
};
[[nodiscard]] Read<FeedbackJson> read_feedback(std::string_view json);

/// {"error":{"code":...,"message":...,"detail"?:...}}
[[nodiscard]] std::string error_json(std::string_view code, std::string_view message,
                                     std::string_view detail = {});

/// Characters (code points) of UTF-8 text.
[[nodiscard]] std::size_t characters(std::string_view text);
/// Without white space at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace raadbot::web
