#include "adapters/matrix/render.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/http/url.hpp"
#include "adapters/matrix/html.hpp"
#include "bot/conversation/link_words.hpp"

namespace raadbot::matrix {
namespace {

using Json = nlohmann::json;

/// How much of the reply is shown; each step leaves out more.
enum class Detail { all, without_quotes, without_cards, words_only };

struct Words {
    std::string_view sources, whole_answer, terms, checked, ask_also, left_out;
};

const Words& words_of(std::string_view language) {
    static constexpr Words danish{"Kilder",  "Hele svaret på nettet", "Ordforklaring",
                                  "tjekket", "Du kan også spørge",    "Svaret er forkortet."};
    static constexpr Words english{
        "Sources",          "The whole answer on the web",   "Terms", "checked",
        "You can also ask", "The answer has been cut short."};
    return language == "en" ? english : danish;
}

/// Valid UTF-8 without control bytes but '\n'.
std::string cleaned(std::string_view given) {
    std::string out;
    out.reserve(given.size());
    for (const char c : given) {
        if (c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)) out += c;
        if (c == '\t' || c == '\r') out += ' ';
    }
    return http::is_utf8(out) ? out : std::string("?");
}

std::string facts_of(const bot::ReplySource& source) {
    std::string out;
    for (const std::string& fact : {source.committee, source.date, source.section}) {
        if (fact.empty() || fact == source.title) continue;
        if (!out.empty()) out += ", ";
        out += fact;
    }
    return out;
}

std::string label_of(const bot::ReplySource& source) {
    const std::string facts = facts_of(source);
    return "[" + std::to_string(source.number) + "] " + cleaned(source.title) +
           (facts.empty() ? "" : " (" + cleaned(facts) + ")");
}

std::string plain(const bot::Reply& reply, Detail detail) {
    const Words& words = words_of(reply.language);
    std::string out = cleaned(reply.text);
    for (const bot::ReplyTerm& term : reply.terms) {
        if (detail == Detail::words_only) break;
        out += "\n" + cleaned(term.term) + ": " + cleaned(term.explanation);
        if (term.source > 0) out += " [" + std::to_string(term.source) + "]";
    }
    if (!reply.sources.empty()) {
        out += "\n\n" + std::string(words.sources) + ":";
        for (const bot::ReplySource& source : reply.sources) {
            out += "\n" + label_of(source);
            if (is_web_address(source.url)) out += "\n" + source.url;
            for (const bot::ReplyLink& link : source.also) {
                const std::string label = bot::link_words(link, reply.language);
                const bool shown = detail < Detail::without_cards && is_web_address(link.url);
                if (shown && !label.empty()) out += "\n" + label + ": " + link.url;
            }
            if (detail == Detail::all && !source.quote.empty()) {
                out += "\n»" + cleaned(source.quote.substr(0, source.quote.find('\n'))) + "«";
            }
        }
    }
    if (detail == Detail::all && !reply.follow_ups.empty()) {
        out += "\n\n" + std::string(words.ask_also) + ":";
        for (const std::string& question : reply.follow_ups) out += "\n- " + cleaned(question);
    }
    if (!reply.ai_label.empty()) out += "\n\n" + cleaned(reply.ai_label);
    if (is_web_address(reply.permalink))
        out += "\n" + std::string(words.whole_answer) + ": " + reply.permalink;
    return out;
}

const bot::ReplySource* source_of(const bot::Reply& reply, std::uint32_t number) {
    const auto found = std::find_if(reply.sources.begin(), reply.sources.end(),
                                    [&](const auto& source) { return source.number == number; });
    return found == reply.sources.end() ? nullptr : &*found;
}

Node mark(const bot::Reply& reply, std::uint32_t number) {
    const std::string shown = "[" + std::to_string(number) + "]";
    const bot::ReplySource* source = source_of(reply, number);
    if (!source || !is_web_address(source->url)) return element(Tag::sup, {text(shown)});
    return element(Tag::sup, {link_to(source->url, {text(shown)})});
}

/// Lines as paragraphs, "- " lines as a list.
void add_lines(std::vector<Node>& out, std::string_view lines) {
    bool in_list = false;
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        std::string_view line = lines.substr(0, end);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        if (line.empty()) continue;
        const bool item = line.starts_with("- ");
        if (item && !in_list) out.push_back(element(Tag::ul, {}));
        if (item)
            out.back().children.push_back(element(Tag::li, {text(line.substr(2))}));
        else
            out.push_back(element(Tag::p, {text(line)}));
        in_list = item;
    }
}

