#include "bot/delivery/delivery.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <fstream>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "retrieval/store/database.hpp"
#include "retrieval/store/delivery_store.hpp"

namespace raadbot::delivery {
namespace {

using namespace std::chrono_literals;
using Kind = bot::SendResult::Kind;
using Action = bot::Outgoing::Action;

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "raadbot-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Takes what it is told to take and remembers it.
class FakeSender final : public bot::Sender {
public:
    bot::SendResult send(const bot::Outgoing& outgoing) override {
        const std::lock_guard lock(mutex_);
        seen_.push_back(outgoing);
        bot::SendResult result;
        if (!script_.empty()) {
            result = script_.front();
            script_.erase(script_.begin());
        } else {
            result.kind = Kind::sent;
        }
        if (result.kind == Kind::sent && outgoing.action == Action::create) {
            result.remote_id = "m" + std::to_string(++ids_);
        }
        return result;
    }
    bool repeats_are_harmless() const override { return false; }

    void script(std::vector<bot::SendResult> results) {
        const std::lock_guard lock(mutex_);
        script_ = std::move(results);
    }
    std::vector<bot::Outgoing> seen() {
        const std::lock_guard lock(mutex_);
        return seen_;
    }

private:
    std::mutex mutex_;
    std::vector<bot::Outgoing> seen_;
    std::vector<bot::SendResult> script_;
    int ids_ = 0;
};

Handling echo(const Event& event, const Known&) {
    Handling handling;
    handling.question = event.event;
    handling.parts = {{"re: " + event.payload, "note"}};
    return handling;
}

Event event(std::string id, std::string payload = "hej", std::string conversation = "c") {
    Event e;
    e.channel = "test";
    e.conversation = std::move(conversation);
    e.event = std::move(id);
    e.tenant = "t";
    e.target = "target of " + e.event;
    e.payload = std::move(payload);
    return e;
}

struct Bench {
    explicit Bench(const std::filesystem::path& dir, Handle handle = echo,
                   Options options = quick(), std::function<void(std::string_view)> log = {}) {
        Delivery::Inputs inputs;
        inputs.log = std::move(log);
        inputs.data_dir = dir;
        inputs.options = options;
        Channel channel;
        channel.name = "test";
        channel.handle = std::move(handle);
        channel.apology = [](const Event& e) {
            Handling handling;
            handling.question = e.event;
            handling.parts = {{"undskyld", ""}};
            return handling;
        };
        channel.sender = sender;
        inputs.channels.push_back(std::move(channel));
        delivery = Delivery::open(std::move(inputs)).value();
    }
    static Options quick() {
        Options options;
        options.retry.first = 1ms;
        options.retry.seed = 3;
        options.handle_wait = 1ms;
        return options;
    }
    void settle() const {
        while (!delivery->idle()) std::this_thread::yield();
    }
    std::shared_ptr<FakeSender> sender = std::make_shared<FakeSender>();
    std::unique_ptr<Delivery> delivery;
};

bot::SendResult outcome(Kind kind) {
    bot::SendResult r;
    r.kind = kind;
    return r;
}

TEST(Delivery, AnswersOnceHoweverOftenItIsAsked) {
    const Folder folder;
    const Bench bench(folder.path());
    std::atomic<int> stored = 0;
    std::vector<std::thread> threads;
    for (int n = 0; n < 16; ++n) {
        threads.emplace_back([&] {
            if (bench.delivery->accept(event("1")) == Accepted::stored) ++stored;
        });
    }
    for (auto& thread : threads) thread.join();
    bench.settle();
    EXPECT_EQ(stored, 1);
    ASSERT_EQ(bench.sender->seen().size(), 1U);
    EXPECT_EQ(bench.sender->seen()[0].body, "re: hej");
    EXPECT_EQ(bench.sender->seen()[0].target, "target of 1");
    const auto reply = bench.delivery->reply_to("test", "c", "m1");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->question, "1");
    EXPECT_EQ(reply->note, "note");
}

TEST(Delivery, AnswersWhoDoesNotWaitWhenTheEventIsOnDisk) {
    const Folder folder;
    std::vector<std::promise<Accepted>> promises(4);
    {
        Options options = Bench::quick();
        options.most_waiting = options.busy_waiting = options.busy_conversation = 1;
        std::promise<void> go;
        const std::shared_future<void> gone(go.get_future());
        const Bench bench(
            folder.path(),
            [&](const Event& e, const Known& known) {
                gone.wait();
                return echo(e, known);
            },
            options);
        const auto accept = [&](std::size_t n, const char* id, const char* conversation) {
            bench.delivery->accept_later(event(id, id, conversation),
                                         [&, n](Accepted how) { promises[n].set_value(how); });
            return promises[n].get_future().get();
        };
        EXPECT_EQ(accept(0, "1", "c"), Accepted::stored);
        // Both workers' hands are full with "1" and "2", or one waits behind the other.
        Accepted last = accept(1, "2", "c");
        EXPECT_TRUE(last == Accepted::stored || last == Accepted::full);
        go.set_value();
        bench.settle();
        EXPECT_EQ(accept(2, "1", "c"), Accepted::duplicate);
        EXPECT_EQ(accept(3, "3", "d"), Accepted::stored);
        bench.settle();
        EXPECT_GE(bench.sender->seen().size(), 2U);
        bench.delivery->stop();
        std::promise<Accepted> after;
        bench.delivery->accept_later(event("4"), [&](Accepted how) { after.set_value(how); });
        EXPECT_EQ(after.get_future().get(), Accepted::full);
    }
}

TEST(Delivery, TakesTheSameFromTheSameSenderOnceAMinute) {
    const Folder folder;
    const Bench bench(folder.path());
    Event a = event("1"), b = event("2");
    a.fingerprint = b.fingerprint = "same";
    EXPECT_EQ(bench.delivery->accept(a), Accepted::stored);
    EXPECT_EQ(bench.delivery->accept(b), Accepted::duplicate);
}

TEST(Delivery, KnowsTheSameAgainAfterARestartUntilTheConversationIsForgotten) {
    const Folder folder;
    const auto handle = [](const Event& e, const Known&) {
        Handling handling;
        handling.forget_conversation = e.payload == "afinstalleret";
        return handling;
    };
    const auto printed = [](const char* id) {
        Event e = event(id);
        e.fingerprint = "same";
        return e;
    };
    {
        const Bench bench(folder.path(), handle);
        EXPECT_EQ(bench.delivery->accept(printed("1")), Accepted::stored);
        bench.settle();
    }
    const Bench bench(folder.path(), handle);
    EXPECT_EQ(bench.delivery->accept(printed("2")), Accepted::duplicate);
    EXPECT_EQ(bench.delivery->accept(event("3", "afinstalleret")), Accepted::stored);
    bench.settle();
    EXPECT_EQ(bench.delivery->accept(printed("4")), Accepted::stored);
}

TEST(Delivery, PutsANewAnswerInPlaceOfTheOldAndTakesAwayWhatIsOver) {
    const Folder folder;
    const Bench bench(folder.path(), [](const Event& e, const Known&) {
        Handling handling;
        handling.question = "q";
        for (char letter : e.payload) handling.parts.push_back({std::string(1, letter), ""});
        return handling;
    });
    for (const char* payload : {"ab", "xyz", "k", ""}) {
        ASSERT_EQ(bench.delivery->accept(event(std::string("e") + payload, payload)),
                  Accepted::stored);
        bench.settle();
    }
    std::string did;
    for (const auto& out : bench.sender->seen()) {
        did += out.action == Action::create ? "+" : out.action == Action::edit ? "=" : "-";
        did += out.body.empty() ? out.remote_id : out.body + out.remote_id;
        did += " ";
    }
    EXPECT_EQ(did, "+a +b =xm1 =ym2 +z =km1 -m2 -m3 -m1 ");
}

Handling answer_q(const Event& event, const Known&) {
    Handling handling;
    handling.question = "q";
    handling.parts = {{"re: " + event.payload, "note"}};
    return handling;
}

/// A handler that waits for the test; what it says meanwhile is "step 0", "step 1", no more.
struct SlowBench {
    explicit SlowBench(const std::filesystem::path& dir) {
        Delivery::Inputs inputs;
        inputs.data_dir = dir;
        inputs.options = Bench::quick();
        inputs.options.meanwhile = inputs.options.meanwhile_again = 1ms;
        Channel channel;
        channel.name = "test";
        channel.handle = [this](const Event& e, const Known& known) {
            gone.wait();
            return answer_q(e, known);
        };
        channel.meanwhile = [this](const Event&, std::size_t step) {
            Handling handling;
            // Long enough for the second step to overtake it, if that were allowed.
            if (step == 0) std::this_thread::sleep_for(20ms);
            if (step < 2) {
                handling.question = "q";
                handling.parts = {{"step " + std::to_string(step), ""}};
            } else {
                said_all.set_value();
            }
            return handling;
        };
        channel.sender = sender;
        inputs.channels.push_back(std::move(channel));
        delivery = Delivery::open(std::move(inputs)).value();
    }
    std::promise<void> go, said_all;
    std::shared_future<void> gone{go.get_future()};
    std::shared_ptr<FakeSender> sender = std::make_shared<FakeSender>();
    std::unique_ptr<Delivery> delivery;
};

TEST(Delivery, SaysWhatItIsDoingAndPutsTheAnswerInThatPlace) {
    const Folder folder;
    SlowBench bench(folder.path());
    EXPECT_EQ(bench.delivery->accept(event("1")), Accepted::stored);
    bench.said_all.get_future().get();
    while (bench.sender->seen().empty() || bench.sender->seen().back().body != "step 1")
        std::this_thread::yield();
    bench.go.set_value();
    while (!bench.delivery->idle()) std::this_thread::yield();
    const auto seen = bench.sender->seen();
    // The first step may have been replaced by the second before it went out.
    ASSERT_GE(seen.size(), 2U);
    EXPECT_EQ(seen.front().action, Action::create);
    for (std::size_t n = 1; n < seen.size(); ++n) {
        EXPECT_EQ(seen[n].action, Action::edit);
        EXPECT_EQ(seen[n].remote_id, "m1");
    }
    EXPECT_EQ(seen.back().body, "re: hej");
    EXPECT_EQ(bench.delivery->reply_to("test", "c", "m1")->note, "note");
}

TEST(Delivery, SaysNothingWhereAnAnswerStandsAlready) {
    const Folder folder;
    {
        const Bench first(folder.path(), answer_q);
        EXPECT_EQ(first.delivery->accept(event("1", "old")), Accepted::stored);
        first.settle();
    }
    SlowBench bench(folder.path());
    EXPECT_EQ(bench.delivery->accept(event("2", "new")), Accepted::stored);
    bench.said_all.get_future().get();
    bench.go.set_value();
    while (!bench.delivery->idle()) std::this_thread::yield();
    const auto seen = bench.sender->seen();
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].body, "re: new");
    EXPECT_EQ(seen[0].action, Action::edit);
}

