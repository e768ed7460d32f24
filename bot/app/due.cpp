#include "bot/app/due.hpp"

#include <algorithm>

#include "retrieval/danish/dates.hpp"

namespace raadbot::app {
namespace {

constexpr std::string_view failed_mark = " failed";

std::string setting_of(const SourceId& source) { return "read/" + source.value; }

}  // namespace

bool is_due(const sources::Source& source, const std::optional<LastReading>& last, Timestamp now) {
    if (sources::effective_state(source, danish::copenhagen_date(now)) != sources::State::approved)
        return false;
    if (!last) return true;
    const std::chrono::hours wait =
        last->failed ? std::min(source.refresh, std::chrono::hours{1}) : source.refresh;
    return now >= last->at + wait;
}

std::optional<LastReading> last_reading(const store::Store& store, const SourceId& source) {
    auto text = store.setting(setting_of(source));
    if (!text) return std::nullopt;
    LastReading last;
    last.failed = text->ends_with(failed_mark);
    if (last.failed) text->resize(text->size() - failed_mark.size());
    const auto at = parse_timestamp(*text);
    if (!at) return std::nullopt;
    last.at = *at;
    return last;
}

void note_reading(store::Store& store, const SourceId& source, const LastReading& reading) {
    store.put_setting(setting_of(source),
                      to_string(reading.at) + (reading.failed ? std::string(failed_mark) : ""));
}

}  // namespace raadbot::app
