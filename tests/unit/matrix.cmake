# Matrix without a network: tables for everything that comes in and goes out.
raadbot_test(matrix_test unit
  SOURCES
    fuzz/matrix_fuzz.cpp
    unit/matrix/appservice_test.cpp
    unit/matrix/channel_test.cpp
    unit/matrix/codec_test.cpp
    unit/matrix/flow_test.cpp
    unit/matrix/hostile_test.cpp
    unit/matrix/html_test.cpp
    unit/matrix/render_test.cpp
    unit/matrix/room_test.cpp
    unit/matrix/setup_test.cpp
  LIBS raadbot::matrix nlohmann_json::nlohmann_json)

# A bot process for the kill loop, the load figures and the real homeserver.
add_executable(matrix_host support/matrix_host.cpp)
target_link_libraries(matrix_host PRIVATE raadbot_options raadbot::matrix raadbot::http)
add_library(raadbot_homeserver_over_http STATIC support/homeserver_over_http.cpp)
target_link_libraries(raadbot_homeserver_over_http
  PUBLIC raadbot_options raadbot::matrix raadbot::http nlohmann_json::nlohmann_json PRIVATE raadbot::rest)
target_compile_definitions(raadbot_homeserver_over_http PRIVATE MATRIX_HOST="$<TARGET_FILE:matrix_host>")
add_dependencies(raadbot_homeserver_over_http matrix_host)

add_executable(matrix_kills faults/matrix_kills.cpp)
target_link_libraries(matrix_kills PRIVATE raadbot_homeserver_over_http)
add_test(NAME matrix_kills COMMAND matrix_kills 300 1 60)
set_tests_properties(matrix_kills PROPERTIES LABELS faults TIMEOUT 600)

add_executable(matrix_load bench/matrix_load.cpp)
target_link_libraries(matrix_load PRIVATE raadbot_homeserver_over_http)
raadbot_release_only(matrix_kills matrix_load)
