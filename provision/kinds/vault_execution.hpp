/// Carrying out the changes of a vault, one request a step.
#pragma once
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/kinds/arm_step.hpp"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace akv::kinds {

/// What every execution of a run shares. Borrowed: all outlive the run.
struct RunFacts {
  const arm::ArmClient& client;
  const engine::Registry& registry;
  const engine::Environment& environment;
  const std::vector<engine::Principal>& principals;
  engine::Recheck recheck;
  /// Ids of vaults that switch to roles in this run, and of their groups: role assignments there
  /// are done only when they can be read back.
  std::set<std::string, ascii::Less> switching{};
  /// Of a saved plan: the command that makes it anew, which takes the options that lift guards.
  std::string plan_again{};
};

/// For create, update, adopt and recover: reads first, writes only what a fresh read shows to
/// differ, waits until the vault is Succeeded, compares what it reads back. `change` is borrowed
/// from the plan.
std::unique_ptr<engine::Execution> make_vault_write(const engine::Change& change,
                                                    const RunFacts& facts);
/// Deletes unless akv-protect stands by now.
std::unique_ptr<engine::Execution> make_vault_delete(const engine::Change& change,
                                                     const RunFacts& facts);
/// Purges the soft-deleted vault and follows the job to its end.
std::unique_ptr<engine::Execution> make_vault_purge(const engine::Change& change,
                                                    const RunFacts& facts);

/// Looks at all vaults that wait for their DNS name by one list.
std::vector<engine::StepOutcome> poll_vaults_together(
    const std::vector<engine::Execution*>& waiting, const RunFacts& facts, const Context& context);

}  // namespace akv::kinds
