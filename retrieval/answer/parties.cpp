#include "retrieval/answer/parties.hpp"

#include <algorithm>
#include <array>

#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/printed_names.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::Token;

struct NationalParty {
    std::string_view letter;
    std::array<std::string_view, 6> names;  ///< Folded; more than one word possible.
};
constexpr std::array<NationalParty, 14> national_parties{{
    {"A",
     {"socialdemokratiet", "socialdemokraterne", "socialdemokrat", "social democrats",
      "social democratic party", ""}},
    {"B",
     {"radikale venstre", "radikale", "de radikale", "social liberals", "social liberal party",
      ""}},
    {"C",
     {"konservative", "det konservative folkeparti", "de konservative", "conservatives",
      "conservative party", ""}},
    {"D", {"nye borgerlige", "", "", "", "", ""}},
    {"F", {"sf", "socialistisk folkeparti", "socialist people's party", "", "", ""}},
    {"I", {"liberal alliance", "la", "", "", "", ""}},
    {"K", {"kristendemokraterne", "kd", "christian democrats", "", "", ""}},
    {"M", {"moderaterne", "moderates", "", "", "", ""}},
    {"O", {"dansk folkeparti", "df", "danish people's party", "", "", ""}},
    {"V", {"venstre", "liberals", "liberal party", "", "", ""}},
    {"Æ", {"danmarksdemokraterne", "denmark democrats", "", "", "", ""}},
    {"Ø", {"enhedslisten", "red-green alliance", "", "", "", ""}},
    {"Å", {"alternativet", "the alternative", "", "", "", ""}},
    {"S", {"slesvigsk parti", "", "", "", "", ""}},
}};

/// Where the words of `name` stand in `tokens`, from `first`; npos when nowhere.
std::size_t find_words(const std::vector<Token>& tokens, std::string_view name,
                       std::size_t first = 0) {
    const auto words = danish::tokenize(name);
    for (std::size_t i = first; i + words.size() <= tokens.size(); ++i) {
        std::size_t same = 0;
        while (same < words.size() && (tokens[i + same].text == words[same].text ||
                                       tokens[i + same].text == words[same].text + "s")) {
            ++same;
        }
        if (same == words.size()) return i;
    }
    return std::string_view::npos;
}

/// "Venstre" is a party and a side; only the party has a capital, or a verb of saying before it.
bool means_left(std::string_view question, const Token& token) {
    return token.text == "venstre" && question[token.begin] != 'V' && token.begin > 0 &&
           question.substr(0, token.begin).ends_with("til ");
}

bool opens_with(const std::vector<Token>& tokens, const std::vector<std::string>& names,
                std::size_t within) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        const std::size_t at = find_words(tokens, name);
        if (at == std::string_view::npos || at > within) return false;
        // "Jeg er enig med Venstre": of another party.
        return at == 0 || danish::one_of(tokens[at - 1].text, {"i", "for", "fra", "vi", "hos",
                                                               "som", "så", "og", "tak", "er"});
    });
}

}  // namespace

std::optional<PartyAsked> party_asked(std::string_view question) {
    const auto tokens = danish::tokenize(question);
    std::optional<PartyAsked> best;
    std::size_t longest = 0;
    for (const NationalParty& party : national_parties) {
        for (const std::string_view name : party.names) {
            if (name.empty()) continue;
            const std::size_t at = find_words(tokens, name);
            if (at == std::string_view::npos || name.size() <= longest) continue;
            if (means_left(question, tokens[at])) continue;
            longest = name.size();
            best = PartyAsked{};
            for (const std::string_view other : party.names) {
                if (!other.empty()) best->names.emplace_back(other);
            }
            best->letter = party.letter;
            const std::size_t words = danish::tokenize(name).size();
            best->span = {tokens[at].begin, tokens[at + words - 1].end};
        }
    }
    if (best) return best;
    // "hvad sagde Æ om": a letter alone, in capitals, behind a verb.
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const std::string_view word =
            question.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
        const bool one = word.size() == 1 || (word.size() == 2 && word[0] == '\xC3');
        if (!one || danish::fold(word) == word || tokens[i].text == "i" ||
            tokens[i].kind != danish::TokenKind::word) {
            continue;
        }
        PartyAsked party;
        party.letter = word;
        for (const NationalParty& national : national_parties) {
            if (national.letter != word) continue;
            for (const std::string_view name : national.names) {
                if (!name.empty()) party.names.emplace_back(name);
            }
        }
        party.span = {tokens[i].begin, tokens[i].end};
        return party;
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        std::string name = tokens[i].text;
        if (name.ends_with("listens") || name.ends_with("listes")) name.pop_back();
        const bool list = (name.ends_with("listen") || name.ends_with("liste")) &&
                          name.size() > 7 && !name.ends_with("venteliste") &&
                          !name.ends_with("ventelisten") && name != "ordliste" &&
                          name != "ordlisten";
        if (!list) continue;
        PartyAsked party;
        party.names.push_back(name);
        party.span = {tokens[i].begin, tokens[i].end};
        return party;
    }
    return std::nullopt;
}

