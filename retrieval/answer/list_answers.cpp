#include "retrieval/answer/list_answers.hpp"

#include <algorithm>
#include <set>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/minutes_lines.hpp"
#include "retrieval/answer/offices.hpp"
#include "retrieval/answer/parties.hpp"
#include "retrieval/answer/table_rows.hpp"
#include "retrieval/danish/bodies.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/printed_names.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::one_of;
using danish::QuestionType;
using danish::Span;
using danish::Token;

constexpr std::size_t passages_read = 60;
constexpr std::size_t least_items = 3;

std::string around(const StoredPassage& p) {
    std::string words = p.title;
    for (const std::string& heading : p.passage.headings) words += '\n' + heading;
    return words;
}

bool is_meeting(const StoredPassage& p) { return p.meeting.has_value(); }

/// One line of a list, and what of it is quoted.
struct Item {
    const StoredPassage* passage = nullptr;
    Span span;
};

/// A list found on one page.
struct FoundList {
    std::vector<Item> items;
    std::optional<Item> lead_in;
    float score = 0;
};

Proof quoted(const FoundList& list, const StoredPassage& page) {
    ProofBuilder builder;
    if (list.lead_in)
        builder.quote(*list.lead_in->passage, list.lead_in->span, Lead{page.title, {}});
    for (const Item& item : list.items) {
        if (builder.size() == most_items) {
            builder.add_caveat({Caveat::Kind::list_goes_on,
                                {},
                                std::nullopt,
                                link(page.url, page.passage.anchor)});
            break;
        }
        builder.quote(*item.passage, item.span,
                      builder.empty() ? std::optional(Lead{page.title, {}}) : std::nullopt);
    }
    return builder.take();
}

// Which bodies there are ------------------------------------------------------------------------

/// The committees that a passage lists, one a row or item, or all in one sentence.
FoundList bodies_listed(const StoredPassage& p) {
    FoundList list;
    std::set<std::string> keys;
    const std::string_view text = p.passage.text;
    for (const Span& line : lines_of(text)) {
        const auto cells = cells_of(text, line);
        const bool item = part(text, line).starts_with("- ");
        if (cells.empty() && !item) {
            for (const Span& sentence : quotable_spans(part(text, line))) {
                const Span here{line.begin + sentence.begin, line.begin + sentence.end};
                const auto named = danish::printed_bodies(part(text, here));
                std::set<std::string> committees;
                for (const Span& span : named) {
                    const std::string key = danish::body_key(part(part(text, here), span));
                    if (danish::body_rank(key) < 3) committees.insert(key);
                }
                if (committees.size() >= least_items && committees.size() > keys.size()) {
                    keys = committees;
                    list.items = {{&p, here}};
                } else if (list.items.empty() && !list.lead_in &&
                           danish::fold(part(text, here)).find("udvalg") != std::string::npos) {
                    list.lead_in = Item{&p, here};  // "... og fem andre stående udvalg."
                }
            }
            continue;
        }
        // What stands first in the row is what the row is about.
        Span first = line;
        if (!cells.empty()) {
            const auto heading = danish::printed_bodies(part(text, cells.front().heading));
            first = heading.empty() ? cells.front().value : line;
        }
        const std::size_t marker = part(text, first).starts_with("- ") ? 2 : 0;
        const auto named = danish::printed_bodies(part(text, first));
        if (named.empty() || named.front().begin > marker) continue;
        const std::string key = danish::body_key(part(part(text, first), named.front()));
        if (danish::body_rank(key) >= 3 || !keys.insert(key).second) continue;
        list.items.push_back({&p, first});
    }
    list.score = static_cast<float>(keys.size());
    return list;
}

