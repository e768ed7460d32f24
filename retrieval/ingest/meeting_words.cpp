#include "retrieval/ingest/meeting_words.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "retrieval/ingest/meeting_words_shared.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

using Name = std::pair<std::string_view, Section>;

// Longest first within a family, so that "beslutningstema" is not taken for "beslutning".
constexpr auto section_names = std::to_array<Name>({
    {"beslutningstema", Section::resume},
    {"beslutningsgrundlag", Section::sagsfremstilling},
    {"beslutningskompetence", Section::lovgrundlag},
    {"beslutningen træffes af", Section::lovgrundlag},
    {"beslutningsproces", Section::sagsfremstilling},
    {"beslutningsprotokol", Section::text},
    {"beslutningsdygtighed", Section::text},
    {"resume", Section::resume},
    {"resumé", Section::resume},
    {"resumè", Section::resume},
    {"kort resume", Section::resume},
    {"kort resumé", Section::resume},
    {"sagsresume", Section::resume},
    {"sagsresumé", Section::resume},
    {"sammendrag", Section::resume},
    {"sammenfatning", Section::resume},
    {"problemstilling", Section::resume},
    {"sagens kerne", Section::resume},
    {"kort fortalt", Section::resume},
    {"sagen kort", Section::resume},
    {"kort om sagen", Section::resume},
    {"anledning", Section::resume},
    {"hvad drejer sagen sig om", Section::resume},
    {"formål", Section::resume},
    {"indledning", Section::resume},
    {"emne", Section::resume},
    {"sagens formål", Section::resume},
    {"introduktion", Section::resume},
    {"sagsfremstilling", Section::sagsfremstilling},
    {"sagsbeskrivelse", Section::sagsfremstilling},
    {"sagsredegørelse", Section::sagsfremstilling},
    {"supplerende sagsfremstilling", Section::sagsfremstilling},
    {"supplerende sagsbeskrivelse", Section::sagsfremstilling},
    {"beskrivelse af sagen", Section::sagsfremstilling},
    {"fremstilling", Section::sagsfremstilling},
    {"redegørelse", Section::sagsfremstilling},
    {"sagens opståen", Section::sagsfremstilling},
    {"sagens indhold", Section::sagsfremstilling},
    {"sagens baggrund", Section::sagsfremstilling},
    {"baggrund", Section::sagsfremstilling},
    {"historik", Section::sagsfremstilling},
    {"sagsforløb", Section::sagsfremstilling},
    {"sagens forløb", Section::sagsfremstilling},
    {"forhistorie", Section::sagsfremstilling},
    {"sagens historik", Section::sagsfremstilling},
    {"tidligere behandling", Section::sagsfremstilling},
    {"tidligere beslutninger", Section::sagsfremstilling},
    {"løsning", Section::sagsfremstilling},
    {"løsningsforslag", Section::sagsfremstilling},
    {"vurdering", Section::sagsfremstilling},
    {"forvaltningens vurdering", Section::sagsfremstilling},
    {"administrationens vurdering", Section::sagsfremstilling},
    {"forvaltningens bemærkninger", Section::sagsfremstilling},
    {"administrationens bemærkninger", Section::sagsfremstilling},
    {"uddybning", Section::sagsfremstilling},
    {"uddybende sagsfremstilling", Section::sagsfremstilling},
    {"videre proces", Section::sagsfremstilling},
    {"den videre proces", Section::sagsfremstilling},
    {"videre forløb", Section::sagsfremstilling},
    {"det videre forløb", Section::sagsfremstilling},
    {"tidsplan", Section::sagsfremstilling},
    {"proces", Section::sagsfremstilling},
    {"kommunikation", Section::sagsfremstilling},
    {"personale", Section::sagsfremstilling},
    {"personalemæssige konsekvenser", Section::sagsfremstilling},
    {"klima", Section::sagsfremstilling},
    {"klima og bæredygtighed", Section::sagsfremstilling},
    {"bæredygtighed", Section::sagsfremstilling},
    {"miljøvurdering", Section::sagsfremstilling},
    {"sundhed", Section::sagsfremstilling},
    {"alternativer", Section::sagsfremstilling},
    {"økonomi", Section::okonomi},
    {"økonomiske konsekvenser", Section::okonomi},
    {"økonomiske konsekvenser og finansiering", Section::okonomi},
    {"økonomiske forhold", Section::okonomi},
    {"økonomi og personale", Section::okonomi},
    {"økonomiske og personalemæssige konsekvenser", Section::okonomi},
    {"økonomiske oplysninger", Section::okonomi},
    {"sagens økonomi", Section::okonomi},
    {"økonomisk påvirkning", Section::okonomi},
    {"finansiering", Section::okonomi},
    {"bevilling", Section::okonomi},
    {"bevillingsmæssige konsekvenser", Section::okonomi},
    {"bevillingsmæssig påtegning", Section::okonomi},
    {"budgetmæssige konsekvenser", Section::okonomi},
    {"økonomi og finansiering", Section::okonomi},
    {"afledt drift", Section::okonomi},
    {"høring", Section::horing},
    {"høringer", Section::horing},
    {"høringssvar", Section::horing},
    {"høring og inddragelse", Section::horing},
    {"høringsparter", Section::horing},
    {"borgerinddragelse", Section::horing},
    {"inddragelse", Section::horing},
    {"inddragelse og høring", Section::horing},
    {"partshøring", Section::horing},
    {"udtalelser", Section::horing},
    {"offentlig høring", Section::horing},
    {"borgerinddragelse og høring", Section::horing},
    {"medinddragelse", Section::horing},
    {"lovgrundlag", Section::lovgrundlag},
    {"retsgrundlag", Section::lovgrundlag},
    {"hjemmel", Section::lovgrundlag},
    {"lovhjemmel", Section::lovgrundlag},
    {"regelgrundlag", Section::lovgrundlag},
    {"lov- og plangrundlag", Section::lovgrundlag},
    {"retligt grundlag", Section::lovgrundlag},
    {"lovgivning", Section::lovgrundlag},
    {"juridiske forhold", Section::lovgrundlag},
    {"indstilling", Section::indstilling},
    {"indstillinger", Section::indstilling},
    {"indstilling til beslutning", Section::indstilling},
    {"forslag til beslutning", Section::indstilling},
    {"forslag", Section::indstilling},
    {"anbefaling", Section::indstilling},
    {"det indstilles", Section::indstilling},
    {"bilag", Section::bilag},
    {"bilagsliste", Section::bilag},
    {"vedhæftede filer", Section::bilag},
    {"vedhæftede bilag", Section::bilag},
    {"vedlagte bilag", Section::bilag},
    {"vedhæftninger", Section::bilag},
    {"dokumenter", Section::bilag},
    {"filer", Section::bilag},
    {"aktive bilag", Section::bilag},
    {"bilag til sagen", Section::bilag},
    {"bilag til punktet", Section::bilag},
    {"link til bilag", Section::bilag},
});

