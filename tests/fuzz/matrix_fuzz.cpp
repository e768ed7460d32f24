// Transactions, events, room states and replies of any bytes: no crash, and what would be sent
// keeps to the rules.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/matrix/codec.hpp"
#include "adapters/matrix/flow.hpp"
#include "adapters/matrix/html.hpp"
#include "adapters/matrix/outgoing.hpp"
#include "adapters/matrix/render.hpp"
#include "adapters/matrix/room.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace raadbot::matrix;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Self self{UserId{"@raadbot:egelund.example"}, "Raadbot"};
    Options options;
    options.servers = {"egelund.example"};
    options.server_name = "egelund.example";
    Memory memory;
    memory.answer_to = [](const RoomId&, const EventId&) { return Note{}; };
    memory.own = [](const RoomId&, const EventId&) { return Memory::Own{"$q", "{}"}; };

    if (const auto room = parse_room(RoomId{"!r"}, self.id, text)) {
        require(!audiences_of(*room, {}, {}, options).empty());
    }
    const auto take = [&](std::string_view json) {
        const auto event = parse_event(json);
        if (!event) return;
        (void)concerns_bot(*event, self, options, nullptr);
        Room room;
        room.bot_is_in = true;
        room.joined = {"@lone:egelund.example"};
        const Decision decision = decide(*event, self, options, &room, false, memory, 0);
        if (const auto* answer = std::get_if<Answer>(&decision))
            require(answer->text.size() <= 4'000);
    };
    take(text);
    if (const auto events = split_transaction(text)) {
        for (const std::string_view event : *events) take(event);
    }

    raadbot::bot::Reply reply;
    reply.kind =
        size % 2 == 0 ? raadbot::bot::ReplyKind::answered : raadbot::bot::ReplyKind::refused;
    reply.text = reply.ai_label = reply.permalink = text;
    reply.sentences = {{std::string(text), std::string(text), {1}, size % 3 == 0}};
    reply.sources.resize(1);
    reply.sources[0].number = 1;
    reply.sources[0].title = reply.sources[0].url = reply.sources[0].quote = text;
    const std::string content = render(reply, {EventId{"$q"}, EventId{"$r"}});
    require(!content.empty() && content.size() <= largest_content);
    require(!as_edit(content, EventId{"$a"}).empty());
    (void)check_html(text);
    require(check_html(
                to_html({element(Tag::p, {text.empty() ? Node{} : raadbot::matrix::text(text)})}))
                .has_value());
    (void)parse_outbound(text);
    (void)parse_note(text);
    return 0;
}
