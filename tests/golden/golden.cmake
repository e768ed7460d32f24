# Quality as figures: floors a little under what is measured, raised when it rises.
raadbot_demo_test(eval_demo golden SOURCES golden/eval_demo.cpp)
