// WebVTT captions (https://www.w3.org/TR/webvtt1/): cues with times, then passages per speaker's
// turn. Styling, positions and regions are skipped; of NOTE comments only "key: value" lines, marks
// of items and the first words before the first cue are read.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/ingest/parse.hpp"

namespace raadbot::ingest {

struct Cue {
    std::string id;
    std::uint64_t start_ms = 0;
    std::uint64_t end_ms = 0;
    std::string text;  ///< Raw payload, lines separated by '\n'.
    friend bool operator==(const Cue&, const Cue&) = default;
};

struct WebVtt {
    std::vector<Cue> cues;
    std::map<std::string, std::string, std::less<>>
        notes;            ///< "key: value" of header and NOTE blocks.
    std::string heading;  ///< What the header or a NOTE before the first cue calls the recording.
    std::uint32_t other_notes = 0;
    struct Mark {
        std::size_t cue = 0;  ///< Index of the first cue behind it.
        std::string text;     ///< "Punkt 3 Ny idrætshal"
        friend bool operator==(const Mark&, const Mark&) = default;
    };
    std::vector<Mark> marks;  ///< NOTE blocks that name an agenda item.
};

/// Errors: unreadable (no WEBVTT signature). Malformed cues are skipped, as the standard says.
[[nodiscard]] Result<WebVtt> read_webvtt(std::string_view text);

struct SpokenText {
    std::string speaker;  ///< Of <v>, or empty.
    std::string text;
};
/// The payload without tags, entities read, cut where the voice changes.
[[nodiscard]] std::vector<SpokenText> cue_speech(std::string_view payload);

[[nodiscard]] Result<Parsed> parse_webvtt(const ParseInput& input);

}  // namespace raadbot::ingest
