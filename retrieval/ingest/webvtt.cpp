#include "retrieval/ingest/webvtt.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "retrieval/danish/text.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

std::optional<std::uint64_t> digits(std::string_view text, std::size_t& at, std::size_t& count) {
    std::uint64_t value = 0;
    count = 0;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        if (count < 12) value = value * 10 + static_cast<std::uint64_t>(text[at] - '0');
        ++at;
        ++count;
    }
    if (count == 0 || count > 12) return std::nullopt;
    return value;
}

/// "collect a WebVTT timestamp", §4.4: [h+:]mm:ss.ttt
std::optional<std::uint64_t> timestamp(std::string_view text, std::size_t& at) {
    std::size_t count = 0;
    const auto first = digits(text, at, count);
    if (!first) return std::nullopt;
    bool hours = count != 2 || *first > 59;
    if (at >= text.size() || text[at] != ':') return std::nullopt;
    ++at;
    const auto second = digits(text, at, count);
    if (!second || count != 2) return std::nullopt;
    std::uint64_t hour = 0;
    std::uint64_t minute = *first;
    std::uint64_t sec = *second;
    if (hours || (at < text.size() && text[at] == ':')) {
        if (at >= text.size() || text[at] != ':') return std::nullopt;
        ++at;
        const auto third = digits(text, at, count);
        if (!third || count != 2) return std::nullopt;
        hour = *first;
        minute = *second;
        sec = *third;
    }
    if (at >= text.size() || text[at] != '.') return std::nullopt;
    ++at;
    const auto thousandths = digits(text, at, count);
    if (!thousandths || count != 3) return std::nullopt;
    if (minute > 59 || sec > 59 || hour > 100'000) return std::nullopt;
    return ((hour * 60 + minute) * 60 + sec) * 1000 + *thousandths;
}

bool timings(std::string_view line, Cue& cue) {
    std::size_t at = 0;
    const auto skip = [&] {
        while (at < line.size() && is_blank(line[at])) ++at;
    };
    skip();
    const auto start = timestamp(line, at);
    if (!start) return false;
    skip();
    if (!line.substr(at).starts_with("-->")) return false;
    at += 3;
    skip();
    const auto end = timestamp(line, at);
    if (!end) return false;
    cue.start_ms = *start;
    cue.end_ms = *end;
    return true;
}

void read_note(std::string_view line, WebVtt& out) {
    static constexpr auto keys =
        std::to_array<std::string_view>({"url", "title", "titel", "date", "dato", "body", "udvalg",
                                         "owner", "language", "kind", "link", "updated"});
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string key = lower(trim(line.substr(0, colon)));
    const std::string_view value = trim(line.substr(colon + 1));
    if (value.empty() || std::find(keys.begin(), keys.end(), key) == keys.end()) return;
    out.notes.emplace(key, tidy(value));
}

std::string unescape(std::string_view text) {
    static constexpr auto entities =
        std::to_array<std::pair<std::string_view, std::string_view>>({{"&amp;", "&"},
                                                                      {"&lt;", "<"},
                                                                      {"&gt;", ">"},
                                                                      {"&nbsp;", " "},
                                                                      {"&quot;", "\""},
                                                                      {"&lrm;", ""},
                                                                      {"&rlm;", ""},
                                                                      {"&#39;", "'"},
                                                                      {"&apos;", "'"},
                                                                      {"&aelig;", "æ"},
                                                                      {"&oslash;", "ø"},
                                                                      {"&aring;", "å"},
                                                                      {"&AElig;", "Æ"},
                                                                      {"&Oslash;", "Ø"},
                                                                      {"&Aring;", "Å"}});
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool found = false;
        if (text[at] == '&') {
            for (const auto& [name, value] : entities) {
                if (!text.substr(at).starts_with(name)) continue;
                out += value;
                at += name.size() - 1;
                found = true;
                break;
            }
        }
        if (!found) out += text[at];
    }
    return out;
}

}  // namespace

