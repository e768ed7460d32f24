#include "retrieval/ingest/wire.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include <nlohmann/json.hpp>

namespace raadbot::ingest {
namespace {

using Json = nlohmann::json;

std::string to_message(const Json& json) {
    const std::vector<std::uint8_t> bytes = Json::to_cbor(json);
    return {bytes.begin(), bytes.end()};
}

Json from_message(std::string_view message) {
    return Json::from_cbor(message.begin(), message.end(), true,
                           false);  // discarded when malformed
}

Json date_json(const std::optional<Date>& date) {
    return date ? Json(to_string(*date)) : Json(nullptr);
}

std::optional<Date> date_of(const Json& json) {
    return json.is_string() ? parse_date(json.get<std::string>()) : std::nullopt;
}

Json number_json(const std::optional<std::uint32_t>& number) {
    return number ? Json(*number) : Json(nullptr);
}

std::optional<std::uint32_t> number_of(const Json& json) {
    if (!json.is_number_unsigned()) return std::nullopt;
    return json.get<std::uint32_t>();
}

Json meeting_json(const std::optional<MeetingInfo>& meeting) {
    if (!meeting) return nullptr;
    return {{"body", meeting->body},
            {"date", date_json(meeting->date)},
            {"paper", static_cast<int>(meeting->paper)},
            {"item", meeting->item_number},
            {"case", meeting->case_number},
            {"url", meeting->meeting_url}};
}

Json document_json(const ParsedDocument& document) {
    Json passages = Json::array();
    for (const Passage& passage : document.passages) {
        passages.push_back({{"h", passage.headings},
                            {"t", passage.text},
                            {"f", passage.anchor.fragment},
                            {"p", number_json(passage.anchor.page)},
                            {"s", number_json(passage.anchor.second)},
                            {"k", static_cast<int>(passage.section)},
                            {"b", passage.decided_by},
                            {"d", date_json(passage.decided_on)},
                            {"v", passage.speaker}});
    }
    Json json = {{"url", document.url},
                 {"suffix", document.url_suffix},
                 {"title", document.title},
                 {"language", document.language},
                 {"updated", date_json(document.updated)},
                 {"owner", document.owner},
                 {"passages", std::move(passages)},
                 {"questions", document.questions},
                 {"proof", document.proof_url},
                 {"expires", date_json(document.expires)},
                 {"meeting", meeting_json(document.meeting)}};
    return json;
}

std::optional<MeetingInfo> meeting_of(const Json& json) {
    if (!json.is_object()) return std::nullopt;
    MeetingInfo info;
    info.body = json.at("body").get<std::string>();
    info.date = date_of(json.at("date"));
    const int paper = json.at("paper").get<int>();
    if (paper >= 0 && paper <= static_cast<int>(MeetingPaper::referat))
        info.paper = static_cast<MeetingPaper>(paper);
    info.item_number = json.at("item").get<std::string>();
    info.case_number = json.at("case").get<std::string>();
    info.meeting_url = json.at("url").get<std::string>();
    return info;
}

NamedFile named_of(const Json& json) {
    NamedFile file;
    file.path = json.at("path").get<std::string>();
    const int role = json.at("role").get<int>();
    // An unknown role must not open anything.
    const bool known = role >= 0 && role <= static_cast<int>(NamedFile::Role::agenda_export);
    if (known) file.role = static_cast<NamedFile::Role>(role);
    file.open = known && json.at("open").get<bool>();
    file.title = json.at("title").get<std::string>();
    file.meeting = meeting_of(json.at("meeting"));
    return file;
}

ParsedDocument document_of(const Json& json) {
    ParsedDocument document;
    document.url = json.at("url").get<std::string>();
    document.url_suffix = json.at("suffix").get<std::string>();
    document.title = json.at("title").get<std::string>();
    document.language = json.at("language").get<std::string>();
    document.updated = date_of(json.at("updated"));
    document.owner = json.at("owner").get<std::string>();
    document.questions = json.at("questions").get<std::vector<std::string>>();
    document.proof_url = json.at("proof").get<std::string>();
    document.expires = date_of(json.at("expires"));
    document.meeting = meeting_of(json.at("meeting"));
    for (const Json& one : json.at("passages")) {
        Passage passage;
        passage.headings = one.at("h").get<std::vector<std::string>>();
        passage.text = one.at("t").get<std::string>();
        passage.anchor.fragment = one.at("f").get<std::string>();
        passage.anchor.page = number_of(one.at("p"));
        passage.anchor.second = number_of(one.at("s"));
        const int section = one.at("k").get<int>();
        if (section >= 0 && section <= static_cast<int>(Section::curated))
            passage.section = static_cast<Section>(section);
        passage.decided_by = one.at("b").get<std::string>();
        passage.decided_on = date_of(one.at("d"));
        passage.speaker = one.at("v").get<std::string>();
        document.passages.push_back(std::move(passage));
    }
    return document;
}

Transfer wait_for(int fd, short events, std::chrono::steady_clock::time_point deadline) {
    while (true) {
        int wait = -1;
        if (deadline != std::chrono::steady_clock::time_point::max()) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                deadline - std::chrono::steady_clock::now());
            if (left.count() <= 0) return Transfer::late;
            wait = static_cast<int>(std::min<std::int64_t>(left.count(), 1'000'000));
        }
        pollfd one{fd, events, 0};
        const int ready = ::poll(&one, 1, wait);
        if (ready > 0) return Transfer::done;
        if (ready < 0 && errno != EINTR) return Transfer::closed;
    }
}

