#include "bot/delivery/delivery.hpp"

#include <future>
#include <stdexcept>
#include <utility>

#include "bot/delivery/running.hpp"

namespace raadbot::delivery {
namespace {

Moment system_now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::optional<ReplyTo> to_reply(std::optional<store::ReplyRow> row) {
    if (!row) return std::nullopt;
    return ReplyTo{std::move(row->question), std::move(row->note)};
}

std::map<std::string, Limits> limits_of(const std::vector<Channel>& channels) {
    std::map<std::string, Limits> limits;
    for (const Channel& channel : channels) limits.emplace(channel.name, channel.limits);
    return limits;
}

}  // namespace

Job job_of(const OutboxRow& row) {
    return {row.id,     row.channel,           row.tenant, row.conversation, row.attempts,
            row.doubts, moment(row.not_before)};
}

Running::Running(Inputs inputs, std::unique_ptr<DeliveryStore> store)
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
    writer_ = std::make_unique<Writer>(std::move(store), [this] { wake(); });
    for (unsigned n = 0; n < options_.workers; ++n) threads_.emplace_back([this] { work(); });
    for (unsigned n = 0; n < options_.senders; ++n) threads_.emplace_back([this] { deliver(); });
}

void Running::accept_later(Event event, Answered answered) {
    auto row = std::make_shared<InboxRow>(
        InboxRow{0, std::move(event.channel), std::move(event.conversation), std::move(event.event),
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

std::optional<ReplyTo> Running::reply_to(std::string_view channel, std::string_view conversation,
                                         std::string_view remote_id) {
    const std::lock_guard lock(reading_);
    return to_reply(reader_->reply_by_remote_id(channel, conversation, remote_id));
}

std::optional<ReplyTo> Running::latest_reply(std::string_view channel,
                                             std::string_view conversation) {
    const std::lock_guard lock(reading_);
    return to_reply(reader_->latest_reply(channel, conversation));
}

std::optional<std::string> Running::note_of(std::string_view channel, std::string_view conversation,
                                            std::string_view question) {
    std::optional<std::string> found;
    writer_->write(
        [&](DeliveryStore& store) { found = store.note_of(channel, conversation, question); });
    return found;
}

Figures Running::figures() {
    const std::uint64_t commits = writer_->commits();
    const std::lock_guard lock(mutex_);
    Figures figures = figures_;
    figures.commits = commits;
    figures.waiting = intake_.waiting() + intake_.in_hand();
    figures.queued = schedule_.size();
    return figures;
}

bool Running::idle() {
    const std::lock_guard lock(mutex_);
    return accepting_ == 0 && intake_.waiting() == 0 && intake_.in_hand() == 0 &&
           schedule_.size() == 0;
}

void Running::stop() {
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

Accepted Running::taken_in(InboxRow&& row, bool failed, bool stored) {
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
    wake_workers_ = true;
    return Accepted::stored;
}

void Running::wake() {
    bool workers = false, senders = false;
    {
        const std::lock_guard lock(mutex_);
        std::swap(workers, wake_workers_);
        std::swap(senders, wake_senders_);
    }
    if (workers) to_handle_.notify_all();
    if (senders) to_send_.notify_all();
}

void Running::load(DeliveryStore& store) {
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
                log_("message " + std::to_string(row.id) + " given up: in doubt more than once");
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

bool Running::written(const Writer::Task& task) {
    try {
        writer_->write(task);
        return true;
    } catch (const store::DatabaseError& error) {
        log_(error.what());
        return false;
    }
}

std::vector<std::string> Known::before(std::string_view question) const {
    std::vector<std::string> texts;
    for (const Asked& earlier : asked) {
        if (earlier.question == question) break;
        texts.push_back(earlier.text);
    }
    return texts;
}

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
