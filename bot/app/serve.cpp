// `raadbot serve`: the web page, and the channels that are configured, over the conversation, until
// SIGINT or SIGTERM.
#include <csignal>
#include <ctime>
#include <iostream>

#include "adapters/http/server.hpp"
#include "adapters/web/site.hpp"
#include "bot/app/admin_listener.hpp"
#include "bot/app/channels.hpp"
#include "bot/app/commands.hpp"
#include "bot/app/handoffs.hpp"
#include "bot/app/index_upkeep.hpp"
#include "bot/app/keeper.hpp"
#include "bot/app/models.hpp"
#include "bot/conversation/handoff.hpp"
#include "bot/ports.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::app {
namespace {

/// How long a newly ingested version may wait before it answers.
constexpr std::time_t refresh_seconds = 1;
constexpr std::chrono::hours clean_up_every{1};

/// The accountability page's figures, read from the store each time they are shown.
web::SiteFacts facts_of(const Config& config, Timestamp now) {
    const auto store = store::Store::open(config.data_dir);
    web::SiteFacts facts;
    const auto counts = store->source_counts();
    const Date today = danish::copenhagen_date(now);
    for (const sources::Source& source : store->all_sources()) {
        if (sources::effective_state(source, today) != sources::State::approved) continue;
        web::SourceFact fact{source.id.value,
                             std::string(to_string(source.kind)),
                             source.audience.value,
                             source.owner.unit,
                             0,
                             std::nullopt};
        for (const auto& count : counts) {
            if (count.source != source.id) continue;
            fact.documents = count.documents;
            fact.checked = count.checked;
        }
        facts.sources.push_back(std::move(fact));
    }
    store::Ledger ledger(*store);
    for (const store::KnownErrorRow& row : ledger.known_errors()) {
        facts.known_errors.push_back(row.text);
    }
    facts.test_questions = ledger.test_questions().size();
    facts.takedowns = ledger.takedowns().size();
    if (const auto last = ledger.last_audit()) {
        facts.audit_lines = static_cast<std::uint64_t>(last->number);
    }
    facts.four_eyes = desk_options(config).four_eyes;
    if (const auto last = store->setting("last_ingest")) facts.indexed = parse_timestamp(*last);
    const auto since = now - std::chrono::days{30};
    facts.counted_since = since;
    for (const auto& usage : store->usage(danish::copenhagen_date(since))) {
        facts.questions += usage.count;
        if (usage.kind == "answered") facts.answered += usage.count;
        if (usage.kind == "refused") facts.refused += usage.count;
        if (usage.reason == "personal_data") facts.personal += usage.count;
        if (usage.reason == "policy_making") facts.policy += usage.count;
    }
    const auto feedback = store->feedback_counts();
    facts.helpful = feedback.helpful;
    facts.unhelpful = feedback.unhelpful;
    facts.index_version = std::to_string(store->generation());
    return facts;
}

}  // namespace

int serve(const ServeArguments& arguments) {
    auto config = read_config(arguments.config);
    if (!config) return report(config.error());
    if (arguments.port) {
        if (*arguments.port < 0 || *arguments.port > 65535) {
            return report({ErrorCode::invalid_input, "--port must be from 0 to 65535"});
        }
        config->web.port = static_cast<std::uint16_t>(*arguments.port);
    }
    const auto fixed = moment(arguments.now);
    if (!fixed) return report(fixed.error());
    std::unique_ptr<bot::Clock> clock = std::make_unique<bot::SystemClock>();
    if (!arguments.now.empty()) clock = std::make_unique<bot::FixedClock>(*fixed);

    // Signals are waited for below; threads started from here on inherit the mask.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const auto log = [](std::string_view line) {
        std::cerr << "raadbot: " + std::string(line) + "\n";  // One write: threads share stderr.
    };
    if (auto renewed = renew_outdated_index(*config, log); !renewed) return report(renewed.error());
    auto conversation = open_conversation(*config, true);
    if (!conversation) return report(conversation.error());

    web::WebOptions options;
    options.municipality = config->municipality;
    options.public_url = config->public_url;
    options.contact = config->contact;
    options.models = model_facts(*config);
    options.frame_ancestors = config->web.frame_ancestors;
    options.questions_per_minute = config->web.questions_per_minute;
    options.retention_days = static_cast<unsigned>(config->keep_answers.count());
    options.obey_now = !arguments.now.empty();
    options.failed = log;
    options.handoff = [&](std::string_view id) -> std::optional<web::HandoffView> {
        const auto store = store::Store::open(config->data_dir);
        const auto row = store::Ledger(*store).handoff(id);
        if (!row || !row->target.empty()) return std::nullopt;
        return web::HandoffView{row->question, row->answer};
    };
    auto site = web::Site::open(options, **conversation, *clock,
                                [&] { return facts_of(*config, clock->now()); });
    if (!site) return report(site.error());

    http::ServerOptions server_options;
    server_options.trusted_proxies = config->web.trusted_proxies;
    http::Listener listener;
    listener.name = "web";
    listener.address = config->web.address;
    listener.port = config->web.port;
    listener.handler = [&site](const http::Request& request) { return (*site)->handle(request); };
    auto server = http::Server::start(server_options, {listener});
    if (!server) return report(server.error());
    auto channels = Channels::open(*config, **conversation, *clock, log);
    if (!channels) return report(channels.error());
    std::cout << "Raadbot answers on http://"
              << host_and_port(config->web.address, (*server)->ports().front())
              << "/ (stop with Ctrl-C)" << std::endl;
    for (const std::string& line : (*channels)->served()) std::cout << line << std::endl;

    auto administration = AdminListener::open(*config, *clock, log);
    if (!administration) return report(administration.error());
    if (const std::string& line = (*administration)->served(); !line.empty()) {
        std::cout << line << std::endl;
    }
    Keeper keeper(*config, *clock, log);
    Timestamp cleaned{};
    for (;;) {
        const std::timespec wait{refresh_seconds, 0};
        if (sigtimedwait(&signals, nullptr, &wait) > 0) break;
        (*conversation)->refresh();
        deliver_handoffs(config->data_dir,
                         [&](const store::HandoffRow& row) { return (*channels)->say(row); });
        const Timestamp now = bot::SystemClock().now();
        if (now - cleaned >= clean_up_every) {
            const auto store = store::Store::open(config->data_dir);
            store->erase_answers_before(now - config->keep_answers);
            store::Ledger ledger(*store);
            ledger.erase_unanswered_before(danish::copenhagen_date(now - config->keep_answers));
            ledger.erase_handoffs_before(now - std::chrono::days{bot::handoff_days});
            cleaned = now;
        }
    }
    (*server)->stop();
    (*administration)->stop();
    (*channels)->stop();
    keeper.stop();
    return exit_good;
}

}  // namespace raadbot::app
