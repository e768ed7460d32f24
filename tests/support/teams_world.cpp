#include "tests/support/teams_world.hpp"

#include <stdexcept>

namespace raadbot::test {

bot::Reply some_reply(std::uint32_t sources) {
    bot::Reply reply;
    reply.kind = bot::ReplyKind::answered;
    reply.answer_id = "a1";
    reply.permalink = "https://raadbot.example.dk/svar/a1";
    reply.ai_label = "Automatisk svar fra Raadbot (kunstig intelligens).";
    reply.follow_ups = {"Hvornår er næste møde?", "Hvem er formand?", "Hvad koster det?",
                        "Og den fjerde?"};
    for (std::uint32_t n = 1; n <= sources; ++n) {
        const std::string mark = "[" + std::to_string(n) + "]";
        reply.text += (n == 1 ? "" : "\n") + std::string("Udvalget godkendte punkt ") +
                      std::to_string(n) + " " + mark;
        bot::ReplySource source;
        source.number = n;
        source.url = "https://egelund.example.dk/referat/" + std::to_string(n) + "#punkt-4";
        source.title = "Teknik- og Miljøudvalget, punkt " + std::to_string(n);
        source.kind = "meetings";
        source.committee = "Teknik- og Miljøudvalget";
        source.date = "2026-03-04";
        source.section = "beslutning";
        source.quote = "Udvalget godkendte indstillingen.";
        reply.sources.push_back(source);
    }
    return reply;
}

bot::Reply FakeConversation::reply(const bot::Message& message) {
    const std::lock_guard lock(mutex_);
    asked_.push_back(message);
    if (message.text == "gift") throw std::runtime_error("cannot");
    bot::Reply reply = some_reply();
    reply.text = "Du spurgte: " + message.text + "\n" + reply.text;
    reply.answer_id = "a" + std::to_string(asked_.size());
    return reply;
}
std::optional<bot::Reply> FakeConversation::kept(std::string_view, const std::vector<Audience>&,
                                                 Timestamp) {
    return std::nullopt;
}
bool FakeConversation::feedback(std::string_view answer_id, bool helpful, std::string_view comment,
                                Timestamp, std::string_view key) {
    const std::lock_guard lock(mutex_);
    if (!keys_.insert(std::string(key)).second && !key.empty()) return true;
    rated_.push_back(std::string(answer_id) + (helpful ? " +" : " -") + std::string(comment));
    return true;
}
std::vector<std::string> FakeConversation::example_questions(std::string_view) {
    return {"Hvad er en partshøring?", "Hvornår er næste byrådsmøde?"};
}
std::vector<bot::Message> FakeConversation::asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
}
std::size_t FakeConversation::questions() {
    const std::lock_guard lock(mutex_);
    return asked_.size();
}
std::vector<std::string> FakeConversation::rated() {
    const std::lock_guard lock(mutex_);
    return rated_;
}

teams::Options teams_options() {
    teams::Options options;
    options.app_id = teams_app;
    options.tenants = {teams_tenant};
    options.client_secret = "hemmelig";
    options.municipality = "Egelund Kommune";
    options.public_url = "https://raadbot.example.dk";
    return teams::checked(options).value();
}

teams::Json teams_activity(const std::string& id, const std::string& text,
                           const teams::Json& more) {
    teams::Json activity{
        {"type", "message"},
        {"id", id},
        {"timestamp", "2026-11-23T08:00:00.000Z"},
        {"channelId", "msteams"},
        {"serviceUrl", teams_service},
        {"from",
         {{"id", "29:asker"},
          {"name", "Alex"},
          {"aadObjectId", "0a0a0a0a-0000-0000-0000-000000000001"}}},
        {"recipient", {{"id", std::string("28:") + teams_app}, {"name", "Raadbot"}}},
        {"conversation",
         {{"id", "a:chat"}, {"conversationType", "personal"}, {"tenantId", teams_tenant}}},
        {"channelData", {{"tenant", {{"id", teams_tenant}}}}},
        {"textFormat", "plain"},
        {"text", text}};
    activity.merge_patch(more);
    return activity;
}

}  // namespace raadbot::test
