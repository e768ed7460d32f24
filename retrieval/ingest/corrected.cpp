#include "retrieval/ingest/corrected.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "retrieval/danish/bodies.hpp"
#include "retrieval/ingest/words.hpp"
#include "retrieval/store/papers.hpp"

namespace raadbot::ingest {
namespace {

using store::PaperDocument;

struct Paper {
    std::string url;
    std::vector<PaperDocument> documents;

    /// The paper's own document, else the first one.
    [[nodiscard]] const PaperDocument& head() const {
        const auto own = std::find_if(documents.begin(), documents.end(),
                                      [](const auto& one) { return one.item_number.empty(); });
        return own == documents.end() ? documents.front() : *own;
    }
    [[nodiscard]] bool says_corrected() const {
        const std::string title = lower(head().title);
        for (const std::string_view word : {"rettet", "rettede", "revideret", "reviderede",
                                            "korrigeret", "berigtiget", "berigtigede"}) {
            if (has_word(title, word)) return true;
        }
        return false;
    }
};

/// Items of the old paper that the newer one holds, and how many items it has.
struct Shared {
    store::Papers::Successors successors;
    std::size_t items = 0;
    std::size_t found = 0;
};

Shared shared_items(const Paper& old, const Paper& newer) {
    // An item comes before its attachments, which carry the same case number.
    std::map<std::string, DocumentId> cases;
    std::map<std::string, DocumentId> titles;
    for (const PaperDocument& one : newer.documents) {
        if (one.item_number.empty()) continue;
        if (!one.case_number.empty()) cases.emplace(one.case_number, one.id);
        titles.emplace(lower(one.title), one.id);
    }
    Shared shared;
    std::set<std::string> items;
    std::set<std::string> found;
    for (const PaperDocument& one : old.documents) {
        if (one.item_number.empty()) {
            shared.successors.emplace(one.id, newer.head().id);
            continue;
        }
        items.insert(one.item_number);
        // By title first: cases come twice on an agenda, titles hardly.
        const auto titled = titles.find(lower(one.title));
        const auto filed = cases.find(one.case_number);
        if (titled == titles.end() && filed == cases.end()) continue;
        found.insert(one.item_number);
        shared.successors.emplace(one.id, titled != titles.end() ? titled->second : filed->second);
    }
    shared.items = items.size();
    shared.found = found.size();
    return shared;
}

enum class Newer { first, second, unknown };

template <class T>
Newer by(const T& first, const T& second) {
    if (first == second) return Newer::unknown;
    return first > second ? Newer::first : Newer::second;
}

Newer newer_of(const Paper& first, const Paper& second, std::int64_t before) {
    Newer sum = by(first.says_corrected(), second.says_corrected());
    const PaperDocument& a = first.head();
    const PaperDocument& b = second.head();
    if (sum == Newer::unknown && a.updated && b.updated) sum = by(*a.updated, *b.updated);
    if (sum == Newer::unknown && a.file_modified != 0 && b.file_modified != 0)
        sum = by(a.file_modified, b.file_modified);
    if (sum == Newer::unknown) sum = by(a.order > before, b.order > before);
    return sum;
}

}  // namespace

Corrected replace_corrected(const SourceId& source, store::Store& store, std::int64_t before,
                            Timestamp now) {
    Corrected result;
    store::Papers papers(store);
    using Key = std::tuple<Date, MeetingPaper, std::string>;
    std::map<Key, std::vector<Paper>> meetings;
    for (PaperDocument& one : papers.rivals(source)) {
        auto& of_meeting = meetings[{one.date, one.paper, danish::body_key(one.body)}];
        auto paper = std::find_if(of_meeting.begin(), of_meeting.end(),
                                  [&](const Paper& known) { return known.url == one.meeting_url; });
        if (paper == of_meeting.end()) paper = of_meeting.insert(paper, Paper{one.meeting_url, {}});
        paper->documents.push_back(std::move(one));
    }
    for (auto& [key, of_meeting] : meetings) {
        for (std::size_t i = 0; i < of_meeting.size(); ++i) {
            for (std::size_t j = i + 1; j < of_meeting.size(); ++j) {
                const Newer which = newer_of(of_meeting[i], of_meeting[j], before);
                if (which == Newer::unknown) continue;
                const std::size_t old = which == Newer::first ? j : i;
                const std::size_t newer = which == Newer::first ? i : j;
                const Shared shared = shared_items(of_meeting[old], of_meeting[newer]);
                if (shared.items == 0 || shared.found * 2 < shared.items) continue;
                papers.replace(source, of_meeting[old].documents, shared.successors,
                               of_meeting[newer].url, now);
                ++result.papers;
                result.documents += static_cast<std::uint32_t>(of_meeting[old].documents.size());
                of_meeting.erase(of_meeting.begin() + static_cast<std::ptrdiff_t>(old));
                if (old == i) {  // The one compared with the others is gone: its place is new.
                    j = i;
                } else {
                    --j;
                }
            }
        }
    }
    return result;
}

}  // namespace raadbot::ingest
