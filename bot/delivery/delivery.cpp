#include "bot/delivery/delivery.hpp"

#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <utility>

#include "bot/delivery/intake.hpp"
#include "bot/delivery/schedule.hpp"
#include "bot/delivery/writer.hpp"
#include "retrieval/store/database.hpp"
#include "retrieval/store/send_notes.hpp"

namespace raadbot::delivery {

namespace {

using namespace std::chrono_literals;
using store::DeliveryStore;
using store::InboxRow;
using store::OutboxRow;

store::Millis millis(Moment when) { return when.time_since_epoch().count(); }
Moment moment(store::Millis when) { return Moment(std::chrono::milliseconds(when)); }

Moment system_now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Job job_of(const OutboxRow& row) {
    return {row.id,     row.channel,           row.tenant, row.conversation, row.attempts,
            row.doubts, moment(row.not_before)};
}

/// "id" itself or a thread in it.
bool within(const std::string& conversation, const std::string& whole) {
    return conversation == whole || conversation.starts_with(whole + ";");
}

/// What a handled event leads to, until it is on disk.
struct Finish {
    InboxRow row;
    store::InboxState state = store::InboxState::done;
    Handling handling;
    bool is_new = false, foreign = false, greeted = false;
    Moment now{};
    std::vector<OutboxRow> messages;
};

/// An event whose answer is being made, for as long as that takes.
struct InHand {
    std::int64_t seq = 0;
    Event event;
    Moment due{};          // When to say so, next.
    std::size_t told = 0;  // How often that was said.
    bool stands = false;   // It was put where the answer will be.
};

class Running final : public Delivery {
public:
    Running(Inputs inputs, std::unique_ptr<DeliveryStore> store)
        : options_(inputs.options),
          now_(inputs.now ? std::move(inputs.now) : system_now),
          log_(inputs.log ? std::move(inputs.log) : [](std::string_view) {}),
          notes_(inputs.data_dir / "delivery.notes"),
          schedule_(options_.retry, limits_of(inputs.channels)) {
        for (Channel& channel : inputs.channels) {
            std::string name = channel.name;
            channels_.emplace(std::move(name), std::move(channel));
        }
        load(*store);
        reader_ = DeliveryStore::reader(inputs.data_dir);
        writer_ = std::make_unique<Writer>(std::move(store));
        for (unsigned n = 0; n < options_.workers; ++n) threads_.emplace_back([this] { work(); });
        for (unsigned n = 0; n < options_.senders; ++n)
            threads_.emplace_back([this] { deliver(); });
    }

    ~Running() override { Running::stop(); }

    void accept_later(Event event, Answered answered) override {
        auto row = std::make_shared<InboxRow>(InboxRow{
            0, std::move(event.channel), std::move(event.conversation), std::move(event.event),
            std::move(event.tenant), std::move(event.target), std::move(event.payload),
            std::move(event.fingerprint), millis(now_()), false, 0});
        bool full = false;
        {
            const std::lock_guard lock(mutex_);
            full = stopping_ || intake_.waiting() + accepting_ >= options_.most_waiting;
            if (full) {
                ++figures_.turned_away;
            } else {
                row->busy =
                    intake_.waiting() >= options_.busy_waiting ||
                    intake_.waiting(row->channel, row->conversation) >= options_.busy_conversation;
                ++accepting_;
            }
        }
        if (full) return answered(Accepted::full);
        const auto stored = std::make_shared<bool>(false);
        writer_->write_later(
            [this, row, stored](DeliveryStore& store) {
                *stored = store.insert_event(
                    *row, row->received - std::chrono::milliseconds(options_.same_within).count());
            },
            [this, row, stored, answered = std::move(answered)](const Writer::Outcome& error) {
                if (error) log_(*error);
                answered(taken_in(std::move(*row), error.has_value(), *stored));
            });
    }

    std::optional<ReplyTo> reply_to(std::string_view channel, std::string_view conversation,
                                    std::string_view remote_id) override {
        std::optional<ReplyTo> found;
        const std::lock_guard lock(reading_);
        if (auto row = reader_->reply_by_remote_id(channel, conversation, remote_id)) {
            found = ReplyTo{row->question, row->note};
        }
        return found;
    }

    std::optional<std::string> note_of(std::string_view channel, std::string_view conversation,
                                       std::string_view question) override {
        std::optional<std::string> found;
        writer_->write(
            [&](DeliveryStore& store) { found = store.note_of(channel, conversation, question); });
        return found;
    }

