raadbot_test(answer_test unit SOURCES unit/answer/ages_test.cpp unit/answer/agreement_answers_test.cpp
  unit/answer/answer_test.cpp unit/answer/aspects_test.cpp unit/answer/binding_test.cpp
  unit/answer/case_traits_test.cpp
  unit/answer/contact_answers_test.cpp
  unit/answer/demands_test.cpp unit/answer/evidence_test.cpp
  unit/answer/leaning_test.cpp unit/answer/light_words_test.cpp unit/answer/likeness_test.cpp
  unit/answer/listings_test.cpp
  unit/answer/measures_test.cpp
  unit/answer/meeting_calendar_test.cpp unit/answer/offices_test.cpp
  unit/answer/question_form_test.cpp unit/answer/question_traits_test.cpp
  unit/answer/respelling_test.cpp unit/answer/term_set_test.cpp
  unit/answer/sides_test.cpp unit/answer/transcripts_test.cpp unit/answer/two_questions_test.cpp
  unit/answer/variants_test.cpp unit/answer/word_classes_test.cpp unit/answer/wording_test.cpp LIBS raadbot::answer)
