#include "adapters/teams/icon.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace raadbot::teams {
namespace {

void put32(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((value >> shift) & 0xff);
}

/// CRC-32 as PNG uses it (ISO 3309).
std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xffffffff;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

std::uint32_t adler32(std::string_view bytes) {
    std::uint32_t a = 1, b = 0;
    for (const char c : bytes) {
        a = (a + static_cast<unsigned char>(c)) % 65'521;
        b = (b + a) % 65'521;
    }
    return (b << 16) | a;
}

void chunk(std::string& png, const std::string& name, const std::string& data) {
    put32(png, static_cast<std::uint32_t>(data.size()));
    png += name + data;
    put32(png, crc32(name + data));
}

/// zlib's format with stored blocks: small pictures need no compression.
std::string stored(const std::string& data) {
    std::string out("\x78\x01", 2);
    for (std::size_t at = 0; at < data.size() || at == 0;) {
        const std::size_t size = std::min<std::size_t>(65'535, data.size() - at);
        out += static_cast<char>(at + size == data.size() ? 1 : 0);
        const auto low = static_cast<std::uint16_t>(size);
        for (const std::uint16_t value : {low, static_cast<std::uint16_t>(~low)}) {
            out += static_cast<char>(value & 0xff);
            out += static_cast<char>(value >> 8);
        }
        out.append(data, at, size);
        at += size;
    }
    put32(out, adler32(data));
    return out;
}

/// In a square of 1 x 1: is this point white?
bool is_white(double x, double y) {
    const auto box = [&](double left, double top, double right, double bottom) {
        return x >= left && x <= right && y >= top && y <= bottom;
    };
    // The bubble: a rounded rectangle and its tail.
    const double dx = std::max({0.20 - x, x - 0.80, 0.0}), dy = std::max({0.22 - y, y - 0.62, 0.0});
    const bool bubble = std::sqrt(dx * dx + dy * dy) <= 0.10;
    const bool tail = y >= 0.70 && y <= 0.90 && x >= 0.26 && x <= 0.26 + (0.90 - y) * 0.9;
    if (!bubble && !tail) return false;
    // The town hall, cut out of it: gable, columns, step.
    const bool gable = y >= 0.22 && y <= 0.35 && std::abs(x - 0.5) <= (y - 0.22) / 0.13 * 0.26;
    bool columns = false;
    for (const double left : {0.29, 0.42, 0.53, 0.66})
        columns = columns || box(left, 0.39, left + 0.05, 0.56);
    return !(gable || columns || box(0.24, 0.59, 0.76, 0.64));
}

/// How much of each pixel is white, 0 to 255, at eight by eight points.
std::vector<std::uint8_t> coverage(std::size_t size) {
    constexpr std::size_t grid = 8;
    std::vector<std::uint8_t> out;
    for (std::size_t y = 0; y < size; ++y) {
        for (std::size_t x = 0; x < size; ++x) {
            std::size_t hits = 0;
            for (std::size_t n = 0; n < grid * grid; ++n) {
                const double px =
                    static_cast<double>(x) + (static_cast<double>(n % grid) + 0.5) / grid;
                const double py =
                    static_cast<double>(y) + (static_cast<double>(n / grid) + 0.5) / grid;
                hits += is_white(px / static_cast<double>(size), py / static_cast<double>(size))
                            ? 1U
                            : 0U;
            }
            out.push_back(static_cast<std::uint8_t>(hits * 255 / (grid * grid)));
        }
    }
    return out;
}

/// Indexed colour: the palette's entry n is n parts white.
std::string png(std::size_t size, const std::string& palette, const std::string& transparency) {
    std::string rows;
    const auto pixels = coverage(size);
    for (std::size_t n = 0; n < pixels.size(); ++n) {
        if (n % size == 0) rows += '\0';  // No filter.
        rows += static_cast<char>(pixels[n]);
    }
    std::string header;
    put32(header, static_cast<std::uint32_t>(size));
    put32(header, static_cast<std::uint32_t>(size));
    header += std::string("\x08\x03\x00\x00\x00", 5);
    std::string out("\x89PNG\r\n\x1a\n", 8);
    chunk(out, "IHDR", header);
    chunk(out, "PLTE", palette);
    if (!transparency.empty()) chunk(out, "tRNS", transparency);
    chunk(out, "IDAT", stored(rows));
    chunk(out, "IEND", "");
    return out;
}

}  // namespace

std::string colour_icon() {
    constexpr std::array<int, 3> accent{0x1F, 0x4E, 0x79};
    std::string palette;
    for (int white = 0; white < 256; ++white) {
        for (const int part : accent)
            palette += static_cast<char>(part + (255 - part) * white / 255);
    }
    return png(192, palette, "");
}

std::string outline_icon() {
    std::string transparency;
    for (int white = 0; white < 256; ++white) transparency += static_cast<char>(white);
    return png(32, std::string(std::size_t{3} * 256, '\xff'), transparency);
}

}  // namespace raadbot::teams
