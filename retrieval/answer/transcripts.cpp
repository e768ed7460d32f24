#include "retrieval/answer/transcripts.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::Span;

constexpr std::size_t turns_remembered = 12;  // Without a call: further back is another item.

bool is_number_word(std::string_view word) {
    return danish::one_of(word,
                          {"et",      "ét",     "to",      "tre",    "fire",   "fem",    "seks",
                           "syv",     "otte",   "ni",      "ti",     "elleve", "tolv",   "tretten",
                           "fjorten", "femten", "seksten", "sytten", "atten",  "nitten", "tyve"});
}

/// "Vi er nået til svømmehallen.", "Så når vi frem til skolen.", "Næste sag er regulativet.": words
/// before the item's name.
bool leads_to_item(std::string_view sentence) {
    const auto tokens = danish::tokenize(sentence);
    const auto word = [&](std::size_t i) {
        return i < tokens.size() ? std::string_view(tokens[i].text) : std::string_view();
    };
    const bool votes = std::any_of(tokens.begin(), tokens.end(), [](const danish::Token& token) {
        return token.text.find("afstemning") != std::string::npos;
    });
    if (votes) return false;
    // The chair goes on: some verb of moving, and nothing else before "til".
    bool moves = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (word(i) == "til") {
            if (moves && i + 1 < tokens.size() && word(i + 1) != "at" && word(0) != "når")
                return true;
            break;
        }
        if (danish::one_of(word(i), {"når", "nået", "kommer", "kommet", "går", "gået", "springer",
                                     "vender", "bevæger"})) {
            moves = true;
            continue;
        }
        const bool filler = danish::one_of(
            word(i), {"så",       "nu",     "og",   "men",  "vi",     "er",     "skal",
                      "kan",      "videre", "frem", "over", "dermed", "derfor", "herefter",
                      "derefter", "godt",   "tak",  "fint", "ja",     "os",     "hermed"});
        if (!filler) break;
    }
    std::size_t first = 0;
    while (danish::one_of(word(first), {"så", "nu", "og", "vi", "er", "ved", "tager", "fat", "på",
                                        "hul", "den", "det", "kommer", "dagens", "aftenens"}))
        ++first;
    const auto ends = [&](std::string_view before, std::string_view last) {
        return first >= 3 && word(first - 2) == before && word(first - 1) == last;
    };
    const bool opens = word(first) != "at" && (ends("vi", "ved") || ends("fat", "på") ||
                                               ends("hul", "på") || ends("tager", "nu"));
    const bool next = danish::one_of(word(first), {"næste", "sidste", "første"}) &&
                      danish::one_of(word(first + 1), {"sag", "emne"});
    return opens || next;
}

/// "Punkt seks. Det er mødeplanen.": what the chair says of the item behind that is no name.
std::string_view name_in_call(std::string_view call) {
    constexpr std::size_t least = 24;  // Bytes; "Så går vi videre." names nothing yet.
    for (const Span& sentence : danish::sentences(call)) {
        if (sentence.end >= least) return call.substr(0, sentence.end);
    }
    return call;
}

}  // namespace

std::size_t call_in(std::string_view text) {
    std::size_t last = std::string_view::npos;
    for (const danish::Span& sentence : danish::sentences(text)) {
        const std::string_view words = text.substr(sentence.begin, sentence.end - sentence.begin);
        if (leads_to_item(words)) last = sentence.begin;
        const auto tokens = danish::tokenize(words);
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (tokens[i].text != "punkt" && tokens[i].text != "punktet") continue;
            const bool next = i > 0 && danish::one_of(tokens[i - 1].text, {"næste", "sidste"});
            const bool number =
                i + 1 < tokens.size() && (tokens[i + 1].kind == danish::TokenKind::number ||
                                          is_number_word(tokens[i + 1].text));
            // "Under punkt 4 sagde du": a mention further in is no call.
            const bool early =
                i <= 5 && (i == 0 || !danish::one_of(tokens[i - 1].text, {"under", "fra", "om"}));
            if (next || (number && early)) last = sentence.begin;
        }
    }
    return last;
}

std::vector<SpokenTurn> turns_of(const std::vector<StoredPassage>& document) {
    std::vector<SpokenTurn> turns;
    std::vector<TermSet> items(1);  // All that is said in each.
    TermSet called_up;
    TermSet item_name;
    TermSet before;
    std::vector<std::string> headings;  // A recording with chapters names the item itself.
    std::size_t since = 0;
    for (const StoredPassage& passage : document) {
        if (passage.passage.section != Section::tale) continue;
        const std::string_view text = passage.passage.text;
        const std::size_t call = call_in(text);
        const bool calls_up = call != std::string_view::npos;
        const bool chapter = passage.passage.headings != headings;
        headings = passage.passage.headings;
        const auto add = [&](Span part, bool call_of_item) {
            SpokenTurn turn;
            turn.part = part;
            turn.words.add(text.substr(part.begin, part.end - part.begin));
            turn.calls_up = call_of_item;
            turn.called_up = called_up;
            turn.item_name = item_name;
            turn.item = items.size() - 1;
            turn.around = before;
            if (++since % turns_remembered == 0) before = TermSet();
            before.add(turn.words);
            turn.passage = passage;
            if (!call_of_item) items.back().add(turn.words);
            turns.push_back(std::move(turn));
        };
        // "Det er vedtaget. Punkt 3 er ..." ends the item before.
        if (calls_up && call > 0) add({0, call}, false);
        // A chapter may begin right behind the chair's call.
        const bool begins = calls_up || (chapter && (turns.empty() || !turns.back().calls_up));
        if (begins) {
            items.emplace_back();
            called_up = item_name = TermSet();
        }
        if (begins || chapter) {
            for (const std::string& heading : headings) {
                called_up.add(heading);
                item_name.add(heading);
            }
        }
        if (calls_up) {
            called_up.add(text.substr(call));
            item_name.add(name_in_call(text.substr(call)));
        }
        add({calls_up ? call : 0, text.size()}, calls_up);
    }
    for (SpokenTurn& turn : turns) {
        if (turn.item > 0) turn.around = items[turn.item];
    }
    return turns;
}

std::string_view chair_in(const std::vector<SpokenTurn>& turns) {
    constexpr std::size_t least_calls = 2;
    std::string_view chair;
    std::size_t calls = 0;
    for (const SpokenTurn& turn : turns) {
        if (!turn.calls_up) continue;
        const std::string& name = turn.passage.passage.speaker;
        if (calls > 0 && name != chair) return {};
        chair = name;
        ++calls;
    }
    return calls >= least_calls ? chair : std::string_view();
}

std::string_view mayor_in(const std::vector<SpokenTurn>& turns) {
    for (std::size_t i = 1; i < turns.size(); ++i) {
        const std::string& before = turns[i - 1].passage.passage.speaker;
        const bool called =
            danish::fold(turns[i].passage.passage.text).find(", borgmester") != std::string::npos;
        if (!called || before == turns[i].passage.passage.speaker) continue;
        const bool chairs = std::any_of(turns.begin(), turns.end(), [&](const SpokenTurn& turn) {
            return turn.calls_up && turn.passage.passage.speaker == before;
        });
        if (chairs) return before;
    }
    return {};
}

}  // namespace raadbot::answer
