#include "adapters/matrix/channel.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/matrix/appservice.hpp"
#include "adapters/matrix/codec.hpp"
#include "adapters/matrix/flow.hpp"
#include "adapters/matrix/outgoing.hpp"
#include "adapters/matrix/render.hpp"
#include "adapters/matrix/rooms.hpp"
#include "adapters/matrix/say.hpp"
#include "retrieval/danish/personal_data.hpp"

namespace raadbot::matrix {
namespace {

using namespace std::chrono_literals;
using delivery::Handling;
using delivery::Known;
using delivery::Part;

constexpr std::size_t most_parallel = 8;
constexpr std::ptrdiff_t most_previous = 5;
constexpr char context_end = '\x1f';

/// Questions of one thread belong together; outside threads, those of one person.
std::string context_of(const Answer& answer, const RoomId& room) {
    return answer.thread ? answer.thread->value : mark_of(answer.asker, EventId{room.value});
}

/// Rooms are shared, so `known` holds other people's questions too.
std::vector<std::string> previous_of(const Known& known, const EventId& question,
                                     const std::string& context) {
    std::vector<std::string> out;
    for (const std::string& asked : known.before(question.value)) {
        if (asked.starts_with(context + context_end))
            out.push_back(asked.substr(context.size() + 1));
    }
    if (out.size() > static_cast<std::size_t>(most_previous))
        out.erase(out.begin(), out.end() - most_previous);
    return out;
}

/// Names a reaction, for ever.
std::string vote_of(const RoomId& room, const EventId& reaction) {
    return std::string(channel_name) + " " + room.value + " " + reaction.value;
}

/// How much one person asked lately. Thread-safe.
class Pace {
public:
    explicit Pace(std::size_t per_minute) : per_minute_(per_minute) {}

    enum class Verdict { fine, too_much, still_too_much };

    Verdict judge(const std::string& person, Timestamp now) {
        const std::lock_guard lock(mutex_);
        if (asked_.size() > 10'000) {
            std::erase_if(asked_,
                          [&](const auto& entry) { return entry.second.back() + 1min < now; });
        }
        std::deque<Timestamp>& times = asked_[person];
        while (!times.empty() && times.front() + 1min <= now) times.pop_front();
        // The first one too many is counted as well: it is told once, then nothing is said.
        if (times.size() > per_minute_) return Verdict::still_too_much;
        times.push_back(now);
        return times.size() > per_minute_ ? Verdict::too_much : Verdict::fine;
    }

private:
    std::size_t per_minute_;
    std::mutex mutex_;
    std::map<std::string, std::deque<Timestamp>> asked_;
};

}  // namespace

struct Channel::Impl {
    Impl(Options given, bot::Conversation& talk, const bot::Clock& time,
         std::shared_ptr<Homeserver> server, Log write)
        : options(std::move(given)),
          self{options.bot(), options.display_name},
          conversation(talk),
          clock(time),
          homeserver(std::move(server)),
          log(write ? std::move(write) : [](std::string_view) {}),
          rooms(options, *homeserver),
          pace(options.answers_per_minute),
          appservice(options, [this](const auto& events) { return take(events); }, {}) {
        memory.answer_to = [this](const RoomId& room,
                                  const EventId& question) -> std::optional<Note> {
            const auto note = attached().note_of(channel_name, room.value, question.value);
            return note ? parse_note(*note) : std::nullopt;
        };
        memory.own = [this](const RoomId& room,
                            const EventId& message) -> std::optional<Memory::Own> {
            auto found = attached().reply_to(channel_name, room.value, message.value);
            if (!found) return std::nullopt;
            return Memory::Own{std::move(found->question), std::move(found->note)};
        };
        memory.followed = [this](const RoomId& room, const EventId& event) {
            return memory.own(room, EventId{followed_id(event.value)});
        };
    }

    // In -----------------------------------------------------------------------------------------

    Taken take(const std::vector<std::string_view>& events) {
        ++transactions;
        // Rooms side by side, the events of each in order.
        std::map<std::string, std::vector<delivery::Event>> wanted;
        for (const std::string_view json : events) {
            ++seen;
            auto event = parse_event(json);
            if (!event) {
                // Told once and left out: the homeserver would repeat it for ever, and everything
                // behind it.
                ++unreadable;
                log("matrix: an event was left out: " + event.error().message);
                continue;
            }
            note_change(*event);
            const auto facts = rooms.known(event->room);
            if (!concerns_bot(*event, self, options, facts ? &facts->room : nullptr)) continue;
            delivery::Event kept;
            kept.channel = channel_name;
            kept.conversation = event->room.value;
            kept.event = event->id.value;
            kept.payload = std::string(json);
            wanted[event->room.value].push_back(std::move(kept));
        }
        return store(std::move(wanted));
    }

