raadbot_test(folder_test unit
  SOURCES unit/ingest-folder/folder_test.cpp
  LIBS raadbot::folder raadbot::store raadbot::index)
