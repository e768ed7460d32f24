// What a stranger's browser may send to the administration: cookies, session tokens, forms and
// where to go next. Nothing is read beyond the end, and what is taken is of the form that we gave.
#include <cstdlib>
#include <string>

#include "adapters/admin/actions.hpp"
#include "adapters/admin/cookies.hpp"
#include "adapters/http/url.hpp"
#include "bot/governance/sessions.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace raadbot;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    for (const char* name : {"raadbot", "__Host-raadbot"}) {
        const std::string_view value = admin::cookie(bytes, name);
        if (value.size() > bytes.size()) std::abort();
        const auto token = governance::parse_token(value);
        // What parses is what a session could have been given; else it names none.
        for (const char c : token.id) {
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) std::abort();
        }
    }
    if (admin::is_own_path(bytes) &&
        (bytes.empty() || bytes[0] != '/' || (bytes.size() > 1 && bytes[1] == '/') ||
         bytes.find_first_of("\\:?#<>\"'\r\n") != std::string::npos))
        std::abort();
    if (const auto form = http::parse_form(bytes)) {
        for (const auto& [name, value] : *form) {
            if (http::value_of(*form, name).size() > bytes.size()) std::abort();
        }
    }
    return 0;
}
