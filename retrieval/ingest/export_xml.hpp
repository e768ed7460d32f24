// What the readers of case systems' XML share: the tree, access flags, texts as blocks.
//
// Namespaces are ignored, names compare without case, no entity but XML's own five and character
// references is expanded, nothing outside the file is loaded. A part whose flag is missing or
// unknown where the system always writes one counts as closed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "retrieval/ingest/blocks.hpp"
#include "retrieval/ingest/meeting.hpp"

namespace raadbot::ingest {

using Xml = pugi::xml_node;

/// The tree of an export of any common encoding. Errors: unreadable (no XML, nested deeper than
/// exports are). `into` must outlive the nodes.
[[nodiscard]] Result<Xml> load_export(const ParseInput& input, pugi::xml_document& into);

/// Whether an element's name, without its namespace's prefix, is `name` in any case.
[[nodiscard]] bool is_named(std::string_view full, std::string_view name);
/// First child of that name, or an empty node.
[[nodiscard]] Xml child(const Xml& node, std::string_view name);
/// Children of that name, in order.
[[nodiscard]] std::vector<Xml> children(const Xml& node, std::string_view name);
/// The way down by first children: at(root, {"Committee", "Meeting"}).
[[nodiscard]] Xml at(Xml node, std::initializer_list<std::string_view> path);
/// All elements of that name below the node, in document order.
[[nodiscard]] std::vector<Xml> descendants(const Xml& node, std::string_view name);
/// The tidy text of the element itself (text and CDATA of its direct children).
[[nodiscard]] std::string text_of(const Xml& node);
/// The same with line breaks kept, for running text; markup in it that stands as elements comes as
/// written.
[[nodiscard]] std::string long_text_of(const Xml& node);
[[nodiscard]] std::string attribute_of(const Xml& node, std::string_view name);

enum class Access { open, closed, unsaid };
/// What the node's own attributes and direct children say of its being public: IsPublic,
/// AccessIsPublic, Åbent, MaaPubliceres, PublishingType, IsProtected, accessname ... One flag that
/// closes wins over all that open.
[[nodiscard]] Access access_of(const Xml& node);
/// What the value of one flag that says "public" means.
[[nodiscard]] Access access_value(std::string_view value);

/// An HTML fragment (or plain text) as blocks; headings in it go below level 3.
[[nodiscard]] Blocks html_fragment(const std::string& html, ParseReport& report);
/// Running text of lines as blocks: names of sections that stand glued to their text ("... i
/// udvalget.BaggrundSom led i ...") come on lines of their own, "A)" joins the line below.
/// "Grønt Råds beslutning den 4.12.2012 Punkt 2" becomes a heading, whoever the body is.
[[nodiscard]] Blocks plain_blocks(std::string_view text);
/// `text` with a line break before and after each section name that is glued to its neighbours.
[[nodiscard]] std::string unglue(std::string_view text);

/// Appends "heading" of level 2 and the blocks; nothing when there are no blocks.
void add_section(Blocks& to, std::string_view heading, Blocks blocks);
/// Appends a heading and one item per name; nothing without names.
void add_names(Blocks& to, std::string_view heading, const std::vector<std::string>& names);
[[nodiscard]] Block paragraph(std::string text);
/// Whether a line or heading names that section.
[[nodiscard]] bool has_section(const Blocks& blocks, Section section);
/// Takes that section out, up to the next one. Returns whether there was one.
bool drop_section(Blocks& blocks, Section section);

/// "4. december 2012 kl. 13:00" -> date; also ISO and "04-12-2012 13:00:00".
[[nodiscard]] std::optional<Date> date_in(std::string_view text);

/// A path as an export writes it -> '/' separated and relative, or empty when it leaves the folder.
[[nodiscard]] std::string relative_path(std::string_view written);
/// URL of a file beside the one at `url`; empty when that is not known.
[[nodiscard]] std::string url_beside(std::string_view url, std::string_view path);

/// The rest is alike in all systems: title from body and date, items' addresses, closed items
/// emptied; then build_meeting.
[[nodiscard]] Parsed finish_export(const ParseInput& input, MeetingParts parts, ParseReport report,
                                   std::vector<NamedFile> named);

/// One more meeting of the same export: `suffix` ("#moede-2") tells its documents' addresses from
/// the first meeting's.
void add_meeting(Parsed& to, Parsed next, std::string_view suffix);

/// One reader per system; nothing when the root is not of that system.
[[nodiscard]] std::optional<Parsed> read_edoc(const ParseInput& input, const Xml& root);
[[nodiscard]] std::optional<Parsed> read_sbsys(const ParseInput& input, const Xml& root);
[[nodiscard]] std::optional<Parsed> read_fujitsu(const ParseInput& input, const Xml& root);
[[nodiscard]] std::optional<Parsed> read_acadre(const ParseInput& input, const Xml& root);

/// An export of any of them. Errors: unreadable.
[[nodiscard]] Result<Parsed> parse_export(const ParseInput& input);
/// By the first elements.
[[nodiscard]] bool looks_like_export(std::string_view bytes);

}  // namespace raadbot::ingest
