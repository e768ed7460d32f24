#include "retrieval/danish/danish_reading.hpp"

#include <cctype>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "retrieval/danish/english_chunks.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

using Words = std::unordered_set<std::string_view>;

std::string_view be_in_danish(std::string_view word) {
    if (word == "be") return "være";
    if (word == "been") return "blevet";
    return was(word) ? "var" : "er";
}

/// "The rent" is "huslejen"; a word whose definite form the dictionary does not know stays.
std::string definite(const std::string& noun) {
    const Morphology& morphology = Morphology::instance();
    const std::string lemma = morphology.lemma(noun);
    if (lemma != noun) return noun;
    const bool ends_in_e = noun.ends_with('e');
    for (const std::string_view ending : {ends_in_e ? "n" : "en", ends_in_e ? "t" : "et"}) {
        std::string form = noun + std::string(ending);
        if (morphology.known(form) && morphology.lemma(form) == lemma) return form;
    }
    return noun;
}

/// "Stemmer" of "stemme"; a word whose plural the dictionary does not know stays.
std::string plural(const std::string& noun) {
    const Morphology& morphology = Morphology::instance();
    if (morphology.lemma(noun) != noun) return noun;
    const bool ends_in_e = noun.ends_with('e');
    for (const std::string_view ending : {ends_in_e ? "r" : "er", "e"}) {
        std::string form = noun + std::string(ending);
        if (!form.ends_with("ee") && morphology.known(form) && morphology.lemma(form) == noun)
            return form;
    }
    return noun;
}

class Reader {
public:
    Reader(std::vector<Chunk> chunks, const EnglishWords& words, const UsedWords& used)
        : chunks_(std::move(chunks)), words_(words), used_(used) {}

    std::string read() {
        std::size_t begin = 0;
        for (std::size_t i = 0; i < chunks_.size(); ++i) {
            if (chunks_[i].mark == 0 && i + 1 < chunks_.size()) continue;
            read_clause(begin, i + 1);
            if (chunks_[i].mark != 0 && !out_.empty()) out_ += chunks_[i].mark;
            begin = i + 1;
        }
        return std::move(out_);
    }

private:
    enum class Last { nothing, subject, verb, modal, noun, preposition, other };

    [[nodiscard]] const Chunk* at(std::size_t i) const { return i < end_ ? &chunks_[i] : nullptr; }
    [[nodiscard]] bool is(std::size_t i, std::string_view word) const {
        return i < end_ && chunks_[i].text == word;
    }
    [[nodiscard]] bool is_helper(std::size_t i) const {
        return i < end_ && (is_do(chunks_[i].text) || is_be(chunks_[i].text) ||
                            modals().contains(chunks_[i].text) || is_have(chunks_[i].text));
    }

    void say(std::string_view danish) {
        if (danish.empty()) return;
        if (!out_.empty()) out_ += ' ';
        out_ += danish;
    }

    void read_clause(std::size_t begin, std::size_t end) {
        end_ = end;
        last_ = Last::nothing;
        finite_ = modal_ = definite_ = false;
        for (std::size_t i = begin; i < end;) i = read_at(i, begin);
    }

