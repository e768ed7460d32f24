#include "retrieval/danish/english_chunks.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <unordered_set>
#include <utility>

#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

using Words = std::unordered_set<std::string_view>;

/// "don't" as its two words; nothing when it is no contraction.
std::optional<std::pair<std::string, std::string>> parted(const std::string& word) {
    static const std::unordered_map<std::string_view, std::pair<std::string_view, std::string_view>>
        whole{{"won't", {"will", "not"}},
              {"can't", {"can", "not"}},
              {"cannot", {"can", "not"}},
              {"let's", {"let", "us"}}};
    if (const auto found = whole.find(word); found != whole.end())
        return std::pair(std::string(found->second.first), std::string(found->second.second));
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> endings{
        {{"n't", "not"},
         {"'m", "am"},
         {"'re", "are"},
         {"'ve", "have"},
         {"'ll", "will"},
         {"'d", "would"}}};
    for (const auto& [ending, second] : endings) {
        if (word.size() > ending.size() && word.ends_with(ending))
            return std::pair(word.substr(0, word.size() - ending.size()), std::string(second));
    }
    // "What's", "it's"; of other words it is the genitive.
    static const Words openers{"what",  "who",  "where", "when", "how", "it",
                               "there", "that", "he",    "she",  "here"};
    if (word.ends_with("'s") && openers.contains(word.substr(0, word.size() - 2)))
        return std::pair(word.substr(0, word.size() - 2), std::string("is"));
    return std::nullopt;
}

bool all_verbs(const std::vector<EnglishSense>& senses) {
    return std::all_of(senses.begin(), senses.end(), [](const EnglishSense& sense) {
        return sense.word_class == EnglishClass::verb;
    });
}

bool holds_noun(const std::vector<EnglishSense>& senses) {
    return std::any_of(senses.begin(), senses.end(), [](const EnglishSense& sense) {
        return sense.word_class == EnglishClass::noun;
    });
}

std::string with_plain_apostrophes(std::string_view text) {
    constexpr std::string_view curly = "\u2019";
    std::string result;
    for (std::size_t at = text.find(curly); at != std::string_view::npos; at = text.find(curly)) {
        result.append(text.substr(0, at)).append("'");
        text.remove_prefix(at + curly.size());
    }
    return result.append(text);
}

std::vector<Chunk> words_of(std::string_view question) {
    std::vector<Chunk> words;
    const std::string text = with_plain_apostrophes(question);
    bool opens = true;
    for (std::size_t at = 0; at < text.size();) {
        if (std::isspace(static_cast<unsigned char>(text[at])) != 0) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && std::isspace(static_cast<unsigned char>(text[end])) == 0) ++end;
        Chunk word;
        word.typed = text.substr(at, end - at);
        at = end;
        while (!word.typed.empty() &&
               std::string_view("\"(").find(word.typed.front()) != std::string_view::npos)
            word.typed.erase(0, 1);
        while (!word.typed.empty() &&
               std::string_view(",.?!;:\")").find(word.typed.back()) != std::string_view::npos) {
            if (word.typed.back() != '"' && word.typed.back() != ')') word.mark = word.typed.back();
            word.typed.pop_back();
        }
        if (word.typed.empty()) {
            if (!words.empty()) words.back().mark = word.mark;
            continue;
        }
        word.text = fold(word.typed);
        word.capital = !opens && std::isupper(static_cast<unsigned char>(word.typed.front())) != 0;
        opens = word.mark == '.' || word.mark == '?' || word.mark == '!';
        if (const auto two = parted(word.text)) {
            Chunk first = word;
            first.text = first.typed = two->first;
            first.mark = 0;
            words.push_back(std::move(first));
            word.text = word.typed = two->second;
        } else if (word.text.ends_with("'s") || word.text.ends_with("s'")) {
            const std::size_t kept = word.text.ends_with("'s") ? 2 : 1;
            word.text.resize(word.text.size() - kept);
            word.typed.resize(word.typed.size() - kept);
            word.genitive = true;
        }
        if (word.text.empty()) continue;  // "'s", or nothing but marks over letters.
        words.push_back(std::move(word));
    }
    return words;
}

/// Single words that the grammar reads by itself, whatever the files say of them.
bool is_grammar(std::string_view word) {
    return is_do(word) || is_be(word) || is_have(word) || modals().contains(word) || word == "to" ||
           word == "not" || determiners().contains(word) ||
           (pronouns().contains(word) && word != "who" && word != "which");
}

