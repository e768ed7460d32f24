// The words that say that an item, a part of the agenda or a text is closed for the public.
#include <algorithm>
#include <array>

#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/meeting_words_shared.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

/// "Punkttype: Lukket", "Offentlig: Nej". Of any label it would close the library on Mondays.
bool label_says_closed(std::string_view name) {
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) return false;
    const std::string_view label = trim(name.substr(0, colon));
    const std::string_view value = trim(name.substr(colon + 1));
    static constexpr auto kinds = std::to_array<std::string_view>(
        {"punkttype", "type", "status", "adgang", "adgangsniveau", "offentlighed", "sagstype",
         "dagsordenstype", "punktets status", "åben/lukket", "åbent/lukket", "åbent eller lukket",
         "punkt", "sag", "publicering", "behandling", "fortrolighed"});
    static constexpr auto open =
        std::to_array<std::string_view>({"offentlig", "offentligt", "åben", "åbent", "åben sag",
                                         "åbent punkt", "publiceres", "offentliggøres"});
    static constexpr auto shut = std::to_array<std::string_view>(
        {"lukket", "lukket lukket", "lukket punkt", "lukket sag", "fortrolig", "fortroligt",
         "ikke offentlig", "ikke offentligt", "ikke-offentlig", "lukkede døre"});
    const auto in = [](std::string_view word, const auto& list) {
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    return (in(label, kinds) && in(value, shut)) ||
           (in(label, open) && (value == "nej" || in(value, shut))) ||
           (in(label, shut) && value == "ja");
}

}  // namespace

bool says_closed(std::string_view text) {
    std::string name = lower(tidy(text));
    while (!name.empty() && (name.back() == '.' || name.back() == ':' || name.back() == ' '))
        name.pop_back();
    static constexpr auto whole =
        std::to_array<std::string_view>({"lukket",
                                         "lukket punkt",
                                         "lukket sag",
                                         "punktet er lukket",
                                         "sagen er lukket",
                                         "lukket dagsordenspunkt",
                                         "beslutning ikke frigivet",
                                         "beslutningen er ikke frigivet",
                                         "ikke offentlig",
                                         "ikke offentligt",
                                         "ikke-offentlig",
                                         "ikke-offentligt",
                                         "behandles for lukkede døre",
                                         "behandlet for lukkede døre",
                                         "fortrolig",
                                         "fortroligt",
                                         "dette punkt er lukket",
                                         "lukket for offentligheden",
                                         "punktet behandles for lukkede døre",
                                         "lukket behandling"});
    if (std::find(whole.begin(), whole.end(), name) != whole.end()) return true;
    if (label_says_closed(name)) return true;
    for (const std::string_view start : {"behandles for lukkede døre",
                                         "behandlet for lukkede døre",
                                         "behandles lukket",
                                         "punktet behandles for lukkede døre",
                                         "sagen behandles for lukkede døre",
                                         "punktet er ikke offentlig",
                                         "sagen er ikke offentlig",
                                         "punktet er lukket",
                                         "punktet er fortroligt",
                                         "sagen er fortrolig",
                                         "lukket punkt",
                                         "lukket sag:",
                                         "lukket sag -",
                                         "lukket:",
                                         "(lukket",
                                         "[lukket",
                                         "lukket - ",
                                         "lukket – ",
                                         "beslutning ikke frigivet",
                                         "lukket dagsordenspunkt",
                                         "fortroligt punkt",
                                         "fortrolig sag"}) {
        if (name.starts_with(start)) return true;
    }
    for (const std::string_view end :
         {"(lukket)", "(lukket punkt)", "(lukket sag)", "[lukket]", "- lukket", "– lukket",
          "(fortrolig)", "(fortroligt)", "(lukket dør)", "(lukkede døre)", "- lukket punkt",
          "(lukket for offentligheden)"}) {
        if (name.ends_with(end)) return true;
    }
    return false;
}

bool opens_closed_part(std::string_view heading) {
    const std::string name = bare(heading);
    if (word_count(name) > 6) return false;
    static constexpr auto starts = std::to_array<std::string_view>(
        {"lukket dagsorden", "lukkede punkter", "lukket referat", "lukket møde", "lukkede sager",
         "lukket del", "lukkede dagsordenspunkter", "punkter for lukkede døre",
         "sager for lukkede døre", "lukkede døre"});
    return std::any_of(starts.begin(), starts.end(),
                       [&](auto start) { return name.starts_with(start); });
}

bool opens_public_part(std::string_view heading) {
    const std::string name = bare(heading);
    if (word_count(name) > 6) return false;
    static constexpr auto starts = std::to_array<std::string_view>(
        {"åben dagsorden", "åbne punkter", "åbent referat", "åbent møde", "åbne sager", "åben del",
         "åbne dagsordenspunkter", "offentlige punkter", "punkter for åbne døre"});
    return std::any_of(starts.begin(), starts.end(),
                       [&](auto start) { return name.starts_with(start); });
}

}  // namespace raadbot::ingest
