#include "adapters/model/client.hpp"

#include <algorithm>
#include <thread>

#include "adapters/http/rest_client.hpp"

namespace raadbot::model {
namespace {

using models::Deadline;
using Clock = std::chrono::steady_clock;

// A number takes at most so many bytes of JSON, and a vector or score so many besides.
constexpr std::size_t bytes_of_number = 32;
constexpr std::size_t bytes_besides = 256;
constexpr std::size_t least_room = 64 * 1'024;
/// Before the second try, when the server does not say.
constexpr std::chrono::milliseconds breath{200};

http::RestOptions rest_options(const Endpoint& endpoint, std::size_t numbers) {
    http::RestOptions options;
    options.time = endpoint.request_time;
    options.largest_response =
        least_room + numbers * bytes_of_number + endpoint.batch * bytes_besides;
    options.authorities = endpoint.authorities;
    return options;
}

class Client {
public:
    Client(const Endpoint& endpoint, std::size_t numbers)
        : rest_(endpoint.url.substr(0, endpoint.url.size() - path_of(endpoint.url).size()),
                rest_options(endpoint, numbers)),
          path_(path_of(endpoint.url)),
          key_(endpoint.key) {}

    /// The body of a 200.
    [[nodiscard]] Result<std::string> ask(const char* method, const std::string& path,
                                          std::string body, Deadline deadline) const {
        http::RestRequest request;
        request.method = method;
        request.target = path_ + path;
        request.body = std::move(body);
        request.fields.push_back({"Accept", "application/json"});
        if (!key_.empty()) request.fields.push_back({"Authorization", "Bearer " + key_});
        for (bool again = false;; again = true) {
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
            if (left.count() <= 0) return fail(ErrorCode::timed_out, "it did not answer in time");
            request.time = left;
            const auto response = rest_.send(request);
            if (response && response->status == 200) return response->body;
            std::chrono::milliseconds wait = breath;
            Error error;
            if (response) {
                error = error_of(response->status, response->body);
                const bool may_pass = response->status == 429 || response->status >= 500;
                if (!may_pass) return tl::unexpected(error);
                wait = http::retry_after(*response, breath);
            } else {
                if (response.error().kind == http::RestError::Kind::late) {
                    return fail(ErrorCode::timed_out, "it did not answer in time");
                }
                if (response.error().kind == http::RestError::Kind::too_large) {
                    return fail(ErrorCode::unreadable, "its answer is larger than agreed");
                }
                error = {ErrorCode::unavailable,
                         response.error().kind == http::RestError::Kind::not_sent
                             ? "it cannot be reached, or its certificate is not trusted"
                             : "the connection broke"};
            }
            if (again || Clock::now() + wait >= deadline) return tl::unexpected(error);
            std::this_thread::sleep_for(wait);
        }
    }

private:
    /// "/models/a" of "https://host/models/a"; empty when there is none.
    static std::string path_of(const std::string& url) {
        const std::size_t host = url.find("://") + 3;
        const std::size_t path = url.find('/', host);
        return path == std::string::npos ? std::string() : url.substr(path);
    }

    http::RestClient rest_;
    std::string path_;
    std::string key_;
};

class HttpEmbedder final : public models::Embedder {
public:
    explicit HttpEmbedder(const EmbeddingOptions& options)
        : options_(options),
          identity_(options.endpoint.name + '\n' + std::to_string(options.dimension) + '\n' +
                    options.passage_prefix),
          client_(options.endpoint, options.endpoint.batch * options.dimension) {}

    [[nodiscard]] const std::string& name() const override { return options_.endpoint.name; }
    [[nodiscard]] const std::string& identity() const override { return identity_; }
    [[nodiscard]] std::size_t dimension() const override { return options_.dimension; }
    [[nodiscard]] std::size_t batch() const override { return options_.endpoint.batch; }

    [[nodiscard]] Result<std::vector<std::vector<float>>> embed(std::span<const std::string> texts,
                                                                models::TextIs what,
                                                                Deadline deadline) const override {
        const std::string& prefix =
            what == models::TextIs::question ? options_.question_prefix : options_.passage_prefix;
        std::vector<std::string> sent;
        for (const std::string& text : texts) sent.push_back(prefix + text);
        const Endpoint& endpoint = options_.endpoint;
        const auto body = client_.ask("POST", embed_path(endpoint.api),
                                      embed_body(endpoint.api, endpoint.name, sent), deadline);
        if (!body) return tl::unexpected(body.error());
        return read_vectors(endpoint.api, *body, texts.size(), options_.dimension);
    }

private:
    EmbeddingOptions options_;
    std::string identity_;
    Client client_;
};

class HttpReranker final : public models::Reranker {
public:
    explicit HttpReranker(const RerankingOptions& options)
        : options_(options), client_(options.endpoint, options.endpoint.batch) {}

    [[nodiscard]] const std::string& name() const override { return options_.endpoint.name; }
    [[nodiscard]] std::size_t batch() const override { return options_.endpoint.batch; }

    [[nodiscard]] Result<std::vector<float>> score(std::string_view question,
                                                   std::span<const std::string> texts,
                                                   Deadline deadline) const override {
        const auto body = client_.ask("POST", "/rerank", rerank_body(question, texts), deadline);
        if (!body) return tl::unexpected(body.error());
        return read_scores(*body, texts.size());
    }

private:
    RerankingOptions options_;
    Client client_;
};

}  // namespace

std::shared_ptr<const models::Embedder> connect(const EmbeddingOptions& options) {
    return std::make_shared<HttpEmbedder>(options);
}

std::shared_ptr<const models::Reranker> connect(const RerankingOptions& options) {
    return std::make_shared<HttpReranker>(options);
}

Result<ServerInfo> ask_info(const Endpoint& endpoint, Deadline deadline) {
    const auto body = Client(endpoint, 0).ask("GET", "/info", {}, deadline);
    if (!body) return tl::unexpected(body.error());
    return read_info(*body);
}

}  // namespace raadbot::model
