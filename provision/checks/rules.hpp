/// The rules of `akv check`, in one table.
#pragma once
#include "akv/provision/engine/finding.hpp"
#include "akv/provision/engine/planner.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace akv::checks {

using json::Document;

/// What rules know beyond the object at hand. Everything in it outlives the rules that see it.
struct Estate {
  const engine::Deployment& deployment;
  /// By object id in lower case; ids of managed identities are known, once something was planned.
  std::map<std::string, engine::Principal> principals{};
  /// Resource groups of the manifest, by id in lower case.
  std::map<std::string, const engine::Desired*> groups{};
  /// By object id: how many vaults it may purge in.
  std::map<std::string, std::size_t> purgers{};
  /// By subscription in lower case: role assignments at the scopes of the manifest.
  std::map<std::string, std::size_t> role_assignments{};
};

/// The object at hand.
struct Seen {
  const engine::Outlook& outlook;
  const Estate& estate;
  const Document& operator[](std::string_view name) const { return outlook.after[name]; }
};

struct HeldVault;

/// Adds a finding at the object. `at` is the value it is about, for its place; one that has none,
/// or null, stands at the object's name.
using Report = std::function<void(std::string subject, std::string message, const Document* at)>;
/// The same for what is no single object.
using EstateReport = std::function<void(engine::Finding finding)>;

/// What a rule looks at.
enum class Of : std::uint8_t {
  own_vaults,
  all_vaults,  ///< Also those of somebody else (`existing: true`), whose access the manifest
               ///< manages.
  roles,       ///< The role assignments at a group or vault.
  access,      ///< all_vaults and roles.
  estate,
};

/// Of three judges a rule has one.
struct Rule {
  engine::RuleInfo info;
  /// Judges one object.
  void (*judge)(const Seen& seen, const Report& report) = nullptr;
  Of of = Of::own_vaults;
  void (*judge_estate)(const Estate& estate, const EstateReport& report) = nullptr;
  /// Judges a vault with the roles at it and around it, as its findings.
  void (*judge_access)(const HeldVault& vault, const Estate& estate,
                       const Report& report) = nullptr;
};

/// Constant data, the most severe first.
std::span<const Rule> rules();
/// Their ids, in that order: what `# akv:ignore` and a baseline may name.
std::span<const std::string_view> rule_ids();

}  // namespace akv::checks
