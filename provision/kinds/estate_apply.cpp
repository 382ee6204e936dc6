#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/engine/guards.hpp"
#include "akv/provision/engine/lockout.hpp"
#include "akv/provision/engine/shell_word.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/kinds/resource_group_execution.hpp"
#include "akv/provision/kinds/vault_execution.hpp"

#include <cassert>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Action;
using engine::Change;

std::unique_ptr<engine::Execution> make_execution(const engine::Plan& plan, const Change& change,
                                                  const RunFacts& facts) {
  if (change.kind == "resourceGroup")
    return change.action == Action::del ? make_group_delete(change, plan, facts)
                                        : make_group_write(change, facts);
  if (find_companion_list(change.kind) != nullptr)
    return change.action == Action::del ? make_companion_delete(change, facts)
                                        : make_companion_write(change, facts);
  assert(change.kind == "vault");
  switch (change.action) {
    case Action::del:
      return make_vault_delete(change, facts);
    case Action::purge:
      return make_vault_purge(change, facts);
    default:
      return make_vault_write(change, facts);
  }
}

std::set<std::string, ascii::Less> switching(const engine::Plan& plan,
                                             const engine::Registry& registry) {
  std::set<std::string, ascii::Less> scopes;
  for (const Change& change : plan.changes)
    if (registry.at(change.kind).follows_companions(change)) {
      scopes.insert(change.id);
      scopes.insert(resource_group_id(change.subscription, change.group));
    }
  return scopes;
}

/// The rule of access-removed that counts over the plan, kept while fresh reads show losses that
/// the plan did not know (a recovered vault's access is known only then).
class LosingVaults {
 public:
  /// Both are borrowed for the run.
  LosingVaults(const engine::Plan& plan, const engine::Allowances& allow)
      : allow_(allow), vaults_(plan.vaults_planned) {
    for (const auto& change : plan.changes)
      if (change.impact.pairs_lost > 0) names_.insert(change.name);
  }

  std::optional<engine::GuardFinding> add(const Change& fresh) {
    if (fresh.impact.pairs_lost == 0 || engine::is_allowed(allow_, "access-removed", fresh.name))
      return std::nullopt;
    const std::lock_guard lock(mutex_);
    // What the plan knew was judged with the plan.
    if (!names_.insert(fresh.name).second) return std::nullopt;
    if (names_.size() < 3 || names_.size() * 10 <= vaults_ * 3) return std::nullopt;
    return engine::GuardFinding{.id = "access-removed",
                                .message = std::to_string(names_.size()) + " of " +
                                           std::to_string(vaults_) +
                                           " vaults would lose access; the limit is 30 %",
                                .objects = {fresh.name},
                                .remedy = "Put the entries back in the manifest",
                                .lifted_by = "--allow access-removed"};
  }

 private:
  const engine::Allowances& allow_;
  const std::size_t vaults_;
  std::mutex mutex_;  // guards names_
  std::set<std::string> names_;
};

}  // namespace

engine::RunResult apply(const Planned& planned, const engine::Registry& registry,
                        const Connection& connection, const engine::Allowances& allow,
                        engine::RunOptions options, const std::string& plan_again) {
  LosingVaults losing(planned.plan, allow);
  const engine::Lockout lockout(planned.plan, planned.facts, allow);
  const engine::Recheck recheck = [&](const Change& fresh) {
    engine::Plan one;
    one.subscriptions = planned.plan.subscriptions;
    one.changes.push_back(fresh);
    auto findings = engine::check_guards(one, 1, allow);
    if (auto too_many = losing.add(fresh)) findings.push_back(std::move(*too_many));
    for (auto& locked_out : lockout.check(fresh)) findings.push_back(std::move(locked_out));
    for (auto& finding : findings)
      if (!finding.lifted_by.empty())
        finding.lifted_by = "--allow " + engine::shell_word(finding.id + "=" + fresh.name);
    return findings;
  };
  const RunFacts facts{connection.client,
                       registry,
                       planned.environment,
                       planned.plan.principals,
                       recheck,
                       switching(planned.plan, registry),
                       plan_again};
  if (!options.pace) options.pace = connection.pace.get();
  return engine::run(
      planned.plan,
      [&](std::size_t i) { return make_execution(planned.plan, planned.plan.changes[i], facts); },
      [&](const std::string&, const std::vector<engine::Execution*>& waiting,
          const Context& context) { return poll_vaults_together(waiting, facts, context); },
      options);
}

}  // namespace akv::kinds
