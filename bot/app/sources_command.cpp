// `raadbot sources`: the allow-list from the command line.
#include <iostream>
#include <nlohmann/json.hpp>

#include "bot/app/commands.hpp"
#include "bot/ports.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/ingest/folder.hpp"

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

/// Writes the source's new state; a state that hides content reaches answers at once, since every
/// answer asks the store.
int set_state(store::Store& store, sources::Source source, sources::State state) {
    source.state = state;
    store.put_source(source);
    std::cout << source.id.value << " is now " << sources::to_string(state) << ".\n";
    return exit_good;
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
    source.state = sources::State::proposed;
    if (auto valid = sources::validate(source); !valid) return report(valid.error());
    store.put_source(source);
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
    if (arguments.action == "approve") return set_state(*store, *source, sources::State::approved);
    if (arguments.action == "pause") return set_state(*store, *source, sources::State::paused);
    if (arguments.action == "remove") {
        // First the state, so that nothing is answered from it while its text is being erased.
        set_state(*store, *source, sources::State::removed);
        store->erase_source_content(source->id);
        auto index = index::Index::open({config->data_dir / "index", config->lexicon_dir});
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
