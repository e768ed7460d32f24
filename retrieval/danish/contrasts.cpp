#include "retrieval/danish/contrasts.hpp"

#include <algorithm>
#include <fstream>

#include "retrieval/danish/fields.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
Result<Contrasts> Contrasts::read(const std::filesystem::path& file) {
    Contrasts contrasts;
    std::ifstream stream(file);
    if (!stream) return contrasts;
    const Morphology& morphology = Morphology::instance();
    std::string line;
    for (std::size_t number = 1; std::getline(stream, line); ++number) {
        if (line.ends_with('\r')) line.pop_back();
        if (line.empty() || line.front() == '#') continue;
        std::vector<Member> set;
        for (const std::string_view words : fields(line, '\t')) {
            Member member;
            for (const std::string_view word : fields(words, '|')) {
                const std::vector<Token> tokens = tokenize(word);
                if (tokens.empty())
                    return fail(ErrorCode::invalid_config,
                                file.string() + ":" + std::to_string(number) +
                                    ": has an empty member; write members with one tab between");
                // Of things named by several words only those of one tell them apart.
                if (tokens.size() == 1) member.push_back(morphology.lemma(tokens.front().text));
            }
            set.push_back(std::move(member));
        }
        if (set.size() < 2)
            return fail(ErrorCode::invalid_config,
                        file.string() + ":" + std::to_string(number) +
                            ": a set needs two members with a tab between");
        for (std::size_t member = 0; member < set.size(); ++member) {
            for (const std::string& lemma : set[member])
                contrasts.places_[lemma].push_back({contrasts.sets_.size(), member});
        }
        contrasts.sets_.push_back(std::move(set));
    }
    return contrasts;
}

void Contrasts::add_others(const std::string& lemma, std::vector<std::string>& to) const {
    const auto found = places_.find(lemma);
    if (found == places_.end()) return;
    for (const Place& place : found->second) {
        const std::vector<Member>& set = sets_[place.set];
        for (std::size_t member = 0; member < set.size(); ++member) {
            if (member != place.member) to.insert(to.end(), set[member].begin(), set[member].end());
        }
    }
}

std::vector<std::string> Contrasts::others(std::string_view folded) const {
    const Morphology& morphology = Morphology::instance();
    std::vector<std::string> own{morphology.lemma(folded)};
    std::vector<std::string> result;
    add_others(own.front(), result);
    if (result.empty()) {
        const auto parts = morphology.split(folded);
        for (std::size_t i = 0; parts.size() > 1 && i < parts.size(); ++i) {
            own.push_back(morphology.lemma(parts[i]));
            add_others(own.back(), result);
        }
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    const auto is_own = [&](const std::string& word) {
        return std::find(own.begin(), own.end(), word) != own.end();
    };
    result.erase(std::remove_if(result.begin(), result.end(), is_own), result.end());
    return result;
}

}  // namespace raadbot::danish
