// The layout of what poppler prints, of any bytes; poppler itself runs as a program and is not
// fuzzed here.
#include "retrieval/ingest/pdf.hpp"
#include "tests/support/parse_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto layout = raadbot::ingest::lay_out_pdf({reinterpret_cast<const char*>(data), size});
    for (const auto& block : layout.blocks) {
        if (block.text.empty()) std::abort();
    }
    return 0;
}