    Taken store(std::map<std::string, std::vector<delivery::Event>> wanted) {
        std::vector<std::vector<delivery::Event>*> groups;
        for (auto& [room, events] : wanted) groups.push_back(&events);
        std::atomic<std::size_t> next = 0;
        std::atomic<bool> full = false;
        const auto work = [&] {
            while (!full) {
                const std::size_t n = next++;
                if (n >= groups.size()) return;
                for (delivery::Event& event : *groups[n]) {
                    if (full) return;
                    if (attached().accept(std::move(event)) == delivery::Accepted::full)
                        full = true;
                }
            }
        };
        std::vector<std::future<void>> others;
        for (std::size_t n = 1; n < std::min(groups.size(), most_parallel); ++n) {
            others.push_back(std::async(std::launch::async, work));
        }
        work();
        for (std::future<void>& other : others) other.get();
        return full ? Taken::full : Taken::stored;
    }

    /// What is known of the room may no longer hold.
    void note_change(const Event& event) {
        if (!event.is_state) return;
        const auto* other = std::get_if<OtherState>(&event.content);
        if (other && (other->type == "m.space.child" || other->type == "m.room.create"))
            rooms.forget_all();
        else
            rooms.forget(event.room);
    }

    delivery::Delivery& attached() {
        std::unique_lock lock(mutex);
        wake.wait(lock, [this] { return delivery != nullptr || stopping; });
        if (delivery == nullptr)
            throw std::runtime_error("the channel was stopped before it was attached");
        return *delivery;
    }

    // Through
    // --------------------------------------------------------------------------------------

    Handling handle(const delivery::Event& stored, const Known& known) {
        if (const auto words = read_say(stored.payload)) {  // Staff answer what was handed over.
            Place place{EventId{words->reply_to}, std::nullopt};
            if (!words->thread.empty()) place.thread = EventId{words->thread};
            return one(stored.event,
                       {Outbound::Kind::message, notice(words->text, place), {}, stored.event});
        }
        const auto event = parse_event(stored.payload);
        if (!event) return {};
        (void)attached();
        std::shared_ptr<const RoomFacts> facts;
        if (needs_room(*event, self)) facts = room_of(*event);
        const auto now_ms =
            std::chrono::duration_cast<std::chrono::milliseconds>(clock.now().time_since_epoch())
                .count();
        const Decision decision = decide(*event, self, options, facts ? &facts->room : nullptr,
                                         facts && !facts->lineage.empty(), memory, now_ms);
        return std::visit([&](const auto& what) { return act(*event, known, facts.get(), what); },
                          decision);
    }

    /// Throws when the homeserver cannot be asked: the event is then tried again later.
    std::shared_ptr<const RoomFacts> room_of(const Event& event) {
        const auto until = std::chrono::steady_clock::now() + options.room_wait;
        for (auto wait = 100ms;; wait = std::min<std::chrono::milliseconds>(wait * 2, 2s)) {
            auto facts = rooms.get(event.room);
            if (facts) return *facts;
            const ApiError& error = facts.error();
            const auto pause = std::max(wait, error.retry_after.value_or(0ms));
            if (stopping || std::chrono::steady_clock::now() + pause > until) {
                throw std::runtime_error("the room's members cannot be learned: " + error.message);
            }
            std::unique_lock lock(mutex);
            wake.wait_for(lock, pause, [this] { return stopping.load(); });
        }
    }

    using Facts = const RoomFacts*;

    Handling act(const Event&, const Known&, Facts, const Nothing&) { return {}; }

    Handling act(const Event& event, const Known&, Facts, const Join& join) {
        return one(event.id.value,
                   {Outbound::Kind::join, join.via, join.room.value, event.id.value});
    }

    Handling act(const Event& event, const Known&, Facts, const Leave&) {
        rooms.forget(event.room);
        return one(event.id.value, {Outbound::Kind::leave, {}, event.room.value, event.id.value});
    }

    Handling act(const Event& event, const Known&, Facts, const Introduce&) {
        Handling out = one("introduction", {Outbound::Kind::once,
                                            notice(introduction(options), {}),
                                            {},
                                            event.id.value + "/introduction"});
        out.greet = true;
        return out;
    }

    Handling act(const Event& event, const Known&, Facts, const ExplainEncryption&) {
        rooms.forget(event.room);
        Handling out = one("encryption", {Outbound::Kind::once,
                                          notice(encryption_notice(options), {}),
                                          {},
                                          event.id.value + "/encryption"});
        out.parts.push_back(
            {to_json(Outbound{Outbound::Kind::leave, {}, event.room.value, event.id.value}), {}});
        return out;
    }

