# Fuzz targets, one per parser: raadbot_fuzz(<name> SOURCES a.cpp ... LIBS raadbot::x ...)
if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  message(FATAL_ERROR "RAADBOT_FUZZ needs clang: -fsanitize=fuzzer is its runtime")
endif()

# Every room reports its coverage to the fuzzer.
target_compile_options(raadbot_options INTERFACE -fsanitize=fuzzer-no-link)

function(raadbot_fuzz name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE raadbot_options ${ARG_LIBS})
  target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()

raadbot_fuzz(text_fuzz SOURCES fuzz/text_fuzz.cpp LIBS raadbot::danish)
foreach(parser markdown html docx webvtt pdf_layout answer)
  raadbot_fuzz(${parser}_fuzz SOURCES fuzz/${parser}_fuzz.cpp LIBS raadbot::ingest raadbot::danish)
endforeach()
raadbot_fuzz(http_gate_fuzz SOURCES fuzz/http_gate_fuzz.cpp LIBS raadbot::http_message)
raadbot_fuzz(web_fuzz SOURCES fuzz/web_fuzz.cpp LIBS raadbot::web)
raadbot_fuzz(matrix_fuzz SOURCES fuzz/matrix_fuzz.cpp LIBS raadbot::matrix)
raadbot_fuzz(segment_fuzz SOURCES fuzz/segment_fuzz.cpp LIBS raadbot::index raadbot::danish)
