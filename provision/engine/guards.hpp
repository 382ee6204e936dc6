/// Guards: pure functions of the plan. They stop what is probably a mistake until it is allowed.
#pragma once
#include "akv/provision/engine/plan.hpp"

#include <string>
#include <vector>

namespace akv::engine {

/// `--allow GUARD[=GLOB]`
struct Allowance {
  std::string guard, glob = "*";
};
using Allowances = std::vector<Allowance>;
/// Whether one of them lifts `guard` from the object; `*` alone stands for every object.
bool is_allowed(const Allowances& allowances, std::string_view guard, std::string_view object);

/// The guards there are, for the command line: `delete`, `access-removed`, `access-emptied`,
/// `network-closed`, `purge-protection`, `purge`, `access-model`, `tenant`, `takeover`,
/// `strangers`, `lockout`.
std::vector<std::string_view> guard_ids();

/// Every guard's findings, those of the lock-out guard excepted, that no allowance lifts, over the
/// objects that none exempts. `vaults_planned` is the number of vaults the plan looked at (the 30 %
/// rule of access-removed counts against it). A teardown deletes and purges on purpose: only
/// `strangers` can stop it.
std::vector<GuardFinding> check_guards(const Plan& plan, std::size_t vaults_planned,
                                       const Allowances& allowances);

}  // namespace akv::engine
