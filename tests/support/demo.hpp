// The demo municipality as tests see it: its questions, asked in one batch of the real program.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::support {

[[nodiscard]] inline std::filesystem::path demo_folder() {
    return std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/demo";
}

[[nodiscard]] inline std::vector<nlohmann::json> json_lines(const std::string& text) {
    std::vector<nlohmann::json> result;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) result.push_back(nlohmann::json::parse(line));
    }
    return result;
}

/// All development questions, by file name.
[[nodiscard]] inline std::vector<nlohmann::json> demo_questions() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(demo_folder() / "questions")) {
        if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<nlohmann::json> result;
    for (const auto& file : files) {
        for (auto& line : json_lines(read_file(file))) result.push_back(std::move(line));
    }
    return result;
}

/// Asks lines of the batch contract; the outcome's `out` has an answer a line, in their order.
[[nodiscard]] inline Outcome ask_demo(const std::vector<nlohmann::json>& lines) {
    const TemporaryFolder folder;
    std::string batch;
    for (const auto& line : lines) batch += line.dump() + "\n";
    const auto file = folder.write("batch.jsonl", batch);
    return run({RAADBOT_BINARY, "ask", "--config", RAADBOT_DEMO_CONFIG, "--json", "--batch",
                file.string()});
}

}  // namespace raadbot::support
