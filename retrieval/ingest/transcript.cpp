// A meeting's captions -> a transcript: turns of speech with their second, matched to the meeting
// (body and date in the notes, the title or the file's name) and to its items.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "retrieval/danish/dates.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/spoken_items.hpp"
#include "retrieval/ingest/webvtt.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

constexpr std::uint64_t turn_ms =
    30'000;  ///< A passage of one speaker ends after this at a sentence's end ...
constexpr std::uint64_t most_ms = 60'000;      ///< ... and here in any case.
constexpr std::uint64_t pause_ms = 20'000;     ///< A silence this long ends it too.
constexpr std::uint64_t greeting_ms = 15'000;  ///< An announcement this early names its whole turn.

/// "Birgitte Holm: Tak." -> the name, where captions have no <v>.
std::size_t spoken_name(std::string_view text) {
    const std::size_t colon = text.find(": ");
    if (colon == std::string_view::npos || colon > 50 || colon < 4) return 0;
    std::size_t words = 0;
    std::size_t begin = 0;
    const std::string_view name = text.substr(0, colon);
    while (begin < name.size()) {
        std::size_t end = name.find(' ', begin);
        if (end == std::string_view::npos) end = name.size();
        const std::string_view word = name.substr(begin, end - begin);
        const bool upper = !word.empty() && lower(word.substr(0, 2)) != word.substr(0, 2);
        if (!upper || word.find_first_of(",;.!?") != std::string_view::npos) return 0;
        ++words;
        begin = end + 1;
    }
    return words >= 2 && words <= 4 ? colon : 0;
}

/// "byraadet-2026-01-27", "kb-2026-10-07": names of files have no å, and councils are shortened.
std::string body_in_file_name(std::string_view stem) {
    struct Initials {
        std::string_view initials;
        std::string_view body;
    };
    static constexpr auto shortened = std::to_array<Initials>({{"kb", "Kommunalbestyrelsen"},
                                                               {"br", "Byrådet"},
                                                               {"by", "Byrådet"},
                                                               {"oeu", "Økonomiudvalget"}});
    const std::string first = lower(stem.substr(0, stem.find_first_of("-_ ")));
    for (const Initials& known : shortened) {
        if (first == known.initials) return std::string(known.body);
    }
    std::string name;
    for (std::size_t at = 0; at < stem.size(); ++at) {
        const std::string_view two = stem.substr(at, 2);
        const bool pair = two == "aa" || two == "oe" || two == "ae";
        if (pair) {
            name += two == "aa" ? "å" : two == "oe" ? "ø" : "æ";
            ++at;
        } else {
            name += stem[at] == '-' || stem[at] == '_' ? ' ' : stem[at];
        }
    }
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return body_in(name);
}

/// "Velkommen til byrådets møde": the chair says whose meeting it is.
std::string body_welcomed(const std::vector<Cue>& cues) {
    constexpr std::size_t opening = 4;  // Cues.
    for (std::size_t i = 0; i < std::min(cues.size(), opening); ++i) {
        for (const SpokenText& part : cue_speech(cues[i].text)) {
            const std::string said = lower(part.text);
            if (said.find("velkommen") == std::string::npos ||
                said.find("møde") == std::string::npos)
                continue;
            // In a sentence a body has no capital: "byrådets".
            for (const danish::Token& token : danish::tokenize(part.text)) {
                std::string name = part.text.substr(token.begin);
                name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
                if (std::string body = body_in(name); !body.empty()) return body;
            }
        }
    }
    return {};
}

/// Which item the meeting has come to: by the captions' own marks, else by what is announced.
class Items {
public:
    explicit Items(const std::vector<WebVtt::Mark>& marks) : marks_(marks) {}

    /// True when an item is marked to begin at this cue.
    bool reach(std::size_t cue) {
        bool begins = false;
        for (; next_ < marks_.size() && marks_[next_].cue <= cue; ++next_) {
            const auto item = item_heading(marks_[next_].text);
            if (!item) continue;
            begins = true;
            closed_ = item->closed;
            heading_ = "Punkt " + item->number + (item->title.empty() ? "" : ": " + item->title);
        }
        return begins;
    }
    /// True when the words begin the next item. Numbers only go up, and not far: a speaker who
    /// refers to another item announces none. Which item it is when no number is said is found out
    /// with the agenda at hand (relate.hpp).
    bool hear(std::string_view text) {
        if (!marks_.empty()) return false;
        const unsigned number = announced_number(text);
        if (number == 0) return goes_on(text);
        if (number <= number_ || number > number_ + 3) return false;
        number_ = number;
        heading_ = "Punkt " + std::to_string(number);
        return true;
    }
    [[nodiscard]] bool closed() const { return closed_; }
    [[nodiscard]] std::vector<std::string> heading() const {
        return heading_.empty() ? std::vector<std::string>{} : std::vector<std::string>{heading_};
    }

private:
    const std::vector<WebVtt::Mark>& marks_;
    std::size_t next_ = 0;
    unsigned number_ = 0;
    bool closed_ = false;
    std::string heading_;
};

}  // namespace

