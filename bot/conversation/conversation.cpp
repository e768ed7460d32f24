#include "bot/conversation/conversation.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <stdexcept>

#include "bot/conversation/guards.hpp"
#include "bot/conversation/handoff.hpp"
#include "bot/conversation/related.hpp"
#include "bot/conversation/texts.hpp"
#include "bot/conversation/wording.hpp"
#include "bot/ports.hpp"
#include "retrieval/answer/access.hpp"
#include "retrieval/answer/engine.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/danish/lexicon.hpp"
#include "retrieval/danish/personal_data.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/models/stored_texts.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::bot {
namespace {

constexpr std::size_t longest_question = 2000;  // Bytes; longer text is cut at a character.
constexpr std::string_view secret_setting = "answer_secret";

std::string hex(const unsigned char* bytes, std::size_t count) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text.push_back(digits[bytes[i] >> 4U]);
        text.push_back(digits[bytes[i] & 15U]);
    }
    return text;
}

/// The key of answer ids: ids must not let anyone try out which questions were asked.
std::string secret_of(store::Store& store) {
    if (auto secret = store.setting(secret_setting)) return *secret;
    std::array<unsigned char, 32> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("no random numbers from the system");
    }
    std::string secret = hex(bytes.data(), bytes.size());
    store.put_setting(secret_setting, secret);
    return secret;
}

std::string cut(std::string text) {
    if (text.size() <= longest_question) return text;
    std::size_t end = longest_question;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text;
}

class ConversationImpl final : public Conversation {
public:
    ConversationImpl(ConversationOptions options, Texts texts, std::unique_ptr<index::Index> index,
                     std::unique_ptr<store::Store> store)
        : options_(std::move(options)),
          texts_(std::move(texts)),
          engine_(options_.lexicon, options_.municipality),
          index_(std::move(index)),
          secret_(secret_of(*store)) {
        stores_.push_back(std::move(store));
    }

    Reply reply(const Message& message) override {
        return with_store(
            [&](store::Store& store) { return reply_from(message, store, options_.models.get()); });
    }

    std::optional<Reply> kept(std::string_view answer_id, const std::vector<Audience>& audiences,
                              Timestamp now) override {
        return with_store([&](store::Store& store) -> std::optional<Reply> {
            const auto kept = store.kept_answer(AnswerId{std::string(answer_id)});
            if (!kept || store.setting("paused")) return std::nullopt;
            answer::Question asker;
            asker.audiences = audiences;
            asker.now = now;
            const answer::Access access = answer::access_of(asker, store);
            const auto shown = store.passages(kept->passages);
            for (const StoredPassage& passage : shown) {
                if (!access.admits(passage)) return std::nullopt;
            }
            auto reply = reply_from_json(kept->json);
            if (!reply) return std::nullopt;
            if (kept->superseded) {
                // What was cited is replaced; who may see the new version may see the old answer.
                for (const DocumentId& document : kept->documents) {
                    const auto now_there = store.document_passages(document);
                    if (now_there.empty() || !access.admits(now_there.front())) return std::nullopt;
                }
                const Date date = danish::copenhagen_date(*kept->superseded);
                const std::string day = reply->language == "en" ? danish::english_date(date)
                                                                : danish::danish_date(date);
                reply->notes.insert(
                    reply->notes.begin(),
                    texts_.get(reply->language, "note.superseded", {{"date", day}}));
            }
            if (shown.size() == kept->passages.size()) add_related(*reply, shown, store, access);
            return std::move(*reply);
        });
    }

    bool feedback(std::string_view answer_id, bool helpful, std::string_view comment, Timestamp now,
                  std::string_view key) override {
        return with_store([&](store::Store& store) {
            const AnswerId id{std::string(answer_id)};
            if (!store.kept_answer(id)) return false;
            store.add_feedback(id, helpful, danish::mask_personal_data(cut(std::string(comment))),
                               now, key);
            return true;
        });
    }

    bool take_back(std::string_view key) override {
        return with_store([&](store::Store& store) { return store.remove_feedback(key); });
    }

