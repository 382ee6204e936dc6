#include "akv/provision/engine/lockout.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/engine/detail/guard_parts.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace akv::engine {
namespace {

constexpr std::string_view guard = "lockout";
constexpr std::string_view put_back_words = "Put the entries back";  // As detail::put_back has it.

std::string key_of(std::string_view subscription, std::string_view name) {
  std::string key = ascii::lower(subscription);
  key += '/';
  return key += ascii::lower(name);
}

bool counts(const Grant& grant, AccessModel model) {
  switch (grant.way) {
    case Grant::Way::policy:
    case Grant::Way::write_role:
      return model != AccessModel::roles;
    case Grant::Way::data_role:
      return model != AccessModel::policies;
    case Grant::Way::owner_role:
      break;
  }
  return true;
}

// As Grant::object_id has it.
std::string holder_of(const Document& key) {
  std::string id = ascii::lower(key["objectId"].string_or());
  if (const auto application = key["applicationId"].string_or(); !application.empty())
    id.append("/").append(ascii::lower(application));
  return id;
}

bool is_one_of(const std::string& id, const std::vector<std::string>& ids) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// What some ids come to together.
struct Standing {
  bool any = false, administers = false, gives_access = false, conditional = false;
  std::set<std::string> what{};
};

Standing standing_of(const std::vector<const Grant*>& grants, const std::vector<std::string>& ids) {
  Standing out;
  for (const Grant* grant : grants) {
    if (!is_one_of(grant->object_id, ids)) continue;
    out.any = true;
    out.administers |= grant->administers;
    out.conditional |= grant->conditional;
    out.gives_access |= !grant->conditional && (grant->way == Grant::Way::write_role ||
                                                grant->way == Grant::Way::owner_role);
    out.what.insert(grant->what);
  }
  return out;
}

std::vector<std::string> administrators(const std::vector<const Grant*>& grants) {
  std::set<std::string> ids;
  for (const Grant* grant : grants)
    if (grant->administers) ids.insert(grant->object_id);
  return {ids.begin(), ids.end()};
}

std::string joined(const std::vector<std::string>& texts, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) text += i + 1 == texts.size() ? last : ", ";
    text += texts[i];
  }
  return text;
}

bool switches_to_roles(const Change& change) {
  return change.impact.before.model == AccessModel::policies &&
         change.impact.after.model == AccessModel::roles;
}

}  // namespace

// One principal (or the address) at one group or vault.
struct Lockout::Loss {
  /// `condition` and `last_without_condition`: of what remains only under one.
  enum class Kind {
    access,
    administration,
    condition,
    last_administrator,
    last_without_condition,
    address
  };
  Kind kind = Kind::access;
  std::string who;               // As messages name it.
  std::vector<std::string> ids;  // Whose entries would mend it.
  std::set<std::string> what;    // `secrets`, `Key Vault Administrator`
  Scope scope;

  const std::string& object() const { return scope.name(); }
  std::string told(const Plan& plan) const {
    return engine::told(plan, scope.subscription(), scope.name());
  }
};

const std::string& Lockout::Scope::subscription() const {
  return object ? object->subscription : roles ? roles->subscription : standing->subscription;
}

const std::string& Lockout::Scope::name() const {
  return object ? object->name : roles ? roles->name : standing->name;
}

Lockout::Lockout(const Plan& plan, const Facts& facts, const Allowances& allowances)
    : plan_(plan), facts_(facts), allowances_(allowances) {
  for (const Change& change : plan.changes)
    if (change.kind != "lock") put(scopes_[key_of(change.subscription, change.name)], change);
  for (const StandingGrants& list : plan.standing)
    if (std::string key = key_of(list.subscription, list.name); list.model == AccessModel::unknown)
      standing_.emplace(std::move(key), &list.grants);
    else
      vaults_.emplace(std::move(key), &list);
  for (const Principal& principal : plan.principals)
    principals_.emplace(ascii::lower(principal.object_id), &principal);
}

Lockout::Scope& Lockout::put(Scope& scope, const Change& change) {
  (change.kind == "roleAssignment" ? scope.roles : scope.object) = &change;
  return scope;
}

std::vector<GuardFinding> Lockout::check() const {
  std::vector<Loss> losses;
  for (const auto& [key, scope] : scopes_) judge(scope, losses);
  // Of a vault that does not change itself the roles at its group may.
  for (const auto& [key, vault] : vaults_)
    if (!scopes_.contains(key)) judge({.standing = vault}, losses);
  return findings(losses);
}