TEST(Delivery, LeavesOutWhatHasBeenReplacedBeforeItWentOut) {
    const Folder folder;
    const Bench bench(folder.path(), answer_q);
    // The first attempt fails for a while; by then the question has been edited twice.
    bot::SendResult later = outcome(Kind::busy);
    later.retry_after = 200ms;
    bench.sender->script({later});
    EXPECT_EQ(bench.delivery->accept(event("1", "one")), Accepted::stored);
    while (bench.sender->seen().empty()) std::this_thread::yield();
    EXPECT_EQ(bench.delivery->accept(event("2", "two")), Accepted::stored);
    EXPECT_EQ(bench.delivery->accept(event("3", "three")), Accepted::stored);
    bench.settle();
    const auto seen = bench.sender->seen();
    EXPECT_EQ(seen.back().body, "re: three");
    EXPECT_EQ(bench.delivery->note_of("test", "c", "q"), "note");
    EXPECT_TRUE(bench.delivery->reply_to("test", "c", "m1"));
}

/// Repeats are harmless; the first send arrives, but says so to nobody, and not before it is told.
class LostWord final : public bot::Sender {
public:
    bot::SendResult send(const bot::Outgoing& outgoing) override {
        bool first = false;
        {
            const std::lock_guard lock(mutex_);
            first = seen_.empty();
            seen_.push_back(outgoing);
        }
        bot::SendResult result;
        if (first) go.get_future().wait();
        result.kind = first ? Kind::unknown : Kind::sent;
        if (!first && outgoing.action == Action::create) result.remote_id = "m1";
        return result;
    }
    bool repeats_are_harmless() const override { return true; }
    std::vector<bot::Outgoing> seen() {
        const std::lock_guard lock(mutex_);
        return seen_;
    }
    std::promise<void> go;

private:
    std::mutex mutex_;
    std::vector<bot::Outgoing> seen_;
};

