// Versions of the material and its index: built beside the one in use, tried with the staff's own
// test questions, put live in one step, and taken back in one step.
//
// A version is a folder versions/<number> of the data directory with a copy of the material and,
// while it is tried, an index of its own. Going live adds its new passages to the live index first,
// then exchanges the documents in one transaction, then lets the index forget the old ones: at
// every moment a question is answered wholly from one version, since an index entry without its
// passage in the store is no answer. Before it, the material in use is kept as a version to go back
// to.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bot/governance/roles.hpp"
#include "retrieval/answer/engine.hpp"
#include "retrieval/danish/lexicon.hpp"
#include "retrieval/ingest/folder.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::governance {

struct VersionsOptions {
    std::string municipality;  ///< "Egelund Kommune"
    std::filesystem::path data_dir;
    std::shared_ptr<const danish::Lexicon> lexicon;
    ingest::Limits limits;
    unsigned threads = 2;
    std::size_t kept = 5;  ///< Older ones are removed; at least 2.
};

struct Trial {
    std::string question;
    std::string fault;  ///< Empty: as expected.
};

struct IndexVersion {
    std::string id;  ///< "1", "2", ...
    Timestamp made{};
    std::string made_by;
    std::uint64_t documents = 0;
    std::vector<Trial> trials;
    bool live = false;
    [[nodiscard]] bool passed() const;
};

class Versions {
public:
    /// `store` and `options` must outlive it.
    Versions(store::Store& store, const VersionsOptions& options)
        : store_(store), options_(options) {}

    /// Newest first.
    [[nodiscard]] std::vector<IndexVersion> list() const;
    /// Reads every source in use anew into a copy, and tries it. Not live yet. Errors: denied,
    /// unavailable, what reading a source gives.
    [[nodiscard]] Result<IndexVersion> build(const Person& person, Timestamp now);
    /// Errors: denied, not_found, conflict (it did not pass; another process is reading sources).
    [[nodiscard]] Result<void> promote(const Person& person, const std::string& id, Timestamp now);
    /// To the version that was live before.
    [[nodiscard]] Result<void> back(const Person& person, Timestamp now);

private:
    [[nodiscard]] std::filesystem::path folder(const std::string& id) const;
    [[nodiscard]] std::string next_id();
    [[nodiscard]] Result<void> go_live(const Person& person, const IndexVersion& version,
                                       const char* action, Timestamp now);
    void write(const IndexVersion& version) const;
    void forget_old();

    store::Store& store_;
    const VersionsOptions& options_;
};

/// Whether the material answers a test question as expected; the fault in words, or empty.
[[nodiscard]] std::string try_question(const store::TestQuestionRow& test,
                                       const store::Store& store, const index::Snapshot& snapshot,
                                       const answer::Engine& engine, Timestamp now);

}  // namespace raadbot::governance
