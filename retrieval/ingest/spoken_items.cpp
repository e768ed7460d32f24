#include "retrieval/ingest/spoken_items.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/ingest/meeting_words.hpp"

namespace raadbot::ingest {
namespace {

using danish::Token;
using danish::TokenKind;

// Weights: a number alone is believed, and so is one word that no other title has; a number whose
// words speak of another item is not. "Næste punkt" alone only fills a gap.
constexpr double number_weight = 2.0;
constexpr double case_weight = 3.0;
constexpr double title_weight = 3.0;
constexpr double part_match = 0.7;     ///< "hallen" for "idrætshal".
constexpr double generic_word = 0.15;  ///< Words that any title may have.
constexpr double least_weight = 0.9;
constexpr double bare_next = 0.4;
constexpr double other_speaker = 0.4;  ///< Of what is announced by another than the chair.
constexpr std::size_t most_candidates = 4'000;

std::optional<unsigned> number_word(const Token& token) {
    static constexpr auto words = std::to_array<std::string_view>(
        {"et",     "to",      "tre",    "fire",   "fem",    "seks",    "syv",
         "otte",   "ni",      "ti",     "elleve", "tolv",   "tretten", "fjorten",
         "femten", "seksten", "sytten", "atten",  "nitten", "tyve"});
    if (token.text.size() <= 2 && token.text.find_first_not_of("0123456789") == std::string::npos)
        return static_cast<unsigned>(std::stoul(token.text));
    const auto* found =
        std::find(words.begin(), words.end(), token.text == "ét" ? "et" : token.text);
    if (found == words.end()) return std::nullopt;
    return static_cast<unsigned>(found - words.begin()) + 1;
}

unsigned number_in(const std::vector<Token>& words) {
    static constexpr auto before = std::to_array<std::string_view>(
        {"til", "med", "er", "ved", "over", "på", "dagsordenens", "næste", "starter", "begynder",
         "behandler", "det", "tager", "så"});
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (words[at].text != "punkt") continue;
        if (at > 0 && std::find(before.begin(), before.end(), words[at - 1].text) == before.end())
            continue;
        std::size_t next = at + 1;
        if (next < words.size() && (words[next].text == "nummer" || words[next].text == "nr"))
            ++next;
        if (next >= words.size()) continue;
        if (const auto number = number_word(words[next])) return *number;
    }
    return 0;
}

/// The words with one blank between them and round them, so that phrases can be looked for.
std::string spaced(const std::vector<Token>& words) {
    std::string out = " ";
    for (const Token& word : words) out += word.text + " ";
    return out;
}

template <std::size_t Count>
bool says_one(const std::string& spaced, const std::array<std::string_view, Count>& phrases) {
    return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
        return spaced.find(" " + std::string(phrase) + " ") != std::string::npos;
    });
}

bool goes_on(const std::vector<Token>& words) {
    static constexpr auto phrases = std::to_array<std::string_view>(
        {"går vi til",      "går vi videre", "vi går videre", "går vi over",    "vi går over",
         "er vi ved",       "vi er ved",     "kommer vi til", "vi kommer til",  "vi går til",
         "tager vi",        "vi tager fat",  "næste punkt",   "næste sag",      "første punkt",
         "første sag",      "sidste punkt",  "sidste sag",    "det næste er",   "og så er det",
         "så er det",       "så har vi",     "så skal vi",    "vi starter med", "vi begynder med",
         "vi springer til", "så er der",     "hopper vi til", "sagen om",       "punktet om"});
    // What follows "så går vi til" in every debate.
    static constexpr auto none =
        std::to_array<std::string_view>({"til afstemning", "til debatten", "til debat"});
    const std::string said = spaced(words);
    return !says_one(said, none) && says_one(said, phrases);
}

bool names_the_next(const std::vector<Token>& words) {
    static constexpr auto phrases = std::to_array<std::string_view>({"næste punkt", "næste sag"});
    return says_one(spaced(words), phrases);
}

