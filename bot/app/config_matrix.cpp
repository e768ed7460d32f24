#include <chrono>

#include "bot/app/config_channels.hpp"
#include "bot/app/table_reader.hpp"

namespace raadbot::app {

namespace fs = std::filesystem;

Result<void> read_matrix(const fs::path& file, const toml::table& table, Config& config) {
    MatrixConfig section;
    matrix::Options& options = section.options;
    std::string as_token_file;
    std::string hs_token_file;
    std::int64_t answer_within_hours = 24;
    std::int64_t request_seconds = 15;
    std::int64_t room_wait_seconds = 20;
    auto read = TableReader(file, table, "matrix.")
                    .text("address", section.address)
                    .number("port", section.port, 0, 65535)
                    .text("homeserver_url", options.homeserver_url)
                    .text("server_name", options.server_name)
                    .text("url", options.url)
                    .text("as_token_env", section.as_token.env)
                    .text("as_token_file", as_token_file)
                    .text("hs_token_env", section.hs_token.env)
                    .text("hs_token_file", hs_token_file)
                    .text("id", options.id)
                    .text("localpart", options.localpart)
                    .text("display_name", options.display_name)
                    .text("language", options.language)
                    .texts("servers", options.servers)
                    .texts("people", options.people)
                    .texts("bots", options.bots)
                    .number("answers_per_minute", options.answers_per_minute, 1, 1'000)
                    .number("answer_within_hours", answer_within_hours, 1, 24 * 30)
                    .flag("show_typing", options.show_typing)
                    .flag("send_receipts", options.send_receipts)
                    .number("request_seconds", request_seconds, 1, 120)
                    .number("room_wait_seconds", room_wait_seconds, 1, 300)
                    .tables("audience",
                            [&](const toml::table& inner) -> Result<void> {
                                matrix::Grant grant;
                                auto grant_read = TableReader(file, inner, "matrix.audience.")
                                                      .text("server", grant.server)
                                                      .text("room", grant.room)
                                                      .text("space", grant.space)
                                                      .text("user", grant.user)
                                                      .audiences("may_see", grant.audiences)
                                                      .done();
                                if (grant_read) options.audiences.push_back(std::move(grant));
                                return grant_read;
                            })
                    .done();
    if (!read) return read;
    const fs::path base = fs::absolute(file).parent_path();
    if (!as_token_file.empty()) section.as_token.file = base / as_token_file;
    if (!hs_token_file.empty()) section.hs_token.file = base / hs_token_file;
    options.answer_within = std::chrono::hours{answer_within_hours};
    options.request_time = std::chrono::seconds{request_seconds};
    options.room_wait = std::chrono::seconds{room_wait_seconds};
    config.matrix = std::move(section);
    return {};
}

Result<matrix::Options> matrix_options(const Config& config) {
    matrix::Options options = config.matrix.value().options;
    auto as_token = read_secret("matrix.as_token", config.matrix->as_token);
    if (!as_token) return tl::unexpected(as_token.error());
    auto hs_token = read_secret("matrix.hs_token", config.matrix->hs_token);
    if (!hs_token) return tl::unexpected(hs_token.error());
    options.as_token = std::move(*as_token);
    options.hs_token = std::move(*hs_token);
    options.municipality = config.municipality;
    for (const ChatPerson& one : config.admin ? config.admin->chat : std::vector<ChatPerson>{}) {
        if (!one.matrix.empty()) options.staff[one.matrix] = one.person.login;
    }
    return matrix::checked(std::move(options));
}

}  // namespace raadbot::app
