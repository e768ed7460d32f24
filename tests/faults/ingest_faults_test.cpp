// What goes wrong in a town hall, tried on the real program: each is a clear error, nothing is
// lost, and what was indexed before still answers.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>

#include "tests/support/town.hpp"

namespace raadbot {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using support::Conditions;
using support::Outcome;
using support::Town;

constexpr const char* pay_question = "hvad er det faste vederlag";

void expect_answers_pay(const Town& town, const Conditions& conditions = {}) {
    const Outcome asked = town.ask(pay_question, conditions);
    ASSERT_EQ(asked.exit_code, 0) << asked.err;
    const json answer = json::parse(asked.out, nullptr, false);
    ASSERT_TRUE(answer.is_object()) << asked.out;
    EXPECT_EQ(answer["kind"], "answered") << asked.out;
    EXPECT_NE(answer["text"].get<std::string>().find("112.203"), std::string::npos) << asked.out;
}

/// An error a person can use: one that names `what`, and no exception's raw name.
void expect_says(const Outcome& outcome, const std::string& what) {
    EXPECT_NE((outcome.out + outcome.err).find(what), std::string::npos)
        << "expected \"" << what << "\" in\n"
        << outcome.out << outcome.err;
    EXPECT_EQ(outcome.signal, 0) << outcome.err;
    EXPECT_EQ(outcome.err.find("terminate called"), std::string::npos) << outcome.err;
}

TEST(Faults, TypoInConfigurationExitsTwoAndNamesFileLineAndKey) {
    const Town town;
    town.write_config("[web]\nprot = 8080\n");
    const Outcome outcome = town.ingest();
    EXPECT_EQ(outcome.exit_code, 2);
    expect_says(outcome, "town.toml:4");
    expect_says(outcome, "prot");
    expect_says(outcome, "port");
    EXPECT_FALSE(fs::exists(town.folder / "data/raadbot.db"))
        << "a wrong configuration must change nothing";
}

TEST(Faults, MissingConfigurationExitsTwo) {
    const Outcome outcome =
        support::run({Town::program(), "ingest", "--config", "/nowhere/town.toml"});
    EXPECT_EQ(outcome.exit_code, 2);
    expect_says(outcome, "/nowhere/town.toml");
}

TEST(Faults, UnknownSubcommandExitsTwo) {
    EXPECT_EQ(support::run({Town::program(), "indgest"}).exit_code, 2);
    EXPECT_EQ(support::run({Town::program()}).exit_code, 2);
    EXPECT_EQ(support::run({Town::program(), "--help"}).exit_code, 0);
}

TEST(Faults, AskingBeforeIngestSaysWhatToDo) {
    const Town town;
    const Outcome outcome = town.ask(pay_question);
    EXPECT_EQ(outcome.exit_code, 1);
    expect_says(outcome, "ingest");
}

TEST(Faults, MissingFolderKeepsWhatWasReadBefore) {
    const Town town;
    ASSERT_EQ(town.ingest().exit_code, 0);
    fs::rename(town.folder / "pages", town.folder / "elsewhere");
    const Outcome outcome = town.ingest();
    EXPECT_EQ(outcome.exit_code, 1);
    expect_says(outcome, "no folder at");
    expect_says(outcome, "source pages");
    expect_answers_pay(town);
}

TEST(Faults, EmptiedFolderKeepsWhatWasReadBefore) {
    const Town town;
    ASSERT_EQ(town.ingest().exit_code, 0);
    fs::remove_all(town.folder / "pages");
    fs::create_directory(town.folder / "pages");
    const Outcome outcome = town.ingest();
    EXPECT_EQ(outcome.exit_code, 1);
    expect_says(outcome, "is empty");
    expect_answers_pay(town);
}

TEST(Faults, UnreadableFolderKeepsWhatWasReadBefore) {
    const Town town;
    fs::rename(town.folder / "pages/vederlag.md", town.folder / "vederlag.md");
    fs::create_directory(town.folder / "pages/inner");
    fs::rename(town.folder / "vederlag.md", town.folder / "pages/inner/vederlag.md");
    Conditions conditions;
    conditions.permissions_count = true;
    fs::permissions(town.folder.path(), fs::perms::all);
    ASSERT_EQ(town.ingest({}, conditions).exit_code, 0);
    fs::permissions(town.folder / "pages/inner", fs::perms::none);
    const Outcome outcome = town.ingest({}, conditions);
    fs::permissions(town.folder / "pages/inner", fs::perms::owner_all);
    expect_says(outcome, "inner");
    expect_says(outcome, "cannot be read");
    expect_answers_pay(town);
}

TEST(Faults, UnreadableFileIsReportedAndOthersAreRead) {
    const Town town;
    town.folder.write("pages/secret.md", "# Lukket\n\nTekst.\n");
    fs::permissions(town.folder / "pages/secret.md", fs::perms::none);
    fs::permissions(town.folder.path(), fs::perms::all);
    Conditions conditions;
    conditions.permissions_count = true;
    const Outcome outcome = town.ingest({}, conditions);
    EXPECT_EQ(outcome.exit_code, 0);
    expect_says(outcome, "not read: secret.md");
    expect_answers_pay(town);
}

TEST(Faults, BrokenPdfIsReportedAndOthersAreRead) {
    const Town town;
    town.folder.write("pages/broken.pdf",
                      "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ngarbage");
    town.folder.write("pages/cut.docx", std::string("PK\x03\x04", 4) + std::string(300, '\0'));
    const Outcome outcome = town.ingest();
    EXPECT_EQ(outcome.exit_code, 0);
    expect_says(outcome, "not read: broken.pdf");
    expect_says(outcome, "not read: cut.docx");
    expect_answers_pay(town);
}

TEST(Faults, FileOf200MegabytesIsReportedAndNotRead) {
    const Town town;
    town.folder.write("pages/huge.html", "<html><body><p>Stor</p>");
    fs::resize_file(town.folder / "pages/huge.html", 200ULL << 20U);  // Sparse: costs no disk.
    const auto before = std::chrono::steady_clock::now();
    const Outcome outcome = town.ingest();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{30});
    EXPECT_EQ(outcome.exit_code, 0);
    expect_says(outcome, "huge.html");
    expect_says(outcome, "200 MB");
    expect_says(outcome, "max_file_mb");
    expect_answers_pay(town);
}

