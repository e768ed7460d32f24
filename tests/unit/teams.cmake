add_library(raadbot_teams_test_support STATIC support/teams_world.cpp support/token_signer.cpp)
target_link_libraries(raadbot_teams_test_support PUBLIC raadbot_options raadbot::teams PRIVATE OpenSSL::Crypto)
raadbot_test(teams_test unit
  SOURCES unit/teams/auth_cases_test.cpp unit/teams/auth_test.cpp unit/teams/connector_test.cpp unit/teams/flow_test.cpp
    unit/teams/manifest_test.cpp unit/teams/render_test.cpp
  LIBS raadbot_teams_test_support PkgConfig::LIBZIP
)

# The channel against a strict fake of Microsoft's services, over real sockets.
add_executable(teams_peer integration/teams/teams_peer.cpp)
target_link_libraries(teams_peer PRIVATE raadbot_options raadbot_teams_test_support raadbot::http raadbot::rest)
find_program(NODE node)
if(NODE)
  add_test(NAME teams_integration COMMAND ${NODE} --test teams.test.mjs
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/integration/teams)
  set_tests_properties(teams_integration PROPERTIES LABELS integration TIMEOUT 300
    ENVIRONMENT "TEAMS_PEER=$<TARGET_FILE:teams_peer>")
endif()
if(TARGET raadbot)
  add_test(NAME teams_program COMMAND integration/teams/program.sh WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set_tests_properties(teams_program PROPERTIES LABELS "integration;demo" TIMEOUT 300 SKIP_RETURN_CODE 77
    ENVIRONMENT "RAADBOT=$<TARGET_FILE:raadbot>;RAADBOT_CONFIG=${CMAKE_SOURCE_DIR}/config/demo.toml")
endif()
add_test(NAME teams_schemas COMMAND integration/teams/schemas.sh WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
set_tests_properties(teams_schemas PROPERTIES LABELS integration TIMEOUT 120 SKIP_RETURN_CODE 77
  ENVIRONMENT "TEAMS_PEER=$<TARGET_FILE:teams_peer>;TEAMS_TEST=$<TARGET_FILE:teams_test>;RAADBOT_SHARED=${RAADBOT_SHARED}")
raadbot_release_only(teams_peer teams_integration teams_program teams_schemas)
