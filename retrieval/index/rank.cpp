#include "retrieval/index/rank.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "retrieval/danish/text.hpp"
#include "retrieval/index/segmented_index.hpp"

namespace raadbot::index {
namespace {

struct Document {
    std::string id;
    std::string title;
    std::string text;
};

/// A document is ranked by its best passage of about this many words, cut at line breaks: 0.010
/// nDCG better than one long passage a document (QUALITY.md), and what Raadbot's ingest does.
constexpr std::size_t passage_words = 120;
constexpr std::size_t passages_searched = 100;

struct Piece {
    std::size_t document = 0;
    std::string text;
};

void cut(const std::string& text, std::size_t document, std::vector<Piece>& pieces) {
    std::string piece;
    std::size_t words = 0;
    const auto finish = [&] {
        if (!piece.empty()) pieces.push_back({document, std::move(piece)});
        piece.clear();
        words = 0;
    };
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string line = text.substr(begin, end - begin);
        const auto more = static_cast<std::size_t>(std::count(line.begin(), line.end(), ' ')) + 1;
        if (words > 0 && words + more > passage_words) finish();
        piece += line;
        piece += '\n';
        words += more;
        begin = end + 1;
    }
    finish();
}

struct Question {
    std::string id;
    std::string text;
};

using Judgements = std::unordered_map<std::string, std::map<std::string, int>>;

template <class Use>
Result<void> read_json_lines(const std::filesystem::path& file, Use use) {
    std::ifstream in(file);
    if (!in) return fail(ErrorCode::not_found, file.string() + ": cannot be read");
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        const auto json = nlohmann::json::parse(line, nullptr, false);
        if (!json.is_object() || !json.contains("_id") || !json["_id"].is_string()) {
            return fail(ErrorCode::invalid_input, file.string() + ":" + std::to_string(number) +
                                                      ": expected an object with \"_id\"");
        }
        const auto text = [&](const char* name) {
            const auto found = json.find(name);
            return found != json.end() && found->is_string() ? found->template get<std::string>()
                                                             : std::string();
        };
        use(text("_id"), text("title"), text("text"));
    }
    return {};
}

Result<Judgements> read_judgements(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) return fail(ErrorCode::not_found, file.string() + ": cannot be read");
    Judgements judgements;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        const std::size_t first = line.find('\t');
        const std::size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
        if (second == std::string::npos) {
            if (line.empty()) continue;
            return fail(ErrorCode::invalid_input,
                        file.string() + ":" + std::to_string(number) +
                            ": expected question, document and score with tabs between them");
        }
        char* end = nullptr;
        const std::string score = line.substr(second + 1);
        const long value = std::strtol(score.c_str(), &end, 10);
        if (end == score.c_str()) {
            if (number == 1) continue;  // The header.
            return fail(ErrorCode::invalid_input, file.string() + ":" + std::to_string(number) +
                                                      ": the score is not a number");
        }
        if (value > 0) {
            judgements[line.substr(0, first)][line.substr(first + 1, second - first - 1)] =
                static_cast<int>(value);
        }
    }
    return judgements;
}

/// A directory of our own, gone with everything in it when we are done.
class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "raadbot-rank-XXXXXX");
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw std::runtime_error(pattern + ": cannot create a temporary directory");
        }
        path_ = pattern;
    }
    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Passages read from memory.
class Pieces final : public PassageTexts {
public:
    Pieces(const std::vector<Document>& documents, const std::vector<Piece>& pieces)
        : documents_(documents), pieces_(pieces) {}
    [[nodiscard]] std::vector<PassageText> read(std::span<const PassageId> ids) const override {
        std::vector<PassageText> texts;
        for (const PassageId id : ids) {
            const Piece& piece = pieces_[id - 1];
            texts.push_back({id, piece.document, documents_[piece.document].title, "", piece.text});
        }
        return texts;
    }
    [[nodiscard]] std::vector<PassageText> read_documents(std::span<const PassageId> ids,
                                                          std::size_t most) const override {
        std::map<std::size_t, std::set<PassageId>> wanted;
        for (const PassageId id : ids) wanted[pieces_[id - 1].document].insert(id);
        std::vector<PassageId> all;
        for (auto& [document, chosen] : wanted) {
            const auto belongs = [&, number = document](PassageId id) {
                return id >= 1 && id <= pieces_.size() && pieces_[id - 1].document == number;
            };
            // From the found ones outwards.
            for (bool grown = true; grown && chosen.size() < most;) {
                grown = false;
                for (const PassageId id : std::vector<PassageId>(chosen.begin(), chosen.end())) {
                    for (const PassageId next : {id - 1, id + 1}) {
                        if (chosen.size() < most && belongs(next)) {
                            grown = chosen.insert(next).second || grown;
                        }
                    }
                }
            }
            all.insert(all.end(), chosen.begin(), chosen.end());
        }
        return read(all);
    }

private:
    const std::vector<Document>& documents_;
    const std::vector<Piece>& pieces_;
};

/// Documents by their best passage, best first.
std::vector<std::size_t> documents_of(const std::vector<Hit>& hits,
                                      const std::vector<Piece>& pieces) {
    std::vector<std::size_t> documents;
    for (const Hit& hit : hits) {
        const std::size_t document = pieces[hit.passage - 1].document;
        if (std::find(documents.begin(), documents.end(), document) == documents.end()) {
            documents.push_back(document);
        }
    }
    return documents;
}

