raadbot_test(vectors_test unit
  SOURCES
    unit/vectors/dot_test.cpp
    unit/vectors/search_test.cpp
    unit/vectors/writer_test.cpp
  LIBS raadbot::vectors raadbot::index
)
