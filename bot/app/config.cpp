#include "bot/app/config.hpp"

#include <toml++/toml.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <set>

namespace raadbot::app {
namespace {

namespace fs = std::filesystem;

std::string where(const fs::path& file, const toml::node& node) {
    return file.string() + ":" + std::to_string(node.source().begin.line) + ": ";
}

/// Reads a table's keys through named readers; anything else in it is an error.
class TableReader {
public:
    TableReader(const fs::path& file, const toml::table& table, std::string name)
        : file_(file), table_(table), name_(std::move(name)) {}

    TableReader& text(std::string_view key, std::string& value) {
        return read(key, "a text", [&](const toml::node& node) {
            const auto* text = node.as_string();
            if (text != nullptr) value = text->get();
            return text != nullptr;
        });
    }
    TableReader& texts(std::string_view key, std::vector<std::string>& value) {
        return read(key, "a list of texts", [&](const toml::node& node) {
            const auto* list = node.as_array();
            if (list == nullptr) return false;
            value.clear();
            for (const auto& item : *list) {
                const auto* text = item.as_string();
                if (text == nullptr) return false;
                value.push_back(text->get());
            }
            return true;
        });
    }
    template <class Number>
    TableReader& number(std::string_view key, Number& value, std::int64_t least,
                        std::int64_t most) {
        return read(key,
                    "a whole number from " + std::to_string(least) + " to " + std::to_string(most),
                    [&](const toml::node& node) {
                        const auto* number = node.as_integer();
                        if (number == nullptr || number->get() < least || number->get() > most)
                            return false;
                        value = static_cast<Number>(number->get());
                        return true;
                    });
    }
    TableReader& date(std::string_view key, std::optional<Date>& value) {
        return read(key, "a date such as 2027-06-30", [&](const toml::node& node) {
            if (const auto* day = node.as_date()) {
                value =
                    Date{std::chrono::year{day->get().year}, std::chrono::month{day->get().month},
                         std::chrono::day{day->get().day}};
                return value->ok();
            }
            const auto* text = node.as_string();
            if (text != nullptr) value = parse_date(text->get());
            return text != nullptr && value.has_value();
        });
    }
    TableReader& table(std::string_view key,
                       const std::function<Result<void>(const toml::table&)>& reader) {
        return nested(key, "a table", [&](const toml::node& node) -> Result<void> {
            const auto* inner = node.as_table();
            if (inner == nullptr) return wrong(node, key, "a table");
            return reader(*inner);
        });
    }
    TableReader& tables(std::string_view key,
                        const std::function<Result<void>(const toml::table&)>& reader) {
        return nested(key, "tables", [&](const toml::node& node) -> Result<void> {
            const auto* list = node.as_array();
            if (list == nullptr) return wrong(node, key, "written as [[" + std::string(key) + "]]");
            for (const auto& item : *list) {
                const auto* inner = item.as_table();
                if (inner == nullptr)
                    return wrong(item, key, "written as [[" + std::string(key) + "]]");
                if (auto read = reader(*inner); !read) return read;
            }
            return {};
        });
    }

    Result<void> done() {
        if (!error_.message.empty()) return tl::unexpected(error_);
        for (const auto& [key, node] : table_) {
            if (known_.contains(std::string(key.str()))) continue;
            std::string list;
            for (const std::string& name : known_) list += (list.empty() ? "" : ", ") + name;
            return fail(ErrorCode::invalid_config, where(file_, node) + "unknown key \"" + name_ +
                                                       std::string(key.str()) +
                                                       "\"; known here: " + list);
        }
        return {};
    }

private:
    tl::unexpected<Error> wrong(const toml::node& node, std::string_view key,
                                const std::string& wanted) const {
        return fail(ErrorCode::invalid_config,
                    where(file_, node) + name_ + std::string(key) + " must be " + wanted);
    }
    template <class Reader>
    TableReader& read(std::string_view key, const std::string& wanted, Reader reader) {
        return nested(key, wanted, [&](const toml::node& node) -> Result<void> {
            if (!reader(node)) return wrong(node, key, wanted);
            return {};
        });
    }
    template <class Reader>
    TableReader& nested(std::string_view key, const std::string&, Reader reader) {
        known_.emplace(key);
        const auto node = table_.get(key);
        if (node == nullptr || !error_.message.empty()) return *this;
        if (Result<void> result = reader(*node); !result) error_ = result.error();
        return *this;
    }

    const fs::path& file_;
    const toml::table& table_;
    std::string name_;
    std::set<std::string> known_;
    Error error_{};
};

Result<void> read_source(const fs::path& file, const toml::table& table, Config& config) {
    sources::Source source;
    std::string kind = "website";
    std::string audience = "public";
    std::string state = "approved";
    std::string path;
    std::int64_t refresh = 24;
    auto read = TableReader(file, table, "source.")
                    .text("id", source.id.value)
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
    if (auto valid = sources::validate(source); !valid) return at_source(valid.error());
    for (const sources::Source& other : config.sources) {
        if (other.id == source.id) {
            return at_source(
                {ErrorCode::invalid_config, "source id \"" + source.id.value + "\" is used twice"});
        }
    }
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
    return fs::path(RAADBOT_SOURCE_CONFIG);
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
