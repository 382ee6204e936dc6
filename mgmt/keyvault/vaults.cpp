#include "akv/mgmt/keyvault/vaults.hpp"

#include <algorithm>

namespace akv {
namespace {

using arm::FinalState;
using http::Method;

// The only version under which this list was ever published.
constexpr const char* resource_index_api_version = "2015-11-01";

constexpr const char* begin_create = "Vaults.begin_create_or_update";
constexpr const char* begin_purge = "Vaults.begin_purge_deleted";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_valid_name(std::string_view name) {
  return name.size() >= 3 && name.size() <= 24 && is_letter(name.front()) && name.back() != '-' &&
         name.find("--") == std::string_view::npos &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

// The service's own answer to a bad name is a 404 or a bare 400, depending on what is wrong.
void check_new_name(std::string_view name) {
  if (is_valid_name(name)) return;
  throw AzureError({.code = "VaultNameNotValid",
                    .message = "\"" + std::string(name) +
                               "\" is not a vault name: it must have 3 to 24 letters, digits and "
                               "hyphens, start with a letter, end with a letter or digit, and have "
                               "no two hyphens in a row",
                    .operation = begin_create});
}

}  // namespace

Poller<Vault> VaultsOperations::begin_create_or_update(
    std::string_view resource_group_name, std::string_view vault_name,
    const VaultCreateOrUpdateParameters& parameters, const CallOptions& options) const {
  check_new_name(vault_name);
  return start<Vault>({.method = Method::put,
                       .operation = begin_create,
                       .path = vault_path(begin_create, resource_group_name, vault_name).str(),
                       .body = json::encode(parameters)},
                      {200, 201, 202}, {FinalState::location, interval}, options);
}

Poller<Vault> VaultsOperations::resume_create_or_update(std::string_view resume_token,
                                                        const CallOptions& options) const {
  return resume<Vault>(begin_create, resume_token, {FinalState::location, interval}, options);
}

Vault VaultsOperations::update(std::string_view resource_group_name, std::string_view vault_name,
                               const VaultPatchParameters& parameters,
                               const CallOptions& options) const {
  constexpr const char* operation = "Vaults.update";
  return send_patch<Vault>(operation, vault_path(operation, resource_group_name, vault_name).str(),
                           parameters, options);
}

Vault VaultsOperations::get(std::string_view resource_group_name, std::string_view vault_name,
                            const CallOptions& options) const {
  constexpr const char* operation = "Vaults.get";
  return send_get<Vault>(operation, vault_path(operation, resource_group_name, vault_name).str(),
                         options);
}

std::optional<Vault> VaultsOperations::find(std::string_view resource_group_name,
                                            std::string_view vault_name,
                                            const CallOptions& options) const {
  constexpr const char* operation = "Vaults.find";
  return send_find<Vault>(operation, vault_path(operation, resource_group_name, vault_name).str(),
                          options);
}

bool VaultsOperations::remove(std::string_view resource_group_name, std::string_view vault_name,
                              const CallOptions& options) const {
  constexpr const char* operation = "Vaults.remove";
  return send_delete(operation, vault_path(operation, resource_group_name, vault_name).str(),
                     options);
}

VaultAccessPolicyParameters VaultsOperations::update_access_policy(
    std::string_view resource_group_name, std::string_view vault_name,
    std::string_view operation_kind, const VaultAccessPolicyParameters& parameters,
    const CallOptions& options) const {
  constexpr const char* operation = "Vaults.update_access_policy";
  return send_put<VaultAccessPolicyParameters>(
      operation,
      vault_path(operation, resource_group_name, vault_name)
          .text("/accessPolicies/")
          .name("operation kind", operation_kind)
          .str(),
      parameters, options);
}

Pager<Vault> VaultsOperations::list_by_resource_group(std::string_view resource_group_name,
                                                      std::optional<int> top,
                                                      const CallOptions& options) const {
  constexpr const char* operation = "Vaults.list_by_resource_group";
  return pager<Vault>(operation, group_path(operation, resource_group_name).text("/vaults").str(),
                      arm::top_query(top), options);
}

Pager<Vault> VaultsOperations::list_by_subscription(std::optional<int> top,
                                                    const CallOptions& options) const {
  constexpr const char* operation = "Vaults.list_by_subscription";
  return pager<Vault>(operation, provider_path(operation).text("/vaults").str(),
                      arm::top_query(top), options);
}

Pager<TrackedResource> VaultsOperations::list(std::optional<int> top,
                                              const CallOptions& options) const {
  constexpr const char* operation = "Vaults.list";
  arm::Query query = {{"$filter", "resourceType eq 'Microsoft.KeyVault/vaults'"}};
  if (top) query.emplace_back("$top", std::to_string(*top));
  return Pager<TrackedResource>(pages(operation,
                                      subscription_scope(operation).text("/resources").str(), query,
                                      resource_index_api_version, options));
}

Pager<DeletedVault> VaultsOperations::list_deleted(const CallOptions& options) const {
  constexpr const char* operation = "Vaults.list_deleted";
  return pager<DeletedVault>(operation, provider_path(operation).text("/deletedVaults").str(), {},
                             options);
}

DeletedVault VaultsOperations::get_deleted(std::string_view vault_name, std::string_view location,
                                           const CallOptions& options) const {
  constexpr const char* operation = "Vaults.get_deleted";
  return send_get<DeletedVault>(operation, deleted_path(operation, location, vault_name).str(),
                                options);
}

Poller<void> VaultsOperations::begin_purge_deleted(std::string_view vault_name,
                                                   std::string_view location,
                                                   const CallOptions& options) const {
  return start<void>({.method = Method::post,
                      .operation = begin_purge,
                      .path = deleted_path(begin_purge, location, vault_name).text("/purge").str()},
                     {200, 202, 204}, {FinalState::none, interval}, options);
}

Poller<void> VaultsOperations::resume_purge_deleted(std::string_view resume_token,
                                                    const CallOptions& options) const {
  return resume<void>(begin_purge, resume_token, {FinalState::none, interval}, options);
}

CheckNameAvailabilityResult VaultsOperations::check_name_availability(
    const VaultCheckNameAvailabilityParameters& parameters, const CallOptions& options) const {
  constexpr const char* operation = "Vaults.check_name_availability";
  return send_question<CheckNameAvailabilityResult>(
      operation, provider_path(operation).text("/checkNameAvailability").str(), parameters,
      options);
}

arm::Path VaultsOperations::deleted_path(std::string_view operation, std::string_view location,
                                         std::string_view vault_name) const {
  return provider_path(operation)
      .text("/locations/")
      .name("location", location)
      .text("/deletedVaults/")
      .name("vault name", vault_name);
}

}  // namespace akv
