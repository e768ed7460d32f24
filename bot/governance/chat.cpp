#include "bot/governance/chat.hpp"

#include <algorithm>

#include "retrieval/danish/dates.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::governance {
namespace {

using bot::Reply;
using bot::ReplyKind;

constexpr std::size_t most_listed = 50;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

/// The first word; `rest` is what follows it.
std::string_view first_word(std::string_view text, std::string_view& rest) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    rest = trimmed(text.substr(end));
    return text.substr(0, end);
}

bool whole_bot(std::string_view subject) {
    return subject == "alt" || subject == "all" || subject == "alle";
}

class StaffConversation final : public bot::Conversation {
public:
    StaffConversation(ChatOptions options, bot::Texts texts,
                      std::unique_ptr<bot::Conversation> inner)
        : options_(std::move(options)), texts_(std::move(texts)), inner_(std::move(inner)) {}

    Reply reply(const bot::Message& message) override {
        const ChatCommand command = parse_command(message.text);
        if (command.verb == ChatCommand::Verb::none) return inner_->reply(message);
        Reply reply;
        reply.kind = ReplyKind::clarify;
        reply.language = command.language;
        reply.ai_label = texts_.get(reply.language, "staff.label");
        reply.text = carry_out(command, message);
        return reply;
    }
    std::optional<Reply> kept(std::string_view id, const std::vector<Audience>& audiences,
                              Timestamp now) override {
        return inner_->kept(id, audiences, now);
    }
    bool feedback(std::string_view id, bool helpful, std::string_view comment, Timestamp now,
                  std::string_view key) override {
        return inner_->feedback(id, helpful, comment, now, key);
    }
    bool take_back(std::string_view key) override { return inner_->take_back(key); }
    std::vector<std::string> example_questions(std::string_view language) override {
        return inner_->example_questions(language);
    }
    void refresh() override { inner_->refresh(); }

private:
    std::string carry_out(const ChatCommand& command, const bot::Message& message) const {
        const auto say = [&](std::string_view key, const bot::Values& values = {}) {
            return texts_.get(command.language, key, values);
        };
        const auto who = std::find_if(options_.staff.begin(), options_.staff.end(),
                                      [&](const Person& p) { return p.login == message.staff; });
        if (message.staff.empty() || who == options_.staff.end()) return say("staff.not_you");
        const auto store = store::Store::open(options_.desk.data_dir);
        const auto account = store::Ledger(*store).staff(who->login);
        if (account && account->disabled) return say("staff.not_you");
        Desk desk(*store, options_.desk, *who, message.now);
        if (command.verb == ChatCommand::Verb::sources) {
            if (!desk.allowed(Act::look)) return say("staff.denied");
            return list_of(*store, command.language, message.now);
        }
        if (command.subject.empty()) return say("staff.usage");
        if (command.verb == ChatCommand::Verb::pause && command.reason.empty())
            return say("staff.why");
        const SourceId id{command.subject};
        const bot::Values values{{"source", command.subject}, {"url", options_.admin_url}};
        if (whole_bot(command.subject)) {
            if (command.verb == ChatCommand::Verb::pause)
                return outcome(desk.stop(command.reason), "staff.stopped", command, values);
            return outcome(desk.go_on(), "staff.started", command, values);
        }
        if (command.verb == ChatCommand::Verb::pause)
            return outcome(desk.pause_source(id, command.reason), "staff.paused", command, values);
        const auto proposal = desk.propose_return(id);
        Result<void> result;
        if (!proposal) result = tl::unexpected(proposal.error());
        return outcome(
            result, options_.admin_url.empty() ? "staff.proposed_without_page" : "staff.proposed",
            command, values);
    }

    std::string outcome(const Result<void>& result, std::string_view key,
                        const ChatCommand& command, const bot::Values& values) const {
        if (result) return texts_.get(command.language, key, values);
        switch (result.error().code) {
            case ErrorCode::denied: return texts_.get(command.language, "staff.denied");
            case ErrorCode::not_found:
                return texts_.get(command.language, "staff.unknown_source", values);
            case ErrorCode::conflict: return texts_.get(command.language, "staff.conflict", values);
            default: return texts_.get(command.language, "staff.usage");
        }
    }

    std::string list_of(const store::Store& store, const std::string& language,
                        Timestamp now) const {
        const Date today = danish::copenhagen_date(now);
        const auto counts = store.source_counts();
        std::string out = texts_.get(language, "staff.sources");
        std::size_t listed = 0;
        const auto sources = store.all_sources();
        for (const sources::Source& source : sources) {
            if (source.state == sources::State::removed) continue;
            if (++listed > most_listed) break;
            std::uint64_t documents = 0;
            for (const auto& count : counts) {
                if (count.source == source.id) documents = count.documents;
            }
            const sources::State state = sources::effective_state(source, today);
            out += "\n- " +
                   texts_.get(language, "staff.line",
                              {{"source", source.id.value},
                               {"state", texts_.get(language, "staff.state_" +
                                                                  std::string(to_string(state)))},
                               {"documents", std::to_string(documents)},
                               {"audience", source.audience.value}});
            if (source.review_date) {
                const std::string day = language == "en" ? danish::english_date(*source.review_date)
                                                         : danish::danish_date(*source.review_date);
                out += texts_.get(language, "staff.until", {{"date", day}});
            }
        }
        if (const auto reason = store.setting(pause_setting))
            out += "\n" + texts_.get(language, "staff.bot_paused", {{"reason", *reason}});
        return out;
    }

    ChatOptions options_;
    bot::Texts texts_;
    std::unique_ptr<bot::Conversation> inner_;
};

}  // namespace

ChatCommand parse_command(std::string_view text) {
    ChatCommand command;
    std::string_view rest;
    // A name written with capitals or with "ae" is the same command.
    std::string verb = danish::fold(first_word(trimmed(text), rest));
    // Element keeps "/" for its own commands; on Matrix people write "!".
    if (verb.starts_with('!')) verb[0] = '/';
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), verb) != names.end();
    };
    using Verb = ChatCommand::Verb;
    if (is({"/kilder", "/sources"})) {
        command.verb = Verb::sources;
    } else if (is({"/pause"})) {
        command.verb = Verb::pause;
    } else if (is({"/fortsæt", "/fortsaet", "/genoptag", "/resume"})) {
        command.verb = Verb::resume;
    } else {
        return command;
    }
    if (is({"/sources", "/resume"})) command.language = "en";
    std::string_view reason;
    std::string subject(first_word(rest, reason));
    while (subject.ends_with(':') || subject.ends_with(',')) subject.pop_back();
    command.subject = danish::fold(subject);
    command.reason = std::string(reason.substr(0, 500));
    return command;
}

Result<std::unique_ptr<bot::Conversation>> with_commands(ChatOptions options,
                                                         std::unique_ptr<bot::Conversation> inner) {
    auto texts = bot::Texts::load(options.texts_dir);
    if (!texts) return tl::unexpected(texts.error());
    return std::unique_ptr<bot::Conversation>(
        new StaffConversation(std::move(options), std::move(*texts), std::move(inner)));
}

}  // namespace raadbot::governance
