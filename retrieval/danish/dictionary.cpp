#include "retrieval/danish/dictionary.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "retrieval/danish/text.hpp"
#include "retrieval/danish/utf8.hpp"

namespace raadbot::danish {
namespace {

// Flags of da_DK.aff with a meaning to us (its comments name them).
constexpr std::size_t forbidden = 6;
constexpr std::size_t needs_affix = 8;
constexpr std::size_t genitive_flag = 10;
constexpr std::size_t passive_flag = 22;
constexpr std::size_t compound_begin = 32;
constexpr std::size_t only_in_compound = 36;
constexpr std::size_t participle_t = 26;
constexpr std::size_t participle_ende = 27;
constexpr std::size_t adjective_e = 28;
constexpr std::size_t compound_end = 39;  // adds nothing
constexpr std::size_t verbal_noun = 79;

bool is_verb_flag(std::size_t flag) {
    return flag == 1 || flag == 20 || flag == 21 || flag == passive_flag || flag == verbal_noun;
}
bool is_adjective_flag(std::size_t flag) {
    static constexpr std::array<std::uint8_t, 15> listed = {12, 23, 24, 25, 26, 27, 28, 38,
                                                            40, 41, 42, 49, 59, 77, 78};
    return std::find(listed.begin(), listed.end(), flag) != listed.end();
}
bool is_name_flag(std::size_t flag) { return flag == 9 || flag == 43 || flag == 54; }
bool is_noun_flag(std::size_t flag) {
    static constexpr std::array<std::uint8_t, 32> listed = {
        2,  3,  4,  5,  7,  11, 13, 14, 15, 18, 19, 44, 45, 46, 47, 48,
        50, 51, 57, 58, 64, 65, 66, 70, 71, 72, 74, 75, 76, 82, 84, 85};
    return std::find(listed.begin(), listed.end(), flag) != listed.end();
}

/// How unlikely a reading is. Measured against nothing: an order of what Danish prose prefers.
/// "lange" is rather the adjective than the fish, "huse" rather houses than to house, "løb" rather
/// the run than ran, and a proper name only what nothing else explains.
struct Cost {
    static constexpr int other_identity = 8;
    static constexpr int irregular = 9;
    static constexpr int adjective_e = 9;
    static constexpr int noun_identity = 10;
    static constexpr int adjective_inflected = 11;
    static constexpr int adjective_identity = 12;
    static constexpr int irregular_verb = 13;
    static constexpr int noun_inflected = 14;
    static constexpr int verb_inflected = 15;
    static constexpr int noun_like_definite = 15;
    static constexpr int noun_like_plural = 15;
    static constexpr int verb_identity = 16;
    static constexpr int participle_inflected = 17;
    static constexpr int genitive = 17;
    static constexpr int passive = 18;
    static constexpr int participle_identity = 19;
    static constexpr int imperative = 22;
    static constexpr int verbal_noun = 26;
    static constexpr int other_like_inflected = 23;
    static constexpr int name = 30;
};

// FNV-1a: letter by letter, so that a beginning's hash leads to the next one's.
constexpr std::uint64_t empty_hash = 14695981039346656037ULL;
std::uint64_t with_letter(std::uint64_t hash, char c) {
    return (hash ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
}
std::uint64_t finished(std::uint64_t hash) { return hash ^ (hash >> 29U); }

std::uint64_t hash_of(std::string_view word) {
    std::uint64_t hash = empty_hash;
    for (const char c : word) hash = with_letter(hash, c);
    return finished(hash);
}

constexpr std::size_t prefix_bits = std::size_t{1} << 23U;  // Ten for each beginning there is.

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

constexpr std::size_t longest_ending = 8;

/// An ending's letters in one number; Latin-1 letters are never zero, so lengths stay apart.
std::uint64_t packed(std::string_view ending) {
    std::uint64_t key = 0;
    for (const char c : ending) key = key << 8U | static_cast<std::uint8_t>(c);
    return key;
}

std::string_view next_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::string_view next_field(std::string_view& rest) {
    const std::size_t begin = rest.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        rest = {};
        return {};
    }
    const std::size_t end = std::min(rest.find_first_of(" \t", begin), rest.size());
    const std::string_view field = rest.substr(begin, end - begin);
    rest.remove_prefix(end);
    return field;
}

std::size_t number_of(std::string_view digits) {
    std::size_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9' || value > 100000) return 0;
        value = value * 10 + static_cast<std::size_t>(c - '0');
    }
    return value;
}

std::vector<std::uint8_t> flags_of(std::string_view list) {
    std::vector<std::uint8_t> flags;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::size_t flag = number_of(list.substr(0, comma));
        if (flag > 0 && flag < 128) flags.push_back(static_cast<std::uint8_t>(flag));
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return flags;
}

bool contains(const std::vector<std::uint8_t>& flags, std::size_t flag) {
    return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::string content;
    in.seekg(0, std::ios::end);
    const auto size = in.tellg();
    if (size < 0) return std::nullopt;
    content.resize(static_cast<std::size_t>(size));
    in.seekg(0);
    in.read(content.data(), size);
    if (!in) return std::nullopt;
    return content;
}

/// hunspell's "[^ab]c." as one letter set a place. Conditions are written in lower and upper case;
/// words here are folded.
std::vector<std::bitset<256>> condition_of(std::string_view pattern) {
    std::vector<std::bitset<256>> places;
    const std::string text = to_latin1(pattern).value_or(".");
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::bitset<256> set;
        if (text[i] == '.') {
            set.set();
        } else if (text[i] == '[') {
            const bool negated = i + 1 < text.size() && text[i + 1] == '^';
            for (i += negated ? 2 : 1; i < text.size() && text[i] != ']'; ++i) {
                set.set(static_cast<std::uint8_t>(text[i]));
            }
            if (negated) set.flip();
        } else {
            set.set(static_cast<std::uint8_t>(text[i]));
        }
        places.push_back(set);
    }
    if (places.size() == 1 && places[0].all()) places.clear();
    return places;
}

}  // namespace

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

