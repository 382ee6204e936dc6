/// How a stored resource group is shown.
#pragma once
#include "akv/emulator/store.hpp"

#include <string>

namespace akv::emulator {

/// Its JSON as GET shows it: `Deleting` while a job deletes it.
std::string shown_group(const Group& group);

}  // namespace akv::emulator
