// The running text of an export, which has lost its layout: names of sections stand on lines of
// their own at best, glued to the text around them at worst.
#include <algorithm>

#include "retrieval/ingest/export_xml.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

bool is_upper(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    if (text[at] >= 'A' && text[at] <= 'Z') return true;
    const std::string_view two = text.substr(at, 2);
    return two == "Æ" || two == "Ø" || two == "Å" || two == "É";
}

bool is_digit(std::string_view text, std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

bool is_lower(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    if (text[at] >= 'a' && text[at] <= 'z') return true;
    if (at == 0) return false;
    const std::string_view two = text.substr(at - 1, 2);
    return two == "æ" || two == "ø" || two == "å" || two == "é";
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// "udvalget.Baggrund", "28504Dok.nr.": something ends right before `at` without a blank.
bool glued_before(std::string_view text, std::size_t at) {
    if (at == 0 || is_blank(text[at - 1])) return false;
    const char before = text[at - 1];
    return is_lower(text, at - 1) || is_digit(text, at - 1) || before == '.' || before == ')' ||
           before == ':' || before == '!' || before == '?' || before == '"';
}

/// Length of a label at `at` that begins a line of its own wherever it stands.
std::size_t label_at(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    for (const std::string_view label :
         {"Sagsnr.:", "Sagsnr:", "Sagsnummer:", "Sagsnr. ",
          "Dok.nr.:", "Dok.nr:", "Følgende deltog ikke i behandlingen", "Fraværende:", "Afbud:"}) {
        if (rest.starts_with(label)) return label.size();
    }
    return 0;
}

/// "Økonomiudvalgets beslutning den 04.12.2012 Punkt 2" at `at`; its length, or 0.
std::size_t decision_heading_at(std::string_view text, std::size_t at) {
    const std::string_view window = text.substr(at, 220);
    const std::size_t line = window.find('\n');
    const std::string_view rest = window.substr(0, line);
    const std::size_t word = rest.find(" beslutning den ");
    if (word == std::string_view::npos || word > 110) return 0;
    const std::string_view name = rest.substr(0, word);
    const std::string body = body_in(name);
    const bool known = !body.empty() && rest.starts_with(std::string_view(body).substr(0, 4));
    // "KMB IT-udvalgets", "Grønt Råds": bodies are named as towns please.
    const bool a_name = is_upper(name, 0) && name.ends_with('s') && word_count(name) <= 8 &&
                        name.find_first_of(".:;!?()0123456789") == std::string_view::npos;
    bool glued_inside = false;
    for (std::size_t i = 1; i < name.size(); ++i)
        glued_inside = glued_inside || (is_lower(name, i - 1) && is_upper(name, i));
    if (!known && (!a_name || glued_inside)) return 0;
    const auto date = find_date(rest.substr(word));
    if (!date || date->begin > 20) return 0;
    std::size_t end = word + date->end;
    if (rest.substr(end).starts_with(" Punkt ")) {
        end += 7;
        while (is_digit(rest, end)) ++end;
    }
    return end;
}

/// Length of a name like "Bilag" or "Baggrund" at `at` with text glued behind it.
std::size_t section_at(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at, 120);
    std::size_t next = 0;
    const std::size_t colon = rest.find(':');
    const std::size_t length = leading_section_name(rest, next);
    if (length > 0 && length != colon) return length;
    // "Bilag2012-200782 - Bygningsliste"
    if (rest.starts_with("Bilag") && is_digit(rest, 5)) return 5;
    return 0;
}

/// "2012-205991 - Det nære sundhedsvæsen": a document of a list, by its number.
bool is_document_at(std::string_view text, std::size_t at) {
    const auto digits = [&](std::size_t most) {
        const std::size_t begin = at;
        while (at < text.size() && is_digit(text, at) && at - begin < most) ++at;
        return at - begin;
    };
    if (digits(4) != 4 || text.substr(at, 1) != "-") return false;
    ++at;
    if (digits(8) < 3) return false;
    return text.substr(at).starts_with(" - ");
}

/// "A)" alone, "b." alone: the number of a point whose text is the next line.
bool is_letter_mark(std::string_view line) {
    const bool letter =
        !line.empty() && ((line[0] >= 'a' && line[0] <= 'z') || (line[0] >= 'A' && line[0] <= 'Z'));
    return line.size() == 2 && letter && (line[1] == ')' || line[1] == '.');
}

bool begins_with_letter_mark(std::string_view line) {
    return line.size() > 3 && is_letter_mark(line.substr(0, 2)) && line[1] == ')' && line[2] == ' ';
}

}  // namespace