std::vector<Chunk> chunks_of(const std::vector<Chunk>& words, const EnglishWords& dictionary) {
    std::vector<Chunk> chunks;
    for (std::size_t at = 0; at < words.size();) {
        Chunk chunk = words[at];
        std::size_t taken = 1;
        for (std::size_t length = std::min(EnglishWords::longest, words.size() - at); length > 0;
             --length) {
            std::string phrase = words[at].text;
            bool parted_by_mark = false;
            for (std::size_t i = 1; i < length; ++i) {
                parted_by_mark = parted_by_mark || words[at + i - 1].mark != 0;
                phrase.append(" ").append(words[at + i].text);
            }
            if (parted_by_mark || (length == 1 && is_grammar(phrase))) continue;
            const auto* senses = dictionary.find(phrase);
            if (senses == nullptr) continue;
            // "The summer break in 2027" breaks in nowhere.
            if (length > 1 && !chunks.empty() && chunks.back().mark == 0 && all_verbs(*senses)) {
                const auto* first = dictionary.find(words[at].text);
                const bool noun = first != nullptr && holds_noun(*first);
                const bool behind = determiners().contains(chunks.back().text) ||
                                    sense_of(chunks.back(), EnglishClass::noun) != nullptr ||
                                    sense_of(chunks.back(), EnglishClass::adjective) != nullptr;
                if (noun && behind && !pronouns().contains(chunks.back().text)) continue;
            }
            chunk.senses = senses;
            chunk.text = phrase;
            for (std::size_t i = 1; i < length; ++i)
                chunk.typed.append(" ").append(words[at + i].typed);
            chunk.mark = words[at + length - 1].mark;
            chunk.genitive = words[at + length - 1].genitive;
            taken = length;
            break;
        }
        // "Kystrup Marina", "Rose Street": a word of a name.
        const bool of_name = chunk.capital && !chunks.empty() && chunks.back().mark == 0 &&
                             chunks.back().capital && chunks.back().senses == nullptr &&
                             !is_grammar(chunks.back().text);
        if (of_name) chunk.senses = nullptr;
        chunks.push_back(std::move(chunk));
        at += taken;
    }
    return chunks;
}

}  // namespace

const GrammarWords& pronouns() {
    static const GrammarWords table{
        {"i", "jeg"},    {"we", "vi"},    {"they", "de"},   {"he", "han"},   {"she", "hun"},
        {"it", "det"},   {"me", "mig"},   {"us", "os"},     {"them", "dem"}, {"him", "ham"},
        {"you", "I"},    {"one", "man"},  {"there", "der"}, {"this", "det"}, {"that", "det"},
        {"these", "de"}, {"those", "de"}, {"who", "som"},   {"which", "som"}};
    return table;
}

const GrammarWords& determiners() {
    static const GrammarWords table{
        {"the", ""},        {"a", "en"},       {"an", "en"},      {"my", "min"},
        {"our", "vores"},   {"your", "jeres"}, {"his", "hans"},   {"her", "hendes"},
        {"their", "deres"}, {"its", "dens"},   {"some", "nogle"}, {"any", "nogen"},
        {"no", "ingen"},    {"every", "hver"}, {"each", "hver"},  {"this", "denne"},
        {"that", "den"},    {"these", "de"},   {"those", "de"},   {"another", "en anden"},
        {"one", "en"}};
    return table;
}

const GrammarWords& modals() {
    static const GrammarWords table{{"can", "kan"},        {"could", "kan"}, {"may", "må"},
                                    {"might", "kan"},      {"must", "skal"}, {"shall", "skal"},
                                    {"should", "skal"},    {"will", "vil"},  {"would", "vil"},
                                    {"cannot", "kan ikke"}};
    return table;
}

bool is_be(std::string_view word) {
    static const Words words{"is", "are", "am", "was", "were", "be", "been", "being"};
    return words.contains(word);
}

bool is_preposition(std::string_view word) {
    static const Words words{"in",      "on",      "at",     "of",   "for",   "with",   "from",
                             "by",      "about",   "under",  "over", "into",  "near",   "without",
                             "through", "between", "during", "per",  "since", "against"};
    return words.contains(word);
}

const EnglishSense* sense_of(const Chunk& chunk, EnglishClass word_class) {
    if (chunk.senses == nullptr) return nullptr;
    const auto found =
        std::find_if(chunk.senses->begin(), chunk.senses->end(),
                     [&](const EnglishSense& sense) { return sense.word_class == word_class; });
    return found == chunk.senses->end() ? nullptr : &*found;
}

const EnglishSense* verb_of(const Chunk& chunk, EnglishForm form) {
    if (chunk.senses == nullptr) return nullptr;
    const auto found =
        std::find_if(chunk.senses->begin(), chunk.senses->end(), [&](const EnglishSense& sense) {
            return sense.word_class == EnglishClass::verb && sense.form == form;
        });
    return found == chunk.senses->end() ? nullptr : &*found;
}

bool is_only_verb(const Chunk& chunk) {
    return chunk.senses != nullptr && all_verbs(*chunk.senses);
}

std::vector<Chunk> english_chunks(std::string_view question, const EnglishWords& dictionary) {
    return chunks_of(words_of(question), dictionary);
}

}  // namespace raadbot::danish
