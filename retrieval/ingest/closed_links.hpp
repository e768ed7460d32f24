// What pages' closed items link to: which file that is, and how it is remembered who closed it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace raadbot::ingest {

/// Which pages close which files. A file is named by a key that does not tell its name, a page by
/// its id; only the pages that close a file open it again. What a file's record keeps in place of a
/// hash is "closed by <page> <page>".
class ClosedLinks {
public:
    /// A record of the store; others than such are left alone.
    void remember(const std::string& key, std::string_view hash);
    [[nodiscard]] bool closes(const std::string& key) const;
    /// A page as it has just been read, and all files that it closes.
    void note(const std::string& page, std::set<std::string> keys);
    /// Files of which something was noted since the last call, and what their records now say;
    /// empty: no page closes it any more.
    [[nodiscard]] std::map<std::string, std::string> changes();
    [[nodiscard]] static bool is_record(std::string_view hash);

private:
    std::map<std::string, std::set<std::string>> pages_;  ///< By file.
    std::map<std::string, std::set<std::string>> noted_;  ///< By page.
};

/// The file of a source's folder that a page's link leads to.
/// Relative to the folder, '/' separated; empty when the link leads elsewhere. `page`: the page's
/// own path in the folder; `link`: as written there, relative, from the site's root or whole.
[[nodiscard]] std::string linked_path(std::string_view base_url, std::string_view page,
                                      std::string_view link);

}  // namespace raadbot::ingest
