// What a stretch of text tells: a meaning, a reason, a name, that something is allowed, what
// follows. Read by its words; general Danish. Pure; internal to the measuring of features
// (unmet.cpp).
#pragma once

#include <string_view>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

/// The same word in another inflection, by its letters alone: "Hvidsteds" and "hvidsted".
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);

/// Somebody says something; not "kan udtale sig", nor "der var et spørgsmål" where its answer is
/// asked for.
[[nodiscard]] bool tells_saying(const QuestionView& question, std::string_view text);

/// The reason that the sentence names is more than what it is asked for: not "lukket på grund af
/// revner", asked why there are any.
[[nodiscard]] bool gives_new_reason(const QuestionView& question, std::string_view text);

/// What may be done, must not, or on what condition.
[[nodiscard]] bool tells_leave(const SentenceView& sentence, std::string_view text);

[[nodiscard]] bool names_month(std::string_view text);

[[nodiscard]] bool is_number_word(std::string_view word);

/// "En startredegørelse er ...", "... kaldes en startredegørelse", "Startredegørelse: ..."
[[nodiscard]] bool defines(const QuestionView& question, std::string_view text);

/// "Pædagogisk Psykologisk Rådgivning" for "ppr", "Klima- og Byudvalget" for "kbu".
[[nodiscard]] bool spells_out(std::string_view text, std::string_view letters);

/// `for_persons`: a name behind "i", "på" or "navnet" is a place or a new name, and nobody;
/// `for_doers`: one behind "til" did nothing either, and offices count.
enum class Looked { for_names, for_persons, for_doers, for_places, for_what_it_is_called };

/// A name or place that is not itself what was asked about. What a row's columns are called is
/// none, and who holds an office in it is no place.
[[nodiscard]] bool names_beside(const QuestionView& question, std::string_view text,
                                const SentenceView& sentence, Looked looked);

/// "Får navnet", "hedder", "kaldes"
[[nodiscard]] bool gives_name(std::string_view text);

/// What became of a proposal: adopted, rejected, put off, done.
[[nodiscard]] bool tells_fate(std::string_view text);

/// A fine, a bill, a loss: what follows.
[[nodiscard]] bool tells_sanction(std::string_view text);

}  // namespace raadbot::answer
