/// The regions of the public cloud.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace akv::emulator {

/// `North Central US` → `northcentralus`.
std::string short_region(std::string_view location);
/// In either spelling.
bool is_region(std::string_view location);
/// `eastus,westus,…`: what error messages list.
std::string region_list();
/// `North Central US`, …: all of them as they are shown.
std::span<const std::string_view> region_names();

}  // namespace akv::emulator
