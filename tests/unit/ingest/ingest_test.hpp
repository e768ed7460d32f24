// What the parsers' tests share: files by name, parsed in this process or in the child.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "retrieval/ingest/parse.hpp"

namespace raadbot::ingest {

inline std::string test_file(std::string_view name) {
    const std::string path =
        std::string(RAADBOT_SOURCE_DIR) + "/tests/unit/ingest/files/" + std::string(name);
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline Result<Parsed> parse_bytes(std::string_view bytes, std::string_view name,
                                  SourceKind kind = SourceKind::website) {
    ParseInput input;
    input.bytes = bytes;
    input.name = name;
    input.kind = kind;
    return parse(input, {});
}

/// Parses a test file; fails the test when it cannot be read.
inline Parsed parse_file(std::string_view name, SourceKind kind = SourceKind::website) {
    const std::string bytes = test_file(name);
    auto parsed = parse_bytes(bytes, name, kind);
    EXPECT_TRUE(parsed) << (parsed ? std::string() : parsed.error().message);
    return parsed ? *parsed : Parsed{};
}

/// Every word that came out: titles, headings, texts, URLs, bodies.
inline std::string everything(const Parsed& parsed) {
    std::string out;
    for (const ParsedDocument& document : parsed.documents) {
        out += document.title + '\n' + document.url + document.url_suffix + '\n' + document.owner +
               '\n';
        for (const Passage& passage : document.passages) {
            for (const std::string& heading : passage.headings) out += heading + '\n';
            out += passage.text + '\n' + passage.anchor.fragment + '\n' + passage.decided_by + '\n';
        }
    }
    return out;
}

inline bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

inline std::size_t lines_in(std::string_view text) {
    return text.empty() ? 0
                        : 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

inline const Passage* find_passage(const ParsedDocument& document, std::string_view part) {
    for (const Passage& passage : document.passages) {
        if (holds(passage.text, part)) return &passage;
    }
    return nullptr;
}

}  // namespace raadbot::ingest