TEST(Delivery, SendsAgainWhatMayHaveGoneOutThoughItIsReplaced) {
    const Folder folder;
    const auto sender = std::make_shared<LostWord>();
    Delivery::Inputs inputs;
    inputs.data_dir = folder.path();
    inputs.options = Bench::quick();
    Channel channel;
    channel.name = "test";
    channel.handle = answer_q;
    channel.sender = sender;
    inputs.channels.push_back(std::move(channel));
    const auto delivery = Delivery::open(std::move(inputs)).value();
    EXPECT_EQ(delivery->accept(event("1", "old")), Accepted::stored);
    while (sender->seen().empty()) std::this_thread::yield();
    EXPECT_EQ(delivery->accept(event("2", "new")), Accepted::stored);
    while (delivery->figures().handled < 2) std::this_thread::yield();
    sender->go.set_value();
    while (!delivery->idle()) std::this_thread::yield();
    const auto seen = sender->seen();
    ASSERT_EQ(seen.size(), 3U);
    EXPECT_EQ(seen[1].action, Action::create);
    EXPECT_EQ(seen[1].key, seen[0].key);
    EXPECT_EQ(seen[2].action, Action::edit) << "a second message beside the one that arrived";
    EXPECT_EQ(seen[2].remote_id, "m1");
}