Result<Parsed> parse_webvtt(const ParseInput& input) {
    const std::string text = danish::to_valid_nfc(input.bytes);
    const auto vtt = read_webvtt(text);
    if (!vtt) return fail(vtt.error().code, input.name.string() + ": " + vtt.error().message);
    if (vtt->cues.empty()) {
        return fail(ErrorCode::unreadable, input.name.string() + ": holds no cue that can be read");
    }
    Parsed parsed;
    parsed.report.hidden_removed += vtt->other_notes;
    ParsedDocument document;
    const auto note = [&](std::initializer_list<std::string_view> names) {
        for (const auto name : names) {
            if (const auto found = vtt->notes.find(name); found != vtt->notes.end())
                return found->second;
        }
        return std::string();
    };
    document.url = note({"url", "link"});
    if (!document.url.starts_with("http")) document.url.clear();
    document.title = note({"title", "titel"});
    document.owner = note({"owner"});
    if (const std::string language = note({"language"}); language.size() >= 2)
        document.language = lower(language.substr(0, 2));
    const std::string stem = input.name.stem().string();
    if (document.title.empty()) document.title = stem;
    const std::string date_note = note({"date", "dato", "updated"});
    auto date = find_date(date_note.empty() ? document.title : date_note);
    if (!date) date = find_date(vtt->heading);
    if (!date) date = find_date(stem);
    if (date) document.updated = date->date;
    std::string body = note({"body", "udvalg"});
    if (body.empty()) body = body_in(document.title);
    if (body.empty()) body = body_in(vtt->heading);
    if (body.empty()) body = body_in_file_name(stem);
    if (body.empty()) body = body_welcomed(vtt->cues);
    if (!body.empty() && date && document.title == stem) {
        document.title = body + ", " + danish::danish_date(date->date);
    }
    if (!body.empty() && date) {
        MeetingInfo meeting;
        meeting.body = body;
        meeting.date = date->date;
        document.meeting = std::move(meeting);
    }

    Passage turn;
    std::uint64_t turn_start = 0;
    std::uint64_t last_end = 0;
    std::string last_text;
    const auto flush = [&] {
        if (!turn.text.empty()) document.passages.push_back(turn);
        turn = {};
    };
    std::string speaker;
    Items items(vtt->marks);
    for (const Cue& cue : vtt->cues) {
        const auto index = static_cast<std::size_t>(&cue - vtt->cues.data());
        if (items.reach(index)) {
            flush();
            if (items.closed()) ++parsed.report.closed_items;
        }
        // What is said behind closed doors should not be in captions; if it is, it ends here.
        if (items.closed()) continue;
        auto speech = cue_speech(cue.text);
        for (SpokenText& part : speech) {
            if (part.speaker.empty()) {
                if (part.text.starts_with("- ") || part.text.starts_with(">> ")) {
                    part.text = part.text.substr(part.text.find(' ') + 1);
                    speaker.clear();
                }
                if (const std::size_t name = spoken_name(part.text); name > 0) {
                    speaker = part.text.substr(0, name);
                    part.text = std::string(trim(std::string_view(part.text).substr(name + 1)));
                }
                part.speaker = speaker;
            } else {
                speaker.clear();
            }
            // Rolling captions repeat the line before.
            if (part.text == last_text) continue;
            last_text = part.text;
            const bool ends_sentence =
                turn.text.ends_with('.') || turn.text.ends_with('?') || turn.text.ends_with('!');
            const bool long_enough = cue.start_ms >= turn_start + turn_ms && ends_sentence;
            const bool too_long = cue.start_ms >= turn_start + most_ms;
            const bool silence = cue.start_ms > last_end + pause_ms;
            if (!turn.text.empty() &&
                (part.speaker != turn.speaker || long_enough || too_long || silence))
                flush();
            if (turn.text.empty()) {
                turn.section = Section::tale;
                turn.speaker = part.speaker;
                turn.anchor.second = static_cast<std::uint32_t>(
                    std::min<std::uint64_t>(cue.start_ms / 1000, 0xFFFFFFFFU));
                turn_start = cue.start_ms;
            } else {
                turn.text += ' ';
            }
            turn.text += part.text;
            if (items.hear(part.text) && cue.start_ms >= turn_start + greeting_ms) {
                // Announced well into a turn: what was said before is the item before's.
                Passage next = turn;
                next.text = part.text;
                next.anchor.second = static_cast<std::uint32_t>(
                    std::min<std::uint64_t>(cue.start_ms / 1000, 0xFFFFFFFFU));
                turn.text.resize(turn.text.size() - part.text.size());
                while (turn.text.ends_with(' ')) turn.text.pop_back();
                flush();
                turn = std::move(next);
                turn_start = cue.start_ms;
            }
            turn.headings = items.heading();
            last_end = cue.end_ms;
        }
    }
    flush();
    parsed.documents.push_back(std::move(document));
    return parsed;
}

}  // namespace raadbot::ingest
