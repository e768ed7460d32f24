#include "adapters/matrix/flow.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace raadbot::matrix {
namespace {

bool is_bot(const UserId& user, const Self& self, const Options& options) {
    return user == self.id ||
           std::find(options.bots.begin(), options.bots.end(), user.value) != options.bots.end();
}

constexpr std::size_t most_edits = 50;  // Of one question; later ones are answered all the same.

bool is_thumb(std::string_view key, std::string_view thumb) { return key == thumb; }
constexpr std::string_view thumb_up = "\xf0\x9f\x91\x8d";    // U+1F44D
constexpr std::string_view thumb_down = "\xf0\x9f\x91\x8e";  // U+1F44E

/// Decides for one event.
class Judge {
public:
    Judge(const Event& event, const Self& self, const Options& options, const Room* room,
          bool follows, const Memory& memory, std::int64_t now_ms)
        : event_(event),
          self_(self),
          options_(options),
          room_(room),
          follows_(follows),
          memory_(memory),
          now_ms_(now_ms) {}

    Decision operator()(const Ignored&) const { return Nothing{}; }
    Decision operator()(const OtherState&) const { return Nothing{}; }

    Decision operator()(const MemberChange& change) const {
        if (change.member == self_.id) return of_bot(change);
        const bool gone =
            change.membership == Membership::leave || change.membership == Membership::ban;
        if (gone && room_ && room_->bot_is_in && room_->people() == 0)
            return Leave{Leave::Why::empty};
        return Nothing{};
    }

    Decision operator()(const Tombstone& tombstone) const {
        // Only those with the power for it can send this state; who may not bring the bot elsewhere
        // may not so either.
        if (!may_invite(options_, event_.sender)) return Nothing{};
        return Join{tombstone.replacement, std::string(server_of(event_.sender))};
    }

    Decision operator()(const EncryptionEnabled&) const { return ExplainEncryption{}; }
    Decision operator()(const Encrypted&) const {
        return event_.sender == self_.id ? Decision{Nothing{}} : Decision{ExplainEncryption{}};
    }

    Decision operator()(const Reaction& reaction) const {
        if (is_bot(event_.sender, self_, options_)) return Nothing{};
        const bool up = is_thumb(reaction.key, thumb_up);
        if (!up && !is_thumb(reaction.key, thumb_down)) return Nothing{};
        const auto own = memory_.own(event_.room, reaction.target);
        const auto note = own ? parse_note(own->note) : std::nullopt;
        if (!note || note->answer_id.empty()) return Nothing{};
        return Feedback{note->answer_id, up};
    }

    Decision operator()(const Redaction& redaction) const {
        if (const auto note = memory_.answer_to(event_.room, redaction.redacts)) {
            if (note->helpful) return TakeBack{redaction.redacts};
            return Withdraw{redaction.redacts};
        }
        const auto followed = memory_.followed(event_.room, redaction.redacts);
        const auto note = followed ? parse_note(followed->note) : std::nullopt;
        if (!note || note->helpful) return Nothing{};  // A thumb that was taken back just now.
        // What counts is the newest list, not the one of that edit's time.
        const auto now = memory_.answer_to(event_.room, EventId{followed->question});
        if (!now) return Nothing{};
        return Reread{EventId{followed->question}, now->edits};
    }

    Decision operator()(const RoomMessage& message) const {
        if (message.msgtype != "m.text" || is_bot(event_.sender, self_, options_)) return Nothing{};
        if (!room_ || !room_->bot_is_in || room_->is_space) return Nothing{};
        if (room_->encrypted) return ExplainEncryption{};
        if (event_.sent_ms + std::chrono::milliseconds(options_.answer_within).count() < now_ms_)
            return Nothing{};
        if (message.relation.kind == Relation::Kind::replace) return edited(message);
        if (message.relation.kind == Relation::Kind::annotation) return Nothing{};
        Answer answer = of(message);
        answer.question = event_.id;
        if (message.relation.kind == Relation::Kind::thread)
            answer.thread = message.relation.target;
        if (room_->is_direct() || mentions(message.text, self_) || in_own_thread(answer) ||
            is_reply_to_own(message)) {
            return answer;
        }
        return Nothing{};
    }

private:
    Decision of_bot(const MemberChange& change) const {
        switch (change.membership) {
            case Membership::invite:
                if (!may_invite(options_, event_.sender)) return Leave{Leave::Why::not_invited};
                return Join{event_.room, std::string(server_of(event_.sender))};
            case Membership::join:
                if (!room_ || !room_->bot_is_in || room_->is_space) return Nothing{};
                if (room_->encrypted) return ExplainEncryption{};
                if (room_->people() == 0) return Leave{Leave::Why::empty};
                if (follows_) return Nothing{};
                return Introduce{};
            case Membership::leave:
            case Membership::ban:
                // What it left by itself (encrypted rooms) it must remember, or it would say so
                // twice.
                return event_.sender == self_.id ? Decision{Nothing{}} : Decision{Forget{}};
            case Membership::knock: return Nothing{};
        }
        return Nothing{};
    }

