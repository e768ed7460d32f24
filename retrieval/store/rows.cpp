#include "retrieval/store/rows.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace raadbot::store {

using nlohmann::json;

const std::string_view passage_columns =
    "SELECT p.id, p.document, d.source, s.kind, s.audience, d.url, d.title, d.language, d.updated, "
    "d.checked, d.owner, d.body, d.meeting_date, d.paper, d.item_number, d.case_number, "
    "d.meeting_url, d.questions, d.proof_url, d.expires, p.position, p.headings, p.text, "
    "p.fragment, "
    "p.page, p.second, p.section, p.decided_by, p.decided_on, p.speaker "
    "FROM passage p JOIN document d ON d.id = p.document JOIN source s ON s.id = d.source ";

const std::string_view source_columns =
    "SELECT id, kind, path, base_url, audience, owner_unit, owner_mail, owner_phone, purpose, "
    "rights, "
    "review_date, refresh_hours, state, selectors FROM source ";

StoredPassage read_passage(const Statement& row) {
    StoredPassage p;
    p.id = static_cast<PassageId>(row.integer(0));
    p.document = DocumentId{row.text(1)};
    p.source = SourceId{row.text(2)};
    p.kind = parse_source_kind(row.text(3)).value_or(SourceKind::website);
    p.audience = Audience{row.text(4)};
    p.url = row.text(5);
    p.title = row.text(6);
    p.language = row.text(7);
    p.updated = parse_date(row.text(8));
    p.checked = Timestamp{std::chrono::seconds{row.integer(9)}};
    p.owner = row.text(10);
    if (!row.is_null(11)) {
        MeetingInfo meeting;
        meeting.body = row.text(11);
        meeting.date = parse_date(row.text(12));
        meeting.paper = static_cast<MeetingPaper>(row.integer(13));
        meeting.item_number = row.text(14);
        meeting.case_number = row.text(15);
        meeting.meeting_url = row.text(16);
        p.meeting = std::move(meeting);
    }
    p.questions = strings_from_json(row.text(17));
    p.proof_url = row.text(18);
    p.expires = parse_date(row.text(19));
    p.position = static_cast<std::uint32_t>(row.integer(20));
    p.passage.headings = strings_from_json(row.text(21));
    p.passage.text = row.text(22);
    p.passage.anchor.fragment = row.text(23);
    if (!row.is_null(24)) p.passage.anchor.page = static_cast<std::uint32_t>(row.integer(24));
    if (!row.is_null(25)) p.passage.anchor.second = static_cast<std::uint32_t>(row.integer(25));
    p.passage.section = static_cast<Section>(row.integer(26));
    p.passage.decided_by = row.text(27);
    p.passage.decided_on = parse_date(row.text(28));
    p.passage.speaker = row.text(29);
    return p;
}

sources::Source read_source(const Statement& row) {
    sources::Source s;
    s.id = SourceId{row.text(0)};
    s.kind = parse_source_kind(row.text(1)).value_or(SourceKind::website);
    s.path = row.text(2);
    s.base_url = row.text(3);
    s.audience = Audience{row.text(4)};
    s.owner = {row.text(5), row.text(6), row.text(7)};
    s.purpose = row.text(8);
    s.rights = row.text(9);
    s.review_date = parse_date(row.text(10));
    s.refresh = std::chrono::hours{row.integer(11)};
    s.state = sources::parse_state(row.text(12)).value_or(sources::State::proposed);
    std::vector<std::string> selectors = strings_from_json(row.text(13));
    const auto fields = sources::fields_of(s.selectors);
    for (std::size_t at = 0; at < std::min(fields.size(), selectors.size()); ++at)
        *fields.at(at) = std::move(selectors[at]);
    return s;
}

std::string to_json(const std::vector<std::string>& strings) {
    if (strings.empty()) return {};
    return json(strings).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<std::string> strings_from_json(std::string_view text) {
    if (text.empty()) return {};
    return json::parse(text).get<std::vector<std::string>>();
}

std::string content_of(const ParsedDocument& document) {
    json passages = json::array();
    for (const Passage& p : document.passages) {
        passages.push_back({p.headings, p.text, p.anchor.fragment, p.anchor.page.value_or(0),
                            p.anchor.second.value_or(0), static_cast<int>(p.section), p.decided_by,
                            p.decided_on ? to_string(*p.decided_on) : "", p.speaker});
    }
    json meeting;
    if (document.meeting) {
        const MeetingInfo& m = *document.meeting;
        meeting = {m.body,
                   m.date ? to_string(*m.date) : "",
                   static_cast<int>(m.paper),
                   m.item_number,
                   m.case_number,
                   m.meeting_url};
    }
    const json whole = {document.title,
                        document.language,
                        document.updated ? to_string(*document.updated) : "",
                        document.owner,
                        meeting,
                        passages,
                        document.questions,
                        document.proof_url,
                        document.expires ? to_string(*document.expires) : ""};
    return whole.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(digest.size() * 2);
    for (const unsigned char byte : digest) {
        hex.push_back(digits[byte >> 4U]);
        hex.push_back(digits[byte & 15U]);
    }
    return hex;
}

}  // namespace raadbot::store
