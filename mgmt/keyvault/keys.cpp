#include "akv/mgmt/keyvault/keys.hpp"

namespace akv {

Key KeysOperations::create_if_not_exist(std::string_view resource_group_name,
                                        std::string_view vault_name, std::string_view key_name,
                                        const KeyCreateParameters& parameters,
                                        const CallOptions& options) const {
  constexpr const char* operation = "Keys.create_if_not_exist";
  return send_put<Key>(operation,
                       key_path(operation, resource_group_name, vault_name, key_name).str(),
                       parameters, options);
}

Key KeysOperations::get(std::string_view resource_group_name, std::string_view vault_name,
                        std::string_view key_name, const CallOptions& options) const {
  constexpr const char* operation = "Keys.get";
  return send_get<Key>(
      operation, key_path(operation, resource_group_name, vault_name, key_name).str(), options);
}

std::optional<Key> KeysOperations::find(std::string_view resource_group_name,
                                        std::string_view vault_name, std::string_view key_name,
                                        const CallOptions& options) const {
  constexpr const char* operation = "Keys.find";
  return send_find<Key>(
      operation, key_path(operation, resource_group_name, vault_name, key_name).str(), options);
}

Key KeysOperations::get_version(std::string_view resource_group_name, std::string_view vault_name,
                                std::string_view key_name, std::string_view key_version,
                                const CallOptions& options) const {
  constexpr const char* operation = "Keys.get_version";
  return send_get<Key>(operation,
                       key_path(operation, resource_group_name, vault_name, key_name)
                           .text("/versions/")
                           .name("key version", key_version)
                           .str(),
                       options);
}

Pager<Key> KeysOperations::list(std::string_view resource_group_name, std::string_view vault_name,
                                const CallOptions& options) const {
  constexpr const char* operation = "Keys.list";
  return pager<Key>(operation,
                    vault_path(operation, resource_group_name, vault_name).text("/keys").str(), {},
                    options);
}

Pager<Key> KeysOperations::list_versions(std::string_view resource_group_name,
                                         std::string_view vault_name, std::string_view key_name,
                                         const CallOptions& options) const {
  constexpr const char* operation = "Keys.list_versions";
  return pager<Key>(
      operation,
      key_path(operation, resource_group_name, vault_name, key_name).text("/versions").str(), {},
      options);
}

arm::Path KeysOperations::key_path(std::string_view operation, std::string_view resource_group_name,
                                   std::string_view vault_name, std::string_view key_name) const {
  return vault_path(operation, resource_group_name, vault_name)
      .text("/keys/")
      .name("key name", key_name);
}

}  // namespace akv
