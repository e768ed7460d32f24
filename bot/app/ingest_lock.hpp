// Who may read sources into a data directory now: one process at a time.
#pragma once

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

#include "retrieval/result.hpp"

namespace raadbot::app {

/// Holds other processes that do the same off the data directory; freed by the kernel however we
/// end.
class IngestLock {
public:
    /// `name`: "ingest.lock" for reading sources, "vectors.lock" for making vectors.
    static Result<IngestLock> take(const std::filesystem::path& data_dir,
                                   const char* name = "ingest.lock") {
        const std::filesystem::path file = data_dir / name;
        const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (fd < 0) {
            return fail(ErrorCode::unavailable, "cannot write in " + data_dir.string() +
                                                    ": check the permissions of data_dir");
        }
        if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
            ::close(fd);
            return fail(ErrorCode::conflict, "another raadbot is already ingesting into " +
                                                 data_dir.string() +
                                                 ": wait for it to end, or stop it");
        }
        return IngestLock(fd);
    }
    IngestLock(IngestLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    IngestLock& operator=(IngestLock&&) = delete;
    ~IngestLock() {
        if (fd_ >= 0) ::close(fd_);
    }

private:
    explicit IngestLock(int fd) : fd_(fd) {}
    int fd_;
};

}  // namespace raadbot::app
