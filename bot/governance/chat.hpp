// What administrators can do from a chat: "/kilder", "/pause", "/fortsæt" ("/sources", "/pause",
// "/resume" in English; "!" does as well as "/"). The same Desk as the page and the command line,
// hence the same roles, four eyes and audit trail: a pause holds at once, what widens what the bot
// says becomes a proposal.
//
// A command counts only from a person whom the channel knows as a configured administrator, in
// private (Message::staff); everybody else gets a polite no, and nothing is looked up.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/conversation.hpp"
#include "bot/conversation/texts.hpp"
#include "bot/governance/desk.hpp"

namespace raadbot::governance {

struct ChatCommand {
    enum class Verb { none, sources, pause, resume };
    Verb verb = Verb::none;
    std::string subject;  ///< A source's id, "alt"/"all" for the whole bot, or empty.
    std::string reason;
    std::string language = "da";
};

/// What the text asks for; Verb::none for everything that is no command of ours. Pure.
[[nodiscard]] ChatCommand parse_command(std::string_view text);

struct ChatOptions {
    DeskOptions desk;
    std::vector<Person> staff;  ///< Whom the configuration lets give commands.
    std::string admin_url;      ///< Where proposals are decided; may be empty.
    std::filesystem::path texts_dir;
};

/// Commands on top, everything else handed to `inner`. Error: invalid_config (texts).
[[nodiscard]] Result<std::unique_ptr<bot::Conversation>> with_commands(
    ChatOptions options, std::unique_ptr<bot::Conversation> inner);

}  // namespace raadbot::governance
