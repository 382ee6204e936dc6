#include "akv/emulator/emulator.hpp"
