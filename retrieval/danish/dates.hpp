// Dates and periods in questions, and dates in documents. Pure; "now" is always given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/types.hpp"

namespace raadbot::danish {

/// What a question says about time.
enum class DateReference {
    range,      ///< first..last are set: "i foråret", "uge 42", "den 3. marts 2025", "sidste år",
                ///< "primo juni", "2025"
    last_held,  ///< "sidste/seneste byrådsmøde": the latest meeting that was held
    next,       ///< "næste møde", "kommende"
    day_of_month,   ///< "økonomiudvalget den 3.": nearest past meeting on that day of a month
    day_and_month,  ///< "den 3/6", "25. februar": no year said; nearest (first/last hold the
                    ///< nearest past one)
};

struct DateMention {
    DateReference reference = DateReference::range;
    std::optional<Date> first;  ///< Inclusive.
    std::optional<Date> last;   ///< Inclusive.
    unsigned day = 0;           ///< For day_of_month.
    std::size_t begin = 0;      ///< Byte range in the text.
    std::size_t end = 0;
};

/// Every mention of time in a question, in order. `today` is the civil date in Europe/Copenhagen.
/// Seasons and months without a year mean the nearest past one (the nearest future one after
/// "næste", "kommende", "til"). "i forrige periode" is the council term before today's (2022-2025
/// when today is in 2026-2029).
[[nodiscard]] std::vector<DateMention> find_dates(std::string_view question, const Date& today);

/// Danish printed dates in documents: "onsdag den 1. oktober 2025 kl. 15.45", "01-10-2025",
/// "1.10.2025", "2025-10-01".
[[nodiscard]] std::optional<Date> parse_printed_date(std::string_view text);

/// "3. marts 2026".
[[nodiscard]] std::string danish_date(const Date& date);
/// "3 March 2026".
[[nodiscard]] std::string english_date(const Date& date);

/// The civil date in Europe/Copenhagen at that moment (EU summer time rules since 1996).
[[nodiscard]] Date copenhagen_date(Timestamp when);

}  // namespace raadbot::danish
