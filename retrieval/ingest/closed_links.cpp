#include "retrieval/ingest/closed_links.hpp"

#include <algorithm>
#include <vector>

namespace raadbot::ingest {
namespace {

constexpr std::string_view mark = "closed by";

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
        const int low = high < 0 ? -1 : hex_digit(text[at + 2]);
        if (text[at] != '%' || low < 0) {
            out += text[at] == '\\' ? '/' : text[at];
            continue;
        }
        out += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return out;
}

}  // namespace

bool ClosedLinks::is_record(std::string_view hash) { return hash.starts_with(mark); }

void ClosedLinks::remember(const std::string& key, std::string_view hash) {
    if (!is_record(hash)) return;
    hash.remove_prefix(mark.size());
    while (!hash.empty()) {
        hash.remove_prefix(1);
        const std::string_view page = hash.substr(0, hash.find(' '));
        if (!page.empty()) pages_[key].emplace(page);
        hash.remove_prefix(page.size());
    }
}

bool ClosedLinks::closes(const std::string& key) const { return pages_.contains(key); }

void ClosedLinks::note(const std::string& page, std::set<std::string> keys) {
    noted_[page] = std::move(keys);
}

std::map<std::string, std::string> ClosedLinks::changes() {
    std::set<std::string> touched;
    for (auto& [key, pages] : pages_) {
        if (std::erase_if(pages, [&](const auto& page) { return noted_.contains(page); }) > 0)
            touched.insert(key);
    }
    for (const auto& [page, keys] : noted_) {
        for (const std::string& key : keys) {
            pages_[key].insert(page);
            touched.insert(key);
        }
    }
    noted_.clear();
    std::map<std::string, std::string> records;
    for (const std::string& key : touched) {
        std::string& record = records[key];
        const auto found = pages_.find(key);
        for (const std::string& page : found->second)
            record += (record.empty() ? std::string(mark) : "") + " " + page;
        if (found->second.empty()) pages_.erase(found);
    }
    return records;
}

std::string linked_path(std::string_view base_url, std::string_view page, std::string_view link) {
    link = link.substr(0, link.find_first_of("?#"));
    while (base_url.ends_with('/')) base_url.remove_suffix(1);
    const std::size_t scheme = base_url.find("//");
    const std::size_t root =
        scheme == std::string_view::npos ? std::string_view::npos : base_url.find('/', scheme + 2);
    const std::string_view site = base_url.substr(0, root);
    const std::string_view below = root == std::string_view::npos ? "" : base_url.substr(root);
    std::string path;
    if (link.starts_with("//") && scheme != std::string_view::npos) {
        const std::string_view host = site.substr(scheme);
        if (!link.starts_with(host)) return {};
        link.remove_prefix(host.size());
    } else if (const auto colon = link.find(':');
               colon != std::string_view::npos && colon < link.find('/')) {
        if (site.empty() || !link.starts_with(site)) return {};
        link.remove_prefix(site.size());
    }
    if (link.starts_with('/')) {
        if (!link.starts_with(below) || link.substr(below.size()).substr(0, 1) != "/") return {};
        path = decoded(link.substr(below.size()));
    } else {
        const std::size_t slash = page.rfind('/');
        if (slash != std::string_view::npos) path = page.substr(0, slash + 1);
        path += decoded(link);
    }
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string part = path.substr(begin, end - begin);
        begin = end + 1;
        if (part.empty() || part == ".") continue;
        if (part != "..") {
            parts.push_back(part);
        } else if (parts.empty()) {
            return {};
        } else {
            parts.pop_back();
        }
    }
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : "/") + part;
    return out;
}

}  // namespace raadbot::ingest