constexpr auto attendance_names = std::to_array<std::string_view>({"deltagere",
                                                                   "medlemmer",
                                                                   "til stede",
                                                                   "tilstede",
                                                                   "tilstedeværende",
                                                                   "mødedeltagere",
                                                                   "fremmødte",
                                                                   "fremmøde",
                                                                   "fraværende",
                                                                   "afbud",
                                                                   "fravær",
                                                                   "fraværende med afbud",
                                                                   "afbud/fraværende",
                                                                   "fraværende/afbud",
                                                                   "deltog ikke",
                                                                   "øvrige deltagere",
                                                                   "mødt",
                                                                   "ikke mødt",
                                                                   "udvalgsmedlemmer",
                                                                   "mødte",
                                                                   "forfald",
                                                                   "stedfortrædere",
                                                                   "deltagere i mødet",
                                                                   "afbud fra",
                                                                   "sekretær",
                                                                   "fra forvaltningen"});

constexpr auto proposers = std::to_array<std::string_view>(
    {"forvaltningen", "administrationen", "direktionen", "borgmesteren", "magistraten",
     "direktøren", "chefen", "centret", "centeret", "center", "sekretariatet", "afdelingen",
     "kommunaldirektøren", "området"});

/// "KMB IT-udvalgets beslutning den 4. maj", "Grønt Råds beslutning den ...": towns name their
/// bodies as they please, so all of the name counts that is written as one. Empty for none.
std::string named_before_decision(std::string_view heading, std::string_view body) {
    const std::size_t word = heading.find(" beslutning den ");
    if (word == std::string_view::npos || word < 3 || heading[word - 1] != 's') return {};
    const std::string_view name = heading.substr(0, word - 1);
    const std::size_t known = body.empty() ? name.size() : name.find(body);
    if (known == std::string_view::npos || word_count(name) > 8) return {};
    for (std::size_t at = 0; at < known;) {
        const std::size_t end = std::min(name.find(' ', at), name.size());
        const std::string_view one = name.substr(at, end - at);
        if (!upper_at(one, 0) && one != "og" && one != "for") return {};
        at = end + 1;
    }
    return std::string(name);
}

