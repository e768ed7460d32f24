#include "retrieval/danish/lexicon.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>

#include "retrieval/danish/lexicon_entries.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/question_language.hpp"
#include "retrieval/danish/thesaurus.hpp"

namespace raadbot::danish {
namespace {

using Entry = LexiconEntry;

constexpr std::size_t most_per_span = 6;
constexpr std::size_t most_per_english_span = 10;
constexpr std::size_t most_in_all = 40;
constexpr std::size_t most_thesaurus_per_word = 4;
constexpr float thesaurus_weight = 0.25F;
constexpr std::size_t most_per_part = 3;
constexpr float compound_factor = 0.5F;
constexpr float inside_phrase_factor = 0.85F;
constexpr float least_second_step = 0.75F;

}  // namespace

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
    auto contrasts = Contrasts::read(dir / "kontraster.txt");
    if (!contrasts) return tl::unexpected<Error>(contrasts.error());
    data->contrasts = *std::move(contrasts);
    auto english = EnglishWords::read(dir / "engelsk");
    if (!english) return tl::unexpected(english.error());
    data->english_words = *std::move(english);
    auto typical = TypicalQuestions::read(dir / "spoergsmaal");
    if (!typical) return tl::unexpected<Error>(typical.error());
    data->typical_questions = *std::move(typical);
    data->finish();
    std::shared_ptr<Lexicon> lexicon(new Lexicon());
    lexicon->data_ = std::move(data);
    return std::shared_ptr<const Lexicon>(std::move(lexicon));
}

const Contrasts& Lexicon::contrasts() const noexcept { return data_->contrasts; }

