// The words of the bot, per language, from config/texts. Immutable after loading; safe from any
// thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::bot {

using Values = std::map<std::string, std::string, std::less<>>;

class Texts {
public:
    /// Reads da.toml and en.toml. Error: invalid_config naming the file and the missing or unknown
    /// key.
    [[nodiscard]] static Result<Texts> load(const std::filesystem::path& directory);

    /// The text with {name} replaced by values[name]; throws std::logic_error for an unknown key
    /// (our bug).
    [[nodiscard]] std::string get(std::string_view language, std::string_view key,
                                  const Values& values = {}) const;
    [[nodiscard]] const std::vector<std::string>& example_questions(
        std::string_view language) const;

private:
    struct Language {
        std::map<std::string, std::string, std::less<>> entries;
        std::vector<std::string> examples;
    };
    [[nodiscard]] const Language& language(std::string_view name) const;
    static Result<Language> read(const std::filesystem::path& file);
    Language da_;
    Language en_;
};

}  // namespace raadbot::bot
