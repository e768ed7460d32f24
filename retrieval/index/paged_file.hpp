// A file of sections protected by checksums: written once, then mapped and never changed.
//
// Layout (FORMAT.md): payload, one CRC-32C for each 64 KiB page of it, a trailer with the section
// table and its own CRC. Opening reads only the trailer and the page checksums; a page is checked
// when it is first used, so opening is quick whatever the size, and no damaged byte is ever
// searched.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "retrieval/index/file_layer.hpp"
#include "retrieval/result.hpp"

namespace raadbot::index {

/// Thrown when a page that a search needs fails its checksum; the message names the file and the
/// remedy.
class DamagedIndex : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};
[[nodiscard]] std::string damage_message(const std::filesystem::path& file, const char* what);
/// For a file that another version of the program wrote: no damage, reading the sources renews it.
[[nodiscard]] std::string outdated_message(const std::filesystem::path& file);

inline constexpr std::size_t page_size = 64U * 1024U;
inline constexpr std::size_t max_sections = 16;
inline constexpr std::size_t user_numbers = 8;

struct SectionRange {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

/// Appends sections in order of their number; each begins at a multiple of 64 bytes.
class PagedFileWriter {
public:
    PagedFileWriter(FileLayer& files, const std::filesystem::path& file);

    void begin_section(std::size_t number);
    void append(std::span<const std::uint8_t> bytes);
    template <class T>
    void append_values(std::span<const T> values) {
        append({reinterpret_cast<const std::uint8_t*>(values.data()), values.size_bytes()});
    }
    /// Bytes of the current section so far.
    [[nodiscard]] std::uint64_t section_size() const { return written_ - section_begin_; }
    /// Writes checksums and trailer, syncs. Returns the trailer's checksum, which identifies the
    /// content.
    std::uint32_t finish(const std::array<std::uint64_t, user_numbers>& numbers);
    [[nodiscard]] std::uint64_t file_size() const { return written_; }

private:
    void flush_page(bool last);

    std::unique_ptr<FileWriter> out_;
    std::vector<std::uint8_t> page_;
    std::vector<std::uint32_t> checksums_;
    std::array<SectionRange, max_sections> sections_{};
    std::size_t current_ = max_sections;
    std::uint64_t section_begin_ = 0;
    std::uint64_t written_ = 0;
};

class PagedFile {
public:
    /// Error: corrupt (names the file and `raadbot ingest --rebuild`).
    [[nodiscard]] static Result<std::shared_ptr<const PagedFile>> open(
        const std::filesystem::path& file);
    ~PagedFile();
    PagedFile(const PagedFile&) = delete;
    PagedFile& operator=(const PagedFile&) = delete;

    /// Checked bytes [offset, offset + size) of a section. Throws DamagedIndex when they fail their
    /// checksum or lie outside the section. Thread-safe.
    [[nodiscard]] std::span<const std::uint8_t> bytes(std::size_t section, std::uint64_t offset,
                                                      std::uint64_t size) const;
    [[nodiscard]] std::uint64_t section_size(std::size_t section) const {
        return sections_[section].size;
    }
    /// A whole section as an array of T; not yet checked: call check_values before reading
    /// elements.
    template <class T>
    [[nodiscard]] std::span<const T> values(std::size_t section) const {
        const SectionRange& range = sections_[section];
        return {reinterpret_cast<const T*>(data_ + range.offset),
                static_cast<std::size_t>(range.size / sizeof(T))};
    }
    /// Checks the pages that hold elements [first, first + count).
    template <class T>
    void check_values(std::size_t section, std::uint64_t first, std::uint64_t count) const {
        (void)bytes(section, first * sizeof(T), count * sizeof(T));
    }
    [[nodiscard]] std::uint64_t number(std::size_t i) const { return numbers_[i]; }
    [[nodiscard]] std::uint32_t checksum() const { return checksum_; }
    [[nodiscard]] std::uint64_t file_size() const { return size_; }
    [[nodiscard]] const std::filesystem::path& path() const { return file_; }
    /// Reads and checks every page.
    [[nodiscard]] Result<void> verify() const;

private:
    PagedFile() = default;
    [[nodiscard]] Result<void> read_trailer();
    [[nodiscard]] bool page_is_sound(std::size_t page) const;
    [[noreturn]] void throw_damaged() const;

    std::filesystem::path file_;
    const std::uint8_t* data_ = nullptr;
    std::uint64_t size_ = 0;
    std::uint64_t payload_ = 0;
    std::array<SectionRange, max_sections> sections_{};
    std::array<std::uint64_t, user_numbers> numbers_{};
    std::uint32_t checksum_ = 0;
    mutable std::unique_ptr<std::atomic<std::uint8_t>[]> checked_;
};

}  // namespace raadbot::index
