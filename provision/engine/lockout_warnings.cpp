#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/engine/detail/guard_parts.hpp"
#include "akv/provision/engine/lockout.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace akv::engine {

// Where principals lose all access.
struct Lockout::Losses {
  std::map<std::string, std::vector<std::string>> objects;  // By object id.
  // The same without what the caller still gets at by itself.
  std::map<std::string, std::vector<std::string>> with_caller;
  std::vector<std::string> all;  // Where anybody does.
};

Lockout::Losses Lockout::losses_of_all() const {
  const std::vector<std::string> caller = caller_ids();
  Losses losses;
  const auto look = [&](const Scope& scope) {
    if (is_allowed(allowances_, "lockout", scope.name())) return;
    std::set<std::string> left, lost;
    for (const Grant* grant : grants(scope, &Impact::after)) left.insert(grant->object_id);
    // What an application does for somebody is no access of that one.
    for (const Grant* grant : grants(scope, &Impact::before))
      if (grant->object_id.find('/') == std::string::npos && !left.contains(grant->object_id))
        lost.insert(grant->object_id);
    const bool caller_stays = std::any_of(
        caller.begin(), caller.end(), [&left](const std::string& id) { return left.contains(id); });
    const std::string name = engine::told(plan_, scope.subscription(), scope.name());
    for (const std::string& id : lost) {
      losses.objects[id].push_back(name);
      if (!caller_stays) losses.with_caller[id].push_back(name);
    }
    if (!lost.empty()) losses.all.push_back(name);
  };
  for (const auto& [key, scope] : scopes_) look(scope);
  // Of a vault that does not change itself the roles at its group may.
  for (const auto& [key, vault] : vaults_)
    if (!scopes_.contains(key)) look({.standing = vault});
  return losses;
}

void Lockout::warn_of_groups(const Losses& losses, std::vector<std::string>& out) const {
  for (const auto& [id, objects] : losses.objects) {
    const auto named = principals_.find(id);
    if (named != principals_.end() && named->second->type == "Group" && !named->second->break_glass)
      out.push_back("group " + named->second->name + " would lose all access to " +
                    detail::listed(objects) + "; whether you are in it is not known");
  }
}

// The declaration of a group may have left the manifest with its entries.
void Lockout::warn_of_unnamed(const Losses& losses, std::vector<std::string>& out) const {
  const std::vector<std::string> caller = caller_ids();
  std::map<std::string, std::vector<std::string>> ids;  // By where.
  for (const auto& [id, objects] : losses.with_caller)
    if (!principals_.contains(id) && std::find(caller.begin(), caller.end(), id) == caller.end())
      ids[detail::listed(objects)].push_back(id);
  for (const auto& [where, lost] : ids)
    out.push_back(detail::listed(lost) + " would lose all access to " + where +
                  "; the manifest does not name " +
                  (lost.size() == 1 ? "it, so it may be a group that you are in"
                                    : "them, so any of them may be a group that you are in"));
}

std::vector<std::string> Lockout::warnings() const {
  const Losses losses = losses_of_all();
  std::vector<std::string> out;
  // A group of the token counts as the caller; all others, where it lists them, do not.
  if (!facts_.groups) warn_of_groups(losses, out);
  if (!facts_.caller.empty() && !facts_.groups) warn_of_unnamed(losses, out);
  if (facts_.caller.empty() && !losses.all.empty())
    out.push_back("access to " + detail::listed(losses.all) +
                  " is taken away, and the token does not say who you are: whether you would lock "
                  "yourself out is not judged");
  std::vector<std::string> empty;
  for (const auto& [key, scope] : scopes_)
    if (scope.object && scope.object->action == Action::create &&
        scope.object->impact.after.model == AccessModel::policies &&
        grants(scope, &Impact::after).empty())
      empty.push_back(engine::told(plan_, *scope.object));
  if (!empty.empty())
    out.push_back("nobody would have access to " + detail::listed(empty) +
                  ": access policies decide there, and the manifest gives none");
  return out;
}

}  // namespace akv::engine
