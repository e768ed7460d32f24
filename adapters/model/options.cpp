#include "adapters/model/options.hpp"

#include <algorithm>
#include <string_view>

namespace raadbot::model {
namespace {

tl::unexpected<Error> wrong(const std::string& what) {
    return fail(ErrorCode::invalid_config, what);
}

/// What follows "scheme://", up to the path.
std::string authority_of(const std::string& url) {
    const std::size_t begin = url.find("://");
    if (begin == std::string::npos) return {};
    const std::size_t end = url.find_first_of("/?#", begin + 3);
    return url.substr(begin + 3, end == std::string::npos ? end : end - begin - 3);
}

bool is_this_machine(const std::string& authority) {
    const std::size_t end =
        authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
    const std::string host = authority.substr(0, end);
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

Result<void> check(const std::string& section, const Endpoint& endpoint) {
    const std::string authority = authority_of(endpoint.url);
    const bool http = endpoint.url.starts_with("http://");
    const bool address =
        !authority.empty() && std::all_of(authority.begin(), authority.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   std::string_view(".-:[]").find(c) != std::string_view::npos;
        });
    if (!address || !(http || endpoint.url.starts_with("https://")) ||
        endpoint.url.find_first_of("?#@ ") != std::string::npos || endpoint.url.ends_with('/')) {
        return wrong(section +
                     ".url must be an address such as \"https://modeller.lunby.example\", "
                     "without a slash at the end");
    }
    if (http && !is_this_machine(authority)) {
        return wrong(section +
                     ".url must begin with https://: only a model on this machine may be "
                     "asked without encryption");
    }
    if (endpoint.name.empty()) return wrong(section + ".name is missing: which model is it?");
    const bool printable = std::all_of(endpoint.key.begin(), endpoint.key.end(),
                                       [](char c) { return c > ' ' && c < '\x7f'; });
    if (!printable) return wrong(section + ".key holds something that no header can");
    return {};
}

}  // namespace

std::string host_of(const Endpoint& endpoint) { return authority_of(endpoint.url); }

Result<Options> checked(Options options) {
    if (!options.embedding && !options.reranking) {
        return wrong(
            "[model] names no model: add [model.embedding] or [model.reranking], or take the "
            "section out");
    }
    if (!options.in_municipality_control) {
        return wrong(
            "model.in_municipality_control must be true: questions and passages, those for the "
            "council or a committee among them, are sent to the model's server, so it must be run "
            "by the municipality or by a processor on its instructions");
    }
    if (options.embedding) {
        if (auto good = check("model.embedding", options.embedding->endpoint); !good) {
            return tl::unexpected(good.error());
        }
        if (options.embedding->dimension == 0) {
            return wrong("model.embedding.dimension is missing: how many numbers its vectors have");
        }
    }
    if (options.reranking) {
        if (auto good = check("model.reranking", options.reranking->endpoint); !good) {
            return tl::unexpected(good.error());
        }
        if (options.reranking->endpoint.api != Api::tei) {
            return wrong("model.reranking.api must be \"tei\"");
        }
    }
    return options;
}

}  // namespace raadbot::model