    Handling act(const Event&, const Known&, Facts, const Withdraw& withdraw) {
        Handling out;
        out.question = withdraw.question.value;
        out.forget_question = true;
        return out;
    }

    Handling act(const Event& event, const Known&, Facts, const Feedback& feedback) {
        if (!conversation.feedback(feedback.answer_id, feedback.helpful, {}, clock.now(),
                                   vote_of(event.room, event.id)))
            return {};
        // Remembered, so that taking the thumb back takes the rating back.
        Handling out;
        out.question = event.id.value;
        Note note;
        note.answer_id = feedback.answer_id;
        note.helpful = feedback.helpful;
        out.parts.push_back(mark(event.id.value, to_json(note)));
        return out;
    }

    Handling act(const Event& event, const Known&, Facts, const TakeBack& back) {
        (void)conversation.take_back(vote_of(event.room, back.reaction));
        Handling out;
        out.question = back.reaction.value;  // Without parts: what was remembered goes.
        return out;
    }

    Handling act(const Event& event, const Known& known, Facts, const Reread& reread) {
        const auto facts = room_of(event);
        if (!facts) return {};
        const Decision decision = standing(reread, question_as_it_stands(event.room, reread), self,
                                           options, &facts->room, memory);
        if (const auto* answer = std::get_if<Answer>(&decision))
            return act(event, known, facts.get(), *answer);
        if (const auto* withdraw = std::get_if<Withdraw>(&decision))
            return act(event, known, facts.get(), *withdraw);
        return {};
    }

    /// Nothing when it is gone. Throws when the homeserver cannot be asked.
    std::optional<Event> question_as_it_stands(const RoomId& room, const Reread& reread) {
        const auto fetched = homeserver->event(room, reread.question);
        if (!fetched) {
            const ApiError& error = fetched.error();
            if (error.kind == ApiError::Kind::refused &&
                (error.status == 403 || error.status == 404))
                return std::nullopt;
            throw std::runtime_error("the question cannot be read again: " + error.message);
        }
        std::string edit;
        if (const auto unseen = unseen_edit_of(*fetched)) {
            if (auto more = homeserver->event(room, *unseen)) edit = std::move(*more);
        }
        auto event = parse_standing(*fetched, edit);
        if (!event || event->id != reread.question || event->room != room) return std::nullopt;
        return std::move(*event);
    }

    static Part mark(const std::string& event, std::string note) {
        return {to_json(Outbound{Outbound::Kind::mark, followed_id(event), {}, event}),
                std::move(note)};
    }

    Handling act(const Event& event, const Known&, Facts, const Forget&) {
        rooms.forget(event.room);
        Handling out;
        out.forget_conversation = true;
        return out;
    }

    Handling act(const Event& event, const Known& known, Facts facts, const Answer& answer) {
        const Timestamp now = clock.now();
        const Place place{answer.question, answer.thread};
        if (const auto verdict = pace.judge(answer.asker.value, now);
            verdict != Pace::Verdict::fine) {
            ++over_limit;
            if (verdict == Pace::Verdict::still_too_much || answer.is_edit) return {};
            return one(event.id.value, {Outbound::Kind::message,
                                        notice(too_many(options), place),
                                        {},
                                        event.id.value + "/0"});
        }
        show_life(event, answer);

        const std::string context = context_of(answer, event.room);
        Note note;
        note.asker = mark_of(answer.asker, answer.question);
        note.edited_ms = answer.sent_ms;
        if (answer.thread) note.thread = answer.thread->value;
        note.edits = answer.edits;
        Handling out;
        out.question = answer.question.value;
        std::string content;
        if (answer.text.empty()) {
            content = notice(introduction(options), place);
        } else {
            bot::Message message;
            message.channel = channel_name;
            message.text = answer.text;
            message.previous = previous_of(known, answer.question, context);
            message.audiences = audiences_of(facts->room, facts->spaces, facts->lineage, options);
            message.now = now;
            // Commands only where nobody else reads along or can come in.
            if (const auto staff = options.staff.find(answer.asker.value);
                staff != options.staff.end() && facts->room.is_direct() && !facts->room.is_open())
                message.staff = staff->second;
            message.reply_address =
                say_address(event.room.value, answer.question.value,
                            answer.thread ? answer.thread->value : std::string());
            const bot::Reply reply = conversation.reply(message);
            note.answer_id = reply.answer_id;
            content = render(reply, place);
            out.remember = context + context_end + danish::mask_personal_data(answer.text);
        }
        ++answers;
        out.parts.push_back(
            {to_json(
                 Outbound{Outbound::Kind::message, std::move(content), {}, event.id.value + "/0"}),
             to_json(note)});
        // One mark for each edit, always at the same place among the parts.
        for (const std::string& edit : answer.edits) out.parts.push_back(mark(edit, to_json(note)));
        return out;
    }

