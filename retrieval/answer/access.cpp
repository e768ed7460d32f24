#include "retrieval/answer/access.hpp"

#include <algorithm>

#include "retrieval/danish/dates.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::answer {

bool Access::admits(const SourceId& source) const {
    return std::binary_search(usable.begin(), usable.end(), source);
}

bool Access::admits(const StoredPassage& passage) const {
    if (passage.expires && *passage.expires < today) return false;
    if (std::binary_search(unproven.begin(), unproven.end(), passage.document)) return false;
    return admits(passage.source);
}

namespace {

/// Curated answers end with what proves them: its document taken down, its source paused, expired
/// or removed. A proof that was never in the material is the staff's own affair.
std::vector<DocumentId> unproven_answers(const store::Store& store, const Date& today) {
    std::vector<DocumentId> out;
    const auto proofs = store::Ledger::proofs(store);
    if (proofs.empty()) return out;
    const auto sources = store.all_sources();
    for (const store::ProofRow& proof : proofs) {
        const sources::Source* owner = nullptr;
        for (const sources::Source& source : sources) {
            if (proof.source
                    ? source.id == *proof.source
                    : proof.url.starts_with(source.base_url) &&
                          (owner == nullptr || source.base_url.size() > owner->base_url.size())) {
                owner = &source;
            }
        }
        const bool unused =
            owner != nullptr && sources::effective_state(*owner, today) != sources::State::approved;
        if (unused || proof.taken_down) out.push_back(proof.answer);
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

Access access_of(const Question& question, const store::Store& store) {
    Access access;
    access.audiences = widen(question.audiences);
    access.today = danish::copenhagen_date(question.now);
    for (const sources::Source& source : store.all_sources()) {
        if (sources::effective_state(source, access.today) != sources::State::approved) continue;
        if (!std::binary_search(access.audiences.begin(), access.audiences.end(), source.audience))
            continue;
        access.usable.push_back(source.id);
    }
    std::sort(access.usable.begin(), access.usable.end());
    access.unproven = unproven_answers(store, access.today);
    return access;
}

}  // namespace raadbot::answer
