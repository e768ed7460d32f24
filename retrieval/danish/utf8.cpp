#include "retrieval/danish/utf8.hpp"

#include <utf8proc.h>

namespace raadbot::danish::utf8 {

CodePoint decode(std::string_view text, std::size_t at) {
    const std::uint8_t lead = byte_at(text, at);
    if (lead < 0x80) return {lead, 1, true};
    std::size_t need = 0;
    std::uint32_t value = 0;
    std::uint8_t low = 0x80;
    std::uint8_t high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        need = 1;
        value = lead & 0x1FU;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        need = 2;
        value = lead & 0x0FU;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        need = 3;
        value = lead & 0x07U;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return {0xFFFD, 1, false};
    }
    for (std::size_t i = 1; i <= need; ++i) {
        if (at + i >= text.size()) return {0xFFFD, i, false};
        const std::uint8_t next = byte_at(text, at + i);
        if (next < low || next > high) return {0xFFFD, i, false};
        value = (value << 6U) | (next & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    return {value, need + 1, true};
}

void append(std::string& out, std::uint32_t code_point) {
    const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0U | (code_point >> 6U));
        put(0x80U | (code_point & 0x3FU));
    } else if (code_point < 0x10000) {
        put(0xE0U | (code_point >> 12U));
        put(0x80U | ((code_point >> 6U) & 0x3FU));
        put(0x80U | (code_point & 0x3FU));
    } else {
        put(0xF0U | (code_point >> 18U));
        put(0x80U | ((code_point >> 12U) & 0x3FU));
        put(0x80U | ((code_point >> 6U) & 0x3FU));
        put(0x80U | (code_point & 0x3FU));
    }
}

namespace {

utf8proc_category_t category(std::uint32_t code_point) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
}

bool is_latin1_letter(std::uint32_t c) {
    return c == 0xAA || c == 0xB5 || c == 0xBA || (c >= 0xC0 && c != 0xD7 && c != 0xF7);
}

}  // namespace

bool is_letter(std::uint32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c < 0x100) return is_latin1_letter(c);
    if (c >= 0x2000 && c < 0x2070) return false;  // general punctuation, by far the commonest here
    const utf8proc_category_t kind = category(c);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool is_mark(std::uint32_t c) {
    if (c < 0x300 || (c >= 0x2000 && c < 0x2070)) return false;
    const utf8proc_category_t kind = category(c);
    return kind >= UTF8PROC_CATEGORY_MN && kind <= UTF8PROC_CATEGORY_ME;
}

bool is_upper(std::uint32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    if (c < 0x100) return c >= 0xC0 && c <= 0xDE && c != 0xD7;
    const utf8proc_category_t kind = category(c);
    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
}

bool is_lower(std::uint32_t c) {
    if (c < 0x80) return c >= 'a' && c <= 'z';
    if (c < 0x100) return is_latin1_letter(c) && !is_upper(c);
    return category(c) == UTF8PROC_CATEGORY_LL;
}

std::size_t blank_length(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    const std::uint8_t lead = byte_at(text, at);
    if (lead == ' ' || lead == '\t') return 1;
    if (lead < 0xC2) return 0;
    const CodePoint point = decode(text, at);
    if (!point.valid) return 0;
    const bool blank = point.value == 0xA0 || point.value == 0x1680 || point.value == 0x202F ||
                       point.value == 0x205F || point.value == 0x3000 || point.value == 0xFEFF ||
                       (point.value >= 0x2000 && point.value <= 0x200B);
    return blank ? point.length : 0;
}

}  // namespace raadbot::danish::utf8
