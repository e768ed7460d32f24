#include "retrieval/danish/body_names.hpp"

#include <algorithm>

#include "retrieval/danish/bodies.hpp"
#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

bool is_council_word(std::string_view key) {
    // A title may stand before or behind ("Egelund Byråd"), so any word of the name decides.
    return one_of(key, {"byrad", "byradet", "byradets", "kommunalbestyrelse", "kommunalbestyrelsen",
                        "kommunalbestyrelsens", "borgerrepraesentation", "borgerrepraesentationen",
                        "borgerrepraesentationens", "council"});
}

}  // namespace

std::optional<std::string> before_udvalg(std::string_view folded) {
    const std::size_t at = folded.rfind("udvalg");
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view tail = folded.substr(at + 6);
    if (!one_of(loose_key(tail), {"", "et", "ets", "ene", "s", "smode", "smodet", "smoder",
                                  "smodets", "sreferat", "sreferatet", "sdagsorden", "smedet"})) {
        return std::nullopt;
    }
    return std::string(folded.substr(0, at));
}

std::string part_stem(std::string_view part) {
    std::string stem(part);
    if (stem == "børne" || stem == "boerne" || stem == "barne") return "børn";
    if (stem == "teknisk" || stem == "tekniske") return "teknik";
    if (stem == "sociale" || stem == "socialt") return "social";
    if (stem == "kulturelle") return "kultur";
    if (stem == "skole" || stem == "skoler") return "skole";
    if (stem == "byen" || stem == "byens") return "by";
    if (stem == "ældres") return "ældre";
    if (stem == "land" || stem == "lands") return "land";
    // A linking s ("sundheds-") or plural r ("byer") goes; short words and "-ss" stay.
    if (stem.size() > 5 && stem.ends_with("s") && !stem.ends_with("ss")) stem.pop_back();
    return stem;
}

CommitteeName committee_name(std::string_view printed) {
    CommitteeName name;
    bool committee = false;
    for (const Piece& piece : pieces(printed)) {
        if (piece.kind != PieceKind::word) {
            if (piece.kind == PieceKind::digits) name.parts.push_back(piece.text);
            continue;
        }
        if (const auto before = before_udvalg(piece.text)) {
            committee = true;
            if (!before->empty() && *before != "under") name.parts.push_back(part_stem(*before));
            continue;
        }
        if (one_of(piece.text, {"og", "for", "i", "det", "den", "de", "stk", "and"})) continue;
        name.parts.push_back(part_stem(piece.text));
    }
    if (!committee) return {};
    for (const std::string& part : name.parts) name.key += part + " ";
    name.key += "udvalg";
    return name;
}

bool same_part(std::string_view part, std::string_view asked) {
    if (part == asked) return true;
    const std::string a = loose_key(part);
    const std::string b = loose_key(asked);
    if (a == b) return true;
    // "skoler"/"skole", "klimaet"/"klima"; one slip in a long word.
    if (a.size() >= 5 && b.size() >= 5 && (a.starts_with(b) || b.starts_with(a)) &&
        (a.size() > b.size() ? a.size() - b.size() : b.size() - a.size()) <= 2) {
        return true;
    }
    return a.size() >= 6 && b.size() >= 6 && edit_distance(a, b, 1) <= 1;
}

bool same_topic(std::string_view part, std::string_view asked) {
    return std::any_of(topic_groups.begin(), topic_groups.end(), [&](const auto& group) {
        const auto in = [&](std::string_view word) {
            return std::any_of(group.begin(), group.end(), [&](std::string_view member) {
                return !member.empty() && same_part(member, word);
            });
        };
        return in(part) && in(asked);
    });
}

std::string body_key(std::string_view printed) {
    const std::vector<Piece> p = pieces(printed);
    const bool whole = std::none_of(p.begin(), p.end(), [](const Piece& piece) {
        return piece.key.find("udvalg") != std::string::npos;
    });
    if (whole && std::any_of(p.begin(), p.end(),
                             [](const Piece& piece) { return is_council_word(piece.key); })) {
        return std::string(council_key);
    }
    const CommitteeName committee = committee_name(printed);
    if (!committee.key.empty()) {
        if (!committee.parts.empty() && committee.parts.front() == "økonomi")
            return std::string(finance_key);
        return committee.key;
    }
    // Councils and boards: "Ældrerådet" -> "ældreråd", "Handicaprådet" -> "handicapråd".
    std::string key;
    for (const Piece& piece : p) {
        if (piece.kind == PieceKind::mark) continue;
        std::string word = piece.text;
        if (word.ends_with("rådets")) {
            word.resize(word.size() - 3);
        } else if (word.ends_with("rådet") || word.ends_with("nævnet")) {
            word.resize(word.size() - 2);
        } else if (word.ends_with("bestyrelsen")) {
            word.pop_back();
        }
        key += (key.empty() ? "" : " ") + word;
    }
    return key;
}

int body_rank(std::string_view key) {
    if (key == council_key) return 3;
    if (key == finance_key) return 2;
    if (key.ends_with("udvalg") && !key.starts_with("med ") && !key.starts_with("hoved")) return 1;
    return 0;
}

}  // namespace raadbot::danish
