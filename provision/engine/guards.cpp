#include "akv/provision/engine/guards.hpp"

#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/engine/detail/guard_parts.hpp"
#include "akv/provision/engine/planner.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace akv::engine {
namespace {

constexpr std::size_t few_pairs = 4;   // Below that, half of a vault's access is one entry.
constexpr std::size_t few_vaults = 3;  // From that on the share of vaults counts.
constexpr std::size_t percent_of_vaults = 30;

using Changes = std::vector<const Change*>;
using detail::counted;
using detail::listed;
using detail::takes_away;

std::string percent(std::size_t part, std::size_t whole) {
  return std::to_string(whole ? part * 100 / whole : 100) + " %";
}

// Once each: a vault's own change and that of its roles have one name.
std::vector<std::string> objects_of(const Changes& changes) {
  std::vector<std::string> names;
  std::set<std::string_view> known;
  for (const Change* change : changes)
    if (known.insert(change->name).second) names.push_back(change->name);
  return names;
}

bool is_of_vault(const std::string& name) { return name.find('/') != std::string::npos; }

std::string noun_of(const Changes& changes) {
  const auto vaults = static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(),
                    [](const Change* change) { return is_of_vault(change->name); }));
  return vaults == changes.size() ? "vault" : vaults == 0 ? "resource group" : "object";
}

// Plans in, findings out: each member function is one guard.
class Guards {
 public:
  Guards(const Plan& plan, std::size_t vaults_planned, const Allowances& allowances)
      : plan_(plan), vaults_planned_(vaults_planned), allowances_(allowances) {}

  std::vector<GuardFinding> check() {
    if (!plan_.teardown) {
      deletes();
      access_removed();
      access_emptied();
      network_closed();
      purge_protection();
      purges();
      access_models();
      tenants();
      takeovers();
    }
    strangers();
    return std::move(findings_);
  }

 private:
  Changes those(std::string_view guard, const std::function<bool(const Change&)>& is) const {
    Changes found;
    for (const Change& change : plan_.changes)
      if (is(change) && !is_allowed(allowances_, guard, change.name)) found.push_back(&change);
    return found;
  }

  // As sentences name them: two groups of one name are told apart by their subscriptions.
  std::vector<std::string> names_of(const Changes& changes) const {
    std::vector<std::string> names;
    std::set<std::string> known;
    for (const Change* change : changes)
      if (std::string name = engine::told(plan_, *change); known.insert(name).second)
        names.push_back(std::move(name));
    return names;
  }

  void add(std::string id, const Changes& changes, std::string message, std::string remedy) {
    add(std::move(id), objects_of(changes), std::move(message), std::move(remedy));
  }
  void add(std::string id, std::vector<std::string> objects, std::string message,
           std::string remedy) {
    GuardFinding finding;
    finding.lifted_by = "--allow " + id;
    finding.id = std::move(id);
    finding.objects = std::move(objects);
    finding.message = std::move(message);
    finding.remedy = std::move(remedy);
    findings_.push_back(std::move(finding));
  }

  void deletes() {
    const Changes found =
        those("delete", [](const Change& change) { return change.action == Action::del; });
    if (found.empty()) return;
    const auto names = names_of(found);
    add("delete", found, counted(names.size(), "object") + " would be deleted: " + listed(names),
        "Put " + std::string(names.size() == 1 ? "it" : "them") + " back into the manifest");
  }

  void access_removed() {
    const Changes losers = those("access-removed", [](const Change& change) {
      return change.action == Action::update && change.impact.pairs_lost > 0;
    });
    // The share is one of vaults: roles may also go at groups, which count by what they lose.
    Changes vaults = losers;
    std::erase_if(vaults, [](const Change* change) { return !is_of_vault(change->name); });
    const auto names = names_of(vaults);
    if (names.size() >= few_vaults && names.size() * 100 > percent_of_vaults * vaults_planned_)
      add("access-removed", vaults,
          std::to_string(names.size()) + " of " + counted(vaults_planned_, "vault") +
              " would lose access, " + percent(names.size(), vaults_planned_) + "; the limit is " +
              std::to_string(percent_of_vaults) + " %" + whose(losers),
          put_back(losers));
    Changes halved;
    std::vector<std::string> figures;
    for (const Change* change : losers) {
      const Impact& impact = change->impact;
      if (impact.pairs_before < few_pairs || impact.pairs_lost * 2 <= impact.pairs_before) continue;
      halved.push_back(change);
      figures.push_back(engine::told(plan_, *change) + " " + std::to_string(impact.pairs_lost) +
                        " of " + std::to_string(impact.pairs_before) + ", " +
                        percent(impact.pairs_lost, impact.pairs_before));
    }
    if (halved.empty()) return;
    add("access-removed", halved,
        counted(halved.size(), noun_of(halved)) + " would lose more than half of " +
            (halved.size() == 1 ? "its" : "their") + " permissions: " + listed(figures) +
            whose(halved),
        put_back(halved));
  }

