/// The operations on role definitions.
///
/// Named as in Python's azure-mgmt-authorization. Scopes and errors are those of role_assignments.
#pragma once
#include "akv/mgmt/authorization/operation_group.hpp"
#include "akv/mgmt/authorization/role_definition.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it. `role_definition_id` is the GUID alone.
class RoleDefinitionsOperations : public AuthorizationOperationGroup {
 public:
  using AuthorizationOperationGroup::AuthorizationOperationGroup;

  /// Makes or replaces a custom role.
  RoleDefinition create_or_update(std::string_view scope, std::string_view role_definition_id,
                                  const RoleDefinition& role_definition,
                                  const CallOptions& options = {}) const;
  /// Throws NotFoundError when there is none.
  RoleDefinition get(std::string_view scope, std::string_view role_definition_id,
                     const CallOptions& options = {}) const;
  /// The same, with nullopt for "not there".
  std::optional<RoleDefinition> find(std::string_view scope, std::string_view role_definition_id,
                                     const CallOptions& options = {}) const;
  /// By the whole id, as role assignments name it.
  RoleDefinition get_by_id(std::string_view role_id, const CallOptions& options = {}) const;
  /// Deletes a custom role (Python's `delete`) that nobody has any more; returns what there was,
  /// nullopt for nothing.
  std::optional<RoleDefinition> remove(std::string_view scope, std::string_view role_definition_id,
                                       const CallOptions& options = {}) const;

  /// Those that can be assigned at the scope. `filter`: `atScopeAndBelow()`,
  /// `roleName eq 'Key Vault Reader'`, `type eq 'CustomRole'`; empty is not sent.
  Pager<RoleDefinition> list(std::string_view scope, std::string_view filter = {},
                             const CallOptions& options = {}) const;

 private:
  std::string path(std::string_view operation, std::string_view scope, std::string_view id) const;
};

}  // namespace akv