TEST(Delivery, SetsAPoisonEventAsideAndApologises) {
    const Folder folder;
    const Bench bench(folder.path(), [](const Event& e, const Known& known) {
        if (e.payload == "gift") throw std::runtime_error("no");
        return echo(e, known);
    });
    ASSERT_EQ(bench.delivery->accept(event("1", "gift")), Accepted::stored);
    ASSERT_EQ(bench.delivery->accept(event("2", "b")), Accepted::stored);
    ASSERT_EQ(bench.delivery->accept(event("3", "c", "other")), Accepted::stored);
    bench.settle();
    std::multiset<std::string> bodies;
    for (const auto& out : bench.sender->seen()) bodies.insert(out.body);
    EXPECT_EQ(bodies, (std::multiset<std::string>{"undskyld", "re: b", "re: c"}));
    EXPECT_EQ(bench.delivery->figures().poison, 1U);
}

TEST(Delivery, RemembersQuestionsForFollowUpsAndForgetsThemWhenTold) {
    const Folder folder;
    std::mutex mutex;
    std::vector<std::string> asked;
    const Bench bench(folder.path(), [&](const Event& e, const Known& known) {
        const std::lock_guard lock(mutex);
        const std::string question = e.event.substr(0, e.event.find('/'));
        asked = known.before(question);
        Handling handling;
        if (e.payload == "bort") {
            handling.question = "1";
            handling.forget_question = true;
        } else if (e.payload == "afinstalleret") {
            handling.forget_conversation = true;
        } else {
            handling.question = question;
            handling.remember = e.payload;
        }
        return handling;
    });
    const auto say = [&](const char* id, const char* text) {
        EXPECT_EQ(bench.delivery->accept(event(id, text)), Accepted::stored);
        bench.settle();
        const std::lock_guard lock(mutex);
        return asked;
    };
    using Texts = std::vector<std::string>;
    EXPECT_EQ(say("1", "en"), Texts{});
    EXPECT_EQ(say("2", "to"), (Texts{"en"}));
    // Asked anew in other words, it follows up on what came before it, not on itself.
    EXPECT_EQ(say("2/rettet", "nr. to"), (Texts{"en"}));
    EXPECT_EQ(say("1/rettet", "nr. en"), Texts{});
    EXPECT_EQ(say("3", "bort"), (Texts{"nr. en", "nr. to"}));
    EXPECT_EQ(say("4", "fire"), (Texts{"nr. to"}));
    EXPECT_EQ(say("5", "afinstalleret"), (Texts{"nr. to", "fire"}));
    EXPECT_EQ(say("6", "seks"), Texts{});
}

TEST(Delivery, GreetsOnce) {
    const Folder folder;
    const Bench bench(folder.path(), [](const Event& e, const Known& known) {
        Handling handling = echo(e, known);
        handling.greet = true;
        return handling;
    });
    for (const char* id : {"1", "2", "3"}) {
        ASSERT_EQ(bench.delivery->accept(event(id)), Accepted::stored);
    }
    bench.settle();
    EXPECT_EQ(bench.sender->seen().size(), 1U);
}

