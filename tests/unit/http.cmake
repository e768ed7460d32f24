add_executable(web_demo support/web_demo.cpp)
target_link_libraries(web_demo PRIVATE raadbot_options raadbot::http raadbot::web)
