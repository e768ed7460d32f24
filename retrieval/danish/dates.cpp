#include "retrieval/danish/dates.hpp"
