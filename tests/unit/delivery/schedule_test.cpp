#include "bot/delivery/schedule.hpp"

#include <gtest/gtest.h>

#include <random>

#include "bot/delivery/intake.hpp"

namespace raadbot::delivery {
namespace {

using namespace std::chrono_literals;
using Kind = bot::SendResult::Kind;

const Moment start{std::chrono::milliseconds{1'000'000'000}};

RetryOptions retry() {
    RetryOptions options;
    options.seed = 7;
    return options;
}

Limits teams_limits() { return {{{1s, 7}, {2s, 8}, {30s, 60}, {3'600s, 1'800}}, {{1s, 50}}}; }

Job job(std::int64_t id, std::string conversation = "a", std::string tenant = "t") {
    return {id, "teams", std::move(tenant), std::move(conversation), 0, 0, Moment{}};
}

bot::SendResult result(Kind kind) {
    bot::SendResult r;
    r.kind = kind;
    return r;
}

std::int64_t sends(const Step& step) {
    const auto* send = std::get_if<Send>(&step);
    return send == nullptr ? 0 : send->id;
}

Verdict finish(Schedule& schedule, std::int64_t id, const bot::SendResult& r, bool harmless,
               Moment now) {
    Verdict verdict = schedule.judge(id, r, harmless, now);
    schedule.settle(verdict, now);
    return verdict;
}

TEST(Schedule, SendsInOrderWithinAConversationAndSideBySideBetweenThem) {
    Schedule schedule(retry(), {});
    schedule.add(job(1, "a"));
    schedule.add(job(2, "a"));
    schedule.add(job(3, "b"));
    EXPECT_EQ(sends(schedule.next(start)), 1);
    EXPECT_EQ(sends(schedule.next(start)), 3);
    EXPECT_TRUE(std::holds_alternative<Idle>(schedule.next(start)));
    EXPECT_EQ(finish(schedule, 1, result(Kind::sent), false, start).kind, Verdict::Kind::sent);
    EXPECT_EQ(sends(schedule.next(start)), 2);
}

TEST(Schedule, LetsNothingPassWhileAVerdictIsNotSettled) {
    Schedule schedule(retry(), {});
    schedule.add(job(1));
    schedule.add(job(2));
    ASSERT_EQ(sends(schedule.next(start)), 1);
    const Verdict verdict = schedule.judge(1, result(Kind::sent), false, start);
    EXPECT_TRUE(std::holds_alternative<Idle>(schedule.next(start)));
    schedule.settle(verdict, start);
    EXPECT_EQ(sends(schedule.next(start)), 2);
}

TEST(Schedule, HoldsBackWhatFollowsAFailedMessageUntilItsTime) {
    Schedule schedule(retry(), {});
    schedule.add(job(1));
    schedule.add(job(2));
    ASSERT_EQ(sends(schedule.next(start)), 1);
    const Verdict verdict = finish(schedule, 1, result(Kind::busy), false, start);
    ASSERT_EQ(verdict.kind, Verdict::Kind::again);
    EXPECT_GE(verdict.job.not_before, start + 500ms);
    EXPECT_LE(verdict.job.not_before, start + 1s);
    const Step step = schedule.next(start);
    ASSERT_TRUE(std::holds_alternative<WaitUntil>(step));
    EXPECT_EQ(std::get<WaitUntil>(step).when, verdict.job.not_before);
    EXPECT_EQ(sends(schedule.next(verdict.job.not_before - 1ms)), 0);
    EXPECT_EQ(sends(schedule.next(verdict.job.not_before)), 1);
}

TEST(Schedule, NeverSendsBeforeWhatThePeerAskedFor) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        RetryOptions options = retry();
        options.seed = seed;
        Schedule schedule(options, {});
        schedule.add(job(1));
        ASSERT_EQ(sends(schedule.next(start)), 1);
        bot::SendResult throttled = result(Kind::busy);
        throttled.retry_after = 17s;
        const Verdict verdict = finish(schedule, 1, throttled, false, start);
        EXPECT_GE(verdict.job.not_before, start + 17s) << "seed " << seed;
        EXPECT_LE(verdict.job.not_before, start + 19s) << "seed " << seed;
        EXPECT_EQ(sends(schedule.next(start + 17s - 1ms)), 0) << "seed " << seed;
    }
}

TEST(Schedule, BacksOffToItsLimitAndGivesUp) {
    RetryOptions options = retry();
    options.attempts = 12;
    Schedule schedule(options, {});
    schedule.add(job(1));
    schedule.add(job(2));
    Moment now = start;
    std::chrono::milliseconds longest{0};
    for (int n = 1;; ++n) {
        ASSERT_EQ(sends(schedule.next(now)), 1) << n;
        const Verdict verdict = finish(schedule, 1, result(Kind::busy), false, now);
        if (verdict.kind == Verdict::Kind::failed) {
            EXPECT_EQ(n, 12);
            break;
        }
        longest = std::max(longest, verdict.job.not_before - now);
        now = verdict.job.not_before;
    }
    EXPECT_LE(longest, 300s);
    EXPECT_GE(longest, 150s);
    EXPECT_EQ(sends(schedule.next(now)), 2);  // It blocked nobody for ever.
}

TEST(Schedule, RepeatsADoubtfulMessageOnce) {
    Schedule schedule(retry(), {});
    schedule.add(job(1));
    ASSERT_EQ(sends(schedule.next(start)), 1);
    const Verdict first = finish(schedule, 1, result(Kind::unknown), false, start);
    ASSERT_EQ(first.kind, Verdict::Kind::again);
    EXPECT_EQ(first.job.doubts, 1);
    ASSERT_EQ(sends(schedule.next(first.job.not_before)), 1);
    EXPECT_EQ(finish(schedule, 1, result(Kind::unknown), false, first.job.not_before).kind,
              Verdict::Kind::failed);
}

TEST(Schedule, RepeatsWhatIsHarmlessAsOftenAsAnythingElse) {
    Schedule schedule(retry(), {});
    schedule.add(job(1));
    Moment now = start;
    for (int n = 0; n < 5; ++n) {
        ASSERT_EQ(sends(schedule.next(now)), 1);
        const Verdict verdict = finish(schedule, 1, result(Kind::unknown), true, now);
        ASSERT_EQ(verdict.kind, Verdict::Kind::again);
        EXPECT_EQ(verdict.job.doubts, 0);
        now = verdict.job.not_before;
    }
}

TEST(Schedule, RecoversAMessageThatWasCutShort) {
    Schedule schedule(retry(), {});
    Job cut = job(1);
    cut.attempts = 1;
    const Verdict again = schedule.recover(cut, false, start);
    ASSERT_EQ(again.kind, Verdict::Kind::again);
    EXPECT_EQ(again.job.doubts, 1);
    const Verdict twice = schedule.recover(again.job, false, start);
    EXPECT_EQ(twice.kind, Verdict::Kind::failed);
}

TEST(Schedule, DropsWhatWaitsWhenTheConversationIsClosed) {
    Schedule schedule(retry(), {});
    schedule.add(job(1));
    schedule.add(job(2));
    schedule.add(job(3));
    schedule.add(job(4, "b"));
    ASSERT_EQ(sends(schedule.next(start)), 1);
    const Verdict verdict = schedule.judge(1, result(Kind::closed), false, start);
    EXPECT_EQ(schedule.settle(verdict, start), (std::vector<std::int64_t>{2, 3}));
    EXPECT_EQ(schedule.size(), 1U);
    EXPECT_EQ(sends(schedule.next(start)), 4);
}

TEST(Schedule, GoesOnAfterARefusedMessage) {
    Schedule schedule(retry(), {});
    schedule.add(job(1));
    schedule.add(job(2));
    ASSERT_EQ(sends(schedule.next(start)), 1);
    EXPECT_EQ(finish(schedule, 1, result(Kind::refused), false, start).kind, Verdict::Kind::failed);
    EXPECT_EQ(sends(schedule.next(start)), 2);
}

// Random load against the plain reading of the limits.
TEST(Schedule, KeepsEveryWindowOfConversationAndTenant) {
    std::mt19937_64 random(11);
    Schedule schedule(retry(), {{"teams", teams_limits()}});
    std::map<std::string, std::vector<Moment>> sent;
    std::map<std::int64_t, std::string> where;
    std::int64_t id = 0;
    Moment now = start;
    for (int n = 0; n < 3'000; ++n) {
        const std::string conversation = "c" + std::to_string(random() % 12);
        where[++id] = conversation;
        schedule.add(job(id, conversation, "one tenant"));
    }
    std::size_t done = 0;
    while (schedule.size() > 0) {
        const Step step = schedule.next(now);
        if (const auto* send = std::get_if<Send>(&step)) {
            sent[where[send->id]].push_back(now);
            sent["tenant"].push_back(now);
            finish(schedule, send->id, result(Kind::sent), false, now);
            ++done;
            continue;
        }
        ASSERT_TRUE(std::holds_alternative<WaitUntil>(step));
        const Moment when = std::get<WaitUntil>(step).when;
        ASSERT_GT(when, now);
        now = when;
    }
    EXPECT_EQ(done, 3'000U);
    for (const auto& [name, moments] : sent) {
        const std::vector<Window> windows =
            name == "tenant" ? teams_limits().per_tenant : teams_limits().per_conversation;
        for (const Window& window : windows) {
            for (std::size_t n = window.count; n < moments.size(); ++n) {
                ASSERT_GE(moments[n] - moments[n - window.count], window.span) << name;
            }
        }
    }
}

TEST(Intake, HandsOutOneOfAConversationAtATime) {
    Intake intake;
    const auto row = [](std::int64_t seq, std::string conversation) {
        store::InboxRow r;
        r.seq = seq;
        r.channel = "teams";
        r.conversation = std::move(conversation);
        return r;
    };
    intake.add(row(1, "a"), start);
    intake.add(row(2, "a"), start);
    intake.add(row(3, "b"), start);
    auto first = std::get<store::InboxRow>(intake.next(start));
    EXPECT_EQ(first.seq, 1);
    EXPECT_EQ(std::get<store::InboxRow>(intake.next(start)).seq, 3);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(intake.next(start)));
    EXPECT_EQ(intake.waiting("teams", "a"), 2U);
    intake.again(first, start + 1s);
    EXPECT_EQ(std::get<Moment>(intake.next(start)), start + 1s);
    first = std::get<store::InboxRow>(intake.next(start + 1s));
    EXPECT_EQ(first.seq, 1);
    intake.done(first, start + 1s);
    EXPECT_EQ(std::get<store::InboxRow>(intake.next(start + 1s)).seq, 2);
    EXPECT_EQ(intake.waiting(), 0U);
    EXPECT_EQ(intake.in_hand(), 2U);
}

}  // namespace
}  // namespace raadbot::delivery
