#include "retrieval/index/words.hpp"

#include <algorithm>
#include <cmath>

#include "retrieval/index/segment_format.hpp"
#include "retrieval/index/varint.hpp"

namespace raadbot::index {

namespace format = segment_format;

std::vector<std::uint64_t> trigram_keys(std::string_view word) {
    std::vector<std::uint64_t> letters = {'_', '_'};
    std::uint64_t letter = 0;
    for (const char c : word) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U) {
            letters.back() = ((letters.back() << 6U) | (byte & 0x3FU)) & 0x1FFFFFU;
            continue;
        }
        letter = byte < 0x80U ? byte : byte < 0xE0U ? byte & 0x1FU : byte < 0xF0U ? byte & 0x0FU : byte & 0x07U;
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
    const std::vector<std::uint64_t> keys = trigram_keys(word);
    gram_counts_.push_back(static_cast<std::uint8_t>(std::min<std::size_t>(keys.size(), 255)));
    for (const std::uint64_t key : keys) {
        GramList& list = grams_[key];
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
    out_.begin_section(format::word_grams);
    out_.append(gram_counts_);
    std::vector<std::uint64_t> keys;
    keys.reserve(grams_.size());
    for (const auto& [key, list] : grams_) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    out_.begin_section(format::gram_keys);
    out_.append_values(std::span<const std::uint64_t>(keys));
    std::vector<std::uint32_t> offsets = {0};
    for (const std::uint64_t key : keys) {
        offsets.push_back(offsets.back() + static_cast<std::uint32_t>(grams_[key].bytes.size()));
    }
    out_.begin_section(format::gram_offsets);
    out_.append_values(std::span<const std::uint32_t>(offsets));
    out_.begin_section(format::gram_lists);
    for (const std::uint64_t key : keys) out_.append(grams_[key].bytes);
}

WordTable::WordTable(std::shared_ptr<const PagedFile> file)
    : file_(std::move(file)),
      count_(static_cast<std::uint32_t>(file_->section_size(format::word_grams))),
      runs_(static_cast<std::size_t>(file_->section_size(format::word_runs) / 4)) {
    runs_ = std::min<std::size_t>(
        runs_, (count_ + format::words_in_run - 1) / format::words_in_run);
}

std::span<const std::uint8_t> WordTable::run_bytes(std::size_t run) const {
    const auto runs = file_->values<std::uint32_t>(format::word_runs);
    file_->check_values<std::uint32_t>(format::word_runs, run, run + 1 < runs_ ? 2 : 1);
    const std::uint64_t begin = runs[run];
    const std::uint64_t end =
        run + 1 < runs_ ? runs[run + 1] : file_->section_size(format::words);
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

std::uint32_t WordTable::frequency(std::string_view word) const {
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
    if (low == 0) return 0;
    std::uint32_t found = 0;
    read_run(low - 1, [&](std::uint32_t, const std::string& other, std::uint32_t frequency) {
        if (other == word) found = frequency;
        return other < word;
    });
    return found;
}

std::vector<SimilarWord> WordTable::similar(std::string_view word, float least_similarity) const {
    std::vector<SimilarWord> result;
    if (count_ == 0) return result;
    const std::vector<std::uint64_t> wanted = trigram_keys(word);
    const auto keys = file_->values<std::uint64_t>(format::gram_keys);
    const auto offsets = file_->values<std::uint32_t>(format::gram_offsets);
    if (offsets.size() < keys.size() + 1) return result;
    file_->check_values<std::uint64_t>(format::gram_keys, 0, keys.size());
    file_->check_values<std::uint32_t>(format::gram_offsets, 0, offsets.size());
    // Shared trigrams of every word; a byte each is small enough to be scanned whole.
    thread_local std::vector<std::uint8_t> shared;
    shared.assign(count_, 0);
    for (const std::uint64_t key : wanted) {
        const auto found = std::lower_bound(keys.begin(), keys.end(), key);
        if (found == keys.end() || *found != key) continue;
        const auto i = static_cast<std::size_t>(found - keys.begin());
        if (offsets[i + 1] < offsets[i]) continue;
        std::span<const std::uint8_t> in =
            file_->bytes(format::gram_lists, offsets[i], offsets[i + 1] - offsets[i]);
        std::uint64_t next = 0;
        std::uint64_t gap = 0;
        while (read_varint(in, gap)) {
            next += gap;
            if (next >= count_) break;
            if (shared[next] < 255) ++shared[next];
            ++next;
        }
    }
    const std::span<const std::uint8_t> gram_counts =
        file_->bytes(format::word_grams, 0, count_);
    const auto mine = static_cast<float>(wanted.size());
    // 2 s / (mine + other) >= t and other >= s give s >= t mine / (2 - t).
    const auto least_shared = static_cast<std::uint8_t>(
        std::clamp(std::ceil(least_similarity * mine / (2 - least_similarity) - 0.001F), 1.0F, 255.0F));
    for (std::size_t number = 0; number < count_; ++number) {
        if (shared[number] < least_shared) continue;
        const float dice = 2.0F * static_cast<float>(shared[number]) /
                           (mine + static_cast<float>(gram_counts[number]));
        if (dice < least_similarity) continue;
        read_run(number / format::words_in_run,
                 [&](std::uint32_t at, const std::string& other, std::uint32_t frequency) {
                     if (at == number && other != word) result.push_back({other, frequency, dice});
                     return at < number;
                 });
    }
    return result;
}

void WordTable::for_each(
    const std::function<void(const std::string&, std::uint32_t)>& use) const {
    for (std::size_t run = 0; run < runs_; ++run) {
        read_run(run, [&](std::uint32_t, const std::string& word, std::uint32_t frequency) {
            use(word, frequency);
            return true;
        });
    }
}

}  // namespace raadbot::index
