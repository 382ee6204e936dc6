/// Who may do what in a vault, put together from its access policies and from the role assignments
/// at it and at its group.
#pragma once
#include "akv/provision/checks/rules.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace akv::checks {

/// One entry that lets somebody administer or purge.
struct Holder {
  std::string object_id;     ///< Lower case.
  std::string subject;       ///< `accessPolicies[OBJECT]`, `roleAssignments[OBJECT/ROLE]`
  std::string role;          ///< By name; empty: an access policy.
  std::uint32_t origin = 0;  ///< Of the entry; 0 where the manifest does not have it.
  bool by_writing = false;   ///< A role that may write the vault, and so its access policies.
  bool by_giving = false;    ///< A role that may give anybody any access.
  bool administers = false;
  std::string purges{};  ///< `keys and secrets`; empty: nothing that is known.
};

/// The role assignments at one scope.
struct HeldRoles {
  std::vector<Holder> holders;
  bool differs = false;
  bool certain = true;  ///< There is no custom role, which may allow anything.
};

/// A vault with all that counts there.
struct HeldVault {
  std::size_t object = 0;  ///< Index in the manifest's objects.
  bool existing = false, differs = false;
  bool by_roles = false;      ///< Its access goes by roles, not by policies.
  bool is_protected = false;  ///< Against purge.
  std::uint32_t policies_origin = 0;
  std::vector<Holder> holders{};  ///< Of access policies; of roles once it is judged.
  /// All that the manifest names at it and at its group could be looked at, and is understood.
  bool complete = true;
};

/// Takes in what planning shows, in any order, and knows each vault when all is shown.
class AccessBook {
 public:
  explicit AccessBook(const engine::Deployment& deployment);

  void note(const engine::Outlook& outlook);
  /// The vaults that were shown; with `changed` only those whose access may change. In the
  /// manifest's order.
  std::vector<HeldVault> vaults(bool changed) const;

 private:
  std::map<std::string, std::size_t> objects_;  // By id in lower case.
  std::map<std::string, HeldVault> vaults_;     // By id in lower case.
  std::map<std::string, HeldRoles> roles_;      // By id of the group or vault, in lower case.
  std::set<std::string> listed_;  // Ids of groups and vaults whose roles the manifest names.
};

/// Of an access policy: `keys and secrets`, the categories in which it lets somebody purge.
std::string purged_by_policy(const Document& policy);
/// `accessPolicies[OBJECT]`, by id: names may change.
std::string subject_of_policy(const Document& policy);
/// `roleAssignments[OBJECT/ROLE]`
std::string subject_of_role(const Document& assignment);
/// The principal's name in the manifest, else the id.
std::string label_of(const Estate& estate, std::string_view object_id);
const engine::Principal* principal_of(const Estate& estate, std::string_view object_id);

}  // namespace akv::checks