  void access_emptied() {
    const Changes found = those("access-emptied", [](const Change& change) {
      return change.action == Action::update && change.impact.access_emptied;
    });
    if (found.empty()) return;
    const auto names = names_of(found);
    const bool roles = std::all_of(found.begin(), found.end(), [](const Change* change) {
      return change->kind == "roleAssignment";
    });
    add("access-emptied", found,
        listed(names) + " would have no " + (roles ? "role assignment" : "access policy") + " left",
        detail::put_back(plan_, found, [](const FieldChange& field) {
          return takes_away(field) && field.key.find("objectId") != nullptr;
        }));
  }

  void network_closed() {
    const Changes found = those("network-closed", [](const Change& change) {
      return change.action == Action::update && change.impact.network_closed;
    });
    if (found.empty()) return;
    const auto names = names_of(found);
    add("network-closed", found,
        listed(names) + " would be closed to some that reach " +
            (names.size() == 1 ? "it" : "them") + " now, without an approved private endpoint",
        "Approve a private endpoint first, or leave the network open to those who need it");
  }

  void purge_protection() {
    const Changes found = those("purge-protection", [](const Change& change) {
      return change.action == Action::update && change.impact.purge_protection;
    });
    if (found.empty()) return;
    const auto names = names_of(found);
    add("purge-protection", found,
        listed(names) + " would get purge protection, which can never be switched off again",
        "Leave enablePurgeProtection out of the manifest for now");
  }

  void purges() {
    const Changes found =
        those("purge", [](const Change& change) { return change.action == Action::purge; });
    if (found.empty()) return;
    const auto names = names_of(found);
    add("purge", found,
        counted(names.size(), "deleted vault") +
            " would be purged, contents and all, for ever: " + listed(names),
        "onSoftDeleted: recover brings the contents back, another name leaves them alone");
  }

  void access_models() {
    const Changes found = those("access-model", [](const Change& change) {
      return change.action == Action::update && change.impact.access_model;
    });
    if (found.empty()) return;
    const auto names = names_of(found);
    const bool to_roles = std::all_of(found.begin(), found.end(), [](const Change* change) {
      return change->desired["enableRbacAuthorization"].bool_or(false);
    });
    add("access-model", found,
        listed(names) + " would change " + (names.size() == 1 ? "its" : "their") + " access model" +
            (to_roles ? ": access policies would count no longer, only Azure roles" : ""),
        to_roles ? "Give all who need it a role first (roleAssignments), and look at the plan again"
                 : "Leave enableRbacAuthorization as it is");
  }

  void tenants() {
    const Changes found = those("tenant", [](const Change& change) {
      return change.action == Action::update && change.impact.tenant;
    });
    if (found.empty()) return;
    const auto names = names_of(found);
    add("tenant", found,
        listed(names) +
            " would go to another tenant, and nobody of the present one would have "
            "access any more",
        "Leave tenant out of the manifest");
  }

  void takeovers() {
    const Changes found =
        those("takeover", [](const Change& change) { return !change.taken_from.empty(); });
    if (found.empty()) return;
    std::vector<std::string> figures;
    for (const Change* change : found)
      figures.push_back(engine::told(plan_, *change) + " from " + change->taken_from);
    add("takeover", found,
        counted(found.size(), "object") +
            " of another deployment would be taken over: " + listed(figures),
        "Take " + std::string(found.size() == 1 ? "it" : "them") +
            " out of one of the two manifests");
  }

  void strangers() {
    std::vector<std::string> objects, names;
    for (const InventoryItem& item : plan_.inventory) {
      std::string name = item.group + "/" + item.name;
      if (!item.stranger || is_allowed(allowances_, "strangers", name)) continue;
      const auto id = ResourceId::parse(item.id);
      names.push_back(engine::told(plan_, id ? id->subscription : std::string(), name));
      objects.push_back(std::move(name));
    }
    if (names.empty()) return;
    add("strangers", std::move(objects),
        counted(names.size(), "object") +
            " that the manifest does not know would be deleted too: " + listed(names),
        "Move them to another group, or put them into the manifest");
  }

  // A loss in many places mostly has one cause: one principal that left the manifest.
  static std::string whose(const Changes& changes) {
    const std::string* one = nullptr;
    for (const Change* change : changes)
      for (const FieldChange& field : change->fields) {
        if (!takes_away(field)) continue;
        if (one && *one != field.entry) return {};
        one = &field.entry;
      }
    return one ? ". All are of " + *one : std::string();
  }

  std::string put_back(const Changes& changes) const {
    return detail::put_back(plan_, changes, takes_away);
  }

  const Plan& plan_;
  const std::size_t vaults_planned_;
  const Allowances& allowances_;
  std::vector<GuardFinding> findings_;
};

}  // namespace

bool is_allowed(const Allowances& allowances, std::string_view guard, std::string_view object) {
  return std::any_of(allowances.begin(), allowances.end(), [&](const Allowance& allowance) {
    return allowance.guard == guard && glob_covers(allowance.glob, object);
  });
}

std::vector<std::string_view> guard_ids() {
  return {"delete",           "access-removed", "access-emptied", "network-closed",
          "purge-protection", "purge",          "access-model",   "tenant",
          "takeover",         "strangers",      "lockout"};
}

std::vector<GuardFinding> check_guards(const Plan& plan, std::size_t vaults_planned,
                                       const Allowances& allowances) {
  return Guards(plan, vaults_planned, allowances).check();
}

}  // namespace akv::engine
