#include "retrieval/index/paged_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "retrieval/index/checksum.hpp"

namespace raadbot::index {
namespace {

static_assert(std::endian::native == std::endian::little, "index files are little-endian");

constexpr std::array<char, 8> magic = {'R', 'A', 'A', 'D', 'I', 'D', 'X', '1'};
constexpr std::uint64_t section_alignment = 64;

struct Trailer {
    std::array<SectionRange, max_sections> sections{};
    std::array<std::uint64_t, user_numbers> numbers{};
    std::uint64_t payload = 0;
    std::uint32_t pages_checksum = 0;  ///< Of the page checksums.
    std::uint32_t checksum = 0;        ///< Of this trailer with this field zero.
    std::array<char, 8> magic{};
};
static_assert(sizeof(Trailer) == 16 * max_sections + 8 * user_numbers + 24);

std::uint32_t trailer_checksum(Trailer trailer) {
    trailer.checksum = 0;
    return crc32c({reinterpret_cast<const std::uint8_t*>(&trailer), sizeof trailer});
}

std::uint64_t page_count(std::uint64_t payload) { return (payload + page_size - 1) / page_size; }

}  // namespace

std::string damage_message(const std::filesystem::path& file, const char* what) {
    return file.string() + ": the search index is damaged (" + what +
           "); `raadbot ingest --rebuild` builds it again from the stored documents";
}

std::string outdated_message(const std::filesystem::path& file) {
    return file.string() +
           ": the search index was built by another version of Raadbot; "
           "`raadbot ingest` builds it anew from the stored documents";
}

PagedFileWriter::PagedFileWriter(FileLayer& files, const std::filesystem::path& file)
    : out_(files.create(file)) {
    page_.reserve(page_size);
}

void PagedFileWriter::flush_page(bool last) {
    if (page_.size() == page_size || (last && !page_.empty())) {
        checksums_.push_back(crc32c(page_));
        out_->append(page_);
        page_.clear();
    }
}

void PagedFileWriter::append(std::span<const std::uint8_t> bytes) {
    written_ += bytes.size();
    while (!bytes.empty()) {
        const std::size_t taken = std::min(bytes.size(), page_size - page_.size());
        page_.insert(page_.end(), bytes.begin(),
                     bytes.begin() + static_cast<std::ptrdiff_t>(taken));
        bytes = bytes.subspan(taken);
        flush_page(false);
    }
}

void PagedFileWriter::begin_section(std::size_t number) {
    if (current_ < max_sections) sections_[current_].size = section_size();
    static constexpr std::array<std::uint8_t, section_alignment> zeros{};
    const std::uint64_t beyond = written_ % section_alignment;
    if (beyond != 0) append(std::span(zeros).first(section_alignment - beyond));
    current_ = number;
    section_begin_ = written_;
    sections_[number].offset = written_;
}

std::uint32_t PagedFileWriter::finish(const std::array<std::uint64_t, user_numbers>& numbers) {
    if (current_ < max_sections) sections_[current_].size = section_size();
    flush_page(true);
    Trailer trailer;
    trailer.sections = sections_;
    trailer.numbers = numbers;
    trailer.payload = written_;
    const std::span pages{reinterpret_cast<const std::uint8_t*>(checksums_.data()),
                          checksums_.size() * sizeof(std::uint32_t)};
    trailer.pages_checksum = crc32c(pages);
    trailer.magic = magic;
    trailer.checksum = trailer_checksum(trailer);
    out_->append(pages);
    out_->append({reinterpret_cast<const std::uint8_t*>(&trailer), sizeof trailer});
    out_->sync_and_close();
    written_ += pages.size() + sizeof trailer;
    return trailer.checksum;
}

Result<std::shared_ptr<const PagedFile>> PagedFile::open(const std::filesystem::path& path) {
    std::shared_ptr<PagedFile> file(new PagedFile);
    file->file_ = path;
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT) return fail(ErrorCode::corrupt, damage_message(path, "missing"));
        throw std::system_error(errno, std::generic_category(), path.string() + ": cannot open");
    }
    struct stat status {};
    if (::fstat(descriptor, &status) == 0) file->size_ = static_cast<std::uint64_t>(status.st_size);
    void* mapped = file->size_ < sizeof(Trailer)
                       ? MAP_FAILED
                       : ::mmap(nullptr, file->size_, PROT_READ, MAP_SHARED, descriptor, 0);
    const int mapping_error = errno;
    ::close(descriptor);
    if (file->size_ < sizeof(Trailer)) {
        return fail(ErrorCode::corrupt, damage_message(path, "cut short"));
    }
    if (mapped == MAP_FAILED) {
        throw std::system_error(mapping_error, std::generic_category(),
                                path.string() + ": cannot map");
    }
    file->data_ = static_cast<const std::uint8_t*>(mapped);
    if (auto read = file->read_trailer(); !read) return tl::unexpected(read.error());
    return file;
}

