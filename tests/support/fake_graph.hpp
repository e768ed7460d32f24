// Entra, Graph and a download host, strict: they refuse what the real ones would refuse.
#pragma once

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/raw_web_server.hpp"

namespace raadbot::support {

using nlohmann::json;

struct FakeItem {
    std::string id;
    std::string name;
    std::string text;
    int version = 1;
    bool deleted = false;
    int changed = 0;  ///< Number of the change that touched it last.
};

/// One site with one library and some pages. Answers two to a page, so that lists go on.
class FakeGraph {
public:
    FakeGraph()
        : files([this](const Asked& asked) { return download(asked); }),
          server([this](const Asked& asked) { return answer(asked); }) {}

    void put(const std::string& id, const std::string& name, const std::string& text) {
        const std::lock_guard lock(mutex);
        FakeItem& item = items[id];
        item = {id, name, text, item.version + 1, false, ++clock};
    }
    void remove(const std::string& id) {
        const std::lock_guard lock(mutex);
        items[id].deleted = true;
        items[id].changed = ++clock;
    }

    std::mutex mutex;
    std::map<std::string, FakeItem> items;
    std::map<std::string, std::pair<std::string, std::string>> pages;  // id -> title, text
    int clock = 0;
    int oldest_delta = 0;  ///< Links from before are gone (410).
    int busy = 0;          ///< So many answers are 429.
    int lost_tokens = 0;   ///< So many calls find their token expired.
    bool has_permission = true;
    bool leads_away = false;    ///< The next page is on another host.
    std::string download_base;  ///< Where content redirects to; empty: `files`.
    int tokens = 0;
    std::vector<std::string> wrong;  ///< What the real service would not have understood.
    RawWebServer files;
    RawWebServer server;

private:
    static std::string as_json(const json& value, int status = 200, std::string_view fields = {}) {
        return reply(status, "application/json", value.dump(), fields);
    }
    static std::string error(int status, const std::string& code, std::string_view fields = {}) {
        return as_json({{"error", {{"code", code}, {"message", "x"}}}}, status, fields);
    }

    std::string download(const Asked& asked) {
        if (!asked.field("Authorization").empty()) wrong.push_back("token sent to a download host");
        const std::lock_guard lock(mutex);
        for (const auto& [id, item] : items) {
            if (asked.target == "/hent/" + id + "?tempauth=x")
                return reply(200, "text/markdown", item.text);
        }
        return reply(404, "text/plain", "");
    }

    std::string answer(const Asked& asked) {
        const std::lock_guard lock(mutex);
        if (asked.target == "/tenant-1/oauth2/v2.0/token") return token(asked);
        if (asked.field("Authorization") != "Bearer token-" + std::to_string(tokens))
            return error(401, "InvalidAuthenticationToken");
        if (lost_tokens > 0) {
            --lost_tokens;
            return error(401, "InvalidAuthenticationToken");
        }
        if (!has_permission) return error(403, "accessDenied");
        if (busy > 0) {
            --busy;
            return error(429, "activityLimitReached", "Retry-After: 3\r\n");
        }
        const std::string& target = asked.target;
        if (target == "/v1.0/sites/by.example:/sites/byraad")
            return as_json(
                {{"id", "by.example,1,2"}, {"webUrl", "https://by.example/sites/byraad"}});
        if (target == "/v1.0/sites/by.example,1,2/drives")
            return as_json({{"value",
                             {{{"id", "b!d1"}, {"name", "Dokumenter"}},
                              {{"id", "b!d2"}, {"name", "Privat"}}}}});
        if (target.starts_with("/v1.0/drives/b%21d1/root/delta")) return delta(target);
        if (target.starts_with("/v1.0/drives/b%21d1/items/") && target.ends_with("/content")) {
            const std::string id = target.substr(26, target.size() - 26 - 8);
            if (!items.contains(id)) return error(404, "itemNotFound");
            const std::string base = download_base.empty() ? files.url("/hent/") : download_base;
            return reply(302, "text/plain", "", "Location: " + base + id + "?tempauth=x\r\n");
        }
        const std::string list = "/v1.0/sites/by.example,1,2/pages/";
        if (target.starts_with(list + "microsoft.graph.sitePage?$select=")) {
            json value = json::array();
            for (const auto& [id, page] : pages) {
                value.push_back(
                    {{"id", id},
                     {"title", page.first},
                     {"eTag", "\"" + page.second + "\""},
                     {"webUrl", "SitePages/" + id + ".aspx"},
                     {"publishingState", {{"level", id == "kladde" ? "draft" : "published"}}}});
            }
            return as_json({{"value", value}});
        }
        for (const auto& [id, page] : pages) {
            if (target != list + id + "/microsoft.graph.sitePage?$expand=canvasLayout") continue;
            const json part = {{"@odata.type", "#microsoft.graph.textWebPart"},
                               {"innerHtml", "<p>" + page.second + "</p>"}};
            return as_json({{"id", id},
                            {"canvasLayout",
                             {{"horizontalSections", {{{"columns", {{{"webparts", {part}}}}}}}}}}});
        }
        wrong.push_back(target);
        return error(400, "invalidRequest");
    }

    std::string token(const Asked& asked) {
        if (!asked.head.starts_with("POST ")) return error(405, asked.head);
        if (asked.body.find("grant_type=client_credentials&client_id=app&client_secret="
                            "hemmelig%20%26%20lang&scope=") != 0 ||
            !asked.body.ends_with("%2F.default")) {
            return as_json({{"error", "invalid_request"}}, 400);
        }
        ++tokens;
        return as_json({{"token_type", "Bearer"},
                        {"expires_in", 3599},
                        {"access_token", "token-" + std::to_string(tokens)}});
    }

    std::string delta(const std::string& target) {
        int since = 0;
        std::size_t skip = 0;
        const auto at = target.find("?token=");
        if (at != std::string::npos) {
            if (std::sscanf(target.c_str() + at, "?token=%d-%zu", &since, &skip) != 2) {
                wrong.push_back(target);
                return error(400, "invalidRequest");
            }
            if (since > 0 && since < oldest_delta) return error(410, "resyncRequired");
        }
        std::vector<const FakeItem*> changed;
        for (const auto& [id, item] : items) {
            if (item.changed > since && (since > 0 || !item.deleted)) changed.push_back(&item);
        }
        json value = json::array();
        constexpr std::size_t a_page = 2;
        for (std::size_t i = skip; i < std::min(changed.size(), skip + a_page); ++i) {
            const FakeItem& item = *changed[i];
            if (item.deleted) {
                value.push_back({{"id", item.id}, {"deleted", {{"state", "deleted"}}}});
            } else {
                value.push_back({{"id", item.id},
                                 {"name", item.name},
                                 {"cTag", "c" + std::to_string(item.version)},
                                 {"webUrl", "https://by.example/sites/byraad/Dok/" + item.name},
                                 {"file", {{"mimeType", "text/markdown"}}}});
            }
        }
        const std::string base = leads_away ? "http://evil.example/v1.0/drives/b%21d1/root/delta"
                                            : server.url("/v1.0/drives/b%21d1/root/delta");
        json out = {{"value", value}};
        if (skip + a_page < changed.size()) {
            out["@odata.nextLink"] =
                base + "?token=" + std::to_string(since) + "-" + std::to_string(skip + a_page);
        } else {
            out["@odata.deltaLink"] = base + "?token=" + std::to_string(clock) + "-0";
        }
        return as_json(out);
    }
};

}  // namespace raadbot::support
