#include <iostream>

#include "bot/app/commands.hpp"
#include "bot/app/lexicon.hpp"
#include "bot/app/models.hpp"
#include "bot/governance/chat.hpp"
#include "bot/ports.hpp"

namespace raadbot::app {

int report(const Error& error) {
    std::cerr << "raadbot: " << error.message << '\n';
    return error.code == ErrorCode::invalid_config || error.code == ErrorCode::invalid_input
               ? exit_usage
               : exit_failed;
}

void sync_sources(const Config& config, store::Store& store) {
    store.in_transaction([&] {
        for (sources::Source source : config.sources) {
            if (const auto known = store.source(source.id)) {
                const bool set_by_staff = known->state == sources::State::paused ||
                                          known->state == sources::State::removed;
                // What is proposed in the file waits for staff, and stays as they decided.
                if ((set_by_staff && source.state == sources::State::approved) ||
                    source.state == sources::State::proposed) {
                    source.state = known->state;
                }
                if (const auto later = store.setting("review_date/" + source.id.value)) {
                    const auto day = parse_date(*later);
                    if (day && source.review_date && *day > *source.review_date)
                        source.review_date = day;
                }
            }
            store.put_source(source);
        }
    });
}

Result<std::unique_ptr<bot::Conversation>> open_conversation(const Config& config,
                                                             bool keep_answers) {
    auto lexicon = lexicon_of(config);
    if (!lexicon) return tl::unexpected(lexicon.error());
    bot::ConversationOptions options;
    options.data_dir = config.data_dir;
    options.lexicon = std::move(*lexicon);
    options.texts_dir = config.texts_dir;
    options.municipality = config.municipality;
    options.public_url = config.public_url;
    options.contact = config.contact;
    options.keep_answers = keep_answers;
    auto models = open_models(config, [](std::string_view line) {
        std::cerr << "raadbot: " + std::string(line) + "\n";  // One write: threads share stderr.
    });
    if (!models) return tl::unexpected(models.error());
    options.models = std::move(*models);
    auto conversation = bot::Conversation::open(std::move(options));
    if (!conversation) return conversation;
    governance::ChatOptions chat;
    chat.desk = desk_options(config);
    chat.texts_dir = config.texts_dir;
    if (config.admin) {
        for (const ChatPerson& one : config.admin->chat) chat.staff.push_back(one.person);
        chat.admin_url = config.admin->options.url;
    }
    return governance::with_commands(std::move(chat), std::move(*conversation));
}

Result<Timestamp> moment(const std::string& now) {
    if (now.empty()) return bot::SystemClock().now();
    if (const auto when = parse_timestamp(now)) return *when;
    if (const auto day = parse_date(now))
        return Timestamp{std::chrono::sys_days{*day}} + std::chrono::hours{9};
    return fail(ErrorCode::invalid_input,
                "--now \"" + now + "\": give a moment such as 2026-11-23T09:00:00+01:00");
}

Result<std::vector<Audience>> audiences_of(const std::vector<std::string>& names) {
    std::vector<Audience> result;
    for (const std::string& name : names) {
        auto audience = parse_audience(name);
        if (!audience) return tl::unexpected(audience.error());
        result.push_back(std::move(*audience));
    }
    return widen(std::move(result));
}

std::string as_text(const bot::Reply& reply, bool colour) {
    const std::string bold = colour ? "\033[1m" : "";
    const std::string dim = colour ? "\033[2m" : "";
    const std::string plain = colour ? "\033[0m" : "";
    std::string out = bold + reply.text + plain + "\n";
    const bool english = reply.language == "en";
    if (!reply.terms.empty()) {
        out += english ? "\nTerms\n" : "\nFagudtryk\n";
        for (const bot::ReplyTerm& term : reply.terms) {
            out += "  " + term.term + ": " + term.explanation + " [" + std::to_string(term.source) +
                   "]\n";
        }
    }
    if (!reply.sources.empty() && reply.kind == bot::ReplyKind::answered) {
        out += english ? "\nSources\n" : "\nKilder\n";
        for (const bot::ReplySource& source : reply.sources) {
            out += "  [" + std::to_string(source.number) + "] " + source.title;
            if (!source.committee.empty()) out += " · " + source.committee;
            if (!source.date.empty()) out += " · " + source.date;
            if (!source.section.empty()) out += " · " + source.section;
            out += "\n      " + dim + source.url + plain + "\n";
        }
    }
    out += "\n" + dim + reply.ai_label + "\n" + reply.permalink + plain + "\n";
    return out;
}

}  // namespace raadbot::app
