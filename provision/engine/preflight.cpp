#include "akv/provision/engine/preflight.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/engine/detail/guard_parts.hpp"
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/engine/shell_word.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace akv::engine {
namespace {

constexpr std::string_view lock_actions = "Microsoft.Authorization/locks/";
constexpr std::string_view beside = "/providers/microsoft.authorization/";

void add_once(std::vector<std::string>& texts, const std::string& text) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && ascii::equal(text.substr(text.size() - end.size()), end);
}

std::string subscription_scope(const ResourceId& id) { return "/subscriptions/" + id.subscription; }

/// The subscription, the group and the resource around a scope, as far as they are there.
std::vector<std::string> scopes_around(std::string scope,
                                       const std::set<std::string, ascii::Less>& to_come) {
  // Role assignments and locks are made by whoever may do so at what they stand beside.
  scope.resize(std::min(scope.size(), ascii::lower(scope).rfind(beside)));
  const auto id = ResourceId::parse(scope);
  if (!id) return {scope};
  std::vector<std::string> scopes{subscription_scope(*id)};
  if (id->resource_group.empty()) return scopes;
  const std::string group = resource_group_id(id->subscription, id->resource_group);
  if (to_come.contains(group)) return scopes;
  scopes.push_back(group);
  if (id->provider.empty() || to_come.contains(scope)) return scopes;
  scopes.push_back(std::move(scope));
  return scopes;
}

std::string such_as(const Need& need, std::string_view where) {
  std::string text = "a role with it";
  if (!need.role.empty()) text.append(", such as ").append(need.role);
  if (need.unconditional) text += ", without a condition";
  return text.append(", on ").append(where);
}

std::string way_out_of(const Lock& lock, bool for_deletes) {
  if (!lock.declared.empty())
    return std::string("write ") + (for_deletes ? "" : "level: CanNotDelete or ") +
           "state: absent for it there: apply does that first, then the rest; put it back "
           "afterwards";
  if (lock.ours)
    return "apply --prune takes it away first; so does state: absent for it in the manifest";
  if (!lock.deployment.empty())
    return "take it away there: state: absent for it in the manifest of " + lock.deployment;
  std::string text = "ask its owner, then az lock delete --ids ";
  text += shell_word(lock.scope + "/providers/Microsoft.Authorization/locks/" + lock.name);
  return text + "; akv does it where the manifest names it with state: absent";
}

/// Where the findings of several objects of one group come together.
std::string_view group_of(std::string_view scope) {
  std::size_t end = 0;
  for (int slash = 0; slash < 5 && end != std::string_view::npos; ++slash)
    end = scope.find('/', end + (slash ? 1 : 0));
  return scope.substr(0, end);
}

}  // namespace

bool Preflight::stops_run() const {
  return std::any_of(findings.begin(), findings.end(),
                     [](const PreflightFinding& finding) { return finding.stops_run; });
}

std::string scope_name(std::string_view scope) {
  const auto id = ResourceId::parse(scope);
  if (!id) return std::string(scope);
  if (id->resource_group.empty())
    return id->provider.empty() ? "subscription " + id->subscription : std::string(scope);
  if (id->provider.empty()) return id->resource_group;
  return ascii::equal(id->provider, "Microsoft.KeyVault")
             ? id->resource_group + "/" + id->types.front().second
             : std::string(scope);
}

bool covers(std::string_view scope, std::string_view id) {
  return ascii::equal(scope, id) ||
         (id.size() > scope.size() && id[scope.size()] == '/' && ascii::starts_with(id, scope));
}

std::vector<PlannedNeed> needs_of(const Plan& plan, const Registry& registry) {
  std::vector<PlannedNeed> needs;
  std::map<std::tuple<std::string, std::string, bool>, std::size_t> known;
  for (const Change& change : plan.changes)
    for (Need& need : registry.at(change.kind).needs(change)) {
      const auto [at, is_new] = known.emplace(
          std::tuple(ascii::lower(need.action), ascii::lower(need.scope), need.unconditional),
          needs.size());
      if (is_new) needs.push_back({std::move(need), {}});
      add_once(needs[at->second].objects, change.name);
    }
  return needs;
}

// Rights ------------------------------------------------------------------------------------------

RightsSearch::RightsSearch(const Plan& plan, const std::vector<PlannedNeed>& needs) {
  std::set<std::string, ascii::Less> to_come;
  for (const Change& change : plan.changes)
    if (change.live.is_null() &&
        (change.action == Action::create || change.action == Action::recover))
      to_come.insert(change.id);
  for (const PlannedNeed& planned : needs)
    open_.push_back({&planned, scopes_around(planned.need.scope, to_come)});
}

std::vector<RightsSearch::Question> RightsSearch::next() {
  std::vector<Question> questions;
  std::set<std::pair<std::string, bool>> known;
  for (Open& open : open_) {
    const bool settled = open.state == Open::State::granted;
    if (settled || open.asked == open.scopes.size()) continue;
    Question question{open.scopes[open.asked], open.planned->need.unconditional};
    if (known.contains({ascii::lower(question.scope), question.unconditional})) continue;
    if (asked_ == max_questions) {
      open.asked = open.scopes.size();
      open.state = Open::State::unknown;
      open.why =
          "not asked, that would be more than " + std::to_string(max_questions) + " questions";
      continue;
    }
    known.emplace(ascii::lower(question.scope), question.unconditional);
    ++asked_;
    questions.push_back(std::move(question));
  }
  return questions;
}

