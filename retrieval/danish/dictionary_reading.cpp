// Dictionary::load: hunspell's .aff and .dic files into rules by ending and entries by stem.
// Format: hunspell(5).
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "retrieval/danish/dictionary.hpp"
#include "retrieval/danish/dictionary_format.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

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

}  // namespace raadbot::danish
