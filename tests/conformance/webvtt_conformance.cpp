// Cues, times and text of vtt.js's cases (suites/webvtt); counts printed. Positions and regions are
// not read by Raadbot and not compared. Three cases differ because vtt.js departs from the standard
// there
// ("000:00.000" and "120:00.000" as times, a line "-->" that swallows the next cue). Usage:
// webvtt_conformance FOLDER
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "retrieval/ingest/webvtt.hpp"

namespace {

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string normal(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: webvtt_conformance FOLDER\n";
        return 2;
    }
    std::size_t right = 0;
    std::size_t all = 0;
    std::size_t read_only = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[1])) {
        if (entry.path().extension() != ".vtt") continue;
        const auto vtt = raadbot::ingest::read_webvtt(read(entry.path()));
        std::filesystem::path expected_path = entry.path();
        expected_path.replace_extension(".json");
        if (!std::filesystem::exists(expected_path)) {
            ++read_only;
            continue;
        }
        const auto expected = nlohmann::json::parse(read(expected_path), nullptr, false);
        if (!expected.is_object() || !expected.contains("cues")) continue;
        ++all;
        const auto& cues = expected["cues"];
        const std::size_t have = vtt ? vtt->cues.size() : 0;
        bool same = have == cues.size();
        for (std::size_t at = 0; same && at < cues.size(); ++at) {
            const auto& cue = vtt->cues[at];
            same = std::abs(cues[at]["startTime"].get<double>() * 1000 -
                            static_cast<double>(cue.start_ms)) < 0.5 &&
                   std::abs(cues[at]["endTime"].get<double>() * 1000 -
                            static_cast<double>(cue.end_ms)) < 0.5 &&
                   cues[at]["id"].get<std::string>() == cue.id &&
                   normal(cues[at]["text"].get<std::string>()) == normal(cue.text);
        }
        if (same) {
            ++right;
        } else {
            std::cout << "differs: " << entry.path().lexically_relative(argv[1]).string() << " ("
                      << have << " cues, expected " << cues.size() << ")\n";
        }
    }
    std::cout << "WebVTT: " << right << " of " << all << " cases agree; " << read_only
              << " more read without expectation\n";
    return right * 100 >= all * 95 ? 0 : 1;
}
