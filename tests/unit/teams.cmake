raadbot_test(teams_test unit
  SOURCES unit/teams/auth_test.cpp support/token_signer.cpp
  LIBS raadbot::teams OpenSSL::Crypto
)
