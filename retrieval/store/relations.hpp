// How documents of one meeting belong together: the agenda's item and the minutes' item that took
// its place, and the turns of a recording that speak of an item.
//
// A passage of an agenda that the minutes tell as well is folded: it stays in the store with its
// document, but the index and the case's history have it once. What only the agenda tells (a
// recommendation, a case's presentation) stays to be found. When the minutes go, all of it is back.
//
// What ingest finds out is written here; everything that hangs on a document that goes is undone in
// the same transaction.
#pragma once

#include <string>
#include <vector>

#include "retrieval/store/papers.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::store {

/// One item of an agenda, or the agenda itself, and what took its place.
struct JoinedPaper {
    DocumentId agenda;
    DocumentId minutes;
    std::vector<PassageId> folded;  ///< Of the agenda's document.
    friend bool operator==(const JoinedPaper&, const JoinedPaper&) = default;
};

struct Recording {
    DocumentId document;
    Date date{};
    std::string body;
    std::vector<Audience> audiences;  ///< What everybody who may see it may see.
    std::string known;                ///< As given with the turns; empty: not looked at yet.
    std::int64_t version = 0;
};

struct SpokenTurn {
    PassageId passage = 0;
    std::vector<DocumentId> items;
    std::string heading;  ///< Of those; the passage's own when empty.
    friend bool operator==(const SpokenTurn&, const SpokenTurn&) = default;
};

/// What belongs to a document or passage.
struct Related {
    enum class Kind { agenda, minutes, recording, item };
    Kind kind = Kind::agenda;
    std::string url;  ///< Leads to the second of a recording.
    std::string title;
    SourceId source;
    std::optional<std::uint32_t> second;  ///< recording: where the item begins ...
    std::optional<std::uint32_t> until;   ///< ... and where the next one does.
};

class Relations {
public:
    explicit Relations(Store& store) : store_(store) {}

    /// Documents of all meetings of which a source holds both an agenda and minutes, with the
    /// versions that are joined already; by source, day.
    struct Candidate {
        SourceId source;
        PaperDocument document;
        std::int64_t version = 0;
    };
    [[nodiscard]] std::vector<Candidate> agendas_and_minutes() const;
    /// What a document is joined with: the versions of both, or empty.
    [[nodiscard]] std::string joined_as(const DocumentId& agenda) const;
    /// Answers from the agenda's document are marked as superseded when it is joined first, at the
    /// time when the minutes were read. `as`: what joined_as gives from now on.
    void join(const JoinedPaper& joined, std::string_view as);
    /// Not joined any more.
    void part(const DocumentId& agenda);

    /// Documents with turns of speech of a known meeting.
    [[nodiscard]] std::vector<Recording> recordings() const;
    /// Items of a day's meetings in approved sources, minutes before agendas, an item before its
    /// attachments.
    [[nodiscard]] std::vector<Candidate> items_on(const Date& date,
                                                  const std::vector<Audience>& audiences) const;
    /// Replaces what is known of the recording's turns; turns that are not named speak of no item.
    void put_turns(const DocumentId& recording, const std::vector<SpokenTurn>& turns,
                   std::string_view known);
    /// The recording's passages with the headings they came with.
    [[nodiscard]] std::vector<StoredPassage> turns(const DocumentId& recording) const;

private:
    Store& store_;
};

}  // namespace raadbot::store
