#include "retrieval/index/filter.hpp"

#include <algorithm>

#include "retrieval/index/segment_format.hpp"
#include "retrieval/index/segment_writer.hpp"

namespace raadbot::index {
namespace {

template <class Values, class Same>
bool holds_or_empty(const Values& values, Same same) {
    return values.empty() || std::any_of(values.begin(), values.end(), same);
}

bool allows(const Filter& filter, const FacetClass& facets) {
    return !filter.audiences.empty() && holds_or_empty(filter.audiences, [&](const Audience& a) {
        return a.value == facets.audience;
    }) && holds_or_empty(filter.sources, [&](const SourceId& s) {
        return s.value == facets.source;
    }) && holds_or_empty(filter.kinds, [&](SourceKind k) {
        return k == facets.kind;
    }) && holds_or_empty(filter.bodies, [&](const std::string& b) {
        return b == facets.body_key;
    }) && holds_or_empty(filter.papers, [&](MeetingPaper p) { return p == facets.paper; });
}

}  // namespace

SegmentFilter::SegmentFilter(const Filter& filter, const Segment& segment)
    : class_of_(segment.class_of()), dates_(segment.dates()) {
    bool all = true;
    bool none = true;
    for (const FacetClass& facets : segment.classes()) {
        const bool allowed = allows(filter, facets);
        allowed_.push_back(allowed ? 1 : 0);
        all = all && allowed;
        none = none && !allowed;
    }
    by_date_ = filter.first_date.has_value() || filter.last_date.has_value();
    // A passage without a date lies in no range; no_date is below every day.
    first_day_ = filter.first_date ? day_number(filter.first_date) : segment_format::no_date + 1;
    last_day_ = filter.last_date ? day_number(filter.last_date) : INT32_MAX;
    passes_all_ = all && !by_date_;
    passes_none_ = none || (by_date_ && (first_day_ > last_day_));
}

}  // namespace raadbot::index