bool is_decision(std::string_view name) {
    for (const std::string_view word :
         {"beslutning", "beslutninger", "beslutningen", "afgørelse", "vedtagelse"}) {
        if (has_word(name, word)) return true;
    }
    return false;
}

}  // namespace

std::optional<SectionName> section_named(std::string_view heading, bool exact) {
    const std::string name = bare(heading);
    if (name.empty() || word_count(name) > 18) return std::nullopt;
    SectionName found;
    for (const auto& [known, section] : section_names) {
        if (name == known) {
            found.section = section;
            return section == Section::text ? std::nullopt : std::optional(found);
        }
    }
    for (const auto known : attendance_names) {
        if (name == known || (name.starts_with(known) && name.size() > known.size() &&
                              name[known.size()] == ' ' && !exact && word_count(name) <= 5)) {
            found.section = Section::deltagere;
            return found;
        }
    }
    found.body = body_in(heading);
    if (std::string name_of = named_before_decision(heading, found.body); !name_of.empty())
        found.body = std::move(name_of);
    if (const auto date = find_date(heading)) found.date = date->date;
    // "Beslutning i Byrådet den 28. maj 2024", "Økonomiudvalgets beslutning, 12-03-2024",
    // "Beslutning"
    if (name.starts_with("beslutning") || is_decision(name)) {
        const bool bare_word = name == "beslutning" || name == "beslutninger" ||
                               name == "beslutningen" || name == "afgørelse" ||
                               name == "vedtagelse" || name == "udvalgets beslutning" ||
                               name == "rådets beslutning" || name == "offentliggjort beslutning";
        const bool of_body =
            is_decision(name) && (!found.body.empty() || found.date) && word_count(name) <= 16;
        const bool of_item =
            (name.starts_with("beslutning for") || name.starts_with("beslutning til") ||
             name.starts_with("beslutning vedr")) &&
            word_count(name) <= 16;
        if (bare_word || of_body || (of_item && !exact)) {
            // "Forslag til beslutning" was taken above; "anmodning om beslutning i ..." is prose.
            const std::size_t at = name.find("beslutning");
            if (exact && at > 0) {
                // As a line of its own only "Økonomiudvalgets beslutning ..." will do: the body,
                // then the word.
                const std::string body = lower(found.body);
                if (body.empty() || !name.starts_with(body)) return std::nullopt;
                const std::string rest = name.substr(body.size());
                if (!rest.starts_with("s beslutning") && !rest.starts_with(" beslutning") &&
                    !rest.starts_with("s afgørelse")) {
                    return std::nullopt;
                }
            }
            if (exact && std::string_view(heading).ends_with('.')) return std::nullopt;
            found.section = Section::beslutning;
            return found;
        }
    }
    found.date.reset();
    if (has_word(name, "indstilling") || has_word(name, "indstiller") ||
        has_word(name, "foreslår") || has_word(name, "anbefaler") || has_word(name, "anbefaling") ||
        has_word(name, "indstillinger")) {
        const bool proposes =
            !found.body.empty() || std::any_of(proposers.begin(), proposers.end(), [&](auto who) {
                return name.find(who) != std::string::npos;
            });
        const bool first = name.starts_with("indstilling");
        // By itself "Direktionen indstiller, at sagen udsættes" is a proposal already, not the name
        // of one.
        static constexpr auto ends = std::to_array<std::string_view>(
            {"indstiller", "indstiller at", "indstiller, at", "foreslår", "foreslår at",
             "foreslår, at", "anbefaler", "anbefaler at", "anbefaler, at", "indstilling",
             "anbefaling", "indstillinger"});
        const bool open_end =
            std::any_of(ends.begin(), ends.end(), [&](auto end) { return name.ends_with(end); });
        if (exact && !open_end) return std::nullopt;
        if ((proposes || first) && word_count(name) <= (exact ? 5U : 8U)) {
            found.section = Section::indstilling;
            return found;
        }
    }
    if (exact) return std::nullopt;
    for (const auto& [known, section] : section_names) {
        if (section == Section::text || !name.starts_with(known)) continue;
        if (is_letter(name, known.size()) || word_count(name) > 7) continue;
        // A heading "Bilag 3: Trafiktælling" or "Forslag om nye busser" is a subject, not a
        // section.
        if (section == Section::bilag && name.size() > known.size() && name[known.size()] == ' ' &&
            name.find('(') == std::string::npos) {
            continue;
        }
        if (known == "forslag" || known == "emne" || known == "klima" || known == "sundhed" ||
            known == "personale" || known == "proces" || known == "anbefaling") {
            continue;
        }
        found.section = section;
        found.body.clear();
        return found;
    }
    return std::nullopt;
}

