// A model server for tests: as strict as text-embeddings-inference and OpenAI's interface are
// (status, error bodies, limits as in router/src/http of huggingface/text-embeddings-inference 1.x
// and OpenAI's reference), and able to fail in every way. Texts with the same senses get the same
// direction.
#pragma once

#include <atomic>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/support/raw_web_server.hpp"

namespace raadbot::support {

enum class Fault {
    none,
    silent,          ///< Takes the request and says nothing.
    stalls,          ///< Begins an answer and stops.
    closes,          ///< Ends the connection without a word.
    cut_short,       ///< Ends the connection within the body.
    truncated_json,  ///< A whole response whose JSON ends early.
    busy,            ///< 429 with Retry-After.
    busy_once,       ///< 429 with Retry-After: 0, then well.
    fails,           ///< 500.
    fails_once,      ///< 503, then well.
    wrong_dimension,
    not_a_number,  ///< null where a number should be.
    too_great,     ///< 1e999.
    one_too_few,
    same_index_twice,
    endless,          ///< Chunks without end (20 MB).
    announced_large,  ///< A Content-Length beyond reason.
    redirects,        ///< To another server.
    html,             ///< 200 with a page.
};

class FakeModel {
public:
    explicit FakeModel(std::string key = "hemmelig")
        : key_(std::move(key)), server_([this](const Asked& asked) { return answer(asked); }) {}

    static constexpr std::size_t dimension = 48;
    static constexpr std::size_t most_texts = 8;  ///< max_client_batch_size.
    static inline const std::string name = "lunby/fake-small";

    void fault(Fault fault) { fault_ = fault; }
    /// These words mean the same.
    void same_sense(const std::string& word, const std::string& as) { senses_[word] = as; }
    /// Texts that hold it are refused with 422, as a tokenizer may.
    void refuse(std::string part) { refused_ = std::move(part); }
    [[nodiscard]] std::string url() const {
        return "http://127.0.0.1:" + std::to_string(server_.port());
    }
    /// All texts that came, in order.
    [[nodiscard]] std::vector<std::string> texts() const {
        const std::lock_guard lock(mutex_);
        return texts_;
    }
    void forget() {
        const std::lock_guard lock(mutex_);
        texts_.clear();
        requests_ = 0;
    }
    [[nodiscard]] std::size_t requests() const { return requests_; }
    /// Requests that a real server would not have taken.
    [[nodiscard]] std::vector<std::string> complaints() const {
        const std::lock_guard lock(mutex_);
        return complaints_;
    }

    [[nodiscard]] std::vector<float> vector_of(const std::string& text) const {
        std::vector<float> vector(dimension, 0.01F);
        std::string word;
        const auto add = [&] {
            if (word.size() > 3) {
                const auto sense = senses_.find(word);
                const std::string& meant = sense == senses_.end() ? word : sense->second;
                std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a.
                for (const char c : meant) {
                    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
                }
                vector[hash % dimension] += 1;
            }
            word.clear();
        };
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if (std::isalnum(byte) != 0 || byte >= 0x80U) {
                word += static_cast<char>(std::tolower(byte));
            } else {
                add();
            }
        }
        add();
        float squares = 0;
        for (const float value : vector) squares += value * value;
        for (float& value : vector) value /= std::sqrt(squares);
        return vector;
    }

private:
    using json = nlohmann::json;

    std::string refuse_request(int status, const std::string& why, const json& body) {
        const std::lock_guard lock(mutex_);
        complaints_.push_back(why);
        return reply(status, "application/json", body.is_null() ? std::string() : body.dump());
    }
    static json tei_error(const char* what, const char* type) {
        return {{"error", what}, {"error_type", type}};
    }
    static json openai_error(const char* what, const char* code) {
        return {{"error",
                 {{"message", what},
                  {"type", "invalid_request_error"},
                  {"param", nullptr},
                  {"code", code}}}};
    }

