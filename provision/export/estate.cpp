#include "akv/provision/export/estate.hpp"

#include <algorithm>
#include <array>

namespace akv::exporting {
namespace {

constexpr std::array heads{
    std::string_view("sku"),
    std::string_view("location"),
    std::string_view("tenant"),
    std::string_view("tags"),
    std::string_view("softDeleteRetentionInDays"),
    std::string_view("enablePurgeProtection"),
    std::string_view("enableRbacAuthorization"),
    std::string_view("enabledForDeployment"),
    std::string_view("enabledForDiskEncryption"),
    std::string_view("enabledForTemplateDeployment"),
    std::string_view("publicNetworkAccess"),
    std::string_view("networkAcls"),
    std::string_view("protect"),
};

std::ptrdiff_t rank(std::string_view path) {
  return std::find(heads.begin(), heads.end(), path.substr(0, path.find('.'))) - heads.begin();
}

}  // namespace

bool is_existing(const Group& group, std::string_view deployment) {
  return group.self.mark.empty() &&
         std::any_of(group.vaults.begin(), group.vaults.end(),
                     [deployment](const Object& vault) { return vault.mark == deployment; });
}

bool stands_before(std::string_view a, std::string_view b) {
  const std::ptrdiff_t left = rank(a);
  const std::ptrdiff_t right = rank(b);
  return left != right ? left < right : a < b;
}

PolicyId Estate::add(const Policy& policy) {
  const auto [found, fresh] = policy_ids.emplace(policy, static_cast<PolicyId>(policies.size()));
  if (fresh) policies.push_back(policy);
  return found->second;
}

}  // namespace akv::exporting
