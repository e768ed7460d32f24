#include "retrieval/danish/spelling.hpp"