    /// Says what stands there and gives what follows it.
    std::size_t read_at(std::size_t i, std::size_t begin) {
        const Chunk& chunk = chunks_[i];
        if (is_do(chunk.text)) {
            if (const auto next = read_do(i)) return *next;
            return i + 1;
        }
        if (chunk.text == "be") {
            say("være");
            last_ = Last::verb;
            return i + 1;
        }
        if (is_be(chunk.text)) {
            if (const auto next = read_going_on(i)) return *next;
            finite_ = true;
            last_ = Last::verb;
            const bool passive = was(chunk.text) && participle_ahead(i + 1);
            say(passive ? "blev" : be_in_danish(chunk.text));
            return i + 1;
        }
        if (is_have(chunk.text)) return read_have(i);
        const bool month = chunk.text == "may" && (chunk.capital || last_ == Last::preposition) &&
                           i > begin && is_preposition(chunks_[i - 1].text);
        if (month) {
            say("maj");
            last_ = Last::other;
            return i + 1;
        }
        if (const auto modal = modals().find(chunk.text); modal != modals().end()) {
            finite_ = modal_ = true;
            last_ = Last::modal;
            say(modal->second);
            return i + 1;
        }
        if (chunk.text == "to") return read_to(i);
        if (chunk.text == "not") {
            say("ikke");
            return i + 1;
        }
        if (const EnglishSense* question = sense_of(chunk, EnglishClass::question)) {
            // "When the ferry stops" inside a sentence asks nothing.
            const bool asks = i == begin || !finite_ || is_helper(i + 1);
            if (!asks && chunk.text == "when") {
                say("når");
            } else if ((!asks || last_ == Last::noun) &&
                       (chunk.text == "who" || chunk.text == "which")) {
                say("som");
            } else if (chunk.text == "how much" && asks_for_price(i + 1)) {
                say(is_sum(i + 1) ? "hvad er" : "hvad koster");
                finite_ = true;
                last_ = Last::preposition;
                return i + 2;
            } else if (chunk.text == "what" && at(i + 1) != nullptr && !is_helper(i + 1) &&
                       sense_of(chunks_[i + 1], EnglishClass::noun) != nullptr) {
                say("hvilke");
            } else {
                say(words_.danish(*question));
            }
            // "Who pays", "what happens"
            last_ = chunk.text == "who" || chunk.text == "what" ? Last::subject : Last::other;
            return i + 1;
        }
        if (chunk.senses == nullptr && determiner_at(i)) return read_determiner(i);
        if (chunk.senses == nullptr) {
            if (const auto pronoun = pronouns().find(chunk.text); pronoun != pronouns().end()) {
                say(chunk.text == "that" && last_ == Last::noun ? "som" : pronoun->second);
                last_ = Last::subject;
                return i + 1;
            }
        }
        // "A 4 year old", "my 15-year-old"
        if (std::isdigit(static_cast<unsigned char>(chunk.text.front())) != 0) {
            const std::size_t old = chunk.text.find("-year-old");
            const bool apart = is(i + 1, "year old") || is(i + 1, "year olds");
            if (apart || old != std::string::npos) {
                say_noun(chunk.text.substr(0, old) + "-årig", false);
                return apart ? i + 2 : i + 1;
            }
        }
        read_word(i);
        return i + 1;
    }

    /// "How much is a place", "how much are the tickets"; not "how much is left", "is he paid".
    [[nodiscard]] bool asks_for_price(std::size_t be) const {
        if (be + 1 >= end_ || !is_be(chunks_[be].text)) return false;
        for (std::size_t k = be + 1; k < end_; ++k) {
            static const Words others{"left", "there", "allowed", "paid"};
            if (others.contains(chunks_[k].text)) return false;
        }
        return !participle_ahead(be + 1);
    }

    /// "How much is the fee": itself a sum.
    [[nodiscard]] bool is_sum(std::size_t be) const {
        static const Words sums{"fee",       "price",        "rent",    "cost",    "rate", "charge",
                                "tax",       "fine",         "deposit", "salary",  "pay",  "grant",
                                "allowance", "remuneration", "benefit", "subsidy", "fees"};
        for (std::size_t k = be + 1; k < end_ && chunks_[k].text != "for"; ++k) {
            if (sums.contains(chunks_[k].text)) return true;
        }
        return false;
    }

    [[nodiscard]] bool determiner_at(std::size_t i) const {
        const std::string& text = chunks_[i].text;
        if (!determiners().contains(text)) return false;
        // "That" and "her" by themselves stand for something.
        const bool either = pronouns().contains(text) || text == "her";
        return !either || (at(i + 1) != nullptr && chunks_[i].mark == 0 &&
                           (sense_of(chunks_[i + 1], EnglishClass::noun) != nullptr ||
                            sense_of(chunks_[i + 1], EnglishClass::adjective) != nullptr));
    }

    std::size_t read_determiner(std::size_t i) {
        static const Words units{"day",   "week",   "month", "year", "hour",
                                 "night", "person", "child", "time", "minute"};
        const std::string& text = chunks_[i].text;
        const bool rate = (text == "a" || text == "an" || text == "each" || text == "every") &&
                          at(i + 1) != nullptr && units.contains(chunks_[i + 1].text) &&
                          last_ != Last::preposition && last_ != Last::verb;
        say(rate ? std::string_view("pr.") : determiners().at(text));
        definite_ = text == "the";
        last_ = Last::preposition;
        return i + 1;
    }