Result<WebVtt> read_webvtt(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at <= text.size();) {  // CR, LF and CRLF each end a line
        const std::size_t end = std::min(text.size(), text.find_first_of("\r\n", at));
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
        if (end < text.size() && text[end] == '\r' && at < text.size() && text[at] == '\n') ++at;
    }
    const std::string_view signature = lines[0];
    if (!signature.starts_with("WEBVTT") || (signature.size() > 6 && !is_blank(signature[6]))) {
        return fail(ErrorCode::unreadable, "does not begin with WEBVTT");
    }
    WebVtt out;
    out.heading = tidy(signature.substr(6));  // "WEBVTT - Byrådet, 3. februar 2026"
    std::size_t at = 1;
    for (;
         at < lines.size() && !lines[at].empty() && lines[at].find("-->") == std::string_view::npos;
         ++at) {
        read_note(lines[at], out);
    }
    while (at < lines.size()) {
        while (at < lines.size() && lines[at].empty()) ++at;
        if (at >= lines.size()) break;
        const std::string_view first = lines[at];
        const bool note = first.starts_with("NOTE") && (first.size() == 4 || is_blank(first[4]));
        if (note && first.find("-->") == std::string_view::npos) {
            bool known = false;
            const std::size_t before = out.notes.size();
            read_note(first.substr(4), out);
            std::string mark = tidy(first.substr(4));
            for (++at; at < lines.size() && !lines[at].empty() &&
                       lines[at].find("-->") == std::string_view::npos;
                 ++at) {
                read_note(lines[at], out);
                if (mark.empty()) mark = tidy(lines[at]);
            }
            known = out.notes.size() > before;
            // "NOTE Punkt 3 Ny idrætshal": whoever made the captions says where an item begins.
            if (const auto heading = item_heading(mark); !known && heading && heading->named) {
                out.marks.push_back({out.cues.size(), mark});
                known = true;
            }
            if (!known && out.heading.empty() && out.cues.empty()) {
                out.heading = mark;
                known = true;
            }
            if (!known) ++out.other_notes;
            continue;
        }
        Cue cue;
        if (first.find("-->") == std::string_view::npos) {
            cue.id = first;
            ++at;
            if (at >= lines.size() || lines[at].empty()) continue;
            if (lines[at].find("-->") ==
                std::string_view::npos) {  // STYLE, REGION or garbage: to the next empty line
                while (at < lines.size() && !lines[at].empty() &&
                       lines[at].find("-->") == std::string_view::npos)
                    ++at;
                if (at >= lines.size() || lines[at].empty()) continue;
                cue.id = lines[at - 1];
            }
        }
        const bool good = timings(lines[at], cue);
        ++at;
        for (; at < lines.size() && !lines[at].empty(); ++at) {
            if (lines[at].find("-->") != std::string_view::npos) break;
            if (!cue.text.empty()) cue.text += '\n';
            cue.text += lines[at];
        }
        if (good) out.cues.push_back(std::move(cue));
    }
    return out;
}

std::vector<SpokenText> cue_speech(std::string_view payload) {
    std::vector<SpokenText> out;
    std::string speaker;
    std::string text;
    const auto flush = [&] {
        std::string clean = tidy(unescape(text));
        if (!clean.empty()) out.push_back({speaker, std::move(clean)});
        text.clear();
    };
    for (std::size_t at = 0; at < payload.size(); ++at) {
        if (payload[at] != '<') {
            text += payload[at];
            continue;
        }
        std::size_t end = payload.find('>', at);
        if (end == std::string_view::npos) end = payload.size();
        const std::string_view tag = payload.substr(at + 1, end - at - 1);
        const bool voice = tag.starts_with('v') &&
                           (tag.size() == 1 || tag[1] == ' ' || tag[1] == '.' || tag[1] == '\t');
        if (voice) {
            flush();
            const std::size_t name = tag.find_first_of(" \t");
            speaker =
                name == std::string_view::npos ? std::string() : tidy(unescape(tag.substr(name)));
        } else if (tag == "/v") {
            flush();
            speaker.clear();
        } else if (tag.starts_with("rt") && (tag.size() == 2 || tag[2] == '.')) {
            text += ' ';
        }
        at = end;
    }
    flush();
    return out;
}

}  // namespace raadbot::ingest
