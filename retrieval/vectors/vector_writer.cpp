#include "retrieval/vectors/vector_writer.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "retrieval/vectors/graph.hpp"

namespace raadbot::vectors {
namespace {

/// Held for one change; waits for its turn.
class Lock {
public:
    explicit Lock(const std::filesystem::path& directory) {
        std::filesystem::create_directories(directory);
        const auto path = directory / "lock";
        descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
        if (descriptor_ < 0) fail_with(path);
        while (::flock(descriptor_, LOCK_EX) != 0) {
            if (errno != EINTR) fail_with(path);
        }
    }
    ~Lock() { ::close(descriptor_); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

private:
    [[noreturn]] static void fail_with(const std::filesystem::path& path) {
        throw std::system_error(errno, std::generic_category(), path.string() + ": cannot lock");
    }
    int descriptor_ = -1;
};

using Files = std::vector<std::shared_ptr<const VectorFile>>;

bool lives(const std::vector<PassageId>& live, PassageId id) {
    return std::binary_search(live.begin(), live.end(), id);
}

std::size_t count_gone(const VectorFile& file, const std::vector<PassageId>& live) {
    std::size_t gone = 0;
    for (const PassageId id : file.ids()) gone += lives(live, id) ? 0U : 1U;
    return gone;
}

enum class Gone {
    dropped,
    zeroed
};  ///< Zeroed: the others keep their numbers, which a graph needs.

void append(const VectorFile& file, const std::vector<PassageId>& live, Gone gone, Rows& out) {
    const std::vector<std::int8_t> zeros(file.dimension());
    for (std::size_t i = 0; i < file.size(); ++i) {
        if (lives(live, file.ids()[i])) {
            out.append(file.ids()[i], file.scales()[i], {file.row(i), file.dimension()});
        } else if (gone == Gone::zeroed) {
            out.append(0, 0, zeros);
        }
    }
}

/// The version found, open and checked.
struct Current {
    Catalogue catalogue;
    Files files;
};

Result<Current> read_current(const std::filesystem::path& directory) {
    auto catalogue = read_catalogue(directory);
    if (!catalogue) return tl::unexpected(catalogue.error());
    Current current;
    if (!*catalogue) return current;
    current.catalogue = std::move(**catalogue);
    for (const Part& part : current.catalogue.parts) {
        const auto path = vectors_file(directory, part.number);
        auto file = VectorFile::open(path);
        if (!file) return tl::unexpected(file.error());
        if ((*file)->checksum() != part.checksum || (*file)->size() != part.rows ||
            (*file)->dimension() != current.catalogue.dimension) {
            return fail(ErrorCode::corrupt,
                        index::damage_message(path, "not the file that was written"));
        }
        current.files.push_back(std::move(*file));
    }
    return current;
}

/// Runs `work`, whose reading may meet a damaged page.
template <class Work>
auto checked(Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const index::DamagedIndex& damage) {
        return fail(ErrorCode::corrupt, damage.what());
    }
}

Part write_part(Catalogue& catalogue, index::FileLayer& files,
                const std::filesystem::path& directory, const Rows& rows) {
    Part part;
    part.number = catalogue.next_number++;
    part.rows = rows.size();
    part.checksum = VectorFile::write(files, vectors_file(directory, part.number), rows);
    return part;
}

void publish(Catalogue& catalogue, index::FileLayer& files,
             const std::filesystem::path& directory) {
    ++catalogue.generation;
    write_catalogue(catalogue, files, directory);
}

}  // namespace

VectorWriter::VectorWriter(WriterOptions options)
    : options_(std::move(options)),
      files_(options_.files != nullptr ? *options_.files : index::posix_files()) {}

Result<bool> VectorWriter::of_another_model() const {
    const auto catalogue = read_catalogue(options_.directory);
    if (!catalogue) return tl::unexpected(catalogue.error());
    return *catalogue &&
           ((*catalogue)->model != options_.model || (*catalogue)->dimension != options_.dimension);
}

Result<std::vector<PassageId>> VectorWriter::present() const {
    using Ids = std::vector<PassageId>;
    return checked([&]() -> Result<Ids> {
        const Lock lock(options_.directory);  // So that no file goes while it is read.
        auto current = read_current(options_.directory);
        if (!current) return tl::unexpected(current.error());
        Ids ids;
        if (current->catalogue.model != options_.model ||
            current->catalogue.dimension != options_.dimension) {
            return ids;
        }
        for (const auto& file : current->files) {
            file->check();
            ids.insert(ids.end(), file->ids().begin(), file->ids().end());
        }
        std::sort(ids.begin(), ids.end());
        ids.erase(ids.begin(), std::upper_bound(ids.begin(), ids.end(), PassageId{0}));
        return ids;
    });
}

Result<void> VectorWriter::add(const Rows& rows, const LiveIds& live) {
    return checked([&]() -> Result<void> {
        const Lock lock(options_.directory);
        auto current = read_current(options_.directory);
        if (!current) return tl::unexpected(current.error());
        Catalogue& catalogue = current->catalogue;
        if (catalogue.model != options_.model || catalogue.dimension != options_.dimension) {
            catalogue.model = options_.model;
            catalogue.dimension = options_.dimension;
            catalogue.parts.clear();
            current->files.clear();
        }
        const std::vector<PassageId> ids = live();
        Rows fresh;
        fresh.dimension = rows.dimension;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!lives(ids, rows.ids[i])) continue;
            fresh.append(rows.ids[i], rows.scales[i],
                         std::span(rows.numbers).subspan(i * rows.dimension, rows.dimension));
        }
        // Small parts are taken in, as in a binary counter: a row is copied about log n times in
        // all.
        while (!catalogue.parts.empty() && catalogue.parts.back().graph == 0 &&
               catalogue.parts.back().rows <= 2 * fresh.size()) {
            Rows merged;
            merged.dimension = fresh.dimension;
            current->files.back()->check();
            append(*current->files.back(), ids, Gone::dropped, merged);
            for (std::size_t i = 0; i < fresh.size(); ++i) {
                merged.append(
                    fresh.ids[i], fresh.scales[i],
                    std::span(fresh.numbers).subspan(i * fresh.dimension, fresh.dimension));
            }
            fresh = std::move(merged);
            catalogue.parts.pop_back();
            current->files.pop_back();
        }
        if (fresh.size() > 0) {
            catalogue.parts.push_back(write_part(catalogue, files_, options_.directory, fresh));
        }
        publish(catalogue, files_, options_.directory);
        return {};
    });
}

