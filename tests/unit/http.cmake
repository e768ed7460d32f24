raadbot_test(http_test unit
  SOURCES
    unit/http/gate_test.cpp
    unit/http/server_test.cpp
    unit/http/values_test.cpp
  LIBS raadbot::http Threads::Threads
)
if(RAADBOT_SHARED)
  raadbot_test(http_conformance_test conformance
    SOURCES conformance/http1_gunicorn_test.cpp
    LIBS raadbot::http
  )
endif()
raadbot_test(reply_test unit
  SOURCES unit/reply/reply_json_test.cpp
  LIBS raadbot::reply
)
raadbot_test(web_test unit
  SOURCES unit/web/site_test.cpp
  LIBS raadbot::web
)
