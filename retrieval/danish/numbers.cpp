#include "retrieval/danish/numbers.hpp"