Transfer read_exactly(int fd, char* to, std::size_t size,
                      std::chrono::steady_clock::time_point deadline) {
    std::size_t have = 0;
    while (have < size) {
        if (const Transfer state = wait_for(fd, POLLIN, deadline); state != Transfer::done)
            return state;
        const ssize_t count =
            ::read(fd, std::next(to, static_cast<std::ptrdiff_t>(have)), size - have);
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count <= 0) return Transfer::closed;
        have += static_cast<std::size_t>(count);
    }
    return Transfer::done;
}

}  // namespace

std::string write_request(const ParseInput& input, const Limits& limits) {
    Json json = {
        {"kind", static_cast<int>(input.kind)},  {"format", static_cast<int>(input.format)},
        {"file", limits.max_file_bytes},         {"text", limits.max_text_bytes},
        {"seconds", limits.max_seconds.count()}, {"memory", limits.max_memory_bytes}};
    const std::string name = input.name.string();
    json["name"] = Json::binary({name.begin(), name.end()});
    json["url"] = Json::binary({input.url.begin(), input.url.end()});
    json["selectors"] = Json::array();
    for (const std::string* one : sources::fields_of(input.selectors))
        json["selectors"].push_back(*one);
    json["bytes"] = Json::binary({input.bytes.begin(), input.bytes.end()});
    return to_message(json);
}

Result<Request> read_request(std::string_view message) {
    try {
        const Json json = from_message(message);
        Request request;
        const auto& name = json.at("name").get_binary();
        const auto& bytes = json.at("bytes").get_binary();
        request.name.assign(name.begin(), name.end());
        const Json& selectors = json.at("selectors");
        std::size_t at = 0;
        for (std::string* one : sources::fields_of(request.selectors))
            *one = selectors.at(at++).get<std::string>();
        const auto& url = json.at("url").get_binary();
        request.url.assign(url.begin(), url.end());
        request.bytes.assign(bytes.begin(), bytes.end());
        request.kind = static_cast<SourceKind>(json.at("kind").get<int>());
        request.format = static_cast<Format>(json.at("format").get<int>());
        request.limits.max_file_bytes = json.at("file").get<std::uint64_t>();
        request.limits.max_text_bytes = json.at("text").get<std::uint64_t>();
        request.limits.max_seconds = std::chrono::seconds(json.at("seconds").get<std::int64_t>());
        request.limits.max_memory_bytes = json.at("memory").get<std::uint64_t>();
        return request;
    } catch (const Json::exception& error) {
        return fail(ErrorCode::invalid_input, std::string("malformed request: ") + error.what());
    }
}