/// A page with a section for each committee: what each section says first, under its name.
std::optional<Proof> bodies_by_heading(const std::vector<StoredPassage>& found,
                                       const Library& library) {
    std::set<std::string> read;
    std::vector<StoredPassage> best;
    for (const StoredPassage& hit : found) {
        if (!read.insert(hit.document.value).second) continue;
        std::vector<StoredPassage> sections;
        std::set<std::string> keys;
        for (StoredPassage& p : library.document(hit.document)) {
            if (p.passage.headings.empty()) continue;
            const std::string& heading = p.passage.headings.back();
            const auto named = danish::printed_bodies(heading);
            if (named.size() != 1 || named.front().begin != 0) continue;
            const std::string key = danish::body_key(part(heading, named.front()));
            if (danish::body_rank(key) < 3 && keys.insert(key).second)
                sections.push_back(std::move(p));
        }
        if (sections.size() > best.size()) best = std::move(sections);
    }
    if (best.size() < least_items) return std::nullopt;
    ProofBuilder builder(ProofBuilder::max_sections);
    for (const StoredPassage& p : best) {
        const auto spans = quotable_spans(p.passage.text);
        if (spans.empty()) continue;
        if (builder.proof().cards.size() == ProofBuilder::max_sections) {
            builder.add_caveat({Caveat::Kind::list_goes_on, {}, std::nullopt, p.url});
            break;
        }
        builder.quote(p, spans.front(), Lead{p.passage.headings.back(), {}});
    }
    return builder.empty() ? std::nullopt : std::optional(builder.take());
}

std::optional<Proof> which_bodies(const Library& library) {
    const auto found =
        library.find("stående udvalg udvalgene formænd medlemmer", passages_read,
                     {SourceKind::handbook, SourceKind::website, SourceKind::intranet});
    std::optional<FoundList> best;
    const StoredPassage* page = nullptr;
    for (const StoredPassage& p : found) {
        FoundList list = bodies_listed(p);
        if (list.score < static_cast<float>(least_items)) continue;
        // A page about the committees, not about their pay or their next meetings.
        const std::string words = danish::fold(around(p));
        if (words.find("udvalg") != std::string::npos) list.score += 0.6F;
        if (words.find("vederlag") != std::string::npos ||
            words.find("kalender") != std::string::npos) {
            list.score -= 0.6F;
        }
        if (list.lead_in) list.score += 0.3F;
        if (!best || list.score > best->score) {
            best = std::move(list);
            page = &p;
        }
    }
    if (!best) return bodies_by_heading(found, library);
    return quoted(*best, *page);
}

// Who sits in a body ----------------------------------------------------------------------------

/// The letter that the passages print for a local list: "Liste: Fjordlisten; Bogstav: L",
/// "Fjordlisten (L)".
std::string letter_of(const PartyAsked& party, const std::vector<StoredPassage>& passages) {
    if (!party.letter.empty()) return party.letter;
    for (const StoredPassage& p : passages) {
        const std::string_view text = p.passage.text;
        for (const Span& line : lines_of(text)) {
            const std::string folded = danish::fold(part(text, line));
            for (const std::string& name : party.names) {
                const std::size_t at = folded.find(name);
                if (at == std::string::npos) continue;
                for (const Cell& cell : cells_of(text, line)) {
                    const std::string_view value = part(text, cell.value);
                    if (value.size() <= 2 && danish::fold(value) != value)
                        return std::string(value);
                }
                const std::string_view rest = part(text, line).substr(at + name.size());
                if (rest.starts_with(" (") && rest.find(')') <= 4)
                    return std::string(rest.substr(2, rest.find(')') - 2));
            }
        }
    }
    return {};
}

class Members {
public:
    Members(std::set<std::string> bodies, std::vector<std::string> known, std::string letter,
            std::vector<std::string> party)
        : bodies_(std::move(bodies)),
          known_(std::move(known)),
          letter_(std::move(letter)),
          party_(std::move(party)) {}

