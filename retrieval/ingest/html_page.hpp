// A web page: what it says of itself (URL, title, date, owner) and which part of it is content.
// Works by structure and by the usual names of chrome, in no particular CMS.
#pragma once

#include "retrieval/ingest/html_text.hpp"

namespace raadbot::ingest {

struct PageFacts {
    std::string url;
    std::string title;
    std::string language = "da";
    std::optional<Date> updated;
    std::string owner;
};

/// Finds the content of a page; keep it no longer than the document.
class PageContent {
public:
    explicit PageContent(const HtmlDocument& document);

    [[nodiscard]] Node main() const { return main_; }
    /// Chrome: menus, cookie banners, breadcrumbs, feedback, sharing, footers.
    [[nodiscard]] bool is_chrome(Node node) const;
    [[nodiscard]] const PageFacts& facts() const { return facts_; }

private:
    void read_head();
    void find_main();
    void read_facts();
    [[nodiscard]] std::size_t prose(Node node) const;

    const HtmlDocument& document_;
    Node main_ = nullptr;
    Node title_heading_ = nullptr;
    bool has_main_ = false;
    std::string head_title_;
    std::string site_;   ///< The site's own name as far as it is told.
    std::string named_;  ///< <title> without the site's name.
    PageFacts facts_;
};

/// A page as one document. Meetings are agenda_page's.
[[nodiscard]] Result<Parsed> parse_html_page(const ParseInput& input, const HtmlDocument& document);

}  // namespace raadbot::ingest
