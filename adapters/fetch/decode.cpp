#include "adapters/fetch/decode.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "adapters/http/url.hpp"

namespace raadbot::fetch {
namespace {

class Inflater {
public:
    explicit Inflater(int window) : good_(inflateInit2(&stream_, window) == Z_OK) {}
    ~Inflater() {
        if (good_) inflateEnd(&stream_);
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    Result<std::string> run(std::string_view bytes, const InflateLimits& limits) {
        constexpr std::size_t free_of_ratio = 1U << 20U;
        if (!good_) return fail(ErrorCode::unavailable, "zlib cannot start");
        // zlib does not write to its input.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_.avail_in = static_cast<uInt>(bytes.size());
        std::array<char, 65'536> piece{};
        std::string out;
        while (true) {
            stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
            stream_.avail_out = static_cast<uInt>(piece.size());
            const int code = ::inflate(&stream_, Z_NO_FLUSH);
            const std::size_t got = piece.size() - stream_.avail_out;
            if (out.size() + got > limits.bytes ||
                (out.size() + got > free_of_ratio &&
                 (out.size() + got) / limits.ratio > bytes.size())) {
                return fail(ErrorCode::too_large, "unpacks to far more than it is");
            }
            out.append(piece.data(), got);
            if (code == Z_STREAM_END) {
                // A gzip file may be several in a row (RFC 1952 §2.2).
                if (stream_.avail_in < 18 || inflateReset(&stream_) != Z_OK) return out;
                continue;
            }
            if (code != Z_OK) return fail(ErrorCode::unreadable, "is damaged or cut short");
        }
    }

private:
    z_stream stream_{};
    bool good_;
};

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n\"'";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | code >> 6U);
        put(0x80U | (code & 63U));
    } else if (code < 0x10000) {
        put(0xE0U | code >> 12U);
        put(0x80U | (code >> 6U & 63U));
        put(0x80U | (code & 63U));
    } else {
        put(0xF0U | code >> 18U);
        put(0x80U | (code >> 12U & 63U));
        put(0x80U | (code >> 6U & 63U));
        put(0x80U | (code & 63U));
    }
}

/// Windows-1252, 0x80-0x9F; as the web reads Latin-1 too (WHATWG Encoding standard).
constexpr std::array<std::uint32_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

std::string from_single_bytes(std::string_view bytes, bool latin9) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        std::uint32_t code = static_cast<unsigned char>(c);
        if (latin9 && code == 0xA4) code = 0x20AC;
        append_utf8(out, code >= 0x80 && code < 0xA0 ? windows_1252[code - 0x80] : code);
    }
    return out;
}

std::string from_utf16(std::string_view bytes, bool big_endian) {
    std::string out;
    const auto unit = [&](std::size_t i) {
        const std::uint32_t a = static_cast<unsigned char>(bytes[i]);
        const std::uint32_t b = static_cast<unsigned char>(bytes[i + 1]);
        return big_endian ? a << 8U | b : b << 8U | a;
    };
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        std::uint32_t code = unit(i);
        if (code >= 0xD800 && code < 0xDC00 && i + 3 < bytes.size()) {
            const std::uint32_t low = unit(i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
                i += 2;
            }
        }
        if (code == 0xFEFF) continue;
        append_utf8(out, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
    }
    return out;
}

}  // namespace

Result<std::string> inflate(std::string_view bytes, const InflateLimits& limits) {
    if (bytes.empty()) return std::string();
    if (bytes.size() > (1U << 30U)) return fail(ErrorCode::too_large, "is too large to unpack");
    auto wrapped = Inflater(15 + 32).run(bytes, limits);  // gzip or zlib, by its first bytes
    if (wrapped || wrapped.error().code != ErrorCode::unreadable) return wrapped;
    auto raw = Inflater(-15).run(bytes, limits);  // What some servers call deflate.
    return raw || raw.error().code == ErrorCode::too_large ? raw : wrapped;
}

std::string media_type(std::string_view content_type) {
    return lower_case(trimmed(content_type.substr(0, content_type.find(';'))));
}

std::string charset_of(std::string_view content_type) {
    const std::string text = lower_case(content_type);
    const auto at = text.find("charset=");
    if (at == std::string::npos) return {};
    const std::string_view rest = std::string_view(text).substr(at + 8);
    return std::string(trimmed(rest.substr(0, rest.find(';'))));
}

std::string to_utf8(std::string bytes, std::string_view charset) {
    if (charset == "utf-16le" || charset == "utf-16" || charset == "utf-16be") {
        const bool big = charset == "utf-16be" || bytes.starts_with("\xFE\xFF");
        return from_utf16(bytes, big);
    }
    if (charset.empty() || http::is_utf8(bytes)) return bytes;
    static constexpr std::array<std::string_view, 8> latin = {
        "iso-8859-1", "latin1", "windows-1252", "cp1252", "iso8859-1", "us-ascii", "ascii", "l1"};
    if (std::find(latin.begin(), latin.end(), charset) != latin.end())
        return from_single_bytes(bytes, false);
    if (charset == "iso-8859-15" || charset == "latin9") return from_single_bytes(bytes, true);
    return bytes;
}

}  // namespace raadbot::fetch
