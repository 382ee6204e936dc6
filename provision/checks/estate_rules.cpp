#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/checks/detail/judgements.hpp"

#include <set>
#include <utility>

namespace akv::checks {
namespace {

constexpr std::size_t many_vaults = 5;
constexpr std::size_t many_assignments = 3'500;  // Of 4,000.

/// The texts in a document, as deep as they stand.
template <class Visit>
void each_text(const Document& document, Visit visit) {
  std::vector<const Document*> open{&document};
  while (!open.empty()) {
    const Document* at = open.back();
    open.pop_back();
    if (at->is_string()) visit(at->as_string());
    if (at->is_array())
      for (const Document& item : at->as_array()) open.push_back(&item);
    if (at->is_object())
      for (const json::Member& member : at->as_object()) open.push_back(&member.value);
  }
}

}  // namespace

void purges_in_many_vaults(const Estate& estate, const EstateReport& report) {
  for (const auto& [object_id, vaults] : estate.purgers) {
    if (vaults < many_vaults) continue;
    const auto found = estate.principals.find(object_id);
    const engine::Principal* principal =
        found == estate.principals.end() ? nullptr : &found->second;
    engine::Finding finding;
    finding.kind = "principal";
    finding.name = principal ? principal->name : object_id;
    finding.id = object_id;
    finding.subject = "purge";
    finding.message = "may purge in " + std::to_string(vaults) + " vaults";
    if (principal) finding.origin = principal->origin;
    report(std::move(finding));
  }
}

void principal_unused(const Estate& estate, const EstateReport& report) {
  std::set<std::string> declared, used;
  for (const engine::Principal& principal : estate.deployment.principals)
    declared.insert(ascii::lower(principal.object_id));
  for (const engine::Desired& desired : estate.deployment.objects)
    each_text(desired.body, [&](const std::string& text) {
      std::string id = ascii::lower(text);
      if (declared.contains(id)) used.insert(std::move(id));
    });
  for (const engine::Principal& principal : estate.deployment.principals) {
    if (used.contains(ascii::lower(principal.object_id))) continue;
    engine::Finding finding;
    finding.kind = "principal";
    finding.name = principal.name;
    finding.id = ascii::lower(principal.object_id);
    finding.subject = "principals";
    finding.message = "no entry of the manifest is for it";
    finding.origin = principal.origin;
    report(std::move(finding));
  }
}

void role_assignments_many(const Estate& estate, const EstateReport& report) {
  for (const auto& [subscription, count] : estate.role_assignments) {
    if (count <= many_assignments) continue;
    engine::Finding finding;
    finding.kind = "subscription";
    finding.name = subscription;
    finding.id = "/subscriptions/" + subscription;
    finding.subject = "roleAssignments";
    finding.message = std::to_string(count) + " of 4000 at the scopes of this manifest alone";
    report(std::move(finding));
  }
}

}  // namespace akv::checks
