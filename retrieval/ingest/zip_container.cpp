#include "retrieval/ingest/zip_container.hpp"

#include <zip.h>

#include <algorithm>
#include <memory>

namespace raadbot::ingest {
namespace {

constexpr zip_int64_t most_entries = 20'000;

/// Windows programs write '\\'.
std::string tidy_path(std::string_view raw) {
    std::string path(raw);
    std::replace(path.begin(), path.end(), '\\', '/');
    return path;
}

bool leaves(std::string_view path) {
    return path.empty() || path.front() == '/' || path.starts_with("../") ||
           path.find("/../") != std::string_view::npos || path.find('\0') != std::string_view::npos;
}

}  // namespace

ZipContainer::ZipContainer(std::string_view bytes, std::uint64_t most_bytes)
    : most_bytes_(most_bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source != nullptr) {
        zip_ = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (zip_ == nullptr) zip_source_free(source);
    }
    zip_error_fini(&error);
}

ZipContainer::~ZipContainer() {
    if (zip_ != nullptr) zip_discard(zip_);
}

bool ZipContainer::ok() const {
    return zip_ != nullptr && zip_get_num_entries(zip_, 0) <= most_entries;
}

std::vector<std::string> ZipContainer::files() const {
    std::vector<std::string> names;
    const zip_int64_t entries = zip_get_num_entries(zip_, 0);
    for (zip_int64_t at = 0; at < entries; ++at) {
        const char* raw = zip_get_name(zip_, static_cast<zip_uint64_t>(at), ZIP_FL_ENC_GUESS);
        if (raw == nullptr) continue;
        std::string name = tidy_path(raw);
        if (name.ends_with('/') || leaves(name)) continue;
        names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

Result<std::string> ZipContainer::read(const std::string& name) {
    zip_int64_t index = zip_name_locate(zip_, name.c_str(), ZIP_FL_ENC_GUESS);
    if (index < 0) {
        std::string written = name;
        std::replace(written.begin(), written.end(), '/', '\\');
        index = zip_name_locate(zip_, written.c_str(), ZIP_FL_ENC_GUESS);
    }
    if (index < 0) return fail(ErrorCode::not_found, name);
    const auto entry = static_cast<zip_uint64_t>(index);
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip_, entry, 0, &stat) != 0) return fail(ErrorCode::not_found, name);
    const bool bomb = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 && stat.size > (1U << 20U) &&
                      stat.size / 200 > stat.comp_size + 1;
    if (stat.size > most_bytes_ - std::min(read_, most_bytes_) || bomb) {
        return fail(ErrorCode::too_large,
                    name + " unpacks to " + std::to_string(stat.size >> 20U) + " MB");
    }
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
        return fail(ErrorCode::unreadable, "is encrypted");
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen_index(zip_, entry, 0),
                                                                  zip_fclose);
    if (!file) return fail(ErrorCode::unreadable, name + " cannot be unpacked");
    std::string out;
    std::string buffer(65536, '\0');
    while (true) {
        const zip_int64_t count = zip_fread(file.get(), buffer.data(), buffer.size());
        if (count < 0) return fail(ErrorCode::unreadable, name + " is damaged");
        if (count == 0) return out;
        // Whatever the directory promised, this is what came.
        read_ += static_cast<std::uint64_t>(count);
        if (read_ > most_bytes_) return fail(ErrorCode::too_large, name + " unpacks to too much");
        out.append(buffer, 0, static_cast<std::size_t>(count));
    }
}

}  // namespace raadbot::ingest
