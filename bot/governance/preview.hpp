// What a proposed source would bring, before anybody approves it: the real reading and the real
// answering, into a folder that is thrown away. Nothing of it can be asked meanwhile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "retrieval/danish/lexicon.hpp"
#include "retrieval/ingest/folder.hpp"
#include "retrieval/sources/source.hpp"

namespace raadbot::governance {

struct PreviewOptions {
    std::filesystem::path scratch;  ///< Made and removed by the call.
    std::shared_ptr<const danish::Lexicon> lexicon;
    std::string municipality;  ///< "Egelund Kommune"
    ingest::Limits limits;
    unsigned threads = 2;
    Timestamp now{};
    /// How the source is read into the scratch store; empty: its folder.
    std::function<Result<ingest::SourceReport>(const sources::Source&, store::Store&,
                                               const ingest::FolderOptions&)>
        read;
    std::vector<std::string> questions;  ///< Asked of it: those that nothing answers today first.
};

/// Counts and examples; no personal data, no closed item's title.
struct Preview {
    struct Page {
        std::string title;
        std::string url;
        std::uint64_t passages = 0;
        friend bool operator==(const Page&, const Page&) = default;
    };
    struct Sample {
        std::string question;
        std::string answer;  ///< The first sentence.
        std::string title;
        friend bool operator==(const Sample&, const Sample&) = default;
    };
    std::uint64_t files = 0;
    std::uint64_t documents = 0;
    std::uint64_t passages = 0;
    std::uint64_t cpr_masked = 0;
    std::uint64_t closed_items = 0;
    std::uint64_t hidden_removed = 0;
    std::uint64_t orders_marked = 0;
    std::vector<Page> pages;              ///< The first 200, by address.
    std::vector<std::string> terms;       ///< Of its glossary, the first 100.
    std::vector<std::string> unreadable;  ///< File: why; the first 100.
    std::vector<std::string> skipped;     ///< File: why; the first 100.
    std::vector<Sample> samples;          ///< At most 12.
    std::uint64_t asked = 0;              ///< Questions tried.
    std::uint64_t answered = 0;           ///< Of them.
    std::string failed;                   ///< Why there is no preview; empty: there is one.
    friend bool operator==(const Preview&, const Preview&) = default;
};

/// Never fails for what the source holds: `failed` tells. Throws when the disk does.
[[nodiscard]] Preview make_preview(sources::Source source, const PreviewOptions& options);

[[nodiscard]] std::string preview_json(const Preview& preview);
[[nodiscard]] Result<Preview> preview_from_json(std::string_view json);

}  // namespace raadbot::governance
