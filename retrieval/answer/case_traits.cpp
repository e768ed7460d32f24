#include "retrieval/answer/case_traits.hpp"

#include <algorithm>
#include <string>

#include "retrieval/answer/parties.hpp"
#include "retrieval/answer/passage_view.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/printed_names.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

float coverage_of_parts(const Aspect& aspect, const TermSet& title, const TermSet& ruled) {
    constexpr float least_of_compound = 0.8F;  // Less are synonyms of its own.
    constexpr float least_of_part = 0.5F;
    constexpr float not_in_title = 0.85F;
    const auto said_in = [](const TermSet& words, const std::string& term) {
        return std::max(words.strength(term), words.strength("~" + term));
    };
    float best = 0;
    for (const Alternative& alternative : aspect.alternatives) {
        if (alternative.terms.size() != 2 || alternative.weight < least_of_compound) continue;
        float sum = 0;
        bool titled = false;
        bool all = true;
        for (const std::string& term : alternative.terms) {
            const float in_title = said_in(title, term);
            const float strength = std::max(in_title, said_in(ruled, term) * not_in_title);
            titled = titled || in_title >= least_of_part;
            all = all && strength >= least_of_part;
            sum += strength;
        }
        if (all && titled) best = std::max(best, alternative.weight * sum / 2);
    }
    return best;
}

bool asks_case_history(std::string_view question) {
    const std::string folded = danish::fold(question);
    const auto says = [&](std::string_view words) {
        return folded.find(words) != std::string::npos;
    };
    const bool before = says(" før") || says("tidligere") || says("førhen");
    return before && (says("været oppe") || says("oppe at vende") || says("været behandlet") ||
                      says("været drøftet") || says("behandlet sagen") ||
                      says("været på dagsorden") || says("haft sagen"));
}

bool asks_who_elected(std::string_view question) {
    const auto tokens = danish::tokenize(question);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        if ((word == "stemte" || word == "stemt") && tokens[i + 1].text == "på") return true;
        if (word == "stemmer" && tokens[i + 1].text == "fik") return true;
    }
    return false;
}

bool asks_who_of_party(std::string_view question) {
    const auto tokens = danish::tokenize(question);
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (tokens[i].text != "hvem") continue;
        const std::string& next = tokens[i + 1].text;
        if (next == "fra" || next == "af") return true;
        const std::string& second = tokens[i + 2].text;
        if ((next == "var" || next == "er") && second == "den" && i + 4 < tokens.size() &&
            danish::one_of(tokens[i + 3].text, {"ene", "eneste"}) &&
            !danish::one_of(tokens[i + 4].text, {"der", "som"}))
            return true;
    }
    return false;
}

bool asks_who_voted(std::string_view question) {
    const auto tokens = danish::tokenize(question);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        if (word == "hvem" || word == "who") return true;
        if ((word == "hvilke" || word == "hvilket" || word == "which") && i + 1 < tokens.size() &&
            (tokens[i + 1].text.starts_with("part") || tokens[i + 1].text.starts_with("medlem") ||
             tokens[i + 1].text.starts_with("member"))) {
            return true;
        }
    }
    return false;
}

bool names_voters(std::string_view line) {
    if (facts_of(line).person) return true;
    const auto party = party_asked(line);
    if (party && !line.substr(0, party->span.begin).ends_with("fra ")) return true;
    const auto tokens = danish::tokenize(line);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        if (word.starts_with("enstemmig") || word == "enighed" || word == "alle") return true;
        // "For stemte A, F og Ø"; not "forslag fra F faldt".
        const bool proposer = i == 0 ? word == "i" : tokens[i - 1].text == "fra";
        const bool letter = (word.size() == 1 && word >= "a" && word <= "z") || word == "æ" ||
                            word == "ø" || word == "å";
        if (letter && !proposer &&
            line.substr(tokens[i].begin, tokens[i].end - tokens[i].begin) != word) {
            return true;  // Written with a capital.
        }
    }
    return false;
}

bool elects(const Decision& decision) {
    const std::string title = danish::fold(decision.passages.front().title);
    if (title.find("konstituer") != std::string::npos) return true;
    // "Valg af borgmester", not "valg af grund".
    const bool chooses = title.find("valg af ") != std::string::npos;
    for (const danish::Token& token : danish::tokenize(title)) {
        if (chooses && !danish::office_of(token.text).empty()) return true;
    }
    return std::any_of(decision.passages.begin(), decision.passages.end(), [](const auto& p) {
        const std::string text = danish::fold(p.passage.text);
        return text.find("valgt til") != std::string::npos ||
               text.find("valgt som") != std::string::npos;
    });
}

bool is_out_for_hearing(const Decision& decision) {
    std::string words = decision.passages.front().title;
    for (const StoredPassage& p : decision.passages) words += ' ' + p.passage.text;
    const std::string folded = danish::fold(words);
    const bool sent = folded.find(" i høring") != std::string::npos ||
                      folded.find(" i offentlig høring") != std::string::npos ||
                      folded.find(" i fornyet høring") != std::string::npos;
    return sent && folded.find("endelig") == std::string::npos;
}

}  // namespace raadbot::answer