TEST(Faults, InvalidUtf8IsReadWithoutLosingTheRest) {
    const Town town;
    town.folder.write("pages/latin.md",
                      "# Parkering\n\nParkering p\xe5 torvet er gratis i to timer. \xff\xfe\xc3\n");
    town.folder.write("pages/bytes.html",
                      "<html><body><h1>R\xf8"
                      "d</h1><p>\xc3\x28 \xa0\xa1 \xf0\x28\x8c\x28</p></body></html>");
    const Outcome outcome = town.ingest();
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.signal, 0);
    expect_answers_pay(town);
    const Outcome asked =
        town.ask("er parkering p\xe5 torvet gratis");  // The question is invalid UTF-8 too.
    ASSERT_EQ(asked.exit_code, 0) << asked.err;
    EXPECT_TRUE(json::parse(asked.out, nullptr, false).is_object()) << asked.out;
}

/// A program whose standard error nobody reads until drain(): once it has complained, and has more
/// to say than the pipe holds, it stands still in the middle of its work.
class Stalled {
public:
    Stalled(const fs::path& pipe, std::vector<std::string> arguments) {
        if (::mkfifo(pipe.c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
        read_end_ = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        capacity_ = ::fcntl(read_end_, F_SETPIPE_SZ, 4096);
        if (capacity_ < 0) throw std::runtime_error("pipe");
        arguments.insert(arguments.begin(),
                         {"/bin/sh", "-c", "exec \"$@\" 2>'" + pipe.string() + "'", "sh"});
        program_.emplace(arguments);
    }
    ~Stalled() {
        program_.reset();
        ::close(read_end_);
    }
    Stalled(const Stalled&) = delete;
    Stalled& operator=(const Stalled&) = delete;

    [[nodiscard]] std::size_t capacity() const { return static_cast<std::size_t>(capacity_); }
    /// False when nothing was complained of within minutes.
    [[nodiscard]] bool complains() const {
        pollfd wait{read_end_, POLLIN, 0};
        return ::poll(&wait, 1, 180'000) == 1 && (wait.revents & POLLIN) != 0;
    }
    [[nodiscard]] bool running() { return program_->running(); }
    /// Lets it go on; its end, with all that it complained of as `err`.
    Outcome drain() {
        std::string said;
        ::fcntl(read_end_, F_SETFL, 0);
        char bytes[4096];
        for (ssize_t got = 0; (got = ::read(read_end_, bytes, sizeof bytes)) > 0;)
            said.append(bytes, static_cast<std::size_t>(got));
        Outcome outcome = program_->wait(std::chrono::minutes{3});
        outcome.err = std::move(said);
        return outcome;
    }

private:
    int read_end_ = -1;
    int capacity_ = 0;
    std::optional<support::Background> program_;
};

TEST(Faults, SecondIngestIntoTheSameDataIsHeldOff) {
    const Town town;
    ASSERT_EQ(town.ingest().exit_code, 0);
    // Each missing folder is a complaint, written while the data is held.
    std::string missing;
    constexpr int complaints = 50;
    const std::string long_name(120, 'x');
    for (int i = 0; i < complaints; ++i) {
        missing += "[[source]]\nid = \"gone" + std::to_string(i) +
                   "\"\nkind = \"handbook\"\npath = \"" + long_name +
                   "\"\n"
                   "base_url = \"https://lunby.example/\"\n";
    }
    town.write_config(missing);
    Stalled first(town.folder / "stderr", town.line("ingest"));
    ASSERT_TRUE(first.complains());
    town.write_config();
    const Outcome second = town.ingest();
    EXPECT_EQ(second.exit_code, 1) << second.out << second.err;
    expect_says(second, "another raadbot is already ingesting");
    expect_answers_pay(town);  // Asking goes on meanwhile.
    EXPECT_TRUE(first.running());
    const Outcome ended = first.drain();
    EXPECT_GT(ended.err.size(), first.capacity()) << "too little to stall it";
    EXPECT_EQ(ended.exit_code, 1) << "the missing folders are errors";
    EXPECT_NE(ended.err.find("source gone49"), std::string::npos) << ended.err;
    EXPECT_EQ(ended.err.find("another raadbot"), std::string::npos) << ended.err;
    EXPECT_EQ(town.ingest({"--source", "pages"}).exit_code, 0) << "the data is free again";
    expect_answers_pay(town);
}

TEST(Faults, ReadOnlyDataIsAClearError) {
    const Town town;
    ASSERT_EQ(town.ingest().exit_code, 0);
    town.folder.write("pages/new.md", "# Ny\n\nNy side.\n");
    for (const auto& entry : fs::recursive_directory_iterator(town.folder / "data")) {
        if (entry.is_regular_file()) fs::permissions(entry.path(), fs::perms::owner_read);
    }
    fs::permissions(town.folder / "data", fs::perms::owner_read | fs::perms::owner_exec);
    Conditions conditions;
    conditions.permissions_count = true;
    const Outcome outcome = town.ingest({}, conditions);
    EXPECT_EQ(outcome.exit_code, 1) << outcome.out << outcome.err;
    expect_says(outcome, "data");
    for (const auto& entry : fs::recursive_directory_iterator(town.folder / "data")) {
        fs::permissions(entry.path(), fs::perms::owner_all);
    }
    fs::permissions(town.folder / "data", fs::perms::owner_all);
    expect_answers_pay(town);
}

TEST(Faults, DamagedIndexFileSaysRebuildAndRebuildWorks) {
    const Town town;
    ASSERT_EQ(town.ingest().exit_code, 0);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(town.folder / "data/index")) {
        if (entry.is_regular_file() && entry.file_size() > 0) files.push_back(entry.path());
    }
    ASSERT_FALSE(files.empty());
    for (const fs::path& file : files) {
        SCOPED_TRACE(file.filename());
        std::string bytes = support::read_file(file);
        const std::string whole = bytes;
        for (const std::string& damaged :
             {bytes.substr(0, bytes.size() / 2), std::string(bytes.size(), 'x'), std::string()}) {
            town.folder.write("data/index/" + file.filename().string(), damaged);
            const Outcome asked = town.ask(pay_question);
            EXPECT_EQ(asked.signal, 0) << asked.err;
            if (asked.exit_code != 0) {
                expect_says(asked, "--rebuild");
            } else {
                EXPECT_TRUE(json::parse(asked.out, nullptr, false).is_object());
            }
            const Outcome rebuilt = town.ingest({"--rebuild"});
            ASSERT_EQ(rebuilt.exit_code, 0) << rebuilt.err;
            expect_answers_pay(town);
            if (!fs::exists(file)) break;  // Rebuilt under another name.
        }
    }
}

TEST(Faults, MissingIndexIsRebuiltFromTheDatabase) {
    const Town town;
    ASSERT_EQ(town.ingest().exit_code, 0);
    fs::remove_all(town.folder / "data/index");
    const Outcome rebuilt = town.ingest({"--rebuild"});
    ASSERT_EQ(rebuilt.exit_code, 0) << rebuilt.err;
    expect_answers_pay(town);
}

TEST(Faults, DamagedDatabaseIsAClearError) {
    const Town town;
    ASSERT_EQ(town.ingest().exit_code, 0);
    town.folder.write("data/raadbot.db", std::string(8192, 'x'));
    for (const Outcome& outcome : {town.ask(pay_question), town.ingest()}) {
        EXPECT_EQ(outcome.exit_code, 1);
        expect_says(outcome, "database");
    }
}

TEST(Faults, DataDirThatIsAFileIsAClearError) {
    const Town town;
    town.folder.write("data", "not a folder");
    const Outcome outcome = town.ingest();
    EXPECT_EQ(outcome.exit_code, 1);
    expect_says(outcome, "data");
}

/// Pages that together need more room than the disks below have.
void fill(const Town& town, int pages) {
    for (int i = 0; i < pages; ++i) {
        std::string text = "# Side " + std::to_string(i) + "\n\n";
        for (int line = 0; line < 40; ++line) {
            text += "Sag " + std::to_string(i * 1000 + line) +
                    " om vej og park blev behandlet af udvalget i rum " + std::to_string(line) +
                    ".\n\n";
        }
        town.folder.write("pages/fill" + std::to_string(i) + ".md", text);
    }
}

TEST(Faults, WritesThatFailLeaveTheOldIndexServing) {
    const Town town;
    ASSERT_EQ(town.ingest().exit_code, 0);
    fill(town, 60);
    bool failed = false;
    for (const std::uint64_t limit : {4'096U, 40'000U, 120'000U, 200'000U, 400'000U, 800'000U}) {
        SCOPED_TRACE(limit);
        Conditions full;
        full.largest_file = limit;
        const Outcome outcome = town.ingest({}, full);
        EXPECT_EQ(outcome.signal, 0) << outcome.err;
        if (outcome.exit_code != 0) {
            failed = true;
            EXPECT_EQ(outcome.exit_code, 1) << outcome.err;
            EXPECT_FALSE(outcome.err.empty());
            EXPECT_EQ(outcome.err.find("terminate called"), std::string::npos) << outcome.err;
        }
        expect_answers_pay(town);
    }
    EXPECT_TRUE(failed) << "no limit was small enough to fail";
    const Outcome after = town.ingest();
    ASSERT_EQ(after.exit_code, 0) << after.err;
    expect_says(after, "62 documents");
    expect_answers_pay(town);
}

TEST(Faults, FullDiskIsAClearError) {
    if (!support::can_mount()) {
        GTEST_SKIP() << "mounting a small disk needs root; WritesThatFailLeaveTheOldIndexServing "
                        "covers the writes";
    }
    const Town town;
    fs::create_directory(town.folder / "data");
    fill(town, 60);
    for (const std::uint64_t size : {64U << 10U, 256U << 10U, 512U << 10U}) {
        SCOPED_TRACE(size);
        Conditions small;
        small.small_disk_at = town.folder / "data";
        small.small_disk_bytes = size;
        const Outcome outcome = town.ingest({}, small);
        EXPECT_EQ(outcome.exit_code, 1) << outcome.out << outcome.err;
        EXPECT_EQ(outcome.signal, 0) << outcome.err;
        EXPECT_TRUE(outcome.err.find("space") != std::string::npos ||
                    outcome.err.find("full") != std::string::npos)
            << outcome.err;
    }
}

/// What everything indexed looks like from outside: documents, passages and an answer.
struct Seen {
    std::string counts;
    std::string pay;
    friend bool operator==(const Seen&, const Seen&) = default;
};

Seen seen(const Town& town) {
    const Outcome ingested = town.ingest();
    EXPECT_EQ(ingested.exit_code, 0) << ingested.err;
    const auto at = ingested.out.rfind("\n", ingested.out.size() - 2);
    const json answer = json::parse(town.ask(pay_question).out, nullptr, false);
    return {ingested.out.substr(at + 1),
            answer.is_object() ? answer["text"].get<std::string>() : "no answer"};
}

TEST(Faults, KillAtAnyPointOfIngestLosesNothing) {
    const Town town;
    ASSERT_EQ(town.ingest().exit_code, 0);
    Seen wanted;
    std::chrono::microseconds whole{};
    {
        const Town undisturbed;
        ASSERT_EQ(undisturbed.ingest().exit_code, 0);
        fill(undisturbed, 80);
        const auto start = std::chrono::steady_clock::now();
        ASSERT_EQ(undisturbed.ingest().exit_code, 0);
        whole = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - start);
        wanted = seen(undisturbed);
    }
#ifdef RAADBOT_SANITIZED
    constexpr int points = 8;  // Every step takes many times as long.
#else
    constexpr int points = 40;
#endif
    int killed = 0;
    for (int point = 0; point <= points; ++point) {
        SCOPED_TRACE("killed at " + std::to_string(point) + "/" + std::to_string(points));
        // Every fourth run starts from the old state, so that all points meet fresh work.
        if (point % 4 == 0) {
            fs::remove_all(town.folder / "data");
            for (int i = 0; i < 80; ++i)
                fs::remove(town.folder / ("pages/fill" + std::to_string(i) + ".md"));
            ASSERT_EQ(town.ingest().exit_code, 0);
            fill(town, 80);
        }
        Conditions kill;
        kill.kill_after = whole * point / points;
        const Outcome outcome = town.ingest({}, kill);
        killed += outcome.signal == SIGKILL ? 1 : 0;
        expect_answers_pay(town);
        if (point % 4 == 3) {
            EXPECT_EQ(seen(town), wanted);
        }
    }
    EXPECT_EQ(seen(town), wanted);
    EXPECT_GE(killed, points / 3) << "most runs ended before the kill";
    std::printf("killed %d of %d ingests, each repaired by the next\n", killed, points + 1);
}

TEST(Faults, KillDuringTheVeryFirstIngestIsRepairedByTheNext) {
    const Town town;
    fill(town, 20);
    for (int point = 1; point <= 12; ++point) {
        SCOPED_TRACE(point);
        fs::remove_all(town.folder / "data");
        Conditions kill;
        kill.kill_after = std::chrono::milliseconds{15 * point};
        const Outcome outcome = town.ingest({}, kill);
        const Outcome asked = town.ask(pay_question);
        EXPECT_EQ(asked.signal, 0) << asked.err;
        if (asked.exit_code != 0) expect_says(asked, "ingest");
        const Outcome next = town.ingest();
        ASSERT_EQ(next.exit_code, 0) << next.err;
        expect_answers_pay(town);
    }
}

}  // namespace
}  // namespace raadbot
