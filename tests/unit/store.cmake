raadbot_test(store_test unit
  SOURCES unit/store/store_test.cpp
  LIBS raadbot::store)
