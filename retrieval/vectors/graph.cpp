#include "retrieval/vectors/graph.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <system_error>

// Its hand-written float distances are not used; and it defines functions in its header, so that
// only this file may include it.
#define NO_MANUAL_VECTORIZATION
#include <hnswlib/hnswlib.h>

#include "retrieval/index/checksum.hpp"
#include "retrieval/vectors/dot.hpp"

namespace raadbot::vectors {
namespace {

// hnswlib's own advice for a few hundred dimensions: 16 links, twice that at the bottom; 200
// candidates while building.
constexpr std::size_t links = 16;
constexpr std::size_t candidates = 200;

/// What the graph keeps of a point: the number of its row. A query is no row: the address of it,
/// marked by the topmost bit, which no address of a program has.
using Point = std::uint64_t;
constexpr Point query_mark = Point{1} << 63U;

Point point_of(const QuantisedQuery& query) {
    return query_mark | std::bit_cast<std::uintptr_t>(&query);
}

/// One minus the cosine. hnswlib calls it with the points as bytes.
float distance(const void* first, const void* second, const void* context) {
    const VectorFile& file = *static_cast<const VectorFile*>(context);
    Point a = 0;
    Point b = 0;
    std::memcpy(&a, first, sizeof a);
    std::memcpy(&b, second, sizeof b);
    if ((b & query_mark) != 0) std::swap(a, b);
    const std::int8_t* row = file.row(b);
    if ((a & query_mark) != 0) {
        const auto* query =
            std::bit_cast<const QuantisedQuery*>(static_cast<std::uintptr_t>(a & ~query_mark));
        return 1.0F - static_cast<float>(dot(row, query->numbers.data(), file.dimension())) *
                          query->scale * file.scales()[b];
    }
    return 1.0F - static_cast<float>(dot(row, file.row(a), file.dimension())) * file.scales()[a] *
                      file.scales()[b];
}

class Space final : public hnswlib::SpaceInterface<float> {
public:
    explicit Space(const VectorFile& file) : file_(file) {}
    size_t get_data_size() override { return sizeof(Point); }
    hnswlib::DISTFUNC<float> get_dist_func() override { return distance; }
    void* get_dist_func_param() override { return const_cast<VectorFile*>(&file_); }

private:
    const VectorFile& file_;
};

/// A whole file, mapped while it is looked at.
class Bytes {
public:
    explicit Bytes(const std::filesystem::path& path) {
        const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0) return;
        struct stat info {};
        if (::fstat(descriptor, &info) == 0 && info.st_size > 0) {
            size_ = static_cast<std::size_t>(info.st_size);
            data_ = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, descriptor, 0);
            if (data_ == MAP_FAILED) data_ = nullptr;
        }
        ::close(descriptor);
    }
    ~Bytes() {
        if (data_ != nullptr) ::munmap(data_, size_);
    }
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;
    [[nodiscard]] GraphFile sum() const {
        if (data_ == nullptr) return {};
        return {size_, index::crc32c({static_cast<const std::uint8_t*>(data_), size_})};
    }

private:
    void* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace

struct Graph::Impl {
    explicit Impl(std::shared_ptr<const VectorFile> vectors)
        : file(std::move(vectors)), space(*file) {}
    std::shared_ptr<const VectorFile> file;
    Space space;
    std::unique_ptr<hnswlib::HierarchicalNSW<float>> graph;
};

Graph::Graph(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Graph::~Graph() = default;

Graph::Graph(std::shared_ptr<const VectorFile> file)
    : impl_(std::make_unique<Impl>(std::move(file))) {
    impl_->graph = std::make_unique<hnswlib::HierarchicalNSW<float>>(
        &impl_->space, std::max<std::size_t>(1, impl_->file->size()), links, candidates);
}

Result<std::unique_ptr<Graph>> Graph::load(const std::filesystem::path& path,
                                           const GraphFile& expected,
                                           std::shared_ptr<const VectorFile> file) {
    const auto damaged = [&](const char* what) {
        return fail(ErrorCode::corrupt, index::damage_message(path, what));
    };
    const GraphFile found = Bytes(path).sum();
    if (found.size != expected.size || found.checksum != expected.checksum) {
        return damaged("not the file that was written");
    }
    auto impl = std::make_unique<Impl>(std::move(file));
    const std::size_t rows = impl->file->size();
    try {
        impl->graph = std::make_unique<hnswlib::HierarchicalNSW<float>>(&impl->space, path.string(),
                                                                        false, rows);
    } catch (const std::runtime_error& error) {
        return damaged(error.what());
    }
    if (impl->graph->cur_element_count > rows) return damaged("of other vectors");
    return std::unique_ptr<Graph>(new Graph(std::move(impl)));
}

std::size_t Graph::size() const { return impl_->graph->cur_element_count; }

void Graph::add_rest(const std::function<void(std::size_t)>& progress) {
    impl_->file->check();
    for (std::size_t row = size(); row < impl_->file->size(); ++row) {
        const Point point = row;
        impl_->graph->addPoint(&point, row);
        if (progress && row % 1000 == 999) progress(row + 1);
    }
}

std::vector<std::size_t> Graph::nearest(const QuantisedQuery& query, std::size_t k) const {
    const Point point = point_of(query);
    auto found = impl_->graph->searchKnn(&point, k);
    std::vector<std::size_t> rows(found.size());
    for (std::size_t i = rows.size(); i-- > 0;) {
        rows[i] = found.top().second;
        found.pop();
    }
    return rows;
}

GraphFile Graph::save(const std::filesystem::path& path) const {
    impl_->graph->saveIndex(path.string());
    // hnswlib writes through a stream and does not say whether all went well: read again, and
    // synced.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || ::fsync(descriptor) != 0) {
        const int why = errno;
        if (descriptor >= 0) ::close(descriptor);
        throw std::system_error(why, std::generic_category(), path.string() + ": cannot sync");
    }
    ::close(descriptor);
    const GraphFile written = Bytes(path).sum();
    std::uint64_t least = std::uint64_t{size()} * impl_->graph->size_data_per_element_;
    if (written.size < least) {
        throw std::system_error(ENOSPC, std::generic_category(), path.string() + ": cut short");
    }
    return written;
}

}  // namespace raadbot::vectors
