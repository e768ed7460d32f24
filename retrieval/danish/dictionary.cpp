#include "retrieval/danish/morphology.hpp"
