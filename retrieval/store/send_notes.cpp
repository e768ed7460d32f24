#include "retrieval/store/send_notes.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "retrieval/store/database.hpp"

namespace raadbot::store {

SendNotes::SendNotes(const std::filesystem::path& file) {
    std::ifstream("/proc/sys/kernel/random/boot_id") >> boot_;
    std::filesystem::create_directories(file.parent_path());
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor_ < 0) {
        throw DatabaseError("cannot open " + file.string() + ": " + std::strerror(errno));
    }
}

SendNotes::~SendNotes() { ::close(descriptor_); }

void SendNotes::line(const std::string& text) {
    // One write of one line: whole or not at all when the program is killed.
    if (::write(descriptor_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        throw DatabaseError(std::string("cannot write the notes of sends: ") +
                            std::strerror(errno));
    }
}

void SendNotes::handling(std::int64_t seq) { line("handling " + std::to_string(seq) + "\n"); }

void SendNotes::begun(std::int64_t id) { line("begun " + std::to_string(id) + "\n"); }

void SendNotes::arrived(std::int64_t id, std::string_view remote_id) {
    line("arrived " + std::to_string(id) + " " + std::string(remote_id) + "\n");
}

SendNotes::Past SendNotes::read() const {
    std::string text;
    char buffer[65'536];
    off_t offset = 0;
    for (ssize_t size; (size = ::pread(descriptor_, buffer, sizeof buffer, offset)) > 0;
         offset += size) {
        text.append(buffer, static_cast<std::size_t>(size));
    }
    Past past;
    std::size_t begin = 0;
    // A line without its end was cut short: it says nothing.
    for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
        std::istringstream words(text.substr(begin, end - begin));
        std::string what, rest;
        std::int64_t id = 0;
        words >> what;
        if (what == "boot" && words >> rest) past.complete = !boot_.empty() && rest == boot_;
        if (what == "begun" && words >> id) past.begun.insert(id);
        if (what == "handling" && words >> id) past.handling.insert(id);
        if (what == "arrived" && words >> id && words.get() == ' ' && std::getline(words, rest)) {
            past.arrived[id] = rest;
        }
    }
    return past;
}

void SendNotes::restart() {
    if (::ftruncate(descriptor_, 0) != 0) {
        throw DatabaseError(std::string("cannot empty the notes of sends: ") +
                            std::strerror(errno));
    }
    line("boot " + boot_ + "\n");
}

}  // namespace raadbot::store
