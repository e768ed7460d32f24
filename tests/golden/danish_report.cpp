// How well inflection and compounds are read, on outside word lists: prints figures, and fails when
// one falls below its floor. Runs only when RAADBOT_SHARED names the folder with the lists.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace {

using raadbot::danish::fold;
using raadbot::danish::Morphology;
using Row = std::vector<std::string>;

std::vector<Row> read_tsv(const std::string& path) {
    std::ifstream in(path);
    std::vector<Row> rows;
    std::string line;
    std::getline(in, line);  // header
    while (std::getline(in, line)) {
        Row row;
        std::size_t begin = 0;
        while (begin <= line.size()) {
            const std::size_t end = std::min(line.find('\t', begin), line.size());
            row.push_back(line.substr(begin, end - begin));
            begin = end + 1;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string join(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : "|") + part;
    return out;
}

double percent(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

class Clock {
public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

bool above(const char* name, double value, double floor) {
    std::printf("%-44s %7.2f  (floor %.1f)%s\n", name, value, floor, value < floor ? "  LOW" : "");
    return value >= floor;
}

bool compounds(const Morphology& morphology, const std::string& folder, bool verbose) {
    std::size_t exact = 0;
    std::size_t count = 0;
    for (const Row& row : read_tsv(folder + "/compounds.tsv")) {
        if (row.size() < 2) continue;
        const std::string got = join(morphology.split(fold(row[0])));
        ++count;
        if (got == fold(row[1])) {
            ++exact;
        } else if (verbose) {
            std::printf("compound %s: %s, not %s\n", row[0].c_str(), got.c_str(), row[1].c_str());
        }
    }
    return above("compounds, exact %", percent(exact, count), 94);
}

/// Same-lemma pairs are each form with its lemma. Pairs of unlike words are drawn with a fixed
/// seed: any two forms, and two forms that begin with the same four letters.
bool lemmas(const Morphology& morphology, const std::string& folder, bool verbose) {
    struct Form {
        std::string text;
        std::string lemma;
    };
    std::vector<Form> forms;
    std::map<std::string, std::set<std::string>> lemmas_of;
    std::map<char, std::pair<std::size_t, std::size_t>> by_class;
    std::size_t same = 0;
    std::size_t one = 0;
    for (const Row& row : read_tsv(folder + "/unimorph.tsv")) {
        if (row.size() < 3) continue;
        Form form{fold(row[1]), fold(row[0])};
        const bool found = morphology.same_lemma(form.text, form.lemma);
        same += found ? 1U : 0U;
        if (verbose && found && morphology.lemma(form.text) != morphology.lemma(form.lemma)) {
            std::printf("single %s (%s): %s, %s\n", row[1].c_str(), row[0].c_str(),
                        morphology.lemma(form.text).c_str(), morphology.lemma(form.lemma).c_str());
        }
        one += morphology.lemma(form.text) == morphology.lemma(form.lemma) ? 1U : 0U;
        auto& [hits, all] = by_class[row[2].empty() ? '?' : row[2][0]];
        hits += found ? 1U : 0U;
        ++all;
        if (!found && verbose) {
            std::printf("lemma %s (%s): %s, %s\n", row[1].c_str(), row[0].c_str(),
                        join(morphology.lemmas(form.text)).c_str(),
                        join(morphology.lemmas(form.lemma)).c_str());
        }
        lemmas_of[form.text].insert(form.lemma);
        forms.push_back(std::move(form));
    }
    if (forms.empty()) return false;
    for (const auto& [word_class, figures] : by_class) {
        std::printf("  class %c: %.2f %% of %zu\n", word_class,
                    percent(figures.first, figures.second), figures.second);
    }

    std::mt19937 random(17);
    std::uniform_int_distribution<std::size_t> any(0, forms.size() - 1);
    std::map<std::string, std::vector<std::size_t>> by_prefix;
    for (std::size_t i = 0; i < forms.size(); ++i) {
        if (forms[i].text.size() >= 4) by_prefix[forms[i].text.substr(0, 4)].push_back(i);
    }
    const auto unlike = [&](const Form& a, const Form& b) {
        const auto& first = lemmas_of[a.text];
        const auto& second = lemmas_of[b.text];
        return std::none_of(first.begin(), first.end(),
                            [&](const std::string& lemma) { return second.contains(lemma); });
    };
    std::size_t random_wrong = 0;
    std::size_t near_wrong = 0;
    std::size_t near_wrong_one = 0;
    std::size_t near_count = 0;
    for (std::size_t i = 0; i < forms.size(); ++i) {
        const Form& other = forms[any(random)];
        if (unlike(forms[i], other) && morphology.same_lemma(forms[i].text, other.text)) {
            ++random_wrong;
        }
        if (forms[i].text.size() < 4) continue;
        const auto& family = by_prefix[forms[i].text.substr(0, 4)];
        const Form& near = forms[family[any(random) % family.size()]];
        if (!unlike(forms[i], near)) continue;
        ++near_count;
        if (morphology.lemma(forms[i].text) == morphology.lemma(near.text)) ++near_wrong_one;
        if (morphology.same_lemma(forms[i].text, near.text)) {
            ++near_wrong;
            if (verbose) {
                std::printf("merged %s (%s) and %s (%s)\n", forms[i].text.c_str(),
                            forms[i].lemma.c_str(), near.text.c_str(), near.lemma.c_str());
            }
        }
    }
    bool good = above("same lemma, recall %", percent(same, forms.size()), 99);
    good &= above("same single lemma, recall %", percent(one, forms.size()), 97.2);
    good &=
        above("random unlike pairs kept apart %", 100 - percent(random_wrong, forms.size()), 99.9);
    good &= above("near unlike pairs kept apart %", 100 - percent(near_wrong, near_count), 99.2);
    good &= above("near unlike pairs, single lemma, apart %",
                  100 - percent(near_wrong_one, near_count), 99.3);
    return good;
}

/// For information: does our lemma join what the Danish Snowball stemmer joins?
void snowball(const Morphology& morphology, const std::string& folder) {
    std::map<std::string, std::vector<std::string>> groups;
    const Clock clock;
    std::size_t words = 0;
    for (const Row& row : read_tsv(folder + "/snowball.tsv")) {
        if (row.size() < 2) continue;
        groups[row[1]].push_back(morphology.lemma(fold(row[0])));
        ++words;
    }
    std::size_t pairs = 0;
    std::size_t joined = 0;
    for (const auto& [stem, lemmas] : groups) {
        for (std::size_t i = 1; i < lemmas.size(); ++i) {
            ++pairs;
            joined += lemmas[i] == lemmas[0] ? 1U : 0U;
        }
    }
    std::printf("snowball neighbours of one lemma: %.1f %% of %zu; %.1f us a lemma\n",
                percent(joined, pairs), pairs, 1e6 * clock.seconds() / static_cast<double>(words));
}

}  // namespace

int main(int argc, char** argv) {
    const std::string shared = RAADBOT_SHARED_DIR;
    if (shared.empty()) {
        std::puts("RAADBOT_SHARED is not set; nothing measured");
        return 0;
    }
    const bool verbose = argc > 1 && std::string_view(argv[1]) == "--verbose";
    const Clock clock;
    const auto loaded = Morphology::load();
    if (!loaded) {
        std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
        return 1;
    }
    std::printf("dictionary loaded in %.3f s\n", clock.seconds());
    const std::string folder = shared + "/danish";
    bool good = compounds(**loaded, folder, verbose);
    good &= lemmas(**loaded, folder, verbose);
    snowball(**loaded, folder);
    return good ? 0 : 1;
}
