#include "retrieval/store/versions.hpp"

#include <set>

#include "retrieval/store/database.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::store {
namespace {

constexpr std::string_view file_name = "raadbot.db";

std::set<PassageId> numbers_of(const Store& store) {
    std::set<PassageId> out;
    store.each_passage([&](const StoredPassage& passage) { out.insert(passage.id); });
    return out;
}

}  // namespace

void copy_material(Store& live, const std::filesystem::path& directory, PassageId first_passage) {
    std::filesystem::create_directories(directory);
    const std::filesystem::path file = directory / file_name;
    std::filesystem::remove(file);
    Ledger(live).copy_to(file);
    Database copy(file);
    // A version is material only: nobody's name, question or answer lies in its folder.
    for (const char* table :
         {"staff", "session", "signin_failure", "unanswered", "handoff", "feedback", "answer",
          "usage", "proposal", "known_error", "setting", "test_question"}) {
        copy.execute(("DELETE FROM " + std::string(table)).c_str());
    }
    copy.execute("DROP TRIGGER IF EXISTS audit_is_kept");
    copy.execute("DELETE FROM audit");
    copy.prepare("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'passage'")
        .bind(static_cast<std::int64_t>(first_passage))
        .run();
    copy.execute("VACUUM");
}

void take_material(Store& live, const std::filesystem::path& directory) {
    Ledger(live).take_over(directory / file_name);
}

void each_new_passage(const Store& live, const std::filesystem::path& directory,
                      const std::function<void(const StoredPassage&)>& visit) {
    const std::set<PassageId> known = numbers_of(live);
    const auto version = Store::open(directory);
    version->each_passage([&](const StoredPassage& passage) {
        if (!known.contains(passage.id)) visit(passage);
    });
}

}  // namespace raadbot::store
