#include "adapters/teams/render.hpp"

#include <algorithm>
#include <set>

#include "bot/conversation/link_words.hpp"

namespace raadbot::teams {
namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";
constexpr std::size_t most_citations = 20;
constexpr std::size_t most_suggestions = 3;

/// UTF-16 units and bytes of the character that begins at `at`; invalid bytes count as one of each.
struct Size {
    std::size_t units;
    std::size_t bytes;
};
Size size_at(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return {bytes == 4 ? std::size_t{2} : std::size_t{1}, std::min(bytes, text.size() - at)};
}

std::size_t units(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Size size = size_at(text, at);
        count += size.units;
        at += size.bytes;
    }
    return count;
}

bool is_link(std::string_view url) {
    return (url.starts_with("https://") || url.starts_with("http://")) && url.size() < 2'000 &&
           std::none_of(url.begin(), url.end(), [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' ||
                      c == '\\';
           });
}

/// For "[words](url)": what would end the link is escaped.
std::string link_target(std::string_view url) {
    std::string out;
    for (const char c : url) {
        if (c == '(') {
            out += "%28";
        } else if (c == ')') {
            out += "%29";
        } else {
            out += c;
        }
    }
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "[12]" at `at`: the number; 0: none.
std::uint32_t marker_at(std::string_view text, std::size_t at, std::size_t& size) {
    std::size_t end = at + 1;
    std::uint32_t number = 0;
    while (end < text.size() && end < at + 4 && is_digit(text[end])) {
        number = number * 10 + static_cast<std::uint32_t>(text[end++] - '0');
    }
    if (end == at + 1 || end >= text.size() || text[end] != ']') return 0;
    size = end + 1 - at;
    return number;
}

/// A line of the reply's text: its own [n] stay, addresses stay clickable, all else is escaped.
std::string markdown_line(std::string_view line, const std::set<std::uint32_t>& numbers,
                          std::set<std::uint32_t>& used) {
    std::string out;
    std::string plain;
    const auto flush = [&] {
        out += markdown_escaped(plain);
        plain.clear();
    };
    for (std::size_t at = 0; at < line.size();) {
        std::size_t size = 0;
        if (line[at] == '[') {
            const std::uint32_t number = marker_at(line, at, size);
            if (numbers.contains(number)) {
                flush();
                used.insert(number);
                out += line.substr(at, size);
                at += size;
                continue;
            }
        }
        if (line[at] == 'h' && (at == 0 || line[at - 1] == ' ')) {
            const std::string_view word = line.substr(at, line.find(' ', at) - at);
            if (is_link(word)) {
                flush();
                out += "[" + markdown_escaped(word) + "](" + link_target(word) + ")";
                at += word.size();
                continue;
            }
        }
        plain += line[at++];
    }
    flush();
    return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

std::string_view kind_name(std::string_view kind, bool danish) {
    if (kind == "handbook") return danish ? "Håndbog" : "Handbook";
    if (kind == "intranet") return danish ? "Intranet" : "Intranet";
    if (kind == "website") return danish ? "Hjemmeside" : "Website";
    if (kind == "meetings") return danish ? "Dagsorden/referat" : "Agenda/minutes";
    if (kind == "video") return danish ? "Mødevideo" : "Meeting video";
    if (kind == "curated") return danish ? "Redigeret svar" : "Curated answer";
    return {};
}

std::string source_name(const bot::ReplySource& source) {
    std::string name = source.title;
    for (const std::string* part : {&source.committee, &source.date}) {
        if (!part->empty()) name += (name.empty() ? "" : ", ") + *part;
    }
    return name.empty() ? "Kilde" : name;
}

Json citation_of(const bot::ReplySource& source, bool danish) {
    Json appearance{
        {"@type", "DigitalDocument"},
        {"name", shortened(source_name(source), 80)},
        {"abstract", shortened(source.quote.empty() ? source.title : source.quote, 160)}};
    if (appearance["abstract"].get_ref<const std::string&>().empty()) {
        appearance["abstract"] = appearance["name"];
    }
    if (is_link(source.url)) appearance["url"] = source.url;
    Json keywords = Json::array();
    for (const std::string_view word :
         {kind_name(source.kind, danish), std::string_view(source.section),
          std::string_view(source.date)}) {
        if (!word.empty()) keywords.push_back(shortened(word, 28));
    }
    if (!keywords.empty()) appearance["keywords"] = std::move(keywords);
    const std::string_view file =
        std::string_view(source.url).substr(0, source.url.find_first_of("?#"));
    if (file.ends_with(".pdf") || file.ends_with(".PDF")) {
        appearance["image"] = {{"@type", "ImageObject"}, {"name", "PDF"}};
    } else if (file.ends_with(".docx")) {
        appearance["image"] = {{"@type", "ImageObject"}, {"name", "Microsoft Word"}};
    } else if (source.kind == "video") {
        appearance["image"] = {{"@type", "ImageObject"}, {"name", "Video"}};
    }
    return {{"@type", "Claim"}, {"position", source.number}, {"appearance", std::move(appearance)}};
}

Json message_to(const Address& address) {
    Json message{{"type", "message"},
                 {"from", {{"id", address.bot}}},
                 {"conversation", {{"id", address.conversation}}}};
    if (!address.reply_to.empty()) message["replyToId"] = address.reply_to;
    return message;
}

Json card_message(Json card, const Address& address) {
    Json message = message_to(address);
    message["attachments"] =
        Json::array({{{"contentType", "application/vnd.microsoft.card.adaptive"},
                      {"content", std::move(card)}}});
    return message;
}

Json card_of(Json body, const std::string& fallback) {
    return {{"type", "AdaptiveCard"},
            {"$schema", "http://adaptivecards.io/schemas/adaptive-card.json"},
            {"version", "1.5"},
            {"fallbackText", fallback},
            {"body", std::move(body)}};
}

/// Cards' text blocks read markdown as well.
Json block(std::string text) {
    return {{"type", "TextBlock"}, {"text", std::move(text)}, {"wrap", true}};
}

Json open_url(std::string title, const std::string& url) {
    return {{"type", "Action.OpenUrl"}, {"title", std::move(title)}, {"url", url}};
}

/// A button that asks. In a personal chat it says the question for the asker; elsewhere that would
/// lack the mention of the bot, so that the question comes with the button.
Json ask(const std::string& question, const Address& address) {
    Json data{{"question", question}};
    if (!address.asker.empty()) data = {{"msteams", {{"type", "imBack"}, {"value", question}}}};
    return {
        {"type", "Action.Submit"}, {"title", shortened(question, 120)}, {"data", std::move(data)}};
}

std::string meta_line(const bot::ReplySource& source, bool danish) {
    std::string line;
    for (const std::string_view part :
         {kind_name(source.kind, danish), std::string_view(source.committee),
          std::string_view(source.date), std::string_view(source.section)}) {
        if (part.empty() || part == source.title) continue;
        if (!line.empty()) line += " \xC2\xB7 ";
        line += markdown_escaped(shortened(part, 80));
    }
    return line;
}

}  // namespace

const CardTexts& card_texts(std::string_view language) {
    static const CardTexts danish{
        "Kilder til svaret",
        "Vis mere",
        "Åbn kilden",
        "Læs op",
        "Spørg sekretariatet",
        "Svar og kilder",
        "Hej, jeg er Raadbot. Jeg svarer på spørgsmål med citater fra {municipality}s eget "
        "materiale, og "
        "hver sætning har sin kilde.",
        "Prøv for eksempel:",
        "Jeg finder kun fakta. Jeg giver ikke holdninger, skriver ikke taler og ser ikke lukkede "
        "punkter.",
        "Der kommer for mange spørgsmål lige nu, så dette nåede jeg ikke. Prøv igen om lidt.",
        "Der gik noget galt hos mig, så jeg kan ikke svare på det. Fejlen er noteret. Prøv igen "
        "senere.",
        "Søger i kommunens materiale \xE2\x80\xA6",
        "Søger stadig. Det tager lidt længere end normalt \xE2\x80\xA6"};
    static const CardTexts english{
        "Sources of the answer",
        "Show more",
        "Open the source",
        "Read aloud",
        "Ask the secretariat",
        "Answer and sources",
        "Hello, I am Raadbot. I answer questions with quotes from {municipality}'s own material, "
        "each "
        "sentence with its source.",
        "Try, for example:",
        "I only find facts. I give no opinions, write no speeches and see no closed items.",
        "There are too many questions right now, so I did not get to this one. Please try again "
        "shortly.",
        "Something went wrong on my side, so I cannot answer that. It has been noted. Please try "
        "later.",
        "Searching the municipality's material \xE2\x80\xA6",
        "Still searching. It takes a little longer than usual \xE2\x80\xA6"};
    return language == "en" ? english : danish;
}

std::string markdown_escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool line_start = at == 0 || text[at - 1] == '\n';
        switch (c) {
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '&': out += "&amp;"; break;
            case '\\':
            case '`':
            case '*':
            case '_':
            case '[':
            case ']':
            case '~':
            case '|':
                out += '\\';
                out += c;
                break;
            case '#':
            case '+':
            case '-':
            case '=':
                if (line_start) out += '\\';
                out += c;
                break;
            case '.':
            case ')': {
                // "4." at the start of a line would begin a numbered list and lose its number.
                std::size_t begin = at;
                while (begin > 0 && is_digit(text[begin - 1])) --begin;
                if (begin < at && (begin == 0 || text[begin - 1] == '\n')) out += '\\';
                out += c;
                break;
            }
            case '!':
                if (at + 1 < text.size() && text[at + 1] == '[') out += '\\';
                out += c;
                break;
            case '\0':
            case '\r': break;
            default: out += c;
        }
    }
    return out;
}

