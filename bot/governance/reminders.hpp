// Which sources must be looked at again soon, and the mail that says so to their owner. Pure: the
// program writes the text, the municipality's own mail sends it.
#pragma once

#include <string>
#include <vector>

#include "retrieval/sources/source.hpp"

namespace raadbot::governance {

struct Reminder {
    sources::Source source;
    int days_left = 0;  ///< Negative: it has expired, and answers nothing.
};

/// Approved and expired sources whose review date is at most `ahead` days away, the most urgent
/// first.
[[nodiscard]] std::vector<Reminder> reminders(const std::vector<sources::Source>& sources,
                                              const Date& today, int ahead = 30);

/// One mail to each owner, in Danish: header lines, an empty line, the text (RFC 5322, UTF-8).
struct Mail {
    std::string to;
    std::string text;
};
[[nodiscard]] std::vector<Mail> reminder_mails(const std::vector<Reminder>& reminders,
                                               const std::string& municipality,
                                               const std::string& from);

}  // namespace raadbot::governance
