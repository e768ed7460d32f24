# The house's own rules: which room may include which, every key shown, nothing of our machines in the tree.
raadbot_test(house_test house
  SOURCES unit/house/arrows_test.cpp unit/house/tree_test.cpp
  LIBS raadbot_options)
target_include_directories(house_test PRIVATE ${CMAKE_SOURCE_DIR})
raadbot_release_only(house_test)

# Every header compiles alone; the compiler that built the program is asked. Not under sanitizers: same answer, slower.
if(NOT RAADBOT_SANITIZE)
  add_test(NAME headers_compile_alone
    COMMAND ${CMAKE_SOURCE_DIR}/tests/unit/house/headers-alone ${CMAKE_CXX_COMPILER} ${CMAKE_SOURCE_DIR})
  set_tests_properties(headers_compile_alone PROPERTIES LABELS house TIMEOUT 900 PROCESSORS 2)
endif()
