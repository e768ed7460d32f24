#include "bot/app/config.hpp"

#include <cstdlib>

#include "bot/app/config_channels.hpp"
#include "bot/app/config_fetch.hpp"
#include "bot/app/table_reader.hpp"
#include "retrieval/ingest/parse.hpp"

namespace raadbot::app {
namespace {

namespace fs = std::filesystem;

Result<void> read_selectors(const fs::path& file, const toml::table& table,
                            sources::AgendaSelectors& selectors) {
    auto read = TableReader(file, table, "source.selectors.")
                    .text("item", selectors.item)
                    .text("number", selectors.number)
                    .text("title", selectors.title)
                    .text("case_number", selectors.case_number)
                    .text("closed", selectors.closed)
                    .text("body", selectors.body)
                    .text("date", selectors.date)
                    .text("participants", selectors.participants)
                    .text("skip", selectors.skip)
                    .done();
    if (!read) return read;
    if (selectors.item.empty()) {
        return fail(ErrorCode::invalid_config,
                    where(file, table) +
                        "source.selectors needs \"item\", the selector of an "
                        "agenda item");
    }
    if (const auto good = ingest::check_selectors(selectors); !good)
        return fail(ErrorCode::invalid_config, where(file, table) + good.error().message);
    return {};
}

Result<void> read_source(const fs::path& file, const toml::table& table, Config& config) {
    sources::Source source;
    std::string kind = "website";
    std::string audience = "public";
    std::string state = "approved";
    std::string path;
    std::int64_t refresh = 24;
    TableReader reader(file, table, "source.");
    WebSourceReader web(file, reader);
    auto read = reader.text("id", source.id.value)
                    .text("kind", kind)
                    .text("path", path)
                    .text("base_url", source.base_url)
                    .text("audience", audience)
                    .text("owner", source.owner.unit)
                    .text("owner_mail", source.owner.mail)
                    .text("owner_phone", source.owner.phone)
                    .text("purpose", source.purpose)
                    .text("rights", source.rights)
                    .date("review_date", source.review_date)
                    .number("refresh_hours", refresh, 1, 24 * 366)
                    .text("state", state)
                    .table("selectors",
                           [&](const toml::table& inner) {
                               return read_selectors(file, inner, source.selectors);
                           })
                    .done();
    if (!read) return read;
    const auto at_source = [&](const Error& error) {
        return fail(ErrorCode::invalid_config, where(file, table) + error.message);
    };
    const auto parsed_kind = parse_source_kind(kind);
    if (!parsed_kind) return at_source(parsed_kind.error());
    const auto parsed_audience = parse_audience(audience);
    if (!parsed_audience) return at_source(parsed_audience.error());
    const auto parsed_state = sources::parse_state(state);
    if (!parsed_state) return at_source(parsed_state.error());
    source.kind = *parsed_kind;
    source.audience = *parsed_audience;
    source.state = *parsed_state;
    source.refresh = std::chrono::hours{refresh};
    if (!path.empty()) source.path = fs::absolute(file).parent_path() / path;
    auto fetched = web.finish(fs::absolute(file).parent_path(), source);
    if (!fetched) return at_source(fetched.error());
    if (auto valid = sources::validate(source); !valid) return at_source(valid.error());
    for (const sources::Source& other : config.sources) {
        if (other.id == source.id) {
            return at_source(
                {ErrorCode::invalid_config, "source id \"" + source.id.value + "\" is used twice"});
        }
    }
    if (*fetched) config.web_sources[source.id.value] = std::move(**fetched);
    config.sources.push_back(std::move(source));
    return {};
}

}  // namespace

fs::path share_dir() {
    if (const char* chosen = std::getenv("RAADBOT_SHARE_DIR")) return chosen;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        const fs::path installed = program.parent_path().parent_path() / "share" / "raadbot";
        if (fs::exists(installed / "lexicon", error)) return installed;
        for (fs::path dir = program.parent_path(); dir != dir.root_path();
             dir = dir.parent_path()) {
            if (fs::exists(dir / "config" / "lexicon", error)) return dir / "config";
        }
    }
    // Without /proc: the source tree that it was built from, or where the package puts it.
    if (fs::exists(RAADBOT_SOURCE_CONFIG, error)) return fs::path(RAADBOT_SOURCE_CONFIG);
    return "/usr/share/raadbot";
}

