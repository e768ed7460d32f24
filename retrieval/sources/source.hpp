// The allow-list: what Raadbot may use, for whom, why, and until when.
//
// Nothing outside an approved source is read, indexed or cited. Values and pure rules only; the
// store keeps them.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "retrieval/sources/agenda_selectors.hpp"
#include "retrieval/types.hpp"

namespace raadbot::sources {

enum class State {
    proposed,  ///< Waits for approval; not used.
    approved,
    paused,   ///< Kept, but answers nothing until approved again.
    expired,  ///< Its review date has passed; answers nothing until it is reviewed.
    removed,  ///< Its documents are gone.
};
[[nodiscard]] std::string_view to_string(State state);
[[nodiscard]] Result<State> parse_state(std::string_view text);

/// Who answers for a source; shown with refusals and on the accountability page.
struct Owner {
    std::string unit;
    std::string mail;
    std::string phone;
    friend bool operator==(const Owner&, const Owner&) = default;
};

struct Source {
    SourceId id;
    SourceKind kind = SourceKind::website;
    /// The folder; absolute once the configuration is read. Empty: fetched from base_url.
    std::filesystem::path path;
    std::string base_url;  ///< http(s), for documents that state no URL of their own.
    Audience audience;
    Owner owner;
    std::string purpose;              ///< Why the bot uses it.
    std::string rights;               ///< Why it may be used.
    std::optional<Date> review_date;  ///< Last day before it must be reviewed again.
    std::chrono::hours refresh{24};   ///< How often it should be read again.
    State state = State::approved;
    AgendaSelectors selectors;  ///< For agendas of a CMS that is not known.
    friend bool operator==(const Source&, const Source&) = default;
};

/// The state that counts today: an approved source past its review date is expired.
[[nodiscard]] State effective_state(const Source& source, const Date& today);

/// Errors (invalid_config) name the field: id of [a-z0-9-_], an http(s) base_url.
[[nodiscard]] Result<void> validate(const Source& source);

}  // namespace raadbot::sources
