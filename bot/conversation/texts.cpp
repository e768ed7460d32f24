#include "bot/conversation/texts.hpp"

#include <stdexcept>

#include <toml++/toml.h>

namespace raadbot::bot {

Result<Texts::Language> Texts::read(const std::filesystem::path& file) {
    toml::table table;
    try {
        table = toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {
        return fail(ErrorCode::invalid_config, file.string() + ":" +
                                                   std::to_string(error.source().begin.line) +
                                                   ": " + std::string(error.description()));
    }
    Language language;
    for (const auto& [group, value] : table) {
        if (const auto* text = value.as_string()) {
            language.entries.emplace(group.str(), text->get());
            continue;
        }
        const auto* entries = value.as_table();
        if (entries == nullptr) continue;
        for (const auto& [key, entry] : *entries) {
            const std::string name = std::string(group.str()) + "." + std::string(key.str());
            if (const auto* text = entry.as_string()) {
                language.entries.emplace(name, text->get());
            } else if (const auto* list = entry.as_array();
                       list != nullptr && name == "example.questions") {
                for (const auto& item : *list) {
                    if (const auto* question = item.as_string())
                        language.examples.push_back(question->get());
                }
            } else {
                return fail(ErrorCode::invalid_config,
                            file.string() + ": " + name + " must be a text");
            }
        }
    }
    return language;
}

Result<Texts> Texts::load(const std::filesystem::path& directory) {
    Texts texts;
    auto da = read(directory / "da.toml");
    if (!da) return tl::unexpected(da.error());
    auto en = read(directory / "en.toml");
    if (!en) return tl::unexpected(en.error());
    for (const auto& [key, text] : da->entries) {
        if (!en->entries.contains(key)) {
            return fail(ErrorCode::invalid_config,
                        (directory / "en.toml").string() + ": the key " + key + " is missing");
        }
    }
    for (const auto& [key, text] : en->entries) {
        if (!da->entries.contains(key)) {
            return fail(ErrorCode::invalid_config,
                        (directory / "da.toml").string() + ": the key " + key + " is missing");
        }
    }
    texts.da_ = std::move(*da);
    texts.en_ = std::move(*en);
    return texts;
}

const Texts::Language& Texts::language(std::string_view name) const {
    return name == "en" ? en_ : da_;
}

std::string Texts::get(std::string_view name, std::string_view key, const Values& values) const {
    const auto& entries = language(name).entries;
    const auto found = entries.find(key);
    if (found == entries.end()) throw std::logic_error("no text for " + std::string(key));
    const std::string& pattern = found->second;
    std::string text;
    for (std::size_t at = 0; at < pattern.size();) {
        const std::size_t open = pattern.find('{', at);
        const std::size_t close = open == std::string::npos ? open : pattern.find('}', open);
        if (close == std::string::npos) return text.append(pattern, at);
        text.append(pattern, at, open - at);
        const auto value =
            values.find(std::string_view(pattern).substr(open + 1, close - open - 1));
        if (value != values.end()) text += value->second;
        at = close + 1;
    }
    return text;
}

const std::vector<std::string>& Texts::example_questions(std::string_view name) const {
    return language(name).examples;
}

}  // namespace raadbot::bot
