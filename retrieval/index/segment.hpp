// A segment: an immutable part of the index in one mapped file. Thread-safe; a mapped file stays
// readable after it was removed from the directory, so readers keep their view while newer ones are
// published.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "retrieval/index/paged_file.hpp"
#include "retrieval/index/postings.hpp"
#include "retrieval/index/search.hpp"
#include "retrieval/index/term.hpp"
#include "retrieval/index/words.hpp"

namespace raadbot::index {

/// What filters look at, apart from dates; passages of one source and body share it.
struct FacetClass {
    std::string audience;
    std::string source;
    SourceKind kind = SourceKind::website;
    std::string body_key;
    MeetingPaper paper = MeetingPaper::none;
    friend auto operator<=>(const FacetClass&, const FacetClass&) = default;
};

class Segment {
public:
    /// Errors: corrupt, outdated.
    [[nodiscard]] static Result<std::shared_ptr<const Segment>> open(
        const std::filesystem::path& file);

    [[nodiscard]] DocNumber passages() const { return passages_; }
    [[nodiscard]] std::span<const PassageId> ids() const { return ids_; }
    [[nodiscard]] std::optional<DocNumber> find(PassageId id) const;
    [[nodiscard]] std::span<const FacetClass> classes() const { return classes_; }
    [[nodiscard]] std::span<const std::uint32_t> class_of() const { return class_of_; }
    [[nodiscard]] std::span<const std::int32_t> dates() const { return dates_; }

    /// Throws DamagedIndex when the pages it needs are damaged, as do all functions below.
    [[nodiscard]] std::optional<PostingCursor> cursor(TermKey key) const;
    [[nodiscard]] std::uint32_t holding(TermKey key) const;
    [[nodiscard]] std::size_t terms() const { return keys_.size(); }
    [[nodiscard]] TermKey key_at(std::size_t term) const;
    [[nodiscard]] PostingCursor cursor_at(std::size_t term) const;
    [[nodiscard]] const WordTable& words() const { return words_; }
    [[nodiscard]] const PagedFile& file() const { return *file_; }

private:
    explicit Segment(std::shared_ptr<const PagedFile> file);
    [[nodiscard]] Result<void> read();
    [[nodiscard]] Result<void> read_classes();
    [[nodiscard]] std::optional<std::size_t> find_term(TermKey key) const;
    [[nodiscard]] std::span<const std::uint8_t> list_bytes(std::size_t term) const;
    [[noreturn]] void throw_damaged() const;

    std::shared_ptr<const PagedFile> file_;
    WordTable words_;
    DocNumber passages_ = 0;
    std::span<const PassageId> ids_;
    std::span<const std::uint32_t> class_of_;
    std::span<const std::int32_t> dates_;
    std::vector<FacetClass> classes_;
    std::span<const TermKey> keys_;
    std::span<const std::uint64_t> term_values_;
    std::span<const std::uint32_t> buckets_;
    unsigned bucket_bits_ = 0;
};

}  // namespace raadbot::index
