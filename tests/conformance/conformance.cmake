# Outside suites: JSON at our doors, strings that break programs, pages. Run only where the suites are.
if(RAADBOT_SHARED)
  raadbot_test(json_conformance_test conformance
    SOURCES conformance/json_test.cpp
    LIBS raadbot::reply)
  raadbot_test(naughty_strings_test conformance
    SOURCES conformance/naughty_strings_test.cpp
    LIBS raadbot_test_support raadbot::reply nlohmann_json::nlohmann_json)
  raadbot_uses_program(naughty_strings_test)
  raadbot_test(fetch_conformance_test conformance
    SOURCES conformance/robots_test.cpp conformance/web_address_test.cpp
    LIBS raadbot::fetch_rules nlohmann_json::nlohmann_json)
  raadbot_test(html5lib_test conformance
    SOURCES conformance/html5lib_test.cpp
    LIBS raadbot::ingest PkgConfig::GUMBO)
endif()

raadbot_test(strict_json_test unit
  SOURCES unit/conversation/strict_json_test.cpp
  LIBS raadbot::reply)
