#include "bot/app/admin_listener.hpp"

#include "adapters/admin/provider_client.hpp"
#include "adapters/admin/site.hpp"
#include "adapters/http/server.hpp"
#include "bot/app/channels.hpp"
#include "bot/governance/audit.hpp"

namespace raadbot::app {
namespace {

constexpr std::size_t largest_form = 64 * 1'024;

class Running final : public AdminListener {
public:
    ~Running() override { stop(); }

    Result<void> start(const Config& config, const bot::Clock& clock, const Log& log) {
        if (!config.admin) return {};
        auto options = admin_options(config);
        if (!options) return tl::unexpected(options.error());
        options->log = log;
        admin::Hooks hooks;
        hooks.get = admin::provider_get();
        hooks.post = admin::provider_post();
        auto lexicon = danish::Lexicon::load(config.lexicon_dir);
        if (!lexicon) return tl::unexpected(lexicon.error());
        hooks.lexicon = std::move(*lexicon);
        auto site = admin::Site::open(std::move(*options), std::move(hooks), clock);
        if (!site) return tl::unexpected(site.error());
        site_ = std::move(*site);

        // The head of the audit trail, in a place that the database's keeper does not write.
        const auto store = store::Store::open(config.data_dir);
        if (const auto last = store::Ledger(*store).last_audit()) {
            log("audit trail: " + std::to_string(last->number) + " lines, head " + last->hash);
        }
        http::ServerOptions server_options;
        server_options.gate.body = largest_form;
        server_options.trusted_proxies = config.web.trusted_proxies;
        http::Listener listener;
        listener.name = "admin";
        listener.address = config.admin->address;
        listener.port = config.admin->port;
        listener.handler = [this](const http::Request& request) { return site_->handle(request); };
        listener.failed = log;
        auto server = http::Server::start(server_options, {std::move(listener)});
        if (!server) return fail(server.error().code, "admin: " + server.error().message);
        server_ = std::move(*server);
        served_ = "admin on http://" +
                  host_and_port(config.admin->address, server_->ports().front()) + "/";
        return {};
    }

    const std::string& served() const override { return served_; }
    void stop() override {
        if (server_) server_->stop();
        server_.reset();
    }

private:
    std::unique_ptr<admin::Site> site_;
    std::unique_ptr<http::Server> server_;
    std::string served_;
};

}  // namespace

Result<std::unique_ptr<AdminListener>> AdminListener::open(const Config& config,
                                                           const bot::Clock& clock, Log log) {
    auto running = std::make_unique<Running>();
    if (auto started = running->start(config, clock, log); !started) {
        return tl::unexpected(started.error());
    }
    return running;
}

}  // namespace raadbot::app
