// Whose words a question asks for: a person's by name, an office's ("borgmesteren"), a party's, or
// anybody's ("hvem sagde", "ifølge mødet").
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/library.hpp"
#include "retrieval/answer/offices.hpp"
#include "retrieval/answer/parties.hpp"
#include "retrieval/answer/transcripts.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

/// True for words that tell of speech: "sige", "mene", "svare".
[[nodiscard]] bool is_speech_verb(std::string_view word);

/// Borrows what it is made with. Remembers whom it was asked about: not thread-safe.
class Speaker {
public:
    /// `bodies`: those in the material, as printed.
    Speaker(const QuestionView& question, const std::vector<std::string>& bodies,
            const Library& library, const Date& today);

    /// "Hvem sagde ...": who it was is what is asked.
    [[nodiscard]] bool is_asked_for() const { return asked_for_; }
    /// "ifølge mødet": whoever said it.
    [[nodiscard]] bool is_anybody() const { return anybody_; }
    [[nodiscard]] bool by_office() const { return office_.has_value(); }
    /// The question calls an office, a party, or this person by name.
    [[nodiscard]] bool is_called(const std::string& name) const;
    [[nodiscard]] bool is_called() const { return office_ || party_; }

    /// `turns`: the whole recording, from which a party's speakers may be read as well.
    [[nodiscard]] bool speaks(const StoredPassage& turn, const std::vector<SpokenTurn>& turns);

    /// True when the aspect only says who is asked about.
    [[nodiscard]] bool names_who(const Aspect& aspect) const;
    /// True when words of the minutes speak of him: the person that the question calls (`persons`:
    /// those it calls by name), the office or the party.
    [[nodiscard]] bool is_named_in(std::string_view words,
                                   const std::vector<std::string>& persons) const;

private:
    [[nodiscard]] bool is_named(const std::string& speaker) const;

    const QuestionView& question_;
    const Library& library_;
    Date today_;
    std::vector<danish::Token> tokens_;
    std::optional<Office> office_;
    std::vector<Holder> holders_;
    std::optional<PartyAsked> party_;
    std::map<std::string, bool> of_party_;
    bool asked_for_ = false;
    bool anybody_ = false;
};

}  // namespace raadbot::answer
