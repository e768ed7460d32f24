// Names in agendas and minutes: of bodies, of cases, of the paper itself.
#include <algorithm>
#include <array>
#include <vector>

#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/meeting_words_shared.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {

std::string body_in(std::string_view raw) {
    const std::string text = tidy(raw);
    struct Word {
        std::size_t begin;
        std::size_t end;
    };
    std::vector<Word> words;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == ' ') {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < text.size() && text[at] != ' ') ++at;
        words.push_back({begin, at});
    }
    static constexpr auto endings = std::to_array<std::string_view>({"udvalget",
                                                                     "udvalg",
                                                                     "rådet",
                                                                     "råd",
                                                                     "bestyrelsen",
                                                                     "bestyrelse",
                                                                     "repræsentationen",
                                                                     "magistraten",
                                                                     "kommissionen",
                                                                     "nævnet",
                                                                     "udvalgets",
                                                                     "rådets",
                                                                     "bestyrelsens",
                                                                     "repræsentationens",
                                                                     "magistratens",
                                                                     "nævnets",
                                                                     "udvalgs",
                                                                     "kommissionens",
                                                                     "forum",
                                                                     "parlamentet"});
    const auto word_at = [&](std::size_t index) {
        std::string_view word = std::string_view(text).substr(
            words[index].begin, words[index].end - words[index].begin);
        while (!word.empty() && (word.back() == ',' || word.back() == '.' || word.back() == ':' ||
                                 word.back() == ')')) {
            word.remove_suffix(1);
        }
        while (word.starts_with('(')) word.remove_prefix(1);
        return word;
    };
    for (std::size_t index = 0; index < words.size(); ++index) {
        const std::string_view word = word_at(index);
        const std::string low = lower(word);
        const bool ends = std::any_of(endings.begin(), endings.end(), [&](auto ending) {
            return low.ends_with(ending) && (upper_at(word, 0) || low.size() > ending.size());
        });
        // "udvalget" in running text names no body; "Udvalget for Børn" does.
        if (!ends || (!upper_at(word, 0) && (index == 0 || !word_at(index - 1).ends_with("og"))))
            continue;
        std::size_t first = index;
        while (first > 0) {
            const std::string_view before = word_at(first - 1);
            const std::string low_before = lower(before);
            const bool comma = words[first - 1].begin + before.size() < words[first - 1].end;
            if (low_before == "og" && first > 1) {
                const std::string_view earlier = word_at(first - 2);
                if (!upper_at(earlier, 0)) break;
                first -= 2;
                continue;
            }
            if (before.ends_with('-') && upper_at(before, 0)) {
                --first;
                continue;
            }
            if (first < index && comma && upper_at(before, 0)) {
                --first;
                continue;
            }
            break;
        }
        std::size_t last = index;
        std::string name = text.substr(words[first].begin, words[last].begin - words[first].begin) +
                           std::string(word);
        if ((low == "udvalg" || low == "udvalgs") && first == index && index > 0 &&
            upper_at(word_at(index - 1), 0)) {
            // "Teknisk Udvalg", "Teknisk Udvalgs"
            return text.substr(words[index - 1].begin,
                               words[index].begin - words[index - 1].begin) +
                   std::string(word.substr(0, 6));
        }
        // "Udvalgets beslutning": a word, not a name.
        if (low == "udvalgets" || low == "udvalgs" || low == "rådet" || low == "rådets" ||
            low == "råd" || low == "bestyrelsen" || low == "bestyrelsens" || low == "nævnet" ||
            low == "nævnets" || low == "forum" || low == "bestyrelse") {
            continue;
        }
        if (low == "udvalget" || low == "udvalg") {
            // "Udvalget for Børn, Unge og Familie"
            if (index + 2 >= words.size() + 0 || lower(word_at(index + 1)) != "for") {
                if (low == "udvalg" || first == index) continue;
            } else {
                last = index + 2;
                while (last + 1 < words.size()) {
                    const std::string_view next = word_at(last + 1);
                    const bool joins = lower(next) == "og" && last + 2 < words.size() &&
                                       upper_at(word_at(last + 2), 0);
                    const bool comma = words[last].begin + word_at(last).size() < words[last].end;
                    if (joins) {
                        last += 2;
                    } else if (comma && upper_at(next, 0) && last + 2 < words.size()) {
                        ++last;
                    } else {
                        break;
                    }
                }
                const std::string_view final_word = word_at(last);
                name = text.substr(words[first].begin, words[last].begin - words[first].begin) +
                       std::string(final_word);
            }
        }
        if (low.ends_with("ets") || low.ends_with("ens")) name.pop_back();
        return name;
    }
    return {};
}

std::string case_number_in(std::string_view text) {
    const std::string low = lower(text);
    for (const std::string_view label :
         {"sagsnummer", "sagsnr", "sags nr", "sags-nr", "sagsid", "sags id", "journalnummer",
          "journalnr", "j.nr", "j. nr", "sagsnr."}) {
        std::size_t at = low.find(label);
        if (at == std::string::npos) continue;
        at += label.size();
        while (at < text.size() && (text[at] == '.' || text[at] == ':' || text[at] == ' ' ||
                                    text[at] == '\n' || text[at] == ';')) {
            ++at;
        }
        std::size_t end = at;
        while (end < text.size() && text[end] != ' ' && text[end] != '\n' && text[end] != ',' &&
               text[end] != ';')
            ++end;
        std::string number(text.substr(at, end - at));
        const bool digits =
            std::any_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (digits && number.size() >= 3 && number.size() <= 40) return number;
    }
    return {};
}

MeetingPaper paper_named(std::string_view text) {
    const std::string low = lower(text);
    const std::size_t minutes =
        std::min({low.find("referat"), low.find("protokol"), low.find("beslutninger fra")});
    const std::size_t agenda = low.find("dagsorden");
    if (minutes == std::string::npos && agenda == std::string::npos) return MeetingPaper::none;
    // "Dagsordener og referater" names a place, not a paper; the paper's own word comes without
    // plural.
    if (agenda != std::string::npos && low.substr(agenda).starts_with("dagsordener")) {
        return paper_named(
            text.substr(std::min(text.size(), low.find("referat", agenda) == std::string::npos
                                                  ? agenda + 11
                                                  : low.find("referat", agenda) + 9)));
    }
    if (minutes < agenda)
        return low.substr(minutes).starts_with("referater") ? MeetingPaper::none
                                                            : MeetingPaper::referat;
    return MeetingPaper::dagsorden;
}

}  // namespace raadbot::ingest