Result<Config> read_config(const fs::path& file) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) {
        return fail(ErrorCode::invalid_config,
                    file.string() + ": no such configuration file; give one with --config");
    }
    toml::table table;
    try {
        table = toml::parse_file(file.string());
    } catch (const toml::parse_error& parse_error) {
        return fail(ErrorCode::invalid_config, file.string() + ":" +
                                                   std::to_string(parse_error.source().begin.line) +
                                                   ": " + std::string(parse_error.description()));
    }
    Config config;
    config.file = file;
    std::string data_dir;
    std::string lexicon_dir;
    std::string texts_dir;
    std::int64_t max_file_mb = 64;
    std::int64_t max_text_mb = 16;
    std::int64_t seconds = 30;
    std::int64_t memory_mb = 1024;
    std::int64_t keep_days = 30;
    auto read =
        TableReader(file, table, "")
            .text("data_dir", data_dir)
            .text("lexicon_dir", lexicon_dir)
            .text("texts_dir", texts_dir)
            .text("municipality", config.municipality)
            .text("public_url", config.public_url)
            .table("contact",
                   [&](const toml::table& inner) {
                       return TableReader(file, inner, "contact.")
                           .text("name", config.contact.name)
                           .text("mail", config.contact.mail)
                           .text("phone", config.contact.phone)
                           .done();
                   })
            .table("web",
                   [&](const toml::table& inner) {
                       return TableReader(file, inner, "web.")
                           .text("address", config.web.address)
                           .number("port", config.web.port, 0, 65535)
                           .texts("frame_ancestors", config.web.frame_ancestors)
                           .texts("trusted_proxies", config.web.trusted_proxies)
                           .number("questions_per_minute", config.web.questions_per_minute, 1,
                                   10'000)
                           .done();
                   })
            .table("limits",
                   [&](const toml::table& inner) {
                       return TableReader(file, inner, "limits.")
                           .number("max_file_mb", max_file_mb, 1, 4096)
                           .number("max_text_mb", max_text_mb, 1, 1024)
                           .number("parse_seconds", seconds, 1, 3600)
                           .number("parse_memory_mb", memory_mb, 128, 65536)
                           .number("threads", config.threads, 1, 16)
                           .done();
                   })
            .table("retention",
                   [&](const toml::table& inner) {
                       return TableReader(file, inner, "retention.")
                           .number("answers_days", keep_days, 1, 3650)
                           .done();
                   })
            .table("fetch",
                   [&](const toml::table& inner) { return read_fetch(file, inner, config); })
            .table("teams",
                   [&](const toml::table& inner) { return read_teams(file, inner, config); })
            .table("matrix",
                   [&](const toml::table& inner) { return read_matrix(file, inner, config); })
            .table("admin",
                   [&](const toml::table& inner) { return read_admin(file, inner, config); })
            .table("model",
                   [&](const toml::table& inner) { return read_model(file, inner, config); })
            .tables("source",
                    [&](const toml::table& inner) { return read_source(file, inner, config); })
            .done();
    if (!read) return tl::unexpected(read.error());
    if (data_dir.empty()) {
        return fail(
            ErrorCode::invalid_config,
            file.string() + ": data_dir is missing: name the folder for database and index");
    }
    const fs::path base = fs::absolute(file).parent_path();
    config.data_dir = (base / data_dir).lexically_normal();
    config.lexicon_dir = lexicon_dir.empty() ? share_dir() / "lexicon" : base / lexicon_dir;
    config.texts_dir = texts_dir.empty() ? share_dir() / "texts" : base / texts_dir;
    config.limits.max_file_bytes = static_cast<std::uint64_t>(max_file_mb) << 20U;
    config.limits.max_text_bytes = static_cast<std::uint64_t>(max_text_mb) << 20U;
    config.limits.max_seconds = std::chrono::seconds{seconds};
    config.limits.max_memory_bytes = static_cast<std::uint64_t>(memory_mb) << 20U;
    config.keep_answers = std::chrono::days{keep_days};
    if (config.public_url.empty()) {
        config.public_url = "http://" + config.web.address + ":" + std::to_string(config.web.port);
    }
    while (config.public_url.ends_with('/')) config.public_url.pop_back();
    return config;
}

}  // namespace raadbot::app
