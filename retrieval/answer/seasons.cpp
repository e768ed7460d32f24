#include "retrieval/answer/seasons.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "retrieval/answer/term_set.hpp"

namespace raadbot::answer {
namespace {

constexpr float month_weight = 0.75F;  // A month of it is not yet all of it.
constexpr float week_weight = 0.85F;
constexpr float dates_weight = 0.85F;

struct Season {
    std::string_view name;
    std::array<std::string_view, 3> months;
    int first_week = 0;
    int last_week = 0;
};

constexpr std::array<Season, 6> seasons{{{"sommer", {"juni", "juli", "august"}, 26, 32},
                                         {"vinter", {"december", "januar", "februar"}, 0, 0},
                                         {"forår", {"marts", "april", "maj"}, 0, 0},
                                         {"efterår", {"september", "oktober", "november"}, 0, 0},
                                         {"vinterferie", {"februar", "", ""}, 7, 8},
                                         {"efterårsferie", {"oktober", "", ""}, 42, 42}}};

/// "jul", "juleferie", "juledagene"
bool is_christmas(std::string_view lemma) {
    return lemma == "jul" || lemma == "juleferie" || lemma == "juledag" || lemma == "juledagene" ||
           lemma == "juletid" || lemma == "julen";
}

std::string_view season_of(std::string_view lemma) {
    if (lemma == "sommerferie" || lemma == "sommerperiode" || lemma == "sommertid" ||
        lemma == "sommerhalvår")
        return "sommer";
    if (lemma == "vinterperiode" || lemma == "vinterhalvår") return "vinter";
    return lemma;
}

}  // namespace

void add_season(Aspect& aspect) {
    if (is_christmas(aspect.lemma)) {
        for (const std::string_view day : {"22", "23", "24", "25", "26"})
            aspect.alternatives.push_back({{std::string(day), "december"}, dates_weight});
        aspect.alternatives.push_back({{"december", "januar"}, dates_weight});
        return;
    }
    const auto season = std::find_if(seasons.begin(), seasons.end(), [&](const Season& one) {
        return one.name == season_of(aspect.lemma);
    });
    if (season == seasons.end()) return;
    for (const std::string_view month : season->months) {
        if (!month.empty()) aspect.alternatives.push_back({{std::string(month)}, month_weight});
    }
    for (int week = season->first_week; week != 0 && week <= season->last_week; ++week) {
        aspect.alternatives.push_back({{number_key("uge", std::to_string(week))}, week_weight});
    }
}

}  // namespace raadbot::answer
