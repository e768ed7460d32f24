// The threads that send: one message at a time of each conversation, each outcome on disk before
// the next; and the word to those who wait for a slow answer.
#include <algorithm>
#include <utility>

#include "bot/delivery/running.hpp"

namespace raadbot::delivery {

void Running::deliver() {
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
                to_send_.wait_for(lock,
                                  std::clamp<std::chrono::milliseconds>(next - now, 1ms, 1'000ms));
            }
        }
        if (slow) {
            say_meanwhile(slow, step_of_slow);
        } else {
            attempt(row);
        }
    }
}

std::shared_ptr<InHand> Running::due_word(Moment now, Moment& next) {
    for (const auto& entry : in_hand_) {
        if (entry->telling) continue;
        if (entry->due <= now) {
            entry->telling = true;
            entry->due = now + options_.meanwhile_again;
            return entry;
        }
        next = std::min(next, entry->due);
    }
    return nullptr;
}

void Running::say_meanwhile(const std::shared_ptr<InHand>& slow, std::size_t step) {
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
                slow->stands =
                    store.parts(slow->event.channel, slow->event.conversation, handling->question)
                        .empty();
            }
            if (!slow->stands) return;
            OutboxRow row =
                message_for(slow->event, handling->question, 0, &handling->parts.front());
            store.queue(row, millis(now_()));
            *message = std::move(row);
        },
        [this, slow, message](const Writer::Outcome& error) {
            const std::lock_guard lock(mutex_);
            slow->telling = false;
            to_send_.notify_one();  // For this message, or for the next word should it be due.
            if (error || !*message) return;
            schedule_.add(job_of(**message));
            const std::int64_t id = (*message)->id;
            messages_.emplace(id, std::move(**message));
        });
}

void Running::attempt(OutboxRow& row) {
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
        outgoing.key = row.question + "/" + std::to_string(row.part) + "/" + std::to_string(row.id);
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
            if (result.kind == bot::SendResult::Kind::sent && outgoing.action == Action::create) {
                notes_.arrived(row.id, result.remote_id);
            }
        }
    } catch (const store::DatabaseError& error) {
        log_(error.what());
        // Unless it arrived and only that note failed, nothing was sent: it could not be noted
        // first.
        if (result.kind != bot::SendResult::Kind::sent) result.kind = bot::SendResult::Kind::busy;
    } catch (const std::exception& error) {
        result.detail = error.what();
    }
    record(row, outgoing, result, harmless, replaced);
}

void Running::record(OutboxRow& row, const bot::Outgoing& outgoing, const bot::SendResult& result,
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
            store.mark_ended(id, store::OutboxState::failed, 0, "the conversation is closed to us");
        }
    });
}

void Running::count(const Verdict& verdict, const bot::Outgoing& outgoing) {
    switch (verdict.kind) {
        case Verdict::Kind::sent: ++figures_.sent; break;
        case Verdict::Kind::again: ++figures_.retried; break;
        case Verdict::Kind::failed: ++figures_.failed; break;
    }
    if (outgoing.doubtful) ++figures_.doubtful;
}

}  // namespace raadbot::delivery
