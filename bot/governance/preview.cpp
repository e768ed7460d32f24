#include "bot/governance/preview.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "bot/conversation/strict_json.hpp"
#include "retrieval/answer/engine.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::governance {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t most_pages = 200;
constexpr std::size_t most_lines = 100;
constexpr std::size_t most_samples = 12;
constexpr std::size_t most_questions = 300;

class Scratch {
public:
    explicit Scratch(fs::path path) : path_(std::move(path)) {
        remove();
        fs::create_directories(path_);
    }
    ~Scratch() { remove(); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    void remove() const {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    fs::path path_;
};

void lines(const std::vector<ingest::SourceReport::Line>& from, std::vector<std::string>& to) {
    for (std::size_t i = 0; i < from.size() && i < most_lines; ++i) {
        to.push_back(from[i].path + ": " + from[i].message);
    }
}

/// What a reader might ask of this source by itself: its own headings that are questions already,
/// and its terms.
std::vector<std::string> own_questions(const store::Store& store) {
    std::vector<std::string> out;
    std::set<std::string> seen;
    store.each_passage([&](const StoredPassage& passage) {
        const auto take = [&](const std::string& text) {
            if (out.size() < most_questions && text.ends_with('?') && seen.insert(text).second) {
                out.push_back(text);
            }
        };
        take(passage.title);
        for (const std::string& heading : passage.passage.headings) take(heading);
        for (const std::string& question : passage.questions) take(question);
        if (passage.passage.section == Section::term && !passage.passage.headings.empty()) {
            take("Hvad betyder " + passage.passage.headings.back() + "?");
        }
    });
    return out;
}

void ask(const store::Store& store, const index::Snapshot& snapshot, const sources::Source& source,
         const PreviewOptions& options, Preview& preview) {
    const answer::Engine engine(options.lexicon, options.municipality);
    std::vector<std::string> questions = options.questions;
    for (std::string& own : own_questions(store)) questions.push_back(std::move(own));
    std::set<std::string> seen;
    std::erase_if(questions, [&](const std::string& text) { return !seen.insert(text).second; });
    if (questions.size() > most_questions) questions.resize(most_questions);
    for (const std::string& text : questions) {
        answer::Question question;
        question.text = text;
        question.audiences = {source.audience};
        question.now = options.now;
        const answer::Outcome outcome = engine.answer(question, store, snapshot);
        ++preview.asked;
        const auto* proof = std::get_if<answer::Proof>(&outcome.result);
        if (proof == nullptr) continue;
        ++preview.answered;
        if (preview.samples.size() == most_samples) continue;
        preview.samples.push_back({text, proof->sentences.front().text(),
                                   proof->cards.empty() ? "" : proof->cards[0].passage.title});
    }
}

}  // namespace

Preview make_preview(sources::Source source, const PreviewOptions& options) {
    Preview preview;
    const Scratch scratch(options.scratch);
    const auto store = store::Store::open(scratch.path());
    // Here, and only here, it counts as approved: nobody can ask this store.
    source.state = sources::State::approved;
    source.review_date.reset();
    store->put_source(source);
    ingest::FolderOptions folder;
    folder.limits = options.limits;
    folder.threads = options.threads;
    folder.now = options.now;
    const auto report = options.read ? options.read(source, *store, folder)
                                     : ingest::ingest_folder(source, *store, folder);
    if (!report) {
        preview.failed = report.error().message;
        return preview;
    }
    auto index = index::Index::open({scratch.path() / "index", options.lexicon});
    if (!index) {
        preview.failed = index.error().message;
        return preview;
    }
    if (auto followed = ingest::follow(*store, **index); !followed) {
        preview.failed = followed.error().message;
        return preview;
    }
    const store::Counts counts = store->counts();
    preview.files = report->files;
    preview.documents = counts.documents;
    preview.passages = counts.passages;
    preview.cpr_masked = report->parsed.cpr_masked;
    preview.closed_items = report->parsed.closed_items;
    preview.hidden_removed = report->parsed.hidden_removed;
    preview.orders_marked = report->parsed.orders_marked;
    lines(report->unreadable, preview.unreadable);
    lines(report->skipped, preview.skipped);
    const store::Ledger ledger(*store);
    for (const store::DocumentRow& row : ledger.documents({}, "", 0, most_pages)) {
        preview.pages.push_back({row.title, row.url, store->document_passages(row.id).size()});
    }
    std::set<std::string> terms;
    for (const StoredPassage& passage : store->section_passages(Section::term)) {
        if (!passage.passage.headings.empty()) terms.insert(passage.passage.headings.back());
    }
    for (const std::string& term : terms) {
        if (preview.terms.size() < most_lines) preview.terms.push_back(term);
    }
    static_cast<void>((*index)->refresh());
    ask(*store, *(*index)->snapshot(), source, options, preview);
    return preview;
}

std::string preview_json(const Preview& preview) {
    nlohmann::ordered_json json = {{"files", preview.files},
                                   {"documents", preview.documents},
                                   {"passages", preview.passages},
                                   {"cpr_masked", preview.cpr_masked},
                                   {"closed_items", preview.closed_items},
                                   {"hidden_removed", preview.hidden_removed},
                                   {"orders_marked", preview.orders_marked},
                                   {"terms", preview.terms},
                                   {"unreadable", preview.unreadable},
                                   {"skipped", preview.skipped},
                                   {"asked", preview.asked},
                                   {"answered", preview.answered},
                                   {"failed", preview.failed}};
    json["pages"] = nlohmann::json::array();
    for (const Preview::Page& page : preview.pages) {
        json["pages"].push_back({page.title, page.url, page.passages});
    }
    json["samples"] = nlohmann::json::array();
    for (const Preview::Sample& sample : preview.samples) {
        json["samples"].push_back({sample.question, sample.answer, sample.title});
    }
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<Preview> preview_from_json(std::string_view text) {
    const auto json = bot::parse_strict_json(text);
    if (!json) return tl::unexpected(json.error());
    try {
        Preview preview;
        json->at("files").get_to(preview.files);
        json->at("documents").get_to(preview.documents);
        json->at("passages").get_to(preview.passages);
        json->at("cpr_masked").get_to(preview.cpr_masked);
        json->at("closed_items").get_to(preview.closed_items);
        json->at("hidden_removed").get_to(preview.hidden_removed);
        json->at("orders_marked").get_to(preview.orders_marked);
        json->at("terms").get_to(preview.terms);
        json->at("unreadable").get_to(preview.unreadable);
        json->at("skipped").get_to(preview.skipped);
        json->at("asked").get_to(preview.asked);
        json->at("answered").get_to(preview.answered);
        json->at("failed").get_to(preview.failed);
        for (const auto& page : json->at("pages")) {
            preview.pages.push_back({page.at(0).get<std::string>(), page.at(1).get<std::string>(),
                                     page.at(2).get<std::uint64_t>()});
        }
        for (const auto& sample : json->at("samples")) {
            preview.samples.push_back({sample.at(0).get<std::string>(),
                                       sample.at(1).get<std::string>(),
                                       sample.at(2).get<std::string>()});
        }
        return preview;
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorCode::invalid_input, "this is no preview");
    }
}

}  // namespace raadbot::governance