    /// Where the verb stands that "do" helps, behind its subject.
    [[nodiscard]] std::optional<std::size_t> helped_verb(std::size_t from) const {
        static const Words conjunctions{"if",      "until", "till",    "before", "after",
                                        "because", "while", "and",     "or",     "but",
                                        "that",    "so",    "without", "unless"};
        std::optional<std::size_t> found;
        std::optional<std::size_t> described_one;  // "For a 1 year old cost"
        for (std::size_t k = from; k < end_; ++k) {
            const Chunk& chunk = chunks_[k];
            const bool own = chunk.text == "have" || chunk.text == "do";
            if (sense_of(chunk, EnglishClass::question) != nullptr || chunk.text == "if" ||
                (found && conjunctions.contains(chunk.text)))
                break;
            if (verb_of(chunk, EnglishForm::base) == nullptr && !own) continue;
            if (k > from) {
                const std::string& before = chunks_[k - 1].text;
                const bool of_noun = determiners().contains(before) &&
                                     !pronouns().contains(before) && before != "her";
                const bool described =
                    !own && sense_of(chunks_[k - 1], EnglishClass::adjective) != nullptr &&
                    !is_only_verb(chunk);
                if (described) described_one = k;
                if (of_noun || described || before == "to") continue;
                if (is_preposition(before)) continue;
            }
            if (own || is_only_verb(chunk)) return k;
            // "Does the council plan cost": the last that may be one.
            const bool right_behind = k == from + 1 && pronouns().contains(chunks_[from].text);
            if (right_behind) return k;
            if (k > from) found = k;
        }
        return found ? found : described_one;
    }

    void read_subject(std::size_t from, std::size_t to) {
        const bool before = std::exchange(finite_, true);
        const std::size_t end = std::exchange(end_, to);
        last_ = Last::preposition;  // Nouns are expected.
        for (std::size_t k = from; k < to;) k = read_at(k, from);
        end_ = end;
        finite_ = before;
    }

    /// A verb of several words leaves the others behind its subject: "ringer jeg til".
    void say_turned(std::string_view verb, std::size_t subject, std::size_t subject_end,
                    bool denied) {
        const std::size_t space = verb.find(' ');
        say(verb.substr(0, space));
        read_subject(subject, subject_end);
        if (denied) say("ikke");
        if (space != std::string_view::npos) say(verb.substr(space + 1));
        finite_ = true;
        last_ = Last::verb;
    }

    std::optional<std::size_t> read_do(std::size_t i) {
        const bool past = chunks_[i].text == "did";
        const bool denied = is(i + 1, "not");
        const std::size_t subject = denied ? i + 2 : i + 1;
        const auto verb = helped_verb(subject);
        if (!verb) return std::nullopt;
        std::size_t subject_end = *verb;
        bool denies = denied;
        if (subject_end > subject && chunks_[subject_end - 1].text == "not") {
            denies = true;
            --subject_end;
        }
        const std::string& text = chunks_[*verb].text;
        if (is(*verb + 1, "to") &&
            (text == "have" || text == "need" || text == "want" || text == "like")) {
            const bool must = text == "have" || text == "need";
            say_turned(must ? (past ? "skulle" : "skal") : "vil", subject, subject_end, denies);
            last_ = Last::modal;
            modal_ = true;
            return *verb + 2;
        }
        if (text == "have") {
            say_turned(past ? "havde" : "har", subject, subject_end, denies);
        } else if (text == "do") {
            say_turned(past ? "gjorde" : "gør", subject, subject_end, denies);
        } else {
            const EnglishSense* sense = verb_of(chunks_[*verb], EnglishForm::base);
            say_turned(words_.danish(*sense, past ? VerbForm::past : VerbForm::present), subject,
                       subject_end, denies);
        }
        return *verb + 1;
    }

    [[nodiscard]] bool participle_ahead(std::size_t from) const {
        for (std::size_t k = from; k < end_; ++k) {
            if (is_helper(k) || sense_of(chunks_[k], EnglishClass::question) != nullptr)
                return false;
            if (verb_of(chunks_[k], EnglishForm::participle) != nullptr &&
                sense_of(chunks_[k], EnglishClass::adjective) == nullptr)
                return true;
        }
        return false;
    }