TEST(Delivery, LeavesAConversationToTheTenantThatBeganIt) {
    const Folder folder;
    const Bench bench(folder.path());
    ASSERT_EQ(bench.delivery->accept(event("1")), Accepted::stored);
    Event other = event("2");
    other.tenant = "another";
    ASSERT_EQ(bench.delivery->accept(other), Accepted::stored);
    bench.settle();
    EXPECT_EQ(bench.sender->seen().size(), 1U);
}

TEST(Delivery, TellsAskersWhenThereIsTooMuchAndTurnsTheRestAway) {
    const Folder folder;
    std::mutex gate;
    std::vector<std::string> busy;
    std::mutex mutex;
    Options options = Bench::quick();
    options.workers = 1;
    options.most_waiting = 4;
    options.busy_waiting = 2;
    options.busy_conversation = 4;
    gate.lock();
    const Bench bench(
        folder.path(),
        [&](const Event& e, const Known&) {
            { const std::lock_guard wait(gate); }
            const std::lock_guard lock(mutex);
            if (e.busy) busy.push_back(e.event);
            return Handling{};
        },
        options);
    ASSERT_EQ(bench.delivery->accept(event("0", "x", "c0")), Accepted::stored);
    int taken = 0, full = 0;
    for (int n = 1; n <= 6; ++n) {
        const auto accepted =
            bench.delivery->accept(event(std::to_string(n), "x", "c" + std::to_string(n)));
        accepted == Accepted::full ? ++full : ++taken;
    }
    gate.unlock();
    bench.settle();
    EXPECT_GE(taken, 3);  // Four wait at most, and the first may be in hand already.
    EXPECT_LE(taken, 4);
    EXPECT_EQ(taken + full, 6);
    EXPECT_GE(busy.size(), 1U);
}

TEST(Delivery, GoesOnAfterTimedOutAndBusySends) {
    const Folder folder;
    const Bench bench(folder.path());
    bench.sender->script({outcome(Kind::busy), outcome(Kind::busy), outcome(Kind::unknown)});
    ASSERT_EQ(bench.delivery->accept(event("1", "a")), Accepted::stored);
    ASSERT_EQ(bench.delivery->accept(event("2", "b")), Accepted::stored);
    bench.settle();
    const auto seen = bench.sender->seen();
    ASSERT_EQ(seen.size(), 5U);
    EXPECT_EQ(seen[3].body, "re: a");
    EXPECT_TRUE(seen[3].doubtful);
    EXPECT_EQ(seen[4].body, "re: b");
    EXPECT_FALSE(seen[4].doubtful);
    EXPECT_EQ(bench.delivery->figures().doubtful, 1U);
}

TEST(Delivery, KeepsAnUnfinishedAnswerForTheNextRun) {
    const Folder folder;
    {
        Options options = Bench::quick();
        options.retry.first = 60s;
        const Bench bench(folder.path(), echo, options);
        bench.sender->script({outcome(Kind::busy)});
        ASSERT_EQ(bench.delivery->accept(event("1", "a")), Accepted::stored);
        while (bench.delivery->figures().retried == 0) std::this_thread::yield();
    }
    {
        // The other run's wait is kept as well: put it in the past.
        store::Database database(folder.path() / "delivery.db");
        database.execute("UPDATE outbox SET not_before = 0");
        EXPECT_THROW(database.execute("UPDATE outbox SET target = 'elsewhere'"),
                     store::DatabaseError);
        EXPECT_THROW(database.execute("UPDATE outbox SET conversation = 'x'"),
                     store::DatabaseError);
    }
    const Bench bench(folder.path());
    bench.settle();
    ASSERT_EQ(bench.sender->seen().size(), 1U);
    EXPECT_EQ(bench.sender->seen()[0].target, "target of 1");
    EXPECT_EQ(bench.delivery->accept(event("1", "a")), Accepted::duplicate);
}

/// Its answer comes while the database takes nothing more.
class StuckSender final : public bot::Sender {
public:
    explicit StuckSender(std::filesystem::path database) : database_(std::move(database)) {}
    bot::SendResult send(const bot::Outgoing&) override {
        if (++sends_ == 1) {
            lock_.emplace(database_);
            lock_->execute("BEGIN IMMEDIATE");
        }
        bot::SendResult result;
        result.kind = Kind::sent;
        result.remote_id = "m" + std::to_string(sends_);
        return result;
    }
    bool repeats_are_harmless() const override { return false; }
    void release() { lock_.reset(); }

private:
    std::filesystem::path database_;
    std::optional<store::Database> lock_;
    int sends_ = 0;
};

