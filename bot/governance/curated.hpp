// Answers that staff write themselves, each with the source that proves it. They live as Markdown
// files in a folder of the data directory, one source per audience, so that they are read, indexed,
// cited and taken down like all other material.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/sources/source.hpp"
#include "retrieval/types.hpp"

namespace raadbot::governance {

struct CuratedAnswer {
    std::string id;  ///< Letters and digits; also the file's name.
    std::string question;
    std::vector<std::string> paraphrases;
    std::string text;
    std::string proof_url;  ///< A document of the material.
    Audience audience;
    std::string owner;
    std::optional<Date> expires;  ///< Never later than the proof's own source is reviewed.
    friend bool operator==(const CuratedAnswer&, const CuratedAnswer&) = default;
};

/// The file's content. Errors (invalid_input): a field that is missing or too long, or text that a
/// reader of the file would not get back as it was written.
[[nodiscard]] Result<std::string> curated_markdown(const CuratedAnswer& answer);

/// Where the answers of an audience live, and the source that holds them.
[[nodiscard]] sources::Source curated_source(const std::filesystem::path& data_dir,
                                             const Audience& audience);

[[nodiscard]] std::string curated_json(const CuratedAnswer& answer);
[[nodiscard]] Result<CuratedAnswer> curated_from_json(std::string_view json);

}  // namespace raadbot::governance