    /// "Is the school closing", "I am moving", "are they going to build".
    std::optional<std::size_t> read_going_on(std::size_t i) {
        const bool past = was(chunks_[i].text);
        for (std::size_t k = i + 1; k < end_; ++k) {
            const Chunk& chunk = chunks_[k];
            if (chunk.text == "going to" && at(k + 1) != nullptr &&
                verb_of(chunks_[k + 1], EnglishForm::base) != nullptr) {
                say_turned("skal", i + 1, k, false);
                last_ = Last::modal;
                modal_ = true;
                return k + 1;
            }
            if (is_helper(k) || sense_of(chunk, EnglishClass::question) != nullptr ||
                sense_of(chunk, EnglishClass::other) != nullptr || chunk.text == "to")
                return std::nullopt;
            const bool determined = k > i + 1 && determiners().contains(chunks_[k - 1].text);
            if (determined) continue;
            const bool will =
                (chunk.text == "going" || chunk.text == "supposed" || chunk.text == "allowed") &&
                is(k + 1, "to");
            if (will) {
                say_turned(chunk.text == "allowed" ? "må" : "skal", i + 1, k, false);
                last_ = Last::modal;
                modal_ = true;
                return k + 2;
            }
            const EnglishSense* sense = verb_of(chunk, EnglishForm::gerund);
            const bool behind_pronoun =
                pronouns().contains(chunks_[k - 1].text) || chunks_[k - 1].text == "not";
            const bool noun = sense_of(chunk, EnglishClass::noun) != nullptr && !behind_pronoun;
            if (sense == nullptr || noun) continue;
            say_turned(words_.danish(*sense, past ? VerbForm::past : VerbForm::present), i + 1, k,
                       false);
            return k + 1;
        }
        return std::nullopt;
    }

    std::size_t read_have(std::size_t i) {
        const bool past = chunks_[i].text == "had";
        if (is(i + 1, "to")) {
            say(past ? "skulle" : "skal");
            finite_ = modal_ = true;
            last_ = Last::modal;
            return i + 2;
        }
        const bool infinitive = last_ == Last::modal || (modal_ && last_ == Last::subject);
        say(infinitive ? "have" : past ? "havde" : "har");
        finite_ = true;
        last_ = Last::verb;
        return i + 1;
    }

    std::size_t read_to(std::size_t i) {
        static const Words moves{"go",  "going", "goes", "come",   "move", "moving", "moved",
                                 "get", "drive", "walk", "travel", "went", "came"};
        const Chunk* next = at(i + 1);
        const bool verb =
            next != nullptr && (verb_of(*next, EnglishForm::base) != nullptr ||
                                next->text == "be" || next->text == "have" || next->text == "do");
        const bool noun = next != nullptr && sense_of(*next, EnglishClass::noun) != nullptr;
        const bool moved = i > 0 && moves.contains(chunks_[i - 1].text);
        if (!verb || (noun && moved)) {
            say("til");
            last_ = Last::preposition;
            return i + 1;
        }
        say("at");
        last_ = Last::modal;
        if (next->text == "be" || next->text == "do") {
            say(next->text == "be" ? "være" : "gøre");
            last_ = Last::verb;
            return i + 2;
        }
        return i + 1;
    }

    [[nodiscard]] bool helper_later(std::size_t i) const {
        for (std::size_t k = i + 1; k < end_; ++k) {
            if (is_helper(k)) return true;
        }
        return false;
    }
    [[nodiscard]] bool verb_later(std::size_t i) const {
        for (std::size_t k = i + 1; k < end_; ++k) {
            if (is_only_verb(chunks_[k]) || chunks_[k].text == "be") return true;
        }
        return false;
    }

    /// The verb a word is here; nothing when it is none.
    [[nodiscard]] const EnglishSense* verb_here(std::size_t i) const {
        const Chunk& chunk = chunks_[i];
        const EnglishSense* base = verb_of(chunk, EnglishForm::base);
        const bool noun_too = sense_of(chunk, EnglishClass::noun) != nullptr;
        const bool helped = last_ == Last::modal ||
                            (modal_ && (last_ == Last::subject ||
                                        (last_ == Last::noun && !(noun_too && verb_later(i)))));
        if (helped && base != nullptr) return base;
        const bool other = sense_of(chunk, EnglishClass::noun) != nullptr ||
                           sense_of(chunk, EnglishClass::adjective) != nullptr ||
                           sense_of(chunk, EnglishClass::adverb) != nullptr ||
                           sense_of(chunk, EnglishClass::other) != nullptr;
        const bool expected =
            last_ == Last::subject || (last_ == Last::noun && !finite_ && !helper_later(i));
        if (other && !expected) return nullptr;
        return sense_of(chunk, EnglishClass::verb);
    }

