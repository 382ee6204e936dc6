/// What a caller may do: its role assignments, and the actions that requests stand for.
#pragma once
#include "akv/emulator/extension_store.hpp"
#include "akv/emulator/router.hpp"
#include "akv/mgmt/json/document.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace akv::emulator {

/// What a request does, and to what.
struct Target {
  std::string action;    ///< `Microsoft.KeyVault/vaults/write`, in the request's spelling.
  std::string scope;     ///< The id of what it is done to; of a list, where it lists.
  bool is_list = false;  ///< A GET of all of a type.
};

/// `provider` is that of the route; ARM's own have types of Microsoft.Resources.
Target target_of(const Route& route, const Provider& provider,
                 const std::vector<std::string>& segments);

/// Whether an action, or the pattern of a role, names this action. `*` takes any text, and
/// `vaults/*/read` also `vaults/read`: Azure's roles are written as if it did. Without case.
bool action_matches(std::string_view pattern, std::string_view action);

/// The rights of one caller at one time. Knows nothing of groups.
class Access {
 public:
  Access() = default;
  /// From the assignments of this object id that count at `now`.
  Access(Store& store, std::string_view object_id, SystemTime now);

  bool may(std::string_view action, std::string_view scope) const;
  /// The same by an assignment and a role without a condition.
  bool may_unconditionally(std::string_view action, std::string_view scope) const;
  /// Whether any assignment is at this scope, above or within it.
  bool touches(std::string_view scope) const;
  /// What GET …/permissions shows: an element per assignment that holds for the scope.
  json::Document permissions(std::string_view scope) const;

 private:
  struct Grant {
    std::string scope;  ///< Its key.
    bool conditional = false;
    /// The `permissions` of the role; shared, since views into it are nobody else's.
    std::shared_ptr<const json::Document> permissions;
  };
  bool granted(std::string_view action, std::string_view scope, bool unconditionally) const;
  std::vector<Grant> grants_;  // in the order of their assignments' keys
};

/// The role that an assignment names by its id's last name: a built-in one, or one of the tenant's
/// own. As GET shows it.
std::optional<json::Document> find_role(ExtensionStore& extensions, std::string_view tenant,
                                        std::string_view id);

inline constexpr std::string_view role_assignment_type = "Microsoft.Authorization/roleAssignments";
inline constexpr std::string_view role_definition_type = "Microsoft.Authorization/roleDefinitions";
inline constexpr std::string_view lock_type = "Microsoft.Authorization/locks";

}  // namespace akv::emulator
