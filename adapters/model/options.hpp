// Which models are used, and where they run. Values; bot/app reads them from the configuration.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "retrieval/result.hpp"

namespace raadbot::model {

/// openai: POST /v1/embeddings, as OpenAI documents it and vLLM, llama.cpp, Ollama and others copy
/// it. tei: POST /embed and /rerank of text-embeddings-inference
/// (huggingface/text-embeddings-inference, router/src/http/types.rs).
enum class Api { openai, tei };

struct Endpoint {
    Api api = Api::tei;
    std::string
        url;  ///< "https://host[:port][/path]"; the API's path follows. http only to this machine.
    std::string name;  ///< The model, as the server and readers know it.
    std::string key;   ///< Sent as a bearer token; empty: none.
    std::size_t batch =
        32;  ///< Most texts in one call, 1-2048; TEI takes 32 unless told otherwise.
    std::chrono::seconds request_time{60};  ///< For one call while ingesting, 1-600.
    std::filesystem::path authorities;      ///< More trusted certificates (PEM).
};

struct EmbeddingOptions {
    Endpoint endpoint;
    std::size_t dimension = 0;  ///< 1-4096.
    // What the model wants before a text, such as "query: " and "passage: " for E5.
    std::string question_prefix;
    std::string passage_prefix;
};

struct RerankingOptions {
    Endpoint endpoint;      ///< tei only.
    std::size_t read = 30;  ///< So many best passages of a question, 2-200.
};

struct Options {
    bool in_municipality_control = false;  ///< Must be true: texts leave the program.
    std::chrono::milliseconds time{800};   ///< That models may take of one question, 50-10000.
    std::optional<EmbeddingOptions> embedding;
    std::optional<RerankingOptions> reranking;
};

/// The options, when they can be used. Errors: invalid_config, naming the key.
[[nodiscard]] Result<Options> checked(Options options);

/// "modeller.lunby.example:8443", for people.
[[nodiscard]] std::string host_of(const Endpoint& endpoint);

}  // namespace raadbot::model
