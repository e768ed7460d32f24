#include "bot/delivery/intake.hpp"

namespace raadbot::delivery {

void Intake::add(store::InboxRow row, Moment ready) {
    const Key key{row.channel, row.conversation};
    Lane& lane = lanes_[key];
    if (lane.rows.empty() && !lane.in_hand) ready_.emplace(ready, row.seq, key);
    lane.rows.push_back(std::move(row));
    ++waiting_;
}

Intake::Next Intake::next(Moment now) {
    if (ready_.empty()) return std::monostate{};
    const auto first = ready_.begin();
    if (std::get<Moment>(*first) > now) return std::get<Moment>(*first);
    const Key key = std::get<Key>(*first);
    ready_.erase(first);
    Lane& lane = lanes_.at(key);
    store::InboxRow row = std::move(lane.rows.front());
    lane.rows.pop_front();
    lane.in_hand = true;
    --waiting_;
    ++in_hand_;
    return row;
}

void Intake::done(const store::InboxRow& row, Moment now) {
    const Key key{row.channel, row.conversation};
    const auto found = lanes_.find(key);
    --in_hand_;
    found->second.in_hand = false;
    if (found->second.rows.empty()) {
        lanes_.erase(found);
    } else {
        ready_.emplace(now, found->second.rows.front().seq, key);
    }
}

void Intake::again(store::InboxRow row, Moment ready) {
    const Key key{row.channel, row.conversation};
    Lane& lane = lanes_.at(key);
    lane.in_hand = false;
    --in_hand_;
    ++waiting_;
    ready_.emplace(ready, row.seq, key);
    lane.rows.push_front(std::move(row));
}

std::size_t Intake::waiting(const std::string& channel, const std::string& conversation) const {
    const auto found = lanes_.find({channel, conversation});
    if (found == lanes_.end()) return 0;
    return found->second.rows.size() + (found->second.in_hand ? 1 : 0);
}

}  // namespace raadbot::delivery