    std::string answer(const Asked& asked) {
        ++requests_;
        const bool openai = asked.target == "/v1/embeddings";
        if (asked.head.starts_with("GET /info ")) {
            return reply(200, "application/json",
                         json{{"model_id", name}, {"max_client_batch_size", most_texts}}.dump());
        }
        if (!openai && asked.target != "/embed" && asked.target != "/rerank") {
            return refuse_request(404, "path " + asked.target, {});
        }
        if (!asked.head.starts_with("POST ")) return refuse_request(405, "method", {});
        if (asked.field("Authorization") != "Bearer " + key_) {
            return openai ? refuse_request(
                                401, "key",
                                openai_error("Incorrect API key provided", "invalid_api_key"))
                          : refuse_request(401, "key", {});
        }
        if (!asked.field("Content-Type").starts_with("application/json")) {
            return refuse_request(415, "content type", {});
        }
        const json body = json::parse(asked.body, nullptr, false);
        if (!body.is_object()) return refuse_request(400, "no object", {});
        std::set<std::string> keys =
            openai ? std::set<std::string>{"model", "input", "encoding_format"}
            : asked.target == "/embed"
                ? std::set<std::string>{"inputs", "truncate", "normalize"}
                : std::set<std::string>{"query", "texts", "truncate", "raw_scores", "return_text"};
        for (const auto& [key, value] : body.items()) {
            if (!keys.contains(key)) return refuse_request(422, "unknown key " + key, {});
        }
        const char* list = openai ? "input" : asked.target == "/embed" ? "inputs" : "texts";
        if (!body.contains(list) || !body[list].is_array() || body[list].empty()) {
            return refuse_request(422, "no texts",
                                  tei_error("`inputs` cannot be empty", "validation"));
        }
        std::vector<std::string> texts;
        for (const json& item : body[list]) {
            if (!item.is_string()) return refuse_request(422, "a text is none", {});
            if (item.get<std::string>().empty())
                return refuse_request(422, "an empty text",
                                      tei_error("`inputs` cannot be empty", "validation"));
            texts.push_back(item.get<std::string>());
        }
        if (openai && (body.value("model", "") != name)) {
            return refuse_request(404, "model",
                                  openai_error("The model does not exist", "model_not_found"));
        }
        if (openai && body.value("encoding_format", "") != "float")
            return refuse_request(400, "encoding", {});
        if (texts.size() > most_texts) {
            return refuse_request(
                413, "batch of " + std::to_string(texts.size()),
                tei_error("batch size 9 > maximum allowed batch size 8", "validation"));
        }
        for (const std::string& text : texts) {
            if (!refused_.empty() && text.find(refused_) != std::string::npos) {
                return reply(422, "application/json",
                             tei_error("Tokenization error", "tokenizer").dump());
            }
        }
        {
            const std::lock_guard lock(mutex_);
            texts_.insert(texts_.end(), texts.begin(), texts.end());
        }
        if (auto failure = failed(); !failure.empty()) return failure == "<CLOSE>" ? "" : failure;
        std::string out = asked.target == "/rerank" ? ranks(body.value("query", ""), texts)
                                                    : vectors(openai, texts);
        const Fault fault = fault_;
        if (fault == Fault::truncated_json) out.resize(out.size() / 2);
        if (fault == Fault::cut_short || fault == Fault::stalls) {
            const std::string whole = reply(200, "application/json", out);
            // Then the connection ends: an answer shorter than announced, by a server that hangs
            // up.
            return whole.substr(0, whole.size() - out.size() / 2) +
                   std::string(fault == Fault::stalls ? RawWebServer::hold : RawWebServer::hang_up);
        }
        return reply(200, "application/json", out);
    }

    /// Empty: go on.
    std::string failed() {
        const std::string gone(RawWebServer::hold);
        switch (fault_.load()) {
            case Fault::silent: return gone;
            case Fault::closes: return "<CLOSE>";
            case Fault::busy:
                return reply(429, "application/json",
                             tei_error("Model is overloaded", "overloaded").dump(),
                             "Retry-After: 3600\r\n");
            case Fault::busy_once:
                fault_ = Fault::none;
                return reply(429, "application/json", "{}", "Retry-After: 0\r\n");
            case Fault::fails: return reply(500, "text/plain", "boom");
            case Fault::fails_once:
                fault_ = Fault::none;
                return reply(503, "text/plain", "warming up");
            case Fault::endless: {
                std::string out =
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                    "chunked\r\n\r\n";
                const std::string chunk = "100000\r\n" + std::string(0x100000, ' ') + "\r\n";
                for (int i = 0; i < 20; ++i) out += chunk;
                return out + gone;
            }
            case Fault::announced_large:
                return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                       "99999999999\r\n\r\n[" +
                       gone;
            case Fault::redirects: return redirect("http://127.0.0.1:1/embed", 307);
            case Fault::html: return html("<html>hello</html>");
            default: return {};
        }
    }

    std::string vectors(bool openai, const std::vector<std::string>& texts) {
        json list = json::array();
        for (std::size_t i = 0; i < texts.size(); ++i) {
            json vector = vector_of(texts[i]);
            if (fault_ == Fault::wrong_dimension) vector.erase(vector.begin());
            if (fault_ == Fault::not_a_number) vector[3] = nullptr;
            if (fault_ == Fault::too_great) vector[3] = "GREAT";
            if (!openai) {
                list.push_back(std::move(vector));
                continue;
            }
            const std::size_t index = fault_ == Fault::same_index_twice ? 0 : i;
            // In any order: the index counts.
            json item = {{"object", "embedding"}, {"index", index}};
            item["embedding"] = std::move(vector);
            list.insert(list.begin(), std::move(item));
        }
        if (fault_ == Fault::one_too_few) list.erase(list.begin());
        std::string out = openai ? json{{"object", "list"},
                                        {"data", list},
                                        {"model", name},
                                        {"usage", {{"prompt_tokens", 1}, {"total_tokens", 1}}}}
                                       .dump()
                                 : list.dump();
        if (const auto at = out.find("\"GREAT\""); at != std::string::npos)
            out.replace(at, 7, "1e999");
        return out;
    }

    std::string ranks(const std::string& query, const std::vector<std::string>& texts) {
        std::multimap<float, std::size_t, std::greater<>> sorted;
        const auto wanted = vector_of(query);
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const auto vector = vector_of(texts[i]);
            float score = 0;
            for (std::size_t d = 0; d < dimension; ++d) score += vector[d] * wanted[d];
            sorted.emplace(score, i);
        }
        json list = json::array();
        for (const auto& [score, index] : sorted) {
            json rank = {{"index", fault_ == Fault::same_index_twice ? 0 : index},
                         {"score", score}};
            if (fault_ == Fault::not_a_number || fault_ == Fault::too_great)
                rank["score"] = nullptr;
            if (fault_ == Fault::wrong_dimension) rank.erase("score");
            list.push_back(std::move(rank));
        }
        if (fault_ == Fault::one_too_few) list.erase(list.begin());
        return list.dump();
    }

    std::string key_;
    std::atomic<Fault> fault_{Fault::none};
    std::map<std::string, std::string> senses_;
    std::string refused_;
    std::atomic<std::size_t> requests_{0};
    mutable std::mutex mutex_;
    std::vector<std::string> texts_;
    std::vector<std::string> complaints_;
    RawWebServer server_;  // Last: its threads use the others.
};

}  // namespace raadbot::support
