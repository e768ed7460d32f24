#include "retrieval/ingest/html_kinds.hpp"

#include <span>

#include "retrieval/ingest/html_text.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {

bool is_block_tag(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_ADDRESS:
        case GUMBO_TAG_ARTICLE:
        case GUMBO_TAG_ASIDE:
        case GUMBO_TAG_BLOCKQUOTE:
        case GUMBO_TAG_BODY:
        case GUMBO_TAG_CENTER:
        case GUMBO_TAG_DD:
        case GUMBO_TAG_DETAILS:
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_DL:
        case GUMBO_TAG_DT:
        case GUMBO_TAG_FIELDSET:
        case GUMBO_TAG_FIGCAPTION:
        case GUMBO_TAG_FIGURE:
        case GUMBO_TAG_FOOTER:
        case GUMBO_TAG_FORM:
        case GUMBO_TAG_H1:
        case GUMBO_TAG_H2:
        case GUMBO_TAG_H3:
        case GUMBO_TAG_H4:
        case GUMBO_TAG_H5:
        case GUMBO_TAG_H6:
        case GUMBO_TAG_HEADER:
        case GUMBO_TAG_HR:
        case GUMBO_TAG_LI:
        case GUMBO_TAG_MAIN:
        case GUMBO_TAG_NAV:
        case GUMBO_TAG_OL:
        case GUMBO_TAG_P:
        case GUMBO_TAG_PRE:
        case GUMBO_TAG_SECTION:
        case GUMBO_TAG_TABLE:
        case GUMBO_TAG_TD:
        case GUMBO_TAG_TH:
        case GUMBO_TAG_TR:
        case GUMBO_TAG_TBODY:
        case GUMBO_TAG_UL:
        case GUMBO_TAG_HTML:
        case GUMBO_TAG_SUMMARY:
        case GUMBO_TAG_CAPTION: return true;
        default: return false;
    }
}

bool is_control(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_BUTTON:
        case GUMBO_TAG_INPUT:
        case GUMBO_TAG_SELECT:
        case GUMBO_TAG_TEXTAREA:
        case GUMBO_TAG_LABEL:
        case GUMBO_TAG_LEGEND:
        case GUMBO_TAG_OPTION:
        case GUMBO_TAG_AUDIO:
        case GUMBO_TAG_VIDEO:
        case GUMBO_TAG_OBJECT:
        case GUMBO_TAG_EMBED:
        case GUMBO_TAG_SVG:
        case GUMBO_TAG_CANVAS:
        case GUMBO_TAG_PROGRESS:
        case GUMBO_TAG_DATALIST: return true;
        default: return false;
    }
}

bool is_bold(Node node) {
    const GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_STRONG || tag == GUMBO_TAG_B) return true;
    const std::string style = lower(attribute(node, "style"));
    return style.find("font-weight:bold") != std::string::npos ||
           style.find("font-weight: bold") != std::string::npos ||
           style.find("font-weight:700") != std::string::npos ||
           style.find("font-weight: 700") != std::string::npos;
}

bool marked_closed(Node node) {
    if (!is_element(node)) return false;
    bool closed = false;
    bool folded = false;
    for (const std::string& word : name_words(node)) {
        if (word == "lukket" || word == "lukkede" || word == "lukketpunkt" || word == "fortrolig" ||
            word == "fortroligt" || word == "confidential") {
            return true;
        }
        closed = closed || word == "closed" || word == "restricted";
        folded = folded || word.starts_with("accordion") || word.starts_with("collaps") ||
                 word == "panel" || word == "toggle" || word == "menu" || word == "dropdown" ||
                 word == "expandable" || word == "fold";
    }
    if (closed && !folded && !has_attribute(node, "aria-expanded")) return true;
    const GumboVector& vector = node->v.element.attributes;
    for (void* entry : std::span(vector.data, vector.length)) {
        const auto* one = static_cast<const GumboAttribute*>(entry);
        const std::string name = lower(one->name);
        if (!name.starts_with("data-")) continue;
        const std::string value = lower(one->value);
        const bool yes = value == "true" || value == "1" || value == "ja" || value == "yes";
        const bool no = value == "false" || value == "0" || value == "nej" || value == "no";
        const bool names_closed = name.find("lukket") != std::string::npos ||
                                  name.find("closed") != std::string::npos ||
                                  name.find("fortrolig") != std::string::npos ||
                                  name.find("confidential") != std::string::npos;
        const bool names_open = name.find("public") != std::string::npos ||
                                name.find("offentlig") != std::string::npos ||
                                name.find("aaben") != std::string::npos;
        if (names_closed && yes) return true;
        if (names_open && no) return true;
        const bool about_access =
            name.find("access") != std::string::npos || name.find("adgang") != std::string::npos ||
            name.find("status") != std::string::npos || name.find("type") != std::string::npos;
        if (about_access &&
            (value == "lukket" || value == "closed" || value == "lukket punkt" ||
             value == "fortrolig" || value == "confidential" || value == "ikke-offentlig")) {
            return true;
        }
    }
    return false;
}

}  // namespace raadbot::ingest