std::string shortened(std::string_view text, std::size_t limit) {
    std::string flat;
    for (const char c : text) flat += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
    if (units(flat) <= limit) return flat;
    std::size_t at = 0, count = 0, word = 0;
    while (at < flat.size()) {
        const Size size = size_at(flat, at);
        if (count + size.units > limit - 1) break;
        if (flat[at] == ' ') word = at;
        count += size.units;
        at += size.bytes;
    }
    // A very long word is cut where it stands.
    const std::size_t end = word > at / 2 ? word : at;
    return flat.substr(0, end) + std::string(ellipsis);
}

std::string serialised(const Json& activity) {
    return activity.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::size_t utf16_bytes(const Json& activity) { return units(serialised(activity)) * 2; }

Json answer_message(const bot::Reply& reply, const Address& address) {
    const bool danish = reply.language != "en";
    std::set<std::uint32_t> numbers, used;
    for (const bot::ReplySource& source : reply.sources) {
        if (numbers.size() < most_citations) numbers.insert(source.number);
    }
    std::vector<std::string> paragraphs;
    for (const std::string_view line : lines_of(reply.text)) {
        if (line.empty()) continue;
        // Lists of markdown fail on phones: a bullet is a letter there.
        const bool item = line.starts_with("- ");
        paragraphs.push_back((item ? "\xE2\x80\xA2 " : "") +
                             markdown_line(item ? line.substr(2) : line, numbers, used));
    }
    for (const bot::ReplyTerm& term : reply.terms) {
        std::string line =
            "**" + markdown_escaped(term.term) + "**: " + markdown_escaped(term.explanation);
        if (numbers.contains(term.source)) {
            used.insert(term.source);
            line += " [" + std::to_string(term.source) + "]";
        }
        paragraphs.push_back(std::move(line));
    }
    std::string end;
    if (is_link(reply.permalink)) {
        end = "[" + card_texts(reply.language).sources + "](" + link_target(reply.permalink) + ")";
    }
    if (!reply.ai_label.empty()) {
        end += (end.empty() ? "_" : "\n\n_") + markdown_escaped(reply.ai_label) + "_";
    }

    Json message = message_to(address);
    message["textFormat"] = "markdown";
    message["channelData"] = {{"feedbackLoop", {{"type", "default"}}}};
    if (!address.asker.empty() && (!reply.follow_ups.empty() || !reply.options.empty())) {
        Json actions = Json::array();
        const auto& choices = reply.options.empty() ? reply.follow_ups : reply.options;
        for (const std::string& choice : choices) {
            if (actions.size() == most_suggestions) break;
            actions.push_back(
                {{"type", "imBack"}, {"title", shortened(choice, 120)}, {"value", choice}});
        }
        message["suggestedActions"] = {{"to", Json::array({address.asker})},
                                       {"actions", std::move(actions)}};
    }
    Json entity{{"type", "https://schema.org/Message"},
                {"@type", "Message"},
                {"@context", "https://schema.org"},
                {"@id", ""},
                {"additionalType", Json::array({"AIGeneratedContent"})}};
    const auto write = [&](bool cut) {
        std::string text;
        for (const std::string& paragraph : paragraphs) text += paragraph + "\n\n";
        if (cut) text += std::string(ellipsis) + "\n\n";
        text += end;
        while (text.ends_with('\n')) text.pop_back();
        message["text"] = text;
        // Only citations whose mark still stands.
        Json citations = Json::array();
        for (const bot::ReplySource& source : reply.sources) {
            const std::string mark = "[" + std::to_string(source.number) + "]";
            if (used.contains(source.number) && text.find(mark) != std::string::npos &&
                citations.size() < most_citations) {
                citations.push_back(citation_of(source, danish));
            }
        }
        entity.erase("citation");
        if (!citations.empty()) entity["citation"] = std::move(citations);
        message["entities"] = Json::array({entity});
    };
    write(false);
    while (utf16_bytes(message) > largest_message && !paragraphs.empty()) {
        paragraphs.pop_back();  // The whole answer is behind the permalink.
        write(true);
    }
    return message;
}

/// Teams shows no more buttons in a row without a menu.
constexpr std::size_t most_source_actions = 5;

std::optional<Json> source_message(const bot::Reply& reply, const Address& address) {
    const bool more = std::any_of(reply.sources.begin(), reply.sources.end(),
                                  [](const auto& source) { return !source.also.empty(); });
    if (reply.kind != bot::ReplyKind::answered || (reply.sources.size() < 2 && !more))
        return std::nullopt;
    const bool danish = reply.language != "en";
    const CardTexts& words = card_texts(reply.language);
    const auto build = [&](std::size_t most) {
        Json title = block(words.title);
        title["weight"] = "Bolder";
        title["size"] = "Medium";
        Json body = Json::array({std::move(title)});
        for (const bot::ReplySource& source : reply.sources) {
            if (most-- == 0) break;
            const std::string quote_id = "quote" + std::to_string(source.number);
            Json name = block("[" + std::to_string(source.number) + "] " +
                              markdown_escaped(shortened(source.title, 200)));
            name["weight"] = "Bolder";
            Json items = Json::array({std::move(name)});
            if (std::string meta = meta_line(source, danish); !meta.empty()) {
                Json line = block(std::move(meta));
                line["isSubtle"] = true;
                line["spacing"] = "None";
                items.push_back(std::move(line));
            }
            Json actions = Json::array();
            if (!source.quote.empty()) {
                Json quote = block(markdown_escaped(shortened(source.quote, 1'500)));
                quote["id"] = quote_id;
                quote["isVisible"] = false;
                items.push_back(std::move(quote));
                actions.push_back({{"type", "Action.ToggleVisibility"},
                                   {"title", words.more},
                                   {"targetElements", Json::array({quote_id})}});
            }
            if (is_link(source.url)) actions.push_back(open_url(words.open, source.url));
            for (const bot::ReplyLink& link : source.also) {
                const std::string label = bot::link_words(link, reply.language);
                if (is_link(link.url) && !label.empty() && actions.size() < most_source_actions)
                    actions.push_back(open_url(label, link.url));
            }
            if (!actions.empty()) {
                items.push_back({{"type", "ActionSet"}, {"actions", std::move(actions)}});
            }
            body.push_back(
                {{"type", "Container"}, {"separator", true}, {"items", std::move(items)}});
        }
        Json card = card_of(std::move(body), words.title);
        card["speak"] = shortened(reply.text, 2'000);
        Json actions = Json::array();
        for (const std::string& next : reply.follow_ups) {
            if (actions.size() == most_suggestions) break;
            actions.push_back(ask(next, address));
        }
        if (is_link(reply.permalink)) {
            // The answer's page reads aloud; Teams itself has no such button.
            actions.push_back(open_url(words.read_aloud, reply.permalink));
        }
        actions.push_back(ask(words.ask_office, address));
        card["actions"] = std::move(actions);
        return card_message(std::move(card), address);
    };
    std::size_t most = std::min<std::size_t>(reply.sources.size(), 10);
    Json message = build(most);
    while (utf16_bytes(message) > largest_message && most > 1) message = build(--most);
    return message;
}

Json welcome_message(const std::vector<std::string>& examples, std::string_view municipality,
                     std::string_view language, const Address& address) {
    const CardTexts& words = card_texts(language);
    std::string hello = words.welcome;
    constexpr std::string_view slot = "{municipality}";
    hello.replace(hello.find(slot), slot.size(), markdown_escaped(municipality));
    Json first = block(hello);
    first["size"] = "Medium";
    Json limits = block(words.limits);
    limits["isSubtle"] = true;
    Json body = Json::array({std::move(first), std::move(limits)});
    Json actions = Json::array();
    for (const std::string& example : examples) {
        if (actions.size() == 4) break;
        actions.push_back(ask(example, address));
    }
    if (!actions.empty()) body.push_back(block(words.welcome_hint));
    Json card = card_of(std::move(body), hello);
    if (!actions.empty()) card["actions"] = std::move(actions);
    return card_message(std::move(card), address);
}

Json text_message(std::string_view text, const Address& address) {
    Json message = message_to(address);
    message["textFormat"] = "markdown";
    message["text"] = markdown_escaped(shortened(text, 4'000));
    return message;
}

Json step_message(std::string_view text, const Address& address) {
    Json message = message_to(address);
    message["type"] = "typing";
    message["text"] = std::string(text);
    return message;
}

Json search_result(const bot::Reply& reply) {
    const bool danish = reply.language != "en";
    const CardTexts& words = card_texts(reply.language);
    Json attachments = Json::array();
    if (reply.kind == bot::ReplyKind::answered) {
        for (const bot::ReplySource& source : reply.sources) {
            if (attachments.size() == 25) break;
            Json title = block(markdown_escaped(shortened(source.title, 200)));
            title["weight"] = "Bolder";
            Json meta = block(meta_line(source, danish));
            meta["isSubtle"] = true;
            Json body = Json::array({std::move(title), std::move(meta),
                                     block(markdown_escaped(shortened(source.quote, 1'500)))});
            Json card = card_of(std::move(body), shortened(source.title, 200));
            if (is_link(source.url)) {
                card["actions"] = Json::array({open_url(words.open, source.url)});
            }
            attachments.push_back({{"contentType", "application/vnd.microsoft.card.adaptive"},
                                   {"content", std::move(card)},
                                   {"preview",
                                    {{"contentType", "application/vnd.microsoft.card.thumbnail"},
                                     {"content",
                                      {{"title", shortened(source_name(source), 80)},
                                       {"text", shortened(source.quote, 160)}}}}}});
        }
    }
    return {{"composeExtension",
             {{"type", "result"},
              {"attachmentLayout", "list"},
              {"attachments", std::move(attachments)}}}};
}

}  // namespace raadbot::teams
