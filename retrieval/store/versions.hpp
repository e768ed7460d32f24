// The material as it stood, in a file of its own, and back again: what versions of the index are
// made of. Staff, audit trail, take-downs, answers and figures are never part of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "retrieval/store/store.hpp"

namespace raadbot::store {

/// Writes all of `live` to `directory`/raadbot.db, as one moment saw it, and prepares it to be
/// changed by itself: its new passages get numbers from `first_passage` on, which must be beyond
/// all others ever given. Throws DatabaseError.
void copy_material(Store& live, const std::filesystem::path& directory, PassageId first_passage);

/// Puts the documents and files of `directory`/raadbot.db in the place of `live`'s, in one
/// transaction: documents that were taken down since, and those of sources that were removed, stay
/// away. What the index must forget afterwards is noted as pending. Throws DatabaseError.
void take_material(Store& live, const std::filesystem::path& directory);

/// Calls `visit` with every passage of `directory`/raadbot.db that `live` does not have.
void each_new_passage(const Store& live, const std::filesystem::path& directory,
                      const std::function<void(const StoredPassage&)>& visit);

}  // namespace raadbot::store