    std::vector<std::string> example_questions(std::string_view language) override {
        const std::string version = index_->snapshot()->version();
        const std::lock_guard lock(examples_mutex_);
        auto& [known_version, questions] = examples_[language == "en" ? 1 : 0];
        if (known_version == version) return questions;
        questions.clear();
        for (const std::string& candidate : texts_.example_questions(language)) {
            Message message;
            message.text = candidate;
            message.now = SystemClock().now();
            message.channel = {};  // Not a person's question: neither kept nor counted.
            const Reply tried = with_store(
                [&](store::Store& store) { return reply_from(message, store, nullptr); });
            if (tried.kind == ReplyKind::answered) questions.push_back(candidate);
        }
        known_version = version;
        return questions;
    }

    void refresh() override {
        const std::lock_guard lock(refresh_mutex_);
        static_cast<void>(
            index_->refresh());  // A damaged newer version leaves the old one serving.
        if (options_.models != nullptr) options_.models->refresh();
    }

private:
    template <class Work>
    auto with_store(Work work) -> decltype(work(std::declval<store::Store&>())) {
        std::unique_ptr<store::Store> mine;
        {
            const std::lock_guard lock(stores_mutex_);
            if (!stores_.empty()) {
                mine = std::move(stores_.back());
                stores_.pop_back();
            }
        }
        if (!mine) mine = store::Store::open(options_.data_dir);
        struct Return {
            ConversationImpl& owner;
            std::unique_ptr<store::Store>& store;
            ~Return() {
                const std::lock_guard lock(owner.stores_mutex_);
                owner.stores_.push_back(std::move(store));
            }
        };
        const Return give_back{*this, mine};
        return work(*mine);
    }

    /// `with` may be null: models take part in what people ask, not in what the bot tries for
    /// itself.
    Reply reply_from(const Message& message, store::Store& store, models::ModelSearch* with) {
        answer::Question question;
        question.text = cut(danish::to_valid_nfc(message.text));
        for (const std::string& earlier : message.previous) {
            question.previous.push_back(cut(danish::to_valid_nfc(earlier)));
        }
        question.audiences = message.audiences;
        question.now = message.now;

        answer::Outcome outcome;
        std::vector<std::string> helpers;
        const auto snapshot = index_->snapshot();
        const auto paused = store.setting("paused");
        if (const auto step = paused ? HandoffStep::none : handoff_step(message);
            step != HandoffStep::none) {
            return hand_off(message, step, store,
                            {texts_, options_.public_url, options_.contact, options_.keep_answers});
        }
        const auto refusal = paused ? std::optional(answer::RefusalReason::paused)
                                    : guard(question.text, question.previous);
        if (refusal) {
            outcome.language = std::string(danish::question_language(question.text));
            outcome.index_version = snapshot->version();
            answer::NoProof none;
            none.reason = *refusal;
            outcome.result = std::move(none);
        } else {
            if (with != nullptr) {
                const auto view =
                    with->view(snapshot, std::make_shared<models::StoredTexts>(store));
                outcome = engine_.answer(question, store, *view);
                helpers = view->helpers();
            } else {
                outcome = engine_.answer(question, store, *snapshot);
            }
        }
        const answer::Access access = answer::access_of(question, store);
        std::vector<SourceKind> searched;
        for (const SourceId& id : access.usable) {
            if (const auto source = store.source(id)) searched.push_back(source->kind);
        }
        Reply reply = put_into_words(outcome, {texts_, options_.municipality, options_.contact,
                                               searched, paused.value_or(""), helpers});
        if (const auto* proof = std::get_if<answer::Proof>(&outcome.result);
            proof != nullptr && !message.channel.empty() && options_.keep_answers) {
            reply.follow_ups = follow_ups(question, *proof, reply.language, store, *snapshot);
        }
        reply.answer_id = id_of(question, reply, helpers);
        reply.permalink = options_.public_url + "/svar/" + reply.answer_id;
        if (!paused) offer_handoff(message, reply, texts_);
        if (!message.channel.empty() && options_.keep_answers) keep(message, outcome, reply, store);
        // After it is kept: what belongs to a source may go before the source does.
        if (const auto* proof = std::get_if<answer::Proof>(&outcome.result)) {
            std::vector<StoredPassage> shown;
            for (const answer::SourceCard& card : proof->cards) shown.push_back(card.passage);
            add_related(reply, shown, store, access);
        }
        return reply;
    }

