// Vectors on disk: additions, other models, take-downs, crashes at every write, damage to every
// file.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "retrieval/vectors/vector_set.hpp"
#include "retrieval/vectors/vector_writer.hpp"
#include "tests/unit/index/faulty_files.hpp"
#include "tests/unit/index/temporary_directory.hpp"
#include "tests/unit/vectors/made_up.hpp"

namespace raadbot::vectors {
namespace {

constexpr std::size_t dimension = 24;

std::vector<PassageId> numbers(PassageId first, PassageId last) {
    std::vector<PassageId> ids;
    for (PassageId id = first; id <= last; ++id) ids.push_back(id);
    return ids;
}

LiveIds alive(std::vector<PassageId> ids) {
    return [ids = std::move(ids)] { return ids; };
}

Rows rows_of(const std::vector<PassageId>& ids) {
    Rows rows;
    rows.dimension = dimension;
    for (const PassageId id : ids) {
        append(rows, id, MadeUp(dimension, 3, static_cast<unsigned>(id)).next());
    }
    return rows;
}

std::shared_ptr<const VectorSet> open(const std::filesystem::path& directory) {
    auto set = VectorSet::open(directory);
    EXPECT_TRUE(set) << set.error().message;
    return set ? *set : nullptr;
}

/// All bytes of all files, to look for something in.
std::string bytes_of(const std::filesystem::path& directory) {
    std::string bytes;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        std::ifstream in(entry.path(), std::ios::binary);
        bytes.append(std::istreambuf_iterator<char>(in), {});
    }
    return bytes;
}

std::string row_bytes(PassageId id) {
    const Rows row = rows_of({id});
    return {row.numbers.begin(), row.numbers.end()};
}

class Vectors : public testing::Test {
protected:
    index::TemporaryDirectory directory_;
    [[nodiscard]] const std::filesystem::path& path() const { return directory_.path(); }
    [[nodiscard]] VectorWriter writer(std::string model = "m", std::size_t flat = 200'000) const {
        return VectorWriter({path(), std::move(model), dimension, flat});
    }
};

TEST_F(Vectors, AreFewFilesHoweverManyAdditions) {
    const auto all = numbers(1, 600);
    for (PassageId id = 1; id <= 600; id += 3) {
        ASSERT_TRUE(writer().add(rows_of(numbers(id, id + 2)), alive(all)));
    }
    EXPECT_EQ(*writer().present(), all);
    const auto catalogue = read_catalogue(path());
    EXPECT_LE((*catalogue)->parts.size(), 8U);
    const auto set = open(path());
    EXPECT_EQ(set->rows(), 600U);
    EXPECT_EQ(set->ids(), all);
}

TEST_F(Vectors, OfPassagesThatAreGoneAreNotWritten) {
    ASSERT_TRUE(writer().add(rows_of(numbers(1, 10)), alive({1, 2, 9})));
    EXPECT_EQ(*writer().present(), (std::vector<PassageId>{1, 2, 9}));
    EXPECT_EQ(bytes_of(path()).find(row_bytes(5)), std::string::npos);
}

TEST_F(Vectors, OfAnotherModelAreDropped) {
    ASSERT_TRUE(writer("first").add(rows_of(numbers(1, 10)), alive(numbers(1, 10))));
    EXPECT_FALSE(*writer("first").of_another_model());
    EXPECT_TRUE(*writer("second").of_another_model());
    EXPECT_TRUE(writer("second").present()->empty());
    ASSERT_TRUE(writer("second").add(rows_of({3}), alive(numbers(1, 10))));
    const auto set = open(path());
    EXPECT_EQ(set->model(), "second");
    EXPECT_EQ(set->ids(), (std::vector<PassageId>{3}));
}

TEST_F(Vectors, OfATakenDownPassageAreInNoFile) {
    const auto all = numbers(1, 400);
    auto some = all;
    std::erase(some, PassageId{77});
    for (const std::size_t flat : {200'000UL, 100UL}) {  // Without a graph, and with one.
        std::filesystem::remove_all(path());
        ASSERT_TRUE(writer("m", flat).add(rows_of(all), alive(all)));
        ASSERT_TRUE(writer("m", flat).finish(alive(all)));
        ASSERT_NE(bytes_of(path()).find(row_bytes(77)), std::string::npos);
        const auto before = open(path());
        ASSERT_TRUE(forget_gone(path(), alive(some)));
        EXPECT_EQ(bytes_of(path()).find(row_bytes(77)), std::string::npos);
        EXPECT_EQ(before->ids(), all);  // Who reads the old version goes on.
        const auto after = open(path());
        EXPECT_EQ(after->ids(), some);
        EveryNth gate;
        const auto query = *quantise_query(MadeUp(dimension, 3, 77).next());
        const auto hits = after->search(query, 400, gate);
        EXPECT_EQ(hits.size(), 399U);
        for (const auto& hit : hits) EXPECT_NE(hit.passage, 77U);
    }
}

TEST_F(Vectors, GraphGrowsAndIsBuiltAnewWhenMuchOfItIsGone) {
    const auto graph_of = [&] {
        const auto catalogue = read_catalogue(path());
        return (*catalogue)->parts.front().graph;
    };
    auto small = writer("m", 1000);
    ASSERT_TRUE(small.add(rows_of(numbers(1, 1500)), alive(numbers(1, 1500))));
    std::size_t told = 0;
    ASSERT_TRUE(small.finish(alive(numbers(1, 1500)), [&](std::size_t done, std::size_t total) {
        told = done;
        EXPECT_EQ(total, 1500U);
    }));
    EXPECT_EQ(told, 1000U);
    const auto first = graph_of();
    ASSERT_NE(first, 0U);
    // Few more: they stay outside and are found all the same.
    ASSERT_TRUE(small.add(rows_of(numbers(1501, 1550)), alive(numbers(1, 1550))));
    ASSERT_TRUE(small.finish(alive(numbers(1, 1550))));
    EXPECT_EQ(graph_of(), first);
    EveryNth gate;
    const auto query = *quantise_query(MadeUp(dimension, 3, 1520).next());
    EXPECT_EQ(open(path())->search(query, 1, gate).front().passage, 1520U);
    // Many more: the graph takes them in; what is gone by then keeps its place without its numbers.
    auto living = numbers(2, 1800);
    ASSERT_TRUE(small.add(rows_of(numbers(1551, 1800)), alive(living)));
    ASSERT_TRUE(small.finish(alive(living)));
    EXPECT_NE(graph_of(), first);
    EXPECT_EQ((*read_catalogue(path()))->parts.front().rows, 1800U);
    EXPECT_EQ(open(path())->search(query, 1, gate).front().passage, 1520U);
    EXPECT_EQ(open(path())->ids(), living);
    // Much gone: built anew without it.
    living = numbers(700, 1800);
    ASSERT_TRUE(small.finish(alive(living)));
    EXPECT_EQ((*read_catalogue(path()))->parts.front().rows, living.size());
    EXPECT_EQ(open(path())->ids(), living);
}

TEST_F(Vectors, SurviveACrashAtEveryWrite) {
    bool reached_the_end = false;
    for (std::size_t fault = 1; !reached_the_end; ++fault) {
        ASSERT_LT(fault, 200U);
        std::filesystem::remove_all(path());
        ASSERT_TRUE(writer().add(rows_of(numbers(1, 20)), alive(numbers(1, 20))));
        index::FaultyFiles faulty(fault);
        try {
            VectorWriter crashing({path(), "m", dimension, 200'000, &faulty});
            ASSERT_TRUE(crashing.add(rows_of(numbers(21, 35)), alive(numbers(1, 35))));
            ASSERT_TRUE(forget_gone(path(), alive(numbers(5, 35)), &faulty));
        } catch (const std::system_error&) {
        }
        reached_the_end = !faulty.failed();
        faulty.lose_power();
        const auto set = open(path());
        ASSERT_NE(set, nullptr) << "fault " << fault;
        ASSERT_TRUE(set->verify()) << "fault " << fault;
        const auto ids = set->ids();
        EXPECT_TRUE(ids == numbers(1, 20) || ids == numbers(1, 35) || ids == numbers(5, 35))
            << "fault " << fault;
        if (reached_the_end) {
            EXPECT_EQ(ids, numbers(5, 35));
        }
        // And the next change goes on from there, leaving no file behind.
        ASSERT_TRUE(writer().add(rows_of({40}), alive(numbers(1, 40))));
        std::size_t files = 0;
        for (const auto& entry : std::filesystem::directory_iterator(path())) {
            files += entry.path().filename().string().starts_with("vectors-") ? 1U : 0U;
        }
        EXPECT_EQ(files, (*read_catalogue(path()))->parts.size());
    }
}

TEST_F(Vectors, NoticeEveryDamagedByteAndSayWhatToDo) {
    const auto all = numbers(1, 150);
    ASSERT_TRUE(writer("m", 100).add(rows_of(all), alive(all)));
    ASSERT_TRUE(writer("m", 100).finish(alive(all)));
    ASSERT_TRUE(writer("m", 100).add(rows_of({151, 152}), alive(numbers(1, 152))));
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(path())) {
        if (entry.path().filename() != "lock") files.push_back(entry.path());
    }
    ASSERT_EQ(files.size(), 4U);  // Catalogue, two of vectors, a graph.
    for (const auto& file : files) {
        std::string sound;
        {
            std::ifstream in(file, std::ios::binary);
            sound.assign(std::istreambuf_iterator<char>(in), {});
        }
        const std::size_t step = std::max<std::size_t>(1, sound.size() / 97);
        for (std::size_t at = 0; at < sound.size() + step; at += step) {
            std::string bad = sound;
            if (at < sound.size()) {
                bad[at] = static_cast<char>(bad[at] ^ 0x20);
            } else {
                bad.resize(sound.size() / 2);
            }
            std::ofstream(file, std::ios::binary) << bad;
            const auto set = VectorSet::open(path());
            const Result<void> sound_set =
                set ? (*set)->verify() : Result<void>(tl::unexpected(set.error()));
            ASSERT_FALSE(sound_set) << file << " byte " << at;
            EXPECT_EQ(sound_set.error().code, ErrorCode::corrupt);
            EXPECT_NE(sound_set.error().message.find(file.filename().string()), std::string::npos);
            EXPECT_NE(sound_set.error().message.find("raadbot ingest --rebuild"),
                      std::string::npos);
        }
        std::ofstream(file, std::ios::binary) << sound;
    }
    EXPECT_TRUE(open(path())->verify());
}

}  // namespace
}  // namespace raadbot::vectors
