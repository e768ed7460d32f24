// What delivery must not forget, in a small database of its own (delivery.db): events taken in,
// messages to go out, which message answers which question, and what was asked lately. Only rows:
// what they mean is decided in bot/delivery.
//
// One writer: the instance holds a lock on the directory. Not thread-safe. Broken environments
// throw DatabaseError, after which the open transaction is to be rolled back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::store {

/// Milliseconds since the epoch, UTC.
using Millis = std::int64_t;

enum class InboxState : std::int64_t { waiting = 0, done = 1, poison = 2 };
enum class OutboxState : std::int64_t { queued = 0, sending = 1, sent = 2, failed = 3 };

struct InboxRow {
    std::int64_t seq = 0;
    std::string channel;
    std::string conversation;
    std::string event;  ///< Unique with channel and conversation.
    std::string tenant;
    std::string target;       ///< Where answers go, as the channel wrote it down; never changed.
    std::string payload;      ///< Erased when handled.
    std::string fingerprint;  ///< Same sender, place and content; empty: none.
    Millis received = 0;
    bool busy = false;  ///< Came in when there was too much to do.
    std::int64_t attempts = 0;
};

struct OutboxRow {
    std::int64_t id = 0;
    std::string channel;
    std::string tenant;
    std::string conversation;
    std::string question;  ///< With part: the place this is about.
    std::int64_t part = 0;
    std::string target;
    std::string body;
    std::string note;    ///< Kept with the reply: the answer's id.
    bool clear = false;  ///< Take the message away instead of putting one.
    OutboxState state = OutboxState::queued;
    std::int64_t attempts = 0;
    std::int64_t doubts = 0;  ///< Attempts whose outcome is unknown.
    Millis not_before = 0;
};

/// A message of ours that stands in the channel.
struct ReplyRow {
    std::string question;
    std::int64_t part = 0;
    std::string remote_id;
    std::string note;
};

struct AskedRow {
    std::string question;
    std::string text;
};

struct ConversationRow {
    std::string tenant;  ///< It was first seen with.
    bool greeted = false;
};

struct DeliveryCounts {
    std::int64_t waiting = 0;  ///< Events not yet handled.
    std::int64_t poison = 0;
    std::int64_t queued = 0;  ///< Messages not yet sent.
    std::int64_t failed = 0;
    std::int64_t doubtful = 0;  ///< Messages with an attempt of unknown outcome.
};

class DeliveryStore {
public:
    /// Opens or creates `directory`/delivery.db. Errors: conflict, when another process has it.
    /// Throws DatabaseError.
    [[nodiscard]] static Result<std::unique_ptr<DeliveryStore>> open(
        const std::filesystem::path& directory);
    /// A second connection for reading, next to an opened store: sees what is committed, waits for
    /// nobody.
    [[nodiscard]] static std::unique_ptr<DeliveryStore> reader(
        const std::filesystem::path& directory);
    ~DeliveryStore();
    DeliveryStore(const DeliveryStore&) = delete;
    DeliveryStore& operator=(const DeliveryStore&) = delete;

    /// One moment for several reads, and one taking of the file's lock.
    class Reading {
    public:
        explicit Reading(DeliveryStore& store);
        ~Reading();
        Reading(const Reading&) = delete;
        Reading& operator=(const Reading&) = delete;

    private:
        DeliveryStore& store_;
    };

    void begin();
    void commit();
    void rollback() noexcept;

    // Inbox: call inside a transaction -----------------------------------------------------------
    /// Sets seq. False when the event, or one with the same fingerprint since `same_since`, is
    /// there.
    [[nodiscard]] bool insert_event(InboxRow& row, Millis same_since);
    void count_attempt(std::int64_t seq);
    /// Erases payload and target.
    void finish_event(std::int64_t seq, InboxState state);
    [[nodiscard]] std::vector<InboxRow> waiting_events();
    [[nodiscard]] bool is_waiting(std::int64_t seq);

    // Outbox -----------------------------------------------------------------------------------
    /// Sets id.
    void queue(OutboxRow& row, Millis now);
    /// Something newer is to stand in its place, and has not been sent.
    [[nodiscard]] bool is_replaced(const OutboxRow& row);
    void mark_sending(std::int64_t id);
    void mark_queued(const OutboxRow& row, std::string_view detail);
    /// Erases the body.
    void mark_ended(std::int64_t id, OutboxState state, std::int64_t doubts,
                    std::string_view detail);
    [[nodiscard]] std::vector<OutboxRow> open_messages();

    // Replies ----------------------------------------------------------------------------------
    [[nodiscard]] std::string remote_id(const OutboxRow& row);
    void put_reply(const OutboxRow& row, std::string_view remote_id);
    void erase_reply(const OutboxRow& row);
    /// Parts of the question's answer that stand, or will when what is queued has been sent.
    [[nodiscard]] std::vector<std::int64_t> parts(std::string_view channel,
                                                  std::string_view conversation,
                                                  std::string_view question);
    [[nodiscard]] std::optional<ReplyRow> reply_by_remote_id(std::string_view channel,
                                                             std::string_view conversation,
                                                             std::string_view remote_id);

    /// The newest one with a note.
    [[nodiscard]] std::optional<ReplyRow> latest_reply(std::string_view channel,
                                                       std::string_view conversation);

    /// The note of the first part of the question's answer as it stands, or will when what is
    /// queued has been sent; nothing when there is no such message.
    [[nodiscard]] std::optional<std::string> note_of(std::string_view channel,
                                                     std::string_view conversation,
                                                     std::string_view question);

    // Conversations ----------------------------------------------------------------------------
    [[nodiscard]] std::optional<ConversationRow> conversation(std::string_view channel,
                                                              std::string_view conversation);
    void note_conversation(std::string_view channel, std::string_view conversation,
                           std::string_view tenant, Millis now);
    void note_greeted(std::string_view channel, std::string_view conversation);
    void remember_question(std::string_view channel, std::string_view conversation,
                           std::string_view question, std::string_view text, Millis now);
    /// The newest `most`, oldest first. A question keeps its place when its text changes.
    [[nodiscard]] std::vector<AskedRow> asked(std::string_view channel,
                                              std::string_view conversation, Millis since,
                                              std::int64_t most);
    void erase_question(std::string_view channel, std::string_view conversation,
                        std::string_view question);
    /// All of it, in `conversation` and its threads (";" and more after the id), but events still
    /// waiting.
    void erase_conversation(std::string_view channel, std::string_view conversation);

    // Upkeep -----------------------------------------------------------------------------------
    /// Handled events, ended messages and replies older than `before`; questions older than
    /// `questions_before`.
    void purge(Millis before, Millis questions_before);
    [[nodiscard]] DeliveryCounts counts();

private:
    struct Impl;
    explicit DeliveryStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace raadbot::store