    Figures figures() override {
        const std::uint64_t commits = writer_->commits();
        const std::lock_guard lock(mutex_);
        Figures figures = figures_;
        figures.commits = commits;
        figures.waiting = intake_.waiting() + intake_.in_hand();
        figures.queued = schedule_.size();
        return figures;
    }

    bool idle() override {
        const std::lock_guard lock(mutex_);
        return accepting_ == 0 && intake_.waiting() == 0 && intake_.in_hand() == 0 &&
               schedule_.size() == 0;
    }

    void stop() override {
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) return;
            stopping_ = true;
        }
        to_handle_.notify_all();
        to_send_.notify_all();
        for (std::thread& thread : threads_) thread.join();
        threads_.clear();
        (void)written([](DeliveryStore&) {});  // What was asked for before is on disk as well.
    }

private:
    Accepted taken_in(InboxRow&& row, bool failed, bool stored) {
        const std::lock_guard lock(mutex_);
        --accepting_;
        if (failed) return Accepted::failed;
        if (!stored) {
            ++figures_.duplicates;
            return Accepted::duplicate;
        }
        ++figures_.accepted;
        const Moment ready = moment(row.received);
        intake_.add(std::move(row), ready);
        to_handle_.notify_one();
        return Accepted::stored;
    }

    static std::map<std::string, Limits> limits_of(const std::vector<Channel>& channels) {
        std::map<std::string, Limits> limits;
        for (const Channel& channel : channels) limits.emplace(channel.name, channel.limits);
        return limits;
    }

    void load(DeliveryStore& store) {
        const Moment now = now_();
        store.begin();
        store.purge(millis(now - options_.kept), millis(now - options_.context));
        const store::SendNotes::Past past = notes_.read();
        for (OutboxRow& row : store.open_messages()) {
            Job job = job_of(row);
            const auto arrived = past.arrived.find(row.id);
            if (row.state == store::OutboxState::sending && arrived != past.arrived.end()) {
                store.put_reply(row, arrived->second);
                store.mark_ended(row.id, store::OutboxState::sent, row.doubts, "noted");
                continue;
            }
            if (row.state == store::OutboxState::sending && past.complete &&
                !past.begun.contains(row.id)) {
                row.state = store::OutboxState::queued;  // Marked, but killed before it went out.
                store.mark_queued(row, "not begun");
            }
            if (row.state == store::OutboxState::sending) {
                const auto channel = channels_.find(row.channel);
                const bool harmless =
                    !store.remote_id(row).empty() || row.clear ||
                    (channel != channels_.end() && channel->second.sender->repeats_are_harmless());
                const Verdict verdict = schedule_.recover(job, harmless, now);
                row.attempts = verdict.job.attempts;
                row.doubts = verdict.job.doubts;
                row.not_before = millis(verdict.job.not_before);
                if (verdict.kind == Verdict::Kind::failed) {
                    log_("message " + std::to_string(row.id) +
                         " given up: in doubt more than once");
                    store.mark_ended(row.id, store::OutboxState::failed, row.doubts, "in doubt");
                    ++figures_.failed;
                    continue;
                }
                store.mark_queued(row, "cut short");
                job = verdict.job;
            }
            messages_.emplace(row.id, row);
            schedule_.add(std::move(job));
        }
        for (const std::int64_t seq : past.handling) store.count_attempt(seq);
        store.commit();
        notes_.restart();
        for (InboxRow& row : store.waiting_events()) intake_.add(std::move(row), now);
        purged_ = now;
    }

    // Workers ------------------------------------------------------------------------------------