Result<void> VectorWriter::finish(const LiveIds& live,
                                  const std::function<void(std::size_t, std::size_t)>& progress) {
    return checked([&]() -> Result<void> {
        const Lock lock(options_.directory);
        auto current = read_current(options_.directory);
        if (!current) return tl::unexpected(current.error());
        Catalogue& catalogue = current->catalogue;
        if (catalogue.model != options_.model) return {};
        const std::vector<PassageId> ids = live();
        std::size_t alive = 0;
        std::size_t outside = 0;  // Rows in no graph.
        std::vector<bool> worn;   // More than a quarter of it is gone.
        std::optional<std::size_t> base;
        for (std::size_t i = 0; i < current->files.size(); ++i) {
            current->files[i]->check();
            const std::size_t gone = count_gone(*current->files[i], ids);
            alive += current->files[i]->size() - gone;
            worn.push_back(gone * 4 > current->files[i]->size());
            if (catalogue.parts[i].graph != 0) {
                base = i;
            } else {
                outside += current->files[i]->size();
            }
        }
        const bool graph_is_due = alive > options_.flat_limit &&
                                  (!base || worn[*base] || outside > options_.flat_limit / 10);
        if (!graph_is_due) {
            bool changed = false;
            std::vector<Part> kept;
            for (std::size_t i = 0; i < catalogue.parts.size(); ++i) {
                if (!worn[i]) {
                    kept.push_back(catalogue.parts[i]);
                    continue;
                }
                changed = true;
                Rows rows;
                rows.dimension = catalogue.dimension;
                append(*current->files[i], ids, Gone::dropped, rows);
                if (rows.size() == 0) continue;
                kept.push_back(write_part(catalogue, files_, options_.directory, rows));
            }
            catalogue.parts = std::move(kept);
            if (changed) publish(catalogue, files_, options_.directory);
            return {};
        }
        const bool extend = base && !worn[*base];
        Rows rows;
        rows.dimension = catalogue.dimension;
        if (extend) append(*current->files[*base], ids, Gone::zeroed, rows);
        for (std::size_t i = 0; i < current->files.size(); ++i) {
            if (extend && i == *base) continue;
            append(*current->files[i], ids, Gone::dropped, rows);
        }
        Part part = write_part(catalogue, files_, options_.directory, rows);
        rows = {};
        auto file = VectorFile::open(vectors_file(options_.directory, part.number));
        if (!file) return tl::unexpected(file.error());
        std::unique_ptr<Graph> graph;
        if (extend) {
            const Part& old = catalogue.parts[*base];
            auto loaded = Graph::load(graph_file(options_.directory, old.graph),
                                      {old.graph_size, old.graph_checksum}, *file);
            if (!loaded) return tl::unexpected(loaded.error());
            graph = std::move(*loaded);
        } else {
            graph = std::make_unique<Graph>(*file);
        }
        graph->add_rest([&](std::size_t done) {
            if (progress) progress(done, (*file)->size());
        });
        part.graph = catalogue.next_number++;
        const GraphFile saved = graph->save(graph_file(options_.directory, part.graph));
        part.graph_size = saved.size;
        part.graph_checksum = saved.checksum;
        catalogue.parts = {part};
        publish(catalogue, files_, options_.directory);
        return {};
    });
}

Result<void> forget_gone(const std::filesystem::path& directory, const LiveIds& live,
                         index::FileLayer* given) {
    if (!std::filesystem::exists(directory / "catalogue")) return {};
    index::FileLayer& files = given != nullptr ? *given : index::posix_files();
    return checked([&]() -> Result<void> {
        const Lock lock(directory);
        auto current = read_current(directory);
        if (!current) return tl::unexpected(current.error());
        Catalogue& catalogue = current->catalogue;
        const std::vector<PassageId> ids = live();
        std::vector<Part> kept;
        bool changed = false;
        for (std::size_t i = 0; i < catalogue.parts.size(); ++i) {
            const VectorFile& file = *current->files[i];
            file.check();
            const bool holds_gone =
                std::any_of(file.ids().begin(), file.ids().end(),
                            [&](PassageId id) { return id != 0 && !lives(ids, id); });
            if (!holds_gone) {
                kept.push_back(catalogue.parts[i]);
                continue;
            }
            changed = true;
            const Part& old = catalogue.parts[i];
            Rows rows;
            rows.dimension = catalogue.dimension;
            append(file, ids, old.graph != 0 ? Gone::zeroed : Gone::dropped, rows);
            if (rows.size() == 0) continue;
            Part part = write_part(catalogue, files, directory, rows);
            part.graph = old.graph;
            part.graph_size = old.graph_size;
            part.graph_checksum = old.graph_checksum;
            kept.push_back(part);
        }
        catalogue.parts = std::move(kept);
        if (changed) publish(catalogue, files, directory);
        return {};
    });
}

}  // namespace raadbot::vectors
