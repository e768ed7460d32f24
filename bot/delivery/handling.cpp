// The threads that answer: an event in hand, its handler, and what that leads to on disk.
#include <algorithm>
#include <utility>

#include "bot/delivery/running.hpp"

namespace raadbot::delivery {
namespace {

/// "id" itself or a thread in it.
bool within(const std::string& conversation, const std::string& whole) {
    return conversation == whole || conversation.starts_with(whole + ";");
}

Handling apology(const Channel& channel, const Event& event) {
    if (!channel.apology) return {};
    try {
        return channel.apology(event);
    } catch (const std::exception&) {
        return {};  // What cannot even be apologised for is set aside in silence.
    }
}

void answer(DeliveryStore& store, const InboxRow& row, const Handling& handling, Moment now,
            std::vector<OutboxRow>& rows) {
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

void write_down(DeliveryStore& store, Finish& end) {
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
        store.remember_question(row.channel, row.conversation, handling.question, handling.remember,
                                millis(end.now));
    }
    store.finish_event(row.seq, end.state);
}

}  // namespace

/// Tells the senders what is in hand; not for longer than the handler runs.
class Running::Announced {
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

void Running::work() {
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
                to_handle_.wait_for(lock, when == nullptr ? 1'000ms
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

void Running::once_more(InboxRow&& row, const std::string& why) {
    log_(why);
    const std::lock_guard lock(mutex_);
    intake_.again(std::move(row), now_() + options_.retry.first);
}

void Running::handle(InboxRow& row) {
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
            intake_.again(std::move(row), now_() + std::min<std::chrono::milliseconds>(wait, 1min));
            return;
        }
        end->state = store::InboxState::poison;
        end->handling = apology(channel, event);
    }
    end->row = std::move(row);
    finish(end);
}

Known Running::look_up(const InboxRow& row, Finish& end) {
    Known known;
    const std::lock_guard lock(reading_);
    const DeliveryStore::Reading one(*reader_);
    const auto conversation = reader_->conversation(row.channel, row.conversation);
    end.is_new = !conversation;
    if (!conversation) return known;
    end.foreign = !conversation->tenant.empty() && conversation->tenant != row.tenant;
    known.greeted = end.greeted = conversation->greeted;
    for (store::AskedRow& asked :
         reader_->asked(row.channel, row.conversation,
                        row.received - std::chrono::milliseconds(options_.context).count(),
                        static_cast<std::int64_t>(options_.context_questions))) {
        known.asked.push_back({std::move(asked.question), std::move(asked.text)});
    }
    return known;
}

void Running::finish(std::shared_ptr<Finish> end) {
    end->now = now_();
    writer_->write_later([end](DeliveryStore& store) { write_down(store, *end); },
                         [this, end](const Writer::Outcome& error) {
                             if (error) return once_more(std::move(end->row), *error);
                             finished(*end);
                         });
}

void Running::finished(Finish& end) {
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
    if (intake_.waiting(row.channel, row.conversation) > 0) wake_workers_ = true;
    if (!end.messages.empty()) wake_senders_ = true;
}

void Running::forget(const std::string& channel, const std::string& conversation) {
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

void Running::upkeep() {
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

}  // namespace raadbot::delivery
