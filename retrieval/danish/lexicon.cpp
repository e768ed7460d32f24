#include "retrieval/danish/lexicon.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/question_language.hpp"
#include "retrieval/danish/thesaurus.hpp"

namespace raadbot::danish {
namespace {

constexpr std::size_t most_per_span = 6;
constexpr std::size_t most_in_all = 40;
constexpr std::size_t most_thesaurus_per_word = 4;
constexpr float thesaurus_weight = 0.25F;
constexpr float reverse_abbreviation_factor = 0.6F;
constexpr std::size_t most_per_part = 3;
constexpr float compound_factor = 0.5F;
constexpr float wider_word_weight = 0.6F;
constexpr float inside_phrase_factor = 0.85F;

/// One reading of a "from": its words and what they stand for.
struct Entry {
    std::vector<std::string> words;  ///< Folded surface.
    std::vector<std::string> lemmas;
    std::vector<std::string> target;  ///< Folded words of the official term.
    ExpansionKind kind = ExpansionKind::synonym;
    float weight = 0;
    bool capitals = false;  ///< The everyday word of the same letters is common ("MED", "TA"): see
                            ///< capitals_only.
};

/// One item of a list, taken apart once for all the pairs it stands in.
struct Phrase {
    std::string_view text;
    std::vector<std::string> words;   ///< Folded.
    std::vector<std::string> lemmas;  ///< As the asker's words will be compared.
};

std::vector<std::string> folded_words(std::string_view text) {
    std::vector<std::string> words;
    for (Token& token : tokenize(text)) words.push_back(std::move(token.text));
    return words;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t at = text.find(mark);
        parts.push_back(trim(text.substr(0, at)));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

/// English plural and verb endings off, so that "members" finds "member" and "parking" stays.
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

}  // namespace

struct Lexicon::Data {
    std::vector<Entry> entries;
    /// First word or its lemma -> entries, longest phrase first.
    std::unordered_map<std::string, std::vector<std::uint32_t>> danish;
    std::unordered_map<std::string, std::vector<std::uint32_t>>
        english;  ///< By english_stem of the first word.

    std::unordered_map<std::string, std::string> lemmas;  ///< Empty after finish().

