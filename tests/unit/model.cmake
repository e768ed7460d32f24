raadbot_test(models_test unit
  SOURCES unit/models/breaker_test.cpp unit/models/embed_passages_test.cpp unit/models/fusion_test.cpp
          unit/models/model_search_test.cpp
  LIBS raadbot::models raadbot::folder)
raadbot_test(model_test unit
  SOURCES unit/model/client_test.cpp unit/model/codec_test.cpp unit/model/options_test.cpp
  LIBS raadbot::model nlohmann_json::nlohmann_json Threads::Threads)
