# Parsers: unit tests, and dump_parse, which shows people what a file becomes.
raadbot_test(ingest_test unit
  SOURCES
    unit/ingest/agenda_closed_test.cpp
    unit/ingest/agenda_test.cpp
    unit/ingest/confined_test.cpp
    unit/ingest/corpus_test.cpp
    unit/ingest/export_test.cpp
    unit/ingest/export_variants_test.cpp
    unit/ingest/select_test.cpp
    unit/ingest/spoken_items_test.cpp
    unit/ingest/zip_test.cpp
    unit/ingest/files_test.cpp
    unit/ingest/html_test.cpp
    unit/ingest/markdown_test.cpp
    unit/ingest/page_lines_test.cpp
    unit/ingest/passages_test.cpp
    unit/ingest/pdf_layout_test.cpp
  LIBS raadbot::ingest raadbot::danish PkgConfig::LIBZIP
)
if(RAADBOT_SHARED)
  target_sources(ingest_test PRIVATE unit/ingest/export_real_test.cpp)
endif()

add_executable(dump_parse support/dump_parse.cpp)
target_link_libraries(dump_parse PRIVATE raadbot_options raadbot::ingest)

# Outside suites, run only where they are.
if(RAADBOT_SHARED)
  add_executable(webvtt_conformance conformance/webvtt_conformance.cpp)
  target_link_libraries(webvtt_conformance PRIVATE raadbot_options raadbot::ingest nlohmann_json::nlohmann_json)
  add_test(NAME webvtt_conformance COMMAND webvtt_conformance ${RAADBOT_SHARED}/suites/webvtt)
  set_tests_properties(webvtt_conformance PROPERTIES LABELS conformance TIMEOUT 120)
endif()
