// Packs files into a ZIP in memory.
#pragma once

#include <zip.h>

#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>

namespace raadbot::support {

inline std::string make_zip(const std::map<std::string, std::string>& files) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* zip = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
    if (zip == nullptr) throw std::runtime_error("zip_open_from_source");
    zip_source_keep(buffer);
    for (const auto& [name, bytes] : files) {
        zip_source_t* entry = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
        if (zip_file_add(zip, name.c_str(), entry, ZIP_FL_ENC_UTF_8) < 0)
            throw std::runtime_error("zip_file_add");
    }
    if (zip_close(zip) != 0) throw std::runtime_error("zip_close");
    zip_source_open(buffer);
    zip_stat_t stat;
    zip_source_stat(buffer, &stat);
    std::string packed(stat.size, '\0');
    zip_source_read(buffer, packed.data(), packed.size());
    zip_source_close(buffer);
    zip_source_free(buffer);
    return packed;
}

}  // namespace raadbot::support