std::vector<GuardFinding> Lockout::check(const Change& fresh) const {
  if (fresh.kind == "lock") return {};
  const auto planned = scopes_.find(key_of(fresh.subscription, fresh.name));
  Scope scope = planned != scopes_.end() ? planned->second : Scope{};
  std::vector<Loss> losses;
  judge(put(scope, fresh), losses);
  return findings(losses);
}

const Change* Lockout::roles_above(const Scope& scope) const {
  const std::size_t slash = scope.name().find('/');
  if (slash == std::string::npos) return nullptr;
  const auto group = scopes_.find(key_of(scope.subscription(), scope.name().substr(0, slash)));
  return group == scopes_.end() ? nullptr : group->second.roles;
}

void Lockout::judge(Scope scope, std::vector<Loss>& losses) const {
  const auto is_update = [](const Change* change) {
    return change && change->action == Action::update;
  };
  scope.above = roles_above(scope);
  if (!is_update(scope.object) && !is_update(scope.roles) && !is_update(scope.above)) return;
  if (is_allowed(allowances_, guard, scope.name())) return;
  const Grants before = grants(scope, &Impact::before), after = grants(scope, &Impact::after);

  const auto compare = [&](const std::vector<std::string>& ids, const std::string& who,
                           bool as_administrator) {
    const Standing was = standing_of(before, ids), is = standing_of(after, ids);
    const bool no_longer = (was.gives_access && !is.gives_access) ||
                           (as_administrator && was.administers && !is.administers);
    if (was.any && !is.any)
      losses.push_back({Loss::Kind::access, who, ids, was.what, scope});
    else if (no_longer)
      losses.push_back({is.conditional ? Loss::Kind::condition : Loss::Kind::administration, who,
                        ids, was.what, scope});
  };
  const std::vector<std::string> caller = caller_ids();
  if (!caller.empty()) compare(caller, "you (" + label(caller.front()) + ")", false);
  for (const auto& [id, principal] : principals_)
    if (principal->break_glass) compare({id}, "break-glass principal " + principal->name, true);
  judge_administrators(scope, before, after, losses);
  judge_address(scope, losses);
}

void Lockout::judge_administrators(const Scope& scope, const Grants& before, const Grants& after,
                                   std::vector<Loss>& losses) const {
  const std::vector<std::string> were = administrators(before);
  if (were.empty() || !administrators(after).empty()) return;
  std::vector<std::string> names;
  names.reserve(were.size());
  for (const std::string& id : were) names.push_back(label(id));
  const bool conditional = std::any_of(after.begin(), after.end(),
                                       [](const Grant* grant) { return grant->conditional; });
  losses.push_back(
      {conditional ? Loss::Kind::last_without_condition : Loss::Kind::last_administrator,
       joined(names, " and "),
       were,
       {},
       scope});
}

void Lockout::judge_address(const Scope& scope, std::vector<Loss>& losses) const {
  if (!facts_.address || !scope.object || scope.object->action != Action::update) return;
  const Reach& was = scope.object->impact.before.reach;
  const Reach& is = scope.object->impact.after.reach;
  if (is.private_endpoints > 0) return;
  if (was.admits(*facts_.address).value_or(false) && !is.admits(*facts_.address).value_or(true))
    losses.push_back(
        {Loss::Kind::address, to_text({*facts_.address, 32}), {}, {}, {.object = scope.object}});
}

Lockout::Grants Lockout::grants(const Scope& scope, Side side) const {
  const std::string key = key_of(scope.subscription(), scope.name());
  const auto vault = vaults_.find(key);
  const StandingGrants* itself = vault == vaults_.end() ? nullptr : vault->second;
  const AccessModel model = scope.object ? (scope.object->impact.*side).model
                            : itself     ? itself->model
                                         : AccessModel::unknown;
  Grants found;
  const auto take = [&](const std::vector<Grant>& list) {
    for (const Grant& grant : list)
      if (counts(grant, model)) found.push_back(&grant);
  };
  const auto take_standing = [&](const std::string& place) {
    if (const auto list = standing_.find(place); list != standing_.end()) take(*list->second);
  };
  if (scope.object)
    take((scope.object->impact.*side).grants);
  else if (itself)
    take(itself->grants);
  if (scope.roles)
    take((scope.roles->impact.*side).grants);
  else
    take_standing(key);
  // What is assigned at the group holds for its vaults.
  const std::size_t slash = scope.name().find('/');
  if (slash == std::string::npos) return found;
  if (const Change* above = roles_above(scope))
    take((above->impact.*side).grants);
  else
    take_standing(key_of(scope.subscription(), scope.name().substr(0, slash)));
  return found;
}

