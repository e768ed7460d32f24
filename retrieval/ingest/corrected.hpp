// Papers of a meeting that came again under another address: minutes that were corrected, an agenda
// that was sent out anew. The newer one stays; the older one's documents go.
//
// A paper replaces another of the same source, kind, body and day when it holds at least half of
// the other's items (by case number, else by title): a supplementary agenda does not, nor does a
// second meeting on the same day. Which is newer: what the papers say ("Rettet referat"), their own
// dates, their files' times, else that one was there before this reading and the other was not. If
// none of these tells, both stay. Should the newer one go, store::Papers::reread says which files
// hold the older one.
#pragma once

#include <cstdint>

#include "retrieval/store/store.hpp"

namespace raadbot::ingest {

struct Corrected {
    std::uint32_t papers = 0;     ///< Replaced.
    std::uint32_t documents = 0;  ///< Of these, removed.
};

/// After a reading of a source of meetings. `before`: store::Papers::mark() of its beginning.
Corrected replace_corrected(const SourceId& source, store::Store& store, std::int64_t before,
                            Timestamp now);

}  // namespace raadbot::ingest
