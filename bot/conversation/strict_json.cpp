#include "bot/conversation/strict_json.hpp"

#include <set>
#include <string>
#include <vector>

namespace raadbot::bot {
namespace {

using nlohmann::json;

/// Checks depth and keys while the text goes by; values are not kept.
class Watcher final : public nlohmann::json_sax<json> {
public:
    explicit Watcher(const StrictJsonOptions& options) : options_(options) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }

    bool start_object(std::size_t) override { return enter(); }
    bool end_object() override { return leave(); }
    bool start_array(std::size_t) override { return enter(); }
    bool end_array() override { return leave(); }
    bool key(string_t& name) override {
        if (options_.duplicate_keys == DuplicateKeys::refuse && !keys_.back().insert(name).second) {
            error_ = Error{ErrorCode::invalid_input, "a key stands twice in one object"};
            return false;
        }
        return true;
    }
    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception&) override {
        error_ =
            Error{ErrorCode::invalid_input, "not JSON: stops at byte " + std::to_string(position)};
        return false;
    }

    [[nodiscard]] const Error& error() const { return error_; }

private:
    bool enter() {
        if (keys_.size() == options_.most_depth) {
            error_ = Error{ErrorCode::too_large,
                           "nested deeper than " + std::to_string(options_.most_depth) + " levels"};
            return false;
        }
        keys_.emplace_back();
        return true;
    }
    bool leave() {
        keys_.pop_back();
        return true;
    }

    const StrictJsonOptions& options_;
    std::vector<std::set<std::string>> keys_;  ///< Of the objects that are open, outermost first.
    Error error_{};
};

}  // namespace

Result<json> parse_strict_json(std::string_view text, const StrictJsonOptions& options) {
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        return fail(ErrorCode::invalid_input, "a NUL byte at byte " + std::to_string(nul + 1));
    }
    if (text.starts_with("\xEF\xBB\xBF")) {
        return fail(ErrorCode::invalid_input, "a byte order mark before the JSON");
    }
    Watcher watcher(options);
    if (!json::sax_parse(text.begin(), text.end(), &watcher))
        return tl::unexpected(watcher.error());
    json value = json::parse(text.begin(), text.end(), nullptr, false);
    if (value.is_discarded()) return fail(ErrorCode::invalid_input, "not JSON");
    return value;
}

}  // namespace raadbot::bot