std::string write_answer(const Result<Parsed>& answer) {
    if (!answer) {
        return to_message({{"error", static_cast<int>(answer.error().code)},
                           {"message", answer.error().message}});
    }
    const ParseReport& report = answer->report;
    Json json = {{"cpr", report.cpr_masked},
                 {"hidden", report.hidden_removed},
                 {"closed", report.closed_items},
                 {"orders", report.orders_marked},
                 {"notes", report.notes},
                 {"documents", Json::array()},
                 {"claim", static_cast<int>(answer->claim)},
                 {"named", Json::array()}};
    for (const NamedFile& file : answer->named) {
        json["named"].push_back({{"path", file.path},
                                 {"role", static_cast<int>(file.role)},
                                 {"open", file.open},
                                 {"title", file.title},
                                 {"meeting", meeting_json(file.meeting)}});
    }
    for (const ParsedDocument& document : answer->documents)
        json["documents"].push_back(document_json(document));
    return to_message(json);
}

Result<Parsed> read_answer(std::string_view message) {
    try {
        const Json json = from_message(message);
        if (json.contains("error")) {
            const int code = json.at("error").get<int>();
            const bool known = code >= 0 && code <= static_cast<int>(ErrorCode::unavailable);
            return fail(known ? static_cast<ErrorCode>(code) : ErrorCode::unreadable,
                        json.at("message").get<std::string>());
        }
        Parsed parsed;
        parsed.report.cpr_masked = json.at("cpr").get<std::uint32_t>();
        parsed.report.hidden_removed = json.at("hidden").get<std::uint32_t>();
        parsed.report.closed_items = json.at("closed").get<std::uint32_t>();
        parsed.report.orders_marked = json.at("orders").get<std::uint32_t>();
        parsed.report.notes = json.at("notes").get<std::vector<std::string>>();
        for (const Json& document : json.at("documents"))
            parsed.documents.push_back(document_of(document));
        const int claim = json.at("claim").get<int>();
        if (claim > 0 && claim <= static_cast<int>(Claim::index))
            parsed.claim = static_cast<Claim>(claim);
        for (const Json& file : json.at("named")) parsed.named.push_back(named_of(file));
        return parsed;
    } catch (const Json::exception& error) {
        return fail(ErrorCode::unreadable,
                    std::string("the parser gave a malformed answer: ") + error.what());
    }
}

Transfer send_message(int fd, std::string_view message,
                      std::chrono::steady_clock::time_point deadline) {
    std::string all(4, '\0');
    for (std::size_t at = 0; at < 4; ++at)
        all[at] = static_cast<char>((message.size() >> (8 * at)) & 0xFFU);
    all += message;
    std::string_view left = all;
    while (!left.empty()) {
        if (const Transfer state = wait_for(fd, POLLOUT, deadline); state != Transfer::done)
            return state;
        const ssize_t count = ::write(fd, left.data(), left.size());
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (count <= 0) return Transfer::closed;
        left.remove_prefix(static_cast<std::size_t>(count));
    }
    return Transfer::done;
}

Transfer receive_message(int fd, std::string& message, std::uint64_t most,
                         std::chrono::steady_clock::time_point deadline) {
    std::array<char, 4> header{};
    if (const Transfer state = read_exactly(fd, header.data(), header.size(), deadline);
        state != Transfer::done)
        return state;
    std::uint64_t size = 0;
    for (std::size_t at = 0; at < 4; ++at) {
        size |= static_cast<std::uint64_t>(static_cast<unsigned char>(header[at])) << (8 * at);
    }
    if (size > most) return Transfer::too_long;
    message.resize(size);
    return read_exactly(fd, message.data(), message.size(), deadline);
}

}  // namespace raadbot::ingest
