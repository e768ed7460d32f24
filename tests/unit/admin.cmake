raadbot_test(admin_test unit
  SOURCES unit/admin/oidc_test.cpp unit/admin/site_test.cpp support/token_signer.cpp
  LIBS raadbot::admin raadbot::danish OpenSSL::Crypto nlohmann_json::nlohmann_json)
