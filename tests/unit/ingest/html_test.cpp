#include "retrieval/ingest/html_dom.hpp"
#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

TEST(HtmlPage, FindsContentWithoutAMainElement) {
    const Parsed parsed = parse_file("page-without-main.html");
    const ParsedDocument& document = parsed.documents.at(0);
    EXPECT_EQ(document.title, "Åbningstider på genbrugspladsen");
    const std::string text = everything(parsed);
    for (const auto chrome : {"cookies", "Borger", "Du er her", "Rådhuset har åbent", "SKJULT"}) {
        EXPECT_FALSE(holds(text, chrome)) << chrome;
    }
    EXPECT_TRUE(holds(text, "Dag: Lørdag; Tid: 9-16"));
    EXPECT_TRUE(holds(text, "ÅT (Åbningstid)"));
    EXPECT_TRUE(holds(text, "Erhverv: 195 kr. pr. besøg"));
    const Passage* panel =
        find_passage(document, "haveaffald");  // an accordion's closed panel is content
    ASSERT_NE(panel, nullptr);
    EXPECT_EQ(panel->headings.back(), "Hvad må jeg aflevere?");
}

TEST(HtmlPage, StopsEveryKindOfHiddenText) {
    const std::string start =
        "<html><head><style>.gem{display:none}#gem2{opacity:0}@media "
        "print{.vis{display:none}}</style></head>"
        "<body><main><h1>Side</h1><p class=vis>Synligt ord.</p>";
    for (const std::string_view hidden :
         {"<p style='display: none !important'>X9</p>",
          "<p style=visibility:hidden>X9</p>",
          "<p hidden>X9</p>",
          "<p aria-hidden=true>X9</p>",
          "<template><p>X9</p></template>",
          "<noscript>X9</noscript>",
          "<!-- X9 -->",
          "<p style=font-size:0>X9</p>",
          "<p style='color:#fff;background-color:white'>X9</p>",
          "<p style='color:white'>X9</p>",
          "<p style='position:absolute;left:-5000px'>X9</p>",
          "<p style='text-indent:-9999px'>X9</p>",
          "<p class=gem>X9</p>",
          "<p id=gem2>X9</p>",
          "<span class=sr-only>X9</span>",
          "<p style='opacity:0'>X9</p>",
          "<input type=hidden value=X9>",
          "<div role=tabpanel hidden>X9</div>",
          "<p style='height:0;overflow:hidden'>X9</p>",
          "<p title=X9 data-x=X9></p>",
          "<button hidden aria-controls=z>b</button><p id=z hidden>X9</p>"}) {
        const auto parsed =
            parse_bytes(start + std::string(hidden) + "</main></body></html>", "p.html");
        ASSERT_TRUE(parsed);
        EXPECT_FALSE(holds(everything(*parsed), "X9")) << hidden;
        EXPECT_TRUE(holds(everything(*parsed), "Synligt ord.")) << hidden;
    }
}

TEST(HtmlPage, WhatAButtonFoldsOutIsText) {
    const std::string start = "<html><body><main><h1>Rusmidler</h1><p>Synligt ord.</p>";
    for (const std::string_view folded :
         {"<div class=item><button aria-expanded=false class=head><h2>Alkohol</h2></button><div "
          "class=body hidden><p>X9</p></div></div>",
          "<h3><button aria-expanded=false>Alkohol</button></h3><div style='display:none'>X9</div>",
          "<div class=top><h3><button aria-expanded=false>Alkohol</button></h3></div><div "
          "aria-hidden=true>X9</div>",
          "<h3 class=accordion-title>Alkohol</h3><div hidden>X9</div>",
          "<div role=button class=collapsible>Alkohol</div><div hidden>X9</div>",
          "<button aria-expanded=false aria-controls=z>Alkohol</button><p id=z hidden>X9</p>"}) {
        const auto parsed =
            parse_bytes(start + std::string(folded) + "</main></body></html>", "p.html");
        ASSERT_TRUE(parsed);
        EXPECT_TRUE(holds(everything(*parsed), "X9")) << folded;
    }
    for (const std::string_view hidden :
         {"<button aria-expanded=false aria-controls=z>b</button><p id=z>a</p><p hidden>X9</p>",
          "<button aria-expanded=false>b</button><p hidden>a</p><p hidden>X9</p>",
          "<button aria-expanded=false hidden>b</button><p hidden>X9</p>",
          "<p>a <button aria-expanded=false>b</button></p><p hidden>X9</p>",
          "<div class=accordion><p>a</p></div><p hidden>X9</p>",
          "<button>b</button><p hidden>X9</p>"}) {
        const auto parsed =
            parse_bytes(start + std::string(hidden) + "</main></body></html>", "p.html");
        ASSERT_TRUE(parsed);
        EXPECT_FALSE(holds(everything(*parsed), "X9")) << hidden;
    }
}

