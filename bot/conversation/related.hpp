// What else belongs to a source that an answer shows: the agenda behind the minutes and the other
// way round, the second of the recording in which the item is treated, the item that a speech
// belongs to.
#pragma once

#include <vector>

#include "bot/message.hpp"
#include "retrieval/answer/access.hpp"

namespace raadbot::bot {

/// `shown`: the passages behind reply.sources, in their order. Only what `access` admits is added.
void add_related(Reply& reply, const std::vector<StoredPassage>& shown, const store::Store& store,
                 const answer::Access& access);

}  // namespace raadbot::bot
