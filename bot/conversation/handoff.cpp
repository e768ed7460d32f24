#include "bot/conversation/handoff.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "bot/conversation/guards.hpp"
#include "retrieval/danish/lexicon.hpp"
#include "retrieval/danish/personal_data.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::bot {
namespace {

/// Lower case, without what people put around words.
std::string bare(std::string_view text) {
    std::string out;
    for (const danish::Token& token : danish::tokenize(text)) {
        if (!out.empty()) out += ' ';
        out += token.text;
    }
    return out;
}

bool one_of(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool wants_handoff(std::string_view text) {
    return one_of(bare(text),
                  {"spørg sekretariatet", "spoerg sekretariatet", "send til sekretariatet",
                   "spørg et menneske", "ask the secretariat", "ask a person"});
}

bool agrees(std::string_view text) {
    return one_of(bare(text), {"ja send mit spørgsmål", "ja send spørgsmålet", "ja send det",
                               "ja send", "yes send my question", "yes send it", "yes send"});
}

/// The asker may only be sure of an address that nobody can guess.
std::string secret_id() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("no random numbers from the system");
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const unsigned char byte : bytes) {
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

}  // namespace

HandoffStep handoff_step(const Message& message) {
    if (wants_handoff(message.text)) return HandoffStep::ask;
    const bool told = !message.previous.empty() && wants_handoff(message.previous.back());
    return told && agrees(message.text) ? HandoffStep::send : HandoffStep::none;
}

std::string question_to_hand_over(const Message& message) {
    for (auto it = message.previous.rbegin(); it != message.previous.rend(); ++it) {
        if (!wants_handoff(*it) && !agrees(*it)) return *it;
    }
    return {};
}

Reply hand_off(const Message& message, HandoffStep step, store::Store& store,
               const HandoffContext& context) {
    Reply reply;
    reply.kind = ReplyKind::clarify;
    const std::string question =
        danish::mask_personal_data(danish::to_valid_nfc(question_to_hand_over(message)));
    const std::string heard = question.empty() ? message.text : question;
    reply.language = std::string(danish::question_language(heard));
    const auto say = [&](std::string_view key, Values values = {}) {
        values["name"] = context.contact.name;
        return context.texts.get(reply.language, key, values);
    };
    reply.ai_label = say("ai_label");
    if (question.empty()) {
        reply.text = say("handoff.nothing");
        return reply;
    }
    if (guard(question) == answer::RefusalReason::personal_data ||
        question != danish::to_valid_nfc(question_to_hand_over(message))) {
        reply.text = say("handoff.private");
        reply.contact = context.contact;
        return reply;
    }
    const std::string consent = say("handoff.consent");
    if (step == HandoffStep::ask) {
        reply.text =
            say("handoff.ask", {{"question", question}}) + "\n" +
            say("handoff.what", {{"days", std::to_string(handoff_days)}, {"consent", consent}});
        reply.options = {consent};
        return reply;
    }
    store::HandoffRow row;
    row.id = secret_id();
    row.channel = message.channel;
    row.target = message.reply_address;
    row.question = question;
    row.asked = message.now;
    if (context.keep) store::Ledger(store).add_handoff(row);
    const std::string url = context.public_url + "/henvendelse/" + row.id;
    reply.text = message.reply_address.empty() ? say("handoff.sent_link", {{"url", url}})
                                               : say("handoff.sent");
    reply.permalink = message.reply_address.empty() ? url : "";
    return reply;
}

void offer_handoff(const Message& message, Reply& reply, const Texts& texts) {
    const bool unanswered =
        reply.kind == ReplyKind::refused &&
        (reply.reason == "no_answer_in_material" || reply.reason == "out_of_scope");
    if (!unanswered || message.channel.empty()) return;
    reply.follow_ups.push_back(texts.get(reply.language, "handoff.offer"));
}

}  // namespace raadbot::bot
