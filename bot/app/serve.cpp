#include "bot/app/commands.hpp"

namespace raadbot::app {

int serve(const ServeArguments&) { return report({ErrorCode::unavailable, "serve comes with the web adapter"}); }

}  // namespace raadbot::app