TEST(Delivery, KnowsWhatArrivedThoughTheDatabaseNeverHeardOfIt) {
    // The longest a message may be in doubt is while it is being sent: not until the next commit.
    const Folder folder, after;
    Delivery::Inputs inputs;
    inputs.data_dir = folder.path();
    const auto sender = std::make_shared<StuckSender>(folder.path() / "delivery.db");
    Channel channel;
    channel.name = "test";
    channel.handle = echo;
    channel.sender = sender;
    inputs.channels.push_back(std::move(channel));
    const auto delivery = Delivery::open(std::move(inputs)).value();
    EXPECT_EQ(delivery->accept(event("1")), Accepted::stored);
    const auto noted = [&] {
        std::ifstream file(folder.path() / "delivery.notes");
        const std::string text(std::istreambuf_iterator<char>(file), {});
        return text.find("arrived") != std::string::npos && text.ends_with('\n');
    };
    while (!noted()) std::this_thread::yield();
    // What a killed program leaves behind.
    std::filesystem::copy(folder.path(), after.path(),
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::overwrite_existing);
    sender->release();

    const Bench next(after.path());
    next.settle();
    EXPECT_TRUE(next.sender->seen().empty());
    const auto answered = next.delivery->reply_to("test", "c", "m1");
    ASSERT_TRUE(answered);
    EXPECT_EQ(answered->question, "1");
}

TEST(Delivery, HoldsItsDataDirectoryAlone) {
    const Folder folder;
    const Bench bench(folder.path());
    const auto second = store::DeliveryStore::open(folder.path());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
}

TEST(Delivery, ErasesWhatWasAskedAndAnsweredWhenItIsDone) {
    const Folder folder;
    {
        const Bench bench(folder.path());
        ASSERT_EQ(bench.delivery->accept(event("1", "hemmelighedsfuldt")), Accepted::stored);
        bench.settle();
    }
    store::Database database(folder.path() / "delivery.db");
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    std::ifstream file(folder.path() / "delivery.db", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(bytes.find("hemmelighedsfuldt"), std::string::npos);
}

/// Each change of the store fails, one after the other: what was not acknowledged may be asked
/// again, what was is answered, once.
TEST(Delivery, SurvivesTheNthWriteFailing) {
    int faults_met = 0;
    for (int n = 1; n <= 12; ++n) {
        const Folder folder;
        std::atomic<int> failures = 0;
        const Bench bench(folder.path(), echo, Bench::quick(),
                          [&](std::string_view) { ++failures; });
        store::Database database(folder.path() / "delivery.db");
        database.execute("CREATE TABLE faults(left INTEGER NOT NULL)");
        database.execute(("INSERT INTO faults VALUES(" + std::to_string(n) + ")").c_str());
        for (const char* table : {"inbox", "outbox", "replies", "conversations"}) {
            for (const char* change : {"INSERT", "UPDATE"}) {
                database.execute(
                    (std::string("CREATE TRIGGER fault_") + table + change + " BEFORE " + change +
                     " ON " + table +
                     " BEGIN UPDATE faults SET left = left - 1; SELECT CASE WHEN (SELECT left "
                     "FROM faults) = 0 THEN RAISE(FAIL, 'disk') END; END")
                        .c_str());
            }
        }
        // The failing change takes its own count back: it fails until the disk is mended.
        const auto mend = [&] {
            if (failures == 0) return;
            ++faults_met;
            failures = 0;
            database.execute("UPDATE faults SET left = -1");
        };
        // What could not be written down is no repeat when it comes again.
        Event asked = event("1", "a");
        asked.fingerprint = "of it";
        Accepted accepted = Accepted::full;
        while (accepted == Accepted::full) {
            try {
                accepted = bench.delivery->accept(asked);
            } catch (const store::DatabaseError&) {
                ++failures;
                mend();
            }
        }
        EXPECT_EQ(accepted, Accepted::stored) << n;
        while (!bench.delivery->idle()) {
            mend();
            std::this_thread::yield();
        }
        ASSERT_EQ(bench.sender->seen().size(), 1U) << n;
        EXPECT_TRUE(bench.delivery->reply_to("test", "c", "m1")) << n;
    }
    EXPECT_GE(faults_met, 7);
}

}  // namespace
}  // namespace raadbot::delivery
