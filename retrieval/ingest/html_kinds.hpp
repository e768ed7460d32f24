// What kind of element one is for the reading of text: block, control, bold.
#pragma once

#include "retrieval/ingest/html_dom.hpp"

namespace raadbot::ingest {

[[nodiscard]] bool is_block_tag(GumboTag tag);
[[nodiscard]] bool is_control(GumboTag tag);
[[nodiscard]] bool is_bold(Node node);

}  // namespace raadbot::ingest
