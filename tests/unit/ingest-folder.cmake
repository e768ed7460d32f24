raadbot_test(folder_test unit
  SOURCES unit/ingest-folder/folder_test.cpp unit/ingest-folder/export_folder_test.cpp unit/ingest-folder/relate_test.cpp
  LIBS raadbot::folder raadbot::store raadbot::index)
