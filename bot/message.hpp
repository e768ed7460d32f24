// What comes in from any channel, and what goes back: the same values for Teams, Matrix, web and
// command line. No protocol words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retrieval/answer/answer.hpp"
#include "retrieval/types.hpp"

namespace raadbot::bot {

/// A question as a channel hands it over, already authenticated and freed of mentions.
struct Message {
    std::string channel = "cli";  ///< "web", "teams", "matrix", "cli".
    std::string text;
    std::vector<std::string> previous;  ///< Earlier questions of this conversation, oldest first.
    /// How the channel finds this conversation again, in the channel's own form; kept only when the
    /// asker agrees to a hand-off. Empty: an answer cannot come back by itself.
    std::string reply_address;
    std::string staff;  ///< The configured administrator who asks, in private; else empty.
    std::vector<Audience> audiences{Audience{}};  ///< What asker and room may see.
    Timestamp now{};
};

/// Whom a person may turn to; shown with every refusal.
struct Contact {
    std::string name;
    std::string mail;
    std::string phone;
    friend bool operator==(const Contact&, const Contact&) = default;
};

enum class ReplyKind { answered, refused, clarify };

/// What belongs to a source as well.
struct ReplyLink {
    std::string kind;  ///< "agenda", "minutes", "recording", "item".
    std::string title;
    std::string url;                      ///< Of a recording: leads to its second.
    std::optional<std::uint32_t> second;  ///< recording: where the item begins ...
    std::optional<std::uint32_t> until;   ///< ... and where the next one does, if any.
    friend bool operator==(const ReplyLink&, const ReplyLink&) = default;
};

/// One source as shown: every string is plain text, to be escaped by the channel.
struct ReplySource {
    std::uint32_t number = 0;
    std::string source_id;
    std::string document_id;
    std::string url;  ///< Leads to the very place.
    std::string title;
    std::string kind;       ///< "handbook", "meetings", ...
    std::string committee;  ///< Body of the meeting, or empty.
    std::string date;       ///< ISO date of the meeting or of the document's last change, or empty.
    std::string section;    ///< "beslutning", or the nearest heading.
    std::string quote;
    std::string anchor;   ///< "#vederlag", "#page=3", "t=95", or empty.
    std::string checked;  ///< ISO time in UTC.
    std::vector<ReplyLink> also{};
    friend bool operator==(const ReplySource&, const ReplySource&) = default;
};

struct ReplySentence {
    std::string text;  ///< Verbatim from the source.
    std::string lead;  ///< Body and date, or empty.
    std::vector<std::uint32_t> citations;
    bool list_item = false;
    friend bool operator==(const ReplySentence&, const ReplySentence&) = default;
};

struct ReplyTerm {
    std::string term;
    std::string explanation;
    std::uint32_t source = 0;
    friend bool operator==(const ReplyTerm&, const ReplyTerm&) = default;
};

/// The same in every channel. `text` is the whole answer as plain text with [n] markers, one
/// paragraph or list item a line; channels may lay out the parts instead, never other words.
struct Reply {
    ReplyKind kind = ReplyKind::refused;
    std::string reason;  ///< Refusals only: answer::to_string(RefusalReason).
    std::string text;
    std::string language = "da";
    std::string answer_id;
    std::string permalink;
    std::string ai_label;  ///< "Automatisk svar ..." in the asker's language.
    std::vector<ReplySentence> sentences;
    std::vector<std::string> notes;  ///< Caveats in words.
    std::vector<ReplySource> sources;
    std::vector<ReplyTerm> terms;
    std::vector<std::string> options;     ///< clarify only: questions to choose from.
    std::vector<std::string> follow_ups;  ///< Suggested next questions that the material answers.
    std::optional<Contact> contact;       ///< With refusals.
    std::string index_version;
    friend bool operator==(const Reply&, const Reply&) = default;
};

}  // namespace raadbot::bot
