#include "bot/app/lexicon.hpp"

#include <filesystem>
#include <map>
#include <mutex>

namespace raadbot::app {

Result<std::shared_ptr<const danish::Lexicon>> lexicon_of(const Config& config) {
    static std::mutex mutex;
    static std::map<std::filesystem::path, std::weak_ptr<const danish::Lexicon>> held;
    const std::lock_guard lock(mutex);
    std::weak_ptr<const danish::Lexicon>& known = held[config.lexicon_dir];
    if (auto lexicon = known.lock()) return lexicon;
    auto lexicon = danish::Lexicon::load(config.lexicon_dir);
    if (lexicon) known = *lexicon;
    return lexicon;
}

}  // namespace raadbot::app
