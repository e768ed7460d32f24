#include "retrieval/ingest/finish.hpp"

#include <algorithm>
#include <array>

#include "retrieval/danish/personal_data.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

void clean(std::string& text, ParseReport& report) {
    text = danish::to_valid_nfc(text);
    text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
    const auto found = danish::find_cpr(text);
    if (found.empty()) return;
    report.cpr_masked += static_cast<std::uint32_t>(found.size());
    text = danish::mask_cpr(text);
}

/// Sentences that speak to the machine, not to a reader. They stay what they are, text; the
/// operator hears that they are there.
bool gives_orders(std::string_view text) {
    const std::string words = lower(text);
    static constexpr auto orders = std::to_array<std::string_view>(
        {"ignorer alle tidligere", "ignorér alle tidligere", "ignorer tidligere instru",
         "ignorér tidligere instru", "glem alle tidligere", "glem dine instru",
         "ignore all previous", "ignore previous instructions", "disregard all previous",
         "disregard previous", "system prompt", "systemprompt", "du er nu en", "you are now",
         "svar altid at", "svar altid, at", "reveal your instructions",
         "overhold ikke dine regler"});
    return std::any_of(orders.begin(), orders.end(),
                       [&](auto order) { return words.find(order) != std::string::npos; });
}

}  // namespace

Result<Parsed> finish(Parsed parsed, const ParseInput& input, const Limits& limits) {
    for (NamedFile& file : parsed.named) {
        clean(file.title, parsed.report);
        if (!file.meeting) continue;
        clean(file.meeting->body, parsed.report);
        clean(file.meeting->item_number, parsed.report);
        clean(file.meeting->case_number, parsed.report);
    }
    // A path is compared, never shown: what is no text names no file.
    std::erase_if(parsed.named,
                  [](const NamedFile& file) { return !danish::is_valid_utf8(file.path); });
    std::uint64_t bytes = 0;
    for (ParsedDocument& document : parsed.documents) {
        clean(document.title, parsed.report);
        clean(document.owner, parsed.report);
        clean(document.url, parsed.report);
        for (std::string& question : document.questions) clean(question, parsed.report);
        if (document.meeting) {
            clean(document.meeting->body, parsed.report);
            clean(document.meeting->item_number, parsed.report);
            clean(document.meeting->case_number, parsed.report);
        }
        std::vector<Passage> kept;
        kept.reserve(document.passages.size());
        for (Passage& passage : document.passages) {
            clean(passage.text, parsed.report);
            for (std::string& heading : passage.headings) clean(heading, parsed.report);
            clean(passage.speaker, parsed.report);
            clean(passage.decided_by, parsed.report);
            if (trim(passage.text).empty()) continue;
            bytes += passage.text.size();
            if (gives_orders(passage.text)) ++parsed.report.orders_marked;
            kept.push_back(std::move(passage));
        }
        document.passages = std::move(kept);
    }
    if (bytes > limits.max_text_bytes) {
        return fail(ErrorCode::too_large,
                    input.name.string() + ": holds " + std::to_string(bytes >> 20U) +
                        " MB of text, more than the limit of " +
                        std::to_string(limits.max_text_bytes >> 20U) + " MB; split the document");
    }
    return parsed;
}

}  // namespace raadbot::ingest
