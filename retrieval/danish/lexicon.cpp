#include "retrieval/danish/lexicon.hpp"