bool RightsSearch::is_about(const Open& open, const Question& question) const {
  return open.state != Open::State::granted && open.asked < open.scopes.size() &&
         open.planned->need.unconditional == question.unconditional &&
         ascii::equal(open.scopes[open.asked], question.scope);
}

// What a narrower scope says includes what holds above it: the last answer counts.
void RightsSearch::answer(const Question& question, const std::vector<Permission>& permissions) {
  for (Open& open : open_) {
    if (!is_about(open, question)) continue;
    ++open.asked;
    switch (granted(permissions, open.planned->need.action)) {
      case Granted::yes:
        open.state = Open::State::granted;
        break;
      case Granted::under_condition:
        open.state = question.unconditional ? Open::State::missing : Open::State::conditional;
        break;
      case Granted::no:
        open.state = Open::State::missing;
        break;
    }
  }
}

void RightsSearch::unanswered(const Question& question, std::string why) {
  const std::string reason = std::move(why);
  for (Open& open : open_) {
    if (!is_about(open, question)) continue;
    ++open.asked;
    open.state = Open::State::unknown;
    open.why = reason;
  }
}

std::vector<PreflightFinding> RightsSearch::findings() const {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::vector<PreflightFinding> found;
  std::vector<const Need*> needs;
  std::map<Key, std::size_t> known;
  for (const Open& open : open_) {
    if (open.state == Open::State::granted) continue;
    const Need& need = open.planned->need;
    PreflightFinding finding{.what = need.action, .scope = open.scopes.back()};
    switch (open.state) {
      case Open::State::conditional:
        finding.code = "right-conditional";
        finding.message = "you have it there under a condition, which only Azure can judge";
        break;
      case Open::State::unknown:
        finding.code = "right-unknown";
        finding.message = "your rights there could not be read: " + open.why;
        break;
      default:
        finding.code = "right-missing";
        finding.stops_run = true;
        finding.message = need.unconditional
                              ? "no role of yours has it there without a condition, which a switch "
                                "of the access model takes"
                              : "no role of yours has it there";
    }
    const auto [at, is_new] =
        known.emplace(Key(finding.code + (need.unconditional ? "!" : ""), ascii::lower(need.action),
                          ascii::lower(group_of(finding.scope))),
                      found.size());
    if (is_new) {
      found.push_back(std::move(finding));
      needs.push_back(&need);
    } else if (!ascii::equal(found[at->second].scope, finding.scope)) {
      found[at->second].scope = group_of(finding.scope);
    }
    for (const std::string& object : open.planned->objects)
      add_once(found[at->second].objects, object);
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    found[i].where = scope_name(found[i].scope);
    found[i].remedy = found[i].code == "right-unknown"
                          ? "a role with read access on " + found[i].where + ", such as Reader"
                          : such_as(*needs[i], found[i].where);
  }
  return found;
}

// Locks -------------------------------------------------------------------------------------------

std::string whose(const Lock& lock) {
  if (!lock.declared.empty()) return "it is of this manifest, " + lock.declared;
  if (lock.ours) return "it is of this deployment, and the manifest no longer names it";
  if (!lock.deployment.empty()) return "it is of deployment " + lock.deployment;
  return "it carries no mark of akv";
}

std::vector<PreflightFinding> locks_in_the_way(const std::vector<PlannedNeed>& needs,
                                               const std::vector<Lock>& locks) {
  // Mostly locks are many and deletes few.
  std::vector<const PlannedNeed*> all, deletes;
  for (const PlannedNeed& planned : needs) {
    const Need& need = planned.need;
    // Locks themselves can always be set and taken away.
    if (need.only_looked_up || ascii::starts_with(need.action, lock_actions) ||
        ends_with(need.action, "/read"))
      continue;
    all.push_back(&planned);
    if (ends_with(need.action, "/delete")) deletes.push_back(&planned);
  }
  std::vector<PreflightFinding> found;
  for (const Lock& lock : locks) {
    std::vector<std::string> objects;
    std::set<std::string_view> known;
    bool any_write = false, any_delete = false;
    for (const PlannedNeed* planned : ascii::equal(lock.level, "ReadOnly") ? all : deletes) {
      const Need& need = planned->need;
      const bool is_delete = ends_with(need.action, "/delete");
      if (!covers(lock.scope, need.scope) && !(is_delete && covers(need.scope, lock.scope)))
        continue;
      (is_delete ? any_delete : any_write) = true;
      for (const std::string& name : planned->objects)
        if (known.insert(name).second) objects.push_back(name);
    }
    if (objects.empty()) continue;
    PreflightFinding finding{.code = "locked",
                             .what = "lock " + lock.name + " (" + lock.level + ")",
                             .scope = lock.scope,
                             .where = scope_name(lock.scope),
                             .objects = std::move(objects),
                             .stops_run = true};
    finding.message = std::string("it forbids to ") +
                      (!any_delete ? "change"
                       : any_write ? "change and delete"
                                   : "delete") +
                      " what it locks, and " + whose(lock);
    finding.remedy = way_out_of(lock, any_delete);
    found.push_back(std::move(finding));
  }
  return found;
}

}  // namespace akv::engine
