#include "adapters/fetch/sitemap.hpp"

#include "adapters/fetch/page_scan.hpp"

namespace raadbot::fetch {
namespace {

constexpr std::size_t most_entries = 50'000;
constexpr std::size_t longest_text = 4'096;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

/// "image:loc" is not "loc": only the list's own elements count.
std::string_view name_of(std::string_view tag) {
    const auto end = tag.find_first_of(" \t\r\n/");
    return tag.substr(0, end);
}

std::string text_of(std::string_view raw) {
    raw = trimmed(raw);
    constexpr std::string_view open = "<![CDATA[";
    if (raw.starts_with(open) && raw.ends_with("]]>"))
        return std::string(trimmed(raw.substr(open.size(), raw.size() - open.size() - 3)));
    return entities_decoded(raw);
}

std::string attribute(std::string_view tag, std::string_view name) {
    for (std::size_t at = tag.find(name); at != std::string_view::npos;
         at = tag.find(name, at + 1)) {
        if (at == 0 || tag[at - 1] > ' ') continue;
        std::string_view rest = trimmed(tag.substr(at + name.size()));
        if (!rest.starts_with('=')) continue;
        rest = trimmed(rest.substr(1));
        if (rest.empty() || (rest[0] != '"' && rest[0] != '\'')) continue;
        return entities_decoded(rest.substr(1, rest.find(rest[0], 1) - 1));
    }
    return {};
}

}  // namespace

std::size_t read_list(std::string_view xml, const std::function<bool(const Listed&)>& visit) {
    std::size_t count = 0;
    bool inside = false;
    Listed entry;
    std::size_t at = 0;
    while (count < most_entries) {
        at = xml.find('<', at);
        if (at == std::string_view::npos) break;
        if (xml.substr(at).starts_with("<!--")) {
            at = xml.find("-->", at);
            if (at == std::string_view::npos) break;
            continue;
        }
        const auto end = xml.find('>', at);
        if (end == std::string_view::npos) break;
        const std::string_view tag = xml.substr(at + 1, end - at - 1);
        const std::string_view name = name_of(tag.starts_with('/') ? tag.substr(1) : tag);
        const bool closes = tag.starts_with('/');
        at = end + 1;
        const bool entry_tag =
            name == "url" || name == "sitemap" || name == "item" || name == "entry";
        if (entry_tag && !closes) {
            inside = true;
            entry = {};
            entry.kind = name == "url"       ? Listed::Kind::page
                         : name == "sitemap" ? Listed::Kind::sitemap
                                             : Listed::Kind::news;
        } else if (entry_tag && inside) {
            inside = false;
            if (entry.address.empty()) continue;
            ++count;
            if (!visit(entry)) break;
        } else if (inside && !closes) {
            const bool address = name == "loc" || name == "link";
            const bool changed = name == "lastmod" || name == "updated";
            if (!address && !changed) continue;
            if (name == "link") {  // Atom keeps it in an attribute.
                const std::string href = attribute(tag, "href");
                const std::string rel = attribute(tag, "rel");
                if (!href.empty()) {
                    if (rel.empty() || rel == "alternate") entry.address = href;
                    continue;
                }
            }
            if (tag.ends_with('/')) continue;
            const std::string closing = "</" + std::string(name);
            const auto stop = xml.find(closing, at);
            if (stop == std::string_view::npos) break;
            if (stop - at <= longest_text)
                (address ? entry.address : entry.changed) = text_of(xml.substr(at, stop - at));
            at = stop;
        }
    }
    return count;
}

}  // namespace raadbot::fetch
