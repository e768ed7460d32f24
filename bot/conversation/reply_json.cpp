// The JSON of a reply (design §5): the contract's keys in the contract's order, then what else a
// reply holds. Keys marked optional in the contract are left out when they have nothing to say.
#include <cmath>
#include <cstdint>
#include <limits>

#include <nlohmann/json.hpp>

#include "bot/conversation/conversation.hpp"

namespace raadbot::bot {
namespace {

using Json = nlohmann::ordered_json;

std::string_view kind_name(ReplyKind kind) {
    switch (kind) {
        case ReplyKind::answered: return "answered";
        case ReplyKind::refused: return "refused";
        case ReplyKind::clarify: return "clarify";
    }
    return "refused";
}

void put_unless_empty(Json& object, const char* key, const std::string& value) {
    if (!value.empty()) object[key] = value;
}

Json sentence_json(const ReplySentence& sentence) {
    Json out = {{"text", sentence.text}, {"citations", sentence.citations}};
    put_unless_empty(out, "lead", sentence.lead);
    if (sentence.list_item) out["list_item"] = true;
    return out;
}

Json source_json(const ReplySource& source) {
    Json out = {
        {"n", source.number}, {"source_id", source.source_id}, {"document_id", source.document_id},
        {"url", source.url},  {"title", source.title},         {"kind", source.kind}};
    put_unless_empty(out, "committee", source.committee);
    put_unless_empty(out, "date", source.date);
    put_unless_empty(out, "section", source.section);
    out["quote"] = source.quote;
    out["anchor"] = source.anchor;
    out["checked"] = source.checked;
    for (const ReplyLink& link : source.also) {
        Json one = {{"kind", link.kind}, {"title", link.title}, {"url", link.url}};
        if (link.second) one["second"] = *link.second;
        if (link.until) one["until"] = *link.until;
        out["also"].push_back(std::move(one));
    }
    return out;
}

// Reading: every failure is a thrown Malformed, turned into an Error at the one place below.
struct Malformed {
    std::string what;
};

const Json* member(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

std::string text_of(const Json& object, const char* key, bool required) {
    const Json* value = member(object, key);
    if (value == nullptr) {
        if (required) throw Malformed{std::string("missing key \"") + key + '"'};
        return {};
    }
    if (!value->is_string()) throw Malformed{std::string("key \"") + key + "\" is not a string"};
    return value->get<std::string>();
}

std::uint32_t number_of(const Json& value, const char* key) {
    if (!value.is_number_unsigned() ||
        value.get<std::uint64_t>() > std::numeric_limits<std::uint32_t>::max()) {
        throw Malformed{std::string("key \"") + key + "\" is not a whole number"};
    }
    return value.get<std::uint32_t>();
}

std::uint32_t required_number(const Json& object, const char* key) {
    const Json* value = member(object, key);
    if (value == nullptr) throw Malformed{std::string("missing key \"") + key + '"'};
    return number_of(*value, key);
}

/// The array under `key`, or an empty one when it is optional and absent.
const Json& array_of(const Json& object, const char* key, bool required) {
    static const Json none = Json::array();
    const Json* value = member(object, key);
    if (value == nullptr) {
        if (required) throw Malformed{std::string("missing key \"") + key + '"'};
        return none;
    }
    if (!value->is_array()) throw Malformed{std::string("key \"") + key + "\" is not an array"};
    return *value;
}

const Json& object_in(const Json& value, const char* key) {
    if (!value.is_object())
        throw Malformed{std::string("\"") + key + "\" holds something else than objects"};
    return value;
}

std::vector<std::string> texts_of(const Json& object, const char* key) {
    std::vector<std::string> out;
    for (const Json& item : array_of(object, key, false)) {
        if (!item.is_string())
            throw Malformed{std::string("\"") + key + "\" holds something else than strings"};
        out.push_back(item.get<std::string>());
    }
    return out;
}

ReplyKind kind_of(const std::string& name) {
    for (const ReplyKind kind : {ReplyKind::answered, ReplyKind::refused, ReplyKind::clarify}) {
        if (kind_name(kind) == name) return kind;
    }
    throw Malformed{"unknown kind \"" + name + '"'};
}

ReplySentence read_sentence(const Json& json) {
    ReplySentence out;
    out.text = text_of(json, "text", true);
    out.lead = text_of(json, "lead", false);
    for (const Json& number : array_of(json, "citations", true)) {
        out.citations.push_back(number_of(number, "citations"));
    }
    if (const Json* item = member(json, "list_item")) {
        if (!item->is_boolean()) throw Malformed{"key \"list_item\" is not a boolean"};
        out.list_item = item->get<bool>();
    }
    return out;
}

ReplySource read_source(const Json& json) {
    ReplySource out;
    out.number = required_number(json, "n");
    out.source_id = text_of(json, "source_id", true);
    out.document_id = text_of(json, "document_id", true);
    out.url = text_of(json, "url", true);
    out.title = text_of(json, "title", true);
    out.kind = text_of(json, "kind", true);
    out.committee = text_of(json, "committee", false);
    out.date = text_of(json, "date", false);
    out.section = text_of(json, "section", false);
    out.quote = text_of(json, "quote", true);
    out.anchor = text_of(json, "anchor", true);
    out.checked = text_of(json, "checked", true);
    for (const Json& one : array_of(json, "also", false)) {
        ReplyLink link{text_of(one, "kind", true), text_of(one, "title", true),
                       text_of(one, "url", true), std::nullopt, std::nullopt};
        if (member(one, "second") != nullptr) link.second = required_number(one, "second");
        if (member(one, "until") != nullptr) link.until = required_number(one, "until");
        out.also.push_back(std::move(link));
    }
    return out;
}

Reply read_reply(const Json& json) {
    if (!json.is_object()) throw Malformed{"not an object"};
    Reply out;
    out.kind = kind_of(text_of(json, "kind", true));
    out.reason = text_of(json, "reason", false);
    out.text = text_of(json, "text", true);
    out.language = text_of(json, "language", true);
    out.answer_id = text_of(json, "answer_id", true);
    out.permalink = text_of(json, "permalink", true);
    out.ai_label = text_of(json, "ai_label", false);
    out.index_version = text_of(json, "index_version", false);
    for (const Json& item : array_of(json, "sentences", true)) {
        out.sentences.push_back(read_sentence(object_in(item, "sentences")));
    }
    out.notes = texts_of(json, "notes");
    for (const Json& item : array_of(json, "sources", true)) {
        out.sources.push_back(read_source(object_in(item, "sources")));
    }
    for (const Json& item : array_of(json, "terms", true)) {
        object_in(item, "terms");
        out.terms.push_back({text_of(item, "term", true), text_of(item, "explanation", true),
                             required_number(item, "source")});
    }
    out.options = texts_of(json, "options");
    out.follow_ups = texts_of(json, "follow_ups");
    if (const Json* contact = member(json, "contact")) {
        object_in(*contact, "contact");
        out.contact = Contact{text_of(*contact, "name", false), text_of(*contact, "mail", false),
                              text_of(*contact, "phone", false)};
    }
    return out;
}

}  // namespace

std::string reply_json(const Reply& reply, std::string_view id, double elapsed_ms) {
    Json out = Json::object();
    if (!id.empty()) out["id"] = id;
    out["kind"] = kind_name(reply.kind);
    put_unless_empty(out, "reason", reply.reason);
    out["text"] = reply.text;
    out["language"] = reply.language;
    out["answer_id"] = reply.answer_id;
    out["permalink"] = reply.permalink;
    // Microseconds are all a reader can use, and a whole figure prints short.
    out["elapsed_ms"] = std::isfinite(elapsed_ms) ? std::round(elapsed_ms * 1000.0) / 1000.0 : 0.0;
    out["sentences"] = Json::array();
    for (const ReplySentence& sentence : reply.sentences) {
        out["sentences"].push_back(sentence_json(sentence));
    }
    out["sources"] = Json::array();
    for (const ReplySource& source : reply.sources) out["sources"].push_back(source_json(source));
    out["terms"] = Json::array();
    for (const ReplyTerm& term : reply.terms) {
        out["terms"].push_back(
            {{"term", term.term}, {"explanation", term.explanation}, {"source", term.source}});
    }
    if (reply.contact) {
        Json contact = Json::object();
        put_unless_empty(contact, "name", reply.contact->name);
        put_unless_empty(contact, "mail", reply.contact->mail);
        put_unless_empty(contact, "phone", reply.contact->phone);
        out["contact"] = std::move(contact);
    }
    if (!reply.notes.empty()) out["notes"] = reply.notes;
    if (!reply.options.empty()) out["options"] = reply.options;
    if (!reply.follow_ups.empty()) out["follow_ups"] = reply.follow_ups;
    put_unless_empty(out, "ai_label", reply.ai_label);
    put_unless_empty(out, "index_version", reply.index_version);
    // A stray byte in a source must not cost the whole answer.
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Reply> reply_from_json(std::string_view json) {
    // The parser takes one trailing NUL for the end of the text; nobody writes one.
    if (json.find('\0') != std::string_view::npos) {
        return fail(ErrorCode::invalid_input, "kept reply: holds a NUL byte");
    }
    try {
        const Json parsed = Json::parse(json.begin(), json.end(), nullptr, false);
        if (parsed.is_discarded()) return fail(ErrorCode::invalid_input, "kept reply: not JSON");
        return read_reply(parsed);
    } catch (const Malformed& malformed) {
        return fail(ErrorCode::invalid_input, "kept reply: " + malformed.what);
    }
}

}  // namespace raadbot::bot