PagedFile::~PagedFile() {
    if (data_ != nullptr) ::munmap(const_cast<std::uint8_t*>(data_), size_);
}

Result<void> PagedFile::read_trailer() {
    Trailer trailer;
    std::memcpy(&trailer, data_ + size_ - sizeof trailer, sizeof trailer);
    if (trailer.magic != magic) {
        return fail(ErrorCode::corrupt, damage_message(file_, "not an index file, or cut short"));
    }
    if (trailer.checksum != trailer_checksum(trailer)) {
        return fail(ErrorCode::corrupt, damage_message(file_, "trailer checksum"));
    }
    const std::uint64_t body = size_ - sizeof trailer;
    const std::uint64_t pages = page_count(trailer.payload);
    if (trailer.payload > body || body - trailer.payload != pages * sizeof(std::uint32_t)) {
        return fail(ErrorCode::corrupt, damage_message(file_, "wrong size"));
    }
    if (crc32c({data_ + trailer.payload, pages * sizeof(std::uint32_t)}) !=
        trailer.pages_checksum) {
        return fail(ErrorCode::corrupt, damage_message(file_, "page checksums"));
    }
    for (const SectionRange& section : trailer.sections) {
        if (section.offset % section_alignment != 0 || section.offset > trailer.payload ||
            section.size > trailer.payload - section.offset) {
            return fail(ErrorCode::corrupt, damage_message(file_, "section table"));
        }
    }
    payload_ = trailer.payload;
    sections_ = trailer.sections;
    numbers_ = trailer.numbers;
    checksum_ = trailer.checksum;
    checked_ = std::make_unique<std::atomic<std::uint8_t>[]>(pages + 1);
    return {};
}

bool PagedFile::page_is_sound(std::size_t page) const {
    if (checked_[page].load(std::memory_order_relaxed) != 0) return true;
    const std::uint64_t begin = page * page_size;
    const std::uint64_t size = std::min<std::uint64_t>(page_size, payload_ - begin);
    std::uint32_t expected = 0;
    std::memcpy(&expected, data_ + payload_ + page * sizeof expected, sizeof expected);
    if (crc32c({data_ + begin, size}) != expected) return false;
    checked_[page].store(1, std::memory_order_relaxed);
    return true;
}

void PagedFile::throw_damaged() const { throw DamagedIndex(damage_message(file_, "checksum")); }

std::span<const std::uint8_t> PagedFile::bytes(std::size_t section, std::uint64_t offset,
                                               std::uint64_t size) const {
    const SectionRange& range = sections_[section];
    if (offset > range.size || size > range.size - offset) throw_damaged();
    if (size == 0) return {};
    const std::uint64_t begin = range.offset + offset;
    for (std::uint64_t page = begin / page_size; page <= (begin + size - 1) / page_size; ++page) {
        if (!page_is_sound(page)) throw_damaged();
    }
    return {data_ + begin, static_cast<std::size_t>(size)};
}

Result<void> PagedFile::verify() const {
    for (std::uint64_t page = 0; page < page_count(payload_); ++page) {
        if (!page_is_sound(page)) {
            return fail(ErrorCode::corrupt, damage_message(file_, "checksum"));
        }
    }
    return {};
}

}  // namespace raadbot::index
