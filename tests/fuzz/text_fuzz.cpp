// Tokens, sentences, folding, lemmas and the Danish reading of any bytes: no crash, ranges inside
// the input and in order, and what is already folded, normalised or a lemma stays as it is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "retrieval/danish/danish_reading.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace raadbot::danish;
    const std::string_view text(reinterpret_cast<const char*>(data), size);

    std::size_t at = 0;
    for (const Token& token : tokenize(text)) {
        require(token.begin >= at && token.begin < token.end && token.end <= size);
        require(!token.text.empty() && is_valid_utf8(token.text));
        const std::string lemma = Morphology::instance().lemma(token.text);
        require(Morphology::instance().lemma(lemma) == lemma);
        at = token.end;
    }
    at = 0;
    for (const Span& span : sentences(text)) {
        require(span.begin >= at && span.begin < span.end && span.end <= size);
        at = span.end;
    }
    const std::string folded = fold(text);
    require(is_valid_utf8(folded));
    require(fold(folded) == folded);
    const std::string valid = to_valid_nfc(text);
    require(is_valid_utf8(valid));
    require(to_valid_nfc(valid) == valid);
    static const auto english =
        EnglishWords::read(std::string(RAADBOT_SOURCE_DIR) + "/config/lexicon/engelsk");
    require(english.has_value());
    require(is_valid_utf8(danish_reading(valid, *english, {})));
    return 0;
}
