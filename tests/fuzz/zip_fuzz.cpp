// ZIPs of papers, of any bytes; corpus files are whole containers.
#include "tests/support/parse_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return raadbot::ingest::fuzz_format(data, size, raadbot::ingest::Format::zip, "a.zip");
}
