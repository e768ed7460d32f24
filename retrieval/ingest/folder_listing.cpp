#include "retrieval/ingest/folder_listing.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace raadbot::ingest {

namespace fs = std::filesystem;

Result<std::string> read_file(const fs::path& path, std::uint64_t most) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return fail(ErrorCode::unreadable,
                    "cannot be opened: check that the user that runs Raadbot may read it");
    }
    std::string bytes;
    if (most < UINT64_MAX) {
        bytes.resize(most);
        in.read(bytes.data(), static_cast<std::streamsize>(most));
        bytes.resize(static_cast<std::size_t>(in.gcount()));
    } else {
        bytes.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    if (in.bad())
        return fail(ErrorCode::unreadable, "read error: check the disk or the network share");
    return bytes;
}

Result<std::vector<Candidate>> list_files(const fs::path& folder,
                                          std::vector<SourceReport::Line>& unreadable) {
    std::error_code error;
    const fs::path root = fs::canonical(folder, error);
    if (error || !fs::is_directory(root, error)) {
        return fail(ErrorCode::not_found, "no folder at " + folder.string() +
                                              ": check `path`, or that the share is mounted; "
                                              "what was read before is kept");
    }
    std::vector<Candidate> files;
    fs::recursive_directory_iterator it(root, fs::directory_options::none, error);
    if (error) {
        return fail(ErrorCode::not_found,
                    "cannot read the folder " + folder.string() + ": " + error.message());
    }
    for (const fs::recursive_directory_iterator end; it != end; it.increment(error)) {
        if (error) {
            unreadable.push_back(
                {fs::relative(it->path(), root).generic_string(), error.message()});
            error.clear();
            continue;
        }
        const fs::path& path = it->path();
        const std::string relative = path.lexically_relative(root).generic_string();
        if (path.filename().native().starts_with('.')) {
            if (it->is_directory(error)) it.disable_recursion_pending();
            continue;
        }
        if (it->is_symlink(error)) {
            const fs::path target = fs::canonical(path, error);
            const fs::path inside = target.lexically_relative(root);
            if (error || inside.empty() || inside.native().starts_with("..")) {
                unreadable.push_back({relative, "a link that leaves the folder; not followed"});
                error.clear();
                continue;
            }
        }
        if (it->is_directory(error)) {
            // An unreadable directory must not look like deleted files.
            fs::directory_iterator probe(path, error);
            if (error) {
                unreadable.push_back({relative, "folder cannot be read: " + error.message()});
                it.disable_recursion_pending();
                error.clear();
            }
            continue;
        }
        struct stat info {};
        if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
        files.push_back({relative, static_cast<std::uint64_t>(info.st_size),
                         static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 +
                             info.st_mtim.tv_nsec});
    }
    std::sort(files.begin(), files.end(),
              [](const Candidate& a, const Candidate& b) { return a.path < b.path; });
    return files;
}

}  // namespace raadbot::ingest
