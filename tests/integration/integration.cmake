# Tests over the demo municipality: its configuration with a data folder of the build's own, read once for all.
set(demo_config ${CMAKE_BINARY_DIR}/demo.toml)
file(READ ${CMAKE_SOURCE_DIR}/config/demo.toml demo_text)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/config/demo.toml)
string(REPLACE "data_dir = \"../.data/demo\"" "data_dir = \"${CMAKE_BINARY_DIR}/demo-data\"" demo_text "${demo_text}")
string(REPLACE "path = \"demo/" "path = \"${CMAKE_SOURCE_DIR}/config/demo/" demo_text "${demo_text}")
file(WRITE ${demo_config} "${demo_text}")

add_test(NAME demo_ingest
  COMMAND sh -c "rm -rf \"$1\" && \"$2\" ingest --config \"$3\" --details" sh
          ${CMAKE_BINARY_DIR}/demo-data $<TARGET_FILE:raadbot> ${demo_config})
set_tests_properties(demo_ingest PROPERTIES LABELS "integration;demo" FIXTURES_SETUP demo TIMEOUT 300)
raadbot_release_only(demo_ingest)

# raadbot_demo_test(<name> <label> SOURCES ...): a GoogleTest program over the read demo.
# SHARDS n: as n tests that run beside each other and start before the others, for what takes minutes.
function(raadbot_demo_test name label)
  cmake_parse_arguments(ARG "" "SHARDS" "SOURCES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE raadbot_options raadbot_test_support raadbot::store raadbot::danish
    nlohmann_json::nlohmann_json GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE RAADBOT_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    RAADBOT_DEMO_CONFIG="${demo_config}" RAADBOT_DEMO_DATA="${CMAKE_BINARY_DIR}/demo-data")
  raadbot_uses_program(${name})
  set(tests ${name})
  if(ARG_SHARDS)
    set(tests)
    foreach(shard RANGE 1 ${ARG_SHARDS})
      math(EXPR index "${shard} - 1")
      add_test(NAME ${name}_${shard} COMMAND ${name})
      set_tests_properties(${name}_${shard} PROPERTIES COST 1000
        ENVIRONMENT "GTEST_TOTAL_SHARDS=${ARG_SHARDS};GTEST_SHARD_INDEX=${index}")
      list(APPEND tests ${name}_${shard})
    endforeach()
  else()
    add_test(NAME ${name} COMMAND ${name})
  endif()
  set_tests_properties(${tests} PROPERTIES LABELS "${label};demo" FIXTURES_REQUIRED demo TIMEOUT 900)
  raadbot_release_only(${name} ${tests})
endfunction()

raadbot_demo_test(secrets_test integration SOURCES integration/secrets_test.cpp)

raadbot_test(command_line_test integration
  SOURCES integration/command_line_test.cpp
  LIBS raadbot_test_support nlohmann_json::nlohmann_json)
raadbot_uses_program(command_line_test)

raadbot_test(kinds_of_answers_test integration
  SOURCES integration/kinds_of_answers_test.cpp
  LIBS raadbot_test_support nlohmann_json::nlohmann_json)
raadbot_uses_program(kinds_of_answers_test)
raadbot_release_only(kinds_of_answers_test)

raadbot_test(agenda_program_test integration
  SOURCES integration/agenda_test.cpp
  LIBS raadbot_test_support raadbot::store nlohmann_json::nlohmann_json)
raadbot_uses_program(agenda_program_test)
raadbot_release_only(agenda_program_test)

# nginx serving the demo's sites and the web's traps; fails when nginx is not installed.
raadbot_test(test_web_test integration
  SOURCES integration/web/test_web_test.cpp
  LIBS raadbot_test_support nlohmann_json::nlohmann_json PkgConfig::ZLIB OpenSSL::Crypto Threads::Threads)
raadbot_uses_program(test_web_test)
raadbot_release_only(test_web_test)

# Sign-in to the administration through an OpenID Connect provider behind TLS.
raadbot_test(oidc_program_test integration
  SOURCES integration/oidc_test.cpp support/token_signer.cpp
  LIBS raadbot_test_support raadbot::store raadbot::governance raadbot::token raadbot::http nlohmann_json::nlohmann_json OpenSSL::Crypto Threads::Threads)
raadbot_uses_program(oidc_program_test)
raadbot_release_only(oidc_program_test)

# Hand-off and administrators' commands in a room of Matrix.
raadbot_test(staff_chat_test integration
  SOURCES integration/staff_chat_test.cpp
  LIBS raadbot_test_support raadbot_homeserver_over_http raadbot::governance raadbot::store nlohmann_json::nlohmann_json)
raadbot_uses_program(staff_chat_test)

# SharePoint behind the real program, with a strict fake of Microsoft's services.
raadbot_test(sharepoint_program_test integration
  SOURCES integration/sharepoint_test.cpp
  LIBS raadbot_test_support nlohmann_json::nlohmann_json Threads::Threads)
raadbot_uses_program(sharepoint_program_test)
raadbot_release_only(sharepoint_program_test)

# The Teams channel for a client on the developer's machine.
raadbot_test(playground_test integration
  SOURCES integration/playground_test.cpp
  LIBS raadbot_test_support raadbot_teams_test_support raadbot::rest nlohmann_json::nlohmann_json Threads::Threads)
raadbot_uses_program(playground_test)

# One question, every door.
raadbot_test(doors_test integration
  SOURCES integration/doors_test.cpp
  LIBS raadbot_test_support raadbot_homeserver_over_http raadbot_teams_test_support raadbot::rest nlohmann_json::nlohmann_json)
raadbot_uses_program(doors_test)

# The Debian package, as manifests/ makes it.
raadbot_test(package_test integration
  SOURCES integration/package_test.cpp
  LIBS raadbot_test_support)
raadbot_uses_program(package_test)
raadbot_release_only(package_test)
target_compile_definitions(package_test PRIVATE
  RAADBOT_CPACK="${CMAKE_CPACK_COMMAND}" RAADBOT_BUILD_DIR="${CMAKE_BINARY_DIR}")

# Neural models behind the real program, on a server of the test's own.
raadbot_test(models_program_test integration
  SOURCES integration/models_test.cpp
  LIBS raadbot_test_support raadbot::rest nlohmann_json::nlohmann_json Threads::Threads)
raadbot_uses_program(models_program_test)
raadbot_release_only(models_program_test)