TEST(HtmlPage, AMenuBesideTheTextIsNone) {
    const auto parsed = parse_bytes(
        "<body><main><h1>Hjælp</h1><aside class=sidemenu><ul><li><a href=/s>Social "
        "støtte</a></li><li><a href=/b>Selvbetjening</a></li></ul></aside><p>Læs her.</p>"
        "<aside class=sidebar><h2>Kontakt</h2><p>Ring 99 00 10 10</p></aside></main></body>",
        "p.html");
    ASSERT_TRUE(parsed);
    EXPECT_FALSE(holds(everything(*parsed), "Social støtte"));
    EXPECT_TRUE(holds(everything(*parsed), "99 00 10 10"));
}

TEST(HtmlPage, TakesUrlDateAndOwnerFromThePage) {
    const auto parsed = parse_bytes(
        "<html lang=en><head><title>Parking | Fjordby Kommune</title><link rel=canonical "
        "href='https://f.example/p'>"
        "</head><body><main><h1>Parking</h1><p>Two hours.</p><p>Sideejer: Vej og Park</p>"
        "<p>Sidst opdateret 20. januar 2026</p></main></body></html>",
        "p.html");
    ASSERT_TRUE(parsed);
    const ParsedDocument& document = parsed->documents.at(0);
    EXPECT_EQ(document.url, "https://f.example/p");
    EXPECT_EQ(document.language, "en");
    EXPECT_EQ(document.owner, "Vej og Park");
    EXPECT_EQ(to_string(document.updated.value()), "2026-01-20");
    EXPECT_EQ(document.passages.size(), 1U);
}

TEST(HtmlPage, KeepsAContactBoxInMain) {
    const auto parsed = parse_bytes(
        "<body><main><h1>Hjælp</h1><p>Læs her.</p><section class=contact-card><h2>Kontakt</h2>"
        "<p>Ring 99 00 10 10</p></section></main><footer><p>Ring 12 34 56 78</p></footer>",
        "p.html");
    ASSERT_TRUE(parsed);
    EXPECT_TRUE(holds(everything(*parsed), "99 00 10 10"));
    EXPECT_FALSE(holds(everything(*parsed), "12 34 56 78"));
}

TEST(HtmlPage, BylinesCommentsAndNamelessLinkBoxesAreNoText) {
    const auto parsed = parse_bytes(
        "<html><head><title>Adgangsbrik - Portalen</title></head><body><div class=zone>"
        "<div role=heading aria-level=1>Adgangsbrik</div>"
        "<div class=authorByline>Vagten &middot; 12. oktober 2026</div>"
        "<div class=text><p>Brikken åbner døren mod nord fra kl. 6 til kl. 23.</p></div>"
        "<div class=commentsWrapper><h2>Kommentarer</h2><p>Log ind for at skrive.</p></div>"
        "<div class=box><div>Relaterede sider</div><ul><li><a href=a>Parkering</a></li>"
        "<li><a href=b>Lokaler</a></li></ul></div></div></body></html>",
        "brik.html", SourceKind::intranet);
    ASSERT_TRUE(parsed);
    const std::string text = everything(*parsed);
    EXPECT_TRUE(holds(text, "Brikken åbner"));
    for (const auto chrome : {"Vagten", "Log ind", "Kommentarer", "Relaterede", "Lokaler"})
        EXPECT_FALSE(holds(text, chrome)) << chrome;
    EXPECT_EQ(to_string(parsed->documents.at(0).updated.value()), "2026-10-12");
}

TEST(HtmlPage, RefusesMarkupNestedTooDeep) {
    std::string deep = "<html><body>";
    for (int at = 0; at < 100'000; ++at) deep += "<div>";
    const auto parsed = parse_bytes(deep + "x", "deep.html");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, ErrorCode::unreadable);
}

TEST(DecodeHtml, ReadsTheUsualCharsets) {
    EXPECT_EQ(decode_html("\xEF\xBB\xBF"
                          "bl\xC3\xA5"),
              "blå");
    EXPECT_EQ(decode_html("<meta charset=iso-8859-1>bl\xE5 \x80"),
              "<meta charset=iso-8859-1>blå €");
    EXPECT_EQ(decode_html(std::string_view("\xFF\xFE\xE5\0", 4)), "å");
}

}  // namespace
}  // namespace raadbot::ingest