bool ends_the_open_part(const std::vector<Token>& words) {
    static constexpr auto phrases = std::to_array<std::string_view>(
        {"mødet er slut", "mødet er hævet", "hæver mødet", "lukker vi for", "lukkede punkt",
         "lukkede punkter", "lukkede del", "lukkede møde"});
    return says_one(spaced(words), phrases);
}

/// A word as titles and speech share it: what it may be a form of, and so for a compound's parts.
struct Word {
    std::vector<std::string> lemmas;  ///< Best first.
    std::vector<std::string> parts;   ///< Empty when it is no compound.
};

class Words {
public:
    const Word& of(const std::string& folded) {
        const auto known = known_.find(folded);
        if (known != known_.end()) return known->second;
        Word word;
        if (morphology_ == nullptr) {
            word.lemmas = {folded};
        } else {
            word.lemmas = morphology_->lemmas(folded);
            const auto parts = morphology_->split(folded);
            for (const std::string& part : parts) {
                if (parts.size() < 2 || part.size() < 3) continue;
                for (std::string& lemma : morphology_->lemmas(part))
                    word.parts.push_back(std::move(lemma));
            }
        }
        return known_.emplace(folded, std::move(word)).first->second;
    }

private:
    const danish::Morphology* morphology_ = [] {
        static const auto loaded = danish::Morphology::load();
        return loaded ? loaded->get() : nullptr;
    }();
    std::map<std::string, Word> known_;
};

bool share(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& one) {
        return std::find(b.begin(), b.end(), one) != b.end();
    });
}

double likeness(const Word& a, const Word& b) {
    if (share(a.lemmas, b.lemmas)) return 1.0;
    if (share(a.parts, b.lemmas) || share(b.parts, a.lemmas)) return part_match;
    return share(a.parts, b.parts) ? part_match / 2 : 0.0;
}

bool is_generic(std::string_view lemma) {
    static constexpr auto words = std::to_array<std::string_view>({"sag",
                                                                   "punkt",
                                                                   "forslag",
                                                                   "godkendelse",
                                                                   "orientering",
                                                                   "indstilling",
                                                                   "beslutning",
                                                                   "kommune",
                                                                   "behandling",
                                                                   "vedrørende",
                                                                   "ny",
                                                                   "plan",
                                                                   "møde",
                                                                   "råd",
                                                                   "byråd",
                                                                   "udvalg",
                                                                   "bevilling",
                                                                   "anlægsbevilling",
                                                                   "redegørelse",
                                                                   "høring",
                                                                   "år",
                                                                   "endelig",
                                                                   "vedtagelse",
                                                                   "drøftelse",
                                                                   "kommunalbestyrelse",
                                                                   "anden",
                                                                   "første"});
    return std::find(words.begin(), words.end(), lemma) != words.end();
}

struct TitleWord {
    Word word;
    double weight = 1;
};

std::vector<Token> content_of(std::string_view text) {
    std::vector<Token> tokens = danish::tokenize(text);
    std::erase_if(tokens, [](const Token& token) {
        return danish::is_stop_word(token.text) || token.text.size() < 2;
    });
    return tokens;
}

std::vector<std::vector<TitleWord>> titles_of(const std::vector<AgendaItem>& items, Words& words) {
    std::map<std::string, std::set<std::size_t>> titles;
    std::vector<std::vector<TitleWord>> out(items.size());
    for (std::size_t at = 0; at < items.size(); ++at) {
        for (const Token& token : content_of(items[at].title)) {
            TitleWord word{words.of(token.text), 1};
            const auto same = [&](const TitleWord& other) {
                return other.word.lemmas.front() == word.word.lemmas.front();
            };
            if (std::any_of(out[at].begin(), out[at].end(), same)) continue;
            titles[word.word.lemmas.front()].insert(at);
            out[at].push_back(std::move(word));
        }
    }
    for (auto& title : out) {
        for (TitleWord& word : title) {
            word.weight = 1.0 / static_cast<double>(titles[word.word.lemmas.front()].size());
            if (is_generic(word.word.lemmas.front())) word.weight *= generic_word;
        }
    }
    return out;
}

