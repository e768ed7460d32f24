#include "retrieval/index/bit_packing.hpp"

#include <gtest/gtest.h>

#include <random>

#include "retrieval/index/checksum.hpp"
#include "retrieval/index/window_scan.hpp"

namespace raadbot::index {
namespace {

TEST(BitPacking, GivesBackWhatWasPackedAtEveryWidth) {
    std::mt19937 random(1);
    for (unsigned width = 0; width <= max_doc_width; ++width) {
        Block values;
        for (std::uint32_t& value : values) {
            value = static_cast<std::uint32_t>(random()) & ((1U << width) - 1);
        }
        std::vector<std::uint8_t> bytes;
        pack(values, width, bytes);
        ASSERT_EQ(bytes.size(), packed_bytes(width));
        Block again;
        unpack(bytes.data(), width, again);
        for (std::size_t i = 0; i < block_size; ++i) {
            ASSERT_EQ(again[i], values[i]) << "width " << width << " at " << i;
            ASSERT_EQ(unpack_one(bytes.data(), width, i), values[i]);
        }
    }
}

TEST(Checksum, AgreesWithTheStandardsExampleAndThePlainForm) {
    const std::vector<std::uint8_t> zeros(32);
    EXPECT_EQ(crc32c(zeros), 0x8a9136aaU);  // RFC 3720, B.4.
    std::mt19937 random(2);
    for (std::size_t size = 0; size < 70; ++size) {
        std::vector<std::uint8_t> bytes(size);
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
        EXPECT_EQ(crc32c(bytes), crc32c_portable(bytes));
    }
}

TEST(WindowScan, FindsTheSameAsThePlainForm) {
    std::mt19937 random(3);
    for (int round = 0; round < 50; ++round) {
        std::vector<std::uint32_t> sums(window_size);
        for (std::uint32_t& sum : sums) {
            sum = static_cast<std::uint32_t>(random() % 4 == 0 ? random() % 1000 : 0);
        }
        std::vector<std::uint32_t> same = sums;
        const auto threshold = static_cast<std::uint32_t>(1 + random() % 1000);
        std::vector<std::uint16_t> found(scan_room);
        std::vector<std::uint16_t> found_plain(scan_room);
        std::vector<std::uint32_t> values(scan_room);
        std::vector<std::uint32_t> values_plain(scan_room);
        const std::size_t count =
            scan_and_clear(sums.data(), threshold, found.data(), values.data());
        ASSERT_EQ(count, scan_and_clear_portable(same.data(), threshold, found_plain.data(),
                                                 values_plain.data()));
        found.resize(count);
        found_plain.resize(count);
        values.resize(count);
        values_plain.resize(count);
        EXPECT_EQ(found, found_plain);
        EXPECT_EQ(values, values_plain);
        EXPECT_EQ(sums, std::vector<std::uint32_t>(window_size));
        EXPECT_EQ(same, sums);
    }
}

}  // namespace
}  // namespace raadbot::index
