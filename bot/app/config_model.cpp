#include "bot/app/config_channels.hpp"
#include "bot/app/table_reader.hpp"

namespace raadbot::app {
namespace {

namespace fs = std::filesystem;

/// Keys that both kinds of model have.
class EndpointReader {
public:
    EndpointReader(TableReader& reader, model::Endpoint& endpoint, SecretPlace& key)
        : endpoint_(endpoint), key_(key) {
        reader.text("api", api_)
            .text("url", endpoint.url)
            .text("name", endpoint.name)
            .text("key_env", key.env)
            .text("key_file", key_file_)
            .number("batch", endpoint.batch, 1, 2048)
            .number("request_seconds", seconds_, 1, 600);
    }
    /// After the reader has read.
    Result<void> finish(const fs::path& file, const toml::table& table) {
        if (api_ != "tei" && api_ != "openai") {
            return fail(ErrorCode::invalid_config,
                        where(file, table) + "api must be \"tei\" or \"openai\"");
        }
        endpoint_.api = api_ == "tei" ? model::Api::tei : model::Api::openai;
        endpoint_.request_time = std::chrono::seconds{seconds_};
        if (!key_file_.empty()) key_.file = fs::absolute(file).parent_path() / key_file_;
        return {};
    }

private:
    model::Endpoint& endpoint_;
    SecretPlace& key_;
    std::string api_ = "tei";
    std::string key_file_;
    std::int64_t seconds_ = 60;
};

Result<void> add_key(const std::string& setting, const SecretPlace& place,
                     model::Endpoint& endpoint) {
    if (place.env.empty() && place.file.empty()) return {};  // Asked without a key.
    auto key = read_secret(setting, place);
    if (!key) return tl::unexpected(key.error());
    endpoint.key = std::move(*key);
    return {};
}

}  // namespace

Result<void> read_model(const fs::path& file, const toml::table& table, Config& config) {
    ModelConfig section;
    std::int64_t time_ms = section.options.time.count();
    std::string authorities;
    auto read =
        TableReader(file, table, "model.")
            .flag("in_municipality_control", section.options.in_municipality_control)
            .number("time_ms", time_ms, 50, 10'000)
            .text("authorities", authorities)
            .table("embedding",
                   [&](const toml::table& inner) -> Result<void> {
                       auto& embedding = section.options.embedding.emplace();
                       TableReader reader(file, inner, "model.embedding.");
                       EndpointReader endpoint(reader, embedding.endpoint, section.embedding_key);
                       auto done = reader.number("dimension", embedding.dimension, 1, 4096)
                                       .text("question_prefix", embedding.question_prefix)
                                       .text("passage_prefix", embedding.passage_prefix)
                                       .done();
                       return done ? endpoint.finish(file, inner) : done;
                   })
            .table("reranking",
                   [&](const toml::table& inner) -> Result<void> {
                       auto& reranking = section.options.reranking.emplace();
                       TableReader reader(file, inner, "model.reranking.");
                       EndpointReader endpoint(reader, reranking.endpoint, section.reranking_key);
                       auto done = reader.number("read", reranking.read, 2, 200).done();
                       return done ? endpoint.finish(file, inner) : done;
                   })
            .done();
    if (!read) return read;
    section.options.time = std::chrono::milliseconds{time_ms};
    if (!authorities.empty()) {
        const fs::path path = fs::absolute(file).parent_path() / authorities;
        if (section.options.embedding) section.options.embedding->endpoint.authorities = path;
        if (section.options.reranking) section.options.reranking->endpoint.authorities = path;
    }
    auto good = model::checked(std::move(section.options));
    if (!good) return fail(ErrorCode::invalid_config, where(file, table) + good.error().message);
    section.options = std::move(*good);
    config.model = std::move(section);
    return {};
}

Result<model::Options> model_options(const Config& config) {
    model::Options options = config.model.value().options;
    if (options.embedding) {
        auto key = add_key("model.embedding.key", config.model->embedding_key,
                           options.embedding->endpoint);
        if (!key) return tl::unexpected(key.error());
    }
    if (options.reranking) {
        auto key = add_key("model.reranking.key", config.model->reranking_key,
                           options.reranking->endpoint);
        if (!key) return tl::unexpected(key.error());
    }
    return model::checked(std::move(options));
}

}  // namespace raadbot::app
