// The strict reading of JSON that Teams shares with whoever else checks tokens.
#pragma once

#include "adapters/token/json.hpp"

namespace raadbot::teams {

using token::Json;
using token::parse_json;
using token::string_at;
using token::value_at;

}  // namespace raadbot::teams
