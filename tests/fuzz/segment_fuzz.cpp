// The segment reader on any bytes: posting lists directly, and a whole segment file whose checksums
// are made right after its bytes were changed, so that the fuzzer gets past them.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "retrieval/index/checksum.hpp"
#include "retrieval/index/deletes.hpp"
#include "retrieval/index/paged_file.hpp"
#include "retrieval/index/segment_builder.hpp"
#include "retrieval/index/top_k.hpp"

namespace {

using namespace raadbot;         // NOLINT: a fuzz target.
using namespace raadbot::index;  // NOLINT

constexpr std::size_t trailer_size = 16 * max_sections + 8 * user_numbers + 24;

std::filesystem::path scratch() {
    static const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("segment-fuzz-" + std::to_string(::getpid()));
    return file;
}

/// A small sound segment.
const std::vector<std::uint8_t>& sound_segment() {
    static const std::vector<std::uint8_t> bytes = [] {
        SegmentBuilder builder({}, {});
        for (PassageId id = 1; id <= 300; ++id) {
            const std::string text = "budget sag" + std::to_string(id % 40) + " møde";
            Entry entry;
            entry.id = id;
            entry.text = text;
            builder.add(entry);
        }
        builder.write(posix_files(), scratch());
        std::ifstream in(scratch(), std::ios::binary);
        return std::vector<std::uint8_t>(std::istreambuf_iterator<char>(in), {});
    }();
    return bytes;
}

/// Trailer layout: sections, numbers, payload size, checksum of page checksums, own checksum,
/// magic.
void mend_checksums(std::vector<std::uint8_t>& bytes) {
    std::uint8_t* trailer = bytes.data() + bytes.size() - trailer_size;
    std::uint64_t payload = 0;
    std::memcpy(&payload, trailer + trailer_size - 24, 8);
    const std::size_t body = bytes.size() - trailer_size;
    if (payload > body) return;
    const std::size_t pages = (body - payload) / 4;
    for (std::size_t page = 0; page < pages && page * page_size < payload; ++page) {
        const std::size_t begin = page * page_size;
        const std::size_t size = std::min<std::size_t>(page_size, payload - begin);
        const std::uint32_t sum = crc32c({bytes.data() + begin, size});
        std::memcpy(bytes.data() + payload + page * 4, &sum, 4);
    }
    const std::uint32_t sums = crc32c({bytes.data() + payload, pages * 4});
    std::memcpy(trailer + trailer_size - 16, &sums, 4);
    const std::uint32_t zero = 0;
    std::memcpy(trailer + trailer_size - 12, &zero, 4);
    const std::uint32_t own = crc32c({trailer, trailer_size});
    std::memcpy(trailer + trailer_size - 12, &own, 4);
}

void read_list(std::span<const std::uint8_t> bytes) {
    PostingCursor cursor(bytes, 5000);
    for (DocNumber begin = 0; begin < 5000; begin += 700) {
        (void)cursor.bound(begin, begin + 700);
        cursor.for_range(begin, begin + 700, [&](DocNumber doc, std::uint32_t) {
            if (doc < begin || doc >= begin + 700) __builtin_trap();
        });
        (void)cursor.impact_of(begin + 13);
    }
    PostingCursor windows(bytes, 5000);
    std::vector<std::uint32_t> sums(DensePostings::window);
    const std::vector<std::uint16_t> found = {1, 70, 900};
    for (DocNumber begin = 0; begin < 5000; begin += DensePostings::window) {
        windows.add(begin, std::min(begin + DensePostings::window, 5000U), 3, sums.data());
        windows.raise(begin, found, 3, sums.data());
    }
}

void read_segment(std::span<const std::uint8_t> changes) {
    std::vector<std::uint8_t> bytes = sound_segment();
    // Three bytes a change: place (as a share of the file) and value.
    for (std::size_t i = 0; i + 4 <= changes.size() && i < 64; i += 4) {
        const std::size_t place =
            (std::size_t{changes[i]} << 16U | std::size_t{changes[i + 1]} << 8U | changes[i + 2]) %
            bytes.size();
        bytes[place] = changes[i + 3];
    }
    mend_checksums(bytes);
    {
        std::ofstream out(scratch(), std::ios::binary | std::ios::trunc);
        out.write(reinterpret_cast<const char*>(bytes.data()),
                  static_cast<std::streamsize>(bytes.size()));
    }
    auto segment = Segment::open(scratch());
    if (!segment) return;
    try {
        (void)(*segment)->words().frequency("budget");
        (void)(*segment)->words().similar("budgettet", 0.3F, 12);
        (void)(*segment)->words().with_prefix("sa", 20);
        Filter filter;
        filter.audiences = {Audience{}};
        const SegmentView view{*segment, std::make_shared<Deletes>((*segment)->passages())};
        const Query query = quantise({{{term_key(TermSpace::word, "budget"), 1.0F}},
                                      {{term_key(TermSpace::word, "sag7"), 2.0F},
                                       {term_key(TermSpace::word, "møde"), 1.5F}}});
        (void)search_top_k(std::span(&view, 1), query, filter, 10);
    } catch (const DamagedIndex&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::span<const std::uint8_t> bytes(data + 1, size - 1);
    if (data[0] % 2 == 0) {
        read_list(bytes);
    } else {
        read_segment(bytes);
    }
    return 0;
}
