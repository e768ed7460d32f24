// The configured models, made ready for the rooms that use them.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "adapters/web/options.hpp"
#include "bot/app/config.hpp"
#include "retrieval/models/model_search.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::app {

using Log = std::function<void(std::string_view)>;

[[nodiscard]] std::filesystem::path vectors_directory(const Config& config);

/// Null when no model is configured. Errors: invalid_config (a key that cannot be read).
[[nodiscard]] Result<std::shared_ptr<models::ModelSearch>> open_models(const Config& config,
                                                                       Log log);

/// What the pages tell of the models.
[[nodiscard]] std::vector<web::ModelFact> model_facts(const Config& config);

enum class Show { nothing, progress };  ///< Progress: a bar on stderr.

/// Gives passages without a vector one, when a model is configured. What came of it is said to
/// `log`. False when vectors are missing still. Errors: corrupt, invalid_config.
[[nodiscard]] Result<bool> embed_missing(const Config& config, const store::Store& store, Show show,
                                         const Log& log, std::function<bool()> stop = {});

}  // namespace raadbot::app
