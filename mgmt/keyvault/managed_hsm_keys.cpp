#include "akv/mgmt/keyvault/managed_hsm_keys.hpp"

namespace akv {

ManagedHsmKey ManagedHsmKeysOperations::create_if_not_exist(
    std::string_view resource_group_name, std::string_view name, std::string_view key_name,
    const ManagedHsmKeyCreateParameters& parameters, const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsmKeys.create_if_not_exist";
  return send_put<ManagedHsmKey>(operation,
                                 key_path(operation, resource_group_name, name, key_name).str(),
                                 parameters, options);
}

ManagedHsmKey ManagedHsmKeysOperations::get(std::string_view resource_group_name,
                                            std::string_view name, std::string_view key_name,
                                            const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsmKeys.get";
  return send_get<ManagedHsmKey>(
      operation, key_path(operation, resource_group_name, name, key_name).str(), options);
}

std::optional<ManagedHsmKey> ManagedHsmKeysOperations::find(std::string_view resource_group_name,
                                                            std::string_view name,
                                                            std::string_view key_name,
                                                            const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsmKeys.find";
  return send_find<ManagedHsmKey>(
      operation, key_path(operation, resource_group_name, name, key_name).str(), options);
}

ManagedHsmKey ManagedHsmKeysOperations::get_version(std::string_view resource_group_name,
                                                    std::string_view name,
                                                    std::string_view key_name,
                                                    std::string_view key_version,
                                                    const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsmKeys.get_version";
  return send_get<ManagedHsmKey>(operation,
                                 key_path(operation, resource_group_name, name, key_name)
                                     .text("/versions/")
                                     .name("key version", key_version)
                                     .str(),
                                 options);
}

Pager<ManagedHsmKey> ManagedHsmKeysOperations::list(std::string_view resource_group_name,
                                                    std::string_view name,
                                                    const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsmKeys.list";
  return pager<ManagedHsmKey>(
      operation, managed_hsm_path(operation, resource_group_name, name).text("/keys").str(), {},
      options);
}

Pager<ManagedHsmKey> ManagedHsmKeysOperations::list_versions(std::string_view resource_group_name,
                                                             std::string_view name,
                                                             std::string_view key_name,
                                                             const CallOptions& options) const {
  constexpr const char* operation = "ManagedHsmKeys.list_versions";
  return pager<ManagedHsmKey>(
      operation, key_path(operation, resource_group_name, name, key_name).text("/versions").str(),
      {}, options);
}

arm::Path ManagedHsmKeysOperations::key_path(std::string_view operation,
                                             std::string_view resource_group_name,
                                             std::string_view name,
                                             std::string_view key_name) const {
  return managed_hsm_path(operation, resource_group_name, name)
      .text("/keys/")
      .name("key name", key_name);
}

}  // namespace akv