    void work() {
        while (true) {
            InboxRow row;
            {
                std::unique_lock lock(mutex_);
                while (true) {
                    if (stopping_) return;
                    Intake::Next next = intake_.next(now_());
                    if (auto* taken = std::get_if<InboxRow>(&next)) {
                        row = std::move(*taken);
                        break;
                    }
                    const auto* when = std::get_if<Moment>(&next);
                    // Also wakes up now and then: the injected clock may not be the condition's.
                    to_handle_.wait_for(lock, when == nullptr
                                                  ? 1'000ms
                                                  : std::clamp<std::chrono::milliseconds>(
                                                        *when - now_(), 1ms, 1'000ms));
                }
            }
            try {
                handle(row);
            } catch (const store::DatabaseError& error) {
                once_more(std::move(row), error.what());
            }
            upkeep();
        }
    }

    void once_more(InboxRow&& row, const std::string& why) {
        log_(why);
        const std::lock_guard lock(mutex_);
        intake_.again(std::move(row), now_() + options_.retry.first);
    }

    void handle(InboxRow& row) {
        const Channel& channel = channels_.at(row.channel);
        const auto end = std::make_shared<Finish>();
        const Known known = look_up(row, *end);
        notes_.handling(row.seq);
        const bool poison = row.attempts >= options_.handle_attempts;
        ++row.attempts;
        const Event event{row.channel, row.conversation, row.event,       row.tenant,
                          row.target,  row.payload,      row.fingerprint, row.busy};
        try {
            if (end->foreign) {
                log_("an event for another tenant's conversation was left out");
            } else if (poison) {
                // It was never finished, not even by failing: the program ended each time.
                end->state = store::InboxState::poison;
                end->handling = apology(channel, event);
            } else {
                const Announced announced(*this, channel, row, event);
                end->handling = channel.handle(event, known);
            }
        } catch (const std::exception& error) {
            log_(row.channel + ": event " + std::to_string(row.seq) + " failed: " + error.what());
            if (row.attempts < options_.handle_attempts) {
                auto wait = options_.handle_wait;
                for (std::int64_t n = 1; n < row.attempts; ++n) wait *= 4;
                const std::lock_guard lock(mutex_);
                intake_.again(std::move(row),
                              now_() + std::min<std::chrono::milliseconds>(wait, 1min));
                return;
            }
            end->state = store::InboxState::poison;
            end->handling = apology(channel, event);
        }
        end->row = std::move(row);
        finish(end);
    }

    /// Tells the senders what is in hand; not for longer than the handler runs.
    class Announced {
    public:
        Announced(Running& running, const Channel& channel, const InboxRow& row, const Event& event)
            : running_(running) {
            if (!channel.meanwhile) return;
            entry_ = std::make_shared<InHand>();
            entry_->seq = row.seq;
            entry_->event = event;
            entry_->due = running_.now_() + running_.options_.meanwhile;
            const std::lock_guard lock(running_.mutex_);
            running_.in_hand_.insert(entry_);
        }
        ~Announced() {
            if (!entry_) return;
            const std::lock_guard lock(running_.mutex_);
            running_.in_hand_.erase(entry_);
        }
        Announced(const Announced&) = delete;
        Announced& operator=(const Announced&) = delete;

    private:
        Running& running_;
        std::shared_ptr<InHand> entry_;
    };

    /// What was committed before this event's turn came: no need to wait for the writer.
    Known look_up(const InboxRow& row, Finish& end) {
        Known known;
        const std::lock_guard lock(reading_);
        const DeliveryStore::Reading one(*reader_);
        const auto conversation = reader_->conversation(row.channel, row.conversation);
        end.is_new = !conversation;
        if (!conversation) return known;
        end.foreign = !conversation->tenant.empty() && conversation->tenant != row.tenant;
        known.greeted = end.greeted = conversation->greeted;
        known.asked =
            reader_->asked(row.channel, row.conversation, row.event,
                           row.received - std::chrono::milliseconds(options_.context).count(),
                           static_cast<std::int64_t>(options_.context_questions));
        return known;
    }

    static Handling apology(const Channel& channel, const Event& event) {
        if (!channel.apology) return {};
        try {
            return channel.apology(event);
        } catch (const std::exception&) {
            return {};  // What cannot even be apologised for is set aside in silence.
        }
    }

    /// The worker need not wait: the conversation stays in hand until this is on disk.
    void finish(std::shared_ptr<Finish> end) {
        end->now = now_();
        writer_->write_later([end](DeliveryStore& store) { write_down(store, *end); },
                             [this, end](const Writer::Outcome& error) {
                                 if (error) return once_more(std::move(end->row), *error);
                                 finished(*end);
                             });
    }

    static void write_down(DeliveryStore& store, Finish& end) {
        const InboxRow& row = end.row;
        const Handling& handling = end.handling;
        end.messages.clear();
        if (handling.forget_conversation) {
            store.erase_conversation(row.channel, row.conversation);
        } else if (end.is_new) {
            store.note_conversation(row.channel, row.conversation, row.tenant, row.received);
        }
        if (!handling.question.empty() && !(handling.greet && end.greeted)) {
            answer(store, row, handling, end.now, end.messages);
            if (handling.greet) store.note_greeted(row.channel, row.conversation);
        }
        if (handling.forget_question) {
            store.erase_question(row.channel, row.conversation, handling.question);
        }
        if (!handling.remember.empty()) {
            store.remember_question(row.channel, row.conversation, handling.question,
                                    handling.remember, millis(end.now));
        }
        store.finish_event(row.seq, end.state);
    }

    void finished(Finish& end) {
        const InboxRow& row = end.row;
        const std::lock_guard lock(mutex_);
        ++figures_.handled;
        if (end.state == store::InboxState::poison) ++figures_.poison;
        if (end.handling.forget_conversation) forget(row.channel, row.conversation);
        for (OutboxRow& message : end.messages) {
            schedule_.add(job_of(message));
            messages_.emplace(message.id, std::move(message));
        }
        intake_.done(row, end.now);
        if (intake_.waiting(row.channel, row.conversation) > 0) to_handle_.notify_one();
        for (std::size_t n = 0; n < end.messages.size(); ++n) to_send_.notify_one();
    }

    /// The message for a place under the question; without content: to be taken away.
    template <class From>
    static OutboxRow message_for(const From& from, const std::string& question, std::int64_t part,
                                 const Part* content) {
        OutboxRow message;
        message.channel = from.channel;
        message.tenant = from.tenant;
        message.conversation = from.conversation;
        message.question = question;
        message.part = part;
        message.target = from.target;
        message.clear = content == nullptr;
        if (content != nullptr) {
            message.body = content->body;
            message.note = content->note;
        }
        return message;
    }

    static void answer(DeliveryStore& store, const InboxRow& row, const Handling& handling,
                       Moment now, std::vector<OutboxRow>& rows) {
        const auto put = [&](std::int64_t part, const Part* content) {
            OutboxRow message = message_for(row, handling.question, part, content);
            store.queue(message, millis(now));
            rows.push_back(std::move(message));
        };
        const auto standing = store.parts(row.channel, row.conversation, handling.question);
        std::int64_t part = 0;
        for (const Part& content : handling.parts) put(part++, &content);
        for (const std::int64_t old : standing) {
            if (old >= part) put(old, nullptr);
        }
    }

    /// Under the lock.
    void forget(const std::string& channel, const std::string& conversation) {
        std::vector<std::string> gone;
        for (const auto& [id, message] : messages_) {
            if (message.channel == channel && within(message.conversation, conversation)) {
                gone.push_back(message.conversation);
            }
        }
        for (const std::string& name : gone) {
            for (const std::int64_t id : schedule_.drop(channel, name)) messages_.erase(id);
        }
    }

    void upkeep() {
        const Moment now = now_();
        {
            const std::lock_guard lock(mutex_);
            if (now - purged_ < 1h) return;
            purged_ = now;
        }
        try {
            writer_->write([&](DeliveryStore& store) {
                store.purge(millis(now - options_.kept), millis(now - options_.context));
            });
        } catch (const store::DatabaseError& error) {
            log_(error.what());
        }
    }

    // Senders ------------------------------------------------------------------------------------

    void deliver() {
        while (true) {
            OutboxRow row;
            std::shared_ptr<InHand> slow;
            std::size_t step_of_slow = 0;
            {
                std::unique_lock lock(mutex_);
                while (true) {
                    if (stopping_) return;
                    const Moment now = now_();
                    const Step step = schedule_.next(now);
                    if (const auto* send = std::get_if<Send>(&step)) {
                        row = messages_.at(send->id);
                        break;
                    }
                    Moment next = now + 1'000ms;
                    if (const auto* wait = std::get_if<WaitUntil>(&step))
                        next = std::min(next, wait->when);
                    if ((slow = due_word(now, next))) {
                        step_of_slow = slow->told++;
                        break;
                    }
                    to_send_.wait_for(
                        lock, std::clamp<std::chrono::milliseconds>(next - now, 1ms, 1'000ms));
                }
            }
            if (slow) {
                say_meanwhile(slow, step_of_slow);
            } else {
                attempt(row);
            }
        }
    }

    /// Under the lock: an answer that takes long and has not been spoken of lately. `next` becomes
    /// earlier when one will soon be due.
    std::shared_ptr<InHand> due_word(Moment now, Moment& next) {
        for (const auto& entry : in_hand_) {
            if (entry->due <= now) {
                entry->due = now + options_.meanwhile_again;
                return entry;
            }
            next = std::min(next, entry->due);
        }
        return nullptr;
    }

    void say_meanwhile(const std::shared_ptr<InHand>& slow, std::size_t step) {
        const auto handling = std::make_shared<Handling>();
        try {
            *handling = channels_.at(slow->event.channel).meanwhile(slow->event, step);
        } catch (const std::exception& error) {
            log_(slow->event.channel + ": " + error.what());
        }
        if (handling->question.empty() || handling->parts.empty()) {
            const std::lock_guard lock(mutex_);
            in_hand_.erase(slow);
            return;
        }
        const auto message = std::make_shared<std::optional<OutboxRow>>();
        writer_->write_later(
            [this, slow, handling, message, step](DeliveryStore& store) {
                message->reset();
                // Never after the answer, never in place of an earlier one.
                if (!store.is_waiting(slow->seq)) return;
                if (step == 0) {
                    slow->stands = store
                                       .parts(slow->event.channel, slow->event.conversation,
                                              handling->question)
                                       .empty();
                }
                if (!slow->stands) return;
                OutboxRow row =
                    message_for(slow->event, handling->question, 0, &handling->parts.front());
                store.queue(row, millis(now_()));
                *message = std::move(row);
            },
            [this, message](const Writer::Outcome& error) {
                if (error || !*message) return;
                const std::lock_guard lock(mutex_);
                schedule_.add(job_of(**message));
                const std::int64_t id = (*message)->id;
                messages_.emplace(id, std::move(**message));
                to_send_.notify_one();
            });
    }

    void attempt(OutboxRow& row) {
        bot::Outgoing outgoing;
        bot::SendResult result;
        bool harmless = true, replaced = false;
        try {
            writer_->write([&](DeliveryStore& store) {
                // What has been replaced already need not go out, unless it may have: also where a
                // repeat is harmless, what replaces it must know the message it stands in.
                replaced = row.attempts == 0 && store.is_replaced(row);
                store.mark_sending(row.id);
                outgoing.remote_id = store.remote_id(row);
            });
            outgoing.id = row.id;
            outgoing.channel = row.channel;
            outgoing.tenant = row.tenant;
            outgoing.conversation = row.conversation;
            outgoing.target = row.target;
            outgoing.body = row.body;
            outgoing.key =
                row.question + "/" + std::to_string(row.part) + "/" + std::to_string(row.id);
            outgoing.doubtful = row.doubts > 0;
            using Action = bot::Outgoing::Action;
            outgoing.action = row.clear                    ? Action::remove
                              : outgoing.remote_id.empty() ? Action::create
                                                           : Action::edit;
            const auto channel = channels_.find(row.channel);
            if (channel == channels_.end()) {
                result.kind = bot::SendResult::Kind::refused;
                result.detail = "the channel is no longer configured";
            } else if (replaced) {
                result.kind = bot::SendResult::Kind::sent;
                result.detail = "replaced before it went out";
            } else if (row.clear && outgoing.remote_id.empty()) {
                result.kind = bot::SendResult::Kind::sent;  // It never stood there.
            } else {
                bot::Sender& sender = *channel->second.sender;
                harmless = outgoing.action != Action::create || sender.repeats_are_harmless();
                notes_.begun(row.id);
                result = sender.send(outgoing);
                if (result.kind == bot::SendResult::Kind::sent &&
                    outgoing.action == Action::create) {
                    notes_.arrived(row.id, result.remote_id);
                }
            }
        } catch (const store::DatabaseError& error) {
            log_(error.what());
            // Unless it arrived and only that note failed, nothing was sent: it could not be noted
            // first.
            if (result.kind != bot::SendResult::Kind::sent)
                result.kind = bot::SendResult::Kind::busy;
        } catch (const std::exception& error) {
            result.detail = error.what();
        }
        record(row, outgoing, result, harmless, replaced);
    }

    void record(OutboxRow& row, const bot::Outgoing& outgoing, const bot::SendResult& result,
                bool harmless, bool replaced) {
        Verdict verdict;
        {
            const std::lock_guard lock(mutex_);
            verdict = schedule_.judge(row.id, result, harmless, now_());
        }
        row.attempts = verdict.job.attempts;
        row.doubts = verdict.job.doubts;
        row.not_before = millis(verdict.job.not_before);
        const auto write_down = [&](DeliveryStore& store) {
            switch (verdict.kind) {
                case Verdict::Kind::sent:
                    if (replaced) {
                        // Nothing stands there that did not before.
                    } else if (row.clear) {
                        store.erase_reply(row);
                    } else {
                        store.put_reply(row, outgoing.action == bot::Outgoing::Action::create
                                                 ? result.remote_id
                                                 : outgoing.remote_id);
                    }
                    store.mark_ended(row.id, store::OutboxState::sent, row.doubts, result.detail);
                    break;
                case Verdict::Kind::again: store.mark_queued(row, result.detail); break;
                case Verdict::Kind::failed:
                    store.mark_ended(row.id, store::OutboxState::failed, row.doubts, result.detail);
                    break;
            }
        };
        // The conversation waits until this is on disk: the next message may be an edit of this
        // one.
        while (!written(write_down)) {
            std::unique_lock lock(mutex_);
            if (to_send_.wait_for(lock, options_.retry.first, [this] { return stopping_; })) return;
        }
        std::vector<std::int64_t> dropped;
        {
            const std::lock_guard lock(mutex_);
            count(verdict, outgoing);
            dropped = schedule_.settle(verdict, now_());
            if (verdict.kind == Verdict::Kind::again) {
                messages_[row.id] = row;
            } else {
                messages_.erase(row.id);
            }
            for (const std::int64_t id : dropped) messages_.erase(id);
            if (++settled_ >= 10'000 && schedule_.sending() == 0 && intake_.in_hand() == 0) {
                settled_ = 0;
                notes_.restart();
            }
            figures_.failed += dropped.size();
        }
        if (verdict.kind != Verdict::Kind::sent) {
            log_(row.channel + ": message " + std::to_string(row.id) + " attempt " +
                 std::to_string(row.attempts) +
                 (verdict.kind == Verdict::Kind::again ? " to be repeated: " : " given up: ") +
                 result.detail);
        }
        if (dropped.empty()) return;
        // Should this fail, they are tried and refused once more at the next start.
        (void)written([&](DeliveryStore& store) {
            for (const std::int64_t id : dropped) {
                store.mark_ended(id, store::OutboxState::failed, 0,
                                 "the conversation is closed to us");
            }
        });
    }

    bool written(const Writer::Task& task) {
        try {
            writer_->write(task);
            return true;
        } catch (const store::DatabaseError& error) {
            log_(error.what());
            return false;
        }
    }

    void count(const Verdict& verdict, const bot::Outgoing& outgoing) {
        switch (verdict.kind) {
            case Verdict::Kind::sent: ++figures_.sent; break;
            case Verdict::Kind::again: ++figures_.retried; break;
            case Verdict::Kind::failed: ++figures_.failed; break;
        }
        if (outgoing.doubtful) ++figures_.doubtful;
    }

    Options options_;
    std::function<Moment()> now_;
    std::function<void(std::string_view)> log_;
    std::map<std::string, Channel> channels_;
    store::SendNotes notes_;

    std::mutex mutex_;  // Guards what follows up to writer_.
    std::condition_variable to_handle_, to_send_;
    Intake intake_;
    Schedule schedule_;
    std::unordered_map<std::int64_t, OutboxRow> messages_;
    std::set<std::shared_ptr<InHand>> in_hand_;
    Figures figures_;
    std::size_t accepting_ = 0;
    Moment purged_{};
    std::size_t settled_ =
        0;  // Since the notes were begun anew, at a moment when nothing was in hand.
    bool stopping_ = false;

    std::mutex reading_;  // Guards reader_; never taken together with mutex_.
    std::unique_ptr<DeliveryStore> reader_;
    std::unique_ptr<Writer> writer_;
    std::vector<std::thread> threads_;
};

}  // namespace

Accepted Delivery::accept(Event event) {
    std::promise<Accepted> promise;
    accept_later(std::move(event), [&](Accepted outcome) { promise.set_value(outcome); });
    const Accepted outcome = promise.get_future().get();
    if (outcome == Accepted::failed) {
        throw store::DatabaseError("an event could not be written down");
    }
    return outcome;
}

Result<std::unique_ptr<Delivery>> Delivery::open(Inputs inputs) {
    if (auto good = check(inputs.options); !good) return tl::unexpected(good.error());
    for (const Channel& channel : inputs.channels) {
        if (channel.name.empty() || !channel.handle || channel.sender == nullptr) {
            throw std::logic_error("a delivery channel needs a name, a handler and a sender");
        }
    }
    auto store = DeliveryStore::open(inputs.data_dir);
    if (!store) return tl::unexpected(store.error());
    return std::make_unique<Running>(std::move(inputs), std::move(*store));
}

}  // namespace raadbot::delivery
