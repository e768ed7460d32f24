// The names of bodies: what a committee's name is made of, which topics and abbreviations stand for
// which committees. General knowledge of Danish councils. For bodies.cpp and body_names.cpp alone.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadbot::danish {

inline constexpr std::string_view council_key = "byråd";
inline constexpr std::string_view finance_key = "økonomiudvalg";

struct CommitteeName {
    std::string key;
    std::vector<std::string> parts;  ///< Stems, in order: "teknik", "miljø".
};

/// "Teknik- og Miljøudvalget", "Udvalget for Teknik og Miljø" -> parts; empty when it is no
/// committee.
[[nodiscard]] CommitteeName committee_name(std::string_view printed);

/// "udvalg", "udvalget", "udvalgets", "udvalgene" as the end of a word; also "udvalgsmøde" and its
/// like. Gives what stands before it.
[[nodiscard]] std::optional<std::string> before_udvalg(std::string_view folded);

/// The linking form of a name's part back to the word: "børne" -> "børn", "sundheds" -> "sundhed".
[[nodiscard]] std::string part_stem(std::string_view part);

/// The same part of a name, give or take an inflection or one slip in a long word.
[[nodiscard]] bool same_part(std::string_view part, std::string_view asked);
/// Two parts of one field of work.
[[nodiscard]] bool same_topic(std::string_view part, std::string_view asked);

/// Fields of work, for short names that no committee has ("vejudvalget", "teknisk").
inline constexpr std::array<std::array<std::string_view, 14>, 7> topic_groups{{
    {"teknik", "vej", "trafik", "miljø", "forsyning", "plan", "by", "klima", "mobilitet", "natur",
     "anlæg", "drift", "affald", "energi"},
    {"skole", "børn", "unge", "uddannelse", "læring", "undervisning", "familie", "dagtilbud",
     "ungdom", "børnehave", "daginstitution", "", "", ""},
    {"social", "sundhed", "ældre", "omsorg", "handicap", "psykiatri", "velfærd", "senior",
     "forebyggelse", "voksen", "pleje", "seniorer", "", ""},
    {"kultur", "fritid", "idræt", "folkeoplysning", "turisme", "bibliotek", "oplevelse", "idræts",
     "lokalsamfund", "", "", "", "", ""},
    {"beskæftigelse", "arbejdsmarked", "job", "integration", "erhverv", "vækst", "arbejd", "", "",
     "", "", "", "", ""},
    {"plan", "by", "bolig", "landdistrikt", "udvikling", "land", "landsby", "byudvikling",
     "byggeri", "bygge", "ejendom", "", "", ""},
    {"miljø", "klima", "natur", "energi", "grøn", "bæredygtighed", "teknik", "vand", "", "", "", "",
     "", ""},
}};

struct EnglishTopic {
    std::string_view english;
    std::string_view danish;
};
inline constexpr std::array<EnglishTopic, 31> english_topics{{
    {"technical", "teknik"},     {"roads", "vej"},           {"environment", "miljø"},
    {"environmental", "miljø"},  {"climate", "klima"},       {"planning", "plan"},
    {"school", "skole"},         {"schools", "skole"},       {"children", "børn"},
    {"children's", "børn"},      {"education", "skole"},     {"youth", "unge"},
    {"culture", "kultur"},       {"cultural", "kultur"},     {"leisure", "fritid"},
    {"sports", "fritid"},        {"social", "social"},       {"health", "sundhed"},
    {"elderly", "ældre"},        {"seniors", "ældre"},       {"employment", "beskæftigelse"},
    {"labour", "arbejdsmarked"}, {"labor", "arbejdsmarked"}, {"business", "erhverv"},
    {"housing", "bolig"},        {"traffic", "trafik"},      {"nature", "natur"},
    {"technology", "teknik"},    {"works", "teknik"},        {"utilities", "forsyning"},
    {"family", "familie"},
}};

/// Abbreviations that councils use whatever the exact name is; the stems say what to look for.
struct CommonAbbreviation {
    std::string_view letters;
    std::array<std::string_view, 3> parts;
};
inline constexpr std::array<CommonAbbreviation, 24> common_abbreviations{{
    {"tmu", {"teknik", "miljø", ""}},
    {"tm", {"teknik", "miljø", ""}},
    {"mtu", {"miljø", "teknik", ""}},
    {"ptu", {"plan", "teknik", ""}},
    {"pmu", {"plan", "miljø", ""}},
    {"ktu", {"klima", "teknik", ""}},
    {"kmu", {"klima", "miljø", ""}},
    {"bsu", {"børn", "skole", ""}},
    {"buu", {"børn", "unge", ""}},
    {"buf", {"børn", "unge", ""}},
    {"bfu", {"børn", "familie", ""}},
    {"bku", {"børn", "kultur", ""}},
    {"ssu", {"social", "sundhed", ""}},
    {"sou", {"social", "omsorg", ""}},
    {"sæu", {"sundhed", "ældre", ""}},
    {"æsu", {"ældre", "sundhed", ""}},
    {"shu", {"social", "handicap", ""}},
    {"kfu", {"kultur", "fritid", ""}},
    {"kif", {"kultur", "idræt", "fritid"}},
    {"amu", {"arbejdsmarked", "", ""}},
    {"beu", {"beskæftigelse", "erhverv", ""}},
    {"eau", {"erhverv", "arbejdsmarked", ""}},
    {"ebu", {"erhverv", "beskæftigelse", ""}},
    {"ubu", {"uddannelse", "børn", ""}},
}};

}  // namespace raadbot::danish
