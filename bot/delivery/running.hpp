// The running delivery, in three parts: what comes in and what an earlier run left (delivery.cpp),
// the threads that answer (handling.cpp) and those that send (sending.cpp). Not for others.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "bot/delivery/delivery.hpp"
#include "bot/delivery/intake.hpp"
#include "bot/delivery/schedule.hpp"
#include "bot/delivery/writer.hpp"
#include "retrieval/store/database.hpp"
#include "retrieval/store/send_notes.hpp"

namespace raadbot::delivery {

using namespace std::chrono_literals;
using store::DeliveryStore;
using store::InboxRow;
using store::OutboxRow;

inline store::Millis millis(Moment when) { return when.time_since_epoch().count(); }
inline Moment moment(store::Millis when) { return Moment(std::chrono::milliseconds(when)); }

[[nodiscard]] Job job_of(const OutboxRow& row);

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
    bool telling = false;  // A word is on its way to disk: the next one waits for it.
    bool stands = false;   // It was put where the answer will be.
};

class Running final : public Delivery {
public:
    Running(Inputs inputs, std::unique_ptr<DeliveryStore> store);
    ~Running() override { Running::stop(); }

    void accept_later(Event event, Answered answered) override;
    std::optional<ReplyTo> reply_to(std::string_view channel, std::string_view conversation,
                                    std::string_view remote_id) override;
    std::optional<ReplyTo> latest_reply(std::string_view channel,
                                        std::string_view conversation) override;
    std::optional<std::string> note_of(std::string_view channel, std::string_view conversation,
                                       std::string_view question) override;
    Figures figures() override;
    bool idle() override;
    void stop() override;

private:
    Accepted taken_in(InboxRow&& row, bool failed, bool stored);
    /// Once for each commit, not for each event in it.
    void wake();
    void load(DeliveryStore& store);
    /// False: it is not on disk, and that was logged.
    bool written(const Writer::Task& task);

    // Answering
    class Announced;
    void work();
    void once_more(InboxRow&& row, const std::string& why);
    void handle(InboxRow& row);
    /// What was committed before this event's turn came: no need to wait for the writer.
    Known look_up(const InboxRow& row, Finish& end);
    /// The worker need not wait: the conversation stays in hand until this is on disk.
    void finish(std::shared_ptr<Finish> end);
    void finished(Finish& end);
    /// Under the lock.
    void forget(const std::string& channel, const std::string& conversation);
    void upkeep();

    // Sending
    void deliver();
    /// Under the lock: an answer that takes long and has not been spoken of lately, its words one
    /// after the other. `next` becomes earlier when one will soon be due.
    std::shared_ptr<InHand> due_word(Moment now, Moment& next);
    void say_meanwhile(const std::shared_ptr<InHand>& slow, std::size_t step);
    void attempt(OutboxRow& row);
    void record(OutboxRow& row, const bot::Outgoing& outgoing, const bot::SendResult& result,
                bool harmless, bool replaced);
    void count(const Verdict& verdict, const bot::Outgoing& outgoing);

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
    std::size_t settled_ = 0;  // Since the notes were begun anew, when nothing was in hand.
    bool stopping_ = false;
    bool wake_workers_ = false, wake_senders_ = false;

    std::mutex reading_;  // Guards reader_; never taken together with mutex_.
    std::unique_ptr<DeliveryStore> reader_;
    std::unique_ptr<Writer> writer_;
    std::vector<std::thread> threads_;
};

/// The message for a place under the question; without content: to be taken away.
template <class From>
OutboxRow message_for(const From& from, const std::string& question, std::int64_t part,
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

}  // namespace raadbot::delivery
