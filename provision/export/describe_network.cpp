#include "akv/provision/export/describe_network.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/checks.hpp"
#include "akv/provision/manifest/yaml_text.hpp"

namespace akv::exporting {
namespace {

using json::Document;
using manifest::yaml::scalar;

constexpr std::size_t most_addresses = 1000, most_subnets = 200;

void add_to(std::string& list, std::string_view item) {
  list += list.size() == 1 ? "" : "\n";
  list += item;
}

NetworkPart word(std::string_view path, const Document& value, std::string_view usual,
                 std::string_view other) {
  const std::string_view text = value.string_or();
  NetworkPart part{.path = path, .optional = text == usual};
  if (text == usual || text == other)
    part.yaml = text;
  else
    part.fault = "a manifest has no word for " + manifest::yaml::literal(text);
  return part;
}

NetworkPart addresses(const Document& rules, bool closed) {
  NetworkPart part{.path = "networkAcls.ipRules", .yaml = "["};
  for (const Document& rule : rules.as_array()) {
    std::string_view range = rule.string_or();
    if (const std::string fault = manifest::check_public_range(range); !fault.empty())
      part.fault = fault.substr(0, fault.rfind("; "));
    if (range.ends_with("/32")) range.remove_suffix(3);
    add_to(part.yaml, scalar(range));
  }
  if (rules.size() > most_addresses) part.fault = "a manifest has room for 1000";
  part.yaml += "]";
  part.optional = rules.size() == 0 && !closed;
  return part;
}

NetworkPart subnets(const Document& rules, bool closed) {
  NetworkPart part{.path = "networkAcls.virtualNetworkRules", .yaml = "["};
  for (const Document& rule : rules.as_array()) {
    const std::string_view id = rule["id"].string_or();
    if (const std::string fault = manifest::check_subnet_id(id); !fault.empty())
      part.fault = fault.substr(0, fault.rfind("; "));
    add_to(part.yaml, rule["ignoreMissingVnetServiceEndpoint"].bool_or(false)
                          ? "{id: " + scalar(id) + ", ignoreMissingVnetServiceEndpoint: true}"
                          : scalar(id));
  }
  if (rules.size() > most_subnets) part.fault = "a manifest has room for 200";
  part.yaml += "]";
  part.optional = rules.size() == 0 && !closed;
  return part;
}

}  // namespace

std::vector<NetworkPart> network_parts(const Document& acls) {
  const bool closed = acls["defaultAction"].string_or() != "Allow";
  return {word("networkAcls.bypass", acls["bypass"], "AzureServices", "None"),
          word("networkAcls.defaultAction", acls["defaultAction"], "Allow", "Deny"),
          addresses(acls["ipRules"], closed), subnets(acls["virtualNetworkRules"], closed)};
}

std::string usual_location(std::string_view location) {
  std::string usual = ascii::lower(location);
  std::erase(usual, ' ');
  return usual;
}

}  // namespace akv::exporting
