// Rows <-> values, for the store's own sources only.
#pragma once

#include <string>
#include <string_view>

#include "retrieval/store/database.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::store {

/// Columns of the SELECT in `passage_columns`, in that order.
[[nodiscard]] StoredPassage read_passage(const Statement& row);
extern const std::string_view
    passage_columns;  ///< "... FROM passage p JOIN document d ... JOIN source s"

[[nodiscard]] sources::Source read_source(const Statement& row);
extern const std::string_view source_columns;

/// A document's content as one string: equal strings are equal documents (for versions).
[[nodiscard]] std::string content_of(const ParsedDocument& document);

/// JSON of the fields that are read and written as a whole.
[[nodiscard]] std::string to_json(const std::vector<std::string>& strings);
[[nodiscard]] std::vector<std::string> strings_from_json(std::string_view text);

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace raadbot::store