    /// Receipt and typing. No answer waits for them to succeed, nor for a homeserver that is slow
    /// to take them.
    void show_life(const Event& event, const Answer& answer) {
        if (answer.is_edit ||
            std::chrono::steady_clock::now().time_since_epoch().count() < quiet_until)
            return;
        bool good = true;
        if (options.send_receipts)
            good = homeserver->read(event.room, event.id, answer.thread).has_value();
        if (good && options.show_typing) good = homeserver->typing(event.room, true).has_value();
        if (!good)
            quiet_until = (std::chrono::steady_clock::now() + 30s).time_since_epoch().count();
    }

    static Handling one(std::string question, Outbound outbound) {
        Handling out;
        out.question = std::move(question);
        out.parts.push_back({to_json(outbound), {}});
        return out;
    }

    /// A question that failed again and again gets a word, if it was surely meant for the bot.
    Handling apologise(const delivery::Event& stored) {
        const auto event = parse_event(stored.payload);
        if (!event) return {};
        const auto* message = std::get_if<RoomMessage>(&event->content);
        if (!message || message->msgtype != "m.text" ||
            message->relation.kind == Relation::Kind::replace || event->sender == self.id ||
            !mentions(message->text, self)) {
            return {};
        }
        Place place{event->id, std::nullopt};
        if (message->relation.kind == Relation::Kind::thread)
            place.thread = message->relation.target;
        return one(event->id.value, {Outbound::Kind::message,
                                     notice(apology(options), place),
                                     {},
                                     event->id.value + "/apology"});
    }

    // Beside -------------------------------------------------------------------------------------

    void make_known() {
        for (auto wait = 1s;; wait = std::min<std::chrono::seconds>(wait * 2, 60s)) {
            auto done = homeserver->register_bot();
            if (done) done = homeserver->set_display_name(options.display_name);
            if (done) return;
            log("matrix: the homeserver does not know the bot yet: " + done.error().message);
            std::unique_lock lock(mutex);
            if (wake.wait_for(lock, wait, [this] { return stopping.load(); })) return;
        }
    }

    const Options options;
    const Self self;
    bot::Conversation& conversation;
    const bot::Clock& clock;
    std::shared_ptr<Homeserver> homeserver;
    Log log;
    Rooms rooms;
    Pace pace;
    Appservice appservice;
    Memory memory;

    std::mutex mutex;  // Guards delivery.
    std::condition_variable wake;
    delivery::Delivery* delivery = nullptr;
    std::atomic<bool> stopping = false;
    std::thread herald;
    std::atomic<std::chrono::steady_clock::rep> quiet_until = 0;  // No signs of life before.

    std::atomic<std::uint64_t> transactions = 0, seen = 0, unreadable = 0, answers = 0,
                               over_limit = 0;
};

Channel::Channel(Options options, bot::Conversation& conversation, const bot::Clock& clock,
                 std::shared_ptr<Homeserver> homeserver, Log log)
    : impl_(std::make_unique<Impl>(std::move(options), conversation, clock, std::move(homeserver),
                                   std::move(log))) {}

Channel::~Channel() { stop(); }

delivery::Channel Channel::delivery_channel() {
    delivery::Channel out;
    out.name = channel_name;
    out.handle = [impl = impl_.get()](const auto& event, const auto& known) {
        return impl->handle(event, known);
    };
    out.apology = [impl = impl_.get()](const auto& event) { return impl->apologise(event); };
    out.sender = make_sender(impl_->homeserver, impl_->options.show_typing);
    return out;
}

void Channel::attach(delivery::Delivery& delivery) {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->delivery = &delivery;
    }
    impl_->wake.notify_all();
}

http::Response Channel::handle(const http::Request& request) {
    return impl_->appservice.handle(request);
}

void Channel::start() {
    if (!impl_->herald.joinable())
        impl_->herald = std::thread([impl = impl_.get()] { impl->make_known(); });
}

void Channel::stop() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->wake.notify_all();
    if (impl_->herald.joinable()) impl_->herald.join();
}

ChannelFigures Channel::figures() const {
    return {impl_->transactions, impl_->seen, impl_->unreadable, impl_->answers, impl_->over_limit};
}

http::ServerOptions server_options(http::ServerOptions base) {
    base.gate.body = 16 * 1'024 * 1'024;
    return base;
}

}  // namespace raadbot::matrix
