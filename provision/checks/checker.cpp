#include "akv/provision/checks/checker.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/checks/detail/access.hpp"
#include "akv/provision/checks/detail/judgements.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace akv::checks {

using engine::Finding;

struct Checker::State {
  struct Found {
    std::size_t rule, object;  // Indices in rules() and in the deployment.
    Finding finding;
  };

  explicit State(const engine::Deployment& wanted)
      : deployment(wanted), estate{wanted}, access(wanted) {
    for (const engine::Desired& desired : wanted.objects) {
      objects_by_id.emplace(ascii::lower(desired.id), objects_by_id.size());
      if (desired.kind == "resourceGroup")
        estate.groups.emplace(ascii::lower(desired.id), &desired);
    }
    for (std::size_t i = 0; i < wanted.remarks.size(); ++i) {
      const engine::Remark& remark = wanted.remarks[i];
      remarks.emplace(std::tuple{remark.place.file, remark.applies_to, remark.rule}, i);
    }
    used.resize(wanted.remarks.size());
  }

  void add(std::size_t rule, std::size_t object, Finding finding) {
    const engine::RuleInfo& info = rules()[rule].info;
    finding.rule = info.id;
    finding.severity = info.severity;
    // At the value it is about, or at the name of the object.
    for (const std::uint32_t origin : {finding.origin, finding.object_origin}) {
      const engine::Place& place = deployment.places.at(origin);
      const auto [first, last] =
          remarks.equal_range(std::tuple{place.file, place.line, finding.rule});
      for (auto remark = first; place.line != 0 && remark != last; ++remark) {
        used[remark->second] = true;
        finding.standing = Finding::Standing::ignored;
        finding.because = deployment.remarks[remark->second].reason;
      }
    }
    found.push_back({rule, object, std::move(finding)});
  }

  // A plan may know ids that the manifest only describes.
  void learn_principals(const engine::Deployment& planned) {
    if (!std::exchange(principals_known, true))
      for (const engine::Principal& principal : planned.principals)
        estate.principals.emplace(ascii::lower(principal.object_id), principal);
  }

  /// Takes what a rule finds at the object.
  Report report_at(std::size_t rule, const engine::Desired& desired, std::size_t object) {
    return [this, rule, &desired, object](std::string subject, std::string message,
                                          const Document* at) {
      Finding finding;
      finding.kind = desired.kind;
      finding.name = desired.name;
      finding.id = desired.id;
      finding.subject = std::move(subject);
      finding.message = std::move(message);
      finding.origin = at && at->origin() != 0 ? at->origin() : desired.origin;
      finding.object_origin = desired.origin;
      add(rule, object, std::move(finding));
    };
  }

  void judge(std::size_t rule, const engine::Outlook& outlook) {
    const engine::Desired& desired = outlook.desired;
    // A list that left the manifest as a whole is planned, and stands nowhere in it.
    const auto object = objects_by_id.find(ascii::lower(desired.id));
    rules()[rule].judge(
        {outlook, estate},
        report_at(rule, desired,
                  object != objects_by_id.end() ? object->second : deployment.objects.size()));
  }

  void judge_access(const HeldVault& vault) {
    const engine::Desired& desired = deployment.objects[vault.object];
    for (std::size_t i = 0; i < rules().size(); ++i)
      if (const Rule& rule = rules()[i];
          rule.judge_access && (rule.of == Of::all_vaults || !vault.existing))
        rule.judge_access(vault, estate, report_at(i, desired, vault.object));
    std::set<std::string> purgers;
    for (const Holder& holder : vault.holders)
      if (!holder.purges.empty()) purgers.insert(holder.object_id);
    for (const std::string& id : purgers) ++estate.purgers[id];
  }

  std::vector<manifest::Diagnostic> idle_remarks() const {
    std::vector<manifest::Diagnostic> idle;
    for (std::size_t i = 0; i < used.size(); ++i) {
      if (used[i]) continue;
      const engine::Remark& remark = deployment.remarks[i];
      idle.push_back({manifest::Severity::warning, deployment.places.files.at(remark.place.file),
                      remark.place.line, remark.place.column, "idle-remark",
                      "akv:ignore " + remark.rule + " suppresses nothing",
                      "take it out, or move it above what it is about"});
    }
    return idle;
  }

  const engine::Deployment& deployment;
  Estate estate;
  AccessBook access;
  std::multimap<std::tuple<std::uint32_t, std::uint32_t, std::string>, std::size_t> remarks;
  std::map<std::string, std::size_t> objects_by_id;  // In the order of the manifest.
  std::vector<bool> used;                            // By remark.
  std::vector<Found> found;
  std::size_t objects = 0;
  bool principals_known = false;
};

namespace {

/// Whether rules of that sort look at the object.
bool looks_at(Of of, const engine::Desired& desired) {
  const bool roles = desired.kind == "roleAssignment";
  if (!roles && desired.kind != "vault") return false;
  switch (of) {
    case Of::own_vaults:
      return !roles && !desired.existing;
    case Of::all_vaults:
      return !roles;
    case Of::roles:
      return roles;
    case Of::access:
      return true;
    case Of::estate:
      return false;
  }
  return false;
}

}  // namespace

Checker::Checker(const engine::Deployment& deployment)
    : state_(std::make_unique<State>(deployment)) {}
Checker::~Checker() = default;

void Checker::look(const engine::Outlook& outlook) {
  state_->learn_principals(outlook.deployment);
  state_->access.note(outlook);
  if (outlook.aside) return;
  ++state_->objects;
  // One object holds all that are asked for at its scope.
  if (outlook.desired.kind == "roleAssignment")
    state_->estate.role_assignments[ascii::lower(outlook.desired.subscription)] +=
        outlook.after["roleAssignments"].size();
  for (std::size_t i = 0; i < rules().size(); ++i)
    if (rules()[i].judge && looks_at(rules()[i].of, outlook.desired)) state_->judge(i, outlook);
}

Checked Checker::finish(Over over) {
  State& state = *state_;
  for (const HeldVault& vault : state.access.vaults(over == Over::objects))
    state.judge_access(vault);
  if (over == Over::estate)
    for (std::size_t i = 0; i < rules().size(); ++i)
      if (rules()[i].judge_estate)
        rules()[i].judge_estate(state.estate, [&](Finding finding) {
          state.add(i, state.deployment.objects.size(), std::move(finding));
        });
  const auto order = [](const State::Found& f) {
    return std::tie(f.rule, f.object, f.finding.subject, f.finding.name);
  };
  std::stable_sort(
      state.found.begin(), state.found.end(),
      [&](const State::Found& a, const State::Found& b) { return order(a) < order(b); });
  Checked checked;
  checked.objects = state.objects;
  checked.findings.reserve(state.found.size());
  for (State::Found& found : state.found) checked.findings.push_back(std::move(found.finding));
  checked.idle_remarks = state.idle_remarks();
  return checked;
}

std::vector<Finding> counting(std::vector<Finding> findings) {
  std::erase_if(findings, [](const Finding& f) { return f.standing != Finding::Standing::counts; });
  return findings;
}

}  // namespace akv::checks