    [[nodiscard]] Result<void> read(const std::filesystem::path& file,
                                    const Morphology& morphology);
    void add(const Phrase& from, const Phrase& to, ExpansionKind kind, float weight);
    /// Morphology::lemma, asked once for each word of the files.
    const std::string& lemma_of(const std::string& word, const Morphology& morphology);
    void finish();
};

namespace {

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

void Lexicon::Data::add(const Phrase& from, const Phrase& to, ExpansionKind kind, float weight) {
    if (is_wider(from.words, to.words)) weight = std::min(weight, wider_word_weight);
    Entry entry;
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

Result<void> Lexicon::Data::read(const std::filesystem::path& file, const Morphology& morphology) {
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
        const std::vector<std::string_view> columns = split(text, '\t');
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
        const auto phrases = [&](std::string_view list, bool english_words, bool asked) {
            std::vector<Phrase> read;
            for (const std::string_view item : split(list, ',')) {
                Phrase phrase{item, folded_words(item), {}};
                for (const std::string& word : phrase.words) {
                    if (!asked) break;
                    phrase.lemmas.push_back(english_words ? english_stem(word)
                                                          : lemma_of(word, morphology));
                }
                read.push_back(std::move(phrase));
            }
            return read;
        };
        const std::vector<Phrase> froms =
            phrases(columns[0], kind->kind == ExpansionKind::english, true);
        const std::vector<Phrase> tos = phrases(columns[1], false, kind->both_ways);
        const auto empty = [](const Phrase& phrase) { return phrase.words.empty(); };
        if (std::any_of(froms.begin(), froms.end(), empty) ||
            std::any_of(tos.begin(), tos.end(), empty))
            return wrong("has an empty word in its list");
        for (const Phrase& from : froms) {
            for (const Phrase& to : tos) {
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

const std::string& Lexicon::Data::lemma_of(const std::string& word, const Morphology& morphology) {
    auto known = lemmas.find(word);
    if (known == lemmas.end()) known = lemmas.emplace(word, morphology.lemma(word)).first;
    return known->second;
}

void Lexicon::Data::finish() {
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

Lexicon::Lexicon() = default;
Lexicon::~Lexicon() = default;

Result<std::shared_ptr<const Lexicon>> Lexicon::load(const std::filesystem::path& dir) {
    std::error_code code;
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator at(dir, code), end; !code && at != end;
         at.increment(code)) {
        if (at->path().extension() == ".tsv") files.push_back(at->path());
    }
    if (code)
        return fail(ErrorCode::invalid_config,
                    dir.string() + ": the lexicon folder cannot be read: " + code.message());
    if (files.empty())
        return fail(ErrorCode::invalid_config, dir.string() + ": holds no *.tsv lexicon file");
    std::sort(files.begin(), files.end());
    const Morphology& morphology = Morphology::instance();
    auto data = std::make_unique<Data>();
    for (const std::filesystem::path& file : files) {
        if (auto read = data->read(file, morphology); !read)
            return tl::unexpected<Error>(read.error());
    }
    data->finish();
    std::shared_ptr<Lexicon> lexicon(new Lexicon());
    lexicon->data_ = std::move(data);
    return std::shared_ptr<const Lexicon>(std::move(lexicon));
}

namespace {

/// The question as the matcher needs it.
struct Prepared {
    std::vector<std::string> words;
    std::vector<std::vector<std::string>> lemmas;
    std::vector<std::string> stems;
    std::vector<std::string> loose;
    std::unordered_set<std::string> present;  ///< Surfaces and lemmas.
};

Prepared prepare(const std::vector<Token>& tokens, const Morphology& morphology) {
    Prepared question;
    for (const Token& token : tokens) {
        question.words.push_back(token.text);
        question.lemmas.push_back(token.kind == TokenKind::word
                                      ? morphology.lemmas(token.text)
                                      : std::vector<std::string>{token.text});
        question.stems.push_back(english_stem(token.text));
        question.present.insert(token.text);
        if (!question.lemmas.back().empty())
            question.present.insert(question.lemmas.back().front());
    }
    return question;
}

bool word_matches(const Prepared& question, std::size_t at, const Entry& entry, std::size_t word) {
    const std::string& surface = question.words[at];
    if (surface == entry.words[word]) return true;
    if (entry.kind == ExpansionKind::english) return question.stems[at] == entry.lemmas[word];
    if (entry.words.size() == 1 && is_stop_word(surface)) return false;
    if (surface == "så") return false;  // Hardly ever the past of "se".
    const auto& lemmas = question.lemmas[at];
    return std::find(lemmas.begin(), lemmas.end(), entry.lemmas[word]) != lemmas.end();
}

/// Where the phrase ends when it starts at `at`; up to two function words may stand inside it
/// ("få det på dagsordenen" is "få på dagsordenen"). 0 when it does not stand there.
std::size_t match_phrase(const Prepared& question, std::size_t at, const Entry& entry) {
    std::size_t skipped = 0;
    for (std::size_t word = 0; word < entry.words.size();) {
        if (at >= question.words.size()) return 0;
        if (word_matches(question, at, entry, word)) {
            ++word;
            ++at;
        } else if (word > 0 && skipped < 2 && is_stop_word(question.words[at])) {
            ++skipped;
            ++at;
        } else {
            return 0;
        }
    }
    return at;
}

/// Everyday verbs and nouns that carry the question, not its topic: their synonyms only add noise.
bool frame_word(const Prepared& question, std::size_t at) {
    return std::any_of(
        question.lemmas[at].begin(), question.lemmas[at].end(), [](const std::string& lemma) {
            return lemma.size() < 4 ||
                   one_of(lemma,
                          {"tage",    "gøre",   "give",   "møde",   "sige",   "stå",      "ligge",
                           "bruge",   "komme",  "finde",  "sætte",  "holde",  "aflevere", "stykke",
                           "forskel", "gammel", "hente",  "hjælpe", "handle", "stille",   "skrive",
                           "læse",    "rydde",  "føre",   "kende",  "vide",   "tænke",    "skulle",
                           "kunne",   "ville",  "måtte",  "måde",   "ting",   "eksempel", "gang",
                           "time",    "dag",    "uge",    "måned",  "stor",   "lille",    "lang",
                           "kort",    "mange",  "få",     "næste",  "sidste", "kommune",  "borger",
                           "byråd",   "udvalg", "vise",   "svare",  "spørge", "nævne",    "vælge",
                           "skaffe",  "starte", "slutte", "betyde", "blive",  "være",     "have",
                           "lade",    "se",     "sende"});
        });
}

bool all_present(const Prepared& question, const std::vector<std::string>& target,
                 const Morphology& morphology) {
    return std::all_of(target.begin(), target.end(), [&](const std::string& word) {
        return question.present.contains(word) || question.present.contains(morphology.lemma(word));
    });
}

}  // namespace

std::vector<Expansion> Lexicon::expand(const std::vector<Token>& tokens) const {
    return expand(tokens, {});
}

std::vector<Expansion> Lexicon::expand(const std::vector<Token>& tokens,
                                       std::string_view text) const {
    const Morphology& morphology = Morphology::instance();
    const Prepared question = prepare(tokens, morphology);
    const bool english = is_english(question.words);
    const auto in_capitals = [&](std::size_t token) {
        if (tokens[token].end > text.size()) return false;
        const std::string_view typed =
            text.substr(tokens[token].begin, tokens[token].end - tokens[token].begin);
        return typed.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos &&
               text.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos;
    };

    std::vector<Expansion> found;
    std::vector<bool> covered(tokens.size(), false);
    /// Entries of one language at a token: all of the longest phrase that stands there.
    const auto collect = [&](const std::vector<std::uint32_t>& ids, std::size_t at,
                             std::vector<std::uint32_t>& best, std::size_t& best_end,
                             std::size_t& best_words) {
        for (const std::uint32_t id : ids) {
            const Entry& entry = data_->entries[id];
            if (entry.words.size() < best_words) continue;
            if (entry.capitals && !in_capitals(at)) continue;
            // "kl. 19" is a time, not the association.
            if (entry.words.front() == "kl" && at + 1 < tokens.size() &&
                tokens[at + 1].kind == TokenKind::number)
                continue;
            if (entry.kind != ExpansionKind::abbreviation && entry.words.size() == 1 &&
                is_stop_word(question.words[at]))
                continue;
            const std::size_t end = match_phrase(question, at, entry);
            if (end == 0) continue;
            if (entry.words.size() > best_words) {
                best.clear();
                best_words = entry.words.size();
                best_end = end;
            }
            if (std::find(best.begin(), best.end(), id) == best.end()) best.push_back(id);
        }
    };
    const auto add_translations = [&](std::size_t token) {
        const auto entries = data_->english.find(question.stems[token]);
        if (entries == data_->english.end() || is_stop_word(question.words[token])) return;
        std::size_t taken = 0;
        for (const std::uint32_t id : entries->second) {
            const Entry& entry = data_->entries[id];
            if (entry.words.size() != 1 || taken == most_per_part) continue;
            if (!word_matches(question, token, entry, 0)) continue;
            found.push_back(
                {token, token + 1, entry.target, entry.kind, entry.weight * inside_phrase_factor});
            ++taken;
        }
    };
    std::size_t at = 0;
    while (at < tokens.size()) {
        std::vector<std::uint32_t> best;
        std::size_t best_end = at + 1;
        std::size_t best_words = 0;
        const auto collect_danish = [&] {
            std::set<std::string> keys(question.lemmas[at].begin(), question.lemmas[at].end());
            keys.insert(question.words[at]);
            for (const std::string& key : keys) {
                if (const auto entry = data_->danish.find(key); entry != data_->danish.end()) {
                    collect(entry->second, at, best, best_end, best_words);
                }
            }
        };
        const auto collect_english = [&] {
            if (const auto entry = data_->english.find(question.stems[at]);
                entry != data_->english.end()) {
                collect(entry->second, at, best, best_end, best_words);
            }
        };
        if (english) {
            collect_english();
            if (best.empty()) collect_danish();
        } else {
            collect_danish();
            // An English word in a Danish question ("hvad med parking"), unless it may be Danish
            // too ("mad", "hall"): the dictionary builds words so freely that only short ones are
            // left to it.
            if (best.empty() && tokens[at].kind == TokenKind::word &&
                (question.words[at].size() >= 6 || !morphology.known(question.words[at]))) {
                collect_english();
            }
        }
        if (best.empty()) {
            ++at;
            continue;
        }
        std::stable_sort(best.begin(), best.end(), [this](std::uint32_t a, std::uint32_t b) {
            return data_->entries[a].weight > data_->entries[b].weight;
        });
        std::size_t taken = 0;
        std::set<std::vector<std::string>> seen;
        for (const std::uint32_t id : best) {
            const Entry& entry = data_->entries[id];
            if (taken == most_per_span) break;
            if (!seen.insert(entry.target).second ||
                all_present(question, entry.target, morphology))
                continue;
            found.push_back({at, best_end, entry.target, entry.kind, entry.weight});
            ++taken;
        }
        // A phrase of another language does not say what its words mean by themselves: "council
        // meeting" is a meeting too.
        if (english && best_end > at + 1) {
            for (std::size_t token = at; token < best_end; ++token) add_translations(token);
        }
        for (std::size_t token = at; token < best_end; ++token) covered[token] = true;
        at = best_end;
    }
    // A compound that has no entry of its own: its parts, at half their weight ("formandsaflønning"
    // -> aflønning).
    for (std::size_t token = 0; token < tokens.size() && !english; ++token) {
        if (covered[token] || tokens[token].kind != TokenKind::word ||
            is_stop_word(tokens[token].text))
            continue;
        const std::vector<std::string> parts = morphology.split(question.words[token]);
        if (parts.size() < 2) continue;
        std::size_t taken = 0;
        for (const std::string& part : parts) {
            const auto ids = part.size() < 4 ? data_->danish.end() : data_->danish.find(part);
            if (ids == data_->danish.end()) continue;
            for (const std::uint32_t id : ids->second) {
                const Entry& entry = data_->entries[id];
                if (entry.words.size() != 1 || entry.kind == ExpansionKind::abbreviation ||
                    taken == most_per_part)
                    continue;
                if (all_present(question, entry.target, morphology)) continue;
                found.push_back({token, token + 1, entry.target, ExpansionKind::related,
                                 entry.weight * compound_factor});
                covered[token] = true;
                ++taken;
            }
        }
    }
    if (!english) {
        for (std::size_t token = 0; token < tokens.size() && found.size() < most_in_all; ++token) {
            if (covered[token] || tokens[token].kind != TokenKind::word ||
                is_stop_word(tokens[token].text))
                continue;
            if (frame_word(question, token)) continue;
            std::size_t taken = 0;
            for (const std::string& synonym :
                 thesaurus_synonyms(tokens[token].text, question.lemmas[token])) {
                if (taken == most_thesaurus_per_word) break;
                std::vector<std::string> words = folded_words(synonym);
                if (words.empty() || words.size() > 2 || all_present(question, words, morphology))
                    continue;
                found.push_back({token, token + 1, std::move(words), ExpansionKind::thesaurus,
                                 thesaurus_weight});
                ++taken;
            }
        }
    }
    if (found.size() > most_in_all) {
        std::stable_sort(found.begin(), found.end(), [](const Expansion& a, const Expansion& b) {
            return a.weight > b.weight;
        });
        found.resize(most_in_all);
    }
    std::stable_sort(found.begin(), found.end(), [](const Expansion& a, const Expansion& b) {
        return a.first_token < b.first_token;
    });
    return found;
}

std::size_t Lexicon::size() const { return data_->entries.size(); }

std::vector<std::string> Lexicon::words() const {
    std::vector<std::string> words;
    for (const Entry& entry : data_->entries) {
        words.insert(words.end(), entry.words.begin(), entry.words.end());
        words.insert(words.end(), entry.target.begin(), entry.target.end());
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

}  // namespace raadbot::danish
