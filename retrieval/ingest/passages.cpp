// Blocks -> passages. A unit is what may not be torn apart (a paragraph, a list with its lead-in, a
// table with its caption); units of one section are packed until a passage is large enough.
#include <algorithm>
#include <map>

#include "retrieval/danish/text.hpp"
#include "retrieval/ingest/blocks.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

constexpr std::size_t enough_words = 60;  ///< A passage this long is closed when a list follows ...
constexpr std::size_t target_words = 120;  ///< ... or when the next paragraph would pass this.
constexpr std::size_t most_words = 180;

struct Unit {
    std::string text;
    std::size_t words = 0;
    bool structured = false;  ///< A list or table.
    std::optional<std::uint32_t> page;
};

std::string line_of(const Block& block) {
    if (block.kind == BlockKind::item) {
        return std::string(static_cast<std::size_t>(std::max(block.level - 1, 0)) * 2, ' ') + "- " +
               block.text;
    }
    if (block.kind == BlockKind::term) {
        return block.term + (block.term.ends_with(':') ? " " : ": ") + block.text;
    }
    return block.text;
}

bool leads_in(const Block& block, const Block& next) {
    if (block.kind != BlockKind::paragraph && block.kind != BlockKind::quote) return false;
    if (next.group == 0 || next.group == block.group) return false;
    return block.text.ends_with(':') || word_count(block.text) <= 30;
}

/// A paragraph longer than a passage, cut at sentences.
void add_long_paragraph(std::vector<Unit>& units, const Block& block) {
    std::string piece;
    std::size_t words = 0;
    std::size_t end_of_last = 0;
    const auto flush = [&] {
        if (!piece.empty()) units.push_back({piece, words, false, block.page});
        piece.clear();
        words = 0;
    };
    for (const danish::Span& span : danish::sentences(block.text)) {
        const std::string_view sentence =
            std::string_view(block.text).substr(span.begin, span.end - span.begin);
        const std::size_t count = word_count(sentence);
        if (words > 0 && words + count > target_words) flush();
        if (!piece.empty()) {
            const bool line = block.text.substr(end_of_last, span.begin - end_of_last).find('\n') !=
                              std::string::npos;
            piece += line ? '\n' : ' ';
        }
        piece += sentence;
        words += count;
        end_of_last = span.end;
    }
    flush();
}

std::vector<Unit> units_of(const Block* begin, const Block* end) {
    std::vector<Unit> units;
    for (const Block* block = begin; block != end;) {
        const Block* next = block + 1;
        std::string lead;
        if (next != end && leads_in(*block, *next)) {
            lead = line_of(*block);
            block = next;
        }
        if (block->group == 0) {
            const std::size_t words = word_count(block->text);
            if (words > most_words) {
                add_long_paragraph(units, *block);
            } else {
                units.push_back({line_of(*block), words, false, block->page});
            }
            ++block;
            continue;
        }
        // The whole list or table, in pieces that each repeat a short lead-in.
        const std::uint32_t group = block->group;
        const std::size_t lead_words = word_count(lead);
        Unit unit{lead, lead_words, true, block->page};
        bool has_line = false;
        for (; block != end && block->group == group; ++block) {
            const std::string line = line_of(*block);
            const std::size_t words = word_count(line);
            const bool page_break = block->page != unit.page && unit.words > enough_words;
            if (has_line && (unit.words + words > most_words || page_break)) {
                units.push_back(unit);
                unit = {lead_words <= 40 ? lead : std::string(), lead_words <= 40 ? lead_words : 0,
                        true, block->page};
            }
            if (!unit.text.empty()) unit.text += '\n';
            unit.text += line;
            unit.words += words;
            has_line = true;
        }
        units.push_back(unit);
    }
    return units;
}

}  // namespace

std::vector<Passage> cut_passages(const Blocks& blocks, const CutOptions& options) {
    struct Heading {
        int level;
        std::string text;
    };
    std::vector<Passage> passages;
    std::vector<Heading> path;
    std::map<std::string, int> slugs_seen;
    std::string fragment;
    const std::string folded_title = lower(options.title);

    const auto cut_section = [&](const Block* begin, const Block* end) {
        std::vector<std::string> headings;
        for (const Heading& heading : path) {
            if (lower(heading.text) != folded_title) headings.push_back(heading.text);
        }
        Passage passage;
        std::size_t words = 0;
        const auto flush = [&] {
            if (!passage.text.empty()) passages.push_back(passage);
            passage.text.clear();
            words = 0;
        };
        for (const Unit& unit : units_of(begin, end)) {
            if (unit.text.empty()) continue;
            const bool full = words + unit.words > (unit.structured ? most_words : target_words);
            const bool apart = words >= enough_words && unit.structured;
            const bool turned = words >= enough_words / 2 && passage.anchor.page != unit.page;
            if (words > 0 && (full || apart || turned)) flush();
            if (passage.text.empty()) {
                passage.headings = headings;
                passage.section = options.section;
                passage.anchor = {};
                if (unit.page) {
                    passage.anchor.page = unit.page;
                } else if (options.anchors) {
                    passage.anchor.fragment = fragment;
                }
            } else {
                passage.text += '\n';
            }
            passage.text += unit.text;
            words += unit.words;
        }
        flush();
    };

    const Block* const all_end = blocks.data() + blocks.size();
    const Block* section_begin = blocks.data();
    for (const Block* block = blocks.data(); block != all_end; ++block) {
        if (block->kind != BlockKind::heading) continue;
        cut_section(section_begin, block);
        section_begin = block + 1;
        while (!path.empty() && path.back().level >= block->level) path.pop_back();
        path.push_back({block->level, block->text});
        const bool is_title = lower(block->text) == folded_title && block->level == 1;
        if (!block->fragment.empty()) {
            fragment = block->fragment;
        } else if (options.slugs) {
            std::string id = slug(block->text);
            const int times = slugs_seen[id]++;
            if (times > 0) id += "-" + std::to_string(times);
            fragment = is_title || id.empty() ? std::string() : "#" + id;
        } else {
            fragment = is_title || !options.text_fragments
                           ? std::string()
                           : "#:~:text=" + percent_encode(block->text);
        }
    }
    cut_section(section_begin, all_end);
    return passages;
}

void promote_bold_headings(Blocks& blocks) {
    for (std::size_t at = 0; at + 1 < blocks.size(); ++at) {
        Block& block = blocks[at];
        const Block& next = blocks[at + 1];
        if (block.kind != BlockKind::paragraph || block.bold < block.text.size()) continue;
        if (next.kind == BlockKind::heading ||
            (next.kind == BlockKind::paragraph && next.bold >= next.text.size())) {
            continue;
        }
        if (block.text.empty() || block.text.find('\n') != std::string::npos) continue;
        const char last = block.text.back();
        if (word_count(block.text) > 12 || last == '.' || last == ',' || last == '!') continue;
        block.kind = BlockKind::heading;
        block.level = 5;
        if (last == ':') block.text.pop_back();
    }
}

}  // namespace raadbot::ingest