    /// The lines of a passage that name members of the body asked for.
    FoundList listed(const StoredPassage& p) const {
        FoundList list;
        const std::string_view text = p.passage.text;
        // Under its own heading, or in lines that name it.
        const std::string_view nearest =
            p.passage.headings.empty() ? std::string_view(p.title) : p.passage.headings.back();
        auto under = danish::body_keys_in(nearest, known_);
        if (under.empty()) under = danish::body_keys_in(p.title, known_);
        bool ours = under.size() == 1 && bodies_.contains(*under.begin());
        std::size_t persons = 0;
        for (const Span& line : lines_of(text)) {
            const std::string_view words = part(text, line);
            const auto here = danish::body_keys_in(words, known_);
            const bool names_it = std::any_of(
                here.begin(), here.end(), [&](const auto& key) { return bodies_.contains(key); });
            const auto names = danish::printed_persons(words);
            const auto cells = cells_of(text, line);
            const bool item = words.starts_with("- ");
            if (names.empty()) {
                // A caption says whose members follow.
                if (!here.empty()) ours = names_it && here.size() == 1;
                continue;
            }
            const bool row = cells.size() >= 2 || item;
            if (row && !here.empty() && names.size() >= 2 && names_it) {
                if (of_party(words)) take(list, persons, p, line, names.size());
                continue;  // A row for each body: "Udvalg: Teknik; Medlemmer: A, B, C".
            }
            // "Liste: Grøn Lokalliste (G)" is written as a name as well.
            if (row && ours && here.empty() && (names.size() == 1 || !cells.empty())) {
                if (of_party(words)) take(list, persons, p, line, 1);
                continue;
            }
            for (const Span& sentence : quotable_spans(words)) {
                const std::string_view said = part(words, sentence);
                const auto members = danish::printed_persons(said);
                const auto bodies = danish::body_keys_in(said, known_);
                const bool told =
                    bodies.empty() ? ours : std::any_of(bodies.begin(), bodies.end(), [&](auto& k) {
                        return bodies_.contains(k);
                    });
                if (told && members.size() >= least_items && of_party(said)) {
                    take(list, persons, p, {line.begin + sentence.begin, line.begin + sentence.end},
                         members.size());
                }
            }
        }
        const std::size_t least = letter_.empty() && party_.empty() ? least_items : 1;
        list.score = persons < least ? 0 : static_cast<float>(std::min<std::size_t>(persons, 9));
        return list;
    }

private:
    static void take(FoundList& list, std::size_t& persons, const StoredPassage& p, Span span,
                     std::size_t names) {
        list.items.push_back({&p, span});
        persons += names;
    }

    [[nodiscard]] bool of_party(std::string_view line) const {
        if (letter_.empty() && party_.empty()) return true;
        const std::string folded = danish::fold(line);
        for (const std::string& name : party_) {
            if (folded.find(name) != std::string::npos) return true;
        }
        if (letter_.empty()) return false;
        return line.find("(" + letter_ + ")") != std::string_view::npos ||
               line.find(": " + letter_ + ";") != std::string_view::npos ||
               line.ends_with(": " + letter_);
    }

    std::set<std::string> bodies_;
    std::vector<std::string> known_;
    std::string letter_;
    std::vector<std::string> party_;
};

std::optional<MeetingAnswer> members_of(const QuestionView& question,
                                        const std::vector<std::string>& bodies,
                                        const Library& library, const Date& today) {
    auto found = library.find(question.search_text, passages_read);
    for (StoredPassage& p :
         library.find(question.search_text + " medlemmer formand næstformand", passages_read)) {
        const bool known = std::any_of(found.begin(), found.end(),
                                       [&](const StoredPassage& q) { return q.id == p.id; });
        if (!known) found.push_back(std::move(p));
    }
    std::vector<std::string> known = bodies;
    for (std::string& body : bodies_printed(found)) known.push_back(std::move(body));
    const auto asked = danish::body_keys_in(question.text, known);
    if (asked.empty()) return std::nullopt;
    std::string letter;
    std::vector<std::string> party;
    if (const auto of = party_asked(question.text)) {
        party = of->names;
        letter = letter_of(*of, found);
    }
    const Members members({asked.begin(), asked.end()}, known, letter, party);
    std::optional<FoundList> best;
    const StoredPassage* page = nullptr;
    for (const StoredPassage& p : found) {
        if (p.passage.section == Section::tale || p.passage.section == Section::deltagere) continue;
        FoundList list = members.listed(p);
        if (list.score <= 0) continue;
        const std::optional<Date> date = p.meeting ? p.meeting->date : p.updated;
        // Who was elected to a former council sits there no more.
        if (date && *date < council_term(today).first - std::chrono::months{2}) continue;
        if (is_meeting(p)) list.score -= 3.5F;
        if (!best || list.score > best->score) {
            best = std::move(list);
            page = &p;
        }
    }
    if (!best) return Untold{};
    return quoted(*best, *page);
}

// The papers of a case --------------------------------------------------------------------------

bool asks_for_attachments(const QuestionView& question) {
    const auto tokens = danish::tokenize(question.text);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (!one_of(tokens[i].text, {"hvilke", "hvad", "which", "liste", "nævn", "vis"})) continue;
        for (std::size_t j = i + 1; j < tokens.size() && j <= i + 4; ++j) {
            if (one_of(tokens[j].text, {"bilag", "bilagene", "attachments"})) return true;
        }
    }
    return false;
}

