#include "retrieval/danish/dictionary.hpp"

#include <algorithm>
#include <utility>

#include "retrieval/danish/dictionary_format.hpp"
#include "retrieval/danish/utf8.hpp"

namespace raadbot::danish {
namespace {

/// "hjerter" is rather hearts than the suit of cards; but "lærer" is the teacher, for one who acts
/// is named after a verb.
void prefer_plural(std::string_view form, std::vector<Analysis>& readings) {
    if (!form.ends_with("er")) return;
    const std::string_view singular = form.substr(0, form.size() - 1);
    bool plural = false;
    for (const Analysis& one : readings) {
        if (one.word_class == WordClass::verb) return;
        plural = plural || (one.word_class == WordClass::noun && one.lemma == singular);
    }
    if (!plural) return;
    for (Analysis& one : readings) {
        if (one.word_class == WordClass::noun && one.lemma == form) {
            one.cost = Cost::noun_like_plural;
        }
    }
}

}  // namespace

std::optional<std::string> to_latin1(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const utf8::CodePoint point = utf8::decode(text, at);
        if (!point.valid || point.value > 0xFF) return std::nullopt;
        out.push_back(static_cast<char>(point.value));
        at += point.length;
    }
    return out;
}

std::string from_latin1(std::string_view latin1) {
    std::string out;
    out.reserve(latin1.size() + 4);
    for (const char c : latin1) utf8::append(out, static_cast<std::uint8_t>(c));
    return out;
}

void Dictionary::add_prefixes(std::string_view stem) {
    std::uint64_t hash = empty_hash;
    for (const char c : stem) {
        hash = with_letter(hash, c);
        prefixes_[finished(hash) & (prefix_bits - 1)] = true;
    }
}

class Dictionary::Beginnings {
public:
    static constexpr std::size_t longest = 80;  // No Danish word is longer.

    Beginnings(const Dictionary& dictionary, std::string_view word) {
        states_[0] = empty_hash;
        const std::size_t end = std::min(word.size(), longest);
        while (known_ < end) {
            const std::uint64_t state = with_letter(states_[known_], word[known_]);
            if (!dictionary.prefixes_[finished(state) & (prefix_bits - 1)]) return;
            states_[++known_] = state;
        }
    }
    /// How many letters; see known_prefix().
    [[nodiscard]] std::size_t known() const { return known_; }
    [[nodiscard]] std::uint64_t state(std::size_t length) const { return states_[length]; }

private:
    std::array<std::uint64_t, longest + 1> states_;
    std::size_t known_ = 0;
};

std::size_t Dictionary::known_prefix(std::string_view word) const {
    return Beginnings(*this, word).known();
}

Dictionary::Text Dictionary::keep(std::string_view word) {
    const Text text{static_cast<std::uint32_t>(arena_.size()),
                    static_cast<std::uint32_t>(word.size())};
    arena_.append(word);
    return text;
}

void Dictionary::insert(std::uint32_t entry) {
    if (entries_.size() * 2 > slots_.size()) grow();
    const std::string_view word = view(entries_[entry].stem);
    const std::uint64_t hash = hash_of(word);
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot].entry != no_entry) {
        if (view(entries_[slots_[slot].entry].stem) == word) {
            entries_[entry].next = slots_[slot].entry;
            break;
        }
        slot = (slot + 1) & (slots_.size() - 1);
    }
    slots_[slot] = {tag_of(hash), entry};
}

void Dictionary::grow() {
    const std::vector<Slot> old = std::exchange(slots_, {});
    slots_.assign(old.size() * 2, Slot{});
    for (const Slot& head : old) {
        if (head.entry == no_entry) continue;
        std::size_t slot = hash_of(view(entries_[head.entry].stem)) & (slots_.size() - 1);
        while (slots_[slot].entry != no_entry) slot = (slot + 1) & (slots_.size() - 1);
        slots_[slot] = head;
    }
}

std::uint32_t Dictionary::find(std::string_view word) const { return find(empty_hash, {}, word); }

std::uint32_t Dictionary::find(std::uint64_t state, std::string_view root,
                               std::string_view strip) const {
    for (const char c : strip) state = with_letter(state, c);
    const std::uint64_t hash = finished(state);
    const std::uint32_t tag = tag_of(hash);
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot].entry != no_entry) {
        if (slots_[slot].tag == tag) {
            const std::string_view stem = view(entries_[slots_[slot].entry].stem);
            if (stem.size() == root.size() + strip.size() && stem.starts_with(root) &&
                stem.ends_with(strip)) {
                return slots_[slot].entry;
            }
        }
        slot = (slot + 1) & (slots_.size() - 1);
    }
    return no_entry;
}

bool Dictionary::holds(const Condition& condition, std::string_view stem) {
    if (condition.size() > stem.size()) return false;
    const std::size_t offset = stem.size() - condition.size();
    for (std::size_t i = 0; i < condition.size(); ++i) {
        if (!condition[i].test(static_cast<std::uint8_t>(stem[offset + i]))) return false;
    }
    return true;
}

