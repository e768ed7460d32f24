raadbot_test(store_test unit
  SOURCES unit/store/crawl_store_test.cpp unit/store/store_test.cpp
  LIBS raadbot::store)
