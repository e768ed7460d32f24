// The index follows the store.
#include "retrieval/danish/bodies.hpp"
#include "retrieval/ingest/folder.hpp"
#include "retrieval/ingest/relate.hpp"
#include "retrieval/vectors/vector_writer.hpp"

namespace raadbot::ingest {

index::Entry index_entry(const StoredPassage& passage, std::string& joined, std::string& body_key) {
    joined.clear();
    for (const std::string& heading : passage.passage.headings) {
        if (!joined.empty()) joined += '\n';
        joined += heading;
    }
    for (const std::string& question :
         passage.questions) {  // Curated: found by any of its wordings.
        joined += '\n';
        joined += question;
    }
    index::Entry entry;
    entry.id = passage.id;
    entry.title = passage.title;
    entry.headings = joined;
    entry.text = passage.passage.text;
    entry.audience = passage.audience;
    entry.source = passage.source;
    entry.kind = passage.kind;
    if (passage.meeting) {
        body_key = danish::body_key(passage.meeting->body);
        entry.body_key = body_key;
        entry.date = passage.meeting->date;
        entry.paper = passage.meeting->paper;
    }
    return entry;
}

Result<void> follow(store::Store& store, index::Index& index, bool rebuild) {
    relate(store);
    std::string joined;
    std::string body_key;
    const std::vector<store::PendingPassage> pending = store.pending();
    const auto purge = [&]() -> Result<void> {
        if (!store.wants_purge()) return {};
        if (auto purged = index.purge(); !purged) return purged;
        // A vector tells of its text: what is taken down must be in none either.
        if (auto forgotten = vectors::forget_gone(index.directory() / "vectors",
                                                  [&] { return store.passage_ids(); });
            !forgotten) {
            return forgotten;
        }
        store.purged();
        return {};
    };
    if (rebuild) {
        index.clear();
        store.each_passage([&](const StoredPassage& passage) {
            index.add(index_entry(passage, joined, body_key));
        });
    } else {
        if (pending.empty()) return purge();
        constexpr std::size_t group = 512;
        std::vector<PassageId> ids;
        const auto add_group = [&] {
            for (const StoredPassage& passage : store.passages(ids)) {
                index.add(index_entry(passage, joined, body_key));
            }
            ids.clear();
        };
        for (const store::PendingPassage& item : pending) {
            // Removing first makes a repeat after a crash harmless.
            index.remove(item.id);
            if (!item.present) continue;
            ids.push_back(item.id);
            if (ids.size() == group) add_group();
        }
        add_group();
    }
    if (auto committed = index.commit(); !committed) return committed;
    store.clear_pending(pending);
    return purge();
}

}  // namespace raadbot::ingest
