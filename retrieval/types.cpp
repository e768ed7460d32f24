#include "retrieval/types.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>

namespace raadbot {
namespace {

/// Reads exactly `digits` decimal digits at `pos`.
std::optional<int> fixed_number(std::string_view text, std::size_t pos, std::size_t digits) {
    if (pos + digits > text.size()) return std::nullopt;
    int value = 0;
    const char* first = text.data() + pos;
    for (const char* p = first; p != first + digits; ++p) {
        if (*p < '0' || *p > '9') return std::nullopt;
        value = value * 10 + (*p - '0');
    }
    return value;
}

constexpr std::array<std::pair<SourceKind, std::string_view>, 6> kind_names{{
    {SourceKind::handbook, "handbook"},
    {SourceKind::intranet, "intranet"},
    {SourceKind::website, "website"},
    {SourceKind::meetings, "meetings"},
    {SourceKind::video, "video"},
    {SourceKind::curated, "curated"},
}};

}  // namespace

std::string to_string(const Date& date) {
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return buffer.data();
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = fixed_number(text, 0, 4);
    const auto month = fixed_number(text, 5, 2);
    const auto day = fixed_number(text, 8, 2);
    if (!year || !month || !day) return std::nullopt;
    const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                    std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::string to_string(Timestamp when) {
    const auto midnight = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::hh_mm_ss time{when - midnight};
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%sT%02d:%02d:%02dZ",
                  to_string(Date{midnight}).c_str(), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return buffer.data();
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    if (text.size() < 17 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    const auto date = parse_date(text.substr(0, 10));
    const auto hour = fixed_number(text, 11, 2);
    const auto minute = fixed_number(text, 14, 2);
    if (!date || !hour || !minute || text[13] != ':' || *hour > 23 || *minute > 59) {
        return std::nullopt;
    }
    std::size_t pos = 16;
    int second = 0;
    if (text[pos] == ':') {
        const auto value = fixed_number(text, pos + 1, 2);
        if (!value || *value > 60) return std::nullopt;
        second = *value;
        pos += 3;
        if (pos < text.size() && text[pos] == '.') {  // Fractions are dropped.
            ++pos;
            while (pos < text.size() && text[pos] >= '0' && text[pos] <= '9') ++pos;
        }
    }
    const std::string_view zone = text.substr(pos);
    int offset_minutes = 0;
    if (zone != "Z" && zone != "z") {
        if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') {
            return std::nullopt;
        }
        const auto zone_hour = fixed_number(zone, 1, 2);
        const auto zone_minute = fixed_number(zone, 4, 2);
        if (!zone_hour || !zone_minute || *zone_hour > 14 || *zone_minute > 59) return std::nullopt;
        offset_minutes = (*zone_hour * 60 + *zone_minute) * (zone[0] == '-' ? -1 : 1);
    }
    return Timestamp{std::chrono::sys_days{*date}} + std::chrono::hours{*hour} +
           std::chrono::minutes{*minute - offset_minutes} + std::chrono::seconds{second};
}

Result<Audience> parse_audience(std::string_view text) {
    constexpr std::string_view committee = "committee:";
    if (text == "public" || text == "council") return Audience{std::string(text)};
    if (text.starts_with(committee) && text.size() > committee.size() &&
        std::all_of(text.begin() + committee.size(), text.end(), [](unsigned char c) {
            return std::isalnum(c) != 0 || c == '-' || c == '_' || c >= 0x80;
        })) {
        return Audience{std::string(text)};
    }
    return fail(ErrorCode::invalid_input,
                "unknown audience \"" + std::string(text) +
                    "\": use public, council or committee:<id> (letters, digits, - and _)");
}

std::vector<Audience> widen(std::vector<Audience> audiences) {
    const auto is_committee = [](const Audience& a) { return a.value.starts_with("committee:"); };
    const bool committee = std::any_of(audiences.begin(), audiences.end(), is_committee);
    const bool council = committee || std::find(audiences.begin(), audiences.end(),
                                                Audience{"council"}) != audiences.end();
    if (council) audiences.push_back(Audience{"council"});
    audiences.push_back(Audience{"public"});
    std::sort(audiences.begin(), audiences.end());
    audiences.erase(std::unique(audiences.begin(), audiences.end()), audiences.end());
    return audiences;
}

std::string_view to_string(SourceKind kind) {
    for (const auto& [value, name] : kind_names) {
        if (value == kind) return name;
    }
    return "website";
}

Result<SourceKind> parse_source_kind(std::string_view text) {
    for (const auto& [value, name] : kind_names) {
        if (name == text) return value;
    }
    return fail(ErrorCode::invalid_input,
                "unknown source kind \"" + std::string(text) +
                    "\": use handbook, intranet, website, meetings, video or curated");
}

std::string_view to_string(Section section) {
    switch (section) {
        case Section::text: return "text";
        case Section::resume: return "resume";
        case Section::sagsfremstilling: return "sagsfremstilling";
        case Section::okonomi: return "økonomi";
        case Section::horing: return "høring";
        case Section::lovgrundlag: return "lovgrundlag";
        case Section::indstilling: return "indstilling";
        case Section::beslutning: return "beslutning";
        case Section::bilag: return "bilag";
        case Section::deltagere: return "deltagere";
        case Section::tale: return "tale";
        case Section::term: return "term";
        case Section::curated: return "curated";
    }
    return "text";
}

std::string link(std::string_view url, const Anchor& anchor) {
    std::string result(url);
    // Part of a file has a fragment of its own ("x.pdf#page=3&punkt=2"); a nearer place replaces
    // it.
    if (anchor.page || anchor.second || !anchor.fragment.empty())
        result.resize(std::min(result.size(), result.find('#')));
    if (anchor.page) {
        result += "#page=" + std::to_string(*anchor.page);
    } else if (anchor.second) {
        result += result.find('?') == std::string::npos ? "?t=" : "&t=";
        result += std::to_string(*anchor.second);
    } else if (!anchor.fragment.empty()) {
        result += anchor.fragment;
    }
    return result;
}

}  // namespace raadbot
