#include "retrieval/index/file_layer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace raadbot::index {
namespace {

[[noreturn]] void throw_errno(const char* what, const std::filesystem::path& file) {
    throw std::system_error(errno, std::generic_category(), file.string() + ": cannot " + what);
}

class PosixWriter final : public FileWriter {
public:
    explicit PosixWriter(const std::filesystem::path& file) : file_(file) {
        descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
        if (descriptor_ < 0) throw_errno("create", file_);
    }
    ~PosixWriter() override {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    PosixWriter(const PosixWriter&) = delete;
    PosixWriter& operator=(const PosixWriter&) = delete;

    void append(std::span<const std::uint8_t> bytes) override {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0) {
                if (errno == EINTR) continue;
                throw_errno("write", file_);
            }
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
    }

    void sync_and_close() override {
        if (::fsync(descriptor_) != 0) throw_errno("sync", file_);
        const int closing = descriptor_;
        descriptor_ = -1;
        if (::close(closing) != 0) throw_errno("close", file_);
    }

private:
    std::filesystem::path file_;
    int descriptor_ = -1;
};

class PosixFiles final : public FileLayer {
public:
    std::unique_ptr<FileWriter> create(const std::filesystem::path& file) override {
        return std::make_unique<PosixWriter>(file);
    }
    void rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
        if (::rename(from.c_str(), to.c_str()) != 0) throw_errno("rename", from);
    }
    void remove(const std::filesystem::path& file) override {
        if (::unlink(file.c_str()) != 0 && errno != ENOENT) throw_errno("remove", file);
    }
    void sync_directory(const std::filesystem::path& directory) override {
        const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0) throw_errno("open", directory);
        const int synced = ::fsync(descriptor);
        ::close(descriptor);
        if (synced != 0) throw_errno("sync", directory);
    }
};

}  // namespace

FileLayer& posix_files() {
    static PosixFiles files;
    return files;
}

}  // namespace raadbot::index
