/// Names of role assignments that are the same in every run.
#pragma once
#include <string>
#include <string_view>

namespace akv {

/// The GUID that an assignment of this role to this principal at this scope is to be called: a
/// second run then finds what the first one made, where a random name would get
/// `RoleAssignmentExists`. The role may be given by its GUID or by any id that ends with it, and
/// nothing depends on case or on the first or last slash of the scope.
///
/// It is the version 5 UUID (RFC 4122, SHA-1) of `scope-principal-role`, all in lower case, the
/// scope with its first slash and the role as its GUID, in the namespace that the `guid` function
/// of ARM templates and Bicep has. So a template makes the same name with
/// `guid(toLower(scopeId), toLower(principalId), toLower(roleGuid))`.
///
/// Throws AzureError with the code `InvalidArgument` where principal or role is no GUID, or the
/// scope is empty: such an assignment cannot be, and its name would collide with others.
std::string role_assignment_name(std::string_view scope, std::string_view principal_id,
                                 std::string_view role_definition_id);

}  // namespace akv
