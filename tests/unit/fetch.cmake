raadbot_test(fetch_rules_test unit
  SOURCES unit/fetch/rules_test.cpp
  LIBS raadbot::fetch_rules PkgConfig::ZLIB)
raadbot_test(fetch_test unit
  SOURCES unit/fetch/client_test.cpp unit/fetch/crawler_test.cpp unit/fetch/graph_test.cpp
  LIBS raadbot::fetch raadbot::http nlohmann_json::nlohmann_json PkgConfig::ZLIB Threads::Threads)
