#include "adapters/admin/plot.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace raadbot::admin {
namespace {

constexpr std::uint64_t width = 720;
constexpr std::uint64_t height = 180;
constexpr std::uint64_t left = 44;
constexpr std::uint64_t bottom = 20;
constexpr std::array<Markup, 6> kinds = {Markup("s0"), Markup("s1"), Markup("s2"),
                                         Markup("s3"), Markup("s4"), Markup("s5")};

std::uint64_t total(const Day& day) {
    return std::accumulate(day.values.begin(), day.values.end(), std::uint64_t{0});
}

/// A round number not below `most`.
std::uint64_t top_of(std::uint64_t most) {
    std::uint64_t step = 1;
    while (step * 10 < most) step *= 10;
    for (const std::uint64_t times : {1U, 2U, 5U, 10U}) {
        if (step * times >= most) return std::max<std::uint64_t>(step * times, 4);
    }
    return most;
}

void rectangle(Html& html, Markup kind, std::uint64_t x, std::uint64_t y, std::uint64_t w,
               std::uint64_t h) {
    html.raw("<rect class=\"").raw(kind).raw("\" x=\"").number(x).raw("\" y=\"").number(y);
    html.raw("\" width=\"").number(w).raw("\" height=\"").number(h).raw("\"/>");
}

}  // namespace

void plot(Html& html, const Texts& texts, std::string_view title, std::string_view summary,
          const std::vector<std::string>& series, const std::vector<Day>& days) {
    html.raw("<figure class=\"plot\"><figcaption>").text(title).raw("</figcaption>");
    paragraph(html, summary);
    if (days.empty()) {
        html.raw("</figure>");
        return;
    }
    std::uint64_t most = 0;
    for (const Day& day : days) most = std::max(most, total(day));
    const std::uint64_t top = top_of(most);
    html.raw("<svg viewBox=\"0 0 ").number(width).raw(" ").number(height + bottom);
    html.raw("\" role=\"img\" aria-label=\"").text(title).raw(". ").text(summary).raw("\">");
    for (std::uint64_t part = 0; part <= 4; part += 2) {
        const std::uint64_t y = height - (height - 8) * part / 4;
        html.raw("<path class=\"grid\" d=\"M").number(left).raw(" ").number(y).raw("H");
        html.number(width).raw("\"/><text x=\"").number(left - 6).raw("\" y=\"").number(y + 4);
        html.raw("\" text-anchor=\"end\">").text(texts.number(top * part / 4)).raw("</text>");
    }
    const std::uint64_t room = (width - left) / days.size();
    const std::uint64_t bar = std::max<std::uint64_t>(room * 7 / 10, 1);
    for (std::size_t i = 0; i < days.size(); ++i) {
        std::uint64_t y = height;
        for (std::size_t s = 0; s < days[i].values.size() && s < kinds.size(); ++s) {
            const std::uint64_t value = days[i].values[s];
            if (value == 0) continue;
            const std::uint64_t h = std::max<std::uint64_t>((height - 8) * value / top, 1);
            y -= std::min(h, y);
            rectangle(html, kinds[s], left + room * i + (room - bar) / 2, y, bar, h);
        }
    }
    html.raw("<text x=\"").number(left).raw("\" y=\"").number(height + 16).raw("\">");
    html.text(days.front().label).raw("</text><text x=\"").number(width).raw("\" y=\"");
    html.number(height + 16).raw("\" text-anchor=\"end\">").text(days.back().label);
    html.raw("</text></svg><ul class=\"legend\">");
    for (std::size_t s = 0; s < series.size() && s < kinds.size(); ++s) {
        html.raw("<li><span class=\"key ").raw(kinds[s]).raw("\"></span>").text(series[s]);
        html.raw("</li>");
    }
    html.raw("</ul><details><summary>").text(texts["figures.as_table"]).raw("</summary>");
    std::vector<std::string_view> columns = {texts["figures.day"]};
    for (const std::string& name : series) columns.emplace_back(name);
    open_table(html, title, columns);
    for (const Day& day : days) {
        html.raw("<tr><th scope=\"row\">").text(day.label).raw("</th>");
        for (const std::uint64_t value : day.values) figure_cell(html, texts.number(value));
        html.raw("</tr>");
    }
    close_table(html);
    html.raw("</details></figure>");
}

}  // namespace raadbot::admin