    Answer of(const RoomMessage& message) const {
        Answer answer;
        answer.text = question_of(message.text, self_);
        answer.asker = event_.sender;
        answer.sent_ms = event_.sent_ms;
        return answer;
    }

    bool in_own_thread(const Answer& answer) const {
        return answer.thread && memory_.own(event_.room, *answer.thread).has_value();
    }

    /// A reply to the bot names it; clients from before m.mentions did so only in the quoted lines.
    bool is_reply_to_own(const RoomMessage& message) const {
        return !message.text.mentions.given && message.relation.kind == Relation::Kind::none &&
               message.relation.reply_to &&
               memory_.own(event_.room, *message.relation.reply_to).has_value();
    }

    Decision edited(const RoomMessage& message) const {
        const EventId& original = *message.relation.target;
        Answer answer = of(message);
        answer.question = original;
        answer.is_edit = true;
        const auto note = memory_.answer_to(event_.room, original);
        if (note) {
            // Clients show an edit only when it is the original sender's; servers pass on
            // anybody's.
            if (note->asker != mark_of(event_.sender, original) || event_.sent_ms < note->edited_ms)
                return Nothing{};
            if (!note->thread.empty()) answer.thread = EventId{note->thread};
            answer.edits = note->edits;
            if (answer.edits.size() < most_edits) answer.edits.push_back(event_.id.value);
            return answer;
        }
        // A name that was forgotten and put in afterwards.
        const auto& named = message.new_mentions.users;
        if (std::find(named.begin(), named.end(), self_.id) == named.end()) return Nothing{};
        answer.edits.push_back(event_.id.value);
        return answer;
    }

    const Event& event_;
    const Self& self_;
    const Options& options_;
    const Room* room_;
    bool follows_;
    const Memory& memory_;
    std::int64_t now_ms_;
};

}  // namespace

std::string to_json(const Note& note) {
    nlohmann::json out{
        {"answer", note.answer_id}, {"asker", note.asker}, {"edited", note.edited_ms}};
    if (!note.thread.empty()) out["thread"] = note.thread;
    if (!note.edits.empty()) out["edits"] = note.edits;
    if (note.helpful) out["helpful"] = *note.helpful;
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<Note> parse_note(std::string_view json) {
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    if (!parsed.is_object()) return std::nullopt;
    try {
        Note note;
        note.answer_id = parsed.value("answer", "");
        note.asker = parsed.value("asker", "");
        note.edited_ms = parsed.value("edited", std::int64_t{0});
        note.thread = parsed.value("thread", "");
        note.edits = parsed.value("edits", std::vector<std::string>{});
        if (parsed.contains("helpful")) note.helpful = parsed["helpful"].get<bool>();
        return note;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

std::string mark_of(const UserId& user, const EventId& question) {
    const std::string text = question.value + '\n' + user.value;
    std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
    std::string out;
    for (std::size_t i = 0; i < 12; ++i) {
        out += "0123456789abcdef"[hash[i] >> 4];
        out += "0123456789abcdef"[hash[i] & 15];
    }
    return out;
}

bool concerns_bot(const Event& event, const Self& self, const Options& options, const Room* room) {
    if (const auto* change = std::get_if<MemberChange>(&event.content)) {
        return change->member == self.id || change->membership == Membership::leave ||
               change->membership == Membership::ban;
    }
    if (is_bot(event.sender, self, options)) return false;
    if (const auto* message = std::get_if<RoomMessage>(&event.content)) {
        if (message->msgtype != "m.text") return false;
        if (!room || room->encrypted || room->is_direct()) return true;
        if (message->relation.reply_to && !message->text.mentions.given) return true;
        return message->relation.kind == Relation::Kind::thread ||
               message->relation.kind == Relation::Kind::replace || mentions(message->text, self);
    }
    if (const auto* reaction = std::get_if<Reaction>(&event.content)) {
        return is_thumb(reaction->key, thumb_up) || is_thumb(reaction->key, thumb_down);
    }
    return !std::holds_alternative<Ignored>(event.content) &&
           !std::holds_alternative<OtherState>(event.content);
}

bool needs_room(const Event& event, const Self& self) {
    if (const auto* change = std::get_if<MemberChange>(&event.content)) {
        return change->member != self.id || change->membership == Membership::join;
    }
    return std::holds_alternative<RoomMessage>(event.content);
}

Decision decide(const Event& event, const Self& self, const Options& options, const Room* room,
                bool follows, const Memory& memory, std::int64_t now_ms) {
    return std::visit(Judge(event, self, options, room, follows, memory, now_ms), event.content);
}

Decision standing(const Reread& reread, const std::optional<Event>& question, const Self& self,
                  const Options& options, const Room* room, const Memory& memory) {
    if (!question) return Withdraw{reread.question};
    // As if it were asked now, however old it is: it was answered before.
    Decision decision = decide(*question, self, options, room, false, memory, question->sent_ms);
    if (auto* answer = std::get_if<Answer>(&decision)) {
        answer->question = reread.question;
        answer->is_edit = true;
        answer->edits = reread.edits;
        return decision;
    }
    if (std::holds_alternative<ExplainEncryption>(decision)) return Nothing{};
    return Withdraw{reread.question};
}

}  // namespace raadbot::matrix
