#include "retrieval/ingest/relate.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include "retrieval/danish/bodies.hpp"
#include "retrieval/ingest/spoken_items.hpp"
#include "retrieval/ingest/words.hpp"
#include "retrieval/store/relations.hpp"

namespace raadbot::ingest {
namespace {

using store::Relations;
using Candidate = Relations::Candidate;

/// Raised when what is found out changes, so that it is found out anew.
constexpr std::string_view relate_version = "1";
constexpr std::string_view related_setting = "related";

std::string stand_of(const store::Store& store) {
    return std::string(relate_version) + ":" + std::to_string(store.generation());
}

/// An item comes before its attachments, which carry its number.
std::vector<const Candidate*> items_of(const std::vector<const Candidate*>& documents) {
    std::vector<const Candidate*> items;
    std::set<std::string> seen;
    for (const Candidate* one : documents) {
        if (!one->document.item_number.empty() && seen.insert(one->document.item_number).second)
            items.push_back(one);
    }
    return items;
}

struct Pair {
    const Candidate* agenda;
    const Candidate* minutes;
};

/// Of one agenda and one set of minutes; none when they are not of one meeting.
std::vector<Pair> pairs_of(const std::vector<const Candidate*>& agenda,
                           const std::vector<const Candidate*>& minutes) {
    std::map<std::string, const Candidate*> titles;
    std::map<std::string, const Candidate*> cases;
    const Candidate* whole = nullptr;
    const auto minutes_items = items_of(minutes);
    for (const Candidate* one : minutes) {
        if (one->document.item_number.empty()) {
            if (whole == nullptr) whole = one;
        } else {
            titles.emplace(lower(one->document.title), one);
        }
    }
    for (const Candidate* one : minutes_items) {
        if (!one->document.case_number.empty()) cases.emplace(one->document.case_number, one);
    }
    const auto items = items_of(agenda);
    std::vector<Pair> pairs;
    std::size_t found = 0;
    for (const Candidate* one : agenda) {
        if (one->document.item_number.empty()) {
            if (whole != nullptr) pairs.push_back({one, whole});
            continue;
        }
        const bool item = std::find(items.begin(), items.end(), one) != items.end();
        const Candidate* twin = nullptr;
        if (const auto titled = titles.find(lower(one->document.title)); titled != titles.end())
            twin = titled->second;
        if (const auto filed = cases.find(one->document.case_number);
            twin == nullptr && item && filed != cases.end())
            twin = filed->second;
        if (twin == nullptr) continue;
        found += item ? 1U : 0U;
        pairs.push_back({one, twin});
    }
    if (items.empty() || found * 2 < items.size()) pairs.clear();
    return pairs;
}

void join_papers(store::Store& store) {
    Relations relations(store);
    const auto all = relations.agendas_and_minutes();
    using Meeting = std::tuple<std::string, Date, std::string>;
    using Paper = std::vector<const Candidate*>;
    std::map<Meeting, std::map<std::pair<MeetingPaper, std::string>, Paper>> meetings;
    for (const Candidate& one : all) {
        const Meeting meeting{one.source.value, one.document.date,
                              danish::body_key(one.document.body)};
        meetings[meeting][{one.document.paper, one.document.meeting_url}].push_back(&one);
    }
    std::set<std::string> joined;
    for (const auto& [meeting, papers] : meetings) {
        for (const auto& [kind, agenda] : papers) {
            if (kind.first != MeetingPaper::dagsorden) continue;
            for (const auto& [other, minutes] : papers) {
                if (other.first != MeetingPaper::referat) continue;
                for (const Pair& pair : pairs_of(agenda, minutes)) {
                    if (!joined.insert(pair.agenda->document.id.value).second) continue;
                    const std::string as = std::to_string(pair.agenda->version) + " " +
                                           std::to_string(pair.minutes->version) + " " +
                                           pair.minutes->document.id.value;
                    if (relations.joined_as(pair.agenda->document.id) == as) continue;
                    relations.join(
                        {pair.agenda->document.id, pair.minutes->document.id,
                         told_by_both(store.document_passages(pair.agenda->document.id),
                                      store.document_passages(pair.minutes->document.id))},
                        as);
                }
            }
        }
    }
}

std::string label_of(const store::PaperDocument& item) {
    return "Punkt " + item.item_number + ": " + item.title;
}

void match_recording(store::Store& store, const store::Recording& recording) {
    Relations relations(store);
    const std::string body = danish::body_key(recording.body);
    std::vector<Candidate> documents = relations.items_on(recording.date, recording.audiences);
    std::erase_if(documents, [&](const Candidate& one) {
        return danish::body_key(one.document.body) != body;
    });
    // Minutes come first: their items stand for the agenda's.
    std::vector<const Candidate*> all;
    for (const Candidate& one : documents) {
        if (one.document.paper == documents.front().document.paper) all.push_back(&one);
    }
    auto items = items_of(all);
    std::stable_sort(items.begin(), items.end(), [](const Candidate* a, const Candidate* b) {
        return std::atoi(a->document.item_number.c_str()) <
               std::atoi(b->document.item_number.c_str());
    });
    std::string known = std::string(relate_version) + " " + std::to_string(recording.version);
    for (const Candidate* one : items)
        known += " " + one->document.id.value + "." + std::to_string(one->version);
    if (known == recording.known) return;
    std::vector<AgendaItem> agenda;
    for (const Candidate* one : items) {
        agenda.push_back(
            {one->document.item_number, one->document.title, one->document.case_number});
    }
    const auto passages = relations.turns(recording.document);
    std::vector<HeardTurn> turns;
    for (const StoredPassage& p : passages) {
        const auto& headings = p.passage.headings;
        turns.push_back({headings.empty() ? std::string() : headings.front(), p.passage.speaker,
                         p.passage.text});
    }
    const auto spoken = items_spoken_of(turns, agenda);
    std::vector<store::SpokenTurn> out;
    for (std::size_t at = 0; at < passages.size(); ++at) {
        if (passages[at].passage.section != Section::tale || spoken[at].empty()) continue;
        store::SpokenTurn turn;
        turn.passage = passages[at].id;
        for (const std::size_t item : spoken[at]) {
            turn.items.push_back(items[item]->document.id);
            turn.heading += (turn.heading.empty() ? "" : " / ") + label_of(items[item]->document);
        }
        out.push_back(std::move(turn));
    }
    relations.put_turns(recording.document, out, known);
}

/// Words and figures without marks or breaks, a blank round each.
std::string plain(std::string_view text) {
    std::string out = " ";
    for (const char c : lower(text)) {
        const bool mark = c == ' ' || c == '\n' || c == '-' || c == '.' || c == ',' || c == ':' ||
                          c == ';' || c == '"';
        if (!mark) {
            out += c;
        } else if (out.back() != ' ') {
            out += ' ';
        }
    }
    if (out.back() != ' ') out += ' ';
    return out;
}

}  // namespace

std::vector<PassageId> told_by_both(const std::vector<StoredPassage>& agenda,
                                    const std::vector<StoredPassage>& minutes) {
    using Part = std::tuple<Section, std::string, std::optional<Date>>;
    const auto part_of = [](const Passage& p) {
        return Part{p.section, p.decided_by, p.decided_on};
    };
    std::map<Part, std::string> told;
    for (const StoredPassage& p : minutes) {
        std::string& text = told[part_of(p.passage)];
        const std::string more = plain(p.passage.text);
        text += text.empty() ? more : more.substr(1);
    }
    std::vector<PassageId> both;
    for (const StoredPassage& p : agenda) {
        const auto found = told.find(part_of(p.passage));
        if (found != told.end() && found->second.find(plain(p.passage.text)) != std::string::npos)
            both.push_back(p.id);
    }
    return both;
}

void relate(store::Store& store) {
    if (store.setting(related_setting) == stand_of(store)) return;
    join_papers(store);
    for (const store::Recording& recording : Relations(store).recordings())
        match_recording(store, recording);
    store.put_setting(related_setting, stand_of(store));
}

}  // namespace raadbot::ingest
