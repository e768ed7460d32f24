// The words that agendas and minutes are made of: names of sections, item headings, bodies, case
// numbers, marks of closed items. General knowledge of Danish councils, no town's template.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "retrieval/types.hpp"

namespace raadbot::ingest {

struct SectionName {
    Section section = Section::text;
    std::string body;          ///< Decisions and proposals: whose, as printed, or empty.
    std::optional<Date> date;  ///< Decisions: of which day.
};

/// What a heading opens. `exact`: the text is no heading by itself (a line of its own, a bold
/// lead), so nothing but the bare name counts.
[[nodiscard]] std::optional<SectionName> section_named(std::string_view heading, bool exact);

/// Length of the bare section name that the text begins with ("Indstilling: at ...",
/// "SammendragSagen omhandler"), when a colon or a glued capital follows; else 0. `next` is where
/// the text goes on.
[[nodiscard]] std::size_t leading_section_name(std::string_view text, std::size_t& next);

struct ItemHeading {
    std::string number;
    std::string title;  ///< Empty when the title stands in the next block.
    bool closed = false;
    bool named = false;  ///< Says "Punkt", not just a number.
};
[[nodiscard]] std::optional<ItemHeading> item_heading(std::string_view text);

/// A label, badge, title or line that says the item is closed for the public.
[[nodiscard]] bool says_closed(std::string_view text);
/// "Lukket dagsorden", "Lukkede punkter": all items after it are closed (until
/// `opens_public_part`).
[[nodiscard]] bool opens_closed_part(std::string_view heading);
[[nodiscard]] bool opens_public_part(std::string_view heading);

/// The first name of a council body in the text, without genitive s: "Teknik- og Miljøudvalget".
[[nodiscard]] std::string body_in(std::string_view text);
/// "Sagsnr.: 24/1187", "Sagsnummer 04.04.00-P20-3-24" -> the number as printed.
[[nodiscard]] std::string case_number_in(std::string_view text);
[[nodiscard]] MeetingPaper paper_named(std::string_view text);

}  // namespace raadbot::ingest