    /// Next questions out of the material around the quotes; none that would be refused.
    std::vector<std::string> follow_ups(const answer::Question& question,
                                        const answer::Proof& proof, const std::string& language,
                                        store::Store& store,
                                        const index::Snapshot& snapshot) const {
        constexpr std::size_t most_suggested = 3;
        constexpr std::size_t most_tried = 6;
        std::vector<std::string> result;
        std::size_t tried = 0;
        for (const answer::Neighbour& neighbour :
             answer::Engine::neighbours(question, proof, store)) {
            if (result.size() == most_suggested || tried++ == most_tried) break;
            answer::Question next{
                suggestion(texts_, language, neighbour), {}, question.audiences, question.now};
            if (guard(next.text)) continue;
            const answer::Outcome outcome = engine_.answer(next, store, snapshot);
            const auto* told = std::get_if<answer::Proof>(&outcome.result);
            if (told == nullptr) continue;
            const bool from_there = std::any_of(
                told->cards.begin(), told->cards.end(),
                [&](const auto& card) { return card.passage.document == neighbour.document; });
            if (from_there) result.push_back(std::move(next.text));
        }
        return result;
    }

    /// The same question of the same asker class on the same day from the same material, found with
    /// the help of the same models, has the same id.
    std::string id_of(const answer::Question& question, const Reply& reply,
                      const std::vector<std::string>& helpers) const {
        std::string text = danish::mask_personal_data(danish::fold(question.text));
        for (const std::string& earlier : question.previous) text += "\n" + danish::fold(earlier);
        for (const Audience& audience : widen(question.audiences)) text += "\n" + audience.value;
        text +=
            "\n" + to_string(danish::copenhagen_date(question.now)) + "\n" + reply.index_version;
        for (const std::string& helper : helpers) text += "\n" + helper;
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int size = 0;
        HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
             &size);
        return hex(digest.data(), 12);
    }

    void keep(const Message& message, const answer::Outcome& outcome, const Reply& reply,
              store::Store& store) const {
        store::KeptAnswer kept;
        kept.id = AnswerId{reply.answer_id};
        kept.json = reply_json(reply, {}, 0);
        kept.index_version = reply.index_version;
        kept.created = message.now;
        if (const auto* proof = std::get_if<answer::Proof>(&outcome.result)) {
            for (const answer::SourceCard& card : proof->cards)
                kept.passages.push_back(card.passage.id);
        } else if (const auto* none = std::get_if<answer::NoProof>(&outcome.result);
                   none != nullptr && none->nearest) {
            kept.passages.push_back(none->nearest->passage.id);
        }
        store.in_transaction([&] {
            store.keep_answer(kept);
            store.count_answer(danish::copenhagen_date(message.now), message.channel,
                               reply.kind == ReplyKind::answered  ? "answered"
                               : reply.kind == ReplyKind::refused ? "refused"
                                                                  : "clarify",
                               reply.reason);
            if (reply.reason == "no_answer_in_material" || reply.reason == "out_of_scope") {
                store::Ledger(store).add_unanswered(
                    danish::copenhagen_date(message.now),
                    danish::mask_personal_data(cut(danish::to_valid_nfc(message.text))),
                    reply.reason);
            }
        });
    }

    ConversationOptions options_;
    Texts texts_;
    answer::Engine engine_;
    std::unique_ptr<index::Index> index_;
    std::string secret_;
    std::mutex refresh_mutex_;
    std::mutex stores_mutex_;
    std::vector<std::unique_ptr<store::Store>> stores_;
    std::mutex examples_mutex_;
    std::array<std::pair<std::string, std::vector<std::string>>, 2> examples_;
};

}  // namespace

Result<std::unique_ptr<Conversation>> Conversation::open(ConversationOptions options) {
    auto texts = Texts::load(options.texts_dir);
    if (!texts) return tl::unexpected(texts.error());
    auto index = index::Index::open_read_only({options.data_dir / "index", options.lexicon});
    if (!index) return tl::unexpected(index.error());
    auto store = store::Store::open(options.data_dir);
    return std::unique_ptr<Conversation>(new ConversationImpl(std::move(options), std::move(*texts),
                                                              std::move(*index), std::move(store)));
}

}  // namespace raadbot::bot
