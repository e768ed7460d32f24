// Prints what the parsers make of files: documents, their facts, every passage. For people.
//   dump_parse [--confined] [--kind handbook|website|meetings|curated...] FILE...
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "retrieval/ingest/parse.hpp"

namespace {

void print(const raadbot::ingest::Parsed& parsed) {
    using raadbot::to_string;
    for (const auto& document : parsed.documents) {
        std::cout << "## " << document.title << "\n   url=" << document.url
                  << " suffix=" << document.url_suffix << " lang=" << document.language;
        if (document.updated) std::cout << " updated=" << to_string(*document.updated);
        if (!document.owner.empty()) std::cout << " owner=" << document.owner;
        if (document.expires) std::cout << " expires=" << to_string(*document.expires);
        if (!document.proof_url.empty()) std::cout << " proof=" << document.proof_url;
        std::cout << '\n';
        for (const auto& question : document.questions) std::cout << "   ? " << question << '\n';
        if (document.meeting) {
            const auto& meeting = *document.meeting;
            std::cout << "   meeting body=" << meeting.body
                      << " date=" << (meeting.date ? to_string(*meeting.date) : "-")
                      << " paper=" << static_cast<int>(meeting.paper)
                      << " item=" << meeting.item_number << " case=" << meeting.case_number << '\n';
        }
        for (const auto& passage : document.passages) {
            std::cout << "  [" << to_string(passage.section) << "] "
                      << raadbot::link("", passage.anchor);
            for (const auto& heading : passage.headings) std::cout << " > " << heading;
            if (!passage.decided_by.empty()) std::cout << " by=" << passage.decided_by;
            if (passage.decided_on) std::cout << " on=" << to_string(*passage.decided_on);
            if (!passage.speaker.empty()) std::cout << " speaker=" << passage.speaker;
            std::cout << "\n      ";
            for (const char c : passage.text) {
                std::cout << c;
                if (c == '\n') std::cout << "      ";
            }
            std::cout << '\n';
        }
    }
    std::cout << "-- cpr=" << parsed.report.cpr_masked << " hidden=" << parsed.report.hidden_removed
              << " closed=" << parsed.report.closed_items
              << " orders=" << parsed.report.orders_marked << '\n';
    for (const auto& note : parsed.report.notes) std::cout << "-- note: " << note << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (!arguments.empty() && arguments[0] == "parse-child")
        return raadbot::ingest::parse_child_main();
    bool confined = false;
    raadbot::ingest::ParseInput input;
    bool good = true;
    for (std::size_t at = 0; at < arguments.size(); ++at) {
        if (arguments[at] == "--confined") {
            confined = true;
            continue;
        }
        if (arguments[at] == "--kind" && at + 1 < arguments.size()) {
            const auto kind = raadbot::parse_source_kind(arguments[++at]);
            if (kind) input.kind = *kind;
            continue;
        }
        std::ifstream file(arguments[at], std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(file)),
                                std::istreambuf_iterator<char>());
        input.bytes = bytes;
        input.name = arguments[at];
        const auto parsed = confined ? raadbot::ingest::parse_confined(input, {})
                                     : raadbot::ingest::parse(input, {});
        std::cout << "==== " << arguments[at] << '\n';
        if (parsed) {
            print(*parsed);
        } else {
            std::cout << "-- error: " << parsed.error().message << '\n';
            good = false;
        }
    }
    return good ? 0 : 1;
}
