// Passages read from the store, for whoever puts found ones in order. Lives as long as the store.
#pragma once

#include <functional>

#include "retrieval/index/search.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::models {

class StoredTexts final : public index::PassageTexts {
public:
    explicit StoredTexts(const store::Store& store) : store_(store) {}
    [[nodiscard]] std::vector<index::PassageText> read(
        std::span<const PassageId> ids) const override {
        std::vector<index::PassageText> texts;
        for (const StoredPassage& passage : store_.passages({ids.begin(), ids.end()})) {
            std::string headings;
            for (const std::string& heading : passage.passage.headings) {
                if (!headings.empty()) headings += '\n';
                headings += heading;
            }
            texts.push_back({passage.id, std::hash<std::string>{}(passage.document.value),
                             passage.title, std::move(headings), passage.passage.text});
        }
        return texts;
    }

private:
    const store::Store& store_;
};

}  // namespace raadbot::models