/// Grows with every word of the title that is said, to at most title_weight.
double said_of(const std::vector<TitleWord>& title, const std::vector<Word>& said) {
    double sum = 0;
    for (const TitleWord& word : title) {
        double best = 0;
        for (const Word& one : said) best = std::max(best, likeness(word.word, one));
        sum += word.weight * best;
    }
    return title_weight * (1.0 - std::exp(-sum));
}

struct Candidate {
    std::size_t announcement = 0;  ///< One of them announces one item.
    std::size_t turn = 0;
    std::size_t item = 0;
    double weight = 0;
    bool bare = false;  ///< "Næste punkt" and nothing else: only right behind the item before.
};

std::string leading_digits(std::string_view number) {
    return std::string(number.substr(0, number.find_first_not_of("0123456789")));
}

/// The chair: who announces most numbers, else who begins.
std::string chair_of(const std::vector<HeardTurn>& turns) {
    std::map<std::string, std::size_t> counts;
    for (const HeardTurn& turn : turns) {
        if (!turn.speaker.empty() && announced_number(turn.text) > 0) ++counts[turn.speaker];
    }
    const auto most =
        std::max_element(counts.begin(), counts.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most != counts.end()) return most->first;
    return turns.empty() ? std::string() : turns.front().speaker;
}

class Listener {
public:
    explicit Listener(const std::vector<AgendaItem>& items)
        : items_(items), titles_(titles_of(items, words_)) {}

    /// What one sentence, with those behind it, announces.
    void hear(std::size_t turn, std::string_view sentence, std::string_view behind, double trust) {
        const auto tokens = danish::tokenize(sentence);
        const unsigned number = number_in(tokens);
        const bool on = goes_on(tokens);
        std::string filed;
        for (const Token& token : tokens) {
            if (token.kind == TokenKind::case_number) filed = token.text;
        }
        if (number == 0 && !on && filed.empty()) return;
        ++announcement_;
        std::vector<Word> said;
        for (const Token& token : content_of(std::string(sentence) + " " + std::string(behind)))
            said.push_back(words_.of(token.text));
        add(turn, number, filed, said, trust);
        if (number != 0 || !names_the_next(tokens)) return;
        for (std::size_t item = 0; item < items_.size(); ++item)
            candidates_.push_back({announcement_, turn, item, bare_next * trust, true});
    }
    void read_mark(std::size_t turn, std::string_view heading) {
        const auto mark = item_heading(heading);
        if (!mark) return;
        ++announcement_;
        std::vector<Word> said;
        for (const Token& token : content_of(mark->title)) said.push_back(words_.of(token.text));
        const std::string digits = leading_digits(mark->number);
        add(turn,
            digits.empty() || digits.size() > 4 ? 0 : static_cast<unsigned>(std::stoul(digits)), {},
            said, 1.0);
    }

    /// The chain of most weight: turns do not fall, items rise.
    [[nodiscard]] std::vector<Candidate> best_chain() {
        if (candidates_.size() > most_candidates) candidates_.resize(most_candidates);
        std::vector<double> best(candidates_.size());
        std::vector<std::size_t> from(candidates_.size(), candidates_.size());
        std::size_t last = candidates_.size();
        for (std::size_t at = 0; at < candidates_.size(); ++at) {
            const Candidate& one = candidates_[at];
            best[at] = one.bare ? -1.0 : one.weight;
            for (std::size_t before = 0; before < at; ++before) {
                const Candidate& other = candidates_[before];
                if (best[before] < 0 || other.item >= one.item ||
                    other.announcement == one.announcement)
                    continue;
                if (one.bare && other.item + 1 != one.item) continue;
                if (best[before] + one.weight <= best[at]) continue;
                best[at] = best[before] + one.weight;
                from[at] = before;
            }
            if (best[at] > 0 && (last == candidates_.size() || best[at] > best[last])) last = at;
        }
        std::vector<Candidate> chain;
        for (std::size_t at = last; at < candidates_.size(); at = from[at])
            chain.push_back(candidates_[at]);
        std::reverse(chain.begin(), chain.end());
        return chain;
    }

private:
    void add(std::size_t turn, unsigned number, const std::string& filed,
             const std::vector<Word>& said, double trust) {
        const std::string digits = number == 0 ? std::string() : std::to_string(number);
        for (std::size_t item = 0; item < items_.size(); ++item) {
            double weight = said_of(titles_[item], said);
            if (!digits.empty() && leading_digits(items_[item].number) == digits)
                weight += number_weight;
            if (!filed.empty() && danish::fold(items_[item].case_number) == filed)
                weight += case_weight;
            weight *= trust;
            if (weight >= least_weight)
                candidates_.push_back({announcement_, turn, item, weight, false});
        }
    }

