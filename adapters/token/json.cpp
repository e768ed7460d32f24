#include "adapters/token/json.hpp"

#include <utility>
#include <vector>

namespace raadbot::token {
namespace {

/// Builds the value while the library reads, and stops it at what parse_json() refuses.
class Builder final : public nlohmann::json_sax<Json> {
public:
    explicit Builder(std::size_t depth) : depth_(depth) {}

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json::value_t::object); }
    bool start_array(std::size_t) override { return open(Json::value_t::array); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        const auto [place, is_new] =
            open_.back()->get_ref<Json::object_t&>().try_emplace(std::move(name));
        member_ = &place->second;
        return is_new;  // Two readers might choose different ones.
    }
    bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
        return false;
    }

    [[nodiscard]] Json take() { return std::move(root_); }

private:
    template <class Value>
    bool put(Value&& value) {
        place() = std::forward<Value>(value);
        return true;
    }
    bool open(Json::value_t kind) {
        if (open_.size() >= depth_) return false;
        Json& opened = place();
        opened = kind;
        open_.push_back(&opened);
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }
    /// Where the next value goes. Only the innermost open value grows: the pointers stay good.
    Json& place() {
        if (open_.empty()) return root_;
        if (open_.back()->is_object()) return *member_;
        auto& array = open_.back()->get_ref<Json::array_t&>();
        array.emplace_back();
        return array.back();
    }

    std::size_t depth_;
    Json root_;
    std::vector<Json*> open_;
    Json* member_ = nullptr;
};

}  // namespace

std::optional<Json> parse_json(std::string_view text, std::size_t depth) {
    // The library takes a NUL for the end of the text.
    if (text.find('\0') != std::string_view::npos) return std::nullopt;
    Builder builder(depth);
    if (!Json::sax_parse(text, &builder)) return std::nullopt;
    return builder.take();
}

}  // namespace raadbot::token