bool names_party(const PartyAsked& party, std::string_view text) {
    const auto tokens = danish::tokenize(text);
    return std::any_of(party.names.begin(), party.names.end(), [&](const std::string& name) {
        return find_words(tokens, name) != std::string_view::npos;
    });
}

bool listed_under(const PartyAsked& party, std::string_view text, std::size_t person) {
    constexpr std::size_t longest_line = 160;  // Bytes: a list's line, no prose.
    const std::size_t break_before =
        person == 0 ? std::string_view::npos : text.rfind('\n', person - 1);
    const std::size_t begin = break_before == std::string_view::npos ? 0 : break_before + 1;
    const std::size_t end = std::min(text.find('\n', person), text.size());
    if (end - begin > longest_line) return false;
    const std::string_view line = text.substr(begin, end - begin);
    const auto tokens = danish::tokenize(line);
    const auto last_before = [&](std::string_view name) {
        std::size_t last = std::string_view::npos;
        for (std::size_t at = find_words(tokens, name); at != std::string_view::npos;
             at = find_words(tokens, name, at + 1)) {
            // "Radikale Venstre" is not Venstre.
            const bool part = at > 0 && name == "venstre" && tokens[at - 1].text == "radikale";
            if (tokens[at].begin < person - begin && !part) last = at;
        }
        return last;
    };
    std::size_t own = std::string_view::npos;
    for (const std::string& name : party.names) {
        const std::size_t at = name.empty() ? std::string_view::npos : last_before(name);
        if (at != std::string_view::npos && (own == std::string_view::npos || at > own)) own = at;
    }
    if (own == std::string_view::npos) return false;
    for (const NationalParty& other : national_parties) {
        if (other.letter == party.letter) continue;
        for (const std::string_view name : other.names) {
            const std::size_t at = name.empty() ? std::string_view::npos : last_before(name);
            if (at != std::string_view::npos && at > own) return false;
        }
    }
    return true;
}

bool belongs_to(const PartyAsked& party, const std::string& speaker,
                const std::vector<SpokenTurn>& turns, const Library& library) {
    constexpr std::size_t first_words = 6;  // In which one says for whom one speaks.
    const auto names = danish::tokenize(speaker);
    if (names.empty()) return false;
    for (std::size_t i = 0; i < turns.size(); ++i) {
        const std::string_view text = turns[i].passage.passage.text;
        if (turns[i].passage.passage.speaker == speaker) {
            for (const danish::Span& sentence : danish::sentences(text)) {
                const auto words =
                    danish::tokenize(text.substr(sentence.begin, sentence.end - sentence.begin));
                if (opens_with(words, party.names, first_words)) return true;
            }
            continue;
        }
        // "Tak. Borgerlisten, Lone Thorup.": the floor is given.
        const bool next = i + 1 < turns.size() && turns[i + 1].passage.passage.speaker == speaker;
        if (!next) continue;
        const auto words = danish::tokenize(text);
        const std::size_t called = find_words(words, names.back().text);
        if (called == std::string_view::npos) continue;
        for (const std::string& name : party.names) {
            const std::size_t at = find_words(words, name);
            if (at != std::string_view::npos && at < called && called - at <= 4) return true;
        }
    }
    constexpr std::size_t passages_about_speaker = 20;
    for (const StoredPassage& p : library.find(speaker, passages_about_speaker)) {
        const std::string_view text = p.passage.text;
        for (const danish::Span& span : danish::printed_persons(text)) {
            if (!danish::same_person(text.substr(span.begin, span.end - span.begin), speaker))
                continue;
            // Minutes tell of others' parties beside a name as well.
            if (!p.meeting && listed_under(party, text, span.begin)) return true;
            if (party.letter.empty()) continue;
            const std::string_view rest = text.substr(span.end);
            if (rest.starts_with(" (" + party.letter + ")")) return true;
            for (const std::string& name : party.names) {
                if (danish::fold(rest.substr(0, 40)).starts_with(" (" + name + ")")) return true;
            }
        }
    }
    return false;
}

}  // namespace raadbot::answer