void judge(const std::vector<std::size_t>& ranked, const std::vector<Document>& documents,
           const std::map<std::string, int>& relevant, RankFigures& figures) {
    // nDCG with gains 2^score - 1: K. Jarvelin, J. Kekalainen, 2002, as in trec_eval and BEIR for
    // scores of 1.
    double gain = 0;
    std::size_t found = 0;
    for (std::size_t i = 0; i < ranked.size() && i < 10; ++i) {
        const auto judged = relevant.find(documents[ranked[i]].id);
        if (judged == relevant.end()) continue;
        ++found;
        if (i == 0) figures.success1 += 1;
        gain += judged->second / std::log2(static_cast<double>(i) + 2);
    }
    std::vector<int> ideal;
    for (const auto& [id, score] : relevant) ideal.push_back(score);
    std::sort(ideal.rbegin(), ideal.rend());
    double best = 0;
    for (std::size_t i = 0; i < ideal.size() && i < 10; ++i) {
        best += ideal[i] / std::log2(static_cast<double>(i) + 2);
    }
    figures.ndcg10 += gain / best;
    figures.recall10 += static_cast<double>(found) / static_cast<double>(relevant.size());
}

}  // namespace

Result<RankFigures> rank(const RankOptions& options) {
    std::vector<Document> documents;
    std::vector<Question> questions;
    if (auto read = read_json_lines(
            options.corpus,
            [&](std::string id, std::string title, std::string text) {
                documents.push_back({std::move(id), std::move(title), std::move(text)});
            });
        !read) {
        return tl::unexpected(read.error());
    }
    if (auto read = read_json_lines(options.queries,
                                    [&](std::string id, const std::string&, std::string text) {
                                        questions.push_back({std::move(id), std::move(text)});
                                    });
        !read) {
        return tl::unexpected(read.error());
    }
    auto judgements = read_judgements(options.qrels);
    if (!judgements) return tl::unexpected(judgements.error());

    const TemporaryDirectory directory;
    SegmentedOptions segmented;
    segmented.directory = directory.path();
    segmented.scoring = options.scoring;
    segmented.tuning = options.tuning;
    segmented.representation = options.representation;
    segmented.reranking = options.reranking;
    if (!options.lexicon_directory.empty()) {
        auto lexicon = danish::Lexicon::load(options.lexicon_directory);
        if (!lexicon) return tl::unexpected(lexicon.error());
        segmented.lexicon = std::move(*lexicon);
    }
    std::vector<Piece> pieces;
    std::size_t tokens = 0;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        cut(documents[i].text.empty() ? documents[i].title : documents[i].text, i, pieces);
        tokens += danish::tokenize(documents[i].text).size();
    }
    if (tokens > 0) {
        segmented.scoring.average_body =
            static_cast<float>(tokens) / static_cast<float>(pieces.size());
    }
    auto index = SegmentedIndex::open(std::move(segmented));
    if (!index) return tl::unexpected(index.error());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        Entry entry;
        entry.id = i + 1;
        entry.title = documents[pieces[i].document].title;
        entry.text = pieces[i].text;
        (*index)->add(entry);
    }
    if (auto merged = (*index)->merge_all(); !merged) return tl::unexpected(merged.error());

    const auto snapshot = (*index)->snapshot();
    const Pieces texts(documents, pieces);
    QuestionView view = [&] { return snapshot; };
    if (options.models) {
        RankCorpus corpus{snapshot, {}, directory.path()};
        std::vector<PassageId> ids(pieces.size());
        std::iota(ids.begin(), ids.end(), PassageId{1});
        corpus.passages = texts.read(ids);
        auto made = options.models(corpus);
        if (!made) return tl::unexpected(made.error());
        view = std::move(*made);
    }
    RankFigures figures;
    figures.documents = documents.size();
    std::chrono::steady_clock::duration spent{};
    for (const Question& question : questions) {
        const auto relevant = judgements->find(question.id);
        if (relevant == judgements->end()) continue;
        const auto begin = std::chrono::steady_clock::now();
        Request request;
        request.text = question.text;
        request.filter.audiences = {Audience{}};
        request.top_k = passages_searched;
        if (options.second_stage) request.texts = &texts;
        const std::vector<std::size_t> ranked = documents_of(view()->search(request), pieces);
        spent += std::chrono::steady_clock::now() - begin;
        judge(ranked, documents, relevant->second, figures);
        ++figures.queries;
    }
    if (figures.queries > 0) {
        const auto count = static_cast<double>(figures.queries);
        figures.ndcg10 /= count;
        figures.success1 /= count;
        figures.recall10 /= count;
        figures.ms_per_query = std::chrono::duration<double, std::milli>(spent).count() / count;
    }
    return figures;
}

std::string to_string(const RankFigures& figures) {
    char text[256];
    std::snprintf(text, sizeof text,
                  "documents  %zu\nqueries    %zu\nnDCG@10    %.4f\nsuccess@1  %.4f\n"
                  "recall@10  %.4f\nms/query   %.3f\n",
                  figures.documents, figures.queries, figures.ndcg10, figures.success1,
                  figures.recall10, figures.ms_per_query);
    return text;
}

}  // namespace raadbot::index
