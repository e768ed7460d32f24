#include "retrieval/ingest/html_page.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include <nlohmann/json.hpp>

#include "retrieval/ingest/glossary.hpp"
#include "retrieval/ingest/meeting.hpp"
#include "retrieval/ingest/page_lines.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// Words in class names and ids of chrome, wherever it stands.
constexpr auto chrome_words = std::to_array<std::string_view>(
    {"cookie",      "cookies",     "cookiebanner",  "cookieconsent", "consent",       "cookiebot",
     "gdpr",        "breadcrumb",  "breadcrumbs",   "brodkrumme",    "broedkrumme",   "brødkrumme",
     "krumme",      "krummer",     "nav",           "navbar",        "navigation",    "menu",
     "menubar",     "topmenu",     "hovedmenu",     "undermenu",     "sidemenu",      "venstremenu",
     "hoejremenu",  "bundmenu",    "megamenu",      "servicemenu",   "mainmenu",      "submenu",
     "offcanvas",   "footer",      "foot",          "sidefod",       "bund",          "bundbjælke",
     "kolofon",     "colophon",    "sidehoved",     "masthead",      "topbar",        "toplinje",
     "skip",        "skiplink",    "skiplinks",     "skipnav",       "search",        "soeg",
     "søg",         "searchbox",   "soegefelt",     "sitesearch",    "feedback",      "rating",
     "tilfredshed", "hjalp",       "share",         "sharing",       "del",           "addthis",
     "social",      "socials",     "some",          "readspeaker",   "adgangforalle", "oplaesning",
     "oplæsning",   "laesop",      "leselyd",       "print",         "printer",       "pagination",
     "comments",    "kommentarer", "kommentarfelt", "pager",         "popup",         "newsletter",
     "nyhedsbrev",  "chatbot",     "kicker",        "eyebrow",       "overline"});

/// Compounds of these are chrome too: "brodkrummesti", "cookiebar", "bundlinje".
constexpr auto chrome_starts = std::to_array<std::string_view>(
    {"cookie", "breadcrumb", "brodkrumme", "broedkrumme", "brødkrumme", "footer", "sidefod",
     "readspeaker", "bund", "nyhedsbrev", "newsletter", "topnav", "skipto"});

/// Words that are chrome only as a name's whole, or beside others of their kind.
constexpr auto chrome_names = std::to_array<std::string_view>(
    {"header", "banner", "toolbar", "page-tools", "pagetools", "sidebar", "related", "tools", "top",
     "languages", "language-switcher", "tags"});

/// A word of its class or id says so.
bool named_chrome(Node node) {
    const auto words = name_words(node);
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return one_of(word, chrome_words) ||
               std::any_of(chrome_starts.begin(), chrome_starts.end(),
                           [&](auto start) { return word.starts_with(start); });
    });
}

bool plain_link_list(const HtmlDocument& document, Node node) {
    std::size_t links = 0;
    std::size_t link_text = 0;
    const std::function<void(Node)> walk = [&](Node at) {
        if (document.is_hidden(at)) return;
        if (is_tag(at, GUMBO_TAG_A) && has_attribute(at, "href")) {
            ++links;
            link_text += document.text(at).size();
            return;
        }
        for (const Node child : children(at)) walk(child);
    };
    walk(node);
    if (links < 3) return false;
    const std::size_t all = document.text(node).size();
    return all > 0 && link_text * 10 >= all * 7;
}

bool contains(Node outer, Node inner) {
    for (Node at = inner; at != nullptr; at = at->parent) {
        if (at == outer) return true;
    }
    return false;
}

/// The line that names a page's writer and date, by its name.
bool is_byline(Node node) {
    if (!is_element(node)) return false;
    const auto words = name_words(node);
    return std::find(words.begin(), words.end(), "byline") != words.end();
}

std::optional<Date> date_value(std::string_view text) {
    if (const auto found = find_date(text.substr(0, 200))) return found->date;
    return std::nullopt;
}

std::string without_site_name(std::string_view title, std::string_view site) {
    static constexpr auto marks =
        std::to_array<std::string_view>({" | ", " – ", " — ", " :: ", " » ", " - ", " · ", " • "});
    for (const auto mark : marks) {
        const std::size_t at = title.rfind(mark);
        if (at == std::string_view::npos || at == 0) continue;
        const std::string_view left = trim(title.substr(0, at));
        const std::string_view right = trim(title.substr(at + mark.size()));
        if (!site.empty() && lower(left) == lower(site)) return std::string(right);
        const std::string tail = lower(right);
        const bool site_like = (!site.empty() && tail == lower(site)) || mark == " | " ||
                               mark == " :: " || tail.find("kommune") != std::string::npos ||
                               tail.find(".dk") != std::string::npos ||
                               tail.find("intranet") != std::string::npos;
        if (site_like) return without_site_name(left, site);
    }
    return std::string(title);
}

}  // namespace

