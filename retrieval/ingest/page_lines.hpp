// Lines in which a page speaks of itself: who keeps it and since when ("Senest ændret 2. marts
// 2026 af Vej og Park"), its buttons ("Læs op", "Tilbage til oversigten"), its trail ("Forside >
// Borger > Affald"), its number of pages ("Side 3 af 12"). Known by their wording alone, for where
// no markup tells them; what the markup tells is html_page's.
//
// A line is such a line only when all of it is: "Opdateret 1. marts 2026: bassinet er lukket til
// juni" says something else too and stays.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "retrieval/ingest/blocks.hpp"

namespace raadbot::ingest {

/// Where the lines come from.
enum class PageKind {
    page,   ///< A web page, or a text that becomes one.
    paper,  ///< An agenda or a document of its own: "Ansvarlig: ...", "Revideret ..." may be its
            ///< matter.
};

struct PageLine {
    std::optional<Date> updated;
    std::string owner;
    /// Might as well be said of a case: "Ansvarlig: Lis Holm", "Revideret 1. marts 2026".
    bool of_anything = false;
    friend bool operator==(const PageLine&, const PageLine&) = default;
};

/// A longer line says something else as well.
inline constexpr std::size_t most_page_line_words = 18;

/// What the line says of its page, or nullopt when it says anything else.
[[nodiscard]] std::optional<PageLine> read_page_line(std::string_view line);

/// Says that a list of links follows: "Se også", "Relaterede sider".
[[nodiscard]] bool says_related(std::string_view heading);

/// Takes such lines out of the blocks; what they say of the page fills what is not known yet.
/// Rows of tables and explained terms are left alone unless they name the page itself.
void take_page_lines(Blocks& blocks, PageKind kind, std::optional<Date>& updated,
                     std::string& owner);

}  // namespace raadbot::ingest
