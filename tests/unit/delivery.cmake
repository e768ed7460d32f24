raadbot_test(delivery_test unit
  SOURCES unit/delivery/delivery_test.cpp unit/delivery/schedule_test.cpp
  LIBS raadbot::delivery
)
# The kill loop: a child process under load, killed at random points, opened again.
add_executable(delivery_kills faults/delivery_kills.cpp)
target_link_libraries(delivery_kills PRIVATE raadbot_options raadbot::delivery)
add_test(NAME delivery_kills COMMAND delivery_kills 300 1 30)
set_tests_properties(delivery_kills PROPERTIES LABELS faults TIMEOUT 300)
raadbot_release_only(delivery_kills)