const EnglishWords& Lexicon::english_words() const noexcept { return data_->english_words; }
const TypicalQuestions& Lexicon::typical_questions() const noexcept {
    return data_->typical_questions;
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
    // Hardly ever the past of "se", the imperative of "vie" and a form of "hvem".
    if (surface == "så" || surface == "vi" || surface == "hvis") return false;
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

bool opens_question(std::string_view word) {
    return one_of(word, {"hvad", "hvem", "hvor", "hvornår", "hvordan", "hvorfor", "hvilken",
                         "hvilket", "hvilke"});
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

/// The entries that one question meets.
class Expander {
public:
    Expander(const LexiconData& data, const std::vector<Token>& tokens, std::string_view text,
             const UsedWords& used)
        : data_(data),
          tokens_(tokens),
          text_(text),
          used_(used),
          question_(prepare(tokens, morphology_)),
          english_(is_english(question_.words)),
          covered_(tokens.size(), false) {}

    std::vector<Expansion> expansions() {
        for (std::size_t at = 0; at < tokens_.size();) at = add_span(at);
        if (!english_) {
            add_parts_of_compounds();
            add_thesaurus();
        }
        if (found_.size() > most_in_all) {
            std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
                if (a.used != b.used) return a.used;
                return a.expansion.weight > b.expansion.weight;
            });
            found_.resize(most_in_all);
        }
        std::vector<Expansion> result;
        for (Found& one : found_) result.push_back(std::move(one.expansion));
        std::stable_sort(result.begin(), result.end(), [](const Expansion& a, const Expansion& b) {
            return a.first_token < b.first_token;
        });
        return result;
    }

private:
    struct Found {
        Expansion expansion;
        bool used = true;
    };
    /// Entries that stand at one token, all of the same number of words.
    struct Span {
        std::vector<std::uint32_t> entries;
        std::size_t end = 0;
        std::size_t words = 0;
        bool used = false;  ///< The material uses what one of them leads to.
    };

    [[nodiscard]] bool is_used(const std::vector<std::string>& target) const {
        if (!used_) return true;
        return std::all_of(target.begin(), target.end(), [&](const std::string& word) {
            return (target.size() > 1 && is_stop_word(word)) || used_(word);
        });
    }

    [[nodiscard]] bool in_capitals(std::size_t token) const {
        if (tokens_[token].end > text_.size()) return false;
        const std::string_view typed =
            text_.substr(tokens_[token].begin, tokens_[token].end - tokens_[token].begin);
        return typed.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos &&
               text_.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos;
    }

    [[nodiscard]] bool may_stand(const Entry& entry, std::size_t at) const {
        if (entry.capitals && !in_capitals(at)) return false;
        // "kl. 19" is a time, not the association.
        if (entry.words.front() == "kl" && at + 1 < tokens_.size() &&
            tokens_[at + 1].kind == TokenKind::number)
            return false;
        return entry.kind == ExpansionKind::abbreviation || entry.words.size() != 1 ||
               !is_stop_word(question_.words[at]);
    }

    /// Longest phrase first; a longer one that leads to nothing the material uses gives way to a
    /// shorter one that does.
    void collect(const std::vector<std::uint32_t>& ids, std::size_t at,
                 std::vector<Span>& spans) const {
        for (const std::uint32_t id : ids) {
            const Entry& entry = data_.entries[id];
            if (!may_stand(entry, at)) continue;
            const std::size_t end = match_phrase(question_, at, entry);
            if (end == 0) continue;
            auto span = std::find_if(spans.begin(), spans.end(), [&](const Span& known) {
                return known.words == entry.words.size();
            });
            if (span == spans.end())
                span = spans.insert(spans.end(), {{}, end, entry.words.size(), false});
            if (std::find(span->entries.begin(), span->entries.end(), id) != span->entries.end())
                continue;
            span->entries.push_back(id);
            // What leads to itself keeps the phrase whole, whatever the material says.
            span->used = span->used || entry.target == entry.words || leads_on(entry);
        }
    }

    [[nodiscard]] bool leads_on(const Entry& entry) const {
        bool leads = is_used(entry.target);
        if (!leads) each_second_step(entry.target, [&](const Entry&) { leads = true; });
        return leads;
    }

    /// Synonyms of a term that the material does not use, which it does use.
    template <typename Take>
    void each_second_step(const std::vector<std::string>& target, Take take) const {
        if (!used_) return;
        const auto ids = data_.danish.find(target.front());
        if (ids == data_.danish.end()) return;
        for (const std::uint32_t id : ids->second) {
            const Entry& entry = data_.entries[id];
            if (entry.words == target && entry.weight >= least_second_step &&
                entry.kind == ExpansionKind::synonym && is_used(entry.target))
                take(entry);
        }
    }

    [[nodiscard]] std::vector<Span> danish_spans(std::size_t at) const {
        std::set<std::string> keys(question_.lemmas[at].begin(), question_.lemmas[at].end());
        keys.insert(question_.words[at]);
        std::vector<Span> spans;
        for (const std::string& key : keys) {
            if (const auto entry = data_.danish.find(key); entry != data_.danish.end())
                collect(entry->second, at, spans);
        }
        return spans;
    }

    [[nodiscard]] Span longest_danish(std::size_t at) const { return longest(danish_spans(at)); }

    [[nodiscard]] Span longest_english(std::size_t at) const {
        std::vector<Span> spans;
        if (const auto entry = data_.english.find(question_.stems[at]);
            entry != data_.english.end()) {
            collect(entry->second, at, spans);
        }
        return longest(std::move(spans));
    }

    [[nodiscard]] static Span longest(std::vector<Span> spans) {
        const auto best =
            std::max_element(spans.begin(), spans.end(), [](const Span& a, const Span& b) {
                return a.used != b.used ? b.used : a.words < b.words;
            });
        return best == spans.end() ? Span() : std::move(*best);
    }

    /// Adds what stands at a token and gives the token behind it.
    std::size_t add_span(std::size_t at) {
        Span span;
        if (english_) {
            span = longest_english(at);
            if (span.entries.empty()) span = longest_danish(at);
        } else {
            span = longest_danish(at);
            // An English word in a Danish question ("hvad med parking"), unless it may be Danish
            // too ("mad", "hall"): the dictionary builds words so freely that only short ones are
            // left to it.
            if (span.entries.empty() && tokens_[at].kind == TokenKind::word &&
                (question_.words[at].size() >= 6 || !morphology_.known(question_.words[at]))) {
                span = longest_english(at);
            }
        }
        if (span.entries.empty()) return at + 1;
        const bool kept_whole =
            span.end == at + 1 ||
            std::any_of(span.entries.begin(), span.entries.end(), [&](std::uint32_t id) {
                return data_.entries[id].target == data_.entries[id].words;
            });
        add_entries(span, at);
        // A phrase of another language does not say what its words mean by themselves: "council
        // meeting" is a meeting too.
        if (english_ && span.end > at + 1) {
            for (std::size_t token = at; token < span.end; ++token) add_translations(token);
        }
        // So are those of a phrase ("stille forslag" is a "forslag"), unless it leads to itself. A
        // frame of a question ("hvem er chef") is no thing of its own.
        if (!english_ && !kept_whole) {
            const float factor = opens_question(question_.words[at]) ? 1.0F : inside_phrase_factor;
            for (std::size_t token = at; token < span.end; ++token) add_single_words(token, factor);
        }
        for (std::size_t token = at; token < span.end; ++token) covered_[token] = true;
        return span.end;
    }

    void add_entries(Span& span, std::size_t at, float factor = 1.0F) {
        std::vector<Found> candidates;
        for (const std::uint32_t id : span.entries) {
            const Entry& entry = data_.entries[id];
            const bool used = is_used(entry.target);
            candidates.push_back(
                {{at, span.end, entry.target, entry.kind, entry.weight * factor}, used});
            // What Danes call it otherwise serves those who ask in English too.
            if (used && entry.kind != ExpansionKind::english) continue;
            each_second_step(entry.target, [&](const Entry& second) {
                candidates.push_back({{at, span.end, second.target, entry.kind,
                                       entry.weight * second.weight * factor},
                                      true});
            });
        }
        std::stable_sort(candidates.begin(), candidates.end(), [](const Found& a, const Found& b) {
            return a.used != b.used ? a.used : a.expansion.weight > b.expansion.weight;
        });
        std::size_t taken = 0;
        std::set<std::vector<std::string>> seen;
        for (Found& one : candidates) {
            if (taken == (english_ ? most_per_english_span : most_per_span)) break;
            if (!seen.insert(one.expansion.words).second ||
                all_present(question_, one.expansion.words, morphology_))
                continue;
            found_.push_back(std::move(one));
            ++taken;
        }
    }

    /// The entries of one word, whatever longer ones stand there.
    void add_single_words(std::size_t token, float factor) {
        for (Span& span : danish_spans(token)) {
            if (span.words == 1) add_entries(span, token, factor);
        }
    }

    void add_translations(std::size_t token) {
        const auto entries = data_.english.find(question_.stems[token]);
        if (entries == data_.english.end() || is_stop_word(question_.words[token])) return;
        std::size_t taken = 0;
        for (const std::uint32_t id : entries->second) {
            const Entry& entry = data_.entries[id];
            if (entry.words.size() != 1 || taken == most_per_part) continue;
            if (!word_matches(question_, token, entry, 0)) continue;
            add({token, token + 1, entry.target, entry.kind, entry.weight * inside_phrase_factor});
            ++taken;
        }
    }

    /// A compound that has no entry of its own: its parts, at half their weight
    /// ("formandsaflønning"
    /// -> aflønning).
    void add_parts_of_compounds() {
        for (std::size_t token = 0; token < tokens_.size(); ++token) {
            if (covered_[token] || tokens_[token].kind != TokenKind::word ||
                is_stop_word(tokens_[token].text))
                continue;
            const std::vector<std::string> parts = morphology_.split(question_.words[token]);
            if (parts.size() < 2) continue;
            std::size_t taken = 0;
            for (const std::string& part : parts) {
                const auto ids = part.size() < 4 ? data_.danish.end() : data_.danish.find(part);
                if (ids == data_.danish.end()) continue;
                for (const std::uint32_t id : ids->second) {
                    const Entry& entry = data_.entries[id];
                    if (entry.words.size() != 1 || entry.kind == ExpansionKind::abbreviation ||
                        taken == most_per_part)
                        continue;
                    if (all_present(question_, entry.target, morphology_)) continue;
                    add({token, token + 1, entry.target, ExpansionKind::related,
                         entry.weight * compound_factor});
                    covered_[token] = true;
                    ++taken;
                }
            }
        }
    }

    void add_thesaurus() {
        for (std::size_t token = 0; token < tokens_.size() && found_.size() < most_in_all;
             ++token) {
            if (covered_[token] || tokens_[token].kind != TokenKind::word ||
                is_stop_word(tokens_[token].text))
                continue;
            if (frame_word(question_, token)) continue;
            std::size_t taken = 0;
            for (const std::string& synonym :
                 thesaurus_synonyms(tokens_[token].text, question_.lemmas[token])) {
                if (taken == most_thesaurus_per_word) break;
                std::vector<std::string> words = folded_words(synonym);
                if (words.empty() || words.size() > 2 || all_present(question_, words, morphology_))
                    continue;
                add({token, token + 1, std::move(words), ExpansionKind::thesaurus,
                     thesaurus_weight});
                ++taken;
            }
        }
    }

    void add(Expansion expansion) {
        const bool used = is_used(expansion.words);
        found_.push_back({std::move(expansion), used});
    }

    const Morphology& morphology_ = Morphology::instance();
    const LexiconData& data_;
    const std::vector<Token>& tokens_;
    std::string_view text_;
    const UsedWords& used_;
    Prepared question_;
    bool english_ = false;
    std::vector<Found> found_;
    std::vector<bool> covered_;
};

}  // namespace

std::vector<Expansion> Lexicon::expand(const std::vector<Token>& tokens, std::string_view text,
                                       const UsedWords& used) const {
    return Expander(*data_, tokens, text, used).expansions();
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
