#include "retrieval/danish/question.hpp"
