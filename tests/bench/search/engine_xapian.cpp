#include <xapian.h>

#include <chrono>
#include <fstream>
#include <sstream>

#include "tests/bench/search/engines.hpp"

namespace raadbot::bench {
namespace {

class XapianEngine final : public Engine {
public:
    std::string name() const override { return "xapian"; }

    Built build(const std::filesystem::path& corpus_file,
                const std::filesystem::path& directory) override {
        const auto begin = std::chrono::steady_clock::now();
        {
            Xapian::WritableDatabase writer(directory.string() + ".raw",
                                            Xapian::DB_CREATE_OR_OVERWRITE);
            std::ifstream in(corpus_file);
            std::string line;
            std::string word;
            while (std::getline(in, line)) {
                Xapian::Document document;
                std::istringstream words(line);
                while (words >> word) {
                    if (word.size() < 240) document.add_term(word);
                }
                writer.add_document(document);
            }
            writer.commit();
            writer.compact(directory.string());
        }
        std::filesystem::remove_all(directory.string() + ".raw");
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
        return {spent.count(), directory_bytes(directory)};
    }

    void open(const std::filesystem::path& directory) override {
        database_ = Xapian::Database(directory.string());
    }

    std::vector<double> run(const Questions& questions) override {
        std::vector<double> times;
        for (const std::string& question : questions) {
            const double before = thread_cpu_ms();
            std::vector<std::string> words;
            std::istringstream in(question);
            for (std::string word; in >> word;) words.push_back(word);
            Xapian::Enquire enquire(database_);
            enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, words.begin(), words.end()));
            found_ += enquire.get_mset(0, 10).size();
            times.push_back(thread_cpu_ms() - before);
        }
        return times;
    }

private:
    Xapian::Database database_;
    std::size_t found_ = 0;
};

}  // namespace

std::unique_ptr<Engine> make_xapian() { return std::make_unique<XapianEngine>(); }

}  // namespace raadbot::bench
