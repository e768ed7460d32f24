#include "retrieval/models/embed_passages.hpp"

#include <algorithm>

#include "retrieval/models/model_search.hpp"
#include "retrieval/vectors/quantise.hpp"
#include "retrieval/vectors/vector_writer.hpp"

namespace raadbot::models {
namespace {

std::string text_of(const StoredPassage& passage) {
    std::string headings;
    const auto add = [&](const std::string& line) {
        if (!headings.empty()) headings += '\n';
        headings += line;
    };
    for (const std::string& heading : passage.passage.headings) add(heading);
    for (const std::string& question : passage.questions) add(question);
    return text_for_models(passage.title, headings, passage.passage.text);
}

vectors::VectorWriter writer_of(const Embedder& embedder, const std::filesystem::path& directory,
                                std::size_t flat_limit) {
    vectors::WriterOptions options;
    options.directory = directory;
    options.model = embedder.identity();
    options.dimension = embedder.dimension();
    options.flat_limit = flat_limit;
    return vectors::VectorWriter(std::move(options));
}

Result<std::vector<PassageId>> without_vector(const store::Store& store,
                                              const vectors::VectorWriter& writer,
                                              std::uint64_t& passages) {
    const auto present = writer.present();
    if (!present) return tl::unexpected(present.error());
    const std::vector<PassageId> all = store.passage_ids();
    passages = all.size();
    std::vector<PassageId> missing;
    std::set_difference(all.begin(), all.end(), present->begin(), present->end(),
                        std::back_inserter(missing));
    return missing;
}

class Embedding {
public:
    Embedding(const Embedder& embedder, std::chrono::milliseconds time, vectors::Rows& rows)
        : embedder_(embedder), time_(time), rows_(rows) {}

    /// False: stop, see error().
    bool embed(const std::vector<PassageId>& ids, const std::vector<std::string>& texts) {
        auto found = embedder_.embed(texts, TextIs::passage, deadline());
        if (found) {
            for (std::size_t i = 0; i < ids.size(); ++i) {
                if (!keep(ids[i], (*found)[i])) return false;
            }
            return true;
        }
        error_ = found.error();
        if (error_->code != ErrorCode::invalid_input) return false;
        // One text that the model will not take must not hold up the others.
        std::size_t taken = 0;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            found = embedder_.embed({&texts[i], 1}, TextIs::passage, deadline());
            if (found) {
                if (!keep(ids[i], found->front())) return false;
                ++taken;
            } else if (found.error().code == ErrorCode::invalid_input) {
                ++refused_;
            } else {
                error_ = found.error();
                return false;
            }
        }
        if (taken == 0 && ids.size() > 1)
            return false;  // It takes nothing: something else is wrong.
        error_.reset();
        return true;
    }
    [[nodiscard]] std::uint64_t refused() const { return refused_; }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    [[nodiscard]] Deadline deadline() const { return std::chrono::steady_clock::now() + time_; }
    bool keep(PassageId id, const std::vector<float>& vector) {
        const auto row = vectors::quantise(vector);
        if (!row) {
            error_ = row.error();
            return false;
        }
        rows_.append(id, row->scale, row->numbers);
        return true;
    }

    const Embedder& embedder_;
    std::chrono::milliseconds time_;
    vectors::Rows& rows_;
    std::uint64_t refused_ = 0;
    std::optional<Error> error_;
};

}  // namespace

Result<EmbedReport> embed_passages(const store::Store& store, const Embedder& embedder,
                                   const EmbedOptions& options) {
    auto writer = writer_of(embedder, options.vectors, options.flat_limit);
    EmbedReport report;
    const auto other = writer.of_another_model();
    if (!other) return tl::unexpected(other.error());
    report.other_model = *other;
    const auto missing = without_vector(store, writer, report.passages);
    if (!missing) return tl::unexpected(missing.error());
    const vectors::LiveIds live = [&] { return store.passage_ids(); };

    vectors::Rows rows;
    rows.dimension = embedder.dimension();
    Embedding embedding(embedder, options.request_time, rows);
    const auto keep_rows = [&]() -> Result<void> {
        report.embedded += rows.size();
        auto added = writer.add(rows, live);
        rows.ids.clear();
        rows.scales.clear();
        rows.numbers.clear();
        return added;
    };
    const std::size_t batch = std::max<std::size_t>(1, embedder.batch());
    for (std::size_t first = 0; first < missing->size(); first += batch) {
        if (options.stop && options.stop()) break;
        const std::size_t count = std::min(batch, missing->size() - first);
        std::vector<PassageId> ids;
        std::vector<std::string> texts;
        const std::vector<PassageId> wanted(
            missing->begin() + static_cast<std::ptrdiff_t>(first),
            missing->begin() + static_cast<std::ptrdiff_t>(first + count));
        for (const StoredPassage& passage : store.passages(wanted)) {
            ids.push_back(passage.id);
            texts.push_back(text_of(passage));
        }
        if (!ids.empty() && !embedding.embed(ids, texts)) {
            report.stopped = embedding.error();
            break;
        }
        if (rows.size() >= options.keep_every) {
            if (auto kept = keep_rows(); !kept) return tl::unexpected(kept.error());
        }
        if (options.progress) options.progress(first + count, missing->size());
    }
    if (rows.size() > 0 || report.other_model) {
        if (auto kept = keep_rows(); !kept) return tl::unexpected(kept.error());
    }
    report.refused = embedding.refused();
    report.missing = missing->size() - report.embedded;
    if (auto finished = writer.finish(live); !finished) return tl::unexpected(finished.error());
    return report;
}

Result<std::uint64_t> missing_vectors(const store::Store& store, const Embedder& embedder,
                                      const std::filesystem::path& directory) {
    std::uint64_t passages = 0;
    const auto missing = without_vector(store, writer_of(embedder, directory, 0), passages);
    if (!missing) return tl::unexpected(missing.error());
    return missing->size();
}

}  // namespace raadbot::models
