#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/bench/search/engines.hpp"

namespace raadbot::bench {
namespace {

std::string class_path() {
    const std::filesystem::path jars = "/usr/share/java";
    std::string path;
    if (!std::filesystem::exists(jars)) return path;
    for (const auto& entry : std::filesystem::directory_iterator(jars)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("lucene-core-8") || name.starts_with("lucene-analyzers-common-8")) {
            path += entry.path().string() + ":";
        }
    }
    return path;
}

class Lucene final : public Engine {
public:
    explicit Lucene(std::filesystem::path source) : source_(std::move(source)) {}
    ~Lucene() override { stop(); }
    Lucene(const Lucene&) = delete;
    Lucene& operator=(const Lucene&) = delete;
    std::string name() const override { return "lucene"; }

    Built build(const std::filesystem::path& corpus_file,
                const std::filesystem::path& directory) override {
        start(corpus_file, directory);
        std::istringstream answer(read_line());
        stop();
        std::string word;
        Built built;
        answer >> word >> built.seconds >> built.bytes;
        return built;
    }

    void open(const std::filesystem::path& directory) override { start({}, directory); }

    std::vector<double> run(const Questions& questions) override {
        {
            std::ofstream out(scratch_);
            for (const std::string& question : questions) out << question << '\n';
        }
        std::fprintf(to_, "run %s\n", scratch_.c_str());
        std::fflush(to_);
        std::istringstream answer(read_line());
        std::vector<double> times;
        for (double nanoseconds = 0; answer >> nanoseconds;) times.push_back(nanoseconds / 1e6);
        return times;
    }

private:
    /// The driver in a child: builds first when a corpus is given.
    void start(const std::filesystem::path& corpus_file, const std::filesystem::path& directory) {
        const std::filesystem::path classes = directory.string() + ".classes";
        std::filesystem::create_directories(classes);
        const std::string compile = "javac -cp '" + class_path() + "' -d '" + classes.string() +
                                    "' '" + source_.string() + "'";
        if (std::system(compile.c_str()) != 0) throw std::runtime_error("javac failed");
        int to[2];
        int from[2];
        if (::pipe(to) != 0 || ::pipe(from) != 0) throw std::runtime_error("pipe");
        child_ = ::fork();
        if (child_ == 0) {
            ::dup2(to[0], 0);
            ::dup2(from[1], 1);
            ::close(to[1]);
            ::close(from[0]);
            const std::string path = class_path() + classes.string();
            ::execlp("java", "java", "-Xmx4g", "-XX:+UseSerialGC", "-cp", path.c_str(),
                     "LuceneDriver", directory.c_str(),
                     corpus_file.empty() ? nullptr : corpus_file.c_str(), nullptr);
            ::_exit(127);
        }
        ::close(to[0]);
        ::close(from[1]);
        to_ = ::fdopen(to[1], "w");
        from_ = ::fdopen(from[0], "r");
        scratch_ = directory.string() + ".questions";
    }
    void stop() {
        if (to_ != nullptr) std::fclose(to_);
        if (from_ != nullptr) std::fclose(from_);
        to_ = from_ = nullptr;
        if (child_ > 0) ::waitpid(child_, nullptr, 0);
        child_ = 0;
    }
    std::string read_line() {
        std::string line;
        for (int c = std::fgetc(from_); c != EOF && c != '\n'; c = std::fgetc(from_)) {
            line += static_cast<char>(c);
        }
        if (line.empty()) throw std::runtime_error("the Lucene driver ended");
        return line;
    }
    std::filesystem::path source_;
    std::filesystem::path scratch_;
    pid_t child_ = 0;
    std::FILE* to_ = nullptr;
    std::FILE* from_ = nullptr;
};

}  // namespace

std::unique_ptr<Engine> make_lucene(const std::filesystem::path& driver_source) {
    if (class_path().empty() || std::system("javac -version >/dev/null 2>&1") != 0) return nullptr;
    return std::make_unique<Lucene>(driver_source);
}

}  // namespace raadbot::bench
