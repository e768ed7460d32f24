#include "bot/app/secret.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace raadbot::app {
namespace {

constexpr std::size_t most_bytes = 4'096;
constexpr std::string_view white = " \t\r\n";

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(white);
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

}  // namespace

Result<std::string> read_secret(std::string_view setting, const SecretPlace& place) {
    const std::string name(setting);
    const auto wrong = [](std::string message) {
        return fail(ErrorCode::invalid_config, std::move(message));
    };
    if (place.env.empty() == place.file.empty()) {
        return wrong(name + (place.env.empty() ? " is missing: name" : " is named twice: name") +
                     " either an environment variable (" + name + "_env) or a file (" + name +
                     "_file) that holds it");
    }
    if (!place.env.empty()) {
        const char* value = std::getenv(place.env.c_str());
        const std::string secret = value == nullptr ? "" : trimmed(value);
        if (secret.empty()) {
            return wrong(name + "_env: the environment variable " + place.env +
                         " is not set or empty");
        }
        return secret;
    }
    std::ifstream in(place.file, std::ios::binary);
    std::string text(most_bytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.gcount() == 0) {
        return wrong(name + "_file: " + place.file.string() +
                     " is missing, empty or not readable by this user");
    }
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > most_bytes) {
        return wrong(name + "_file: " + place.file.string() + " holds more than a secret");
    }
    std::string secret = trimmed(text);
    if (secret.empty()) return wrong(name + "_file: " + place.file.string() + " is empty");
    return secret;
}

bool is_unset(const SecretPlace& place) {
    if (!place.env.empty()) {
        const char* value = std::getenv(place.env.c_str());
        return value == nullptr || *value == '\0';
    }
    std::error_code error;
    return place.file.empty() || !std::filesystem::exists(place.file, error);
}

Result<void> write_private(const std::filesystem::path& file, std::string_view text) {
    const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (out < 0 && errno == EEXIST) {
        return fail(ErrorCode::conflict, file.string() + " is there already: move it away first");
    }
    bool good = out >= 0;
    while (good && !text.empty()) {
        const ssize_t written = ::write(out, text.data(), text.size());
        good = written > 0;
        if (good) text.remove_prefix(static_cast<std::size_t>(written));
    }
    const int why = errno;
    if (out >= 0) ::close(out);
    if (good) return {};
    return fail(ErrorCode::unavailable,
                file.string() + " cannot be written: " + std::strerror(why));
}

}  // namespace raadbot::app
