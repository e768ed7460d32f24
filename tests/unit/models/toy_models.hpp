// Models without a server: directions that a test chooses, failures on demand.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>

#include "retrieval/models/models.hpp"

namespace raadbot::models {

class ToyEmbedder final : public Embedder {
public:
    [[nodiscard]] const std::string& name() const override { return name_; }
    [[nodiscard]] const std::string& identity() const override { return identity_; }
    [[nodiscard]] std::size_t dimension() const override { return 4; }
    [[nodiscard]] std::size_t batch() const override { return 3; }
    [[nodiscard]] Result<std::vector<std::vector<float>>> embed(std::span<const std::string> texts,
                                                                TextIs, Deadline) const override {
        const std::lock_guard lock(mutex_);
        ++calls_;
        if (calls_ > fail_after_) return tl::unexpected(error_);
        std::vector<std::vector<float>> vectors;
        for (const std::string& text : texts) {
            if (!refused_.empty() && text.find(refused_) != std::string::npos) {
                return fail(ErrorCode::invalid_input, "does not take it");
            }
            std::vector<float> vector = {0.1F, 0, 0, 0};
            for (const auto& [word, axis] : axes_) {
                if (text.find(word) != std::string::npos) vector[axis] += 1;
            }
            vectors.push_back(std::move(vector));
            texts_.push_back(text);
        }
        return vectors;
    }

    void means(const std::string& word, std::size_t axis) { axes_[word] = axis; }
    void fail_after(std::size_t calls, Error error) {
        fail_after_ = calls;
        error_ = std::move(error);
    }
    void work() { fail_after_ = std::size_t(-1); }
    void refuse(std::string part) { refused_ = std::move(part); }
    void rename(std::string identity) { identity_ = std::move(identity); }
    [[nodiscard]] std::size_t calls() const { return calls_; }
    [[nodiscard]] std::vector<std::string> texts() const { return texts_; }

private:
    std::string name_ = "toy";
    std::string identity_ = "toy\n4";
    std::map<std::string, std::size_t> axes_;
    std::string refused_;
    std::size_t fail_after_ = std::size_t(-1);
    Error error_;
    mutable std::mutex mutex_;
    mutable std::size_t calls_ = 0;
    mutable std::vector<std::string> texts_;
};

/// Prefers texts that hold a word.
class ToyReranker final : public Reranker {
public:
    [[nodiscard]] const std::string& name() const override { return name_; }
    [[nodiscard]] std::size_t batch() const override { return 50; }
    [[nodiscard]] Result<std::vector<float>> score(std::string_view,
                                                   std::span<const std::string> texts,
                                                   Deadline) const override {
        ++calls_;
        if (broken_) return fail(ErrorCode::unavailable, "it fails");
        std::vector<float> scores;
        for (const std::string& text : texts) {
            scores.push_back(text.find(liked_) != std::string::npos ? 1.0F : 0.0F);
        }
        return scores;
    }
    void like(std::string word) { liked_ = std::move(word); }
    void break_down() { broken_ = true; }
    [[nodiscard]] std::size_t calls() const { return calls_; }

private:
    std::string name_ = "toy-reranker";
    std::string liked_;
    std::atomic<bool> broken_{false};
    mutable std::atomic<std::size_t> calls_{0};
};

}  // namespace raadbot::models
