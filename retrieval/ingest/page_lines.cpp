// Which lines of a page go: those that read_page_line knows, trails, commands, questions about the
// page itself.
#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <span>

#include "retrieval/ingest/page_lines.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

bool one_of(std::string_view word, std::span<const std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// "Du er her: Borger > Affald", "Forside > Borger > Affald".
bool is_trail(std::string_view line) {
    const std::string low = lower(trim(line));
    if (low.starts_with("du er her:") || low.starts_with("you are here:")) return true;
    static constexpr auto starts =
        std::to_array<std::string_view>({"forside", "forsiden", "hjem", "home", "startside"});
    static constexpr auto arrows =
        std::to_array<std::string_view>({">", "›", "»", "→", "/ ", "| "});
    for (const auto start : starts) {
        if (!low.starts_with(start)) continue;
        const std::string_view rest = trim(std::string_view(low).substr(start.size()));
        return word_count(rest) <= 24 &&
               std::any_of(arrows.begin(), arrows.end(), [&](std::string_view arrow) {
                   return rest.starts_with(arrow) && rest.size() > arrow.size();
               });
    }
    return false;
}

/// "Vi bruger cookies til statistik ...": asks for consent; not a page about cookies.
bool asks_for_cookies(std::string_view line) {
    const std::string low = lower(line);
    static constexpr auto starts = std::to_array<std::string_view>(
        {"vi bruger cookies", "denne hjemmeside bruger cookies", "hjemmesiden bruger cookies",
         "dette website bruger cookies", "siden bruger cookies", "vores hjemmeside bruger cookies",
         "vi anvender cookies", "we use cookies", "this website uses cookies"});
    return word_count(line) <= 40 && std::any_of(starts.begin(), starts.end(), [&](auto start) {
               return low.starts_with(start);
           });
}

/// "Sandager Kommune - PolWeb 3.1", "Drevet af ...": the program that made the page.
bool names_product(std::string_view line) {
    const std::string low = lower(line);
    return low.starts_with("drevet af ") || low.starts_with("powered by ") ||
           low.starts_with("leveret af ") || low.starts_with("copyright ") ||
           low.starts_with("\xC2\xA9") || low.find("polweb ") != std::string::npos;
}

/// "Ny søgning | Udskriv": nothing but commands between bars.
bool row_of_commands(std::string_view line) {
    static constexpr auto commands = std::to_array<std::string_view>(
        {"ny søgning", "søg", "søgning", "udskriv", "print", "forside", "tilbage", "næste",
         "forrige", "hjælp", "luk", "del", "udvalg", "oversigt", "til toppen", "pdf", "hent pdf"});
    const std::string low = lower(line);
    std::string_view rest = low;
    if (rest.find('|') == std::string_view::npos) return false;
    while (!rest.empty()) {
        const std::size_t bar = std::min(rest.find('|'), rest.size());
        if (!one_of(trim(rest.substr(0, bar)), commands)) return false;
        rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
    return true;
}

/// "It-service, 14. september 2026": a name and the page's own date, and nothing else.
bool repeats_date(std::string_view line, const std::optional<Date>& updated) {
    if (!updated || word_count(line) > 10) return false;
    const auto date = find_date(line);
    if (!date || date->date != *updated) return false;
    std::string_view name = trim(line.substr(0, date->begin));
    if (!trim(line.substr(date->end)).empty() || name.empty()) return false;
    bool marked = false;
    for (const std::string_view mark : {",", "·", "|", "-", "–", "•"}) {
        if (!name.ends_with(mark)) continue;
        marked = true;
        name = trim(name.substr(0, name.size() - mark.size()));
    }
    // read_page_line knows what a name is.
    return marked && read_page_line("Opdateret 1. januar 2026 - " + std::string(name)).has_value();
}

/// "Var siden nyttig?" as a heading: what stands below it is of the question.
bool asks_for_feedback(std::string_view heading) {
    const std::string low = lower(trim(heading));
    static constexpr auto starts = std::to_array<std::string_view>(
        {"var siden ", "var denne side ", "var indholdet ", "fandt du det", "fandt du, hvad",
         "fandt du hvad", "hjalp siden ", "giv feedback", "giv os feedback",
         "kontakt webredaktionen", "hvad synes du om siden", "was this page "});
    return word_count(low) <= 8 && std::any_of(starts.begin(), starts.end(),
                                               [&](auto start) { return low.starts_with(start); });
}

class LineTaker {
public:
    LineTaker(Blocks& blocks, PageKind kind, std::optional<Date>& updated, std::string& owner)
        : blocks_(blocks), kind_(kind), updated_(updated), owner_(owner) {}

    void run() {
        take_link_boxes();
        take_feedback();
        for (const Block& block : blocks_) {
            if (block.kind != BlockKind::heading) continue;
            const std::string low = lower(block.text);
            of_cookies_ = low.find("cookie") != std::string::npos ||
                          low.find("privatliv") != std::string::npos ||
                          low.find("databeskyt") != std::string::npos;
            break;
        }
        for (const Block& block : blocks_) {
            if (block.kind == BlockKind::item && !read_page_line(block.text))
                real_lists_.insert(block.group);
        }
        Blocks kept;
        kept.reserve(blocks_.size());
        std::vector<std::string> links;  // Of what went: they belong to what stands before it.
        for (std::size_t at = 0; at < blocks_.size(); ++at) {
            Block& block = blocks_[at];
            const bool edge = at < 3 || at + 3 >= blocks_.size();
            const bool gone = take_from(block, edge);
            if (gone) std::move(block.links.begin(), block.links.end(), std::back_inserter(links));
            if (!gone) kept.push_back(std::move(block));
            if (kept.empty()) continue;
            auto& before = kept.back().links;
            std::move(links.begin(), links.end(), std::back_inserter(before));
            links.clear();
        }
        blocks_ = std::move(kept);
    }

private:
    /// A box of links beside the text that nothing but its first line names.
    void take_link_boxes() {
        for (auto block = blocks_.begin(); block != blocks_.end();) {
            auto end = block + 1;
            if (block->kind == BlockKind::paragraph && says_related(block->text)) {
                end = std::find_if(end, blocks_.end(), [](const Block& link) {
                    return link.kind != BlockKind::item || word_count(link.text) > 10;
                });
            }
            block = end == block + 1 ? end : blocks_.erase(block, end);
        }
    }

    void take_feedback() {
        for (auto block = blocks_.begin(); block != blocks_.end();) {
            auto end = block + 1;
            if (block->kind == BlockKind::heading && asks_for_feedback(block->text)) {
                std::size_t words = 0;
                for (; end != blocks_.end() && end->kind != BlockKind::heading; ++end)
                    words += word_count(end->text);
                if (words > 60 || end - block > 5) end = block + 1;
                block = blocks_.erase(block, end);
                continue;
            }
            block = end;
        }
    }

    /// True when nothing of the block is left.
    bool take_from(Block& block, bool edge) {
        switch (block.kind) {
            case BlockKind::heading: return false;
            case BlockKind::row: return is_page_row(block);
            case BlockKind::term: return drops(block.term + ": " + block.text, false);
            case BlockKind::item:
                // "Print", "Kopi": a library's services, no buttons.
                return drops(block.text, edge, real_lists_.contains(block.group));
            case BlockKind::paragraph:
            case BlockKind::quote: break;
        }
        if (drops(block.text, edge)) return true;
        if (block.text.find('\n') == std::string::npos) return false;
        std::string left;
        for (const std::string_view line : lines_of(block.text)) {
            if (drops(line, edge)) continue;
            if (!left.empty()) left += '\n';
            left += line;
        }
        if (left.size() == block.text.size()) return false;
        block.text = std::move(left);
        block.bold = std::min(block.bold, block.text.size());
        return block.text.empty();
    }

    bool is_page_row(const Block& row) {
        const auto filled = std::count_if(row.cells.begin(), row.cells.end(),
                                          [](const std::string& cell) { return !cell.empty(); });
        return row.columns.empty() && filled == 2 && drops(row.text, false, true);
    }

    /// `facts_only`: words of a button are none here.
    bool drops(std::string_view line, bool edge, bool facts_only = false) {
        if (!of_cookies_ && asks_for_cookies(line)) return true;
        if (line.empty() || word_count(line) > most_page_line_words) return false;
        if (is_trail(line) || names_product(line) || row_of_commands(line)) return true;
        if (const auto said = read_page_line(line)) {
            if (said->of_anything && (kind_ == PageKind::paper || !edge)) return false;
            if (facts_only && !said->updated && said->owner.empty()) return false;
            if (!updated_) updated_ = said->updated;
            if (owner_.empty()) owner_ = said->owner;
            return true;
        }
        return edge && kind_ == PageKind::page && repeats_date(line, updated_);
    }

    Blocks& blocks_;
    PageKind kind_;
    std::optional<Date>& updated_;
    std::string& owner_;
    bool of_cookies_ = false;             ///< The page is about cookies.
    std::set<std::uint32_t> real_lists_;  ///< Lists of more than buttons.
};

}  // namespace

bool says_related(std::string_view heading) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"se også", "læs også", "relaterede sider", "relateret indhold", "relaterede links",
         "genveje", "links", "relateret", "andre sider", "mere om emnet", "læs mere", "følg os",
         "del siden", "del denne side", "var siden nyttig?", "fandt du det, du søgte?"});
    return one_of(lower(trim(heading)), names);
}

void take_page_lines(Blocks& blocks, PageKind kind, std::optional<Date>& updated,
                     std::string& owner) {
    LineTaker(blocks, kind, updated, owner).run();
}

}  // namespace raadbot::ingest
