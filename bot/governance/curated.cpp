#include "bot/governance/curated.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bot/conversation/strict_json.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/ingest/parse.hpp"

namespace raadbot::governance {
namespace {

constexpr std::size_t most_question = 300;  // Bytes.
constexpr std::size_t most_text = 4'000;
constexpr std::size_t most_paraphrases = 30;

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c == '\n' || c == '\r' ? ' ' : c;
    }
    return out + '"';
}

std::string without_fragment(std::string_view url) {
    return std::string(url.substr(0, url.find('#')));
}

std::string letters_of(std::string_view text) {
    std::string out(text);
    std::erase_if(out, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    return out;
}

}  // namespace

Result<std::string> curated_markdown(const CuratedAnswer& answer) {
    const auto wrong = [](const char* what) { return fail(ErrorCode::invalid_input, what); };
    if (answer.question.empty()) return wrong("question: write the question");
    if (answer.question.size() > most_question) return wrong("question: at most 300 bytes");
    if (answer.text.empty()) return wrong("text: write the answer");
    if (answer.text.size() > most_text) return wrong("text: at most 4000 bytes");
    if (answer.proof_url.empty()) return wrong("proof_url: name the source that proves it");
    if (answer.paraphrases.size() > most_paraphrases) return wrong("paraphrases: at most 30");
    // Its own address leads to the proof, so that the reader lands at the source.
    std::string out = "---\ntitle: " + in_quotes(answer.question) + "\nurl: " +
                      in_quotes(without_fragment(answer.proof_url) + "#svar-" + answer.id) +
                      "\nquestions:\n";
    out += "  - " + in_quotes(answer.question) + "\n";
    for (const std::string& paraphrase : answer.paraphrases) {
        out += "  - " + in_quotes(paraphrase) + "\n";
    }
    out += "source: " + in_quotes(answer.proof_url) + "\nowner: " + in_quotes(answer.owner) + "\n";
    if (answer.expires) out += "expires: " + to_string(*answer.expires) + "\n";
    out += "---\n\n" + answer.text + "\n";

    // Read it as ingest will: what would be lost or read as markup must not be published.
    ingest::ParseInput input;
    input.bytes = out;
    input.name = answer.id + ".md";
    input.kind = SourceKind::curated;
    input.format = ingest::Format::markdown;
    const auto parsed = ingest::parse(input, {});
    if (!parsed) return tl::unexpected(parsed.error());
    if (parsed->report.cpr_masked > 0) return wrong("text: it holds a CPR number");
    if (parsed->documents.size() != 1) return wrong("text: it cannot be read back");
    const ParsedDocument& document = parsed->documents.front();
    std::string text;
    for (const Passage& passage : document.passages) text += passage.text + "\n";
    const auto same = [](std::string_view a, std::string_view b) {
        return letters_of(danish::to_valid_nfc(a)) == letters_of(danish::to_valid_nfc(b));
    };
    if (!same(document.title, answer.question)) return wrong("question: it cannot be read back");
    if (!same(text, answer.text)) {
        return wrong("text: write plain sentences and list lines that begin with \"- \"");
    }
    return out;
}

sources::Source curated_source(const std::filesystem::path& data_dir, const Audience& audience) {
    sources::Source source;
    std::string suffix;
    if (audience.value != "public") suffix = "-" + audience.value;
    std::replace(suffix.begin(), suffix.end(), ':', '-');
    source.id = SourceId{"redaktion" + suffix};
    source.kind = SourceKind::curated;
    source.path = data_dir / "redaktion" / ("svar" + suffix);
    source.base_url = "https://redaktion.invalid/svar" + suffix + "/";
    source.audience = audience;
    source.purpose = "Svar, som medarbejdere har skrevet og en anden har godkendt";
    source.rights = "Kommunens egne svar";
    source.state = sources::State::approved;
    return source;
}

std::string curated_json(const CuratedAnswer& answer) {
    const nlohmann::ordered_json json = {
        {"id", answer.id},
        {"question", answer.question},
        {"paraphrases", answer.paraphrases},
        {"text", answer.text},
        {"proof_url", answer.proof_url},
        {"audience", answer.audience.value},
        {"owner", answer.owner},
        {"expires", answer.expires ? to_string(*answer.expires) : ""}};
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<CuratedAnswer> curated_from_json(std::string_view text) {
    const auto json = bot::parse_strict_json(text);
    if (!json) return tl::unexpected(json.error());
    try {
        CuratedAnswer answer;
        answer.id = json->at("id").get<std::string>();
        answer.question = json->at("question").get<std::string>();
        answer.paraphrases = json->at("paraphrases").get<std::vector<std::string>>();
        answer.text = json->at("text").get<std::string>();
        answer.proof_url = json->at("proof_url").get<std::string>();
        answer.owner = json->at("owner").get<std::string>();
        answer.expires = parse_date(json->at("expires").get<std::string>());
        auto audience = parse_audience(json->at("audience").get<std::string>());
        if (!audience) return tl::unexpected(audience.error());
        answer.audience = std::move(*audience);
        return answer;
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorCode::invalid_input, "this is no curated answer");
    }
}

}  // namespace raadbot::governance
