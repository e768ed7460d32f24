// What stands next to the quotes of a proof: other headings of its pages, the other side of its
// cases, the terms it uses.
#include <algorithm>

#include "retrieval/answer/access.hpp"
#include "retrieval/answer/engine.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

constexpr std::size_t longest_subject = 90;  // Bytes: a suggestion is one line on a phone.
constexpr std::size_t most_of_a_page = 3;

bool has_section(const std::vector<StoredPassage>& document, Section section) {
    return std::any_of(document.begin(), document.end(),
                       [&](const StoredPassage& p) { return p.passage.section == section; });
}

class Collector {
public:
    explicit Collector(const Question& question) : asked_(danish::fold(question.text)) {}

    void add(Neighbour neighbour) {
        const std::string folded = danish::fold(neighbour.subject);
        if (neighbour.subject.empty() || neighbour.subject.size() > longest_subject) return;
        if (neighbour.kind == Neighbour::Kind::section && asked_.find(folded) != std::string::npos)
            return;
        const auto same = [&](const Neighbour& known) {
            return known.kind == neighbour.kind && danish::fold(known.subject) == folded;
        };
        if (std::none_of(found_.begin(), found_.end(), same))
            found_.push_back(std::move(neighbour));
    }
    [[nodiscard]] std::vector<Neighbour> take() { return std::move(found_); }

private:
    std::string asked_;
    std::vector<Neighbour> found_;
};

/// Headings of the page that the answer does not quote, those after the quote first.
void add_sections(Collector& collector, const SourceCard& card,
                  const std::vector<StoredPassage>& document) {
    const StoredPassage& quoted = card.passage;
    std::size_t added = 0;
    for (const bool after : {true, false}) {
        for (const StoredPassage& p : document) {
            if (added == most_of_a_page) return;
            if ((p.position > quoted.position) != after || p.passage.headings.empty()) continue;
            const std::string& heading = p.passage.headings.back();
            if (!quoted.passage.headings.empty() && heading == quoted.passage.headings.back())
                continue;
            collector.add({Neighbour::Kind::section, heading, p.title, p.document});
            ++added;
        }
    }
}

}  // namespace

std::vector<Neighbour> Engine::neighbours(const Question& question, const Proof& proof,
                                          const store::Store& store) {
    const Access access = access_of(question, store);
    Collector collector(question);
    for (const SourceCard& card : proof.cards) {
        const StoredPassage& p = card.passage;
        const Section section = p.passage.section;
        if (section == Section::term || section == Section::curated || section == Section::tale)
            continue;
        auto document = store.document_passages(p.document);
        std::erase_if(document, [&](const StoredPassage& q) { return !access.admits(q); });
        if (!p.meeting) {
            add_sections(collector, card, document);
        } else if (!p.meeting->item_number.empty()) {
            if (section != Section::beslutning && has_section(document, Section::beslutning))
                collector.add({Neighbour::Kind::decision, p.title, {}, p.document});
            if (section != Section::indstilling && has_section(document, Section::indstilling))
                collector.add({Neighbour::Kind::proposal, p.title, {}, p.document});
        }
    }
    for (const TermNote& note : proof.terms) {
        for (const SourceCard& card : proof.cards) {
            if (card.number == note.card)
                collector.add({Neighbour::Kind::term, note.term, {}, card.passage.document});
        }
    }
    return collector.take();
}

}  // namespace raadbot::answer
