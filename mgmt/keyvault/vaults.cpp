#include "akv/mgmt/keyvault/vaults.hpp"

#include "akv/mgmt/arm/path.hpp"
#include "akv/mgmt/json/codec.hpp"

#include <algorithm>
#include <utility>

namespace akv {
namespace {

using arm::decode;
using arm::expect;
using arm::FinalState;
using arm::Operation;
using arm::OperationPoller;
using http::Method;
using namespace std::chrono_literals;

constexpr std::string_view provider = "/providers/Microsoft.KeyVault";

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

arm::Polling polling(std::string operation, std::string target, const CallOptions& options) {
  // The contract's default of a minute is far more than Key Vault needs, and it names an interval
  // only for purges.
  return {.operation = std::move(operation),
          .target = std::move(target),
          .interval = 5s,
          .options = options};
}

}  // namespace

VaultsOperations::VaultsOperations(arm::ArmClient arm, std::string subscription_id,
                                   std::string api_version)
    : arm_(std::move(arm)),
      subscription_id_(std::move(subscription_id)),
      api_version_(std::move(api_version)) {}

Poller<Vault> VaultsOperations::begin_create_or_update(
    std::string_view resource_group_name, std::string_view vault_name,
    const VaultCreateOrUpdateParameters& parameters, const CallOptions& options) const {
  check_new_name(vault_name);
  const std::string path = vault_path(begin_create, resource_group_name, vault_name);
  const http::Response answer = arm_.send(Method::put, path, {}, json::encode(parameters),
                                          begin_create, api_version_, options);
  expect(answer, {200, 201, 202}, begin_create, path);
  return Poller<Vault>(OperationPoller(
      arm_,
      Operation::start(Method::put, arm_.url(path, {}, version_for(options)), answer,
                       FinalState::location, arm_.on_client_clock(options.context).clock->now()),
      polling(begin_create, path, options)));
}

Poller<Vault> VaultsOperations::resume_create_or_update(std::string_view resume_token,
                                                        const CallOptions& options) const {
  return Poller<Vault>(
      OperationPoller::resume(arm_, resume_token, polling(begin_create, {}, options)));
}

Vault VaultsOperations::update(std::string_view resource_group_name, std::string_view vault_name,
                               const VaultPatchParameters& parameters,
                               const CallOptions& options) const {
  constexpr const char* operation = "Vaults.update";
  const std::string path = vault_path(operation, resource_group_name, vault_name);
  const http::Response answer = arm_.send(Method::patch, path, {}, json::encode(parameters),
                                          operation, api_version_, options);
  expect(answer, {200, 201}, operation, path);
  return decode<Vault>(answer, operation, path);
}

Vault VaultsOperations::get(std::string_view resource_group_name, std::string_view vault_name,
                            const CallOptions& options) const {
  constexpr const char* operation = "Vaults.get";
  const std::string path = vault_path(operation, resource_group_name, vault_name);
  const http::Response answer =
      arm_.send(Method::get, path, {}, {}, operation, api_version_, options);
  expect(answer, {200, 204}, operation, path);
  return decode<Vault>(answer, operation, path);
}

std::optional<Vault> VaultsOperations::find(std::string_view resource_group_name,
                                            std::string_view vault_name,
                                            const CallOptions& options) const {
  constexpr const char* operation = "Vaults.find";
  const std::string path = vault_path(operation, resource_group_name, vault_name);
  const http::Response answer =
      arm_.send(Method::get, path, {}, {}, operation, api_version_, options);
  expect(answer, {200, 204, 404}, operation, path);
  if (answer.status != 200) return std::nullopt;
  return decode<Vault>(answer, operation, path);
}

bool VaultsOperations::remove(std::string_view resource_group_name, std::string_view vault_name,
                              const CallOptions& options) const {
  constexpr const char* operation = "Vaults.remove";
  const std::string path = vault_path(operation, resource_group_name, vault_name);
  const http::Response answer =
      arm_.send(Method::del, path, {}, {}, operation, api_version_, options);
  expect(answer, {200, 204}, operation, path);
  return answer.status == 200;
}

VaultAccessPolicyParameters VaultsOperations::update_access_policy(
    std::string_view resource_group_name, std::string_view vault_name,
    std::string_view operation_kind, const VaultAccessPolicyParameters& parameters,
    const CallOptions& options) const {
  constexpr const char* operation = "Vaults.update_access_policy";
  arm::check_segment(operation_kind, "operation kind", operation);
  const std::string path = vault_path(operation, resource_group_name, vault_name,
                                      "/accessPolicies/" + http::percent_encode(operation_kind));
  const http::Response answer =
      arm_.send(Method::put, path, {}, json::encode(parameters), operation, api_version_, options);
  expect(answer, {200, 201}, operation, path);
  return decode<VaultAccessPolicyParameters>(answer, operation, path);
}

Pager<Vault> VaultsOperations::list_by_resource_group(std::string_view resource_group_name,
                                                      std::optional<int> top,
                                                      const CallOptions& options) const {
  constexpr const char* operation = "Vaults.list_by_resource_group";
  const std::string path = arm::subscription_path(operation, subscription_id_)
                               .text("/resourceGroups/")
                               .name("resource group name", resource_group_name)
                               .text(provider)
                               .text("/vaults")
                               .str();
  return Pager<Vault>(pages(operation, path, top, options));
}

Pager<Vault> VaultsOperations::list_by_subscription(std::optional<int> top,
                                                    const CallOptions& options) const {
  constexpr const char* operation = "Vaults.list_by_subscription";
  return Pager<Vault>(pages(operation, provider_path(operation, "/vaults"), top, options));
}

Pager<TrackedResource> VaultsOperations::list(std::optional<int> top,
                                              const CallOptions& options) const {
  constexpr const char* operation = "Vaults.list";
  const std::string path =
      arm::subscription_path(operation, subscription_id_).text("/resources").str();
  std::vector<std::pair<std::string, std::string>> query = {
      {"$filter", "resourceType eq 'Microsoft.KeyVault/vaults'"}};
  if (top) query.emplace_back("$top", std::to_string(*top));
  return Pager<TrackedResource>(
      arm::PageSource(arm_, {.operation = operation,
                             .target = path,
                             .first_url = arm_.url(path, query, resource_index_api_version),
                             .api_version = resource_index_api_version,
                             .options = options}));
}

Pager<DeletedVault> VaultsOperations::list_deleted(const CallOptions& options) const {
  constexpr const char* operation = "Vaults.list_deleted";
  return Pager<DeletedVault>(
      pages(operation, provider_path(operation, "/deletedVaults"), std::nullopt, options));
}

DeletedVault VaultsOperations::get_deleted(std::string_view vault_name, std::string_view location,
                                           const CallOptions& options) const {
  constexpr const char* operation = "Vaults.get_deleted";
  const std::string path = deleted_path(operation, location, vault_name);
  const http::Response answer =
      arm_.send(Method::get, path, {}, {}, operation, api_version_, options);
  expect(answer, {200, 204}, operation, path);
  return decode<DeletedVault>(answer, operation, path);
}

Poller<void> VaultsOperations::begin_purge_deleted(std::string_view vault_name,
                                                   std::string_view location,
                                                   const CallOptions& options) const {
  const std::string path = deleted_path(begin_purge, location, vault_name, "/purge");
  const http::Response answer =
      arm_.send(Method::post, path, {}, {}, begin_purge, api_version_, options);
  expect(answer, {200, 202, 204}, begin_purge, path);
  return Poller<void>(OperationPoller(
      arm_,
      Operation::start(Method::post, arm_.url(path, {}, version_for(options)), answer,
                       FinalState::none, arm_.on_client_clock(options.context).clock->now()),
      polling(begin_purge, path, options)));
}

Poller<void> VaultsOperations::resume_purge_deleted(std::string_view resume_token,
                                                    const CallOptions& options) const {
  return Poller<void>(
      OperationPoller::resume(arm_, resume_token, polling(begin_purge, {}, options)));
}

CheckNameAvailabilityResult VaultsOperations::check_name_availability(
    const VaultCheckNameAvailabilityParameters& parameters, const CallOptions& options) const {
  constexpr const char* operation = "Vaults.check_name_availability";
  const std::string path = provider_path(operation, "/checkNameAvailability");
  const http::Response answer =
      arm_.send(Method::post, path, {}, json::encode(parameters), operation, api_version_, options,
                /*idempotent_post=*/true);
  expect(answer, {200}, operation, path);
  return decode<CheckNameAvailabilityResult>(answer, operation, path);
}

std::string VaultsOperations::vault_path(std::string_view operation,
                                         std::string_view resource_group_name,
                                         std::string_view vault_name, std::string_view rest) const {
  return arm::subscription_path(operation, subscription_id_)
      .text("/resourceGroups/")
      .name("resource group name", resource_group_name)
      .text(provider)
      .text("/vaults/")
      .name("vault name", vault_name)
      .text(rest)
      .str();
}

std::string VaultsOperations::provider_path(std::string_view operation,
                                            std::string_view rest) const {
  return arm::subscription_path(operation, subscription_id_).text(provider).text(rest).str();
}

std::string VaultsOperations::deleted_path(std::string_view operation, std::string_view location,
                                           std::string_view vault_name,
                                           std::string_view rest) const {
  return arm::subscription_path(operation, subscription_id_)
      .text(provider)
      .text("/locations/")
      .name("location", location)
      .text("/deletedVaults/")
      .name("vault name", vault_name)
      .text(rest)
      .str();
}

arm::PageSource VaultsOperations::pages(std::string_view operation, const std::string& path,
                                        std::optional<int> top, const CallOptions& options) const {
  std::vector<std::pair<std::string, std::string>> query;
  if (top) query.emplace_back("$top", std::to_string(*top));
  return arm::PageSource(arm_, {.operation = std::string(operation),
                                .target = path,
                                .first_url = arm_.url(path, query, version_for(options)),
                                .api_version = version_for(options),
                                .options = options});
}

const std::string& VaultsOperations::version_for(const CallOptions& options) const {
  return options.api_version.empty() ? api_version_ : options.api_version;
}

}  // namespace akv
