// Any bytes, whole and a byte at a time: the same verdict, and nothing read beyond the end.
#include <cstdlib>
#include <string>

#include "adapters/http/gate.hpp"
#include "adapters/http/url.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using raadbot::http::Gate;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    Gate whole;
    whole.look(bytes);
    Gate cut;
    for (std::size_t end = 0; end <= bytes.size() && cut.state() == Gate::State::more; ++end) {
        const std::string seen = bytes.substr(0, end);
        cut.look(seen);
    }
    if (whole.state() != cut.state() || whole.reason() != cut.reason()) std::abort();
    if (whole.state() == Gate::State::complete &&
        (whole.size() != cut.size() || whole.size() > size))
        std::abort();
    const auto form = raadbot::http::parse_form(bytes);
    if (form) {
        for (const auto& [name, value] : *form) {
            if (raadbot::http::percent_decoded(raadbot::http::percent_encoded(value)) != value)
                std::abort();
        }
    }
    return 0;
}
