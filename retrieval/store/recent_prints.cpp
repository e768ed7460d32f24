#include "retrieval/store/recent_prints.hpp"

namespace raadbot::store {

bool RecentPrints::holds(std::string_view print, std::int64_t since) {
    while (!order_.empty() && order_.front().when < since) forget_oldest();
    const auto found = newest_.find(print);
    return found != newest_.end() && found->second >= since;
}

void RecentPrints::add(std::string_view print, std::int64_t when) {
    if (order_.size() >= most_) forget_oldest();
    order_.push_back({std::string(print), when});
    newest_.erase(print);  // The key must view the newest text.
    newest_.emplace(order_.back().text, when);
}

void RecentPrints::clear() {
    newest_.clear();
    order_.clear();
}

void RecentPrints::forget_oldest() {
    const Print& print = order_.front();
    const auto found = newest_.find(print.text);
    if (found != newest_.end() && found->first.data() == print.text.data()) newest_.erase(found);
    order_.pop_front();
}

}  // namespace raadbot::store
