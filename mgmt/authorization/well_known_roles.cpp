#include "akv/mgmt/authorization/well_known_roles.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <array>

namespace akv {
namespace {

constexpr std::array<WellKnownRole, 18> roles{{
    {"Contributor", role_id::contributor},
    {"Key Vault Administrator", role_id::key_vault_administrator},
    {"Key Vault Certificate User", role_id::key_vault_certificate_user},
    {"Key Vault Certificates Officer", role_id::key_vault_certificates_officer},
    {"Key Vault Contributor", role_id::key_vault_contributor},
    {"Key Vault Crypto Officer", role_id::key_vault_crypto_officer},
    {"Key Vault Crypto Service Encryption User", role_id::key_vault_crypto_service_encryption_user},
    {"Key Vault Crypto Service Release User", role_id::key_vault_crypto_service_release_user},
    {"Key Vault Crypto User", role_id::key_vault_crypto_user},
    {"Key Vault Data Access Administrator", role_id::key_vault_data_access_administrator},
    {"Key Vault Purge Operator", role_id::key_vault_purge_operator},
    {"Key Vault Reader", role_id::key_vault_reader},
    {"Key Vault Secrets Officer", role_id::key_vault_secrets_officer},
    {"Key Vault Secrets User", role_id::key_vault_secrets_user},
    {"Owner", role_id::owner},
    {"Reader", role_id::reader},
    {"Role Based Access Control Administrator", role_id::role_based_access_control_administrator},
    {"User Access Administrator", role_id::user_access_administrator},
}};

template <class Matches>
const WellKnownRole* find_role(Matches matches) {
  const auto found = std::find_if(roles.begin(), roles.end(), matches);
  return found == roles.end() ? nullptr : &*found;
}

}  // namespace

std::span<const WellKnownRole> well_known_roles() { return roles; }

const WellKnownRole* find_role_by_name(std::string_view role_name) {
  return find_role([=](const WellKnownRole& role) { return ascii::equal(role.name, role_name); });
}

const WellKnownRole* find_role_by_id(std::string_view role_id) {
  const std::string_view guid = role_id.substr(role_id.rfind('/') + 1);
  return find_role([=](const WellKnownRole& role) { return ascii::equal(role.id, guid); });
}

std::string role_definition_id(std::string_view role_id, std::string_view subscription_id) {
  std::string id;
  if (!subscription_id.empty()) id.append("/subscriptions/").append(subscription_id);
  return id.append("/providers/Microsoft.Authorization/roleDefinitions/").append(role_id);
}

}  // namespace akv
