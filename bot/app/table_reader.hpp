// Reads a table of the configuration file: each key through its own reader, so that the reader's
// list of keys is the documentation; anything else in the table is an error.
#pragma once

#include <toml++/toml.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "retrieval/result.hpp"
#include "retrieval/types.hpp"

namespace raadbot::app {

/// "file:line: "
inline std::string where(const std::filesystem::path& file, const toml::node& node) {
    return file.string() + ":" + std::to_string(node.source().begin.line) + ": ";
}

/// Reads a table's keys through named readers; anything else in it is an error.
class TableReader {
public:
    TableReader(const std::filesystem::path& file, const toml::table& table, std::string name)
        : file_(file), table_(table), name_(std::move(name)) {}

    TableReader& text(std::string_view key, std::string& value) {
        return read(key, "a text", [&](const toml::node& node) {
            const auto* text = node.as_string();
            if (text != nullptr) value = text->get();
            return text != nullptr;
        });
    }
    TableReader& texts(std::string_view key, std::vector<std::string>& value) {
        return read(key, "a list of texts", [&](const toml::node& node) {
            const auto* list = node.as_array();
            if (list == nullptr) return false;
            value.clear();
            for (const auto& item : *list) {
                const auto* text = item.as_string();
                if (text == nullptr) return false;
                value.push_back(text->get());
            }
            return true;
        });
    }
    TableReader& flag(std::string_view key, bool& value) {
        return read(key, "true or false", [&](const toml::node& node) {
            const auto* truth = node.as_boolean();
            if (truth != nullptr) value = truth->get();
            return truth != nullptr;
        });
    }
    template <class Number>
    TableReader& number(std::string_view key, Number& value, std::int64_t least,
                        std::int64_t most) {
        return read(key,
                    "a whole number from " + std::to_string(least) + " to " + std::to_string(most),
                    [&](const toml::node& node) {
                        const auto* number = node.as_integer();
                        if (number == nullptr || number->get() < least || number->get() > most)
                            return false;
                        value = static_cast<Number>(number->get());
                        return true;
                    });
    }
    TableReader& audiences(std::string_view key, std::vector<Audience>& value) {
        return nested(key, "", [&](const toml::node& node) -> Result<void> {
            const auto* list = node.as_array();
            if (list == nullptr || list->empty()) return wrong(node, key, "a list of audiences");
            for (const auto& item : *list) {
                const auto* text = item.as_string();
                if (text == nullptr) return wrong(node, key, "a list of audiences");
                const auto audience = parse_audience(text->get());
                if (!audience) {
                    return fail(ErrorCode::invalid_config,
                                where(file_, item) + audience.error().message);
                }
                value.push_back(*audience);
            }
            return {};
        });
    }
    TableReader& date(std::string_view key, std::optional<Date>& value) {
        return read(key, "a date such as 2027-06-30", [&](const toml::node& node) {
            if (const auto* day = node.as_date()) {
                value =
                    Date{std::chrono::year{day->get().year}, std::chrono::month{day->get().month},
                         std::chrono::day{day->get().day}};
                return value->ok();
            }
            const auto* text = node.as_string();
            if (text != nullptr) value = parse_date(text->get());
            return text != nullptr && value.has_value();
        });
    }
    TableReader& table(std::string_view key,
                       const std::function<Result<void>(const toml::table&)>& reader) {
        return nested(key, "a table", [&](const toml::node& node) -> Result<void> {
            const auto* inner = node.as_table();
            if (inner == nullptr) return wrong(node, key, "a table");
            return reader(*inner);
        });
    }
    TableReader& tables(std::string_view key,
                        const std::function<Result<void>(const toml::table&)>& reader) {
        return nested(key, "tables", [&](const toml::node& node) -> Result<void> {
            const auto* list = node.as_array();
            if (list == nullptr) return wrong(node, key, "written as [[" + std::string(key) + "]]");
            for (const auto& item : *list) {
                const auto* inner = item.as_table();
                if (inner == nullptr)
                    return wrong(item, key, "written as [[" + std::string(key) + "]]");
                if (auto read = reader(*inner); !read) return read;
            }
            return {};
        });
    }

    Result<void> done() {
        if (!error_.message.empty()) return tl::unexpected(error_);
        for (const auto& [key, node] : table_) {
            if (known_.contains(std::string(key.str()))) continue;
            std::string list;
            for (const std::string& name : known_) list += (list.empty() ? "" : ", ") + name;
            return fail(ErrorCode::invalid_config, where(file_, node) + "unknown key \"" + name_ +
                                                       std::string(key.str()) +
                                                       "\"; known here: " + list);
        }
        return {};
    }

private:
    tl::unexpected<Error> wrong(const toml::node& node, std::string_view key,
                                const std::string& wanted) const {
        return fail(ErrorCode::invalid_config,
                    where(file_, node) + name_ + std::string(key) + " must be " + wanted);
    }
    template <class Reader>
    TableReader& read(std::string_view key, const std::string& wanted, Reader reader) {
        return nested(key, wanted, [&](const toml::node& node) -> Result<void> {
            if (!reader(node)) return wrong(node, key, wanted);
            return {};
        });
    }
    template <class Reader>
    TableReader& nested(std::string_view key, const std::string&, Reader reader) {
        known_.emplace(key);
        const auto node = table_.get(key);
        if (node == nullptr || !error_.message.empty()) return *this;
        if (Result<void> result = reader(*node); !result) error_ = result.error();
        return *this;
    }

    const std::filesystem::path& file_;
    const toml::table& table_;
    std::string name_;
    std::set<std::string> known_;
    Error error_{};
};

}  // namespace raadbot::app