Result<Dictionary> Dictionary::load() {
    std::vector<std::filesystem::path> folders;
    if (const char* listed = std::getenv("DICPATH")) {
        std::string_view rest(listed);
        while (!rest.empty()) {
            const std::size_t colon = std::min(rest.find(':'), rest.size());
            if (colon > 0) folders.emplace_back(rest.substr(0, colon));
            rest.remove_prefix(std::min(colon + 1, rest.size()));
        }
    }
    for (const char* folder :
         {"/usr/share/hunspell", "/usr/local/share/hunspell", "/usr/share/myspell",
          "/usr/share/myspell/dicts", "/app/share/hunspell"}) {
        folders.emplace_back(folder);
    }
    for (const auto& folder : folders) {
        std::error_code ignored;
        const auto aff = folder / "da_DK.aff";
        const auto dic = folder / "da_DK.dic";
        if (std::filesystem::exists(aff, ignored) && std::filesystem::exists(dic, ignored)) {
            return load(aff, dic);
        }
    }
    return fail(ErrorCode::unavailable,
                "the Danish dictionary da_DK.dic was not found; install the package hunspell-da "
                "or name its folder in DICPATH");
}

Result<Dictionary> Dictionary::load(const std::filesystem::path& aff,
                                    const std::filesystem::path& dic) {
    const auto affixes = read_file(aff);
    const auto words = read_file(dic);
    if (!affixes || !words) {
        return fail(ErrorCode::unavailable, "cannot read the Danish dictionary " + dic.string() +
                                                "; reinstall the package hunspell-da");
    }
    Dictionary dictionary;
    dictionary.read_affixes(*affixes);
    dictionary.read_words(*words);
    if (dictionary.entries_.empty() || dictionary.rules_.empty()) {
        return fail(ErrorCode::unavailable, "the Danish dictionary " + dic.string() +
                                                " is empty; reinstall the package hunspell-da");
    }
    dictionary.link_irregular_plurals();
    return dictionary;
}

void Dictionary::read_affixes(std::string_view file) {
    suffixes_.resize(flag_count);
    while (!file.empty()) {
        std::string_view line = next_line(file);
        if (!line.starts_with("SFX ")) continue;
        next_field(line);
        const std::size_t flag = number_of(next_field(line));
        const std::string_view strip = next_field(line);
        const std::string_view add = next_field(line);
        const std::string_view condition = next_field(line);
        // The header line of a flag has three fields, a rule four or more.
        if (flag == 0 || flag >= flag_count || condition.empty()) continue;
        if (flag == compound_end) continue;
        Suffix suffix;
        suffix.flag = static_cast<std::uint8_t>(flag);
        if (strip != "0") suffix.strip = to_latin1(fold(strip)).value_or("");
        const std::size_t slash = std::min(add.find('/'), add.size());
        if (add.substr(0, slash) != "0") {
            suffix.add = to_latin1(fold(add.substr(0, slash))).value_or("");
        }
        if (slash < add.size()) suffix.continues = flags_of(add.substr(slash + 1));
        suffix.condition = condition_of(condition);
        suffixes_[flag].push_back(std::move(suffix));
    }
    for (const auto& list : suffixes_) {
        for (const Suffix& suffix : list) {
            compose(suffix, suffix.add, suffix.condition, suffix.continues, 0);
        }
    }
}

void Dictionary::add_rule(RulesByEnding& rules, const std::string& ending, const std::string& strip,
                          Rule rule) {
    std::vector<RuleGroup>& groups = rules[packed(ending)];
    auto group = std::lower_bound(
        groups.begin(), groups.end(), strip,
        [](const RuleGroup& one, const std::string& wanted) { return one.strip < wanted; });
    if (group == groups.end() || group->strip != strip) group = groups.insert(group, {strip, {}});
    group->rules.push_back(std::move(rule));
}

