#include "akv/provision/engine/guards.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/kinds/resource_group_execution.hpp"
#include "akv/provision/kinds/vault_execution.hpp"

#include <cassert>
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

}  // namespace

engine::RunResult apply(const Planned& planned, const engine::Registry& registry,
                        const Connection& connection, const engine::Allowances& allow,
                        engine::RunOptions options) {
  // Guards of one object; those that count over the plan were judged when it was made.
  const engine::Recheck recheck = [&allow](const Change& fresh) {
    engine::Plan one;
    one.changes.push_back(fresh);
    return engine::check_guards(one, 1, allow);
  };
  const RunFacts facts{connection.client, registry, planned.environment, planned.plan.principals,
                       recheck};
  if (!options.pace) options.pace = connection.pace.get();
  return engine::run(
      planned.plan,
      [&](std::size_t i) { return make_execution(planned.plan, planned.plan.changes[i], facts); },
      [&](const std::string&, const std::vector<engine::Execution*>& waiting,
          const Context& context) { return poll_vaults_together(waiting, facts, context); },
      options);
}

}  // namespace akv::kinds