void add_sentences(std::vector<Node>& out, const bot::Reply& reply) {
    bool in_list = false;
    for (const bot::ReplySentence& sentence : reply.sentences) {
        std::vector<Node> parts;
        if (!sentence.lead.empty()) parts.push_back(element(Tag::em, {text(sentence.lead)}));
        parts.push_back(text(sentence.text));
        for (const std::uint32_t number : sentence.citations) {
            parts.push_back(text(" "));
            parts.push_back(mark(reply, number));
        }
        if (sentence.list_item && !in_list) out.push_back(element(Tag::ul, {}));
        if (sentence.list_item)
            out.back().children.push_back(element(Tag::li, std::move(parts)));
        else
            out.push_back(element(Tag::p, std::move(parts)));
        in_list = sentence.list_item;
    }
    for (const std::string& note : reply.notes)
        out.push_back(element(Tag::p, {element(Tag::em, {text(note)})}));
}

void add_terms(std::vector<Node>& out, const bot::Reply& reply) {
    if (reply.terms.empty()) return;
    std::vector<Node> lines{element(Tag::summary, {text(words_of(reply.language).terms)})};
    for (const bot::ReplyTerm& term : reply.terms) {
        std::vector<Node> line{element(Tag::strong, {text(term.term)}),
                               text(": " + term.explanation)};
        if (term.source > 0) {
            line.push_back(text(" "));
            line.push_back(mark(reply, term.source));
        }
        lines.push_back(element(Tag::p, std::move(line)));
    }
    out.push_back(element(Tag::details, std::move(lines)));
}

void add_sources(std::vector<Node>& out, const bot::Reply& reply, Detail detail) {
    if (reply.sources.empty()) return;
    const Words& words = words_of(reply.language);
    out.push_back(element(Tag::p, {element(Tag::strong, {text(words.sources)})}));
    if (detail >= Detail::without_cards) {
        Node list = element(Tag::ul, {});
        for (const bot::ReplySource& source : reply.sources) {
            list.children.push_back(
                element(Tag::li, {link_to(source.url, {text(label_of(source))})}));
        }
        out.push_back(std::move(list));
        return;
    }
    for (const bot::ReplySource& source : reply.sources) {
        std::vector<Node> card{element(Tag::summary, {text(label_of(source))})};
        if (detail == Detail::all && !source.quote.empty())
            card.push_back(element(Tag::blockquote, {text(source.quote)}));
        std::vector<Node> line;
        if (is_web_address(source.url))
            line.push_back(link_to(source.url, {text(source.title)}));
        else
            line.push_back(text(source.title));
        if (!source.checked.empty()) {
            line.push_back(
                text(", " + std::string(words.checked) + " " + source.checked.substr(0, 10)));
        }
        for (const bot::ReplyLink& link : source.also) {
            const std::string label = bot::link_words(link, reply.language);
            if (label.empty() || !is_web_address(link.url)) continue;
            line.push_back(text(", "));
            line.push_back(link_to(link.url, {text(label)}));
        }
        card.push_back(element(Tag::p, std::move(line)));
        out.push_back(element(Tag::details, std::move(card)));
    }
}

std::string html(const bot::Reply& reply, Detail detail) {
    const Words& words = words_of(reply.language);
    std::vector<Node> out;
    if (reply.kind == bot::ReplyKind::answered && !reply.sentences.empty())
        add_sentences(out, reply);
    else
        add_lines(out, reply.text);
    if (detail != Detail::words_only) add_terms(out, reply);
    add_sources(out, reply, detail);
    if (detail == Detail::all && !reply.follow_ups.empty()) {
        out.push_back(element(Tag::p, {text(std::string(words.ask_also) + ":")}));
        Node list = element(Tag::ul, {});
        for (const std::string& question : reply.follow_ups)
            list.children.push_back(element(Tag::li, {text(question)}));
        out.push_back(std::move(list));
    }
    std::vector<Node> foot;
    if (!reply.ai_label.empty()) foot.push_back(element(Tag::em, {text(reply.ai_label)}));
    if (is_web_address(reply.permalink)) {
        if (!foot.empty()) foot.push_back(text(" "));
        foot.push_back(link_to(reply.permalink, {text(words.whole_answer)}));
    }
    if (!foot.empty()) out.push_back(element(Tag::p, std::move(foot)));
    return to_html(out);
}

void set_place(Json& content, const Place& place) {
    if (!place.question) return;
    const Json reply{{"event_id", place.question->value}};
    if (place.thread) {
        content["m.relates_to"] = {{"rel_type", "m.thread"},
                                   {"event_id", place.thread->value},
                                   {"is_falling_back", true},
                                   {"m.in_reply_to", reply}};
    } else {
        content["m.relates_to"] = {{"m.in_reply_to", reply}};
    }
}

