#include "retrieval/ingest/glossary.hpp"

#include <algorithm>
#include <array>

#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

struct Entry {
    std::string term;
    std::string text;
};

std::string strip_marks(std::string_view text) {
    std::string_view out = trim(text);
    while (!out.empty() && (out.front() == ':' || out.front() == '-')) out = trim(out.substr(1));
    while (out.starts_with("\xE2\x80\x93") || out.starts_with("\xE2\x80\x94"))
        out = trim(out.substr(3));
    return std::string(out);
}

bool term_like(std::string_view text) {
    return !text.empty() && word_count(text) <= 8 && text.size() <= 90 && !text.ends_with('.');
}

/// "**Term**: text", "**Term.** Text", "Term: text", "Term – text", "Term - text".
std::optional<Entry> split_entry(const Block& block) {
    const std::string_view text = block.text;
    if (block.bold > 0 && block.bold < text.size()) {
        std::string term = strip_marks(text.substr(0, block.bold));
        while (term.ends_with(':') || term.ends_with('.')) term.pop_back();
        std::string rest = strip_marks(text.substr(block.bold));
        if (term_like(term) && !rest.empty()) return Entry{std::move(term), std::move(rest)};
        return std::nullopt;
    }
    static constexpr auto marks =
        std::to_array<std::string_view>({": ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " - ", ":\n"});
    std::size_t best = std::string_view::npos;
    std::size_t length = 0;
    for (const auto mark : marks) {
        const std::size_t at = text.find(mark);
        if (at < best) {
            best = at;
            length = mark.size();
        }
    }
    if (best == std::string_view::npos) return std::nullopt;
    const std::string_view term = trim(text.substr(0, best));
    const std::string_view rest = trim(text.substr(best + length));
    if (!term_like(term) || rest.empty()) return std::nullopt;
    return Entry{std::string(term), std::string(rest)};
}

Passage term_passage(Entry entry, const CutOptions& options, const std::vector<std::string>& path,
                     std::string fragment) {
    Passage passage;
    passage.headings = path;
    passage.headings.push_back(entry.term);
    passage.text = std::move(entry.text);
    if (options.anchors) passage.anchor.fragment = std::move(fragment);
    passage.section = Section::term;
    return passage;
}

}  // namespace

bool names_glossary(std::string_view heading) {
    const std::string name = lower(heading);
    static constexpr auto stems = std::to_array<std::string_view>(
        {"ordliste", "ordbog", "fagudtryk", "glossar", "ordforklaring", "begrebsliste",
         "begrebsforklaring", "fagord", "leksikon", "forkortelser", "begreber", "begrebsafklaring",
         "definitioner", "terminologi", "glossary", "ordforråd"});
    if (word_count(heading) > 10) return false;
    // "Ord du møder i dagsordenerne", "Ord og udtryk", "Svære ord".
    if (name.starts_with("ord ") || name.ends_with(" ord")) return true;
    return std::any_of(stems.begin(), stems.end(),
                       [&](auto stem) { return name.find(stem) != std::string::npos; });
}

std::vector<Passage> cut_with_glossary(const Blocks& blocks, const CutOptions& options) {
    const bool whole = names_glossary(options.title);
    std::vector<Passage> passages;
    struct Open {
        int level;
        std::string text;
    };
    std::vector<Open> path;
    int glossary_level = whole ? 0 : -1;
    Blocks ordinary;  // what is not an entry goes the usual way, with its headings
    const auto headings = [&] {
        std::vector<std::string> out;
        for (const Open& open : path) {
            if (lower(open.text) != lower(options.title)) out.push_back(open.text);
        }
        return out;
    };
    for (std::size_t at = 0; at < blocks.size(); ++at) {
        const Block& block = blocks[at];
        if (block.kind == BlockKind::heading) {
            while (!path.empty() && path.back().level >= block.level) path.pop_back();
            if (glossary_level >= 0 && block.level <= glossary_level && !whole) glossary_level = -1;
            if (glossary_level < 0 && names_glossary(block.text)) glossary_level = block.level;
            // "### Term" with plain text under it, at the lowest level of headings.
            const bool titles_page = block.level == 1 && lower(block.text) == lower(options.title);
            if (glossary_level >= 0 && block.level > glossary_level && !titles_page &&
                term_like(block.text) && !names_glossary(block.text)) {
                std::size_t end = at + 1;
                std::string text;
                bool only_prose = true;
                while (end < blocks.size() && blocks[end].kind != BlockKind::heading &&
                       blocks[end].kind != BlockKind::row && blocks[end].kind != BlockKind::term) {
                    only_prose = only_prose && !(blocks[end].bold > 0 && split_entry(blocks[end]));
                    text += (text.empty() ? "" : "\n") +
                            std::string(blocks[end].kind == BlockKind::item ? "- " : "") +
                            blocks[end].text;
                    ++end;
                }
                const bool deeper_follows = end < blocks.size() && blocks[end].level > block.level;
                // One letter, or a heading whose items are entries themselves, is a group of terms.
                std::size_t entries = 0;
                for (std::size_t inner = at + 1; inner < end; ++inner) {
                    if (blocks[inner].kind == BlockKind::item && split_entry(blocks[inner]))
                        ++entries;
                }
                const bool group =
                    block.text.size() <= 3 || (entries > 0 && entries * 2 >= end - at - 1);
                if (only_prose && !text.empty() && !deeper_follows && !group &&
                    word_count(text) <= 180) {
                    std::string fragment = block.fragment;
                    if (fragment.empty() && options.slugs) fragment = "#" + slug(block.text);
                    passages.push_back(
                        term_passage({block.text, text}, options, headings(), fragment));
                    at = end - 1;
                    continue;
                }
            }
            path.push_back({block.level, block.text});
            ordinary.push_back(block);
            continue;
        }
        // A definition list explains terms wherever it stands.
        std::optional<Entry> entry;
        if (block.kind == BlockKind::term && (glossary_level >= 0 || term_like(block.term))) {
            if (glossary_level >= 0) entry = Entry{block.term, block.text};
        } else if (glossary_level >= 0 && block.kind == BlockKind::row && block.cells.size() >= 2) {
            std::string rest;
            for (std::size_t cell = 1; cell < block.cells.size(); ++cell) {
                if (block.cells[cell].empty()) continue;
                const bool named =
                    cell > 1 && cell < block.columns.size() && !block.columns[cell].empty();
                if (!rest.empty()) rest += rest.ends_with('.') ? " " : "; ";
                rest += (named ? block.columns[cell] + ": " : std::string()) + block.cells[cell];
            }
            if (term_like(block.cells[0]) && !rest.empty()) entry = Entry{block.cells[0], rest};
        } else if (glossary_level >= 0 &&
                   (block.kind == BlockKind::item || block.kind == BlockKind::paragraph)) {
            entry = split_entry(block);
            if (!entry && block.kind == BlockKind::paragraph && block.bold >= block.text.size() &&
                at + 1 < blocks.size() && blocks[at + 1].kind == BlockKind::paragraph &&
                blocks[at + 1].bold < blocks[at + 1].text.size() && term_like(block.text)) {
                entry = Entry{block.text, blocks[at + 1].text};
                ++at;
            }
        }
        if (!entry) {
            ordinary.push_back(block);
            continue;
        }
        std::string fragment = path.empty() ? std::string() : [&] {
            for (auto back = ordinary.rbegin(); back != ordinary.rend(); ++back) {
                if (back->kind != BlockKind::heading) continue;
                if (!back->fragment.empty()) return back->fragment;
                const bool title = lower(back->text) == lower(options.title);
                return options.slugs && !title ? "#" + slug(back->text) : std::string();
            }
            return std::string();
        }();
        passages.push_back(
            term_passage(std::move(*entry), options, headings(), std::move(fragment)));
    }
    std::vector<Passage> rest = cut_passages(ordinary, options);
    rest.insert(rest.end(), std::make_move_iterator(passages.begin()),
                std::make_move_iterator(passages.end()));
    return rest;
}

}  // namespace raadbot::ingest