std::vector<GuardFinding> Lockout::findings(const std::vector<Loss>& losses) const {
  std::map<std::pair<Loss::Kind, std::string>, std::vector<const Loss*>> together;
  for (const Loss& loss : losses) together[{loss.kind, loss.who}].push_back(&loss);
  std::vector<GuardFinding> found;
  for (const auto& [cause, list] : together) {
    GuardFinding finding{.id = std::string(guard), .lifted_by = "--allow lockout"};
    std::set<std::string> what;
    std::vector<std::string> places;
    for (const Loss* loss : list) {
      finding.objects.push_back(loss->object());
      places.push_back(loss->told(plan_));
      what.insert(loss->what.begin(), loss->what.end());
    }
    const std::string where = detail::listed(places);
    const std::string lost = joined({what.begin(), what.end()}, ", ");
    switch (cause.first) {
      case Loss::Kind::access:
        finding.message = cause.second;
        finding.message.append(" would lose all access to ").append(where);
        finding.message.append(": ").append(lost);
        break;
      case Loss::Kind::administration:
        finding.message = cause.second;
        finding.message.append(" could no longer administer ").append(where);
        finding.message.append(", as now by ").append(lost);
        break;
      case Loss::Kind::condition:
        finding.message = cause.second;
        finding.message.append(" could administer ").append(where);
        finding.message.append(" only under a condition, now without one by ").append(lost);
        break;
      case Loss::Kind::last_administrator:
      case Loss::Kind::last_without_condition:
        finding.message = cause.second;
        finding.message
            .append(list.front()->ids.size() == 1 ? " is the last administrator of "
                                                  : " are the last administrators of ")
            .append(where)
            .append(cause.first == Loss::Kind::last_administrator
                        ? ": nobody could administer "
                        : ": only under a condition could anybody administer ")
            .append(list.size() == 1 ? "it" : "them")
            .append(" any more");
        break;
      case Loss::Kind::address:
        finding.message = cause.second + " would no longer reach " + where + ", and " +
                          (list.size() == 1 ? "it has" : "they have") +
                          " no approved private endpoint";
        break;
    }
    finding.remedy = remedy(list);
    found.push_back(std::move(finding));
  }
  return found;
}

std::string Lockout::remedy(const std::vector<const Loss*>& losses) const {
  const Loss& one = *losses.front();
  std::vector<const Change*> changes;
  bool to_roles = false;
  for (const Loss* loss : losses) {
    for (const Change* change : {loss->scope.object, loss->scope.roles, loss->scope.above})
      if (change) changes.push_back(change);
    to_roles |= loss->scope.object && switches_to_roles(*loss->scope.object);
  }
  if (one.kind == Loss::Kind::address) {
    std::string text = detail::put_back(
        plan_, changes, [](const FieldChange& field) { return field.path.starts_with("network"); });
    text = text.substr(put_back_words.size());
    return "Let " + one.who + " in by networkAcls.ipRules" + text +
           ", or approve a private endpoint first";
  }
  if (to_roles)
    return "Give them a role first (roleAssignments of the vault or its group), and look at the "
           "plan again";
  const bool conditional =
      one.kind == Loss::Kind::condition || one.kind == Loss::Kind::last_without_condition;
  std::string text = detail::put_back(plan_, changes, [&](const FieldChange& field) {
    const bool comes_under_one = conditional && field.leaf == "condition" && !field.after.is_null();
    return (detail::takes_away(field) || comes_under_one) &&
           is_one_of(holder_of(field.key), one.ids);
  });
  if (conditional) text.insert(put_back_words.size(), " without a condition");
  return text;
}

std::vector<std::string> Lockout::caller_ids() const {
  std::vector<std::string> ids;
  if (!facts_.caller.empty()) ids.push_back(ascii::lower(facts_.caller));
  if (facts_.groups)
    for (const std::string& group : *facts_.groups) ids.push_back(ascii::lower(group));
  return ids;
}

std::string Lockout::label(const std::string& object_id) const {
  const std::size_t own = std::min(object_id.find('/'), object_id.size());
  const auto named = principals_.find(object_id.substr(0, own));
  if (named == principals_.end()) return object_id;
  return named->second->name + (named->second->type == "Group" ? " (group)" : "") +
         object_id.substr(own);
}

std::vector<GuardFinding> check_all_guards(const Plan& plan, const Facts& facts,
                                           const Allowances& allowances) {
  auto findings = check_guards(plan, plan.vaults_planned, allowances);
  for (GuardFinding& finding : Lockout(plan, facts, allowances).check())
    findings.push_back(std::move(finding));
  return findings;
}

}  // namespace akv::engine
