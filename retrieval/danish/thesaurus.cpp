#include "retrieval/danish/thesaurus.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <unordered_map>

#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

/// The format is MyThes': "word|number of meanings", then per meaning one line
/// "(pos)|synonym|synonym".
class Thesaurus {
public:
    Thesaurus() {
        for (const char* path :
             {"/usr/share/mythes/th_da_DK_v2.dat", "/usr/share/mythes/th_da_DK.dat"}) {
            std::ifstream in(path, std::ios::binary);
            if (!in) continue;
            std::ostringstream all;
            all << in.rdbuf();
            text_ = std::move(all).str();
            index();
            return;
        }
    }

    [[nodiscard]] std::vector<std::string> synonyms(const std::string& word) const {
        std::vector<std::string> found;
        const auto entry = offsets_.find(word);
        if (entry == offsets_.end()) return found;
        std::size_t at = entry->second;
        std::string_view head = line(at);
        std::size_t meanings = 0;
        for (const char c : head.substr(head.find('|') + 1)) {
            if (c >= '0' && c <= '9' && meanings < 100)
                meanings = meanings * 10 + static_cast<std::size_t>(c - '0');
        }
        while (meanings-- > 0 && at < text_.size()) {
            std::string_view rest = line(at);
            rest.remove_prefix(std::min(rest.size(), rest.find('|') + 1));
            while (!rest.empty()) {
                const std::size_t bar = rest.find('|');
                const std::string_view synonym = rest.substr(0, bar);
                if (synonym.find('(') == std::string_view::npos && !synonym.empty() &&
                    synonym.front() != '-') {
                    found.emplace_back(fold(synonym));
                }
                rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
            }
        }
        // A word with very many synonyms has many senses, and most of them are not the asker's.
        if (found.size() > most_synonyms) found.clear();
        return found;
    }

private:
    static constexpr std::size_t most_synonyms = 14;

    [[nodiscard]] std::string_view line(std::size_t& at) const {
        const std::size_t end = std::min(text_.find('\n', at), text_.size());
        const std::string_view found(text_.data() + at, end - at);
        at = end + 1;
        return found;
    }

    void index() {
        std::size_t at = 0;
        (void)line(at);  // The encoding, "utf-8".
        while (at < text_.size()) {
            const std::size_t start = at;
            const std::string_view found = line(at);
            const std::size_t bar = found.find('|');
            // A head has a word before its bar; the lines of its meanings begin with a bar or "(".
            if (bar == std::string_view::npos || bar == 0 || found.front() == '(') continue;
            offsets_.emplace(fold(found.substr(0, bar)), start);
        }
    }

    std::string text_;
    std::unordered_map<std::string, std::size_t> offsets_;
};

}  // namespace

std::vector<std::string> thesaurus_synonyms(std::string_view folded,
                                            const std::vector<std::string>& lemmas) {
    static const Thesaurus thesaurus;
    std::vector<std::string> found = thesaurus.synonyms(std::string(folded));
    for (const std::string& lemma : lemmas) {
        if (!found.empty()) break;
        if (lemma != folded) found = thesaurus.synonyms(lemma);
    }
    return found;
}

}  // namespace raadbot::danish
