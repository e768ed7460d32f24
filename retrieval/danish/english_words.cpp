#include "retrieval/danish/english_words.hpp"

#include <algorithm>
#include <fstream>
#include <optional>

#include "retrieval/danish/fields.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

std::string plural(const std::string& word) {
    const char last = word.back();
    const char before = word.size() > 1 ? word[word.size() - 2] : ' ';
    if (last == 'y' && !is_vowel(before)) return word.substr(0, word.size() - 1) + "ies";
    if (word == "go" || word == "do" || word == "undergo") return word + "es";
    const bool hisses = last == 's' || last == 'x' || last == 'z' ||
                        (last == 'h' && (before == 'c' || before == 's'));
    return word + (hisses ? "es" : "s");
}

/// "stop" doubles its last letter before -ed and -ing; so may longer words ("travel", "refer").
std::optional<std::string> doubled(const std::string& word) {
    if (word.size() < 3) return std::nullopt;
    const char last = word.back();
    const bool may = !is_vowel(last) && last != 'w' && last != 'x' && last != 'y' &&
                     is_vowel(word[word.size() - 2]) && !is_vowel(word[word.size() - 3]);
    return may ? std::optional(word + last) : std::nullopt;
}

std::vector<std::string> pasts(const std::string& word) {
    if (word.back() == 'e') return {word + "d"};
    if (word.back() == 'y' && word.size() > 1 && !is_vowel(word[word.size() - 2]))
        return {word.substr(0, word.size() - 1) + "ied"};
    std::vector<std::string> result{word + "ed"};
    if (const auto twice = doubled(word)) result.push_back(*twice + "ed");
    return result;
}

std::vector<std::string> gerunds(const std::string& word) {
    if (word.ends_with("ie")) return {word.substr(0, word.size() - 2) + "ying"};
    if (word.back() == 'e' && !word.ends_with("ee"))
        return {word.substr(0, word.size() - 1) + "ing"};
    std::vector<std::string> result{word + "ing"};
    if (const auto twice = doubled(word)) result.push_back(*twice + "ing");
    return result;
}

/// "neighbour's dog", "citizens' adviser": as phrases are looked up.
std::string without_genitives(std::string phrase) {
    for (std::size_t at = phrase.find('\''); at != std::string::npos;
         at = phrase.find('\'', at + 1)) {
        const bool ends = at + 1 == phrase.size() || phrase[at + 1] == ' ';
        const bool owns =
            phrase.compare(at, 2, "'s") == 0 && (at + 2 == phrase.size() || phrase[at + 2] == ' ');
        if (ends || owns) phrase.erase(at, ends ? 1 : 2);
    }
    return phrase;
}

std::optional<EnglishClass> class_of(std::string_view name) {
    if (name == "noun") return EnglishClass::noun;
    if (name == "verb") return EnglishClass::verb;
    if (name == "adjective") return EnglishClass::adjective;
    if (name == "adverb") return EnglishClass::adverb;
    if (name == "other") return EnglishClass::other;
    if (name == "question") return EnglishClass::question;
    return std::nullopt;
}

}  // namespace

void EnglishWords::add_form(std::string phrase, EnglishClass word_class, EnglishForm form,
                            std::uint32_t entry) {
    senses_[std::move(phrase)].push_back({word_class, form, entry});
}

void EnglishWords::add(const std::string& english, EnglishClass word_class, std::uint32_t entry) {
    if (word_class == EnglishClass::noun) {
        add_form(english, word_class, EnglishForm::base, entry);
        add_form(plural(english), word_class, EnglishForm::plural, entry);
        return;
    }
    if (word_class != EnglishClass::verb) {
        add_form(english, word_class, EnglishForm::base, entry);
        return;
    }
    const auto forms = fields(english, '/');
    const std::string base(forms.front());
    const std::size_t space = base.find(' ');  // Of "get rid of" the first word is inflected.
    const std::string first = base.substr(0, space);
    const std::string rest = space == std::string::npos ? std::string() : base.substr(space);
    add_form(base, word_class, EnglishForm::base, entry);
    add_form(plural(first) + rest, word_class, EnglishForm::third, entry);
    for (const std::string& form : gerunds(first))
        add_form(form + rest, word_class, EnglishForm::gerund, entry);
    if (forms.size() == 3) {
        add_form(std::string(forms[1]), word_class, EnglishForm::past, entry);
        add_form(std::string(forms[2]), word_class, EnglishForm::participle, entry);
        return;
    }
    for (const std::string& form : pasts(first)) {
        add_form(form + rest, word_class, EnglishForm::past, entry);
        add_form(form + rest, word_class, EnglishForm::participle, entry);
    }
}

Result<EnglishWords> EnglishWords::read(const std::filesystem::path& dir) {
    EnglishWords words;
    std::error_code code;
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator at(dir, code), end; !code && at != end;
         at.increment(code)) {
        if (at->path().extension() == ".tsv") files.push_back(at->path());
    }
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& file : files) {
        std::ifstream stream(file);
        std::string line;
        for (std::size_t number = 1; std::getline(stream, line); ++number) {
            if (line.ends_with('\r')) line.pop_back();
            if (line.empty() || line.front() == '#') continue;
            const auto wrong = [&](std::string_view what) {
                return fail(
                    ErrorCode::invalid_config,
                    file.string() + ":" + std::to_string(number) + ": " + std::string(what));
            };
            const auto columns = fields(line, '\t');
            if (columns.size() != 3)
                return wrong("needs English, Danish and class, parted by tabs");
            const auto word_class = class_of(columns[2]);
            if (!word_class)
                return wrong("class is none of question, noun, verb, adjective, adverb, other");
            const bool verb = *word_class == EnglishClass::verb;
            std::array<std::string, 4> danish;
            const auto forms =
                verb ? fields(columns[1], '/') : std::vector<std::string_view>{columns[1]};
            if (forms.size() != (verb ? danish.size() : 1U))
                return wrong("a Danish verb is written infinitive/present/past/participle");
            std::copy(forms.begin(), forms.end(), danish.begin());
            const auto entry = static_cast<std::uint32_t>(words.entries_.size());
            words.entries_.push_back(std::move(danish));
            for (const std::string_view variant : fields(columns[0], ',')) {
                const std::string english = without_genitives(fold(variant));
                const auto parts = fields(english, '/');
                if (english.empty() || (verb && parts.size() != 1 && parts.size() != 3))
                    return wrong("an English verb is written base or base/past/participle");
                words.add(english, *word_class, entry);
            }
        }
    }
    return words;
}

const std::vector<EnglishSense>* EnglishWords::find(const std::string& phrase) const {
    const auto found = senses_.find(phrase);
    return found == senses_.end() ? nullptr : &found->second;
}

std::string_view EnglishWords::danish(const EnglishSense& sense, VerbForm form) const {
    const auto& forms = entries_[sense.entry];
    return sense.word_class == EnglishClass::verb ? forms[static_cast<std::size_t>(form)]
                                                  : forms.front();
}

}  // namespace raadbot::danish
