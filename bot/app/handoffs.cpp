#include "bot/app/handoffs.hpp"

#include "bot/conversation/strict_json.hpp"

namespace raadbot::app {

std::optional<delivery::Event> handoff_event(const store::HandoffRow& handoff) {
    const auto target = bot::parse_strict_json(handoff.target);
    if (!target || !target->is_object()) return std::nullopt;
    delivery::Event event;
    event.channel = handoff.channel;
    event.conversation = target->value("conversation", "");
    event.event = "handoff/" + handoff.id;  // Repeated after a crash, it is a duplicate.
    event.tenant = target->value("tenant", "");
    event.target = target->value("target", "");
    auto payload = target->value("payload", nlohmann::json::object());
    payload["text"] = "»" + handoff.question + "«\n\n" + handoff.answer;
    event.payload = payload.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return event;
}

void deliver_handoffs(const std::filesystem::path& data_dir,
                      const std::function<bool(const store::HandoffRow&)>& say) {
    const auto store = store::Store::open(data_dir);
    store::Ledger ledger(*store);
    for (store::HandoffRow& row : ledger.handoffs("answered")) {
        if (row.target.empty() || !say(row)) continue;
        row.state = "delivered";
        row.target.clear();  // The way back is of no use any more.
        ledger.put_handoff(row);
    }
}

}  // namespace raadbot::app
