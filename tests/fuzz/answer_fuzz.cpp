// Answers of a child that has been taken over: any bytes give an error or a result, never more.
#include "retrieval/ingest/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view message(reinterpret_cast<const char*>(data), size);
    static_cast<void>(raadbot::ingest::read_answer(message));
    static_cast<void>(raadbot::ingest::read_request(message));
    return 0;
}
