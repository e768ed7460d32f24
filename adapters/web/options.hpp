// What the public site is told by the program: names, limits, and figures for its accountability
// page.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/message.hpp"
#include "retrieval/types.hpp"

namespace raadbot::web {

/// A question that was handed over to staff, and their answer; empty: none yet.
struct HandoffView {
    std::string question;
    std::string answer;
};

/// A neural model that takes part in the search, as the pages tell of it.
struct ModelFact {
    std::string purpose;  ///< "embedding", "reranking".
    std::string name;
    std::string host;  ///< Where questions are sent.
};

struct WebOptions {
    std::string municipality = "Egelund Kommune";
    /// "https://spoerg.egelund.example", without a trailing slash: the site's own origin for
    /// same-origin checks behind a proxy that changes Host. Empty: what the request says.
    std::string public_url;
    bot::Contact contact;
    bot::Contact data_protection;  ///< Empty: as contact.
    std::vector<ModelFact> models = {};
    /// Origins that may show the widget in a frame: "https://www.egelund.example".
    std::vector<std::string> frame_ancestors;
    unsigned questions_per_minute =
        30;  ///< Per address (IPv6: per /64), a third of it at once; 1 to 6,000.
    unsigned feedback_per_minute = 20;   ///< Per address; 1 to 6,000.
    std::size_t question_chars = 2'000;  ///< Characters in one question; 100 to 8,000.
    unsigned retention_days = 30;        ///< As configured for kept questions; 0: none are kept.
    /// POST /api/ask obeys "now". For tests and evaluation only: a public asker must not choose the
    /// day.
    bool obey_now = false;
    /// Told why a request got the apology page, for the log; never holds a question. May be empty.
    std::function<void(std::string_view)> failed = {};
    /// The hand-off of that secret id; may be empty. Called from several threads.
    std::function<std::optional<HandoffView>(std::string_view)> handoff = {};
};

struct SourceFact {
    std::string name;
    std::string kind;      ///< "handbook", ...
    std::string audience;  ///< "public", "council", "committee:<id>".
    std::string owner;
    std::uint64_t documents = 0;
    std::optional<Timestamp> checked;
};

/// Figures without persons, for "Om svarene".
struct SiteFacts {
    std::vector<SourceFact> sources;
    std::optional<Timestamp> indexed;
    std::string index_version;
    std::optional<Timestamp> counted_since;  ///< No figures are shown without it.
    std::uint64_t questions = 0;
    std::uint64_t answered = 0;
    std::uint64_t refused = 0;
    std::uint64_t helpful = 0;
    std::uint64_t unhelpful = 0;
    std::uint64_t personal = 0;             ///< Of the refused: personal data.
    std::uint64_t policy = 0;               ///< Of the refused: opinions and political work.
    std::vector<std::string> known_errors;  ///< As staff tell of them, newest first.
    std::uint64_t test_questions = 0;
    std::uint64_t takedowns = 0;
    std::uint64_t audit_lines = 0;
    bool four_eyes = false;
};

}  // namespace raadbot::web
