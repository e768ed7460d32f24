#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

#include "retrieval/danish/fields.hpp"
#include "retrieval/danish/lexicon_entries.hpp"
#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

constexpr float reverse_abbreviation_factor = 0.6F;
constexpr float wider_word_weight = 0.6F;

struct Kind {
    ExpansionKind kind = ExpansionKind::synonym;
    bool both_ways = false;
};

std::optional<Kind> kind_of(std::string_view text) {
    Kind result;
    if (text.ends_with("<>")) {
        result.both_ways = true;
        text.remove_suffix(2);
    }
    if (text == "abbreviation") {
        result.kind = ExpansionKind::abbreviation;
    } else if (text == "synonym") {
        result.kind = ExpansionKind::synonym;
    } else if (text == "related") {
        result.kind = ExpansionKind::related;
    } else if (text == "english") {
        result.kind = ExpansionKind::english;
    } else {
        return std::nullopt;
    }
    return result;
}

/// Abbreviations that are also common words count only in capitals, where the asker's text is at
/// hand.
bool capitals_only(std::string_view from, const std::vector<std::string>& words) {
    if (words.size() != 1 ||
        from.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos)
        return false;
    // One letter, a function word, or a word that questions use in small letters.
    return words.front().size() <= 1 || words.front() == "ø" || is_stop_word(words.front()) ||
           one_of(words.front(), {"by",  "do",  "ve",  "bo", "tr", "hr",  "el",  "alt", "skat",
                                  "ku",  "la",  "ft",  "fu", "it", "opp", "ref", "fo",  "ast",
                                  "sim", "kim", "dif", "fn", "br", "st",  "vd",  "dr",  "dd"});
}

/// "kommunaldirektør" -> "direktør": the word without what tells it from others of its kind.
bool is_wider(const std::vector<std::string>& from, const std::vector<std::string>& to) {
    return from.size() == 1 && to.size() == 1 && from.front() != to.front() &&
           to.front().size() >= 3 && from.front().ends_with(to.front());
}

}  // namespace

std::vector<std::string> folded_words(std::string_view text) {
    std::vector<std::string> words;
    for (Token& token : tokenize(text)) words.push_back(std::move(token.text));
    return words;
}

std::string english_stem(std::string_view word) {
    std::string stem(word);
    const auto cut = [&](std::string_view ending, std::size_t least) {
        if (!stem.ends_with(ending) || stem.size() < ending.size() + least) return false;
        stem.resize(stem.size() - ending.size());
        return true;
    };
    if (cut("'s", 2)) return stem;
    if (stem.ends_with("ss") || stem.ends_with("us")) return stem;
    if (cut("ies", 2)) return stem + "y";
    if (cut("sses", 2)) return stem + "ss";
    if (stem.ends_with("ches") || stem.ends_with("shes") || stem.ends_with("xes")) {
        stem.resize(stem.size() - 2);
        return stem;
    }
    cut("s", 3);
    return stem;
}

void LexiconData::add(const LexiconPhrase& from, const LexiconPhrase& to, ExpansionKind kind,
                      float weight) {
    if (is_wider(from.words, to.words)) weight = std::min(weight, wider_word_weight);
    LexiconEntry entry;
    entry.words = from.words;
    entry.lemmas = from.lemmas;
    entry.target = to.words;
    entry.kind = kind;
    entry.weight = weight;
    entry.capitals = kind == ExpansionKind::abbreviation && capitals_only(from.text, entry.words);
    const auto id = static_cast<std::uint32_t>(entries.size());
    if (kind == ExpansionKind::english) {
        english[entry.lemmas.front()].push_back(id);
    } else {
        danish[entry.words.front()].push_back(id);
        if (entry.lemmas.front() != entry.words.front()) danish[entry.lemmas.front()].push_back(id);
    }
    entries.push_back(std::move(entry));
}

