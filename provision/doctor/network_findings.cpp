#include "akv/provision/doctor/command_line.hpp"
#include "akv/provision/doctor/vault_findings.hpp"
#include "akv/provision/kinds/vault_documents.hpp"

#include <algorithm>
#include <initializer_list>

namespace akv::doctor {
namespace {

using json::Document;

bool has_approved_endpoint(const Document& raw) {
  const Document& list = raw["properties"]["privateEndpointConnections"];
  return list.is_array() &&
         std::any_of(list.as_array().begin(), list.as_array().end(), [](const Document& c) {
           const Document* status =
               c.at_path({"properties", "privateLinkServiceConnectionState", "status"});
           return status != nullptr && ascii::equal(status->string_or(), "Approved");
         });
}

std::string counted_rules(std::size_t n, std::string_view what) {
  return std::to_string(n) + (n == 1 ? " rule " : " rules ") + std::string(what) +
         (n == 1 ? "s" : "");
}

}  // namespace

void examine_network(const Finding& about, const Document& raw, std::vector<Finding>& findings) {
  const Document usual = kinds::canonical_vault(raw);
  const Document& acls = usual["networkAcls"];
  const std::size_t rules = acls["ipRules"].size() + acls["virtualNetworkRules"].size();
  const bool disabled = usual["publicNetworkAccess"].string_or() == "Disabled";
  const bool perimeter = usual["publicNetworkAccess"].string_or() == "SecuredByPerimeter";
  const bool closed = acls["defaultAction"].string_or() == "Deny";
  const bool endpoint = has_approved_endpoint(raw);
  // Trusted services pass a closed firewall, and publicNetworkAccess Disabled as well.
  const bool trusted = acls["bypass"].string_or() == "AzureServices";
  const auto find = [&](std::string_view id, std::string message, std::string command) {
    Finding finding = about;
    finding.rule = &rule(id);
    finding.message = std::move(message);
    finding.commands = {std::move(command)};
    findings.push_back(std::move(finding));
  };
  const std::size_t slash = about.object.find('/');
  const std::string group = about.object.substr(0, slash);
  const std::string name = about.object.substr(slash + 1);
  const auto update = [&](std::initializer_list<std::string_view> words) {
    return command_line({"az", "keyvault", "update", "-g", group, "-n", name}) + " " +
           command_line(words);
  };
  if (perimeter) return;
  if (disabled && rules > 0)
    find("idle-network-rules",
         "publicNetworkAccess is Disabled, so its " + counted_rules(rules, "let") + " nobody in",
         // The Azure CLI's own command takes one rule at a time.
         command_line({"az", "resource", "update", "-g", group, "-n", name, "--resource-type",
                       "Microsoft.KeyVault/vaults", "--api-version", "2026-02-01", "--set",
                       "properties.networkAcls.ipRules=[]",
                       "properties.networkAcls.virtualNetworkRules=[]"}));
  else if (!disabled && !closed && rules > 0)
    find("idle-network-rules",
         "defaultAction is Allow, so its " + counted_rules(rules, "keep") + " nobody out",
         update({"--default-action", "Deny"}));
  if (endpoint || trusted) return;
  // No more than it takes: public access alone, with defaultAction Allow, would let everybody in.
  std::string opens = "; the command lets in the services that Azure trusts";
  if (rules > 0) opens += " and what its " + counted_rules(rules, "name");
  if (disabled)
    find("unreachable", "publicNetworkAccess is Disabled, bypass None, no private endpoint" + opens,
         update({"--public-network-access", "Enabled", "--default-action", "Deny", "--bypass",
                 "AzureServices"}));
  else if (closed && rules == 0)
    find("unreachable",
         "defaultAction is Deny without any rule, bypass None, no private endpoint" + opens,
         update({"--bypass", "AzureServices"}));
}

}  // namespace akv::doctor
