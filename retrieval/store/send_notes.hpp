// What happened since the last commit, noted the moment it is known: an event was taken in hand, a
// send began, a message arrived. Commits say the same some milliseconds later. Keeps messages out
// of doubt when the program is killed in between. Not synced: after a power cut (another boot) a
// missing line proves nothing. Thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace raadbot::store {

class SendNotes {
public:
    struct Past {
        std::map<std::int64_t, std::string> arrived;  ///< Outbox id to remote id.
        std::set<std::int64_t> begun;
        std::set<std::int64_t> handling;  ///< Inbox events whose handling began.
        bool complete = false;            ///< What is not noted did not happen.
    };

    explicit SendNotes(const std::filesystem::path& file);
    ~SendNotes();
    SendNotes(const SendNotes&) = delete;
    SendNotes& operator=(const SendNotes&) = delete;

    void handling(std::int64_t seq);
    void begun(std::int64_t id);
    void arrived(std::int64_t id, std::string_view remote_id);
    /// What an earlier run noted.
    [[nodiscard]] Past read() const;
    /// Begins anew, when everything noted has been committed and nothing is being sent.
    void restart();

private:
    void line(const std::string& text);
    std::string boot_;
    int descriptor_;
};

}  // namespace raadbot::store
