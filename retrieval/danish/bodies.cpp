#include "retrieval/danish/bodies.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

constexpr std::string_view council_key = "byråd";
constexpr std::string_view finance_key = "økonomiudvalg";

/// "udvalg", "udvalget", "udvalgets", "udvalgene" as the end of a word; also "udvalgsmøde" and its
/// like. Gives what stands before it.
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

/// The linking form of a name's part back to the word: "børne" -> "børn", "sundheds" -> "sundhed".
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

struct CommitteeName {
    std::string key;
    std::vector<std::string> parts;  ///< Stems, in order: "teknik", "miljø".
};

/// "Teknik- og Miljøudvalget", "Udvalget for Teknik og Miljø" -> parts; empty when it is no
/// committee.
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

bool is_council_word(std::string_view key) {
    // A title may stand before or behind ("Egelund Byråd"), so any word of the name decides.
    return one_of(key, {"byrad", "byradet", "byradets", "kommunalbestyrelse", "kommunalbestyrelsen",
                        "kommunalbestyrelsens", "borgerrepraesentation", "borgerrepraesentationen",
                        "borgerrepraesentationens", "council"});
}

// --- topics, for short names that no committee has ("vejudvalget", "teknisk")
// ----------------------

constexpr std::array<std::array<std::string_view, 14>, 7> topic_groups{{
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
constexpr std::array<EnglishTopic, 31> english_topics{{
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
constexpr std::array<CommonAbbreviation, 24> common_abbreviations{{
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

class BodyReader {
public:
    BodyReader(std::string_view question, const std::vector<std::string>& known)
        : question_(question), p_(pieces(question)) {
        for (const std::string& name : known) {
            if (body_key(name) == council_key || body_key(name) == finance_key) continue;
            CommitteeName committee = committee_name(name);
            if (committee.key.empty()) {
                const std::string key = body_key(name);
                if (!key.empty()) others_.push_back(key);
                continue;
            }
            const bool twice =
                std::any_of(known_.begin(), known_.end(),
                            [&](const CommitteeName& other) { return other.key == committee.key; });
            if (!twice) known_.push_back(std::move(committee));
        }
        shouting_ = std::none_of(question.begin(), question.end(),
                                 [](char c) { return c >= 'a' && c <= 'z'; });
    }

    std::vector<BodyMention> read() {
        std::size_t i = 0;
        while (i < p_.size()) {
            std::size_t next = read_full_name(i);
            if (next == 0) next = read_council(i);
            if (next == 0) next = read_finance(i);
            if (next == 0) next = read_other(i);
            if (next == 0) next = read_abbreviation(i);
            if (next == 0) next = read_short_name(i);
            if (next == 0) next = read_english(i);
            i = next == 0 ? i + 1 : next;
        }
        return std::move(found_);
    }

private:
    [[nodiscard]] std::string_view key(std::size_t i) const {
        return i < p_.size() ? std::string_view(p_[i].key) : std::string_view();
    }
    [[nodiscard]] std::string_view original(std::size_t i) const {
        return question_.substr(p_[i].begin, p_[i].end - p_[i].begin);
    }
    [[nodiscard]] bool capitals(std::size_t i) const {
        const std::string_view word = original(i);
        return !shouting_ &&
               std::none_of(word.begin(), word.end(),
                            [](char c) { return c >= 'a' && c <= 'z'; }) &&
               word.find("ø") == std::string_view::npos &&
               word.find("æ") == std::string_view::npos && word.find("å") == std::string_view::npos;
    }

    std::size_t add(std::string_view body, std::size_t from, std::size_t to) {
        found_.push_back({std::string(body), p_[from].begin, p_[to - 1].end});
        return to;
    }

    std::size_t read_council(std::size_t i) {
        if (p_[i].kind != PieceKind::word) return 0;
        const std::string& word = p_[i].key;
        constexpr std::array<std::string_view, 23> forms{"byrad",
                                                         "byradet",
                                                         "byradets",
                                                         "byrads",
                                                         "byradsmode",
                                                         "byradsmodet",
                                                         "byradsmoder",
                                                         "byradsmoderne",
                                                         "byradsreferat",
                                                         "byradsdagsorden",
                                                         "byradsdagsordenen",
                                                         "byradsbeslutning",
                                                         "kommunalbestyrelse",
                                                         "kommunalbestyrelsen",
                                                         "kommunalbestyrelsens",
                                                         "kommunalbestyrelsesmode",
                                                         "kommunalbestyrelsesmodet",
                                                         "kommunalbestyrelsesmoder",
                                                         "borgerrepraesentation",
                                                         "borgerrepraesentationen",
                                                         "borgerrepraesentationens",
                                                         "byradsmodets",
                                                         "byradsbehandling"};
        for (const std::string_view form : forms) {
            if (word == form ||
                (word.size() >= 5 && form.size() >= 5 && edit_distance(word, form, 1) <= 1)) {
                std::size_t next = i + 1;
                if (one_of(key(next), {"mode", "modet", "moder"})) ++next;
                return add(council_key, i, next);
            }
        }
        if (one_of(word, {"city", "town", "municipal", "local", "the"}) &&
            one_of(key(i + 1), {"council", "councils", "council's"}) &&
            !one_of(key(i + 2), {"member", "members"})) {
            return add(council_key, i, i + 2);
        }
        if (one_of(word, {"council", "council's"}) && !one_of(key(i + 1), {"member", "members"}))
            return add(council_key, i, i + 1);
        if (one_of(word, {"kb", "br"}) && (word == "kb" || capitals(i)))
            return add(council_key, i, i + 1);
        if (word == "by" && capitals(i)) return add(council_key, i, i + 1);
        return 0;
    }

    std::size_t read_finance(std::size_t i) {
        if (p_[i].kind != PieceKind::word) return 0;
        const std::string& word = p_[i].key;
        if (word == "ou" && p_[i].text != "ou") return add(finance_key, i, i + 1);
        if (word == "ok" && p_[i].text == "øk" && capitals(i)) return add(finance_key, i, i + 1);
        for (const std::string_view form : {"okonomiudvalg", "okonomiudvalget", "okonomiudvalgets",
                                            "okonomiudvalgsmode", "okonomiudvalgsmodet"}) {
            if (word == form || edit_distance(word, form, 1) <= 1)
                return add(finance_key, i, i + 1);
        }
        if (word == "okonomi" && key(i + 1).starts_with("udvalg"))
            return add(finance_key, i, i + 2);
        // "Økonomi- og Erhvervsudvalget": the statutory committee with a longer name.
        if (word == "okonomi") {
            std::size_t next = i + 1;
            if (key(next) == "-") ++next;
            if (key(next) == "og" && next + 1 < p_.size() && before_udvalg(p_[next + 1].text))
                return add(finance_key, i, next + 2);
        }
        if (one_of(word, {"finance", "financial", "economic", "economy"}) &&
            key(i + 1) == "committee")
            return add(finance_key, i, i + 2);
        return 0;
    }

    /// "Ældrerådet" and other printed names that are no committee.
    std::size_t read_other(std::size_t i) {
        if (p_[i].kind != PieceKind::word) return 0;
        for (const std::string& other : others_) {
            if (other.find(' ') == std::string::npos) {
                if (body_key(p_[i].text) == other) return add(other, i, i + 1);
                continue;
            }
            std::size_t next = i;
            std::string_view rest = other;
            bool all = true;
            while (all) {
                while (next < p_.size() && p_[next].kind == PieceKind::mark) ++next;
                const std::size_t blank = rest.find(' ');
                all = next < p_.size() && body_key(p_[next].text) == rest.substr(0, blank);
                ++next;
                if (blank == std::string_view::npos) break;
                rest.remove_prefix(blank + 1);
            }
            if (all) return add(other, i, next);
        }
        return 0;
    }

    /// All parts of a known committee's name in order; "udvalget" may be missing when there are
    /// several parts.
    std::size_t read_full_name(std::size_t i) {
        if (p_[i].kind != PieceKind::word) return 0;
        std::size_t best_next = 0;
        std::size_t best_parts = 0;
        const CommitteeName* best = nullptr;
        for (const CommitteeName& committee : known_) {
            std::size_t next = i;
            // "udvalget for teknik og miljø"
            bool said = false;
            if (key(next).starts_with("udvalg") && key(next + 1) == "for") {
                said = true;
                next += 2;
            }
            std::size_t matched = 0;
            while (matched < committee.parts.size() && next < p_.size()) {
                while (matched > 0 && next < p_.size() &&
                       one_of(p_[next].text, {"-", ",", "og", "&", "/", "and"}))
                    ++next;
                if (next >= p_.size()) break;
                const auto joined = before_udvalg(p_[next].text);
                const std::string stem = part_stem(joined ? *joined : p_[next].text);
                if (!same_part(committee.parts[matched], stem)) break;
                ++matched;
                ++next;
                if (joined) {
                    said = true;
                    break;
                }
            }
            if (matched != committee.parts.size() || matched == 0) continue;
            if (!said && key(next).starts_with("udvalg")) {
                said = true;
                ++next;
            }
            if (!said && matched < 2) continue;
            if (matched > best_parts) {
                best_parts = matched;
                best_next = next;
                best = &committee;
            }
        }
        if (best == nullptr) return 0;
        return add(best->key, i, best_next);
    }

    std::size_t read_abbreviation(std::size_t i) {
        if (p_[i].kind != PieceKind::word) return 0;
        const std::string& word = p_[i].text;
        std::size_t letters = 0;
        for (const char c : word) letters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
        if (letters < 2 || letters > 5) return 0;
        // Two letters, and words of the language ("med", "alu"), count only in capitals.
        const bool loud = capitals(i);
        if (!loud && (letters == 2 || is_stop_word(word))) return 0;
        for (const CommitteeName& committee : known_) {
            std::string initials;
            std::string with_joined;
            for (const std::string& part : committee.parts) {
                const std::string first =
                    part.substr(0, (static_cast<unsigned char>(part[0]) >= 0xC0) ? 2 : 1);
                initials += first;
                with_joined += part == "arbejdsmarked" ? "am" : first;
            }
            // "TMU" as "Teknik- og Miljøudvalget", "UTM" as "Udvalget for Teknik og Miljø".
            if (word == initials + "u" || word == with_joined + "u" || word == "u" + initials ||
                (letters >= 3 && word == initials)) {
                return add(committee.key, i, i + 1);
            }
        }
        for (const CommonAbbreviation& abbreviation : common_abbreviations) {
            if (abbreviation.letters != word) continue;
            std::vector<std::string> asked;
            for (const std::string_view part : abbreviation.parts) {
                if (!part.empty()) asked.emplace_back(part);
            }
            if (known_.empty()) {
                std::string made;
                for (const std::string& part : asked) made += part + " ";
                return add(made + "udvalg", i, i + 1);
            }
            return add_best(asked, i, i + 1);
        }
        return 0;
    }

    /// The known committee(s) nearest to the asked parts: same words first, then the same field.
    std::size_t add_best(const std::vector<std::string>& asked, std::size_t from, std::size_t to) {
        std::size_t best = 0;
        std::vector<const CommitteeName*> winners;
        for (const CommitteeName& committee : known_) {
            std::size_t score = 0;
            for (const std::string& wanted : asked) {
                std::size_t points = 0;
                for (std::size_t part = 0; part < committee.parts.size(); ++part) {
                    if (same_part(committee.parts[part], wanted)) {
                        points = std::max<std::size_t>(points, 20);
                    } else if (same_topic(committee.parts[part], wanted)) {
                        points = std::max<std::size_t>(points, part == 0 ? 2 : 1);
                    }
                }
                score += points;
            }
            if (score == 0 || score < best) continue;
            if (score > best) winners.clear();
            best = score;
            winners.push_back(&committee);
        }
        if (winners.empty()) return 0;
        // Two committees with the very word are both meant; two of the same field are a guess: the
        // first.
        const std::size_t many = best >= 20 ? std::min<std::size_t>(winners.size(), 2) : 1;
        for (std::size_t w = 0; w < many; ++w) add(winners[w]->key, from, to);
        return to;
    }

    std::size_t read_short_name(std::size_t i) {
        if (p_[i].kind != PieceKind::word) return 0;
        const std::string& word = p_[i].text;
        // "teknisk udvalg", "teknisk" alone
        if (one_of(word, {"teknisk", "teknisk's"})) {
            std::size_t next = i + 1;
            const bool said = key(next).starts_with("udvalg");
            if (said) ++next;
            const bool alone =
                next >= p_.size() || p_[next].kind != PieceKind::word ||
                is_stop_word(p_[next].text) ||
                one_of(key(next), {"mode", "modet", "besluttede", "vedtog", "den", "sagde",
                                   "besluttet", "i", "mene", "besluttet", "behandle", "behandlet",
                                   "sige", "sagt", "besluttede"});
            if (!said && !alone) return 0;
            if (known_.empty()) return add("teknik udvalg", i, next);
            return add_best({"teknik"}, i, next);
        }
        std::vector<std::string> asked;
        std::size_t begin = i;
        std::size_t next = i + 1;
        if (const auto field = field_of(i)) {
            if (known_.empty()) return add(*field + " udvalg", i, next);
            return add_best({*field}, i, next);
        }
        if (const auto before = before_udvalg(word)) {
            if (before->empty()) {
                if (key(next) != "for" || next + 1 >= p_.size() ||
                    p_[next + 1].kind != PieceKind::word)
                    return 0;
                asked.push_back(part_stem(p_[next + 1].text));
                next += 2;
            } else {
                asked.push_back(part_stem(*before));
            }
        } else if (next + 1 < p_.size() && (key(next) == "-" || key(next) == "og")) {
            // "børne- og skoleudvalget", when no known name has just these parts.
            std::size_t last = next;
            while (last < p_.size() && one_of(key(last), {"-", "og", "&"})) ++last;
            if (last >= p_.size() || last == next) return 0;
            const auto joined = before_udvalg(p_[last].text);
            if (!joined || joined->empty() || key(last - 1) == "-") return 0;
            asked = {part_stem(word), part_stem(*joined)};
            next = last + 1;
        } else if (key(next).starts_with("udvalg") && before_udvalg(p_[next].text) &&
                   is_topic(word)) {
            asked.push_back(part_stem(word));
            ++next;
        } else {
            return 0;
        }
        if (one_of(asked.front(),
                   {"fag", "under", "valg", "hoved", "økonomi", "sær", "for", "styre", "samarbejd",
                    "ad hoc", "de", "et", "opgave", "udval", "med", "stående", "arbejd", "§"})) {
            return 0;
        }
        if (known_.empty()) {
            std::string made;
            for (const std::string& part : asked) made += part + " ";
            return add(made + "udvalg", begin, next);
        }
        return add_best(asked, begin, next);
    }

    /// "formand for ældreområdet": the committee of that field.
    [[nodiscard]] std::optional<std::string> field_of(std::size_t i) const {
        const std::string_view word = p_[i].text;
        for (const std::string_view ending : {"området", "område"}) {
            if (!word.ends_with(ending) || word.size() < ending.size() + 3) continue;
            const std::string field(word.substr(0, word.size() - ending.size()));
            const bool led = i >= 2 && key(i - 1) == "for" &&
                             one_of(key(i - 2), {"formand", "formanden", "naestformand", "udvalg",
                                                 "udvalget", "forkvinde", "udvalgsformand"});
            if (led && is_topic(field)) return part_stem(field);
        }
        return std::nullopt;
    }

    static bool is_topic(std::string_view word) {
        return std::any_of(topic_groups.begin(), topic_groups.end(), [&](const auto& group) {
            return std::any_of(group.begin(), group.end(), [&](std::string_view member) {
                return !member.empty() && same_part(member, part_stem(word));
            });
        });
    }

    /// "the technical committee", "committee for children and schools", "school committee"
    std::size_t read_english(std::size_t i) {
        const auto topic = [&](std::size_t at) -> std::string {
            for (const EnglishTopic& entry : english_topics) {
                if (at < p_.size() && p_[at].text == entry.english)
                    return std::string(entry.danish);
            }
            return {};
        };
        std::vector<std::string> asked;
        std::size_t next = i;
        while (next < p_.size()) {
            const std::string found = topic(next);
            if (!found.empty()) {
                asked.push_back(found);
            } else if (asked.empty() || !one_of(key(next), {"and", "&", "-"})) {
                break;
            }
            ++next;
        }
        if (asked.empty() || key(next) != "committee") return 0;
        ++next;
        if (known_.empty()) {
            std::string made;
            for (const std::string& part : asked) made += part + " ";
            return add(made + "udvalg", i, next);
        }
        return add_best(asked, i, next);
    }

    std::string_view question_;
    std::vector<Piece> p_;
    std::vector<CommitteeName> known_;
    std::vector<std::string> others_;
    std::vector<BodyMention> found_;
    bool shouting_ = false;
};

}  // namespace

std::vector<BodyMention> find_bodies(std::string_view question,
                                     const std::vector<std::string>& known) {
    return BodyReader(question, known).read();
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
