raadbot_test(governance_test unit
  SOURCES unit/governance/audit_test.cpp unit/governance/chat_test.cpp
    unit/governance/curated_proof_test.cpp unit/governance/desk_test.cpp unit/governance/sessions_test.cpp
    unit/governance/versions_test.cpp
  LIBS raadbot::governance raadbot::answer raadbot::index)
