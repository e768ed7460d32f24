# Parsers: unit tests, and dump_parse, which shows people what a file becomes.
raadbot_test(ingest_test unit
  SOURCES
    unit/ingest/agenda_test.cpp
    unit/ingest/confined_test.cpp
    unit/ingest/corpus_test.cpp
    unit/ingest/files_test.cpp
    unit/ingest/html_test.cpp
    unit/ingest/markdown_test.cpp
    unit/ingest/passages_test.cpp
  LIBS raadbot::ingest raadbot::danish
)

add_executable(dump_parse support/dump_parse.cpp)
target_link_libraries(dump_parse PRIVATE raadbot_options raadbot::ingest)
