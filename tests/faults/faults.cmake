# Faults, tried on the real program.
raadbot_test(faults_test faults
  SOURCES faults/ingest_faults_test.cpp
  LIBS raadbot_test_support nlohmann_json::nlohmann_json)
raadbot_uses_program(faults_test)
raadbot_release_only(faults_test)
