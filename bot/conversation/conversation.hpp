// A conversation's one entry: a message in, the reply that every channel shows out.
//
// Guards (personal data, policy making, instructions, closed items) come first, then the follow-up
// is resolved, then the material is asked, then the outcome is put into words. Safe from several
// threads at once; never throws for any text.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "bot/message.hpp"
#include "retrieval/danish/lexicon.hpp"
#include "retrieval/index/search.hpp"
#include "retrieval/models/model_search.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::bot {

struct ConversationOptions {
    std::filesystem::path data_dir;
    std::shared_ptr<const danish::Lexicon> lexicon;  ///< Not null.
    std::filesystem::path texts_dir;                 ///< config/texts: da.toml, en.toml
    std::string municipality;                        ///< "Egelund Kommune"
    std::string public_url;  ///< Base of permalinks, without a trailing slash.
    Contact contact;
    bool keep_answers = true;                     ///< For permalinks; off in batch runs.
    std::shared_ptr<models::ModelSearch> models;  ///< What neural models add; null: nothing.
};

class Conversation {
public:
    /// Errors: invalid_config (texts), not_found (nothing ingested yet), corrupt.
    [[nodiscard]] static Result<std::unique_ptr<Conversation>> open(ConversationOptions options);
    virtual ~Conversation() = default;

    [[nodiscard]] virtual Reply reply(const Message& message) = 0;

    /// The kept reply behind a permalink, when everything it cites may still be shown to
    /// `audiences`.
    [[nodiscard]] virtual std::optional<Reply> kept(std::string_view answer_id,
                                                    const std::vector<Audience>& audiences,
                                                    Timestamp now) = 0;
    /// "Was this helpful?": false when the answer is not known. `key` names the vote for ever: the
    /// same one again, after a crash, counts once; empty: a vote of its own. Only a digest is kept.
    virtual bool feedback(std::string_view answer_id, bool helpful, std::string_view comment,
                          Timestamp now, std::string_view key) = 0;
    /// The vote of that key is taken back; false when there is none.
    virtual bool take_back(std::string_view key) = 0;
    /// Questions to show on an empty page, in the given language; all are answered by the material.
    [[nodiscard]] virtual std::vector<std::string> example_questions(std::string_view language) = 0;
    /// Picks up a newer index, if there is one. Cheap; called between questions.
    virtual void refresh() = 0;
};

/// The contract's JSON (design §5) of a reply. `elapsed_ms` is the caller's measurement.
[[nodiscard]] std::string reply_json(const Reply& reply, std::string_view id, double elapsed_ms);
[[nodiscard]] Result<Reply> reply_from_json(std::string_view json);

}  // namespace raadbot::bot
