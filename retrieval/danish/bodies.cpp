#include "retrieval/danish/bodies.hpp"