    void say_verb(const EnglishSense& sense, bool before_noun) {
        switch (sense.form) {
            case EnglishForm::base:
                say(words_.danish(sense, last_ == Last::modal || modal_ ? VerbForm::infinitive
                                                                        : VerbForm::present));
                modal_ = false;
                break;
            case EnglishForm::third: say(words_.danish(sense, VerbForm::present)); break;
            case EnglishForm::plural: return;
            case EnglishForm::past:
            case EnglishForm::participle:
                say(words_.danish(sense, finite_ ? VerbForm::participle : VerbForm::past));
                break;
            case EnglishForm::gerund:
                // "A visiting boat"
                if (last_ == Last::preposition && before_noun) {
                    const std::string verb(words_.danish(sense, VerbForm::infinitive));
                    say(verb.find(' ') == std::string::npos ? verb + "nde" : verb);
                    last_ = Last::other;
                    return;
                }
                if (last_ == Last::preposition) say("at");
                say(words_.danish(sense,
                                  last_ == Last::noun ? VerbForm::present : VerbForm::infinitive));
                break;
        }
        finite_ = true;
        last_ = Last::verb;
    }

    void say_noun(std::string noun, bool genitive) {
        if (last_ == Last::noun && used_ && !genitive) {
            // "Bus card": one word in Danish, where the material has it.
            const std::size_t space = out_.rfind(' ');
            const std::string before =
                fold(space == std::string::npos ? out_ : out_.substr(space + 1));
            for (const std::string_view link : {"", "s", "e"}) {
                std::string joined = before + std::string(link) + noun;
                if (!used_(joined)) continue;
                out_.resize(space == std::string::npos ? 0 : space);
                say(joined);
                return;
            }
        }
        if (definite_) noun = definite(noun);
        if (genitive) noun += 's';
        say(noun);
        last_ = Last::noun;
    }

    void read_word(std::size_t i) {
        const Chunk& chunk = chunks_[i];
        if (chunk.senses == nullptr) {
            say_noun(chunk.typed, chunk.genitive);
            definite_ = false;
            return;
        }
        const bool more = chunk.mark == 0 && at(i + 1) != nullptr &&
                          sense_of(chunks_[i + 1], EnglishClass::noun) != nullptr;
        if (const EnglishSense* verb = verb_here(i)) {
            say_verb(*verb, more);
            definite_ = false;
            return;
        }
        if (const EnglishSense* other = sense_of(chunk, EnglishClass::other)) {
            static const Words verbs{"er", "var", "kan", "må", "skal", "vil", "tager", "tog"};
            const std::string_view danish = words_.danish(*other);
            say(danish);
            if (verbs.contains(danish.substr(0, danish.find(' ')))) {
                finite_ = true;
                modal_ = !danish.starts_with("er ") && !danish.starts_with("var ") &&
                         !danish.starts_with("t") && !danish.ends_with(" have");
            }
            last_ = modal_ ? Last::subject : Last::preposition;
            return;
        }
        if (const EnglishSense* noun = sense_of(chunk, EnglishClass::noun)) {
            // Only the last of several takes the article, but "the library's hours".
            const bool later = more && !chunk.genitive;
            const bool held = std::exchange(definite_, definite_ && !later);
            std::string danish(words_.danish(*noun));
            if (noun->form == EnglishForm::plural && !definite_) danish = plural(danish);
            say_noun(std::move(danish), chunk.genitive);
            definite_ = held && later;
            return;
        }
        const EnglishSense& sense = chunk.senses->front();
        say(words_.danish(sense));
        last_ = Last::other;
    }

    std::vector<Chunk> chunks_;
    const EnglishWords& words_;
    const UsedWords& used_;
    std::string out_;
    std::size_t end_ = 0;
    Last last_ = Last::nothing;
    bool finite_ = false;    ///< The clause has its verb.
    bool modal_ = false;     ///< It is one that an infinitive follows.
    bool definite_ = false;  ///< "the" stands before.
};

}  // namespace

std::string danish_reading(std::string_view question, const EnglishWords& words,
                           const UsedWords& used) {
    return Reader(english_chunks(question, words), words, used).read();
}

}  // namespace raadbot::danish
