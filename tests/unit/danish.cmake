raadbot_test(danish_test unit
  SOURCES
    unit/danish/asked_clause_test.cpp
    unit/danish/bodies_test.cpp
    unit/danish/compounds_test.cpp
    unit/danish/contrasts_test.cpp
    unit/danish/danish_reading_test.cpp
    unit/danish/dates_test.cpp
    unit/danish/double_spellings_test.cpp
    unit/danish/implied_words_test.cpp
    unit/danish/lexicon_test.cpp
    unit/danish/machine_orders_test.cpp
    unit/danish/morphology_test.cpp
    unit/danish/municipalities_test.cpp
    unit/danish/numbers_test.cpp
    unit/danish/particle_verbs_test.cpp
    unit/danish/personal_data_test.cpp
    unit/danish/plain_wording_test.cpp
    unit/danish/printed_dates_test.cpp
    unit/danish/printed_names_test.cpp
    unit/danish/question_test.cpp
    unit/danish/ranges_test.cpp
    unit/danish/section_sought_test.cpp
    unit/danish/slips_test.cpp
    unit/danish/spelling_test.cpp
    unit/danish/text_test.cpp
    unit/danish/typical_questions_test.cpp
  LIBS raadbot::danish
)

# Figures on outside word lists; the floors hold only where the lists are.
add_executable(danish_report golden/danish_report.cpp)
target_link_libraries(danish_report PRIVATE raadbot_options raadbot::danish)
target_compile_definitions(danish_report PRIVATE RAADBOT_SHARED_DIR="${RAADBOT_SHARED}")
if(RAADBOT_SHARED)
  add_test(NAME danish_report COMMAND danish_report)
  set_tests_properties(danish_report PROPERTIES LABELS golden TIMEOUT 120)
endif()
raadbot_release_only(danish_report)
