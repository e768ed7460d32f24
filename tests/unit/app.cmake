raadbot_test(app_test unit
  SOURCES unit/app/channels_config_test.cpp unit/app/config_test.cpp unit/app/eval_test.cpp
         unit/app/index_upkeep_test.cpp
         unit/app/keeper_test.cpp unit/app/permalink_test.cpp
  LIBS raadbot::app raadbot_test_support nlohmann_json::nlohmann_json)
raadbot_uses_program(app_test)