    const std::vector<AgendaItem>& items_;
    Words words_;
    std::vector<std::vector<TitleWord>> titles_;
    std::vector<Candidate> candidates_;
    std::size_t announcement_ = 0;
};

}  // namespace

unsigned announced_number(std::string_view text) {
    for (const danish::Span& span : danish::sentences(text)) {
        const auto words = danish::tokenize(text.substr(span.begin, span.end - span.begin));
        if (const unsigned number = number_in(words); number > 0) return number;
    }
    return 0;
}

bool goes_on(std::string_view sentence) { return goes_on(danish::tokenize(sentence)); }

std::vector<std::vector<std::size_t>> items_spoken_of(const std::vector<HeardTurn>& turns,
                                                      const std::vector<AgendaItem>& items) {
    std::vector<std::vector<std::size_t>> out(turns.size());
    if (items.empty() || turns.empty()) return out;
    Listener listener(items);
    const std::string chair = chair_of(turns);
    std::set<std::size_t>
        ends;  // Turns behind which the meeting is closed, for a while or for good.
    for (std::size_t at = 0; at < turns.size(); ++at) {
        const HeardTurn& turn = turns[at];
        if (!turn.heading.empty() && (at == 0 || turns[at - 1].heading != turn.heading))
            listener.read_mark(at, turn.heading);
        const double trust = turn.speaker.empty() || turn.speaker == chair ? 1.0 : other_speaker;
        const auto sentences = danish::sentences(turn.text);
        for (std::size_t s = 0; s < sentences.size(); ++s) {
            const std::string_view text(turn.text);
            const auto part = [&](std::size_t n) {
                return n < sentences.size()
                           ? text.substr(sentences[n].begin, sentences[n].end - sentences[n].begin)
                           : std::string_view();
            };
            std::string behind;
            for (std::size_t next = s + 1; next <= s + 2; ++next) {
                // Up to the next announcement.
                if (announced_number(part(next)) > 0) break;
                behind += std::string(part(next)) + " ";
            }
            listener.hear(at, part(s), behind, trust);
            if (trust < 1.0) continue;
            if (ends_the_open_part(danish::tokenize(part(s)))) ends.insert(at + 1);
            // An item that the papers at hand do not have.
            const unsigned number = announced_number(part(s));
            const bool known =
                number == 0 || std::any_of(items.begin(), items.end(), [&](const AgendaItem& item) {
                    return leading_digits(item.number) == std::to_string(number);
                });
            if (!known) ends.insert(at);
        }
    }
    const auto chain = listener.best_chain();
    for (std::size_t link = 0; link < chain.size(); ++link) {
        std::size_t until = turns.size();
        if (link + 1 < chain.size()) until = std::max(chain[link + 1].turn, chain[link].turn + 1);
        if (const auto stop = ends.upper_bound(chain[link].turn); stop != ends.end())
            until = std::min(until, *stop);
        for (std::size_t at = chain[link].turn; at < until; ++at) {
            if (at == chain[link].turn || out[at].empty()) out[at].push_back(chain[link].item);
        }
    }
    return out;
}

}  // namespace raadbot::ingest
