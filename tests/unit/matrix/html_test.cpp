// formatted_body: what is built passes the check, what attackers write does not get in.
#include "adapters/matrix/html.hpp"

#include <gtest/gtest.h>

namespace raadbot::matrix {
namespace {

TEST(Html, EscapesEverything) {
    const std::string out = to_html({element(Tag::p, {text("<script>\"'&\x01\x7f</script>")})});
    EXPECT_EQ(out, "<p>&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;</p>");
    EXPECT_TRUE(check_html(out));
}

TEST(Html, LinksOnlyToWebAddresses) {
    for (const char* bad :
         {"javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//x.dk", "x.dk", "",
          "https://", "https:///x", "https://a@b.dk/", "https://a b.dk", "https://a\n.dk",
          "https://a\\b", "https://a.dk/\"onclick=", "https://a.dk/<b>", "mailto:a@b.dk",
          "ftp://a.dk", "vbscript:x", "https://matrix.to\x01/", " https://a.dk"}) {
        EXPECT_EQ(to_html({link_to(bad, {text("x")})}), "<strong>x</strong>") << bad;
    }
    EXPECT_EQ(to_html({link_to("https://a.dk/?a=1&b='2'#c", {text("x")})}),
              "<a href=\"https://a.dk/?a=1&amp;b=&#39;2&#39;#c\">x</a>");
}

TEST(Html, StaysShallow) {
    Node node = text("x");
    for (int i = 0; i < 101; ++i) node = element(Tag::blockquote, {std::move(node)});
    EXPECT_TRUE(check_html(to_html({node})));
    std::string deep;
    for (int i = 0; i < 101; ++i) deep += "<blockquote>";
    for (int i = 0; i < 101; ++i) deep += "</blockquote>";
    EXPECT_FALSE(check_html(deep));
}

TEST(CheckHtml, PermitsTheList) {
    for (const char* good :
         {"", "x", "<p>x</p>", "<ol start=\"2\"><li>x</li></ol>", "<a href=\"https://a.dk\">x</a>",
          "<code class=\"language-cpp\">x</code>", "<img src=\"mxc://a/b\" alt=\"x\">", "a<br>b",
          "<details><summary>x</summary>y</details>", "<span data-mx-spoiler=\"x\">y</span>"}) {
        EXPECT_TRUE(check_html(good)) << good;
    }
}

TEST(CheckHtml, RefusesTheRest) {
    for (const char* bad : {"<script>x</script>",
                            "<SCRIPT>x</SCRIPT>",
                            "<p onclick=\"x\">y</p>",
                            "<a href=\"javascript:x\">y</a>",
                            "<a href=\" javascript:x\">y</a>",
                            "<img src=\"https://a.dk/x.png\">",
                            "<img src=x onerror=alert(1)>",
                            "<iframe></iframe>",
                            "<style>x</style>",
                            "<p style=\"x\">y</p>",
                            "<p",
                            "<p>x",
                            "x</p>",
                            "<p><b>x</p></b>",
                            "<!-- x -->",
                            "<![CDATA[x]]>",
                            "<?x?>",
                            "<svg></svg>",
                            "<mx-reply>x</mx-reply>",
                            "<a/href=\"https://a.dk\">x</a>",
                            "<p>a > b</p>",
                            "<form></form>",
                            "<code class=\"evil\">x</code>",
                            "<a href=https://a.dk>x</a>",
                            "<font>x</font>",
                            "<a href=\"data:text/html,x\">y</a>",
                            "<a  href=\"https://a.dk\">x</a>",
                            "< p>x</p>"}) {
        EXPECT_FALSE(check_html(bad)) << bad;
    }
}

}  // namespace
}  // namespace raadbot::matrix
