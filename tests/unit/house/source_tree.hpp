// The project's files, for tests about the tree itself.
#pragma once

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace raadbot::house {

namespace fs = std::filesystem;

inline fs::path root() { return RAADBOT_SOURCE_DIR; }

/// Files below `folder` (relative to the root), relative to the root, sorted; what a build makes is
/// left out.
inline std::vector<fs::path> files_below(const fs::path& folder) {
    static const std::set<std::string> not_ours = {".git", ".build", ".data", ".cache",
                                                   "node_modules"};
    std::vector<fs::path> result;
    if (!fs::exists(root() / folder)) return result;
    for (auto it = fs::recursive_directory_iterator(root() / folder);
         it != fs::recursive_directory_iterator(); ++it) {
        if (it->is_directory() && not_ours.contains(it->path().filename().string())) {
            it.disable_recursion_pending();
        } else if (it->is_regular_file()) {
            result.push_back(it->path().lexically_relative(root()));
        }
    }
    std::sort(result.begin(), result.end());
    return result;
}

inline bool is_cpp(const fs::path& file) {
    return file.extension() == ".hpp" || file.extension() == ".cpp";
}

inline std::string text_of(const fs::path& file) { return support::read_file(root() / file); }

}  // namespace raadbot::house
