// What the site reads from outside: questions and feedback as JSON, a kept reply; and what it
// writes: no markup out of text.
#include <cstdlib>
#include <string>

#include "adapters/web/api_json.hpp"
#include "adapters/web/html.hpp"
#include "bot/conversation/conversation.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace raadbot;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto asked = web::read_ask(bytes, 2'000);
    if (asked && (asked->question.empty() || web::characters(asked->question) > 2'000))
        std::abort();
    const auto rated = web::read_feedback(bytes);
    if (rated && rated->answer_id.empty()) std::abort();
    const auto reply = bot::reply_from_json(bytes);
    if (reply && bot::reply_from_json(bot::reply_json(*reply, "", 0)) != *reply) std::abort();
    const std::string escaped = web::Html().text(bytes).str();
    if (escaped.find_first_of("<>\"'") != std::string::npos) std::abort();
    const std::string linked = web::Html().href(bytes).str();
    if (!linked.empty() && linked.find_first_of("<>'") != std::string::npos) std::abort();
    return 0;
}
