// The durable way of an event: taken in once, handled once, its answer delivered in order. Shared
// by all channels; says nothing about any of them.
//
//   accept() -> on disk -> handler (a worker thread) -> "done" and the messages to send, in one
//   commit
//            -> sender (a sender thread): marked as being sent, sent, marked as sent
//
// What accept() said `stored` to is never lost: at the next start it goes on where it stopped. A
// message whose sending was cut short is in doubt; where the channel cannot tell repeats apart it
// is repeated at most once and counted as doubtful. Commits are shared by all who wait for one
// (group commit), so that a disk that syncs two hundred times a second still acknowledges
// thousands.
//
// Thread-safety: all but stop() from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/delivery/options.hpp"
#include "bot/ports.hpp"
#include "retrieval/result.hpp"

namespace raadbot::delivery {

/// Something that came in, authenticated. All strings are the channel's own business but for the
/// key: channel, conversation and event name it for ever.
struct Event {
    std::string channel;
    std::string conversation;
    std::string event;
    std::string tenant;
    std::string target;   ///< Where answers go; stored now, used later, never taken from elsewhere.
    std::string payload;  ///< Erased from disk when handled.
    std::string fingerprint;  ///< Of sender, place and content; empty when repeats are no matter.
    bool busy = false;  ///< Set by accept(): there is too much to do, say so instead of answering.
};

struct Asked {
    std::string question;  ///< Handling::question of then.
    std::string text;      ///< Handling::remember.
};

/// What is known when an event is handled.
struct Known {
    /// Asked here lately, in the order in which it was first asked, oldest first.
    std::vector<Asked> asked;
    bool greeted = false;

    /// What was asked before that question, or at all when it is new: an edited question does not
    /// follow up on itself, nor on what came after it.
    [[nodiscard]] std::vector<std::string> before(std::string_view question) const;
};

/// One message of an answer.
struct Part {
    std::string body;
    std::string note;  ///< Kept with the message: whose answer it is, see Delivery::reply_to.
};

/// What handling an event leads to.
struct Handling {
    /// Whose answer `parts` is: the id of the question's event. Empty: no messages change.
    std::string question;
    /// All that shall stand under the question: message n is put, or put in place of the n-th there
    /// was; more than these are taken away.
    std::vector<Part> parts;
    std::string remember;  ///< The question for follow-ups, freed of personal data; empty: nothing.
    bool greet = false;    ///< `parts` greet: only the first greeting of a conversation goes.
    bool forget_question = false;      ///< Erase what `question` asked.
    bool forget_conversation = false;  ///< Erase all that is kept of the conversation.
};

using Handle = std::function<Handling(const Event&, const Known&)>;

struct Channel {
    std::string name;
    Limits limits;
    Handle handle;  ///< What it throws is tried again, then set aside.
    /// While `handle` takes its time: what to put where the answer will be, if nothing stands there
    /// yet; the second argument counts the calls, from 0. No question: nothing more. May be empty;
    /// called from other threads than `handle`.
    std::function<Handling(const Event&, std::size_t)> meanwhile;
    std::function<Handling(const Event&)>
        apology;  ///< Instead of an answer that cannot be; may be empty.
    std::shared_ptr<bot::Sender> sender;
};

enum class Accepted {
    stored,
    duplicate,  ///< Taken in before: acknowledge, nothing more happens.
    full,       ///< Not taken: the sender should come back later.
    failed,     ///< Not taken: it could not be written. accept() throws instead.
};

struct Figures {
    std::uint64_t accepted = 0, duplicates = 0, turned_away = 0;
    std::uint64_t handled = 0, poison = 0;
    std::uint64_t sent = 0, retried = 0, failed = 0, doubtful = 0, commits = 0;
    std::size_t waiting = 0, queued = 0;
};

struct ReplyTo {
    std::string question;
    std::string note;
};

class Delivery {
public:
    struct Inputs {
        std::filesystem::path data_dir;  ///< delivery.db is kept here.
        Options options;
        std::vector<Channel> channels;
        std::function<bot::Moment()> now;           ///< Empty: the system's clock.
        std::function<void(std::string_view)> log;  ///< One line, no personal data; empty: none.
    };
    /// Goes on with what an earlier run left. Errors: conflict (another process has the data
    /// directory), invalid_config. Throws store::DatabaseError when the disk fails.
    [[nodiscard]] static Result<std::unique_ptr<Delivery>> open(Inputs inputs);
    virtual ~Delivery() = default;

    /// Returns when the event is safely on disk. Throws store::DatabaseError when it could not be
    /// written. Not from an Answered.
    [[nodiscard]] Accepted accept(Event event);
    /// The same without waiting: `answered` is called once, now or when the commit is done, from a
    /// thread that it must not hold up.
    using Answered = std::function<void(Accepted)>;
    virtual void accept_later(Event event, Answered answered) = 0;
    /// Which question a message of ours answered.
    [[nodiscard]] virtual std::optional<ReplyTo> reply_to(std::string_view channel,
                                                          std::string_view conversation,
                                                          std::string_view remote_id) = 0;
    /// Our latest message there that has a note.
    [[nodiscard]] virtual std::optional<ReplyTo> latest_reply(std::string_view channel,
                                                              std::string_view conversation) = 0;
    /// The note of our answer to a question, sent or about to be.
    [[nodiscard]] virtual std::optional<std::string> note_of(std::string_view channel,
                                                             std::string_view conversation,
                                                             std::string_view question) = 0;
    [[nodiscard]] virtual Figures figures() = 0;
    /// Nothing waits and nothing is being done.
    [[nodiscard]] virtual bool idle() = 0;
    /// Takes nothing more; finishes what is in hand; returns. Called by the destructor as well.
    virtual void stop() = 0;
};

}  // namespace raadbot::delivery
