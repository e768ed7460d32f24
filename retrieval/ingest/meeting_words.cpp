#include "retrieval/ingest/meeting_words.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

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

std::string bare(std::string_view heading) {
    std::string name = lower(tidy(heading));
    while (!name.empty() &&
           (name.back() == ':' || name.back() == '.' || name.back() == ' ' || name.back() == '-')) {
        name.pop_back();
    }
    // "4. Indstilling", "a) Baggrund"
    std::size_t at = 0;
    while (at < name.size() && name[at] >= '0' && name[at] <= '9') ++at;
    if (at > 0 && at < name.size() && (name[at] == '.' || name[at] == ')'))
        name = trim(name.substr(at + 1));
    return name;
}

bool is_letter(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    const auto byte = static_cast<unsigned char>(text[at]);
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

bool is_decision(std::string_view name) {
    for (const std::string_view word :
         {"beslutning", "beslutninger", "beslutningen", "afgørelse", "vedtagelse"}) {
        if (has_word(name, word)) return true;
    }
    return false;
}

bool upper_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return false;
    if (text[at] >= 'A' && text[at] <= 'Z') return true;
    const std::string_view two = text.substr(at, 2);
    return two == "Æ" || two == "Ø" || two == "Å" || two == "É";
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

std::string body_in(std::string_view raw) {
    const std::string text = tidy(raw);
    struct Word {
        std::size_t begin;
        std::size_t end;
    };
    std::vector<Word> words;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ') {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < text.size() && text[at] != ' ') ++at;
        words.push_back({begin, at});
    }
    static constexpr auto endings = std::to_array<std::string_view>({"udvalget",
                                                                     "udvalg",
                                                                     "rådet",
                                                                     "råd",
                                                                     "bestyrelsen",
                                                                     "bestyrelse",
                                                                     "repræsentationen",
                                                                     "magistraten",
                                                                     "kommissionen",
                                                                     "nævnet",
                                                                     "udvalgets",
                                                                     "rådets",
                                                                     "bestyrelsens",
                                                                     "repræsentationens",
                                                                     "magistratens",
                                                                     "nævnets",
                                                                     "udvalgs",
                                                                     "kommissionens",
                                                                     "forum",
                                                                     "parlamentet"});
    const auto word_at = [&](std::size_t index) {
        std::string_view word = std::string_view(text).substr(
            words[index].begin, words[index].end - words[index].begin);
        while (!word.empty() && (word.back() == ',' || word.back() == '.' || word.back() == ':' ||
                                 word.back() == ')')) {
            word.remove_suffix(1);
        }
        while (word.starts_with('(')) word.remove_prefix(1);
        return word;
    };
    for (std::size_t index = 0; index < words.size(); ++index) {
        const std::string_view word = word_at(index);
        const std::string low = lower(word);
        const bool ends = std::any_of(endings.begin(), endings.end(), [&](auto ending) {
            return low.ends_with(ending) && (upper_at(word, 0) || low.size() > ending.size());
        });
        // "udvalget" in running text names no body; "Udvalget for Børn" does.
        if (!ends || (!upper_at(word, 0) && (index == 0 || !word_at(index - 1).ends_with("og"))))
            continue;
        std::size_t first = index;
        while (first > 0) {
            const std::string_view before = word_at(first - 1);
            const std::string low_before = lower(before);
            const bool comma = words[first - 1].begin + before.size() < words[first - 1].end;
            if (low_before == "og" && first > 1) {
                const std::string_view earlier = word_at(first - 2);
                if (!upper_at(earlier, 0)) break;
                first -= 2;
                continue;
            }
            if (before.ends_with('-') && upper_at(before, 0)) {
                --first;
                continue;
            }
            if (first < index && comma && upper_at(before, 0)) {
                --first;
                continue;
            }
            break;
        }
        std::size_t last = index;
        std::string name = text.substr(words[first].begin, words[last].begin - words[first].begin) +
                           std::string(word);
        if ((low == "udvalg" || low == "udvalgs") && first == index && index > 0 &&
            upper_at(word_at(index - 1), 0)) {
            // "Teknisk Udvalg", "Teknisk Udvalgs"
            return text.substr(words[index - 1].begin,
                               words[index].begin - words[index - 1].begin) +
                   std::string(word.substr(0, 6));
        }
        // "Udvalgets beslutning": a word, not a name.
        if (low == "udvalgets" || low == "udvalgs" || low == "rådet" || low == "rådets" ||
            low == "råd" || low == "bestyrelsen" || low == "bestyrelsens" || low == "nævnet" ||
            low == "nævnets" || low == "forum" || low == "bestyrelse") {
            continue;
        }
        if (low == "udvalget" || low == "udvalg") {
            // "Udvalget for Børn, Unge og Familie"
            if (index + 2 >= words.size() + 0 || lower(word_at(index + 1)) != "for") {
                if (low == "udvalg" || first == index) continue;
            } else {
                last = index + 2;
                while (last + 1 < words.size()) {
                    const std::string_view next = word_at(last + 1);
                    const bool joins = lower(next) == "og" && last + 2 < words.size() &&
                                       upper_at(word_at(last + 2), 0);
                    const bool comma = words[last].begin + word_at(last).size() < words[last].end;
                    if (joins) {
                        last += 2;
                    } else if (comma && upper_at(next, 0) && last + 2 < words.size()) {
                        ++last;
                    } else {
                        break;
                    }
                }
                const std::string_view final_word = word_at(last);
                name = text.substr(words[first].begin, words[last].begin - words[first].begin) +
                       std::string(final_word);
            }
        }
        if (low.ends_with("ets") || low.ends_with("ens")) name.pop_back();
        return name;
    }
    return {};
}

std::string case_number_in(std::string_view text) {
    const std::string low = lower(text);
    for (const std::string_view label :
         {"sagsnummer", "sagsnr", "sags nr", "sags-nr", "sagsid", "sags id", "journalnummer",
          "journalnr", "j.nr", "j. nr", "sagsnr."}) {
        std::size_t at = low.find(label);
        if (at == std::string::npos) continue;
        at += label.size();
        while (at < text.size() && (text[at] == '.' || text[at] == ':' || text[at] == ' ' ||
                                    text[at] == '\n' || text[at] == ';')) {
            ++at;
        }
        std::size_t end = at;
        while (end < text.size() && text[end] != ' ' && text[end] != '\n' && text[end] != ',' &&
               text[end] != ';')
            ++end;
        std::string number(text.substr(at, end - at));
        const bool digits =
            std::any_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (digits && number.size() >= 3 && number.size() <= 40) return number;
    }
    return {};
}

MeetingPaper paper_named(std::string_view text) {
    const std::string low = lower(text);
    const std::size_t minutes =
        std::min({low.find("referat"), low.find("protokol"), low.find("beslutninger fra")});
    const std::size_t agenda = low.find("dagsorden");
    if (minutes == std::string::npos && agenda == std::string::npos) return MeetingPaper::none;
    // "Dagsordener og referater" names a place, not a paper; the paper's own word comes without
    // plural.
    if (agenda != std::string::npos && low.substr(agenda).starts_with("dagsordener")) {
        return paper_named(
            text.substr(std::min(text.size(), low.find("referat", agenda) == std::string::npos
                                                  ? agenda + 11
                                                  : low.find("referat", agenda) + 9)));
    }
    if (minutes < agenda)
        return low.substr(minutes).starts_with("referater") ? MeetingPaper::none
                                                            : MeetingPaper::referat;
    return MeetingPaper::dagsorden;
}

}  // namespace raadbot::ingest