std::string dumped(const Json& content) {
    return content.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json content_of(const std::string& body, const std::string& formatted, const Place& place) {
    Json content{{"msgtype", "m.notice"}, {"body", body}, {"m.mentions", Json::object()}};
    if (!formatted.empty() && check_html(formatted)) {
        content["format"] = "org.matrix.custom.html";
        content["formatted_body"] = formatted;
    }
    set_place(content, place);
    return content;
}

/// As a message, and later as an edit, which says the body once more.
bool fits(const Json& content) {
    const std::size_t body = content["body"].get_ref<const std::string&>().size();
    const std::size_t formatted =
        content.contains("formatted_body")
            ? content["formatted_body"].get_ref<const std::string&>().size()
            : 0;
    if (body + body + formatted > largest_text) return false;
    return as_edit(dumped(content), EventId{std::string(255, '$')}).size() <= largest_content;
}

std::string cut(std::string_view whole, std::size_t most) {
    if (whole.size() <= most) return std::string(whole);
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(whole[end]) & 0xc0) == 0x80) --end;
    // A sentence is not cut where a line ends shortly before.
    const std::size_t line = whole.rfind('\n', end);
    if (line != std::string_view::npos && line > most / 2) end = line;
    return std::string(whole.substr(0, end));
}

}  // namespace

std::string render(const bot::Reply& reply, const Place& place) {
    for (const Detail detail :
         {Detail::all, Detail::without_quotes, Detail::without_cards, Detail::words_only}) {
        const Json content = content_of(plain(reply, detail), html(reply, detail), place);
        if (fits(content)) return dumped(content);
    }
    const Words& words = words_of(reply.language);
    std::string rest = "\n" + std::string(words.left_out);
    if (is_web_address(reply.permalink))
        rest += "\n" + std::string(words.whole_answer) + ": " + reply.permalink;
    if (!reply.ai_label.empty()) rest += "\n" + cut(cleaned(reply.ai_label), 1'000);
    for (std::size_t most = 6'000;; most /= 2) {
        const std::string body = cut(cleaned(reply.text), most) + rest;
        std::vector<Node> nodes;
        add_lines(nodes, cut(cleaned(reply.text), most));
        nodes.push_back(element(Tag::p, {text(words.left_out)}));
        if (is_web_address(reply.permalink)) {
            nodes.push_back(
                element(Tag::p, {link_to(reply.permalink, {text(words.whole_answer)})}));
        }
        if (!reply.ai_label.empty()) {
            nodes.push_back(
                element(Tag::p, {element(Tag::em, {text(cut(cleaned(reply.ai_label), 1'000))})}));
        }
        const Json content = content_of(body, to_html(nodes), place);
        if (fits(content) || most < 100) return dumped(content);
    }
}

std::string as_edit(std::string_view content, const EventId& message) {
    Json fresh = Json::parse(content, nullptr, false);
    if (!fresh.is_object()) return {};
    fresh.erase("m.relates_to");  // Ignored inside m.new_content: an edit cannot move a message.
    Json out{{"msgtype", fresh.value("msgtype", "m.notice")},
             {"body", "* " + fresh.value("body", "")},
             {"m.mentions", Json::object()},
             {"m.relates_to", {{"rel_type", "m.replace"}, {"event_id", message.value}}}};
    out["m.new_content"] = std::move(fresh);
    return dumped(out);
}

std::string notice(std::string_view words, const Place& place) {
    const std::string body = cut(cleaned(words), 10'000);
    std::vector<Node> nodes;
    add_lines(nodes, body);
    return dumped(content_of(body, to_html(nodes), place));
}

std::string introduction(const Options& options) {
    if (options.language == "en") {
        return "I am " + options.display_name +
               ", an automatic service (artificial intelligence) of " + options.municipality +
               ".\nI answer questions from the municipality's own material: the handbook, agendas "
               "and minutes, the "
               "website. Every sentence is quoted with its source; what the material does not say, "
               "I do not answer.\n"
               "In rooms with several people, mention me by name. Do not write personal data to "
               "me.";
    }
    return "Jeg er " + options.display_name +
           ", en automatisk tjeneste (kunstig intelligens) fra " + options.municipality +
           ".\nJeg svarer på spørgsmål ud fra kommunens eget materiale: håndbogen, dagsordener og "
           "referater, "
           "hjemmesiden. Hver sætning er et citat med kilde; det, som materialet ikke siger, "
           "svarer jeg ikke på.\n"
           "Nævn mig ved navn i rum med flere. Skriv ikke personoplysninger til mig.";
}

std::string encryption_notice(const Options& options) {
    if (options.language == "en") {
        return options.display_name +
               " cannot read encrypted rooms and leaves this one.\nEncryption cannot be switched "
               "off "
               "again in a room: create a new room with encryption switched off and invite me "
               "there.";
    }
    return options.display_name +
           " kan ikke læse krypterede rum og forlader derfor dette.\nKryptering kan ikke slås fra "
           "igen i et rum: opret et nyt rum, hvor kryptering er slået fra, og inviter mig dertil.";
}

std::string too_many(const Options& options) {
    if (options.language == "en")
        return "You have asked many questions in a short time. Please try again in a minute.";
    return "Du har stillet mange spørgsmål på kort tid. Prøv igen om et minut.";
}

std::string apology(const Options& options) {
    if (options.language == "en")
        return "I could not answer this question because of an error. Please ask again.";
    return "Det spørgsmål kunne jeg ikke svare på, fordi der skete en fejl. Stil det gerne igen.";
}

}  // namespace raadbot::matrix
