raadbot_test(conversation_test unit SOURCES unit/conversation/guards_test.cpp unit/conversation/handoff_test.cpp LIBS raadbot::conversation raadbot::danish)