std::size_t leading_section_name(std::string_view text, std::size_t& next) {
    const std::size_t colon = text.substr(0, 120).find(':');
    if (colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
        section_named(text.substr(0, colon), true)) {
        next = colon + 1;
        return colon;
    }
    // Exports of case systems glue the name to the text: "SammendragDer søges om ..."
    const std::string start = lower(text.substr(0, 40));
    for (const auto& [known, section] : section_names) {
        if (section == Section::text || known.size() < 5 || !start.starts_with(known)) continue;
        if (upper_at(text, known.size()) && upper_at(text, 0) && !upper_at(text, 1)) {
            next = known.size();
            return known.size();
        }
    }
    return 0;
}

std::optional<ItemHeading> item_heading(std::string_view raw) {
    const std::string text = tidy(raw);
    if (text.empty() || text.size() > 300) return std::nullopt;
    const std::string low = lower(text);
    ItemHeading item;
    std::size_t at = 0;
    const auto skip = [&](std::string_view word) {
        if (!std::string_view(low).substr(at).starts_with(word)) return false;
        at += word.size();
        while (at < low.size() && low[at] == ' ') ++at;
        return true;
    };
    if (skip("lukket ") || skip("(lukket) ") || skip("lukket: ")) item.closed = true;
    if (!item.closed) static_cast<void>(skip("åbent ") || skip("åben "));
    item.named = skip("dagsordenspunkt") || skip("punkt") || skip("pkt.") || skip("pkt ") ||
                 skip("sag nr.") || skip("sag nr ");
    if (item.named) static_cast<void>(skip("nr.") || skip("nummer") || skip("nr "));
    // "L2." numbers the second closed item.
    if (low.size() > at + 2 && low[at] == 'l' && low[at + 1] >= '0' && low[at + 1] <= '9' &&
        low.find_first_of(".):", at) < at + 5) {
        item.closed = true;
        ++at;
    }
    const std::size_t begin = at;
    while (at < low.size() && low[at] >= '0' && low[at] <= '9') ++at;
    if (at == begin || at - begin > 3) return std::nullopt;
    if (at < low.size() && low[at] >= 'a' && low[at] <= 'd' &&
        (at + 1 == low.size() || !is_letter(low, at + 1)))
        ++at;
    item.number = text.substr(begin, at - begin);
    const bool marked = at < text.size() && (text[at] == '.' || text[at] == ')' || text[at] == ':');
    if (!item.named && at < text.size() && !marked && text[at] != ' ') return std::nullopt;
    while (at < text.size() &&
           (text[at] == '.' || text[at] == ')' || text[at] == ':' || text[at] == ' ' ||
            text[at] == '-' || std::string_view(text).substr(at).starts_with("\xE2\x80\x93"))) {
        at += text[at] == '\xE2' ? 3U : 1U;
    }
    std::string_view title = trim(std::string_view(text).substr(at));
    // "3. Punkt Ny skole": the label twice.
    for (const std::string_view label : {"Punkt ", "Punkt: ", "Pkt. "}) {
        if (item.named || !title.starts_with(label) || !upper_at(title, label.size())) continue;
        title = trim(title.substr(label.size()));
        item.named = true;
    }
    if (lower(title).starts_with("(lukket")) item.closed = true;
    // A tag set behind the title: "Køb af grund Lukket". "Vejen er lukket" is a title.
    for (const std::string_view tag : {" Lukket", " Lukket punkt", " Lukket sag", " LUKKET"}) {
        if (!title.ends_with(tag)) continue;
        title = trim(title.substr(0, title.size() - tag.size()));
        item.closed = true;
    }
    if (title.ends_with(" Åbent")) title = trim(title.substr(0, title.size() - 7));
    for (const std::string_view mark :
         {"(åben sag)", "(åbent)", "(åben)", "(offentlig)", "- åben", "- åbent"}) {
        if (lower(title).ends_with(mark)) title = trim(title.substr(0, title.size() - mark.size()));
    }
    item.title = std::string(title);
    if (!item.named) {
        if (item.title.empty() || !upper_at(item.title, 0)) {
            // A title may open with a quote or a lower-case name, but not with a unit or a month.
            if (item.title.empty() || !marked || find_date(text)) return std::nullopt;
        }
        if (find_date(text) && find_date(text)->begin == 0) return std::nullopt;
        if (word_count(item.title) > 35) return std::nullopt;
    }
    item.closed = item.closed || says_closed(item.title);
    return item;
}

}  // namespace raadbot::ingest
