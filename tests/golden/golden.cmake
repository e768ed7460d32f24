# Quality as figures: floors a little under what is measured, raised when it rises.
raadbot_demo_test(eval_towns golden SHARDS 4 SOURCES golden/eval_towns.cpp)
raadbot_demo_test(typed_slips golden SOURCES golden/typed_slips.cpp)
raadbot_demo_test(suggestions_demo golden SOURCES golden/suggestions_demo.cpp)
if(RAADBOT_SHARED)
  raadbot_test(real_papers golden SOURCES golden/real_papers.cpp
    LIBS raadbot_test_support nlohmann_json::nlohmann_json)
  raadbot_uses_program(real_papers)
  raadbot_release_only(real_papers)
  raadbot_demo_test(refusals_test conformance SOURCES conformance/refusals_test.cpp)
  target_compile_definitions(refusals_test PRIVATE RAADBOT_SHARED_DIR="${RAADBOT_SHARED}")
  if(NOT RAADBOT_SANITIZE)  # Minutes of arithmetic that the unit tests walk through as well.
    raadbot_test(rank_floors golden SOURCES golden/rank_floors.cpp LIBS raadbot::index)
  endif()
endif()