Result<void> LexiconData::read(const std::filesystem::path& file, const Morphology& morphology) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(ErrorCode::invalid_config, file.string() + ": cannot be read");
    std::string line;
    std::size_t number = 0;
    while (std::getline(in, line)) {
        ++number;
        const auto wrong = [&](std::string_view what) {
            return fail(ErrorCode::invalid_config,
                        file.string() + ":" + std::to_string(number) + ": " + std::string(what));
        };
        if (!is_valid_utf8(line)) return wrong("is not UTF-8; save the file as UTF-8");
        const std::string_view text = trim(line);
        if (text.empty() || text.front() == '#') continue;
        const std::vector<std::string_view> columns = fields(text, '\t');
        if (columns.size() != 4) {
            return wrong("needs four columns parted by tabs: from, to, kind, weight; it has " +
                         std::to_string(columns.size()));
        }
        const auto kind = kind_of(columns[2]);
        if (!kind) {
            return wrong("kind '" + std::string(columns[2]) +
                         "' is none of abbreviation, synonym, related, english (with <> behind it "
                         "for both ways)");
        }
        if (kind->both_ways && kind->kind == ExpansionKind::english)
            return wrong("english entries go one way; remove <>");
        float weight = 0;
        const auto [end, code] =
            std::from_chars(columns[3].data(), columns[3].data() + columns[3].size(), weight);
        if (code != std::errc{} || end != columns[3].data() + columns[3].size() ||
            !(weight > 0 && weight <= 1)) {
            return wrong("weight '" + std::string(columns[3]) +
                         "' is not a number above 0 and at most 1");
        }
        const auto phrases = [&](std::string_view list, bool in_english, bool asked) {
            std::vector<LexiconPhrase> read;
            for (const std::string_view item : fields(list, ',')) {
                LexiconPhrase phrase{item, folded_words(item), {}};
                for (const std::string& word : phrase.words) {
                    if (!asked) break;
                    phrase.lemmas.push_back(in_english ? english_stem(word)
                                                       : lemma_of(word, morphology));
                }
                read.push_back(std::move(phrase));
            }
            return read;
        };
        const std::vector<LexiconPhrase> froms =
            phrases(columns[0], kind->kind == ExpansionKind::english, true);
        const auto empty = [](const LexiconPhrase& phrase) { return phrase.words.empty(); };
        if (columns[1] == "=") {
            if (kind->kind != ExpansionKind::synonym || kind->both_ways)
                return wrong("'=' is for synonyms, which go every way among themselves");
            if (froms.size() < 2 || std::any_of(froms.begin(), froms.end(), empty))
                return wrong("needs at least two words that mean the same before '='");
            for (const LexiconPhrase& from : froms) {
                for (const LexiconPhrase& to : froms) {
                    if (&from != &to) add(from, to, kind->kind, weight);
                }
            }
            continue;
        }
        const std::vector<LexiconPhrase> tos = phrases(columns[1], false, kind->both_ways);
        if (std::any_of(froms.begin(), froms.end(), empty) ||
            std::any_of(tos.begin(), tos.end(), empty))
            return wrong("has an empty word in its list");
        for (const LexiconPhrase& from : froms) {
            for (const LexiconPhrase& to : tos) {
                add(from, to, kind->kind, weight);
                if (!kind->both_ways) continue;
                const bool short_form = kind->kind == ExpansionKind::abbreviation;
                add(to, from, short_form ? ExpansionKind::synonym : kind->kind,
                    short_form ? weight * reverse_abbreviation_factor : weight);
            }
        }
    }
    return {};
}

const std::string& LexiconData::lemma_of(const std::string& word, const Morphology& morphology) {
    auto known = lemmas.find(word);
    if (known == lemmas.end()) known = lemmas.emplace(word, morphology.lemma(word)).first;
    return known->second;
}

void LexiconData::finish() {
    lemmas = {};
    const auto longest_first = [this](std::vector<std::uint32_t>& ids) {
        std::stable_sort(ids.begin(), ids.end(), [this](std::uint32_t a, std::uint32_t b) {
            if (entries[a].words.size() != entries[b].words.size())
                return entries[a].words.size() > entries[b].words.size();
            return entries[a].weight > entries[b].weight;
        });
    };
    for (auto& [word, ids] : danish) longest_first(ids);
    for (auto& [word, ids] : english) longest_first(ids);
}

}  // namespace raadbot::danish
