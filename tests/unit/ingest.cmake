# Parsers: unit tests, and dump_parse, which shows people what a file becomes.
add_executable(dump_parse support/dump_parse.cpp)
target_link_libraries(dump_parse PRIVATE raadbot_options raadbot::ingest)
