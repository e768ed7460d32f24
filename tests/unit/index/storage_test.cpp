// Crashes at every write, and damage to every kind of byte.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <system_error>

#include "retrieval/index/reference/plain_index.hpp"
#include "retrieval/index/segmented_index.hpp"
#include "tests/unit/index/faulty_files.hpp"
#include "tests/unit/index/temporary_directory.hpp"

namespace raadbot::index {
namespace {

std::string text_of(PassageId id) {
    return "budget sag" + std::to_string(id) + " punkt" + std::to_string(id % 7) + " sted" +
           std::to_string(id % 31);
}

Entry entry_of(PassageId id, const std::string& text) {
    Entry entry;
    entry.id = id;
    entry.text = text;
    return entry;
}

/// What the index answers, as one comparable value.
std::vector<std::vector<Hit>> answers(const SegmentSnapshot& snapshot) {
    Filter filter;
    filter.audiences = {Audience{}};
    std::vector<std::vector<Hit>> all;
    for (const char* word : {"budget", "sag3", "sag120", "punkt4", "sted9", "ny5"}) {
        const Query query = quantise({{{term_key(TermSpace::word, word), 1.0F}}});
        all.push_back(snapshot.search(query, filter, 1000));
    }
    return all;
}

SegmentedOptions options_for(const std::filesystem::path& directory, FileLayer* files = nullptr) {
    SegmentedOptions options;
    options.directory = directory;
    options.files = files;
    options.flush_postings = 400;
    options.quick_merge = 1'000'000;  // All merges within commit, so that faults hit them too.
    options.merge_factor = 3;
    return options;
}

void first_version(SegmentedIndex& index) {
    for (PassageId id = 1; id <= 150; ++id) index.add(entry_of(id, text_of(id)));
    ASSERT_TRUE(index.commit());
}

void second_version(SegmentedIndex& index) {
    for (PassageId id = 100; id <= 220; ++id) {
        index.add(entry_of(id, text_of(id) + " ny" + std::to_string(id % 9)));
    }
    for (PassageId id = 1; id <= 60; id += 3) index.remove(id);
    ASSERT_TRUE(index.commit());
}

TEST(Storage, AFaultAtAnyWriteLeavesTheOldVersionOrTheNew) {
    std::vector<std::vector<Hit>> old_answers;
    std::vector<std::vector<Hit>> new_answers;
    {
        const TemporaryDirectory directory;
        auto index = SegmentedIndex::open(options_for(directory.path()));
        ASSERT_TRUE(index);
        first_version(**index);
        old_answers = answers(*(*index)->segment_snapshot());
        second_version(**index);
        new_answers = answers(*(*index)->segment_snapshot());
        ASSERT_NE(old_answers, new_answers);
    }
    std::size_t news = 0;
    std::size_t fault = 1;
    for (bool failed = true; failed; ++fault) {
        SCOPED_TRACE("fault at operation " + std::to_string(fault));
        const TemporaryDirectory directory;
        {
            auto index = SegmentedIndex::open(options_for(directory.path()));
            ASSERT_TRUE(index);
            first_version(**index);
        }
        FaultyFiles files(fault);
        {
            auto index = SegmentedIndex::open(options_for(directory.path(), &files));
            ASSERT_TRUE(index);
            try {
                second_version(**index);
            } catch (const std::system_error&) {
                // A reader in this process never sees half a version.
                const auto seen = answers(*(*index)->segment_snapshot());
                EXPECT_TRUE(seen == old_answers || seen == new_answers);
            }
        }
        failed = files.failed();
        files.lose_power();
        auto index = SegmentedIndex::open(options_for(directory.path()));
        ASSERT_TRUE(index) << index.error().message;
        const auto seen = answers(*(*index)->segment_snapshot());
        EXPECT_TRUE(seen == old_answers || seen == new_answers);
        if (seen == new_answers) {
            ++news;
        } else {
            ASSERT_TRUE(failed);
            second_version(**index);  // And it can go on from there.
            EXPECT_EQ(answers(*(*index)->segment_snapshot()), new_answers);
        }
    }
    EXPECT_GT(fault, 30U);
    EXPECT_GT(news, 0U);
}

TEST(Storage, AfterAFailedCommitTheIndexCanBeOpenedAndWrittenAgain) {
    for (std::size_t fault = 1; fault < 40; ++fault) {
        SCOPED_TRACE("fault at operation " + std::to_string(fault));
        const TemporaryDirectory directory;
        {
            auto index = SegmentedIndex::open(options_for(directory.path()));
            ASSERT_TRUE(index);
            first_version(**index);
        }
        FaultyFiles once(fault);
        auto index = SegmentedIndex::open(options_for(directory.path(), &once));
        ASSERT_TRUE(index);
        try {
            second_version(**index);
        } catch (const std::system_error&) {
            (*index)->rollback();
            index->reset();
            auto again = SegmentedIndex::open(options_for(directory.path()));
            ASSERT_TRUE(again);
            second_version(**again);
        }
    }
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_file(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << bytes;
}

/// True when opening, or checking all pages, reports damage; the message must name a file and the
/// remedy.
bool noticed(const std::filesystem::path& directory) {
    SegmentedOptions options = options_for(directory);
    options.read_only = true;
    std::string message;
    auto index = SegmentedIndex::open(options);
    if (!index) {
        EXPECT_EQ(index.error().code, ErrorCode::corrupt);
        message = index.error().message;
    } else {
        for (const SegmentView& view : (*index)->segment_snapshot()->segments()) {
            if (auto sound = view.segment->file().verify(); !sound) message = sound.error().message;
        }
        // Searching must not crash; it throws or, where the damage is elsewhere, answers.
        try {
            (void)answers(*(*index)->segment_snapshot());
        } catch (const DamagedIndex& damaged) {
            EXPECT_FALSE(message.empty());
            message = damaged.what();
        }
    }
    if (message.empty()) return false;
    EXPECT_NE(message.find(directory.string()), std::string::npos) << message;
    EXPECT_NE(message.find("ingest --rebuild"), std::string::npos) << message;
    return true;
}

TEST(Storage, EveryDamagedByteIsNoticed) {
    const TemporaryDirectory directory;
    {
        auto index = SegmentedIndex::open(options_for(directory.path()));
        ASSERT_TRUE(index);
        first_version(**index);
        second_version(**index);
    }
    ASSERT_FALSE(noticed(directory.path()));
    std::size_t flips = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
        const std::filesystem::path file = entry.path();
        if (file.filename() == "lock") continue;
        const std::string sound = read_file(file);
        // All of the trailer and the checksums before it; of the rest every byte class in small
        // steps.
        const std::size_t step = sound.size() > 3000 ? 11 : 1;
        for (std::size_t at = 0; at < sound.size();
             at += at + 600 < sound.size() ? step : std::size_t{1}) {
            std::string damaged = sound;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
            write_file(file, damaged);
            EXPECT_TRUE(noticed(directory.path())) << file << " byte " << at;
            ++flips;
        }
        for (const std::size_t size :
             {std::size_t{0}, std::size_t{1}, sound.size() / 2, sound.size() - 1}) {
            write_file(file, sound.substr(0, size));
            EXPECT_TRUE(noticed(directory.path())) << file << " cut to " << size;
        }
        write_file(file, sound + "x");
        EXPECT_TRUE(noticed(directory.path())) << file << " with a byte more";
        write_file(file, sound);
    }
    EXPECT_GT(flips, 2500U);
    EXPECT_FALSE(noticed(directory.path()));
}

TEST(Storage, AMissingOrForeignSegmentIsNoticed) {
    const TemporaryDirectory directory;
    const TemporaryDirectory other;
    for (const auto* where : {&directory, &other}) {
        auto index = SegmentedIndex::open(options_for(where->path()));
        ASSERT_TRUE(index);
        first_version(**index);
        if (where == &other) second_version(**index);
        ASSERT_TRUE((*index)->merge_all());
    }
    std::filesystem::path segment;
    for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
        if (entry.path().filename().string().starts_with("segment-")) segment = entry.path();
    }
    const std::string own = read_file(segment);
    for (const auto& entry : std::filesystem::directory_iterator(other.path())) {
        if (!entry.path().filename().string().starts_with("segment-")) continue;
        write_file(segment, read_file(entry.path()));
        EXPECT_TRUE(noticed(directory.path()));
    }
    std::filesystem::remove(segment);
    EXPECT_TRUE(noticed(directory.path()));
    write_file(segment, own);
    EXPECT_FALSE(noticed(directory.path()));
}

}  // namespace
}  // namespace raadbot::index