PageContent::PageContent(const HtmlDocument& document) : document_(document) {
    read_head();
    find_main();
    read_facts();
}

std::size_t PageContent::prose(Node node) const {
    // Text outside links and controls: what a page is about, without its menus.
    std::size_t size = 0;
    const std::function<void(Node)> walk = [&](Node at) {
        if (at->type == GUMBO_NODE_TEXT) {
            size += trim(at->v.text.text).size();
            return;
        }
        if (!is_element(at) || document_.is_hidden(at) || is_tag(at, GUMBO_TAG_A) ||
            is_tag(at, GUMBO_TAG_SELECT) || is_tag(at, GUMBO_TAG_BUTTON) ||
            is_tag(at, GUMBO_TAG_NAV) || is_tag(at, GUMBO_TAG_FOOTER)) {
            return;
        }
        for (const Node child : children(at)) walk(child);
    };
    walk(node);
    return size;
}

void PageContent::find_main() {
    const Node body = document_.body();
    const std::size_t all = prose(body);
    Node by_role = nullptr;
    Node by_name = nullptr;
    std::vector<Node> articles;
    std::vector<Node> first_headings;
    for (const Node node : document_.visible_elements(body)) {
        if (is_tag(node, GUMBO_TAG_MAIN) || attribute(node, "role") == "main") {
            if (by_role == nullptr || prose(node) > prose(by_role)) by_role = node;
        }
        if (is_tag(node, GUMBO_TAG_ARTICLE) || attribute(node, "role") == "article")
            articles.push_back(node);
        if (heading_level(node) == 1 && !document_.text(node).empty())
            first_headings.push_back(node);
        const std::string id = lower(attribute(node, "id"));
        static constexpr auto ids = std::to_array<std::string_view>(
            {"content", "main", "maincontent", "main-content", "indhold", "hovedindhold", "primary",
             "page-content", "pagecontent", "contentbox", "main_content", "ms-rtestate-field"});
        const bool named =
            one_of(id, ids) || has_class(node, "main-content") || has_class(node, "page-content") ||
            has_class(node, "ms-rtestate-field") || has_class(node, "region-content");
        if (named &&
            (by_name == nullptr || (!contains(by_name, node) && prose(node) > prose(by_name))))
            by_name = node;
    }
    if (by_role != nullptr && (prose(by_role) * 5 >= all || prose(by_role) > 300)) {
        main_ = by_role;
        has_main_ = true;
    } else if (articles.size() == 1 && prose(articles[0]) * 2 >= all) {
        main_ = articles[0];
        has_main_ = true;
    } else if (by_name != nullptr && prose(by_name) * 2 >= all) {
        main_ = by_name;
        has_main_ = true;
    }
    // An h1 round the logo names the site: then a heading that says what <title> says is the
    // page's.
    for (const Node node : document_.visible_elements(body)) {
        if (heading_level(node) > 0 && heading_level(node) <= 3 && !named_.empty() &&
            lower(document_.text(node)) == lower(named_) && title_heading_ == nullptr) {
            title_heading_ = node;
        }
    }
    std::erase_if(first_headings, [&](Node heading) {
        const std::string text = lower(document_.text(heading));
        return title_heading_ != nullptr && heading != title_heading_ &&
               (text == lower(site_) || lower(head_title_).ends_with(" " + text));
    });
    for (const Node heading : first_headings) {
        if (title_heading_ == nullptr ||
            (main_ != nullptr && contains(main_, heading) && !contains(main_, title_heading_))) {
            title_heading_ = heading;
        }
    }
    if (main_ != nullptr) return;
    main_ = body;
    if (title_heading_ == nullptr) return;
    // Without a named main part: the smallest element round the h1 that holds most of the page's
    // prose.
    for (Node at = title_heading_->parent; at != nullptr && is_element(at); at = at->parent) {
        if (prose(at) * 10 >= all * 6) {
            main_ = at;
            return;
        }
        if (at == body) return;
    }
}

