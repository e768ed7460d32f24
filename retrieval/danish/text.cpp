#include "retrieval/danish/text.hpp"
