#include "bot/app/config_fetch.hpp"

#include "bot/app/web_sources.hpp"

namespace raadbot::app {

namespace fs = std::filesystem;

Result<void> read_fetch(const fs::path& file, const toml::table& table, Config& config) {
    std::int64_t delay = config.fetch.delay.count();
    std::int64_t seconds = config.fetch.page_time.count();
    std::int64_t page_mb = 32;
    std::int64_t recheck = config.fetch.recheck.count();
    std::string authorities;
    auto read = TableReader(file, table, "fetch.")
                    .number("delay_ms", delay, 0, 60'000)
                    .number("page_seconds", seconds, 1, 600)
                    .number("page_mb", page_mb, 1, 1024)
                    .number("max_pages", config.fetch.max_pages, 1, 10'000'000)
                    .number("max_depth", config.fetch.max_depth, 1, 100)
                    .number("recheck_days", recheck, 1, 365)
                    .text("authorities", authorities)
                    .done();
    if (!read) return read;
    config.fetch.delay = std::chrono::milliseconds{delay};
    config.fetch.page_time = std::chrono::seconds{seconds};
    config.fetch.page_bytes = static_cast<std::uint64_t>(page_mb) << 20U;
    config.fetch.recheck = std::chrono::days{recheck};
    if (!authorities.empty())
        config.fetch.authorities = fs::absolute(file).parent_path() / authorities;
    return {};
}

WebSourceReader::WebSourceReader(const fs::path& file, TableReader& reader) {
    reader
        .table("sharepoint",
               [&](const toml::table& inner) -> Result<void> {
                   SharePointSource& site = web_.sharepoint.emplace();
                   return TableReader(file, inner, "source.sharepoint.")
                       .text("site", site.site)
                       .text("tenant", site.tenant)
                       .text("client_id", site.client_id)
                       .text("client_secret_env", site.client_secret.env)
                       .text("client_secret_file", sharepoint_secret_file_)
                       .texts("libraries", site.libraries)
                       .flag("pages", site.pages)
                       .text("graph_url", site.graph_url)
                       .text("login_url", site.login_url)
                       .texts("download_hosts", site.download_hosts)
                       .done();
               })
        .text("url", web_.url)
        .texts("allow", web_.allow)
        .texts("leave_out", web_.leave_out)
        .texts("sitemaps", web_.sitemaps)
        .texts("feeds", web_.feeds)
        .texts("private_networks", web_.private_networks)
        .flag("trust_sitemap", web_.trust_sitemap)
        .number("delay_ms", delay_, 0, 60'000)
        .text("login_header", web_.login_header)
        .text("login_secret_env", web_.login_secret.env)
        .text("login_secret_file", secret_file_);
}

Result<std::optional<WebSource>> WebSourceReader::finish(const fs::path& base,
                                                         sources::Source& source) {
    const std::string at = "source \"" + source.id.value + "\": ";
    if (web_.sharepoint) {
        SharePointSource& site = *web_.sharepoint;
        if (!web_.url.empty() || !source.path.empty())
            return fail(ErrorCode::invalid_config,
                        at + "has a [source.sharepoint] besides path or url: take one away");
        if (!sharepoint_secret_file_.empty())
            site.client_secret.file = base / sharepoint_secret_file_;
        const bool secret = !site.client_secret.env.empty() || !site.client_secret.file.empty();
        if (!site.site.starts_with("https://") || site.tenant.empty() || site.client_id.empty() ||
            !secret) {
            return fail(ErrorCode::invalid_config,
                        at + "[source.sharepoint] needs site (https://...), tenant, client_id, and "
                             "client_secret_env or client_secret_file");
        }
        if (source.base_url.empty()) source.base_url = site.site;
        return std::move(web_);
    }
    if (web_.url.empty()) {
        if (source.path.empty()) {
            return fail(ErrorCode::invalid_config,
                        at + "path is missing: name a folder, an address to fetch (url), or a "
                             "SharePoint site ([source.sharepoint])");
        }
        return std::nullopt;
    }
    if (!source.path.empty())
        return fail(ErrorCode::invalid_config, at + "has both path and url: take one away");
    if (source.base_url.empty()) source.base_url = web_.url;
    if (!secret_file_.empty()) web_.login_secret.file = base / secret_file_;
    if (delay_ >= 0) web_.delay = std::chrono::milliseconds{delay_};
    if (auto good = check_web_source(web_); !good)
        return fail(ErrorCode::invalid_config, at + good.error().message);
    return std::move(web_);
}

}  // namespace raadbot::app
