// What is read from an answer, however it came: no connection here.
#include <charconv>

#include "adapters/fetch/client.hpp"
#include "adapters/fetch/session.hpp"

namespace raadbot::fetch {

std::string_view Fetched::field(std::string_view name) const {
    for (const http::Field& one : fields) {
        if (http::same_name(one.name, name)) return one.value;
    }
    return {};
}

std::optional<std::chrono::seconds> retry_after(const Fetched& response) {
    const std::string_view value = response.field("Retry-After");
    unsigned seconds = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (value.empty() || read.ec != std::errc{} || read.ptr != value.data() + value.size())
        return std::nullopt;
    return std::chrono::seconds{seconds};
}

}  // namespace raadbot::fetch
