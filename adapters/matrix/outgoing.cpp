#include "adapters/matrix/outgoing.hpp"

#include <openssl/sha.h>

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "adapters/matrix/render.hpp"

namespace raadbot::matrix {
namespace {

using bot::SendResult;
using Json = nlohmann::json;
using Kind = SendResult::Kind;
using namespace std::chrono_literals;

constexpr const char* names[] = {"message", "once", "join", "leave", "mark"};

SendResult sent(std::string remote_id) {
    SendResult out;
    out.kind = Kind::sent;
    out.remote_id = std::move(remote_id);
    return out;
}

class Sender final : public bot::Sender {
public:
    Sender(std::shared_ptr<Homeserver> homeserver, bool show_typing)
        : homeserver_(std::move(homeserver)), show_typing_(show_typing) {}

    SendResult send(const bot::Outgoing& outgoing) override {
        if (outgoing.action == bot::Outgoing::Action::remove) return remove(outgoing);
        const auto outbound = parse_outbound(outgoing.body);
        if (!outbound) return refused("unreadable message in the outbox");
        switch (outbound->kind) {
            case Outbound::Kind::message: return message(outgoing, *outbound);
            case Outbound::Kind::once:
                if (outgoing.action == bot::Outgoing::Action::edit) return sent(outgoing.remote_id);
                return message(outgoing, *outbound);
            case Outbound::Kind::join: return join(*outbound);
            case Outbound::Kind::leave: return leave(*outbound);
            case Outbound::Kind::mark: return sent(outbound->text);
        }
        return refused("unreadable message in the outbox");
    }

    [[nodiscard]] bool repeats_are_harmless() const override { return true; }

private:
    static SendResult refused(std::string detail) {
        SendResult out;
        out.kind = Kind::refused;
        out.detail = std::move(detail);
        return out;
    }

    SendResult message(const bot::Outgoing& outgoing, const Outbound& outbound) {
        const RoomId room{outgoing.conversation};
        const bool edit = outgoing.action == bot::Outgoing::Action::edit;
        const std::string content =
            edit ? as_edit(outbound.text, EventId{outgoing.remote_id}) : outbound.text;
        const auto event = homeserver_->send(
            room, transaction_id(room.value, outbound.seed, edit ? "edit" : "create"), content);
        if (!event) return outcome_of(event.error());
        // No harm when this fails: the sign goes out by itself.
        if (show_typing_ && !edit && outbound.kind == Outbound::Kind::message)
            (void)homeserver_->typing(room, false);
        return sent(event->value);
    }

    SendResult remove(const bot::Outgoing& outgoing) {
        // Joining and leaving are not taken back, and marks stand nowhere.
        if (!outgoing.remote_id.starts_with('$')) return sent(outgoing.remote_id);
        const auto done = homeserver_->redact(
            RoomId{outgoing.conversation}, EventId{outgoing.remote_id},
            transaction_id(outgoing.conversation, outgoing.remote_id, "remove"));
        if (done || done.error().status == 404) return sent(outgoing.remote_id);
        return outcome_of(done.error());
    }

    SendResult join(const Outbound& outbound) {
        const auto done = homeserver_->join(RoomId{outbound.room}, outbound.text);
        if (done) return sent("joined");
        // The invitation may have been withdrawn; no reason to drop what else waits for the room.
        if (done.error().kind == ApiError::Kind::refused && done.error().status != 401)
            return refused(done.error().message);
        return outcome_of(done.error());
    }

    SendResult leave(const Outbound& outbound) {
        const auto done = homeserver_->leave(RoomId{outbound.room}, outbound.text);
        if (done) return sent("left");
        if (done.error().status == 403 || done.error().status == 404)
            return sent("left");  // It is out already.
        return outcome_of(done.error());
    }

    std::shared_ptr<Homeserver> homeserver_;
    bool show_typing_;
};

}  // namespace

std::string followed_id(std::string_view event) { return "followed " + std::string(event); }

std::string to_json(const Outbound& outbound) {
    return Json{{"kind", names[static_cast<std::size_t>(outbound.kind)]},
                {"text", outbound.text},
                {"room", outbound.room},
                {"seed", outbound.seed}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Outbound> parse_outbound(std::string_view json) {
    const Json parsed = Json::parse(json, nullptr, false);
    if (!parsed.is_object()) return std::nullopt;
    try {
        Outbound out;
        const std::string kind = parsed.at("kind").get<std::string>();
        std::size_t n = 0;
        while (n < std::size(names) && kind != names[n]) ++n;
        if (n == std::size(names)) return std::nullopt;
        out.kind = static_cast<Outbound::Kind>(n);
        out.text = parsed.at("text").get<std::string>();
        out.room = parsed.at("room").get<std::string>();
        out.seed = parsed.at("seed").get<std::string>();
        return out;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

std::string transaction_id(std::string_view room, std::string_view seed, std::string_view action) {
    std::string text;
    for (const std::string_view part : {room, seed, action}) {
        text += part;
        text += '\n';
    }
    std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
    std::string out = "raadbot-";
    for (std::size_t i = 0; i < 16; ++i) {
        out += "0123456789abcdef"[hash[i] >> 4];
        out += "0123456789abcdef"[hash[i] & 15];
    }
    return out;
}

std::shared_ptr<bot::Sender> make_sender(std::shared_ptr<Homeserver> homeserver, bool show_typing) {
    return std::make_shared<Sender>(std::move(homeserver), show_typing);
}

SendResult outcome_of(const ApiError& error) {
    SendResult out;
    out.detail = error.message;
    out.retry_after = error.retry_after;
    switch (error.kind) {
        case ApiError::Kind::not_sent:
        case ApiError::Kind::limited:
        case ApiError::Kind::server: out.kind = Kind::busy; return out;
        case ApiError::Kind::unknown: out.kind = Kind::unknown; return out;
        case ApiError::Kind::refused: break;
    }
    if (error.status == 401) {
        // The registration is not loaded (any more): the operator's to mend, nobody's answer is
        // lost meanwhile.
        out.kind = Kind::busy;
        if (!out.retry_after) out.retry_after = 30s;
    } else if (error.status == 403 || error.status == 404) {
        out.kind = Kind::closed;
    } else {
        out.kind = Kind::refused;
    }
    return out;
}

}  // namespace raadbot::matrix
