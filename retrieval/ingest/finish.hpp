// The last step of every parser: valid NFC text, no CPR numbers, no empty passages, limits kept.
#pragma once

#include "retrieval/ingest/parse.hpp"

namespace raadbot::ingest {

[[nodiscard]] Result<Parsed> finish(Parsed parsed, const ParseInput& input, const Limits& limits);

}  // namespace raadbot::ingest