bool PageContent::is_chrome(Node node) const {
    if (!is_element(node) || node == main_ || contains(node, main_)) return false;
    if (title_heading_ != nullptr && contains(node, title_heading_) && !is_tag(node, GUMBO_TAG_NAV))
        return false;
    const GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_NAV || tag_name(node) == "dialog") return true;
    const std::string_view role = attribute(node, "role");
    if (role == "navigation" || role == "banner" || role == "contentinfo" || role == "search" ||
        role == "dialog" || role == "alertdialog" || role == "menu" || role == "menubar" ||
        role == "toolbar" || role == "tablist") {
        return true;
    }
    if (tag == GUMBO_TAG_FOOTER) {
        // An article's own footer may hold its contact; a page's never stands inside main.
        return !has_main_ || plain_link_list(document_, node) || prose(node) < 40;
    }
    if (tag == GUMBO_TAG_HEADER && !has_main_) return true;
    if (tag == GUMBO_TAG_FORM) {
        // ASP.NET wraps whole pages in a form; a form to fill in has little prose.
        std::size_t paragraphs = 0;
        for (const Node inner : document_.visible_elements(node)) {
            if (is_tag(inner, GUMBO_TAG_P) ||
                (heading_level(inner) > 0 && heading_level(inner) < 3))
                ++paragraphs;
        }
        return paragraphs < 3 || prose(node) < 400;
    }
    if (tag == GUMBO_TAG_ASIDE || role == "complementary") {
        for (const Node inner : document_.visible_elements(node)) {
            if (heading_level(inner) > 0) {
                if (says_related(document_.text(inner))) return true;
                break;
            }
        }
        return !has_main_ || named_chrome(node) || plain_link_list(document_, node);
    }
    if (const std::string_view type = attribute(node, "aria-label"); !type.empty()) {
        const std::string label = lower(type);
        if (label.find("brødkrumme") != std::string::npos ||
            label.find("cookie") != std::string::npos ||
            label.find("breadcrumb") != std::string::npos ||
            label.find("genveje") != std::string::npos) {
            return true;
        }
    }
    const bool container = tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_SECTION ||
                           tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL || tag == GUMBO_TAG_TABLE ||
                           tag == GUMBO_TAG_HEADER || tag == GUMBO_TAG_SPAN || tag == GUMBO_TAG_P ||
                           tag == GUMBO_TAG_A || tag == GUMBO_TAG_TD || tag == GUMBO_TAG_UNKNOWN;
    if (!container) return false;
    if (tag == GUMBO_TAG_A && attribute(node, "href").starts_with('#') &&
        has_class(node, "skip-link"))
        return true;
    bool chrome = named_chrome(node);
    for (const std::string_view name : classes(node))
        chrome = chrome || one_of(lower(name), chrome_names);
    chrome = chrome || one_of(lower(attribute(node, "id")), chrome_names);
    if (is_byline(node) && find_date(document_.text(node)) &&
        word_count(document_.text(node)) <= 12)
        return true;
    if (chrome) {
        // A name alone does not throw away a long text: "menu" may be a canteen's, "search" a
        // hearing portal's.
        return prose(node) < 1200 || prose(node) * 3 < prose(main_);
    }
    if (tag == GUMBO_TAG_SECTION || tag == GUMBO_TAG_DIV) {
        for (const Node child : children(node)) {
            if (!is_element(child)) continue;
            if (heading_level(child) > 0 && says_related(document_.text(child)) &&
                plain_link_list(document_, node)) {
                return true;
            }
            break;
        }
    }
    // Where nothing names the content, lists of links round it are menus.
    if (!has_main_ && (tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL || tag == GUMBO_TAG_TABLE ||
                       tag == GUMBO_TAG_DIV)) {
        if (!plain_link_list(document_, node)) return false;
        const std::size_t words = word_count(document_.text(node));
        return words < 120 && (title_heading_ == nullptr || !contains(main_, node) ||
                               tag != GUMBO_TAG_UL || words < 40);
    }
    return false;
}

void PageContent::read_head() {
    for (const Node node : document_.visible_elements(document_.head())) {
        if (is_tag(node, GUMBO_TAG_TITLE) && head_title_.empty())
            head_title_ = document_.text(node);
        if (is_tag(node, GUMBO_TAG_META) && attribute(node, "property") == "og:site_name")
            site_ = tidy(attribute(node, "content"));
    }
    named_ = without_site_name(head_title_, site_);
}

