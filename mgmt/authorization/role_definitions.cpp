#include "akv/mgmt/authorization/role_definitions.hpp"

namespace akv {
namespace {

constexpr std::string_view collection = "roleDefinitions";

}  // namespace

RoleDefinition RoleDefinitionsOperations::create_or_update(std::string_view scope,
                                                           std::string_view role_definition_id,
                                                           const RoleDefinition& role_definition,
                                                           const CallOptions& options) const {
  constexpr const char* operation = "RoleDefinitions.create_or_update";
  return send_put<RoleDefinition>(operation, path(operation, scope, role_definition_id),
                                  role_definition, options);
}

RoleDefinition RoleDefinitionsOperations::get(std::string_view scope,
                                              std::string_view role_definition_id,
                                              const CallOptions& options) const {
  constexpr const char* operation = "RoleDefinitions.get";
  return send_get<RoleDefinition>(operation, path(operation, scope, role_definition_id), options);
}

std::optional<RoleDefinition> RoleDefinitionsOperations::find(std::string_view scope,
                                                              std::string_view role_definition_id,
                                                              const CallOptions& options) const {
  constexpr const char* operation = "RoleDefinitions.find";
  return send_find<RoleDefinition>(operation, path(operation, scope, role_definition_id), options);
}

RoleDefinition RoleDefinitionsOperations::get_by_id(std::string_view role_id,
                                                    const CallOptions& options) const {
  constexpr const char* operation = "RoleDefinitions.get_by_id";
  return send_get<RoleDefinition>(
      operation, arm::Path(operation).scope("role definition id", role_id).str(), options);
}

std::optional<RoleDefinition> RoleDefinitionsOperations::remove(std::string_view scope,
                                                                std::string_view role_definition_id,
                                                                const CallOptions& options) const {
  constexpr const char* operation = "RoleDefinitions.remove";
  return send_remove<RoleDefinition>(operation, path(operation, scope, role_definition_id),
                                     options);
}

Pager<RoleDefinition> RoleDefinitionsOperations::list(std::string_view scope,
                                                      std::string_view filter,
                                                      const CallOptions& options) const {
  constexpr const char* operation = "RoleDefinitions.list";
  return pager<RoleDefinition>(operation, at_scope(operation, scope, collection).str(),
                               arm::given({{"$filter", std::string(filter)}}), options);
}

std::string RoleDefinitionsOperations::path(std::string_view operation, std::string_view scope,
                                            std::string_view id) const {
  return at_scope(operation, scope, collection).text("/").name("role definition id", id).str();
}

}  // namespace akv
