raadbot_test(danish_test unit
  SOURCES
    unit/danish/bodies_test.cpp
    unit/danish/compounds_test.cpp
    unit/danish/dates_test.cpp
    unit/danish/lexicon_test.cpp
    unit/danish/morphology_test.cpp
    unit/danish/numbers_test.cpp
    unit/danish/personal_data_test.cpp
    unit/danish/question_test.cpp
    unit/danish/spelling_test.cpp
    unit/danish/text_test.cpp
  LIBS raadbot::danish
)
