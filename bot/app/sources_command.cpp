// `raadbot sources`: the allow-list from the command line.
#include <iostream>
#include <nlohmann/json.hpp>

#include "bot/app/commands.hpp"
#include "bot/app/governance_command.hpp"
#include "bot/governance/desk.hpp"
#include "bot/ports.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/ingest/folder.hpp"
#include "retrieval/store/crawl_store.hpp"

namespace raadbot::app {
namespace {

using nlohmann::ordered_json;

ordered_json as_json(const sources::Source& source, const Date& today, std::size_t files) {
    return {{"id", source.id.value},
            {"kind", to_string(source.kind)},
            {"state", sources::to_string(sources::effective_state(source, today))},
            {"audience", source.audience.value},
            {"path", source.path.string()},
            {"base_url", source.base_url},
            {"owner", source.owner.unit},
            {"owner_mail", source.owner.mail},
            {"owner_phone", source.owner.phone},
            {"purpose", source.purpose},
            {"rights", source.rights},
            {"review_date", source.review_date ? to_string(*source.review_date) : ""},
            {"refresh_hours", source.refresh.count()},
            {"files", files}};
}

/// Decides on what is open for the source; what came from the configuration, or was paused, is
/// proposed first, by the machine's keeper.
Result<void> approve(store::Store& store, const governance::DeskOptions& options,
                     const sources::Source& source, const governance::Person& person,
                     Timestamp now) {
    store::Ledger ledger(store);
    const std::string subject = "source:" + source.id.value;
    const auto open = [&]() -> std::optional<std::int64_t> {
        for (const store::ProposalRow& row : ledger.proposals("open")) {
            if (row.subject == subject) return row.id;
        }
        return std::nullopt;
    };
    auto id = open();
    if (!id) {
        governance::Desk keeper(store, options, machine_keeper(), now);
        if (source.state == sources::State::approved) return {};
        const auto proposed = source.state == sources::State::proposed
                                  ? keeper.propose_source(source)
                                  : keeper.propose_return(source.id);
        if (!proposed) return tl::unexpected(proposed.error());
        id = *proposed;
    }
    governance::Desk desk(store, options, person, now);
    return desk.approve(*id);
}

int add(const SourcesArguments& arguments, const Config& config, store::Store& store) {
    sources::Source source;
    source.id = SourceId{arguments.id};
    if (store.source(source.id)) {
        return report(
            {ErrorCode::invalid_input, "source \"" + arguments.id + "\" is already there"});
    }
    const auto kind = parse_source_kind(arguments.kind);
    if (!kind) return report(kind.error());
    const auto audience = parse_audience(arguments.audience);
    if (!audience) return report(audience.error());
    source.kind = *kind;
    source.audience = *audience;
    if (!arguments.path.empty()) source.path = std::filesystem::absolute(arguments.path);
    source.base_url = arguments.base_url;
    source.owner.unit = arguments.owner.empty() ? config.contact.name : arguments.owner;
    source.purpose = arguments.purpose;
    source.rights = arguments.rights;
    if (!arguments.review_date.empty()) {
        source.review_date = parse_date(arguments.review_date);
        if (!source.review_date) {
            return report(
                {ErrorCode::invalid_input, "--review-date must be a date such as 2027-06-30"});
        }
    }
    if (source.purpose.empty()) source.purpose = "not said";
    if (source.rights.empty()) source.rights = "not said";
    const governance::DeskOptions options = desk_options(config);
    governance::Desk desk(store, options, machine_keeper(), bot::SystemClock().now());
    if (const auto proposed = desk.propose_source(source); !proposed) {
        return report(proposed.error());
    }
    std::cout << "Source " << source.id.value
              << " is proposed. It is not used before `raadbot sources approve " << source.id.value
              << "` and `raadbot ingest`.\n";
    return exit_good;
}

}  // namespace

int sources_command(const SourcesArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return report(config.error());
    auto store = store::Store::open(config->data_dir);
    sync_sources(*config, *store);
    const Date today = danish::copenhagen_date(bot::SystemClock().now());

    if (arguments.action == "list") {
        ordered_json list = ordered_json::array();
        for (const sources::Source& source : store->all_sources()) {
            const std::size_t files = store->files(source.id).size();
            if (arguments.json) {
                list.push_back(as_json(source, today, files));
            } else {
                std::cout << source.id.value << '\t' << to_string(source.kind) << '\t'
                          << sources::to_string(sources::effective_state(source, today)) << '\t'
                          << source.audience.value << '\t' << files << " files\n";
            }
        }
        if (arguments.json) std::cout << list.dump(2) << '\n';
        return exit_good;
    }
    if (arguments.action == "add") return add(arguments, *config, *store);

    auto source = store->source(SourceId{arguments.id});
    if (!source) {
        return report({ErrorCode::invalid_input,
                       "no source \"" + arguments.id + "\": see `raadbot sources list`"});
    }
    if (arguments.action == "show") {
        const auto files = store->files(source->id);
        std::cout << as_json(*source, today, files.size()).dump(2) << '\n';
        for (const store::FileRecord& file : files) {
            if (!file.readable) std::cout << "not read: " << file.path << ": " << file.note << '\n';
        }
        return exit_good;
    }
    const governance::DeskOptions options = desk_options(*config);
    const Timestamp now = bot::SystemClock().now();
    const std::string reason =
        arguments.reason.empty() ? "from the command line" : arguments.reason;
    if (arguments.action == "approve") {
        const auto person = acting_person(*config, *store, arguments.as);
        if (!person) return report(person.error());
        if (auto approved = approve(*store, options, *source, *person, now); !approved)
            return report(approved.error());
        std::cout << source->id.value << " is now approved.\n";
        return exit_good;
    }
    governance::Desk desk(*store, options, machine_keeper(), now);
    if (arguments.action == "pause") {
        if (auto paused = desk.pause_source(source->id, reason); !paused)
            return report(paused.error());
        std::cout << source->id.value << " is now paused.\n";
        return exit_good;
    }
    if (arguments.action == "remove") {
        if (auto removed = desk.remove_source(source->id, reason); !removed)
            return report(removed.error());
        std::cout << source->id.value << " is now removed.\n";
        store::CrawlStore::open(config->data_dir)->erase(source->id);
        auto index = index::Index::open({config->data_dir / "index", nullptr});
        if (!index) return report(index.error());
        if (auto followed = ingest::follow(*store, **index); !followed)
            return report(followed.error());
        return exit_good;
    }
    if (arguments.action == "refresh")
        return ingest({arguments.config, {arguments.id}, false, true});
    return report({ErrorCode::invalid_input, "unknown action \"" + arguments.action + "\""});
}

}  // namespace raadbot::app