std::string unglue(std::string_view text) {
    const auto lines = std::count(text.begin(), text.end(), '\n');
    const bool lost_lines = text.size() > 400 * static_cast<std::size_t>(lines + 1);
    std::string out;
    out.reserve(text.size() + text.size() / 32);
    const auto break_line = [&] {
        if (!out.empty() && out.back() != '\n') out += '\n';
    };
    for (std::size_t at = 0; at < text.size();) {
        const bool listed = is_digit(text, at) && at > 0 && !is_digit(text, at - 1) &&
                            glued_before(text, at) && is_document_at(text, at);
        if (listed) break_line();
        if (is_upper(text, at)) {
            // "... - KLBeslutningen træffes af": behind capitals only a name too long for a word.
            const bool capitals = at > 1 && is_upper(text, at - 1) && is_upper(text, at - 2) &&
                                  section_at(text, at) > 10;
            const bool glued = capitals || glued_before(text, at);
            const bool starts = at == 0 || glued || is_blank(text[at - 1]);
            std::size_t before = at;
            while (before > 0 && text[before - 1] == ' ') --before;
            const bool behind_stop = before < at && before > 0 && text[before - 1] == '.';
            const bool may_label = glued || (lost_lines && behind_stop);
            if (const std::size_t length = may_label ? label_at(text, at) : 0; length > 0) {
                break_line();
                out += text.substr(at, length);
                at += length;
                continue;
            }
            if (starts) {
                std::size_t length = section_at(text, at);
                // A name amid a sentence is a word of it: behind a blank only a full stop will do.
                if (length > 0 && !glued && at > 1 && text[at - 1] == ' ' && !behind_stop)
                    length = 0;
                if (length == 0 && (glued || at == 0 || text[at - 1] == '\n')) {
                    length = decision_heading_at(text, at);
                    const bool open_end = length > 0 && (is_upper(text, at + length) || glued);
                    if (!open_end) length = 0;
                }
                if (length > 0) {
                    break_line();
                    out += text.substr(at, length);
                    out += '\n';
                    at += length;
                    continue;
                }
            }
            const bool point = lost_lines && at + 1 < text.size() && text[at + 1] == ')' &&
                               at > 0 && (glued || text[at - 1] == ' ') && is_upper(text, at + 2);
            if (point) {
                break_line();
                out += text.substr(at, 2);
                out += ' ';
                at += 2;
                continue;
            }
            // "... til udvalget.Planen for": two paragraphs.
            if (lost_lines && glued && at > 3 && text[at - 1] == '.' && is_lower(text, at - 2) &&
                is_lower(text, at - 3) && !text.substr(0, at - 1).ends_with("www"))
                break_line();
        }
        out += text[at++];
    }
    return out;
}

Blocks plain_blocks(std::string_view text) {
    Blocks blocks;
    std::string mark;
    std::uint32_t group = 0;
    std::uint32_t groups = 0;
    const std::string apart = unglue(text);
    for (const std::string_view raw : lines_of(apart)) {
        std::string line = tidy(raw);
        if (line.empty()) continue;
        if (is_letter_mark(line)) {
            mark = line;
            continue;
        }
        bool item = begins_with_letter_mark(line);
        if (!mark.empty()) {
            line = mark + " " + line;
            mark.clear();
            item = true;
        }
        const bool decision = decision_heading_at(line, 0) == line.size();
        for (const std::string_view bullet : {"- ", "\xE2\x80\xA2 ", "* ", "\xE2\x80\x93 "}) {
            if (!line.starts_with(bullet)) continue;
            line.erase(0, bullet.size());
            item = true;
        }
        Block block;
        block.text = std::move(line);
        if (decision) {
            group = 0;
            block.kind = BlockKind::heading;
            block.level = 2;
        } else if (item) {
            if (group == 0) group = ++groups;
            block.kind = BlockKind::item;
            block.level = 1;
            block.group = group;
        } else {
            group = 0;
        }
        blocks.push_back(std::move(block));
    }
    return blocks;
}

bool has_section(const Blocks& blocks, Section section) {
    return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
        const auto named = section_named(block.text, block.kind != BlockKind::heading);
        return named && named->section == section;
    });
}

bool drop_section(Blocks& blocks, Section section) {
    bool inside = false;
    return std::erase_if(blocks, [&](const Block& block) {
               const auto named = section_named(block.text, block.kind != BlockKind::heading);
               if (named) inside = named->section == section;
               return inside;
           }) > 0;
}

}  // namespace raadbot::ingest
