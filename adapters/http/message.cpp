#include "adapters/http/message.hpp"

#include <algorithm>

namespace raadbot::http {

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view Request::field(std::string_view name) const {
    for (const Field& field : fields) {
        if (same_name(field.name, name)) return field.value;
    }
    return {};
}

}  // namespace raadbot::http
