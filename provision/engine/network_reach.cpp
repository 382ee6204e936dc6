#include "akv/provision/engine/network_reach.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace akv::engine {
namespace {

std::string counted(std::size_t n, std::string_view one, std::string_view more) {
  return std::to_string(n).append(" ").append(n == 1 ? one : more);
}

}  // namespace

std::string reach_text(const Reach& reach) {
  const bool open = reach.door == Reach::Door::open;
  if (open && reach.all) return "all networks";
  std::string text;
  const auto add = [&text](std::string_view part) {
    if (!text.empty()) text += ", ";
    text += part;
  };
  if (reach.door == Reach::Door::perimeter) add("its network security perimeter");
  if (open) {
    const auto single =
        static_cast<std::size_t>(std::count_if(reach.addresses.begin(), reach.addresses.end(),
                                               [](Ipv4Range range) { return range.prefix == 32; }));
    const std::size_t ranges = reach.addresses.size() - single;
    if (single > 0) add(counted(single, "address", "addresses"));
    if (ranges > 0) add(counted(ranges, "range", "ranges"));
    if (reach.subnets > 0) add(counted(reach.subnets, "subnet", "subnets"));
  }
  if (reach.private_endpoints > 0)
    add(counted(reach.private_endpoints, "private endpoint", "private endpoints"));
  if (reach.azure_services) add("Azure services");
  return text.empty() ? "nobody" : text;
}

std::vector<std::string> contradictions(const Reach& reach) {
  std::vector<std::string> out;
  const bool open = reach.door == Reach::Door::open;
  const std::size_t rules = reach.addresses.size() + reach.subnets;
  if (rules > 0 && (!open || reach.all)) {
    const std::string_view why = reach.door == Reach::Door::closed
                                     ? "publicNetworkAccess is Disabled"
                                 : open ? "defaultAction is Allow"
                                        : "publicNetworkAccess is SecuredByPerimeter";
    out.push_back(std::string(why) + ", so " + counted(rules, "network rule", "network rules") +
                  (rules == 1 ? " counts" : " count") + " for nothing");
  }
  if (reach_text(reach) == "nobody")
    out.emplace_back("nobody reaches it before a private endpoint is approved");
  return out;
}

}  // namespace akv::engine
