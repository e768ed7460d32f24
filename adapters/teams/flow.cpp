#include "adapters/teams/flow.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "adapters/teams/audience.hpp"
#include "retrieval/danish/personal_data.hpp"

namespace raadbot::teams {
namespace {

std::string digest(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts)
        text += std::to_string(part.size()) + ":" + std::string(part);
    std::array<unsigned char, 32> hash{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), hash.data(), &size, EVP_sha256(), nullptr);
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out;
    for (const unsigned char byte : hash) {
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
    return out;
}

bool has(const std::vector<std::string>& list, const std::string& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

/// What is needed when the event's turn comes; erased from disk then.
Json payload(const char* kind, const Activity& a, const Options& options) {
    Json audiences = Json::array();
    for (const Audience& audience : audiences_of(a, options.audiences))
        audiences.push_back(audience.value);
    return {{"kind", kind},
            {"id", a.id},
            {"text", a.text},
            {"bot", a.recipient_id},
            {"asker", a.place == Place::personal ? a.from_id : std::string()},
            {"personal", a.place == Place::personal},
            {"audiences", std::move(audiences)},
            {"staff", staff_of(a, options.staff)}};
}

Store store(const char* kind, const std::string& key, const std::string& conversation,
            const Activity& a, const Options& options, const std::string& channel) {
    delivery::Event event;
    event.channel = channel;
    event.conversation = conversation;
    event.event = key;
    event.tenant = a.tenant.empty() ? a.conversation_tenant : a.tenant;
    event.target = serialised({{"serviceUrl", a.service_url}, {"conversation", conversation}});
    event.payload = serialised(payload(kind, a, options));
    return {std::move(event)};
}

Decision decide_message(Activity a, const Options& options, const std::string& channel) {
    // A button on one of our cards carries its question, and needs no mention; what other cards
    // send is not ours to answer.
    if (a.text.empty() && a.value.is_object()) {
        a.text = string_at(a.value, "question");
        if (a.text.empty()) return Ignore{};
    } else if (!a.addressed) {
        return Ignore{};
    }
    const std::string where = reply_conversation(a);
    const std::string print = digest({a.from_id, where, a.text, serialised(a.value)});
    Store out = store(a.text.empty() ? "help" : "ask", a.id.empty() ? "none/" + print : a.id, where,
                      a, options, channel);
    out.event.fingerprint = print;  // Teams sometimes sends the same again under a new id.
    return out;
}

Decision decide_update(const Activity& a, const Options& options, const std::string& channel) {
    if (a.id.empty() || !a.addressed || a.text.empty()) return Ignore{};
    if (a.event_type != "editMessage" && a.event_type != "undeleteMessage") return Ignore{};
    // The id is the question's own: what makes this edit another one is its time and its text.
    const std::string key =
        a.id + "/" + a.event_type + "/" + digest({a.timestamp, a.text}).substr(0, 24);
    return store("ask", key, reply_conversation(a), a, options, channel);
}

Decision decide_members(const Activity& a, const Options& options, const std::string& channel) {
    if (a.event_type == "channelDeleted" || a.event_type == "teamDeleted" ||
        a.event_type == "teamHardDeleted" || has(a.removed, a.recipient_id)) {
        const bool one_channel = a.event_type == "channelDeleted" && !a.channel.empty();
        const std::string& gone = one_channel ? a.channel : a.conversation_id;
        return store("forget", "forget/" + a.id, std::string(without_thread(gone)), a, options,
                     channel);
    }
    if (has(a.added, a.recipient_id) && options.welcome) {
        return store("greet", "greet/" + a.id, a.conversation_id, a, options, channel);
    }
    return Ignore{};
}

/// Names a vote: Teams may send it again.
std::string vote_of(const Activity& a) {
    return a.id.empty() ? std::string()
                        : digest({a.conversation_id, a.id, a.from_id, a.reply_to, a.type});
}

Decision decide_reaction(const Activity& a) {
    if (a.reply_to.empty()) return Ignore{};
    for (const std::string& reaction : a.reactions_added) {
        const bool liked = reaction == "like" || reaction == "heart";
        const bool disliked = reaction == "sad" || reaction == "angry";
        if (liked || disliked)
            return Rate{reply_conversation(a), a.reply_to, liked, {}, vote_of(a)};
    }
    return Ignore{};
}

Json task_message(const char* text) { return {{"task", {{"type", "message"}, {"value", text}}}}; }

Decision decide_invoke(const Activity& a, const Options& options) {
    const bool danish = options.language != "en";
    if (is_feedback(a)) {
        FormFeedback feedback = read_feedback(a);
        return Rate{a.conversation_id, a.reply_to, feedback.helpful,
                    danish::mask_personal_data(feedback.comment), vote_of(a)};
    }
    if (a.name == "message/submitAction" || a.name == "suggestedActions/submit") {
        return Say{200, Json::object()};
    }
    if (a.name == "composeExtension/query") {
        // All there is was in the first answer.
        const Json& skip = value_at(a.value, "queryOptions", "skip");
        if (skip.is_number() && skip > 0) return Say{200, search_result({})};
        std::string text;
        if (const Json& parameters = value_at(a.value, "parameters"); parameters.is_array()) {
            for (const Json& parameter : parameters) {
                if (string_at(parameter, "name") != "initialRun")
                    text = string_at(parameter, "value");
            }
        }
        return Search{shortened(text, 500), room_audiences_of(a, options.audiences)};
    }
    if (a.name == "composeExtension/queryLink") {
        return Say{
            200,
            {{"composeExtension",
              {{"type", "result"}, {"attachmentLayout", "list"}, {"attachments", Json::array()}}}}};
    }
    if (a.name == "adaptiveCard/action") {
        return Say{
            200,
            {{"statusCode", 400},
             {"type", "application/vnd.microsoft.error"},
             {"value",
              {{"code", "BadRequest"},
               {"message", danish ? "Den knap er ikke i brug længere. Stil spørgsmålet igen."
                                  : "That button is no longer in use. Please ask again."}}}}};
    }
    if (a.name == "message/fetchTask" || a.name == "task/fetch" || a.name == "task/submit" ||
        a.name == "composeExtension/fetchTask") {
        return Say{200, task_message(danish ? "Stil dit spørgsmål i chatten."
                                            : "Please ask in the chat.")};
    }
    return Say{501, {}};  // Sign-in, files, configuration: not used.
}

std::string question_of(const delivery::Event& event, const Json& payload) {
    const std::string id = string_at(payload, "id");
    return id.empty() ? event.event : id;
}

Address address_of(const delivery::Event& event, const Json& payload) {
    return {string_at(payload, "bot"), read_target(event.target).conversation,
            string_at(payload, "id"), string_at(payload, "asker")};
}

bot::Message question(const Json& payload, const std::string& channel,
                      const std::string& question_id, const delivery::Known& known, Timestamp now) {
    bot::Message message;
    message.channel = channel;
    message.text = string_at(payload, "text");
    message.previous = known.before(question_id);
    message.audiences.clear();
    for (const Json& audience : value_at(payload, "audiences")) {
        if (audience.is_string()) message.audiences.push_back({audience.get<std::string>()});
    }
    message.staff = string_at(payload, "staff");
    message.now = now;
    return message;
}

}  // namespace

Decision decide(const Activity& a, const Options& options, const std::string& channel) {
    if (a.type == "invoke") return decide_invoke(a, options);
    // Never answer ourselves or another bot.
    if (a.from_bot || (!a.from_id.empty() && a.from_id == a.recipient_id) ||
        a.conversation_id.empty()) {
        return Ignore{};
    }
    if (a.type == "message") return decide_message(a, options, channel);
    if (a.type == "messageUpdate") return decide_update(a, options, channel);
    if (a.type == "messageDelete" && a.event_type == "softDeleteMessage" && !a.id.empty()) {
        return store("delete", a.id + "/delete/" + a.timestamp, reply_conversation(a), a, options,
                     channel);
    }
    if (a.type == "messageReaction") return decide_reaction(a);
    if (a.type == "conversationUpdate") return decide_members(a, options, channel);
    if (a.type == "installationUpdate") {
        if (a.action.starts_with("remove")) {
            return store("forget", "forget/" + a.id, std::string(without_thread(a.conversation_id)),
                         a, options, channel);
        }
        if (a.action == "add" && options.welcome) {
            return store("greet", "greet/" + a.id, a.conversation_id, a, options, channel);
        }
    }
    return Ignore{};
}

Target read_target(const std::string& text) {
    const auto json = parse_json(text, 4);
    if (!json) return {};
    return {string_at(*json, "serviceUrl"), string_at(*json, "conversation")};
}

delivery::Handling respond(const delivery::Event& event, const delivery::Known& known,
                           const Options& options, bot::Conversation& conversation, Timestamp now) {
    const Json data = parse_json(event.payload).value_or(Json::object());
    const std::string kind = string_at(data, "kind");
    delivery::Handling out;
    if (kind == "forget") {
        out.forget_conversation = true;
        return out;
    }
    out.question = question_of(event, data);
    if (kind == "delete") {
        out.forget_question = true;
        return out;
    }
    Address address = address_of(event, data);
    if (kind == "greet" || kind == "help") {
        out.greet = kind == "greet";
        if (out.greet) address.reply_to.clear();
        out.parts = {{serialised(welcome_message(conversation.example_questions(options.language),
                                                 options.municipality, options.language, address)),
                      ""}};
        return out;
    }
    if (event.busy) {
        out.parts = {{serialised(text_message(card_texts(options.language).busy, address)), ""}};
        return out;
    }
    if (kind == "say") {  // Staff answer what was handed over to them.
        out.question = event.event;
        out.parts = {{serialised(text_message(string_at(data, "text"), address)), ""}};
        return out;
    }
    bot::Message message = question(data, event.channel, out.question, known, now);
    Json way_back = data;
    way_back["kind"] = "say";
    way_back["text"] = "";
    message.reply_address = serialised({{"conversation", event.conversation},
                                        {"tenant", event.tenant},
                                        {"target", event.target},
                                        {"payload", std::move(way_back)}});
    const bot::Reply reply = conversation.reply(message);
    Json said = answer_message(reply, address);
    const auto card = options.source_cards ? source_message(reply, address) : std::nullopt;
    // Suggestions are shown under the last message alone: the card has them as buttons.
    if (card) said.erase("suggestedActions");
    out.parts.push_back({serialised(said), reply.answer_id});
    if (card) out.parts.push_back({serialised(*card), reply.answer_id});
    out.remember = danish::mask_personal_data(message.text);
    return out;
}

delivery::Handling meanwhile(const delivery::Event& event, std::size_t step,
                             const Options& options) {
    delivery::Handling out;
    const Json data = parse_json(event.payload).value_or(Json::object());
    const bool personal = value_at(data, "personal") == true;
    if (string_at(data, "kind") != "ask" || event.busy || step >= (personal ? 2U : 1U)) return out;
    const CardTexts& words = card_texts(options.language);
    const Address address = address_of(event, data);
    const std::string& text = step == 0 ? words.searching : words.still_searching;
    out.question = question_of(event, data);
    out.parts = {
        {serialised(personal ? step_message(text, address) : text_message(text, address)), ""}};
    return out;
}

delivery::Handling apologise(const delivery::Event& event, const Options& options) {
    const Json data = parse_json(event.payload).value_or(Json::object());
    delivery::Handling out;
    const std::string kind = string_at(data, "kind");
    if (kind != "ask" && kind != "help") return out;
    out.question = question_of(event, data);
    out.parts = {
        {serialised(text_message(card_texts(options.language).sorry, address_of(event, data))),
         ""}};
    return out;
}

delivery::Channel channel_of(std::string name, const Options& options,
                             bot::Conversation& conversation, const bot::Clock& clock) {
    delivery::Channel channel;
    channel.name = std::move(name);
    channel.limits = options.limits;
    channel.handle = [&options, &conversation, &clock](const delivery::Event& event,
                                                       const delivery::Known& known) {
        return respond(event, known, options, conversation, clock.now());
    };
    channel.meanwhile = [&options](const delivery::Event& event, std::size_t step) {
        return meanwhile(event, step, options);
    };
    channel.apology = [&options](const delivery::Event& event) {
        return apologise(event, options);
    };
    return channel;
}

}  // namespace raadbot::teams
