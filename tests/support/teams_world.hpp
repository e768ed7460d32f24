// What Teams tests share: a conversation that answers from a table, activities, and a clock that
// stands still.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/teams/codec.hpp"
#include "adapters/teams/options.hpp"
#include "bot/conversation/conversation.hpp"

namespace raadbot::test {

inline constexpr const char* teams_app = "11111111-2222-3333-4444-555555555555";
inline constexpr const char* teams_tenant = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
inline constexpr const char* teams_service = "https://smba.trafficmanager.net/emea/";

/// A reply with `sources` sources, cited one after the other.
[[nodiscard]] bot::Reply some_reply(std::uint32_t sources = 2);

/// Answers everything with some_reply(), "gift" by throwing; remembers what it was asked.
class FakeConversation : public bot::Conversation {
public:
    bot::Reply reply(const bot::Message& message) override;
    std::optional<bot::Reply> kept(std::string_view, const std::vector<Audience>&,
                                   Timestamp) override;
    bool feedback(std::string_view answer_id, bool helpful, std::string_view comment, Timestamp,
                  std::string_view key) override;
    bool take_back(std::string_view) override { return false; }
    std::vector<std::string> example_questions(std::string_view) override;
    void refresh() override {}

    std::vector<bot::Message> asked();
    std::size_t questions();
    std::vector<std::string> rated();

private:
    std::mutex mutex_;
    std::vector<bot::Message> asked_;
    std::vector<std::string> rated_;
    std::set<std::string> keys_;
};

[[nodiscard]] teams::Options teams_options();
/// A message as Teams sends it; `more` is merged in.
[[nodiscard]] teams::Json teams_activity(const std::string& id, const std::string& text,
                                         const teams::Json& more = teams::Json::object());

}  // namespace raadbot::test
