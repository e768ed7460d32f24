#include "adapters/web/texts.hpp"

#include <array>
#include <sstream>
#include <stdexcept>

#include <toml++/toml.h>

#include "retrieval/types.hpp"

namespace raadbot::web {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
}

}  // namespace

Result<Texts> Texts::parse(std::string_view toml, std::string language,
                           std::string_view municipality) {
    Texts out;
    out.language_ = std::move(language);
    const std::string file = "texts web." + out.language_ + ".toml";
    try {
        const toml::table table = toml::parse(toml);
        for (const auto& [section, value] : table) {
            const toml::table* keys = value.as_table();
            if (keys == nullptr) {
                return fail(ErrorCode::invalid_config, file + ": \"" + std::string(section.str()) +
                                                           "\" stands outside a [section]");
            }
            for (const auto& [key, text] : *keys) {
                const std::string name = std::string(section.str()) + "." + std::string(key.str());
                const auto words = text.value<std::string>();
                if (!words)
                    return fail(ErrorCode::invalid_config, file + ": " + name + " is not a text");
                std::string filled = *words;
                replace_all(filled, "{kommune}", municipality);
                out.texts_.emplace(name, std::move(filled));
            }
        }
    } catch (const toml::parse_error& error) {
        std::ostringstream message;
        message << file << ", line " << error.source().begin.line << ": " << error.description();
        return fail(ErrorCode::invalid_config, message.str());
    }
    return out;
}

const std::string& Texts::operator[](std::string_view key) const {
    const auto found = texts_.find(key);
    if (found == texts_.end()) throw std::out_of_range("no text for " + std::string(key));
    return found->second;
}

std::string Texts::with(std::string_view key, Values values) const {
    std::string out = (*this)[key];
    for (const auto& [name, value] : values) replace_all(out, "{" + std::string(name) + "}", value);
    return out;
}

std::string Texts::difference(const Texts& a, const Texts& b) {
    for (const auto& [key, text] : a.texts_) {
        if (!b.texts_.contains(key)) return key;
    }
    for (const auto& [key, text] : b.texts_) {
        if (!a.texts_.contains(key)) return key;
    }
    return {};
}

std::string Texts::date(std::string_view iso) const {
    static constexpr std::array<const char*, 12> danish = {
        "januar", "februar", "marts",     "april",   "maj",      "juni",
        "juli",   "august",  "september", "oktober", "november", "december"};
    static constexpr std::array<const char*, 12> english = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const auto parsed = parse_date(iso.substr(0, 10));
    if (!parsed) return std::string(iso);
    const unsigned month = static_cast<unsigned>(parsed->month()) - 1;
    return std::to_string(static_cast<unsigned>(parsed->day())) + (is_danish() ? ". " : " ") +
           (is_danish() ? danish[month] : english[month]) + " " +
           std::to_string(static_cast<int>(parsed->year()));
}

std::string Texts::number(std::uint64_t value) const {
    std::string out = std::to_string(value);
    for (std::size_t at = out.size(); at > 3;) {
        at -= 3;
        out.insert(at, 1, is_danish() ? '.' : ',');
    }
    return out;
}

std::string Texts::kind(std::string_view kind) const {
    const auto found = texts_.find("kind." + std::string(kind));
    return found == texts_.end() ? std::string(kind) : found->second;
}

}  // namespace raadbot::web
