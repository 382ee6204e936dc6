/// The lock-out guard: who had access before the plan and lacks it after.
#pragma once
#include "akv/provision/engine/facts.hpp"
#include "akv/provision/engine/guards.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace akv::engine {

/// Judges by what the plan knows: the access policies of vaults that change, and the role
/// assignments beside vaults and groups that the manifest names. What is assigned further up is not
/// known. Watched over are the caller and the groups that it is surely in, principals marked
/// `breakGlass: true`, the last administrator of a vault, and the caller's address.
///
/// Constant once made: it may be shared between threads. All that it is given must outlive it.
class Lockout {
 public:
  Lockout(const Plan& plan, const Facts& facts, const Allowances& allowances);

  /// What no allowance lifts, over the whole plan.
  std::vector<GuardFinding> check() const;
  /// The same for one change of the plan that was judged afresh while it is carried out.
  std::vector<GuardFinding> check(const Change& fresh) const;
  /// What is not known for sure: groups that lose access and may contain the caller, principals
  /// that may be such groups, access that is taken away while the caller is not known; and vaults
  /// that are made so that nobody has access.
  std::vector<std::string> warnings() const;

 private:
  /// The changes of a group or vault, which count together; null: none of that kind.
  struct Scope {
    const Change* object = nullptr;
    const Change* roles = nullptr;
    const StandingGrants* standing = nullptr;  ///< Of a vault that does not change itself.
    const Change* above = nullptr;             ///< Of the roles at its group.

    const std::string& subscription() const;
    const std::string& name() const;  ///< `GROUP`, `GROUP/VAULT`
  };
  struct Loss;
  using Grants = std::vector<const Grant*>;
  using Side = Access Impact::*;

  static Scope& put(Scope& scope, const Change& change);
  void judge(Scope scope, std::vector<Loss>& losses) const;
  /// The change of the roles at the group of a vault; nullptr: none.
  const Change* roles_above(const Scope& scope) const;
  void judge_administrators(const Scope& scope, const Grants& before, const Grants& after,
                            std::vector<Loss>& losses) const;
  void judge_address(const Scope& scope, std::vector<Loss>& losses) const;
  /// Those that count on that side of the changes.
  Grants grants(const Scope& scope, Side side) const;
  std::vector<GuardFinding> findings(const std::vector<Loss>& losses) const;
  std::string remedy(const std::vector<const Loss*>& losses) const;
  struct Losses;
  Losses losses_of_all() const;
  void warn_of_groups(const Losses& losses, std::vector<std::string>& out) const;
  void warn_of_unnamed(const Losses& losses, std::vector<std::string>& out) const;
  std::vector<std::string> caller_ids() const;
  std::string label(const std::string& object_id) const;

  const Plan& plan_;
  const Facts& facts_;
  const Allowances& allowances_;
  std::map<std::string, Scope> scopes_;
  std::map<std::string, const std::vector<Grant>*> standing_;  // Role assignments.
  std::map<std::string, const StandingGrants*> vaults_;        // That do not change.
  std::map<std::string, const Principal*> principals_;         // By object id.
};

/// The findings of check_guards and of this guard, over a whole plan.
std::vector<GuardFinding> check_all_guards(const Plan& plan, const Facts& facts,
                                           const Allowances& allowances);

}  // namespace akv::engine
