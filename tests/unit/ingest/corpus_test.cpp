// Replays the kept inputs of the fuzz targets, so that what once broke a parser is tried in every
// run.
#include <filesystem>
#include <functional>

#include "retrieval/ingest/pdf.hpp"
#include "tests/support/parse_fuzz.hpp"
#include "tests/unit/ingest/ingest_test.hpp"

namespace raadbot::ingest {
namespace {

void replay(const std::string& corpus, const std::function<void(const std::string&)>& target) {
    std::size_t files = 0;
    const std::filesystem::path folder =
        std::filesystem::path(RAADBOT_SOURCE_DIR) / "tests/fuzz/corpus" / corpus;
    if (!std::filesystem::exists(folder)) return;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        SCOPED_TRACE(entry.path().string());
        std::ifstream file(entry.path(), std::ios::binary);
        target({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
        ++files;
    }
    testing::Test::RecordProperty(corpus, static_cast<int>(files));
}

std::function<void(const std::string&)> format(Format format, const char* name) {
    return [format, name](const std::string& bytes) {
        fuzz_format(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), format,
                    name);
    };
}

TEST(FuzzCorpus, Markdown) { replay("markdown", format(Format::markdown, "a.md")); }
TEST(FuzzCorpus, Html) { replay("html", format(Format::html, "a.html")); }
TEST(FuzzCorpus, Docx) { replay("docx", format(Format::docx, "a.docx")); }
TEST(FuzzCorpus, WebVtt) { replay("webvtt", format(Format::webvtt, "a.vtt")); }
TEST(FuzzCorpus, Export) { replay("export", format(Format::agenda_export, "a.xml")); }
TEST(FuzzCorpus, Zip) { replay("zip", format(Format::zip, "a.zip")); }
TEST(FuzzCorpus, PdfLayout) {
    replay("pdf_layout", [](const std::string& bytes) { static_cast<void>(lay_out_pdf(bytes)); });
}
TEST(FuzzCorpus, Answer) {
    replay("answer", [](const std::string& bytes) { static_cast<void>(read_answer(bytes)); });
}

}  // namespace
}  // namespace raadbot::ingest