void PageContent::read_facts() {
    std::string og_title;
    std::string og_url;
    for (const Node node : document_.visible_elements(document_.root())) {
        if (is_tag(node, GUMBO_TAG_HTML)) {
            const std::string_view language = attribute(node, "lang");
            if (language.size() >= 2) facts_.language = lower(language.substr(0, 2));
        } else if (is_tag(node, GUMBO_TAG_LINK) && lower(attribute(node, "rel")) == "canonical") {
            const std::string url = tidy(attribute(node, "href"));
            if (url.starts_with("http://") || url.starts_with("https://")) facts_.url = url;
        } else if (is_tag(node, GUMBO_TAG_META)) {
            std::string name = lower(attribute(node, "name"));
            if (name.empty()) name = lower(attribute(node, "property"));
            if (name.empty()) name = lower(attribute(node, "itemprop"));
            const std::string value = tidy(attribute(node, "content"));
            static constexpr auto dates = std::to_array<std::string_view>(
                {"last-modified", "article:modified_time", "og:updated_time", "dcterms.modified",
                 "dc.date.modified", "datemodified", "modified", "revised", "dcterms.date.modified",
                 "dc.modified", "lastmodified", "updated"});
            if (name == "og:title") og_title = value;
            if (name == "og:url" && value.starts_with("http")) og_url = value;
            if (one_of(name, dates) && !facts_.updated) facts_.updated = date_value(value);
            if (name == "owner" || name == "dc.publisher.department" || name == "page-owner" ||
                name == "sideejer" || name == "dcterms.rightsholder" || name == "department" ||
                name == "dc.owner") {
                facts_.owner = value;
            }
        }
    }
    if (facts_.url.empty()) facts_.url = og_url;
    // JSON-LD: hidden as a script, but its date is the page's own word.
    const std::function<void(Node)> ld_json = [&](Node node) {
        if (is_tag(node, GUMBO_TAG_SCRIPT) && attribute(node, "type") == "application/ld+json") {
            for (const Node child : children(node)) {
                if (child->type != GUMBO_NODE_TEXT || facts_.updated) continue;
                const auto json = nlohmann::json::parse(child->v.text.text, nullptr, false);
                if (json.is_object() && json.contains("dateModified") &&
                    json["dateModified"].is_string()) {
                    facts_.updated = date_value(json["dateModified"].get<std::string>());
                }
            }
        }
        for (const Node child : children(node)) ld_json(child);
    };
    ld_json(document_.root());
    // "Betjentstuen · 12. oktober 2026" under the heading: who wrote it, and when.
    for (const Node node : document_.visible_elements(document_.body())) {
        if (!is_byline(node)) continue;
        const std::string text = document_.text(node);
        const auto date = find_date(text);
        if (!date || word_count(text) > 12) continue;
        if (!facts_.updated) facts_.updated = date->date;
    }

    if (title_heading_ != nullptr) facts_.title = document_.text(title_heading_);
    const bool names_site =
        !facts_.title.empty() && !named_.empty() && lower(facts_.title) != lower(named_) &&
        (lower(facts_.title) == lower(site_) || head_title_.ends_with("| " + facts_.title) ||
         head_title_.ends_with("- " + facts_.title));
    if (facts_.title.empty() || names_site) facts_.title = named_.empty() ? og_title : named_;
}

Result<Parsed> parse_html_page(const ParseInput& input, const HtmlDocument& document) {
    Parsed parsed;
    const PageContent page(document);
    ParsedDocument result;
    result.url = page.facts().url;
    result.title = page.facts().title;
    result.language = page.facts().language;
    result.updated = page.facts().updated;
    result.owner = page.facts().owner;
    HtmlTextOptions options;
    options.skip = [&](Node node) { return page.is_chrome(node); };
    Blocks blocks = html_blocks(document, page.main(), options, parsed.report);
    take_page_lines(blocks, PageKind::page, result.updated, result.owner);
    if (input.kind == SourceKind::meetings) {
        DroppedItems dropped = drop_closed_items(blocks);
        parsed.report.closed_items += dropped.count;
        parsed.named = closed_files(std::move(dropped.links));
    }
    promote_bold_headings(blocks);
    if (result.title.empty()) {
        for (const Block& block : blocks) {
            if (block.kind != BlockKind::heading) continue;
            result.title = block.text;
            break;
        }
    }
    if (result.title.empty()) result.title = input.name.stem().string();
    CutOptions cut;
    cut.title = result.title;
    cut.text_fragments = true;
    result.passages = cut_with_glossary(blocks, cut);
    parsed.documents.push_back(std::move(result));
    return parsed;
}

}  // namespace raadbot::ingest
