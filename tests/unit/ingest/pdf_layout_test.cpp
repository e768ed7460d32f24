// Pages as poppler prints them, written out here line by line.
#include "retrieval/ingest/pdf.hpp"
#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

class Page {
public:
    Page& text(int top, int left, int width, const std::string& words) {
        lines_ += "<text top=\"" + std::to_string(top) + "\" left=\"" + std::to_string(left) +
                  "\" width=\"" + std::to_string(width) + "\" height=\"14\" font=\"0\">" + words +
                  "</text>\n";
        return *this;
    }
    [[nodiscard]] std::string lay_out() const {
        const PdfLayout layout = lay_out_pdf(
            "<pdf2xml><page number=\"1\" position=\"absolute\" top=\"0\" left=\"0\" "
            "height=\"1262\" width=\"892\">\n<fontspec id=\"0\" size=\"12\" family=\"Times\" "
            "color=\"#000000\"/>\n" +
            lines_ + "</page></pdf2xml>");
        std::string out;
        for (const Block& block : layout.blocks) out += block.text + '\n';
        return out;
    }

private:
    std::string lines_;
};

Page two_columns(int top) {
    Page page;
    const std::vector<std::pair<std::string, std::string>> lines = {
        {"Jo flere med kronisk sygdom og jo", "udskrives hurtigere fra sygehuset."},
        {"kortere indlæggelser, desto større", "Samtidig skal kommunen have fokus"},
        {"bliver behovet for, at kommunens", "på sundhed, så sygdom i videst muligt"},
        {"arbejde styrkes. Det handler om den", "omfang undgås, og på de unge, som"},
        {"tidlige opsporing af borgere.", "flytter hjemmefra."}};
    for (const auto& [left, right] : lines) {
        page.text(top, 100, 300, left).text(top, 450, 310, right);
        top += 16;
    }
    return page;
}

TEST(PdfLayout, ReadsProseInColumnsDownNotAcross) {
    const std::string text = two_columns(300).lay_out();
    EXPECT_TRUE(holds(text,
                      "Jo flere med kronisk sygdom og jo kortere indlæggelser, desto større bliver "
                      "behovet for, at kommunens arbejde styrkes."))
        << text;
    EXPECT_TRUE(holds(text, "på sundhed, så sygdom i videst muligt omfang undgås")) << text;
    EXPECT_FALSE(holds(text, "jo: udskrives")) << text;
}

TEST(PdfLayout, ReadsATableWithWrappedCellsAcross) {
    Page page;
    int top = 300;
    for (const std::string name : {"Dagpleje", "Vuggestue", "Børnehave"}) {
        page.text(top, 100, 60, name).text(top, 300, 300, "Plads tilbydes fra barnet er 26 uger");
        page.text(top + 14, 300, 250, "og frem til skolestart i august.");
        top += 40;
    }
    const std::string text = page.lay_out();
    EXPECT_TRUE(holds(text,
                      "Vuggestue: Plads tilbydes fra barnet er 26 uger og frem til skolestart i "
                      "august."))
        << text;
}

TEST(PdfLayout, TheNumbersOfAnAxisAreNoText) {
    Page page;
    for (int at = 0; at < 6; ++at)
        page.text(300 + 40 * at, 100, 40, std::to_string(1500 - 300 * at));
    page.text(560, 100, 300, "Kilde: Danmarks Statistik.");
    page.text(640, 100, 300, "Der var 1.500 i kommunen.");
    const std::string text = page.lay_out();
    EXPECT_FALSE(holds(text, "1200\n")) << text;
    EXPECT_TRUE(holds(text, "Der var 1.500 i kommunen.")) << text;
}

TEST(PdfLayout, FindsColumnsBesideAFigure) {
    // Fourteen lines to a column; the axis of a figure stands in the right one.
    Page page;
    for (int at = 0; at < 14; ++at) {
        page.text(200 + at * 16, 100, 300, "og så går sætningen videre ned ad spalten")
            .text(208 + at * 16, 450, 310, "hvor den anden spalte siger noget helt andet");
    }
    for (int at = 0; at < 20; ++at)
        page.text(440 + at * 30, 450, 30, std::to_string(100 + at))
            .text(440 + at * 30, 650, 30, std::to_string(200 + at));
    const std::string text = page.lay_out();
    EXPECT_TRUE(holds(text, "ned ad spalten og så går")) << text;
    EXPECT_FALSE(holds(text, "ned ad spalten hvor")) << text;
    EXPECT_FALSE(holds(text, "ned ad spalten: hvor")) << text;
}

}  // namespace
}  // namespace raadbot::ingest