std::optional<Proof> attachments(const QuestionView& question,
                                 const std::vector<PassageEvidence>& ranked,
                                 const Library& library) {
    constexpr float least = 0.6F;
    const PassageView* best = nullptr;
    float best_share = least;
    for (const PassageEvidence& e : ranked) {
        if (!e.view->stored.meeting || e.view->stored.meeting->item_number.empty()) continue;
        float covered = 0;
        float total = 0;
        for (const Aspect& aspect : question.aspects) {
            if (aspect.light || aspect.phrase || aspect.lemma == "bilag" || aspect.lemma == "sag")
                continue;
            total += aspect.weight;
            covered += aspect.weight * aspect.coverage(e.view->title);
        }
        const float share = total == 0 ? 0 : covered / total;
        const bool newer = best != nullptr && share == best_share &&
                           e.view->stored.meeting->date > best->stored.meeting->date;
        if (share > best_share || newer) {
            best = e.view.get();
            best_share = share;
        }
    }
    if (best == nullptr) return std::nullopt;
    FoundList list;
    const auto document = library.document(best->stored.document);
    for (const StoredPassage& p : document) {
        if (p.passage.section != Section::bilag) continue;
        for (const Span& line : lines_of(p.passage.text)) list.items.push_back({&p, line});
    }
    if (list.items.empty()) return std::nullopt;
    return quoted(list, *list.items.front().passage);
}

}  // namespace

bool asks_which_bodies(const QuestionView& question) {
    const auto tokens = danish::tokenize(question.text);
    bool which = false;
    bool bodies = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        which = which || one_of(word, {"hvilke", "which", "what", "nævn", "list", "hvad", "alle",
                                       "oversigt", "liste"});
        if (one_of(word, {"udvalg", "udvalgene", "committees", "fagudvalg", "fagudvalgene",
                          "udvalgenes"})) {
            bodies = true;
            continue;
        }
        const bool town = i + 1 < tokens.size() && tokens[i + 1].text.starts_with("kommune");
        const bool plain = danish::is_stop_word(word) || town ||
                           one_of(word, {"stående",
                                         "staaende",
                                         "faste",
                                         "politiske",
                                         "kommunen",
                                         "kommune",
                                         "byrådet",
                                         "byråd",
                                         "kommunalbestyrelsen",
                                         "findes",
                                         "nævn",
                                         "list",
                                         "oversigt",
                                         "liste",
                                         "hedder",
                                         "standing",
                                         "council",
                                         "committees",
                                         "permanente",
                                         "nedsat",
                                         "politikerne",
                                         "permanent",
                                         "kommunens",
                                         "byrådets",
                                         "kommunalbestyrelsens",
                                         "alle",
                                         "navnene",
                                         "vores"});
        if (!plain) return false;
    }
    return which && bodies && tokens.size() >= 2;
}

bool asks_for_members(const QuestionView& question) {
    if (question.type != QuestionType::list && question.type != QuestionType::who &&
        question.type != QuestionType::unknown) {
        return false;
    }
    const auto tokens = danish::tokenize(question.text);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        const std::string next = i + 1 < tokens.size() ? tokens[i + 1].text : std::string();
        const std::string third = i + 2 < tokens.size() ? tokens[i + 2].text : std::string();
        if (one_of(word, {"medlemmer", "medlemmerne", "members"}) &&
            one_of(next, {"af", "i", "of"})) {
            // Not "vederlaget for medlemmer af byrådet".
            return i == 0 || one_of(tokens[i - 1].text, {"er", "hvilke", "nævn", "alle", "vis",
                                                         "over", "are", "the", "which", "all"});
        }
        if (!one_of(word, {"hvem", "who"})) continue;
        if (one_of(next, {"sidder", "sits"})) return true;
        if (one_of(next, {"er", "is"}) && one_of(third, {"i", "med", "medlem", "medlemmer", "on"}))
            return true;
    }
    return false;
}

std::optional<MeetingAnswer> answer_from_lists(const QuestionView& question,
                                               const std::vector<PassageEvidence>& ranked,
                                               const std::vector<std::string>& bodies,
                                               const Library& library, const Date& today) {
    if (question.follow_up) return std::nullopt;
    if (asks_for_members(question)) return members_of(question, bodies, library, today);
    std::optional<Proof> proof;
    if (asks_which_bodies(question)) {
        proof = which_bodies(library);
    } else if (asks_for_attachments(question)) {
        proof = attachments(question, ranked, library);
    }
    if (!proof) return std::nullopt;
    return std::move(*proof);
}

}  // namespace raadbot::answer
