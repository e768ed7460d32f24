add_library(raadbot_teams_test_support STATIC support/teams_world.cpp support/token_signer.cpp)
target_link_libraries(raadbot_teams_test_support PUBLIC raadbot_options raadbot::teams PRIVATE OpenSSL::Crypto)
raadbot_test(teams_test unit
  SOURCES unit/teams/auth_test.cpp unit/teams/flow_test.cpp unit/teams/render_test.cpp
  LIBS raadbot_teams_test_support
)
