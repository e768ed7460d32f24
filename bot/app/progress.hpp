// A bar on a terminal's stderr.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>

namespace raadbot::app {

inline void draw_progress(const std::string& what, std::uint64_t done, std::uint64_t total) {
    constexpr std::uint64_t width = 30;
    const std::uint64_t filled = done * width / std::max<std::uint64_t>(total, 1);
    std::fprintf(stderr, "\r  %-16s [%s%s] %llu/%llu", what.c_str(),
                 std::string(filled, '#').c_str(), std::string(width - filled, ' ').c_str(),
                 static_cast<unsigned long long>(done), static_cast<unsigned long long>(total));
}

inline void clear_progress() { std::fprintf(stderr, "\r%80s\r", ""); }

}  // namespace raadbot::app