template <class Use>
void Dictionary::for_matches(const RulesByEnding& rules, std::size_t most_letters,
                             std::string_view form, const Beginnings& beginnings, Use use) const {
    const std::size_t longest =
        std::min(most_letters, form.size() - std::min<std::size_t>(form.size(), 1));
    // The root that an ending leaves must begin a stem.
    for (std::size_t length = form.size() - beginnings.known(); length <= longest; ++length) {
        const std::string_view root = form.substr(0, form.size() - length);
        const auto ending = rules.find(packed(form.substr(root.size())));
        if (ending == rules.end()) continue;
        for (const RuleGroup& group : ending->second) {
            const std::uint32_t chain = find(beginnings.state(root.size()), root, group.strip);
            if (chain == no_entry) continue;
            const std::string_view stem = view(entries_[chain].stem);
            for (const Rule& rule : group.rules) {
                if (!holds(rule.condition, stem)) continue;
                for (std::uint32_t i = chain; i != no_entry; i = entries_[i].next) {
                    if (flag_sets_[entries_[i].flags].test(rule.flag)) use(entries_[i], rule, root);
                }
            }
        }
    }
}

std::vector<Analysis> Dictionary::analyse(std::string_view form) const {
    std::vector<Analysis> found;
    for (std::uint32_t i = find(form); i != no_entry; i = entries_[i].next) {
        const Entry& entry = entries_[i];
        const FlagSet& flags = flag_sets_[entry.flags];
        if (flags.test(compound_begin)) continue;  // "auto-" is no word by itself
        if (entry.target.length > 0) {
            const std::string_view lemma = view(entry.target);
            bool verb = false;
            for (std::uint32_t t = find(lemma); t != no_entry; t = entries_[t].next) {
                // Strong verbs carry no flags at all, irregular adjectives ("god") one.
                const WordClass of_target = entries_[t].word_class;
                verb = verb || of_target == WordClass::verb ||
                       (of_target == WordClass::other &&
                        !flag_sets_[entries_[t].flags].test(compound_end));
            }
            found.push_back({lemma, verb ? WordClass::verb : WordClass::noun,
                             verb ? Cost::irregular_verb : Cost::irregular});
            continue;
        }
        int cost = Cost::other_identity;
        switch (entry.word_class) {
            case WordClass::noun:
                // "vinlisten" is listed too, but rather a definite form when it can be one.
                cost = form.ends_with("en") || form.ends_with("et") ? Cost::noun_like_definite
                                                                    : Cost::noun_identity;
                break;
            case WordClass::adjective:
                cost = flags.test(participle_t) || flags.test(participle_ende) ||
                               flags.test(adjective_e)
                           ? Cost::participle_identity
                           : Cost::adjective_identity;
                break;
            case WordClass::verb: cost = Cost::verb_identity; break;
            case WordClass::name: cost = Cost::name; break;
            case WordClass::other:
                // "stærkt" and "tids" are listed as adverbs and the like
                if (form.size() > 3 && (form.back() == 't' || form.back() == 's')) {
                    cost = Cost::other_like_inflected;
                }
                break;
        }
        found.push_back({view(entry.stem), entry.word_class, cost});
    }
    const Beginnings beginnings(*this, form);
    for_matches(rules_, longest_rule_, form, beginnings,
                [&](const Entry& entry, const Rule& rule, std::string_view) {
                    const bool genitive = rule.flag == genitive_flag;
                    found.push_back({view(entry.target.length > 0 ? entry.target : entry.stem),
                                     entry.word_class, genitive ? Cost::genitive : rule.cost});
                });
    prefer_plural(form, found);
    std::stable_sort(found.begin(), found.end(),
                     [](const Analysis& a, const Analysis& b) { return a.cost < b.cost; });
    std::vector<Analysis> readings;
    for (const Analysis& one : found) {
        const bool seen = std::any_of(readings.begin(), readings.end(), [&](const Analysis& other) {
            return other.lemma == one.lemma && other.word_class == one.word_class;
        });
        if (!seen) readings.push_back(one);
    }
    return readings;
}

std::vector<HeadForm> Dictionary::heads(std::string_view form) const {
    std::vector<HeadForm> found;
    const Beginnings beginnings(*this, form);
    for_matches(head_rules_, longest_link, form, beginnings,
                [&](const Entry& entry, const Rule&, std::string_view root) {
                    found.push_back({view(entry.stem), root.size(), true, entry.word_class});
                });
    // Marked as a first part as it stands ("auto-" loses its hyphen).
    if (beginnings.known() == form.size()) {
        for (const std::string_view hyphen : {"", "-"}) {
            for (std::uint32_t i = find(beginnings.state(form.size()), form, hyphen); i != no_entry;
                 i = entries_[i].next) {
                if (!flag_sets_[entries_[i].flags].test(compound_begin)) continue;
                found.push_back({view(entries_[i].stem), form.size(), true, WordClass::other});
            }
        }
    }
    // Not marked, but a noun all the same: joined bare or with s.
    if (std::all_of(found.begin(), found.end(),
                    [](const HeadForm& one) { return one.word_class == WordClass::name; })) {
        for (const std::size_t length : {std::size_t{0}, std::size_t{1}}) {
            if (length >= form.size() || (length == 1 && form.back() != 's')) continue;
            const std::string_view root = form.substr(0, form.size() - length);
            if (root.size() > beginnings.known()) continue;
            for (std::uint32_t i = find(beginnings.state(root.size()), root, {}); i != no_entry;
                 i = entries_[i].next) {
                const Entry& entry = entries_[i];
                if (entry.word_class != WordClass::noun || entry.target.length > 0) continue;
                found.push_back({view(entry.stem), root.size(), false, entry.word_class});
            }
        }
    }
    return found;
}

}  // namespace raadbot::danish
