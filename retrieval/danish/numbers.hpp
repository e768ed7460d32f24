// Amounts, numbers, times, paragraphs of law and case numbers, as written in Danish. Pure
// functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadbot::danish {

enum class QuantityKind {
    money,
    percent,
    number,
    time_of_day,
    duration,
    distance,
    phone,
    paragraph,
    case_number
};

struct Quantity {
    QuantityKind kind = QuantityKind::number;
    double value = 0;  ///< kr. for money ("42,0 mio. kr." = 42e6), minutes after midnight for time
                       ///< of day, days for duration, metres.
    std::string text;  ///< Normalised: "§17 stk4", "24/1187", "112203".
    std::size_t begin = 0;  ///< Byte range in the text.
    std::size_t end = 0;
};

/// All quantities of a text, in order, longest reading first ("§ 17, stk. 4" is one paragraph).
[[nodiscard]] std::vector<Quantity> find_quantities(std::string_view text);

}  // namespace raadbot::danish
