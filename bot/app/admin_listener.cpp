#include "bot/app/admin_listener.hpp"

#include "adapters/admin/provider_client.hpp"
#include "adapters/admin/site.hpp"
#include "adapters/http/server.hpp"
#include "bot/app/channels.hpp"
#include "bot/app/ingest_lock.hpp"
#include "bot/app/keeper.hpp"
#include "bot/app/lexicon.hpp"
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
        auto lexicon = lexicon_of(config);
        if (!lexicon) return tl::unexpected(lexicon.error());
        hooks.lexicon = std::move(*lexicon);
        auto versions = versions_options(config);
        if (!versions) return tl::unexpected(versions.error());
        versions_ = std::move(*versions);
        hooks.versions = [this] { return list_versions(); };
        hooks.build_version = [this](const governance::Person& person) -> Result<void> {
            if (!governance::may(person.roles, governance::Act::versions)) {
                return fail(ErrorCode::denied, "it takes an operator");
            }
            store::Store::open(versions_.data_dir)->put_setting(version_wanted, person.login);
            return {};
        };
        hooks.switch_version = [this, &clock](const governance::Person& person,
                                              const std::string& id) -> Result<void> {
            auto lock = IngestLock::take(versions_.data_dir);
            if (!lock) return tl::unexpected(lock.error());
            const auto store = store::Store::open(versions_.data_dir);
            return governance::Versions(*store, versions_).promote(person, id, clock.now());
        };
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

    std::vector<admin::Version> list_versions() const {
        const auto store = store::Store::open(versions_.data_dir);
        std::vector<admin::Version> out;
        for (const auto& version : governance::Versions(*store, versions_).list()) {
            admin::Version line;
            line.id = version.id;
            line.made = to_string(version.made);
            line.live = version.live;
            std::size_t good = 0;
            for (const auto& trial : version.trials) {
                if (trial.fault.empty()) ++good;
                if (!trial.fault.empty() && line.outcome.size() < 500) {
                    line.outcome += trial.question + ": " + trial.fault + ". ";
                }
            }
            line.outcome = std::to_string(good) + "/" + std::to_string(version.trials.size()) +
                           (line.outcome.empty() ? "" : ": " + line.outcome);
            out.push_back(std::move(line));
        }
        return out;
    }

    const std::string& served() const override { return served_; }
    void stop() override {
        if (server_) server_->stop();
        server_.reset();
    }

private:
    governance::VersionsOptions versions_;
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
