// A FileLayer whose Nth operation fails, and that can forget what was not synced.
#pragma once

#include <cerrno>
#include <filesystem>
#include <memory>
#include <set>
#include <system_error>

#include "retrieval/index/file_layer.hpp"

namespace raadbot::index {

/// Fails operation number `fail_at`; what was not synced by then is cut in half, as after a loss of
/// power.
class FaultyFiles final : public FileLayer {
public:
    explicit FaultyFiles(std::size_t fail_at) : fail_at_(fail_at) {}

    std::unique_ptr<FileWriter> create(const std::filesystem::path& file) override {
        step();
        unsynced_.insert(file);
        return std::make_unique<Writer>(*this, file);
    }
    void rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
        step();
        posix_files().rename(from, to);
    }
    void remove(const std::filesystem::path& file) override {
        step();
        unsynced_.erase(file);
        posix_files().remove(file);
    }
    void sync_directory(const std::filesystem::path& directory) override {
        step();
        posix_files().sync_directory(directory);
    }
    [[nodiscard]] bool failed() const { return failed_; }
    /// To be called when every writer is gone.
    void lose_power() {
        for (const auto& file : unsynced_) {
            std::error_code gone;
            const auto size = std::filesystem::file_size(file, gone);
            if (!gone) std::filesystem::resize_file(file, size / 2);
        }
    }

private:
    class Writer final : public FileWriter {
    public:
        Writer(FaultyFiles& files, const std::filesystem::path& file)
            : files_(files), file_(file), out_(posix_files().create(file)) {}
        void append(std::span<const std::uint8_t> bytes) override {
            if (files_.steps_ + 1 == files_.fail_at_) out_->append(bytes.first(bytes.size() / 2));
            files_.step();
            out_->append(bytes);
        }
        void sync_and_close() override {
            files_.step();
            out_->sync_and_close();
            files_.unsynced_.erase(file_);
        }

    private:
        FaultyFiles& files_;
        std::filesystem::path file_;
        std::unique_ptr<FileWriter> out_;
    };

    void step() {
        if (failed_ || ++steps_ == fail_at_) {
            failed_ = true;
            throw std::system_error(EIO, std::generic_category(), "planned fault");
        }
    }

    std::size_t fail_at_;
    std::size_t steps_ = 0;
    bool failed_ = false;
    std::set<std::filesystem::path> unsynced_;
};

}  // namespace raadbot::index
