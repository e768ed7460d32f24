#include "retrieval/index/words.hpp"

#include <algorithm>
#include <cmath>

#include "retrieval/index/segment_format.hpp"
#include "retrieval/index/varint.hpp"

namespace raadbot::index {

namespace format = segment_format;

namespace {

constexpr std::uint64_t most_words = 1U << 28U;

}  // namespace

std::vector<std::uint64_t> trigram_keys(std::string_view word) {
    std::vector<std::uint64_t> letters = {'_', '_'};
    std::uint64_t letter = 0;
    for (const char c : word) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U) {
            letters.back() = ((letters.back() << 6U) | (byte & 0x3FU)) & 0x1FFFFFU;
            continue;
        }
        letter = byte < 0x80U   ? byte
                 : byte < 0xE0U ? byte & 0x1FU
                 : byte < 0xF0U ? byte & 0x0FU
                                : byte & 0x07U;
        letters.push_back(letter);
    }
    letters.push_back('_');
    letters.push_back('_');
    std::vector<std::uint64_t> keys;
    for (std::size_t i = 0; i + 3 <= letters.size(); ++i) {
        keys.push_back(letters[i] << 42U | letters[i + 1] << 21U | letters[i + 2]);
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

float trigram_weight(double words, double holders) {
    return static_cast<float>(std::log(1 + words / (1 + holders)));
}

WordTableWriter::WordTableWriter(PagedFileWriter& out) : out_(out) {
    out_.begin_section(format::words);
}

void WordTableWriter::add(std::string_view word, std::uint32_t frequency) {
    std::size_t shared = 0;
    if (count_ % format::words_in_run == 0) {
        out_.append(buffer_);
        buffer_.clear();
        runs_.push_back(static_cast<std::uint32_t>(out_.section_size()));
    } else {
        const std::size_t limit = std::min(previous_.size(), word.size());
        while (shared < limit && previous_[shared] == word[shared]) ++shared;
    }
    append_varint(buffer_, shared);
    append_varint(buffer_, word.size() - shared);
    buffer_.insert(buffer_.end(), word.begin() + static_cast<std::ptrdiff_t>(shared), word.end());
    append_varint(buffer_, frequency);
    for (const std::uint64_t key : trigram_keys(word)) {
        GramList& list = grams_[key];
        ++list.count;
        append_varint(list.bytes, count_ - list.next);
        list.next = count_ + 1;
    }
    previous_ = word;
    ++count_;
}

void WordTableWriter::finish() {
    out_.append(buffer_);
    out_.begin_section(format::word_runs);
    out_.append_values(std::span<const std::uint32_t>(runs_));
    std::vector<std::uint64_t> keys;
    keys.reserve(grams_.size());
    for (const auto& [key, list] : grams_) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    out_.begin_section(format::gram_keys);
    out_.append_values(std::span<const std::uint64_t>(keys));
    std::vector<std::uint32_t> offsets = {0};
    for (const std::uint64_t key : keys) {
        GramList& list = grams_[key];
        std::vector<std::uint8_t> bytes;
        append_varint(bytes, list.count);
        bytes.insert(bytes.end(), list.bytes.begin(), list.bytes.end());
        list.bytes = std::move(bytes);
        offsets.push_back(offsets.back() + static_cast<std::uint32_t>(list.bytes.size()));
    }
    out_.begin_section(format::gram_offsets);
    out_.append_values(std::span<const std::uint32_t>(offsets));
    out_.begin_section(format::gram_lists);
    for (const std::uint64_t key : keys) out_.append(grams_[key].bytes);
}

WordTable::WordTable(std::shared_ptr<const PagedFile> file)
    : file_(std::move(file)),
      count_(static_cast<std::uint32_t>(
          std::min<std::uint64_t>(file_->number(format::word_count), most_words))),
      runs_(static_cast<std::size_t>(file_->section_size(format::word_runs) / 4)) {
    count_ =
        static_cast<std::uint32_t>(std::min<std::size_t>(count_, runs_ * format::words_in_run));
    runs_ =
        std::min<std::size_t>(runs_, (count_ + format::words_in_run - 1) / format::words_in_run);
}

std::span<const std::uint8_t> WordTable::run_bytes(std::size_t run) const {
    const auto runs = file_->values<std::uint32_t>(format::word_runs);
    file_->check_values<std::uint32_t>(format::word_runs, run, run + 1 < runs_ ? 2 : 1);
    const std::uint64_t begin = runs[run];
    const std::uint64_t end = run + 1 < runs_ ? runs[run + 1] : file_->section_size(format::words);
    return file_->bytes(format::words, begin, end < begin ? 0 : end - begin);
}

template <class Use>
void WordTable::read_run(std::size_t run, Use use) const {
    std::span<const std::uint8_t> in = run_bytes(run);
    std::string word;
    const std::size_t first = run * format::words_in_run;
    for (std::size_t i = 0; i < format::words_in_run && first + i < count_; ++i) {
        std::uint64_t shared = 0;
        std::uint64_t more = 0;
        std::uint64_t frequency = 0;
        if (!read_varint(in, shared) || !read_varint(in, more) || shared > word.size() ||
            more > in.size()) {
            return;
        }
        word.resize(shared);
        word.append(reinterpret_cast<const char*>(in.data()), more);
        in = in.subspan(more);
        if (!read_varint(in, frequency)) return;
        if (!use(static_cast<std::uint32_t>(first + i), word,
                 static_cast<std::uint32_t>(frequency))) {
            return;
        }
    }
}

std::string WordTable::first_word(std::size_t run) const {
    std::string first;
    read_run(run, [&](std::uint32_t, const std::string& word, std::uint32_t) {
        first = word;
        return false;
    });
    return first;
}

std::size_t WordTable::run_after(std::string_view word) const {
    std::size_t low = 0;
    std::size_t high = runs_;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (first_word(middle) <= word) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

std::uint32_t WordTable::frequency(std::string_view word) const {
    const std::size_t after = run_after(word);
    if (after == 0) return 0;
    std::uint32_t found = 0;
    read_run(after - 1, [&](std::uint32_t, const std::string& other, std::uint32_t frequency) {
        if (other == word) found = frequency;
        return other < word;
    });
    return found;
}

std::vector<std::string> WordTable::with_prefix(std::string_view prefix, std::size_t limit) const {
    std::vector<std::string> found;
    const std::size_t after = run_after(prefix);
    bool beyond = false;
    for (std::size_t run = after == 0 ? 0 : after - 1;
         run < runs_ && !beyond && found.size() < limit; ++run) {
        read_run(run, [&](std::uint32_t, const std::string& word, std::uint32_t) {
            if (word.starts_with(prefix)) {
                found.push_back(word);
            } else if (word > prefix) {
                beyond = true;
            }
            return !beyond && found.size() < limit;
        });
    }
    return found;
}

std::vector<SimilarWord> WordTable::similar(std::string_view word, float least_similarity,
                                            std::size_t limit) const {
    std::string key = SimilarMemory::key(word, least_similarity, limit);
    if (auto known = similar_.find(key)) return std::move(*known);
    std::vector<SimilarWord> found = find_similar(word, least_similarity, limit);
    similar_.keep(std::move(key), found);
    return found;
}

std::vector<SimilarWord> WordTable::find_similar(std::string_view word, float least_similarity,
                                                 std::size_t limit) const {
    std::vector<SimilarWord> result;
    if (count_ == 0 || limit == 0) return result;
    const auto keys = file_->values<std::uint64_t>(format::gram_keys);
    const auto offsets = file_->values<std::uint32_t>(format::gram_offsets);
    if (offsets.size() < keys.size() + 1) return result;
    file_->check_values<std::uint64_t>(format::gram_keys, 0, keys.size());
    file_->check_values<std::uint32_t>(format::gram_offsets, 0, offsets.size());
    const double all = count_;
    float total = 0;
    thread_local std::vector<float> weights;
    weights.assign(count_, 0);
    float* const shared = weights.data();
    for (const std::uint64_t key : trigram_keys(word)) {
        const auto found = std::lower_bound(keys.begin(), keys.end(), key);
        const auto i = static_cast<std::size_t>(found - keys.begin());
        if (found == keys.end() || *found != key || offsets[i + 1] < offsets[i]) {
            total += trigram_weight(all, 0);
            continue;
        }
        std::span<const std::uint8_t> in =
            file_->bytes(format::gram_lists, offsets[i], offsets[i + 1] - offsets[i]);
        std::uint64_t holders = 0;
        if (!read_varint(in, holders)) continue;
        const float weight = trigram_weight(all, static_cast<double>(holders));
        total += weight;
        std::uint64_t next = 0;
        std::uint64_t gap = 0;
        while (read_varint(in, gap)) {
            next += gap;
            if (next >= count_) break;
            shared[next] += weight;
            ++next;
        }
    }
    struct Numbered {
        float similarity;
        std::uint32_t number;
    };
    std::vector<Numbered> best;
    const float least = least_similarity * total;
    for (std::uint32_t number = 0; number < count_; ++number) {
        if (shared[number] >= least) best.push_back({shared[number] / total, number});
    }
    // Only the best are read: one more than asked for, since the word may find itself, and all that
    // are as similar as the last of them.
    if (best.size() > limit + 1) {
        const auto more_similar = [](const Numbered& a, const Numbered& b) {
            return a.similarity > b.similarity;
        };
        const auto last = best.begin() + static_cast<std::ptrdiff_t>(limit);
        std::nth_element(best.begin(), last, best.end(), more_similar);
        const float enough = last->similarity;
        std::erase_if(best, [&](const Numbered& one) { return one.similarity < enough; });
    }
    for (const Numbered& one : best) {
        read_run(one.number / format::words_in_run,
                 [&](std::uint32_t at, const std::string& other, std::uint32_t frequency) {
                     if (at == one.number && other != word) {
                         result.push_back({other, frequency, one.similarity});
                     }
                     return at < one.number;
                 });
    }
    std::sort(result.begin(), result.end(), more_similar);
    if (result.size() > limit) result.resize(limit);
    return result;
}

void WordTable::for_each(const std::function<void(const std::string&, std::uint32_t)>& use) const {
    for (std::size_t run = 0; run < runs_; ++run) {
        read_run(run, [&](std::uint32_t, const std::string& word, std::uint32_t frequency) {
            use(word, frequency);
            return true;
        });
    }
}

}  // namespace raadbot::index
