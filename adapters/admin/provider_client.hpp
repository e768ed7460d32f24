// Calls to the sign-in provider over HTTP. Blocking; no redirects.
#pragma once

#include "adapters/admin/oidc.hpp"

namespace raadbot::admin {

[[nodiscard]] Oidc::Get provider_get();
[[nodiscard]] Oidc::Post provider_post();

}  // namespace raadbot::admin
