/// Live groups and vaults in the words of a manifest, before defaults are factored out.
#pragma once
#include "akv/provision/export/texts.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace akv::exporting {

/// One property that a manifest can write: `sku`, `networkAcls.bypass`, `tags.Team`.
struct Part {
  TextId path = no_text;   ///< As it is spelt.
  TextId key = no_text;    ///< The same without case, for tags compare so.
  TextId value = no_text;  ///< YAML; a list is `[a\nb]`. no_text: it cannot be written.
  bool optional = false;   ///< What Azure has where nothing is written: may be left out.
};

/// An access policy, by the numbers of its texts.
struct Policy {
  TextId object = no_text;       ///< Object id in lower case.
  TextId tenant = no_text;       ///< no_text: that of the vault.
  TextId application = no_text;  ///< no_text: none.
  TextId permissions = no_text;  ///< `{keys: [get], secrets: [all]}`
  bool operator<(const Policy& other) const {
    return std::tie(object, tenant, application, permissions) <
           std::tie(other.object, other.tenant, other.application, other.permissions);
  }
  bool operator==(const Policy&) const = default;
};
using PolicyId = std::uint32_t;

enum class Policies : std::uint8_t {
  unmanaged,  ///< Azure roles decide: the stored entries mean nothing.
  exact,
  merge,  ///< Some live entry cannot be written.
};

/// A role assignment or a lock.
struct BesideEntry {
  TextId object = no_text;  ///< Whose role it is; no_text: nobody's.
  std::string rest;         ///< `role: Key Vault Reader`
};
struct Beside {
  std::string list;  ///< `roleAssignments`
  std::vector<BesideEntry> entries;
};

struct Object {
  std::string name;
  std::string mark;         ///< The deployment of its live mark, or empty.
  std::vector<Part> parts;  ///< In the order of the manifest's words; tags by key.
  std::vector<PolicyId> policies;
  Policies mode = Policies::unmanaged;
  std::vector<Beside> beside;
  std::vector<std::string> comments;  ///< What the manifest cannot say, a sentence each.
};

struct Group {
  Object self;
  std::string location;  ///< Canonical; empty where it is not known.
  std::vector<Object> vaults;
  std::vector<std::string> left_out;  ///< Vaults whose names no manifest can say, a sentence each.
};

/// Whether the manifest says `existing: true`: a group that carries no mark though a vault in it
/// carries that of the deployment was not akv's to begin with.
bool is_existing(const Group& group, std::string_view deployment);

/// The order in which a manifest writes properties: that of `a` before that of `b`.
bool stands_before(std::string_view a, std::string_view b);

/// Everything that was selected, in any order.
struct Estate {
  std::string subscription, tenant;
  Texts texts;
  std::vector<Policy> policies;                      ///< By PolicyId, each once.
  std::map<Policy, PolicyId> policy_ids;             ///< The same the other way round.
  std::set<TextId> principals;                       ///< Object ids that roles name.
  std::map<TextId, std::string> principal_types;     ///< `Group`, where a role assignment says so.
  std::map<std::string, Group, std::less<>> groups;  ///< By name in lower case.

  PolicyId add(const Policy& policy);
};

}  // namespace akv::exporting
