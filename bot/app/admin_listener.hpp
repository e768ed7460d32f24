// The administration on a listener of its own, when it is configured.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "bot/app/config.hpp"
#include "bot/ports.hpp"

namespace raadbot::app {

class AdminListener {
public:
    using Log = std::function<void(std::string_view)>;
    /// `config` and `clock` must outlive it. Without [admin] it serves nothing.
    [[nodiscard]] static Result<std::unique_ptr<AdminListener>> open(const Config& config,
                                                                     const bot::Clock& clock,
                                                                     Log log);
    virtual ~AdminListener() = default;
    /// "admin on http://127.0.0.1:8070/"; empty when nothing is served.
    [[nodiscard]] virtual const std::string& served() const = 0;
    virtual void stop() = 0;
};

}  // namespace raadbot::app
