#include "akv/emulator/regions.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <iterator>

namespace akv::emulator {
namespace {

/// As they are shown.
constexpr std::string_view regions[] = {
    "East US",
    "East US 2",
    "South Central US",
    "West US 2",
    "West US 3",
    "Australia East",
    "Southeast Asia",
    "North Europe",
    "Sweden Central",
    "UK South",
    "West Europe",
    "Central US",
    "South Africa North",
    "Central India",
    "East Asia",
    "Indonesia Central",
    "Japan East",
    "Japan West",
    "Korea Central",
    "Malaysia West",
    "New Zealand North",
    "Canada Central",
    "Austria East",
    "Belgium Central",
    "France Central",
    "Germany West Central",
    "Italy North",
    "Norway East",
    "Poland Central",
    "Spain Central",
    "Switzerland North",
    "Mexico Central",
    "UAE North",
    "Brazil South",
    "Chile Central",
    "Israel Central",
    "Qatar Central",
    "North Central US",
    "West US",
    "West Central US",
    "South Africa West",
    "Australia Central",
    "Australia Central 2",
    "Australia Southeast",
    "Korea South",
    "South India",
    "West India",
    "Canada East",
    "France South",
    "Germany North",
    "Norway West",
    "Sweden South",
    "Switzerland West",
    "UK West",
    "UAE Central",
    "Brazil Southeast",
    "Jio India Central",
    "Jio India West",
    "East US 2 EUAP",
    "Central US EUAP",
};

}  // namespace

std::string short_region(std::string_view location) {
  std::string name;
  for (char c : location)
    if (c != ' ') name += ascii::to_lower(c);
  return name;
}

bool is_region(std::string_view location) {
  const std::string name = short_region(location);
  return std::any_of(std::begin(regions), std::end(regions),
                     [&](std::string_view region) { return short_region(region) == name; });
}

std::string region_list() {
  std::string list;
  for (std::string_view region : regions) {
    if (!list.empty()) list += ',';
    list += short_region(region);
  }
  return list;
}

std::span<const std::string_view> region_names() { return regions; }

}  // namespace akv::emulator
