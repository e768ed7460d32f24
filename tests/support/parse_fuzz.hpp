// What every fuzz target of a parser asks of its result: passages are valid UTF-8, not empty, and
// the answer survives the wire to the child unchanged.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "retrieval/danish/text.hpp"
#include "retrieval/ingest/wire.hpp"

namespace raadbot::ingest {

inline void check_parsed(const Result<Parsed>& parsed) {
    if (!parsed) {
        if (parsed.error().message.empty()) std::abort();
        return;
    }
    for (const ParsedDocument& document : parsed->documents) {
        for (const Passage& passage : document.passages) {
            if (passage.text.empty() || !danish::is_valid_utf8(passage.text)) std::abort();
            for (const std::string& heading : passage.headings) {
                if (!danish::is_valid_utf8(heading)) std::abort();
            }
        }
    }
    const auto back = read_answer(write_answer(parsed));
    if (!back || !(*back == *parsed)) std::abort();
}

inline int fuzz_format(const std::uint8_t* data, std::size_t size, Format format,
                       const char* name) {
    ParseInput input;
    input.bytes = {reinterpret_cast<const char*>(data), size};
    input.name = name;
    input.format = format;
    Limits limits;
    limits.max_file_bytes = 1U << 20U;
    limits.max_text_bytes = 1U << 22U;
    check_parsed(parse(input, limits));
    return 0;
}

}  // namespace raadbot::ingest