/// Adds the rule of a suffix with everything its continuation classes may add after it.
void Dictionary::compose(const Suffix& base, std::string add, const Condition& condition,
                         const std::vector<std::uint8_t>& continues, int depth) {
    const auto cost_of = [&]() -> int {
        const std::size_t flag = base.flag;
        if (is_name_flag(flag)) return Cost::name + 2;
        if (flag == verbal_noun) return Cost::verbal_noun;
        if (flag == passive_flag) return Cost::passive;
        if (is_verb_flag(flag)) {
            if (add.empty()) return Cost::imperative;
            return add.ends_with('s') ? Cost::passive : Cost::verb_inflected;
        }
        if (flag == adjective_e || flag == participle_t) return Cost::participle_inflected;
        if (is_adjective_flag(flag)) {
            return add.ends_with('e') ? Cost::adjective_e : Cost::adjective_inflected;
        }
        if (flag == genitive_flag || add.ends_with('s')) return Cost::genitive;
        return Cost::noun_inflected;
    };
    Rule rule{base.flag, static_cast<std::int8_t>(cost_of()), condition};
    if (add.size() > longest_ending) return;  // None of Danish's is.
    longest_rule_ = std::max(longest_rule_, add.size());
    if (contains(continues, only_in_compound)) {
        add_rule(head_rules_, add, base.strip, std::move(rule));
        return;
    }
    if (!contains(continues, needs_affix)) add_rule(rules_, add, base.strip, std::move(rule));
    if (depth >= 2) return;
    for (const std::uint8_t flag : continues) {
        for (const Suffix& next : suffixes_[flag]) {
            if (next.strip.size() > add.size() || !add.ends_with(next.strip)) continue;
            // The next rule's condition looks at what this one added, and before that at the stem.
            const std::size_t inside = std::min(next.condition.size(), add.size());
            const Condition tail(next.condition.end() - static_cast<std::ptrdiff_t>(inside),
                                 next.condition.end());
            if (!holds(tail, add)) continue;
            std::string longer = add.substr(0, add.size() - next.strip.size()) + next.add;
            compose(base, std::move(longer), condition, next.continues, depth + 1);
        }
    }
}

void Dictionary::read_words(std::string_view file) {
    const std::size_t count = number_of(next_line(file));
    entries_.reserve(std::max<std::size_t>(count, 1000));
    arena_.reserve(file.size());
    prefixes_.assign(prefix_bits, false);
    std::size_t slots = 1024;
    while (slots < count * 2) slots *= 2;
    slots_.assign(slots, Slot{});
    std::unordered_map<std::string, std::uint16_t> sets;
    while (!file.empty()) {
        const std::string_view line = next_line(file);
        if (!line.empty() && line.front() != '#' && line.front() != '\t') read_word(line, sets);
    }
}

void Dictionary::read_word(std::string_view line,
                           std::unordered_map<std::string, std::uint16_t>& sets) {
    const std::size_t blank = std::min(line.find_first_of(" \t"), line.size());
    const std::size_t slash = std::min(line.find('/'), blank);
    const auto stem = to_latin1(fold(line.substr(0, slash)));
    if (!stem || stem->empty() || stem->find('.') != std::string::npos) return;

    const std::string_view list = slash < blank ? line.substr(slash + 1, blank - slash - 1) : "";
    const auto [found, added] =
        sets.try_emplace(std::string(list), static_cast<std::uint16_t>(flag_sets_.size()));
    if (added) {
        FlagSet set;
        for (const std::uint8_t flag : flags_of(list)) set.set(flag);
        flag_sets_.push_back(set);
    }
    const FlagSet& flags = flag_sets_[found->second];
    if (flags.test(forbidden)) return;

    Entry entry;
    entry.stem = keep(*stem);
    entry.flags = found->second;
    const auto any = [&flags](bool (*is)(std::size_t)) {
        for (std::size_t flag = 0; flag < flag_count; ++flag) {
            if (flags.test(flag) && is(flag)) return true;
        }
        return false;
    };
    if (any(is_verb_flag)) {
        entry.word_class = WordClass::verb;
    } else if (any(is_adjective_flag)) {
        entry.word_class = WordClass::adjective;
    } else if (any(is_name_flag)) {
        entry.word_class = WordClass::name;
    } else if (any(is_noun_flag) || flags.test(genitive_flag)) {
        entry.word_class = WordClass::noun;
    }
    const std::size_t mark = line.find("st:", blank);
    if (mark != std::string_view::npos) {
        std::string_view rest = line.substr(mark + 3);
        const auto target = to_latin1(fold(next_field(rest)));
        if (target && *target != *stem) entry.target = keep(*target);
    }
    entries_.push_back(entry);
    insert(static_cast<std::uint32_t>(entries_.size() - 1));
    add_prefixes(*stem);
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
