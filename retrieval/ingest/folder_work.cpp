#include "retrieval/ingest/folder_work.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "retrieval/ingest/export_files.hpp"
#include "retrieval/ingest/web_pages.hpp"

namespace raadbot::ingest {
namespace {

/// Raised when parsers change what they give, so that old files are read again.
constexpr std::string_view parser_version = ":p7";

/// Reads, hashes and, when the bytes are new, parses.
void do_work(Work& work, const sources::Source& source, const FolderOptions& options,
             const std::map<std::string, store::FileRecord>& known) {
    if (work.file.size > options.limits.max_file_bytes) {
        work.hash = "too-large:" + std::to_string(work.file.size);
        work.parsed = fail(ErrorCode::too_large,
                           "is " + std::to_string(work.file.size >> 20U) + " MB; the limit is " +
                               std::to_string(options.limits.max_file_bytes >> 20U) +
                               " MB (limits.max_file_mb): split it or publish a smaller version");
        return;
    }
    const Result<std::string> bytes = read_file(source.path / work.file.path);
    if (!bytes) {
        work.hash = "unreadable";
        work.parsed = tl::unexpected(bytes.error());
        return;
    }
    work.hash = hash_of(work.named ? *bytes + facts_of(*work.named) : *bytes) + version_of(source);
    const auto before = known.find(work.file.path);
    if (before != known.end() && before->second.hash == work.hash && before->second.readable) {
        work.same_bytes = true;
        if (!work.is_export) return;
    }
    ParseInput input{*bytes,
                     work.file.path,
                     source.kind,
                     detect_format(*bytes, work.file.path),
                     store::url_of_file(source, work.file.path),
                     source.selectors};
    work.format = input.format;
    if (input.format == Format::unknown) return;
    work.parsed =
        options.confined ? parse_confined(input, options.limits) : parse(input, options.limits);
    if (work.named && *work.parsed) apply_name(*work.named, **work.parsed);
}

}  // namespace

std::string_view current_parser_version() { return parser_version; }

std::string hash_of(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const unsigned char byte : digest) {
        hex.push_back(digits[byte >> 4U]);
        hex.push_back(digits[byte & 15U]);
    }
    return hex;
}

std::string version_of(const sources::Source& source) {
    std::string version(parser_version);
    if (source.selectors == sources::AgendaSelectors{}) return version;
    std::string all;
    for (const std::string* one : sources::fields_of(source.selectors)) all += *one + "\n";
    return version + "-" + hash_of(all).substr(0, 16);
}

std::string facts_of(const NamedFile& file) {
    std::string facts = "\n" + file.title;
    if (!file.meeting) return facts;
    const MeetingInfo& meeting = *file.meeting;
    facts += "\n" + meeting.body + "\n" + (meeting.date ? to_string(*meeting.date) : "") + "\n" +
             std::to_string(static_cast<int>(meeting.paper)) + "\n" + meeting.item_number + "\n" +
             meeting.case_number + "\n" + meeting.meeting_url;
    return facts;
}

void do_works(std::vector<Work>& queue, std::size_t begin, std::size_t end,
              const sources::Source& source, const FolderOptions& options,
              const std::map<std::string, store::FileRecord>& known,
              const std::function<void(const Work&)>& done) {
    const unsigned threads = std::clamp(options.threads, 1U, 16U);
    std::mutex mutex;
    std::condition_variable ready;
    std::size_t next = begin;
    std::deque<std::size_t> finished;
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < threads; ++i) {
        workers.emplace_back([&] {
            for (;;) {
                std::size_t mine = 0;
                {
                    const std::lock_guard lock(mutex);
                    if (next == end) return;
                    mine = next++;
                }
                do_work(queue[mine], source, options, known);
                const std::lock_guard lock(mutex);
                finished.push_back(mine);
                ready.notify_one();
            }
        });
    }
    for (std::size_t count = begin; count < end; ++count) {
        std::unique_lock lock(mutex);
        ready.wait(lock, [&] { return !finished.empty(); });
        const std::size_t index = finished.front();
        finished.pop_front();
        lock.unlock();
        done(queue[index]);
    }
}

}  // namespace raadbot::ingest
