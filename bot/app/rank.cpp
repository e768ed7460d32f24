// `raadbot rank`: retrieval quality on a collection in BEIR form.
#include "retrieval/index/rank.hpp"

#include <iostream>

#include "bot/app/commands.hpp"

namespace raadbot::app {

int rank(const RankArguments& arguments) {
    index::RankOptions options;
    options.corpus = arguments.corpus;
    options.queries = arguments.queries;
    options.qrels = arguments.qrels;
    options.lexicon_directory = share_dir() / "lexicon";
    const auto figures = index::rank(options);
    if (!figures) return report(figures.error());
    std::cout << index::to_string(*figures) << '\n';
    return exit_good;
}

}  // namespace raadbot::app
