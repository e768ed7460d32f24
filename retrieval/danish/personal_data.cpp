#include "retrieval/danish/personal_data.hpp"
