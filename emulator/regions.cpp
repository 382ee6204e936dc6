#include "akv/emulator/regions.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <iterator>

namespace akv::emulator {
namespace {

constexpr std::string_view regions[] = {
    "eastus",
    "eastus2",
    "southcentralus",
    "westus2",
    "westus3",
    "australiaeast",
    "southeastasia",
    "northeurope",
    "swedencentral",
    "uksouth",
    "westeurope",
    "centralus",
    "southafricanorth",
    "centralindia",
    "eastasia",
    "indonesiacentral",
    "japaneast",
    "japanwest",
    "koreacentral",
    "malaysiawest",
    "newzealandnorth",
    "canadacentral",
    "austriaeast",
    "belgiumcentral",
    "francecentral",
    "germanywestcentral",
    "italynorth",
    "norwayeast",
    "polandcentral",
    "spaincentral",
    "switzerlandnorth",
    "mexicocentral",
    "uaenorth",
    "brazilsouth",
    "chilecentral",
    "israelcentral",
    "qatarcentral",
    "northcentralus",
    "westus",
    "westcentralus",
    "southafricawest",
    "australiacentral",
    "australiacentral2",
    "australiasoutheast",
    "koreasouth",
    "southindia",
    "westindia",
    "canadaeast",
    "francesouth",
    "germanynorth",
    "norwaywest",
    "swedensouth",
    "switzerlandwest",
    "ukwest",
    "uaecentral",
    "brazilsoutheast",
    "jioindiacentral",
    "jioindiawest",
    "eastus2euap",
    "centraluseuap",
};

}  // namespace

std::string short_region(std::string_view location) {
  std::string name;
  for (char c : location)
    if (c != ' ') name += ascii::to_lower(c);
  return name;
}

bool is_region(std::string_view location) {
  return std::find(std::begin(regions), std::end(regions), short_region(location)) !=
         std::end(regions);
}

std::string region_list() {
  std::string list;
  for (std::string_view region : regions) {
    if (!list.empty()) list += ',';
    list += region;
  }
  return list;
}

}  // namespace akv::emulator
