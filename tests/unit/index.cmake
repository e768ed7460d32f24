raadbot_test(index_test unit
  SOURCES
    unit/index/bit_packing_test.cpp
    unit/index/postings_test.cpp
    unit/index/rerank_test.cpp
    unit/index/search_test.cpp
    unit/index/storage_test.cpp
    unit/index/understanding_test.cpp
  LIBS raadbot::index raadbot::danish
)
