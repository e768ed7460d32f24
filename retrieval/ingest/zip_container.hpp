// A ZIP container in memory, read with limits on entries, sizes and compression (bombs).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/result.hpp"

struct zip;

namespace raadbot::ingest {

class ZipContainer {
public:
    /// `bytes` must outlive the container. `most_bytes`: of one entry, and of all that are read.
    ZipContainer(std::string_view bytes, std::uint64_t most_bytes);
    ZipContainer(const ZipContainer&) = delete;
    ZipContainer& operator=(const ZipContainer&) = delete;
    ~ZipContainer();

    /// False when it is damaged or has more entries than a container of papers.
    [[nodiscard]] bool ok() const;
    /// Paths of the files in it, '/' separated; those that would leave it are left out.
    [[nodiscard]] std::vector<std::string> files() const;
    /// One entry's bytes. Errors: not_found, unreadable (damaged, encrypted), too_large (also a
    /// bomb: more than 200 times its packed size).
    [[nodiscard]] Result<std::string> read(const std::string& name);

private:
    zip* zip_ = nullptr;
    std::uint64_t most_bytes_;
    std::uint64_t read_ = 0;
};

}  // namespace raadbot::ingest
