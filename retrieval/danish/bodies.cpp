#include "retrieval/danish/bodies.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "retrieval/danish/body_names.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

class BodyReader {
public:
    BodyReader(std::string_view question, const std::vector<std::string>& known)
        : question_(question), p_(pieces(question)) {
        for (const std::string& name : known) {
            if (body_key(name) == council_key) continue;
            CommitteeName committee = committee_name(name);
            if (body_key(name) == finance_key) {
                // "ØEU": the statutory committee with a longer name has one of its own.
                if (committee.parts.size() > 1) finance_.push_back(std::move(committee));
                continue;
            }
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
        // "TMU" as "Teknik- og Miljøudvalget", "UTM" as "Udvalget for Teknik og Miljø".
        const auto abbreviates = [&](const CommitteeName& committee) {
            std::string initials;
            std::string with_joined;
            for (const std::string& part : committee.parts) {
                const std::string first =
                    part.substr(0, (static_cast<unsigned char>(part[0]) >= 0xC0) ? 2 : 1);
                initials += first;
                with_joined += part == "arbejdsmarked" ? "am" : first;
            }
            return word == initials + "u" || word == with_joined + "u" || word == "u" + initials ||
                   (letters >= 3 && word == initials);
        };
        for (const CommitteeName& committee : known_) {
            if (abbreviates(committee)) return add(committee.key, i, i + 1);
        }
        if (std::any_of(finance_.begin(), finance_.end(), abbreviates))
            return add(finance_key, i, i + 1);
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
    std::vector<CommitteeName> finance_;
    std::vector<std::string> others_;
    std::vector<BodyMention> found_;
    bool shouting_ = false;
};

}  // namespace

std::vector<BodyMention> find_bodies(std::string_view question,
                                     const std::vector<std::string>& known) {
    return BodyReader(question, known).read();
}

std::vector<std::string> body_keys_in(std::string_view text,
                                      const std::vector<std::string>& known) {
    std::vector<std::string> keys;
    for (BodyMention& mention : find_bodies(text, known)) keys.push_back(std::move(mention.key));
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

}  // namespace raadbot::danish
